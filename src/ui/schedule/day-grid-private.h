/* The day grid's own parts: day-grid.c (what stands in it), day-grid-paint.c (lines and times behind it),
 * day-grid-columns.c (what a column is), day-grid-cursor.c (keys and selection), day-grid-move.c (moving),
 * day-grid-pointer.c (by pointer). */
#pragma once
#include "src/ui/schedule/day-grid-layout.h"
#include "src/ui/schedule/day-grid.h"
#include "src/ui/schedule/visit-card.h"

typedef struct {
  CrVisit *visit; /* NULL: nothing is moved */
  CrMoveKind kind;
  int column, start, minutes;
  gboolean dragged; /* by a pressed pointer, else by keys or clicks */
  gboolean over_tray;
  gboolean away;         /* neither over the grid nor over the tray: let go there, the visit returns */
  gboolean held;         /* dropped; waits for an answer */
  double grab_y;         /* pixels below the card's top where the pointer holds it */
  double seen_x, seen_y; /* pointer on the window at the last motion */
  gboolean seen;
  guint edge_timer; /* the pointer waits at an edge: the day turns */
  int edge;         /* −1, 0, +1 */
} CrGridMove;

typedef struct { /* a visit with a room and a machine has two cards in the columns by room */
  CrId visit;
  int column;
} CrCardKey;

struct _CrDayGrid {
  GtkWidget parent;
  CrWindow *window; /* borrowed: the grid stands in it */
  CrDaySchedule *schedule;
  CrDayGridLayout *layout;                   /* owned by the widget */
  GArray *columns;                           /* CrGridColumn */
  GtkWidget *tray;                           /* borrowed; NULL: none */
  GHashTable *cards;                         /* CrCardKey → CrVisitCard, borrowed children */
  GPtrArray *blocks;                         /* labels of blocked time, borrowed children */
  GtkWidget *slot;                           /* the cursor on a free slot */
  GtkWidget *proposal, *second, *move_label; /* dashed outlines; what a move would do */
  int cursor_column, cursor_minute;
  CrId selected;
  gboolean shows_cancelled;
  CrDate opened;      /* the day whose next visit was selected last */
  CrDate goal;        /* where the cursor is to go once the columns are there; absent: it stays */
  gboolean had_focus; /* before the day was emptied: it comes back with the next one */
  CrGridMove move;
  gboolean lifted; /* in this press of the pointer: given up with Escape, it is not lifted once more */
};

enum {
  CR_GRID_SELECTED,
  CR_GRID_OPEN,
  CR_GRID_BOOK,
  CR_GRID_DROPPED,
  CR_GRID_PARKED,
  CR_GRID_REFUSED,
  CR_GRID_MOVE_CHANGED,
  CR_GRID_STEP_DAY,
  CR_GRID_MENU,
  CR_GRID_N_SIGNALS
};
extern guint cr_day_grid_signals[CR_GRID_N_SIGNALS];

int cr_day_grid_column_of (CrDayGrid *self, const CrVisit *visit); /* its first one; −1: none */
const CrGridColumn *cr_day_grid_column_at (CrDayGrid *self, int column);
const CrDay *cr_day_grid_day_of (CrDayGrid *self, int column); /* person none in a room's column */
/* The days whose open hours the column shows: its clinician's, everybody's in a room's.  Of const CrDay. */
GPtrArray *cr_day_grid_open_days (CrDayGrid *self, int column);
gboolean cr_day_grid_shows_days (CrDayGrid *self); /* more than one: the day has to be said */
gboolean cr_day_grid_turns (CrDayGrid *self);      /* right of the last column comes the next day or week */
/* Its card, in the column of the cursor when there are several; NULL: not here. */
CrVisitCard *cr_day_grid_card (CrDayGrid *self, CrId visit);
int cr_day_grid_column_of_card (CrDayGrid *self, CrVisitCard *card);
CrVisitCard *cr_day_grid_card_at (CrDayGrid *self, double x, double y);
CrDate cr_day_grid_today (CrDayGrid *self);
gboolean cr_day_grid_is_today (CrDayGrid *self, int column);
void cr_day_grid_outline (CrDayGrid *self, int column, int start, int minutes, const char *type_code);
void cr_day_grid_hide_outline (CrDayGrid *self);
/* Cursor. */
void cr_day_grid_add_cursor (CrDayGrid *self);
void cr_day_grid_put_cursor (CrDayGrid *self, int column, int minute, gboolean focus);
void cr_day_grid_restore_cursor (CrDayGrid *self); /* after the columns changed */
/* Moving. */
void cr_day_grid_add_pointer (CrDayGrid *self);
gboolean cr_day_grid_move_key (CrDayGrid *self, guint key, GdkModifierType state);
void cr_day_grid_show_move (CrDayGrid *self);
void cr_day_grid_place_move (CrDayGrid *self, int column, int start, int minutes); /* as near as can be */
void cr_day_grid_drop (CrDayGrid *self);
void cr_day_grid_move_news (CrDayGrid *self, CrId appointment);      /* it has changed: a move of it ends */
void cr_day_grid_paint (CrDayGrid *self, GtkSnapshot *snapshot);     /* behind the children */
void cr_day_grid_paint_now (CrDayGrid *self, GtkSnapshot *snapshot); /* over them */
