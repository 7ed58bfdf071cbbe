/* Whom to call, and how each call ended: confirmations of a day, recalls, the phone log. */
#pragma once
#include "src/ui/shell/page.h"

#define CR_TYPE_CALLS_PAGE (cr_calls_page_get_type ())
G_DECLARE_FINAL_TYPE (CrCallsPage, cr_calls_page, CR, CALLS_PAGE, GtkWidget)
GtkWidget *cr_calls_page_new (CrWindow *window);
