/* The Today page's own parts: today-page.c (the page), today-list.c (rows, order, counts), today-actions.c
 * (what is done to a visit). */
#pragma once
#include "src/ui/schedule/book-panel.h"
#include "src/ui/schedule/date-nav.h"
#include "src/ui/schedule/part-strip.h"
#include "src/ui/schedule/today-page.h"
#include "src/ui/schedule/visit-row.h"
#include "chartroom/session/day-schedule.h"

struct _CrTodayPage {
  GtkWidget parent;
  GtkWidget *root, *side, *header_line;
  CrDateNav *date_nav;
  GtkDropDown *clinician_filter, *stage_filter;
  GtkButton *walk_in_button;
  GtkMenuButton *sheet_button;
  GtkLabel *counts_label, *wait_label, *finish_label, *empty_label, *hint_label;
  GtkStack *stack;
  GtkListBox *list;
  CrBookPanel *walk_in_panel;
  GtkWidget *foot;
  CrPartStrip *part_strip;
  GtkPopover *menu; /* context menu; a child of the page */

  CrWindow *window; /* borrowed: the page stands in it */
  CrDaySchedule *schedule;
  GHashTable *rows;        /* appointment id → CrVisitRow, borrowed from the list */
  GtkListBoxRow *done_row; /* heading of the visits that are over; opens and closes them */
  GtkLabel *done_label;
  gboolean done_shown, narrow;
  GArray *filter_ids; /* CrId per entry of clinician_filter */
  GListModel *paces;  /* rows of CrPace */
  guint minute_timer, refresh_idle;
  CrId asked_patient;    /* what the palette asked for before the day was loaded */
  char *asked;           /* "arrive" "room" "out" "day-sheet"; NULL none */
  CrId walked_in;        /* the walk-in just booked, until its row is there; CR_ID_NONE */
  gboolean focus_wanted; /* focus goes to its defined row once there are rows */
};

void cr_today_page_install_actions (GtkWidgetClass *klass);
/* Rows. */
void cr_today_page_set_up_list (CrTodayPage *self);
void cr_today_page_refresh (CrTodayPage *self); /* from the schedule; rows and focus stay */
void cr_today_page_tick (CrTodayPage *self);    /* a minute has passed */
void cr_today_page_clear (CrTodayPage *self);
void cr_today_page_show_finish (CrTodayPage *self); /* when each clinician will be done */
void cr_today_page_set_narrow (CrTodayPage *self, gboolean narrow);
gboolean cr_today_page_is_today (CrTodayPage *self);
GtkListBoxRow *cr_today_page_focused (CrTodayPage *self);       /* the row with the focus in it; NULL: none */
void cr_today_page_focus_defined (CrTodayPage *self);           /* the row to begin with */
CrVisitRow *cr_today_page_selected (CrTodayPage *self);         /* NULL: none */
CrVisitRow *cr_today_page_find (CrTodayPage *self, CrId visit); /* NULL: not on this day */
void cr_today_page_focus_row (CrTodayPage *self, CrVisitRow *row);
void cr_today_page_show_done (CrTodayPage *self, gboolean shown);
void cr_today_page_show_walk_in (CrTodayPage *self, gboolean shown);
void cr_today_page_go_on (CrTodayPage *self); /* with a walk-in that was not finished, if there is one */
/* Does what the palette asked, when the patient has a visit on the day shown. */
void cr_today_page_do_asked (CrTodayPage *self);
/* The context menu of a row, at a point of the list, or below the row when x is negative. */
void cr_today_page_open_menu (CrTodayPage *self, CrVisitRow *row, double x, double y);
