/* What day-schedule.c and day-actions.c share. */
#pragma once
#include "chartroom/session/day-schedule.h"
#include "chartroom/session/work.h"

CrSession *cr_day_schedule_get_session (CrDaySchedule *self);
/* Answers TRUE once the lists show what is in the store now; takes the task.  At once when no day is shown.
 */
void cr_day_schedule_answer_after_reload (CrDaySchedule *self, GTask *task);
gboolean cr_day_schedule_shows (CrDaySchedule *self, CrDate date); /* loaded, and one of the days */
