#include "src/ui/schedule/month-view.h"
#include "src/ui/schedule/fit-label.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/domain/day-load.h"
#include <glib/gi18n.h>

enum { WEEKS = 6, DAYS = 7, MOST_LINES = 3 };

typedef struct { /* one day */
  GtkWidget *button;
  GtkLabel *number, *note, *lines, *figures; /* name by name: the names give way, the figures never */
  CrFitLabel *total;                         /* "21 visits", or "21" beside "Nov 01" */
  GtkLevelBar *bar;
  CrDate date;
  char *spoken;
} Cell;

struct _CrMonthView {
  GtkWidget parent;
  GtkGrid *grid;
  Cell cells[WEEKS * DAYS];
  CrWindow *window; /* borrowed: the view stands in it */
  CrDaySchedule *schedule;
  int at; /* the cell with the cursor */
};

enum { OPEN_DAY, STEP, SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrMonthView, cr_month_view, GTK_TYPE_WIDGET)

/* ---- what a cell says ---- */

typedef struct {
  CrDayLoad all;
  GString *lines, *figures, *spoken;
  guint n;
} Loads;

static void
add_person (CrMonthView *self, Loads *loads, const CrPerson *person, CrDate date)
{
  CrDayLoad load = cr_day_load (cr_day_schedule_get_day_on (self->schedule, date, person->id));
  g_autofree char *name = cr_person_short (person);
  loads->all = cr_day_load_add (loads->all, load);
  if (load.open == 0 && load.visits == 0)
    return;
  if (loads->n++ < MOST_LINES) {
    const char *next = loads->lines->len > 0 ? "\n" : "";
    g_string_append_printf (loads->lines, "%s%s", next, person->family);
    g_string_append_printf (loads->figures, "%s%d · %d%%", next, load.visits, cr_day_load_free (load));
  }
  g_string_append_printf (loads->spoken, _ ("; %s: %d visits, %d%% free"), name, load.visits,
                          cr_day_load_free (load));
}

static void
collect_loads (CrMonthView *self, CrDate date, CrId person, Loads *loads)
{
  GListModel *people = cr_day_schedule_get_clinicians (self->schedule);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    if (person == CR_ID_NONE || cr_row_get_id (row) == person)
      add_person (self, loads, cr_row_peek (row), date);
  }
  if (loads->n > MOST_LINES)
    g_string_append_printf (loads->lines, _ ("\n%u more"), loads->n - MOST_LINES);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
name_cell (CrMonthView *self, Cell *cell, const Loads *loads, const char *note)
{
  g_autofree char *day = cr_date_format_weekday (cell->date);
  g_autofree char *spoken = note != NULL
                                ? g_strdup_printf (_ ("%s: %s, %d visits"), day, note, loads->all.visits)
                                : g_strdup_printf (_ ("%s: %d visits, %d%% free%s"), day, loads->all.visits,
                                                   cr_day_load_free (loads->all), loads->spoken->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_tooltip_text (cell->button, spoken);
  g_free (cell->spoken);
  cell->spoken = g_steal_pointer (&spoken);
}

static void
mark_cell (CrMonthView *self, Cell *cell)
{
  CrDate today = cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
  CrDate chosen = cr_day_schedule_get_date (self->schedule);
  gboolean is_chosen = cr_date_compare (cell->date, chosen) == 0;
  set_class (cell->button, "today", cr_date_compare (cell->date, today) == 0);
  set_class (cell->button, "other-month", cell->date.month != chosen.month);
  set_class (cell->button, "chosen", is_chosen);
  gtk_accessible_update_state (GTK_ACCESSIBLE (cell->button), GTK_ACCESSIBLE_STATE_PRESSED,
                               is_chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
show_cell (CrMonthView *self, Cell *cell, CrDate date, CrId person)
{
  Loads loads = { .lines = g_string_new (NULL),
                  .figures = g_string_new (NULL),
                  .spoken = g_string_new (NULL) };
  g_autofree char *number = cr_visit_day_number (date);
  g_autofree char *total = NULL, *count = NULL;
  const char *note = NULL;
  gboolean open;
  cell->date = date;
  collect_loads (self, date, person, &loads);
  open = loads.all.open > 0;
  if (!open)
    note = cr_visit_closed_words (cr_day_schedule_get_day_on (self->schedule, date, person));
  total = g_strdup_printf (ngettext ("%d visit", "%d visits", (gulong)loads.all.visits), loads.all.visits);
  count = g_strdup_printf ("%d", loads.all.visits);
  gtk_label_set_label (cell->number, number);
  gtk_label_set_label (cell->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (cell->note), note != NULL);
  cr_fit_label_set (cell->total, total, count);
  gtk_widget_set_visible (GTK_WIDGET (cell->total), open || loads.all.visits > 0);
  gtk_label_set_label (cell->lines, person == CR_ID_NONE ? loads.lines->str : "");
  gtk_label_set_label (cell->figures, person == CR_ID_NONE ? loads.figures->str : "");
  gtk_level_bar_set_value (cell->bar, open ? 1 - (double)loads.all.booked / loads.all.open : 0);
  gtk_widget_set_visible (GTK_WIDGET (cell->bar), open);
  set_class (cell->button, "closed", !open);
  mark_cell (self, cell);
  name_cell (self, cell, &loads, note);
  g_string_free (loads.lines, TRUE);
  g_string_free (loads.figures, TRUE);
  g_string_free (loads.spoken, TRUE);
}

/* ---- keys and clicks ---- */

static void
go_to (CrMonthView *self, int at)
{
  if (at < 0 || at >= WEEKS * DAYS) {
    g_signal_emit (self, signals[STEP], 0, at < 0 ? -1 : 1);
    return;
  }
  self->at = at;
  gtk_widget_grab_focus (self->cells[at].button);
  g_signal_emit (self, signals[SELECTED], 0);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrMonthView *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_Right:
    go_to (self, self->at + (key == GDK_KEY_Right ? 1 : -1));
    return TRUE;
  case GDK_KEY_Up:
  case GDK_KEY_Down:
    go_to (self, self->at + (key == GDK_KEY_Down ? DAYS : -DAYS));
    return TRUE;
  case GDK_KEY_Home:
  case GDK_KEY_End:
    go_to (self, self->at / DAYS * DAYS + (key == GDK_KEY_End ? DAYS - 1 : 0));
    return TRUE;
  case GDK_KEY_Page_Up:
  case GDK_KEY_Page_Down:
    g_signal_emit (self, signals[STEP], 0, key == GDK_KEY_Page_Down ? 1 : -1);
    return TRUE;
  default:
    return FALSE;
  }
}

static void
clicked_cb (GtkButton *button, CrMonthView *self)
{
  int at = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "cr-at"));
  self->at = at;
  g_signal_emit (self, signals[OPEN_DAY], 0, cr_date_to_days (self->cells[at].date));
}

/* Tab goes in to the cursor and out again; arrows move inside. */
static gboolean
cr_month_view_focus_vfunc (GtkWidget *widget, GtkDirectionType direction)
{
  CrMonthView *self = CR_MONTH_VIEW (widget);
  if (gtk_widget_get_focus_child (widget) != NULL || self->cells[0].button == NULL)
    return FALSE;
  return gtk_widget_grab_focus (self->cells[self->at].button);
}

/* ---- class ---- */

static void
cr_month_view_dispose (GObject *object)
{
  CrMonthView *self = CR_MONTH_VIEW (object);
  if (self->grid != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;
  for (int at = 0; at < WEEKS * DAYS; at++)
    g_clear_pointer (&self->cells[at].spoken, g_free);
  g_clear_object (&self->schedule);
  G_OBJECT_CLASS (cr_month_view_parent_class)->dispose (object);
}

static void
cr_month_view_class_init (CrMonthViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_month_view_dispose;
  widget->focus = cr_month_view_focus_vfunc;
  signals[OPEN_DAY] = g_signal_new ("open-day", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[STEP] = g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget, "monthview");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
add_label (GtkWidget *box, const char *css)
{
  GtkWidget *label = cr_visit_label (NULL, css);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
make_cell (CrMonthView *self, int at)
{
  Cell *cell = &self->cells[at];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  cell->button = gtk_button_new ();
  gtk_box_append (GTK_BOX (box), top);
  cell->number = add_label (top, "heading");
  gtk_label_set_ellipsize (cell->number, PANGO_ELLIPSIZE_NONE);
  cell->note = add_label (top, "caption");
  cell->total = CR_FIT_LABEL (cr_fit_label_new ());
  gtk_widget_add_css_class (GTK_WIDGET (cell->total), "caption");
  gtk_widget_set_hexpand (GTK_WIDGET (cell->total), TRUE);
  gtk_widget_set_halign (GTK_WIDGET (cell->total), GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (cell->total));
  cell->bar = GTK_LEVEL_BAR (gtk_level_bar_new_for_interval (0, 1));
  gtk_level_bar_add_offset_value (cell->bar, GTK_LEVEL_BAR_OFFSET_LOW, 0.1);
  gtk_level_bar_add_offset_value (cell->bar, GTK_LEVEL_BAR_OFFSET_HIGH, 1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->bar));
  gtk_box_append (GTK_BOX (box), below);
  cell->lines = add_label (below, "caption");
  gtk_widget_set_hexpand (GTK_WIDGET (cell->lines), TRUE);
  gtk_label_set_xalign (cell->lines, 0);
  cell->figures = add_label (below, "caption");
  gtk_label_set_ellipsize (cell->figures, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_justify (cell->figures, GTK_JUSTIFY_RIGHT);
  gtk_label_set_yalign (cell->figures, 0);
  gtk_widget_set_valign (GTK_WIDGET (cell->figures), GTK_ALIGN_START);
  gtk_button_set_child (GTK_BUTTON (cell->button), box);
  gtk_widget_add_css_class (cell->button, "month-day");
  gtk_widget_set_hexpand (cell->button, TRUE);
  gtk_widget_set_vexpand (cell->button, TRUE);
  g_object_set_data (G_OBJECT (cell->button), "cr-at", GINT_TO_POINTER (at));
  g_signal_connect (cell->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_grid_attach (self->grid, cell->button, at % DAYS, 1 + at / DAYS, 1, 1);
}

static void
make_heads (CrMonthView *self)
{
  CrDate first = cr_date_add_days (CR_DATE (2026, 11, 22), cr_week_begins ()); /* after a Sunday */
  for (int i = 0; i < DAYS; i++) {
    g_autofree char *words = cr_visit_weekday_words (cr_date_add_days (first, i));
    GtkWidget *label = cr_visit_label (words, "month-head");
    gtk_grid_attach (self->grid, label, i, 0, 1, 1);
  }
}

static void
cr_month_view_init (CrMonthView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
  make_heads (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Month"), -1);
}

/* ---- public ---- */

void
cr_month_view_set_up (CrMonthView *self, CrWindow *window, CrDaySchedule *schedule)
{
  self->window = window;
  g_set_object (&self->schedule, schedule);
}

void
cr_month_view_reload (CrMonthView *self, CrId person)
{
  CrDate from, to, date = cr_day_schedule_get_date (self->schedule);
  for (int at = 0; at < WEEKS * DAYS && self->cells[at].button == NULL; at++)
    make_cell (self, at); /* none without a name stands there before */
  cr_day_schedule_get_days (self->schedule, &from, &to);
  for (int at = 0; at < WEEKS * DAYS; at++) {
    CrDate day = cr_date_add_days (from, at);
    if (cr_date_compare (day, date) == 0)
      self->at = at;
    show_cell (self, &self->cells[at], day, person);
  }
}

void
cr_month_view_focus (CrMonthView *self)
{
  if (self->cells[0].button == NULL)
    return;
  gtk_widget_grab_focus (self->cells[self->at].button);
}

const char *
cr_month_view_describe (CrMonthView *self)
{
  return self->cells[self->at].spoken;
}

CrDate
cr_month_view_get_date (CrMonthView *self)
{
  return self->cells[self->at].date;
}
