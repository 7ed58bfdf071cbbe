#include "chartroom/base/civil.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

enum { YEAR_FIRST = 1, YEAR_LAST = 9999 };

static gboolean
is_leap (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 1970-01-01 to 1 January of `year`, by counting the leap days of the years before it. */
static gint32
days_before_year (int year)
{
  int y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400 - 719162;
}

static int
days_before_month (int year, int month)
{
  static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
  return before[month - 1] + (month > 2 && is_leap (year));
}

static guint32
sort_key (CrDate d)
{
  return (guint32)d.year << 16 | (guint32)d.month << 8 | d.day;
}

/* Exactly `count` digits at *text, which moves past them; -1 when they are not there. */
static int
take_digits (const char **text, int count)
{
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (!g_ascii_isdigit ((*text)[i]))
      return -1;
    value = value * 10 + ((*text)[i] - '0');
  }
  *text += count;
  return value;
}

/* "-NN" at *text, or 0 when the text has ended; -1 for anything else. */
static int
take_iso_part (const char **text)
{
  if (**text == '\0')
    return 0;
  if (**text != '-')
    return -1;
  (*text)++;
  int value = take_digits (text, 2);
  return value == 0 ? -1 : value;
}

gboolean
cr_date_is_set (CrDate d)
{
  return d.year != 0;
}

gboolean
cr_date_is_full (CrDate d)
{
  return d.year != 0 && d.month != 0 && d.day != 0;
}

gboolean
cr_date_is_valid (CrDate d)
{
  if (d.year < YEAR_FIRST || d.year > YEAR_LAST || d.month > 12)
    return FALSE;
  if (d.month == 0)
    return d.day == 0;
  return d.day <= cr_date_days_in_month (d.year, d.month);
}

int
cr_date_compare (CrDate a, CrDate b)
{
  /* An absent part counts as 1, so that 1998, Jun 1998 and Jun 01, 1998 fall where they begin. */
  CrDate *parts[] = { &a, &b };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (cr_date_is_set (*parts[i])) {
      parts[i]->month = MAX (parts[i]->month, 1);
      parts[i]->day = MAX (parts[i]->day, 1);
    }
  guint32 first = sort_key (a), second = sort_key (b);
  return (first > second) - (first < second);
}

gint32
cr_date_to_days (CrDate d)
{
  g_return_val_if_fail (cr_date_is_full (d) && cr_date_is_valid (d), 0);
  return days_before_year (d.year) + days_before_month (d.year, d.month) + d.day - 1;
}

CrDate
cr_date_from_days (gint32 days)
{
  if (days < days_before_year (YEAR_FIRST) || days >= days_before_year (YEAR_LAST + 1))
    return CR_DATE_NONE;

  /* The mean year gives a first guess that is at most one year off. */
  int year = (int)(1970 + days / 365.2425);
  while (days_before_year (year) > days)
    year--;
  while (days_before_year (year + 1) <= days)
    year++;

  int in_year = days - days_before_year (year), month = 12;
  while (days_before_month (year, month) > in_year)
    month--;
  return CR_DATE ((gint16)year, (guint8)month, (guint8)(in_year - days_before_month (year, month) + 1));
}

CrDate
cr_date_add_days (CrDate d, int days)
{
  if (!cr_date_is_full (d))
    return CR_DATE_NONE;
  gint64 sum = (gint64)cr_date_to_days (d) + days;
  return ABS (sum) > G_MAXINT32 ? CR_DATE_NONE : cr_date_from_days ((gint32)sum);
}

CrDate
cr_date_add_months (CrDate d, int months)
{
  if (!cr_date_is_full (d))
    return CR_DATE_NONE;
  gint64 total = (gint64)d.year * 12 + d.month - 1 + months;
  if (total < YEAR_FIRST * 12 || total > YEAR_LAST * 12 + 11)
    return CR_DATE_NONE;

  int year = (int)(total / 12), month = (int)(total % 12) + 1;
  int day = MIN (d.day, cr_date_days_in_month (year, month));
  return CR_DATE ((gint16)year, (guint8)month, (guint8)day);
}

int
cr_date_weekday (CrDate d)
{
  g_return_val_if_fail (cr_date_is_full (d), 0);
  /* 1970-01-01 was a Thursday. */
  int from_monday = (cr_date_to_days (d) + 3) % 7;
  return (from_monday + 7) % 7 + 1;
}

int
cr_week_begins (void)
{
#ifdef __GLIBC__ /* one byte: 1 is the weekday of the date that _NL_TIME_WEEK_1STDAY names */
  int first = *nl_langinfo (_NL_TIME_FIRST_WEEKDAY);
  gboolean monday = (guint)(gsize)nl_langinfo (_NL_TIME_WEEK_1STDAY) == 19971201u;
  return first >= 1 && first <= 7 ? (first + (monday ? 6 : 5)) % 7 + 1 : 7;
#else
  return 7;
#endif
}

int
cr_date_days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  g_return_val_if_fail (month >= 1 && month <= 12, 0);
  return month == 2 && is_leap (year) ? 29 : days[month - 1];
}

int
cr_date_years_between (CrDate from, CrDate to)
{
  g_return_val_if_fail (cr_date_is_set (from) && cr_date_is_set (to), 0);
  return cr_date_months_between (from, to) / 12;
}

int
cr_date_months_between (CrDate from, CrDate to)
{
  g_return_val_if_fail (cr_date_is_set (from) && cr_date_is_set (to), 0);
  if (cr_date_compare (from, to) > 0)
    return -cr_date_months_between (to, from);
  int months = (to.year - from.year) * 12 + MAX (to.month, 1) - MAX (from.month, 1);
  return months - (MAX (to.day, 1) < MAX (from.day, 1));
}

char *
cr_date_to_iso (CrDate d)
{
  if (!cr_date_is_set (d))
    return g_strdup ("");
  if (d.month == 0)
    return g_strdup_printf ("%04d", d.year);
  if (d.day == 0)
    return g_strdup_printf ("%04d-%02d", d.year, d.month);
  return g_strdup_printf ("%04d-%02d-%02d", d.year, d.month, d.day);
}

gboolean
cr_date_from_iso (const char *text, CrDate *out)
{
  *out = CR_DATE_NONE;
  if (text == NULL || *text == '\0')
    return TRUE;

  int year = take_digits (&text, 4);
  int month = year > 0 ? take_iso_part (&text) : -1;
  int day = month >= 0 ? take_iso_part (&text) : -1;
  CrDate read = CR_DATE ((gint16)year, (guint8)MAX (month, 0), (guint8)MAX (day, 0));
  if (day < 0 || *text != '\0' || !cr_date_is_valid (read))
    return FALSE;
  *out = read;
  return TRUE;
}
