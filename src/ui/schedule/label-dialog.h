/* Before labels are printed: where the sheet's free labels begin, and what the printer is off. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_LABEL_DIALOG (cr_label_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrLabelDialog, cr_label_dialog, CR, LABEL_DIALOG, GtkWindow)
/* addresses: char*, the lines of each label; kept.  Goes on to the preview. */
void cr_label_dialog_present (CrWindow *window, GPtrArray *addresses);
