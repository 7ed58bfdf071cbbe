/* Step 4 of the wizard: the week, the rooms, the visit types. */
#pragma once
#include "chartroom/session/administration.h"
#include <gtk/gtk.h>

#define CR_TYPE_HOURS_STEP (cr_hours_step_get_type ())
G_DECLARE_FINAL_TYPE (CrHoursStep, cr_hours_step, CR, HOURS_STEP, GtkWidget)
GtkWidget *cr_hours_step_new (void);
/* Adds new records to both arrays (same length): hours for each of the people (CrId), rooms, visit types.
 * FALSE: something typed is wrong and is said beside it. */
gboolean cr_hours_step_take (CrHoursStep *self, const GArray *people, GPtrArray *classes, GPtrArray *records);
