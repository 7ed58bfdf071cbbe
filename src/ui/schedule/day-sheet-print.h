/* The day sheet, from the Today page and from the book: which columns, what they show, and to the preview. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/day-schedule.h"

/* Actions "print" and "week", the switches "reason" and "phone", and "person", the login of the one clinician
 * (empty: all); they are remembered for the person.  A page inserts the group under the prefix "sheet". */
GSimpleActionGroup *cr_day_sheet_actions_new (CrWindow *window, CrDaySchedule *schedule);
/* The schedule's day, of the chosen clinician or all, as PDF in the window's preview. */
void cr_day_sheet_print (CrWindow *window, CrDaySchedule *schedule);
/* The menu of these actions, with everybody who has a column. */
GMenuModel *cr_day_sheet_menu_new (CrSession *session);
