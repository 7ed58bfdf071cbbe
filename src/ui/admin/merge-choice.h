/* Which two charts are compared for a merge: one is chosen, then the other. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_MERGE_CHOICE (cr_merge_choice_get_type ())
G_DECLARE_FINAL_TYPE (CrMergeChoice, cr_merge_choice, CR, MERGE_CHOICE, GtkWindow)
/* Goes on to merge-dialog.h, over the same window. */
void cr_merge_choice_present (GtkWindow *over, CrWindow *window);
