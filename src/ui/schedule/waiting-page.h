/* Who has no visit and needs one: cancelled, missed, planned and not booked; and who waits for an earlier
 * one. */
#pragma once
#include "src/ui/shell/page.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_WAITING_PAGE (cr_waiting_page_get_type ())
G_DECLARE_FINAL_TYPE (CrWaitingPage, cr_waiting_page, CR, WAITING_PAGE, GtkWidget)
GtkWidget *cr_waiting_page_new (CrWindow *window);
