#include "chartroom/base/civil.h"
#include "civil-names.h"

#include <glib/gi18n.h>

/* Days of gestation. */
enum { PRETERM_BEFORE = 37 * 7, TERM = 40 * 7 };

static int date_style = CR_DATE_STYLE_US;
static int day_first;
static int hours_24;

static gboolean
is_us (void)
{
  return g_atomic_int_get (&date_style) == CR_DATE_STYLE_US;
}

static char *
amount (int n, const char *unit)
{
  return g_strdup_printf ("%d %s", n, unit);
}

/* The second unit is left out when it is zero: "4 wk", not "4 wk 0 d". */
static char *
two_amounts (int n, const char *unit, int rest, const char *rest_unit)
{
  g_autofree char *first = amount (n, unit);
  if (rest == 0)
    return g_steal_pointer (&first);
  g_autofree char *second = amount (rest, rest_unit);
  return g_strdup_printf ("%s %s", first, second);
}

/* Days since the last month of life was completed.  Where that month has no such day, it is completed on
 * the first of the next one, as a birthday on Feb 29 is on Mar 1. */
static int
days_into_month (CrDate birth, int months, CrDate on)
{
  CrDate anchor = cr_date_add_months (birth, months);
  if (anchor.day != birth.day)
    anchor = cr_date_add_days (anchor, 1);
  return cr_date_to_days (on) - cr_date_to_days (anchor);
}

static char *
format_age_days (CrDate birth, int months, CrDate on)
{
  int days = cr_date_to_days (on) - cr_date_to_days (birth);
  if (days < 28)
    return amount (days, _ ("d"));
  if (months < 12)
    return two_amounts (days / 7, _ ("wk"), days % 7, _ ("d"));
  return two_amounts (months, _ ("mo"), days_into_month (birth, months, on), _ ("d"));
}

/* The words of the echo under a date field: "3 weeks"; coarser, and rounded down, further away. */
static char *
distance_in_words (CrDate from, CrDate to)
{
  int days = cr_date_to_days (to) - cr_date_to_days (from), months = cr_date_months_between (from, to);
  if (months >= 24)
    return g_strdup_printf (ngettext ("%d year", "%d years", (gulong)months / 12), months / 12);
  if (months >= 2)
    return g_strdup_printf (ngettext ("%d month", "%d months", (gulong)months), months);
  if (days % 7 == 0)
    return g_strdup_printf (ngettext ("%d week", "%d weeks", (gulong)days / 7), days / 7);
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong)days), days);
}

void
cr_date_set_style (CrDateStyle style)
{
  g_atomic_int_set (&date_style, (int)style);
}

void
cr_date_set_day_first (gboolean first)
{
  g_atomic_int_set (&day_first, first);
}

gboolean
cr_date_day_first (void)
{
  return g_atomic_int_get (&day_first);
}

void
cr_minute_set_24_hour (gboolean on)
{
  g_atomic_int_set (&hours_24, on);
}

char *
cr_date_format (CrDate d)
{
  if (!cr_date_is_set (d))
    return g_strdup (_ ("Not recorded"));
  if (d.month == 0)
    return g_strdup_printf ("%04d", d.year);

  const char *month = cr_month_name (d.month, FALSE);
  if (d.day == 0)
    return g_strdup_printf (is_us () ? "%s %04d" : "%s-%04d", month, d.year);
  if (is_us ())
    return g_strdup_printf (C_ ("month, day, year", "%s %02d, %04d"), month, d.day, d.year);
  return g_strdup_printf ("%02d-%s-%04d", d.day, month, d.year);
}

char *
cr_date_format_weekday (CrDate d)
{
  g_autofree char *date = cr_date_format (d);
  if (!cr_date_is_full (d))
    return g_steal_pointer (&date);
  return g_strdup_printf ("%s %s", cr_weekday_name (cr_date_weekday (d), FALSE), date);
}

char *
cr_date_format_short (CrDate d)
{
  if (!cr_date_is_full (d))
    return cr_date_format (d);
  const char *month = cr_month_name (d.month, FALSE);
  if (is_us ())
    return g_strdup_printf (C_ ("month, day", "%s %02d"), month, d.day);
  return g_strdup_printf ("%02d-%s", d.day, month);
}

char *
cr_date_format_long (CrDate d)
{
  if (!cr_date_is_set (d) || d.month == 0)
    return cr_date_format (d);
  const char *month = cr_month_name (d.month, TRUE);
  if (d.day == 0)
    return g_strdup_printf ("%s %04d", month, d.year);
  if (is_us ())
    return g_strdup_printf (C_ ("month, day, year", "%s %d, %04d"), month, d.day, d.year);
  return g_strdup_printf ("%d %s %04d", d.day, month, d.year);
}

char *
cr_date_format_near (CrDate d, CrDate today)
{
  if (!cr_date_is_full (d) || !cr_date_is_full (today))
    return cr_date_format (d);
  int days = cr_date_to_days (d) - cr_date_to_days (today);
  return ABS (days) <= 14 ? cr_date_format_weekday (d) : cr_date_format (d);
}

char *
cr_date_format_distance (CrDate d, CrDate today)
{
  if (!cr_date_is_full (d) || !cr_date_is_full (today))
    return g_strdup ("");
  int days = cr_date_to_days (d) - cr_date_to_days (today);
  if (days == 0)
    return g_strdup (_ ("today"));
  if (days == 1)
    return g_strdup (_ ("tomorrow"));
  if (days == -1)
    return g_strdup (_ ("yesterday"));
  g_autofree char *words = days > 0 ? distance_in_words (today, d) : distance_in_words (d, today);
  return g_strdup_printf (days > 0 ? _ ("in %s") : _ ("%s ago"), words);
}

char *
cr_minute_format (int minute)
{
  if (minute < 0 || minute > 24 * 60)
    return g_strdup ("");
  int hour = minute / 60 % 24;
  if (g_atomic_int_get (&hours_24))
    return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
  return g_strdup_printf ("%d:%02d %s", hour % 12 == 0 ? 12 : hour % 12, minute % 60,
                          hour < 12 ? _ ("AM") : _ ("PM"));
}

char *
cr_age_format (CrDate birth, CrDate on)
{
  if (!cr_date_is_set (birth) || !cr_date_is_set (on))
    return g_strdup (_ ("Not recorded"));
  if (cr_date_compare (on, birth) < 0)
    return g_strdup (_ ("not born yet"));

  int months = cr_date_months_between (birth, on);
  if (!cr_date_is_full (birth) || !cr_date_is_full (on)) {
    g_autofree char *years = amount (months / 12, _ ("y"));
    return g_strdup_printf (_ ("about %s"), years);
  }
  if (months >= 18 * 12)
    return amount (months / 12, _ ("y"));
  if (months >= 2 * 12)
    return two_amounts (months / 12, _ ("y"), months % 12, _ ("mo"));
  return format_age_days (birth, months, on);
}

char *
cr_age_format_corrected (CrDate birth, int gestation, CrDate on)
{
  if (gestation <= 0 || gestation >= PRETERM_BEFORE || !cr_date_is_full (birth) || !cr_date_is_full (on) ||
      cr_date_compare (on, birth) < 0 || cr_date_years_between (birth, on) >= 2)
    return g_strdup ("");

  CrDate term = cr_date_add_days (birth, TERM - gestation);
  int days = cr_date_to_days (on) - cr_date_to_days (term);
  if (days < 0)
    return g_strdup (_ ("not yet at term"));
  int months = cr_date_months_between (term, on);
  g_autofree char *age =
      months > 0 ? two_amounts (months, _ ("mo"), days_into_month (term, months, on) / 7, _ ("wk"))
                 : two_amounts (days / 7, _ ("wk"), days % 7, _ ("d"));
  return g_strdup_printf (_ ("corrected %s"), age);
}
