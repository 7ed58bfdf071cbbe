/* What waits for the signed-in person (UX 1.3, page 7). */
#pragma once
#include "src/ui/shell/page.h"

#define CR_TYPE_TASKS_PAGE (cr_tasks_page_get_type ())
G_DECLARE_FINAL_TYPE (CrTasksPage, cr_tasks_page, CR, TASKS_PAGE, GtkWidget)
GtkWidget *cr_tasks_page_new (CrWindow *window);
