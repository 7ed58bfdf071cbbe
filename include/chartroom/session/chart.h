/* One patient's chart, loaded in one job, kept up to date.  What the role may not read is never loaded. */
#pragma once
#include "chartroom/domain/chart-records.h"
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

#define CR_TYPE_CHART (cr_chart_get_type ())
G_DECLARE_FINAL_TYPE (CrChart, cr_chart, CR, CHART, GObject)

/* Opening is audited once ("view", from where: "today" "search" "schedule" …).  Signal "reloaded" after each
 * later load.  Only sections that changed are loaded again; rows that did not change keep their place and
 * object.  A chart belongs to the person who opened it: while somebody else sits here it stays as it was. */
void cr_chart_open_async (CrSession *session, CrId patient_id, const char *from, GAsyncReadyCallback cb,
                          gpointer data);
/* A restricted chart is refused with RESTRICTED to who may open it for a reason, with NOT_ALLOWED to others
 * who read clinical records; the reason goes to the audit ("break-glass").  Once given it holds for this
 * person, through locks, until they sign out or the day ends. */
void cr_chart_open_for_reason_async (CrSession *session, CrId patient_id, const char *from,
                                     const char *reason, GAsyncReadyCallback cb, gpointer data);
/* What the desk works with – identity, contacts, coverage, appointments – whatever the role may read: no
 * reason is asked. */
void cr_chart_open_office_async (CrSession *session, CrId patient_id, const char *from,
                                 GAsyncReadyCallback cb, gpointer data);
CrChart *cr_chart_open_finish (GAsyncResult *result, GError **error);
/* Blocking: ctl, tests. */
CrChart *cr_chart_open (CrSession *session, CrId patient_id, const char *from, GError **error);
CrChart *cr_chart_open_for_reason (CrSession *session, CrId patient_id, const char *from, const char *reason,
                                   GError **error);
CrId cr_chart_get_patient_id (CrChart *self);          /* of merged charts: the one that is kept */
gboolean cr_chart_is_of (CrChart *self, CrId patient); /* the patient, or a chart that was merged into it */
CrSession *cr_chart_get_session (CrChart *self);
const CrChartRecords *cr_chart_get_records (CrChart *self); /* valid until the next "reloaded" */
gboolean cr_chart_has_draft (CrChart *self);                /* an unsigned note of mine */

/* What somebody else wrote since the chart was opened or its news were forgotten: "Dr. Chen changed the
 * medication list at 9:41 AM.", and the record class's name; NULL: nothing. */
char *cr_chart_news (CrChart *self, const char **kind);
void cr_chart_forget_news (CrChart *self); /* reviewed */

/* Lists for the sections, rows of the record named. */
GListModel *cr_chart_get_problems (CrChart *self);      /* CrProblem, active first */
GListModel *cr_chart_get_allergies (CrChart *self);     /* CrAllergy */
GListModel *cr_chart_get_medications (CrChart *self);   /* CrMedication, current first */
GListModel *cr_chart_get_prescriptions (CrChart *self); /* CrPrescription, newest first */
GListModel *cr_chart_get_results (CrChart *self);       /* CrObservation, newest first */
GListModel *cr_chart_get_notes (CrChart *self);         /* CrNote, newest first */
GListModel *cr_chart_get_encounters (CrChart *self);    /* CrEncounter, newest first */
GListModel *cr_chart_get_documents (CrChart *self);     /* CrDocument */
GListModel *cr_chart_get_referrals (CrChart *self);     /* CrReferral */
GListModel *cr_chart_get_immunizations (CrChart *self); /* CrImmunization */

/* Without the right to read clinical records: identity, contacts, coverage and appointments alone;
 * records->clinical is FALSE and the patient's allergy status reads "unavailable", never to be shown. */

/* Last values of one vital sign, newest first: at most n CrObservation (borrowed). */
GPtrArray *cr_chart_vital (CrChart *self, const char *loinc, guint n);
/* Latest result of each key code that exists, with up to 6 before it: GPtrArray of GPtrArray (borrowed). */
GPtrArray *cr_chart_key_results (CrChart *self);
/* What doses depend on, each with its day: "82.6 kg (today) · eGFR 52 (Nov 16, 2026)". */
char *cr_chart_dosing_facts (CrChart *self);
/* What is taken although an allergy speaks against it (cr_checks_taken).  also: an allergy about to be
 * recorded, to ask about it alone; NULL: those on the list. */
GPtrArray *cr_chart_taken_against (CrChart *self, const CrAllergy *also);
CrId cr_chart_open_encounter (CrChart *self); /* of today, else CR_ID_NONE */

/* Changes; all end in cr_session_finish.  Records are copied. */
void cr_chart_save_problem_async (CrChart *self, const CrProblem *problem, GAsyncReadyCallback cb,
                                  gpointer data);
/* Saving an active allergy sets the statement to Known.  An active one is not taken away by saving: */
void cr_chart_save_allergy_async (CrChart *self, const CrAllergy *allergy, GAsyncReadyCallback cb,
                                  gpointer data);
/* state: CR_ALLERGY_RESOLVED, _REFUTED or _ERROR; the reason goes into the record and the audit.  When the
 * last active one goes, the statement becomes "not recorded" until somebody states that there are none. */
void cr_chart_remove_allergy_async (CrChart *self, CrId allergy, int state, const char *reason,
                                    GAsyncReadyCallback cb, gpointer data);
/* Refused while one is active. */
void cr_chart_no_known_allergies_async (CrChart *self, GAsyncReadyCallback cb, gpointer data);
void cr_chart_save_medication_async (CrChart *self, const CrMedication *medication, GAsyncReadyCallback cb,
                                     gpointer data);
void cr_chart_stop_medication_async (CrChart *self, CrId medication, const char *reason,
                                     GAsyncReadyCallback cb, gpointer data);
void cr_chart_review_results_async (CrChart *self, const CrId *ids, guint n, GAsyncReadyCallback cb,
                                    gpointer data);
void cr_chart_save_vitals_async (CrChart *self, GPtrArray *observations /* CrObservation, copied */,
                                 GAsyncReadyCallback cb, gpointer data);
/* From the next opening on the chart asks everybody for a reason, or no longer.  The reason goes to the
 * audit. */
void cr_chart_restrict_async (CrChart *self, gboolean restricted, const char *reason, GAsyncReadyCallback cb,
                              gpointer data);
/* The stored text or bytes of a document (PDF of a packet, scan). */
void cr_chart_read_document_async (CrChart *self, CrId document, GAsyncReadyCallback cb, gpointer data);
GBytes *cr_chart_read_document_finish (GAsyncResult *result, GError **error);
