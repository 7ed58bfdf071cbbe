/* What a person types into a date or time field: every example of the date field's table, and its grammar.
 * Today is Sun Nov 22, 2026 throughout. */
#include "chartroom/base/civil.h"
#include "chartroom/base/error.h"

static const CrDate TODAY = { 2026, 11, 22 };

/* What came out, as text: "2026-11-29", "A or B", "unknown", "" for blank, or "! " and the message. */
static char *
read_date (const char *typed, CrDateLean lean, CrDate base)
{
  CrDateReading reading;
  g_autoptr (GError) error = NULL;
  if (!cr_date_parse (typed, TODAY, lean, base, &reading, &error)) {
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
    g_assert_false (cr_date_is_set (reading.date) || cr_date_is_set (reading.other) || reading.unknown);
    return g_strconcat ("! ", error->message, NULL);
  }
  g_assert_no_error (error);
  if (reading.unknown)
    return g_strdup (cr_date_is_set (reading.date) ? "unknown and set" : "unknown");
  g_assert_true (!cr_date_is_set (reading.date) || cr_date_is_valid (reading.date));

  g_autofree char *date = cr_date_to_iso (reading.date);
  g_autofree char *other = cr_date_to_iso (reading.other);
  return *other == '\0' ? g_steal_pointer (&date) : g_strdup_printf ("%s or %s", date, other);
}

typedef struct {
  const char *typed, *future, *past, *birth; /* NULL: as the one before */
} Row;

static void
check_reading (const char *typed, CrDateLean lean, const char *want)
{
  static const char *const leans[] = { "future", "past", "birth" };
  g_autofree char *got = read_date (typed, lean, CR_DATE_NONE);
  if (g_strcmp0 (got, want) != 0)
    g_error ("“%s” (%s) reads as “%s”, not “%s”", typed, leans[lean], got, want);
}

static void
check_rows (const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    const char *past = rows[i].past != NULL ? rows[i].past : rows[i].future;
    check_reading (rows[i].typed, CR_DATE_FUTURE, rows[i].future);
    check_reading (rows[i].typed, CR_DATE_PAST, past);
    check_reading (rows[i].typed, CR_DATE_BIRTH, rows[i].birth != NULL ? rows[i].birth : past);
  }
}

/* The table of the date field, row by row. */
static void
test_table (void)
{
  static const Row rows[] = {
    { "t", "2026-11-22" },
    { "today", "2026-11-22" },
    { ".", "2026-11-22" },
    { "t+7", "2026-11-29" },
    { "t+1w", "2026-11-29" },
    { "+7", "2026-11-29" },
    { "t-3", "2026-11-19" },
    { "yest", "2026-11-21" },
    { "tom", "2026-11-23" },
    { "3w", "2026-12-13", "2026-11-01" },
    { "+6m", "2027-05-22" },
    { "6m", "2027-05-22", "2026-05-22" },
    { "-2y", "2024-11-22" },
    { "mon", "2026-11-23", "2026-11-16" },
    { "next fri", "2026-11-27" },
    { "eom", "2026-11-30" },
    { "12/5", "2026-12-05", "2025-12-05" },
    { "12/5/60", "2060-12-05", "1960-12-05" },
    { "12/5/25", "2025-12-05", "2025-12-05", "2025-12-05 or 1925-12-05" },
    { "120560", "2060-12-05", "1960-12-05" },
    { "12051960", "1960-12-05" },
    { "12-5-1960", "1960-12-05" },
    { "12.5.60", "2060-12-05", "1960-12-05" },
    { "5 dec 60", "2060-12-05", "1960-12-05" },
    { "dec 5 1960", "1960-12-05" },
    { "1960-12-05", "1960-12-05" },
    { "31/12/60", "2060-12-31", "1960-12-31" },
    { "2/30/26", "! February 2026 has 28 days." },
    { "1998", "1998" },
    { "jun 98", "2098-06", "1998-06" },
    { "6/98", "2098-06", "1998-06" },
    { "unk", "unknown" },
    { "?", "unknown" },
  };
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_counting (void)
{
  static const Row rows[] = {
    { "t7", "2026-11-29", "2026-11-15" },
    { ".+3", "2026-11-25" },
    { "today - 2 weeks", "2026-11-08" },
    { "T + 1 W", "2026-11-29" },
    { "−3", "2026-11-19" },
    { "7", "2026-11-29", "2026-11-15" },
    { "90", "2027-02-20", "2026-08-24" },
    { "10 days", "2026-12-02", "2026-11-12" },
    { "1 yr", "2027-11-22", "2025-11-22" },
    { "2 mos", "2027-01-22", "2026-09-22" },
    { "+3m", "2027-02-22" },
    { "t+0", "2026-11-22" },
    { "+99999999", "! A date must lie between the years 1800 and 2200." },
    { "-99999y", "! A date must lie between the years 1800 and 2200." },
    { "+175y", "! A date must lie between the years 1800 and 2200." },
    { "+174y", "2200-11-22" },
  };
  check_rows (rows, G_N_ELEMENTS (rows));
}

/* With a value in the field a signed count starts there; "t" is always today. */
static void
test_counting_from_value (void)
{
  static const struct {
    const char *typed;
    CrDate base;
    const char *want;
  } rows[] = {
    { "+7", { 2027, 1, 10 }, "2027-01-17" },  { "-1m", { 2027, 3, 31 }, "2027-02-28" },
    { "+1m", { 2027, 1, 31 }, "2027-02-28" }, { "+1y", { 2024, 2, 29 }, "2025-02-28" },
    { "t+7", { 2027, 1, 10 }, "2026-11-29" }, { "2w", { 2027, 1, 10 }, "2026-12-06" },
    { "+7", { 2027, 1, 0 }, "2026-11-29" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *got = read_date (rows[i].typed, CR_DATE_FUTURE, rows[i].base);
    g_assert_cmpstr (got, ==, rows[i].want);
  }
}

static void
test_weekdays (void)
{
  static const Row rows[] = {
    { "sun", "2026-11-29", "2026-11-15" },
    { "Saturday", "2026-11-28", "2026-11-21" },
    { "thurs", "2026-11-26", "2026-11-19" },
    { "tues", "2026-11-24", "2026-11-17" },
    { "next sun", "2026-11-29" },
    { "last mon", "2026-11-16" },
    { "last sun", "2026-11-15" },
    { "Mon Nov 23, 2026", "2026-11-23" },
    { "sun 22-Nov-2026", "2026-11-22" },
    { "Tue Nov 23, 2026", "! Nov 23, 2026 is a Monday." },
    { "sat 12/5/25", "! Dec 05, 2025 is a Friday.", NULL, "1925-12-05" },
    { "fri 12/5/25", "2025-12-05" },
    { "mon jun 98", "2098-06", "1998-06" },
  };
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_forms (void)
{
  static const Row rows[] = {
    { "", "" },
    { "   ", "" },
    { "Dec 5, 1960", "1960-12-05" },
    { "Dec 05, 1960", "1960-12-05" },
    { "December 5th 1960", "! “December 5th 1960” is not a date. Type it as mm/dd/yyyy, or t for today." },
    { "05-Dec-1960", "1960-12-05" },
    { "5dec60", "2060-12-05", "1960-12-05" },
    { "DEC 5", "2026-12-05", "2025-12-05" },
    { "5 dec", "2026-12-05", "2025-12-05" },
    { "sept 1 2020", "2020-09-01" },
    { "12 5 1960", "1960-12-05" },
    { "12 / 5 / 1960", "1960-12-05" },
    { "\302\24012/5/1960\n", "1960-12-05" },
    { "1960/12/5", "1960-12-05" },
    { "1998-06", "1998-06" },
    { "06/1998", "1998-06" },
    { "june 1998", "1998-06" },
    { "31121960", "1960-12-31" },
    { "13/2", "2027-02-13", "2026-02-13" },
    { "unknown", "unknown" },
    { "yesterday", "2026-11-21" },
    { "tomorrow", "2026-11-23" },
  };
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_years (void)
{
  static const Row rows[] = {
    { "11/22", "2026-11-22" }, /* today serves both directions */
    { "11/23", "2026-11-23", "2025-11-23" },
    { "11/21", "2027-11-21", "2026-11-21" },
    { "2/29", "2028-02-29", "2024-02-29" },
    { "11/22/26", "2026-11-22", "2026-11-22", "2026-11-22 or 1926-11-22" },
    { "11/23/26", "2026-11-23", "1926-11-23" },                           /* tomorrow cannot be a birthday */
    { "1/1/16", "2016-01-01", "2016-01-01", "2016-01-01 or 1916-01-01" }, /* 110 y */
    { "11/22/15", "2015-11-22" },                                         /* 111 y is past the limit */
    { "11/23/15", "2015-11-23", "2015-11-23", "2015-11-23 or 1915-11-23" },
    { "2/29/24", "2024-02-29", "2024-02-29", "2024-02-29 or 1924-02-29" },
    { "2/29/00", "2000-02-29" },
    { "12/5/2060", "2060-12-05" }, /* four digits are taken at their word */
  };
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_errors (void)
{
  static const Row rows[] = {
    { "2/30", "! February has at most 29 days." },
    { "4/31", "! April has at most 30 days." },
    { "2/29/2026", "! February 2026 has 28 days." },
    { "2/30/24", "! February 2024 has 29 days." },
    { "4/31/1998", "! April 1998 has 30 days." },
    { "12/45/1960", "! December 1960 has 31 days." },
    { "feb 30 1998", "! February 1998 has 28 days." },
    { "1998-02-30", "! February 1998 has 28 days." },
    { "13/13/60", "! There is no month 13." },
    { "0/5/60", "! There is no month 0." },
    { "1998-13", "! There is no month 13." },
    { "1998-13-01", "! There is no month 13." },
    { "12/0/60", "! There is no day 0." },
    { "dec 5 6", "! Type the year with two or four digits." },
    { "12/5/196", "! Type the year with two or four digits." },
    { "12/5/19601", "! Type the year with two or four digits." },
    { "1799", "! A date must lie between the years 1800 and 2200." },
    { "12/5/2201", "! A date must lie between the years 1800 and 2200." },
    { "0000-01-01", "! A date must lie between the years 1800 and 2200." },
    { "Soon", "! “Soon” is not a date. Type it as mm/dd/yyyy, or t for today." },
    { "the last time she came in for the flu shot",
      "! “the last time she came in for…” is not a date. Type it as mm/dd/yyyy, or t for today." },
    { "<b>", "! “<b>” is not a date. Type it as mm/dd/yyyy, or t for today." },
  };
  static const char *const not_dates[] = { "12/",   "/12/5", "12/5/60/1", "jun",      "12345",  "1234567",
                                           "t+",    "+",     "next",      "next dec", "3x",     "mo",
                                           "12:30", "1e5",   "t+1w2",     "dec dec",  "%s%n%d", "\xff\xfe" };
  check_rows (rows, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (not_dates); i++) {
    g_autofree char *got = read_date (not_dates[i], CR_DATE_PAST, CR_DATE_NONE);
    if (g_strstr_len (got, -1, "is not a date.") == NULL)
      g_error ("“%s” reads as “%s”", not_dates[i], got);
  }
}

static void
test_day_first (void)
{
  static const Row rows[] = {
    { "5/12/1960", "1960-12-05" },
    { "5/12", "2026-12-05", "2025-12-05" },
    { "051260", "2060-12-05", "1960-12-05" },
    { "12/31/1960", "1960-12-31" },
    { "1960-12-05", "1960-12-05" },
    { "dec 5 1960", "1960-12-05" },
    { "6/98", "2098-06", "1998-06" },
    { "Soon", "! “Soon” is not a date. Type it as dd/mm/yyyy, or t for today." },
  };
  cr_date_set_day_first (TRUE);
  check_rows (rows, G_N_ELEMENTS (rows));
  cr_date_set_day_first (FALSE);
}

/* What the program shows it also reads, in both styles. */
static void
test_reads_own_display (void)
{
  char *(*const formats[]) (CrDate) = { cr_date_to_iso, cr_date_format, cr_date_format_weekday,
                                        cr_date_format_long };
  for (int style = CR_DATE_STYLE_US; style <= CR_DATE_STYLE_CUI; style++)
    for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
      for (int month = 1; month <= 12; month++) {
        cr_date_set_style ((CrDateStyle)style);
        g_autofree char *shown = formats[f](CR_DATE (1961, (guint8)month, (guint8)(month + 2)));
        cr_date_set_style (CR_DATE_STYLE_US);
        g_autofree char *want = g_strdup_printf ("1961-%02d-%02d", month, month + 2);
        check_reading (shown, CR_DATE_BIRTH, want);
      }
}

static char *
read_minute (const char *typed)
{
  int minute;
  g_autoptr (GError) error = NULL;
  if (cr_minute_parse (typed, 10 * 60 + 5, &minute, &error))
    return minute == CR_MINUTE_NONE ? g_strdup ("") : g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_cmpint (minute, ==, CR_MINUTE_NONE);
  return g_strconcat ("! ", error->message, NULL);
}

static void
test_times (void)
{
  static const struct {
    const char *typed, *want;
  } rows[] = {
    { "9", "09:00" },
    { "930", "09:30" },
    { "9:30", "09:30" },
    { "9a", "09:00" },
    { "2p", "14:00" },
    { "14:30", "14:30" },
    { "now", "10:05" },
    { "+20", "10:25" },
    { "1", "13:00" },
    { "6", "18:00" },
    { "7", "07:00" },
    { "130", "13:30" },
    { "6:59", "18:59" },
    { "6a", "06:00" },
    { "6:30 a.m.", "06:30" },
    { "2:30 PM", "14:30" },
    { "2:30\302\240PM", "14:30" },
    { "1430", "14:30" },
    { "12", "12:00" },
    { "12a", "00:00" },
    { "12p", "12:00" },
    { "noon", "12:00" },
    { "06:00", "06:00" },
    { "0130", "01:30" },
    { "0:30", "00:30" },
    { "23:59", "23:59" },
    { "-5", "10:00" },
    { "9.30", "09:30" },
    { "", "" },
    { " 9 ", "09:00" },
    { "9p.", "21:00" },
    { "24:00", "! “24:00” is not a time. Type it as 9:30, 2p or 14:30." },
    { "9:60", "! “9:60” is not a time. Type it as 9:30, 2p or 14:30." },
    { "9:3", "! “9:3” is not a time. Type it as 9:30, 2p or 14:30." },
    { "13p", "! “13p” is not a time. Type it as 9:30, 2p or 14:30." },
    { "0a", "! “0a” is not a time. Type it as 9:30, 2p or 14:30." },
    { "9x", "! “9x” is not a time. Type it as 9:30, 2p or 14:30." },
    { "12345", "! “12345” is not a time. Type it as 9:30, 2p or 14:30." },
    { "+", "! “+” is not a time. Type it as 9:30, 2p or 14:30." },
    { "Lunch", "! “Lunch” is not a time. Type it as 9:30, 2p or 14:30." },
    { "+900", "! “+900” is not a time of today." },
    { "-606", "! “-606” is not a time of today." },
    { "+99999999999", "! “+99999999999” is not a time. Type it as 9:30, 2p or 14:30." },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *got = read_minute (rows[i].typed);
    if (g_strcmp0 (got, rows[i].want) != 0)
      g_error ("“%s” reads as “%s”, not “%s”", rows[i].typed, got, rows[i].want);
  }
}

static void
test_times_read_own_display (void)
{
  for (int hours_24 = 0; hours_24 <= 1; hours_24++)
    for (int minute = 0; minute < 24 * 60; minute++) {
      cr_minute_set_24_hour (hours_24);
      g_autofree char *shown = cr_minute_format (minute);
      cr_minute_set_24_hour (FALSE);
      int read;
      g_assert_true (cr_minute_parse (shown, 0, &read, NULL));
      g_assert_cmpint (read, ==, minute);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/civil-parse/table", test_table);
  g_test_add_func ("/civil-parse/counting", test_counting);
  g_test_add_func ("/civil-parse/counting-from-value", test_counting_from_value);
  g_test_add_func ("/civil-parse/weekdays", test_weekdays);
  g_test_add_func ("/civil-parse/forms", test_forms);
  g_test_add_func ("/civil-parse/years", test_years);
  g_test_add_func ("/civil-parse/errors", test_errors);
  g_test_add_func ("/civil-parse/day-first", test_day_first);
  g_test_add_func ("/civil-parse/reads-own-display", test_reads_own_display);
  g_test_add_func ("/civil-parse/times", test_times);
  g_test_add_func ("/civil-parse/times-read-own-display", test_times_read_own_display);
  return g_test_run ();
}
