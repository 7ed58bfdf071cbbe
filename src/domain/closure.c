#include "chartroom/domain/closure.h"
#include "chartroom/domain/book-records.h"
#include <glib/gi18n.h>
#include <string.h>

enum { DAY_MINUTES = 24 * 60 };

const char *
cr_closure_kind_name (int kind)
{
  return kind == CR_EXCEPTION_CLOSED    ? _ ("Closed")
         : kind == CR_EXCEPTION_BLOCKED ? _ ("Blocked")
                                        : _ ("Extra hours");
}

CrDate
cr_closure_last (const CrScheduleException *closure)
{
  return cr_date_is_set (closure->until_on) ? closure->until_on : closure->date;
}

gboolean
cr_closure_is_withdrawn (const CrScheduleException *closure)
{
  return cr_date_compare (cr_closure_last (closure), closure->date) < 0;
}

void
cr_closure_withdraw (CrScheduleException *closure)
{
  closure->until_on = cr_date_add_days (closure->date, -1);
}

static gboolean
is_all_day (const CrScheduleException *closure)
{
  return closure->start_min == CR_INT_NONE || closure->end_min == CR_INT_NONE;
}

/* " (Mon, Wed)"; "" when it is each day. */
static char *
describe_weekdays (const CrScheduleException *closure)
{
  g_autofree char *names = cr_weekdays_words (closure->weekdays);
  return names != NULL ? g_strdup_printf (" (%s)", names) : g_strdup ("");
}

static char *
describe_days (const CrScheduleException *closure)
{
  g_autofree char *first = cr_date_format_weekday (closure->date);
  if (cr_date_compare (cr_closure_last (closure), closure->date) == 0)
    return g_steal_pointer (&first);
  g_autofree char *last = cr_date_format_weekday (closure->until_on), *days = describe_weekdays (closure);
  return g_strdup_printf ("%s – %s%s", first, last, days);
}

char *
cr_closure_when (const CrScheduleException *closure)
{
  g_autofree char *days = describe_days (closure);
  if (is_all_day (closure))
    return g_strdup_printf (_ ("%s, all day"), days);
  g_autofree char *start = cr_minute_format ((int)closure->start_min),
                  *end = cr_minute_format ((int)closure->end_min);
  return g_strdup_printf ("%s, %s–%s", days, start, end);
}

gboolean
cr_closure_hits (const CrScheduleException *closure, CrId person, CrDate date, gint64 start, gint64 minutes)
{
  if (closure->kind == CR_EXCEPTION_EXTRA || !cr_schedule_exception_on (closure, date) ||
      (closure->person_id != CR_ID_NONE && closure->person_id != person))
    return FALSE;
  return is_all_day (closure) || (start < closure->end_min && start + minutes > closure->start_min);
}

static const char *
problem_of_time (const CrScheduleException *closure)
{
  gboolean none = closure->start_min == CR_INT_NONE && closure->end_min == CR_INT_NONE;
  if (none)
    return closure->kind == CR_EXCEPTION_CLOSED
               ? NULL
               : _ ("Say from when to when; only a closed day can be a whole one.");
  if (is_all_day (closure))
    return _ ("Say both times, or none for the whole day.");
  return closure->start_min < closure->end_min && closure->end_min <= DAY_MINUTES
             ? NULL
             : _ ("The end is not after the beginning. Check both times.");
}

static gboolean
has_a_day (const CrScheduleException *closure)
{
  CrDate last = cr_closure_last (closure), day = closure->date;
  for (int n = 0; n < 7 && cr_date_compare (day, last) <= 0; n++, day = cr_date_add_days (day, 1))
    if (cr_schedule_exception_on (closure, day))
      return TRUE;
  return FALSE;
}

const char *
cr_closure_problem (const CrScheduleException *closure, CrDate today)
{
  if (!cr_date_is_full (closure->date))
    return _ ("Say on which day it begins.");
  if (cr_date_is_set (closure->until_on) && !cr_date_is_full (closure->until_on))
    return _ ("Say the last day with day, month and year.");
  if (cr_closure_is_withdrawn (closure))
    return _ ("The last day is before the first. Check both days.");
  if (cr_date_compare (cr_closure_last (closure), today) < 0)
    return _ ("These days are over. What was booked in them stays as it was.");
  if (!has_a_day (closure))
    return _ ("None of these weekdays lies between the two days. Choose others.");
  return problem_of_time (closure);
}
