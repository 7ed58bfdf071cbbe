#include "civil-names.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const char *brief, *full;
} Name;

static const Name MONTHS[] = {
  { NC_ ("short month", "Jan"), NC_ ("month", "January") },
  { NC_ ("short month", "Feb"), NC_ ("month", "February") },
  { NC_ ("short month", "Mar"), NC_ ("month", "March") },
  { NC_ ("short month", "Apr"), NC_ ("month", "April") },
  { NC_ ("short month", "May"), NC_ ("month", "May") },
  { NC_ ("short month", "Jun"), NC_ ("month", "June") },
  { NC_ ("short month", "Jul"), NC_ ("month", "July") },
  { NC_ ("short month", "Aug"), NC_ ("month", "August") },
  { NC_ ("short month", "Sep"), NC_ ("month", "September") },
  { NC_ ("short month", "Oct"), NC_ ("month", "October") },
  { NC_ ("short month", "Nov"), NC_ ("month", "November") },
  { NC_ ("short month", "Dec"), NC_ ("month", "December") },
};

static const Name WEEKDAYS[] = {
  { NC_ ("short weekday", "Mon"), NC_ ("weekday", "Monday") },
  { NC_ ("short weekday", "Tue"), NC_ ("weekday", "Tuesday") },
  { NC_ ("short weekday", "Wed"), NC_ ("weekday", "Wednesday") },
  { NC_ ("short weekday", "Thu"), NC_ ("weekday", "Thursday") },
  { NC_ ("short weekday", "Fri"), NC_ ("weekday", "Friday") },
  { NC_ ("short weekday", "Sat"), NC_ ("weekday", "Saturday") },
  { NC_ ("short weekday", "Sun"), NC_ ("weekday", "Sunday") },
};

static gboolean
begins (const char *name, const char *folded)
{
  g_autofree char *folded_name = g_utf8_casefold (name, -1);
  return g_str_has_prefix (folded_name, folded);
}

static gboolean
equals (const char *name, const char *folded)
{
  g_autofree char *folded_name = g_utf8_casefold (name, -1);
  return g_str_equal (folded_name, folded);
}

const char *
cr_month_name (int month, gboolean full)
{
  g_return_val_if_fail (month >= 1 && month <= 12, "");
  const Name *name = &MONTHS[month - 1];
  return full ? g_dpgettext2 (NULL, "month", name->full) : g_dpgettext2 (NULL, "short month", name->brief);
}

const char *
cr_weekday_name (int weekday, gboolean full)
{
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, "");
  const Name *name = &WEEKDAYS[weekday - 1];
  return full ? g_dpgettext2 (NULL, "weekday", name->full)
              : g_dpgettext2 (NULL, "short weekday", name->brief);
}

int
cr_month_from_word (const char *folded)
{
  gboolean long_enough = g_utf8_strlen (folded, -1) >= 3;
  for (int month = 1; month <= 12; month++) {
    if (long_enough &&
        (begins (MONTHS[month - 1].full, folded) || begins (cr_month_name (month, TRUE), folded)))
      return month;
    if (equals (cr_month_name (month, FALSE), folded))
      return month;
  }
  return 0;
}

int
cr_weekday_from_word (const char *folded)
{
  gboolean long_enough = g_utf8_strlen (folded, -1) >= 3;
  for (int day = 1; day <= 7; day++) {
    if (long_enough &&
        (begins (WEEKDAYS[day - 1].full, folded) || begins (cr_weekday_name (day, TRUE), folded)))
      return day;
    if (equals (cr_weekday_name (day, FALSE), folded))
      return day;
  }
  return 0;
}
