#include "src/ui/shell/task-dialog.h"
#include "src/ui/admin/form.h"
#include "src/ui/schedule/patient-field.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/unsaved-bar.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/session/tasks.h"
#include <glib/gi18n.h>

enum { LONGEST_TITLE = 200, LONGEST_NOTE = 2000 };

struct _CrTaskDialog {
  GtkWindow parent;
  GtkBox *form_box;
  GtkLabel *message;
  GtkButton *save_button;
  CrUnsavedBar *unsaved;
  GtkWidget *form, *patient, *title_entry, *person_drop, *due_entry, *snooze_entry, *note_entry;
  CrWindow *window; /* transient for it */
  CrTask *task;
  GArray *people; /* CrId per entry of person_drop; the first is none: anybody */
  gboolean asked; /* what is worth a question stands there; the next press saves all the same */
};

G_DEFINE_FINAL_TYPE (CrTaskDialog, cr_task_dialog, GTK_TYPE_WINDOW)

static CrDate
today_of (CrTaskDialog *self)
{
  return cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
}

static void
say (CrTaskDialog *self, const char *problem)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
}

static void
set_asked (CrTaskDialog *self, gboolean asked)
{
  self->asked = asked;
  gtk_button_set_label (self->save_button, asked ? _ ("Save Anyway") : _ ("Save Task"));
}

/* ---- filling in ---- */

static void
fill_people (CrTaskDialog *self)
{
  GListModel *people = cr_session_get_people (cr_window_get_session (self->window));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  CrId nobody = CR_ID_NONE;
  guint selected = 0;
  gtk_string_list_append (names, _ ("Anybody"));
  g_array_append_val (self->people, nobody);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    g_autofree char *name = cr_person_short (person);
    if (!person->active && person->id != self->task->assignee_id)
      continue;
    if (person->id == self->task->assignee_id)
      selected = self->people->len;
    g_array_append_val (self->people, person->id);
    gtk_string_list_append (names, name);
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->person_drop), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->person_drop), selected);
}

static void
fill_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static void
fill_date (GtkWidget *entry, CrDate date)
{
  g_autofree char *text = cr_date_is_set (date) ? cr_date_format (date) : NULL;
  fill_text (entry, text);
}

static CrId
chosen_person (CrTaskDialog *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->person_drop));
  return at < self->people->len ? g_array_index (self->people, CrId, at) : CR_ID_NONE;
}

/* Whose task it is stays, once that is stored. */
static void
build_form (CrTaskDialog *self)
{
  const char *const nobody[] = { NULL };
  self->form = cr_form_new ();
  self->patient =
      cr_patient_field_new (self->window, "tasks", _ ("Leave it empty when it concerns no patient."));
  cr_form_add_widget (self->form, _ ("_Patient"), self->patient);
  self->title_entry = cr_form_add_entry (self->form, _ ("_What is to be done"), NULL);
  self->person_drop = cr_form_add_choice (self->form, _ ("_For"), nobody);
  self->due_entry = cr_form_add_entry (self->form, _ ("_Due"), _ ("t, +1w, 12/5; empty: no day"));
  self->snooze_entry = cr_form_add_entry (self->form, _ ("_Show again on"), _ ("+1w; empty: shown at once"));
  self->note_entry = cr_form_add_entry (self->form, _ ("_Note"), NULL);
  cr_form_label_at_top (self->patient);
  gtk_entry_set_max_length (GTK_ENTRY (self->title_entry), LONGEST_TITLE);
  gtk_entry_set_max_length (GTK_ENTRY (self->note_entry), LONGEST_NOTE);
  gtk_widget_set_tooltip_text (self->snooze_entry, _ ("The task is out of the list until that day"));
  cr_patient_field_set_next (CR_PATIENT_FIELD (self->patient), self->title_entry);
  gtk_box_append (self->form_box, self->form);
}

static void
fill (CrTaskDialog *self, const CrPatient *patient)
{
  cr_patient_field_show (CR_PATIENT_FIELD (self->patient), patient);
  if (self->task->id != CR_ID_NONE && self->task->patient_id != CR_ID_NONE)
    cr_patient_field_fix (CR_PATIENT_FIELD (self->patient));
  fill_text (self->title_entry, self->task->title);
  fill_text (self->note_entry, self->task->note);
  fill_date (self->due_entry, self->task->due_on);
  fill_date (self->snooze_entry, self->task->snoozed_until);
  fill_people (self);
}

/* ---- kept until it is saved ---- */

static void
write_cb (CrUnsavedBar *unsaved, CrKeptForm *form, CrTaskDialog *self)
{
  cr_kept_form_set_number (form, "task", self->task->id);
  cr_kept_form_set_number (form, "subject", self->task->subject_id);
  cr_kept_form_set_number (form, "patient", cr_patient_field_get (CR_PATIENT_FIELD (self->patient)));
  cr_kept_form_set_number (form, "person", chosen_person (self));
  cr_kept_form_set_text (form, "title", cr_form_text (self->title_entry));
  cr_kept_form_set_text (form, "due", cr_form_text (self->due_entry));
  cr_kept_form_set_text (form, "snooze", cr_form_text (self->snooze_entry));
  cr_kept_form_set_text (form, "note", cr_form_text (self->note_entry));
}

static void
put_text (GtkWidget *entry, const CrKeptForm *form, const char *field)
{
  const char *text = cr_kept_form_get_text (form, field);
  if (text != NULL)
    fill_text (entry, text);
}

/* Who is not offered any more is not exchanged for somebody else unsaid. */
static void
choose_person (CrTaskDialog *self, CrId person)
{
  for (guint i = 0; i < self->people->len; i++)
    if (g_array_index (self->people, CrId, i) == person) {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->person_drop), i);
      return;
    }
  cr_form_set_question (self->person_drop, _ ("Who was chosen here is not offered any more. Choose anew."));
}

static void
put_back (CrTaskDialog *self, const CrKeptForm *form)
{
  CrId patient = cr_kept_form_get_number (form, "patient", CR_ID_NONE);
  if (self->task->id == CR_ID_NONE)
    self->task->subject_id = cr_kept_form_get_number (form, "subject", CR_ID_NONE);
  put_text (self->title_entry, form, "title");
  put_text (self->due_entry, form, "due");
  put_text (self->snooze_entry, form, "snooze");
  put_text (self->note_entry, form, "note");
  choose_person (self, cr_kept_form_get_number (form, "person", CR_ID_NONE));
  if (patient != cr_patient_field_get (CR_PATIENT_FIELD (self->patient)))
    cr_patient_field_choose (CR_PATIENT_FIELD (self->patient), patient);
}

/* ---- saving ---- */

static gboolean
check (GtkWidget *field, const char *problem)
{
  cr_form_set_problem (field, problem);
  return problem == NULL;
}

static gboolean
read_date (CrTaskDialog *self, GtkWidget *entry, CrDate *out)
{
  g_autoptr (GError) error = NULL;
  CrDateReading reading = { 0 };
  const char *typed = cr_form_text (entry);
  *out = CR_DATE_NONE;
  if (*typed == '\0')
    return check (entry, NULL);
  if (!cr_date_parse (typed, today_of (self), CR_DATE_FUTURE, CR_DATE_NONE, &reading, &error))
    return check (entry, error->message);
  *out = reading.date;
  return check (entry, cr_date_is_full (reading.date) ? NULL : _ ("Write the day: t, +1w, mon or 12/5."));
}

/* Each field says what is wrong with it. */
static gboolean
read_task (CrTaskDialog *self, CrTask *task)
{
  g_free (task->title);
  g_free (task->note);
  task->title = g_strdup (cr_form_text (self->title_entry));
  task->note = g_strdup (cr_form_text (self->note_entry));
  task->patient_id = cr_patient_field_get (CR_PATIENT_FIELD (self->patient));
  task->assignee_id = chosen_person (self);
  gboolean good =
      check (self->title_entry, cr_text_is_blank (task->title) ? _ ("Say what is to be done.") : NULL);
  good &= read_date (self, self->due_entry, &task->due_on);
  if (read_date (self, self->snooze_entry, &task->snoozed_until))
    good &= check (self->snooze_entry, cr_task_snooze_problem (task, today_of (self)));
  else
    good = FALSE;
  return good;
}

/* Only of days that are new; TRUE: nothing to ask, or it has been asked. */
static gboolean
ask (CrTaskDialog *self, const CrTask *task)
{
  gboolean due_new = cr_date_compare (task->due_on, self->task->due_on) != 0;
  gboolean snooze_new = cr_date_compare (task->snoozed_until, self->task->snoozed_until) != 0;
  const char *due = due_new ? cr_task_due_question (task, today_of (self)) : NULL;
  const char *snooze = due_new || snooze_new ? cr_task_snooze_question (task) : NULL;
  gboolean asked = self->asked;
  if (due == NULL && snooze == NULL)
    return TRUE;
  cr_form_set_question (self->due_entry, due);
  cr_form_set_question (self->snooze_entry, snooze);
  set_asked (self, TRUE);
  return asked;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrTaskDialog) self = data;
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
  cr_window_toast (self->window, _ ("The task is saved."), NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_cb (CrTaskDialog *self)
{
  g_autoptr (CrTask) task = cr_task_copy (self->task);
  say (self, NULL);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save_button)))
    return;
  if (!read_task (self, task) || !ask (self, task)) {
    cr_form_focus_problem (self->form);
    return;
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  cr_task_save_async (cr_window_get_session (self->window), task, saved_cb, g_object_ref (self));
}

static void
edited_cb (CrTaskDialog *self)
{
  set_asked (self, FALSE);
  cr_unsaved_bar_edited (self->unsaved);
}

static gboolean
close_request_cb (CrTaskDialog *self)
{
  return cr_unsaved_bar_ask (self->unsaved);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrTaskDialog *self)
{
  gboolean enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;
  if (enter && (state & GDK_CONTROL_MASK) != 0)
    save_cb (self);
  return enter && (state & GDK_CONTROL_MASK) != 0;
}

/* ---- class ---- */

static void
cr_task_dialog_finalize (GObject *object)
{
  CrTaskDialog *self = CR_TASK_DIALOG (object);
  g_clear_pointer (&self->task, cr_task_free);
  g_clear_pointer (&self->people, g_array_unref);
  G_OBJECT_CLASS (cr_task_dialog_parent_class)->finalize (object);
}

static void
cr_task_dialog_class_init (CrTaskDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = cr_task_dialog_finalize;
  g_type_ensure (CR_TYPE_UNSAVED_BAR);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/task-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, form_box);
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, message);
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, save_button);
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, unsaved);
}

static void
cr_task_dialog_init (CrTaskDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->people = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect (self->unsaved, "write", G_CALLBACK (write_cb), self);
  g_signal_connect_swapped (self->unsaved, "discard", G_CALLBACK (gtk_window_destroy), self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  cr_focus_on_escape (GTK_WIDGET (self), (void (*) (gpointer))gtk_window_close, self);
}

/* ---- opening ---- */

static void
watch (CrTaskDialog *self)
{
  GtkWidget *const entries[] = { self->title_entry, self->due_entry, self->snooze_entry, self->note_entry };
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_signal_connect_swapped (entries[i], "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->person_drop, "notify::selected", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->patient, "changed", G_CALLBACK (edited_cb), self);
}

/* kept: to be put back; NULL: nothing. */
static CrTaskDialog *
open_dialog (CrWindow *window, const CrTask *task, const CrPatient *patient, gboolean kept)
{
  CrTaskDialog *self = g_object_new (CR_TYPE_TASK_DIALOG, "transient-for", window, "title",
                                     task->id != CR_ID_NONE ? _ ("Change Task") : _ ("New Task"), NULL);
  self->window = window;
  self->task = cr_task_copy (task);
  build_form (self);
  fill (self, patient);
  cr_unsaved_bar_start (self->unsaved, cr_window_get_session (window), CR_FORM_TASK);
  g_autoptr (CrKeptForm) form = kept ? cr_unsaved_bar_take (self->unsaved) : NULL;
  if (form != NULL)
    put_back (self, form);
  watch (self);
  cr_focus_keep_typing (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

void
cr_task_dialog_present (CrWindow *window, const CrTask *task, const CrPatient *patient,
                        CrTaskDialogField field)
{
  CrTaskDialog *self = open_dialog (window, task, patient, FALSE);
  gtk_widget_grab_focus (field == CR_TASK_DIALOG_SNOOZE   ? self->snooze_entry
                         : field == CR_TASK_DIALOG_PERSON ? self->person_drop
                                                          : self->title_entry);
}

static void
present_kept (CrWindow *window, const CrTask *task)
{
  CrTaskDialog *self = open_dialog (window, task, NULL, TRUE);
  gtk_widget_grab_focus (self->title_entry);
  cr_focus_at_end (GTK_WINDOW (self));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrTask) task = cr_task_load_finish (CR_SESSION (source), result, &error);
  if (task == NULL) {
    cr_window_show_error (window, error);
    return;
  }
  if (cr_session_get_state (CR_SESSION (source)) == CR_SESSION_OPEN)
    present_kept (window, task);
}

void
cr_task_dialog_present_kept (CrWindow *window)
{
  CrSession *session = cr_window_get_session (window);
  g_autoptr (CrKeptForm) form = cr_session_get_kept_form (session, CR_FORM_TASK);
  CrId id = form != NULL ? cr_kept_form_get_number (form, "task", CR_ID_NONE) : CR_ID_NONE;
  g_autoptr (CrTask) task = cr_task_new ();
  if (id != CR_ID_NONE)
    cr_task_load_async (session, id, loaded_cb, g_object_ref (window));
  else if (form != NULL)
    present_kept (window, task);
}
