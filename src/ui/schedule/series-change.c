#include "src/ui/schedule/series-change.h"
#include "src/ui/schedule/occurrence-list.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define CR_TYPE_SERIES_CHANGE (cr_series_change_get_type ())
G_DECLARE_FINAL_TYPE (CrSeriesChange, cr_series_change, CR, SERIES_CHANGE, GtkWindow)

struct _CrSeriesChange {
  GtkWindow parent;
  GtkLabel *what_label, *echo, *summary_label, *error_label;
  GtkDropDown *scope, *who;
  GtkEntry *day_entry, *time_entry, *reason_entry;
  CrOccurrenceList *preview;
  GtkButton *close_button, *cancel_button, *change_button;

  CrWindow *window; /* borrowed: the dialog is its child */
  CrVisitChange change;
  CrDate date; /* of the visit as it is */
  char *name;  /* NULL: closed */
  GArray *people;
  guint asked; /* counts previews: only the last one's answer counts */
  gboolean busy, cancelling;
};

typedef struct {
  CrSeriesChange *self;
  guint number;
} Question;

G_DEFINE_FINAL_TYPE (CrSeriesChange, cr_series_change, GTK_TYPE_WINDOW)

static Question *
ask (CrSeriesChange *self)
{
  Question *question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->number = self->asked;
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static CrSession *
session_of (CrSeriesChange *self)
{
  return cr_window_get_session (self->window);
}

static CrSeriesScope
scope_of (CrSeriesChange *self)
{
  return (CrSeriesScope)gtk_drop_down_get_selected (self->scope);
}

static void
show_error (CrSeriesChange *self, const char *text)
{
  gtk_label_set_label (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

static void
show_count (CrSeriesChange *self)
{
  guint all, n = cr_occurrence_list_count (self->preview, &all);
  g_autofree char *label = n > 0 ? g_strdup_printf (ngettext ("_Change %u Visit", "_Change %u Visits", n), n)
                                 : g_strdup (_ ("_Change"));
  g_autofree char *summary = all > 0 ? g_strdup_printf (_ ("So they would stand: %u of %u ticked"), n, all)
                                     : g_strdup (_ ("No visits."));
  gtk_label_set_label (self->summary_label, summary);
  gtk_button_set_label (self->change_button, label);
  gtk_button_set_use_underline (self->change_button, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->change_button), n > 0 && !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), all > 0 && !self->busy);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CrSeriesChange *self = question->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) occurrences = cr_series_preview_finish (result, &error);
  if (question->number != self->asked || self->name == NULL)
    return;
  if (occurrences == NULL)
    show_error (self, error->message);
  cr_occurrence_list_fill (self->preview, session_of (self), g_steal_pointer (&occurrences));
}

/* What is wrong with what was typed, a new string; NULL: nothing. */
static char *
read_fields (CrSeriesChange *self)
{
  CrClock *clock = cr_session_get_clock (session_of (self));
  guint who = gtk_drop_down_get_selected (self->who);
  g_autoptr (GError) error = NULL;
  CrDateReading reading;
  int minute = CR_MINUTE_NONE;
  if (who < self->people->len)
    self->change.person_id = g_array_index (self->people, CrId, who);
  if (!cr_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->day_entry)), cr_clock_today (clock),
                      CR_DATE_FUTURE, self->date, &reading, &error))
    return g_strdup (error->message);
  if (!cr_date_is_full (reading.date))
    return g_strdup (_ ("Type a day, such as 12/5 or 2w."));
  if (!cr_minute_parse (gtk_editable_get_text (GTK_EDITABLE (self->time_entry)), cr_clock_minute (clock),
                        &minute, &error))
    return g_strdup (error->message);
  if (minute == CR_MINUTE_NONE)
    return g_strdup (_ ("Type a time, such as 9:20."));
  self->change.date = reading.date;
  self->change.start = minute;
  return NULL;
}

static void
ask_preview (CrSeriesChange *self)
{
  g_autofree char *problem = NULL, *words = NULL, *who = NULL;
  if (self->name == NULL || self->busy)
    return;
  self->asked++;
  problem = read_fields (self);
  show_error (self, problem);
  gtk_label_set_label (self->echo, "");
  if (problem != NULL) {
    cr_occurrence_list_fill (self->preview, session_of (self), NULL);
    return;
  }
  words = cr_date_format_weekday (self->change.date);
  gtk_label_set_label (self->echo, words);
  cr_series_change_preview_async (session_of (self), &self->change, scope_of (self), previewed_cb,
                                  ask (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CrSeriesChange *self = question->self;
  g_autoptr (GError) error = NULL;
  int n = cr_series_finish (result, &error);
  if (self->name == NULL)
    return;
  self->busy = FALSE;
  if (n < 0) { /* the list is asked anew, the message stays */
    ask_preview (self);
    show_error (self, error->message);
    return;
  }
  g_autofree char *toast = g_strdup_printf (
      self->cancelling ? ngettext ("Cancelled %d visit of %s", "Cancelled %d visits of %s", (gulong)n)
                       : ngettext ("Changed %d visit of %s", "Changed %d visits of %s", (gulong)n),
      n, self->name);
  cr_window_toast (self->window, toast, _ ("Undo"), "win.undo");
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
begin_saving (CrSeriesChange *self, gboolean cancelling)
{
  self->busy = TRUE;
  self->cancelling = cancelling;
  show_error (self, NULL);
  show_count (self);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrSeriesChange *self = CR_SERIES_CHANGE (widget);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->change_button)))
    return;
  begin_saving (self, FALSE);
  cr_series_change_async (session_of (self), &self->change, scope_of (self),
                          cr_occurrence_list_get (self->preview), saved_cb, ask (self));
}

static void
change_cb (CrSeriesChange *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "series.save", NULL);
}

static void
cancel_cb (CrSeriesChange *self)
{
  g_autofree char *reason = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)));
  if (cr_str_empty (reason)) {
    show_error (self, _ ("Say why they are cancelled, then press the button again."));
    gtk_widget_grab_focus (GTK_WIDGET (self->reason_entry));
    return;
  }
  begin_saving (self, TRUE);
  cr_series_cancel_async (session_of (self), self->change.appointment, scope_of (self), reason, saved_cb,
                          ask (self));
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cr_session_lock (session_of (CR_SERIES_CHANGE (widget)));
}

/* ---- class ---- */

static void
cr_series_change_dispose (GObject *object)
{
  CrSeriesChange *self = CR_SERIES_CHANGE (object);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->people, g_array_unref);
  G_OBJECT_CLASS (cr_series_change_parent_class)->dispose (object);
}

static void
cr_series_change_class_init (CrSeriesChangeClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_series_change_dispose;
  g_type_ensure (CR_TYPE_OCCURRENCE_LIST);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/series-change.ui");
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, what_label);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, echo);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, summary_label);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, error_label);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, scope);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, who);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, day_entry);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, time_entry);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, reason_entry);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, preview);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, close_button);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, change_button);
  gtk_widget_class_install_action (widget, "series.save", NULL, save_action);
  gtk_widget_class_install_action (widget, "series.lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "series.lock",
                                       NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Return, GDK_CONTROL_MASK, "series.save", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "series.save", NULL);
}

static void
cr_series_change_init (CrSeriesChange *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->people = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_signal_connect_swapped (self->scope, "notify::selected", G_CALLBACK (ask_preview), self);
  g_signal_connect_swapped (self->who, "notify::selected", G_CALLBACK (ask_preview), self);
  g_signal_connect_swapped (self->day_entry, "changed", G_CALLBACK (ask_preview), self);
  g_signal_connect_swapped (self->time_entry, "changed", G_CALLBACK (ask_preview), self);
  g_signal_connect_swapped (self->preview, "changed", G_CALLBACK (show_count), self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect_swapped (self->change_button, "clicked", G_CALLBACK (change_cb), self);
}

/* ---- opening ---- */

static void
fill_who (CrSeriesChange *self, CrId present)
{
  GListModel *people = cr_session_get_people (session_of (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    g_autofree char *name = cr_person_short (person);
    if (!(person->active && person->schedulable) && person->id != present)
      continue;
    if (person->id == present)
      selected = self->people->len;
    g_array_append_val (self->people, person->id);
    gtk_string_list_append (names, name);
  }
  gtk_drop_down_set_model (self->who, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->who, selected);
}

void
cr_series_change_present (CrWindow *window, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  CrSession *session = cr_window_get_session (window);
  g_autofree char *name = cr_window_name_of (window, visit->patient), *day = cr_date_format (a->date),
                  *time = cr_minute_format ((int)a->start_min),
                  *where = cr_visit_place_words (a->date, (int)a->start_min, visit->clinician),
                  *what = g_strdup_printf ("%s · %s", name, where);
  CrSeriesChange *self = g_object_new (CR_TYPE_SERIES_CHANGE, "transient-for", window, NULL);
  self->window = window;
  self->change = CR_VISIT_CHANGE (a->id);
  self->date = a->date;
  gtk_label_set_label (self->what_label, what);
  fill_who (self, a->person_id);
  gtk_editable_set_text (GTK_EDITABLE (self->day_entry), day);
  gtk_editable_set_text (GTK_EDITABLE (self->time_entry), time);
  self->name = g_steal_pointer (&name); /* nothing is asked while the fields are filled */
  ask_preview (self);
  g_signal_connect_object (session, "forget", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->scope));
}
