#include "src/ui/admin/keys-pane.h"
#include "src/ui/admin/backups-history.h"
#include "src/ui/admin/keys-dialog.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/wrap-box.h"
#include <glib/gi18n.h>

struct _CrKeysPane {
  GtkWidget parent;
  GtkWidget *root;
  GtkLabel *since_label, *former_label;
  GtkButton *change_button, *sheet_button;
  GtkBox *former_box;
  CrWindow *window;
  CrKeyChange *change;
};

enum { SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrKeysPane, cr_keys_pane, GTK_TYPE_WIDGET)

static void
say (CrKeysPane *self, const char *sentence)
{
  g_signal_emit (self, signals[SAID], 0, sentence);
}

static CrClock *
clock_of (CrKeysPane *self)
{
  return cr_session_get_clock (cr_window_get_session (self->window));
}

/* ---- how they stand ---- */

static char *
describe_keys (CrKeysPane *self, const CrKeyFacts *facts)
{
  g_autofree char *when = NULL;
  if (facts->keys_at == 0)
    return g_strdup (_ ("The keys are those of the set-up; they were never changed."));
  when = cr_backups_history_when (facts->keys_at, clock_of (self));
  return g_strdup_printf (_ ("The keys were last changed on %s."), when);
}

static char *
describe_sheet (CrKeysPane *self, const CrKeyFacts *facts)
{
  g_autofree char *when = NULL;
  if (facts->sheet_at == 0)
    return g_strdup (_ ("The recovery sheet is the one of the set-up."));
  when = cr_backups_history_when (facts->sheet_at, clock_of (self));
  return g_strdup_printf (
      _ ("The recovery sheet in force was made on %s; an older one opens only older backups."), when);
}

static GtkWidget *
make_backup (CrKeysPane *self, const CrBackup *backup)
{
  g_autofree char *when = cr_backups_history_when (backup->taken_at, clock_of (self));
  g_autofree char *text = g_strdup_printf ("%s  ·  %s/%s", when, backup->folder, backup->file);
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static char *
describe_former (const CrKeyFacts *facts)
{
  guint n = facts->former->len;
  if (facts->n_backups == 0)
    return g_strdup (_ ("There are no backups yet."));
  if (facts->keys_at == 0)
    return g_strdup_printf (ngettext ("%u backup was taken so far; it opens with the passwords of now.",
                                      "%u backups were taken so far; they open with the passwords of now.",
                                      facts->n_backups),
                            facts->n_backups);
  if (n == 0)
    return g_strdup (_ ("No backup from before the last change is known any more."));
  return g_strdup_printf (ngettext ("%u backup still opens with the passwords from before the last change",
                                    "%u backups still open with the passwords from before the last change",
                                    n),
                          n);
}

static void
show_facts (CrKeysPane *self, const CrKeyFacts *facts)
{
  g_autofree char *keys = describe_keys (self, facts), *sheet = describe_sheet (self, facts);
  gboolean running;
  g_object_get (self->change, "running", &running, NULL);
  const char *cut = facts->interrupted && !running
                        ? _ ("A change of the keys was cut off before it took effect. Change the keys again: "
                             "what was written already is kept.\n")
                        : "";
  g_autofree char *since = g_strdup_printf ("%s%s\n%s", cut, keys, sheet), *former = describe_former (facts);
  GtkWidget *child;
  gtk_label_set_label (self->since_label, since);
  gtk_label_set_label (self->former_label, former);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->former_box))) != NULL)
    gtk_box_remove (self->former_box, child);
  for (guint i = 0; i < facts->former->len; i++)
    gtk_box_append (self->former_box, make_backup (self, facts->former->pdata[i]));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrKeysPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrKeyFacts) facts = cr_key_change_load_facts_finish (result, &error);
  if (self->change == NULL) /* closed meanwhile */
    return;
  if (facts != NULL)
    show_facts (self, facts);
  else
    say (self, error->message);
}

static void
running_cb (CrKeysPane *self)
{
  gboolean running;
  g_object_get (self->change, "running", &running, NULL);
  gtk_button_set_label (self->change_button,
                        running ? _ ("Sho_w How Far the Change Is…") : _ ("_Change the Keys…"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->sheet_button), !running);
}

/* ---- doing ---- */

static void
said_cb (CrKeysPane *self, const char *sentence)
{
  say (self, sentence);
  cr_keys_pane_refresh (self);
}

static GtkWindow *
over (CrKeysPane *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
listen (CrKeysPane *self, CrKeysDialog *dialog)
{
  say (self, "");
  g_signal_connect_object (dialog, "said", G_CALLBACK (said_cb), self, G_CONNECT_SWAPPED);
}

static void
change_cb (CrKeysPane *self)
{
  cr_keys_pane_begin (self, NULL);
}

static void
sheet_cb (CrKeysPane *self)
{
  listen (self, cr_keys_dialog_present_sheet (over (self), self->window));
}

/* ---- class ---- */

static gboolean
cr_keys_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_KEYS_PANE (widget)->change_button));
}

static void
cr_keys_pane_dispose (GObject *object)
{
  g_clear_object (&CR_KEYS_PANE (object)->change);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_KEYS_PANE);
  G_OBJECT_CLASS (cr_keys_pane_parent_class)->dispose (object);
}

static void
cr_keys_pane_class_init (CrKeysPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_keys_pane_dispose;
  widget->grab_focus = cr_keys_pane_grab_focus;
  widget->focus = cr_focus_parts;
  signals[SAID] = g_signal_new ("said", CR_TYPE_KEYS_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/keys-pane.ui");
  gtk_widget_class_bind_template_child (widget, CrKeysPane, root);
  gtk_widget_class_bind_template_child (widget, CrKeysPane, since_label);
  gtk_widget_class_bind_template_child (widget, CrKeysPane, former_label);
  gtk_widget_class_bind_template_child (widget, CrKeysPane, former_box);
  gtk_widget_class_bind_template_child (widget, CrKeysPane, change_button);
  gtk_widget_class_bind_template_child (widget, CrKeysPane, sheet_button);
}

static void
cr_keys_pane_init (CrKeysPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->change_button, "clicked", G_CALLBACK (change_cb), self);
  g_signal_connect_swapped (self->sheet_button, "clicked", G_CALLBACK (sheet_cb), self);
}

void
cr_keys_pane_set_window (CrKeysPane *self, CrWindow *window)
{
  self->window = window;
  self->change = g_object_ref (cr_window_get_key_change (window));
  g_signal_connect_object (self->change, "notify::running", G_CALLBACK (running_cb), self, G_CONNECT_SWAPPED);
  running_cb (self);
}

void
cr_keys_pane_refresh (CrKeysPane *self)
{
  cr_key_change_load_facts_async (self->change, loaded_cb, g_object_ref (self));
}

void
cr_keys_pane_begin (CrKeysPane *self, const char *reason)
{
  listen (self, cr_keys_dialog_present (over (self), self->window, reason));
}
