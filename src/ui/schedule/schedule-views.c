/* Which days and whose visits the schedule shows: day, work week, week, month, list; clinicians or rooms.
 * What a person chose is remembered. */
#include "src/ui/schedule/schedule-page-private.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

#define PREFERENCE "schedule-view"
#define CANCELLED "schedule-cancelled" /* "on" */

enum { BROAD_HEADS = 4 }; /* columns whose heads are one line */

static const struct {
  const char *code, *label, *tip;
  CrBookScopeKind least; /* whose visits it shows at first */
  guint group;           /* views that share the choice of whose */
} VIEWS[CR_N_BOOK_VIEWS] = {
  [CR_SPAN_DAY] = { "day", N_ ("_Day"), N_ ("One day, a column for each clinician or room (1)"),
                    CR_SCOPE_PEOPLE, 0 },
  [CR_SPAN_WORK_WEEK] = { "work-week", N_ ("Work Wee_k"),
                          N_ ("Monday to Friday of one clinician or room (2)"), CR_SCOPE_PERSON, 1 },
  [CR_SPAN_WEEK] = { "week", N_ ("_Week"), N_ ("Seven days of one clinician or room (3)"), CR_SCOPE_PERSON,
                     1 },
  [CR_SPAN_MONTH] = { "month", N_ ("_Month"), N_ ("How full each day of the month is (4)"), CR_SCOPE_PEOPLE,
                      2 },
  [CR_SPAN_WEEKS] = { "list", N_ ("_List"), N_ ("All visits of four weeks, one under the other (5)"),
                      CR_SCOPE_PEOPLE, 2 },
};

static CrSession *
session_of (CrSchedulePage *self)
{
  return cr_window_get_session (self->window);
}

static CrBookSpan
view_of (CrSchedulePage *self)
{
  return cr_day_schedule_get_span (self->schedule);
}

static CrBookScope *
scope_of (CrSchedulePage *self)
{
  return &self->scope[VIEWS[view_of (self)].group];
}

/* ---- remembering ---- */

static const char *const SCOPE_CODES[] = { "people", "rooms", "person", "room" };

static CrBookScope
read_scope (const char *text, CrBookScopeKind otherwise)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  CrBookScope scope = { otherwise, CR_ID_NONE };
  for (guint i = 0; parts[0] != NULL && i < G_N_ELEMENTS (SCOPE_CODES); i++)
    if (g_str_equal (parts[0], SCOPE_CODES[i])) {
      scope.kind = (CrBookScopeKind)i;
      scope.id = parts[1] != NULL ? g_ascii_strtoll (parts[1], NULL, 10) : CR_ID_NONE;
    }
  return scope;
}

/* "week people person:12 people" */
static void
remember (CrSchedulePage *self)
{
  GString *text = g_string_new (VIEWS[view_of (self)].code);
  for (guint i = 0; i < G_N_ELEMENTS (self->scope); i++)
    g_string_append_printf (text, " %s:%" G_GINT64_FORMAT, SCOPE_CODES[self->scope[i].kind],
                            self->scope[i].id);
  cr_session_set_preference (session_of (self), PREFERENCE, text->str);
  g_string_free (text, TRUE);
}

static CrBookSpan
recall (CrSchedulePage *self)
{
  const char *text = cr_session_get_preference (session_of (self), PREFERENCE);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "day", " ", 0);
  CrBookSpan view = CR_SPAN_DAY;
  for (guint i = 0; i < CR_N_BOOK_VIEWS; i++) {
    self->scope[VIEWS[i].group] = (CrBookScope){ VIEWS[i].least, CR_ID_NONE };
    if (g_strcmp0 (words[0], VIEWS[i].code) == 0)
      view = (CrBookSpan)i;
  }
  for (guint i = 0; i < G_N_ELEMENTS (self->scope) && g_strv_length (words) > i + 1; i++)
    self->scope[i] = read_scope (words[i + 1], self->scope[i].kind);
  return view;
}

/* ---- whose ---- */

static void
add_scope (GArray *scopes, GtkStringList *names, CrBookScopeKind kind, CrId id, const char *name)
{
  CrBookScope scope = { kind, id };
  g_array_append_val (scopes, scope);
  gtk_string_list_append (names, name);
}

static void
add_people (CrSchedulePage *self, GArray *scopes, GtkStringList *names)
{
  GListModel *people = cr_day_schedule_get_clinicians (self->schedule);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    g_autofree char *name = cr_person_short (cr_row_peek (row));
    add_scope (scopes, names, CR_SCOPE_PERSON, cr_row_get_id (row), name);
  }
}

static void
add_rooms (CrSchedulePage *self, GArray *scopes, GtkStringList *names)
{
  GListModel *rooms = cr_session_get_rooms (session_of (self));
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (rooms, i);
    g_autofree char *name = cr_visit_room_words (session_of (self), cr_row_get_id (row));
    if (((const CrRoom *)cr_row_peek (row))->active)
      add_scope (scopes, names, CR_SCOPE_ROOM, cr_row_get_id (row), name);
  }
}

static guint
place_of (GArray *scopes, const CrBookScope *scope)
{
  for (guint i = 0; i < scopes->len; i++) {
    const CrBookScope *at = &g_array_index (scopes, CrBookScope, i);
    if (at->kind == scope->kind && at->id == scope->id)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

/* What was chosen; else the person's own column, else the first. */
static guint
find_scope (CrSchedulePage *self, GArray *scopes)
{
  const CrPerson *person = cr_session_get_person (session_of (self));
  CrBookScope own = { CR_SCOPE_PERSON, person != NULL ? person->id : CR_ID_NONE };
  guint at = place_of (scopes, scope_of (self));
  if (at == GTK_INVALID_LIST_POSITION && VIEWS[view_of (self)].group == 1)
    at = place_of (scopes, &own);
  return at != GTK_INVALID_LIST_POSITION ? at : 0;
}

static gboolean
same_choice (GtkStringList *one, GtkStringList *two)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (one));
  if (n != g_list_model_get_n_items (G_LIST_MODEL (two)))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (gtk_string_list_get_string (one, i), gtk_string_list_get_string (two, i)))
      return FALSE;
  return TRUE;
}

static void
offer_scopes (CrSchedulePage *self)
{
  guint group = VIEWS[view_of (self)].group;
  g_autoptr (GArray) scopes = g_array_new (FALSE, FALSE, sizeof (CrBookScope));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GListModel *shown = gtk_drop_down_get_model (self->whose);
  if (group != 1)
    add_scope (scopes, names, CR_SCOPE_PEOPLE, CR_ID_NONE, _ ("All clinicians"));
  if (group == 0)
    add_scope (scopes, names, CR_SCOPE_ROOMS, CR_ID_NONE, _ ("Rooms"));
  add_people (self, scopes, names);
  if (group == 1)
    add_rooms (self, scopes, names);
  g_array_set_size (self->scopes, 0);
  g_array_append_vals (self->scopes, scopes->data, scopes->len);
  self->offering = TRUE;
  if (shown == NULL || !same_choice (GTK_STRING_LIST (shown), names))
    gtk_drop_down_set_model (self->whose, G_LIST_MODEL (names));
  if (scopes->len > 0)
    gtk_drop_down_set_selected (self->whose, find_scope (self, scopes));
  self->offering = FALSE;
}

CrBookScope
cr_schedule_page_scope (CrSchedulePage *self)
{
  guint at = gtk_drop_down_get_selected (self->whose);
  return at < self->scopes->len ? g_array_index (self->scopes, CrBookScope, at) : *scope_of (self);
}

static void press_view (CrSchedulePage *self);

static void
scope_chosen_cb (CrSchedulePage *self)
{
  if (self->offering || self->scopes->len == 0)
    return;
  *scope_of (self) = cr_schedule_page_scope (self);
  remember (self);
  press_view (self);
  cr_schedule_page_show (self);
}

/* ---- cancelled ones ---- */

static void
cancelled_cb (CrSchedulePage *self)
{
  gboolean on = gtk_toggle_button_get_active (self->cancelled_button);
  cr_session_set_preference (session_of (self), CANCELLED, on ? "on" : "off");
  cr_schedule_page_show (self);
}

static void
set_up_cancelled (CrSchedulePage *self)
{
  const char *kept = cr_session_get_preference (session_of (self), CANCELLED);
  gtk_toggle_button_set_active (self->cancelled_button, g_strcmp0 (kept, "on") == 0);
  g_signal_connect_swapped (self->cancelled_button, "toggled", G_CALLBACK (cancelled_cb), self);
}

/* ---- columns ---- */

static void
add_column (GArray *columns, CrDate date, const CrBookScope *scope)
{
  CrGridColumn column = { date, CR_ID_NONE, scope->kind == CR_SCOPE_ROOM, CR_ID_NONE };
  if (column.by_room)
    column.room = scope->id;
  else
    column.person = scope->id;
  g_array_append_val (columns, column);
}

static void
add_day (CrSchedulePage *self, GArray *columns, CrDate date, const CrBookScope *scope)
{
  g_autoptr (GArray) scopes = g_array_new (FALSE, FALSE, sizeof (CrBookScope));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  CrBookScope no_room = { CR_SCOPE_ROOM, CR_ID_NONE };
  if (scope->kind == CR_SCOPE_PEOPLE) {
    add_people (self, scopes, names);
  } else if (scope->kind == CR_SCOPE_ROOMS) {
    g_array_append_val (scopes, no_room);
    add_rooms (self, scopes, names);
  } else {
    g_array_append_vals (scopes, scope, 1);
  }
  for (guint i = 0; i < scopes->len; i++)
    add_column (columns, date, &g_array_index (scopes, CrBookScope, i));
}

static void
fill_columns (CrSchedulePage *self)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (CrGridColumn));
  CrBookScope scope = cr_schedule_page_scope (self);
  CrDate from, to;
  cr_day_schedule_get_days (self->schedule, &from, &to);
  if (cr_schedule_page_shows_grid (self) && self->scopes->len > 0 && cr_schedule_page_has_people (self))
    for (CrDate date = from; cr_date_compare (date, to) <= 0; date = cr_date_add_days (date, 1))
      add_day (self, columns, date, &scope);
  cr_day_grid_set_columns (self->grid, columns);
}

/* ---- column heads ---- */

static guint
count_visits (CrSchedulePage *self, const CrGridColumn *column)
{
  GListModel *visits = cr_day_schedule_get_visits (self->schedule);
  guint n = 0;
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    const CrVisit *visit = cr_row_peek (row);
    n += cr_day_grid_has (self->grid, column, visit) && cr_stage_holds_slot (visit->appointment->stage);
  }
  return n;
}

/* "14 visits", "Closed", "Thanksgiving" */
static char *
describe_column (CrSchedulePage *self, const CrGridColumn *column)
{
  const CrDay *day = cr_day_schedule_get_day_on (self->schedule, column->date, column->person);
  g_autoptr (GArray) open = cr_day_open_spans (day);
  guint n = count_visits (self, column);
  if (open->len > 0 || n > 0 || column->by_room)
    return g_strdup_printf (ngettext ("%u visit", "%u visits", n), n);
  return g_strdup (cr_visit_closed_words (day));
}

/* Beside its name the number has room in a few columns only. */
static GtkWidget *
make_head (CrSchedulePage *self, const CrGridColumn *column, gboolean days, gboolean narrow)
{
  GtkWidget *head =
      gtk_box_new (narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, narrow ? 0 : 6);
  g_autofree char *name =
      days ? cr_visit_day_words (column->date) : cr_day_grid_column_name (self->grid, column);
  g_autofree char *aside = describe_column (self, column);
  GtkWidget *label = cr_visit_label (name, "heading"), *note = cr_visit_label (aside, "caption");
  gboolean today =
      cr_date_compare (column->date, cr_clock_today (cr_session_get_clock (session_of (self)))) == 0;
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (note), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (note), narrow ? 0 : 1);
  gtk_widget_set_hexpand (note, TRUE);
  gtk_widget_set_size_request (head, cr_day_grid_least_column (self->grid), -1);
  gtk_widget_add_css_class (head, "column-head");
  if (days && today)
    gtk_widget_add_css_class (head, "today");
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), note);
  return head;
}

static void
show_heads (CrSchedulePage *self)
{
  gboolean days = view_of (self) != CR_SPAN_DAY;
  gboolean narrow = days || cr_day_grid_get_column (self->grid, BROAD_HEADS) != NULL;
  const CrGridColumn *column;
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->heads)) != NULL)
    gtk_box_remove (GTK_BOX (self->heads), child);
  for (guint i = 0; (column = cr_day_grid_get_column (self->grid, i)) != NULL; i++)
    gtk_box_append (GTK_BOX (self->heads), make_head (self, column, days, narrow));
  gtk_widget_set_margin_start (self->heads, cr_day_grid_gutter (self->grid));
}

/* ---- choosing a view ---- */

/* "Nov 23 – 29, 2026"; the day view names its day. */
static void
name_days (CrSchedulePage *self)
{
  CrDate from, to, date = cr_day_schedule_get_date (self->schedule);
  g_autofree char *words = NULL;
  cr_day_schedule_get_days (self->schedule, &from, &to);
  if (view_of (self) == CR_SPAN_MONTH)
    words = cr_visit_month_words (date);
  else if (view_of (self) != CR_SPAN_DAY)
    words = cr_visit_days_words (from, to);
  cr_date_nav_set_date (self->date_nav, date);
  cr_date_nav_set_words (self->date_nav, words);
}

/* Of the buttons: the views, and rooms behind them, which are the day's other columns. */
static guint
pressed_button (CrSchedulePage *self)
{
  gboolean rooms = view_of (self) == CR_SPAN_DAY && scope_of (self)->kind == CR_SCOPE_ROOMS;
  return rooms ? CR_N_BOOK_VIEWS : view_of (self);
}

static void
press_view (CrSchedulePage *self)
{
  guint pressed = pressed_button (self);
  GtkWidget *button = gtk_widget_get_first_child (self->view_box);
  self->offering = TRUE;
  for (guint i = 0; button != NULL; i++, button = gtk_widget_get_next_sibling (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == pressed);
  self->offering = FALSE;
  cr_date_nav_set_unit (self->date_nav, view_of (self) == CR_SPAN_DAY     ? CR_DATE_UNIT_DAY
                                        : view_of (self) == CR_SPAN_MONTH ? CR_DATE_UNIT_MONTH
                                        : view_of (self) == CR_SPAN_WEEKS ? CR_DATE_UNIT_FOUR_WEEKS
                                                                          : CR_DATE_UNIT_WEEK);
}

/* Where the person is: the day under the cursor. */
CrDate
cr_schedule_page_present_date (CrSchedulePage *self)
{
  const CrVisit *selected = cr_schedule_page_selected (self);
  CrGridTarget at;
  if (cr_schedule_page_shows_grid (self) && cr_day_grid_get_cursor (self->grid, &at))
    return at.date;
  if (view_of (self) == CR_SPAN_MONTH)
    return cr_month_view_get_date (self->month);
  return selected != NULL ? selected->appointment->date : cr_day_schedule_get_date (self->schedule);
}

void
cr_schedule_page_set_view (CrSchedulePage *self, CrBookSpan view, CrDate date)
{
  if (view > CR_SPAN_WEEK)
    cr_day_grid_end_move (self->grid);
  if (!cr_schedule_page_shows_grid (self) && cr_schedule_page_selected (self) != NULL)
    self->select_wanted = cr_schedule_page_selected (self)->appointment->id;
  if (view != view_of (self)) {
    self->scroll_wanted = self->focus_wanted = TRUE;
    cr_day_schedule_set_span (self->schedule, view);
    cr_day_schedule_set_date (self->schedule, date);
    remember (self);
  }
  press_view (self);
  cr_schedule_page_set_date (self, date);
  cr_schedule_page_show (self);
}

static void
view_toggled_cb (GtkToggleButton *button, CrSchedulePage *self)
{
  int view = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "cr-view"));
  if (self->offering || !gtk_toggle_button_get_active (button))
    return;
  cr_schedule_page_view_key (self, (guint)view + 1);
}

static GtkWidget *
make_view_button (CrSchedulePage *self, guint view)
{
  gboolean rooms = view == CR_N_BOOK_VIEWS;
  GtkWidget *button = gtk_toggle_button_new_with_mnemonic (rooms ? _ ("_Rooms") : _ (VIEWS[view].label));
  gtk_widget_set_tooltip_text (button,
                               rooms ? _ ("One day, a column for each room (6)") : _ (VIEWS[view].tip));
  g_object_set_data (G_OBJECT (button), "cr-view", GINT_TO_POINTER ((int)view));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), view == pressed_button (self));
  g_signal_connect (button, "toggled", G_CALLBACK (view_toggled_cb), self);
  return button;
}

/* ---- for the page's other files ---- */

gboolean
cr_schedule_page_shows_grid (CrSchedulePage *self)
{
  return view_of (self) <= CR_SPAN_WEEK;
}

gboolean
cr_schedule_page_has_people (CrSchedulePage *self)
{
  return g_list_model_get_n_items (cr_day_schedule_get_clinicians (self->schedule)) > 0;
}

/* A week from the day view, else as the arrows do. */
void
cr_schedule_page_turn_far (CrSchedulePage *self, int by)
{
  if (view_of (self) == CR_SPAN_DAY)
    cr_date_nav_step (self->date_nav, by * 7);
  else
    cr_date_nav_turn (self->date_nav, by);
}

/* The day view, by rooms. */
static void
show_rooms (CrSchedulePage *self)
{
  self->scope[VIEWS[CR_SPAN_DAY].group] = (CrBookScope){ CR_SCOPE_ROOMS, CR_ID_NONE };
  cr_schedule_page_set_view (self, CR_SPAN_DAY, cr_schedule_page_present_date (self));
  remember (self);
}

void
cr_schedule_page_show_day (CrSchedulePage *self, CrDate date)
{
  CrBookScope *scope = &self->scope[VIEWS[CR_SPAN_DAY].group];
  if (scope->kind == CR_SCOPE_PERSON || scope->kind == CR_SCOPE_ROOM)
    *scope = (CrBookScope){ CR_SCOPE_PEOPLE, CR_ID_NONE };
  cr_schedule_page_set_view (self, CR_SPAN_DAY, date);
  remember (self);
}

void
cr_schedule_page_show_view (CrSchedulePage *self, const char *code)
{
  if (g_str_equal (code, SCOPE_CODES[CR_SCOPE_ROOMS]))
    show_rooms (self);
  for (guint view = 0; view < CR_N_BOOK_VIEWS; view++)
    if (g_str_equal (VIEWS[view].code, code))
      cr_schedule_page_view_key (self, view + 1);
}

void
cr_schedule_page_view_key (CrSchedulePage *self, guint digit)
{
  CrBookScope *scope = &self->scope[VIEWS[CR_SPAN_DAY].group];
  gboolean back = digit == CR_SPAN_DAY + 1 && scope->kind == CR_SCOPE_ROOMS;
  if (digit == CR_N_BOOK_VIEWS + 1)
    show_rooms (self);
  if (back)
    *scope = (CrBookScope){ CR_SCOPE_PEOPLE, CR_ID_NONE };
  if (digit >= 1 && digit <= CR_N_BOOK_VIEWS)
    cr_schedule_page_set_view (self, (CrBookSpan)(digit - 1), cr_schedule_page_present_date (self));
  if (back)
    remember (self);
}

/* Everything the days show, in the view that is chosen. */
void
cr_schedule_page_fill_view (CrSchedulePage *self)
{
  CrBookScope scope;
  offer_scopes (self);
  scope = cr_schedule_page_scope (self);
  name_days (self);
  fill_columns (self);
  gtk_widget_set_visible (GTK_WIDGET (self->cancelled_button), cr_schedule_page_shows_grid (self));
  cr_day_grid_show_cancelled (self->grid, gtk_toggle_button_get_active (self->cancelled_button));
  cr_day_grid_reload (self->grid); /* empty beside month and list: nothing is kept that is not shown */
  show_heads (self);
  if (view_of (self) == CR_SPAN_MONTH)
    cr_month_view_reload (self->month, scope.kind == CR_SCOPE_PERSON ? scope.id : CR_ID_NONE);
  if (view_of (self) == CR_SPAN_WEEKS)
    cr_agenda_view_reload (self->agenda, scope.kind == CR_SCOPE_PERSON ? scope.id : CR_ID_NONE);
  else
    cr_agenda_view_forget (self->agenda);
}

const char *
cr_schedule_page_view_name (CrSchedulePage *self)
{
  return cr_schedule_page_shows_grid (self) ? "day" : VIEWS[view_of (self)].code;
}

void
cr_schedule_page_set_up_views (CrSchedulePage *self)
{
  GtkWidget *first = NULL;
  self->scopes = g_array_new (FALSE, FALSE, sizeof (CrBookScope));
  cr_day_schedule_set_span (self->schedule, recall (self));
  for (guint view = 0; view <= CR_N_BOOK_VIEWS; view++) {
    GtkWidget *button = make_view_button (self, view);
    if (first == NULL)
      first = button;
    else
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
    gtk_box_append (GTK_BOX (self->view_box), button);
  }
  press_view (self);
  set_up_cancelled (self);
  g_signal_connect_swapped (self->whose, "notify::selected", G_CALLBACK (scope_chosen_cb), self);
}
