/* Registration and demographics: a form binds to these properties, never to a record (UX 2.1 F3). */
#pragma once
#include "chartroom/domain/patient.h"
#include "chartroom/session/patient-line.h"
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

#define CR_TYPE_PATIENT_DRAFT (cr_patient_draft_get_type ())
G_DECLARE_FINAL_TYPE (CrPatientDraft, cr_patient_draft, CR, PATIENT_DRAFT, GObject)

/* Implements CrFields.  birth-date and phone may say that there is none: "?" and "none".
 * String properties, as typed: family given middle preferred birth-date sex ("female" "male" "other"
 * "unknown" or "") phone phone-use email address city state zip pronouns gender-identity language interpreter
 * access-needs contact-preference payer member-id emergency-name emergency-phone referred-by suffix
 * sex-documents contact-by (CR_CONTACT_BY or "") preferred-days (ISO digits or ""); ticks, "1" or "":
 * no-given no-voice-mail no-mail no-text no-email.  Read-only: "can-save" (boolean), "birth-echo" ("= Mar 14,
 * 1961 (65 y)"), "kept-note" (NULL; what to know of what was put back).  Signals "checked": candidates
 * changed; "edited": the person has changed something.  payer and member-id are those of the first insurance
 * among the lines, emergency-name and -phone of the first emergency contact. */
CrPatientDraft *cr_patient_draft_new (CrSession *session, const CrPatient *existing /* NULL: new */);
/* CrPatientLine: those that hold today and those that were added.  Of an existing patient they are read
 * meanwhile and appear then. */
GListModel *cr_patient_draft_get_lines (CrPatientDraft *self, CrLineKind kind);
CrPatientLine *cr_patient_draft_add_line (CrPatientDraft *self, CrLineKind kind); /* borrowed, at the end */
/* A stored one ends with the saving, on that day; nothing is deleted. */
void cr_patient_draft_remove_line (CrPatientDraft *self, CrPatientLine *line);
/* "garcia maria 3/14/61": fills what it can from the words typed in the search. */
void cr_patient_draft_take_words (CrPatientDraft *self, const char *words);
/* What was typed and is not saved goes into a preference of the person who is signed in, before a lock, and
 * comes back into a new draft of the same patient: over what is stored by then, line by line.  Chosen files
 * are not kept; "kept-note" says so, and when somebody has changed the patient since. */
void cr_patient_draft_keep (CrPatientDraft *self, gboolean outdated /* a save met somebody else's change */);
gboolean cr_patient_draft_take_kept (CrPatientDraft *self); /* FALSE: nothing is kept */
void cr_patient_draft_forget_kept (CrPatientDraft *self);
/* Hard sentence for one property (beside the field), NULL when fine; soft: a question. */
const char *cr_patient_draft_problem (CrPatientDraft *self, const char *property);
const char *cr_patient_draft_question (CrPatientDraft *self, const char *property);

/* A picture of the patient's face, as it will be stored: a PNG of our own making.  FALSE and INVALID with a
 * sentence: it cannot be taken.  NULL: none any more; what was stored stays among the documents. */
gboolean cr_patient_draft_set_photo (CrPatientDraft *self, GBytes *picture, GError **error);
const CrLineFile *cr_patient_draft_get_photo (CrPatientDraft *self);

typedef struct { /* why two records may be one person */
  CrPatient *patient;
  int points;            /* UX 2.1 F3's table */
  char *reasons;         /* "same birth date, family name, phone ends 0142" */
  gboolean likely, twin; /* ≥ 75; possible twin or sibling */
  gboolean relative;     /* of the same home, no more: the work-list of duplicates leaves it out */
} CrCandidate;
GListModel *cr_patient_draft_get_candidates (CrPatientDraft *self); /* rows of CrCandidate, best first */
void cr_patient_draft_check (CrPatientDraft *self); /* after a field lost focus; asynchronous */
typedef enum { CR_REGISTER_ASK, CR_REGISTER_NOT_SAME, CR_REGISTER_REVIEW } CrRegisterAnswer;
/* With a likely candidate and ASK: error CONFLICT, nothing saved. */
void cr_patient_draft_save_async (CrPatientDraft *self, CrRegisterAnswer answer, GAsyncReadyCallback cb,
                                  gpointer data);
CrId cr_patient_draft_save_finish (CrPatientDraft *self, GAsyncResult *result, GError **error);
