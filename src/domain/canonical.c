#include "canonical.h"
#include <string.h>

static void
append_entry (GString *out, const CrField *field, gconstpointer record)
{
  g_autofree char *text = cr_field_to_text (field, record);
  if (text == NULL)
    g_string_append_printf (out, "%s:-\n", field->name);
  else
    g_string_append_printf (out, "%s:%" G_GSIZE_FORMAT ":%s\n", field->name, strlen (text), text);
}

GBytes *
cr_canonical_bytes (const char *heading, const CrRecordClass *klass, gconstpointer record,
                    const char *const *names)
{
  GString *out = g_string_new (heading);
  g_string_append_c (out, '\n');
  for (guint i = 0; names[i] != NULL; i++) {
    const CrField *field = cr_record_field (klass, names[i]);
    g_assert (field != NULL);
    append_entry (out, field, record);
  }
  return g_string_free_to_bytes (out);
}
