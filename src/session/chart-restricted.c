/* A restricted chart is opened for a reason only (UX 1.7); who may do that may also restrict one. */
#include "chart-change.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

static gboolean
restrict_job (CrTx *tx, gpointer data, GError **error)
{
  CrChartChange *change = data;
  gboolean restricted = change->state != 0;
  if (!cr_require_text (change->reason, _ ("Say why."), error))
    return FALSE;
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, change->patient_id, error);
  if (patient == NULL)
    return FALSE;
  g_autofree char *reason = cr_text_trim (change->reason);
  patient->restricted = restricted;
  return cr_tx_save (tx, &CR_PATIENT, patient, error) &&
         cr_tx_audit (tx, restricted ? "restrict" : "lift-restriction", CR_PATIENT.name, patient->id,
                      patient->id, reason, error);
}

void
cr_chart_restrict_async (CrChart *self, gboolean restricted, const char *reason, GAsyncReadyCallback cb,
                         gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  CrChartChange *change = cr_chart_change_new (self, &CR_PATIENT, NULL);
  change->state = restricted ? 1 : 0;
  change->reason = g_strdup (reason);
  cr_chart_change_start (self, CR_RIGHT_BREAK_GLASS, restrict_job, change, cb, data);
}
