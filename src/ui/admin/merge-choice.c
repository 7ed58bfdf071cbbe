#include "src/ui/admin/merge-choice.h"
#include "src/ui/admin/merge-dialog.h"
#include "src/ui/chart/line.h"
#include "src/ui/schedule/patient-picker.h"
#include "chartroom/domain/merge-rules.h"
#include <glib/gi18n.h>

struct _CrMergeChoice {
  GtkWindow parent;
  GtkLabel *ask_label, *problem_label;
  GtkBox *kept_box;
  GtkWidget *kept_row;
  CrPatientPicker *picker;
  GtkButton *other_button;
  CrWindow *window;
  CrPatient *kept; /* NULL: not chosen yet */
  guint asked;     /* counts choices: only the newest answer counts */
};

G_DEFINE_FINAL_TYPE (CrMergeChoice, cr_merge_choice, GTK_TYPE_WINDOW)

static void
say (CrMergeChoice *self, const char *problem)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
}

static void
ask (CrMergeChoice *self)
{
  CrSession *session = cr_window_get_session (self->window);
  cr_line_clear (GTK_WIDGET (self->kept_box));
  if (self->kept != NULL) {
    g_autofree char *name = cr_patient_name_display (self->kept);
    gtk_box_append (self->kept_box,
                    cr_line_patient (self->kept, name, cr_clock_today (cr_session_get_clock (session))));
  }
  gtk_widget_set_visible (self->kept_row, self->kept != NULL);
  gtk_label_set_label (self->ask_label, self->kept == NULL ? _ ("Find the chart that is kept.")
                                                           : _ ("Find the chart that becomes part of it."));
  cr_patient_picker_start (self->picker, session);
  gtk_widget_grab_focus (GTK_WIDGET (self->picker));
}

static void
take (CrMergeChoice *self, const CrPatient *patient)
{
  if (self->kept == NULL) {
    self->kept = cr_patient_copy (patient);
    ask (self);
    return;
  }
  g_autofree char *objection = cr_merge_objection (self->kept, patient);
  if (objection != NULL) {
    ask (self);
    say (self, objection);
    return;
  }
  cr_merge_dialog_present (gtk_window_get_transient_for (GTK_WINDOW (self)), self->window, self->kept->id,
                           patient->id);
  gtk_window_close (GTK_WINDOW (self));
}

typedef struct {
  CrMergeChoice *self;
  guint number;
} Question;

static void
patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (CrMergeChoice) self = question->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  if (question->number != self->asked || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  say (self, error != NULL ? error->message : NULL);
  if (chart != NULL)
    take (self, cr_chart_get_records (chart)->patient);
}

static void
picked_cb (CrPatientPicker *picker, gint64 patient, CrMergeChoice *self)
{
  Question *question = g_new0 (Question, 1);
  *question = (Question){ g_object_ref (self), ++self->asked };
  cr_chart_open_office_async (cr_window_get_session (self->window), patient, "merge", patient_cb, question);
}

static void
other_cb (CrMergeChoice *self)
{
  self->asked++;
  g_clear_pointer (&self->kept, cr_patient_free);
  say (self, NULL);
  ask (self);
}

/* Before the search, which would keep Escape for itself. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrMergeChoice *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_window_close (GTK_WINDOW (self));
  return GDK_EVENT_STOP;
}

static void
cr_merge_choice_dispose (GObject *object)
{
  CrMergeChoice *self = CR_MERGE_CHOICE (object);
  g_clear_pointer (&self->kept, cr_patient_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_MERGE_CHOICE);
  G_OBJECT_CLASS (cr_merge_choice_parent_class)->dispose (object);
}

static void
cr_merge_choice_class_init (CrMergeChoiceClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_merge_choice_dispose;
  g_type_ensure (CR_TYPE_PATIENT_PICKER);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/merge-choice.ui");
  gtk_widget_class_bind_template_child (widget, CrMergeChoice, ask_label);
  gtk_widget_class_bind_template_child (widget, CrMergeChoice, problem_label);
  gtk_widget_class_bind_template_child (widget, CrMergeChoice, kept_box);
  gtk_widget_class_bind_template_child (widget, CrMergeChoice, kept_row);
  gtk_widget_class_bind_template_child (widget, CrMergeChoice, picker);
  gtk_widget_class_bind_template_child (widget, CrMergeChoice, other_button);
}

static void
cr_merge_choice_init (CrMergeChoice *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self->picker, "picked", G_CALLBACK (picked_cb), self);
  g_signal_connect_swapped (self->other_button, "clicked", G_CALLBACK (other_cb), self);
}

void
cr_merge_choice_present (GtkWindow *over, CrWindow *window)
{
  CrMergeChoice *self = g_object_new (CR_TYPE_MERGE_CHOICE, "transient-for", over, NULL);
  self->window = window;
  gtk_window_present (GTK_WINDOW (self));
  ask (self);
}
