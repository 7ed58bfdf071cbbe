/* Allergies and the statement about them (UX 4.8): both change in one job, so they never disagree. */
#include "chart-change.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

static gboolean
count_active (CrTx *tx, CrId patient_id, guint *n, GError **error)
{
  g_autoptr (GPtrArray) allergies = cr_allergies (tx, patient_id, error);
  if (allergies == NULL)
    return FALSE;
  g_autoptr (GPtrArray) active = cr_allergies_active (allergies);
  *n = active->len;
  return TRUE;
}

static gboolean
set_statement (CrTx *tx, CrPatient *patient, int status, GError **error)
{
  gboolean stated = status != CR_ALLERGY_NOT_RECORDED;
  patient->allergy_status = status;
  patient->allergy_reviewed_at = stated ? cr_tx_now (tx) : CR_INSTANT_NONE;
  patient->allergy_reviewed_by = stated ? cr_tx_person (tx) : CR_ID_NONE;
  return cr_tx_save (tx, &CR_PATIENT, patient, error);
}

/* One active allergy makes the statement Known; when the last one went, nothing is known until somebody says
 * so. */
static gboolean
follow_allergies (CrTx *tx, CrId patient_id, GError **error)
{
  guint active = 0;
  g_autoptr (CrPatient) patient = cr_patient_kept (tx, patient_id, error);
  if (patient == NULL || !count_active (tx, patient_id, &active, error))
    return FALSE;
  if (active > 0)
    return set_statement (tx, patient, CR_ALLERGY_KNOWN, error);
  if (patient->allergy_status == CR_ALLERGY_KNOWN)
    return set_statement (tx, patient, CR_ALLERGY_NOT_RECORDED, error);
  return TRUE;
}

/* An active allergy is taken away by cr_chart_remove_allergy_async, which asks for the reason. */
static gboolean
check_state (CrTx *tx, const CrAllergy *allergy, GError **error)
{
  if (allergy->version == 0 || allergy->state == CR_ALLERGY_ACTIVE)
    return TRUE;
  g_autoptr (CrAllergy) stored = cr_tx_load (tx, &CR_ALLERGY, allergy->id, error);
  if (stored == NULL)
    return FALSE;
  return stored->state != CR_ALLERGY_ACTIVE || cr_refuse (error, _ ("Say why the allergy is removed."));
}

static gboolean
check_allergy (CrTx *tx, const CrAllergy *allergy, GError **error)
{
  g_autoptr (CrPatient) patient = cr_patient_kept (tx, allergy->patient_id, error);
  return patient != NULL &&
         cr_require_text (allergy->substance, _ ("Say to what the patient is allergic."), error) &&
         cr_require_past_day (allergy->onset, patient->birth_date, cr_tx_today (tx), error) &&
         check_state (tx, allergy, error);
}

static gboolean
save_allergy_job (CrTx *tx, gpointer data, GError **error)
{
  CrChartChange *change = data;
  CrAllergy *allergy = change->record;
  if (!cr_tx_own_chart (tx, &allergy->patient_id, change->patient_id, allergy->version, error))
    return FALSE;
  if (allergy->version == 0) {
    allergy->recorded_by = cr_tx_person (tx);
    allergy->recorded_at = cr_tx_now (tx);
  }
  return check_allergy (tx, allergy, error) && cr_tx_save (tx, &CR_ALLERGY, allergy, error) &&
         follow_allergies (tx, change->patient_id, error);
}

static gboolean
remove_allergy_job (CrTx *tx, gpointer data, GError **error)
{
  CrChartChange *change = data;
  if (!cr_require_text (change->reason, _ ("Say why the allergy is removed."), error))
    return FALSE;
  g_autoptr (CrAllergy) allergy = cr_tx_load (tx, &CR_ALLERGY, change->id, error);
  if (allergy == NULL)
    return FALSE;
  g_autofree char *reason = cr_text_trim (change->reason);
  allergy->state = change->state;
  g_free (allergy->state_reason);
  allergy->state_reason = g_strdup (reason);
  return cr_tx_save (tx, &CR_ALLERGY, allergy, error) &&
         cr_tx_audit (tx, CR_ALLERGY_STATE_CODES[change->state], CR_ALLERGY.name, allergy->id,
                      change->patient_id, reason, error) &&
         follow_allergies (tx, change->patient_id, error);
}

static gboolean
no_known_allergies_job (CrTx *tx, gpointer data, GError **error)
{
  CrChartChange *change = data;
  guint active = 0;
  g_autoptr (CrPatient) patient = cr_patient_kept (tx, change->patient_id, error);
  if (patient == NULL || !count_active (tx, change->patient_id, &active, error))
    return FALSE;
  if (active > 0)
    return cr_refuse (error,
                      _ ("An allergy is on the list. Remove it with a reason before you record that there is "
                         "none."));
  return set_statement (tx, patient, CR_ALLERGY_NONE_KNOWN, error);
}

void
cr_chart_save_allergy_async (CrChart *self, const CrAllergy *allergy, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  CrChartChange *change = cr_chart_change_new (self, &CR_ALLERGY, allergy);
  cr_chart_change_start (self, CR_RIGHT_CLINICAL_RECORD, save_allergy_job, change, cb, data);
}

void
cr_chart_remove_allergy_async (CrChart *self, CrId allergy, int state, const char *reason,
                               GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  g_return_if_fail (state > CR_ALLERGY_ACTIVE && state <= CR_ALLERGY_ERROR);
  CrChartChange *change = cr_chart_change_new (self, &CR_ALLERGY, NULL);
  change->id = allergy;
  change->state = state;
  change->reason = g_strdup (reason);
  cr_chart_change_start (self, CR_RIGHT_CLINICAL_RECORD, remove_allergy_job, change, cb, data);
}

void
cr_chart_no_known_allergies_async (CrChart *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  CrChartChange *change = cr_chart_change_new (self, &CR_PATIENT, NULL);
  cr_chart_change_start (self, CR_RIGHT_CLINICAL_RECORD, no_known_allergies_job, change, cb, data);
}
