#include "chartroom/domain/wait-rules.h"
#include <glib/gi18n.h>

enum { DAY_MINUTES = 24 * 60 };

static int
end_of (const CrAppointment *visit)
{
  return (int)(visit->start_min + visit->minutes);
}

static gboolean
same_column (const CrAppointment *a, const CrAppointment *b)
{
  return a->person_id == b->person_id && cr_date_compare (a->date, b->date) == 0;
}

gboolean
cr_freed_by (const CrAppointment *before, const CrAppointment *after, CrFreed *out)
{
  if (before == NULL || !cr_stage_holds_slot (before->stage))
    return FALSE;
  *out = (CrFreed){ before->date, (int)before->start_min, end_of (before), before->person_id };
  if (!cr_stage_holds_slot (after->stage) || !same_column (before, after))
    return TRUE;
  if (after->start_min > before->start_min)
    out->end = MIN (out->end, (int)after->start_min);
  else if (end_of (after) < end_of (before))
    out->start = MAX (out->start, end_of (after));
  else
    return FALSE;
  return out->start < out->end;
}

gboolean
cr_wait_entry_expired (const CrWaitEntry *entry, CrDate today)
{
  return cr_date_is_set (entry->latest_on) && cr_date_compare (entry->latest_on, today) < 0;
}

const char *
cr_wait_entry_times_problem (const CrWaitEntry *entry)
{
  return entry->earliest_min != CR_INT_NONE && entry->latest_min != CR_INT_NONE &&
                 entry->latest_min < entry->earliest_min
             ? _ ("The latest time is before the earliest. Change one of them.")
             : NULL;
}

const char *
cr_wait_entry_days_problem (const CrWaitEntry *entry, CrDate today)
{
  if (cr_date_is_set (entry->earliest_on) && cr_date_is_set (entry->latest_on) &&
      cr_date_compare (entry->latest_on, entry->earliest_on) < 0)
    return _ ("The last day is before the first. Change one of them.");
  return cr_wait_entry_expired (entry, today) ? _ ("The last day has passed. Choose a later one.") : NULL;
}

static gboolean
suits_day (const CrWaitEntry *entry, CrDate date)
{
  return cr_weekdays_have (entry->weekdays, cr_date_weekday (date)) &&
         (!cr_date_is_set (entry->earliest_on) || cr_date_compare (date, entry->earliest_on) >= 0) &&
         (!cr_date_is_set (entry->latest_on) || cr_date_compare (date, entry->latest_on) <= 0);
}

static gboolean
suits_time (const CrWaitEntry *entry, int start)
{
  return (entry->earliest_min == CR_INT_NONE || start >= entry->earliest_min) &&
         (entry->latest_min == CR_INT_NONE || start <= entry->latest_min);
}

/* Minutes from now until then. */
static gint64
minutes_until (CrDate date, int start, CrDate today, int now)
{
  return (gint64)(cr_date_to_days (date) - cr_date_to_days (today)) * DAY_MINUTES + start - now;
}

static gboolean
is_sooner (const CrFreed *freed, const CrAppointment *interim)
{
  int order = interim == NULL ? -1 : cr_date_compare (freed->date, interim->date);
  return order < 0 || (order == 0 && freed->start < interim->start_min);
}

gboolean
cr_wait_entry_suits (const CrWaitEntry *entry, int minutes, const CrAppointment *interim,
                     const CrFreed *freed, CrDate today, int now)
{
  gint64 notice = entry->notice_hours != CR_INT_NONE ? entry->notice_hours * 60 : 0;
  return entry->status == CR_WAIT_OPEN && minutes <= freed->end - freed->start &&
         (entry->person_id == CR_ID_NONE || entry->person_id == freed->person_id) &&
         suits_day (entry, freed->date) && suits_time (entry, freed->start) &&
         minutes_until (freed->date, freed->start, today, now) >= notice && is_sooner (freed, interim);
}

/* ---- in words ---- */

static void
add_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
}

static void
add_weekdays (GString *text, const char *weekdays)
{
  static const char *const names[] = { N_ ("Mo"), N_ ("Tu"), N_ ("We"), N_ ("Th"),
                                       N_ ("Fr"), N_ ("Sa"), N_ ("Su") };
  g_autoptr (GString) days = g_string_new (NULL);
  for (const char *p = weekdays != NULL ? weekdays : ""; *p >= '1' && *p <= '7'; p++)
    g_string_append_printf (days, "%s%s", days->len > 0 ? " " : "", _ (names[*p - '1']));
  if (days->len > 0)
    add_part (text, days->str);
}

static void
add_hours (GString *text, const CrWaitEntry *entry)
{
  g_autofree char *from =
      entry->earliest_min != CR_INT_NONE ? cr_minute_format ((int)entry->earliest_min) : NULL;
  g_autofree char *to = entry->latest_min != CR_INT_NONE ? cr_minute_format ((int)entry->latest_min) : NULL;
  g_autofree char *part = from != NULL && to != NULL ? g_strdup_printf ("%s–%s", from, to)
                          : from != NULL             ? g_strdup_printf (_ ("from %s"), from)
                          : to != NULL               ? g_strdup_printf (_ ("until %s"), to)
                                                     : NULL;
  if (part != NULL)
    add_part (text, part);
}

static void
add_days (GString *text, const CrWaitEntry *entry)
{
  g_autofree char *from = cr_date_format (entry->earliest_on), *to = cr_date_format (entry->latest_on);
  g_autofree char *after = g_strdup_printf (_ ("not before %s"), from);
  g_autofree char *by = g_strdup_printf (_ ("by %s"), to);
  if (cr_date_is_set (entry->earliest_on))
    add_part (text, after);
  if (cr_date_is_set (entry->latest_on))
    add_part (text, by);
}

char *
cr_wait_entry_times (const CrWaitEntry *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);
  add_weekdays (text, entry->weekdays);
  add_hours (text, entry);
  add_days (text, entry);
  if (entry->notice_hours != CR_INT_NONE && entry->notice_hours > 0) {
    g_autofree char *notice = g_strdup_printf (_ ("%d h notice"), (int)entry->notice_hours);
    add_part (text, notice);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
