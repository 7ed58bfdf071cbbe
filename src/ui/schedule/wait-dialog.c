#include "src/ui/schedule/wait-dialog.h"
#include "src/ui/chart/line.h"
#include "src/ui/schedule/day-chips.h"
#include "src/ui/schedule/patient-picker.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/wait-list.h"
#include <glib/gi18n.h>

enum { PICKER_HEIGHT = 240 };                       /* pixels */
static const int NOTICES[] = { 0, 2, 24, 48, 168 }; /* hours, the entries of notice */

struct _CrWaitDialog {
  GtkWindow parent;
  GtkBox *patient_box;
  GtkLabel *interim_label, *problem_label;
  GtkDropDown *type, *who, *notice;
  CrDayChips *days;
  GtkEntry *from_time, *to_time, *from_day, *to_day, *reason_entry;
  GtkWidget *add_button;
  CrWindow *window;           /* transient for it */
  GArray *type_ids, *who_ids; /* CrId per entry; the first of who is none: any */
  CrId patient, interim;
  char *toast;
  CrPatientPicker *picker; /* NULL: the patient is known */
};

G_DEFINE_FINAL_TYPE (CrWaitDialog, cr_wait_dialog, GTK_TYPE_WINDOW)

static CrClock *
clock_of (CrWaitDialog *self)
{
  return cr_session_get_clock (cr_window_get_session (self->window));
}

static void
say (CrWaitDialog *self, const char *problem)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
}

/* What is wrong stands below, the field keeps its text and gets the focus. */
static gboolean
refuse (CrWaitDialog *self, GtkEntry *entry, const char *problem)
{
  say (self, problem);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  return FALSE;
}

static gboolean
read_time (CrWaitDialog *self, GtkEntry *entry, gint64 *out)
{
  g_autoptr (GError) error = NULL;
  int minute;
  if (!cr_minute_parse (gtk_editable_get_text (GTK_EDITABLE (entry)), cr_clock_minute (clock_of (self)),
                        &minute, &error))
    return refuse (self, entry, error->message);
  *out = minute != CR_MINUTE_NONE ? minute : CR_INT_NONE;
  return TRUE;
}

static gboolean
read_day (CrWaitDialog *self, GtkEntry *entry, CrDate *out)
{
  g_autoptr (GError) error = NULL;
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (entry));
  CrDateReading reading = { 0 };
  if (!cr_date_parse (typed, cr_clock_today (clock_of (self)), CR_DATE_FUTURE, CR_DATE_NONE, &reading,
                      &error))
    return refuse (self, entry, error->message);
  if (*typed != '\0' && !cr_date_is_full (reading.date))
    return refuse (self, entry, _ ("Type a whole date, such as 12/5."));
  *out = reading.date;
  return TRUE;
}

static CrId
chosen_id (GtkDropDown *choice, const GArray *ids)
{
  guint at = gtk_drop_down_get_selected (choice);
  return at < ids->len ? g_array_index (ids, CrId, at) : CR_ID_NONE;
}

/* ---- adding ---- */

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWaitDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean added = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_sensitive (self->add_button, TRUE);
  if (!added) {
    say (self, error->message);
    return;
  }
  cr_window_toast (self->window, self->toast, _ ("Undo"), "win.undo");
  gtk_window_close (GTK_WINDOW (self));
}

static void
add_cb (CrWaitDialog *self)
{
  g_autoptr (CrWaitEntry) entry = cr_wait_entry_new ();
  if (!read_time (self, self->from_time, &entry->earliest_min) ||
      !read_time (self, self->to_time, &entry->latest_min) ||
      !read_day (self, self->from_day, &entry->earliest_on) ||
      !read_day (self, self->to_day, &entry->latest_on))
    return;
  entry->patient_id = self->patient;
  entry->interim_appointment_id = self->interim;
  entry->visit_type_id = chosen_id (self->type, self->type_ids);
  entry->person_id = chosen_id (self->who, self->who_ids);
  entry->minutes = entry->priority = CR_INT_NONE;
  entry->weekdays = cr_day_chips_get (self->days);
  entry->notice_hours = NOTICES[gtk_drop_down_get_selected (self->notice)];
  entry->reason = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)));
  if (cr_str_empty (entry->reason))
    g_clear_pointer (&entry->reason, g_free);
  say (self, NULL);
  gtk_widget_set_sensitive (self->add_button, FALSE);
  cr_wait_add_async (cr_window_get_session (self->window), entry, added_cb, g_object_ref (self));
}

/* ---- filling ---- */

static void
fill_types (CrWaitDialog *self, CrId type)
{
  GListModel *types = cr_session_get_visit_types (cr_window_get_session (self->window));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i);
    const CrVisitType *one = cr_row_peek (row);
    if (!one->active)
      continue;
    selected = one->id == type ? self->type_ids->len : selected;
    g_array_append_val (self->type_ids, one->id);
    gtk_string_list_append (names, one->name);
  }
  gtk_drop_down_set_model (self->type, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->type, selected);
}

static void
fill_people (CrWaitDialog *self, CrId person)
{
  GListModel *people = cr_session_get_people (cr_window_get_session (self->window));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  CrId none = CR_ID_NONE;
  guint selected = 0;
  g_array_append_val (self->who_ids, none);
  gtk_string_list_append (names, _ ("Any clinician"));
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *one = cr_row_peek (row);
    g_autofree char *name = cr_person_short (one);
    if (!one->schedulable || !one->active)
      continue;
    selected = one->id == person ? self->who_ids->len : selected;
    g_array_append_val (self->who_ids, one->id);
    gtk_string_list_append (names, name);
  }
  gtk_drop_down_set_model (self->who, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->who, selected);
}

static void
show_interim (CrWaitDialog *self, const CrAppointment *interim)
{
  g_autofree char *who = cr_visit_clinician_name (cr_window_get_session (self->window), interim->person_id);
  g_autofree char *where = cr_visit_place_words (interim->date, (int)interim->start_min, who);
  g_autofree char *text = g_strdup_printf (_ ("Keeps %s until something sooner is free."), where);
  gtk_label_set_label (self->interim_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->interim_label), TRUE);
}

/* ---- class ---- */

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrWaitDialog *self)
{
  if (key == GDK_KEY_Escape && self->picker != NULL) { /* the search would keep it to itself */
    gtk_window_close (GTK_WINDOW (self));
    return TRUE;
  }
  if ((state & GDK_CONTROL_MASK) == 0 || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter))
    return FALSE;
  gtk_widget_activate (self->add_button);
  return TRUE;
}

static void
cr_wait_dialog_dispose (GObject *object)
{
  CrWaitDialog *self = CR_WAIT_DIALOG (object);
  g_clear_pointer (&self->type_ids, g_array_unref);
  g_clear_pointer (&self->who_ids, g_array_unref);
  g_clear_pointer (&self->toast, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_WAIT_DIALOG);
  G_OBJECT_CLASS (cr_wait_dialog_parent_class)->dispose (object);
}

static void
cr_wait_dialog_class_init (CrWaitDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_wait_dialog_dispose;
  g_type_ensure (CR_TYPE_DAY_CHIPS);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/wait-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, patient_box);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, interim_label);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, problem_label);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, type);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, who);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, notice);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, days);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, from_time);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, to_time);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, from_day);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, to_day);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, reason_entry);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, add_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_wait_dialog_init (CrWaitDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->type_ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  self->who_ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
}

/* ---- whom ---- */

static void
take_patient (CrWaitDialog *self, const CrPatient *patient)
{
  g_autofree char *name = cr_window_name_of (self->window, patient);
  self->patient = patient->id;
  g_free (self->toast);
  self->toast = g_strdup_printf (_ ("%s is on the wait list"), name);
  gtk_box_append (self->patient_box, cr_line_patient (patient, name, cr_clock_today (clock_of (self))));
  gtk_widget_set_sensitive (self->add_button, TRUE);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWaitDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)) || self->patient != CR_ID_NONE)
    return;
  if (chart == NULL) {
    say (self, error->message);
    return;
  }
  cr_patient_picker_stop (self->picker);
  gtk_box_remove (self->patient_box, GTK_WIDGET (self->picker));
  self->picker = NULL;
  take_patient (self, cr_chart_get_records (chart)->patient);
  gtk_widget_grab_focus (GTK_WIDGET (self->type));
}

static void
picked_cb (CrPatientPicker *picker, gint64 patient, CrWaitDialog *self)
{
  cr_chart_open_office_async (cr_window_get_session (self->window), patient, "wait list", opened_cb,
                              g_object_ref (self));
}

static void
register_cb (CrPatientPicker *picker, const char *words, CrWaitDialog *self)
{
  g_autofree char *typed = g_strdup (words);
  CrWindow *window = self->window;
  gtk_window_close (GTK_WINDOW (self));
  cr_window_register_patient (window, typed);
}

static void
ask_patient (CrWaitDialog *self)
{
  self->picker = g_object_new (CR_TYPE_PATIENT_PICKER, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->picker), "dialog-body");
  gtk_widget_set_size_request (GTK_WIDGET (self->picker), -1, PICKER_HEIGHT); /* room for what is found */
  gtk_box_append (self->patient_box, GTK_WIDGET (self->picker));
  cr_patient_picker_start (self->picker, cr_window_get_session (self->window));
  g_signal_connect (self->picker, "picked", G_CALLBACK (picked_cb), self);
  g_signal_connect (self->picker, "register", G_CALLBACK (register_cb), self);
  gtk_widget_set_sensitive (self->add_button, FALSE);
}

void
cr_wait_dialog_present (CrWindow *window, const CrPatient *patient, CrId type, CrId person,
                        const char *reason, const CrAppointment *interim)
{
  CrWaitDialog *self = g_object_new (CR_TYPE_WAIT_DIALOG, "transient-for", window, NULL);
  self->window = window;
  self->interim = interim != NULL ? interim->id : CR_ID_NONE;
  fill_types (self, type);
  fill_people (self, person);
  if (patient != NULL)
    take_patient (self, patient);
  else
    ask_patient (self);
  if (reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->reason_entry), reason);
  if (interim != NULL)
    show_interim (self, interim);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (patient != NULL ? GTK_WIDGET (self->type) : GTK_WIDGET (self->picker));
}
