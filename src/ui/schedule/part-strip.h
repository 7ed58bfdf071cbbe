/* "The other part is still Tue Dec 01, 2026, 9:40 AM, Dr. Chen" below the book and the day's list, once one
 * part of a combined visit was moved or cancelled by the signed-in person; a button lets the other part
 * follow.  Shows itself, and hides itself when it has followed, the change is undone or the next one made.
 *
 * Signal "left": it hid, and had the focus. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_PART_STRIP (cr_part_strip_get_type ())
G_DECLARE_FINAL_TYPE (CrPartStrip, cr_part_strip, CR, PART_STRIP, GtkWidget)
void cr_part_strip_set_up (CrPartStrip *self, CrWindow *window);
void cr_part_strip_forget (CrPartStrip *self); /* lock: nothing is asked or shown any more */
