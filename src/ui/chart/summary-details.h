/* Details of a problem, an allergy, a medication or a visit, and what can be done with it. */
#pragma once
#include "src/ui/chart/section.h"

void cr_summary_details_open (CrChartSection *section, GtkWidget *row,
                              CrId id); /* nothing for an unknown id */
