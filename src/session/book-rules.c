#include "book-rules.h"
#include <glib/gi18n.h>

typedef struct {
  GPtrArray *hours, *exceptions, *visits;
} DayRecords;

static void
clear_day (DayRecords *records)
{
  g_clear_pointer (&records->hours, g_ptr_array_unref);
  g_clear_pointer (&records->exceptions, g_ptr_array_unref);
  g_clear_pointer (&records->visits, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DayRecords, clear_day)

static gboolean
load_day (CrTx *tx, const CrAppointment *appointment, DayRecords *out, GError **error)
{
  out->hours = cr_hours_list (tx, appointment->person_id, error);
  if (out->hours == NULL)
    return FALSE;
  out->exceptions = cr_schedule_exception_list (tx, appointment->date, appointment->date, error);
  if (out->exceptions == NULL)
    return FALSE;
  out->visits = cr_appointments_of_day (tx, appointment->date, error);
  return out->visits != NULL;
}

static gboolean
overlap (const CrAppointment *a, const CrAppointment *b)
{
  return a->start_min < b->start_min + b->minutes && b->start_min < a->start_min + a->minutes;
}

static char *
describe_person (CrTx *tx, CrId id)
{
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, id, NULL);
  return person != NULL ? cr_person_short (person) : g_strdup (_ ("This clinician"));
}

static gboolean
refuse_place (CrTx *tx, CrPlace place, const CrDay *day, const CrAppointment *appointment, gboolean hard,
              GError **error)
{
  g_autofree char *clinician = describe_person (tx, appointment->person_id);
  g_autofree char *sentence =
      cr_place_sentence (place, day, (int)appointment->start_min, (int)appointment->minutes, clinician);
  g_set_error_literal (error, CR_ERROR, hard ? CR_ERROR_INVALID : CR_ERROR_CONFLICT, sentence);
  return FALSE;
}

static gboolean
is_overbooked (const GPtrArray *visits, const CrAppointment *appointment)
{
  for (guint i = 0; i < visits->len; i++) {
    const CrAppointment *other = visits->pdata[i];
    if (other->id != appointment->id && other->person_id == appointment->person_id &&
        cr_stage_holds_slot (other->stage) && overlap (other, appointment))
      return TRUE;
  }
  return FALSE;
}

static CrPlace
check_day (CrTx *tx, CrClock *clock, const CrDay *day, const CrAppointment *appointment)
{
  return cr_day_check (day, (int)appointment->start_min, (int)appointment->minutes, appointment->patient_id,
                       appointment->id, cr_tx_today (tx), cr_clock_minute_of (clock, cr_tx_now (tx)));
}

gboolean
cr_book_check (CrTx *tx, CrClock *clock, CrAppointment *appointment, gboolean accept, GError **error)
{
  g_auto (DayRecords) records = { 0 };
  if (!load_day (tx, appointment, &records, error))
    return FALSE;
  CrDay day = { appointment->date, appointment->person_id, records.hours, records.exceptions,
                records.visits };
  CrPlace place = check_day (tx, clock, &day, appointment);
  gboolean hard = cr_place_is_hard (place, appointment->date, cr_tx_today (tx));
  appointment->overbooked = is_overbooked (records.visits, appointment);
  if (place == CR_PLACE_OK || (accept && !hard))
    return TRUE;
  return refuse_place (tx, place, &day, appointment, hard, error);
}

/* Better is smaller: free, at work but busy, not at work. */
static int
rate_clinician (CrTx *tx, CrClock *clock, const DayRecords *records, const CrAppointment *appointment,
                CrId person)
{
  CrDay day = { appointment->date, person, records->hours, records->exceptions, records->visits };
  CrPlace place = check_day (tx, clock, &day, appointment);
  if (place == CR_PLACE_OK || place == CR_PLACE_PAST || place == CR_PLACE_SAME_DAY)
    return 0;
  return place == CR_PLACE_OVERLAP || place == CR_PLACE_BLOCKED ? 1 : 2;
}

gboolean
cr_book_pick_clinician (CrTx *tx, CrClock *clock, CrAppointment *appointment, GError **error)
{
  g_auto (DayRecords) records = { 0 };
  int best = G_MAXINT;
  g_autoptr (GPtrArray) people = cr_person_list (tx, error);
  if (people == NULL || !load_day (tx, appointment, &records, error))
    return FALSE;
  for (guint i = 0; i < people->len; i++) {
    const CrPerson *person = people->pdata[i];
    int rate = person->active && person->schedulable
                   ? rate_clinician (tx, clock, &records, appointment, person->id)
                   : G_MAXINT;
    if (rate >= best)
      continue;
    best = rate;
    appointment->person_id = person->id;
  }
  return TRUE;
}

gboolean
cr_book_check_free (CrTx *tx, const CrAppointment *appointment, GError **error)
{
  g_autoptr (GPtrArray) visits = cr_appointments_of_day (tx, appointment->date, error);
  if (visits == NULL)
    return FALSE;
  for (guint i = 0; i < visits->len; i++) {
    const CrAppointment *other = visits->pdata[i];
    gboolean concerned =
        other->person_id == appointment->person_id || other->patient_id == appointment->patient_id;
    if (other->id == appointment->id || !concerned || !cr_stage_holds_slot (other->stage) ||
        !overlap (other, appointment))
      continue;
    g_set_error_literal (error, CR_ERROR, CR_ERROR_CONFLICT,
                         _ ("That time has been taken by another visit since. Book a new time instead."));
    return FALSE;
  }
  return TRUE;
}

static gboolean
refuse_used (GError **error)
{
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_CONFLICT,
      _ ("This visit already has a note or measurements. Mark those as entered in error first."));
  return FALSE;
}

gboolean
cr_encounter_check_unused (CrTx *tx, const CrEncounter *encounter, GError **error)
{
  g_autoptr (GPtrArray) notes = cr_notes (tx, encounter->patient_id, error);
  if (notes == NULL)
    return FALSE;
  for (guint i = 0; i < notes->len; i++) {
    const CrNote *note = notes->pdata[i];
    if (note->encounter_id == encounter->id && note->status != CR_NOTE_ERROR)
      return refuse_used (error);
  }
  g_autoptr (GPtrArray) observations =
      cr_observations (tx, encounter->patient_id, -1, encounter->arrived_at, error);
  if (observations == NULL)
    return FALSE;
  for (guint i = 0; i < observations->len; i++) {
    const CrObservation *observation = observations->pdata[i];
    if (observation->encounter_id == encounter->id && observation->status != CR_OBS_ERROR)
      return refuse_used (error);
  }
  return TRUE;
}
