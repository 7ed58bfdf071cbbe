#include "src/ui/shell/unsaved-bar.h"
#include "src/ui/shell/wrap-box.h"
#include <glib/gi18n.h>

/* Milliseconds after the first key that is not kept yet.  Each keeping stays in the history, so it is less
 * often than a note, which is kept after one second. */
enum { KEEP_AFTER = 5000 };

struct _CrUnsavedBar {
  GtkWidget parent;
  GtkWidget *root, *buttons;
  GtkLabel *label;
  GtkButton *discard_button, *keep_button;
  CrSession *session;
  char *name;            /* NULL: the form keeps itself */
  CrKeptForm *untouched; /* of a form with a name */
  gboolean started;
  gboolean edited;   /* something was typed since the start */
  gboolean kept;     /* it is among what is kept, or will be */
  gboolean troubled; /* it says that nothing is kept */
  guint timer;
  GtkWidget *focus; /* weak: where it was before the question */
};

enum { WRITE, DISCARD, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrUnsavedBar, cr_unsaved_bar, GTK_TYPE_WIDGET)

/* ---- keeping ---- */

/* NULL: the form has kept itself. */
static CrKeptForm *
read_form (CrUnsavedBar *self)
{
  CrKeptForm *form = self->name != NULL ? cr_kept_form_new () : NULL;
  g_signal_emit (self, signals[WRITE], 0, form);
  return form;
}

static void
forget (CrUnsavedBar *self)
{
  if (self->kept && self->name != NULL)
    cr_session_forget_form (self->session, self->name);
  self->kept = FALSE;
}

static void
keep (CrUnsavedBar *self)
{
  g_autoptr (CrKeptForm) form = NULL;
  g_clear_handle_id (&self->timer, g_source_remove);
  form = read_form (self);
  if (form != NULL && cr_kept_form_equal (form, self->untouched)) {
    forget (self);
    return;
  }
  if (form != NULL)
    cr_session_keep_form (self->session, self->name, form, self->untouched);
  self->kept = TRUE;
}

static gboolean
keep_cb (gpointer data)
{
  CrUnsavedBar *self = data;
  self->timer = 0;
  if (cr_session_get_state (self->session) == CR_SESSION_OPEN)
    keep (self);
  return G_SOURCE_REMOVE;
}

/* Before a lock and the end. */
static void
flush_cb (CrUnsavedBar *self)
{
  if (self->timer != 0)
    keep (self);
}

static void
stop (CrUnsavedBar *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->untouched, cr_kept_form_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_weak_pointer (&self->focus);
  self->started = self->edited = self->kept = self->troubled = FALSE;
}

/* ---- asking ---- */

static void
show (CrUnsavedBar *self, const char *text, gboolean asks)
{
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (self->buttons, asks);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static gboolean
is_asking (CrUnsavedBar *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) && gtk_widget_get_visible (self->buttons);
}

/* Why it is not kept, as long as that is so; a question comes first. */
static void
show_trouble (CrUnsavedBar *self)
{
  g_autofree char *reason = NULL, *text = NULL;
  g_object_get (self->session, "keep-trouble", &reason, NULL);
  if (is_asking (self))
    return;
  if (reason != NULL) {
    text = g_strdup_printf (_ ("What you type is not kept at the moment: %s"), reason);
    show (self, text, FALSE);
  } else if (self->troubled)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->troubled = reason != NULL;
}

static void
keep_editing_cb (CrUnsavedBar *self)
{
  GtkWidget *focus = self->focus;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  show_trouble (self);
  if (focus == NULL || !gtk_widget_grab_focus (focus))
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
}

static void
discard_cb (CrUnsavedBar *self)
{
  cr_unsaved_bar_end (self);
  g_signal_emit (self, signals[DISCARD], 0);
}

/* What was clicked, and made it ask, may take the focus after that. */
static gboolean
hold_focus_cb (gpointer data)
{
  CrUnsavedBar *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (root != NULL && is_asking (self) &&
      (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_grab_focus (GTK_WIDGET (self->keep_button));
  return G_SOURCE_REMOVE;
}

/* Nothing was typed: what was chosen goes with the form. */
static void
give_up (CrUnsavedBar *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->started)
    forget (self);
}

/* ---- class ---- */

static void
cr_unsaved_bar_dispose (GObject *object)
{
  CrUnsavedBar *self = CR_UNSAVED_BAR (object);
  stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_UNSAVED_BAR);
  G_OBJECT_CLASS (cr_unsaved_bar_parent_class)->dispose (object);
}

static void
cr_unsaved_bar_class_init (CrUnsavedBarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_unsaved_bar_dispose;
  signals[WRITE] = g_signal_new ("write", CR_TYPE_UNSAVED_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[DISCARD] =
      g_signal_new ("discard", CR_TYPE_UNSAVED_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/unsaved-bar.ui");
  gtk_widget_class_bind_template_child (widget, CrUnsavedBar, root);
  gtk_widget_class_bind_template_child (widget, CrUnsavedBar, buttons);
  gtk_widget_class_bind_template_child (widget, CrUnsavedBar, label);
  gtk_widget_class_bind_template_child (widget, CrUnsavedBar, discard_button);
  gtk_widget_class_bind_template_child (widget, CrUnsavedBar, keep_button);
}

static void
cr_unsaved_bar_init (CrUnsavedBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (self->discard_button, "clicked", G_CALLBACK (discard_cb), self);
  g_signal_connect_swapped (self->keep_button, "clicked", G_CALLBACK (keep_editing_cb), self);
}

/* ---- public ---- */

void
cr_unsaved_bar_start (CrUnsavedBar *self, CrSession *session, const char *name)
{
  stop (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->session = g_object_ref (session);
  self->name = g_strdup (name);
  self->untouched = name != NULL ? read_form (self) : NULL;
  self->started = TRUE;
  g_signal_connect_object (session, "flush", G_CALLBACK (flush_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::keep-trouble", G_CALLBACK (show_trouble), self,
                           G_CONNECT_SWAPPED);
  show_trouble (self);
}

CrKeptForm *
cr_unsaved_bar_take (CrUnsavedBar *self)
{
  CrKeptForm *form = cr_session_get_kept_form (self->session, self->name);
  self->kept = self->edited = form != NULL;
  if (form != NULL)
    show (self, _ ("What you had typed is here again; it is not saved yet."), FALSE);
  show_trouble (self);
  return form;
}

void
cr_unsaved_bar_edited (CrUnsavedBar *self)
{
  if (!self->started)
    return;
  self->edited = TRUE;
  if (self->timer == 0)
    self->timer = g_timeout_add (KEEP_AFTER, keep_cb, self);
}

void
cr_unsaved_bar_watch (CrUnsavedBar *self, ...)
{
  va_list widgets;
  va_start (widgets, self);
  for (GtkWidget *widget = va_arg (widgets, GtkWidget *); widget != NULL;
       widget = va_arg (widgets, GtkWidget *))
    g_signal_connect_object (widget,
                             GTK_IS_DROP_DOWN (widget) ? "notify::selected"
                             : GTK_IS_CHECK_BUTTON (widget) || GTK_IS_TOGGLE_BUTTON (widget) ? "toggled"
                                                                                             : "changed",
                             G_CALLBACK (cr_unsaved_bar_edited), self, G_CONNECT_SWAPPED);
  va_end (widgets);
}

gboolean
cr_unsaved_bar_ask (CrUnsavedBar *self)
{
  return cr_unsaved_bar_ask_about (self, NULL);
}

gboolean
cr_unsaved_bar_ask_about (CrUnsavedBar *self, const char *what)
{
  g_autoptr (CrKeptForm) form = self->started && self->name != NULL ? read_form (self) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!self->started || !self->edited || (form != NULL && cr_kept_form_same_texts (form, self->untouched))) {
    give_up (self);
    return FALSE;
  }
  if (!is_asking (self))
    g_set_weak_pointer (&self->focus, gtk_root_get_focus (root));
  g_autofree char *both =
      g_strconcat (what != NULL ? what : "", what != NULL ? " " : "", _ ("Discard what was typed?"), NULL);
  show (self, both, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->keep_button));
  g_idle_add_full (G_PRIORITY_DEFAULT, hold_focus_cb, g_object_ref (self), g_object_unref);
  return TRUE;
}

void
cr_unsaved_bar_stay (CrUnsavedBar *self)
{
  if (is_asking (self))
    keep_editing_cb (self);
}

void
cr_unsaved_bar_end (CrUnsavedBar *self)
{
  if (self->started)
    forget (self);
  stop (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
