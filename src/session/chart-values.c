/* What views ask of a loaded chart: last values of a vital sign, key results, today's visit. */
#include "chart-private.h"

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
