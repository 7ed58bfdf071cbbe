/* Who the patient is, beside the illness: demographics, people, coverage, consents, appointments. */
#pragma once
#include "src/ui/chart/section.h"

#define CR_TYPE_DETAILS_SECTION (cr_details_section_get_type ())
G_DECLARE_FINAL_TYPE (CrDetailsSection, cr_details_section, CR, DETAILS_SECTION, CrChartSection)
GtkWidget *cr_details_section_new (CrWindow *window);
