/* Reading a stored document: a scan, a photo, a packet, an imported text. */
#include "chart-private.h"
#include "file-reading.h"
#include <glib/gi18n.h>
#include <string.h>

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
  CrFileReading *reading = data;
  g_autoptr (CrDocument) document = cr_tx_load (tx, &CR_DOCUMENT, reading->document, error);
  if (document == NULL || !check_patient (tx, document, reading->patient, error))
    return FALSE;
  reading->content = content_of (tx, document, error);
  return reading->content != NULL && cr_tx_audit (tx, "view", CR_DOCUMENT.name, document->id,
                                                  document->patient_id, document->title, error);
}

void
cr_chart_read_document_async (CrChart *self, CrId document, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  cr_file_reading_start (self, self->session, CR_RIGHT_CLINICAL_VIEW, read_job, self->patient_id, document,
                         cb, data);
}

GBytes *
cr_chart_read_document_finish (GAsyncResult *result, GError **error)
{
  return cr_file_reading_finish (result, error);
}
