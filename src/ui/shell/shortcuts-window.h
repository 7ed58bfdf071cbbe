/* All keys in one searchable list (Ctrl+?). */
#pragma once
#include "src/ui/shell/window.h"

void cr_shortcuts_window_present (CrWindow *window);
/* Those of some places ("Today", "Lists"; untranslated, NULL-terminated), as a list. */
GtkWidget *cr_shortcuts_list_new (const char *const *where);
gboolean cr_shortcuts_have (const char *key); /* untranslated: "Ctrl+K" */
