/* The book: one day with a column per clinician; book, move, cancel (UX 3.4). */
#pragma once
#include "src/ui/shell/page.h"

#define CR_TYPE_SCHEDULE_PAGE (cr_schedule_page_get_type ())
G_DECLARE_FINAL_TYPE (CrSchedulePage, cr_schedule_page, CR, SCHEDULE_PAGE, GtkWidget)
GtkWidget *cr_schedule_page_new (CrWindow *window);
