/* Makes a practice (UX 3.2): practice, protection, people, hours, summary. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_SETUP_WIZARD (cr_setup_wizard_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupWizard, cr_setup_wizard, CR, SETUP_WIZARD, GtkWindow)
void cr_setup_wizard_present (CrWindow *window);
