/* A call that came in: who, about what, for which patient, and a task of it. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_CALL_DIALOG (cr_call_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrCallDialog, cr_call_dialog, CR, CALL_DIALOG, GtkWindow)
void cr_call_dialog_present (CrWindow *window);

#define CR_FORM_CALL "call" /* what was typed and is not saved (kept-form.h) */
void cr_call_dialog_present_kept (CrWindow *window);
