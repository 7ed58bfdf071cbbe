/* The duplicates of the practice: pairs to decide on, pairs that were judged, and merges that can be undone. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_DUPLICATES_WINDOW (cr_duplicates_window_get_type ())
G_DECLARE_FINAL_TYPE (CrDuplicatesWindow, cr_duplicates_window, CR, DUPLICATES_WINDOW, GtkWindow)
void cr_duplicates_window_present (CrWindow *window);
