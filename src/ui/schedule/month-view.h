/* The month that the schedule's date is in, a cell a day: visits, and how much of the hours is free, of all
 * and of each clinician.  Signals: "open-day" (int: days since 1970), "step" (int): another month,
 * "selected": the cursor went to another day. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/day-schedule.h"

#define CR_TYPE_MONTH_VIEW (cr_month_view_get_type ())
G_DECLARE_FINAL_TYPE (CrMonthView, cr_month_view, CR, MONTH_VIEW, GtkWidget)
void cr_month_view_set_up (CrMonthView *self, CrWindow *window, CrDaySchedule *schedule);
void cr_month_view_reload (CrMonthView *self, CrId person); /* CR_ID_NONE: of all clinicians */
void cr_month_view_focus (CrMonthView *self);               /* the schedule's date */
const char *cr_month_view_describe (CrMonthView *self);     /* that cell in words; NULL before a reload */
CrDate cr_month_view_get_date (CrMonthView *self);          /* the cell with the cursor */
