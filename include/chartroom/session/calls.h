/* Calls and letters without a network: whom to ask whether they come, whom to ask to come again, how each try
 * ended, and the log of calls that concern no visit. */
#pragma once
#include "chartroom/domain/book-records.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

typedef enum {
  CR_CALLS_CONFIRM, /* visits of one day, those not confirmed first */
  CR_CALLS_RECALL,  /* who is to come again and has no time: asked to return, cancelled, missed */
  CR_CALLS_LOG,     /* every try of the last 14 days, newest first */
} CrCallsView;

typedef struct {
  CrPatient *patient; /* NULL: a call that concerns none */
  CrReach *reach;     /* whom to call or write to instead; NULL: nobody */
  CrId appointment;   /* the visit it is about; none */
  CrDate date;        /* of the visit, or of the visit that asked for another */
  int start;          /* minutes; CR_MINUTE_NONE */
  int stage;          /* CrStage; −1: no visit */
  char *what;       /* "Follow-up, Dr. Okafor" · "to return in 3 months – BP" · "caller: his daughter" */
  guint attempts;   /* made so far about this */
  char *last;       /* "Left a message, today, 9:12 AM, J. Ortiz"; NULL: nobody tried */
  gboolean settled; /* confirmed, or nothing is left to ask */
} CrCallItem;
void cr_call_item_free (CrCallItem *item);
/* Rows of CrCallItem, kept up to date; day: of CONFIRM, else ignored. */
GListModel *cr_call_list_new (CrSession *session, CrCallsView view, CrDate day);
/* The next day on which somebody works. */
void cr_next_working_day_async (CrSession *session, GAsyncReadyCallback cb, gpointer data);
CrDate cr_next_working_day_finish (CrSession *session, GAsyncResult *result, GError **error);

/* One try: time and person are filled in here.  "confirmed" takes a scheduled visit to Confirmed, and that
 * can be undone.  INVALID: a message where none may be left, a letter where none may go.  cr_session_finish.
 */
void cr_call_record_async (CrSession *session, const CrContactAttempt *attempt, GAsyncReadyCallback cb,
                           gpointer data);
/* A call in the log (purpose phone-note), with a task of it for somebody: title NULL, none. */
void cr_call_log_async (CrSession *session, const CrContactAttempt *attempt, const char *task, CrId assignee,
                        GAsyncReadyCallback cb, gpointer data);
/* How often a visit's patient was tried, "2 tries, last: No answer"; the lists of visits show it.  NULL:
 * never. */
char *cr_attempts_words (const GPtrArray *attempts /* CrContactAttempt, oldest first */);
