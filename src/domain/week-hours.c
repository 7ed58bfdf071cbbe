#include "chartroom/domain/week-hours.h"
#include "chartroom/base/error.h"
#include <glib/gi18n.h>

enum { WEEK = 7, EVERY_SECOND = 2 };

/* ---- the week as it is typed ---- */

static gboolean
parse_span (const char *text, CrSpan *span, GError **error)
{
  g_autoptr (GRegex) dash = g_regex_new ("\\s*(?:–|-|to)\\s*", 0, 0, NULL);
  g_auto (GStrv) ends = g_regex_split (dash, text, 0);
  g_autoptr (GError) failure = NULL;
  if (g_strv_length (ends) == 2 && cr_minute_parse (ends[0], 0, &span->start, &failure) &&
      cr_minute_parse (ends[1], 0, &span->end, &failure) && span->start >= 0 && span->start < span->end)
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("“%s” is no stretch of time; type as 9a-12p, 1p-5p."),
                 text);
  return FALSE;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  return ((const CrSpan *)a)->start - ((const CrSpan *)b)->start;
}

static gboolean
check_apart (const GArray *spans, GError **error)
{
  for (guint i = 1; i < spans->len; i++)
    if (g_array_index (spans, CrSpan, i).start < g_array_index (spans, CrSpan, i - 1).end) {
      g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                           _ ("Two stretches of this day overlap; type as 9a-12p, 1p-5p."));
      return FALSE;
    }
  return TRUE;
}

GArray *
cr_day_hours_parse (const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (CrSpan));
  for (guint i = 0; parts[i] != NULL; i++) {
    CrSpan span = { 0 };
    if (g_strstrip (parts[i])[0] == '\0')
      continue;
    if (!parse_span (parts[i], &span, error))
      return NULL;
    g_array_append_val (spans, span);
  }
  g_array_sort (spans, compare_spans);
  return check_apart (spans, error) ? g_steal_pointer (&spans) : NULL;
}

/* ---- weeks and days ---- */

static gint64
week_of (CrDate date)
{
  return ((gint64)cr_date_to_days (date) - cr_date_weekday (date)) / WEEK;
}

static gboolean
alternates (gint64 every_weeks, CrDate phase_on)
{
  return every_weeks == EVERY_SECOND && cr_date_is_set (phase_on);
}

static gboolean
is_alternate (const CrHours *hours)
{
  return alternates (hours->every_weeks, hours->phase_on);
}

static gboolean
takes_turns (const CrHoursRange *range)
{
  return alternates (range->every_weeks, range->phase_on);
}

static gboolean
same_turn (const CrHours *hours, const CrHoursRange *range)
{
  return (week_of (hours->phase_on) - week_of (range->phase_on)) % EVERY_SECOND == 0;
}

/* In each week that is meant, and in some of them. */
static gboolean
covers_weeks (const CrHours *hours, const CrHoursRange *range)
{
  return !is_alternate (hours) || (takes_turns (range) && same_turn (hours, range));
}

static gboolean
meets_weeks (const CrHours *hours, const CrHoursRange *range)
{
  return !is_alternate (hours) || !takes_turns (range) || same_turn (hours, range);
}

static gboolean
begins_before (const CrHours *hours, CrDate date)
{
  return !cr_date_is_set (hours->valid_from) || cr_date_compare (hours->valid_from, date) < 0;
}

/* absent: for ever */
static gboolean
goes_past (const CrHours *hours, CrDate date)
{
  return cr_date_is_set (date) &&
         (!cr_date_is_set (hours->valid_to) || cr_date_compare (hours->valid_to, date) > 0);
}

/* What was replaced before it began. */
static gboolean
never_holds (const CrHours *hours)
{
  return cr_date_is_set (hours->valid_from) && cr_date_is_set (hours->valid_to) &&
         cr_date_compare (hours->valid_to, hours->valid_from) < 0;
}

static gboolean
meets (const CrHours *hours, const CrHoursRange *range)
{
  gboolean over = cr_date_is_set (hours->valid_to) && cr_date_compare (hours->valid_to, range->from) < 0;
  gboolean later = cr_date_is_set (range->until) && cr_date_is_set (hours->valid_from) &&
                   cr_date_compare (hours->valid_from, range->until) > 0;
  return !never_holds (hours) && !over && !later && meets_weeks (hours, range);
}

/* ---- what holds ---- */

static CrDate
first_day_of (const CrHoursRange *range, int weekday)
{
  CrDate day = range->from;
  while (cr_date_weekday (day) != weekday)
    day = cr_date_add_days (day, 1);
  if (takes_turns (range) && (week_of (day) - week_of (range->phase_on)) % EVERY_SECOND != 0)
    day = cr_date_add_days (day, WEEK);
  return day;
}

char *
cr_week_hours_format (const GPtrArray *hours, CrId person, int weekday, const CrHoursRange *range)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (CrSpan));
  GString *text = g_string_new (NULL);
  CrDate day = first_day_of (range, weekday);
  for (guint i = 0; i < hours->len; i++) {
    const CrHours *at = hours->pdata[i];
    CrSpan span = { (int)at->start_min, (int)at->end_min };
    if (at->person_id == person && cr_hours_on (at, day))
      g_array_append_val (spans, span);
  }
  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++) {
    g_autofree char *start = cr_minute_format (g_array_index (spans, CrSpan, i).start);
    g_autofree char *end = cr_minute_format (g_array_index (spans, CrSpan, i).end);
    g_string_append_printf (text, "%s%s–%s", i > 0 ? ", " : "", start, end);
  }
  return g_string_free (text, FALSE);
}

/* ---- a change ---- */

/* Takes the span that these hours go on with out of those still wanted; FALSE: they do not go on. */
static gboolean
keep (const CrHours *hours, GArray *wanted, const CrHoursRange *range)
{
  gboolean lasts = !cr_date_is_set (hours->valid_to) ||
                   (cr_date_is_set (range->until) && cr_date_compare (hours->valid_to, range->until) >= 0);
  gboolean begun =
      !cr_date_is_set (hours->valid_from) || cr_date_compare (hours->valid_from, range->from) <= 0;
  for (guint i = 0; begun && lasts && covers_weeks (hours, range) && i < wanted->len; i++) {
    CrSpan span = g_array_index (wanted, CrSpan, i);
    if (span.start == hours->start_min && span.end == hours->end_min) {
      g_array_remove_index (wanted, i);
      return TRUE;
    }
  }
  return FALSE;
}

/* The changed record itself while it is not in the changes yet, then new ones. */
static CrHours *
add_part (GPtrArray *changes, const CrHours *hours, gboolean *changed)
{
  CrHours *part = cr_hours_copy (hours);
  if (*changed) {
    part->id = CR_ID_NONE;
    part->version = 0;
  }
  *changed = TRUE;
  g_ptr_array_add (changes, part);
  return part;
}

/* What is left of the hours before the range, in the weeks between its weeks, and after it. */
static void
cut_out (const CrHours *hours, const CrHoursRange *range, GPtrArray *changes)
{
  gboolean changed = FALSE, before = begins_before (hours, range->from);
  if (before)
    add_part (changes, hours, &changed)->valid_to = cr_date_add_days (range->from, -1);
  if (takes_turns (range) && !is_alternate (hours)) {
    CrHours *between = add_part (changes, hours, &changed);
    between->every_weeks = EVERY_SECOND;
    between->phase_on = cr_date_add_days (range->phase_on, WEEK);
    between->valid_from = before ? range->from : hours->valid_from;
    between->valid_to = goes_past (hours, range->until) ? range->until : hours->valid_to;
  }
  if (goes_past (hours, range->until))
    add_part (changes, hours, &changed)->valid_from = cr_date_add_days (range->until, 1);
  if (!changed) /* they end before they begin */
    add_part (changes, hours, &changed)->valid_to = cr_date_add_days (hours->valid_from, -1);
}

/* Somebody's first week holds for all days, also those that are past. */
static gboolean
has_hours (const GPtrArray *hours, CrId person)
{
  for (guint i = 0; i < hours->len; i++)
    if (((const CrHours *)hours->pdata[i])->person_id == person)
      return TRUE;
  return FALSE;
}

static CrHours *
new_hours (CrId person, int weekday, CrSpan span, const CrHoursRange *range)
{
  CrHours *hours = cr_hours_new ();
  hours->person_id = person;
  hours->weekday = weekday;
  hours->start_min = span.start;
  hours->end_min = span.end;
  hours->valid_from = range->from;
  hours->valid_to = range->until;
  if (takes_turns (range)) {
    hours->every_weeks = EVERY_SECOND;
    hours->phase_on = range->phase_on;
  }
  return hours;
}

GPtrArray *
cr_week_hours_change (const GPtrArray *hours, CrId person, int weekday, const GArray *spans,
                      const CrHoursRange *range)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (CrSpan));
  gboolean first = !has_hours (hours, person) && !cr_date_is_set (range->until);
  g_array_append_vals (wanted, spans->data, spans->len);
  for (guint i = 0; i < hours->len; i++) {
    const CrHours *at = hours->pdata[i];
    if (at->person_id == person && at->weekday == weekday && meets (at, range) && !keep (at, wanted, range))
      cut_out (at, range, changes);
  }
  for (guint i = 0; i < wanted->len; i++) {
    CrHours *added = new_hours (person, weekday, g_array_index (wanted, CrSpan, i), range);
    if (first)
      added->valid_from = CR_DATE_NONE;
    g_ptr_array_add (changes, added);
  }
  return changes;
}

/* ---- stretches of days ---- */

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  return cr_date_compare (*(const CrDate *)a, *(const CrDate *)b);
}

static void
add_start (GArray *starts, CrDate date, CrDate today)
{
  if (cr_date_is_set (date) && cr_date_compare (date, today) > 0)
    g_array_append_val (starts, date);
}

static GArray *
find_starts (const GPtrArray *hours, CrId person, CrDate today)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (CrDate));
  g_array_append_val (starts, today);
  for (guint i = 0; i < hours->len; i++) {
    const CrHours *at = hours->pdata[i];
    if (at->person_id != person || never_holds (at))
      continue;
    add_start (starts, at->valid_from, today);
    if (cr_date_is_set (at->valid_to))
      add_start (starts, cr_date_add_days (at->valid_to, 1), today);
  }
  g_array_sort (starts, compare_dates);
  return starts;
}

static void
note_turns (const GPtrArray *hours, CrId person, CrHoursRange *range)
{
  for (guint i = 0; i < hours->len; i++) {
    const CrHours *at = hours->pdata[i];
    if (at->person_id == person && is_alternate (at) && meets (at, range)) {
      range->every_weeks = EVERY_SECOND;
      range->phase_on = range->from;
      return;
    }
  }
}

GArray *
cr_week_hours_periods (const GPtrArray *hours, CrId person, CrDate today)
{
  GArray *periods = g_array_new (FALSE, FALSE, sizeof (CrHoursRange));
  g_autoptr (GArray) starts = find_starts (hours, person, today);
  for (guint i = 0; i < starts->len; i++) {
    CrHoursRange range = { .from = g_array_index (starts, CrDate, i), .every_weeks = CR_INT_NONE };
    if (i + 1 < starts->len && compare_dates (&range.from, &g_array_index (starts, CrDate, i + 1)) == 0)
      continue;
    if (i + 1 < starts->len)
      range.until = cr_date_add_days (g_array_index (starts, CrDate, i + 1), -1);
    note_turns (hours, person, &range);
    g_array_append_val (periods, range);
  }
  return periods;
}

char *
cr_hours_range_words (const CrHoursRange *range, CrDate today)
{
  gboolean now = cr_date_compare (range->from, today) == 0, open = !cr_date_is_set (range->until);
  g_autofree char *from = cr_date_format_weekday (range->from);
  g_autofree char *until = open ? NULL : cr_date_format_weekday (range->until);
  if (open)
    return now ? g_strdup (_ ("From today on")) : g_strdup_printf (_ ("From %s on"), from);
  return now ? g_strdup_printf (_ ("Today until %s"), until)
             : g_strdup_printf (_ ("%s until %s"), from, until);
}

const char *
cr_hours_range_problem (const CrHoursRange *range, CrDate today)
{
  if (!cr_date_is_full (range->from))
    return _ ("Say from which day on these hours hold.");
  if (cr_date_compare (range->from, today) < 0)
    return _ ("Days that are past keep the hours they had. Choose today or a later day.");
  if (cr_date_is_set (range->until) &&
      (!cr_date_is_full (range->until) || cr_date_compare (range->until, range->from) < 0))
    return _ ("The last day comes before the first one.");
  return NULL;
}
