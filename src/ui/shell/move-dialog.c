#include "src/ui/shell/move-dialog.h"
#include "src/ui/chart/line.h"
#include "src/ui/schedule/patient-picker.h"
#include <glib/gi18n.h>

struct _CrMoveDialog {
  GtkWindow parent;
  GtkBox *patient_box, *to_box;
  GtkWidget *to_row;
  GtkLabel *what_label, *problem_label;
  CrPatientPicker *picker;
  GtkButton *other_button, *move_button;
  CrWindow *window; /* transient for it */
  const CrRecordClass *klass;
  CrId id;
  CrPatient *to; /* NULL: not chosen yet */
  guint asked;   /* counts choices: only the newest answer counts */
};

G_DEFINE_FINAL_TYPE (CrMoveDialog, cr_move_dialog, GTK_TYPE_WINDOW)

static void
say (CrMoveDialog *self, const char *problem)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
}

static GtkWidget *
make_identity (CrMoveDialog *self, const CrPatient *patient)
{
  g_autofree char *name = cr_patient_name_display (patient);
  return cr_line_patient (patient, name,
                          cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window))));
}

/* ---- the choice ---- */

static void
show_choice (CrMoveDialog *self)
{
  gboolean chosen = self->to != NULL;
  cr_line_clear (GTK_WIDGET (self->to_box));
  if (chosen)
    gtk_box_append (self->to_box, make_identity (self, self->to));
  gtk_widget_set_visible (self->to_row, chosen);
  gtk_widget_set_visible (GTK_WIDGET (self->picker), !chosen);
  gtk_widget_set_sensitive (GTK_WIDGET (self->move_button), chosen);
  if (chosen)
    gtk_widget_grab_focus (GTK_WIDGET (self->move_button));
}

typedef struct {
  CrMoveDialog *self;
  guint number;
} Question;

static void
patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (CrMoveDialog) self = question->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  if (question->number != self->asked || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  say (self, error != NULL ? error->message : NULL);
  g_clear_pointer (&self->to, cr_patient_free);
  if (chart != NULL)
    self->to = cr_patient_copy (cr_chart_get_records (chart)->patient);
  show_choice (self);
}

static void
picked_cb (CrPatientPicker *picker, gint64 patient, CrMoveDialog *self)
{
  Question *question = g_new0 (Question, 1);
  *question = (Question){ g_object_ref (self), ++self->asked };
  cr_chart_open_office_async (cr_window_get_session (self->window), patient, "move", patient_cb, question);
}

static void
other_cb (CrMoveDialog *self)
{
  g_clear_pointer (&self->to, cr_patient_free);
  say (self, NULL);
  show_choice (self);
  cr_patient_picker_start (self->picker, cr_window_get_session (self->window));
  gtk_widget_child_focus (GTK_WIDGET (self->picker), GTK_DIR_TAB_FORWARD);
}

/* ---- moving ---- */

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrMoveDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean moved = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->move_button), TRUE);
  say (self, error != NULL ? error->message : NULL);
  if (!moved)
    return;
  g_autofree char *name = cr_window_name_of (self->window, self->to);
  g_autofree char *text = g_strdup_printf (_ ("Moved to the chart of %s"), name);
  cr_window_toast (self->window, text, NULL, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
move_cb (CrMoveDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->move_button), FALSE);
  cr_draft_move_async (cr_window_get_session (self->window), self->klass, self->id, self->to->id, moved_cb,
                       g_object_ref (self));
}

/* ---- class ---- */

static void
cr_move_dialog_dispose (GObject *object)
{
  CrMoveDialog *self = CR_MOVE_DIALOG (object);
  g_clear_pointer (&self->to, cr_patient_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_MOVE_DIALOG);
  G_OBJECT_CLASS (cr_move_dialog_parent_class)->dispose (object);
}

static void
cr_move_dialog_class_init (CrMoveDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_move_dialog_dispose;
  g_type_ensure (CR_TYPE_PATIENT_PICKER);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/move-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrMoveDialog, patient_box);
  gtk_widget_class_bind_template_child (widget, CrMoveDialog, to_box);
  gtk_widget_class_bind_template_child (widget, CrMoveDialog, to_row);
  gtk_widget_class_bind_template_child (widget, CrMoveDialog, what_label);
  gtk_widget_class_bind_template_child (widget, CrMoveDialog, problem_label);
  gtk_widget_class_bind_template_child (widget, CrMoveDialog, picker);
  gtk_widget_class_bind_template_child (widget, CrMoveDialog, other_button);
  gtk_widget_class_bind_template_child (widget, CrMoveDialog, move_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_move_dialog_init (CrMoveDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->picker, "picked", G_CALLBACK (picked_cb), self);
  g_signal_connect_swapped (self->other_button, "clicked", G_CALLBACK (other_cb), self);
  g_signal_connect_swapped (self->move_button, "clicked", G_CALLBACK (move_cb), self);
}

CrMoveDialog *
cr_move_dialog_present (CrWindow *window, const CrPatient *from, const char *what, const CrRecordClass *klass,
                        CrId id)
{
  CrMoveDialog *self = g_object_new (CR_TYPE_MOVE_DIALOG, "transient-for", window, NULL);
  self->window = window;
  self->klass = klass;
  self->id = id;
  gtk_box_append (self->patient_box, make_identity (self, from));
  gtk_label_set_label (self->what_label, what);
  gtk_window_present (GTK_WINDOW (self));
  other_cb (self);
  return self;
}
