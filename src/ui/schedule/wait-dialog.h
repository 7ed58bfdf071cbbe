/* Puts a patient on the wait list; changes what an entry of it asks for. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/wait-list.h"

#define CR_TYPE_WAIT_DIALOG (cr_wait_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrWaitDialog, cr_wait_dialog, CR, WAIT_DIALOG, GtkWindow)
/* patient NULL: to be found in the dialog.  type, person: chosen at first, or none.  interim: the visit that
 * they hold meanwhile, NULL for none. */
void cr_wait_dialog_present (CrWindow *window, const CrPatient *patient, CrId type, CrId person,
                             const char *reason, const CrAppointment *interim);
void cr_wait_dialog_present_change (CrWindow *window, const CrWaitItem *item); /* of an open entry */

#define CR_FORM_WAIT "wait" /* what was typed and is not saved (kept-form.h) */
void cr_wait_dialog_present_kept (CrWindow *window);
