/* What the palette says of a patient's visits: today's, else the next or the last one. */
#include "palette-private.h"
#include <glib/gi18n.h>

/* Takes the text. */
static void
put_text (GHashTable *texts, CrId id, char *text)
{
  g_hash_table_insert (texts, g_memdup2 (&id, sizeof id), text);
}

/* "10:30 AM Dr. Okafor – Follow-up, arrived" */
static char *
describe_today (const CrVisit *visit)
{
  g_autofree char *time = cr_minute_format ((int)visit->appointment->start_min);
  g_autofree char *stage = g_utf8_strdown (cr_stage_word (visit->appointment->stage), -1);
  return g_strdup_printf ("%s %s – %s, %s", time, visit->clinician != NULL ? visit->clinician : "",
                          visit->type_name != NULL ? visit->type_name : "", stage);
}

/* The coming visit nearest to today, else the last one there was; appointments come newest first. */
static const CrAppointment *
choose_visit (const GPtrArray *appointments, CrDate today)
{
  const CrAppointment *next = NULL;
  for (guint i = 0; i < appointments->len; i++) {
    const CrAppointment *appointment = appointments->pdata[i];
    if (!cr_stage_holds_slot (appointment->stage))
      continue;
    if (cr_date_compare (appointment->date, today) < 0)
      return next != NULL ? next : appointment;
    next = appointment;
  }
  return next;
}

/* Imported visits have no appointment. */
static CrDate
last_encounter (const GPtrArray *encounters)
{
  for (guint i = 0; i < encounters->len; i++) {
    const CrEncounter *encounter = encounters->pdata[i];
    if (g_strcmp0 (encounter->status, "entered-in-error") != 0)
      return encounter->date;
  }
  return CR_DATE_NONE;
}

/* NULL on error, "" when there is no visit. */
static char *
describe_next_or_last (CrTx *tx, CrId patient, CrDate today, GError **error)
{
  g_autoptr (GPtrArray) appointments = cr_appointments_for_patient (tx, patient, error);
  g_autoptr (GPtrArray) encounters = appointments != NULL ? cr_encounters (tx, patient, error) : NULL;
  if (encounters == NULL)
    return NULL;
  const CrAppointment *visit = choose_visit (appointments, today);
  CrDate date = visit != NULL ? visit->date : last_encounter (encounters);
  g_autofree char *text = cr_date_is_set (date) ? cr_date_format (date) : NULL;
  if (text == NULL)
    return g_strdup ("");
  return cr_date_compare (date, today) < 0 ? g_strdup_printf (_ ("Last visit %s"), text)
                                           : g_strdup_printf (_ ("Next visit %s"), text);
}

gboolean
cr_palette_read_today (CrTx *tx, CrDate today, GArray *todays, GHashTable *details, GError **error)
{
  g_autoptr (GPtrArray) visits = cr_visit_list (tx, today, today, error);
  if (visits == NULL)
    return FALSE;
  for (guint i = 0; i < visits->len; i++) {
    const CrVisit *visit = visits->pdata[i];
    CrId patient = visit->appointment->patient_id;
    if (!cr_stage_holds_slot (visit->appointment->stage) || g_hash_table_contains (details, &patient))
      continue;
    g_array_append_val (todays, patient);
    put_text (details, patient, describe_today (visit));
  }
  return TRUE;
}

gboolean
cr_palette_read_visits (CrTx *tx, CrDate today, const GArray *ids, GHashTable *details, GError **error)
{
  for (guint i = 0; i < ids->len; i++) {
    CrId id = g_array_index (ids, CrId, i);
    char *text = describe_next_or_last (tx, id, today, error);
    if (text == NULL)
      return FALSE;
    put_text (details, id, text);
  }
  return TRUE;
}
