/* The times of a visit under its row: when the patient is asked to be here; once it has begun, when each
 * stage was, to be put right with a reason.  Signal "closed". */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/visit-desk.h"

#define CR_TYPE_TIMES_SHEET (cr_times_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrTimesSheet, cr_times_sheet, CR, TIMES_SHEET, GtkWidget)
GtkWidget *cr_times_sheet_new (CrWindow *window, CrDaySchedule *schedule, const CrVisit *visit);
