/* Where backups go, which were taken and proven, and one now (administrators). */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_BACKUPS_WINDOW (cr_backups_window_get_type ())
G_DECLARE_FINAL_TYPE (CrBackupsWindow, cr_backups_window, CR, BACKUPS_WINDOW, GtkWindow)
void cr_backups_window_present (CrWindow *window);
