#include "file-reading.h"

static void
free_reading (gpointer data)
{
  CrFileReading *reading = data;
  g_clear_pointer (&reading->content, g_bytes_unref);
  g_free (reading);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CrFileReading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (&reading->content), (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
cr_file_reading_start (gpointer source, CrSession *session, CrRight right, CrJob job, CrId patient,
                       CrId document, GAsyncReadyCallback cb, gpointer data)
{
  GTask *task = g_task_new (source, NULL, cb, data);
  CrFileReading *reading = g_new0 (CrFileReading, 1);
  reading->patient = patient;
  reading->document = document;
  g_task_set_task_data (task, reading, free_reading);
  cr_session_run_async (session, right, job, reading, NULL, read_cb, task);
}

GBytes *
cr_file_reading_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
