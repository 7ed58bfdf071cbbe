#include "fhir-read.h"
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/exchange/json-guard.h"

#define MAX_FINDINGS 10000 /* a hostile file could have a million */

static void
append_path (const FhirAt *at, GString *path)
{
  if (at->up != NULL) {
    append_path (at->up, path);
    g_string_append_printf (path, ".%s", at->name);
    if (at->index >= 0)
      g_string_append_printf (path, "[%d]", at->index);
    return;
  }
  if (!at->reader->single)
    g_string_append_printf (path, "entry[%u].", at->entry->index);
  g_string_append_printf (path, "resource (%s)", at->entry->type);
}

static void
find_wrong (const FhirAt *at, const char *name, int index, JsonNode *node, const char *wanted)
{
  const char *found = _ ("true or false");
  if (JSON_NODE_HOLDS_OBJECT (node))
    found = _ ("an object");
  else if (JSON_NODE_HOLDS_ARRAY (node))
    found = _ ("a list");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    found = *json_node_get_string (node) == CR_JSON_NUMBER_MARK ? _ ("a number") : _ ("a text");
  g_autofree char *reason = g_strdup_printf (_ ("Here should be %s, but there is %s."), wanted, found);
  fhir_find (at, name, index, reason);
}

/* NULL when absent; JSON null counts as absent. */
static JsonNode *
member (const FhirAt *at, const char *name)
{
  JsonNode *node = json_object_get_member (at->object, name);
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static JsonArray *
array (const FhirAt *at, const char *name)
{
  JsonNode *node = member (at, name);
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  find_wrong (at, name, -1, node, _ ("a list"));
  return NULL;
}

static JsonNode *
element (const FhirAt *at, const char *name, guint index)
{
  JsonArray *list = array (at, name);
  if (list == NULL || index >= json_array_get_length (list))
    return NULL;
  JsonNode *node = json_array_get_element (list, index);
  return JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean
enter_object (const FhirAt *at, const char *name, int index, JsonNode *node, FhirAt *out)
{
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    find_wrong (at, name, index, node, _ ("an object"));
    return FALSE;
  }
  *out = (FhirAt){ at->reader, at->entry, at, name, index, json_node_get_object (node) };
  return TRUE;
}

static const char *
text_of (const FhirAt *at, const char *name, int index, JsonNode *node)
{
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
      *json_node_get_string (node) == CR_JSON_NUMBER_MARK) {
    find_wrong (at, name, index, node, _ ("a text"));
    return NULL;
  }
  const char *text = json_node_get_string (node);
  return *text != '\0' ? text : NULL;
}

/* A field that is read twice is reported once. */
static gboolean
was_just_found (const GPtrArray *findings, const char *path)
{
  if (findings->len == 0)
    return FALSE;
  const CrReadFinding *last = g_ptr_array_index (findings, findings->len - 1);
  return strcmp (last->path, path) == 0;
}

void
fhir_report (FhirReader *reader, guint index, const char *path, const char *reason)
{
  GPtrArray *findings = reader->bundle->findings;
  if (findings->len > MAX_FINDINGS || was_just_found (findings, path))
    return;
  gboolean last = findings->len == MAX_FINDINGS;
  CrReadFinding *finding = g_new0 (CrReadFinding, 1);
  finding->entry = last ? G_MAXUINT : index;
  finding->path = g_strdup (last ? "…" : path);
  finding->reason =
      g_strdup (last ? _ ("There is more in this file that cannot be read than is listed here.") : reason);
  g_ptr_array_add (findings, finding);
}

void
fhir_note (const FhirAt *at, const char *name, int index, const char *reason)
{
  g_autoptr (GString) path = g_string_new (NULL);
  append_path (at, path);
  if (name != NULL)
    g_string_append_printf (path, ".%s", name);
  if (index >= 0)
    g_string_append_printf (path, "[%d]", index);
  fhir_report (at->reader, at->entry->index, path->str, reason);
}

void
fhir_find (const FhirAt *at, const char *name, int index, const char *reason)
{
  fhir_note (at, name, index, reason);
  at->reader->broken = TRUE;
}

void
fhir_skip (const FhirAt *at, const char *reason)
{
  at->reader->skip = reason;
}

gboolean
fhir_open (FhirReader *reader, FhirEntry *entry, FhirAt *out)
{
  *out = (FhirAt){ reader, entry, NULL, NULL, -1, NULL };
  if (entry->root == NULL) {
    gssize length = (gssize)json_text_length (entry->text);
    if (!json_parser_load_from_data (reader->parser, entry->text, length, NULL)) {
      fhir_find (out, NULL, -1, _ ("This resource is not valid JSON."));
      return FALSE;
    }
    entry->root = json_parser_steal_root (reader->parser);
  }
  out->object = json_node_get_object (entry->root);
  return TRUE;
}

gboolean
fhir_has (const FhirAt *at, const char *name)
{
  return member (at, name) != NULL;
}

gboolean
fhir_object (const FhirAt *at, const char *name, FhirAt *out)
{
  return enter_object (at, name, -1, member (at, name), out);
}

guint
fhir_count (const FhirAt *at, const char *name)
{
  JsonArray *list = array (at, name);
  return list != NULL ? json_array_get_length (list) : 0;
}

gboolean
fhir_element (const FhirAt *at, const char *name, guint index, FhirAt *out)
{
  return enter_object (at, name, (int)index, element (at, name, index), out);
}

const char *
fhir_text (const FhirAt *at, const char *name)
{
  return text_of (at, name, -1, member (at, name));
}

const char *
fhir_text_element (const FhirAt *at, const char *name, guint index)
{
  return text_of (at, name, (int)index, element (at, name, index));
}

const char *
fhir_number (const FhirAt *at, const char *name)
{
  JsonNode *node = member (at, name);
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      *json_node_get_string (node) == CR_JSON_NUMBER_MARK)
    return json_node_get_string (node) + 1;
  find_wrong (at, name, -1, node, _ ("a number"));
  return NULL;
}

gboolean
fhir_true (const FhirAt *at, const char *name)
{
  JsonNode *node = member (at, name);
  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  find_wrong (at, name, -1, node, _ ("true or false"));
  return FALSE;
}

char *
fhir_join_texts (const FhirAt *at, const char *name, guint from, const char *between)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  guint n = fhir_count (at, name);
  for (guint i = from; i < n; i++) {
    const char *text = fhir_text_element (at, name, i);
    if (text == NULL)
      continue;
    if (joined->len > 0)
      g_string_append (joined, between);
    g_string_append (joined, text);
  }
  return joined->len > 0 ? g_string_free (g_steal_pointer (&joined), FALSE) : NULL;
}
