#include "src/ui/shell/preferences-window.h"
#include <glib/gi18n.h>

struct _CrPreferencesWindow {
  GtkWindow parent;
  GtkDropDown *look, *density;
  GtkSpinButton *text_size;
  GtkCheckButton *letters;
  GtkPasswordEntry *pin_entry;
  GtkButton *set_pin_button, *remove_pin_button;
  GtkLabel *pin_label;
  CrWindow *window; /* transient for it */
  gboolean loading;
};

static const char *const LOOKS[] = { "system", "light", "dark", "contrast" };
static const char *const DENSITIES[] = { "normal", "dense", "touch" };

G_DEFINE_FINAL_TYPE (CrPreferencesWindow, cr_preferences_window, GTK_TYPE_WINDOW)

static guint
index_of (const char *const *values, guint n, const char *value)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (values[i], value) == 0)
      return i;
  return 0;
}

static void
keep (CrPreferencesWindow *self, const char *key, const char *value)
{
  if (self->loading)
    return;
  cr_session_set_preference (cr_window_get_session (self->window), key, value);
  cr_window_apply_preferences (self->window);
}

static void
look_cb (CrPreferencesWindow *self)
{
  keep (self, "look", LOOKS[gtk_drop_down_get_selected (self->look)]);
}

static void
density_cb (CrPreferencesWindow *self)
{
  keep (self, "density", DENSITIES[gtk_drop_down_get_selected (self->density)]);
}

static void
text_size_cb (CrPreferencesWindow *self)
{
  g_autofree char *value = g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (self->text_size));
  keep (self, "text-size", value);
}

static void
letters_cb (CrPreferencesWindow *self)
{
  keep (self, "single-letter-keys", gtk_check_button_get_active (self->letters) ? "on" : "off");
}

/* ---- PIN ---- */

static void
show_pin (CrPreferencesWindow *self)
{
  gboolean has = cr_session_has_pin (cr_window_get_session (self->window));
  gtk_widget_set_visible (GTK_WIDGET (self->remove_pin_button), has);
  gtk_widget_remove_css_class (GTK_WIDGET (self->pin_label), "field-problem");
  gtk_label_set_label (
      self->pin_label,
      has ? _ ("You have a PIN. After a lock it opens your work again, on the day you signed in.")
          : _ ("4 to 8 digits. After a lock they open your work again, on the day you signed in."));
}

static void
pin_set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPreferencesWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean set = cr_session_finish (result, &error);
  gtk_widget_set_sensitive (GTK_WIDGET (self->set_pin_button), TRUE);
  show_pin (self);
  if (set) {
    gtk_editable_set_text (GTK_EDITABLE (self->pin_entry), "");
    return;
  }
  gtk_widget_add_css_class (GTK_WIDGET (self->pin_label), "field-problem");
  gtk_label_set_label (self->pin_label, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->pin_entry));
}

static void
change_pin (CrPreferencesWindow *self, const char *pin)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->set_pin_button), FALSE);
  cr_session_set_pin_async (cr_window_get_session (self->window), pin, pin_set_cb, g_object_ref (self));
}

static void
set_pin_cb (CrPreferencesWindow *self)
{
  change_pin (self, gtk_editable_get_text (GTK_EDITABLE (self->pin_entry)));
}

static void
remove_pin_cb (CrPreferencesWindow *self)
{
  change_pin (self, NULL);
}

static void
load (CrPreferencesWindow *self)
{
  CrSession *session = cr_window_get_session (self->window);
  const char *size = cr_session_get_preference (session, "text-size");
  self->loading = TRUE;
  gtk_drop_down_set_selected (
      self->look, index_of (LOOKS, G_N_ELEMENTS (LOOKS), cr_session_get_preference (session, "look")));
  gtk_drop_down_set_selected (self->density, index_of (DENSITIES, G_N_ELEMENTS (DENSITIES),
                                                       cr_session_get_preference (session, "density")));
  gtk_spin_button_set_value (self->text_size, size != NULL && atoi (size) > 0 ? atoi (size) : 11);
  gtk_check_button_set_active (self->letters, cr_window_single_letters (self->window));
  self->loading = FALSE;
  show_pin (self);
}

static void
cr_preferences_window_class_init (CrPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/shell/preferences-window.ui");
  gtk_widget_class_bind_template_child (widget, CrPreferencesWindow, look);
  gtk_widget_class_bind_template_child (widget, CrPreferencesWindow, density);
  gtk_widget_class_bind_template_child (widget, CrPreferencesWindow, text_size);
  gtk_widget_class_bind_template_child (widget, CrPreferencesWindow, letters);
  gtk_widget_class_bind_template_child (widget, CrPreferencesWindow, pin_entry);
  gtk_widget_class_bind_template_child (widget, CrPreferencesWindow, set_pin_button);
  gtk_widget_class_bind_template_child (widget, CrPreferencesWindow, remove_pin_button);
  gtk_widget_class_bind_template_child (widget, CrPreferencesWindow, pin_label);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_preferences_window_init (CrPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->look, "notify::selected", G_CALLBACK (look_cb), self);
  g_signal_connect_swapped (self->density, "notify::selected", G_CALLBACK (density_cb), self);
  g_signal_connect_swapped (self->text_size, "value-changed", G_CALLBACK (text_size_cb), self);
  g_signal_connect_swapped (self->pin_entry, "activate", G_CALLBACK (set_pin_cb), self);
  g_signal_connect_swapped (self->set_pin_button, "clicked", G_CALLBACK (set_pin_cb), self);
  g_signal_connect_swapped (self->remove_pin_button, "clicked", G_CALLBACK (remove_pin_cb), self);
  g_signal_connect_swapped (self->letters, "toggled", G_CALLBACK (letters_cb), self);
}

void
cr_preferences_window_present (CrWindow *window)
{
  CrPreferencesWindow *self = g_object_new (CR_TYPE_PREFERENCES_WINDOW, "transient-for", window, NULL);
  self->window = window;
  load (self);
  gtk_window_present (GTK_WINDOW (self));
}
