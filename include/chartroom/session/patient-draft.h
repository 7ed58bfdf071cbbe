/* Registration and demographics: a form binds to these properties, never to a record (UX 2.1 F3). */
#pragma once
#include "chartroom/domain/patient.h"
#include "chartroom/session/fields.h"
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

#define CR_TYPE_PATIENT_DRAFT (cr_patient_draft_get_type ())
G_DECLARE_FINAL_TYPE (CrPatientDraft, cr_patient_draft, CR, PATIENT_DRAFT, GObject)

/* Implements CrFields.  birth-date and phone may say that there is none: "?" and "none".
 * String properties, as typed: family given middle preferred birth-date sex ("female" "male" "other"
 * "unknown" or "") phone phone-use email address city state zip pronouns gender-identity language interpreter
 * access-needs contact-preference payer member-id emergency-name emergency-phone referred-by suffix
 * sex-documents; ticks, "1" or "": no-given no-voice-mail no-mail no-text.  Read-only:
 * "can-save" (boolean), "birth-echo" ("= Mar 14, 1961 (65 y)").  Signal "checked": candidates changed.
 * Insurance and emergency contact of an existing patient are read meanwhile and appear then. */
CrPatientDraft *cr_patient_draft_new (CrSession *session, const CrPatient *existing /* NULL: new */);
/* "garcia maria 3/14/61": fills what it can from the words typed in the search. */
void cr_patient_draft_take_words (CrPatientDraft *self, const char *words);
/* Hard sentence for one property (beside the field), NULL when fine; soft: a question. */
const char *cr_patient_draft_problem (CrPatientDraft *self, const char *property);
const char *cr_patient_draft_question (CrPatientDraft *self, const char *property);

typedef struct { /* why two records may be one person */
  CrPatient *patient;
  int points;            /* UX 2.1 F3's table */
  char *reasons;         /* "same birth date, family name, phone ends 0142" */
  gboolean likely, twin; /* ≥ 75; possible twin or sibling */
} CrCandidate;
GListModel *cr_patient_draft_get_candidates (CrPatientDraft *self); /* rows of CrCandidate, best first */
void cr_patient_draft_check (CrPatientDraft *self); /* after a field lost focus; asynchronous */
typedef enum { CR_REGISTER_ASK, CR_REGISTER_NOT_SAME, CR_REGISTER_REVIEW } CrRegisterAnswer;
/* With a likely candidate and ASK: error CONFLICT, nothing saved. */
void cr_patient_draft_save_async (CrPatientDraft *self, CrRegisterAnswer answer, GAsyncReadyCallback cb,
                                  gpointer data);
CrId cr_patient_draft_save_finish (CrPatientDraft *self, GAsyncResult *result, GError **error);
