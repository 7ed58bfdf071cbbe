#include "src/ui/shell/preferences-window.h"
#include <glib/gi18n.h>

struct _CrPreferencesWindow {
  GtkWindow parent;
  GtkDropDown *look, *density;
  GtkSpinButton *text_size;
  GtkCheckButton *letters;
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
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_preferences_window_init (CrPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->look, "notify::selected", G_CALLBACK (look_cb), self);
  g_signal_connect_swapped (self->density, "notify::selected", G_CALLBACK (density_cb), self);
  g_signal_connect_swapped (self->text_size, "value-changed", G_CALLBACK (text_size_cb), self);
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
