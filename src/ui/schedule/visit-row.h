/* One visit in the Today list, with a place below it for a sheet (check-in, room, reason). */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/domain/appointment.h"
#include "chartroom/session/row.h"

#define CR_TYPE_VISIT_ROW (cr_visit_row_get_type ())
G_DECLARE_FINAL_TYPE (CrVisitRow, cr_visit_row, CR, VISIT_ROW, GtkListBoxRow)
GtkWidget *cr_visit_row_new (CrWindow *window);
void cr_visit_row_set_item (CrVisitRow *self, CrRow *item);       /* a row of CrVisit; shows it anew */
const CrVisit *cr_visit_row_get_visit (CrVisitRow *self);         /* valid until the next set_item */
void cr_visit_row_tick (CrVisitRow *self);                        /* minutes in the stage, by the clock */
void cr_visit_row_set_sheet (CrVisitRow *self, GtkWidget *sheet); /* NULL: closes it; focus goes to the row */
gboolean cr_visit_row_has_sheet (CrVisitRow *self);
void cr_visit_row_set_narrow (CrVisitRow *self,
                              gboolean narrow); /* sex, clinician and marks below the name */
