/* The week, the rooms, the visit types: step 5 of the wizard, and later in the practice's window. */
#pragma once
#include "chartroom/session/administration.h"
#include "chartroom/session/kept-form.h"
#include <gtk/gtk.h>

#define CR_TYPE_HOURS_STEP (cr_hours_step_get_type ())
G_DECLARE_FINAL_TYPE (CrHoursStep, cr_hours_step, CR, HOURS_STEP, GtkWidget)
/* Signal "edited": something was typed, chosen or added. */
GtkWidget *cr_hours_step_new (void); /* proposes the usual; one week for everybody */
/* Shows what there is, copied, and a week for each clinician of the session's people; where there are no
 * rooms or visit types at all, the usual ones are proposed.  New hours hold from `today` on.  The clinician
 * who was shown stays. */
void cr_hours_step_fill (CrHoursStep *self, const CrAdminSetUp *set_up, GListModel *people, CrDate today);
/* In the wizard: what there is already of those whom the proposed week will be for. */
void cr_hours_step_set_known (CrHoursStep *self, const GPtrArray *hours, CrDate today);
const GPtrArray *cr_hours_step_get_hours (CrHoursStep *self); /* CrHours of everybody, as they were read */
gboolean cr_hours_step_is_touched (CrHoursStep *self);        /* after fill: something is there to be saved */
/* After fill: everybody's weeks, rooms and visit types as they stand there, to be kept, and back again. */
void cr_hours_step_write (CrHoursStep *self, CrKeptForm *kept);
void cr_hours_step_put_back (CrHoursStep *self, const CrKeptForm *kept);
/* Adds new and changed records to both arrays (same length), full.  people: whom the proposed week is for
 * (CrId); NULL after fill.  FALSE: something typed is wrong and is said beside it. */
gboolean cr_hours_step_take (CrHoursStep *self, const GArray *people, GPtrArray *classes, GPtrArray *records);
