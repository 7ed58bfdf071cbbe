#include "src/ui/admin/zone-choice.h"
#include "chartroom/base/clock.h"
#include <glib/gi18n.h>
#include <string.h>

/* "America/Los_Angeles" → "Los Angeles (America/Los_Angeles)": the search goes by the beginning. */
static char *
describe (const char *zone)
{
  const char *slash = strrchr (zone, '/');
  g_autofree char *city = g_strdup (slash != NULL ? slash + 1 : zone);
  g_strdelimit (city, "_", ' ');
  return slash != NULL ? g_strdup_printf ("%s (%s)", city, zone) : g_steal_pointer (&city);
}

GtkWidget *
cr_zone_choice_new (const char *zone)
{
  char **zones = cr_zone_names (zone);
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkExpression *text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *choice;
  for (guint i = 0; zones[i] != NULL; i++) {
    g_autofree char *name = describe (zones[i]);
    gtk_string_list_append (names, name);
  }
  choice = gtk_drop_down_new (G_LIST_MODEL (names), text);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (choice), TRUE);
  gtk_widget_set_tooltip_text (choice, _ ("Open it and type the beginning of a city’s name"));
  g_object_set_data_full (G_OBJECT (choice), "cr-zones", zones, (GDestroyNotify)g_strfreev);
  return choice;
}

const char *
cr_zone_choice_get (GtkWidget *choice)
{
  char **zones = g_object_get_data (G_OBJECT (choice), "cr-zones");
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));
  return at != GTK_INVALID_LIST_POSITION ? zones[at] : NULL;
}
