/* What each person may set for themselves: look, text size, density, single-letter keys. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_PREFERENCES_WINDOW (cr_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (CrPreferencesWindow, cr_preferences_window, CR, PREFERENCES_WINDOW, GtkWindow)
void cr_preferences_window_present (CrWindow *window);
