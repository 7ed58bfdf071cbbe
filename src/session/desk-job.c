#include "desk-job.h"
#include "book-step.h"
#include "session-private.h"

typedef struct {
  CrDeskJob job;
  gpointer data;
  GDestroyNotify destroy;
  CrClock *clock;
  char *label;
  CrBookStep *step;
} Run;

static void
free_run (gpointer data)
{
  Run *run = data;
  run->destroy (run->data);
  cr_clock_unref (run->clock);
  g_clear_pointer (&run->step, cr_book_step_free);
  g_free (run->label);
  g_free (run);
}

static gboolean
run_job (CrTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  g_autoptr (CrBook) book = cr_book_open (tx, run->clock, error);
  return book != NULL && run->job (book, run->data, &run->label, error) &&
         cr_book_step_save (tx, run->label, &run->step, error);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  if (!cr_session_finish (result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (run->step != NULL)
    cr_session_note_step (CR_SESSION (source), g_steal_pointer (&run->step));
  g_task_return_boolean (task, TRUE);
}

void
cr_desk_job_start (CrSession *session, CrDeskJob job, gpointer data, GDestroyNotify destroy,
                   GAsyncReadyCallback cb, gpointer user_data)
{
  GTask *task = g_task_new (session, NULL, cb, user_data);
  Run *run = g_new0 (Run, 1);
  run->job = job;
  run->data = data;
  run->destroy = destroy;
  run->clock = cr_clock_ref (cr_session_get_clock (session));
  g_task_set_task_data (task, run, free_run);
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_EDIT, run_job, run, NULL, done_cb, task);
}

char *
cr_desk_label (CrTx *tx, const char *format, CrId patient_id, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, patient_id, error);
  if (patient == NULL)
    return NULL;
  g_autofree char *name = cr_patient_name_display (patient);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  return g_strjoinv (name, parts);
}
