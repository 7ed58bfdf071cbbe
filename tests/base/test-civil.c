/* Civil dates: the arithmetic and the ISO text. */
#include "chartroom/base/civil.h"

static void
assert_date (CrDate got, CrDate want)
{
  g_autofree char *got_text = cr_date_to_iso (got), *want_text = cr_date_to_iso (want);
  g_assert_cmpstr (got_text, ==, want_text);
}

/* Every day of the calendar against GLib's own. */
static void
test_days_round_trip (void)
{
  GDate day;
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, 1, 1800);
  for (gint32 days = cr_date_to_days (CR_DATE (1800, 1, 1)); g_date_get_year (&day) < 2201; days++) {
    CrDate date = cr_date_from_days (days);
    g_assert_cmpint (date.year, ==, g_date_get_year (&day));
    g_assert_cmpint (date.month, ==, (int)g_date_get_month (&day));
    g_assert_cmpint (date.day, ==, g_date_get_day (&day));
    g_assert_cmpint (cr_date_to_days (date), ==, days);
    g_assert_cmpint (cr_date_weekday (date), ==, (int)g_date_get_weekday (&day));
    g_date_add_days (&day, 1);
  }
}

static void
test_days_edges (void)
{
  g_assert_cmpint (cr_date_to_days (CR_DATE (1970, 1, 1)), ==, 0);
  g_assert_cmpint (cr_date_to_days (CR_DATE (1969, 12, 31)), ==, -1);
  g_assert_cmpint (cr_date_to_days (CR_DATE (2026, 11, 22)), ==, 20779);

  gint32 first = cr_date_to_days (CR_DATE (1, 1, 1)), last = cr_date_to_days (CR_DATE (9999, 12, 31));
  assert_date (cr_date_from_days (first), CR_DATE (1, 1, 1));
  assert_date (cr_date_from_days (last), CR_DATE (9999, 12, 31));
  assert_date (cr_date_from_days (first - 1), CR_DATE_NONE);
  assert_date (cr_date_from_days (last + 1), CR_DATE_NONE);
  assert_date (cr_date_from_days (G_MAXINT32), CR_DATE_NONE);
  assert_date (cr_date_from_days (G_MININT32), CR_DATE_NONE);
}

static void
test_states (void)
{
  static const struct {
    CrDate date;
    gboolean set, full, valid;
  } rows[] = {
    { { 0, 0, 0 }, FALSE, FALSE, FALSE },   { { 1998, 0, 0 }, TRUE, FALSE, TRUE },
    { { 1998, 6, 0 }, TRUE, FALSE, TRUE },  { { 1998, 6, 30 }, TRUE, TRUE, TRUE },
    { { 1998, 6, 31 }, TRUE, TRUE, FALSE }, { { 1998, 0, 5 }, TRUE, FALSE, FALSE },
    { { 1998, 13, 1 }, TRUE, TRUE, FALSE }, { { 2024, 2, 29 }, TRUE, TRUE, TRUE },
    { { 2026, 2, 29 }, TRUE, TRUE, FALSE }, { { 1900, 2, 29 }, TRUE, TRUE, FALSE },
    { { 2000, 2, 29 }, TRUE, TRUE, TRUE },  { { -5, 1, 1 }, TRUE, TRUE, FALSE },
    { { 10000, 1, 1 }, TRUE, TRUE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (cr_date_is_set (rows[i].date), ==, rows[i].set);
    g_assert_cmpint (cr_date_is_full (rows[i].date), ==, rows[i].full);
    g_assert_cmpint (cr_date_is_valid (rows[i].date), ==, rows[i].valid);
  }
}

/* Each row sorts before the next, or beside it where `same` is set. */
static void
test_compare (void)
{
  static const struct {
    CrDate date;
    gboolean same;
  } rows[] = {
    { { 0, 0, 0 }, FALSE },    { { 1997, 12, 31 }, FALSE }, { { 1998, 0, 0 }, TRUE },
    { { 1998, 1, 0 }, TRUE },  { { 1998, 1, 1 }, FALSE },   { { 1998, 1, 2 }, FALSE },
    { { 1998, 2, 0 }, FALSE }, { { 1998, 2, 2 }, FALSE },   { { 1998, 10, 1 }, FALSE },
    { { 1999, 0, 0 }, FALSE },
  };
  for (guint i = 0; i + 1 < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (cr_date_compare (rows[i].date, rows[i].date), ==, 0);
    g_assert_cmpint (cr_date_compare (rows[i].date, rows[i + 1].date), ==, rows[i].same ? 0 : -1);
    g_assert_cmpint (cr_date_compare (rows[i + 1].date, rows[i].date), ==, rows[i].same ? 0 : 1);
  }
}

static void
test_add (void)
{
  assert_date (cr_date_add_days (CR_DATE (2026, 12, 31), 1), CR_DATE (2027, 1, 1));
  assert_date (cr_date_add_days (CR_DATE (2024, 3, 1), -1), CR_DATE (2024, 2, 29));
  assert_date (cr_date_add_days (CR_DATE (2024, 3, 1), G_MAXINT), CR_DATE_NONE);
  assert_date (cr_date_add_days (CR_DATE (2024, 3, 0), 1), CR_DATE_NONE);

  assert_date (cr_date_add_months (CR_DATE (2026, 1, 31), 1), CR_DATE (2026, 2, 28));
  assert_date (cr_date_add_months (CR_DATE (2024, 1, 31), 1), CR_DATE (2024, 2, 29));
  assert_date (cr_date_add_months (CR_DATE (2026, 11, 22), 6), CR_DATE (2027, 5, 22));
  assert_date (cr_date_add_months (CR_DATE (2026, 1, 15), -1), CR_DATE (2025, 12, 15));
  assert_date (cr_date_add_months (CR_DATE (2026, 1, 15), -13), CR_DATE (2024, 12, 15));
  assert_date (cr_date_add_months (CR_DATE (9999, 12, 1), 1), CR_DATE_NONE);
  assert_date (cr_date_add_months (CR_DATE (1, 1, 1), -1), CR_DATE_NONE);
  assert_date (cr_date_add_months (CR_DATE (2026, 1, 1), G_MININT), CR_DATE_NONE);
  assert_date (cr_date_add_months (CR_DATE_NONE, 1), CR_DATE_NONE);
}

static void
test_between (void)
{
  static const struct {
    CrDate from, to;
    int months;
  } rows[] = {
    { { 1961, 3, 14 }, { 2026, 3, 13 }, 64 * 12 + 11 },
    { { 1961, 3, 14 }, { 2026, 3, 14 }, 65 * 12 },
    { { 2024, 2, 29 }, { 2025, 2, 28 }, 11 },
    { { 2024, 2, 29 }, { 2025, 3, 1 }, 12 },
    { { 2024, 2, 29 }, { 2028, 2, 28 }, 47 },
    { { 2024, 2, 29 }, { 2028, 2, 29 }, 48 },
    { { 2026, 1, 31 }, { 2026, 2, 28 }, 0 },
    { { 2026, 1, 31 }, { 2026, 3, 1 }, 1 },
    { { 2026, 5, 5 }, { 2026, 5, 5 }, 0 },
    { { 2026, 5, 5 }, { 2025, 5, 5 }, -12 },
    { { 2026, 5, 5 }, { 2025, 5, 6 }, -11 },
    { { 1998, 0, 0 }, { 2026, 1, 1 }, 28 * 12 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (cr_date_months_between (rows[i].from, rows[i].to), ==, rows[i].months);
    g_assert_cmpint (cr_date_years_between (rows[i].from, rows[i].to), ==, rows[i].months / 12);
  }
}

static void
test_iso (void)
{
  static const struct {
    const char *text;
    CrDate date;
  } good[] = {
    { "", { 0, 0, 0 } },
    { "1961-03-14", { 1961, 3, 14 } },
    { "1998-06", { 1998, 6, 0 } },
    { "1998", { 1998, 0, 0 } },
    { "2024-02-29", { 2024, 2, 29 } },
    { "0001-01-01", { 1, 1, 1 } },
    { "9999-12-31", { 9999, 12, 31 } },
  };
  static const char *const bad[] = { "0000",       "1998-",      "1998-00",     "1998-13",    "1998-6",
                                     "1998-06-",   "1998-06-00", "1998-06-31",  "2026-02-29", "1998-06-01 ",
                                     " 1998",      "98",         "19980601",    "1998/06/01", "-998-01-01",
                                     "1998-06-1x", "١٩٩٨",       "1998-06-01T0" };
  CrDate date;
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autofree char *text = cr_date_to_iso (good[i].date);
    g_assert_cmpstr (text, ==, good[i].text);
    g_assert_true (cr_date_from_iso (good[i].text, &date));
    g_assert_cmpint (cr_date_compare (date, good[i].date), ==, 0);
    assert_date (date, good[i].date);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    date = CR_DATE (1, 1, 1);
    g_assert_false (cr_date_from_iso (bad[i], &date));
    g_assert_false (cr_date_is_set (date));
  }
  g_assert_true (cr_date_from_iso (NULL, &date));
  g_assert_false (cr_date_is_set (date));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/civil/days-round-trip", test_days_round_trip);
  g_test_add_func ("/civil/days-edges", test_days_edges);
  g_test_add_func ("/civil/states", test_states);
  g_test_add_func ("/civil/compare", test_compare);
  g_test_add_func ("/civil/add", test_add);
  g_test_add_func ("/civil/between", test_between);
  g_test_add_func ("/civil/iso", test_iso);
  return g_test_run ();
}
