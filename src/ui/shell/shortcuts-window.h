/* All keys in one searchable list (Ctrl+?, F1). */
#pragma once
#include "src/ui/shell/window.h"

void cr_shortcuts_window_present (CrWindow *window);
