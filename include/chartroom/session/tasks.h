/* What waits for the signed-in person: unsigned notes, results to review, prescriptions to sign, reports.  Of
 * a restricted chart only that something waits. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"
#include "chartroom/domain/patient.h"
#include "chartroom/domain/referral.h"

typedef struct {
  char *kind; /* "note" "result" "rx" "report" "task" */
  CrId id;    /* of the note, result, prescription, referral or task */
  CrPatient *patient;
  char *title, *detail; /* "Unsigned note, Nov 20, 2026" · "Potassium 5.1 mmol/L H ▲" */
  CrDate due;
  gboolean alert; /* to be looked at first: a result out of its range, or a task past its day */
  CrTask *task;   /* what a "task" is; NULL for all else */
} CrTaskItem;
void cr_task_item_free (CrTaskItem *item);
GListModel *cr_task_list_new (CrSession *session); /* rows of CrTaskItem, oldest first; kept up to date */
guint cr_task_list_alerts (GListModel *tasks);     /* how many of its items are alerts */

/* Tasks proper ("tickler"), of whoever they are. */
typedef enum {
  CR_TASKS_EVERYBODY, /* open, of all people, nobody's too; the sleeping ones among them */
  CR_TASKS_DONE,      /* closed in the last 30 days, newest first */
} CrTaskView;
GListModel *cr_task_view_new (CrSession *session, CrTaskView view); /* rows of CrTaskItem; kept up to date */

/* One task, to be changed. */
void cr_task_load_async (CrSession *session, CrId task, GAsyncReadyCallback cb, gpointer data);
CrTask *cr_task_load_finish (CrSession *session, GAsyncResult *result, GError **error);
/* A new one (id none), or an open one changed: title, assignee (none: anybody), due day, the day before which
 * it sleeps, note; a patient, of one that had none.
 * INVALID: it has no title, or wakes in the past.  cr_session_finish. */
void cr_task_save_async (CrSession *session, const CrTask *task, GAsyncReadyCallback cb, gpointer data);
/* Closed, by its person, by anybody when nobody was named, or by an administrator; open again. */
void cr_task_done_async (CrSession *session, CrId task, GAsyncReadyCallback cb, gpointer data);
void cr_task_reopen_async (CrSession *session, CrId task, GAsyncReadyCallback cb, gpointer data);
