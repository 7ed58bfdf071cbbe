#include "src/ui/shell/task-dialog.h"
#include "src/ui/shell/focus.h"
#include "chartroom/base/text.h"
#include "chartroom/session/tasks.h"
#include <glib/gi18n.h>

struct _CrTaskDialog {
  GtkWindow parent;
  GtkLabel *patient_label, *message;
  GtkWidget *title_entry, *due_entry, *snooze_entry, *note_entry;
  GtkDropDown *person_drop;
  GtkButton *save_button;
  CrWindow *window; /* transient for it */
  CrTask *task;
  GArray *people; /* CrId per entry of person_drop; the first is none: anybody */
};

G_DEFINE_FINAL_TYPE (CrTaskDialog, cr_task_dialog, GTK_TYPE_WINDOW)

static void
say (CrTaskDialog *self, const char *problem, GtkWidget *field)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
  if (field != NULL)
    gtk_widget_grab_focus (field);
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
  gtk_drop_down_set_model (self->person_drop, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->person_drop, selected);
}

static void
fill_date (GtkWidget *entry, CrDate date)
{
  g_autofree char *text = cr_date_is_set (date) ? cr_date_format (date) : g_strdup ("");
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
fill (CrTaskDialog *self, const CrPatient *patient)
{
  g_autofree char *name = patient != NULL ? cr_window_name_of (self->window, patient) : NULL;
  gtk_label_set_label (self->patient_label, name != NULL ? name : _ ("Of no patient"));
  gtk_editable_set_text (GTK_EDITABLE (self->title_entry),
                         self->task->title != NULL ? self->task->title : "");
  gtk_editable_set_text (GTK_EDITABLE (self->note_entry), self->task->note != NULL ? self->task->note : "");
  fill_date (self->due_entry, self->task->due_on);
  fill_date (self->snooze_entry, self->task->snoozed_until);
  fill_people (self);
}

/* ---- saving ---- */

static gboolean
read_date (CrTaskDialog *self, GtkWidget *entry, CrDate *out)
{
  CrDate today = cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
  g_autoptr (GError) error = NULL;
  CrDateReading reading = { 0 };
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (entry));
  *out = CR_DATE_NONE;
  if (*typed == '\0')
    return TRUE;
  if (!cr_date_parse (typed, today, CR_DATE_FUTURE, CR_DATE_NONE, &reading, &error)) {
    say (self, error->message, entry);
    return FALSE;
  }
  if (!cr_date_is_full (reading.date)) {
    say (self, _ ("Write the day: t, +1w, mon or 12/5."), entry);
    return FALSE;
  }
  *out = reading.date;
  return TRUE;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrTaskDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (!saved) {
    say (self, error->message, NULL);
    return;
  }
  cr_window_toast (self->window, _ ("The task is saved."), NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_cb (CrTaskDialog *self)
{
  g_autoptr (CrTask) task = cr_task_copy (self->task);
  const char *title = gtk_editable_get_text (GTK_EDITABLE (self->title_entry));
  guint at = gtk_drop_down_get_selected (self->person_drop);
  say (self, NULL, NULL);
  if (*title == '\0') {
    say (self, _ ("Say what is to be done."), self->title_entry);
    return;
  }
  if (!read_date (self, self->due_entry, &task->due_on) ||
      !read_date (self, self->snooze_entry, &task->snoozed_until))
    return;
  g_free (task->title);
  g_free (task->note);
  task->title = g_strdup (title);
  task->note = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note_entry)));
  task->assignee_id = at < self->people->len ? g_array_index (self->people, CrId, at) : CR_ID_NONE;
  cr_task_save_async (cr_window_get_session (self->window), task, saved_cb, g_object_ref (self));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrTaskDialog *self)
{
  gboolean enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;
  if (enter && (state & GDK_CONTROL_MASK) != 0)
    save_cb (self);
  return enter && (state & GDK_CONTROL_MASK) != 0;
}

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
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/task-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, patient_label);
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, message);
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, title_entry);
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, due_entry);
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, snooze_entry);
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, note_entry);
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, person_drop);
  gtk_widget_class_bind_template_child (widget, CrTaskDialog, save_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_task_dialog_init (CrTaskDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *entries[4];
  gtk_widget_init_template (GTK_WIDGET (self));
  self->people = g_array_new (FALSE, FALSE, sizeof (CrId));
  entries[0] = self->title_entry;
  entries[1] = self->due_entry;
  entries[2] = self->snooze_entry;
  entries[3] = self->note_entry;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_signal_connect_swapped (entries[i], "activate", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
cr_task_dialog_present (CrWindow *window, const CrTask *task, const CrPatient *patient,
                        CrTaskDialogField field)
{
  CrTaskDialog *self = g_object_new (CR_TYPE_TASK_DIALOG, "transient-for", window, "title",
                                     task->id != CR_ID_NONE ? _ ("Change Task") : _ ("New Task"), NULL);
  self->window = window;
  self->task = cr_task_copy (task);
  fill (self, patient);
  cr_focus_keep_typing (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (field == CR_TASK_DIALOG_SNOOZE   ? self->snooze_entry
                         : field == CR_TASK_DIALOG_PERSON ? GTK_WIDGET (self->person_drop)
                                                          : self->title_entry);
}
