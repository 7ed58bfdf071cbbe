#include "day-parts.h"

#define DAY_END (24 * 60)

/* ---- spans ---- */

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const CrSpan *x = a, *y = b;
  return (x->start > y->start) - (x->start < y->start);
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

gboolean
cr_exception_applies (const CrScheduleException *e, const CrDay *day)
{
  return (e->person_id == CR_ID_NONE || e->person_id == day->person_id) &&
         cr_schedule_exception_on (e, day->date);
}

/* An exception without times is about the whole day. */
CrSpan
cr_exception_span (const CrScheduleException *e)
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
    CrSpan span = cr_exception_span (e);
    if (e->kind == (int)kind && cr_exception_applies (e, day))
      add_span (spans, span.start, span.end);
  }
  return merge_spans (spans);
}

static GArray *
busy_spans (const CrDay *day)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (CrSpan));
  for (guint i = 0; day->visits != NULL && i < day->visits->len; i++) {
    const CrAppointment *a = day->visits->pdata[i];
    CrSpan span = cr_visit_span (a);
    if (a->person_id == day->person_id && cr_visit_counts (a, day, CR_ID_NONE))
      add_span (spans, span.start, span.end);
  }
  return spans;
}

/* ---- public ---- */

GArray *
cr_day_open_spans (const CrDay *day)
{
  if (day->gone)
    return g_array_new (FALSE, FALSE, sizeof (CrSpan));
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
