/* Hours, rooms and visit types of a practice that works already: a page of the practice's window. */
#pragma once
#include "chartroom/session/session.h"
#include <gtk/gtk.h>

#define CR_FORM_HOURS "hours" /* what was typed and is not saved (kept-form.h) */
#define CR_TYPE_HOURS_PANE (cr_hours_pane_get_type ())
G_DECLARE_FINAL_TYPE (CrHoursPane, cr_hours_pane, CR, HOURS_PANE, GtkWidget)
/* Signals: "said" (const char *sentence): what came of a save; "hit" (const char *sentence, GPtrArray *rows):
 * also which visits lost their time (hit-visits.h). */
GtkWidget *cr_hours_pane_new (CrSession *session);
/* Reads anew what there is, with what was kept, unless something is typed and not saved. */
void cr_hours_pane_refresh (CrHoursPane *self);
void cr_hours_pane_discard (CrHoursPane *self);        /* the window closes: nothing is kept any more */
gboolean cr_hours_pane_is_touched (CrHoursPane *self); /* something is typed or chosen, and not saved */
