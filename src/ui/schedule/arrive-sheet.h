/* Check-in under the row: what is on file is read to the patient, then confirmed (UX 2.1 F5).
 * Signals: "arrived", "edit" (the details need a change), "closed". */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/domain/appointment.h"

#define CR_TYPE_ARRIVE_SHEET (cr_arrive_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrArriveSheet, cr_arrive_sheet, CR, ARRIVE_SHEET, GtkWidget)
/* layout: of what is read to the patient, along a row or down a panel. */
GtkWidget *cr_arrive_sheet_new (CrWindow *window, const CrVisit *visit, GtkOrientation layout);
