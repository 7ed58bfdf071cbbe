/* A preview does in a job all that saving would do, and is rolled back: so each visit meets the others of its
 * series as it will. */
#include "chartroom/session/series.h"
#include "book-step.h"
#include "session-private.h"
#include "visit-change.h"
#include <glib/gi18n.h>

typedef struct _Run Run;
struct _Run {
  gboolean (*run) (CrBook *book, Run *run, GError **error);
  CrClock *clock;
  gboolean preview;
  CrSeries *series;
  CrVisitChange change;
  CrSeriesScope scope;
  char *reason, *label;
  GPtrArray *given; /* CrOccurrence: what the person was shown, and wants; NULL: nothing was shown */
  GPtrArray *found; /* CrOccurrence, of a preview */
  int shift;        /* days that each visit of the series moves */
  int count;        /* saved */
  CrBookStep *step;
};

static CrOccurrence *
occurrence_copy (const CrOccurrence *occurrence)
{
  CrOccurrence *copy = g_memdup2 (occurrence, sizeof *occurrence);
  copy->sentence = g_strdup (occurrence->sentence);
  return copy;
}

void
cr_occurrence_free (CrOccurrence *occurrence)
{
  g_free (occurrence->sentence);
  g_free (occurrence);
}

static GPtrArray *
new_occurrences (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cr_occurrence_free);
}

static void
free_run (gpointer data)
{
  Run *run = data;
  cr_clock_unref (run->clock);
  g_clear_pointer (&run->series, cr_series_free);
  g_clear_pointer (&run->given, g_ptr_array_unref);
  g_clear_pointer (&run->found, g_ptr_array_unref);
  g_clear_pointer (&run->step, cr_book_step_free);
  g_free (run->reason);
  g_free (run->label);
  g_free (run);
}

/* ---- one visit of it ---- */

/* What the person was shown of that visit; NULL: it was not among them. */
static const CrOccurrence *
find_given (const Run *run, CrId appointment, CrDate date)
{
  for (guint i = 0; run->given != NULL && i < run->given->len; i++) {
    const CrOccurrence *given = run->given->pdata[i];
    if (given->appointment == appointment && cr_date_compare (given->date, date) == 0)
      return given;
  }
  return NULL;
}

/* Adds to the preview what is in the way of the visit. */
static gboolean
look (CrBook *book, Run *run, const CrAppointment *before, const CrAppointment *after, GError **error)
{
  g_autofree CrOccurrence *found = g_new0 (CrOccurrence, 1);
  guint places;
  CrRoomSet also = { .n = 0 };
  if ((before != NULL && !cr_book_chosen_rooms (book, before, &also, error)) ||
      !cr_book_look (book, after, &also, &places, &found->sentence, error))
    return FALSE;
  *found = (CrOccurrence){ .appointment = after->id,
                           .date = after->date,
                           .start = (int)after->start_min,
                           .minutes = (int)after->minutes,
                           .person_id = after->person_id,
                           .places = cr_places_of_change (places, before, after),
                           .sentence = found->sentence };
  found->hard = cr_places_hard (found->places) != 0;
  found->wanted = found->places == 0;
  if (found->wanted)
    g_clear_pointer (&found->sentence, g_free);
  g_ptr_array_add (run->found, g_steal_pointer (&found));
  return TRUE;
}

/* CONFLICT with the day in front of it. */
static gboolean
name_day (CrDate date, GError **error)
{
  g_autofree char *day = cr_date_format_weekday (date);
  g_prefix_error (error, "%s: ", day);
  return FALSE;
}

static gboolean
book_one (CrBook *book, Run *run, CrDate date, GError **error)
{
  const CrSeries *s = run->series;
  const CrOccurrence *given = find_given (run, CR_ID_NONE, date);
  CrId id;
  CrBooking booking = { .patient_id = s->patient_id,
                        .person_id = s->person_id,
                        .visit_type_id = s->visit_type_id,
                        .room_id = s->room_id,
                        .date = date,
                        .start = (int)s->start_min,
                        .minutes = (int)s->minutes,
                        .reason = s->reason,
                        .series_id = s->id };
  if (given == NULL || !given->wanted)
    return TRUE;
  booking.accept = given->places;
  if (!cr_visit_book (book, &booking, &run->label, &id, error))
    return name_day (date, error);
  run->count++;
  return TRUE;
}

static CrAppointment *
as_appointment (const CrSeries *s, CrDate date)
{
  CrAppointment *appointment = cr_appointment_new ();
  appointment->patient_id = s->patient_id;
  appointment->person_id = s->person_id;
  appointment->visit_type_id = s->visit_type_id;
  appointment->room_id = s->room_id;
  appointment->date = date;
  appointment->start_min = s->start_min;
  appointment->minutes = s->minutes;
  return appointment;
}

/* ---- a new series ---- */

static gboolean
check_series (const CrSeries *series, GError **error)
{
  g_autofree char *problem = cr_series_problem (series);
  if (problem == NULL && series->person_id == CR_ID_NONE)
    problem = g_strdup (_ ("Choose the clinician."));
  if (problem == NULL &&
      (series->start_min < 0 || series->minutes < 1 || series->start_min + series->minutes > (gint64)24 * 60))
    problem = g_strdup (_ ("Choose a time so that the visit ends before midnight."));
  if (problem != NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, problem);
  return problem == NULL;
}

static gboolean
label_series (CrBook *book, Run *run, const char *done, CrId patient_id, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (cr_book_tx (book), &CR_PATIENT, patient_id, error);
  if (patient == NULL)
    return FALSE;
  g_autofree char *name = cr_patient_name_display (patient);
  g_free (run->label);
  /* Translators: what was done, to how many, whose: "Booked 8 visits of GARCIA, Maria". */
  run->label = g_strdup_printf (ngettext ("%s %d visit of %s", "%s %d visits of %s", (gulong)run->count),
                                done, run->count, name);
  return TRUE;
}

static gboolean
save_series (CrTx *tx, CrSeries *series, GError **error)
{
  series->created_at = cr_tx_now (tx);
  series->created_by = cr_store_user_person (cr_tx_user (tx))->id;
  return cr_tx_save (tx, &CR_SERIES, series, error);
}

static gboolean
run_booking (CrBook *book, Run *run, GError **error)
{
  g_autoptr (GArray) dates = cr_series_dates (run->series);
  if (!check_series (run->series, error) ||
      (!run->preview && !save_series (cr_book_tx (book), run->series, error)))
    return FALSE;
  for (guint i = 0; i < dates->len; i++) {
    CrDate date = g_array_index (dates, CrDate, i);
    g_autoptr (CrAppointment) visit = as_appointment (run->series, date);
    if (run->preview ? !look (book, run, NULL, visit, error) : !book_one (book, run, date, error))
      return FALSE;
  }
  if (!run->preview && run->count == 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("No visit of the series is ticked. Tick at least one."));
    return FALSE;
  }
  return run->preview || label_series (book, run, _ ("Booked"), run->series->patient_id, error);
}

/* ---- those of a series ---- */

static gboolean
is_open (const CrAppointment *visit)
{
  return cr_stage_holds_slot (visit->stage) && visit->stage < CR_STAGE_ARRIVED;
}

/* The visit itself, and those of its series that the scope takes in; in the order in which each finds its new
 * place left by the one before. */
static GPtrArray *
load_scope (CrTx *tx, const Run *run, const CrAppointment *base, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  GPtrArray *scope = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_appointment_free);
  CrDate from = run->scope == CR_SCOPE_ALL ? cr_tx_today (tx) : base->date;
  if (run->scope == CR_SCOPE_THIS || base->series_id == CR_ID_NONE) {
    g_ptr_array_add (scope, cr_appointment_copy (base));
    return scope;
  }
  all = cr_appointments_of_series (tx, base->series_id, error);
  for (guint i = 0; all != NULL && i < all->len; i++) {
    const CrAppointment *visit = all->pdata[run->shift > 0 ? all->len - 1 - i : i];
    if (visit->id == base->id || (is_open (visit) && cr_date_compare (visit->date, from) >= 0))
      g_ptr_array_add (scope, cr_appointment_copy (visit));
  }
  if (all != NULL)
    return scope;
  g_ptr_array_unref (scope);
  return NULL;
}

static CrVisitChange
change_of (const Run *run, const CrAppointment *visit)
{
  CrVisitChange change = run->change;
  change.appointment = visit->id;
  change.date = cr_date_add_days (visit->date, run->shift);
  return change;
}

/* Where it would stand, whatever is in the way. */
static gboolean
look_at_change (CrBook *book, Run *run, const CrAppointment *before, GError **error)
{
  CrVisitChange change = change_of (run, before);
  g_autoptr (CrAppointment) after = cr_appointment_copy (before);
  if (!cr_visit_take (cr_book_tx (book), &change, after, error) || !look (book, run, before, after, error))
    return FALSE;
  return cr_tx_save (cr_book_tx (book), &CR_APPOINTMENT, after, error); /* rolled back with all the others */
}

static gboolean
change_one (CrBook *book, Run *run, const CrAppointment *before, GError **error)
{
  CrVisitChange change = change_of (run, before);
  const CrOccurrence *given = find_given (run, before->id, change.date);
  CrId id;
  if (run->given != NULL && (given == NULL || !given->wanted))
    return TRUE;
  if (given != NULL)
    change.accept = given->places;
  if (!cr_visit_change (book, &change, &run->label, &id, error))
    return name_day (change.date, error);
  run->count++;
  return TRUE;
}

static gboolean
move_to_series (CrTx *tx, const GPtrArray *visits, CrId series, GError **error)
{
  for (guint i = 0; i < visits->len; i++) {
    g_autoptr (CrAppointment) visit =
        cr_tx_load (tx, &CR_APPOINTMENT, ((CrAppointment *)visits->pdata[i])->id, error);
    if (visit == NULL)
      return FALSE;
    visit->series_id = series;
    if (!cr_tx_save (tx, &CR_APPOINTMENT, visit, error))
      return FALSE;
  }
  return TRUE;
}

static void
take_into_series (const Run *run, CrSeries *series, const CrAppointment *changed)
{
  series->person_id = changed->person_id;
  series->room_id = changed->room_id;
  series->visit_type_id = changed->visit_type_id;
  series->start_min = changed->start_min;
  series->minutes = changed->minutes;
  if (run->change.reason != NULL) {
    g_free (series->reason);
    series->reason = g_strdup (changed->reason);
  }
  series->start_on = cr_date_add_days (series->start_on, run->shift);
}

/* The rule follows what became of its visits; "this and following" makes a series of its own of them. */
static gboolean
change_rule (CrTx *tx, Run *run, const CrAppointment *base, const GPtrArray *visits, GError **error)
{
  if (run->scope == CR_SCOPE_THIS || base->series_id == CR_ID_NONE)
    return TRUE;
  g_autoptr (CrSeries) series = cr_tx_load (tx, &CR_SERIES, base->series_id, error);
  g_autoptr (CrAppointment) changed = cr_tx_load (tx, &CR_APPOINTMENT, base->id, error);
  if (series == NULL || changed == NULL)
    return FALSE;
  if (run->scope == CR_SCOPE_ALL) {
    take_into_series (run, series, changed);
    return cr_tx_save (tx, &CR_SERIES, series, error);
  }
  g_autoptr (CrSeries) rest = cr_series_copy (series);
  rest->id = CR_ID_NONE;
  rest->version = 0;
  rest->follows_id = series->id;
  rest->start_on = base->date;
  rest->count = visits->len;
  rest->until_on = (CrDate){ 0 };
  take_into_series (run, rest, changed);
  series->until_on = cr_date_add_days (base->date, -1);
  series->count = CR_INT_NONE;
  return cr_tx_save (tx, &CR_SERIES, series, error) && save_series (tx, rest, error) &&
         move_to_series (tx, visits, rest->id, error);
}

static gboolean
run_change (CrBook *book, Run *run, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  g_autoptr (CrAppointment) base = cr_tx_load (tx, &CR_APPOINTMENT, run->change.appointment, error);
  if (base == NULL)
    return FALSE;
  run->shift = cr_date_is_set (run->change.date)
                   ? cr_date_to_days (run->change.date) - cr_date_to_days (base->date)
                   : 0;
  g_autoptr (GPtrArray) visits = load_scope (tx, run, base, error);
  if (visits == NULL)
    return FALSE;
  for (guint i = 0; i < visits->len; i++)
    if (run->preview ? !look_at_change (book, run, visits->pdata[i], error)
                     : !change_one (book, run, visits->pdata[i], error))
      return FALSE;
  if (run->preview)
    return TRUE;
  return change_rule (tx, run, base, visits, error) &&
         (run->count == 1 || label_series (book, run, _ ("Changed"), base->patient_id, error));
}

static gboolean
run_cancel (CrBook *book, Run *run, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  g_autoptr (CrAppointment) base = cr_tx_load (tx, &CR_APPOINTMENT, run->change.appointment, error);
  g_autoptr (GPtrArray) visits = base != NULL ? load_scope (tx, run, base, error) : NULL;
  if (visits == NULL)
    return FALSE;
  for (guint i = 0; i < visits->len; i++, run->count++)
    if (!cr_visit_set_stage (book, ((CrAppointment *)visits->pdata[i])->id, CR_STAGE_CANCELLED, CR_ID_NONE,
                             run->reason, &run->label, error))
      return FALSE;
  return run->count == 1 || label_series (book, run, _ ("Cancelled"), base->patient_id, error);
}

/* ---- jobs ---- */

static gboolean
run_job (CrTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  g_autoptr (CrBook) book = cr_book_open (tx, run->clock, error);
  if (book == NULL || !run->run (book, run, error))
    return FALSE;
  if (!run->preview)
    return cr_book_step_save (tx, run->label, &run->step, error);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CANCELLED, "preview"); /* nothing of it stays */
  return FALSE;
}

static gboolean
is_previewed (const Run *run, const GError *error)
{
  return run->preview && g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED) &&
         g_str_equal (error->message, "preview");
}

static int
compare_occurrences (gconstpointer a, gconstpointer b)
{
  const CrOccurrence *first = *(CrOccurrence *const *)a, *second = *(CrOccurrence *const *)b;
  return cr_date_compare (first->date, second->date);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean done = cr_session_finish (result, &error);
  if (is_previewed (run, error)) {
    g_clear_error (&error);
    g_ptr_array_sort (run->found, compare_occurrences);
    g_task_return_pointer (task, g_steal_pointer (&run->found), (GDestroyNotify)g_ptr_array_unref);
  } else if (!done) {
    g_task_return_error (task, error);
  } else {
    if (run->step != NULL)
      cr_session_note_step (CR_SESSION (source), g_steal_pointer (&run->step));
    g_task_return_int (task, run->count);
  }
}

static Run *
new_run (CrSession *session, gboolean (*run) (CrBook *, Run *, GError **), gboolean preview)
{
  Run *made = g_new0 (Run, 1);
  made->run = run;
  made->clock = cr_clock_ref (cr_session_get_clock (session));
  made->preview = preview;
  made->found = new_occurrences ();
  return made;
}

static void
take_given (Run *run, const GPtrArray *occurrences)
{
  if (occurrences == NULL)
    return;
  run->given = new_occurrences ();
  for (guint i = 0; i < occurrences->len; i++)
    g_ptr_array_add (run->given, occurrence_copy (occurrences->pdata[i]));
}

static void
start (CrSession *session, Run *run, GAsyncReadyCallback cb, gpointer data)
{
  GTask *task = g_task_new (session, NULL, cb, data);
  g_task_set_task_data (task, run, free_run);
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_EDIT, run_job, run, NULL, done_cb, task);
}

void
cr_series_preview_async (CrSession *session, const CrSeries *series, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Run *run = new_run (session, run_booking, TRUE);
  run->series = cr_series_copy (series);
  start (session, run, cb, data);
}

GPtrArray *
cr_series_preview_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cr_series_book_async (CrSession *session, const CrSeries *series, const GPtrArray *occurrences,
                      GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session) && occurrences != NULL);
  Run *run = new_run (session, run_booking, FALSE);
  run->series = cr_series_copy (series);
  take_given (run, occurrences);
  start (session, run, cb, data);
}

static void
start_change (CrSession *session, const CrVisitChange *change, CrSeriesScope scope, gboolean preview,
              const GPtrArray *occurrences, GAsyncReadyCallback cb, gpointer data)
{
  Run *run = new_run (session, run_change, preview);
  run->change = *change;
  run->change.reason = run->reason = g_strdup (change->reason);
  run->scope = scope;
  take_given (run, occurrences);
  start (session, run, cb, data);
}

void
cr_series_change_preview_async (CrSession *session, const CrVisitChange *change, CrSeriesScope scope,
                                GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session) && !change->copy);
  start_change (session, change, scope, TRUE, NULL, cb, data);
}

void
cr_series_change_async (CrSession *session, const CrVisitChange *change, CrSeriesScope scope,
                        const GPtrArray *occurrences, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session) && !change->copy);
  start_change (session, change, scope, FALSE, occurrences, cb, data);
}

void
cr_series_cancel_async (CrSession *session, CrId appointment, CrSeriesScope scope, const char *reason,
                        GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Run *run = new_run (session, run_cancel, FALSE);
  run->change = CR_VISIT_CHANGE (appointment);
  run->scope = scope;
  run->reason = g_strdup (reason);
  start (session, run, cb, data);
}

int
cr_series_finish (GAsyncResult *result, GError **error)
{
  return (int)g_task_propagate_int (G_TASK (result), error);
}
