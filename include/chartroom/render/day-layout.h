/* Arithmetic of a day drawn to scale, shared by the grid on screen and the sheet on paper.  Plain values;
 * lengths are pixels or points, minutes count from midnight. */
#pragma once
#include "chartroom/domain/schedule-rules.h"
#include "chartroom/render/paper.h"

typedef struct {
  int from, to;  /* visible minutes, on the grain, from < to */
  int grain;     /* minutes of one slot: 10 or 15 */
  double slot;   /* height of one slot */
  double gutter; /* width of the time column */
  double width;  /* of everything */
  int columns;   /* ≥ 1: clinicians or days */
} CrDayLayout;

/* What to show: open hours, visits and blocks of the days, widened to whole hours; 8–17 when there is
 * nothing. days: n of them, their arrays may be NULL.  Cancelled visits and no-shows do not count. */
CrSpan cr_day_visible_span (const CrDay *days, guint n);
/* The slot height that fills `height`, but not less than `least`. */
double cr_day_slot_height (CrSpan span, int grain, double height, double least);

double cr_day_layout_height (const CrDayLayout *layout);
double cr_day_layout_y (const CrDayLayout *layout, int minute); /* clamped to the visible span */
int cr_day_layout_minute (const CrDayLayout *layout, double y); /* clamped, to the minute */
int cr_day_layout_slot (const CrDayLayout *layout, double y);   /* start of the slot under y */
int cr_day_layout_snap (const CrDayLayout *layout, int minute); /* nearest slot start */
double cr_day_layout_column_x (const CrDayLayout *layout, int column);
double cr_day_layout_column_width (const CrDayLayout *layout);
int cr_day_layout_column_at (const CrDayLayout *layout, double x); /* −1 in the gutter or outside */
/* Area of a stretch of time in a column: blocks, closures, the proposed slot. */
CrRect cr_day_layout_span (const CrDayLayout *layout, int column, CrSpan span);
/* Area of a card in its lane, with a small gap to its neighbours; never lower than `least`. */
CrRect cr_day_layout_card (const CrDayLayout *layout, int column, int start, int minutes, int lane, int lanes,
                           double least);
/* Cards of one column's appointments (CrAppointment): n rectangles into out, in the array's order. */
void cr_day_layout_cards (const CrDayLayout *layout, int column, const GPtrArray *appointments, double least,
                          CrRect *out);
/* y of the now line; FALSE when now is not in view. */
gboolean cr_day_layout_now (const CrDayLayout *layout, int now, double *y);
/* Grid line i (0…): its y, the minute, and whether it is a full hour.  FALSE past the end. */
gboolean cr_day_layout_line (const CrDayLayout *layout, int i, double *y, int *minute, gboolean *hour);
