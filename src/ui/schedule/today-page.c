#include "src/ui/schedule/today-page-private.h"
#include "src/ui/schedule/day-sheet-print.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrTodayPage, cr_today_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static CrClock *
clock_of (CrTodayPage *self)
{
  return cr_session_get_clock (cr_window_get_session (self->window));
}

static gboolean
is_today (CrTodayPage *self)
{
  return cr_date_compare (cr_day_schedule_get_date (self->schedule), cr_clock_today (clock_of (self))) == 0;
}

static gboolean
is_over (const CrVisit *visit)
{
  return visit->appointment->stage >= CR_STAGE_CHECKED_OUT;
}

static const CrVisit *
visit_of (GtkListBoxRow *row)
{
  return row != NULL && CR_IS_VISIT_ROW (row) ? cr_visit_row_get_visit (CR_VISIT_ROW (row)) : NULL;
}

/* ---- order, filter, headings ---- */

/* Going on, then the heading of those that are over, then these. */
static int
group_of (GtkListBoxRow *row)
{
  const CrVisit *visit = visit_of (row);
  if (visit == NULL)
    return 1;
  return is_over (visit) ? 2 : 0;
}

static int
sort_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  const CrVisit *one = visit_of (a), *two = visit_of (b);
  int by_group = group_of (a) - group_of (b);
  if (by_group != 0 || one == NULL || two == NULL)
    return by_group;
  if (one->appointment->start_min != two->appointment->start_min)
    return one->appointment->start_min < two->appointment->start_min ? -1 : 1;
  return one->appointment->id < two->appointment->id ? -1 : one->appointment->id > two->appointment->id;
}

static gboolean
is_filtered_in (CrTodayPage *self, const CrVisit *visit)
{
  guint at = gtk_drop_down_get_selected (self->clinician_filter);
  CrId person = at < self->filter_ids->len ? g_array_index (self->filter_ids, CrId, at) : CR_ID_NONE;
  return person == CR_ID_NONE || visit->appointment->person_id == person;
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  CrTodayPage *self = data;
  const CrVisit *visit = visit_of (row);
  if (visit == NULL)
    return gtk_label_get_label (self->done_label)[0] != '\0';
  return is_filtered_in (self, visit) && (self->done_shown || !is_over (visit));
}

static gboolean
is_ahead (GtkListBoxRow *row, int now)
{
  const CrVisit *visit = visit_of (row);
  return visit == NULL || is_over (visit) || visit->appointment->start_min > now;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  CrTodayPage *self = data;
  int now = cr_clock_minute (clock_of (self));
  gboolean line = is_today (self) && is_ahead (row, now) && (before == NULL || !is_ahead (before, now));
  GtkWidget *header = line ? gtk_list_box_row_get_header (row) : NULL;
  g_autofree char *time = cr_minute_format (now);
  g_autofree char *text = g_strdup_printf (_ ("Now %s"), time);
  if (line && header != NULL)
    gtk_label_set_label (GTK_LABEL (header), text);
  if (line && header == NULL) {
    header = cr_visit_label (text, "now-line");
    gtk_list_box_row_set_header (row, header);
  }
  if (!line)
    gtk_list_box_row_set_header (row, NULL);
}

/* ---- counts ---- */

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

static void
show_wait (CrTodayPage *self, GArray *waits)
{
  g_autofree char *text = NULL;
  g_array_sort (waits, compare_ints);
  if (waits->len > 0)
    text = g_strdup_printf (_ ("Median wait %d min"), g_array_index (waits, int, waits->len / 2));
  gtk_label_set_label (self->wait_label, text != NULL ? text : "");
}

static void
append_count (GString *text, guint n, const char *word)
{
  if (n > 0)
    g_string_append_printf (text, "%s%u %s", text->len > 0 ? "  ·  " : "", n, word);
}

static void
count_visit (CrTodayPage *self, const CrVisit *visit, guint *counts, GArray *waits)
{
  gboolean late;
  int minutes = cr_visit_minutes_in_stage (visit, clock_of (self), &late);
  counts[visit->appointment->stage]++;
  if (visit->appointment->stage == CR_STAGE_ARRIVED && minutes >= 0)
    g_array_append_val (waits, minutes);
}

/* words: what there is; "" when nothing is over. */
static void
show_done_words (CrTodayPage *self, const char *words)
{
  g_autofree char *text =
      words[0] != '\0' ? g_strconcat (self->done_shown ? "▾  " : "▸  ", words, NULL) : g_strdup ("");
  gtk_label_set_label (self->done_label, text);
}

static void
show_counts (CrTodayPage *self)
{
  guint counts[CR_N_STAGES] = { 0 }, booked = 0;
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GString) text = g_string_new (NULL), over = g_string_new (NULL);
  GHashTableIter iter;
  gpointer row;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (is_filtered_in (self, visit_of (row)))
      count_visit (self, visit_of (row), counts, waits);
  for (int stage = 0; stage < CR_STAGE_CANCELLED; stage++)
    booked += counts[stage];
  append_count (text, booked, _ ("booked"));
  append_count (text, counts[CR_STAGE_ARRIVED], _ ("arrived"));
  append_count (text, counts[CR_STAGE_ROOMED], _ ("roomed"));
  append_count (text, counts[CR_STAGE_WITH_DOCTOR], _ ("with doctor"));
  append_count (text, counts[CR_STAGE_READY], _ ("ready"));
  append_count (text, counts[CR_STAGE_CHECKED_OUT], _ ("checked out"));
  append_count (text, counts[CR_STAGE_NO_SHOW], _ ("no-show"));
  append_count (over, counts[CR_STAGE_CHECKED_OUT], _ ("checked out"));
  append_count (over, counts[CR_STAGE_NO_SHOW], _ ("no-show"));
  append_count (over, counts[CR_STAGE_CANCELLED], _ ("cancelled"));
  gtk_label_set_label (self->counts_label, text->str);
  show_done_words (self, over->str);
  show_wait (self, waits);
}

/* ---- rows ---- */

static void
remove_missing (CrTodayPage *self, GHashTable *present)
{
  GHashTableIter iter;
  gpointer id, row;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row)) {
    if (g_hash_table_contains (present, id))
      continue;
    g_hash_table_iter_remove (&iter);
    gtk_list_box_remove (self->list, row);
  }
}

static void
put_rows (CrTodayPage *self)
{
  GListModel *visits = cr_day_schedule_get_visits (self->schedule);
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) item = g_list_model_get_item (visits, i);
    CrId id = cr_row_get_id (item);
    GtkWidget *row = g_hash_table_lookup (self->rows, &id);
    g_hash_table_add (present, g_memdup2 (&id, sizeof id));
    if (row != NULL) {
      cr_visit_row_set_item (CR_VISIT_ROW (row), item);
      continue;
    }
    row = cr_visit_row_new (self->window);
    cr_visit_row_set_item (CR_VISIT_ROW (row), item);
    g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
    gtk_list_box_append (self->list, row);
  }
  remove_missing (self, present);
}

static GtkListBoxRow *
focused_row (CrTodayPage *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  return row != NULL ? GTK_LIST_BOX_ROW (row) : NULL;
}

/* First not-arrived at or after now; for a clinician the next own patient who is roomed (UX 1.4, D1). */
static GtkListBoxRow *
defined_row (CrTodayPage *self)
{
  const CrPerson *me = cr_session_get_person (cr_window_get_session (self->window));
  int now = cr_clock_minute (clock_of (self));
  GtkListBoxRow *next = NULL, *first = NULL, *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    const CrVisit *visit = visit_of (row);
    if (visit == NULL || !gtk_widget_get_child_visible (GTK_WIDGET (row)))
      continue;
    first = first != NULL ? first : row;
    if (me != NULL && visit->appointment->person_id == me->id && visit->appointment->stage == CR_STAGE_ROOMED)
      return row;
    if (next == NULL && visit->appointment->stage < CR_STAGE_ARRIVED &&
        (visit->appointment->start_min >= now || !is_today (self)))
      next = row;
  }
  return next != NULL ? next : first;
}

static void
focus_defined (CrTodayPage *self)
{
  GtkListBoxRow *row = defined_row (self);
  self->focus_wanted = row == NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* A row that left the list hands its focus to the one that took its place. */
static void
keep_focus (CrTodayPage *self, gboolean had, int index)
{
  GtkListBoxRow *row = focused_row (self);
  if (!had || (row != NULL && gtk_widget_get_child_visible (GTK_WIDGET (row))))
    return;
  while ((row = gtk_list_box_get_row_at_index (self->list, index)) != NULL &&
         !gtk_widget_get_child_visible (GTK_WIDGET (row)))
    index++;
  for (; row == NULL && index > 0; index--)
    row = gtk_list_box_get_row_at_index (self->list, index - 1);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Between two days there is nothing to say. */
static void
show_empty (CrTodayPage *self)
{
  g_autofree char *day = cr_date_format_weekday (cr_day_schedule_get_date (self->schedule));
  g_autofree char *text = g_strdup_printf (_ ("No visits are booked on %s."), day);
  gtk_label_set_label (self->empty_label, text);
  if (cr_day_schedule_get_day (self->schedule, CR_ID_NONE)->hours != NULL)
    gtk_stack_set_visible_child_name (self->stack, g_hash_table_size (self->rows) > 0 ? "list" : "empty");
}

static void
refresh (CrTodayPage *self)
{
  GtkListBoxRow *focus = focused_row (self);
  int index = focus != NULL ? gtk_list_box_row_get_index (focus) : 0;
  put_rows (self);
  show_counts (self);
  gtk_list_box_invalidate_sort (self->list);
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  show_empty (self);
  keep_focus (self, focus != NULL, index);
  if (self->focus_wanted && gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus_defined (self);
}

static gboolean
refresh_idle_cb (gpointer data)
{
  CrTodayPage *self = data;
  self->refresh_idle = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (CrTodayPage *self)
{
  if (self->refresh_idle == 0)
    self->refresh_idle = g_idle_add (refresh_idle_cb, self);
}

/* ---- clinicians ---- */

static void
fill_clinicians (CrTodayPage *self)
{
  GListModel *people = cr_day_schedule_get_clinicians (self->schedule);
  guint at = gtk_drop_down_get_selected (self->clinician_filter);
  CrId kept = at < self->filter_ids->len ? g_array_index (self->filter_ids, CrId, at) : CR_ID_NONE;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  CrId all = CR_ID_NONE;
  guint selected = 0;
  g_array_set_size (self->filter_ids, 0);
  g_array_append_val (self->filter_ids, all);
  gtk_string_list_append (names, _ ("All clinicians"));
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    g_autofree char *name = cr_person_short (cr_row_peek (row));
    CrId id = cr_row_get_id (row);
    selected = id == kept ? self->filter_ids->len : selected;
    g_array_append_val (self->filter_ids, id);
    gtk_string_list_append (names, name);
  }
  gtk_drop_down_set_model (self->clinician_filter, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->clinician_filter, selected);
}

static void
filter_changed_cb (CrTodayPage *self)
{
  queue_refresh (self);
}

static void
reloaded_cb (CrTodayPage *self)
{
  cr_date_nav_set_date (self->date_nav, cr_day_schedule_get_date (self->schedule));
  fill_clinicians (self);
  refresh (self);
  cr_today_page_do_asked (self);
}

/* ---- time ---- */

/* The clock moves on: minutes and the line of now; the focus stays where it is. */
static gboolean
minute_cb (gpointer data)
{
  CrTodayPage *self = data;
  GHashTableIter iter;
  gpointer row;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    cr_visit_row_tick (row);
  show_counts (self);
  gtk_list_box_invalidate_headers (self->list);
  return G_SOURCE_CONTINUE;
}

static void
date_chosen_cb (CrDateNav *nav, int days, CrTodayPage *self)
{
  self->focus_wanted = TRUE;
  cr_day_schedule_set_date (self->schedule, cr_date_from_days (days));
}

/* ---- list keys and clicks ---- */

static const struct {
  guint key;
  const char *action;
  gboolean of_row; /* acts on the selected row */
} KEYS[] = {
  { GDK_KEY_a, "visit.arrive", TRUE },      { GDK_KEY_r, "visit.room", TRUE },
  { GDK_KEY_d, "visit.with-doctor", TRUE }, { GDK_KEY_y, "visit.ready", TRUE },
  { GDK_KEY_o, "visit.out", TRUE },         { GDK_KEY_x, "visit.no-show", TRUE },
  { GDK_KEY_m, "visit.move", TRUE },        { GDK_KEY_w, "today.walk-in", FALSE },
  { GDK_KEY_t, "today.show-today", FALSE }, { GDK_KEY_j, "today.go-to-date", FALSE },
  { GDK_KEY_Delete, "visit.cancel", TRUE },
};

static gboolean
activate_key (CrTodayPage *self, guint key)
{
  gboolean letters = cr_window_single_letters (self->window);
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    if (gdk_keyval_to_lower (key) != KEYS[i].key || !(letters || key == GDK_KEY_Delete))
      continue;
    if (KEYS[i].of_row)
      return gtk_widget_activate_action (GTK_WIDGET (self), KEYS[i].action, "x", (gint64)CR_ID_NONE);
    return gtk_widget_activate_action (GTK_WIDGET (self), KEYS[i].action, NULL);
  }
  return FALSE;
}

static gboolean
list_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrTodayPage *self)
{
  GtkListBoxRow *row = focused_row (self);
  gboolean menu = key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0);
  if (row == NULL || !gtk_widget_has_focus (GTK_WIDGET (row)))
    return FALSE;
  if (menu && CR_IS_VISIT_ROW (row)) {
    cr_today_page_open_menu (self, CR_VISIT_ROW (row), -1, -1);
    return TRUE;
  }
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  return activate_key (self, key);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, CrTodayPage *self)
{
  if (row == self->done_row)
    cr_today_page_show_done (self, !self->done_shown);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "visit.open", "x", visit_of (row)->appointment->id);
}

static void
right_click_cb (GtkGestureClick *click, int n, double x, double y, CrTodayPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int)y);
  if (row == NULL || !CR_IS_VISIT_ROW (row))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  cr_today_page_open_menu (self, CR_VISIT_ROW (row), x, y);
}

/* ---- walk-in ---- */

static void
walk_in_booked_cb (CrBookPanel *panel, gint64 id, CrTodayPage *self)
{
  cr_today_page_show_walk_in (self, FALSE);
}

static void
walk_in_closed_cb (CrTodayPage *self)
{
  cr_today_page_show_walk_in (self, FALSE);
}

/* ---- page ---- */

static void
today_page_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrTodayPage *self = CR_TODAY_PAGE (page);
  CrDate today = cr_clock_today (clock_of (self));
  self->focus_wanted = TRUE;
  self->asked_patient = patient;
  g_free (self->asked);
  self->asked = g_strdup (hint);
  if (hint != NULL && !g_str_equal (hint, "day-sheet") && !is_today (self)) {
    cr_day_schedule_set_date (self->schedule, today);
    return;
  }
  focus_defined (self);
  cr_today_page_do_asked (self);
}

static gboolean
today_page_perform (CrPage *page, const char *what)
{
  CrTodayPage *self = CR_TODAY_PAGE (page);
  gboolean walk_in = gtk_widget_get_visible (self->side);
  if (g_str_equal (what, "print"))
    cr_day_sheet_print (self->window, self->schedule);
  else if (g_str_equal (what, "new"))
    cr_today_page_show_walk_in (self, TRUE);
  else if (g_str_equal (what, "primary") && walk_in)
    cr_book_panel_book (self->walk_in_panel);
  else if (g_str_equal (what, "find"))
    cr_date_nav_ask (self->date_nav);
  else if (g_str_equal (what, "previous") || g_str_equal (what, "next"))
    cr_date_nav_step (self->date_nav, g_str_equal (what, "next") ? 7 : -7);
  else
    return FALSE;
  return TRUE;
}

static void
stop_timers (CrTodayPage *self)
{
  g_clear_handle_id (&self->minute_timer, g_source_remove);
  g_clear_handle_id (&self->refresh_idle, g_source_remove);
}

static void
today_page_forget (CrPage *page)
{
  CrTodayPage *self = CR_TODAY_PAGE (page);
  GtkListBoxRow *row;
  stop_timers (self);
  cr_book_panel_close (self->walk_in_panel);
  g_hash_table_remove_all (self->rows);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_signal_handlers_disconnect_by_data (self->schedule, self);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = today_page_enter;
  iface->perform = today_page_perform;
  iface->forget = today_page_forget;
}

static void
cr_today_page_dispose (GObject *object)
{
  CrTodayPage *self = CR_TODAY_PAGE (object);
  stop_timers (self);
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  if (self->schedule != NULL)
    g_signal_handlers_disconnect_by_data (self->schedule, self);
  g_clear_object (&self->schedule);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->filter_ids, g_array_unref);
  g_clear_pointer (&self->asked, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_TODAY_PAGE);
  G_OBJECT_CLASS (cr_today_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrTodayPage, root);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, side);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, header_line);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, date_nav);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, clinician_filter);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, walk_in_button);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, counts_label);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, wait_label);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, empty_label);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, hint_label);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, stack);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, list);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, walk_in_panel);
}

static void
cr_today_page_class_init (CrTodayPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_today_page_dispose;
  g_type_ensure (CR_TYPE_DATE_NAV);
  g_type_ensure (CR_TYPE_BOOK_PANEL);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/today-page.ui");
  bind_children (widget);
  cr_today_page_install_actions (widget);
}

static void
add_done_row (CrTodayPage *self)
{
  self->done_row = GTK_LIST_BOX_ROW (gtk_list_box_row_new ());
  self->done_label = GTK_LABEL (cr_visit_label ("", "done-line"));
  gtk_list_box_row_set_child (self->done_row, GTK_WIDGET (self->done_label));
  gtk_list_box_append (self->list, GTK_WIDGET (self->done_row));
}

static void
cr_today_page_init (CrTodayPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *right = gtk_gesture_click_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->filter_ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  gtk_list_box_set_sort_func (self->list, sort_cb, self, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect (right, "pressed", G_CALLBACK (right_click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (right));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (list_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (self->date_nav, "chosen", G_CALLBACK (date_chosen_cb), self);
  g_signal_connect (self->walk_in_panel, "booked", G_CALLBACK (walk_in_booked_cb), self);
  g_signal_connect_swapped (self->walk_in_panel, "closed", G_CALLBACK (walk_in_closed_cb), self);
  g_signal_connect_swapped (self->clinician_filter, "notify::selected", G_CALLBACK (filter_changed_cb), self);
}

/* ---- public ---- */

GtkWidget *
cr_today_page_new (CrWindow *window)
{
  CrTodayPage *self = g_object_new (CR_TYPE_TODAY_PAGE, NULL);
  CrSession *session = cr_window_get_session (window);
  g_autoptr (GSimpleActionGroup) sheet = NULL;
  self->window = window;
  self->schedule = cr_day_schedule_new (session);
  sheet = cr_day_sheet_actions_new (window, self->schedule);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "sheet", G_ACTION_GROUP (sheet));
  cr_date_nav_set_clock (self->date_nav, cr_session_get_clock (session));
  cr_book_panel_set_up (self->walk_in_panel, window, self->schedule);
  add_done_row (self);
  g_signal_connect_swapped (self->schedule, "reloaded", G_CALLBACK (reloaded_cb), self);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  cr_date_nav_set_date (self->date_nav, cr_clock_today (cr_session_get_clock (session)));
  cr_day_schedule_set_date (self->schedule, cr_clock_today (cr_session_get_clock (session)));
  self->minute_timer = g_timeout_add_seconds (20, minute_cb, self);
  show_empty (self);
  return GTK_WIDGET (self);
}

CrVisitRow *
cr_today_page_selected (CrTodayPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  return row != NULL && CR_IS_VISIT_ROW (row) ? CR_VISIT_ROW (row) : NULL;
}

CrVisitRow *
cr_today_page_find (CrTodayPage *self, CrId visit)
{
  return g_hash_table_lookup (self->rows, &visit);
}

void
cr_today_page_focus_row (CrTodayPage *self, CrVisitRow *row)
{
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
cr_today_page_show_done (CrTodayPage *self, gboolean shown)
{
  self->done_shown = shown;
  show_counts (self);
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->done_row), GTK_ACCESSIBLE_STATE_EXPANDED, shown, -1);
}

void
cr_today_page_show_walk_in (CrTodayPage *self, gboolean shown)
{
  CrBookStart start = { .start = CR_MINUTE_NONE, .walk_in = TRUE };
  gtk_widget_set_visible (self->side, shown);
  if (shown && !is_today (self))
    cr_day_schedule_set_date (self->schedule, cr_clock_today (clock_of (self)));
  if (shown) {
    cr_book_panel_start (self->walk_in_panel, &start);
  } else {
    cr_book_panel_close (self->walk_in_panel);
    focus_defined (self);
  }
}
