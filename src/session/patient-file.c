#include "chartroom/session/patient-file.h"
#include "chartroom/domain/referral.h"
#include "file-reading.h"
#include "job-rules.h"
#include <glib/gi18n.h>

/* FALSE: not one of those, or *failed. */
static gboolean
is_card (CrTx *tx, const CrFileReading *reading, gboolean *failed, GError **error)
{
  g_autoptr (GPtrArray) coverages = cr_coverages (tx, reading->patient, error);
  *failed = coverages == NULL;
  for (guint i = 0; coverages != NULL && i < coverages->len; i++) {
    const CrCoverage *coverage = coverages->pdata[i];
    if (coverage->card_front_id == reading->document || coverage->card_back_id == reading->document)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_form (CrTx *tx, const CrFileReading *reading, gboolean *failed, GError **error)
{
  g_autoptr (GPtrArray) consents = cr_consents (tx, reading->patient, error);
  *failed = consents == NULL;
  for (guint i = 0; consents != NULL && i < consents->len; i++)
    if (((const CrConsent *)consents->pdata[i])->document_id == reading->document)
      return TRUE;
  return FALSE;
}

static gboolean
check_belongs (CrTx *tx, const CrFileReading *reading, gboolean *photo, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, reading->patient, error);
  gboolean failed = patient == NULL;
  *photo = patient != NULL && patient->photo_id == reading->document;
  if (failed || *photo)
    return !failed;
  if (is_card (tx, reading, &failed, error) || failed)
    return !failed;
  if (is_form (tx, reading, &failed, error) || failed)
    return !failed;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                       _ ("This file is no photo, card or form of this patient. Open the chart to read it."));
  return FALSE;
}

/* The photo is for everybody who sees the book; cards and forms for those who keep the details. */
static gboolean
read_job (CrTx *tx, gpointer data, GError **error)
{
  CrFileReading *reading = data;
  gboolean photo = FALSE;
  reading->patient = cr_patient_kept_id (tx, reading->patient, error);
  if (reading->patient == CR_ID_NONE || !check_belongs (tx, reading, &photo, error) ||
      (!photo && !cr_tx_require (tx, CR_RIGHT_DEMOGRAPHICS_EDIT, error)))
    return FALSE;
  g_autoptr (CrDocument) document = cr_tx_load (tx, &CR_DOCUMENT, reading->document, error);
  if (document == NULL)
    return FALSE;
  reading->content = cr_document_content (tx, document, error);
  return reading->content != NULL && (photo || cr_tx_audit (tx, "view", CR_DOCUMENT.name, document->id,
                                                            reading->patient, document->title, error));
}

void
cr_patient_file_read_async (CrSession *session, CrId patient, CrId document, GAsyncReadyCallback cb,
                            gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  cr_file_reading_start (session, session, CR_RIGHT_SCHEDULE_VIEW, read_job, patient, document, cb, data);
}

GBytes *
cr_patient_file_read_finish (GAsyncResult *result, GError **error)
{
  return cr_file_reading_finish (result, error);
}
