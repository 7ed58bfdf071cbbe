/* Today: the visits of one day as a list with stages, minutes and rooms (UX 3.3). */
#pragma once
#include "src/ui/shell/page.h"

#define CR_TYPE_TODAY_PAGE (cr_today_page_get_type ())
G_DECLARE_FINAL_TYPE (CrTodayPage, cr_today_page, CR, TODAY_PAGE, GtkWidget)
GtkWidget *cr_today_page_new (CrWindow *window);
