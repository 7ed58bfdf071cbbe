#include "src/ui/chart/reason-dialog.h"
#include "src/ui/chart/line.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrReasonDialog {
  GtkWindow parent;
  GtkBox *patient_box;
  GtkLabel *subject_label, *explanation_label, *problem_label;
  GtkEntry *entry;
  GtkButton *cancel_button, *done_button;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrReasonDialog, cr_reason_dialog, GTK_TYPE_WINDOW)

static void
set_problem (CrReasonDialog *self, const char *problem)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
}

static void
done_cb (CrReasonDialog *self)
{
  g_autofree char *reason = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  if (cr_str_empty (reason)) {
    set_problem (self, _ ("Write the reason; it stays in the history."));
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
    return;
  }
  set_problem (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->done_button), FALSE);
  g_signal_emit (self, signals[CHOSEN], 0, reason);
}

/* Esc never throws away what was typed. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  CrReasonDialog *self = CR_REASON_DIALOG (widget);
  if (cr_str_empty (gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    gtk_window_close (GTK_WINDOW (self));
  else
    set_problem (self, _ ("Your reason is still here. Choose Cancel to leave without it."));
  return GDK_EVENT_STOP;
}

static void
cr_reason_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_REASON_DIALOG);
  G_OBJECT_CLASS (cr_reason_dialog_parent_class)->dispose (object);
}

static void
cr_reason_dialog_class_init (CrReasonDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_reason_dialog_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", CR_TYPE_REASON_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/chart/reason-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrReasonDialog, patient_box);
  gtk_widget_class_bind_template_child (widget, CrReasonDialog, subject_label);
  gtk_widget_class_bind_template_child (widget, CrReasonDialog, explanation_label);
  gtk_widget_class_bind_template_child (widget, CrReasonDialog, problem_label);
  gtk_widget_class_bind_template_child (widget, CrReasonDialog, entry);
  gtk_widget_class_bind_template_child (widget, CrReasonDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrReasonDialog, done_button);
  gtk_widget_class_add_binding (widget, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
cr_reason_dialog_init (CrReasonDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->done_button, "clicked", G_CALLBACK (done_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (done_cb), self);
}

CrReasonDialog *
cr_reason_dialog_present (CrWindow *window, CrChart *chart, const char *title, const char *subject,
                          const char *explanation, const char *verb)
{
  CrReasonDialog *self = g_object_new (CR_TYPE_REASON_DIALOG, "transient-for", window, "title", title, NULL);
  CrDate today = cr_clock_today (cr_session_get_clock (cr_window_get_session (window)));
  if (chart != NULL) {
    const CrPatient *patient = cr_chart_get_records (chart)->patient;
    g_autofree char *name = cr_window_name_of (window, patient);
    gtk_box_append (self->patient_box, cr_line_patient (patient, name, today));
  }
  gtk_label_set_label (self->subject_label, subject);
  gtk_label_set_label (self->explanation_label, explanation);
  gtk_button_set_label (self->done_button, verb);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

void
cr_reason_dialog_answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrReasonDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile */
    return;
  if (done) {
    gtk_window_destroy (GTK_WINDOW (self));
    return;
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->done_button), TRUE);
  set_problem (self, error->message);
}
