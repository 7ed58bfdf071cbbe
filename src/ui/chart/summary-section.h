/* The chart's first page: everything that matters about the patient, in fixed places (UX 3.6). */
#pragma once
#include "src/ui/chart/section.h"

#define CR_TYPE_SUMMARY_SECTION (cr_summary_section_get_type ())
G_DECLARE_FINAL_TYPE (CrSummarySection, cr_summary_section, CR, SUMMARY_SECTION, CrChartSection)
GtkWidget *cr_summary_section_new (CrWindow *window);
