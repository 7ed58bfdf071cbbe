#include "restricted.h"
#include "job-rules.h"
#include "chartroom/base/text.h"
#include "chartroom/store/person-charts.h"
#include <glib/gi18n.h>

gboolean
cr_tx_is_closed (CrTx *tx, const CrPatient *patient)
{
  return patient->restricted && !cr_tx_chart_is_open (tx, patient->id);
}

gboolean
cr_tx_open_chart (CrTx *tx, const CrPatient *patient, const char *reason, GError **error)
{
  g_autofree char *trimmed = cr_text_trim (reason);
  if (!patient->restricted)
    return TRUE;
  if (!cr_tx_require (tx, CR_RIGHT_BREAK_GLASS, error))
    return FALSE;
  if (cr_str_empty (trimmed) && cr_tx_chart_is_open (tx, patient->id))
    return TRUE;
  if (cr_str_empty (trimmed)) {
    g_autofree char *name = cr_patient_name_display (patient);
    g_set_error (error, CR_ERROR, CR_ERROR_RESTRICTED,
                 _ ("The chart of %s is restricted. Say why you open it; every access is reviewed."), name);
    return FALSE;
  }
  cr_tx_chart_opened (tx, patient->id);
  return cr_tx_audit (tx, "break-glass", CR_PATIENT.name, patient->id, patient->id, trimmed, error);
}

gboolean
cr_tx_require_chart (CrTx *tx, CrId patient, GError **error)
{
  g_autoptr (CrPatient) stored = cr_patient_kept (tx, patient, error);
  return stored != NULL && (!cr_tx_is_closed (tx, stored) || cr_tx_open_chart (tx, stored, NULL, error));
}
