/* What is done in the book: keys, the context menu, moving a visit, and what other pages ask for. */
#include "src/ui/schedule/schedule-page-private.h"
#include "src/ui/schedule/visit-actions.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include "chartroom/session/holding-tray.h"
#include <glib/gi18n.h>
#include <string.h>

#define FAR_MONTHS 9 /* a day typed without a year that lies further ahead is asked about */

typedef struct { /* a move on its way */
  CrSchedulePage *page;
  CrId visit;
  CrMoveKind kind;
  char *toast;
} Move;

static void
move_free (Move *move)
{
  g_object_unref (move->page);
  g_free (move->toast);
  g_free (move);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Move, move_free)

/* ---- the bar above the grid ---- */

static const char *const ANYWAY[] = { [CR_MOVE_VISIT] = N_ ("Move _Anyway"),
                                      [CR_MOVE_COPY] = N_ ("Copy _Anyway"),
                                      [CR_MOVE_END] = N_ ("Change _Anyway") };

static const char *const STOP[] = {
  [CR_MOVE_VISIT] = N_ ("_Stop Moving"), [CR_MOVE_COPY] = N_ ("_Stop Copying"), [CR_MOVE_END] = N_ ("_Stop")
};

static void
show_bar (CrSchedulePage *self, const char *text, gboolean question)
{
  /* While a visit moves the bar stays as high as it is: the grid must not slip away below the pointer. */
  gtk_label_set_wrap (self->move_label, question);
  gtk_label_set_ellipsize (self->move_label, question ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_label (self->move_label, text != NULL ? text : "");
  gtk_button_set_label (GTK_BUTTON (self->move_anyway_button),
                        _ (ANYWAY[cr_day_grid_move_kind (self->grid)]));
  gtk_button_set_label (GTK_BUTTON (self->stop_button), _ (STOP[cr_day_grid_move_kind (self->grid)]));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->move_label), text); /* whole, where the bar cuts it */
  gtk_widget_set_visible (self->move_anyway_button, question);
  gtk_widget_set_visible (GTK_WIDGET (self->move_entry), !question);
  gtk_stack_set_visible_child_name (self->bar, text != NULL ? "move" : "tools");
  if (question)
    gtk_widget_grab_focus (self->move_anyway_button);
}

/* "Moving GARCIA, Maria to Tue Dec 01, 2026, 9:20 AM, Dr. Okafor – ▲ …" */
static char *
describe_move (CrSchedulePage *self, const CrVisit *visit)
{
  static const char *const FORMATS[] = { [CR_MOVE_VISIT] = N_ ("Moving %s to %s%s%s"),
                                         [CR_MOVE_COPY] = N_ ("Copying %s to %s%s%s"),
                                         [CR_MOVE_END] = N_ ("Changing the length of %s: %s%s%s") };
  gboolean hard;
  g_autofree char *name = cr_window_name_of (self->window, visit->patient);
  g_autofree char *words = cr_day_grid_describe_move (self->grid);
  g_autofree char *obstacle = cr_day_grid_move_obstacle (self->grid, &hard);
  const char *mark = obstacle == NULL ? "" : hard ? " – ⊘ " : " – ▲ ";
  g_auto (GStrv) parts = g_strsplit (_ (FORMATS[cr_day_grid_move_kind (self->grid)]), "%s", 5);
  return g_strconcat (parts[0], name, parts[1], words, mark, obstacle, NULL);
}

static void
move_changed_cb (CrSchedulePage *self)
{
  const CrVisit *visit = cr_day_grid_moving (self->grid);
  g_autofree char *text = NULL;
  if (visit == NULL) {
    gtk_editable_set_text (GTK_EDITABLE (self->move_entry), "");
    show_bar (self, NULL, FALSE);
    return;
  }
  text = describe_move (self, visit);
  show_bar (self, text, FALSE);
}

/* ---- moving ---- */

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Move) move = data;
  CrSchedulePage *self = move->page;
  g_autoptr (GError) error = NULL;
  CrId id = cr_day_schedule_change_finish (CR_DAY_SCHEDULE (source), result, &error);
  if (self->schedule == NULL)
    return;
  if (id == CR_ID_NONE) {
    cr_window_show_error (self->window, error);
    return;
  }
  const CrVisit *moved = cr_day_schedule_find (self->schedule, id);
  if (move->kind == CR_MOVE_VISIT && moved != NULL)
    cr_visit_panel_ask_why (self->visit_panel, moved);
  if (move->kind != CR_MOVE_COPY)
    cr_holding_tray_take (cr_window_get_session (self->window), move->visit);
  cr_window_toast (self->window, move->toast, _ ("Undo"), "win.undo");
  self->select_wanted = id;
  self->focus_wanted = TRUE;
  cr_schedule_page_do_wanted (self);
}

static char *
describe_done (CrSchedulePage *self, const CrGridTarget *at)
{
  static const char *const FORMATS[] = {
    [CR_MOVE_VISIT] = N_ ("Moved to %s"), [CR_MOVE_COPY] = N_ ("Copied to %s"), [CR_MOVE_END] = N_ ("Now %s")
  };
  g_autofree char *where = cr_day_grid_describe_move (self->grid);
  g_auto (GStrv) parts = g_strsplit (_ (FORMATS[cr_day_grid_move_kind (self->grid)]), "%s", 2);
  return g_strjoinv (where, parts);
}

static void
save_move (CrSchedulePage *self, guint accept)
{
  const CrVisit *visit = cr_day_grid_moving (self->grid);
  CrGridTarget at = cr_day_grid_get_target (self->grid);
  CrVisitChange change = CR_VISIT_CHANGE (visit->appointment->id);
  Move *move = g_new0 (Move, 1);
  move->page = g_object_ref (self);
  move->visit = visit->appointment->id;
  move->kind = cr_day_grid_move_kind (self->grid);
  change.copy = move->kind == CR_MOVE_COPY;
  move->toast = describe_done (self, &at);
  change.date = at.date;
  change.person_id = at.person;
  change.room_id = at.room;
  change.no_room = at.room == CR_ID_NONE;
  change.start = at.start;
  change.minutes = at.minutes;
  change.accept = accept;
  cr_day_schedule_change_async (self->schedule, &change, moved_cb, move);
  cr_day_grid_end_move (self->grid);
}

static gboolean
is_unchanged (CrSchedulePage *self)
{
  const CrAppointment *a = cr_day_grid_moving (self->grid)->appointment;
  CrGridTarget at = cr_day_grid_get_target (self->grid);
  return at.person == a->person_id && at.room == a->room_id && at.start == a->start_min &&
         at.minutes == a->minutes && cr_date_compare (a->date, at.date) == 0;
}

static void
dropped_cb (CrDayGrid *grid, CrSchedulePage *self)
{
  g_autofree char *obstacle = NULL;
  guint places = cr_day_grid_move_places (grid, &obstacle);
  if (is_unchanged (self)) {
    cr_day_grid_end_move (grid);
  } else if (obstacle != NULL) {
    self->drop_places = places;
    show_bar (self, obstacle, TRUE);
  } else {
    save_move (self, 0);
  }
}

static void
refused_cb (CrDayGrid *grid, const char *why, CrSchedulePage *self)
{
  cr_window_toast (self->window, why, NULL, NULL);
}

static void
move_anyway_cb (CrSchedulePage *self)
{
  if (cr_day_grid_moving (self->grid) != NULL)
    save_move (self, self->drop_places);
}

static void
stop_cb (CrSchedulePage *self)
{
  cr_day_grid_end_move (self->grid);
  cr_schedule_page_focus (self);
}

/* "9:20", and no day: "+1w" and ".5" are none. */
static gboolean
read_minute (CrSchedulePage *self, const char *typed, int *minute)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  gboolean offset = typed[0] == '+' || typed[0] == '-' || typed[0] == '.';
  return !offset && cr_minute_parse (typed, cr_clock_minute (clock), minute, NULL) &&
         *minute != CR_MINUTE_NONE;
}

static gboolean
read_day (CrSchedulePage *self, const char *typed, CrDate *day, GError **error)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  CrDateReading reading;
  if (!cr_date_parse (typed, cr_clock_today (clock), CR_DATE_FUTURE,
                      cr_day_schedule_get_date (self->schedule), &reading, error) ||
      !cr_date_is_full (reading.date))
    return FALSE;
  *day = reading.date;
  return TRUE;
}

/* "11/25 4:40 pm": parted at the first blank where both sides can be read. */
static gboolean
read_both (CrSchedulePage *self, const char *typed, CrDate *day, int *minute)
{
  for (const char *blank = strchr (typed, ' '); blank != NULL; blank = strchr (blank + 1, ' ')) {
    g_autofree char *first = g_strndup (typed, (gsize)(blank - typed));
    if (*first != '\0' && blank[1] != '\0' && read_day (self, first, day, NULL) &&
        read_minute (self, blank + 1, minute))
      return TRUE;
  }
  return FALSE;
}

/* "11/17" on November 23 is next year's: nobody moves a visit there without being asked.  TRUE: asked now,
 * and the same day once more goes there. */
static gboolean
ask_far (CrSchedulePage *self, CrDate day)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  gboolean far = cr_date_compare (day, cr_date_add_months (cr_clock_today (clock), FAR_MONTHS)) > 0;
  gboolean asked = self->far_asked != 0 && self->far_asked == cr_date_to_days (day);
  self->far_asked = far && !asked ? cr_date_to_days (day) : 0;
  if (!far || asked)
    return FALSE;
  g_autofree char *words = cr_date_format_weekday (day);
  g_autofree char *text = g_strdup_printf (
      _ ("That is %s, far ahead. Press Enter again to go there, or type another day."), words);
  cr_window_toast (self->window, text, NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->move_entry));
  return TRUE;
}

static void
take_minute (CrSchedulePage *self, int minute)
{
  cr_day_grid_move_to (self->grid, minute);
  cr_day_grid_scroll_to (self->grid, minute);
}

/* "9:20" is a time; "t+7", "+1w", "12/5" and "mon" are days; "12/5 9:20" is both. */
static void
read_move_entry (CrSchedulePage *self)
{
  g_autofree char *typed = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->move_entry)));
  g_autoptr (GError) error = NULL;
  CrDate day;
  int minute = CR_MINUTE_NONE;
  if (read_minute (self, typed, &minute)) {
    take_minute (self, minute);
  } else if (read_day (self, typed, &day, &error) || read_both (self, typed, &day, &minute)) {
    if (ask_far (self, day))
      return;
    if (minute != CR_MINUTE_NONE)
      take_minute (self, minute);
    self->focus_wanted = TRUE; /* back in the book once the day is there */
    cr_schedule_page_set_date (self, day);
  } else {
    cr_window_toast (self->window,
                     error != NULL ? error->message : _ ("Type a time such as 9:20, or a day such as t+7."),
                     NULL, NULL);
    return;
  }
  gtk_editable_set_text (GTK_EDITABLE (self->move_entry), "");
  cr_day_grid_focus (self->grid);
}

static gboolean
bar_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrSchedulePage *self)
{
  if (key != GDK_KEY_Escape || cr_day_grid_moving (self->grid) == NULL)
    return FALSE;
  stop_cb (self);
  return TRUE;
}

/* ---- keys of the grid ---- */

static const struct {
  guint key;
  const char *action;
  gboolean of_visit; /* acts on the selected visit */
} KEYS[] = {
  { GDK_KEY_a, "visit.arrive", TRUE },
  { GDK_KEY_r, "visit.room", TRUE },
  { GDK_KEY_d, "visit.with-doctor", TRUE },
  { GDK_KEY_y, "visit.ready", TRUE },
  { GDK_KEY_o, "visit.out", TRUE },
  { GDK_KEY_x, "visit.no-show", TRUE },
  { GDK_KEY_m, "visit.move", TRUE },
  { GDK_KEY_l, "visit.length", TRUE },
  { GDK_KEY_c, "visit.copy", TRUE },
  { GDK_KEY_h, "visit.hold", TRUE },
  { GDK_KEY_n, "schedule.book-here", FALSE },
  { GDK_KEY_t, "schedule.show-today", FALSE },
  { GDK_KEY_j, "schedule.go-to-date", FALSE },
  { GDK_KEY_Delete, "visit.cancel", TRUE },
};

/* While a visit is moved, what is typed is a time or a day. */
static gboolean
type_into_bar (CrSchedulePage *self, guint key)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  char text[7] = { 0 };
  if (!g_unichar_isalnum (letter) && letter != '+' && letter != '-')
    return FALSE;
  g_unichar_to_utf8 (letter, text);
  gtk_editable_set_text (GTK_EDITABLE (self->move_entry), text);
  gtk_widget_grab_focus (GTK_WIDGET (self->move_entry));
  gtk_editable_set_position (GTK_EDITABLE (self->move_entry), -1);
  return TRUE;
}

static gboolean
view_key (CrSchedulePage *self, guint key)
{
  if (key < GDK_KEY_1 || key > GDK_KEY_1 + CR_N_BOOK_VIEWS) /* the last one: rooms */
    return FALSE;
  cr_schedule_page_view_key (self, key - GDK_KEY_0);
  return TRUE;
}

static gboolean
grid_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrSchedulePage *self)
{
  gboolean letters = cr_window_single_letters (self->window);
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (cr_day_grid_moving (self->grid) != NULL)
    return type_into_bar (self, key);
  if (letters && view_key (self, key))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    if (gdk_keyval_to_lower (key) != KEYS[i].key || !(letters || key == GDK_KEY_Delete))
      continue;
    if (KEYS[i].of_visit)
      return gtk_widget_activate_action (GTK_WIDGET (self), KEYS[i].action, "x", (gint64)CR_ID_NONE);
    return gtk_widget_activate_action (GTK_WIDGET (self), KEYS[i].action, NULL);
  }
  return FALSE;
}

/* ---- actions ---- */

static void
show_sheet (GtkWidget *host, GtkWidget *sheet)
{
  CrSchedulePage *self = CR_SCHEDULE_PAGE (gtk_widget_get_ancestor (host, CR_TYPE_SCHEDULE_PAGE));
  cr_visit_panel_set_sheet (CR_VISIT_PANEL (host), sheet);
  if (sheet == NULL)
    cr_schedule_page_focus (self);
}

static const struct {
  const char *name;
  CrMoveKind kind;
} MOVES[] = { { "visit.move", CR_MOVE_VISIT },
              { "visit.copy", CR_MOVE_COPY },
              { "visit.length", CR_MOVE_END } };

/* From month and list the day view opens, which shows where there is room. */
static void
begin_move (CrSchedulePage *self, const CrVisit *visit, CrMoveKind kind)
{
  CrDate date = visit->appointment->date;
  if (cr_schedule_page_shows_grid (self)) {
    cr_day_grid_begin_move (self->grid, visit, kind);
    return;
  }
  self->move_wanted = self->select_wanted = visit->appointment->id;
  self->move_kind = kind;
  cr_schedule_page_set_view (self, CR_SPAN_DAY, date);
}

/* FALSE: it is no move. */
static gboolean
act_on_place (CrSchedulePage *self, const CrVisit *visit, const char *name)
{
  g_autoptr (GError) error = NULL;
  const typeof (MOVES[0]) *move = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (MOVES); i++)
    if (g_str_equal (MOVES[i].name, name))
      move = &MOVES[i];
  if (move == NULL)
    return FALSE;
  if (!cr_session_require (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT, &error))
    cr_window_show_error (self->window, error);
  else
    begin_move (self, visit, move->kind);
  return TRUE;
}

static gboolean
is_held (CrSchedulePage *self, const CrVisit *visit)
{
  return cr_holding_tray_has (cr_window_get_session (self->window), visit->appointment->id);
}

static void
act_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  CrSchedulePage *self = CR_SCHEDULE_PAGE (widget);
  CrId id = target != NULL ? g_variant_get_int64 (target) : CR_ID_NONE;
  const CrVisit *visit;
  CrVisitContext context = { self->window, self->schedule,           GTK_WIDGET (self->visit_panel),
                             show_sheet,   GTK_ORIENTATION_VERTICAL, "schedule" };
  visit = id != CR_ID_NONE ? cr_day_schedule_find (self->schedule, id) : cr_schedule_page_selected (self);
  if (g_str_equal (name, "visit.hold") && (visit == NULL || is_held (self, visit))) {
    cr_tray_view_focus (self->tray);
    return;
  }
  if (visit == NULL)
    return;
  if (cr_schedule_page_is_booking (self) && !g_str_equal (name, "visit.open")) {
    if (cr_book_panel_ask (self->book_panel))
      return;
    cr_schedule_page_close_booking (self);
  }
  if (!act_on_place (self, visit, name))
    cr_visit_act (&context, visit, name);
}

static void
book_here_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  cr_schedule_page_book_here (CR_SCHEDULE_PAGE (widget));
}

static void
show_today_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  cr_date_nav_today (CR_SCHEDULE_PAGE (widget)->date_nav);
}

static void
go_to_date_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  cr_date_nav_ask (CR_SCHEDULE_PAGE (widget)->date_nav);
}

static void
open_cb (CrDayGrid *grid, gint64 visit, CrSchedulePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "visit.open", "x", visit);
}

static void
book_cb (CrDayGrid *grid, CrSchedulePage *self)
{
  CrGridTarget at;
  if (!cr_day_grid_get_cursor (grid, &at))
    return;
  if (cr_schedule_page_is_booking (self))
    cr_book_panel_propose (self->book_panel, &at);
  else
    cr_schedule_page_book_here (self);
}

/* ---- the holding tray ---- */

static void
parked_cb (CrDayGrid *grid, CrSchedulePage *self)
{
  g_autoptr (CrVisit) visit = cr_visit_copy (cr_day_grid_moving (grid));
  cr_day_grid_end_move (grid);
  cr_visit_hold (self->window, visit);
}

static gboolean
may_place (CrSchedulePage *self)
{
  g_autoptr (GError) error = NULL;
  if (cr_session_require (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT, &error))
    return TRUE;
  cr_window_show_error (self->window, error);
  return FALSE;
}

static void
place_cb (CrTrayView *tray, gint64 id, CrSchedulePage *self)
{
  const CrVisit *visit = cr_tray_view_find (tray, id);
  if (visit == NULL || !may_place (self))
    return;
  if (!cr_schedule_page_shows_grid (self))
    cr_schedule_page_set_view (self, CR_SPAN_DAY, cr_schedule_page_present_date (self));
  cr_day_grid_begin_move (self->grid, visit, CR_MOVE_VISIT);
}

static void
take_out_cb (CrTrayView *tray, gint64 id, CrSchedulePage *self)
{
  cr_holding_tray_take (cr_window_get_session (self->window), id);
  cr_schedule_page_focus (self);
}

static void
carry_cb (CrTrayView *tray, gint64 id, double x, double y, CrSchedulePage *self)
{
  const CrVisit *visit = cr_tray_view_find (tray, id);
  double at_x, at_y;
  if (visit != NULL && cr_schedule_page_shows_grid (self) &&
      cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT) &&
      gtk_widget_translate_coordinates (GTK_WIDGET (tray), GTK_WIDGET (self->grid), x, y, &at_x, &at_y))
    cr_day_grid_carry (self->grid, visit, at_x, at_y);
}

static void
carry_end_cb (CrTrayView *tray, CrSchedulePage *self)
{
  cr_day_grid_carry_drop (self->grid);
}

/* ---- the list ---- */

/* The visit in its day. */
static void
show_in_day_cb (CrAgendaView *agenda, gint64 id, CrSchedulePage *self)
{
  const CrVisit *visit = cr_day_schedule_find (self->schedule, id);
  if (visit == NULL)
    return;
  self->select_wanted = id;
  cr_schedule_page_set_view (self, CR_SPAN_DAY, visit->appointment->date);
}

static void
menu_cb (CrDayGrid *grid, gint64 id, double x, double y, CrSchedulePage *self)
{
  const CrVisit *visit = cr_day_schedule_find (self->schedule, id);
  GdkRectangle at = { 0, 0, 1, 1 };
  g_autoptr (GMenuModel) model = NULL;
  if (visit == NULL)
    return;
  model = cr_visit_menu_new (cr_window_get_session (self->window), visit);
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = GTK_POPOVER (gtk_popover_menu_new_from_model (model));
  gtk_popover_set_has_arrow (self->menu, FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->menu), GTK_ALIGN_START);
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
  gtk_widget_translate_coordinates (GTK_WIDGET (grid), GTK_WIDGET (self), x, y, &x, &y);
  at.x = (int)x;
  at.y = (int)y;
  gtk_popover_set_pointing_to (self->menu, &at);
  gtk_popover_popup (self->menu);
}

/* ---- for the page's other file ---- */

void
cr_schedule_page_install_actions (GtkWidgetClass *klass)
{
  cr_visit_actions_install (klass, act_cb);
  gtk_widget_class_install_action (klass, "schedule.book-here", NULL, book_here_cb);
  gtk_widget_class_install_action (klass, "schedule.show-today", NULL, show_today_cb);
  gtk_widget_class_install_action (klass, "schedule.go-to-date", NULL, go_to_date_cb);
}

void
cr_schedule_page_connect_actions (CrSchedulePage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *bar_keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (grid_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), keys);
  g_signal_connect (bar_keys, "key-pressed", G_CALLBACK (bar_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->bar), bar_keys);
  g_signal_connect (self->grid, "open", G_CALLBACK (open_cb), self);
  g_signal_connect (self->grid, "book", G_CALLBACK (book_cb), self);
  g_signal_connect (self->grid, "menu", G_CALLBACK (menu_cb), self);
  g_signal_connect (self->grid, "parked", G_CALLBACK (parked_cb), self);
  g_signal_connect (self->tray, "place", G_CALLBACK (place_cb), self);
  g_signal_connect (self->tray, "take-out", G_CALLBACK (take_out_cb), self);
  g_signal_connect (self->tray, "drag", G_CALLBACK (carry_cb), self);
  g_signal_connect (self->tray, "drag-end", G_CALLBACK (carry_end_cb), self);
  g_signal_connect (self->agenda, "open", G_CALLBACK (show_in_day_cb), self);
  g_signal_connect (self->grid, "dropped", G_CALLBACK (dropped_cb), self);
  g_signal_connect (self->grid, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect_swapped (self->grid, "move-changed", G_CALLBACK (move_changed_cb), self);
  g_signal_connect_swapped (self->move_anyway_button, "clicked", G_CALLBACK (move_anyway_cb), self);
  g_signal_connect_swapped (self->stop_button, "clicked", G_CALLBACK (stop_cb), self);
  g_signal_connect_swapped (self->move_entry, "activate", G_CALLBACK (read_move_entry), self);
}

static void
take_date (CrSchedulePage *self, const char *iso)
{
  CrDate date;
  if (iso != NULL && cr_date_from_iso (iso, &date) && cr_date_is_full (date))
    cr_schedule_page_set_date (self, date);
}

/* What Today's list hands on: "move", "copy" … */
static gboolean
is_place_verb (CrSchedulePage *self, const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (MOVES); i++)
    if (g_str_equal (MOVES[i].name + strlen ("visit."), verb)) {
      self->move_kind = MOVES[i].kind;
      return TRUE;
    }
  return FALSE;
}

/* Where the whole day is in view, also whoever is not shown otherwise. */
static void
show_visit (CrSchedulePage *self, const char *iso, CrId visit)
{
  CrDate date;
  if (!cr_date_from_iso (iso, &date) || !cr_date_is_full (date))
    return;
  cr_schedule_page_show_day (self, date);
  self->select_wanted = visit;
}

/* "view:week", "book", "book:2026-11-23", "book:2026-11-23:TYPE", "day:2026-11-23", "show:2026-11-23:VISIT",
 * "move:2026-11-23:VISIT", so "copy" and "length" */
void
cr_schedule_page_follow_hint (CrSchedulePage *self, CrId patient, const char *hint)
{
  g_auto (GStrv) parts = g_strsplit (hint != NULL ? hint : "", ":", 3);
  CrBookStart start = { .patient_id = patient, .start = CR_MINUTE_NONE };
  if (parts[0] == NULL)
    return;
  if (g_str_equal (parts[0], "view") && parts[1] != NULL) {
    cr_schedule_page_show_view (self, parts[1]);
    return;
  }
  if (g_str_equal (parts[0], "show") && parts[1] != NULL && parts[2] != NULL) {
    show_visit (self, parts[1], g_ascii_strtoll (parts[2], NULL, 10));
    return;
  }
  if (parts[1] != NULL && !cr_schedule_page_shows_grid (self))
    cr_schedule_page_set_view (self, CR_SPAN_DAY, cr_day_schedule_get_date (self->schedule));
  take_date (self, parts[1]);
  if (is_place_verb (self, parts[0]) && parts[1] != NULL && parts[2] != NULL)
    self->move_wanted = self->select_wanted = g_ascii_strtoll (parts[2], NULL, 10);
  if (g_str_equal (parts[0], "book")) {
    start.date = parts[1] != NULL
                     ? cr_day_schedule_get_date (self->schedule)
                     : cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
    start.visit_type_id =
        parts[1] != NULL && parts[2] != NULL ? g_ascii_strtoll (parts[2], NULL, 10) : CR_ID_NONE;
    cr_schedule_page_book (self, &start);
  }
}
