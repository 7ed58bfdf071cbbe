#include "desk-action.h"
#include "day-schedule-private.h"
#include "book-step.h"
#include "session-private.h"

typedef struct {
  CrDaySchedule *schedule;
  CrDeskRun run;
  gpointer data;
  GDestroyNotify destroy;
  CrClock *clock;
  char *label;
  CrBookStep *step; /* what was done, to be undone */
} Action;

static void
free_action (gpointer data)
{
  Action *action = data;
  g_object_unref (action->schedule);
  g_clear_pointer (&action->step, cr_book_step_free);
  cr_clock_unref (action->clock);
  g_free (action->label);
  action->destroy (action->data);
  g_free (action);
}

static gboolean
run_job (CrTx *tx, gpointer data, GError **error)
{
  Action *action = data;
  g_autoptr (CrBook) book = cr_book_open (tx, action->clock, error);
  return book != NULL && action->run (book, action->data, &action->label, error) &&
         cr_book_step_save (tx, action->label, &action->step, error);
}

/* The task owns the action. */
static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Action *action = g_task_get_task_data (task);
  GError *error = NULL;
  if (!cr_session_finish (result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (action->step != NULL)
    cr_session_note_step (CR_SESSION (source), g_steal_pointer (&action->step));
  cr_day_schedule_answer_after_reload (action->schedule, g_steal_pointer (&task));
}

void
cr_desk_action_start (CrDaySchedule *schedule, CrDeskRun run, gpointer data, GDestroyNotify destroy,
                      GAsyncReadyCallback cb, gpointer user_data)
{
  Action *action = g_new0 (Action, 1);
  GTask *task = g_task_new (schedule, NULL, cb, user_data);
  *action = (Action){ g_object_ref (schedule), run, data, destroy,
                      cr_clock_ref (cr_session_get_clock (cr_day_schedule_get_session (schedule))) };
  g_task_set_task_data (task, action, free_action);
  cr_session_run_async (cr_day_schedule_get_session (schedule), CR_RIGHT_SCHEDULE_EDIT, run_job, action, NULL,
                        done_cb, task);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
cr_desk_read_start (CrSession *session, CrRight right, CrJob job, gpointer data, GDestroyNotify destroy,
                    GAsyncReadyCallback cb, gpointer user_data)
{
  GTask *task = g_task_new (session, NULL, cb, user_data);
  g_task_set_task_data (task, data, destroy);
  cr_session_run_async (session, right, job, data, NULL, read_cb, task);
}

CrEncounter *
cr_desk_encounter (CrTx *tx, CrId appointment, const char *missing, GError **error)
{
  g_autoptr (GError) failure = NULL;
  CrEncounter *encounter = cr_encounter_for_appointment (tx, appointment, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (encounter == NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_FOUND, missing);
  return encounter;
}

gboolean
cr_desk_save (CrTx *tx, const CrRecordClass *klass, gconstpointer before, gpointer after, GError **error)
{
  return cr_record_equal (klass, before, after) || cr_tx_save (tx, klass, after, error);
}
