/* One run of the checks; for src/clinical alone. */
#pragma once
#include "chartroom/clinical/checks.h"
#include "knowledge-private.h"

/* A drug as the rules see it. */
typedef struct {
  const char *name;       /* as shown */
  CrId id;                /* of its medication or prescription */
  const CrDrug *drug;     /* NULL when it is not in the list */
  GPtrArray *ingredients; /* keys */
  GPtrArray *classes;     /* keys */
  gboolean coded;         /* ingredients are complete */
  gboolean local;         /* acts where it is put: skin, eye, ear, nose */
  const char *route;
} CrDrugView;

typedef struct {
  const CrKnowledge *k; /* never NULL while rules run */
  const CrCheckInput *in;
  GPtrArray *out; /* CrCheck */
  CrDrugView rx;
  GArray *others; /* CrDrugView: current medications and the rest of the batch; NULL when not available */
} CrCheckRun;

void cr_drug_view_init (CrDrugView *view, const CrKnowledge *k, const char *code, const char *display,
                        const char *route, CrId id);
void cr_drug_view_clear (CrDrugView *view);
gboolean cr_drug_view_has (const CrDrugView *view, const char *key); /* ingredient or class */

/* Adds an item and hands it out for filling in. */
CrCheck *cr_check_add (CrCheckRun *run, CrCheckKind kind, CrCheckState state, char *title /* taken */);
void cr_check_from_rule (CrCheck *check, const char *rule_id, const char *version, const CrOrigin *origin);
void cr_check_skip (CrCheckRun *run, CrCheckKind kind, const char *why);
gboolean cr_check_has (const CrCheckRun *run, CrCheckKind kind); /* anything of this kind was added */

gboolean cr_check_is_current (const CrMedication *medication); /* the patient takes it, or is about to */

void cr_check_allergies (CrCheckRun *run);
void cr_check_allergies_taken (CrCheckRun *run); /* each of the others against each allergy */
void cr_check_duplicates (CrCheckRun *run);
void cr_check_interactions (CrCheckRun *run);
void cr_check_doses (CrCheckRun *run);
void cr_check_cautions (CrCheckRun *run); /* kidney, age, pregnancy, condition, dose */
/* Adds what could not be compared: medications that are not coded.  FALSE when there are none to compare
 * with. */
void cr_check_skip_uncoded (CrCheckRun *run, CrCheckKind kind);

typedef enum { CR_TRUTH_NO, CR_TRUTH_UNKNOWN, CR_TRUTH_YES } CrTruth;
/* All of the needs.  facts, if not NULL, receives what was used: "eGFR 52 (Nov 16, 2026)"; missing, if not
 * NULL, the first fact that is not known: "eGFR is not recorded". */
CrTruth cr_needs_hold (const CrCheckRun *run, const GArray *needs, char **facts, char **missing);
int cr_check_age_months (const CrCheckInput *in); /* −1 when not known */
