/* The book's own parts: schedule-page.c (day, panels), schedule-actions.c (keys, moving, what the palette
 * asks). */
#pragma once
#include "src/ui/schedule/book-panel.h"
#include "src/ui/schedule/date-nav.h"
#include "src/ui/schedule/day-grid.h"
#include "src/ui/schedule/schedule-page.h"
#include "src/ui/schedule/visit-panel.h"

struct _CrSchedulePage {
  GtkWidget parent;
  GtkWidget *root, *heads, *move_anyway_button, *stop_button;
  CrDateNav *date_nav;
  GtkButton *new_button;
  GtkMenuButton *sheet_button;
  GtkLabel *move_label, *hint_label, *empty_label;
  GtkEntry *move_entry;
  GtkStack *bar, *stack, *side;
  GtkScrolledWindow *heads_scroller, *scroller;
  CrDayGrid *grid;
  GtkCalendar *calendar;
  CrVisitPanel *visit_panel;
  CrBookPanel *book_panel;
  GtkPopover *menu; /* context menu; a child of the page */

  CrWindow *window; /* borrowed: the page stands in it */
  CrDaySchedule *schedule;
  guint minute_timer;
  gboolean scroll_wanted, focus_wanted; /* once the day is loaded */
  CrId move_wanted, select_wanted;      /* visit to move or mark, once the day is loaded */
  CrId drop_person;                     /* where a drop waits for an answer */
  int drop_minute;
  guint drop_places; /* CrPlace bits that the question names */
};

void cr_schedule_page_install_actions (GtkWidgetClass *klass);
void cr_schedule_page_connect_actions (CrSchedulePage *self);
void cr_schedule_page_book (CrSchedulePage *self, const CrBookStart *start);
void cr_schedule_page_book_here (CrSchedulePage *self); /* at the cursor when it is on a free slot */
void cr_schedule_page_close_booking (CrSchedulePage *self);
gboolean cr_schedule_page_is_booking (CrSchedulePage *self);
void cr_schedule_page_set_date (CrSchedulePage *self, CrDate date);
void cr_schedule_page_follow_hint (CrSchedulePage *self, CrId patient, const char *hint);
void cr_schedule_page_do_wanted (CrSchedulePage *self); /* after a load */
