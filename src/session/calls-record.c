/* What a call changes: the try itself, the stage of the visit, a task of it; and the day to call for. */
#include "chartroom/session/calls.h"
#include "chartroom/session/reach-load.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/schedule-rules.h"
#include "chartroom/store/desk-stores.h"
#include "desk-action.h"
#include "job-rules.h"
#include "session-private.h"
#include "book-step.h"
#include "visit-change.h"
#include <glib/gi18n.h>

enum { LOOK_AHEAD = 60 };

typedef struct {
  CrContactAttempt *attempt;
  char *task; /* title; NULL: none */
  CrId assignee;
  CrClock *clock;
  char *label;
  CrBookStep *step; /* what was done to the book, to be undone */
} Recording;

static void
free_recording (gpointer data)
{
  Recording *self = data;
  cr_contact_attempt_free (self->attempt);
  g_free (self->task);
  g_clear_pointer (&self->step, cr_book_step_free);
  cr_clock_unref (self->clock);
  g_free (self->label);
  g_free (self);
}

static gboolean
check_patient (CrTx *tx, const CrContactAttempt *attempt, GError **error)
{
  if (attempt->patient_id == CR_ID_NONE)
    return TRUE;
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, attempt->patient_id, error);
  if (patient == NULL)
    return FALSE;
  g_autoptr (CrReach) reach = NULL;
  const char *problem = NULL;
  gboolean message = g_strcmp0 (attempt->outcome, CR_OUTCOME_CODES[CR_OUTCOME_LEFT_MESSAGE]) == 0;
  if ((message || attempt->kind == CR_CONTACT_LETTER) && !cr_reach_load (tx, patient, &reach, error))
    return FALSE;
  if (message)
    problem = cr_outcome_problem (CR_OUTCOME_LEFT_MESSAGE, patient, reach);
  if (attempt->kind == CR_CONTACT_LETTER)
    problem = cr_letter_problem (patient, reach);
  return problem == NULL || cr_refuse (error, problem);
}

/* A visit that was confirmed before, or has begun, stays as it is. */
static gboolean
confirm_visit (CrTx *tx, Recording *self, const CrContactAttempt *attempt, GError **error)
{
  if (attempt->appointment_id == CR_ID_NONE ||
      g_strcmp0 (attempt->outcome, CR_OUTCOME_CODES[CR_OUTCOME_CONFIRMED]) != 0)
    return TRUE;
  g_autoptr (CrAppointment) a = cr_tx_load (tx, &CR_APPOINTMENT, attempt->appointment_id, error);
  if (a == NULL)
    return FALSE;
  if (a->stage != CR_STAGE_SCHEDULED && a->chain_id == CR_ID_NONE)
    return TRUE;
  g_autoptr (CrBook) book = cr_book_open (tx, self->clock, error);
  return book != NULL &&
         (a->stage != CR_STAGE_SCHEDULED ||
          cr_visit_set_stage (book, a->id, CR_STAGE_CONFIRMED, CR_ID_NONE, NULL, &self->label, error)) &&
         cr_visit_set_parts (book, a, CR_STAGE_CONFIRMED, &self->label, error);
}

static gboolean
make_task (CrTx *tx, const Recording *self, GError **error)
{
  g_autoptr (CrTask) task = cr_task_new ();
  if (cr_str_empty (self->task))
    return TRUE;
  task->patient_id = self->attempt->patient_id;
  task->assignee_id = self->assignee;
  task->creator_id = cr_tx_person (tx);
  task->kind = g_strdup ("message");
  task->title = g_strdup (self->task);
  task->status = g_strdup ("open");
  task->due_on = cr_tx_today (tx);
  task->subject_id = self->attempt->id;
  task->created_at = cr_tx_now (tx);
  task->note =
      cr_str_empty (self->attempt->caller) ? NULL : g_strdup_printf (_ ("%s called"), self->attempt->caller);
  return cr_tx_save (tx, &CR_TASK, task, error);
}

static gboolean
record_job (CrTx *tx, gpointer data, GError **error)
{
  Recording *self = data;
  g_autoptr (CrContactAttempt) attempt = cr_contact_attempt_copy (self->attempt);
  attempt->at = cr_tx_now (tx);
  attempt->person_id = cr_tx_person (tx);
  if (attempt->purpose == CR_PURPOSE_PHONE_NOTE &&
      !cr_require_text (attempt->note, _ ("Write what the call was about."), error))
    return FALSE;
  return check_patient (tx, attempt, error) && cr_tx_save (tx, &CR_CONTACT_ATTEMPT, attempt, error) &&
         confirm_visit (tx, self, attempt, error) && make_task (tx, self, error) &&
         cr_book_step_save (tx, self->label, &self->step, error);
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Recording *self = g_task_get_task_data (task);
  GError *error = NULL;
  if (!cr_session_finish (result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (self->step != NULL)
    cr_session_note_step (CR_SESSION (source), g_steal_pointer (&self->step));
  g_task_return_boolean (task, TRUE);
}

static void
start (CrSession *session, const CrContactAttempt *attempt, const char *title, CrId assignee,
       GAsyncReadyCallback cb, gpointer data)
{
  GTask *task = g_task_new (session, NULL, cb, data);
  Recording *self = g_new0 (Recording, 1);
  *self = (Recording){ cr_contact_attempt_copy (attempt), g_strdup (title), assignee,
                       cr_clock_ref (cr_session_get_clock (session)) };
  g_task_set_task_data (task, self, free_recording);
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_EDIT, record_job, self, NULL, recorded_cb, task);
}

void
cr_call_record_async (CrSession *session, const CrContactAttempt *attempt, GAsyncReadyCallback cb,
                      gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  start (session, attempt, NULL, CR_ID_NONE, cb, data);
}

void
cr_call_log_async (CrSession *session, const CrContactAttempt *attempt, const char *task, CrId assignee,
                   GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  start (session, attempt, task, assignee, cb, data);
}

/* ---- the next working day ---- */

static gboolean
is_worked (const GPtrArray *people, const GPtrArray *hours, const GPtrArray *exceptions, CrDate date)
{
  for (guint i = 0; i < people->len; i++) {
    const CrPerson *person = people->pdata[i];
    CrDay day = { .date = date, .person_id = person->id, .hours = hours, .exceptions = exceptions };
    g_autoptr (GArray) open = person->active && person->schedulable ? cr_day_open_spans (&day) : NULL;
    if (open != NULL && open->len > 0)
      return TRUE;
  }
  return FALSE;
}

/* Where nobody's hours are known, tomorrow. */
static gboolean
next_day_job (CrTx *tx, gpointer data, GError **error)
{
  CrDate today = cr_tx_today (tx), *next = data;
  g_autoptr (GPtrArray) people = cr_person_list (tx, error);
  g_autoptr (GPtrArray) hours = people != NULL ? cr_hours_list (tx, CR_ID_NONE, error) : NULL;
  g_autoptr (GPtrArray) exceptions =
      hours != NULL ? cr_schedule_exception_list (tx, today, cr_date_add_days (today, LOOK_AHEAD), error)
                    : NULL;
  if (exceptions == NULL)
    return FALSE;
  *next = cr_date_add_days (today, 1);
  for (int i = 1; i <= LOOK_AHEAD; i++)
    if (is_worked (people, hours, exceptions, cr_date_add_days (today, i))) {
      *next = cr_date_add_days (today, i);
      break;
    }
  return TRUE;
}

void
cr_next_working_day_async (CrSession *session, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  cr_desk_read_start (session, CR_RIGHT_SCHEDULE_VIEW, next_day_job, g_new0 (CrDate, 1), g_free, cb, data);
}

CrDate
cr_next_working_day_finish (CrSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), CR_DATE_NONE);
  CrDate next = *(const CrDate *)g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? next : CR_DATE_NONE;
}
