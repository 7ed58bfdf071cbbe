/* Gives an administrator a new password by the code of the recovery sheet.
 * Signal "recovered" (const char *login): the password is set; the window is gone. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/session/session.h"

#define CR_TYPE_RECOVERY_DIALOG (cr_recovery_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrRecoveryDialog, cr_recovery_dialog, CR, RECOVERY_DIALOG, GtkWindow)
CrRecoveryDialog *cr_recovery_dialog_present (GtkWindow *over, CrSession *session, const char *folder);
