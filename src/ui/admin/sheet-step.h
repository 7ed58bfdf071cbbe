/* A new recovery code on its way to paper: printed or saved, said to be stored, and proven by its last group
 * as the paper has it.  The code is in locked memory, here alone, until it is taken.
 * Signals: "changed" (what may be asked here has changed), "said" (const char *sentence; NULL: nothing to
 * say any more). */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_SHEET_STEP (cr_sheet_step_get_type ())
G_DECLARE_FINAL_TYPE (CrSheetStep, cr_sheet_step, CR, SHEET_STEP, GtkWidget)
/* intro and warning: paragraphs above the button. */
CrSheetStep *cr_sheet_step_new (const char *intro, const char *warning);
void cr_sheet_step_begin (CrSheetStep *self, CrWindow *window, char *code); /* takes code */
char *cr_sheet_step_take_code (CrSheetStep *self);       /* NULL: none; freed with cr_session_secret_free */
gboolean cr_sheet_step_has_code (CrSheetStep *self);     /* begun, and not taken */
gboolean cr_sheet_step_is_delivered (CrSheetStep *self); /* it went to a printer, or into a file */
gboolean cr_sheet_step_is_confirmed (CrSheetStep *self); /* the person says that it is stored */
/* FALSE: the typed group is not that of the code, which is said beside it. */
gboolean cr_sheet_step_check_group (CrSheetStep *self);
