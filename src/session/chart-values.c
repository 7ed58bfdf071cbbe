/* What views ask of a loaded chart: last values of a vital sign, key results, today's visit. */
#include "chart-private.h"
#include "rx-check.h"
#include <glib/gi18n.h>

enum { KEY_VALUES = 7 }; /* the latest and six before it */

static gboolean
counts (const CrObservation *o)
{
  return o->status != CR_OBS_CANCELLED && o->status != CR_OBS_ERROR;
}

static gboolean
is_code_of (const CrKeyResult *key, const char *code)
{
  return code != NULL && g_strv_contains (key->codes, code);
}

/* The array is newest first already. */
static GPtrArray *
collect_key (const GPtrArray *results, const CrKeyResult *key)
{
  GPtrArray *values = g_ptr_array_new ();
  for (guint i = 0; i < results->len && values->len < KEY_VALUES; i++) {
    const CrObservation *o = results->pdata[i];
    if (counts (o) && is_code_of (key, o->code))
      g_ptr_array_add (values, (gpointer)o);
  }
  return values;
}

GPtrArray *
cr_chart_vital (CrChart *self, const char *loinc, guint n)
{
  g_return_val_if_fail (CR_IS_CHART (self), NULL);
  const GPtrArray *vitals = self->records->vitals;
  GPtrArray *values = g_ptr_array_new ();
  for (guint i = 0; i < vitals->len && values->len < n; i++) {
    const CrObservation *o = vitals->pdata[i];
    if (counts (o) && g_strcmp0 (o->code, loinc) == 0)
      g_ptr_array_add (values, (gpointer)o);
  }
  return values;
}

GPtrArray *
cr_chart_key_results (CrChart *self)
{
  g_return_val_if_fail (CR_IS_CHART (self), NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  const GPtrArray *keys = cr_knowledge_key_results (cr_session_get_knowledge (self->session));
  for (guint i = 0; keys != NULL && i < keys->len; i++) {
    const CrKeyResult *key = keys->pdata[i];
    if (!cr_key_result_applies (key, self->records->problems))
      continue;
    g_autoptr (GPtrArray) values = collect_key (self->records->results, key);
    if (values->len > 0)
      g_ptr_array_add (found, g_steal_pointer (&values));
  }
  return found;
}

static char *
day_text (CrDate day, CrDate today)
{
  return cr_date_compare (day, today) == 0 ? g_strdup (_ ("today")) : cr_date_format (day);
}

static char *
weight_fact (const CrCheckInput *in)
{
  if (!in->weight_kg.set)
    return g_strdup (_ ("weight not recorded"));
  CrDecimal rounded = cr_decimal_round (in->weight_kg, cr_decimal_to_double (in->weight_kg) < 10 ? 2 : 1);
  g_autofree char *kg = cr_decimal_to_text (rounded);
  g_autofree char *day = day_text (in->weight_on, in->today);
  return g_strdup_printf (_ ("%s kg (%s)"), kg, day);
}

char *
cr_chart_dosing_facts (CrChart *self)
{
  g_return_val_if_fail (CR_IS_CHART (self), NULL);
  CrCheckInput in;
  cr_check_input_fill (&in, self->records, cr_session_get_knowledge (self->session),
                       cr_session_get_clock (self->session));
  g_autofree char *weight = weight_fact (&in);
  g_autofree char *value = in.egfr.set ? cr_decimal_to_text (in.egfr) : NULL;
  g_autofree char *day = in.egfr.set ? day_text (in.egfr_on, in.today) : NULL;
  if (value == NULL)
    return g_strdup_printf (_ ("%s  ·  eGFR not known"), weight);
  return g_strdup_printf (_ ("%s  ·  eGFR %s (%s)"), weight, value, day);
}

GPtrArray *
cr_chart_taken_against (CrChart *self, const CrAllergy *also)
{
  g_return_val_if_fail (CR_IS_CHART (self), NULL);
  const CrKnowledge *k = cr_session_get_knowledge (self->session);
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();
  CrCheckInput in;
  cr_check_input_fill (&in, self->records, k, cr_session_get_clock (self->session));
  if (also != NULL && self->records->clinical) {
    g_ptr_array_add (alone, (gpointer)also);
    in.allergies = alone;
  }
  return cr_checks_taken (k, &in);
}

gboolean
cr_chart_has_draft (CrChart *self)
{
  g_return_val_if_fail (CR_IS_CHART (self), FALSE);
  const CrPerson *person = cr_session_get_person (self->session);
  const GPtrArray *notes = self->records->notes;
  for (guint i = 0; person != NULL && i < notes->len; i++) {
    const CrNote *note = notes->pdata[i];
    if (note->status == CR_NOTE_DRAFT && note->author_id == person->id)
      return TRUE;
  }
  return FALSE;
}

CrId
cr_chart_open_encounter (CrChart *self)
{
  g_return_val_if_fail (CR_IS_CHART (self), CR_ID_NONE);
  CrDate today = cr_clock_today (cr_session_get_clock (self->session));
  return cr_chart_encounter_of (self->records->encounters, today);
}

CrId
cr_chart_encounter_of (const GPtrArray *encounters, CrDate day)
{
  for (guint i = 0; i < encounters->len; i++) {
    const CrEncounter *encounter = encounters->pdata[i];
    if (cr_date_compare (encounter->date, day) == 0 && encounter->place == NULL &&
        g_strcmp0 (encounter->status, "entered-in-error") != 0)
      return encounter->id;
  }
  return CR_ID_NONE;
}
