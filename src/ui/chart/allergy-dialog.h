/* Records an allergy or intolerance: substance first, then the rest (UX 2.2 D9, 4.8). */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_ALLERGY_DIALOG (cr_allergy_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrAllergyDialog, cr_allergy_dialog, CR, ALLERGY_DIALOG, GtkWindow)
void cr_allergy_dialog_present (CrWindow *window, CrChart *chart);
