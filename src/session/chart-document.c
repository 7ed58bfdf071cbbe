/* Reading a stored document: a scan, a photo, a packet, an imported text. */
#include "chart-private.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  CrId patient_id, document_id;
  GBytes *content;
} Reading;

static void
free_reading (gpointer data)
{
  Reading *reading = data;
  g_clear_pointer (&reading->content, g_bytes_unref);
  g_free (reading);
}

/* The file, or the text of a document that has none. */
static GBytes *
content_of (CrTx *tx, const CrDocument *document, GError **error)
{
  if (document->name == NULL && document->text != NULL)
    return g_bytes_new (document->text, strlen (document->text));
  return cr_document_content (tx, document, error);
}

static gboolean
check_patient (CrTx *tx, const CrDocument *document, CrId patient_id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  if (cr_patients_are_one (tx, document->patient_id, patient_id, &failure))
    return TRUE;
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                       _ ("This document belongs to another patient's chart. Open that chart to read it."));
  return FALSE;
}

static gboolean
read_job (CrTx *tx, gpointer data, GError **error)
{
  Reading *reading = data;
  g_autoptr (CrDocument) document = cr_tx_load (tx, &CR_DOCUMENT, reading->document_id, error);
  if (document == NULL || !check_patient (tx, document, reading->patient_id, error))
    return FALSE;
  reading->content = content_of (tx, document, error);
  return reading->content != NULL && cr_tx_audit (tx, "view", CR_DOCUMENT.name, document->id,
                                                  document->patient_id, document->title, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (&reading->content), (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
cr_chart_read_document_async (CrChart *self, CrId document, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  GTask *task = g_task_new (self, NULL, cb, data);
  Reading *reading = g_new0 (Reading, 1);
  reading->patient_id = self->patient_id;
  reading->document_id = document;
  g_task_set_task_data (task, reading, free_reading);
  cr_session_run_async (self->session, CR_RIGHT_CLINICAL_VIEW, read_job, reading, NULL, read_cb, task);
}

GBytes *
cr_chart_read_document_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
