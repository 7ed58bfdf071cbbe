/* On which days a series has its visits: daily, weekly, monthly, n-th weekday; leap days, year ends, words.
 */
#include "chartroom/domain/series-rules.h"
#include <string.h>

typedef struct {
  CrSeries rule;
  const char *dates; /* ISO, a space between */
  const char *words;
} Case;

#define NONE .month_day = CR_INT_NONE, .nth = CR_INT_NONE, .weekday = CR_INT_NONE
#define TIMES(n) .count = (n)
#define UNTIL(y, m, d) .count = CR_INT_NONE, .until_on = { y, m, d }

static const Case CASES[] = {
  { { .rule = CR_SERIES_DAILY, .every = 1, .start_on = { 2026, 12, 30 }, TIMES (4), NONE },
    "2026-12-30 2026-12-31 2027-01-01 2027-01-02",
    "Every day, 4 visits" },
  { { .rule = CR_SERIES_DAILY, .every = 3, .start_on = { 2028, 2, 26 }, UNTIL (2028, 3, 3), NONE },
    "2028-02-26 2028-02-29 2028-03-03",
    "Every 3 days, until Mar 03, 2028" },
  { { .rule = CR_SERIES_WEEKLY, .every = 1, .start_on = { 2026, 11, 24 }, TIMES (3), NONE },
    "2026-11-24 2026-12-01 2026-12-08",
    "Every week on Tue, 3 visits" },
  { { .rule = CR_SERIES_WEEKLY,
      .every = 2,
      .weekdays = (char *)"14",
      .start_on = { 2026, 11, 24 },
      TIMES (4),
      NONE },
    "2026-11-26 2026-12-07 2026-12-10 2026-12-21",
    "Every 2 weeks on Mon, Thu, 4 visits" },
  { { .rule = CR_SERIES_WEEKLY,
      .every = 1,
      .weekdays = (char *)"7",
      .start_on = { 2026, 10, 25 },
      TIMES (2),
      NONE },
    "2026-10-25 2026-11-01", /* over the autumn night */
    "Every week on Sun, 2 visits" },
  { { .rule = CR_SERIES_MONTHLY,
      .every = 1,
      .month_day = 31,
      .nth = CR_INT_NONE,
      .start_on = { 2026, 12, 1 },
      TIMES (4) },
    "2026-12-31 2027-01-31 2027-02-28 2027-03-31",
    "Every month on day 31, or the month's last, 4 visits" },
  { { .rule = CR_SERIES_MONTHLY, .every = 12, .start_on = { 2028, 2, 29 }, TIMES (3), NONE },
    "2028-02-29 2029-02-28 2030-02-28",
    "Every 12 months on day 29, or the month's last, 3 visits" },
  { { .rule = CR_SERIES_MONTHLY_NTH,
      .every = 1,
      .nth = 2,
      .weekday = 2,
      .month_day = CR_INT_NONE,
      .start_on = { 2026, 11, 24 },
      TIMES (3) },
    "2026-12-08 2027-01-12 2027-02-09",
    "Every month on the second Tue, 3 visits" },
  { { .rule = CR_SERIES_MONTHLY_NTH,
      .every = 1,
      .nth = -1,
      .weekday = 5,
      .month_day = CR_INT_NONE,
      .start_on = { 2026, 11, 1 },
      UNTIL (2027, 2, 26) },
    "2026-11-27 2026-12-25 2027-01-29 2027-02-26",
    "Every month on the last Fri, until Feb 26, 2027" },
  { { .rule = CR_SERIES_MONTHLY_NTH,
      .every = 1,
      .nth = 5,
      .weekday = 1,
      .month_day = CR_INT_NONE,
      .start_on = { 2026, 11, 1 },
      TIMES (3) },
    "2026-11-30 2027-03-29 2027-05-31", /* months without a fifth Monday have none */
    "Every month on the fifth Mon, 3 visits" },
  { { .rule = CR_SERIES_MONTHLY_NTH,
      .every = 6,
      .nth = 1,
      .weekday = 7,
      .month_day = CR_INT_NONE,
      .start_on = { 2026, 11, 2 },
      TIMES (2) },
    "2027-05-02 2027-11-07", /* the first one of November has passed */
    "Every 6 months on the first Sun, 2 visits" },
};

static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GArray) dates = cr_series_dates (&CASES[i].rule);
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *words = cr_series_words (&CASES[i].rule);
    g_assert_null (cr_series_problem (&CASES[i].rule));
    for (guint k = 0; k < dates->len; k++) {
      g_autofree char *iso = cr_date_to_iso (g_array_index (dates, CrDate, k));
      g_string_append_printf (text, "%s%s", k > 0 ? " " : "", iso);
    }
    g_assert_cmpstr (text->str, ==, CASES[i].dates);
    g_assert_cmpstr (words, ==, CASES[i].words);
  }
}

static void
test_problems (void)
{
  static const struct {
    CrSeries rule;
    const char *says;
  } WRONG[] = {
    { { .rule = CR_SERIES_DAILY, .every = 1, TIMES (2), NONE }, "first visit" },
    { { .rule = CR_SERIES_DAILY, .every = 0, .start_on = { 2026, 11, 24 }, TIMES (2), NONE }, "how often" },
    { { .rule = CR_SERIES_WEEKLY,
        .every = 1,
        .weekdays = (char *)"",
        .start_on = { 2026, 11, 24 },
        TIMES (2),
        NONE },
      "day of the week" },
    { { .rule = CR_SERIES_MONTHLY_NTH,
        .every = 1,
        .nth = 6,
        .weekday = 1,
        .start_on = { 2026, 11, 24 },
        TIMES (2) },
      "day of the month" },
    { { .rule = CR_SERIES_DAILY, .every = 1, .start_on = { 2026, 11, 24 }, .count = CR_INT_NONE, NONE },
      "when it ends" },
    { { .rule = CR_SERIES_DAILY, .every = 1, .start_on = { 2026, 11, 24 }, UNTIL (2026, 11, 23), NONE },
      "before the first" },
    { { .rule = CR_SERIES_DAILY, .every = 1, .start_on = { 2026, 11, 24 }, TIMES (201), NONE },
      "at most 200" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    g_autofree char *problem = cr_series_problem (&WRONG[i].rule);
    g_autoptr (GArray) dates = cr_series_dates (&WRONG[i].rule);
    g_assert_nonnull (problem);
    g_assert_nonnull (strstr (problem, WRONG[i].says));
    g_assert_cmpuint (dates->len, ==, 0);
  }
}

/* Any rule: in order, each once, not before the first day, not after the last one, as many as were asked. */
static void
test_any (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  for (int i = 0; i < 20000; i++) {
    gboolean counted = g_rand_boolean (dice);
    CrDate start = cr_date_add_days (CR_DATE (2026, 1, 1), g_rand_int_range (dice, 0, 1500));
    CrSeries s = { .rule = g_rand_int_range (dice, 0, 4),
                   .every = g_rand_int_range (dice, 1, 14),
                   .month_day = g_rand_int_range (dice, 1, 32),
                   .nth = g_rand_boolean (dice) ? -1 : g_rand_int_range (dice, 1, 6),
                   .weekday = g_rand_int_range (dice, 1, 8),
                   .weekdays = (char *)(g_rand_boolean (dice) ? "25" : NULL),
                   .start_on = start,
                   .until_on =
                       counted ? (CrDate){ 0 } : cr_date_add_days (start, g_rand_int_range (dice, 0, 900)),
                   .count = counted ? g_rand_int_range (dice, 1, 18) : CR_INT_NONE };
    g_autoptr (GArray) dates = cr_series_dates (&s);
    g_assert_true (dates->len <= CR_SERIES_MOST && (!counted || dates->len <= s.count));
    g_assert_true (!counted || s.rule == CR_SERIES_MONTHLY_NTH || dates->len == s.count);
    for (guint k = 0; k < dates->len; k++) {
      CrDate date = g_array_index (dates, CrDate, k);
      g_assert_true (cr_date_is_valid (date) && cr_date_compare (date, start) >= 0);
      g_assert_true (counted || cr_date_compare (date, s.until_on) <= 0);
      g_assert_true (k == 0 || cr_date_compare (g_array_index (dates, CrDate, k - 1), date) < 0);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series-rules/dates", test_dates);
  g_test_add_func ("/series-rules/problems", test_problems);
  g_test_add_func ("/series-rules/any", test_any);
  return g_test_run ();
}
