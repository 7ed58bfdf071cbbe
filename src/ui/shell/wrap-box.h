/* A row of widgets that goes on in a next line where the width ends, so that nothing is cut or pushed out of
 * the window at large text.  Each has its natural width, or the whole line when that is wider; what is left
 * of a line goes to its children with hexpand.  Children are in focus order. */
#pragma once
#include <gtk/gtk.h>

#define CR_TYPE_WRAP_BOX (cr_wrap_box_get_type ())
/* Properties: spacing, line-spacing (both in px, 0 at first). */
G_DECLARE_FINAL_TYPE (CrWrapBox, cr_wrap_box, CR, WRAP_BOX, GtkWidget)
void cr_wrap_box_append (CrWrapBox *self, GtkWidget *child);
