/* Dates, times and ages as a person reads them. */
#include "chartroom/base/civil.h"

typedef struct {
  CrDate date;
  const char *us, *cui;
} DateRow;

static void
check_rows (char *(*format) (CrDate), const DateRow *rows, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *us = format (rows[i].date);
    g_assert_cmpstr (us, ==, rows[i].us);
    cr_date_set_style (CR_DATE_STYLE_CUI);
    g_autofree char *cui = format (rows[i].date);
    cr_date_set_style (CR_DATE_STYLE_US);
    g_assert_cmpstr (cui, ==, rows[i].cui);
  }
}

static void
test_plain (void)
{
  static const DateRow rows[] = {
    { { 1961, 3, 14 }, "Mar 14, 1961", "14-Mar-1961" }, { { 2026, 12, 5 }, "Dec 05, 2026", "05-Dec-2026" },
    { { 1998, 6, 0 }, "Jun 1998", "Jun-1998" },         { { 1998, 0, 0 }, "1998", "1998" },
    { { 0, 0, 0 }, "Not recorded", "Not recorded" },
  };
  check_rows (cr_date_format, rows, G_N_ELEMENTS (rows));
}

static void
test_weekday (void)
{
  static const DateRow rows[] = {
    { { 2026, 11, 23 }, "Mon Nov 23, 2026", "Mon 23-Nov-2026" },
    { { 2024, 2, 29 }, "Thu Feb 29, 2024", "Thu 29-Feb-2024" },
    { { 1998, 6, 0 }, "Jun 1998", "Jun-1998" },
    { { 0, 0, 0 }, "Not recorded", "Not recorded" },
  };
  check_rows (cr_date_format_weekday, rows, G_N_ELEMENTS (rows));
}

static void
test_short (void)
{
  static const DateRow rows[] = {
    { { 2026, 11, 23 }, "Nov 23", "23-Nov" },
    { { 2026, 8, 3 }, "Aug 03", "03-Aug" },
    { { 1998, 6, 0 }, "Jun 1998", "Jun-1998" },
  };
  check_rows (cr_date_format_short, rows, G_N_ELEMENTS (rows));
}

static void
test_long (void)
{
  static const DateRow rows[] = {
    { { 2026, 11, 23 }, "November 23, 2026", "23 November 2026" },
    { { 2026, 5, 1 }, "May 1, 2026", "1 May 2026" },
    { { 1998, 6, 0 }, "June 1998", "June 1998" },
    { { 1998, 0, 0 }, "1998", "1998" },
    { { 0, 0, 0 }, "Not recorded", "Not recorded" },
  };
  check_rows (cr_date_format_long, rows, G_N_ELEMENTS (rows));
}

static void
test_near (void)
{
  const CrDate today = CR_DATE (2026, 11, 22);
  static const struct {
    int days;
    const char *text;
  } rows[] = {
    { 0, "Sun Nov 22, 2026" },   { 14, "Sun Dec 06, 2026" }, { 15, "Dec 07, 2026" },
    { -14, "Sun Nov 08, 2026" }, { -15, "Nov 07, 2026" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = cr_date_format_near (cr_date_add_days (today, rows[i].days), today);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
  g_autofree char *partial = cr_date_format_near (CR_DATE (2026, 11, 0), today);
  g_assert_cmpstr (partial, ==, "Nov 2026");
}

static void
test_distance (void)
{
  const CrDate today = CR_DATE (2026, 11, 22);
  static const struct {
    CrDate date;
    const char *text;
  } rows[] = {
    { { 2026, 11, 22 }, "today" },
    { { 2026, 11, 23 }, "tomorrow" },
    { { 2026, 11, 21 }, "yesterday" },
    { { 2026, 11, 24 }, "in 2 days" },
    { { 2026, 11, 29 }, "in 1 week" },
    { { 2026, 12, 13 }, "in 3 weeks" },
    { { 2026, 11, 15 }, "1 week ago" },
    { { 2026, 11, 2 }, "20 days ago" },
    { { 2027, 5, 22 }, "in 6 months" },
    { { 2024, 11, 22 }, "2 years ago" },
    { { 2024, 11, 23 }, "23 months ago" },
    { { 2026, 0, 0 }, "" },
    { { 0, 0, 0 }, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = cr_date_format_distance (rows[i].date, today);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
test_minute (void)
{
  static const struct {
    int minute;
    const char *us, *hours_24;
  } rows[] = {
    { 0, "12:00 AM", "00:00" },       { 9 * 60 + 5, "9:05 AM", "09:05" },
    { 12 * 60, "12:00 PM", "12:00" }, { 14 * 60 + 30, "2:30 PM", "14:30" },
    { 1439, "11:59 PM", "23:59" },    { 1440, "12:00 AM", "24:00" },
    { CR_MINUTE_NONE, "", "" },       { 1441, "", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *us = cr_minute_format (rows[i].minute);
    g_assert_cmpstr (us, ==, rows[i].us);
    cr_minute_set_24_hour (TRUE);
    g_autofree char *hours_24 = cr_minute_format (rows[i].minute);
    cr_minute_set_24_hour (FALSE);
    g_assert_cmpstr (hours_24, ==, rows[i].hours_24);
  }
}

static void
test_age (void)
{
  static const struct {
    CrDate birth, on;
    const char *text;
  } rows[] = {
    { { 2026, 11, 22 }, { 2026, 11, 22 }, "0 d" },
    { { 2026, 11, 21 }, { 2026, 11, 22 }, "1 d" },
    { { 2026, 10, 26 }, { 2026, 11, 22 }, "27 d" },
    { { 2026, 10, 25 }, { 2026, 11, 22 }, "4 wk" },
    { { 2026, 10, 24 }, { 2026, 11, 22 }, "4 wk 1 d" },
    { { 2025, 12, 5 }, { 2026, 11, 22 }, "50 wk 2 d" },
    { { 2025, 11, 23 }, { 2026, 11, 22 }, "52 wk" },
    { { 2025, 11, 22 }, { 2026, 11, 22 }, "12 mo" },
    { { 2025, 11, 21 }, { 2026, 11, 22 }, "12 mo 1 d" },
    { { 2025, 10, 14 }, { 2026, 11, 22 }, "13 mo 8 d" },
    { { 2024, 11, 23 }, { 2026, 11, 22 }, "23 mo 30 d" },
    { { 2024, 11, 22 }, { 2026, 11, 22 }, "2 y" },
    { { 2022, 10, 22 }, { 2026, 11, 22 }, "4 y 1 mo" },
    { { 2008, 11, 23 }, { 2026, 11, 22 }, "17 y 11 mo" },
    { { 2008, 11, 22 }, { 2026, 11, 22 }, "18 y" },
    { { 1961, 3, 14 }, { 2026, 11, 22 }, "65 y" },
    { { 1925, 12, 5 }, { 2026, 11, 22 }, "100 y" },
    /* Born on Feb 29: a year older on Mar 1 of a common year. */
    { { 2024, 2, 29 }, { 2025, 2, 28 }, "52 wk 1 d" },
    { { 2024, 2, 29 }, { 2025, 3, 1 }, "12 mo" },
    { { 2024, 2, 29 }, { 2025, 3, 2 }, "12 mo 1 d" },
    { { 2008, 2, 29 }, { 2026, 2, 28 }, "17 y 11 mo" },
    { { 2008, 2, 29 }, { 2026, 3, 1 }, "18 y" },
    { { 2025, 1, 31 }, { 2026, 2, 28 }, "12 mo 28 d" },
    { { 2025, 1, 31 }, { 2026, 3, 1 }, "13 mo" },
    { { 2026, 11, 23 }, { 2026, 11, 22 }, "not born yet" },
    { { 1998, 0, 0 }, { 2026, 11, 22 }, "about 28 y" },
    { { 1998, 12, 0 }, { 2026, 11, 22 }, "about 27 y" },
    { { 0, 0, 0 }, { 2026, 11, 22 }, "Not recorded" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = cr_age_format (rows[i].birth, rows[i].on);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
test_corrected_age (void)
{
  static const struct {
    CrDate birth;
    int gestation;
    CrDate on;
    const char *text;
  } rows[] = {
    /* 32 weeks: term is 56 days after birth, on Feb 26, 2026. */
    { { 2026, 1, 1 }, 32 * 7, { 2026, 10, 15 }, "corrected 7 mo 2 wk" },
    { { 2026, 1, 1 }, 32 * 7, { 2026, 3, 26 }, "corrected 1 mo" },
    { { 2026, 1, 1 }, 32 * 7, { 2026, 3, 25 }, "corrected 3 wk 6 d" },
    { { 2026, 1, 1 }, 32 * 7, { 2026, 2, 26 }, "corrected 0 wk" },
    { { 2026, 1, 1 }, 32 * 7, { 2026, 2, 25 }, "not yet at term" },
    { { 2026, 1, 1 }, 32 * 7, { 2027, 12, 31 }, "corrected 22 mo" },
    { { 2026, 1, 1 }, 32 * 7, { 2028, 1, 1 }, "" },
    { { 2026, 1, 1 }, 32 * 7, { 2025, 12, 31 }, "" },
    { { 2026, 1, 1 }, 36 * 7 + 6, { 2026, 3, 1 }, "corrected 1 mo" },
    { { 2026, 1, 1 }, 37 * 7, { 2026, 3, 1 }, "" },
    { { 2026, 1, 1 }, 0, { 2026, 3, 1 }, "" },
    { { 2026, 1, 0 }, 32 * 7, { 2026, 3, 1 }, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = cr_age_format_corrected (rows[i].birth, rows[i].gestation, rows[i].on);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/civil-format/plain", test_plain);
  g_test_add_func ("/civil-format/weekday", test_weekday);
  g_test_add_func ("/civil-format/short", test_short);
  g_test_add_func ("/civil-format/long", test_long);
  g_test_add_func ("/civil-format/near", test_near);
  g_test_add_func ("/civil-format/distance", test_distance);
  g_test_add_func ("/civil-format/minute", test_minute);
  g_test_add_func ("/civil-format/age", test_age);
  g_test_add_func ("/civil-format/corrected-age", test_corrected_age);
  return g_test_run ();
}
