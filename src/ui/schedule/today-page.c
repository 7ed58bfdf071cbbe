#include "src/ui/schedule/today-page-private.h"
#include "src/ui/schedule/check-out-sheet.h"
#include "src/ui/schedule/day-sheet-print.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/session/visit-desk.h"
#include <glib/gi18n.h>

#define ROOMY 83 /* widths of an em that the window needs for all columns in one line */

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrTodayPage, cr_today_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static CrClock *
clock_of (CrTodayPage *self)
{
  return cr_session_get_clock (cr_window_get_session (self->window));
}

static gboolean
refresh_idle_cb (gpointer data)
{
  CrTodayPage *self = data;
  self->refresh_idle = 0;
  cr_today_page_refresh (self);
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

/* Entry 0 shows all; entry n shows stage n − 1. */
static void
fill_stages (CrTodayPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, _ ("All stages"));
  for (int stage = 0; stage < CR_N_STAGES; stage++)
    gtk_string_list_append (names, cr_stage_word (stage));
  gtk_drop_down_set_model (self->stage_filter, G_LIST_MODEL (names));
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
  cr_today_page_refresh (self);
  cr_today_page_do_asked (self);
  cr_today_page_go_on (self);
}

/* ---- time ---- */

static gboolean
minute_cb (gpointer data)
{
  cr_today_page_tick (data);
  return G_SOURCE_CONTINUE;
}

static void
date_chosen_cb (CrDateNav *nav, int days, CrTodayPage *self)
{
  self->focus_wanted = TRUE;
  self->walked_in = CR_ID_NONE;
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

/* The keys are the page's, wherever on it the focus is, except where something is written or booked. */
static gboolean
is_taken (CrTodayPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus == NULL || GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus) ||
         gtk_widget_is_ancestor (focus, self->side) ||
         gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

static gboolean
page_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrTodayPage *self)
{
  GtkListBoxRow *row = cr_today_page_focused (self);
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || is_taken (self) ||
      (row != NULL && !gtk_widget_has_focus (GTK_WIDGET (row)))) /* in the sheet of a row */
    return FALSE;
  return activate_key (self, key);
}

static gboolean
list_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrTodayPage *self)
{
  GtkListBoxRow *row = cr_today_page_focused (self);
  gboolean menu = key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0);
  if (row == NULL || !gtk_widget_has_focus (GTK_WIDGET (row)))
    return FALSE;
  if (menu && CR_IS_VISIT_ROW (row)) {
    cr_today_page_open_menu (self, CR_VISIT_ROW (row), -1, -1);
    return TRUE;
  }
  return FALSE;
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, CrTodayPage *self)
{
  if (row == self->done_row)
    cr_today_page_show_done (self, !self->done_shown);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "visit.open", "x",
                                cr_visit_row_get_visit (CR_VISIT_ROW (row))->appointment->id);
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
  self->walked_in = id;
  cr_today_page_show_walk_in (self, FALSE);
}

static void
walk_in_closed_cb (CrTodayPage *self)
{
  cr_today_page_show_walk_in (self, FALSE);
}

/* ---- room ---- */

/* In a narrow window, or with large text, the list takes two lines for each visit. */
static void
fit (CrTodayPage *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  double em = cr_visit_em (GTK_WIDGET (self));
  if (surface != NULL && em > 0)
    cr_today_page_set_narrow (self, gdk_surface_get_width (surface) / em < ROOMY);
}

static void
cr_today_page_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cr_today_page_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (widget)), "notify::width",
                           G_CALLBACK (fit), widget, G_CONNECT_SWAPPED);
  fit (CR_TODAY_PAGE (widget));
}

static void
cr_today_page_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cr_today_page_parent_class)->css_changed (widget, change);
  if (gtk_widget_get_realized (widget))
    fit (CR_TODAY_PAGE (widget));
}

/* ---- page ---- */

static void
today_page_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrTodayPage *self = CR_TODAY_PAGE (page);
  CrDate today = cr_clock_today (clock_of (self));
  self->focus_wanted = TRUE;
  self->walked_in = CR_ID_NONE;
  self->asked_patient = patient;
  g_free (self->asked);
  self->asked = g_strdup (hint);
  if (hint != NULL && !g_str_equal (hint, "day-sheet") && !cr_today_page_is_today (self)) {
    cr_day_schedule_set_date (self->schedule, today);
    return;
  }
  cr_today_page_focus_defined (self);
  cr_today_page_do_asked (self);
  cr_today_page_go_on (self);
}

static gboolean
today_page_perform (CrPage *page, const char *what)
{
  CrTodayPage *self = CR_TODAY_PAGE (page);
  gboolean walk_in = gtk_widget_get_visible (self->side);
  if (cr_check_out_sheet_perform (GTK_WIDGET (self), what))
    return TRUE;
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
  stop_timers (self);
  cr_book_panel_close (self->walk_in_panel);
  cr_today_page_clear (self);
  g_signal_handlers_disconnect_by_data (self->schedule, self);
  cr_part_strip_forget (self->part_strip);
}

static GtkWidget *
today_page_foot (CrPage *page)
{
  return CR_TODAY_PAGE (page)->foot;
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->foot = today_page_foot;
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
  if (self->paces != NULL)
    g_signal_handlers_disconnect_by_data (self->paces, self);
  g_clear_object (&self->paces);
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
  gtk_widget_class_bind_template_child (widget, CrTodayPage, stage_filter);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, finish_label);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, walk_in_button);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, sheet_button);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, counts_label);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, wait_label);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, empty_label);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, hint_label);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, stack);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, list);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, walk_in_panel);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, foot);
  gtk_widget_class_bind_template_child (widget, CrTodayPage, part_strip);
}

static void
cr_today_page_class_init (CrTodayPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_today_page_dispose;
  widget->realize = cr_today_page_realize;
  widget->css_changed = cr_today_page_css_changed;
  g_type_ensure (CR_TYPE_DATE_NAV);
  g_type_ensure (CR_TYPE_BOOK_PANEL);
  g_type_ensure (CR_TYPE_PART_STRIP);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/today-page.ui");
  bind_children (widget);
  cr_today_page_install_actions (widget);
}

static void
cr_today_page_init (CrTodayPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *page_keys = gtk_event_controller_key_new ();
  GtkGesture *right = gtk_gesture_click_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->filter_ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect (right, "pressed", G_CALLBACK (right_click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (right));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (list_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect (page_keys, "key-pressed", G_CALLBACK (page_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), page_keys);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (self->date_nav, "chosen", G_CALLBACK (date_chosen_cb), self);
  g_signal_connect (self->walk_in_panel, "booked", G_CALLBACK (walk_in_booked_cb), self);
  g_signal_connect_swapped (self->walk_in_panel, "closed", G_CALLBACK (walk_in_closed_cb), self);
  g_signal_connect_swapped (self->part_strip, "left", G_CALLBACK (cr_today_page_focus_defined), self);
  fill_stages (self);
  g_signal_connect_swapped (self->clinician_filter, "notify::selected", G_CALLBACK (filter_changed_cb), self);
  g_signal_connect_swapped (self->stage_filter, "notify::selected", G_CALLBACK (filter_changed_cb), self);
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
  g_autoptr (GMenuModel) menu = cr_day_sheet_menu_new (session);
  gtk_menu_button_set_menu_model (self->sheet_button, menu);
  cr_date_nav_set_clock (self->date_nav, cr_session_get_clock (session));
  cr_book_panel_set_up (self->walk_in_panel, window, self->schedule);
  cr_part_strip_set_up (self->part_strip, window);
  cr_today_page_set_up_list (self);
  self->paces = cr_pace_list_new (session);
  g_signal_connect_swapped (self->paces, "items-changed", G_CALLBACK (cr_today_page_show_finish), self);
  g_signal_connect_swapped (self->schedule, "reloaded", G_CALLBACK (reloaded_cb), self);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  cr_date_nav_set_date (self->date_nav, cr_clock_today (cr_session_get_clock (session)));
  cr_day_schedule_set_date (self->schedule, cr_clock_today (cr_session_get_clock (session)));
  self->minute_timer = g_timeout_add_seconds (20, minute_cb, self);
  cr_today_page_refresh (self);
  return GTK_WIDGET (self);
}

/* kept: the one that was not finished before a lock or a crash; else a new one. */
static void
open_walk_in (CrTodayPage *self, gboolean kept)
{
  CrBookStart start = { .start = CR_MINUTE_NONE, .walk_in = TRUE };
  gtk_widget_set_visible (self->side, TRUE);
  self->focus_wanted = FALSE; /* the panel has the focus now */
  if (!cr_today_page_is_today (self))
    cr_day_schedule_set_date (self->schedule, cr_clock_today (clock_of (self)));
  if (kept)
    cr_book_panel_start_kept (self->walk_in_panel, TRUE);
  else
    cr_book_panel_start (self->walk_in_panel, &start);
}

void
cr_today_page_show_walk_in (CrTodayPage *self, gboolean shown)
{
  if (shown && gtk_widget_get_visible (self->side) && cr_book_panel_ask (self->walk_in_panel))
    return;
  if (shown) {
    open_walk_in (self, FALSE);
    return;
  }
  gtk_widget_set_visible (self->side, FALSE);
  cr_book_panel_close (self->walk_in_panel);
  cr_today_page_focus_defined (self);
}

void
cr_today_page_go_on (CrTodayPage *self)
{
  gboolean loaded = cr_day_schedule_get_day (self->schedule, CR_ID_NONE)->hours != NULL;
  if (loaded && gtk_widget_get_mapped (GTK_WIDGET (self)) && !gtk_widget_get_visible (self->side) &&
      cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT) &&
      cr_book_panel_has_kept (self->walk_in_panel, TRUE))
    open_walk_in (self, TRUE);
}
