/* A finished PDF: look at it, print it, export it.  The bytes stay in memory; printing hands them to the
 * print system through an unlinked, unnamed file. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_PRINT_WINDOW (cr_print_window_get_type ())
G_DECLARE_FINAL_TYPE (CrPrintWindow, cr_print_window, CR, PRINT_WINDOW, GtkWindow)
/* It is not offered as a file. */
void cr_print_window_only_paper (CrPrintWindow *self);
