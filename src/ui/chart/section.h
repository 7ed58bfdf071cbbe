/* A section of the chart: knows its window and its chart, and fills itself again when the chart was loaded
 * anew. */
#pragma once
#include "src/ui/shell/page.h"

#define CR_TYPE_CHART_SECTION (cr_chart_section_get_type ())
G_DECLARE_DERIVABLE_TYPE (CrChartSection, cr_chart_section, CR, CHART_SECTION, GtkWidget)

struct _CrChartSectionClass {
  GtkWidgetClass parent_class;
  void (*leave) (
      CrChartSection *self); /* before the chart changes: put away what belongs to it.  May be NULL */
  void (*show) (
      CrChartSection *self); /* fill from the present chart, which may be NULL; only while on screen */
};

void cr_chart_section_set_window (CrChartSection *self, CrWindow *window); /* once, by the constructor */
CrWindow *cr_chart_section_get_window (CrChartSection *self);
/* NULL: none.  A section calls it with NULL first of all in its dispose. */
void cr_chart_section_set_chart (CrChartSection *self, CrChart *chart);
CrChart *cr_chart_section_get_chart (CrChartSection *self);            /* borrowed; NULL */
const CrChartRecords *cr_chart_section_records (CrChartSection *self); /* NULL without a chart */
void cr_chart_section_refresh (CrChartSection *self); /* shows now if something is out of date */
CrClock *cr_chart_section_clock (CrChartSection *self);
CrDate cr_chart_section_today (CrChartSection *self);
char *cr_chart_section_day (CrChartSection *self, CrInstant at);  /* "Nov 23, 2026"; "Not recorded" */
char *cr_chart_section_time (CrChartSection *self, CrInstant at); /* "Nov 23, 2026 10:34 AM" */
gboolean cr_chart_section_can (CrChartSection *self, CrRight right);
