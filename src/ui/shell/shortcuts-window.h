/* All keys in one searchable list (Ctrl+?), and what the page is for with the keys that act there (F1). */
#pragma once
#include "src/ui/shell/window.h"

void cr_shortcuts_window_present (CrWindow *window);
void cr_help_window_present (CrWindow *window, CrPageId page);
