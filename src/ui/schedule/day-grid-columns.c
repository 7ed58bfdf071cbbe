/* What a column of the grid stands for: a clinician or a room, on a day. */
#include "src/ui/schedule/day-grid-private.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

const CrGridColumn *
cr_day_grid_column_at (CrDayGrid *self, int column)
{
  return column >= 0 && (guint)column < self->columns->len
             ? &g_array_index (self->columns, CrGridColumn, column)
             : NULL;
}

int
cr_day_grid_column_of (CrDayGrid *self, const CrVisit *visit)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (cr_day_grid_has (self, cr_day_grid_column_at (self, (int)i), visit))
      return (int)i;
  return -1;
}

const CrDay *
cr_day_grid_day_of (CrDayGrid *self, int column)
{
  const CrGridColumn *at = cr_day_grid_column_at (self, column);
  return at != NULL
             ? cr_day_schedule_get_day_on (self->schedule, at->date, at->by_room ? CR_ID_NONE : at->person)
             : NULL;
}

GPtrArray *
cr_day_grid_open_days (CrDayGrid *self, int column)
{
  const CrGridColumn *at = cr_day_grid_column_at (self, column);
  GListModel *people = cr_day_schedule_get_clinicians (self->schedule);
  GPtrArray *days = g_ptr_array_new ();
  if (at != NULL && !at->by_room)
    g_ptr_array_add (days, (gpointer)cr_day_grid_day_of (self, column));
  for (guint i = 0; at != NULL && at->by_room && i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    g_ptr_array_add (days,
                     (gpointer)cr_day_schedule_get_day_on (self->schedule, at->date, cr_row_get_id (row)));
  }
  return days;
}

char *
cr_day_grid_column_name (CrDayGrid *self, const CrGridColumn *column)
{
  CrSession *session = cr_window_get_session (self->window);
  return column->by_room ? cr_visit_room_words (session, column->room)
                         : cr_visit_clinician_name (session, column->person);
}

gboolean
cr_day_grid_shows_days (CrDayGrid *self)
{
  guint n = self->columns->len;
  return n > 1 && cr_date_compare (cr_day_grid_column_at (self, 0)->date,
                                   cr_day_grid_column_at (self, (int)n - 1)->date) != 0;
}

gboolean
cr_day_grid_turns (CrDayGrid *self)
{
  return self->columns->len == 1 || cr_day_grid_shows_days (self);
}

CrDate
cr_day_grid_today (CrDayGrid *self)
{
  return cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
}

gboolean
cr_day_grid_is_today (CrDayGrid *self, int column)
{
  const CrGridColumn *at = cr_day_grid_column_at (self, column);
  return at != NULL && cr_date_compare (at->date, cr_day_grid_today (self)) == 0;
}

/* ---- public ---- */

gboolean
cr_day_grid_has (CrDayGrid *self, const CrGridColumn *column, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  if (cr_date_compare (column->date, a->date) != 0)
    return FALSE;
  if (!column->by_room)
    return column->person == a->person_id;
  return column->room == a->room_id ||
         (column->room != CR_ID_NONE && cr_day_schedule_takes_room (self->schedule, visit, column->room));
}

const CrGridColumn *
cr_day_grid_get_column (CrDayGrid *self, guint i)
{
  return cr_day_grid_column_at (self, (int)i);
}

void
cr_day_grid_set_columns (CrDayGrid *self, const GArray *columns)
{
  g_array_set_size (self->columns, 0);
  if (columns->len > 0)
    g_array_append_vals (self->columns, columns->data, columns->len);
}
