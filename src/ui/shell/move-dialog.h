/* "Move to Another Patient…": which patient does this draft belong to? (UX 1.6.8) */
#pragma once
#include "chartroom/session/move-draft.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_MOVE_DIALOG (cr_move_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrMoveDialog, cr_move_dialog, CR, MOVE_DIALOG, GtkWindow)
/* from: whose chart it is in; what: "Visit note, Mon Nov 23, 2026".  Says where it went by itself. */
CrMoveDialog *cr_move_dialog_present (CrWindow *window, const CrPatient *from, const char *what,
                                      const CrRecordClass *klass, CrId id);
