#include "chartroom/domain/schedule-rules.h"
#include <glib/gi18n.h>

#define DAY_END (24 * 60)
#define PAST_DAYS 7
#define AHEAD_MONTHS 18

/* ---- spans ---- */

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const CrSpan *x = a, *y = b;
  return (x->start > y->start) - (x->start < y->start);
}

static gboolean
spans_overlap (CrSpan a, CrSpan b)
{
  return a.start < b.end && b.start < a.end;
}

static void
add_span (GArray *spans, int start, int end)
{
  CrSpan span = { CLAMP (start, 0, DAY_END), CLAMP (end, 0, DAY_END) };
  if (span.start < span.end)
    g_array_append_val (spans, span);
}

/* Sorts, and joins what overlaps or touches. */
static GArray *
merge_spans (GArray *spans)
{
  GArray *merged = g_array_new (FALSE, FALSE, sizeof (CrSpan));
  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++) {
    CrSpan span = g_array_index (spans, CrSpan, i);
    CrSpan *last = merged->len > 0 ? &g_array_index (merged, CrSpan, merged->len - 1) : NULL;
    if (last != NULL && span.start <= last->end)
      last->end = MAX (last->end, span.end);
    else
      g_array_append_val (merged, span);
  }
  g_array_unref (spans);
  return merged;
}

static GArray *
subtract_span (GArray *spans, CrSpan hole)
{
  GArray *rest = g_array_new (FALSE, FALSE, sizeof (CrSpan));
  for (guint i = 0; i < spans->len; i++) {
    CrSpan span = g_array_index (spans, CrSpan, i);
    add_span (rest, span.start, MIN (span.end, hole.start));
    add_span (rest, MAX (span.start, hole.end), span.end);
  }
  g_array_unref (spans);
  return rest;
}

static GArray *
subtract_spans (GArray *spans, const GArray *holes)
{
  for (guint i = 0; i < holes->len; i++) {
    CrSpan hole = g_array_index (holes, CrSpan, i);
    if (hole.start < hole.end)
      spans = subtract_span (spans, hole);
  }
  return spans;
}

/* ---- what the day holds ---- */

static gboolean
hours_apply (const CrHours *hours, const CrDay *day)
{
  return hours->person_id == day->person_id && cr_hours_on (hours, day->date);
}

static gboolean
exception_applies (const CrScheduleException *e, const CrDay *day)
{
  return (e->person_id == CR_ID_NONE || e->person_id == day->person_id) &&
         cr_schedule_exception_on (e, day->date);
}

/* An exception without times is about the whole day. */
static CrSpan
exception_span (const CrScheduleException *e)
{
  CrSpan span = { 0, DAY_END };
  if (e->start_min != CR_INT_NONE)
    span.start = (int)CLAMP (e->start_min, 0, DAY_END);
  if (e->end_min != CR_INT_NONE)
    span.end = (int)CLAMP (e->end_min, 0, DAY_END);
  return span;
}

static GArray *
exception_spans (const CrDay *day, CrExceptionKind kind)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (CrSpan));
  for (guint i = 0; day->exceptions != NULL && i < day->exceptions->len; i++) {
    const CrScheduleException *e = day->exceptions->pdata[i];
    CrSpan span = exception_span (e);
    if (e->kind == (int)kind && exception_applies (e, day))
      add_span (spans, span.start, span.end);
  }
  return merge_spans (spans);
}

static CrSpan
visit_span (const CrAppointment *a)
{
  int start = (int)a->start_min;
  return (CrSpan){ start, start + (int)MAX (a->minutes, 0) };
}

static gboolean
visit_counts (const CrAppointment *a, const CrDay *day, CrId ignore)
{
  return a->id != ignore && cr_stage_holds_slot (a->stage) && cr_date_compare (a->date, day->date) == 0;
}

static GArray *
busy_spans (const CrDay *day)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (CrSpan));
  for (guint i = 0; day->visits != NULL && i < day->visits->len; i++) {
    const CrAppointment *a = day->visits->pdata[i];
    CrSpan span = visit_span (a);
    if (a->person_id == day->person_id && visit_counts (a, day, CR_ID_NONE))
      add_span (spans, span.start, span.end);
  }
  return spans;
}

/* ---- the rules, a bit each ---- */

static guint
bit (CrPlace place)
{
  return 1u << place;
}

static guint
check_hours (const CrDay *day, CrSpan wanted)
{
  g_autoptr (GArray) open = cr_day_open_spans (day);
  for (guint i = 0; i < open->len; i++) {
    CrSpan span = g_array_index (open, CrSpan, i);
    if (wanted.start >= span.start && wanted.end <= span.end)
      return 0;
  }
  return open->len == 0 ? bit (CR_PLACE_CLOSED) : bit (CR_PLACE_OUTSIDE);
}

static guint
check_blocks (const CrDay *day, CrSpan wanted)
{
  g_autoptr (GArray) blocked = cr_day_blocked_spans (day);
  for (guint i = 0; i < blocked->len; i++)
    if (spans_overlap (wanted, g_array_index (blocked, CrSpan, i)))
      return bit (CR_PLACE_BLOCKED);
  return 0;
}

static guint
check_visit (const CrDay *day, const CrAppointment *a, CrSpan wanted, CrId patient_id)
{
  guint found = 0;
  gboolean overlap = spans_overlap (wanted, visit_span (a));
  if (overlap && a->person_id == day->person_id)
    found |= bit (CR_PLACE_OVERLAP);
  if (patient_id != CR_ID_NONE && a->patient_id == patient_id)
    found |= bit (overlap ? CR_PLACE_PATIENT_BUSY : CR_PLACE_SAME_DAY);
  return found;
}

static guint
check_visits (const CrDay *day, CrSpan wanted, CrId patient_id, CrId ignore)
{
  guint found = 0;
  for (guint i = 0; day->visits != NULL && i < day->visits->len; i++) {
    const CrAppointment *a = day->visits->pdata[i];
    if (visit_counts (a, day, ignore))
      found |= check_visit (day, a, wanted, patient_id);
  }
  return found;
}

static guint
check_calendar (const CrDay *day, int start, CrDate today, int now)
{
  int order = cr_date_compare (day->date, today);
  if (order < 0 || (order == 0 && start < now))
    return bit (CR_PLACE_PAST);
  if (cr_date_compare (day->date, cr_date_add_months (today, AHEAD_MONTHS)) > 0)
    return bit (CR_PLACE_TOO_FAR);
  return 0;
}

static CrPlace
first_place (guint found, gboolean hard_only, CrDate date, CrDate today)
{
  for (CrPlace place = CR_PLACE_CLOSED; place <= CR_PLACE_TOO_FAR; place++)
    if ((found & bit (place)) != 0 && (!hard_only || cr_place_is_hard (place, date, today)))
      return place;
  return CR_PLACE_OK;
}

/* ---- sentences ---- */

/* The reason given for a closure or block that covers the stretch; NULL when none was given. */
static const char *
exception_reason (const CrDay *day, CrExceptionKind kind, CrSpan wanted)
{
  for (guint i = 0; day->exceptions != NULL && i < day->exceptions->len; i++) {
    const CrScheduleException *e = day->exceptions->pdata[i];
    if (e->kind == (int)kind && exception_applies (e, day) && spans_overlap (wanted, exception_span (e)) &&
        e->reason != NULL)
      return e->reason;
  }
  return NULL;
}

/* "9:00 AM–12:00 PM, 1:00 PM–5:00 PM" */
static char *
describe_spans (const GArray *spans)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < spans->len; i++) {
    CrSpan span = g_array_index (spans, CrSpan, i);
    g_autofree char *start = cr_minute_format (span.start);
    g_autofree char *end = cr_minute_format (span.end);
    g_string_append_printf (text, "%s%s–%s", i > 0 ? ", " : "", start, end);
  }
  return g_string_free (text, FALSE);
}

static char *
describe_closed (const CrDay *day, CrSpan wanted, const char *clinician)
{
  g_autofree char *date = cr_date_format_weekday (day->date);
  const char *reason = exception_reason (day, CR_EXCEPTION_CLOSED, wanted);
  if (reason != NULL)
    return g_strdup_printf (_ ("%s has no hours on %s (%s). Choose another day, or book all the same."),
                            clinician, date, reason);
  return g_strdup_printf (_ ("%s has no hours on %s. Choose another day, or book all the same."), clinician,
                          date);
}

static char *
describe_outside (const CrDay *day, const char *clinician)
{
  g_autoptr (GArray) open = cr_day_open_spans (day);
  g_autofree char *hours = describe_spans (open);
  return g_strdup_printf (
      _ ("This is outside the hours of %s (%s). Choose a time in them, or book all the same."), clinician,
      hours);
}

static char *
describe_blocked (const CrDay *day, CrSpan wanted, const char *clinician)
{
  const char *reason = exception_reason (day, CR_EXCEPTION_BLOCKED, wanted);
  return g_strdup_printf (_ ("This time of %s is blocked (%s). Choose another time, or book all the same."),
                          clinician, reason != NULL ? reason : _ ("no reason given"));
}

static char *
describe_overlap (CrSpan wanted, const char *clinician)
{
  g_autofree char *start = cr_minute_format (wanted.start);
  g_autofree char *end = cr_minute_format (wanted.end);
  return g_strdup_printf (
      _ ("%s already has a visit between %s and %s. Choose another time, or book both side by side."),
      clinician, start, end);
}

/* ---- public ---- */

GArray *
cr_day_open_spans (const CrDay *day)
{
  GArray *spans = exception_spans (day, CR_EXCEPTION_EXTRA);
  for (guint i = 0; day->hours != NULL && i < day->hours->len; i++) {
    const CrHours *hours = day->hours->pdata[i];
    if (hours_apply (hours, day))
      add_span (spans, (int)hours->start_min, (int)hours->end_min);
  }
  g_autoptr (GArray) closed = exception_spans (day, CR_EXCEPTION_CLOSED);
  return subtract_spans (merge_spans (spans), closed);
}

GArray *
cr_day_blocked_spans (const CrDay *day)
{
  return exception_spans (day, CR_EXCEPTION_BLOCKED);
}

CrPlace
cr_day_check (const CrDay *day, int start, int minutes, CrId patient_id, CrId ignore, CrDate today, int now)
{
  CrSpan wanted = { start, start + MAX (minutes, 1) };
  guint found = check_hours (day, wanted) | check_blocks (day, wanted) |
                check_visits (day, wanted, patient_id, ignore) | check_calendar (day, start, today, now);
  CrPlace hard = first_place (found, TRUE, day->date, today);
  return hard != CR_PLACE_OK ? hard : first_place (found, FALSE, day->date, today);
}

gboolean
cr_place_is_hard (CrPlace place, CrDate date, CrDate today)
{
  if (place == CR_PLACE_PATIENT_BUSY)
    return TRUE;
  return place == CR_PLACE_PAST && cr_date_to_days (today) - cr_date_to_days (date) > PAST_DAYS;
}

char *
cr_place_sentence (CrPlace place, const CrDay *day, int start, int minutes, const char *clinician)
{
  CrSpan wanted = { start, start + MAX (minutes, 1) };
  switch (place) {
  case CR_PLACE_CLOSED:
    return describe_closed (day, wanted, clinician);
  case CR_PLACE_OUTSIDE:
    return describe_outside (day, clinician);
  case CR_PLACE_BLOCKED:
    return describe_blocked (day, wanted, clinician);
  case CR_PLACE_OVERLAP:
    return describe_overlap (wanted, clinician);
  case CR_PLACE_PATIENT_BUSY:
    return g_strdup (
        _ ("The patient has another visit at this time. Choose another time, or move that visit."));
  case CR_PLACE_SAME_DAY:
    return g_strdup (_ ("The patient has another visit on this day. Book a second one?"));
  case CR_PLACE_PAST:
    return g_strdup (_ ("This time has passed. A visit can be entered up to 7 days late."));
  case CR_PLACE_TOO_FAR:
    return g_strdup (_ ("This is more than 18 months ahead. Check the year, or book all the same."));
  case CR_PLACE_OK:
  default:
    return NULL;
  }
}

GArray *
cr_day_free_starts (const CrDay *day, int minutes, int grain, int from)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (int));
  g_return_val_if_fail (minutes > 0 && grain > 0, starts);
  g_autoptr (GArray) blocked = cr_day_blocked_spans (day);
  g_autoptr (GArray) busy = busy_spans (day);
  g_autoptr (GArray) free_spans = subtract_spans (subtract_spans (cr_day_open_spans (day), blocked), busy);
  for (guint i = 0; i < free_spans->len; i++) {
    CrSpan span = g_array_index (free_spans, CrSpan, i);
    int first = MAX (span.start, from);
    for (int start = (first + grain - 1) / grain * grain; start + minutes <= span.end; start += grain)
      g_array_append_val (starts, start);
  }
  return starts;
}
