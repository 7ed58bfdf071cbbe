/* Makes a practice (UX 3.2) in eight steps.  From the third on it can be left and gone on with: where it
 * stands is a setting of the practice. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_SETUP_WIZARD (cr_setup_wizard_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupWizard, cr_setup_wizard, CR, SETUP_WIZARD, GtkWindow)
void cr_setup_wizard_present (CrWindow *window); /* a new practice */
void cr_setup_wizard_go_on (CrWindow *window);   /* that of the practice which is open */
/* "step 5 of 8, Letterhead and printers"; NULL: the set-up is finished, or not this person's. */
char *cr_setup_wizard_describe (CrSession *session);
