/* How the book treats each type of visit: looks, latest start, who does it, what it takes; a page of the
 * practice's window.  Signal "said" (const char *sentence): what came of it. */
#pragma once
#include "chartroom/session/session.h"
#include <gtk/gtk.h>

#define CR_FORM_VISIT_RULES "visit-rules" /* what was typed and is not saved (kept-form.h) */
#define CR_TYPE_VISIT_RULES_PANE (cr_visit_rules_pane_get_type ())
G_DECLARE_FINAL_TYPE (CrVisitRulesPane, cr_visit_rules_pane, CR, VISIT_RULES_PANE, GtkWidget)
void cr_visit_rules_pane_set_session (CrVisitRulesPane *self,
                                      CrSession *session); /* once; shows what was kept */
void cr_visit_rules_pane_stay (CrVisitRulesPane *self);    /* what it asks is taken back */
void cr_visit_rules_pane_discard (CrVisitRulesPane *self); /* the window closes: nothing is kept any more */
gboolean
cr_visit_rules_pane_is_touched (CrVisitRulesPane *self); /* something is typed or chosen, and not saved */
