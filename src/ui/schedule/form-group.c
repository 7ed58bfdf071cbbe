#include "src/ui/schedule/form-group.h"

/* ---- buttons ---- */

static gboolean
to_active (GBinding *binding, const GValue *text, GValue *active, gpointer code)
{
  if (g_strcmp0 (g_value_get_string (text), code) != 0)
    return FALSE; /* the button of that code switches this one off */
  g_value_set_boolean (active, TRUE);
  return TRUE;
}

static gboolean
to_code (GBinding *binding, const GValue *active, GValue *text, gpointer code)
{
  if (!g_value_get_boolean (active))
    return FALSE;
  g_value_set_string (text, code);
  return TRUE;
}

void
cr_form_group_bind (GtkWidget *box, CrFields *fields, const char *property)
{
  for (GtkWidget *button = gtk_widget_get_first_child (box); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    g_object_bind_property_full (fields, property, button, "active",
                                 G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, to_active, to_code,
                                 g_strdup (gtk_widget_get_name (button)), g_free);
}

/* ---- drop-down ---- */

static gboolean
to_selected (GBinding *binding, const GValue *text, GValue *selected, gpointer codes)
{
  const char *const *each = codes;
  for (guint i = 0; each[i] != NULL; i++)
    if (g_strcmp0 (each[i], g_value_get_string (text)) == 0) {
      g_value_set_uint (selected, i);
      return TRUE;
    }
  return FALSE;
}

static gboolean
to_text (GBinding *binding, const GValue *selected, GValue *text, gpointer codes)
{
  guint at = g_value_get_uint (selected);
  if (at >= g_strv_length (codes))
    return FALSE;
  g_value_set_static_string (text, ((const char *const *)codes)[at]);
  return TRUE;
}

void
cr_form_drop_bind (GtkDropDown *drop, CrFields *fields, const char *property, const char *const *codes)
{
  g_object_bind_property_full (fields, property, drop, "selected",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, to_selected, to_text,
                               (gpointer)codes, NULL);
}
