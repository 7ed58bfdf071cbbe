#include "chartroom/domain/series-rules.h"
#include <glib/gi18n.h>

enum {
  WEEK = 7,
  SHORTEST_MONTH = 28,
  FARTHEST = 60,
  FAR_YEARS = 20
}; /* a rule that never meets a day again ends there */

/* ---- which days ---- */

static gboolean
is_over (const CrSeries *s, CrDate date, const GArray *dates)
{
  if (dates->len >= CR_SERIES_MOST || (s->count > 0 && dates->len >= s->count))
    return TRUE;
  return (cr_date_is_set (s->until_on) && cr_date_compare (date, s->until_on) > 0) ||
         date.year > s->start_on.year + FAR_YEARS;
}

static void
add_date (const CrSeries *s, CrDate date, GArray *dates)
{
  if (cr_date_compare (date, s->start_on) >= 0 && !is_over (s, date, dates))
    g_array_append_val (dates, date);
}

static void
add_daily (const CrSeries *s, GArray *dates)
{
  for (CrDate date = s->start_on; !is_over (s, date, dates); date = cr_date_add_days (date, (int)s->every))
    add_date (s, date, dates);
}

static void
add_weekly (const CrSeries *s, GArray *dates)
{
  int first = cr_date_weekday (s->start_on);
  CrDate monday = cr_date_add_days (s->start_on, 1 - first);
  for (; !is_over (s, monday, dates); monday = cr_date_add_days (monday, WEEK * (int)s->every))
    for (int weekday = 1; weekday <= WEEK; weekday++)
      if (s->weekdays != NULL ? cr_weekdays_have (s->weekdays, weekday) : weekday == first)
        add_date (s, cr_date_add_days (monday, weekday - 1), dates);
}

/* The n-th weekday of the month of `first`, its first day; −1 the last.  Absent when the month has none. */
static CrDate
nth_weekday (CrDate first, gint64 nth, gint64 weekday)
{
  int days = cr_date_days_in_month (first.year, first.month);
  int day = 1 + ((int)weekday - cr_date_weekday (first) + WEEK) % WEEK;
  if (nth > 0)
    day += WEEK * ((int)nth - 1);
  else
    day += WEEK * ((days - day) / WEEK);
  return day <= days ? CR_DATE (first.year, first.month, day) : (CrDate){ 0 };
}

static CrDate
day_of_month (const CrSeries *s, CrDate first)
{
  gint64 day = s->month_day != CR_INT_NONE ? s->month_day : s->start_on.day;
  return CR_DATE (first.year, first.month, (int)MIN (day, cr_date_days_in_month (first.year, first.month)));
}

static void
add_monthly (const CrSeries *s, GArray *dates)
{
  CrDate first = CR_DATE (s->start_on.year, s->start_on.month, 1);
  for (; !is_over (s, first, dates); first = cr_date_add_months (first, (int)s->every)) {
    CrDate date =
        s->rule == CR_SERIES_MONTHLY ? day_of_month (s, first) : nth_weekday (first, s->nth, s->weekday);
    if (cr_date_is_set (date))
      add_date (s, date, dates);
  }
}

/* ---- words ---- */

static char *
describe_weekdays (const CrSeries *s)
{
  static const char *const NAMES[] = { N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"),
                                       N_ ("Fri"), N_ ("Sat"), N_ ("Sun") };
  GString *text = g_string_new (NULL);
  for (int weekday = 1; weekday <= WEEK; weekday++)
    if (s->weekdays != NULL ? cr_weekdays_have (s->weekdays, weekday)
                            : weekday == cr_date_weekday (s->start_on))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ (NAMES[weekday - 1]));
  return g_string_free (text, FALSE);
}

static const char *
nth_word (gint64 nth)
{
  static const char *const WORDS[] = { N_ ("last"),   "",          N_ ("first"), N_ ("second"), N_ ("third"),
                                       N_ ("fourth"), N_ ("fifth") };
  return nth >= -1 && nth <= 5 && nth != 0 ? _ (WORDS[nth + 1]) : "";
}

static char *
describe_rule (const CrSeries *s)
{
  CrSeries single = { .weekdays = (char[]){ (char)('0' + CLAMP (s->weekday, 1, WEEK)), 0 } };
  g_autofree char *days = describe_weekdays (s->rule == CR_SERIES_MONTHLY_NTH ? &single : s);
  int every = (int)s->every;
  switch (s->rule) {
  case CR_SERIES_DAILY:
    return every == 1 ? g_strdup (_ ("Every day")) : g_strdup_printf (_ ("Every %d days"), every);
  case CR_SERIES_WEEKLY:
    return every == 1 ? g_strdup_printf (_ ("Every week on %s"), days)
                      : g_strdup_printf (_ ("Every %d weeks on %s"), every, days);
  case CR_SERIES_MONTHLY: {
    int day = (int)(s->month_day != CR_INT_NONE ? s->month_day : s->start_on.day);
    if (day > SHORTEST_MONTH)
      return every == 1 ? g_strdup_printf (_ ("Every month on day %d, or the month's last"), day)
                        : g_strdup_printf (_ ("Every %d months on day %d, or the month's last"), every, day);
    return every == 1 ? g_strdup_printf (_ ("Every month on day %d"), day)
                      : g_strdup_printf (_ ("Every %d months on day %d"), every, day);
  }
  default: /* Translators: "second", "Tue" */
    return every == 1 ? g_strdup_printf (_ ("Every month on the %s %s"), nth_word (s->nth), days)
                      : g_strdup_printf (_ ("Every %d months on the %s %s"), every, nth_word (s->nth), days);
  }
}

/* ---- public ---- */

char *
cr_series_problem (const CrSeries *s)
{
  gboolean nth = s->rule == CR_SERIES_MONTHLY_NTH;
  if (!cr_date_is_full (s->start_on) || !cr_date_is_valid (s->start_on))
    return g_strdup (_ ("Choose the day of the first visit."));
  if (s->every < 1 || s->every > FARTHEST)
    return g_strdup_printf (_ ("Say how often: every 1 to %d days, weeks or months."), FARTHEST);
  if (s->rule == CR_SERIES_WEEKLY && s->weekdays != NULL && s->weekdays[0] == '\0')
    return g_strdup (_ ("Choose at least one day of the week."));
  if (nth && (s->nth == 0 || s->nth < -1 || s->nth > 5 || s->weekday < 1 || s->weekday > WEEK))
    return g_strdup (_ ("Choose which day of the month: the first Monday, the last Friday …"));
  if (s->count < 1 && !cr_date_is_set (s->until_on))
    return g_strdup (_ ("Say when it ends: after so many visits, or on a day."));
  if (cr_date_is_set (s->until_on) && cr_date_compare (s->until_on, s->start_on) < 0)
    return g_strdup (_ ("The last day is before the first visit. Choose a later one."));
  if (s->count > CR_SERIES_MOST)
    return g_strdup_printf (_ ("A series has at most %d visits. Type a smaller number."), CR_SERIES_MOST);
  return NULL;
}

GArray *
cr_series_dates (const CrSeries *s)
{
  GArray *dates = g_array_new (FALSE, FALSE, sizeof (CrDate));
  g_autofree char *problem = cr_series_problem (s);
  if (problem != NULL)
    return dates;
  if (s->rule == CR_SERIES_DAILY)
    add_daily (s, dates);
  else if (s->rule == CR_SERIES_WEEKLY)
    add_weekly (s, dates);
  else
    add_monthly (s, dates);
  return dates;
}

char *
cr_series_words (const CrSeries *s)
{
  g_autofree char *rule = describe_rule (s);
  if (s->count > 0)
    return g_strdup_printf (s->count == 1 ? _ ("%s, %d visit") : _ ("%s, %d visits"), rule, (int)s->count);
  g_autofree char *until = cr_date_format (s->until_on);
  return g_strdup_printf (_ ("%s, until %s"), rule, until);
}
