/* A second person signs beside the one who is signed in: own name, own password, one purpose.  Signal "signed"
 * (CrSecondPerson); the window is gone then. */
#pragma once
#include "chartroom/session/second-person.h"
#include <gtk/gtk.h>

#define CR_TYPE_SECOND_DIALOG (cr_second_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrSecondDialog, cr_second_dialog, CR, SECOND_DIALOG, GtkWindow)
/* what: a sentence for the second person; purpose: for the audit; verb: of the button. */
CrSecondDialog *cr_second_dialog_present (GtkWindow *over, CrSession *session, const char *what,
                                          const char *purpose, const char *verb);
