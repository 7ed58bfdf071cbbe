/* Lines of the results table: a heading for each panel of a day, then its results. */
#pragma once
#include <gio/gio.h>
#include "chartroom/domain/clinical-records.h"

#define CR_TYPE_RESULT_LINE (cr_result_line_get_type ())
G_DECLARE_FINAL_TYPE (CrResultLine, cr_result_line, CR, RESULT_LINE, GObject)
const CrObservation *cr_result_line_get (CrResultLine *self); /* NULL: a heading */
const char *cr_result_line_heading (CrResultLine *self);      /* "Lipid panel"; NULL: a result */
const char *cr_result_line_day (CrResultLine *self);          /* "Nov 16, 2026" */
const char *cr_result_line_collected (CrResultLine *self);    /* the day of a heading, the time of a result */
const char *cr_result_line_laboratory (CrResultLine *self);   /* who measured; "" when not known */

/* Fills store from the chart's results (rows of CrObservation, newest first).  words: only results whose
 * names hold all of them; NULL or "" for all.  Returns how many results are in it. */
guint cr_result_lines_fill (GListStore *store, GListModel *results, const char *words, CrClock *clock);
gboolean cr_result_is_new (const CrObservation *o); /* nobody has reviewed it */
