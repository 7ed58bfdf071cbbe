/* New keys, or a new recovery sheet alone, step by step: why, the sheet on paper, and how far it is.  Closed
 * or left by Escape before the end, nothing was changed.  Once the keys are changed the session ends, and
 * this window with it.
 * Signal "said" (const char *sentence): what came of it, as the window goes. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_KEYS_DIALOG (cr_keys_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrKeysDialog, cr_keys_dialog, CR, KEYS_DIALOG, GtkWindow)
/* reason: stands in the field at first; NULL: nothing.  A change that runs already is shown as far as it is.
 */
CrKeysDialog *cr_keys_dialog_present (GtkWindow *over, CrWindow *window, const char *reason);
CrKeysDialog *cr_keys_dialog_present_sheet (GtkWindow *over, CrWindow *window);
