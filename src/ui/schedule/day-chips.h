/* Seven small buttons, Monday to Sunday: the days that will do.  None pressed: every day.  Signal "changed".
 */
#pragma once
#include <gtk/gtk.h>

#define CR_TYPE_DAY_CHIPS (cr_day_chips_get_type ())
G_DECLARE_FINAL_TYPE (CrDayChips, cr_day_chips, CR, DAY_CHIPS, GtkWidget)
char *cr_day_chips_get (CrDayChips *self);                      /* ISO digits, new string; NULL: every day */
void cr_day_chips_set (CrDayChips *self, const char *weekdays); /* does not signal */
