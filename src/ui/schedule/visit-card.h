/* One visit in the day grid: a button with the type's stripe and code, the stage and the patient; the reason
 * below when there is room. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/domain/appointment.h"
#include "chartroom/session/row.h"

#define CR_TYPE_VISIT_CARD (cr_visit_card_get_type ())
G_DECLARE_FINAL_TYPE (CrVisitCard, cr_visit_card, CR, VISIT_CARD, GtkButton)
GtkWidget *cr_visit_card_new (CrWindow *window);
void cr_visit_card_set_shows_day (CrVisitCard *self,
                                  gboolean shows); /* of several: named, and narrow; before the item */
void cr_visit_card_set_item (CrVisitCard *self, CrRow *item); /* a row of CrVisit; shows it anew */
const CrVisit *cr_visit_card_get_visit (CrVisitCard *self);   /* valid until the next set_item */
void cr_visit_card_set_selected (CrVisitCard *self, gboolean selected);
void cr_visit_card_set_lifted (CrVisitCard *self,
                               gboolean lifted); /* it is being moved: its place stays as a ghost */
