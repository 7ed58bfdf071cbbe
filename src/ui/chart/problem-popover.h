/* Adds a problem: search the terms, choose one, say since when (UX 3.6, Ctrl+D). */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_PROBLEM_POPOVER (cr_problem_popover_get_type ())
G_DECLARE_FINAL_TYPE (CrProblemPopover, cr_problem_popover, CR, PROBLEM_POPOVER, GtkPopover)
/* Where it points at is said before, with gtk_popover_set_pointing_to. */
void cr_problem_popover_open (CrProblemPopover *self, CrWindow *window, CrChart *chart);
