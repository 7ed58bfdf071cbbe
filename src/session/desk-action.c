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

gboolean
cr_desk_save (CrTx *tx, const CrRecordClass *klass, gconstpointer before, gpointer after, GError **error)
{
  return cr_record_equal (klass, before, after) || cr_tx_save (tx, klass, after, error);
}
