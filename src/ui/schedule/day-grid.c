#include "src/ui/schedule/day-grid-private.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

#define GRAIN 10      /* minutes of a slot */
#define LEAST_SLOT 24 /* pixels */
#define LEAST_COLUMN 150
#define LEAST_DAY 88   /* a working week beside the panel at 1024 */
#define LEAST_ROOM 112 /* five rooms and those without one at 1280 */

guint cr_day_grid_signals[CR_GRID_N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrDayGrid, cr_day_grid, GTK_TYPE_WIDGET)

/* ---- geometry ---- */

static int
text_height (CrDayGrid *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height =
      PANGO_PIXELS (pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics));
  pango_font_metrics_unref (metrics);
  return height;
}

static int
text_width (CrDayGrid *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width = 0;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static CrSpan
visible_span (CrDayGrid *self)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (CrDay));
  for (guint column = 0; column < self->columns->len; column++) {
    g_autoptr (GPtrArray) open = cr_day_grid_open_days (self, (int)column);
    for (guint i = 0; i < open->len; i++)
      g_array_append_vals (days, open->pdata[i], 1);
  }
  return cr_day_visible_span ((const CrDay *)(gpointer)days->data, days->len);
}

int
cr_day_grid_least_column (CrDayGrid *self)
{
  const CrGridColumn *first = cr_day_grid_column_at (self, 0);
  if (cr_day_grid_shows_days (self))
    return LEAST_DAY;
  return first != NULL && first->by_room ? LEAST_ROOM : LEAST_COLUMN;
}

static void
set_geometry (CrDayGrid *self)
{
  g_autofree char *widest = cr_minute_format (12 * 60 + 50);
  CrSpan span = visible_span (self);
  CrDayLayout geometry = { .from = span.start,
                           .to = span.end,
                           .grain = GRAIN,
                           .slot = MAX (LEAST_SLOT, text_height (self) + 7),
                           .gutter = text_width (self, widest) + 18,
                           .columns = MAX (1, (int)self->columns->len) };
  cr_day_grid_layout_set (self->layout, &geometry, cr_day_grid_least_column (self));
}

/* ---- what stands in the grid ---- */

static void
clicked_cb (CrVisitCard *card, CrDayGrid *self)
{
  if (self->move.visit == NULL)
    cr_day_grid_select (self, cr_visit_card_get_visit (card)->appointment->id);
}

static void
focused_cb (CrVisitCard *card, GParamSpec *pspec, CrDayGrid *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (card)) && self->move.visit == NULL)
    cr_day_grid_select (self, cr_visit_card_get_visit (card)->appointment->id);
}

static CrVisitCard *
ensure_card (CrDayGrid *self, CrRow *item, int column)
{
  CrId id = cr_row_get_id (item);
  CrCardKey key = { id, column };
  GtkWidget *card = g_hash_table_lookup (self->cards, &key);
  if (card == NULL) {
    card = cr_visit_card_new (self->window);
    g_signal_connect (card, "clicked", G_CALLBACK (clicked_cb), self);
    g_signal_connect (card, "notify::has-focus", G_CALLBACK (focused_cb), self);
    gtk_widget_set_parent (card, GTK_WIDGET (self));
    g_hash_table_insert (self->cards, g_memdup2 (&key, sizeof key), card);
  }
  cr_visit_card_set_shows_day (CR_VISIT_CARD (card), cr_day_grid_shows_days (self));
  cr_visit_card_set_item (CR_VISIT_CARD (card), item);
  cr_visit_card_set_selected (CR_VISIT_CARD (card), id == self->selected);
  cr_visit_card_set_lifted (CR_VISIT_CARD (card), self->move.visit != NULL &&
                                                      self->move.kind != CR_MOVE_COPY &&
                                                      self->move.visit->appointment->id == id);
  return CR_VISIT_CARD (card);
}

/* The visits of one column that are drawn: CrRow, by time; those that hold their time, or the others. */
static GPtrArray *
rows_of (CrDayGrid *self, int column, gboolean holding)
{
  GListModel *visits = cr_day_schedule_get_visits (self->schedule);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    const CrVisit *visit = cr_row_peek (row);
    if (cr_day_grid_has (self, cr_day_grid_column_at (self, column), visit) &&
        cr_stage_holds_slot (visit->appointment->stage) == holding && (holding || self->shows_cancelled))
      g_ptr_array_add (rows, g_steal_pointer (&row));
  }
  return rows;
}

static void
put_cards (CrDayGrid *self, int column, const GPtrArray *rows, gboolean aside, gboolean leaves,
           GHashTable *present)
{
  g_autoptr (GPtrArray) appointments = g_ptr_array_new ();
  g_autofree int *lane = g_new0 (int, rows->len + 1), *lanes = g_new0 (int, rows->len + 1);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (appointments, ((const CrVisit *)cr_row_peek (rows->pdata[i]))->appointment);
  cr_lay_lanes (appointments, lane, lanes);
  for (guint i = 0; i < rows->len; i++) {
    const CrAppointment *a = appointments->pdata[i];
    CrGridPlace place = { CR_GRID_CARD, column, (int)a->start_min, (int)a->minutes, lane[i], lanes[i],
                          aside,        leaves };
    CrVisitCard *card = ensure_card (self, rows->pdata[i], column);
    cr_day_grid_layout_place (self->layout, GTK_WIDGET (card), &place);
    g_hash_table_add (present, card);
  }
}

static void
put_column (CrDayGrid *self, int column, GHashTable *present)
{
  g_autoptr (GPtrArray) held = rows_of (self, column, TRUE), gone = rows_of (self, column, FALSE);
  put_cards (self, column, gone, TRUE, FALSE, present);
  put_cards (self, column, held, FALSE, gone->len > 0, present);
}

/* The grid itself holds the focus until the next day is there; else it would wander off to a neighbour. */
static void
keep_focus (CrDayGrid *self, GtkWidget *card)
{
  GtkRoot *root = gtk_widget_get_root (card);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == card)
    gtk_root_set_focus (root, GTK_WIDGET (self));
}

static void
remove_missing (CrDayGrid *self, GHashTable *present)
{
  GHashTableIter iter;
  gpointer card;
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card)) {
    if (g_hash_table_contains (present, card))
      continue;
    g_hash_table_iter_remove (&iter);
    keep_focus (self, card);
    gtk_widget_unparent (card);
  }
}

static const char *
reason_of_block (const CrDay *day, const CrSpan *span)
{
  for (guint i = 0; day->exceptions != NULL && i < day->exceptions->len; i++) {
    const CrScheduleException *e = day->exceptions->pdata[i];
    gboolean own = (e->person_id == CR_ID_NONE || e->person_id == day->person_id) &&
                   cr_schedule_exception_on (e, day->date);
    if (own && e->kind == CR_EXCEPTION_BLOCKED && e->start_min <= span->start && e->end_min > span->start &&
        e->reason != NULL)
      return e->reason;
  }
  return _ ("Blocked");
}

static void
put_block (CrDayGrid *self, int column, const CrDay *day, const CrSpan *span)
{
  CrGridPlace place = { CR_GRID_SPAN, column, span->start, span->end - span->start, 0, 1 };
  g_autofree char *time = cr_visit_time_span (span->start, span->end - span->start);
  g_autofree char *spoken = g_strdup_printf (_ ("Blocked %s: %s"), time, reason_of_block (day, span));
  GtkWidget *label = gtk_label_new (reason_of_block (day, span));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "day-block");
  gtk_widget_set_can_target (label, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_insert_after (label, GTK_WIDGET (self), NULL);
  cr_day_grid_layout_place (self->layout, label, &place);
  g_ptr_array_add (self->blocks, label);
}

static void
clear_blocks (CrDayGrid *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    gtk_widget_unparent (self->blocks->pdata[i]);
  g_ptr_array_set_size (self->blocks, 0);
}

static void
put_blocks (CrDayGrid *self)
{
  clear_blocks (self);
  for (guint column = 0; column < self->columns->len; column++) {
    const CrDay *day = cr_day_grid_day_of (self, (int)column);
    g_autoptr (GArray) spans = cr_day_blocked_spans (day);
    for (guint i = 0; i < spans->len; i++)
      put_block (self, (int)column, day, &g_array_index (spans, CrSpan, i));
  }
}

static void
clear_cards (CrDayGrid *self)
{
  g_autoptr (GHashTable) none = g_hash_table_new (NULL, NULL);
  remove_missing (self, none);
}

/* ---- class ---- */

static void
cr_day_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  cr_day_grid_paint (CR_DAY_GRID (widget), snapshot);
  GTK_WIDGET_CLASS (cr_day_grid_parent_class)->snapshot (widget, snapshot);
  cr_day_grid_paint_now (CR_DAY_GRID (widget), snapshot);
}

static void
cr_day_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  CrDayGrid *self = CR_DAY_GRID (widget);
  GTK_WIDGET_CLASS (cr_day_grid_parent_class)->css_changed (widget, change);
  if (self->schedule != NULL && self->columns->len > 0)
    set_geometry (self);
}

/* Tab goes in to the cursor and out again; arrows move inside. */
static gboolean
cr_day_grid_focus_vfunc (GtkWidget *widget, GtkDirectionType direction)
{
  CrDayGrid *self = CR_DAY_GRID (widget);
  if (gtk_widget_has_focus (widget) || gtk_widget_get_focus_child (widget) != NULL || self->columns->len == 0)
    return FALSE;
  cr_day_grid_focus (self);
  if (self->cursor_minute != CR_MINUTE_NONE)
    cr_day_grid_scroll_to (self, self->cursor_minute);
  return TRUE;
}

static gboolean
cr_day_grid_grab_focus (GtkWidget *widget)
{
  cr_day_grid_focus (CR_DAY_GRID (widget));
  return TRUE;
}

static void
cr_day_grid_dispose (GObject *object)
{
  CrDayGrid *self = CR_DAY_GRID (object);
  GtkWidget *child;
  g_clear_handle_id (&self->move.edge_timer, g_source_remove);
  g_clear_pointer (&self->move.visit, cr_visit_free);
  if (self->cards != NULL)
    g_hash_table_remove_all (self->cards);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->slot = self->proposal = self->second = self->move_label = NULL;
  g_clear_object (&self->schedule);
  g_clear_pointer (&self->cards, g_hash_table_unref);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  G_OBJECT_CLASS (cr_day_grid_parent_class)->dispose (object);
}

static guint
new_signal (const char *name, guint n, GType first, GType second, GType third)
{
  return g_signal_new (name, CR_TYPE_DAY_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, first,
                       second, third);
}

static void
cr_day_grid_class_init (CrDayGridClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  guint *ids = cr_day_grid_signals;
  G_OBJECT_CLASS (klass)->dispose = cr_day_grid_dispose;
  widget->snapshot = cr_day_grid_snapshot;
  widget->css_changed = cr_day_grid_css_changed;
  widget->focus = cr_day_grid_focus_vfunc;
  widget->grab_focus = cr_day_grid_grab_focus;
  ids[CR_GRID_SELECTED] = new_signal ("selected", 1, G_TYPE_INT64, 0, 0);
  ids[CR_GRID_OPEN] = new_signal ("open", 1, G_TYPE_INT64, 0, 0);
  ids[CR_GRID_BOOK] = new_signal ("book", 0, 0, 0, 0);
  ids[CR_GRID_DROPPED] = new_signal ("dropped", 0, 0, 0, 0);
  ids[CR_GRID_PARKED] = new_signal ("parked", 0, 0, 0, 0);
  ids[CR_GRID_REFUSED] = new_signal ("refused", 1, G_TYPE_STRING, 0, 0);
  ids[CR_GRID_MOVE_CHANGED] = new_signal ("move-changed", 0, 0, 0, 0);
  ids[CR_GRID_STEP_DAY] = new_signal ("step-day", 1, G_TYPE_INT, 0, 0);
  ids[CR_GRID_MENU] = new_signal ("menu", 3, G_TYPE_INT64, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_layout_manager_type (widget, CR_TYPE_DAY_GRID_LAYOUT);
  gtk_widget_class_set_css_name (widget, "daygrid");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_GROUP);
}

static guint
hash_key (gconstpointer data)
{
  const CrCardKey *key = data;
  return g_int64_hash (&key->visit) ^ (guint)key->column;
}

static gboolean
same_key (gconstpointer first, gconstpointer second)
{
  const CrCardKey *a = first, *b = second;
  return a->visit == b->visit && a->column == b->column;
}

static GtkWidget *
add_outline (CrDayGrid *self, const char *first_class, const char *second_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  gtk_widget_set_can_target (label, FALSE);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
cr_day_grid_init (CrDayGrid *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->layout = CR_DAY_GRID_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  self->columns = g_array_new (FALSE, FALSE, sizeof (CrGridColumn));
  self->cards = g_hash_table_new_full (hash_key, same_key, g_free, NULL);
  self->blocks = g_ptr_array_new ();
  self->cursor_minute = CR_MINUTE_NONE;
  cr_day_grid_add_cursor (self);
  self->proposal = add_outline (self, "visit-card", "proposal");
  self->second = add_outline (self, "visit-card", "proposal");
  self->move_label = add_outline (self, "move-label", NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->move_label), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (self->move_label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->move_label), 44);
  cr_day_grid_add_pointer (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Day"), -1);
}

/* ---- for the grid's other files ---- */

CrVisitCard *
cr_day_grid_card (CrDayGrid *self, CrId visit)
{
  CrCardKey key = { visit, self->cursor_column };
  CrVisitCard *card = g_hash_table_lookup (self->cards, &key);
  for (key.column = 0; card == NULL && key.column < (int)self->columns->len; key.column++)
    card = g_hash_table_lookup (self->cards, &key);
  return card;
}

int
cr_day_grid_column_of_card (CrDayGrid *self, CrVisitCard *card)
{
  return cr_day_grid_layout_place_of (self->layout, GTK_WIDGET (card))->column;
}

CrVisitCard *
cr_day_grid_card_at (CrDayGrid *self, double x, double y)
{
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *card = at != NULL ? gtk_widget_get_ancestor (at, CR_TYPE_VISIT_CARD) : NULL;
  return card != NULL ? CR_VISIT_CARD (card) : NULL;
}

static void
place_outline (CrDayGrid *self, GtkWidget *outline, int column, int start, int minutes, const char *type_code)
{
  CrGridPlace place = { CR_GRID_CARD, column, start, minutes, 0, 1 };
  g_autofree char *time = cr_visit_time_span (start, minutes);
  g_autofree char *text = g_strdup_printf ("%s  %s", type_code != NULL ? type_code : "", time);
  gtk_label_set_label (GTK_LABEL (outline), text);
  gtk_widget_set_visible (outline, TRUE);
  gtk_widget_insert_before (outline, GTK_WIDGET (self), NULL);
  cr_day_grid_layout_place (self->layout, outline, &place);
}

void
cr_day_grid_outline (CrDayGrid *self, int column, int start, int minutes, const char *type_code)
{
  if (column < 0)
    cr_day_grid_hide_outline (self);
  else
    place_outline (self, self->proposal, column, start, minutes, type_code);
}

void
cr_day_grid_hide_outline (CrDayGrid *self)
{
  gtk_widget_set_visible (self->proposal, FALSE);
  gtk_widget_set_visible (self->second, FALSE);
  gtk_widget_set_visible (self->move_label, FALSE);
}

static void
changed_cb (CrSession *session, const char *kind, gint64 id, gint64 patient, CrDayGrid *self)
{
  if (g_str_equal (kind, CR_APPOINTMENT.name))
    cr_day_grid_move_news (self, id);
}

/* ---- public ---- */

void
cr_day_grid_set_up (CrDayGrid *self, CrWindow *window, CrDaySchedule *schedule)
{
  self->window = window;
  g_set_object (&self->schedule, schedule);
  g_signal_connect_object (cr_window_get_session (window), "changed", G_CALLBACK (changed_cb), self, 0);
}

void
cr_day_grid_reload (CrDayGrid *self)
{
  g_autoptr (GHashTable) present = g_hash_table_new (NULL, NULL);
  self->had_focus = self->had_focus || gtk_widget_has_focus (GTK_WIDGET (self)) ||
                    gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  set_geometry (self);
  put_blocks (self);
  for (guint column = 0; column < self->columns->len; column++)
    put_column (self, (int)column, present);
  remove_missing (self, present);
  if (self->columns->len > 0) /* else the next days have not come yet */
    self->move.column = CLAMP (self->move.column, 0, (int)self->columns->len - 1);
  cr_day_grid_restore_cursor (self);
  if (self->move.visit != NULL)
    cr_day_grid_show_move (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cr_day_grid_tick (CrDayGrid *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cr_day_grid_forget (CrDayGrid *self)
{
  cr_day_grid_end_move (self);
  clear_cards (self);
  clear_blocks (self);
  cr_day_grid_hide_outline (self);
  gtk_label_set_label (GTK_LABEL (self->proposal), "");
  gtk_label_set_label (GTK_LABEL (self->second), "");
  gtk_label_set_label (GTK_LABEL (self->move_label), "");
  self->selected = CR_ID_NONE;
}

int
cr_day_grid_gutter (CrDayGrid *self)
{
  return (int)cr_day_grid_layout_get (self->layout)->gutter;
}

static gboolean
shows_target (const CrGridColumn *column, const CrGridTarget *at)
{
  return cr_date_compare (column->date, at->date) == 0 &&
         (column->by_room ? column->room == at->room : column->person == at->person);
}

/* −1: not among those shown. */
static int
column_of (CrDayGrid *self, const CrGridTarget *at)
{
  for (guint i = 0; at != NULL && i < self->columns->len; i++)
    if (shows_target (cr_day_grid_column_at (self, (int)i), at))
      return (int)i;
  return -1;
}

void
cr_day_grid_show_second (CrDayGrid *self, const CrGridTarget *at, const char *type_code)
{
  int column = column_of (self, at);
  gtk_widget_set_visible (self->second, FALSE);
  if (self->move.visit == NULL && column >= 0)
    place_outline (self, self->second, column, at->start, at->minutes, type_code);
}

void
cr_day_grid_show_proposal (CrDayGrid *self, const CrGridTarget *at, const char *type_code)
{
  int column = column_of (self, at);
  if (self->move.visit != NULL)
    return;
  cr_day_grid_outline (self, column, at != NULL ? at->start : 0, at != NULL ? at->minutes : 0, type_code);
  if (column >= 0)
    cr_day_grid_scroll_to (self, at->start);
}

void
cr_day_grid_show_cancelled (CrDayGrid *self, gboolean shown)
{
  self->shows_cancelled = shown;
}
