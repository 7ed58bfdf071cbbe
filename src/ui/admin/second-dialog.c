#include "src/ui/admin/second-dialog.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

struct _CrSecondDialog {
  GtkWindow parent;
  GtkLabel *what_label, *problem_label;
  GtkEntry *name_entry;
  GtkPasswordEntry *password_entry;
  GtkSpinner *spinner;
  GtkButton *sign_button;
  CrSession *session;
  char *purpose;
};

enum { SIGNED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrSecondDialog, cr_second_dialog, GTK_TYPE_WINDOW)

static void
set_problem (CrSecondDialog *self, const char *problem, gpointer field)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  if (field != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (field));
}

static void
set_busy (CrSecondDialog *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_button), !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSecondDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrSecondPerson) person = cr_second_person_sign_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile */
    return;
  set_busy (self, FALSE);
  if (person == NULL) {
    gtk_editable_set_text (GTK_EDITABLE (self->password_entry), "");
    set_problem (self, error->message, self->password_entry);
    return;
  }
  g_signal_emit (self, signals[SIGNED], 0, person);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
sign_cb (CrSecondDialog *self)
{
  g_autofree char *name = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->name_entry)));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_entry));
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->sign_button)))
    return;
  if (cr_str_empty (name)) {
    set_problem (self, _ ("Type the name with which the second person signs in."), self->name_entry);
    return;
  }
  if (cr_str_empty (password)) {
    set_problem (self, _ ("The second person types the own password."), self->password_entry);
    return;
  }
  set_problem (self, NULL, NULL);
  set_busy (self, TRUE);
  cr_second_person_sign_async (self->session, name, password, self->purpose, signed_cb, g_object_ref (self));
}

static void
next_cb (CrSecondDialog *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

static void
cr_second_dialog_dispose (GObject *object)
{
  CrSecondDialog *self = CR_SECOND_DIALOG (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->purpose, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_SECOND_DIALOG);
  G_OBJECT_CLASS (cr_second_dialog_parent_class)->dispose (object);
}

static void
cr_second_dialog_class_init (CrSecondDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_second_dialog_dispose;
  signals[SIGNED] = g_signal_new ("signed", CR_TYPE_SECOND_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, CR_TYPE_SECOND_PERSON);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/second-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrSecondDialog, what_label);
  gtk_widget_class_bind_template_child (widget, CrSecondDialog, name_entry);
  gtk_widget_class_bind_template_child (widget, CrSecondDialog, password_entry);
  gtk_widget_class_bind_template_child (widget, CrSecondDialog, problem_label);
  gtk_widget_class_bind_template_child (widget, CrSecondDialog, spinner);
  gtk_widget_class_bind_template_child (widget, CrSecondDialog, sign_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_second_dialog_init (CrSecondDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (sign_cb), self);
  g_signal_connect_swapped (self->name_entry, "activate", G_CALLBACK (next_cb), self);
}

CrSecondDialog *
cr_second_dialog_present (GtkWindow *over, CrSession *session, const char *what, const char *purpose,
                          const char *verb)
{
  CrSecondDialog *self = g_object_new (CR_TYPE_SECOND_DIALOG, "transient-for", over, NULL);
  self->session = g_object_ref (session);
  self->purpose = g_strdup (purpose);
  gtk_label_set_label (self->what_label, what);
  gtk_button_set_label (self->sign_button, verb);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
