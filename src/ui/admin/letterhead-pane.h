/* The logo with a look at the head of a letter, and a printer for each kind of paper: in the set-up and in
 * Practice and People. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_LETTERHEAD_PANE (cr_letterhead_pane_get_type ())
/* Signals: "said" (const char * sentence or NULL, gboolean wrong), "busy" (gboolean), "saved". */
G_DECLARE_FINAL_TYPE (CrLetterheadPane, cr_letterhead_pane, CR, LETTERHEAD_PANE, GtkWidget)
GtkWidget *cr_letterhead_pane_new (void);
/* As it is stored now; what was chosen and not saved goes.  Printers are looked for again. */
void cr_letterhead_pane_refresh (CrLetterheadPane *self, CrWindow *window);
gboolean cr_letterhead_pane_is_touched (CrLetterheadPane *self);
void cr_letterhead_pane_save (CrLetterheadPane *self); /* ends in "saved", or in "said" what is wrong */
