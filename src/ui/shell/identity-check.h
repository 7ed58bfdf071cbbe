/* "Type the patient's year of birth to continue" on a sheet that signs (UX 1.6.7): seen only when the risk of
 * the wrong patient is raised. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_IDENTITY_CHECK (cr_identity_check_get_type ())
G_DECLARE_FINAL_TYPE (CrIdentityCheck, cr_identity_check, CR, IDENTITY_CHECK, GtkWidget)
/* For a sheet of this chart; invisible when nothing raises the risk.  controlled: a controlled drug. */
CrIdentityCheck *cr_identity_check_new (CrWindow *window, CrChart *chart, gboolean controlled);
/* For one patient of a sheet of several, whose chart need not be open. */
CrIdentityCheck *cr_identity_check_new_for (CrWindow *window, const CrPatient *patient);
/* TRUE when nothing is asked, or the answer fits.  Else it says so; the third wrong answer closes the sheet
 * and goes to the audit. */
gboolean cr_identity_check_confirm (CrIdentityCheck *self);
