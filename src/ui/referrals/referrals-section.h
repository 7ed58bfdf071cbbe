/* Referrals of the open chart, and ordering a new one (UX 2.2 D10). */
#pragma once
#include "src/ui/shell/page.h"

#define CR_TYPE_REFERRALS_SECTION (cr_referrals_section_get_type ())
G_DECLARE_FINAL_TYPE (CrReferralsSection, cr_referrals_section, CR, REFERRALS_SECTION, GtkWidget)
GtkWidget *cr_referrals_section_new (CrWindow *window);
void cr_referrals_section_set_chart (CrReferralsSection *self, CrChart *chart); /* NULL: none */
