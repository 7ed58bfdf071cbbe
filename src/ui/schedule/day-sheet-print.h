/* The day sheet, from the Today page and from the book: which columns, what they show, and to the preview. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/day-schedule.h"

/* Actions "print", and the switches "reason" and "phone", which are remembered for the person.  Page inserts
 * the group under the prefix "sheet". */
GSimpleActionGroup *cr_day_sheet_actions_new (CrWindow *window, CrDaySchedule *schedule);
/* The schedule's day, all clinicians, as PDF in the window's preview. */
void cr_day_sheet_print (CrWindow *window, CrDaySchedule *schedule);
