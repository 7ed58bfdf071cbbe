/* Days to scale: a column per clinician, room or day, a card per visit, blocked time, the line of now, a
 * cursor on the slots.  Signals: "selected" (gint64 visit; CR_ID_NONE: a free slot)   "open" (gint64 visit)
 * "book", at the cursor   "dropped", where a moved visit may stand: the page saves it and ends the move
 * "parked", let go over the tray   "refused" (const char *why), where it may not stand   "move-changed", the
 * proposed place or the end of a move   "step-day" (int): the next or previous day or week   "menu" (gint64
 * visit, double x, double y) */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/day-schedule.h"

#define CR_TYPE_DAY_GRID (cr_day_grid_get_type ())
G_DECLARE_FINAL_TYPE (CrDayGrid, cr_day_grid, CR, DAY_GRID, GtkWidget)
void cr_day_grid_set_up (CrDayGrid *self, CrWindow *window, CrDaySchedule *schedule);
typedef struct {
  CrDate date;
  CrId person;      /* whose visits stand in it */
  gboolean by_room; /* … or those in a room: `room`, CR_ID_NONE: visits without one */
  CrId room;
} CrGridColumn;
void cr_day_grid_set_columns (CrDayGrid *self, const GArray *columns); /* of CrGridColumn; before a reload */
const CrGridColumn *cr_day_grid_get_column (CrDayGrid *self, guint i); /* NULL: past the last */
gboolean cr_day_grid_has (CrDayGrid *self, const CrGridColumn *column, const CrVisit *visit);
char *cr_day_grid_column_name (CrDayGrid *self, const CrGridColumn *column); /* "Dr. Okafor" "Room 2" */
void cr_day_grid_show_cancelled (CrDayGrid *self, gboolean shown); /* no-shows, too; before a reload */
void cr_day_grid_reload (CrDayGrid *self);                         /* the columns or their visits changed */
void cr_day_grid_tick (CrDayGrid *self);                           /* the line of now */
void cr_day_grid_forget (CrDayGrid *self);

int cr_day_grid_least_column (CrDayGrid *self); /* pixels: where columns are more than fit, they scroll */
int cr_day_grid_gutter (CrDayGrid *self);       /* pixels left of the first column */
void cr_day_grid_scroll_to (CrDayGrid *self, int minute);
void cr_day_grid_focus (CrDayGrid *self);              /* the cursor: a card, or a free slot */
void cr_day_grid_select (CrDayGrid *self, CrId visit); /* marks it and puts the cursor there */
CrId cr_day_grid_get_selected (CrDayGrid *self);
/* A place in the grid: of the cursor, or where a moved visit would stand. */
typedef struct {
  CrDate date;
  CrId person, room; /* CR_ID_NONE: the column does not say */
  int start, minutes;
} CrGridTarget;
gboolean cr_day_grid_get_cursor (CrDayGrid *self, CrGridTarget *at); /* FALSE: no columns */
void cr_day_grid_go_to (CrDayGrid *self, CrDate date);               /* the cursor, to a column of that day */
/* A dashed outline where a visit would stand; NULL: none. */
void cr_day_grid_show_proposal (CrDayGrid *self, const CrGridTarget *at, const char *type_code);
/* The same of a visit that is booked together with it. */
void cr_day_grid_show_second (CrDayGrid *self, const CrGridTarget *at, const char *type_code);

/* Moving one visit, a copy of it, or its end; goes on when other days are shown.  Ends by drop (signal), Esc,
 * or cr_day_grid_end_move. */
typedef enum { CR_MOVE_VISIT, CR_MOVE_COPY, CR_MOVE_END } CrMoveKind;
/* visit: may be of another day; it then starts at the cursor. */
void cr_day_grid_begin_move (CrDayGrid *self, const CrVisit *visit, CrMoveKind kind);
void cr_day_grid_end_move (CrDayGrid *self);
const CrVisit *cr_day_grid_moving (CrDayGrid *self); /* NULL: none */
CrMoveKind cr_day_grid_move_kind (CrDayGrid *self);
CrGridTarget cr_day_grid_get_target (CrDayGrid *self);
void cr_day_grid_move_to (CrDayGrid *self, int minute);
void cr_day_grid_set_tray (CrDayGrid *self, GtkWidget *tray); /* borrowed; a visit can be dropped there */
/* A visit that is dragged in from outside: the pointer in the grid's coordinates. */
void cr_day_grid_carry (CrDayGrid *self, const CrVisit *visit, double x, double y);
void cr_day_grid_carry_drop (CrDayGrid *self);
/* "Tue Dec 01, 2026, 9:20 AM, Dr. Okafor": where the moved visit would stand. */
char *cr_day_grid_describe_move (CrDayGrid *self);
/* What is in the way there, a set of CrPlace bits; sentence: new string, NULL for none. */
guint cr_day_grid_move_places (CrDayGrid *self, char **sentence);
/* The sentence alone; hard: it cannot be. */
char *cr_day_grid_move_obstacle (CrDayGrid *self, gboolean *hard);
