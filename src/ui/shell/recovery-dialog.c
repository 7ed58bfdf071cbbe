#include "src/ui/shell/recovery-dialog.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrRecoveryDialog {
  GtkWindow parent;
  GtkEntry *code_entry, *name_entry;
  GtkPasswordEntry *password_entry, *again_entry;
  GtkLabel *problem_label;
  GtkSpinner *spinner;
  GtkButton *cancel_button, *done_button;
  CrSession *session;
  char *folder;
};

enum { RECOVERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrRecoveryDialog, cr_recovery_dialog, GTK_TYPE_WINDOW)

static void
set_problem (CrRecoveryDialog *self, const char *problem, gpointer field)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  if (field != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (field));
}

static void
set_busy (CrRecoveryDialog *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->done_button), !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static const char *
text_of (gpointer entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrRecoveryDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile */
    return;
  set_busy (self, FALSE);
  if (!done) {
    set_problem (self, error->message, NULL);
    return;
  }
  g_signal_emit (self, signals[RECOVERED], 0, text_of (self->name_entry));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
done_cb (CrRecoveryDialog *self)
{
  g_autofree char *name = cr_text_trim (text_of (self->name_entry));
  const char *password = text_of (self->password_entry), *weak = cr_session_password_weakness (password);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->done_button)))
    return;
  if (cr_str_empty (text_of (self->code_entry)))
    set_problem (self, _ ("Type the code as it stands on the recovery sheet."), self->code_entry);
  else if (cr_str_empty (name))
    set_problem (self, _ ("Type the name an administrator signs in with."), self->name_entry);
  else if (weak != NULL)
    set_problem (self, weak, self->password_entry);
  else if (g_strcmp0 (password, text_of (self->again_entry)) != 0)
    set_problem (self, _ ("The two passwords differ. Type the new one again."), self->again_entry);
  else {
    set_problem (self, NULL, NULL);
    set_busy (self, TRUE);
    cr_session_recover_async (self->session, self->folder, text_of (self->code_entry), name, password,
                              recovered_cb, g_object_ref (self));
  }
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static void
cr_recovery_dialog_dispose (GObject *object)
{
  CrRecoveryDialog *self = CR_RECOVERY_DIALOG (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->folder, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_RECOVERY_DIALOG);
  G_OBJECT_CLASS (cr_recovery_dialog_parent_class)->dispose (object);
}

static void
cr_recovery_dialog_class_init (CrRecoveryDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_recovery_dialog_dispose;
  signals[RECOVERED] = g_signal_new ("recovered", CR_TYPE_RECOVERY_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/shell/recovery-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrRecoveryDialog, code_entry);
  gtk_widget_class_bind_template_child (widget, CrRecoveryDialog, name_entry);
  gtk_widget_class_bind_template_child (widget, CrRecoveryDialog, password_entry);
  gtk_widget_class_bind_template_child (widget, CrRecoveryDialog, again_entry);
  gtk_widget_class_bind_template_child (widget, CrRecoveryDialog, problem_label);
  gtk_widget_class_bind_template_child (widget, CrRecoveryDialog, spinner);
  gtk_widget_class_bind_template_child (widget, CrRecoveryDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrRecoveryDialog, done_button);
  gtk_widget_class_add_binding (widget, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
cr_recovery_dialog_init (CrRecoveryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->done_button, "clicked", G_CALLBACK (done_cb), self);
}

CrRecoveryDialog *
cr_recovery_dialog_present (GtkWindow *over, CrSession *session, const char *folder)
{
  CrRecoveryDialog *self = g_object_new (CR_TYPE_RECOVERY_DIALOG, "transient-for", over, NULL);
  self->session = g_object_ref (session);
  self->folder = g_strdup (folder);
  gtk_widget_grab_focus (GTK_WIDGET (self->code_entry));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
