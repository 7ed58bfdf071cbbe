#include "src/ui/schedule/schedule-page-private.h"
#include "src/ui/schedule/check-out-sheet.h"
#include "src/ui/schedule/day-sheet-print.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

#define LARGE_EM 20 /* pixels: from this text size on, what can be spared leaves its room to the book */

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrSchedulePage, cr_schedule_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static CrClock *
clock_of (CrSchedulePage *self)
{
  return cr_session_get_clock (cr_window_get_session (self->window));
}

/* Between two days the book is empty and says nothing. */
static gboolean
is_loaded (CrSchedulePage *self)
{
  return cr_day_schedule_get_day (self->schedule, CR_ID_NONE)->hours != NULL;
}

/* ---- the side ---- */

static void
show_slot (CrSchedulePage *self, const CrGridTarget *at)
{
  CrGridColumn column = { at->date, at->person, at->person == CR_ID_NONE, at->room };
  g_autofree char *who = cr_day_grid_column_name (self->grid, &column);
  cr_visit_panel_show_slot (self->visit_panel, at->date, at->start, who);
}

static void
show_selection (CrSchedulePage *self)
{
  const CrVisit *visit = cr_schedule_page_selected (self);
  CrGridTarget at;
  if (visit != NULL)
    cr_visit_panel_show_visit (self->visit_panel, visit);
  else if (cr_schedule_page_shows_grid (self) && cr_day_grid_get_cursor (self->grid, &at))
    show_slot (self, &at);
  else if (cr_day_schedule_get_span (self->schedule) == CR_SPAN_MONTH &&
           cr_month_view_describe (self->month) != NULL)
    cr_visit_panel_show_day (self->visit_panel, cr_month_view_describe (self->month));
  else
    cr_visit_panel_clear (self->visit_panel);
}

static void
selected_cb (CrDayGrid *grid, gint64 visit, CrSchedulePage *self)
{
  CrGridTarget at;
  show_selection (self);
  if (visit == CR_ID_NONE && cr_schedule_page_is_booking (self) &&
      gtk_widget_get_focus_child (GTK_WIDGET (grid)) != NULL && cr_day_grid_get_cursor (grid, &at))
    cr_book_panel_propose (self->book_panel, &at);
}

static void
listed_cb (CrAgendaView *agenda, gint64 visit, CrSchedulePage *self)
{
  show_selection (self);
}

static void
proposed_cb (CrSchedulePage *self)
{
  CrGridTarget at, beside;
  const char *code, *second;
  gboolean proposed = cr_book_panel_get_proposal (self->book_panel, &at, &code);
  gboolean two = proposed && cr_book_panel_get_second (self->book_panel, &beside, &second);
  cr_day_grid_show_proposal (self->grid, proposed ? &at : NULL, proposed ? code : NULL);
  cr_day_grid_show_second (self->grid, two ? &beside : NULL, two ? second : NULL);
}

static void
booked_cb (CrBookPanel *panel, gint64 id, CrSchedulePage *self)
{
  cr_schedule_page_close_booking (self);
  self->select_wanted = id;
  self->focus_wanted = TRUE;
  if (cr_day_schedule_find (self->schedule, id) != NULL)
    cr_schedule_page_do_wanted (self);
  else
    cr_schedule_page_focus (self); /* the days are being read again, and show it then */
}

static void
booking_closed_cb (CrSchedulePage *self)
{
  cr_schedule_page_close_booking (self);
  cr_schedule_page_focus (self);
}

static void
calendar_cb (CrSchedulePage *self)
{
  CrDate date = cr_calendar_date (self->calendar);
  if (cr_date_compare (date, cr_day_schedule_get_date (self->schedule)) != 0)
    cr_schedule_page_set_date (self, date);
}

/* ---- room ---- */

/* With large text the calendar leaves its room to the columns, as the date's own button has another one, and
 * the line of keys to the booking. */
static void
fit_text (CrSchedulePage *self)
{
  gboolean large = cr_visit_em (GTK_WIDGET (self)) >= LARGE_EM;
  gtk_widget_set_visible (GTK_WIDGET (self->calendar), !large);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), !large || !cr_schedule_page_is_booking (self));
  cr_book_panel_set_close (self->book_panel, large);
}

static gboolean
fit_cb (gpointer data)
{
  CrSchedulePage *self = data;
  if (self->schedule == NULL)
    return G_SOURCE_REMOVE;
  fit_text (self);
  gtk_widget_set_margin_start (self->heads, cr_day_grid_gutter (self->grid));
  return G_SOURCE_REMOVE;
}

/* After the grid has taken the new size. */
static void
cr_schedule_page_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cr_schedule_page_parent_class)->css_changed (widget, change);
  g_idle_add_full (G_PRIORITY_DEFAULT, fit_cb, g_object_ref (widget), g_object_unref);
}

/* ---- the day ---- */

void
cr_schedule_page_show (CrSchedulePage *self)
{
  cr_calendar_show (self->calendar, cr_day_schedule_get_date (self->schedule));
  cr_calendar_set_today (self->calendar, cr_clock_today (clock_of (self)));
  cr_schedule_page_fill_view (self);
  if (is_loaded (self))
    gtk_stack_set_visible_child_name (
        self->stack, cr_schedule_page_has_people (self) ? cr_schedule_page_view_name (self) : "empty");
  show_selection (self);
  if (cr_schedule_page_is_booking (self))
    proposed_cb (self);
}

/* Once the grid has the height of the new day, which is a frame later: before, it would stop short.  A page
 * that is not in sight has no height; then when it appears. */
static gboolean
scroll_tick_cb (GtkWidget *grid, GdkFrameClock *frames, gpointer data)
{
  CrSchedulePage *self = data;
  CrClock *clock = clock_of (self);
  CrGridTarget at;
  if (self->scroll_frames-- > 0 && gtk_widget_get_mapped (grid))
    return G_SOURCE_CONTINUE;
  self->scroll_tick = 0;
  self->scroll_wanted = !gtk_widget_get_mapped (grid);
  if (!self->scroll_wanted && cr_day_grid_get_cursor (self->grid, &at)) {
    if (cr_date_compare (at.date, cr_clock_today (clock)) == 0)
      cr_day_grid_scroll_to (self->grid, cr_clock_minute (clock));
    cr_day_grid_scroll_to (self->grid, at.start);
  }
  return G_SOURCE_REMOVE;
}

static void
scroll_soon (CrSchedulePage *self)
{
  self->scroll_wanted = FALSE;
  self->scroll_frames = 1;
  if (self->scroll_tick == 0)
    self->scroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->grid), scroll_tick_cb, self, NULL);
}

static void
mapped_cb (CrSchedulePage *self)
{
  if (self->scroll_wanted && cr_schedule_page_has_people (self))
    scroll_soon (self);
}

static void
reloaded_cb (CrSchedulePage *self)
{
  cr_schedule_page_show (self);
  if (!cr_schedule_page_has_people (self))
    return;
  if (self->scroll_wanted)
    scroll_soon (self);
  cr_schedule_page_do_wanted (self);
}

static gboolean
minute_cb (gpointer data)
{
  CrSchedulePage *self = data;
  cr_day_grid_tick (self->grid);
  if (!cr_schedule_page_is_booking (self) && !gtk_widget_get_focus_child (GTK_WIDGET (self->visit_panel)))
    show_selection (self);
  return G_SOURCE_CONTINUE;
}

static void
date_chosen_cb (CrDateNav *nav, int days, CrSchedulePage *self)
{
  self->focus_wanted = TRUE;
  cr_schedule_page_set_date (self, cr_date_from_days (days));
}

static void
step_day_cb (CrDayGrid *grid, int by, CrSchedulePage *self)
{
  cr_date_nav_turn (self->date_nav, by);
}

static void
turn_cb (GtkWidget *view, int by, CrSchedulePage *self)
{
  self->focus_wanted = TRUE;
  cr_date_nav_turn (self->date_nav, by);
}

static void
open_day_cb (CrMonthView *month, int days, CrSchedulePage *self)
{
  cr_schedule_page_set_view (self, CR_SPAN_DAY, cr_date_from_days (days));
}

/* ---- page ---- */

/* What was not finished before a lock or a crash. */
static void
go_on_booking (CrSchedulePage *self)
{
  if (cr_schedule_page_is_booking (self) || !cr_book_panel_has_kept (self->book_panel, FALSE) ||
      !cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT))
    return;
  if (!cr_schedule_page_shows_grid (self))
    cr_schedule_page_set_view (self, CR_SPAN_DAY, cr_schedule_page_present_date (self));
  gtk_stack_set_visible_child_name (self->side, "book");
  cr_book_panel_start_kept (self->book_panel, FALSE);
}

static void
schedule_page_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrSchedulePage *self = CR_SCHEDULE_PAGE (page);
  self->focus_wanted = TRUE;
  go_on_booking (self);
  cr_schedule_page_follow_hint (self, patient, hint);
  cr_schedule_page_do_wanted (self);
}

static gboolean
schedule_page_perform (CrPage *page, const char *what)
{
  CrSchedulePage *self = CR_SCHEDULE_PAGE (page);
  if (cr_check_out_sheet_perform (GTK_WIDGET (self), what))
    return TRUE;
  if (g_str_equal (what, "new"))
    cr_schedule_page_book_here (self);
  else if (g_str_equal (what, "print"))
    cr_day_sheet_print (self->window, self->schedule);
  else if (g_str_equal (what, "previous") || g_str_equal (what, "next"))
    cr_schedule_page_turn_far (self, g_str_equal (what, "next") ? 1 : -1);
  else if (g_str_equal (what, "find") && cr_day_schedule_get_span (self->schedule) == CR_SPAN_WEEKS)
    cr_agenda_view_filter (self->agenda);
  else if (g_str_equal (what, "find"))
    cr_date_nav_ask (self->date_nav);
  else if (g_str_equal (what, "primary") && cr_schedule_page_is_booking (self))
    cr_book_panel_book (self->book_panel);
  else
    return FALSE;
  return TRUE;
}

static void
schedule_page_forget (CrPage *page)
{
  CrSchedulePage *self = CR_SCHEDULE_PAGE (page);
  g_clear_handle_id (&self->minute_timer, g_source_remove);
  if (self->scroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->grid), self->scroll_tick);
  self->scroll_tick = 0;
  g_signal_handlers_disconnect_by_data (self->schedule, self);
  cr_schedule_page_close_booking (self);
  cr_visit_panel_clear (self->visit_panel);
  cr_freed_strip_clear (self->freed_strip);
  cr_day_grid_forget (self->grid);
  cr_agenda_view_forget (self->agenda);
  cr_tray_view_forget (self->tray);
  cr_change_strip_forget (self->strip);
  cr_part_strip_forget (self->part_strip);
}

static GtkWidget *
schedule_page_foot (CrPage *page)
{
  return CR_SCHEDULE_PAGE (page)->foot;
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = schedule_page_enter;
  iface->perform = schedule_page_perform;
  iface->forget = schedule_page_forget;
  iface->foot = schedule_page_foot;
}

static void
cr_schedule_page_dispose (GObject *object)
{
  CrSchedulePage *self = CR_SCHEDULE_PAGE (object);
  g_clear_handle_id (&self->minute_timer, g_source_remove);
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  if (self->schedule != NULL)
    g_signal_handlers_disconnect_by_data (self->schedule, self);
  g_clear_object (&self->schedule);
  g_clear_pointer (&self->scopes, g_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_SCHEDULE_PAGE);
  G_OBJECT_CLASS (cr_schedule_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, root);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, heads);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, move_anyway_button);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, stop_button);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, date_nav);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, new_button);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, sheet_button);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, bar);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, move_label);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, hint_label);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, empty_label);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, move_entry);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, stack);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, side);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, heads_scroller);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, scroller);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, grid);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, calendar);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, visit_panel);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, book_panel);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, view_box);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, whose);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, cancelled_button);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, month);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, agenda);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, tray);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, strip);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, freed_strip);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, part_strip);
  gtk_widget_class_bind_template_child (widget, CrSchedulePage, foot);
}

static void
cr_schedule_page_class_init (CrSchedulePageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_schedule_page_dispose;
  widget->css_changed = cr_schedule_page_css_changed;
  g_type_ensure (CR_TYPE_AGENDA_VIEW);
  g_type_ensure (CR_TYPE_MONTH_VIEW);
  g_type_ensure (CR_TYPE_TRAY_VIEW);
  g_type_ensure (CR_TYPE_CHANGE_STRIP);
  g_type_ensure (CR_TYPE_DATE_NAV);
  g_type_ensure (CR_TYPE_DAY_GRID);
  g_type_ensure (CR_TYPE_BOOK_PANEL);
  g_type_ensure (CR_TYPE_VISIT_PANEL);
  g_type_ensure (CR_TYPE_FREED_STRIP);
  g_type_ensure (CR_TYPE_PART_STRIP);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/schedule-page.ui");
  bind_children (widget);
  cr_schedule_page_install_actions (widget);
}

static void
cr_schedule_page_init (CrSchedulePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_scrolled_window_set_hadjustment (self->heads_scroller,
                                       gtk_scrolled_window_get_hadjustment (self->scroller));
  g_signal_connect (self->date_nav, "chosen", G_CALLBACK (date_chosen_cb), self);
  g_signal_connect (self->grid, "selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->grid, "step-day", G_CALLBACK (step_day_cb), self);
  g_signal_connect (self->month, "open-day", G_CALLBACK (open_day_cb), self);
  g_signal_connect (self->month, "step", G_CALLBACK (turn_cb), self);
  g_signal_connect_swapped (self->month, "selected", G_CALLBACK (show_selection), self);
  g_signal_connect (self->agenda, "step", G_CALLBACK (turn_cb), self);
  g_signal_connect (self->agenda, "selected", G_CALLBACK (listed_cb), self);
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (calendar_cb), self);
  g_signal_connect_swapped (self->book_panel, "proposed", G_CALLBACK (proposed_cb), self);
  g_signal_connect (self->book_panel, "booked", G_CALLBACK (booked_cb), self);
  g_signal_connect_swapped (self->side, "notify::visible-child", G_CALLBACK (fit_text), self);
  g_signal_connect_swapped (self->book_panel, "closed", G_CALLBACK (booking_closed_cb), self);
  g_signal_connect_swapped (self->part_strip, "left", G_CALLBACK (cr_schedule_page_focus), self);
  g_signal_connect_swapped (self->freed_strip, "left", G_CALLBACK (cr_schedule_page_focus), self);
  cr_schedule_page_connect_actions (self);
}

/* ---- public ---- */

GtkWidget *
cr_schedule_page_new (CrWindow *window)
{
  CrSchedulePage *self = g_object_new (CR_TYPE_SCHEDULE_PAGE, NULL);
  CrSession *session = cr_window_get_session (window);
  g_autoptr (GSimpleActionGroup) sheet = NULL;
  self->window = window;
  self->schedule = cr_day_schedule_new (session);
  sheet = cr_day_sheet_actions_new (window, self->schedule);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "sheet", G_ACTION_GROUP (sheet));
  g_autoptr (GMenuModel) menu = cr_day_sheet_menu_new (session);
  gtk_menu_button_set_menu_model (self->sheet_button, menu);
  cr_date_nav_set_clock (self->date_nav, cr_session_get_clock (session));
  cr_day_grid_set_up (self->grid, window, self->schedule);
  cr_day_grid_set_tray (self->grid, GTK_WIDGET (self->tray));
  cr_month_view_set_up (self->month, window, self->schedule);
  cr_agenda_view_set_up (self->agenda, window, self->schedule);
  cr_tray_view_set_up (self->tray, window);
  cr_change_strip_set_up (self->strip, window);
  cr_visit_panel_set_up (self->visit_panel, window, self->schedule);
  cr_book_panel_set_up (self->book_panel, window, self->schedule);
  cr_freed_strip_set_up (self->freed_strip, window);
  cr_part_strip_set_up (self->part_strip, window);
  g_signal_connect_swapped (self->schedule, "reloaded", G_CALLBACK (reloaded_cb), self);
  g_signal_connect_swapped (self->grid, "map", G_CALLBACK (mapped_cb), self);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (cr_schedule_page_show), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (GTK_WIDGET (self->new_button), cr_session_can (session, CR_RIGHT_SCHEDULE_EDIT));
  self->scroll_wanted = TRUE;
  cr_schedule_page_set_up_views (self);
  cr_schedule_page_set_date (self, cr_clock_today (clock_of (self)));
  self->minute_timer = g_timeout_add_seconds (20, minute_cb, self);
  return GTK_WIDGET (self);
}

/* ---- for the page's other file ---- */

void
cr_schedule_page_set_date (CrSchedulePage *self, CrDate date)
{
  if (!cr_date_is_full (date))
    return;
  cr_calendar_show (self->calendar, date);
  self->scroll_wanted = TRUE;
  cr_day_schedule_set_date (self->schedule, date);
  cr_day_grid_go_to (self->grid, date);
  cr_agenda_view_go_to (self->agenda, date);
  if (cr_day_grid_moving (self->grid) == NULL)
    show_selection (self);
}

/* The visit that keys and buttons are about: the one that moves, or the selected one of the view. */
const CrVisit *
cr_schedule_page_selected (CrSchedulePage *self)
{
  const CrVisit *moving = cr_day_grid_moving (self->grid);
  if (moving != NULL)
    return moving;
  if (cr_schedule_page_shows_grid (self))
    return cr_day_schedule_find (self->schedule, cr_day_grid_get_selected (self->grid));
  if (cr_day_schedule_get_span (self->schedule) == CR_SPAN_WEEKS)
    return cr_day_schedule_find (self->schedule, cr_agenda_view_get_selected (self->agenda));
  return NULL;
}

void
cr_schedule_page_focus (CrSchedulePage *self)
{
  if (cr_schedule_page_shows_grid (self))
    cr_day_grid_focus (self->grid);
  else if (cr_day_schedule_get_span (self->schedule) == CR_SPAN_MONTH)
    cr_month_view_focus (self->month);
  else
    cr_agenda_view_focus (self->agenda);
}

gboolean
cr_schedule_page_is_booking (CrSchedulePage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->side), "book") == 0;
}

void
cr_schedule_page_book (CrSchedulePage *self, const CrBookStart *start)
{
  g_autoptr (GError) error = NULL;
  if (!cr_session_require (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT, &error)) {
    cr_window_show_error (self->window, error);
    return;
  }
  if (cr_schedule_page_is_booking (self) && cr_book_panel_ask (self->book_panel))
    return;
  cr_day_grid_end_move (self->grid);
  if (!cr_schedule_page_shows_grid (self)) /* the grid shows what is proposed */
    cr_schedule_page_set_view (self, CR_SPAN_DAY, start->date);
  gtk_stack_set_visible_child_name (self->side, "book");
  cr_book_panel_start (self->book_panel, start);
}

void
cr_schedule_page_book_here (CrSchedulePage *self)
{
  CrBookStart start = { .date = cr_schedule_page_present_date (self), .start = CR_MINUTE_NONE };
  CrGridTarget at;
  if (cr_schedule_page_shows_grid (self) && cr_day_grid_get_selected (self->grid) == CR_ID_NONE &&
      cr_day_grid_get_cursor (self->grid, &at)) {
    start.person_id = at.person;
    start.room_id = at.room;
    start.start = at.start;
  }
  cr_schedule_page_book (self, &start);
}

void
cr_schedule_page_close_booking (CrSchedulePage *self)
{
  gtk_stack_set_visible_child_name (self->side, "visit");
  cr_book_panel_close (self->book_panel);
  cr_day_grid_show_proposal (self->grid, NULL, NULL);
}

void
cr_schedule_page_do_wanted (CrSchedulePage *self)
{
  const CrVisit *move;
  if (!is_loaded (self) || !cr_schedule_page_has_people (self))
    return;
  move = self->move_wanted != CR_ID_NONE ? cr_day_schedule_find (self->schedule, self->move_wanted) : NULL;
  if (self->select_wanted != CR_ID_NONE && cr_schedule_page_shows_grid (self)) {
    const CrVisit *selected = cr_day_schedule_find (self->schedule, self->select_wanted);
    cr_day_grid_select (self->grid, self->select_wanted);
    if (selected != NULL)
      cr_day_grid_scroll_to (self->grid, (int)selected->appointment->start_min);
  }
  self->move_wanted = self->select_wanted = CR_ID_NONE;
  if (self->focus_wanted && !cr_schedule_page_is_booking (self) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    cr_schedule_page_focus (self);
  self->focus_wanted = FALSE;
  if (move != NULL && cr_schedule_page_shows_grid (self))
    cr_day_grid_begin_move (self->grid, move, self->move_kind);
}
