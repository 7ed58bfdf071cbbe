/* "10:20 AM Dr. Okafor is free: 3 people wait" above the book, as soon as a visit is cancelled, missed, moved
 * away or shortened.  Shows itself and hides itself; never takes the focus.
 *
 * Signal "left": it hid, and had the focus. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_FREED_STRIP (cr_freed_strip_get_type ())
G_DECLARE_FINAL_TYPE (CrFreedStrip, cr_freed_strip, CR, FREED_STRIP, GtkWidget)
void cr_freed_strip_set_up (CrFreedStrip *self, CrWindow *window);
void cr_freed_strip_clear (CrFreedStrip *self); /* drops what it shows */
