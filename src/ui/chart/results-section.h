/* Results of the chart: a table by panel, a graph of the chosen test, acknowledging (UX 2.2 D8, 4.9). */
#pragma once
#include "src/ui/chart/section.h"

#define CR_TYPE_RESULTS_SECTION (cr_results_section_get_type ())
G_DECLARE_FINAL_TYPE (CrResultsSection, cr_results_section, CR, RESULTS_SECTION, CrChartSection)
GtkWidget *cr_results_section_new (CrWindow *window); /* hint "result:ID" */
