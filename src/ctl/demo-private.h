/* The invented practice: what its makers share. */
#pragma once
#include "chartroom/clinical/knowledge.h"
#include "chartroom/domain/chart-records.h"
#include "chartroom/domain/invented-people.h"
#include "chartroom/store/stores.h"
#include "src/ctl/demo.h"

typedef struct {
  CrStore *store;
  CrStoreUser *admin, *doctor;  /* who writes what */
  CrClock *clock;               /* stands at the time of making */
  const CrKnowledge *knowledge; /* may be NULL: then drugs are uncoded */
  CrDate date;                  /* the practice's "today" */
  CrDice dice;
  guint patients;
  CrDemoProgress progress; /* may be NULL */
  gpointer progress_data;
  CrPerson *people[6];                                 /* in the order of CR_DEMO_LOGINS */
  GPtrArray *rooms, *types, *specialists, *pharmacies; /* CrRoom, CrVisitType, CrContact */
  GArray *patient_ids;                                 /* CrId, in order of making */
  guint next_mrn;
  guint turn, rooms_taken; /* whose visit is next; which room */
} CrDemo;
enum {
  CR_DEMO_ADMIN,
  CR_DEMO_DOCTOR,
  CR_DEMO_CHEN,
  CR_DEMO_NURSE,
  CR_DEMO_FRONT,
  CR_DEMO_REFERRALS,
  CR_DEMO_N
};

/* demo.c: FALSE when it was asked to stop. */
gboolean cr_demo_go_on (CrDemo *demo, guint done, GError **error);
/* demo-people.c */
CrPatient *cr_demo_new_patient (CrDemo *demo, int min_age, int max_age);
/* demo-history.c: ten years of one patient, saved in the running job. */
gboolean cr_demo_history (CrDemo *demo, CrTx *tx, CrPatient *patient, guint years, GError **error);
gboolean cr_demo_add_problem (CrDemo *demo, CrTx *tx, CrId patient, const char *icd, int year, CrId *id,
                              GError **error);
gboolean cr_demo_add_medication (CrDemo *demo, CrTx *tx, CrId patient, const char *drug,
                                 const char *indication, int year, GError **error);
gboolean cr_demo_add_result (CrDemo *demo, CrTx *tx, CrId patient, const char *loinc, const char *display,
                             const char *value, const char *unit, const char *range, const char *flag,
                             CrDate on, gboolean reviewed, GError **error);
gboolean cr_demo_add_allergy (CrDemo *demo, CrTx *tx, CrId patient, const char *code, const char *display,
                              const char *reaction, const char *criticality, GError **error);
gboolean cr_demo_add_note (CrDemo *demo, CrTx *tx, CrEncounter *encounter, const char *subjective,
                           const char *objective, const char *plan, gboolean sign, GError **error);
gboolean cr_demo_add_vitals (CrDemo *demo, CrTx *tx, CrId patient, CrId encounter, CrInstant at, int systolic,
                             int diastolic, int pulse, const char *weight_lb, const char *height_in,
                             GError **error);
/* demo-cast.c: the patients everybody knows by name, with their day. */
gboolean cr_demo_cast (CrDemo *demo, CrTx *tx, GError **error);
/* demo-book.c: weeks of appointments around the date. */
gboolean cr_demo_book (CrDemo *demo, CrTx *tx, GError **error);
/* demo-bulk.c */
gboolean cr_demo_thin_batch (CrDemo *demo, CrTx *tx, guint n, GError **error);
gboolean cr_demo_thick_chart (CrDemo *demo, GError **error);
