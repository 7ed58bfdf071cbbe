/* The windows that stand over the main one: what is done in them keeps the session awake, Ctrl+Shift+L locks
 * from each, and a lock closes them all. */
#include "src/ui/shell/window-private.h"
#include "src/ui/shell/help-text.h"
#include "src/ui/shell/help-window.h"

static gboolean
touched_cb (GtkEventControllerLegacy *controller, GdkEvent *event, CrWindow *self)
{
  cr_session_touch (self->session);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
lock_cb (GtkWidget *widget, GVariant *arguments, gpointer self)
{
  return gtk_widget_activate_action (GTK_WIDGET (self), "win.lock", NULL);
}

static void
watch_input (CrWindow *self, GtkWidget *window)
{
  GtkEventController *any = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (any, GTK_PHASE_CAPTURE);
  g_signal_connect_object (any, "event", G_CALLBACK (touched_cb), self, 0);
  gtk_widget_add_controller (window, any);
}

/* The main window has it as an action of the program. */
static void
add_lock_key (CrWindow *self, GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control><Shift>l"),
                        gtk_callback_action_new (lock_cb, self, NULL)));
  gtk_widget_add_controller (window, keys);
}

static gboolean
help_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  if (!CR_IS_HELP_WINDOW (widget))
    cr_help_window_present (GTK_WINDOW (widget), cr_help_of_window (G_OBJECT_TYPE_NAME (widget)));
  return TRUE;
}

/* The main window has it as an action, too. */
static void
add_help_key (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F1, 0),
                                                          gtk_callback_action_new (help_cb, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
}

static void
toplevels_changed_cb (CrWindow *self, guint position, guint removed, guint added, GListModel *toplevels)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);
    watch_input (self, window);
    if (window == GTK_WIDGET (self))
      continue;
    add_lock_key (self, window);
    if (g_str_has_prefix (G_OBJECT_TYPE_NAME (window), "Cr")) /* GTK's own have help of their own */
      add_help_key (window);
  }
}

/* Innermost first.  GTK's own dialogs answer as if they had been cancelled, so that who asked lets go of
 * them. */
static void
close_over (GtkWindow *below)
{
  GList *windows = gtk_window_list_toplevels ();
  g_list_foreach (windows, (GFunc)(gpointer)g_object_ref, NULL);
  for (GList *at = windows; at != NULL; at = at->next) {
    if (gtk_window_get_transient_for (at->data) != below)
      continue;
    close_over (at->data);
    /* nocheck: GTK 4.8's own file and print dialogs are of this type; none of ours is. */
    if (g_type_is_a (G_OBJECT_TYPE (at->data), g_type_from_name ("GtkDialog")))
      gtk_window_close (at->data);
    else
      gtk_window_destroy (at->data);
  }
  g_list_free_full (windows, g_object_unref);
}

void
cr_window_close_dialogs (CrWindow *self)
{
  close_over (GTK_WINDOW (self));
}

void
cr_window_watch_dialogs (CrWindow *self)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  g_signal_connect_object (toplevels, "items-changed", G_CALLBACK (toplevels_changed_cb), self,
                           G_CONNECT_SWAPPED);
  watch_input (self, GTK_WIDGET (self));
}
