#include "src/ui/shell/style.h"

#define BASE "/org/chartroom/Chartroom/style/"
#define POINTS_DEFAULT 11
#define POINTS_LEAST 9
#define POINTS_MOST 18
#define ICON_LEAST 16 /* px, at the default size; icons grow with the text they stand beside */

struct _CrStyle {
  GdkDisplay *display;
  GtkCssProvider *tokens, *app, *contrast, *size; /* contrast: empty in the other looks */
  gboolean system_dark, dark;
  int points;
};

static void
add_provider (CrStyle *self, GtkCssProvider *provider)
{
  gtk_style_context_add_provider_for_display (self->display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

CrStyle *
cr_style_new (GdkDisplay *display)
{
  CrStyle *self = g_new0 (CrStyle, 1);
  self->display = display;
  self->tokens = gtk_css_provider_new ();
  self->app = gtk_css_provider_new ();
  self->contrast = gtk_css_provider_new ();
  self->size = gtk_css_provider_new ();
  g_object_get (gtk_settings_get_for_display (display), "gtk-application-prefer-dark-theme",
                &self->system_dark, NULL);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/org/chartroom/Chartroom/icons");
  cr_style_set_look (self, NULL);
  add_provider (self, self->tokens);
  gtk_css_provider_load_from_resource (self->app, BASE "app.css");
  add_provider (self, self->app);
  add_provider (self, self->contrast);
  cr_style_set_text_size (self, 0);
  add_provider (self, self->size);
  return self;
}

void
cr_style_free (CrStyle *self)
{
  g_object_unref (self->tokens);
  g_object_unref (self->app);
  g_object_unref (self->contrast);
  g_object_unref (self->size);
  g_free (self);
}

void
cr_style_set_look (CrStyle *self, const char *look)
{
  gboolean contrast = g_strcmp0 (look, "contrast") == 0;
  self->dark =
      g_strcmp0 (look, "dark") == 0 || (self->system_dark && !contrast && g_strcmp0 (look, "light") != 0);
  g_object_set (gtk_settings_get_for_display (self->display), "gtk-application-prefer-dark-theme", self->dark,
                NULL);
  gtk_css_provider_load_from_resource (self->tokens, contrast     ? BASE "tokens-contrast.css"
                                                     : self->dark ? BASE "tokens-dark.css"
                                                                  : BASE "tokens-light.css");
  if (contrast)
    gtk_css_provider_load_from_resource (self->contrast, BASE "contrast.css");
  else
    gtk_css_provider_load_from_data (self->contrast, "", -1);
}

gboolean
cr_style_is_dark (CrStyle *self)
{
  return self->dark;
}

void
cr_style_set_text_size (CrStyle *self, int points)
{
  g_autofree char *css = NULL;
  int icon;
  self->points = points == 0 ? POINTS_DEFAULT : CLAMP (points, POINTS_LEAST, POINTS_MOST);
  icon = MAX (ICON_LEAST, ICON_LEAST * self->points / POINTS_DEFAULT);
  css = g_strdup_printf ("window, popover, tooltip { font-size: %dpt; } image { -gtk-icon-size: %dpx; }"
                         " check, radio { min-width: %dpx; min-height: %dpx; -gtk-icon-size: %dpx; }",
                         self->points, icon, icon - 2, icon - 2, icon - 2);
  gtk_css_provider_load_from_data (self->size, css, -1);
}

int
cr_style_get_text_size (CrStyle *self)
{
  return self->points;
}
