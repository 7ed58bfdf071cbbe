/* Medications of the chart: what is taken, what was, and the composer for new prescriptions (UX 3.8). */
#pragma once
#include "src/ui/shell/page.h"

#define CR_TYPE_MEDS_SECTION (cr_meds_section_get_type ())
G_DECLARE_FINAL_TYPE (CrMedsSection, cr_meds_section, CR, MEDS_SECTION, GtkWidget)
GtkWidget *cr_meds_section_new (CrWindow *window);
void cr_meds_section_set_chart (CrMedsSection *self, CrChart *chart); /* NULL: none */
