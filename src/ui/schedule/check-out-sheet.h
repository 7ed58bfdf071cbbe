/* Check-out under the row (UX 2.1 F7): what is still open, what the patient was given, when to come again.
 * Signal "closed". */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/visit-desk.h"

#define CR_TYPE_CHECK_OUT_SHEET (cr_check_out_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrCheckOutSheet, cr_check_out_sheet, CR, CHECK_OUT_SHEET, GtkWidget)
/* layout: the free times beside the rest, in a wide row, or below it, in a narrow panel. */
GtkWidget *cr_check_out_sheet_new (CrWindow *window, CrDaySchedule *schedule, const CrVisit *visit,
                                   GtkOrientation layout);
/* "print" or "primary" for the sheet that the focus is in; FALSE: it is in none, or that is nothing for it.
 */
gboolean cr_check_out_sheet_perform (GtkWidget *page, const char *what);
