/* One recipient of the directory, new or changed: a small form. */
#pragma once
#include "chartroom/session/referral-work.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_CONTACT_DIALOG (cr_contact_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrContactDialog, cr_contact_dialog, CR, CONTACT_DIALOG, GtkWindow)
/* contact: what is known of it, copied; version 0: a new one.  Signal "stored" (const CrContact *). */
CrContactDialog *cr_contact_dialog_present (GtkWindow *parent, CrWindow *window, const CrContact *contact);
