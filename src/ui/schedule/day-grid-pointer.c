/* The grid by pointer: a visit is dragged to its new place or to the tray, copied with Ctrl, stretched at its
 * lower edge; or a click says where one goes that is moved already. */
#include "src/ui/schedule/day-grid-private.h"
#include "src/ui/schedule/visit-actions.h"
#include <math.h>

#define DRAG_BEGINS 6  /* pixels */
#define LOWER_EDGE 8   /* pixels of a card that move its end */
#define EDGE 14        /* pixels from the left or right edge where the day or week turns … */
#define EDGE_WAIT 600  /* … after this many milliseconds */
#define SCROLL_ZONE 30 /* pixels from the top or bottom where the grid scrolls */
#define SCROLL_STEP 12

static const CrDayLayout *
geometry_of (CrDayGrid *self)
{
  return cr_day_grid_layout_get (self->layout);
}

/* ---- while something moves ---- */

static GtkScrolledWindow *
scroller_of (CrDayGrid *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  return scroller != NULL ? GTK_SCROLLED_WINDOW (scroller) : NULL;
}

/* Where the pointer is in what can be seen: −1, 0, +1. */
static int
edge_of (GtkAdjustment *at, double where, double zone)
{
  double start = gtk_adjustment_get_value (at), end = start + gtk_adjustment_get_page_size (at);
  return where < start + zone ? -1 : where > end - zone ? 1 : 0;
}

/* FALSE: there is no more that way. */
static gboolean
scroll_by (GtkAdjustment *at, int edge)
{
  double before = gtk_adjustment_get_value (at);
  gtk_adjustment_set_value (at, before + edge * SCROLL_STEP);
  return gtk_adjustment_get_value (at) != before;
}

static void
scroll_near_edge (CrDayGrid *self, double y)
{
  GtkScrolledWindow *scroller = scroller_of (self);
  GtkAdjustment *at = scroller != NULL ? gtk_scrolled_window_get_vadjustment (scroller) : NULL;
  if (at != NULL && !self->move.over_tray)
    scroll_by (at, edge_of (at, y, SCROLL_ZONE));
}

static gboolean
edge_cb (gpointer data)
{
  CrDayGrid *self = data;
  g_signal_emit (self, cr_day_grid_signals[CR_GRID_STEP_DAY], 0, self->move.edge);
  return G_SOURCE_CONTINUE;
}

/* At the side the grid scrolls on while there is more; then the day or week turns. */
static void
wait_at_edge (CrDayGrid *self, double x)
{
  GtkScrolledWindow *scroller = scroller_of (self);
  gboolean stays =
      scroller == NULL || self->move.over_tray || self->move.away || self->move.kind == CR_MOVE_END;
  GtkAdjustment *at = stays ? NULL : gtk_scrolled_window_get_hadjustment (scroller);
  int edge = stays ? 0 : edge_of (at, x, EDGE);
  if (edge != 0 && scroll_by (at, edge))
    edge = 0;
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
  int minute = cr_day_layout_snap (geometry, cr_day_layout_minute (geometry, MAX (top, 0)));
  if (self->move.kind == CR_MOVE_END)
    cr_day_grid_place_move (self, self->move.column, self->move.start, minute - self->move.start);
  else
    cr_day_grid_place_move (self, column >= 0 ? column : self->move.column, minute, self->move.minutes);
}

/* Only a visit that is booked can be put away; its copy is none yet. */
static void
look_for_tray (CrDayGrid *self, double x, double y)
{
  double tx, ty;
  gboolean over = self->tray != NULL && self->move.kind == CR_MOVE_VISIT &&
                  gtk_widget_get_mapped (self->tray) &&
                  gtk_widget_translate_coordinates (GTK_WIDGET (self), self->tray, x, y, &tx, &ty) &&
                  gtk_widget_contains (self->tray, tx, ty);
  if (over == self->move.over_tray)
    return;
  self->move.over_tray = over;
  if (over)
    gtk_widget_add_css_class (self->tray, "drop-here");
  else if (self->tray != NULL)
    gtk_widget_remove_css_class (self->tray, "drop-here");
  cr_day_grid_show_move (self);
}

/* In the part of the grid that can be seen. */
static gboolean
is_in_sight (CrDayGrid *self, double x, double y)
{
  GtkScrolledWindow *scroller = scroller_of (self);
  GtkWidget *frame = scroller != NULL ? GTK_WIDGET (scroller) : GTK_WIDGET (self);
  double fx, fy;
  return gtk_widget_translate_coordinates (GTK_WIDGET (self), frame, x, y, &fx, &fy) && fx >= 0 && fy >= 0 &&
         fx < gtk_widget_get_width (frame) && fy < gtk_widget_get_height (frame);
}

static void
look_for_grid (CrDayGrid *self, double x, double y)
{
  gboolean away = !self->move.over_tray && !is_in_sight (self, x, y);
  if (away == self->move.away)
    return;
  self->move.away = away;
  cr_day_grid_show_move (self);
}

static void
drag_to (CrDayGrid *self, double x, double y)
{
  look_for_tray (self, x, y);
  look_for_grid (self, x, y);
  if (!self->move.over_tray && !self->move.away)
    follow_pointer (self, x, y);
  scroll_near_edge (self, y);
  wait_at_edge (self, x);
}

static void
drag_drop (CrDayGrid *self)
{
  gboolean parked = self->move.over_tray, away = self->move.away;
  g_clear_handle_id (&self->move.edge_timer, g_source_remove);
  self->move.edge = 0;
  if (self->tray != NULL)
    gtk_widget_remove_css_class (self->tray, "drop-here");
  if (away)
    cr_day_grid_end_move (self);
  else if (parked)
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_PARKED], 0);
  else
    cr_day_grid_drop (self);
  self->move.dragged = FALSE;
}

/* ---- dragging a card ---- */

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, CrDayGrid *self)
{
  CrVisitCard *card = cr_day_grid_card_at (self, x, y);
  gboolean right = cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT);
  self->lifted = FALSE;
  if (card == NULL || self->move.visit != NULL || !right ||
      !cr_visit_may_move (cr_visit_card_get_visit (card)))
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
}

static CrMoveKind
kind_of_drag (GtkGestureDrag *drag, double below)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag));
  if ((state & GDK_CONTROL_MASK) != 0)
    return CR_MOVE_COPY;
  return below <= LOWER_EDGE ? CR_MOVE_END : CR_MOVE_VISIT;
}

static void
lift (CrDayGrid *self, GtkGestureDrag *drag, double x, double y)
{
  CrVisitCard *card = cr_day_grid_card_at (self, x, y);
  graphene_rect_t area;
  double below;
  if (card == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (card), GTK_WIDGET (self), &area))
    return;
  below = area.origin.y + area.size.height - y;
  cr_day_grid_begin_move (self, cr_visit_card_get_visit (card), kind_of_drag (drag, below));
  if (self->move.visit == NULL)
    return;
  self->move.dragged = TRUE;
  self->move.grab_y = self->move.kind == CR_MOVE_END ? -below : y - area.origin.y;
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, CrDayGrid *self)
{
  double x, y;
  gtk_gesture_drag_get_start_point (drag, &x, &y);
  if (self->move.visit == NULL) {
    if (self->lifted || hypot (dx, dy) <= DRAG_BEGINS)
      return;
    self->lifted = TRUE;
    lift (self, drag, x, y);
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  }
  if (self->move.visit != NULL && self->move.dragged)
    drag_to (self, x + dx, y + dy);
}

static void
drag_end_cb (GtkGestureDrag *drag, double dx, double dy, CrDayGrid *self)
{
  if (self->move.visit != NULL && self->move.dragged)
    drag_drop (self);
}

static void
drag_cancel_cb (GtkGesture *drag, GdkEventSequence *sequence, CrDayGrid *self)
{
  if (self->move.visit != NULL && self->move.dragged)
    cr_day_grid_end_move (self);
}

/* ---- click by click ---- */

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

/* The lower edge of a card that can be stretched shows it. */
static void
show_pointer (CrDayGrid *self, double x, double y)
{
  CrVisitCard *card = cr_day_grid_card_at (self, x, y);
  graphene_rect_t area;
  gboolean edge = card != NULL && cr_visit_may_move (cr_visit_card_get_visit (card)) &&
                  gtk_widget_compute_bounds (GTK_WIDGET (card), GTK_WIDGET (self), &area) &&
                  area.origin.y + area.size.height - y <= LOWER_EDGE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), edge ? "s-resize" : NULL);
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, CrDayGrid *self)
{
  if (self->move.visit == NULL)
    show_pointer (self, x, y);
  else if (!self->move.dragged && !self->move.held && has_travelled (self, GTK_EVENT_CONTROLLER (motion)))
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
  cr_day_grid_drop (self);
  return TRUE;
}

static void
open_menu (CrDayGrid *self, CrVisitCard *card, double x, double y)
{
  CrId id = cr_visit_card_get_visit (card)->appointment->id;
  cr_day_grid_select (self, id);
  gtk_widget_unset_state_flags (GTK_WIDGET (card), GTK_STATE_FLAG_ACTIVE); /* the menu swallows the release */
  g_signal_emit (self, cr_day_grid_signals[CR_GRID_MENU], 0, id, x, y);
}

static void
pressed_cb (GtkGestureClick *click, int n, double x, double y, CrDayGrid *self)
{
  CrVisitCard *card = cr_day_grid_card_at (self, x, y);
  int column = cr_day_layout_column_at (geometry_of (self), x);
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));
  if (button == GDK_BUTTON_PRIMARY && click_moves (click, x, y, self))
    return;
  if (card != NULL && button == GDK_BUTTON_SECONDARY) {
    open_menu (self, card, x, y);
  } else if (card != NULL && button == GDK_BUTTON_PRIMARY && n == 2) {
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_OPEN], 0,
                   cr_visit_card_get_visit (card)->appointment->id);
  } else if (card == NULL && column >= 0 && button == GDK_BUTTON_PRIMARY) {
    cr_day_grid_put_cursor (self, column, cr_day_layout_slot (geometry_of (self), y), TRUE);
    if (n == 2)
      g_signal_emit (self, cr_day_grid_signals[CR_GRID_BOOK], 0);
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

/* ---- public ---- */

void
cr_day_grid_set_tray (CrDayGrid *self, GtkWidget *tray)
{
  self->tray = tray;
}

void
cr_day_grid_carry (CrDayGrid *self, const CrVisit *visit, double x, double y)
{
  if (self->move.visit == NULL) {
    cr_day_grid_begin_move (self, visit, CR_MOVE_VISIT);
    self->move.dragged = self->move.visit != NULL;
    self->move.grab_y = geometry_of (self)->slot / 2;
  }
  if (self->move.dragged)
    drag_to (self, x, y);
}

void
cr_day_grid_carry_drop (CrDayGrid *self)
{
  if (self->move.visit != NULL && self->move.dragged)
    drag_drop (self);
}
