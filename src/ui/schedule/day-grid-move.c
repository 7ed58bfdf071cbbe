/* Moving a visit in the day grid: arrows and Enter, dragging, or a click on the new slot.  What is in the way
 * is said while it moves. */
#include "src/ui/schedule/day-grid-private.h"
#include "src/ui/schedule/visit-actions.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>
#include <math.h>

#define DRAG_BEGINS 6  /* pixels */
#define EDGE 14        /* pixels from the left or right edge where the day turns … */
#define EDGE_WAIT 600  /* … after this many milliseconds */
#define SCROLL_ZONE 30 /* pixels from the top or bottom where the grid scrolls */
#define SCROLL_STEP 12
#define LABEL_GAP 8 /* pixels kept free around what is said */

static const CrDayLayout *
geometry_of (CrDayGrid *self)
{
  return cr_day_grid_layout_get (self->layout);
}

static int
length_of (CrDayGrid *self)
{
  return (int)self->move.visit->appointment->minutes;
}

static void
place_move (CrDayGrid *self, int column, int start)
{
  const CrDayLayout *geometry = geometry_of (self);
  column = CLAMP (column, 0, MAX ((int)self->people->len - 1, 0));
  start = CLAMP (start, geometry->from, MAX (geometry->to - length_of (self), geometry->from));
  if (column == self->move.column && start == self->move.start)
    return;
  self->move.column = column;
  self->move.start = start;
  self->move.held = FALSE;
  cr_day_grid_show_move (self);
}

/* Where it cannot stand at all, a dragged visit returns, and one moved by keys goes on. */
static void
drop (CrDayGrid *self)
{
  gboolean hard;
  g_autofree char *obstacle = cr_day_grid_move_obstacle (self, &hard);
  if (!hard) {
    self->move.held = TRUE;
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_DROPPED], 0,
                   cr_day_grid_person_at (self, self->move.column), self->move.start);
    return;
  }
  if (self->move.dragged)
    cr_day_grid_end_move (self);
  g_signal_emit (self, cr_day_grid_signals[CR_GRID_REFUSED], 0, obstacle);
}

/* ---- pointer ---- */

static void
scroll_near_edge (CrDayGrid *self, double y)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *at =
      scroller != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  double top, bottom;
  if (at == NULL)
    return;
  top = gtk_adjustment_get_value (at);
  bottom = top + gtk_adjustment_get_page_size (at);
  if (y < top + SCROLL_ZONE)
    gtk_adjustment_set_value (at, top - SCROLL_STEP);
  else if (y > bottom - SCROLL_ZONE)
    gtk_adjustment_set_value (at, top + SCROLL_STEP);
}

static gboolean
edge_cb (gpointer data)
{
  CrDayGrid *self = data;
  g_signal_emit (self, cr_day_grid_signals[CR_GRID_STEP_DAY], 0, self->move.edge);
  return G_SOURCE_CONTINUE;
}

static void
wait_at_edge (CrDayGrid *self, double x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int edge = x < EDGE ? -1 : x > width - EDGE ? 1 : 0;
  if (edge == self->move.edge)
    return;
  self->move.edge = edge;
  g_clear_handle_id (&self->move.edge_timer, g_source_remove);
  if (edge != 0)
    self->move.edge_timer = g_timeout_add (EDGE_WAIT, edge_cb, self);
}

static void
follow_pointer (CrDayGrid *self, double x, double y)
{
  const CrDayLayout *geometry = geometry_of (self);
  int column = cr_day_layout_column_at (geometry, x);
  double top = y - self->move.grab_y;
  place_move (self, column >= 0 ? column : self->move.column,
              cr_day_layout_snap (geometry, cr_day_layout_minute (geometry, MAX (top, 0))));
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, CrDayGrid *self)
{
  CrVisitCard *card = cr_day_grid_card_at (self, x, y);
  gboolean right = cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT);
  if (card == NULL || self->move.visit != NULL || !right ||
      !cr_visit_may_move (cr_visit_card_get_visit (card)))
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
}

static void
lift (CrDayGrid *self, double x, double y)
{
  CrVisitCard *card = cr_day_grid_card_at (self, x, y);
  graphene_rect_t area;
  if (card == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (card), GTK_WIDGET (self), &area))
    return;
  cr_day_grid_begin_move (self, cr_visit_card_get_visit (card)->appointment->id);
  self->move.dragged = TRUE;
  self->move.grab_y = y - area.origin.y;
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, CrDayGrid *self)
{
  double x, y;
  gtk_gesture_drag_get_start_point (drag, &x, &y);
  if (self->move.visit == NULL) {
    if (hypot (dx, dy) <= DRAG_BEGINS)
      return;
    lift (self, x, y);
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  }
  if (self->move.visit == NULL || !self->move.dragged)
    return;
  follow_pointer (self, x + dx, y + dy);
  scroll_near_edge (self, y + dy);
  wait_at_edge (self, x + dx);
}

static void
drag_end_cb (GtkGestureDrag *drag, double dx, double dy, CrDayGrid *self)
{
  g_clear_handle_id (&self->move.edge_timer, g_source_remove);
  self->move.edge = 0;
  if (self->move.visit == NULL || !self->move.dragged)
    return;
  drop (self);
  self->move.dragged = FALSE;
}

static void
drag_cancel_cb (GtkGesture *drag, GdkEventSequence *sequence, CrDayGrid *self)
{
  if (self->move.visit != NULL && self->move.dragged)
    cr_day_grid_end_move (self);
}

/* Has the pointer gone anywhere?  Motion is also reported when the grid moves below a pointer at rest. */
static gboolean
has_travelled (CrDayGrid *self, GtkEventController *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  double x = 0, y = 0;
  gboolean travelled;
  if (event == NULL || !gdk_event_get_position (event, &x, &y))
    return FALSE;
  travelled = self->move.seen && (x != self->move.seen_x || y != self->move.seen_y);
  self->move.seen = TRUE;
  self->move.seen_x = x;
  self->move.seen_y = y;
  return travelled;
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, CrDayGrid *self)
{
  if (self->move.visit != NULL && !self->move.dragged && !self->move.held &&
      has_travelled (self, GTK_EVENT_CONTROLLER (motion)))
    follow_pointer (self, x, y);
}

/* A click on the new place ends a move that was begun from the menu or by key. */
static gboolean
click_moves (GtkGestureClick *click, double x, double y, CrDayGrid *self)
{
  if (self->move.visit == NULL || self->move.dragged || self->move.held)
    return FALSE;
  follow_pointer (self, x, y);
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  drop (self);
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *click, int n, double x, double y, CrDayGrid *self)
{
  const CrDayLayout *geometry = geometry_of (self);
  CrVisitCard *card = cr_day_grid_card_at (self, x, y);
  int column = cr_day_layout_column_at (geometry, x);
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));
  if (button == GDK_BUTTON_PRIMARY && click_moves (click, x, y, self))
    return;
  if (card != NULL && button == GDK_BUTTON_SECONDARY) {
    CrId id = cr_visit_card_get_visit (card)->appointment->id;
    cr_day_grid_select (self, id);
    gtk_widget_unset_state_flags (GTK_WIDGET (card),
                                  GTK_STATE_FLAG_ACTIVE); /* the menu swallows the release */
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_MENU], 0, id, x, y);
  } else if (card != NULL && button == GDK_BUTTON_PRIMARY && n == 2) {
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_OPEN], 0,
                   cr_visit_card_get_visit (card)->appointment->id);
  } else if (card == NULL && column >= 0 && button == GDK_BUTTON_PRIMARY) {
    int slot = cr_day_layout_slot (geometry, y);
    cr_day_grid_put_cursor (self, column, slot, TRUE);
    if (n == 2)
      g_signal_emit (self, cr_day_grid_signals[CR_GRID_BOOK], 0, cr_day_grid_person_at (self, column), slot);
  }
}

/* ---- for the grid's other files ---- */

void
cr_day_grid_add_pointer (CrDayGrid *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
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

/* The whole visit where it would stand, and below it what is said about that. */
static void
keep_in_view (CrDayGrid *self)
{
  const CrDayLayout *geometry = geometry_of (self);
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *at =
      scroller != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  double top = cr_day_layout_y (geometry, self->move.start);
  double bottom = cr_day_layout_y (geometry, self->move.start + length_of (self));
  if (at != NULL)
    gtk_adjustment_clamp_page (at, MAX (top - geometry->slot, 0), bottom + measure_label (self) + LABEL_GAP);
}

gboolean
cr_day_grid_move_key (CrDayGrid *self, guint key)
{
  int grain = geometry_of (self)->grain;
  switch (key) {
  case GDK_KEY_Up:
  case GDK_KEY_Down:
    place_move (self, self->move.column,
                key == GDK_KEY_Down ? (self->move.start / grain + 1) * grain
                                    : (self->move.start + grain - 1) / grain * grain - grain);
    keep_in_view (self);
    return TRUE;
  case GDK_KEY_Left:
  case GDK_KEY_Right:
    place_move (self, self->move.column + (key == GDK_KEY_Right ? 1 : -1), self->move.start);
    keep_in_view (self);
    return TRUE;
  case GDK_KEY_Page_Up:
  case GDK_KEY_Page_Down:
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_STEP_DAY], 0, key == GDK_KEY_Page_Down ? 1 : -1);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    drop (self);
    return TRUE;
  case GDK_KEY_Escape:
    cr_day_grid_end_move (self);
    return TRUE;
  default:
    return FALSE;
  }
}

void
cr_day_grid_show_move (CrDayGrid *self)
{
  gboolean hard;
  g_autofree char *obstacle = cr_day_grid_move_obstacle (self, &hard);
  g_autofree char *words = cr_day_grid_describe_move (self);
  g_autofree char *text =
      obstacle != NULL ? g_strdup_printf ("%s\n%s %s", words, hard ? "⊘" : "▲", obstacle) : g_strdup (words);
  CrGridPlace place = { CR_GRID_FLOAT, self->move.column, self->move.start, length_of (self), 0, 1 };
  cr_day_grid_outline (self, self->move.column, self->move.start, length_of (self),
                       self->move.visit->type_code);
  gtk_label_set_label (GTK_LABEL (self->move_label), text);
  gtk_widget_set_visible (self->move_label, TRUE);
  gtk_widget_insert_before (self->move_label, GTK_WIDGET (self), NULL);
  cr_day_grid_layout_place (self->layout, self->move_label, &place);
  g_signal_emit (self, cr_day_grid_signals[CR_GRID_MOVE_CHANGED], 0);
}

/* ---- public ---- */

void
cr_day_grid_begin_move (CrDayGrid *self, CrId visit)
{
  CrVisitCard *card = cr_day_grid_card (self, visit);
  const CrVisit *shown = card != NULL ? cr_visit_card_get_visit (card) : NULL;
  if (shown == NULL || !cr_visit_may_move (shown))
    return;
  cr_day_grid_end_move (self);
  self->move.visit = cr_visit_copy (shown);
  self->move.column = cr_day_grid_column_of (self, shown->appointment->person_id);
  self->move.start = (int)shown->appointment->start_min;
  cr_visit_card_set_lifted (card, TRUE);
  cr_day_grid_show_move (self);
  gtk_widget_grab_focus (GTK_WIDGET (card));
}

void
cr_day_grid_resume_move (CrDayGrid *self)
{
  self->move.held = FALSE;
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

void
cr_day_grid_move_to (CrDayGrid *self, CrId person, int minute)
{
  int column = cr_day_grid_column_of (self, person);
  if (self->move.visit != NULL)
    place_move (self, column >= 0 ? column : self->move.column, minute);
}

char *
cr_day_grid_describe_move (CrDayGrid *self)
{
  CrId person = cr_day_grid_person_at (self, self->move.column);
  g_autofree char *who = cr_visit_clinician_name (cr_window_get_session (self->window), person);
  return cr_visit_place_words (cr_day_schedule_get_date (self->schedule), self->move.start, who);
}

guint
cr_day_grid_move_places (CrDayGrid *self, char **sentence)
{
  const CrAppointment *a = self->move.visit->appointment;
  CrBooking booking = { .patient_id = a->patient_id,
                        .person_id = cr_day_grid_person_at (self, self->move.column),
                        .visit_type_id = a->visit_type_id,
                        .date = cr_day_schedule_get_date (self->schedule),
                        .start = self->move.start,
                        .room_id = a->stage <= CR_STAGE_ARRIVED ? a->room_id : CR_ID_NONE,
                        .minutes = (int)a->minutes };
  return cr_day_schedule_places (self->schedule, &booking, a->id, sentence);
}

char *
cr_day_grid_move_obstacle (CrDayGrid *self, gboolean *hard)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  char *sentence = NULL;
  guint places = cr_day_grid_move_places (self, &sentence);
  *hard = cr_places_hard (places, cr_day_schedule_get_date (self->schedule), cr_clock_today (clock)) != 0;
  return sentence;
}
