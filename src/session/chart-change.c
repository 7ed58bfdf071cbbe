/* Problems, medications, vitals and results: what is saved into a chart, and the rules it passes. */
#include "chart-change.h"
#include "chartroom/base/text.h"
#include "chartroom/clinical/vitals.h"
#include <glib/gi18n.h>

typedef struct {
  CrId patient_id;
  GPtrArray *observations; /* owned copies */
} Vitals;

typedef struct {
  CrId patient_id;
  GArray *ids; /* CrId */
} Review;

static void
free_change (gpointer data)
{
  CrChartChange *change = data;
  if (change->record != NULL)
    cr_record_free (change->klass, change->record);
  g_free (change->reason);
  g_free (change);
}

static void
free_vitals (gpointer data)
{
  Vitals *vitals = data;
  g_ptr_array_unref (vitals->observations);
  g_free (vitals);
}

static void
free_review (gpointer data)
{
  Review *review = data;
  g_array_unref (review->ids);
  g_free (review);
}

/* ---- problems ---- */

static gboolean
check_problem (CrTx *tx, CrProblem *problem, GError **error)
{
  g_autoptr (CrPatient) patient = cr_patient_kept (tx, problem->patient_id, error);
  CrDate today = cr_tx_today (tx);
  if (patient == NULL || !cr_require_text (problem->display, _ ("Say which problem it is."), error) ||
      !cr_require_past_day (problem->onset, patient->birth_date, today, error) ||
      !cr_require_past_day (problem->resolved, patient->birth_date, today, error))
    return FALSE;
  if (problem->status == CR_PROBLEM_RESOLVED && !cr_date_is_set (problem->resolved))
    problem->resolved = today;
  if (cr_date_is_set (problem->onset) && cr_date_is_set (problem->resolved) &&
      cr_date_compare (problem->resolved, problem->onset) < 0)
    return cr_refuse (error, _ ("The problem cannot end before it began. Correct one of the dates."));
  return TRUE;
}

static gboolean
save_problem_job (CrTx *tx, gpointer data, GError **error)
{
  CrChartChange *change = data;
  CrProblem *problem = change->record;
  if (!cr_tx_own_chart (tx, &problem->patient_id, change->patient_id, problem->version, error))
    return FALSE;
  if (problem->version == 0) {
    problem->recorded_by = cr_tx_person (tx);
    problem->recorded_at = cr_tx_now (tx);
  }
  return check_problem (tx, problem, error) && cr_tx_save (tx, &CR_PROBLEM, problem, error);
}

/* ---- medications ---- */

static gboolean
save_medication_job (CrTx *tx, gpointer data, GError **error)
{
  CrChartChange *change = data;
  CrMedication *medication = change->record;
  if (!cr_tx_own_chart (tx, &medication->patient_id, change->patient_id, medication->version, error))
    return FALSE;
  if (medication->version == 0) {
    medication->recorded_by = cr_tx_person (tx);
    medication->recorded_at = cr_tx_now (tx);
  }
  return cr_require_text (medication->display, _ ("Say which medication it is."), error) &&
         cr_require_past_day (medication->stopped, medication->started, cr_tx_today (tx), error) &&
         cr_tx_save (tx, &CR_MEDICATION, medication, error);
}

static gboolean
is_over (const CrMedication *medication)
{
  return medication->status == CR_MED_STOPPED || medication->status == CR_MED_COMPLETED ||
         medication->status == CR_MED_ERROR;
}

static gboolean
stop_medication_job (CrTx *tx, gpointer data, GError **error)
{
  CrChartChange *change = data;
  if (!cr_require_text (change->reason, _ ("Say why the medication is stopped."), error))
    return FALSE;
  g_autoptr (CrMedication) medication = cr_tx_load (tx, &CR_MEDICATION, change->id, error);
  if (medication == NULL)
    return FALSE;
  if (is_over (medication))
    return cr_refuse (error, _ ("This medication is not taken any more. Reload the chart."));
  medication->status = CR_MED_STOPPED;
  medication->stopped = cr_tx_today (tx);
  g_free (medication->stop_reason);
  medication->stop_reason = cr_text_trim (change->reason);
  return cr_tx_save (tx, &CR_MEDICATION, medication, error);
}

/* ---- vitals and results ---- */

static gboolean
is_pressure (const CrObservation *o)
{
  return g_strcmp0 (o->code, CR_LOINC_SYSTOLIC) == 0 || g_strcmp0 (o->code, CR_LOINC_DIASTOLIC) == 0;
}

/* The two values of a blood pressure are kept together. */
static void
join_pressure (CrTx *tx, GPtrArray *observations)
{
  CrId panel = CR_ID_NONE;
  for (guint i = 0; i < observations->len; i++) {
    CrObservation *o = observations->pdata[i];
    if (!is_pressure (o) || o->panel_id != CR_ID_NONE)
      continue;
    panel = panel != CR_ID_NONE ? panel : cr_tx_new_id (tx);
    o->panel_id = panel;
  }
}

static gboolean
save_vital (CrTx *tx, CrObservation *o, CrId patient_id, CrId encounter, GError **error)
{
  if (!cr_require_text (o->code, _ ("Say what was measured."), error) ||
      !cr_require_text (o->value, _ ("Enter the measured value."), error))
    return FALSE;
  if (o->taken_at > cr_tx_now (tx))
    return cr_refuse (error, _ ("A measurement cannot lie in the future. Correct its date and time."));
  if (!cr_tx_own_chart (tx, &o->patient_id, patient_id, o->version, error))
    return FALSE;
  o->kind = CR_OBS_VITAL;
  if (o->version > 0)
    return cr_tx_save (tx, &CR_OBSERVATION, o, error);
  o->status = CR_OBS_FINAL;
  o->recorded_by = cr_tx_person (tx);
  o->taken_at = o->taken_at != CR_INSTANT_NONE ? o->taken_at : cr_tx_now (tx);
  o->encounter_id = o->encounter_id != CR_ID_NONE ? o->encounter_id : encounter;
  return cr_tx_save (tx, &CR_OBSERVATION, o, error);
}

static gboolean
save_vitals_job (CrTx *tx, gpointer data, GError **error)
{
  Vitals *vitals = data;
  CrId encounter = CR_ID_NONE;
  if (vitals->observations->len == 0)
    return cr_refuse (error, _ ("Nothing was entered. Enter at least one value."));
  if (!cr_chart_find_encounter (tx, vitals->patient_id, cr_tx_today (tx), &encounter, error))
    return FALSE;
  join_pressure (tx, vitals->observations);
  for (guint i = 0; i < vitals->observations->len; i++)
    if (!save_vital (tx, vitals->observations->pdata[i], vitals->patient_id, encounter, error))
      return FALSE;
  return TRUE;
}

static gboolean
review_results_job (CrTx *tx, gpointer data, GError **error)
{
  Review *review = data;
  for (guint i = 0; i < review->ids->len; i++) {
    g_autoptr (CrObservation) o =
        cr_tx_load (tx, &CR_OBSERVATION, g_array_index (review->ids, CrId, i), error);
    if (o == NULL)
      return FALSE;
    if (!cr_tx_is_of_person (
            tx, o->patient_id, review->patient_id,
            _ ("One of the results belongs to another patient. Nothing was marked as reviewed."), error))
      return FALSE;
    if (o->reviewed_at != CR_INSTANT_NONE)
      continue;
    o->reviewed_at = cr_tx_now (tx);
    o->reviewed_by = cr_tx_person (tx);
    if (!cr_tx_save (tx, &CR_OBSERVATION, o, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- shared ---- */

gboolean
cr_chart_find_encounter (CrTx *tx, CrId patient_id, CrDate day, CrId *encounter, GError **error)
{
  g_autoptr (GPtrArray) encounters = cr_encounters (tx, patient_id, error);
  if (encounters == NULL)
    return FALSE;
  *encounter = cr_chart_encounter_of (encounters, day);
  return TRUE;
}

CrChartChange *
cr_chart_change_new (CrChart *chart, const CrRecordClass *klass, gconstpointer record)
{
  CrChartChange *change = g_new0 (CrChartChange, 1);
  change->klass = klass;
  change->record = record != NULL ? cr_record_copy (klass, record) : NULL;
  change->patient_id = chart->patient_id;
  return change;
}

void
cr_chart_change_start (CrChart *chart, CrRight right, CrJob job, CrChartChange *change,
                       GAsyncReadyCallback cb, gpointer data)
{
  cr_session_run_async (chart->session, right, job, change, free_change, cb, data);
}

/* ---- public ---- */

void
cr_chart_save_problem_async (CrChart *self, const CrProblem *problem, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  CrChartChange *change = cr_chart_change_new (self, &CR_PROBLEM, problem);
  cr_chart_change_start (self, CR_RIGHT_NOTE_WRITE, save_problem_job, change, cb, data);
}

void
cr_chart_save_medication_async (CrChart *self, const CrMedication *medication, GAsyncReadyCallback cb,
                                gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  CrChartChange *change = cr_chart_change_new (self, &CR_MEDICATION, medication);
  cr_chart_change_start (self, CR_RIGHT_CLINICAL_RECORD, save_medication_job, change, cb, data);
}

void
cr_chart_stop_medication_async (CrChart *self, CrId medication, const char *reason, GAsyncReadyCallback cb,
                                gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  CrChartChange *change = cr_chart_change_new (self, &CR_MEDICATION, NULL);
  change->id = medication;
  change->reason = g_strdup (reason);
  cr_chart_change_start (self, CR_RIGHT_CLINICAL_RECORD, stop_medication_job, change, cb, data);
}

void
cr_chart_review_results_async (CrChart *self, const CrId *ids, guint n, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  Review *review = g_new0 (Review, 1);
  review->patient_id = self->patient_id;
  review->ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_array_append_vals (review->ids, ids, n);
  cr_session_run_async (self->session, CR_RIGHT_SIGN, review_results_job, review, free_review, cb, data);
}

void
cr_chart_save_vitals_async (CrChart *self, GPtrArray *observations, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_CHART (self));
  Vitals *vitals = g_new0 (Vitals, 1);
  vitals->patient_id = self->patient_id;
  vitals->observations = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_observation_free);
  for (guint i = 0; i < observations->len; i++)
    g_ptr_array_add (vitals->observations, cr_observation_copy (observations->pdata[i]));
  cr_session_run_async (self->session, CR_RIGHT_CLINICAL_RECORD, save_vitals_job, vitals, free_vitals, cb,
                        data);
}
