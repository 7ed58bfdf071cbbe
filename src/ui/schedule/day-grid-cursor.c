/* The cursor of the day grid: arrows go from visit to visit and over the free slots between them. */
#include "src/ui/schedule/day-grid-private.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

typedef struct { /* where the cursor can stand in one column, by time */
  int minute;
  CrId visit; /* CR_ID_NONE: a free slot */
} Stop;

static const CrDayLayout *
geometry_of (CrDayGrid *self)
{
  return cr_day_grid_layout_get (self->layout);
}

/* ---- stops ---- */

static gboolean
is_covered (GPtrArray *visits, int minute)
{
  for (guint i = 0; i < visits->len; i++) {
    const CrAppointment *a = visits->pdata[i];
    if (cr_stage_holds_slot (a->stage) && a->start_min <= minute && minute < a->start_min + a->minutes)
      return TRUE;
  }
  return FALSE;
}

static int
compare_stops (gconstpointer a, gconstpointer b)
{
  const Stop *one = a, *two = b;
  if (one->minute != two->minute)
    return one->minute - two->minute;
  return one->visit < two->visit ? -1 : one->visit > two->visit;
}

static GArray *
stops_of (CrDayGrid *self, int column)
{
  const CrDayLayout *geometry = geometry_of (self);
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (Stop));
  g_autoptr (GPtrArray) visits = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer card;
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card)) {
    const CrAppointment *a = cr_visit_card_get_visit (card)->appointment;
    Stop stop = { (int)a->start_min, a->id };
    if (cr_day_grid_column_of_card (self, card) != column)
      continue;
    g_ptr_array_add (visits, (gpointer)a);
    g_array_append_val (stops, stop);
  }
  for (int minute = geometry->from; minute < geometry->to; minute += geometry->grain) {
    Stop stop = { minute, CR_ID_NONE };
    if (!is_covered (visits, minute))
      g_array_append_val (stops, stop);
  }
  g_array_sort (stops, compare_stops);
  return stops;
}

/* The last stop that begins at or before the minute; the first one before all. */
static guint
stop_at (GArray *stops, int minute)
{
  guint at = 0;
  for (guint i = 0; i < stops->len && g_array_index (stops, Stop, i).minute <= minute; i++)
    at = i;
  return at;
}

/* The selected visit; without one the free slot, beside which a cancelled visit may stand. */
static guint
stop_of_cursor (CrDayGrid *self, GArray *stops)
{
  for (guint i = 0; i < stops->len; i++) {
    const Stop *stop = &g_array_index (stops, Stop, i);
    if (stop->visit == self->selected &&
        (self->selected != CR_ID_NONE || stop->minute == self->cursor_minute))
      return i;
  }
  return stop_at (stops, self->cursor_minute);
}

/* ---- putting the cursor ---- */

static void
name_slot (CrDayGrid *self)
{
  const CrGridColumn *column = cr_day_grid_column_at (self, self->cursor_column);
  g_autofree char *who = cr_day_grid_column_name (self, column);
  g_autofree char *time = cr_minute_format (self->cursor_minute);
  g_autofree char *day = cr_date_format_weekday (column->date);
  g_autofree char *spoken = cr_day_grid_shows_days (self)
                                ? g_strdup_printf (_ ("%s, %s, %s, free"), day, time, who != NULL ? who : "")
                                : g_strdup_printf (_ ("%s, %s, free"), time, who != NULL ? who : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slot), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
mark (CrDayGrid *self, CrId visit)
{
  CrVisitCard *before = cr_day_grid_card (self, self->selected), *after = cr_day_grid_card (self, visit);
  gboolean changed = self->selected != visit || visit == CR_ID_NONE;
  self->selected = visit;
  if (before != NULL && before != after)
    cr_visit_card_set_selected (before, FALSE);
  if (after != NULL)
    cr_visit_card_set_selected (after, TRUE);
  if (changed)
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_SELECTED], 0, visit);
}

static void
put_on_slot (CrDayGrid *self, int column, int minute, gboolean focus)
{
  CrGridPlace place = { CR_GRID_SPAN, column, minute, geometry_of (self)->grain, 0, 1 };
  self->cursor_column = column;
  self->cursor_minute = minute;
  gtk_widget_set_visible (self->slot, TRUE);
  cr_day_grid_layout_place (self->layout, self->slot, &place);
  name_slot (self);
  mark (self, CR_ID_NONE);
  if (focus)
    gtk_widget_grab_focus (self->slot);
}

static void
put_on_card (CrDayGrid *self, CrVisitCard *card, gboolean focus)
{
  const CrAppointment *a = cr_visit_card_get_visit (card)->appointment;
  self->cursor_column = cr_day_grid_column_of_card (self, card);
  self->cursor_minute = (int)a->start_min;
  gtk_widget_set_visible (self->slot, FALSE);
  mark (self, a->id);
  if (focus)
    gtk_widget_grab_focus (GTK_WIDGET (card));
}

static void
put_on_stop (CrDayGrid *self, int column, const Stop *stop, gboolean focus)
{
  CrVisitCard *card;
  self->cursor_column = column;
  card = cr_day_grid_card (self, stop->visit);
  if (card != NULL)
    put_on_card (self, card, focus);
  else
    put_on_slot (self, column, stop->minute, focus);
  cr_day_grid_scroll_to (self, stop->minute);
}

static void
step (CrDayGrid *self, int by)
{
  g_autoptr (GArray) stops = stops_of (self, self->cursor_column);
  int at = stops->len > 0 ? (int)stop_of_cursor (self, stops) + by : -1;
  if (at >= 0 && at < (int)stops->len)
    put_on_stop (self, self->cursor_column, &g_array_index (stops, Stop, at), TRUE);
}

static void
go_to_column (CrDayGrid *self, int column, gboolean focus)
{
  g_autoptr (GArray) stops = NULL;
  if (column < 0 || column >= (int)self->columns->len)
    return;
  stops = stops_of (self, column);
  if (stops->len > 0)
    put_on_stop (self, column, &g_array_index (stops, Stop, stop_at (stops, self->cursor_minute)), focus);
}

static void
go_to_end (CrDayGrid *self, gboolean last)
{
  g_autoptr (GArray) stops = stops_of (self, self->cursor_column);
  if (stops->len > 0)
    put_on_stop (self, self->cursor_column, &g_array_index (stops, Stop, last ? stops->len - 1 : 0), TRUE);
}

/* ---- keys ---- */

static void
enter_cursor (CrDayGrid *self)
{
  if (self->selected != CR_ID_NONE)
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_OPEN], 0, self->selected);
  else
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_BOOK], 0);
}

static void
open_menu (CrDayGrid *self)
{
  CrVisitCard *card = cr_day_grid_card (self, self->selected);
  graphene_rect_t area;
  if (card != NULL && gtk_widget_compute_bounds (GTK_WIDGET (card), GTK_WIDGET (self), &area))
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_MENU], 0, self->selected, (double)area.origin.x + 24,
                   (double)(area.origin.y + area.size.height));
}

static gboolean
cursor_key (CrDayGrid *self, guint key, GdkModifierType state)
{
  switch (key) {
  case GDK_KEY_Up:
  case GDK_KEY_Down:
    step (self, key == GDK_KEY_Down ? 1 : -1);
    return TRUE;
  case GDK_KEY_Left:
  case GDK_KEY_Right:
    go_to_column (self, self->cursor_column + (key == GDK_KEY_Right ? 1 : -1), TRUE);
    return TRUE;
  case GDK_KEY_Home:
  case GDK_KEY_End:
    go_to_end (self, key == GDK_KEY_End);
    return TRUE;
  case GDK_KEY_Page_Up:
  case GDK_KEY_Page_Down:
    g_signal_emit (self, cr_day_grid_signals[CR_GRID_STEP_DAY], 0, key == GDK_KEY_Page_Down ? 1 : -1);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    enter_cursor (self);
    return TRUE;
  case GDK_KEY_Menu:
    open_menu (self);
    return TRUE;
  case GDK_KEY_F10:
    if ((state & GDK_SHIFT_MASK) != 0)
      open_menu (self);
    return (state & GDK_SHIFT_MASK) != 0;
  default:
    return FALSE;
  }
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrDayGrid *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (self->columns->len == 0) /* between two days: whoever turns on quickly does so */
    return (key == GDK_KEY_Page_Up || key == GDK_KEY_Page_Down) && cursor_key (self, key, state);
  if (self->move.visit != NULL)
    return cr_day_grid_move_key (self, key, state);
  return cursor_key (self, key, state);
}

static void
slot_clicked_cb (CrDayGrid *self)
{
  if (self->move.visit == NULL)
    enter_cursor (self);
}

/* ---- for the grid's other files ---- */

void
cr_day_grid_add_cursor (CrDayGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  self->slot = gtk_button_new ();
  gtk_widget_add_css_class (self->slot, "slot-cursor");
  gtk_widget_set_visible (self->slot, FALSE);
  gtk_widget_set_can_target (self->slot, FALSE); /* clicks go to the grid, which knows the slot */
  gtk_widget_set_tooltip_text (self->slot, _ ("Book here (Enter or N)"));
  gtk_widget_set_parent (self->slot, GTK_WIDGET (self));
  g_signal_connect_swapped (self->slot, "clicked", G_CALLBACK (slot_clicked_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
cr_day_grid_put_cursor (CrDayGrid *self, int column, int minute, gboolean focus)
{
  if (column >= 0 && column < (int)self->columns->len)
    put_on_slot (self, column, minute, focus);
}

/* A column of that day, the cursor's own before others; −1: none. */
static int
column_on (CrDayGrid *self, CrDate date)
{
  const CrGridColumn *own = cr_day_grid_column_at (self, self->cursor_column);
  if (own != NULL && cr_date_compare (own->date, date) == 0)
    return self->cursor_column;
  for (guint i = 0; i < self->columns->len; i++)
    if (cr_date_compare (cr_day_grid_column_at (self, (int)i)->date, date) == 0)
      return (int)i;
  return -1;
}

/* The column of the chosen day, where the person is taken to; else the first. */
static int
first_column (CrDayGrid *self)
{
  return MAX (column_on (self, cr_day_schedule_get_date (self->schedule)), 0);
}

static int
first_minute (CrDayGrid *self, int column)
{
  const CrDayLayout *geometry = geometry_of (self);
  int now = cr_clock_minute (cr_session_get_clock (cr_window_get_session (self->window)));
  return cr_day_grid_is_today (self, column) ? CLAMP (now, geometry->from, geometry->to - geometry->grain)
                                             : geometry->from;
}

/* The visit of the chosen day that goes on now, or the next one; on another day than today the first.  NULL:
 * there is none. */
static CrVisitCard *
next_card (CrDayGrid *self)
{
  int start = first_column (self);
  CrDate date = cr_day_grid_column_at (self, start)->date;
  int now = cr_day_grid_is_today (self, start) ? first_minute (self, start) : 0;
  CrVisitCard *found = NULL;
  const CrAppointment *best = NULL;
  int best_column = 0;
  GHashTableIter iter;
  gpointer card;
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card)) {
    const CrAppointment *a = cr_visit_card_get_visit (card)->appointment;
    int earlier = best == NULL                      ? 1
                  : best->start_min != a->start_min ? (int)(best->start_min - a->start_min)
                                                    : best_column - cr_day_grid_column_of_card (self, card);
    if (!cr_stage_holds_slot (a->stage) || cr_date_compare (a->date, date) != 0 ||
        a->start_min + a->minutes <= now || earlier <= 0)
      continue;
    best = a;
    best_column = cr_day_grid_column_of_card (self, card);
    found = card;
  }
  return found;
}

/* A day that was opened, not stepped to: the person looks at what comes next. */
static gboolean
open_day (CrDayGrid *self)
{
  CrDate date = cr_day_schedule_get_date (self->schedule);
  gboolean other = cr_date_compare (self->opened, date) != 0 && !self->had_focus;
  CrVisitCard *card = NULL;
  if (self->move.visit == NULL && (self->cursor_minute == CR_MINUTE_NONE || other))
    card = next_card (self);
  if (card == NULL)
    return FALSE;
  self->opened = date;
  put_on_card (self, card, FALSE);
  return TRUE;
}

/* The columns of another view are others: the cursor goes to its day, not to the column with its number. */
static void
reach_goal (CrDayGrid *self)
{
  int column = column_on (self, self->goal);
  self->cursor_column = column >= 0 ? column : CLAMP (self->cursor_column, 0, (int)self->columns->len - 1);
  self->goal = CR_DATE_NONE;
}

/* Where the cursor stands after the columns changed: on the same visit, else at the same time. */
static void
find_place (CrDayGrid *self)
{
  CrVisitCard *card = cr_day_grid_card (self, self->selected);
  int minute;
  g_autoptr (GArray) stops = NULL;
  if (self->move.visit != NULL && card == NULL) {
    put_on_slot (self, CLAMP (self->move.column, 0, (int)self->columns->len - 1), self->move.start, FALSE);
    return;
  }
  if (self->cursor_minute == CR_MINUTE_NONE)
    self->cursor_column = first_column (self);
  reach_goal (self);
  minute =
      self->cursor_minute == CR_MINUTE_NONE ? first_minute (self, self->cursor_column) : self->cursor_minute;
  if (card == NULL) {
    const Stop *stop;
    stops = stops_of (self, self->cursor_column);
    if (stops->len == 0)
      return;
    stop = &g_array_index (stops, Stop, stop_at (stops, minute));
    card = cr_day_grid_card (self, stop->visit);
    minute = stop->minute;
  }
  if (card != NULL)
    put_on_card (self, card, FALSE);
  else
    put_on_slot (self, self->cursor_column, minute, FALSE);
}

void
cr_day_grid_restore_cursor (CrDayGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean elsewhere =
      focus != NULL && focus != GTK_WIDGET (self) && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  if (self->columns->len == 0) {
    if (focus == self->slot)
      gtk_root_set_focus (root, GTK_WIDGET (self));
    gtk_widget_set_visible (self->slot, FALSE);
    return;
  }
  if (!open_day (self))
    find_place (self);
  if (self->had_focus && !elsewhere) {
    cr_day_grid_focus (self);
    cr_day_grid_scroll_to (self, self->cursor_minute);
  }
  self->had_focus = FALSE;
}

/* ---- public ---- */

void
cr_day_grid_focus (CrDayGrid *self)
{
  CrVisitCard *card = cr_day_grid_card (self, self->selected);
  if (card != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (card));
  else if (gtk_widget_get_visible (self->slot))
    gtk_widget_grab_focus (self->slot);
}

void
cr_day_grid_select (CrDayGrid *self, CrId visit)
{
  CrVisitCard *card = cr_day_grid_card (self, visit);
  if (card != NULL)
    put_on_card (self, card, FALSE);
}

CrId
cr_day_grid_get_selected (CrDayGrid *self)
{
  return self->selected;
}

gboolean
cr_day_grid_get_cursor (CrDayGrid *self, CrGridTarget *at)
{
  const CrGridColumn *column = cr_day_grid_column_at (self, self->cursor_column);
  if (column == NULL || self->cursor_minute == CR_MINUTE_NONE)
    return FALSE;
  *at = (CrGridTarget){ column->date, column->by_room ? CR_ID_NONE : column->person,
                        column->by_room ? column->room : CR_ID_NONE, self->cursor_minute,
                        geometry_of (self)->grain };
  return TRUE;
}

void
cr_day_grid_go_to (CrDayGrid *self, CrDate date)
{
  int column = column_on (self, date);
  self->goal = date;
  if (column >= 0 && column != self->cursor_column && self->cursor_minute != CR_MINUTE_NONE &&
      self->move.visit == NULL)
    go_to_column (self, column, FALSE);
}

void
cr_day_grid_scroll_to (CrDayGrid *self, int minute)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *at =
      scroller != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  double top = cr_day_layout_y (geometry_of (self), minute), slot = geometry_of (self)->slot;
  if (at != NULL)
    gtk_adjustment_clamp_page (at, MAX (top - slot, 0), top + 3 * slot);
}
