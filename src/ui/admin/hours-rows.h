/* For which days a week's hours hold: four rows of a form (form.h). */
#pragma once
#include "chartroom/domain/week-hours.h"
#include <gtk/gtk.h>

/* What is typed there, kept while another clinician's rows are shown. */
typedef struct {
  char *from, *until; /* as typed */
  guint weeks;        /* 0 every week, 1 and 2 every second one: from the first, from the next */
} CrHoursTyped;
void cr_hours_typed_clear (CrHoursTyped *typed);

#define CR_TYPE_HOURS_ROWS (cr_hours_rows_get_type ())
G_DECLARE_FINAL_TYPE (CrHoursRows, cr_hours_rows, CR, HOURS_ROWS, GObject)
/* Adds the rows to the form, which keeps them.  Signal "changed": other days are meant. */
CrHoursRows *cr_hours_rows_new (GtkWidget *form);
void cr_hours_rows_set_visible (CrHoursRows *self, gboolean visible);
/* The stretches there are to choose from (GArray of CrHoursRange, copied), and what was typed before; NULL:
 * the first stretch. */
void cr_hours_rows_show (CrHoursRows *self, const GArray *periods, CrDate today, const CrHoursTyped *typed);
void cr_hours_rows_keep (CrHoursRows *self, CrHoursTyped *typed); /* what is typed there now */
/* FALSE: something is wrong; with say it is said beside the field, which gets the focus;
 * without it a last day that cannot be is passed over. */
gboolean cr_hours_rows_read (CrHoursRows *self, gboolean say, CrHoursRange *out);
