#include "src/ui/shell/password-dialog.h"
#include "chartroom/base/text.h"
#include "chartroom/session/administration.h"
#include <glib/gi18n.h>

struct _CrPasswordDialog {
  GtkWindow parent;
  GtkLabel *intro_label, *old_label, *problem_label;
  GtkPasswordEntry *old_entry, *password_entry, *again_entry;
  GtkLevelBar *strength;
  GtkSpinner *spinner;
  GtkButton *done_button;
  CrSession *session;
  CrPerson *person;
  gboolean own;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPasswordDialog, cr_password_dialog, GTK_TYPE_WINDOW)

static const char *
text_of (gpointer entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
set_problem (CrPasswordDialog *self, const char *problem, gpointer field)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  if (field != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (field));
}

static void
set_busy (CrPasswordDialog *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->done_button), !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
finish (CrPasswordDialog *self, gboolean had_pin)
{
  g_autofree char *name = cr_person_formal (self->person);
  g_autofree char *sentence =
      !self->person->active
          ? g_strdup_printf (_ ("%s can sign in again, as “%s”."), name, self->person->login)
      : !self->own ? g_strdup_printf (_ ("%s has a new password. Tell it to nobody else."), name)
      : had_pin
          ? g_strdup (_ ("Your password is changed. Your PIN went with it; Preferences gives a new one."))
          : g_strdup (_ ("Your password is changed. Sign in with the new one from now on."));
  g_signal_emit (self, signals[CHANGED], 0, sentence);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
take_refusal (CrPasswordDialog *self, const GError *error)
{
  set_busy (self, FALSE);
  if (self->own && g_error_matches (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD)) {
    gtk_editable_set_text (GTK_EDITABLE (self->old_entry), "");
    set_problem (self, _ ("The present password is not right. Type it again."), self->old_entry);
  } else {
    set_problem (self, error->message, NULL);
  }
}

typedef struct {
  CrPasswordDialog *self;
  gboolean had_pin;
} Answer;

static void
set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Answer *answer = data;
  g_autoptr (CrPasswordDialog) self = answer->self;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile */
    return;
  if (done)
    finish (self, answer->had_pin);
  else
    take_refusal (self, error);
}

static void
start (CrPasswordDialog *self)
{
  Answer *answer = g_new0 (Answer, 1);
  *answer = (Answer){ g_object_ref (self), self->own && cr_session_has_pin (self->session) };
  set_problem (self, NULL, NULL);
  set_busy (self, TRUE);
  if (self->own)
    cr_session_change_password_async (self->session, text_of (self->old_entry),
                                      text_of (self->password_entry), set_cb, answer);
  else if (!self->person->active)
    cr_admin_restore_person_async (self->session, self->person->id, text_of (self->password_entry), set_cb,
                                   answer);
  else
    cr_admin_set_password_async (self->session, self->person->id, text_of (self->password_entry), set_cb,
                                 answer);
}

static void
done_cb (CrPasswordDialog *self)
{
  const char *password = text_of (self->password_entry), *weak = cr_session_password_weakness (password);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->done_button)))
    return;
  if (self->own && cr_str_empty (text_of (self->old_entry)))
    set_problem (self, _ ("Type the password you sign in with now."), self->old_entry);
  else if (weak != NULL)
    set_problem (self, weak, self->password_entry);
  else if (g_strcmp0 (password, text_of (self->again_entry)) != 0)
    set_problem (self, _ ("The two passwords differ. Type the new one again."), self->again_entry);
  else
    start (self);
}

static void
changed_cb (CrPasswordDialog *self)
{
  set_problem (self, NULL, NULL);
  gtk_level_bar_set_value (self->strength,
                           cr_session_password_strength (text_of (self->password_entry)) / 100.0);
}

static void
cr_password_dialog_dispose (GObject *object)
{
  CrPasswordDialog *self = CR_PASSWORD_DIALOG (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->person, cr_person_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_PASSWORD_DIALOG);
  G_OBJECT_CLASS (cr_password_dialog_parent_class)->dispose (object);
}

static void
cr_password_dialog_class_init (CrPasswordDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_password_dialog_dispose;
  signals[CHANGED] = g_signal_new ("changed", CR_TYPE_PASSWORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/shell/password-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrPasswordDialog, intro_label);
  gtk_widget_class_bind_template_child (widget, CrPasswordDialog, old_label);
  gtk_widget_class_bind_template_child (widget, CrPasswordDialog, old_entry);
  gtk_widget_class_bind_template_child (widget, CrPasswordDialog, password_entry);
  gtk_widget_class_bind_template_child (widget, CrPasswordDialog, again_entry);
  gtk_widget_class_bind_template_child (widget, CrPasswordDialog, strength);
  gtk_widget_class_bind_template_child (widget, CrPasswordDialog, problem_label);
  gtk_widget_class_bind_template_child (widget, CrPasswordDialog, spinner);
  gtk_widget_class_bind_template_child (widget, CrPasswordDialog, done_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_password_dialog_init (CrPasswordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->done_button, "clicked", G_CALLBACK (done_cb), self);
  g_signal_connect_swapped (self->old_entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->password_entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->again_entry, "changed", G_CALLBACK (changed_cb), self);
}

static char *
describe (CrPasswordDialog *self)
{
  g_autofree char *name = cr_person_formal (self->person);
  const char *login = self->person->login;
  if (self->own)
    return g_strdup_printf (_ ("The password with which you, %s, sign in as “%s”."), name, login);
  if (!self->person->active)
    return g_strdup_printf (_ ("%s signs in as “%s” again, with this password and the role of before. It is "
                               "recorded in the audit."),
                            name, login);
  return g_strdup_printf (_ ("%s signs in as “%s” with this password from now on; the one before no longer "
                             "works. It is recorded in the audit."),
                          name, login);
}

static void
show_person (CrPasswordDialog *self)
{
  g_autofree char *name = cr_person_formal (self->person), *intro = describe (self);
  g_autofree char *title = self->own              ? g_strdup (_ ("Change Password"))
                           : self->person->active ? g_strdup_printf (_ ("New Password for %s"), name)
                                                  : g_strdup_printf (_ ("Access Again for %s"), name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->intro_label, intro);
  gtk_button_set_label (self->done_button, self->own              ? _ ("Change Pass_word")
                                           : self->person->active ? _ ("Set Pass_word")
                                                                  : _ ("_Give Access Back"));
  gtk_widget_set_visible (GTK_WIDGET (self->old_label), self->own);
  gtk_widget_set_visible (GTK_WIDGET (self->old_entry), self->own);
}

CrPasswordDialog *
cr_password_dialog_present (GtkWindow *over, CrSession *session, const CrPerson *person)
{
  CrPasswordDialog *self = g_object_new (CR_TYPE_PASSWORD_DIALOG, "transient-for", over, NULL);
  const CrPerson *own = cr_session_get_person (session);
  self->session = g_object_ref (session);
  self->person = cr_person_copy (person);
  self->own = own != NULL && own->id == person->id;
  show_person (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->own ? self->old_entry : self->password_entry));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
