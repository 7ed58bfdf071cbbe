/* Asks for the reason of something that stays in the history: resolved, refuted, entered in error.
 * Signal "chosen" (const char *reason): act, with cr_reason_dialog_answer_cb for the answer. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_REASON_DIALOG (cr_reason_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrReasonDialog, cr_reason_dialog, CR, REASON_DIALOG, GtkWindow)
/* chart: NULL where it is not open yet.  title: "Resolve Problem"; subject: "Essential hypertension";
 * explanation: what will happen; verb: of the button. */
CrReasonDialog *cr_reason_dialog_present (CrWindow *window, CrChart *chart, const char *title,
                                          const char *subject, const char *explanation, const char *verb);
/* Of an action of the session; data: a reference of the dialog, which it takes.  Done: the dialog closes.  An
 * error is shown, and the typed reason stays. */
void cr_reason_dialog_answer_cb (GObject *source, GAsyncResult *result, gpointer data);
