/* A task, new or changed: of which patient, what, for whom, until when, shown again when, a note. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/domain/referral.h"

#define CR_TYPE_TASK_DIALOG (cr_task_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrTaskDialog, cr_task_dialog, CR, TASK_DIALOG, GtkWindow)

typedef enum { CR_TASK_DIALOG_WHAT, CR_TASK_DIALOG_SNOOZE, CR_TASK_DIALOG_PERSON } CrTaskDialogField;
/* task: with an id an open one, else what a new one begins with (copied); patient: its patient, NULL none.
 * field: which one has the focus. */
void cr_task_dialog_present (CrWindow *window, const CrTask *task, const CrPatient *patient,
                             CrTaskDialogField field);

#define CR_FORM_TASK "task" /* what was typed and is not saved (kept-form.h) */
void cr_task_dialog_present_kept (CrWindow *window);
