/* What is done to tasks: made, changed, put off, given to somebody, closed, opened again. */
#include "chartroom/session/tasks.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "desk-action.h"
#include "job-rules.h"
#include <glib/gi18n.h>

enum { LONGEST_TITLE = 200 };

typedef struct {
  CrId task;
  gboolean may_administer, reopen;
} Closing;

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = cr_str_empty (text) ? NULL : cr_text_trim (text);
}

static gboolean
check_task (const CrTask *task, CrDate today, GError **error)
{
  if (!cr_require_text (task->title, _ ("Say what is to be done."), error))
    return FALSE;
  if (g_utf8_strlen (task->title, -1) > LONGEST_TITLE)
    return cr_refuse (error, _ ("Say it in at most 200 characters; the rest belongs into the note."));
  const char *problem = cr_task_snooze_problem (task, today);
  return problem == NULL || cr_refuse (error, problem);
}

/* What the person may change of a task that is there; the rest stays as the store holds it. */
static gboolean
save_job (CrTx *tx, gpointer data, GError **error)
{
  const CrTask *typed = data;
  g_autoptr (CrTask) task =
      typed->id != CR_ID_NONE ? cr_tx_load (tx, &CR_TASK, typed->id, error) : cr_task_new ();
  if (task == NULL || !check_task (typed, cr_tx_today (tx), error))
    return FALSE;
  if (task->patient_id == CR_ID_NONE) /* whose it is stays, once it is somebody's */
    task->patient_id = typed->patient_id;
  if (task->id == CR_ID_NONE) {
    task->subject_id = typed->subject_id;
    task->creator_id = cr_tx_person (tx);
    task->created_at = cr_tx_now (tx);
    set_text (&task->kind, typed->kind != NULL ? typed->kind : "message");
    set_text (&task->status, "open");
  } else if (task->version != typed->version) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_CONFLICT,
                         _ ("Somebody else changed this task meanwhile. Close it and look at it again."));
    return FALSE;
  }
  set_text (&task->title, typed->title);
  set_text (&task->note, typed->note);
  task->assignee_id = typed->assignee_id;
  task->due_on = typed->due_on;
  task->snoozed_until = typed->snoozed_until;
  return cr_tx_save (tx, &CR_TASK, task, error);
}

static gboolean
may_close (const CrTask *task, const Closing *closing, CrId person)
{
  return task->assignee_id == CR_ID_NONE || task->assignee_id == person || task->creator_id == person ||
         closing->may_administer;
}

static gboolean
close_job (CrTx *tx, gpointer data, GError **error)
{
  const Closing *closing = data;
  g_autoptr (CrTask) task = cr_tx_load (tx, &CR_TASK, closing->task, error);
  if (task == NULL)
    return FALSE;
  if (!may_close (task, closing, cr_tx_person (tx))) {
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
        _ ("This task is another person's. That person, or an administrator, can close it."));
    return FALSE;
  }
  set_text (&task->status, closing->reopen ? "open" : "done");
  task->done_at = closing->reopen ? CR_INSTANT_NONE : cr_tx_now (tx);
  task->closed_by = closing->reopen ? CR_ID_NONE : cr_tx_person (tx);
  if (closing->reopen)
    task->snoozed_until = CR_DATE_NONE;
  return cr_tx_save (tx, &CR_TASK, task, error);
}

typedef struct {
  CrId id;
  CrTask *task; /* NULL until it is read */
} Reading;

static void
free_reading (gpointer data)
{
  Reading *reading = data;
  g_clear_pointer (&reading->task, cr_task_free);
  g_free (reading);
}

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  Reading *reading = data;
  reading->task = cr_tx_load (tx, &CR_TASK, reading->id, error);
  return reading->task != NULL;
}

void
cr_task_load_async (CrSession *session, CrId task, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Reading *reading = g_new0 (Reading, 1);
  reading->id = task;
  cr_desk_read_start (session, CR_RIGHT_SCHEDULE_VIEW, load_job, reading, free_reading, cb, data);
}

CrTask *
cr_task_load_finish (CrSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  Reading *reading = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&reading->task) : NULL;
}

void
cr_task_save_async (CrSession *session, const CrTask *task, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_VIEW, save_job, cr_task_copy (task),
                        (GDestroyNotify)cr_task_free, cb, data);
}

static void
start_closing (CrSession *session, CrId task, gboolean reopen, GAsyncReadyCallback cb, gpointer data)
{
  Closing *closing = g_new0 (Closing, 1);
  *closing = (Closing){ task, cr_session_can (session, CR_RIGHT_ADMIN), reopen };
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_VIEW, close_job, closing, g_free, cb, data);
}

void
cr_task_done_async (CrSession *session, CrId task, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  start_closing (session, task, FALSE, cb, data);
}

void
cr_task_reopen_async (CrSession *session, CrId task, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  start_closing (session, task, TRUE, cb, data);
}
