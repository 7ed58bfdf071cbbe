/* People and the practice's particulars: what an administrator changes. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_ADMIN_WINDOW (cr_admin_window_get_type ())
G_DECLARE_FINAL_TYPE (CrAdminWindow, cr_admin_window, CR, ADMIN_WINDOW, GtkWindow)
void cr_admin_window_present (CrWindow *window);
/* With what was typed and kept, on the first page that has some; nothing where it is open already. */
void cr_admin_window_present_kept (CrWindow *window);
gboolean cr_admin_window_is_touched (CrAdminWindow *self); /* on any page: typed, and not saved */
