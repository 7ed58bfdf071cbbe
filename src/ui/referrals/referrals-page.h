/* All referrals with stage and age; composing their packets (UX 2.3, 3.13). */
#pragma once
#include "src/ui/shell/page.h"

#define CR_TYPE_REFERRALS_PAGE (cr_referrals_page_get_type ())
G_DECLARE_FINAL_TYPE (CrReferralsPage, cr_referrals_page, CR, REFERRALS_PAGE, GtkWidget)
GtkWidget *cr_referrals_page_new (CrWindow *window);
