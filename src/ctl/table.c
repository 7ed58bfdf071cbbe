#include "src/ctl/ctl.h"
#include "src/ctl/outside.h"
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

struct _CtlTable {
  char **keys;
  guint n;
  GPtrArray *rows; /* char ** of n cells, NULL cells as empty pointers */
};

static void
free_row (gpointer data)
{
  char **row = data;
  for (guint i = 1; i <= GPOINTER_TO_UINT (row[0]); i++)
    g_free (row[i]);
  g_free (row);
}

CtlTable *
ctl_table_new (const char *const *keys)
{
  CtlTable *self = g_new0 (CtlTable, 1);
  self->keys = g_strdupv ((char **)keys);
  self->n = g_strv_length (self->keys);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  return self;
}

void
ctl_table_free (CtlTable *self)
{
  g_strfreev (self->keys);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
ctl_table_add (CtlTable *self, const char *const *cells)
{
  char **row = g_new0 (char *, self->n + 1);
  row[0] = GUINT_TO_POINTER (self->n); /* count first, cells after it */
  for (guint i = 0; i < self->n; i++)
    row[i + 1] = g_strdup (cells[i]);
  g_ptr_array_add (self->rows, row);
}

static JsonNode *
to_node (CtlTable *self)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  for (guint i = 0; i < self->rows->len; i++) {
    char **row = self->rows->pdata[i];
    JsonObject *object = json_object_new ();
    for (guint c = 0; c < self->n; c++)
      if (row[c + 1] != NULL)
        json_object_set_string_member (object, self->keys[c], row[c + 1]);
      else
        json_object_set_null_member (object, self->keys[c]);
    json_array_add_object_element (array, object);
  }
  json_node_take_array (node, array);
  return node;
}

char *
ctl_table_to_json (CtlTable *self)
{
  g_autoptr (JsonNode) node = to_node (self);
  return json_to_string (node, TRUE);
}

static glong
width_of (CtlTable *self, guint column)
{
  glong widest = g_utf8_strlen (self->keys[column], -1);
  for (guint i = 0; i < self->rows->len; i++) {
    char **row = self->rows->pdata[i];
    if (row[column + 1] != NULL)
      widest = MAX (widest, g_utf8_strlen (row[column + 1], -1));
  }
  return MIN (widest, 60);
}

static void
print_cell (const char *text, glong width, gboolean last)
{
  g_autofree char *line = ctl_one_line (text);
  glong length = g_utf8_strlen (line, -1);
  g_print ("%s", line);
  for (glong i = MIN (length, width); !last && i < width + 2; i++)
    g_print (" ");
}

static void
print_text (CtlTable *self)
{
  g_autofree glong *widths = g_new (glong, self->n);
  for (guint c = 0; c < self->n; c++)
    widths[c] = width_of (self, c);
  for (guint i = 0; i < self->rows->len; i++) {
    char **row = self->rows->pdata[i];
    for (guint c = 0; c < self->n; c++)
      print_cell (row[c + 1] != NULL ? row[c + 1] : "", widths[c], c + 1 == self->n);
    g_print ("\n");
  }
}

guint
ctl_table_rows (CtlTable *self)
{
  return self->rows->len;
}

void
ctl_table_print (CtlTable *self, gboolean json)
{
  g_autofree char *text = json ? ctl_table_to_json (self) : NULL;
  if (json)
    g_print ("%s\n", text);
  else if (self->rows->len > 0)
    print_text (self);
  else
    g_printerr (_ ("chartroomctl: nothing found.\n"));
}

void
ctl_print_tables (const char *const *names, CtlTable *const *tables, guint n, gboolean json)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = NULL;
  for (guint i = 0; i < n; i++) {
    if (json)
      json_object_set_member (object, names[i], to_node (tables[i]));
    else if (tables[i]->rows->len > 0) {
      g_print ("%s\n", names[i]);
      print_text (tables[i]);
      g_print ("\n");
    }
  }
  json_node_take_object (node, object);
  text = json_to_string (node, TRUE);
  if (json)
    g_print ("%s\n", text);
}
