/* The week, the rooms, the visit types: step 5 of the wizard, and later in the practice's window. */
#pragma once
#include "chartroom/session/administration.h"
#include <gtk/gtk.h>

#define CR_TYPE_HOURS_STEP (cr_hours_step_get_type ())
G_DECLARE_FINAL_TYPE (CrHoursStep, cr_hours_step, CR, HOURS_STEP, GtkWidget)
GtkWidget *cr_hours_step_new (void); /* proposes the usual; one week for everybody */
/* Shows what there is, copied, and a week for each clinician of the session's people; where there are no
 * rooms or visit types at all, the usual ones are proposed.  New hours hold from `today` on.  The clinician
 * who was shown stays. */
void cr_hours_step_fill (CrHoursStep *self, const CrAdminSetUp *set_up, GListModel *people, CrDate today);
/* In the wizard: what there is already of those whom the proposed week will be for. */
void cr_hours_step_set_known (CrHoursStep *self, const GPtrArray *hours, CrDate today);
const GPtrArray *cr_hours_step_get_hours (CrHoursStep *self); /* CrHours of everybody, as they were read */
gboolean cr_hours_step_is_touched (CrHoursStep *self);        /* after fill: something is there to be saved */
/* Adds new and changed records to both arrays (same length), full.  people: whom the proposed week is for
 * (CrId); NULL after fill.  FALSE: something typed is wrong and is said beside it. */
gboolean cr_hours_step_take (CrHoursStep *self, const GArray *people, GPtrArray *classes, GPtrArray *records);
