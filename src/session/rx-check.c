#include "rx-check.h"
#include "chartroom/clinical/vitals.h"

static const CrKeyResult *
find_key (const CrKnowledge *k, const char *name)
{
  const GPtrArray *keys = cr_knowledge_key_results (k);
  for (guint i = 0; keys != NULL && i < keys->len; i++) {
    const CrKeyResult *key = keys->pdata[i];
    if (g_str_equal (key->key, name))
      return key;
  }
  return NULL;
}

static gboolean
counts (const CrObservation *o)
{
  return o->status != CR_OBS_CANCELLED && o->status != CR_OBS_ERROR && o->value != NULL;
}

/* The newest value of one of the codes; arrays are newest first. */
static const CrObservation *
newest_of (const GPtrArray *observations, const char *const *codes)
{
  const CrObservation *newest = NULL;
  for (guint i = 0; i < observations->len; i++) {
    const CrObservation *o = observations->pdata[i];
    if (counts (o) && o->code != NULL && g_strv_contains (codes, o->code) &&
        (newest == NULL || o->taken_at > newest->taken_at))
      newest = o;
  }
  return newest;
}

static void
fill_weight (CrCheckInput *in, const CrChartRecords *records, CrClock *clock)
{
  static const char *const codes[] = { CR_LOINC_WEIGHT, NULL };
  const CrObservation *weight = newest_of (records->vitals, codes);
  CrDecimal typed;
  if (weight == NULL || weight->unit == NULL || !cr_decimal_parse (weight->value, &typed))
    return;
  in->weight_kg = cr_unit_convert (typed, weight->unit, "kg");
  in->weight_on = cr_clock_date_of (clock, weight->taken_at);
}

static void
fill_result (const CrChartRecords *records, const CrKeyResult *key, CrClock *clock, CrDecimal *value,
             CrDate *on)
{
  const CrObservation *result = key != NULL ? newest_of (records->results, key->codes) : NULL;
  if (result == NULL || !cr_decimal_parse (result->value, value))
    return;
  *on = cr_clock_date_of (clock, result->taken_at);
}

void
cr_check_input_fill (CrCheckInput *in, const CrChartRecords *records, const CrKnowledge *k, CrClock *clock)
{
  const CrPatient *patient = records->patient;
  *in = (CrCheckInput){ .today = cr_clock_today (clock),
                        .birth_date = patient->birth_date,
                        .sex = patient->sex,
                        .allergy_status = CR_ALLERGY_UNAVAILABLE };
  if (!records->clinical)
    return;
  in->allergy_status = patient->allergy_status;
  in->allergies = records->allergies;
  in->medications = records->medications;
  in->problems = records->problems;
  fill_weight (in, records, clock);
  fill_result (records, find_key (k, "egfr"), clock, &in->egfr, &in->egfr_on);
  fill_result (records, find_key (k, "potassium"), clock, &in->potassium, &in->potassium_on);
}

static gboolean
put_array (GPtrArray **place, GPtrArray *array)
{
  if (array == NULL)
    return FALSE;
  g_ptr_array_unref (*place);
  *place = array;
  return TRUE;
}

static GPtrArray *
load_key_results (CrTx *tx, CrId patient_id, const CrKnowledge *k, GError **error)
{
  static const char *const names[] = { "egfr", "potassium" };
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const CrKeyResult *key = find_key (k, names[i]);
    for (guint c = 0; key != NULL && key->codes[c] != NULL; c++)
      g_ptr_array_add (codes, (gpointer)key->codes[c]);
  }
  g_ptr_array_add (codes, NULL);
  return cr_observations_last (tx, patient_id, (const char *const *)codes->pdata, 1, error);
}

CrChartRecords *
cr_check_records_load (CrTx *tx, CrId patient_id, const CrKnowledge *k, GError **error)
{
  static const char *const weight[] = { CR_LOINC_WEIGHT, NULL };
  g_autoptr (CrChartRecords) records = cr_chart_records_new ();
  records->clinical = TRUE;
  records->patient = cr_patient_kept (tx, patient_id, error);
  if (records->patient != NULL && put_array (&records->allergies, cr_allergies (tx, patient_id, error)) &&
      put_array (&records->medications, cr_medications (tx, patient_id, error)) &&
      put_array (&records->problems, cr_problems (tx, patient_id, error)) &&
      put_array (&records->vitals, cr_observations_last (tx, patient_id, weight, 1, error)) &&
      put_array (&records->results, load_key_results (tx, patient_id, k, error)))
    return g_steal_pointer (&records);
  return NULL;
}
