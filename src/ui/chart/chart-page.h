/* The chart of the active patient: section tabs over one section at a time (UX 1.3, page 3). */
#pragma once
#include "src/ui/shell/page.h"

#define CR_TYPE_CHART_PAGE (cr_chart_page_get_type ())
G_DECLARE_FINAL_TYPE (CrChartPage, cr_chart_page, CR, CHART_PAGE, GtkWidget)
GtkWidget *cr_chart_page_new (CrWindow *window);
/* NULL: "No chart open".  The page keeps a reference while it shows the chart. */
void cr_chart_page_set_chart (CrChartPage *self, CrChart *chart);
