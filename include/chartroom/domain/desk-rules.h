/* What the desk types and decides: addresses in one line, "return in 3 months", outcomes of calls.  Pure. */
#pragma once
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/reach.h"
#include "chartroom/domain/encounter.h"
#include "chartroom/domain/referral.h"

/* "12 Elm St, Salem OR 97301" in its parts; state and ZIP as they are kept.  FALSE: *problem says how to
 * write it (new string).  Blank text is an address without parts. */
gboolean cr_address_parse (const char *typed, char **street, char **city, char **state, char **zip,
                           char **problem);

/* When a patient is to come again.  unit: "days" "weeks" "months". */
typedef struct {
  gint64 n;
  const char *unit; /* static */
  char *note;       /* "BP"; NULL: none */
} CrReturn;
void cr_return_clear (CrReturn *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrReturn, cr_return_clear)
/* "3m BP" "3 months – BP" "+2w" "10 d": FALSE: *problem says how to write it.  Blank: n is CR_INT_NONE. */
gboolean cr_return_parse (const char *typed, CrReturn *out, char **problem);
char *cr_return_format (gint64 n, const char *unit, const char *note); /* "3 months – BP"; "" for none */
/* The day from which to look for a time; absent when nothing is asked. */
CrDate cr_return_date (gint64 n, const char *unit, CrDate from);

/* How a call ended.  CONFIRMED, MOVED and CANCELLED end the asking; the others say why it goes on. */
typedef enum {
  CR_OUTCOME_CONFIRMED,
  CR_OUTCOME_LEFT_MESSAGE,
  CR_OUTCOME_NO_ANSWER,
  CR_OUTCOME_WRONG_NUMBER,
  CR_OUTCOME_CALL_BACK,
  CR_OUTCOME_DECLINED,
  CR_N_OUTCOMES
} CrOutcome;
extern const char *const CR_OUTCOME_CODES[];    /* "confirmed" "left-message" … */
const char *cr_outcome_word (const char *code); /* "Left a message"; own words as they are */
/* Whether the call may end so: no message is left where the patient, or who is called instead, wants no voice
 * mail.  reach: whose number is used; NULL: nobody's.  Sentence, NULL: yes. */
const char *cr_outcome_problem (int outcome, const CrPatient *patient, const CrReach *reach);
/* Whether a letter may go out: sentence, NULL: yes.  reach: whose address is used instead; NULL: nobody's. */
const char *cr_letter_problem (const CrPatient *patient, const CrReach *reach);
gboolean cr_patient_no_voice_mail (const CrPatient *patient); /* coded, or said in "contact preference" */
gboolean cr_patient_no_mail (const CrPatient *patient);
gboolean
cr_note_no_voice_mail (const char *note); /* of one number: "no voice mail", "do not leave message" */
/* "best by text message  ⊘ no voice mail  ⊘ no mail", beside the number (UX 4.11); NULL: nothing was said. */
char *cr_patient_contact_words (const CrPatient *patient);
/* The same beside the number that is called: under somebody else's the patient's own ways say nothing, only
 * whether a message may be left.  reach: may be NULL.  New; NULL: nothing was said. */
char *cr_reach_contact_words (const CrPatient *patient, const CrReach *reach);
/* Minutes before a visit that somebody is asked to come: "15"; "" and 0: CR_INT_NONE.  Sentence: neither. */
enum { CR_MOST_EARLY = 120 };
const char *cr_early_parse (const char *typed, gint64 *minutes);
/* Of a visit, its cancelling, or the wait list; blank or NULL is fine.  Sentence: too long. */
enum { CR_LONGEST_REASON = 200 }; /* characters; also the max-length of the entries */
const char *cr_reason_problem (const char *reason);
/* A best way that is forbidden: sentence, NULL: fine. */
const char *cr_contact_by_problem (const char *code, const CrPatient *patient);
gboolean cr_still_holds (CrDate valid_to, CrDate on); /* a number, a relative, a coverage: not ended yet */

/* The days of a task.  A sentence that stops it; questions, which do not; NULL: fine. */
const char *cr_task_snooze_problem (const CrTask *task, CrDate today);
const char *cr_task_due_question (const CrTask *task, CrDate today);
const char *cr_task_snooze_question (const CrTask *task);
