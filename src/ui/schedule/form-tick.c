#include "src/ui/schedule/form-tick.h"
#include "chartroom/base/text.h"

static gboolean
to_active (GBinding *binding, const GValue *text, GValue *active, gpointer data)
{
  g_value_set_boolean (active, !cr_str_empty (g_value_get_string (text)));
  return TRUE;
}

static gboolean
to_text (GBinding *binding, const GValue *active, GValue *text, gpointer data)
{
  g_value_set_static_string (text, g_value_get_boolean (active) ? "1" : "");
  return TRUE;
}

GtkWidget *
cr_form_tick_new (const char *label)
{
  GtkWidget *tick = gtk_check_button_new_with_mnemonic (label);
  gtk_widget_set_halign (tick, GTK_ALIGN_START);
  return tick;
}

void
cr_form_tick_bind (GtkWidget *tick, CrFields *fields, const char *property)
{
  g_object_bind_property_full (fields, property, tick, "active",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, to_active, to_text, NULL,
                               NULL);
}
