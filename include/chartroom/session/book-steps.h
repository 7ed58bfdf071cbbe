/* What everybody did to the book today, for the strip of undo: before and after, by whom, when. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

typedef struct {
  CrId id, person_id;
  char *label;  /* "Moved GARCIA, Maria" */
  char *change; /* "Mon Nov 23, 2026, 9:20 AM, Dr. Okafor → 10:00 AM, Dr. Chen"; of several visits the first,
                   and how many more; NULL: nothing that could be shown */
  char *by;     /* "Lena Ortiz" */
  int minute;   /* when, office-local */
  gboolean undone;
  gboolean own; /* of the signed-in person: may be undone */
} CrStep;
void cr_step_free (CrStep *step);

/* Why one moved a visit oneself today: said with the step, and kept in the audit under the visit.  NOT_FOUND:
 * the last move of it was somebody else's, or was taken back.  cr_session_finish. */
void cr_book_explain_move_async (CrSession *session, CrId appointment, const char *why,
                                 GAsyncReadyCallback cb, gpointer data);

/* Live list of rows (CrRow) of CrStep, today's, newest first. */
GListModel *cr_book_steps_new (CrSession *session);
