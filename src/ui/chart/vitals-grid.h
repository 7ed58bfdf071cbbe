/* Vital signs as a table of the last dates, with a column to enter new ones (UX 3.10). */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/session/chart.h"

#define CR_TYPE_VITALS_GRID (cr_vitals_grid_get_type ())
G_DECLARE_FINAL_TYPE (CrVitalsGrid, cr_vitals_grid, CR, VITALS_GRID, GtkWidget)
/* Shows the chart's vital signs; NULL: empty.  The column being entered stays as it is. */
void cr_vitals_grid_show (CrVitalsGrid *self, CrChart *chart);
void cr_vitals_grid_step (CrVitalsGrid *self, int columns); /* to earlier (negative) or later dates */
guint cr_vitals_grid_earlier (CrVitalsGrid *self);          /* columns that are hidden at the left */
guint cr_vitals_grid_later (CrVitalsGrid *self);

/* The new column.  typed: texts of an entry put aside (cr_vitals_grid_take), NULL: empty fields. */
void cr_vitals_grid_start (CrVitalsGrid *self, char **typed);
void cr_vitals_grid_stop (CrVitalsGrid *self);
void cr_vitals_grid_focus (CrVitalsGrid *self); /* the first field of the new column */
gboolean cr_vitals_grid_is_entering (CrVitalsGrid *self);
char **cr_vitals_grid_take (CrVitalsGrid *self); /* typed texts, NULL when all are empty; g_strfreev */
/* Everything entered as CrObservation; NULL when something is wrong or unanswered: the focus goes there.
 * An empty array: nothing was entered.  notice: what to tell, NULL; g_free. */
GPtrArray *cr_vitals_grid_collect (CrVitalsGrid *self, char **notice);
