/* Moving a visit in the grid, a copy of it, or its end: by arrows and Enter here, by pointer in
 * day-grid-pointer.c.  What is in the way is said while it moves. */
#include "src/ui/schedule/day-grid-private.h"
#include "src/ui/schedule/visit-actions.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

#define LABEL_GAP 8 /* pixels kept free around what is said */

static const CrDayLayout *
geometry_of (CrDayGrid *self)
{
  return cr_day_grid_layout_get (self->layout);
}

/* ---- where it would stand ---- */

static gboolean
is_resized (CrDayGrid *self)
{
  return self->move.minutes != (int)self->move.visit->appointment->minutes;
}

void
cr_day_grid_place_move (CrDayGrid *self, int column, int start, int minutes)
{
  const CrDayLayout *geometry = geometry_of (self);
  column = CLAMP (column, 0, MAX ((int)self->columns->len - 1, 0));
  minutes = CLAMP (minutes, geometry->grain / 2, geometry->to - geometry->from);
  start = CLAMP (start, geometry->from, MAX (geometry->to - minutes, geometry->from));
  if (column == self->move.column && start == self->move.start && minutes == self->move.minutes)
    return;
  self->move.column = column;
  self->move.start = start;
  self->move.minutes = minutes;
  self->move.held = FALSE;
  cr_day_grid_show_move (self);
}

static int
measure_label (CrDayGrid *self)
{
  int wide = 0, tall = 0;
  gtk_widget_measure (self->move_label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wide, NULL, NULL);
  wide = MIN (wide, gtk_widget_get_width (GTK_WIDGET (self)));
  gtk_widget_measure (self->move_label, GTK_ORIENTATION_VERTICAL, wide, NULL, &tall, NULL, NULL);
  return tall;
}

static void
keep_column_in_view (CrDayGrid *self, GtkScrolledWindow *scroller)
{
  double left = cr_day_layout_column_x (geometry_of (self), self->move.column);
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (scroller), left,
                             left + cr_day_layout_column_width (geometry_of (self)));
}

/* The whole visit where it would stand, and below it what is said about that. */
static void
keep_in_view (CrDayGrid *self)
{
  const CrDayLayout *geometry = geometry_of (self);
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  double top = cr_day_layout_y (geometry, self->move.start);
  double bottom = cr_day_layout_y (geometry, self->move.start + self->move.minutes);
  if (scroller == NULL)
    return;
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                             MAX (top - geometry->slot, 0), bottom + measure_label (self) + LABEL_GAP);
  keep_column_in_view (self, GTK_SCROLLED_WINDOW (scroller));
}

/* ---- keys ---- */

static int
next_slot (int minute, int grain, int by)
{
  return by > 0 ? (minute / grain + 1) * grain : (minute + grain - 1) / grain * grain - grain;
}

/* Up and down move the visit; its end, when that is what is moved or Shift is held. */
static void
step (CrDayGrid *self, int by, gboolean shift)
{
  int grain = geometry_of (self)->grain, start = self->move.start, end = start + self->move.minutes;
  if (shift || self->move.kind == CR_MOVE_END)
    cr_day_grid_place_move (self, self->move.column, start,
                            MAX (next_slot (end, grain, by) - start, grain / 2));
  else
    cr_day_grid_place_move (self, self->move.column, next_slot (start, grain, by), self->move.minutes);
}

/* Past the last day comes the next week. */
static void
step_column (CrDayGrid *self, int by)
{
  int column = self->move.column + by, last = (int)self->columns->len - 1;
  if (self->move.kind == CR_MOVE_END)
    return;
  if ((column < 0 || column > last) && cr_day_grid_turns (self)) {
    self->move.column = column < 0 ? last : 0;
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_STEP_DAY], 0, by);
    return;
  }
  cr_day_grid_place_move (self, column, self->move.start, self->move.minutes);
}

gboolean
cr_day_grid_move_key (CrDayGrid *self, guint key, GdkModifierType state)
{
  switch (key) {
  case GDK_KEY_Up:
  case GDK_KEY_Down:
    step (self, key == GDK_KEY_Down ? 1 : -1, (state & GDK_SHIFT_MASK) != 0);
    keep_in_view (self);
    return TRUE;
  case GDK_KEY_Left:
  case GDK_KEY_Right:
    step_column (self, key == GDK_KEY_Right ? 1 : -1);
    keep_in_view (self);
    return TRUE;
  case GDK_KEY_Page_Up:
  case GDK_KEY_Page_Down:
    if (self->move.kind != CR_MOVE_END)
      g_signal_emit (self, cr_day_grid_signals[CR_GRID_STEP_DAY], 0, key == GDK_KEY_Page_Down ? 1 : -1);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    cr_day_grid_drop (self);
    return TRUE;
  case GDK_KEY_Escape:
    cr_day_grid_end_move (self);
    return TRUE;
  default:
    return FALSE;
  }
}

/* ---- for the grid's other files ---- */

void
cr_day_grid_move_news (CrDayGrid *self, CrId appointment)
{
  if (self->move.visit == NULL || self->move.kind == CR_MOVE_COPY ||
      self->move.visit->appointment->id != appointment)
    return;
  cr_day_grid_end_move (self);
  g_signal_emit (self, cr_day_grid_signals[CR_GRID_REFUSED], 0,
                 _ ("Somebody changed this visit meanwhile, so it is not moved. Look at it again."));
}

/* Where it cannot stand at all, a dragged visit returns, and one moved by keys goes on. */
void
cr_day_grid_drop (CrDayGrid *self)
{
  gboolean hard;
  g_autofree char *obstacle = cr_day_grid_move_obstacle (self, &hard);
  if (self->columns->len == 0) /* between two days */
    return;
  if (!hard) {
    self->move.held = TRUE;
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_DROPPED], 0);
    return;
  }
  if (self->move.dragged)
    cr_day_grid_end_move (self);
  g_signal_emit (self, cr_day_grid_signals[CR_GRID_REFUSED], 0, obstacle);
}

static char *
describe_with_obstacle (CrDayGrid *self)
{
  gboolean hard;
  g_autofree char *words = cr_day_grid_describe_move (self);
  g_autofree char *obstacle = cr_day_grid_move_obstacle (self, &hard);
  return obstacle != NULL ? g_strdup_printf ("%s\n%s %s", words, hard ? "⊘" : "▲", obstacle)
                          : g_steal_pointer (&words);
}

void
cr_day_grid_show_move (CrDayGrid *self)
{
  g_autofree char *text = describe_with_obstacle (self);
  CrGridPlace place = { CR_GRID_FLOAT, self->move.column, self->move.start, self->move.minutes, 0, 1 };
  cr_day_grid_outline (self, self->move.column, self->move.start, self->move.minutes,
                       self->move.visit->type_code);
  gtk_widget_set_visible (self->proposal, !self->move.away);
  gtk_label_set_label (GTK_LABEL (self->move_label), text);
  gtk_widget_set_visible (self->move_label, TRUE);
  gtk_widget_insert_before (self->move_label, GTK_WIDGET (self), NULL);
  cr_day_grid_layout_place (self->layout, self->move_label, &place);
  g_signal_emit (self, cr_day_grid_signals[CR_GRID_MOVE_CHANGED], 0);
}

/* ---- public ---- */

/* Where a visit begins that does not stand here: with its clinician, on the day under the cursor. */
static int
column_for (CrDayGrid *self, const CrAppointment *a)
{
  const CrGridColumn *cursor = cr_day_grid_column_at (self, self->cursor_column);
  for (guint i = 0; cursor != NULL && i < self->columns->len; i++) {
    const CrGridColumn *at = cr_day_grid_column_at (self, (int)i);
    if (!at->by_room && at->person == a->person_id && cr_date_compare (at->date, cursor->date) == 0)
      return (int)i;
  }
  return self->cursor_column;
}

void
cr_day_grid_begin_move (CrDayGrid *self, const CrVisit *visit, CrMoveKind kind)
{
  const CrAppointment *a = visit->appointment;
  CrVisitCard *card = cr_day_grid_card (self, a->id);
  int column = card != NULL ? cr_day_grid_column_of_card (self, card) : -1;
  if (self->columns->len == 0 || (kind != CR_MOVE_COPY && !cr_visit_may_move (visit)) ||
      (kind == CR_MOVE_END && column < 0))
    return;
  cr_day_grid_end_move (self);
  self->move.visit = cr_visit_copy (visit);
  self->move.kind = kind;
  self->move.column = column >= 0 ? column : column_for (self, a);
  self->move.start = (int)a->start_min;
  self->move.minutes = (int)a->minutes;
  if (card != NULL && kind != CR_MOVE_COPY)
    cr_visit_card_set_lifted (card, TRUE);
  cr_day_grid_show_move (self);
  if (card != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (card));
  else
    cr_day_grid_put_cursor (self, self->move.column, self->move.start, TRUE);
  keep_in_view (self);
}

void
cr_day_grid_end_move (CrDayGrid *self)
{
  CrVisitCard *card;
  if (self->move.visit == NULL)
    return;
  card = cr_day_grid_card (self, self->move.visit->appointment->id);
  if (card != NULL)
    cr_visit_card_set_lifted (card, FALSE);
  g_clear_handle_id (&self->move.edge_timer, g_source_remove);
  g_clear_pointer (&self->move.visit, cr_visit_free);
  self->move = (CrGridMove){ 0 };
  cr_day_grid_hide_outline (self);
  g_signal_emit (self, cr_day_grid_signals[CR_GRID_MOVE_CHANGED], 0);
}

const CrVisit *
cr_day_grid_moving (CrDayGrid *self)
{
  return self->move.visit;
}

CrMoveKind
cr_day_grid_move_kind (CrDayGrid *self)
{
  return self->move.kind;
}

CrGridTarget
cr_day_grid_get_target (CrDayGrid *self)
{
  const CrGridColumn *column = cr_day_grid_column_at (self, self->move.column);
  const CrAppointment *a = self->move.visit->appointment;
  return (CrGridTarget){ .date = column->date,
                         .person = column->by_room ? a->person_id : column->person,
                         .room = column->by_room ? column->room : a->room_id,
                         .start = self->move.start,
                         .minutes = self->move.minutes };
}

void
cr_day_grid_move_to (CrDayGrid *self, int minute)
{
  if (self->move.visit != NULL && self->move.kind == CR_MOVE_END)
    cr_day_grid_place_move (self, self->move.column, self->move.start, minute - self->move.start);
  else if (self->move.visit != NULL)
    cr_day_grid_place_move (self, self->move.column, minute, self->move.minutes);
}

char *
cr_day_grid_describe_move (CrDayGrid *self)
{
  const CrGridColumn *column = cr_day_grid_column_at (self, self->move.column);
  CrGridTarget target;
  g_autofree char *who = NULL, *words = NULL, *room = NULL;
  if (self->move.over_tray)
    return g_strdup (_ ("the holding tray"));
  if (self->move.away)
    return g_strdup (_ ("its old place: let go here, and nothing changes"));
  if (column == NULL)
    return g_strdup (_ ("…"));
  target = cr_day_grid_get_target (self);
  who = cr_visit_clinician_name (cr_window_get_session (self->window), target.person);
  words = cr_visit_place_words (target.date, target.start, who);
  room = column->by_room ? cr_day_grid_column_name (self, column) : NULL;
  return g_strdup_printf (is_resized (self) ? "%s%s%s, %d min" : "%s%s%s", words, room != NULL ? ", " : "",
                          room != NULL ? room : "", target.minutes);
}

guint
cr_day_grid_move_places (CrDayGrid *self, char **sentence)
{
  const CrAppointment *a = self->move.visit->appointment;
  CrGridTarget target;
  CrBooking booking;
  *sentence = NULL;
  if (self->columns->len == 0 || self->move.over_tray || self->move.away)
    return 0;
  target = cr_day_grid_get_target (self);
  booking = (CrBooking){ .patient_id = a->patient_id,
                         .person_id = target.person,
                         .visit_type_id = a->visit_type_id,
                         .room_id = a->stage <= CR_STAGE_ARRIVED ? target.room : CR_ID_NONE,
                         .date = target.date,
                         .start = target.start,
                         .minutes = target.minutes };
  return cr_day_schedule_places (self->schedule, &booking,
                                 self->move.kind == CR_MOVE_COPY ? CR_ID_NONE : a->id, sentence);
}

char *
cr_day_grid_move_obstacle (CrDayGrid *self, gboolean *hard)
{
  char *sentence = NULL;
  guint places = cr_day_grid_move_places (self, &sentence);
  *hard = places != 0 && cr_places_hard (places) != 0;
  return sentence;
}
