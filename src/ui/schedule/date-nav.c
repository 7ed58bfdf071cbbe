#include "src/ui/schedule/date-nav.h"
#include <glib/gi18n.h>

struct _CrDateNav {
  GtkWidget parent;
  GtkWidget *root;
  GtkButton *back_button, *forward_button, *today_button;
  GtkMenuButton *date_button;
  GtkPopover *popover;
  GtkEntry *entry;
  GtkLabel *echo_label;
  GtkCalendar *calendar;
  CrClock *clock;
  CrDate date;
  CrDateUnit unit;
  GtkWidget *before; /* weak: what had the focus when the day was asked for by a key */
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrDateNav, cr_date_nav, GTK_TYPE_WIDGET)

static void
choose (CrDateNav *self, CrDate date)
{
  gtk_popover_popdown (self->popover);
  if (cr_date_is_full (date))
    g_signal_emit (self, signals[CHOSEN], 0, cr_date_to_days (date));
}

/* Reads what is typed; FALSE when it is no whole day.  Says in the echo what was understood. */
static gboolean
read_entry (CrDateNav *self, CrDate *date)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL, *echo = NULL;
  CrDateReading reading;
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean fine =
      cr_date_parse (typed, cr_clock_today (self->clock), CR_DATE_FUTURE, self->date, &reading, &error);
  gboolean full = fine && cr_date_is_full (reading.date);
  if (full) {
    words = cr_date_format_weekday (reading.date);
    echo = g_strdup_printf ("= %s", words);
    *date = reading.date;
  }
  gtk_label_set_label (self->echo_label, full   ? echo
                                         : fine ? _ ("Type a day, such as 12/5, t+7 or mon.")
                                                : error->message);
  return full;
}

static void
entry_changed_cb (CrDateNav *self)
{
  CrDate date;
  if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] == '\0')
    gtk_label_set_label (self->echo_label, "");
  else
    read_entry (self, &date);
}

static void
entry_done_cb (CrDateNav *self)
{
  CrDate date;
  if (read_entry (self, &date))
    choose (self, date);
}

static void
day_selected_cb (CrDateNav *self)
{
  CrDate date = cr_calendar_date (self->calendar);
  if (cr_date_compare (date, self->date) != 0)
    choose (self, date);
}

static void
back_cb (CrDateNav *self)
{
  cr_date_nav_turn (self, -1);
}

static void
forward_cb (CrDateNav *self)
{
  cr_date_nav_turn (self, 1);
}

static void
popover_shown_cb (CrDateNav *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_label_set_label (self->echo_label, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* The key that follows belongs to the page again, not to the button. */
static gboolean
return_focus_cb (gpointer data)
{
  CrDateNav *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (self->before != NULL && gtk_widget_get_mapped (self->before) &&
      (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_grab_focus (self->before);
  g_clear_weak_pointer (&self->before);
  return G_SOURCE_REMOVE;
}

static void
popover_closed_cb (CrDateNav *self)
{
  if (self->before != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, return_focus_cb, g_object_ref (self), g_object_unref);
}

static void
cr_date_nav_dispose (GObject *object)
{
  g_clear_weak_pointer (&CR_DATE_NAV (object)->before);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_DATE_NAV);
  G_OBJECT_CLASS (cr_date_nav_parent_class)->dispose (object);
}

static void
cr_date_nav_class_init (CrDateNavClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_date_nav_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", CR_TYPE_DATE_NAV, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/date-nav.ui");
  gtk_widget_class_bind_template_child (widget, CrDateNav, root);
  gtk_widget_class_bind_template_child (widget, CrDateNav, back_button);
  gtk_widget_class_bind_template_child (widget, CrDateNav, forward_button);
  gtk_widget_class_bind_template_child (widget, CrDateNav, today_button);
  gtk_widget_class_bind_template_child (widget, CrDateNav, date_button);
  gtk_widget_class_bind_template_child (widget, CrDateNav, popover);
  gtk_widget_class_bind_template_child (widget, CrDateNav, entry);
  gtk_widget_class_bind_template_child (widget, CrDateNav, echo_label);
  gtk_widget_class_bind_template_child (widget, CrDateNav, calendar);
}

static void
cr_date_nav_init (CrDateNav *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->back_button, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->forward_button, "clicked", G_CALLBACK (forward_cb), self);
  g_signal_connect_swapped (self->today_button, "clicked", G_CALLBACK (cr_date_nav_today), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_done_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (entry_changed_cb), self);
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (popover_shown_cb), self);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (popover_closed_cb), self);
}

void
cr_date_nav_set_clock (CrDateNav *self, CrClock *clock)
{
  self->clock = clock;
}

void
cr_date_nav_set_date (CrDateNav *self, CrDate date)
{
  g_autofree char *words = cr_date_format_weekday (date);
  self->date = date;
  gtk_menu_button_set_label (self->date_button, words);
  cr_calendar_show (self->calendar, date);
  if (self->clock != NULL)
    cr_calendar_set_today (self->calendar, cr_clock_today (self->clock));
}

void
cr_date_nav_set_words (CrDateNav *self, const char *words)
{
  if (words != NULL)
    gtk_menu_button_set_label (self->date_button, words);
}

static void
name_arrow (GtkButton *button, const char *words)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
cr_date_nav_set_unit (CrDateNav *self, CrDateUnit unit)
{
  static const char *const WORDS[][2] = {
    [CR_DATE_UNIT_DAY] = { N_ ("Previous day"), N_ ("Next day") },
    [CR_DATE_UNIT_WEEK] = { N_ ("Previous week"), N_ ("Next week") },
    [CR_DATE_UNIT_FOUR_WEEKS] = { N_ ("Previous four weeks"), N_ ("Next four weeks") },
    [CR_DATE_UNIT_MONTH] = { N_ ("Previous month"), N_ ("Next month") },
  };
  self->unit = unit;
  name_arrow (self->back_button, _ (WORDS[unit][0]));
  name_arrow (self->forward_button, _ (WORDS[unit][1]));
}

void
cr_date_nav_turn (CrDateNav *self, int by)
{
  static const int DAYS[] = {
    [CR_DATE_UNIT_DAY] = 1, [CR_DATE_UNIT_WEEK] = 7, [CR_DATE_UNIT_FOUR_WEEKS] = 28
  };
  if (self->unit == CR_DATE_UNIT_MONTH)
    choose (self, cr_date_add_months (self->date, by));
  else
    cr_date_nav_step (self, by * DAYS[self->unit]);
}

void
cr_date_nav_ask (CrDateNav *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    g_set_weak_pointer (&self->before, focus);
  gtk_menu_button_popup (self->date_button);
}

void
cr_date_nav_step (CrDateNav *self, int days)
{
  choose (self, cr_date_add_days (self->date, days));
}

void
cr_date_nav_today (CrDateNav *self)
{
  choose (self, cr_clock_today (self->clock));
}

/* The middle of the day, so that no change of the clocks moves it to another one. */
void
cr_calendar_show (GtkCalendar *calendar, CrDate date)
{
  g_autoptr (GDateTime) day = g_date_time_new_local (date.year, date.month, date.day, 12, 0, 0);
  if (day != NULL && cr_date_compare (cr_calendar_date (calendar), date) != 0)
    gtk_calendar_select_day (calendar, day);
}

/* GTK knows the machine's day alone, and its marks stand on that number of every month: so the day itself
 * gets a class. */
static void
mark_today (GtkCalendar *calendar)
{
  CrDate shown = cr_calendar_date (calendar);
  CrDate today = cr_date_from_days (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (calendar), "cr-today")));
  GtkWidget *grid = gtk_widget_get_last_child (GTK_WIDGET (calendar));
  g_autofree char *number = g_strdup_printf ("%d", today.day);
  for (GtkWidget *day = gtk_widget_get_first_child (grid); day != NULL;
       day = gtk_widget_get_next_sibling (day)) {
    gboolean is_today = GTK_IS_LABEL (day) && gtk_widget_has_css_class (day, "day-number") &&
                        !gtk_widget_has_css_class (day, "other-month") && shown.year == today.year &&
                        shown.month == today.month &&
                        g_str_equal (gtk_label_get_label (GTK_LABEL (day)), number);
    if (is_today)
      gtk_widget_add_css_class (day, "our-day");
    else
      gtk_widget_remove_css_class (day, "our-day");
  }
}

static gboolean
mark_idle_cb (gpointer calendar)
{
  mark_today (calendar);
  return G_SOURCE_REMOVE;
}

/* The numbers of the month follow after the signal. */
static void
shown_cb (GtkCalendar *calendar)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, mark_idle_cb, g_object_ref (calendar), g_object_unref);
}

void
cr_calendar_set_today (GtkCalendar *calendar, CrDate today)
{
  if (g_object_get_data (G_OBJECT (calendar), "cr-today") == NULL) {
    g_signal_connect (calendar, "notify::month", G_CALLBACK (shown_cb), NULL);
    g_signal_connect (calendar, "notify::year", G_CALLBACK (shown_cb), NULL);
  }
  g_object_set_data (G_OBJECT (calendar), "cr-today", GINT_TO_POINTER (cr_date_to_days (today)));
  mark_today (calendar);
}

CrDate
cr_calendar_date (GtkCalendar *calendar)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  return CR_DATE (g_date_time_get_year (day), g_date_time_get_month (day),
                  g_date_time_get_day_of_month (day));
}
