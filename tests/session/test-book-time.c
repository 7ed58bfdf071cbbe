/* The book and the clock: both nights of the clock change, leap day, ends of years, a practice that changes
 * its zone, a visit at 1:30 in the hour that comes twice.  Days and times of visits are the office's and
 * never move. */
#include "book-fixture.h"
#include "chart-fixture.h"
#include "chartroom/store/desk-stores.h"

#define HOUR ((gint64)3600 * G_USEC_PER_SEC)
#define MISSING 150 /* 2:30, which the clocks leave out on the night they go forward */

static CrId
book_at (Book *b, CrDate date, int start)
{
  g_autoptr (GError) error = NULL;
  CrBooking wanted = book_booking (b, b->base.garcia, start);
  wanted.date = date;
  wanted.accept = CR_PLACES_SOFT;
  CrId id = book_try (b, &wanted, &error);
  g_assert_no_error (error);
  return id;
}

/* The clock stands at that time of the office. */
static void
go_to (Book *b, CrDate date, int minute)
{
  CrInstant at = cr_clock_instant_of (b->base.clock, date, minute);
  cr_clock_advance (b->base.clock, at - cr_clock_now (b->base.clock));
  cr_session_touch (b->base.session);
}

/* On the night that the clocks go forward: neither booked nor moved there. */
static void
expect_missing (Book *b, CrDate date)
{
  g_autoptr (GError) booked = NULL, moved = NULL;
  CrBooking wanted = book_booking (b, b->base.nowak, MISSING);
  wanted.date = date;
  wanted.accept = CR_PLACES_SOFT;
  g_assert_cmpint (book_try (b, &wanted, &booked), ==, CR_ID_NONE);
  g_assert_error (booked, CR_ERROR, CR_ERROR_INVALID);
  CrVisitChange change = CR_VISIT_CHANGE (book_at (b, cr_date_add_days (date, -1), MISSING));
  change.date = date;
  change.accept = CR_PLACES_SOFT;
  g_assert_cmpint (book_change (b, &change, &moved), ==, CR_ID_NONE);
  g_assert_error (moved, CR_ERROR, CR_ERROR_INVALID);
}

/* Nights of the clock change, a leap day, the last and first of a year: booked, moved by a day, undone. */
static void
test_days (void)
{
  static const CrDate DAYS[] = {
    { 2027, 3, 14 }, { 2027, 11, 7 }, { 2028, 2, 29 }, { 2026, 12, 31 }, { 2027, 12, 31 }
  };
  static const int STARTS[] = { 0, 90, MISSING, 1420 };
  Book b;
  book_set_up (&b, "frontdesk");
  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++)
    for (guint k = 0; k < G_N_ELEMENTS (STARTS); k++) {
      g_autoptr (GError) error = NULL;
      if (i == 0 && STARTS[k] == MISSING) {
        expect_missing (&b, DAYS[i]);
        continue;
      }
      CrId id = book_at (&b, DAYS[i], STARTS[k]);
      book_assert (&b, id, DAYS[i], STARTS[k], 20);
      CrVisitChange change = CR_VISIT_CHANGE (id);
      change.date = cr_date_add_days (DAYS[i], 1);
      change.accept = CR_PLACES_SOFT;
      book_change (&b, &change, &error);
      g_assert_no_error (error);
      book_assert (&b, id, change.date, STARTS[k], 20);
      g_assert_no_error (book_undo (&b));
      book_assert (&b, id, DAYS[i], STARTS[k], 20);
    }
  book_tear_down (&b);
}

typedef struct {
  CrId appointment;
  CrEncounter *encounter;
} Lookup;

static gboolean
encounter_job (CrTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  lookup->encounter = cr_encounter_for_appointment (tx, lookup->appointment, error);
  return lookup->encounter != NULL;
}

static CrEncounter *
encounter_of (Book *b, CrId appointment)
{
  g_autoptr (GError) error = NULL;
  Lookup lookup = { appointment, NULL };
  cr_session_run (b->base.session, CR_RIGHT_SCHEDULE_VIEW, encounter_job, &lookup, &error);
  g_assert_no_error (error);
  return lookup.encounter;
}

static void
stage (Book *b, CrId id, int to)
{
  cr_day_schedule_stage_async (b->day, id, to, CR_ID_NONE, fixture_done_cb, &b->result);
  g_assert_no_error (fixture_finish (&b->result));
}

/* 1:30 comes twice on that night: the visit stands once, its stamps count real minutes, the patient who came
 * in the first hour has waited over an hour in the second. */
static void
test_repeated_hour (void)
{
  const CrDate NIGHT = { 2027, 11, 7 };
  Book b;
  gboolean late;
  book_set_up (&b, "frontdesk");
  go_to (&b, NIGHT, 60 + 25);
  CrId id = book_at (&b, NIGHT, 90);
  book_look (&b, NIGHT);
  stage (&b, id, CR_STAGE_ARRIVED);
  CrInstant arrived = cr_clock_now (b.base.clock);
  cr_clock_advance (b.base.clock, HOUR); /* 1:25 again */
  cr_session_touch (b.base.session);
  g_assert_cmpint (cr_clock_minute (b.base.clock), ==, 85);
  const CrVisit *visit = cr_day_schedule_find (b.day, id);
  g_assert_cmpint (cr_visit_minutes_in_stage (visit, b.base.clock, NULL, &late), ==, 60);
  g_assert_true (late);
  stage (&b, id, CR_STAGE_ROOMED);
  g_autoptr (CrEncounter) encounter = encounter_of (&b, id);
  g_assert_cmpint (encounter->arrived_at, ==, arrived);
  g_assert_cmpint (encounter->roomed_at - encounter->arrived_at, ==, HOUR);
  g_assert_cmpint (cr_date_compare (encounter->date, NIGHT), ==, 0);
  book_assert (&b, id, NIGHT, 90, 20);
  g_assert_no_error (book_undo (&b));
  g_assert_no_error (book_undo (&b)); /* the same day still, in its second 1:25 */
  g_autoptr (CrAppointment) back = book_visit (&b, id);
  g_assert_cmpint (back->stage, ==, CR_STAGE_SCHEDULED);
  book_tear_down (&b);
}

/* 2:30 does not come on that night; a visit that stands there all the same is past once it is 3:00. */
static void
test_skipped_hour (void)
{
  const CrDate NIGHT = { 2027, 3, 14 };
  Book b;
  book_set_up (&b, "frontdesk");
  CrId id = book_at (&b, NIGHT, 90);
  g_autoptr (CrAppointment) imported = book_visit (&b, id);
  imported->start_min = MISSING;
  fixture_store (&b.base, &CR_APPOINTMENT, imported);
  go_to (&b, NIGHT, 119);
  cr_clock_advance (b.base.clock, 60 * G_USEC_PER_SEC);
  cr_session_touch (b.base.session);
  g_assert_cmpint (cr_clock_minute (b.base.clock), ==, 180);
  book_look (&b, NIGHT);
  g_autofree char *sentence = NULL;
  CrBooking again = book_booking (&b, b.base.nowak, 170);
  again.date = NIGHT;
  g_assert_true (cr_day_schedule_places (b.day, &again, CR_ID_NONE, &sentence) &
                 CR_PLACE_BIT (CR_PLACE_PAST));
  book_assert (&b, id, NIGHT, 150, 20);
  stage (&b, id, CR_STAGE_ARRIVED);
  book_tear_down (&b);
}

/* New Year's night: what was done before midnight is not undone after it; the day of a step is the office's.
 */
static void
test_midnight (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  go_to (&b, CR_DATE (2026, 12, 31), 23 * 60 + 58);
  CrId id = book_at (&b, CR_DATE (2027, 1, 1), 9 * 60);
  g_assert_true (cr_session_can_undo (b.base.session));
  cr_clock_advance (b.base.clock, (gint64)3 * 60 * G_USEC_PER_SEC);
  cr_session_touch (b.base.session);
  g_assert_false (cr_session_can_undo (b.base.session));
  g_autoptr (GError) nothing = book_undo (&b);
  g_assert_error (nothing, CR_ERROR, CR_ERROR_NOT_FOUND);
  book_assert (&b, id, CR_DATE (2027, 1, 1), 9 * 60, 20);
  book_tear_down (&b);
}

static gboolean
zone_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPractice) practice = cr_practice_load (tx, error);
  g_free (practice->zone);
  practice->zone = g_strdup (data);
  return cr_tx_save (tx, &CR_PRACTICE, practice, error);
}

static gboolean
is_in_new_york (gpointer clock)
{
  return g_strcmp0 (cr_clock_zone (clock), "America/New_York") == 0;
}

/* The practice moves: its visits stay at their time of day, what is past is judged by the new clock. */
static void
test_zone (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId id = book_at (&b, FIXTURE_TODAY, 11 * 60), later = book_at (&b, CR_DATE (2027, 3, 14), 9 * 60);
  cr_store_run (cr_session_get_store (b.base.session), cr_session_get_user (b.base.session), zone_job,
                (gpointer) "America/New_York", &error);
  g_assert_no_error (error);
  fixture_wait_until (is_in_new_york, b.base.clock);
  book_assert (&b, id, FIXTURE_TODAY, 11 * 60, 20);
  book_assert (&b, later, CR_DATE (2027, 3, 14), 9 * 60, 20);
  g_assert_cmpint (cr_clock_minute (b.base.clock), ==, 13 * 60 + 34);
  g_autofree char *sentence = NULL;
  CrBooking wanted = book_booking (&b, b.base.nowak, 12 * 60); /* it was ahead in the old zone */
  g_assert_cmphex (cr_day_schedule_places (b.day, &wanted, CR_ID_NONE, &sentence), ==,
                   CR_PLACE_BIT (CR_PLACE_PAST));
  g_assert_no_error (book_undo (&b));
  g_assert_no_error (book_undo (&b));
  g_autoptr (CrAppointment) undone = book_visit (&b, id);
  g_assert_cmpint (undone->stage, ==, CR_STAGE_CANCELLED);
  book_tear_down (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book-time/days", test_days);
  g_test_add_func ("/book-time/repeated-hour", test_repeated_hour);
  g_test_add_func ("/book-time/skipped-hour", test_skipped_hour);
  g_test_add_func ("/book-time/midnight", test_midnight);
  g_test_add_func ("/book-time/zone", test_zone);
  return g_test_run ();
}
