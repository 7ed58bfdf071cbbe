/* Instants and the office's own time, above all on the two nights when the clocks change. */
#include "chartroom/base/clock.h"

#define MINUTE (G_GINT64_CONSTANT (60) * 1000000)
#define HOUR (60 * MINUTE)
/* 2026-11-22 14:30 UTC. */
#define SOME_INSTANT (G_GINT64_CONSTANT (1795357800) * 1000000)

static const char PACIFIC[] = "America/Los_Angeles";

static void
assert_civil (CrClock *clock, CrInstant at, CrDate date, int minute)
{
  g_assert_cmpint (cr_date_compare (cr_clock_date_of (clock, at), date), ==, 0);
  g_assert_cmpint (cr_clock_minute_of (clock, at), ==, minute);
}

static void
test_fixed (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2026, 11, 22), 14 * 60 + 30, "UTC");
  g_assert_cmpint (cr_clock_now (clock), ==, SOME_INSTANT);
  g_assert_cmpint (cr_clock_minute (clock), ==, 14 * 60 + 30);
  cr_clock_advance (clock, 10 * HOUR);
  g_assert_cmpint (cr_clock_now (clock), ==, SOME_INSTANT + 10 * HOUR);
  g_assert_cmpint (cr_date_compare (cr_clock_today (clock), CR_DATE (2026, 11, 23)), ==, 0);
  g_assert_cmpint (cr_clock_minute (clock), ==, 30);
}

static void
test_system (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_system ("UTC");
  gint64 before = g_get_real_time ();
  CrInstant now = cr_clock_now (clock);
  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
}

static void
test_running (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_from (CR_DATE (2026, 11, 22), 14 * 60 + 30, "UTC");
  CrInstant first = cr_clock_now (clock), second = cr_clock_now (clock);
  g_assert_cmpint (first, >=, SOME_INSTANT);
  g_assert_cmpint (second, >=, first);
}

static void
test_before_1970 (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2026, 11, 22), 0, "UTC");
  assert_civil (clock, -1, CR_DATE (1969, 12, 31), 24 * 60 - 1);
  assert_civil (clock, -MINUTE, CR_DATE (1969, 12, 31), 24 * 60 - 1);
  assert_civil (clock, -MINUTE - 1, CR_DATE (1969, 12, 31), 24 * 60 - 2);
}

/* Mar 8, 2026: 1:59 AM PST is followed by 3:00 AM PDT; 10:00 UTC. */
static void
test_spring (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2026, 3, 8), 0, PACIFIC);
  const CrDate night = CR_DATE (2026, 3, 8);
  CrInstant midnight = cr_clock_now (clock), change = midnight + 2 * HOUR;

  assert_civil (clock, change - 1, night, 1 * 60 + 59);
  assert_civil (clock, change, night, 3 * 60);
  g_assert_cmpint (cr_clock_instant_of (clock, night, 119), ==, change - MINUTE);
  /* A time that does not exist is the first one that does. */
  g_assert_cmpint (cr_clock_instant_of (clock, night, 120), ==, change);
  g_assert_cmpint (cr_clock_instant_of (clock, night, 150), ==, change);
  g_assert_cmpint (cr_clock_instant_of (clock, night, 179), ==, change);
  g_assert_cmpint (cr_clock_instant_of (clock, night, 180), ==, change);
  g_assert_cmpint (cr_clock_instant_of (clock, night, 181), ==, change + MINUTE);
  g_assert_cmpint (cr_clock_instant_of (clock, CR_DATE (2026, 3, 9), 0) - midnight, ==, 23 * HOUR);
}

/* Nov 1, 2026: 1:59 AM PDT is followed by 1:00 AM PST; 9:00 UTC. */
static void
test_autumn (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2026, 11, 1), 0, PACIFIC);
  const CrDate night = CR_DATE (2026, 11, 1);
  CrInstant midnight = cr_clock_now (clock), change = midnight + 2 * HOUR;

  assert_civil (clock, change - 1, night, 1 * 60 + 59);
  assert_civil (clock, change, night, 1 * 60);
  assert_civil (clock, change + HOUR, night, 2 * 60);
  /* A time that comes twice is the first. */
  g_assert_cmpint (cr_clock_instant_of (clock, night, 60), ==, change - HOUR);
  g_assert_cmpint (cr_clock_instant_of (clock, night, 90), ==, change - HOUR / 2);
  g_assert_cmpint (cr_clock_instant_of (clock, night, 119), ==, change - MINUTE);
  g_assert_cmpint (cr_clock_instant_of (clock, night, 120), ==, change + HOUR);
  g_assert_cmpint (cr_clock_instant_of (clock, CR_DATE (2026, 11, 2), 0) - midnight, ==, 25 * HOUR);
}

/* Zones that jump at midnight, count winter as the special season, or have half hours; and a far year. */
static void
test_other_zones (void)
{
  static const struct {
    const char *zone;
    CrDate date;
    int minute;
    gint64 utc; /* seconds */
  } rows[] = {
    { "Africa/Cairo", { 2024, 4, 26 }, 0, 1714082400 },    /* 0:00–0:59 skipped: 1:00 = 22:00 UTC */
    { "Europe/Dublin", { 2026, 10, 25 }, 90, 1792888200 }, /* first 1:30 = 0:30 UTC */
    { "Asia/Kolkata", { 2026, 11, 22 }, 20 * 60, 1795357800 },
    { "America/Los_Angeles", { 2060, 7, 1 }, 0, 2855890800 }, /* 7:00 UTC: summer time still holds */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (CrClock) clock = cr_clock_new_fixed (rows[i].date, rows[i].minute, rows[i].zone);
    g_assert_cmpint (cr_clock_now (clock), ==, rows[i].utc * 1000000);
  }
}

/* Every hour of two years comes back, except the second of a repeated pair, which is an hour late. */
static void
test_round_trip (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2025, 1, 1), 0, PACIFIC);
  int repeated = 0;
  for (int hour = 0; hour < 2 * 365 * 24; hour++, cr_clock_advance (clock, HOUR)) {
    CrInstant now = cr_clock_now (clock);
    CrInstant back = cr_clock_instant_of (clock, cr_clock_today (clock), cr_clock_minute (clock));
    repeated += back != now;
    g_assert_true (back == now || back == now - HOUR);
  }
  g_assert_cmpint (repeated, ==, 2);
}

static void
test_zone (void)
{
  g_assert_true (cr_zone_is_known (PACIFIC));
  g_assert_false (cr_zone_is_known ("Nowhere/Atall"));
  g_assert_false (cr_zone_is_known (NULL));

  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2026, 11, 22), 14 * 60 + 30, "UTC");
  g_autoptr (CrClock) same = cr_clock_ref (clock);
  const char *first = cr_clock_zone (clock);
  cr_clock_set_zone (clock, PACIFIC);
  g_assert_cmpstr (first, ==, "UTC"); /* still there: interned */
  g_assert_cmpstr (cr_clock_zone (same), ==, PACIFIC);
  g_assert_cmpint (cr_clock_now (same), ==, SOME_INSTANT);
  assert_civil (same, SOME_INSTANT, CR_DATE (2026, 11, 22), 6 * 60 + 30);

  cr_clock_set_zone (clock, "Nowhere/Atall"); /* the machine's own: the suite runs in UTC */
  g_assert_cmpstr (cr_clock_zone (clock), ==, "UTC");
}

static void
test_format (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2026, 11, 23), 14 * 60 + 30, PACIFIC);
  cr_clock_advance (clock, 5999999);
  g_autofree char *text = cr_clock_format (clock, cr_clock_now (clock));
  g_assert_cmpstr (text, ==, "2026-11-23 14:30:05");
  g_autofree char *absent = cr_clock_format (clock, CR_INSTANT_NONE);
  g_assert_cmpstr (absent, ==, "");
}

static gpointer
switch_zones (gpointer clock)
{
  for (int i = 0; i < 2000; i++)
    cr_clock_set_zone (clock, i % 2 == 0 ? PACIFIC : "UTC");
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2026, 11, 22), 14 * 60 + 30, "UTC");
  GThread *other = g_thread_new ("zones", switch_zones, clock);
  for (int i = 0; i < 2000; i++) {
    int minute = cr_clock_minute (clock);
    g_assert_true (minute == 14 * 60 + 30 || minute == 6 * 60 + 30);
  }
  g_thread_join (other);
}

static void
test_floating (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_from (CR_DATE (2026, 11, 23), 10 * 60 + 34, NULL);
  cr_clock_set_zone (clock, "America/Los_Angeles");
  g_assert_cmpint (cr_clock_minute (clock), ==, 10 * 60 + 34);
  cr_clock_set_zone (clock, "America/New_York");
  g_assert_cmpint (cr_clock_minute (clock), ==, 13 * 60 + 34);
}

static int
index_of (char **names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;
  return -1;
}

/* The first one once, then the United States, then the world; all of them known. */
static void
test_zone_names (void)
{
  g_auto (GStrv) names = cr_zone_names ("America/Chicago");
  g_auto (GStrv) all = cr_zone_names (NULL);
  int london = index_of (names, "Europe/London");
  g_assert_cmpstr (names[0], ==, "America/Chicago");
  g_assert_cmpint (index_of (names + 1, "America/Chicago"), ==, -1);
  g_assert_cmpint (index_of (names, PACIFIC), >, 0);
  g_assert_cmpint (index_of (all, "America/New_York"), ==, 0);
  if (london >= 0) /* where the computer has a list */
    g_assert_cmpint (london, >, index_of (names, PACIFIC));
  for (guint i = 0; names[i] != NULL && i < 40; i++)
    g_assert_true (cr_zone_is_known (names[i]));
}

/* Without the computer's list the usual ones are there. */
static void
test_zone_names_without_list (void)
{
  g_setenv ("TZDIR", "/nonexistent", TRUE);
  g_auto (GStrv) names = cr_zone_names ("UTC");
  g_unsetenv ("TZDIR");
  g_assert_cmpuint (g_strv_length (names), ==, 8);
  g_assert_cmpstr (names[0], ==, "UTC");
  g_assert_cmpstr (names[1], ==, "America/New_York");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/fixed", test_fixed);
  g_test_add_func ("/clock/system", test_system);
  g_test_add_func ("/clock/running", test_running);
  g_test_add_func ("/clock/before-1970", test_before_1970);
  g_test_add_func ("/clock/spring", test_spring);
  g_test_add_func ("/clock/autumn", test_autumn);
  g_test_add_func ("/clock/other-zones", test_other_zones);
  g_test_add_func ("/clock/round-trip", test_round_trip);
  g_test_add_func ("/clock/zone", test_zone);
  g_test_add_func ("/clock/format", test_format);
  g_test_add_func ("/clock/threads", test_threads);
  g_test_add_func ("/clock/floating", test_floating);
  g_test_add_func ("/base/clock/zone-names", test_zone_names);
  g_test_add_func ("/base/clock/zone-names-without-list", test_zone_names_without_list);
  return g_test_run ();
}
