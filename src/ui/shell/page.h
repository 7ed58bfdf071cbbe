/* What the window asks of a page.  Each page is a widget that implements this interface. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_PAGE (cr_page_get_type ())
G_DECLARE_INTERFACE (CrPage, cr_page, CR, PAGE, GtkWidget)

struct _CrPageInterface {
  GTypeInterface parent;
  /* Shown now: hint as in cr_window_navigate; moves focus to its defined widget. */
  void (*enter) (CrPage *self, CrId patient, const char *section, const char *hint);
  /* Ctrl+N, Ctrl+F, Ctrl+P, Ctrl+Enter, Ctrl+E … : "new" "find" "print" "primary" "edit" "previous" "next"
   * "move" (an unsigned draft, to another patient) "save"
   * "save-copy" "close".
   * FALSE: this page has no such thing now. */
  gboolean (*perform) (CrPage *self, const char *what);
  /* Drop everything that shows patient data (lock); drafts are saved already. */
  void (*forget) (CrPage *self);
  /* The lines at its bottom, which a toast stands above; NULL: it has none. */
  GtkWidget *(*foot) (CrPage *self);
};
void cr_page_enter (CrPage *self, CrId patient, const char *section, const char *hint);
gboolean cr_page_perform (CrPage *self, const char *what);
void cr_page_forget (CrPage *self);
GtkWidget *cr_page_foot (CrPage *self);
CrWindow *cr_page_get_window (CrPage *self); /* the window it stands in */

/* Every page and chart section is made by its own constructor, called once by the shell:
 *   GtkWidget *cr_today_page_new (CrWindow *window);         src/ui/schedule/today-page.h
 *   GtkWidget *cr_schedule_page_new (CrWindow *window);      src/ui/schedule/schedule-page.h
 *   GtkWidget *cr_chart_page_new (CrWindow *window);         src/ui/chart/chart-page.h   (tabs and sections)
 *   GtkWidget *cr_rx_queue_page_new (CrWindow *window);      src/ui/rx/rx-queue-page.h
 *   GtkWidget *cr_referrals_page_new (CrWindow *window);     src/ui/referrals/referrals-page.h
 *   GtkWidget *cr_tasks_page_new (CrWindow *window);         src/ui/shell/tasks-page.h
 * Chart sections (children of the chart page) also implement CrPage and get their chart by:
 *   void cr_SECTION_set_chart (CrSECTION *self, CrChart *chart)  (NULL: none) */
