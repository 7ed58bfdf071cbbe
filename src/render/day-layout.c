#include <math.h>
#include "chartroom/render/day-layout.h"

#define HOUR 60
#define DAY_END (24 * HOUR)
#define CARD_GAP 1.0 /* between cards, and to the column's edge */

static void
widen (CrSpan *span, int start, int end)
{
  if (start >= end)
    return;
  span->start = MIN (span->start, start);
  span->end = MAX (span->end, end);
}

static void
widen_by_spans (CrSpan *span, GArray *spans)
{
  for (guint i = 0; spans != NULL && i < spans->len; i++)
    widen (span, g_array_index (spans, CrSpan, i).start, g_array_index (spans, CrSpan, i).end);
}

static void
widen_by_visits (CrSpan *span, const CrDay *day)
{
  for (guint i = 0; day->visits != NULL && i < day->visits->len; i++) {
    const CrAppointment *visit = day->visits->pdata[i];

    if (cr_stage_holds_slot (visit->stage) && cr_date_compare (visit->date, day->date) == 0 &&
        (day->person_id == CR_ID_NONE || visit->person_id == day->person_id))
      widen (span, (int)visit->start_min, (int)(visit->start_min + MAX (visit->minutes, 1)));
  }
}

static int
clamp_minute (const CrDayLayout *layout, int minute)
{
  return CLAMP (minute, layout->from, layout->to);
}

CrSpan
cr_day_visible_span (const CrDay *days, guint n)
{
  CrSpan span = { DAY_END, 0 };

  for (guint i = 0; i < n; i++) {
    g_autoptr (GArray) open = cr_day_open_spans (&days[i]);
    g_autoptr (GArray) blocked = cr_day_blocked_spans (&days[i]);

    widen_by_spans (&span, open);
    widen_by_spans (&span, blocked);
    widen_by_visits (&span, &days[i]);
  }
  if (span.start >= span.end)
    return (CrSpan){ 8 * HOUR, 17 * HOUR };
  span.start = MAX (span.start / HOUR * HOUR, 0);
  span.end = MIN ((span.end + HOUR - 1) / HOUR * HOUR, DAY_END);
  return span;
}

double
cr_day_slot_height (CrSpan span, int grain, double height, double least)
{
  double slots = (double)(span.end - span.start) / grain;

  return slots > 0 ? MAX (height / slots, least) : least;
}

double
cr_day_layout_height (const CrDayLayout *layout)
{
  return (double)(layout->to - layout->from) / layout->grain * layout->slot;
}

double
cr_day_layout_y (const CrDayLayout *layout, int minute)
{
  return (double)(clamp_minute (layout, minute) - layout->from) / layout->grain * layout->slot;
}

int
cr_day_layout_minute (const CrDayLayout *layout, double y)
{
  double minute = layout->from + y / layout->slot * layout->grain;

  return clamp_minute (layout, (int)floor (CLAMP (minute, 0, DAY_END)));
}

int
cr_day_layout_slot (const CrDayLayout *layout, double y)
{
  int minute = cr_day_layout_minute (layout, y);
  int slot = layout->from + (minute - layout->from) / layout->grain * layout->grain;

  return MIN (slot, layout->to - layout->grain);
}

int
cr_day_layout_snap (const CrDayLayout *layout, int minute)
{
  int past = clamp_minute (layout, minute) - layout->from;

  return layout->from + (past + layout->grain / 2) / layout->grain * layout->grain;
}

double
cr_day_layout_column_x (const CrDayLayout *layout, int column)
{
  return layout->gutter + column * cr_day_layout_column_width (layout);
}

double
cr_day_layout_column_width (const CrDayLayout *layout)
{
  return MAX (layout->width - layout->gutter, 0) / MAX (layout->columns, 1);
}

int
cr_day_layout_column_at (const CrDayLayout *layout, double x)
{
  double width = cr_day_layout_column_width (layout);

  if (width <= 0 || x < layout->gutter || x >= layout->width)
    return -1;
  return MIN ((int)((x - layout->gutter) / width), layout->columns - 1);
}

CrRect
cr_day_layout_span (const CrDayLayout *layout, int column, CrSpan span)
{
  double top = cr_day_layout_y (layout, span.start);

  return (CrRect){ cr_day_layout_column_x (layout, column), top, cr_day_layout_column_width (layout),
                   cr_day_layout_y (layout, span.end) - top };
}

CrRect
cr_day_layout_card (const CrDayLayout *layout, int column, int start, int minutes, int lane, int lanes,
                    double least)
{
  CrRect span = cr_day_layout_span (layout, column, (CrSpan){ start, start + minutes });
  double width = (span.width - CARD_GAP) / MAX (lanes, 1);

  return (CrRect){ span.x + CARD_GAP + lane * width, span.y, MAX (width - CARD_GAP, 0),
                   MAX (span.height - CARD_GAP, least) };
}

void
cr_day_layout_cards (const CrDayLayout *layout, int column, const GPtrArray *appointments, double least,
                     CrRect *out)
{
  g_autofree int *lane = g_new0 (int, appointments->len + 1);
  g_autofree int *lanes = g_new0 (int, appointments->len + 1);

  cr_lay_lanes (appointments, lane, lanes);
  for (guint i = 0; i < appointments->len; i++) {
    const CrAppointment *visit = appointments->pdata[i];

    out[i] = cr_day_layout_card (layout, column, (int)visit->start_min, (int)visit->minutes, lane[i],
                                 lanes[i], least);
  }
}

gboolean
cr_day_layout_now (const CrDayLayout *layout, int now, double *y)
{
  if (now < layout->from || now >= layout->to)
    return FALSE;
  *y = cr_day_layout_y (layout, now);
  return TRUE;
}

gboolean
cr_day_layout_line (const CrDayLayout *layout, int i, double *y, int *minute, gboolean *hour)
{
  *minute = layout->from + i * layout->grain;
  *y = i * layout->slot;
  *hour = *minute % HOUR == 0;
  return i >= 0 && *minute <= layout->to;
}
