/* Check-in under the row: what is on file is read to the patient, put right where it stands, then confirmed
 * (UX 2.1 F5).  Signals: "arrived" (what was typed can be kept), "edit" (the details need more), "move" and
 * "ask" (the patient is late), "closed". */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/visit-desk.h"

#define CR_TYPE_ARRIVE_SHEET (cr_arrive_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrArriveSheet, cr_arrive_sheet, CR, ARRIVE_SHEET, GtkWidget)
GtkWidget *cr_arrive_sheet_new (CrWindow *window, const CrVisit *visit);
/* What was typed, borrowed from the fields; FALSE: nothing was changed. */
gboolean cr_arrive_sheet_get_verified (CrArriveSheet *self, CrVerified *out);
int cr_arrive_sheet_get_late (CrArriveSheet *self);                  /* minutes */
void cr_arrive_sheet_say (CrArriveSheet *self, const char *problem); /* NULL: nothing any more */
