/* Pages above, open charts below (UX 1.2). */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_SIDEBAR (cr_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (CrSidebar, cr_sidebar, CR, SIDEBAR, GtkWidget)
/* Signals: "page" (int CrPageId), "chart" (gint64 patient id). */
void cr_sidebar_select (CrSidebar *self, CrPageId page);
void cr_sidebar_set_shown (CrSidebar *self, CrPageId page, gboolean shown); /* FALSE: nothing for this role */
void cr_sidebar_set_count (CrSidebar *self, CrPageId page, guint count);    /* chip; 0 hides it */
/* charts: GPtrArray of CrChart; active: highlighted; private names when `hidden`. */
void cr_sidebar_set_charts (CrSidebar *self, GPtrArray *charts, CrChart *active, gboolean hidden);
void cr_sidebar_set_narrow (CrSidebar *self, gboolean narrow);
gboolean cr_sidebar_get_narrow (CrSidebar *self);
const char *cr_page_title (CrPageId page);
int cr_page_digit (CrPageId page); /* of Ctrl+digit */
/* A line for an open chart, with its edge mark; narrow: a long name ends in "…". */
GtkWidget *cr_chart_row_new (CrChart *chart, gboolean active, gboolean hidden, gboolean narrow);
CrChart *cr_chart_of_row (GtkListBoxRow *row);
/* Which of the four edge marks a chart has: "edge-1" … "edge-4". */
void cr_chart_set_edge (CrChart *chart, int edge);
const char *cr_chart_get_edge (CrChart *chart);
