#include "src/ui/schedule/series-dialog.h"
#include "src/ui/schedule/series-form.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>

#define CR_TYPE_SERIES_DIALOG (cr_series_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrSeriesDialog, cr_series_dialog, CR, SERIES_DIALOG, GtkWindow)

enum { WEEK = 7, LAST_NTH = 5 }; /* entry of the list that is "last" */

struct _CrSeriesDialog {
  GtkWindow parent;
  GtkLabel *what_label, *on_label, *first_echo, *until_echo, *count_problem;
  GtkSpinButton *every, *count;
  GtkDropDown *unit, *nth, *nth_weekday, *ends;
  GtkStack *on;
  GtkBox *weekdays;
  GtkEntry *first_entry, *until_entry;
  GtkButton *cancel_button, *book_button;

  CrSeriesForm form;
  CrSeries *series; /* NULL: closed */
  char *name;
};

enum { BOOKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrSeriesDialog, cr_series_dialog, GTK_TYPE_WINDOW)

/* ---- what comes of the rule ---- */

static void
show_count (CrSeriesDialog *self)
{
  guint all, n = cr_occurrence_list_count (self->form.preview, &all);
  g_autofree char *rule = all > 0 ? cr_series_words (self->series) : NULL;
  char *label =
      n > 0 ? g_strdup_printf (ngettext ("_Book %u Visit", "_Book %u Visits", n), n) : g_strdup (_ ("_Book"));
  /* Translators: the rule; how many of them are ticked. */
  char *summary =
      all > 0 ? g_strdup_printf (_ ("%s: %u of %u ticked"), rule, n, all) : g_strdup (_ ("No visits yet."));
  cr_series_form_count (&self->form, self->book_button, label, summary);
}

/* ---- the rule ---- */

static gboolean
read_day (CrSeriesDialog *self, GtkEntry *entry, GtkLabel *echo, CrDate *date)
{
  CrDate today = cr_clock_today (cr_session_get_clock (cr_series_form_session (&self->form)));
  g_autoptr (GError) error = NULL;
  CrDateReading reading;
  g_autofree char *words = NULL;
  gboolean read = cr_date_parse (gtk_editable_get_text (GTK_EDITABLE (entry)), today, CR_DATE_FUTURE,
                                 self->series->start_on, &reading, &error) &&
                  cr_date_is_full (reading.date);
  *date = read ? reading.date : (CrDate){ 0 };
  words = read            ? cr_date_format_weekday (reading.date)
          : error != NULL ? g_strdup (error->message)
                          : g_strdup (_ ("Type a day, such as 12/5 or 2w."));
  gtk_label_set_label (echo, words);
  return read;
}

/* New string, "135"; empty: none is chosen. */
static char *
read_weekdays (CrSeriesDialog *self)
{
  GString *text = g_string_new (NULL);
  int weekday = 1;
  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->weekdays)); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip), weekday++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)))
      g_string_append_c (text, (char)('0' + weekday));
  return g_string_free (text, FALSE);
}

static void
read_rule (CrSeriesDialog *self)
{
  CrSeries *s = self->series;
  guint nth = gtk_drop_down_get_selected (self->nth);
  gboolean counted = gtk_drop_down_get_selected (self->ends) == 0;
  s->rule = (int)gtk_drop_down_get_selected (self->unit);
  s->every = gtk_spin_button_get_value_as_int (self->every);
  g_clear_pointer (&s->weekdays, g_free);
  if (s->rule == CR_SERIES_WEEKLY)
    s->weekdays = read_weekdays (self);
  s->month_day = CR_INT_NONE;
  s->nth = s->rule == CR_SERIES_MONTHLY_NTH ? (nth == LAST_NTH ? -1 : (gint64)nth + 1) : CR_INT_NONE;
  s->weekday = s->rule == CR_SERIES_MONTHLY_NTH ? (gint64)gtk_drop_down_get_selected (self->nth_weekday) + 1
                                                : CR_INT_NONE;
  s->count = counted ? gtk_spin_button_get_value_as_int (self->count) : CR_INT_NONE;
  if (counted)
    s->until_on = (CrDate){ 0 };
}

static void
show_parts (CrSeriesDialog *self)
{
  gboolean counted = gtk_drop_down_get_selected (self->ends) == 0;
  guint unit = gtk_drop_down_get_selected (self->unit);
  gboolean on = unit == CR_SERIES_WEEKLY || unit == CR_SERIES_MONTHLY_NTH;
  gtk_widget_set_visible (GTK_WIDGET (self->on), on);
  gtk_widget_set_visible (GTK_WIDGET (self->on_label), on);
  gtk_stack_set_visible_child_name (self->on, unit == CR_SERIES_MONTHLY_NTH ? "nth" : "weeks");
  gtk_widget_set_visible (GTK_WIDGET (self->count), counted);
  gtk_widget_set_visible (GTK_WIDGET (self->until_entry), !counted);
  gtk_widget_set_visible (GTK_WIDGET (self->until_echo), !counted);
}

/* Beside the number; what was typed stays. */
static void
show_count_problem (CrSeriesDialog *self)
{
  gint64 count = self->series->count;
  gboolean wrong = count != CR_INT_NONE && (count < 1 || count > CR_SERIES_MOST);
  g_autofree char *text = g_strdup_printf (_ ("1 to %d visits"), CR_SERIES_MOST);
  gtk_label_set_label (self->count_problem, wrong ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->count_problem), wrong);
}

/* Whatever was changed in the rule, the list says at once what comes of it. */
static void
ask_preview (CrSeriesDialog *self)
{
  g_autofree char *problem = NULL;
  CrDate first, until;
  if (self->series == NULL || self->form.busy)
    return;
  show_parts (self);
  read_rule (self);
  if (read_day (self, self->first_entry, self->first_echo, &first))
    self->series->start_on = first;
  if (self->series->count == CR_INT_NONE) {
    read_day (self, self->until_entry, self->until_echo, &until);
    self->series->until_on = until;
  }
  show_count_problem (self);
  problem = cr_series_problem (self->series);
  if (cr_series_form_begin (&self->form, problem))
    cr_series_preview_async (cr_series_form_session (&self->form), self->series, cr_series_form_previewed_cb,
                             cr_series_form_asked (&self->form, GTK_WIDGET (self)));
}

static gboolean
ask_idle_cb (gpointer self)
{
  ask_preview (self);
  return G_SOURCE_REMOVE;
}

/* A number is read when the focus leaves it: what the focus goes to must not go away meanwhile. */
static void
number_cb (CrSeriesDialog *self)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, ask_idle_cb, g_object_ref (self), g_object_unref);
}

/* ---- booking ---- */

static void
booked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSeriesDialog) self = data;
  g_autoptr (GError) error = NULL;
  int n = cr_series_finish (result, &error);
  if (self->series == NULL)
    return;
  self->form.busy = FALSE;
  if (n < 0) { /* one was taken meanwhile: the list is asked anew, the message stays */
    ask_preview (self);
    cr_series_form_say (&self->form, error->message);
    return;
  }
  g_autofree char *toast = g_strdup_printf (
      ngettext ("Booked %d visit of %s", "Booked %d visits of %s", (gulong)n), n, self->name);
  g_signal_emit (self, signals[BOOKED], 0);
  cr_series_form_close (&self->form, GTK_WIDGET (self), toast);
}

static void
book_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrSeriesDialog *self = CR_SERIES_DIALOG (widget);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->book_button)))
    return;
  self->form.busy = TRUE;
  cr_series_form_say (&self->form, NULL);
  show_count (self);
  cr_series_book_async (cr_series_form_session (&self->form), self->series,
                        cr_occurrence_list_get (self->form.preview), booked_cb, g_object_ref (self));
}

static void
book_cb (CrSeriesDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "series.save", NULL);
}

/* ---- class ---- */

static void
cr_series_dialog_dispose (GObject *object)
{
  CrSeriesDialog *self = CR_SERIES_DIALOG (object);
  self->form.window = NULL;
  g_clear_pointer (&self->series, cr_series_free);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (cr_series_dialog_parent_class)->dispose (object);
}

#define BIND(name, field)                                                                                    \
  gtk_widget_class_bind_template_child_full (widget, name, FALSE, G_STRUCT_OFFSET (CrSeriesDialog, field))

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, what_label);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, on_label);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, first_echo);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, until_echo);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, count_problem);
  BIND ("summary_label", form.summary_label);
  BIND ("error_label", form.error_label);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, every);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, count);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, unit);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, nth);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, nth_weekday);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, ends);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, on);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, weekdays);
  BIND ("preview", form.preview);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, first_entry);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, until_entry);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrSeriesDialog, book_button);
}

static void
cr_series_dialog_class_init (CrSeriesDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_series_dialog_dispose;
  g_type_ensure (CR_TYPE_OCCURRENCE_LIST);
  signals[BOOKED] =
      g_signal_new ("booked", CR_TYPE_SERIES_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/series-dialog.ui");
  bind_children (widget);
  cr_series_form_install (widget, book_action);
}

static void
add_weekdays (CrSeriesDialog *self)
{
  static const char *const SHORT[WEEK] = { N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"),
                                           N_ ("Fri"), N_ ("Sat"), N_ ("Sun") };
  for (int i = 0; i < WEEK; i++) {
    GtkWidget *chip = gtk_toggle_button_new_with_label (_ (SHORT[i]));
    g_signal_connect_swapped (chip, "toggled", G_CALLBACK (ask_preview), self);
    gtk_box_append (self->weekdays, chip);
  }
}

static void
cr_series_dialog_init (CrSeriesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  GtkDropDown *lists[] = { self->unit, self->nth, self->nth_weekday, self->ends };
  add_weekdays (self);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_signal_connect_swapped (lists[i], "notify::selected", G_CALLBACK (ask_preview), self);
  g_signal_connect_swapped (self->every, "value-changed", G_CALLBACK (number_cb), self);
  g_signal_connect_swapped (self->count, "value-changed", G_CALLBACK (number_cb), self);
  g_signal_connect_swapped (self->first_entry, "changed", G_CALLBACK (ask_preview), self);
  g_signal_connect_swapped (self->until_entry, "changed", G_CALLBACK (ask_preview), self);
  g_signal_connect_swapped (self->form.preview, "changed", G_CALLBACK (show_count), self);
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->book_button, "clicked", G_CALLBACK (book_cb), self);
}

/* ---- opening ---- */

static char *
describe_what (CrSeriesDialog *self)
{
  const CrSeries *s = self->series;
  g_autofree char *who = cr_visit_clinician_name (cr_series_form_session (&self->form), s->person_id);
  g_autofree char *time = cr_minute_format ((int)s->start_min);
  return g_strdup_printf (_ ("%s · %s, %d minutes, %s"), self->name, time, (int)s->minutes, who);
}

/* As the first day has it: its weekday, its place in the month. */
static void
choose_days (CrSeriesDialog *self)
{
  CrDate first = self->series->start_on;
  int weekday = cr_date_weekday (first);
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->weekdays));
  for (int i = 1; i < weekday; i++)
    chip = gtk_widget_get_next_sibling (chip);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  gtk_drop_down_set_selected (self->nth, (guint)(first.day - 1) / WEEK);
  gtk_drop_down_set_selected (self->nth_weekday, (guint)weekday - 1);
}

GtkWindow *
cr_series_dialog_present (CrWindow *window, const CrSeries *draft, const char *name)
{
  CrSession *session = cr_window_get_session (window);
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL, *iso = NULL;
  CrSeriesDialog *self;
  if (!cr_session_require (session, CR_RIGHT_SCHEDULE_EDIT, &error)) {
    cr_window_show_error (window, error);
    return NULL;
  }
  self = g_object_new (CR_TYPE_SERIES_DIALOG, "transient-for", window, NULL);
  self->form.window = window;
  self->name = g_strdup (name);
  self->form.busy = TRUE; /* nothing is asked while the fields are filled */
  self->series = cr_series_copy (draft);
  what = describe_what (self);
  iso = cr_date_format (draft->start_on);
  gtk_label_set_label (self->what_label, what);
  gtk_editable_set_text (GTK_EDITABLE (self->first_entry), iso);
  choose_days (self);
  self->form.busy = FALSE;
  ask_preview (self);
  g_signal_connect_object (session, "forget", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->every));
  return GTK_WINDOW (self);
}

void
cr_series_dialog_present_after (CrWindow *window, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  g_autofree char *name = cr_window_name_of (window, visit->patient);
  g_autoptr (CrSeries) draft = cr_series_new ();
  draft->patient_id = a->patient_id;
  draft->person_id = a->person_id;
  draft->visit_type_id = a->visit_type_id;
  draft->room_id = a->stage < CR_STAGE_ROOMED ? a->room_id : CR_ID_NONE;
  draft->start_min = a->start_min;
  draft->minutes = a->minutes;
  draft->reason = g_strdup (a->reason);
  draft->start_on = cr_date_add_days (a->date, WEEK);
  cr_series_dialog_present (window, draft, name);
}
