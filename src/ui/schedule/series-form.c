#include "src/ui/schedule/series-form.h"
#include <glib/gi18n.h>

typedef struct {
  GtkWidget *dialog; /* keeps the form */
  CrSeriesForm *form;
  guint number;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->dialog);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *below = gtk_window_get_transient_for (GTK_WINDOW (widget));
  if (CR_IS_WINDOW (below))
    cr_session_lock (cr_window_get_session (CR_WINDOW (below)));
}

void
cr_series_form_install (GtkWidgetClass *klass, GtkWidgetActionActivateFunc save)
{
  const GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;
  gtk_widget_class_install_action (klass, "series.save", NULL, save);
  gtk_widget_class_install_action (klass, "series.lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_l, both, "series.lock", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Return, GDK_CONTROL_MASK, "series.save", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "series.save", NULL);
}

CrSession *
cr_series_form_session (CrSeriesForm *self)
{
  return cr_window_get_session (self->window);
}

void
cr_series_form_say (CrSeriesForm *self, const char *problem)
{
  gtk_label_set_label (self->error_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), problem != NULL);
}

gboolean
cr_series_form_begin (CrSeriesForm *self, const char *problem)
{
  self->asked++;
  cr_series_form_say (self, problem);
  if (problem != NULL)
    cr_occurrence_list_fill (self->preview, cr_series_form_session (self), NULL);
  return problem == NULL;
}

gpointer
cr_series_form_asked (CrSeriesForm *self, GtkWidget *dialog)
{
  Question *question = g_new0 (Question, 1);
  *question = (Question){ g_object_ref (dialog), self, self->asked };
  return question;
}

void
cr_series_form_previewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CrSeriesForm *self = question->form;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) occurrences = cr_series_preview_finish (result, &error);
  if (question->number != self->asked || self->window == NULL)
    return;
  if (occurrences == NULL)
    cr_series_form_say (self, error->message);
  cr_occurrence_list_fill (self->preview, cr_series_form_session (self), g_steal_pointer (&occurrences));
}

void
cr_series_form_count (CrSeriesForm *self, GtkButton *button, char *label, char *summary)
{
  guint all;
  gboolean any = cr_occurrence_list_count (self->preview, &all) > 0;
  gtk_label_set_label (self->summary_label, summary);
  gtk_button_set_label (button, label);
  gtk_button_set_use_underline (button, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (button), any && !self->busy);
  g_free (label);
  g_free (summary);
}

void
cr_series_form_close (CrSeriesForm *self, GtkWidget *dialog, const char *toast)
{
  cr_window_toast (self->window, toast, _ ("Undo"), "win.undo");
  gtk_window_destroy (GTK_WINDOW (dialog));
}
