/* Two charts side by side, what will happen, and the merge itself: typed record number, reason, second person. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_MERGE_DIALOG (cr_merge_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrMergeDialog, cr_merge_dialog, CR, MERGE_DIALOG, GtkWindow)
void cr_merge_dialog_present (GtkWindow *over, CrWindow *window, CrId kept, CrId gone);
