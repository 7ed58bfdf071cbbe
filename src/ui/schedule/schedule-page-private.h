/* The book's own parts: schedule-page.c (day, panels), schedule-actions.c (keys, moving, what the palette
 * asks). */
#pragma once
#include "src/ui/schedule/agenda-view.h"
#include "src/ui/schedule/book-panel.h"
#include "src/ui/schedule/change-strip.h"
#include "src/ui/schedule/date-nav.h"
#include "src/ui/schedule/day-grid.h"
#include "src/ui/schedule/freed-strip.h"
#include "src/ui/schedule/month-view.h"
#include "src/ui/schedule/part-strip.h"
#include "src/ui/schedule/schedule-page.h"
#include "src/ui/schedule/tray-view.h"
#include "src/ui/schedule/visit-panel.h"

#define CR_N_BOOK_VIEWS (CR_SPAN_WEEKS + 1)
/* Whose visits are shown: all clinicians', by rooms, or one clinician's or room's. */
typedef enum { CR_SCOPE_PEOPLE, CR_SCOPE_ROOMS, CR_SCOPE_PERSON, CR_SCOPE_ROOM } CrBookScopeKind;
typedef struct {
  CrBookScopeKind kind;
  CrId id;
} CrBookScope;

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
  GtkWidget *view_box;
  GtkDropDown *whose;
  GtkToggleButton *cancelled_button;
  CrMonthView *month;
  CrAgendaView *agenda;
  CrTrayView *tray;
  GtkWidget *foot;
  CrPartStrip *part_strip;
  CrChangeStrip *strip;
  CrFreedStrip *freed_strip;
  GtkPopover *menu; /* context menu; a child of the page */

  CrWindow *window; /* borrowed: the page stands in it */
  CrDaySchedule *schedule;
  guint minute_timer;
  guint scroll_tick, scroll_frames;
  gboolean scroll_wanted, focus_wanted; /* once the day is loaded */
  CrId move_wanted, select_wanted;      /* visit to move or mark, once the day is loaded */
  CrMoveKind move_kind;                 /* of move_wanted */
  int far_asked;                        /* day, far ahead, that was asked about; 0 none */
  guint drop_places;                    /* CrPlace bits that the question about a drop names */
  GArray *scopes;                       /* CrBookScope: what `whose` offers */
  CrBookScope scope[3];                 /* chosen, for the day, the weeks, month and list */
  gboolean offering;                    /* `whose` or the views change, not the person */
};

/* schedule-views.c */
void cr_schedule_page_set_up_views (CrSchedulePage *self);
void cr_schedule_page_set_view (CrSchedulePage *self, CrBookSpan view, CrDate date);
void cr_schedule_page_show_view (CrSchedulePage *self, const char *code); /* "week" … "rooms" */
void cr_schedule_page_show_day (CrSchedulePage *self, CrDate date);       /* with everybody's visits */
void cr_schedule_page_view_key (CrSchedulePage *self, guint digit);
void cr_schedule_page_fill_view (CrSchedulePage *self);
gboolean cr_schedule_page_shows_grid (CrSchedulePage *self);
gboolean cr_schedule_page_has_people (CrSchedulePage *self);
const char *cr_schedule_page_view_name (CrSchedulePage *self); /* in the stack */
CrBookScope cr_schedule_page_scope (CrSchedulePage *self);
CrDate cr_schedule_page_present_date (CrSchedulePage *self); /* under the cursor */
void cr_schedule_page_turn_far (CrSchedulePage *self, int by);

void cr_schedule_page_show (CrSchedulePage *self); /* the days, in the view that is chosen */
void cr_schedule_page_focus (CrSchedulePage *self);
const CrVisit *cr_schedule_page_selected (CrSchedulePage *self); /* NULL: none */

void cr_schedule_page_install_actions (GtkWidgetClass *klass);
void cr_schedule_page_connect_actions (CrSchedulePage *self);
void cr_schedule_page_book (CrSchedulePage *self, const CrBookStart *start);
void cr_schedule_page_book_here (CrSchedulePage *self); /* at the cursor when it is on a free slot */
void cr_schedule_page_close_booking (CrSchedulePage *self);
gboolean cr_schedule_page_is_booking (CrSchedulePage *self);
void cr_schedule_page_set_date (CrSchedulePage *self, CrDate date);
void cr_schedule_page_follow_hint (CrSchedulePage *self, CrId patient, const char *hint);
void cr_schedule_page_do_wanted (CrSchedulePage *self); /* after a load */
