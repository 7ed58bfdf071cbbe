#include "src/ui/schedule/call-dialog.h"
#include "src/ui/schedule/patient-picker.h"
#include "src/ui/shell/focus.h"
#include "chartroom/session/calls.h"
#include "chartroom/session/chart.h"
#include <glib/gi18n.h>

struct _CrCallDialog {
  GtkWindow parent;
  GtkWidget *caller_entry, *note_entry;
  GtkLabel *patient_label, *message;
  CrPatientPicker *picker;
  GtkDropDown *person_drop;
  GtkButton *save_button;
  CrWindow *window; /* transient for it */
  CrId patient;
  GArray *people; /* CrId per entry of person_drop after "no task" */
};

G_DEFINE_FINAL_TYPE (CrCallDialog, cr_call_dialog, GTK_TYPE_WINDOW)

static void
say (CrCallDialog *self, const char *problem)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
}

static void
fill_people (CrCallDialog *self)
{
  GListModel *people = cr_session_get_people (cr_window_get_session (self->window));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  CrId anybody = CR_ID_NONE;
  gtk_string_list_append (names, _ ("No task"));
  gtk_string_list_append (names, _ ("Anybody"));
  g_array_append_val (self->people, anybody);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    g_autofree char *name = cr_person_short (person);
    if (!person->active)
      continue;
    g_array_append_val (self->people, person->id);
    gtk_string_list_append (names, name);
  }
  gtk_drop_down_set_model (self->person_drop, G_LIST_MODEL (names));
}

static void
named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrCallDialog) self = data;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, NULL);
  g_autofree char *name = NULL;
  if (chart == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  name = cr_window_name_of (self->window, cr_chart_get_records (chart)->patient);
  gtk_label_set_label (self->patient_label, name);
}

static void
picked_cb (CrPatientPicker *picker, gint64 patient, CrCallDialog *self)
{
  self->patient = patient;
  gtk_widget_set_visible (GTK_WIDGET (picker), FALSE);
  cr_chart_open_office_async (cr_window_get_session (self->window), patient, "calls", named_cb,
                              g_object_ref (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->person_drop));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrCallDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (!saved) {
    say (self, error->message);
    return;
  }
  cr_window_toast (self->window, _ ("The call is in the log."), NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_cb (CrCallDialog *self)
{
  g_autoptr (CrContactAttempt) call = cr_contact_attempt_new ();
  const char *note = gtk_editable_get_text (GTK_EDITABLE (self->note_entry));
  guint at = gtk_drop_down_get_selected (self->person_drop);
  gboolean task = at > 0 && at - 1 < self->people->len;
  say (self, NULL);
  if (*note == '\0') {
    say (self, _ ("Write what the call was about."));
    gtk_widget_grab_focus (self->note_entry);
    return;
  }
  call->kind = CR_CONTACT_CALL;
  call->purpose = CR_PURPOSE_PHONE_NOTE;
  call->patient_id = self->patient;
  call->caller = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->caller_entry)));
  call->note = g_strdup (note);
  cr_call_log_async (cr_window_get_session (self->window), call, task ? note : NULL,
                     task ? g_array_index (self->people, CrId, at - 1) : CR_ID_NONE, saved_cb,
                     g_object_ref (self));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrCallDialog *self)
{
  gboolean save = (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK) != 0;
  if (save)
    save_cb (self);
  return save;
}

static void
cr_call_dialog_dispose (GObject *object)
{
  CrCallDialog *self = CR_CALL_DIALOG (object);
  if (self->picker != NULL)
    cr_patient_picker_stop (self->picker);
  self->picker = NULL;
  g_clear_pointer (&self->people, g_array_unref);
  G_OBJECT_CLASS (cr_call_dialog_parent_class)->dispose (object);
}

static void
cr_call_dialog_class_init (CrCallDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_call_dialog_dispose;
  g_type_ensure (CR_TYPE_PATIENT_PICKER);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/call-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrCallDialog, caller_entry);
  gtk_widget_class_bind_template_child (widget, CrCallDialog, note_entry);
  gtk_widget_class_bind_template_child (widget, CrCallDialog, patient_label);
  gtk_widget_class_bind_template_child (widget, CrCallDialog, message);
  gtk_widget_class_bind_template_child (widget, CrCallDialog, picker);
  gtk_widget_class_bind_template_child (widget, CrCallDialog, person_drop);
  gtk_widget_class_bind_template_child (widget, CrCallDialog, save_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_call_dialog_init (CrCallDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->people = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_signal_connect (self->picker, "picked", G_CALLBACK (picked_cb), self);
  g_signal_connect_swapped (self->note_entry, "activate", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
cr_call_dialog_present (CrWindow *window)
{
  CrCallDialog *self = g_object_new (CR_TYPE_CALL_DIALOG, "transient-for", window, NULL);
  self->window = window;
  fill_people (self);
  cr_focus_keep_typing (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
  cr_patient_picker_start (self->picker, cr_window_get_session (window));
  gtk_widget_grab_focus (self->caller_entry);
}
