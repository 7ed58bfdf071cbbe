/* The book of one day: booking and its rules, moves, stages with the encounter, undo and redo, free slots. */
#include "chartroom/session/day-schedule.h"
#include "chartroom/session/next-available.h"
#include "session-fixture.h"

typedef struct {
  Fixture base;
  CrDaySchedule *day;
  GAsyncResult *result;
} Day;

static void
set_up (Day *d, const char *login)
{
  g_autoptr (GError) error = NULL;
  *d = (Day){ 0 };
  fixture_set_up (&d->base);
  fixture_sign_in (&d->base, login);
  fixture_spin ();
  d->day = cr_day_schedule_new (d->base.session);
  cr_day_schedule_set_date (d->day, FIXTURE_TODAY);
  cr_day_schedule_load (d->day, &error);
  g_assert_no_error (error);
}

static gboolean
is_quiet (gpointer day)
{
  gboolean loading;
  g_object_get (day, "loading", &loading, NULL);
  return !loading;
}

static void
tear_down (Day *d)
{
  fixture_wait_until (is_quiet, d->day);
  g_assert_finalize_object (d->day);
  fixture_tear_down (&d->base);
}

static CrBooking
booking (const Day *d, CrId patient, int start)
{
  return (CrBooking){ .patient_id = patient,
                      .person_id = d->base.okafor,
                      .visit_type_id = d->base.follow_up,
                      .date = FIXTURE_TODAY,
                      .start = start,
                      .reason = "invented reason" };
}

static CrId
try_book (Day *d, const CrBooking *wanted, GError **error)
{
  cr_day_schedule_book_async (d->day, wanted, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  return cr_day_schedule_book_finish (d->day, result, error);
}

static CrId
book (Day *d, CrId patient, int start)
{
  g_autoptr (GError) error = NULL;
  CrBooking wanted = booking (d, patient, start);
  CrId id = try_book (d, &wanted, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, !=, CR_ID_NONE);
  return id;
}

static GError *
stage (Day *d, CrId id, int to, CrId room)
{
  cr_day_schedule_stage_async (d->day, id, to, room, fixture_done_cb, &d->result);
  return fixture_finish (&d->result);
}

static GError *
undo (Day *d)
{
  cr_session_undo_async (d->base.session, fixture_done_cb, &d->result);
  return fixture_finish (&d->result);
}

static GError *
redo (Day *d)
{
  cr_session_redo_async (d->base.session, fixture_done_cb, &d->result);
  return fixture_finish (&d->result);
}

static const CrAppointment *
shown (Day *d, CrId id)
{
  g_autoptr (GError) error = NULL;
  cr_day_schedule_load (d->day, &error);
  g_assert_no_error (error);
  const CrVisit *visit = cr_day_schedule_find (d->day, id);
  return visit != NULL ? visit->appointment : NULL;
}

typedef struct {
  CrId appointment;
  CrEncounter *encounter;
} Lookup;

static gboolean
find_encounter_job (CrTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  lookup->encounter = cr_encounter_for_appointment (tx, lookup->appointment, error);
  return TRUE;
}

static CrEncounter *
find_encounter (Day *d, CrId appointment)
{
  g_autoptr (GError) error = NULL;
  Lookup lookup = { appointment, NULL };
  cr_session_run (d->base.session, CR_RIGHT_SCHEDULE_VIEW, find_encounter_job, &lookup, &error);
  g_assert_no_error (error);
  return lookup.encounter;
}

static void
advance (Day *d, int minutes)
{
  cr_clock_advance (d->base.clock, (gint64)minutes * 60 * G_USEC_PER_SEC);
  cr_session_touch (d->base.session);
}

static void
count_cb (gpointer object, guint *count)
{
  (*count)++;
}

static void
test_book (void)
{
  Day d;
  guint reloads = 0;
  set_up (&d, "frontdesk");
  g_signal_connect (d.day, "reloaded", G_CALLBACK (count_cb), &reloads);
  CrId id = book (&d, d.base.garcia, 11 * 60);
  const CrVisit *visit = cr_day_schedule_find (d.day, id); /* shown when the answer comes */
  g_assert_nonnull (visit);
  g_assert_cmpuint (reloads, >, 0);
  g_assert_cmpint (visit->appointment->minutes, ==, 20);
  g_assert_cmpint (visit->appointment->stage, ==, CR_STAGE_SCHEDULED);
  g_assert_cmpint (visit->appointment->booked_by, ==, d.base.frontdesk);
  g_assert_cmpstr (visit->appointment->reason, ==, "invented reason");
  g_assert_cmpstr (visit->patient->family, ==, "Garcia");
  g_assert_cmpstr (visit->type_code, ==, "FU");
  g_assert_cmpstr (visit->clinician, ==, "Dr. Okafor");
  g_assert_null (find_encounter (&d, id));
  g_assert_cmpuint (g_list_model_get_n_items (cr_day_schedule_get_clinicians (d.day)), ==, 2);
  g_assert_cmpstr (cr_session_undo_label (d.base.session), ==, "Booked GARCIA, Maria");
  tear_down (&d);
}

static void
test_rules (void)
{
  static const struct {
    int start, days; /* from today */
    gboolean same_patient;
    int hard; /* error when accepted all the same; −1: it can be booked then */
  } cases[] = {
    { 11 * 60 + 10, 0, FALSE, -1 },               /* over another visit */
    { 8 * 60, 1, FALSE, -1 },                     /* outside hours */
    { 11 * 60, 5, FALSE, -1 },                    /* Saturday */
    { 9 * 60, 0, FALSE, -1 },                     /* an hour ago */
    { 11 * 60 + 10, 0, TRUE, CR_ERROR_INVALID },  /* the patient is elsewhere then */
    { 9 * 60, -10, FALSE, CR_ERROR_INVALID },     /* ten days ago, and nothing says why */
    { 9 * 60, -9, FALSE, -1 },                    /* with a reason */
    { 23 * 60 + 50, 1, FALSE, CR_ERROR_INVALID }, /* into the next day */
  };
  Day d;
  set_up (&d, "frontdesk");
  book (&d, d.base.garcia, 11 * 60);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) soft = NULL, hard = NULL;
    CrBooking wanted = booking (&d, cases[i].same_patient ? d.base.garcia : d.base.nowak, cases[i].start);
    wanted.person_id = cases[i].same_patient ? d.base.chen : d.base.okafor;
    wanted.date = cr_date_add_days (FIXTURE_TODAY, cases[i].days);
    wanted.reason = cases[i].hard < 0 ? "entered late" : NULL;
    g_assert_cmpint (try_book (&d, &wanted, &soft), ==, CR_ID_NONE);
    g_assert_error (soft, CR_ERROR, (cases[i].hard < 0 ? (int)CR_ERROR_CONFLICT : cases[i].hard));
    g_assert_true (g_str_has_suffix (soft->message, ".") || g_str_has_suffix (soft->message, "?"));
    wanted.accept = CR_PLACES_SOFT;
    CrId id = try_book (&d, &wanted, &hard);
    if (cases[i].hard < 0) {
      g_assert_no_error (hard);
      g_assert_true (cases[i].days != 0 || shown (&d, id)->overbooked == (cases[i].start == 11 * 60 + 10));
    } else {
      g_assert_error (hard, CR_ERROR, cases[i].hard);
    }
  }
  tear_down (&d);
}

static gboolean
kill_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, *(CrId *)data, error);
  patient->death_date = CR_DATE (2026, 11, 1);
  return cr_tx_save (tx, &CR_PATIENT, patient, error);
}

static void
test_refusals (void)
{
  Day d;
  g_autoptr (GError) error = NULL, dead = NULL, typeless = NULL, nobody = NULL, unknown = NULL;
  set_up (&d, "frontdesk");
  cr_session_run (d.base.session, CR_RIGHT_DEMOGRAPHICS_EDIT, kill_job, &d.base.nowak, &error);
  g_assert_no_error (error);
  CrBooking wanted = booking (&d, d.base.nowak, 11 * 60);
  try_book (&d, &wanted, &dead);
  g_assert_error (dead, CR_ERROR, CR_ERROR_INVALID);
  wanted = booking (&d, d.base.garcia, 11 * 60);
  wanted.visit_type_id = CR_ID_NONE;
  try_book (&d, &wanted, &typeless);
  g_assert_error (typeless, CR_ERROR, CR_ERROR_INVALID);
  wanted = booking (&d, d.base.garcia, 11 * 60);
  wanted.person_id = CR_ID_NONE;
  try_book (&d, &wanted, &nobody);
  g_assert_error (nobody, CR_ERROR, CR_ERROR_INVALID);
  wanted = booking (&d, 12345, 11 * 60);
  try_book (&d, &wanted, &unknown);
  g_assert_error (unknown, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_assert_false (cr_session_can_undo (d.base.session));
  tear_down (&d);
}

static void
test_right (void)
{
  Day d;
  g_autoptr (GError) error = NULL;
  set_up (&d, "referrals");
  CrBooking wanted = booking (&d, d.base.garcia, 11 * 60);
  try_book (&d, &wanted, &error);
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  tear_down (&d);
}

static void
test_check (void)
{
  Day d;
  set_up (&d, "frontdesk");
  CrId id = book (&d, d.base.garcia, 11 * 60);
  CrBooking wanted = booking (&d, d.base.nowak, 11 * 60 + 10);
  char *sentence = NULL;
  g_assert_cmpint (cr_day_schedule_check (d.day, &wanted, CR_ID_NONE, &sentence), ==, CR_PLACE_OVERLAP);
  g_assert_nonnull (strstr (sentence, "Dr. Okafor"));
  g_free (sentence);
  g_assert_cmpint (cr_day_schedule_check (d.day, &wanted, id, &sentence), ==, CR_PLACE_OK);
  g_assert_null (sentence);
  tear_down (&d);
}

/* The day of a visit that comes and goes: stamps, room, minutes, and one encounter. */
static void
test_stages (void)
{
  Day d;
  gboolean late;
  set_up (&d, "frontdesk");
  CrId id = book (&d, d.base.garcia, 11 * 60);
  g_assert_cmpint (cr_visit_minutes_in_stage (cr_day_schedule_find (d.day, id), d.base.clock, NULL, &late),
                   ==, -1);
  CrInstant arrived = cr_clock_now (d.base.clock);
  g_assert_no_error (stage (&d, id, CR_STAGE_ARRIVED, CR_ID_NONE));
  advance (&d, 21);
  const CrVisit *visit = cr_day_schedule_find (d.day, id);
  g_assert_cmpint (cr_visit_minutes_in_stage (visit, d.base.clock, NULL, &late), ==, 21);
  g_assert_true (late);
  g_assert_cmpint (visit->encounter_id, !=, CR_ID_NONE);

  CrInstant roomed = cr_clock_now (d.base.clock);
  g_assert_no_error (stage (&d, id, CR_STAGE_ROOMED, d.base.room1));
  g_assert_cmpstr (cr_day_schedule_find (d.day, id)->room_name, ==, "1");
  advance (&d, 5);
  g_assert_no_error (stage (&d, id, CR_STAGE_ROOMED, d.base.room2)); /* the room changes, the clock runs on */
  visit = cr_day_schedule_find (d.day, id);
  g_assert_cmpstr (visit->room_name, ==, "2");
  g_assert_cmpint (cr_visit_minutes_in_stage (visit, d.base.clock, NULL, &late), ==, 5);
  g_assert_false (late);
  g_assert_no_error (stage (&d, id, CR_STAGE_WITH_DOCTOR, CR_ID_NONE));
  advance (&d, 10);
  g_assert_no_error (stage (&d, id, CR_STAGE_ROOMED, CR_ID_NONE)); /* one step back */
  g_assert_cmpint (cr_visit_minutes_in_stage (cr_day_schedule_find (d.day, id), d.base.clock, NULL, &late),
                   ==, 15);
  g_assert_no_error (stage (&d, id, CR_STAGE_WITH_DOCTOR, CR_ID_NONE));
  g_assert_no_error (stage (&d, id, CR_STAGE_READY, CR_ID_NONE));
  g_assert_no_error (stage (&d, id, CR_STAGE_CHECKED_OUT, CR_ID_NONE));

  g_autoptr (CrEncounter) encounter = find_encounter (&d, id);
  g_assert_cmpint (encounter->arrived_at, ==, arrived);
  g_assert_cmpint (encounter->roomed_at, ==, roomed);
  g_assert_cmpint (encounter->with_doctor_at, ==, cr_clock_now (d.base.clock));
  g_assert_cmpint (encounter->person_id, ==, d.base.okafor);
  g_assert_cmpint (encounter->room_id, ==, d.base.room2);
  g_assert_cmpstr (encounter->kind, ==, "Follow-up");
  g_assert_cmpstr (encounter->reason, ==, "invented reason");
  g_assert_cmpstr (encounter->status, ==, "finished");
  g_autoptr (GError) wrong = stage (&d, id, CR_STAGE_ARRIVED, CR_ID_NONE);
  g_assert_error (wrong, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (wrong->message, "Checked out"));
  tear_down (&d);
}

static void
test_arrival_taken_back (void)
{
  Day d;
  set_up (&d, "frontdesk");
  CrId id = book (&d, d.base.garcia, 11 * 60);
  g_assert_no_error (stage (&d, id, CR_STAGE_ARRIVED, CR_ID_NONE));
  g_autoptr (CrEncounter) first = find_encounter (&d, id);
  g_assert_no_error (stage (&d, id, CR_STAGE_SCHEDULED, CR_ID_NONE));
  g_autoptr (CrEncounter) withdrawn = find_encounter (&d, id);
  g_assert_cmpstr (withdrawn->status, ==, "entered-in-error");
  g_assert_cmpint (cr_day_schedule_find (d.day, id)->encounter_id, ==, CR_ID_NONE);
  g_assert_no_error (stage (&d, id, CR_STAGE_ARRIVED, CR_ID_NONE));
  g_autoptr (CrEncounter) again = find_encounter (&d, id);
  g_assert_cmpint (again->id, ==, first->id); /* one visit, one encounter */
  g_assert_cmpstr (again->status, ==, "in-progress");
  tear_down (&d);
}

static gboolean
note_job (CrTx *tx, gpointer data, GError **error)
{
  const CrEncounter *encounter = data;
  g_autoptr (CrNote) note = cr_note_new ();
  note->patient_id = encounter->patient_id;
  note->encounter_id = encounter->id;
  note->author_id = cr_store_user_person (cr_tx_user (tx))->id;
  note->title = g_strdup ("Invented note");
  note->date = encounter->date;
  return cr_tx_save (tx, &CR_NOTE, note, error);
}

/* A visit with a note cannot be said never to have begun, neither by stage nor by undo. */
static void
test_used_encounter_stays (void)
{
  Day d;
  g_autoptr (GError) error = NULL;
  set_up (&d, "okafor");
  CrId id = book (&d, d.base.garcia, 11 * 60);
  g_assert_no_error (stage (&d, id, CR_STAGE_ARRIVED, CR_ID_NONE));
  g_autoptr (CrEncounter) encounter = find_encounter (&d, id);
  cr_session_run (d.base.session, CR_RIGHT_NOTE_WRITE, note_job, encounter, &error);
  g_assert_no_error (error);
  g_autoptr (GError) back = stage (&d, id, CR_STAGE_SCHEDULED, CR_ID_NONE);
  g_assert_error (back, CR_ERROR, CR_ERROR_CONFLICT);
  g_autoptr (GError) undone = undo (&d);
  g_assert_error (undone, CR_ERROR, CR_ERROR_CONFLICT);
  const CrAppointment *appointment = shown (&d, id);
  g_assert_cmpint (appointment->stage, ==, CR_STAGE_ARRIVED);
  g_assert_true (cr_day_schedule_find (d.day, id)->unsigned_note);
  tear_down (&d);
}

static void
test_walk_in (void)
{
  Day d;
  g_autoptr (GError) error = NULL;
  set_up (&d, "frontdesk");
  book (&d, d.base.nowak, 10 * 60 + 40);
  CrBooking wanted = booking (&d, d.base.garcia, CR_MINUTE_NONE);
  wanted.walk_in = TRUE;
  wanted.person_id = CR_ID_NONE;
  CrId id = try_book (&d, &wanted, &error);
  g_assert_no_error (error);
  const CrAppointment *appointment = shown (&d, id);
  g_assert_cmpint (appointment->start_min, ==, 10 * 60 + 30); /* now is 10:34 */
  g_assert_cmpint (appointment->person_id, ==, d.base.chen);  /* Okafor is busy */
  g_assert_cmpint (appointment->stage, ==, CR_STAGE_ARRIVED);
  g_assert_true (appointment->walk_in);
  g_autoptr (CrEncounter) encounter = find_encounter (&d, id);
  g_assert_cmpint (encounter->arrived_at, ==, cr_clock_now (d.base.clock));
  g_assert_no_error (undo (&d));
  g_assert_cmpint (shown (&d, id)->stage, ==, CR_STAGE_CANCELLED);
  tear_down (&d);
}

static void
test_move (void)
{
  Day d;
  set_up (&d, "frontdesk");
  CrId id = book (&d, d.base.garcia, 11 * 60), other = book (&d, d.base.nowak, 13 * 60);
  g_assert_no_error (stage (&d, id, CR_STAGE_CONFIRMED, CR_ID_NONE));
  cr_day_schedule_move_async (d.day, id, d.base.chen, FIXTURE_TODAY, 14 * 60, FALSE, fixture_done_cb,
                              &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  const CrAppointment *appointment = cr_day_schedule_find (d.day, id)->appointment;
  g_assert_cmpint (appointment->person_id, ==, d.base.chen);
  g_assert_cmpint (appointment->start_min, ==, 14 * 60);
  g_assert_cmpint (appointment->moves, ==, 1);
  g_assert_cmpint (appointment->stage, ==, CR_STAGE_SCHEDULED); /* the new time is not confirmed */

  cr_day_schedule_move_async (d.day, other, d.base.chen, FIXTURE_TODAY, 14 * 60 + 10, FALSE, fixture_done_cb,
                              &d.result);
  g_autoptr (GError) taken = fixture_finish (&d.result);
  g_assert_error (taken, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_no_error (stage (&d, other, CR_STAGE_ARRIVED, CR_ID_NONE));
  cr_day_schedule_move_async (d.day, other, d.base.okafor, cr_date_add_days (FIXTURE_TODAY, 1), 13 * 60,
                              FALSE, fixture_done_cb, &d.result);
  g_autoptr (GError) begun = fixture_finish (&d.result);
  g_assert_error (begun, CR_ERROR, CR_ERROR_INVALID);
  cr_day_schedule_move_async (d.day, other, d.base.chen, FIXTURE_TODAY, 13 * 60, FALSE, fixture_done_cb,
                              &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  g_autoptr (CrEncounter) encounter = find_encounter (&d, other);
  g_assert_cmpint (encounter->person_id, ==, d.base.chen);
  tear_down (&d);
}

static void
test_cancel (void)
{
  Day d;
  set_up (&d, "frontdesk");
  CrId id = book (&d, d.base.garcia, 11 * 60);
  cr_day_schedule_cancel_async (d.day, id, "  \u00a0 ", fixture_done_cb, &d.result);
  g_autoptr (GError) why = fixture_finish (&d.result);
  g_assert_error (why, CR_ERROR, CR_ERROR_INVALID);
  cr_day_schedule_cancel_async (d.day, id, " patient asked ", fixture_done_cb, &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  const CrAppointment *appointment = cr_day_schedule_find (d.day, id)->appointment;
  g_assert_cmpint (appointment->stage, ==, CR_STAGE_CANCELLED);
  g_assert_cmpstr (appointment->cancel_reason, ==, "patient asked");
  g_assert_cmpstr (cr_session_undo_label (d.base.session), ==, "Cancelled GARCIA, Maria");

  CrId taken = book (&d, d.base.nowak, 11 * 60);
  g_autoptr (GError) conflict = stage (&d, id, CR_STAGE_SCHEDULED, CR_ID_NONE);
  g_assert_error (conflict, CR_ERROR, CR_ERROR_CONFLICT);
  cr_day_schedule_no_show_async (d.day, taken, NULL, fixture_done_cb, &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  g_assert_no_error (stage (&d, id, CR_STAGE_SCHEDULED, CR_ID_NONE));
  g_assert_null (shown (&d, id)->cancel_reason);
  tear_down (&d);
}

static void
test_set_reason (void)
{
  Day d;
  set_up (&d, "frontdesk");
  CrId id = book (&d, d.base.garcia, 11 * 60);
  g_assert_no_error (stage (&d, id, CR_STAGE_ARRIVED, CR_ID_NONE));
  cr_day_schedule_set_reason_async (d.day, id, "cough", fixture_done_cb, &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  g_assert_cmpstr (cr_day_schedule_find (d.day, id)->appointment->reason, ==, "cough");
  g_autoptr (CrEncounter) encounter = find_encounter (&d, id);
  g_assert_cmpstr (encounter->reason, ==, "cough");
  g_assert_no_error (undo (&d));
  g_assert_cmpstr (shown (&d, id)->reason, ==, "invented reason");
  tear_down (&d);
}

/* Down the stack and up again, over records that each change several times. */
static void
test_undo_redo (void)
{
  Day d;
  set_up (&d, "frontdesk");
  g_autoptr (GError) nothing = undo (&d);
  g_assert_error (nothing, CR_ERROR, CR_ERROR_NOT_FOUND);
  CrId id = book (&d, d.base.garcia, 11 * 60);
  cr_day_schedule_move_async (d.day, id, d.base.chen, FIXTURE_TODAY, 14 * 60, FALSE, fixture_done_cb,
                              &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  g_assert_no_error (stage (&d, id, CR_STAGE_ARRIVED, CR_ID_NONE));
  for (int round = 0; round < 2; round++) {
    g_assert_no_error (undo (&d));
    g_assert_cmpint (shown (&d, id)->stage, ==, CR_STAGE_SCHEDULED);
    g_autoptr (CrEncounter) withdrawn = find_encounter (&d, id);
    g_assert_cmpstr (withdrawn->status, ==, "entered-in-error");
    g_assert_no_error (undo (&d));
    g_assert_cmpint (shown (&d, id)->start_min, ==, 11 * 60);
    g_assert_cmpstr (cr_session_undo_label (d.base.session), ==, "Booked GARCIA, Maria");
    g_assert_no_error (undo (&d));
    g_assert_cmpint (shown (&d, id)->stage, ==, CR_STAGE_CANCELLED);
    g_assert_false (cr_session_can_undo (d.base.session));
    for (int i = 0; i < 3; i++)
      g_assert_no_error (redo (&d));
    g_assert_false (cr_session_can_redo (d.base.session));
    g_assert_cmpint (shown (&d, id)->stage, ==, CR_STAGE_ARRIVED);
    g_assert_cmpint (shown (&d, id)->person_id, ==, d.base.chen);
    g_autoptr (CrEncounter) encounter = find_encounter (&d, id);
    g_assert_cmpstr (encounter->status, ==, "in-progress");
  }
  tear_down (&d);
}

/* Two undos at once: the second waits for the first. */
static void
test_undo_in_a_row (void)
{
  Day d;
  GAsyncResult *first = NULL, *second = NULL;
  set_up (&d, "frontdesk");
  CrId id = book (&d, d.base.garcia, 11 * 60);
  cr_day_schedule_move_async (d.day, id, d.base.chen, FIXTURE_TODAY, 14 * 60, FALSE, fixture_done_cb,
                              &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  cr_session_undo_async (d.base.session, fixture_done_cb, &first);
  cr_session_undo_async (d.base.session, fixture_done_cb, &second);
  g_assert_no_error (fixture_finish (&first));
  g_assert_no_error (fixture_finish (&second));
  g_assert_cmpint (shown (&d, id)->stage, ==, CR_STAGE_CANCELLED);
  tear_down (&d);
}

/* Somebody else's change in between is never overwritten; the step is dropped, older ones stay refused too.
 */
static void
test_undo_after_other (void)
{
  Day d;
  set_up (&d, "frontdesk");
  CrId id = book (&d, d.base.garcia, 11 * 60);
  cr_day_schedule_move_async (d.day, id, d.base.chen, FIXTURE_TODAY, 14 * 60, FALSE, fixture_done_cb,
                              &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  fixture_sign_in (&d.base, "nurse");
  g_assert_false (cr_session_can_undo (d.base.session)); /* a stack of one's own */
  g_assert_no_error (stage (&d, id, CR_STAGE_ARRIVED, CR_ID_NONE));
  fixture_sign_in (&d.base, "frontdesk");
  g_assert_cmpstr (cr_session_undo_label (d.base.session), ==, "Moved GARCIA, Maria");
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = undo (&d);
    g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  }
  g_assert_false (cr_session_can_undo (d.base.session));
  g_assert_cmpint (shown (&d, id)->stage, ==, CR_STAGE_ARRIVED);
  g_assert_cmpint (shown (&d, id)->start_min, ==, 14 * 60);
  tear_down (&d);
}

/* A cancelled visit does not come back over one that took its time. */
static void
test_undo_over_taken_time (void)
{
  Day d;
  set_up (&d, "frontdesk");
  CrId id = book (&d, d.base.garcia, 11 * 60);
  cr_day_schedule_cancel_async (d.day, id, "ill", fixture_done_cb, &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  fixture_sign_in (&d.base, "nurse");
  book (&d, d.base.nowak, 11 * 60 + 10);
  fixture_sign_in (&d.base, "frontdesk");
  g_autoptr (GError) error = undo (&d);
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_cmpint (shown (&d, id)->stage, ==, CR_STAGE_CANCELLED);
  tear_down (&d);
}

static gboolean
shows_two (gpointer day)
{
  return g_list_model_get_n_items (cr_day_schedule_get_visits (day)) == 2;
}

/* A second view of the same day learns of it by itself, and keeps the rows that stay. */
static void
test_up_to_date (void)
{
  Day d;
  set_up (&d, "frontdesk");
  book (&d, d.base.garcia, 11 * 60);
  CrDaySchedule *other = cr_day_schedule_new (d.base.session);
  cr_day_schedule_set_date (other, FIXTURE_TODAY);
  g_assert_true (cr_day_schedule_load (other, NULL));
  g_autoptr (CrRow) row = g_list_model_get_item (cr_day_schedule_get_visits (other), 0);
  book (&d, d.base.nowak, 12 * 60);
  fixture_wait_until (shows_two, other);
  g_autoptr (CrRow) same = g_list_model_get_item (cr_day_schedule_get_visits (other), 0);
  g_assert_true (row == same);
  cr_day_schedule_set_date (other, cr_date_add_days (FIXTURE_TODAY, 1));
  g_assert_cmpuint (g_list_model_get_n_items (cr_day_schedule_get_visits (other)), ==, 0); /* at once */
  cr_session_lock (d.base.session);
  g_assert_cmpuint (g_list_model_get_n_items (cr_day_schedule_get_visits (d.day)), ==, 0);
  fixture_sign_in (&d.base, "frontdesk");
  fixture_wait_until (shows_two, d.day);
  fixture_wait_until (is_quiet, other);
  g_assert_finalize_object (other);
  tear_down (&d);
}

static void
test_similar (void)
{
  Day d;
  set_up (&d, "frontdesk");
  CrId maria = book (&d, d.base.garcia, 11 * 60), mariana = book (&d, d.base.mariana, 12 * 60);
  CrId nowak = book (&d, d.base.nowak, 13 * 60);
  g_assert_true (cr_day_schedule_find (d.day, maria)->similar);
  g_assert_true (cr_day_schedule_find (d.day, mariana)->similar);
  g_assert_false (cr_day_schedule_find (d.day, nowak)->similar);
  const CrDay *day = cr_day_schedule_get_day (d.day, d.base.okafor);
  g_assert_cmpuint (day->visits->len, ==, 3);
  g_assert_cmpint (day->person_id, ==, d.base.okafor);
  tear_down (&d);
}

static gboolean
close_tomorrow_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrScheduleException) exception = cr_schedule_exception_new ();
  exception->date = cr_date_add_days (FIXTURE_TODAY, 1);
  exception->kind = CR_EXCEPTION_CLOSED;
  exception->reason = g_strdup ("Invented holiday");
  return cr_tx_save (tx, &CR_SCHEDULE_EXCEPTION, exception, error);
}

static char *
next_free (Day *d, CrId person, int minutes, CrDate from, guint limit)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  CrSlotQuestion question = { .wish = { .parts = { { .minutes = minutes, .people = &person } },
                                        .from = from,
                                        .earliest_min = CR_MINUTE_NONE,
                                        .latest_min = CR_MINUTE_NONE },
                              .limit = limit };
  question.wish.parts[0].n_people = person != CR_ID_NONE ? 1 : 0;
  cr_next_available_async (d->base.session, &question, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  g_autoptr (CrSlotAnswer) answer = cr_next_available_finish (d->base.session, result, &error);
  g_assert_no_error (error);
  const GArray *slots = answer->slots;
  for (guint i = 0; i < slots->len; i++) {
    const CrSlot *slot = &g_array_index (slots, CrSlot, i);
    g_string_append_printf (text, "%s%d/%d %d:%02d %s", i > 0 ? ", " : "", slot->date.month, slot->date.day,
                            slot->start / 60, slot->start % 60, slot->person_id == d->base.chen ? "C" : "O");
  }
  return g_string_free (text, FALSE);
}

static void
test_next_free (void)
{
  Day d;
  g_autoptr (GError) error = NULL;
  set_up (&d, "frontdesk");
  g_autofree char *today = next_free (&d, d.base.okafor, 20, FIXTURE_TODAY, 3);
  g_assert_cmpstr (today, ==, "11/23 10:40 O, 11/23 11:00 O, 11/23 11:20 O");
  book (&d, d.base.garcia, 10 * 60 + 50);
  g_autofree char *anybody = next_free (&d, CR_ID_NONE, 20, cr_date_add_days (FIXTURE_TODAY, -3), 3);
  g_assert_cmpstr (anybody, ==, "11/23 10:40 C, 11/23 11:00 C, 11/23 11:10 O");
  g_autofree char *late = next_free (&d, d.base.okafor, 240, FIXTURE_TODAY, 2);
  g_assert_cmpstr (late, ==, "11/23 11:10 O, 11/24 9:00 O");
  fixture_sign_in (&d.base, "admin");
  cr_session_run (d.base.session, CR_RIGHT_ADMIN, close_tomorrow_job, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *holiday = next_free (&d, CR_ID_NONE, 40, cr_date_add_days (FIXTURE_TODAY, 1), 2);
  g_assert_cmpstr (holiday, ==, "11/25 9:00 O, 11/25 9:00 C");
  g_autofree char *never = next_free (&d, CR_ID_NONE, 9 * 60, FIXTURE_TODAY, 2); /* longer than any day */
  g_assert_cmpstr (never, ==, "");
  tear_down (&d);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day-schedule/book", test_book);
  g_test_add_func ("/day-schedule/rules", test_rules);
  g_test_add_func ("/day-schedule/refusals", test_refusals);
  g_test_add_func ("/day-schedule/right", test_right);
  g_test_add_func ("/day-schedule/check", test_check);
  g_test_add_func ("/day-schedule/stages", test_stages);
  g_test_add_func ("/day-schedule/arrival-taken-back", test_arrival_taken_back);
  g_test_add_func ("/day-schedule/used-encounter-stays", test_used_encounter_stays);
  g_test_add_func ("/day-schedule/walk-in", test_walk_in);
  g_test_add_func ("/day-schedule/move", test_move);
  g_test_add_func ("/day-schedule/cancel", test_cancel);
  g_test_add_func ("/day-schedule/set-reason", test_set_reason);
  g_test_add_func ("/day-schedule/undo-redo", test_undo_redo);
  g_test_add_func ("/day-schedule/undo-in-a-row", test_undo_in_a_row);
  g_test_add_func ("/day-schedule/undo-after-other", test_undo_after_other);
  g_test_add_func ("/day-schedule/undo-over-taken-time", test_undo_over_taken_time);
  g_test_add_func ("/day-schedule/up-to-date", test_up_to_date);
  g_test_add_func ("/day-schedule/similar", test_similar);
  g_test_add_func ("/day-schedule/next-free", test_next_free);
  return g_test_run ();
}
