/* Visits that lose their time, their clinician or their patient, and what becomes of a column whose clinician
 * has left. */
#include "book-fixture.h"
#include "chartroom/domain/practice-setup.h"
#include "chartroom/domain/week-hours.h"
#include "chartroom/session/administration.h"
#include "chartroom/session/hit-visits.h"

static GPtrArray *
finish (Book *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  GPtrArray *rows = cr_hit_visits_finish (result, &error);
  g_assert_no_error (error);
  return rows;
}

static void
assert_hit (GPtrArray *rows, guint n, CrId first)
{
  g_assert_cmpuint (rows->len, ==, n);
  if (n > 0)
    g_assert_cmpint (cr_row_get_id (rows->pdata[0]), ==, first);
  g_ptr_array_unref (rows);
}

static CrAdminSetUp *
load_set_up (Book *b)
{
  g_autoptr (GError) error = NULL;
  cr_admin_load_set_up_async (b->base.session, fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  CrAdminSetUp *set_up = cr_admin_load_set_up_finish (result, &error);
  g_assert_no_error (error);
  return set_up;
}

/* The weekday of today is over at noon, for two weeks. */
static void
shorten (Book *b, const GPtrArray *hours)
{
  CrHoursRange range = { .from = FIXTURE_TODAY, .until = cr_date_add_days (FIXTURE_TODAY, 13) };
  int weekday = cr_date_weekday (FIXTURE_TODAY);
  g_autoptr (GArray) spans = cr_day_hours_parse ("9a-12p", NULL);
  g_autoptr (GPtrArray) changes = cr_week_hours_change (hours, b->base.okafor, weekday, spans, &range);
  g_autoptr (GPtrArray) classes = g_ptr_array_new ();
  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (classes, (gpointer)&CR_HOURS);
  cr_admin_save_async (b->base.session, (const CrRecordClass *const *)classes->pdata,
                       (gconstpointer *)changes->pdata, changes->len, fixture_done_cb, &b->result);
  g_assert_no_error (fixture_finish (&b->result));
}

static void
test_hours (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  book_one (&b, b.base.garcia, 11 * 60);
  CrId later = book_one (&b, b.base.nowak, 15 * 60);
  fixture_sign_in (&b.base, "admin");
  fixture_spin ();
  g_autoptr (CrAdminSetUp) before = load_set_up (&b);
  shorten (&b, before->hours);
  cr_hit_by_hours_async (b.base.session, before->hours, fixture_done_cb, &b.result);
  assert_hit (finish (&b), 1, later);
  g_autoptr (CrAdminSetUp) after = load_set_up (&b);
  cr_hit_by_hours_async (b.base.session, after->hours, fixture_done_cb, &b.result);
  assert_hit (finish (&b), 0, CR_ID_NONE); /* what was outside before is nobody's news */
  book_tear_down (&b);
}

static void
test_closure (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  CrId id = book_one (&b, b.base.garcia, 11 * 60);
  book_one (&b, b.base.nowak, 15 * 60);
  fixture_sign_in (&b.base, "admin");
  fixture_spin ();
  g_autoptr (CrScheduleException) closure = cr_schedule_exception_new ();
  closure->kind = CR_EXCEPTION_BLOCKED;
  closure->date = FIXTURE_TODAY;
  closure->start_min = 10 * 60 + 50;
  closure->end_min = 12 * 60;
  cr_hit_by_closure_async (b.base.session, closure, fixture_done_cb, &b.result);
  assert_hit (finish (&b), 1, id);
  cr_hit_by_patient_async (b.base.session, b.base.garcia, fixture_done_cb, &b.result);
  assert_hit (finish (&b), 1, id);
  book_tear_down (&b);
}

static gboolean
child_job (CrTx *tx, gpointer data, GError **error)
{
  const Book *b = data;
  g_autoptr (CrPatient) nowak = cr_tx_load (tx, &CR_PATIENT, b->base.nowak, error);
  g_autoptr (CrRelatedPerson) mother = cr_related_person_new ();
  g_autoptr (CrAppointment) a = cr_appointment_new ();
  g_clear_pointer (&nowak->phone, g_free);
  nowak->birth_date = CR_DATE (2019, 4, 2);
  mother->patient_id = a->patient_id = nowak->id;
  mother->name = g_strdup ("Eva Nowak");
  mother->phone = g_strdup ("5035550101");
  mother->guarantor = TRUE;
  a->person_id = b->base.okafor;
  a->visit_type_id = b->base.follow_up;
  a->date = CR_DATE (2030, 11, 25); /* in four years */
  a->start_min = 10 * 60;
  a->minutes = 20;
  return cr_tx_save (tx, &CR_PATIENT, nowak, error) && cr_tx_save (tx, &CR_RELATED_PERSON, mother, error) &&
         cr_tx_save (tx, &CR_APPOINTMENT, a, error);
}

/* However far ahead, and whoever is called about it. */
static void
test_far (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  fixture_sign_in (&b.base, "admin");
  cr_session_run (b.base.session, CR_RIGHT_ADMIN, child_job, &b, &error);
  g_assert_no_error (error);
  cr_hit_by_person_async (b.base.session, b.base.okafor, fixture_done_cb, &b.result);
  g_autoptr (GPtrArray) rows = finish (&b);
  g_assert_cmpuint (rows->len, ==, 1);
  const CrVisit *visit = cr_row_peek (rows->pdata[0]);
  g_autofree char *phone = cr_reach_phone_words (visit->patient, visit->reach);
  g_assert_cmpstr (phone, ==, "Eva Nowak 503-555-0101");
  fixture_sign_in (&b.base, "frontdesk");
  cr_hit_by_patient_async (b.base.session, b.base.nowak, fixture_done_cb, &b.result);
  assert_hit (finish (&b), 1, visit->appointment->id);
  book_tear_down (&b);
}

static void
remove_okafor (Book *b)
{
  fixture_sign_in (&b->base, "admin");
  fixture_spin ();
  cr_admin_remove_person_async (b->base.session, b->base.okafor, fixture_done_cb, &b->result);
  g_assert_no_error (fixture_finish (&b->result));
}

/* She was to come on an evening, too. */
static gboolean
extra_job (CrTx *tx, gpointer data, GError **error)
{
  const Book *b = data;
  g_autoptr (CrScheduleException) extra = cr_schedule_exception_new ();
  extra->kind = CR_EXCEPTION_EXTRA;
  extra->person_id = b->base.okafor;
  extra->date = FIXTURE_TODAY;
  extra->start_min = 18 * 60;
  extra->end_min = 20 * 60;
  return cr_tx_save (tx, &CR_SCHEDULE_EXCEPTION, extra, error);
}

static void
add_extra_hours (Book *b)
{
  g_autoptr (GError) error = NULL;
  fixture_sign_in (&b->base, "admin");
  cr_session_run (b->base.session, CR_RIGHT_ADMIN, extra_job, b, &error);
  g_assert_no_error (error);
  book_look (b, FIXTURE_TODAY);
  g_autoptr (GArray) open = cr_day_open_spans (cr_day_schedule_get_day (b->day, b->base.okafor));
  g_assert_cmpuint (open->len, ==, 2);
}

static void
assert_gone (GError *error)
{
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "no longer works here. Choose somebody else."));
}

/* Her visits stay; nothing new comes to her, neither by booking nor by a move. */
static void
test_gone (void)
{
  Book b;
  g_autoptr (GError) booked = NULL, moved = NULL;
  book_set_up (&b, "frontdesk");
  CrId id = book_one (&b, b.base.garcia, 11 * 60);
  CrBooking other = book_booking (&b, b.base.nowak, 15 * 60);
  other.person_id = b.base.chen;
  CrId chens = book_try (&b, &other, NULL);
  g_assert_cmpint (chens, !=, CR_ID_NONE);
  add_extra_hours (&b);
  remove_okafor (&b);
  cr_hit_by_person_async (b.base.session, b.base.okafor, fixture_done_cb, &b.result);
  assert_hit (finish (&b), 1, id);
  fixture_sign_in (&b.base, "frontdesk");
  fixture_spin ();
  book_look (&b, FIXTURE_TODAY);
  g_autoptr (GArray) open = cr_day_open_spans (cr_day_schedule_get_day (b.day, b.base.okafor));
  g_assert_cmpuint (open->len, ==, 0);
  CrBooking wanted = book_booking (&b, b.base.mariana, 14 * 60);
  g_autofree char *sentence = NULL;
  guint places = cr_day_schedule_places (b.day, &wanted, CR_ID_NONE, &sentence);
  g_assert_cmphex (cr_places_hard (places), ==, CR_PLACE_BIT (CR_PLACE_GONE));
  wanted.accept = places;
  g_assert_cmpint (book_try (&b, &wanted, &booked), ==, CR_ID_NONE);
  assert_gone (booked);
  CrVisitChange change = CR_VISIT_CHANGE (chens);
  change.person_id = b.base.okafor;
  g_assert_cmpint (book_change (&b, &change, &moved), ==, CR_ID_NONE);
  assert_gone (moved);
  book_assert (&b, id, FIXTURE_TODAY, 11 * 60, 20);
  book_tear_down (&b);
}

/* Beside whatever the patient has on the same day. */
static CrId
book_garcia (Book *b, int days, int start)
{
  g_autoptr (GError) error = NULL;
  CrBooking wanted = book_booking (b, b->base.garcia, start);
  wanted.date = cr_date_add_days (FIXTURE_TODAY, days);
  wanted.accept = CR_PLACE_BIT (CR_PLACE_SAME_DAY);
  CrId id = book_try (b, &wanted, &error);
  g_assert_no_error (error);
  return id;
}

static GPtrArray *
find_garcias (Book *b)
{
  cr_hit_by_patient_async (b->base.session, b->base.garcia, fixture_done_cb, &b->result);
  return finish (b);
}

static int
cancel (Book *b, const GPtrArray *rows, GError **error)
{
  cr_hit_cancel_async (b->base.session, rows, "Patient died", fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  return cr_hit_cancel_finish (result, error);
}

static void
assert_stage (Book *b, CrId id, int stage)
{
  g_autoptr (CrAppointment) visit = book_visit (b, id);
  g_assert_cmpint (visit->stage, ==, stage);
}

/* All of them in one step, and back in one. */
static void
test_cancel (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId one = book_garcia (&b, 0, 11 * 60), two = book_garcia (&b, 0, 14 * 60),
       other = book_one (&b, b.base.nowak, 15 * 60), three = book_garcia (&b, 7, 16 * 60);
  g_autoptr (GPtrArray) rows = find_garcias (&b);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpint (cancel (&b, rows, &error), ==, 3);
  g_assert_no_error (error);
  assert_stage (&b, one, CR_STAGE_CANCELLED);
  assert_stage (&b, two, CR_STAGE_CANCELLED);
  assert_stage (&b, three, CR_STAGE_CANCELLED);
  assert_stage (&b, other, CR_STAGE_SCHEDULED);
  g_assert_cmpint (cancel (&b, rows, &error), ==, 0); /* off the book already */
  g_assert_no_error (error);
  g_assert_no_error (book_undo (&b));
  assert_stage (&b, one, CR_STAGE_SCHEDULED);
  assert_stage (&b, two, CR_STAGE_SCHEDULED);
  assert_stage (&b, three, CR_STAGE_SCHEDULED);
  g_assert_no_error (book_redo (&b));
  assert_stage (&b, one, CR_STAGE_CANCELLED);
  assert_stage (&b, three, CR_STAGE_CANCELLED);
  book_tear_down (&b);
}

/* One of them has begun meanwhile: none is cancelled. */
static void
test_cancel_begun (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId one = book_garcia (&b, 0, 11 * 60), two = book_garcia (&b, 0, 14 * 60);
  g_autoptr (GPtrArray) rows = find_garcias (&b);
  cr_day_schedule_stage_async (b.day, two, CR_STAGE_ARRIVED, CR_ID_NONE, fixture_done_cb, &b.result);
  g_assert_no_error (fixture_finish (&b.result));
  g_assert_cmpint (cancel (&b, rows, &error), ==, -1);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  assert_stage (&b, one, CR_STAGE_SCHEDULED);
  book_tear_down (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hit-visits/hours", test_hours);
  g_test_add_func ("/hit-visits/closure", test_closure);
  g_test_add_func ("/hit-visits/far", test_far);
  g_test_add_func ("/hit-visits/gone", test_gone);
  g_test_add_func ("/hit-visits/cancel", test_cancel);
  g_test_add_func ("/hit-visits/cancel-begun", test_cancel_begun);
  return g_test_run ();
}
