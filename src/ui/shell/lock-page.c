#include "src/ui/shell/lock-page.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/recovery-dialog.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define LONGEST_WAIT 30 /* seconds between tries; never a lockout that denies care */

struct _CrLockPage {
  GtkWidget parent;
  GtkWidget *root;
  GtkLabel *practice_label, *heading, *message, *folder_label;
  GtkEntry *name_entry,
      *older_entry; /* older_entry: why an older copy is gone on with; hidden till it is one */
  GtkLabel *older_label;
  GtkPasswordEntry *password_entry;
  GtkSpinner *spinner;
  GtkButton *sign_in_button, *open_button, *setup_button, *recovery_button;
  CrSession *session;
  char *folder;
  gboolean locked;
  guint wait; /* seconds after the last wrong try */
  guint wait_timer;
};

enum { OPEN_OTHER, SET_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrLockPage, cr_lock_page, GTK_TYPE_WIDGET)

static void
set_busy (CrLockPage *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->name_entry), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password_entry), !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static gboolean
wait_over_cb (gpointer data)
{
  CrLockPage *self = data;
  self->wait_timer = 0;
  set_busy (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
  return G_SOURCE_REMOVE;
}

static void
ask_why_older (CrLockPage *self, gboolean ask)
{
  gtk_widget_set_visible (GTK_WIDGET (self->older_label), ask);
  gtk_widget_set_visible (GTK_WIDGET (self->older_entry), ask);
  if (!ask)
    gtk_editable_set_text (GTK_EDITABLE (self->older_entry), "");
}

static void
take_refusal (CrLockPage *self, const GError *error)
{
  cr_lock_page_say (self, error->message);
  if (g_error_matches (error, CR_ERROR, CR_ERROR_OLDER_COPY)) { /* the password was right: it stays */
    ask_why_older (self, TRUE);
    set_busy (self, FALSE);
    gtk_widget_grab_focus (GTK_WIDGET (self->older_entry));
    return;
  }
  gtk_editable_set_text (GTK_EDITABLE (self->password_entry), "");
  if (!g_error_matches (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD)) {
    set_busy (self, FALSE);
    return;
  }
  self->wait = self->wait == 0 ? 1 : MIN (self->wait * 2, LONGEST_WAIT);
  self->wait_timer = g_timeout_add_seconds (self->wait, wait_over_cb, self);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrLockPage) self = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error)) {
    take_refusal (self, error);
    return;
  }
  self->wait = 0;
  gtk_editable_set_text (GTK_EDITABLE (self->password_entry), "");
  ask_why_older (self, FALSE);
  set_busy (self, FALSE);
}

/* Without a practice there is nothing to sign in to: the way to one has the focus. */
static gboolean
lacks_practice (CrLockPage *self)
{
  return !self->locked && self->folder == NULL;
}

static void
ask_for_practice (CrLockPage *self)
{
  cr_lock_page_say (self, _ ("No practice is chosen yet. Open one, or set up a new one, with the buttons "
                             "below; then sign in to it."));
  gtk_widget_grab_focus (GTK_WIDGET (self->setup_button));
}

static void
show_ways (CrLockPage *self)
{
  gboolean none = lacks_practice (self);
  GtkWidget *ways[] = { GTK_WIDGET (self->open_button), GTK_WIDGET (self->setup_button) };
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (none)
      gtk_widget_remove_css_class (ways[i], "link-like");
    else
      gtk_widget_add_css_class (ways[i], "link-like");
  gtk_widget_remove_css_class (none ? GTK_WIDGET (self->sign_in_button) : ways[1], "suggested-action");
  gtk_widget_add_css_class (none ? ways[1] : GTK_WIDGET (self->sign_in_button), "suggested-action");
  gtk_widget_set_visible (GTK_WIDGET (self->open_button), !self->locked);
  gtk_widget_set_visible (GTK_WIDGET (self->setup_button), !self->locked);
  gtk_widget_set_visible (GTK_WIDGET (self->recovery_button), !self->locked && !none);
}

static void
sign_in_cb (CrLockPage *self)
{
  g_autofree char *name = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->name_entry)));
  g_autofree char *why = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->older_entry)));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_entry));
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->sign_in_button)))
    return;
  if (lacks_practice (self)) {
    ask_for_practice (self);
    return;
  }
  if (cr_str_empty (name) || cr_str_empty (password)) {
    cr_lock_page_say (self, _ ("Type your name and your password."));
    gtk_widget_grab_focus (cr_str_empty (name) ? GTK_WIDGET (self->name_entry)
                                               : GTK_WIDGET (self->password_entry));
    return;
  }
  cr_lock_page_say (self, NULL);
  set_busy (self, TRUE);
  if (self->locked)
    cr_session_unlock_async (self->session, name, password, signed_in_cb, g_object_ref (self));
  else
    cr_session_open_older_async (self->session, self->folder, name, password, cr_str_empty (why) ? NULL : why,
                                 signed_in_cb, g_object_ref (self));
}

static void
name_activated_cb (CrLockPage *self)
{
  if (lacks_practice (self))
    ask_for_practice (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

static void
open_other_cb (CrLockPage *self)
{
  g_signal_emit (self, signals[OPEN_OTHER], 0);
}

static void
recovered_cb (CrRecoveryDialog *dialog, const char *login, CrLockPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), login);
  gtk_editable_set_text (GTK_EDITABLE (self->password_entry), "");
  cr_lock_page_tell (self, _ ("The new password is set. Sign in with it, and give the others theirs."));
  gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

static void
recovery_cb (CrLockPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  CrRecoveryDialog *dialog = cr_recovery_dialog_present (window, self->session, self->folder);
  g_signal_connect_object (dialog, "recovered", G_CALLBACK (recovered_cb), self, 0);
}

static void
set_up_cb (CrLockPage *self)
{
  g_signal_emit (self, signals[SET_UP], 0);
}

static void
cr_lock_page_dispose (GObject *object)
{
  CrLockPage *self = CR_LOCK_PAGE (object);
  if (self->wait_timer != 0)
    g_source_remove (self->wait_timer);
  self->wait_timer = 0;
  g_clear_object (&self->session);
  g_clear_pointer (&self->folder, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_LOCK_PAGE);
  G_OBJECT_CLASS (cr_lock_page_parent_class)->dispose (object);
}

static gboolean
cr_lock_page_grab_focus (GtkWidget *widget)
{
  CrLockPage *self = CR_LOCK_PAGE (widget);
  gboolean named = !cr_str_empty (gtk_editable_get_text (GTK_EDITABLE (self->name_entry)));
  if (lacks_practice (self))
    return gtk_widget_grab_focus (GTK_WIDGET (self->setup_button));
  return gtk_widget_grab_focus (named ? GTK_WIDGET (self->password_entry) : GTK_WIDGET (self->name_entry));
}

static void
cr_lock_page_class_init (CrLockPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_lock_page_dispose;
  widget->grab_focus = cr_lock_page_grab_focus;
  widget->focus = cr_focus_parts;
  signals[OPEN_OTHER] =
      g_signal_new ("open-other", CR_TYPE_LOCK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SET_UP] =
      g_signal_new ("set-up", CR_TYPE_LOCK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/lock-page.ui");
  gtk_widget_class_bind_template_child (widget, CrLockPage, root);
  gtk_widget_class_bind_template_child (widget, CrLockPage, practice_label);
  gtk_widget_class_bind_template_child (widget, CrLockPage, heading);
  gtk_widget_class_bind_template_child (widget, CrLockPage, message);
  gtk_widget_class_bind_template_child (widget, CrLockPage, folder_label);
  gtk_widget_class_bind_template_child (widget, CrLockPage, name_entry);
  gtk_widget_class_bind_template_child (widget, CrLockPage, password_entry);
  gtk_widget_class_bind_template_child (widget, CrLockPage, older_label);
  gtk_widget_class_bind_template_child (widget, CrLockPage, older_entry);
  gtk_widget_class_bind_template_child (widget, CrLockPage, spinner);
  gtk_widget_class_bind_template_child (widget, CrLockPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget, CrLockPage, open_button);
  gtk_widget_class_bind_template_child (widget, CrLockPage, setup_button);
  gtk_widget_class_bind_template_child (widget, CrLockPage, recovery_button);
}

static void
cr_lock_page_init (CrLockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->sign_in_button, "clicked", G_CALLBACK (sign_in_cb), self);
  g_signal_connect_swapped (self->password_entry, "activate", G_CALLBACK (sign_in_cb), self);
  g_signal_connect_swapped (self->older_entry, "activate", G_CALLBACK (sign_in_cb), self);
  g_signal_connect_swapped (self->name_entry, "activate", G_CALLBACK (name_activated_cb), self);
  g_signal_connect_swapped (self->open_button, "clicked", G_CALLBACK (open_other_cb), self);
  g_signal_connect_swapped (self->recovery_button, "clicked", G_CALLBACK (recovery_cb), self);
  g_signal_connect_swapped (self->setup_button, "clicked", G_CALLBACK (set_up_cb), self);
}

void
cr_lock_page_set_session (CrLockPage *self, CrSession *session)
{
  g_set_object (&self->session, session);
}

void
cr_lock_page_prepare (CrLockPage *self, const char *folder, const char *practice, const char *name,
                      gboolean locked)
{
  g_autofree char *shown = folder != NULL ? g_strdup_printf (_ ("Practice folder %s"), folder) : NULL;
  g_free (self->folder);
  self->folder = g_strdup (folder);
  self->locked = locked;
  gtk_label_set_label (self->practice_label, practice != NULL ? practice : _ ("Chartroom"));
  gtk_label_set_label (self->heading, locked ? _ ("Locked – sign in to go on") : _ ("Sign In"));
  gtk_label_set_label (self->folder_label, shown != NULL ? shown : _ ("No practice chosen yet."));
  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), name != NULL ? name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->password_entry), "");
  g_object_set (self->password_entry, "placeholder-text", locked ? _ ("Password or PIN") : NULL, NULL);
  ask_why_older (self, FALSE);
  show_ways (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button), TRUE);
  cr_lock_page_say (self, NULL);
}

const char *
cr_lock_page_get_folder (CrLockPage *self)
{
  return self->folder;
}

void
cr_lock_page_forgot (CrLockPage *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_entry)));
  g_autofree char *practice = g_strdup (gtk_label_get_label (self->practice_label));
  g_autofree char *folder = g_strdup (self->folder);
  if (!self->locked)
    return;
  cr_lock_page_prepare (self, folder, practice, name, FALSE);
  cr_lock_page_tell (self,
                     _ ("Locked for a long time: the practice was closed. Sign in with your password; your "
                        "drafts are kept."));
}

void
cr_lock_page_say (CrLockPage *self, const char *problem)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "field-problem");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
}

void
cr_lock_page_tell (CrLockPage *self, const char *sentence)
{
  cr_lock_page_say (self, sentence);
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), "field-problem");
}
