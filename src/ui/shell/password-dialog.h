/* A new password: one's own, for which the present one is asked, or an administrator's for somebody else;
 * for somebody without access it is given back.
 * Signal "changed" (const char *sentence): it is set; the window is gone. */
#pragma once
#include "chartroom/session/session.h"
#include <gtk/gtk.h>

#define CR_TYPE_PASSWORD_DIALOG (cr_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrPasswordDialog, cr_password_dialog, CR, PASSWORD_DIALOG, GtkWindow)
CrPasswordDialog *cr_password_dialog_present (GtkWindow *over, CrSession *session, const CrPerson *person);
