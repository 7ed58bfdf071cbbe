/* The times of the stages, put right with a reason; and what they teach about the end of the day. */
#include "chartroom/session/visit-desk.h"
#include "chartroom/base/text.h"
#include "chartroom/store/desk-stores.h"
#include "desk-action.h"
#include "job-rules.h"
#include "day-schedule-private.h"
#include "live-list.h"
#include <glib/gi18n.h>

enum { PACE_DAYS = 60 };

/* ---- times ---- */

typedef struct {
  CrId appointment;
  CrStamps stamps;
  char *reason;
} Times;

static void
free_times (gpointer data)
{
  Times *times = data;
  g_free (times->reason);
  g_free (times);
}

static void
list_stamps (CrEncounter *encounter, CrInstant **stamps)
{
  stamps[CR_STAMP_ARRIVED] = &encounter->arrived_at;
  stamps[CR_STAMP_ROOMED] = &encounter->roomed_at;
  stamps[CR_STAMP_WITH_DOCTOR] = &encounter->with_doctor_at;
  stamps[CR_STAMP_READY] = &encounter->ready_at;
  stamps[CR_STAMP_OUT] = &encounter->checked_out_at;
}

/* NOT_FOUND: the patient has not arrived. */
static CrEncounter *
load_encounter (CrTx *tx, CrId appointment, GError **error)
{
  return cr_desk_encounter (tx, appointment, _ ("The patient has not arrived: there are no times yet."),
                            error);
}

static gboolean
read_stamps (CrTx *tx, gpointer data, GError **error)
{
  Times *times = data;
  g_autoptr (CrEncounter) encounter = load_encounter (tx, times->appointment, error);
  CrInstant *stamps[CR_N_STAMPS];
  if (encounter == NULL)
    return FALSE;
  list_stamps (encounter, stamps);
  for (guint i = 0; i < CR_N_STAMPS; i++)
    times->stamps.at[i] = *stamps[i];
  return TRUE;
}

static gboolean
check_stamps (const CrStamps *wanted, CrInstant *const *present, CrInstant now, GError **error)
{
  CrInstant before = CR_INSTANT_NONE;
  for (guint i = 0; i < CR_N_STAMPS; i++) {
    if ((wanted->at[i] == CR_INSTANT_NONE) != (*present[i] == CR_INSTANT_NONE))
      return cr_refuse (error,
                        _ ("A time can be put right, not added or taken away. Change the stage for that."));
    if (wanted->at[i] == CR_INSTANT_NONE)
      continue;
    if (wanted->at[i] > now)
      return cr_refuse (error, _ ("A stage cannot have begun later than now."));
    if (wanted->at[i] < before)
      return cr_refuse (error, _ ("Each stage begins after the one before it. Look at the times again."));
    before = wanted->at[i];
  }
  return TRUE;
}

static gboolean
save_times (CrTx *tx, const Times *times, CrEncounter *before, GError **error)
{
  g_autoptr (CrAppointment) old = cr_tx_load (tx, &CR_APPOINTMENT, times->appointment, error);
  g_autoptr (CrEncounter) after = cr_encounter_copy (before);
  CrInstant *stamps[CR_N_STAMPS];
  if (old == NULL)
    return FALSE;
  g_autoptr (CrAppointment) appointment = cr_appointment_copy (old);
  list_stamps (after, stamps);
  for (guint i = 0; i < CR_N_STAMPS; i++)
    *stamps[i] = times->stamps.at[i];
  if (old->stage >= CR_STAGE_ARRIVED && old->stage <= CR_STAGE_CHECKED_OUT)
    appointment->stage_at = *stamps[old->stage - CR_STAGE_ARRIVED];
  return cr_desk_save (tx, &CR_APPOINTMENT, old, appointment, error) &&
         cr_desk_save (tx, &CR_ENCOUNTER, before, after, error);
}

static gboolean
set_times (CrBook *book, gpointer data, char **label, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  const Times *times = data;
  g_autoptr (CrEncounter) encounter = load_encounter (tx, times->appointment, error);
  CrInstant *stamps[CR_N_STAMPS];
  gint64 first, last;
  if (encounter == NULL || !cr_require_text (times->reason, _ ("Say why the times are changed."), error))
    return FALSE;
  list_stamps (encounter, stamps);
  if (!check_stamps (&times->stamps, stamps, cr_tx_now (tx), error))
    return FALSE;
  *label = g_strdup (_ ("Times of a visit"));
  if (!save_times (tx, times, encounter, error))
    return FALSE;
  cr_tx_entries (tx, &first, &last);
  return first == 0 || cr_tx_audit (tx, "edit-times", CR_ENCOUNTER.name, encounter->id, encounter->patient_id,
                                    times->reason, error);
}

void
cr_visit_stamps_async (CrSession *session, CrId appointment, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Times *times = g_new0 (Times, 1);
  times->appointment = appointment;
  cr_desk_read_start (session, CR_RIGHT_SCHEDULE_VIEW, read_stamps, times, free_times, cb, data);
}

gboolean
cr_visit_stamps_finish (CrSession *session, GAsyncResult *result, CrStamps *out, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);
  *out = ((const Times *)g_task_get_task_data (G_TASK (result)))->stamps;
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
cr_day_schedule_set_stamps_async (CrDaySchedule *self, CrId appointment, const CrStamps *stamps,
                                  const char *reason, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  Times *times = g_new0 (Times, 1);
  *times = (Times){ appointment, *stamps, g_strdup (reason) };
  cr_desk_action_start (self, set_times, times, free_times, cb, data);
}

/* ---- the end of the day ---- */

static void
free_pace (gpointer data)
{
  CrPace *pace = data;
  g_array_unref (pace->past);
  g_free (pace);
}

static CrPace *
pace_of (GPtrArray *rows, CrId person)
{
  for (guint i = 0; i < rows->len; i++)
    if (cr_row_get_id (rows->pdata[i]) == person)
      return (CrPace *)cr_row_peek (rows->pdata[i]);
  CrPace *pace = g_new0 (CrPace, 1);
  *pace = (CrPace){ person, g_array_new (FALSE, TRUE, sizeof (CrPastVisit)) };
  g_ptr_array_add (rows, cr_row_new (person, pace, free_pace));
  return pace;
}

static void
take_stamps (const CrAppointment *appointment, const CrEncounter *encounter, gpointer rows)
{
  CrPastVisit past = { appointment->visit_type_id, 0 };
  if (appointment->person_id != CR_ID_NONE && cr_visit_overrun (appointment, encounter, &past.overrun))
    g_array_append_val (pace_of (rows, appointment->person_id)->past, past);
}

static GPtrArray *
load_paces (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  CrDate today = cr_tx_today (tx);
  CrDate from = cr_date_add_days (today, -PACE_DAYS), until = cr_date_add_days (today, -1);
  return cr_each_past_visit (tx, from, until, take_stamps, rows, error) ? g_steal_pointer (&rows) : NULL;
}

GListModel *
cr_pace_list_new (CrSession *session)
{
  static const CrRecordClass *const classes[] = { &CR_PERSON, &CR_VISIT_TYPE, NULL };
  static const CrLiveSource source = { CR_RIGHT_SCHEDULE_VIEW, classes, load_paces, NULL };
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  return cr_live_list_new (session, &source, NULL, NULL);
}

/* The appointments of one clinician; when the patient who is inside went in. */
static GPtrArray *
own_visits (CrDaySchedule *schedule, CrId person, CrInstant *inside)
{
  GListModel *visits = cr_day_schedule_get_visits (schedule);
  GPtrArray *own = g_ptr_array_new ();
  *inside = CR_INSTANT_NONE;
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    CrAppointment *a = ((const CrVisit *)cr_row_peek (row))->appointment;
    if (a->person_id != person || cr_date_compare (a->date, cr_day_schedule_get_date (schedule)) != 0)
      continue;
    if (a->stage == CR_STAGE_WITH_DOCTOR)
      *inside = a->stage_at;
    g_ptr_array_add (own, a);
  }
  return own;
}

char *
cr_finish_words (CrDaySchedule *schedule, GListModel *paces, const CrPerson *clinician, int now)
{
  CrInstant inside;
  g_autoptr (GPtrArray) own = own_visits (schedule, clinician->id, &inside);
  g_autoptr (GArray) none = g_array_new (FALSE, TRUE, sizeof (CrPastVisit));
  g_autoptr (CrRow) row = NULL;
  CrClock *clock = cr_session_get_clock (cr_day_schedule_get_session (schedule));
  const GArray *past = none;
  for (guint i = 0; paces != NULL && i < g_list_model_get_n_items (paces); i++) {
    g_autoptr (CrRow) pace = g_list_model_get_item (paces, i);
    if (cr_row_get_id (pace) == clinician->id)
      g_set_object (&row, pace);
  }
  if (row != NULL)
    past = ((const CrPace *)cr_row_peek (row))->past;
  int started = inside != CR_INSTANT_NONE ? cr_clock_minute_of (clock, inside) : CR_MINUTE_NONE;
  CrFinish finish = cr_expected_finish (own, past, now, started);
  if (finish.minute == CR_MINUTE_NONE)
    return NULL;
  g_autofree char *who = cr_person_short (clinician);
  g_autofree char *when = cr_minute_format (MIN (finish.minute, 24 * 60 - 1));
  if (finish.behind >= 5)
    return g_strdup_printf (_ ("%s: done about %s, %d min behind"), who, when, finish.behind);
  return finish.behind <= -5
             ? g_strdup_printf (_ ("%s: done about %s, %d min early"), who, when, -finish.behind)
             : g_strdup_printf (_ ("%s: done about %s, on time"), who, when);
}
