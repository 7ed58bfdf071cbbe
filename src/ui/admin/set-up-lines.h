/* Rooms or visit types, a line each: changed, added, made inactive; never deleted, because old visits name
 * them.  Signal "edited": something was typed, ticked or added. */
#pragma once
#include "chartroom/domain/practice.h"
#include "chartroom/session/kept-form.h"
#include <gtk/gtk.h>

#define CR_TYPE_SET_UP_LINES (cr_set_up_lines_get_type ())
G_DECLARE_FINAL_TYPE (CrSetUpLines, cr_set_up_lines, CR, SET_UP_LINES, GtkWidget)
GtkWidget *cr_set_up_lines_new (const CrRecordClass *klass); /* &CR_ROOM or &CR_VISIT_TYPE */
void cr_set_up_lines_clear (CrSetUpLines *self);
void cr_set_up_lines_add (CrSetUpLines *self, gconstpointer record); /* copied; at the end */
gboolean cr_set_up_lines_is_touched (CrSetUpLines *self);            /* something is there to be saved */
/* What stands in the lines, to be kept, and back again into the stored ones, with those that were added. */
void cr_set_up_lines_write (CrSetUpLines *self, CrKeptForm *kept);
void cr_set_up_lines_put_back (CrSetUpLines *self, const CrKeptForm *kept);
/* Adds the records that are new or changed to both arrays (same length), full.  FALSE: something typed is
 * wrong; it is said below the lines and has the focus. */
gboolean cr_set_up_lines_take (CrSetUpLines *self, GPtrArray *classes, GPtrArray *records);
