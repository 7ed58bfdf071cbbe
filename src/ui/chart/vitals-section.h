/* Vital signs of the chart: entry, table, graphs (UX 3.10). */
#pragma once
#include "src/ui/chart/section.h"

#define CR_TYPE_VITALS_SECTION (cr_vitals_section_get_type ())
G_DECLARE_FINAL_TYPE (CrVitalsSection, cr_vitals_section, CR, VITALS_SECTION, CrChartSection)
GtkWidget *cr_vitals_section_new (CrWindow *window);
