/* Help within the program (F1): topics with a search, the text of one, and the keys that act there. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_HELP_WINDOW (cr_help_window_get_type ())
G_DECLARE_FINAL_TYPE (CrHelpWindow, cr_help_window, CR, HELP_WINDOW, GtkWindow)
/* topic: of help-text.h. */
void cr_help_window_present (GtkWindow *over, guint topic);
