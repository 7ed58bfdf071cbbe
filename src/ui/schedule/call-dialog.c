#include "src/ui/schedule/call-dialog.h"
#include "src/ui/admin/form.h"
#include "src/ui/schedule/patient-field.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/unsaved-bar.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/session/calls.h"
#include <glib/gi18n.h>

enum { NO_TASK, LONGEST_CALLER = 100, LONGEST_NOTE = 500 };

struct _CrCallDialog {
  GtkWindow parent;
  GtkBox *form_box;
  GtkLabel *message;
  GtkButton *save_button;
  CrUnsavedBar *unsaved;
  GtkWidget *form, *caller_entry, *note_entry, *patient, *person_drop;
  CrWindow *window; /* transient for it */
  GArray *people;   /* CrId per entry of person_drop after "no task" */
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
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->person_drop), G_LIST_MODEL (names));
}

static void
build_form (CrCallDialog *self)
{
  const char *const nobody[] = { NULL };
  self->form = cr_form_new ();
  self->caller_entry = cr_form_add_entry (self->form, _ ("_Who called"),
                                          _ ("his daughter, a pharmacist …; empty: the patient"));
  self->note_entry = cr_form_add_entry (self->form, _ ("_About what"), NULL);
  self->patient =
      cr_patient_field_new (self->window, "calls", _ ("Leave it empty when it concerns no patient."));
  cr_form_add_widget (self->form, _ ("_Patient"), self->patient);
  self->person_drop = cr_form_add_choice (self->form, _ ("A _task of it for"), nobody);
  cr_form_label_at_top (self->patient);
  gtk_entry_set_max_length (GTK_ENTRY (self->caller_entry), LONGEST_CALLER);
  gtk_entry_set_max_length (GTK_ENTRY (self->note_entry), LONGEST_NOTE);
  cr_patient_field_set_next (CR_PATIENT_FIELD (self->patient), self->person_drop);
  gtk_box_append (self->form_box, self->form);
}

/* FALSE: no task is wanted. */
static gboolean
chosen_person (CrCallDialog *self, CrId *person)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->person_drop));
  gboolean task = at != NO_TASK && at - 1 < self->people->len;
  *person = task ? g_array_index (self->people, CrId, at - 1) : CR_ID_NONE;
  return task;
}

/* ---- kept until it is saved ---- */

static void
write_cb (CrUnsavedBar *unsaved, CrKeptForm *form, CrCallDialog *self)
{
  CrId person;
  cr_kept_form_set_number (form, "task", chosen_person (self, &person));
  cr_kept_form_set_number (form, "person", person);
  cr_kept_form_set_number (form, "patient", cr_patient_field_get (CR_PATIENT_FIELD (self->patient)));
  cr_kept_form_set_text (form, "caller", cr_form_text (self->caller_entry));
  cr_kept_form_set_text (form, "note", cr_form_text (self->note_entry));
}

static void
put_text (GtkWidget *entry, const CrKeptForm *form, const char *field)
{
  const char *text = cr_kept_form_get_text (form, field);
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

/* Who is not offered any more is not exchanged for somebody else, or for no task, unsaid. */
static void
choose_person (CrCallDialog *self, CrId person)
{
  for (guint i = 0; i < self->people->len; i++)
    if (g_array_index (self->people, CrId, i) == person) {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->person_drop), i + 1);
      return;
    }
  cr_form_set_question (self->person_drop, _ ("Who was chosen here is not offered any more. Choose anew."));
}

static void
put_back (CrCallDialog *self, const CrKeptForm *form)
{
  put_text (self->caller_entry, form, "caller");
  put_text (self->note_entry, form, "note");
  cr_patient_field_choose (CR_PATIENT_FIELD (self->patient),
                           cr_kept_form_get_number (form, "patient", CR_ID_NONE));
  if (cr_kept_form_get_number (form, "task", FALSE))
    choose_person (self, cr_kept_form_get_number (form, "person", CR_ID_NONE));
}

/* ---- saving ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrCallDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  if (!saved) {
    say (self, error->message);
    return;
  }
  cr_unsaved_bar_end (self->unsaved);
  cr_window_toast (self->window, _ ("The call is in the log."), NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_cb (CrCallDialog *self)
{
  g_autoptr (CrContactAttempt) call = cr_contact_attempt_new ();
  CrId person;
  gboolean task = chosen_person (self, &person);
  say (self, NULL);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save_button)))
    return;
  call->note = cr_form_take_text (self->note_entry);
  if (call->note == NULL) {
    cr_form_set_problem (self->note_entry, _ ("Write what the call was about."));
    cr_form_focus_problem (self->form);
    return;
  }
  call->kind = CR_CONTACT_CALL;
  call->purpose = CR_PURPOSE_PHONE_NOTE;
  call->patient_id = cr_patient_field_get (CR_PATIENT_FIELD (self->patient));
  call->caller = g_strdup (cr_form_text (self->caller_entry));
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  cr_call_log_async (cr_window_get_session (self->window), call, task ? call->note : NULL, person, saved_cb,
                     g_object_ref (self));
}

static gboolean
close_request_cb (CrCallDialog *self)
{
  return cr_unsaved_bar_ask (self->unsaved);
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
  g_clear_pointer (&self->people, g_array_unref);
  G_OBJECT_CLASS (cr_call_dialog_parent_class)->dispose (object);
}

static void
cr_call_dialog_class_init (CrCallDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_call_dialog_dispose;
  g_type_ensure (CR_TYPE_UNSAVED_BAR);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/call-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrCallDialog, form_box);
  gtk_widget_class_bind_template_child (widget, CrCallDialog, unsaved);
  gtk_widget_class_bind_template_child (widget, CrCallDialog, message);
  gtk_widget_class_bind_template_child (widget, CrCallDialog, save_button);
}

static void
cr_call_dialog_init (CrCallDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->people = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_signal_connect (self->unsaved, "write", G_CALLBACK (write_cb), self);
  g_signal_connect_swapped (self->unsaved, "discard", G_CALLBACK (gtk_window_destroy), self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  cr_focus_on_escape (GTK_WIDGET (self), (void (*) (gpointer))gtk_window_close, self);
}

static void
present (CrWindow *window, gboolean kept)
{
  CrCallDialog *self = g_object_new (CR_TYPE_CALL_DIALOG, "transient-for", window, NULL);
  self->window = window;
  build_form (self);
  fill_people (self);
  cr_unsaved_bar_start (self->unsaved, cr_window_get_session (window), CR_FORM_CALL);
  g_autoptr (CrKeptForm) form = kept ? cr_unsaved_bar_take (self->unsaved) : NULL;
  if (form != NULL)
    put_back (self, form);
  cr_unsaved_bar_watch (self->unsaved, self->caller_entry, self->note_entry, self->patient, self->person_drop,
                        NULL);
  cr_focus_keep_typing (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (form != NULL ? self->note_entry : self->caller_entry);
  cr_focus_at_end (GTK_WINDOW (self));
}

void
cr_call_dialog_present (CrWindow *window)
{
  present (window, FALSE);
}

void
cr_call_dialog_present_kept (CrWindow *window)
{
  present (window, TRUE);
}
