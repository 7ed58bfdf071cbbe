/* Puts a patient on the wait list. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/domain/appointment.h"

#define CR_TYPE_WAIT_DIALOG (cr_wait_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrWaitDialog, cr_wait_dialog, CR, WAIT_DIALOG, GtkWindow)
/* type, person: chosen at first, or none.  interim: the visit that they hold meanwhile, NULL for none. */
/* patient NULL: to be found in the dialog. */
void cr_wait_dialog_present (CrWindow *window, const CrPatient *patient, CrId type, CrId person,
                             const char *reason, const CrAppointment *interim);

#define CR_FORM_WAIT "wait" /* what was typed and is not saved (kept-form.h) */
void cr_wait_dialog_present_kept (CrWindow *window);
