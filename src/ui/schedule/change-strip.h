/* What was done to the book today, by whom, before and after: the newest in one line, all of it in a list.
 * Own steps can be undone, each by itself.  Hidden while there is nothing, and in privacy mode: it names
 * people. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_CHANGE_STRIP (cr_change_strip_get_type ())
G_DECLARE_FINAL_TYPE (CrChangeStrip, cr_change_strip, CR, CHANGE_STRIP, GtkWidget)
void cr_change_strip_set_up (CrChangeStrip *self, CrWindow *window);
void cr_change_strip_forget (CrChangeStrip *self);
