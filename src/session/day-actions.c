/* Book, move, cancel, stages: one job each, undoable, answered when the day shows it. */
#include "day-schedule-private.h"
#include "session-private.h"
#include "book-step.h"
#include "visit-change.h"

typedef struct _Action Action;
struct _Action {
  gboolean (*run) (CrBook *book, Action *action, GError **error);
  CrDaySchedule *schedule; /* kept by the answer's task */
  CrClock *clock;
  CrBooking booking;
  CrVisitChange change;
  CrId appointment, room;
  int stage;
  char *reason, *label;
  CrBookStep *step; /* what was done, to be undone */
};

static Action *
new_action (CrDaySchedule *self, gboolean (*run) (CrBook *, Action *, GError **))
{
  Action *action = g_atomic_rc_box_new0 (Action);
  action->run = run;
  action->schedule = self;
  action->clock = cr_clock_ref (cr_session_get_clock (cr_day_schedule_get_session (self)));
  return action;
}

static void
clear_action (gpointer data)
{
  Action *action = data;
  g_clear_pointer (&action->step, cr_book_step_free);
  cr_clock_unref (action->clock);
  g_free (action->label);
  g_free (action->reason);
}

static void
release_action (gpointer action)
{
  g_atomic_rc_box_release_full (action, clear_action);
}

static gboolean
run_action (CrTx *tx, gpointer data, GError **error)
{
  Action *action = data;
  g_autoptr (CrBook) book = cr_book_open (tx, action->clock, error);
  return book != NULL && action->run (book, action, error) &&
         cr_book_step_save (tx, action->label, &action->step, error);
}

static gboolean
book (CrBook *book, Action *action, GError **error)
{
  return cr_visit_book (book, &action->booking, &action->label, &action->appointment, error);
}

static gboolean
change (CrBook *book, Action *action, GError **error)
{
  return cr_visit_change (book, &action->change, &action->label, &action->appointment, error);
}

static gboolean
set_stage (CrBook *book, Action *action, GError **error)
{
  if (!cr_visit_set_stage (book, action->appointment, action->stage, action->room, action->reason,
                           &action->label, error))
    return FALSE;
  if (action->stage < CR_STAGE_CONFIRMED || action->stage > CR_STAGE_READY)
    return TRUE;
  g_autoptr (CrAppointment) first =
      cr_tx_load (cr_book_tx (book), &CR_APPOINTMENT, action->appointment, error);
  return first != NULL &&
         cr_visit_set_parts (book, first, MIN (action->stage, CR_STAGE_ARRIVED), &action->label, error);
}

static gboolean
set_reason (CrBook *book, Action *action, GError **error)
{
  return cr_visit_set_reason (book, action->appointment, action->reason, &action->label, error);
}

/* The answer's task keeps the action, for cr_day_schedule_book_finish. */
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

static void
start (Action *action, GAsyncReadyCallback cb, gpointer data)
{
  GTask *task = g_task_new (action->schedule, NULL, cb, data);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (action), release_action);
  cr_session_run_async (cr_day_schedule_get_session (action->schedule), CR_RIGHT_SCHEDULE_EDIT, run_action,
                        action, release_action, done_cb, task);
}

static void
start_stage (CrDaySchedule *self, CrId appointment, int stage, CrId room, const char *reason,
             GAsyncReadyCallback cb, gpointer data)
{
  Action *action = new_action (self, set_stage);
  action->appointment = appointment;
  action->stage = stage;
  action->room = room;
  action->reason = g_strdup (reason);
  start (action, cb, data);
}

void
cr_day_schedule_book_async (CrDaySchedule *self, const CrBooking *booking, GAsyncReadyCallback cb,
                            gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  Action *action = new_action (self, book);
  action->booking = *booking;
  action->booking.reason = action->reason = g_strdup (booking->reason);
  start (action, cb, data);
}

CrId
cr_day_schedule_book_finish (CrDaySchedule *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), CR_ID_NONE);
  Action *action = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? action->appointment : CR_ID_NONE;
}

void
cr_day_schedule_change_async (CrDaySchedule *self, const CrVisitChange *wanted, GAsyncReadyCallback cb,
                              gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  Action *action = new_action (self, change);
  action->change = *wanted;
  action->change.reason = action->reason = g_strdup (wanted->reason);
  start (action, cb, data);
}

CrId
cr_day_schedule_change_finish (CrDaySchedule *self, GAsyncResult *result, GError **error)
{
  return cr_day_schedule_book_finish (self, result, error);
}

void
cr_day_schedule_move_async (CrDaySchedule *self, CrId appointment, CrId person_id, CrDate date,
                            int start_minute, guint accept, GAsyncReadyCallback cb, gpointer data)
{
  CrVisitChange wanted = CR_VISIT_CHANGE (appointment);
  wanted.person_id = person_id;
  wanted.date = date;
  wanted.start = start_minute;
  wanted.accept = accept;
  cr_day_schedule_change_async (self, &wanted, cb, data);
}

void
cr_day_schedule_cancel_async (CrDaySchedule *self, CrId appointment, const char *reason,
                              GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  start_stage (self, appointment, CR_STAGE_CANCELLED, CR_ID_NONE, reason, cb, data);
}

void
cr_day_schedule_no_show_async (CrDaySchedule *self, CrId appointment, const char *reason,
                               GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  start_stage (self, appointment, CR_STAGE_NO_SHOW, CR_ID_NONE, reason, cb, data);
}

void
cr_day_schedule_stage_async (CrDaySchedule *self, CrId appointment, int stage, CrId room,
                             GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  start_stage (self, appointment, stage, room, NULL, cb, data);
}

void
cr_day_schedule_set_reason_async (CrDaySchedule *self, CrId appointment, const char *reason,
                                  GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  Action *action = new_action (self, set_reason);
  action->appointment = appointment;
  action->reason = g_strdup (reason);
  start (action, cb, data);
}
