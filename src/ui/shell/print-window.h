/* A finished PDF: look at it, print it, export it.  The bytes stay in memory; printing hands them to the
 * print system through an unlinked, unnamed file. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_PRINT_WINDOW (cr_print_window_get_type ())
G_DECLARE_FINAL_TYPE (CrPrintWindow, cr_print_window, CR, PRINT_WINDOW, GtkWindow)
/* Where files go unless somebody chooses: the person's documents, else their home; never the folder that the
 * program happens to be started from. */
const char *cr_usual_folder (void);
void cr_usual_folder_for (GtkFileChooser *chooser);
/* It is not offered as a file. */
void cr_print_window_only_paper (CrPrintWindow *self);
