/* Holidays, days off, blocked and extra hours: seen, entered, changed, taken back; a page of the practice's
 * window.  Signals: "said" (const char *sentence): what came of it; "hit" (const char *sentence, GPtrArray
 * *rows): also which visits lost their time (hit-visits.h). */
#pragma once
#include "chartroom/session/session.h"
#include <gtk/gtk.h>

#define CR_FORM_CLOSURE "closure" /* what was typed and is not saved (kept-form.h) */
#define CR_TYPE_CLOSURES_PANE (cr_closures_pane_get_type ())
G_DECLARE_FINAL_TYPE (CrClosuresPane, cr_closures_pane, CR, CLOSURES_PANE, GtkWidget)
void cr_closures_pane_set_session (CrClosuresPane *self, CrSession *session); /* once; shows what was kept */
void cr_closures_pane_refresh (CrClosuresPane *self);
void cr_closures_pane_stay (CrClosuresPane *self);           /* what it asks is taken back */
void cr_closures_pane_discard (CrClosuresPane *self);        /* the window closes: nothing is kept any more */
gboolean cr_closures_pane_is_touched (CrClosuresPane *self); /* something is typed or chosen, and not saved */
