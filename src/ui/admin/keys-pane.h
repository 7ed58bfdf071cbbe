/* What the practice's keys are for, how they stand, and the ways to new ones and to a new recovery sheet; a
 * page of the practice's window.  Signal "said" (const char *sentence): what came of it. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_KEYS_PANE (cr_keys_pane_get_type ())
G_DECLARE_FINAL_TYPE (CrKeysPane, cr_keys_pane, CR, KEYS_PANE, GtkWidget)
void cr_keys_pane_set_window (CrKeysPane *self, CrWindow *window); /* once */
void cr_keys_pane_refresh (CrKeysPane *self);
/* Begins a change for that reason, which stands in the field. */
void cr_keys_pane_begin (CrKeysPane *self, const char *reason);
