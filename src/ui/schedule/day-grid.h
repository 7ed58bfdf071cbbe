/* One day to scale: a column per clinician, a card per visit, blocked time, the line of now, a cursor on the
 * slots. Signals: "selected" (gint64 visit; CR_ID_NONE: a free slot)   "open" (gint64 visit)   "book" (gint64
 * person, int minute) "dropped" (gint64 person, int minute), where a moved visit may stand; the page saves it
 * and ends the move "refused" (const char *why), where it may not   "move-changed", the proposed place or the
 * end of a move "step-day" (int)   "menu" (gint64 visit, double x, double y) */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/day-schedule.h"

#define CR_TYPE_DAY_GRID (cr_day_grid_get_type ())
G_DECLARE_FINAL_TYPE (CrDayGrid, cr_day_grid, CR, DAY_GRID, GtkWidget)
void cr_day_grid_set_up (CrDayGrid *self, CrWindow *window, CrDaySchedule *schedule);
void cr_day_grid_reload (CrDayGrid *self); /* the day or its visits changed */
void cr_day_grid_tick (CrDayGrid *self);   /* the line of now */
void cr_day_grid_forget (CrDayGrid *self);

int cr_day_grid_gutter (CrDayGrid *self); /* pixels left of the first column */
void cr_day_grid_scroll_to (CrDayGrid *self, int minute);
void cr_day_grid_focus (CrDayGrid *self);              /* the cursor: a card, or a free slot */
void cr_day_grid_select (CrDayGrid *self, CrId visit); /* marks it and puts the cursor there */
CrId cr_day_grid_get_selected (CrDayGrid *self);
/* The slot or card under the cursor; FALSE: no columns. */
gboolean cr_day_grid_get_cursor (CrDayGrid *self, CrId *person, int *minute);
/* A dashed outline where a visit would stand; slot NULL: none. */
void cr_day_grid_show_proposal (CrDayGrid *self, const CrSlot *slot, int minutes, const char *type_code);

/* Moving one visit; goes on when another day is shown.  Ends by drop (signal), Esc, or cr_day_grid_end_move.
 */
void cr_day_grid_begin_move (CrDayGrid *self, CrId visit);
void cr_day_grid_end_move (CrDayGrid *self);
const CrVisit *cr_day_grid_moving (CrDayGrid *self); /* NULL: none */
void cr_day_grid_move_to (CrDayGrid *self, CrId person, int minute);
void cr_day_grid_resume_move (CrDayGrid *self); /* after a drop that was not saved */
/* "Tue Dec 01, 2026, 9:20 AM, Dr. Okafor": where the moved visit would stand. */
char *cr_day_grid_describe_move (CrDayGrid *self);
/* What is in the way there, a set of CrPlace bits; sentence: new string, NULL for none. */
guint cr_day_grid_move_places (CrDayGrid *self, char **sentence);
/* The sentence alone; hard: it cannot be. */
char *cr_day_grid_move_obstacle (CrDayGrid *self, gboolean *hard);
