/* The practice-wide e-prescribing view: what needs a signature, what waits to be printed (UX 3.13). */
#pragma once
#include "src/ui/shell/page.h"

#define CR_TYPE_RX_QUEUE_PAGE (cr_rx_queue_page_get_type ())
G_DECLARE_FINAL_TYPE (CrRxQueuePage, cr_rx_queue_page, CR, RX_QUEUE_PAGE, GtkWidget)
GtkWidget *cr_rx_queue_page_new (CrWindow *window);
