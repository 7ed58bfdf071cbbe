/* The visit, or the free slot, that is selected in the book: what it is and what can be done. */
#pragma once
#include "src/ui/schedule/visit-actions.h"

#define CR_TYPE_VISIT_PANEL (cr_visit_panel_get_type ())
G_DECLARE_FINAL_TYPE (CrVisitPanel, cr_visit_panel, CR, VISIT_PANEL, GtkWidget)
void cr_visit_panel_set_up (CrVisitPanel *self, CrWindow *window, CrDaySchedule *schedule);
void cr_visit_panel_show_visit (CrVisitPanel *self, const CrVisit *visit);
void cr_visit_panel_show_slot (CrVisitPanel *self, CrDate date, int minute, const char *whose);
void cr_visit_panel_show_day (CrVisitPanel *self, const char *words); /* of the month: how full it is */
/* Offers to say why it was just moved, until another visit is shown. */
void cr_visit_panel_ask_why (CrVisitPanel *self, const CrVisit *moved);
void cr_visit_panel_clear (CrVisitPanel *self);
void cr_visit_panel_set_sheet (CrVisitPanel *self, GtkWidget *sheet); /* NULL: closes it */
