/* The days around a date: which ones are loaded, and that the rules know each of them. */
#include "chartroom/session/day-schedule.h"
#include "session-fixture.h"

typedef struct {
  Fixture base;
  CrDaySchedule *book;
} Span;

static gboolean
is_quiet (gpointer book)
{
  gboolean loading;
  g_object_get (book, "loading", &loading, NULL);
  return !loading;
}

static void
set_up (Span *s)
{
  *s = (Span){ 0 };
  fixture_set_up (&s->base);
  fixture_sign_in (&s->base, "frontdesk");
  s->book = cr_day_schedule_new (s->base.session);
  cr_day_schedule_set_date (s->book, FIXTURE_TODAY);
}

static void
tear_down (Span *s)
{
  fixture_wait_until (is_quiet, s->book);
  g_assert_finalize_object (s->book);
  fixture_tear_down (&s->base);
}

static void
assert_days (Span *s, CrBookSpan span, CrDate date, const char *first, const char *last)
{
  CrDate from, to;
  cr_day_schedule_set_date (s->book, date);
  cr_day_schedule_set_span (s->book, span);
  cr_day_schedule_get_days (s->book, &from, &to);
  g_autofree char *one = cr_date_to_iso (from), *two = cr_date_to_iso (to);
  g_assert_cmpstr (one, ==, first);
  g_assert_cmpstr (two, ==, last);
  g_assert_cmpint (cr_date_compare (cr_day_schedule_get_date (s->book), date), ==, 0);
}

static void
test_days (void)
{
  Span s;
  set_up (&s);
  assert_days (&s, CR_SPAN_DAY, FIXTURE_TODAY, "2026-11-23", "2026-11-23");
  assert_days (&s, CR_SPAN_WORK_WEEK, CR_DATE (2026, 11, 25), "2026-11-23", "2026-11-27");
  assert_days (&s, CR_SPAN_WORK_WEEK, CR_DATE (2026, 11, 28), "2026-11-23", "2026-11-28");
  assert_days (&s, CR_SPAN_WORK_WEEK, CR_DATE (2026, 11, 29), "2026-11-23", "2026-11-29");
  assert_days (&s, CR_SPAN_WEEK, CR_DATE (2027, 1, 1), "2026-12-28", "2027-01-03");
  assert_days (&s, CR_SPAN_MONTH, CR_DATE (2028, 2, 29), "2028-01-30", "2028-03-11");
  assert_days (&s, CR_SPAN_WEEKS, CR_DATE (2026, 11, 29), "2026-11-23", "2026-12-20");
  tear_down (&s);
}

static CrId
book (Span *s, CrId patient, CrDate date, int start)
{
  CrBooking wanted = { .patient_id = patient,
                       .person_id = s->base.okafor,
                       .visit_type_id = s->base.follow_up,
                       .date = date,
                       .start = start };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  cr_day_schedule_book_async (s->book, &wanted, fixture_done_cb, &result);
  fixture_wait (&result);
  CrId id = cr_day_schedule_book_finish (s->book, result, &error);
  g_assert_no_error (error);
  return id;
}

/* Visits of all days are there, and each rule asks its own day. */
static void
test_week (void)
{
  Span s;
  set_up (&s);
  cr_day_schedule_set_span (s.book, CR_SPAN_WORK_WEEK);
  CrDate friday = CR_DATE (2026, 11, 27);
  CrId monday_visit = book (&s, s.base.garcia, FIXTURE_TODAY, 11 * 60);
  CrId friday_visit = book (&s, s.base.nowak, friday, 11 * 60);
  g_assert_nonnull (cr_day_schedule_find (s.book, monday_visit));
  g_assert_nonnull (cr_day_schedule_find (s.book, friday_visit));
  g_autofree char *sentence = NULL;
  CrBooking wanted = { .patient_id = s.base.garcia,
                       .person_id = s.base.okafor,
                       .visit_type_id = s.base.follow_up,
                       .date = friday,
                       .start = 11 * 60 };
  g_assert_cmpint (cr_day_schedule_check (s.book, &wanted, CR_ID_NONE, &sentence), ==, CR_PLACE_OVERLAP);
  g_clear_pointer (&sentence, g_free);
  wanted.date = CR_DATE (2026, 11, 26);
  g_assert_cmpint (cr_day_schedule_check (s.book, &wanted, CR_ID_NONE, &sentence), ==, CR_PLACE_OK);
  const CrDay *day = cr_day_schedule_get_day_on (s.book, friday, s.base.okafor);
  g_assert_true (day == cr_day_schedule_get_day_on (s.book, friday, s.base.okafor));
  g_assert_true (day != cr_day_schedule_get_day_on (s.book, friday, s.base.chen));
  g_assert_true (day != cr_day_schedule_get_day (s.book, s.base.okafor));
  tear_down (&s);
}

static void
count_cb (CrDaySchedule *book, guint *n)
{
  ++*n;
}

/* Another date of the same week is shown at once, without a load. */
static void
test_date_within (void)
{
  Span s;
  guint reloads = 0;
  set_up (&s);
  cr_day_schedule_set_span (s.book, CR_SPAN_WEEK);
  CrId visit = book (&s, s.base.garcia, FIXTURE_TODAY, 11 * 60);
  g_signal_connect (s.book, "reloaded", G_CALLBACK (count_cb), &reloads);
  cr_day_schedule_set_date (s.book, cr_date_add_days (FIXTURE_TODAY, 3));
  g_assert_cmpuint (reloads, ==, 1);
  g_assert_true (is_quiet (s.book));
  g_assert_nonnull (cr_day_schedule_find (s.book, visit));
  cr_day_schedule_set_date (s.book, cr_date_add_days (FIXTURE_TODAY, 7));
  g_assert_null (cr_day_schedule_find (s.book, visit)); /* at once */
  g_assert_false (is_quiet (s.book));
  tear_down (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book-span/days", test_days);
  g_test_add_func ("/book-span/week", test_week);
  g_test_add_func ("/book-span/date-within", test_date_within);
  return g_test_run ();
}
