#include "fhir-test.h"
#include <stdarg.h>
#include <string.h>

char *
fhir_fixture (const char *name, gsize *length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "tests", "fixtures", "fhir", name, NULL);
  char *text;
  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

CrFhirBundle *
fhir_read_text (const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize)length);
  CrFhirBundle *bundle = cr_fhir_bundle_read (bytes, "test.json", &error);
  g_assert_no_error (error);
  fhir_check_sound (bundle);
  return bundle;
}

CrFhirBundle *
fhir_read_resources (const char *first, ...)
{
  g_autoptr (GString) text =
      g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[");
  va_list more;
  va_start (more, first);
  for (const char *at = first; at != NULL; at = va_arg (more, const char *))
    g_string_append_printf (text, "%s{\"resource\":%s}", g_str_has_suffix (text->str, "[") ? "" : ",", at);
  va_end (more);
  g_string_append (text, "]}");
  return fhir_read_text (text->str, -1);
}

CrFhirItem *
fhir_item (const CrFhirBundle *bundle, const char *source)
{
  for (guint i = 0; i < bundle->items->len; i++) {
    CrFhirItem *item = g_ptr_array_index (bundle->items, i);
    if (strcmp (item->source, source) == 0)
      return item;
  }
  return NULL;
}

gpointer
fhir_expect (const CrFhirBundle *bundle, const char *source, const CrRecordClass *klass)
{
  CrFhirItem *item = fhir_item (bundle, source);
  if (item == NULL)
    g_error ("no item %s", source);
  g_assert_true (item->klass == klass);
  return item->record;
}

const CrReadCount *
fhir_count_of (const CrFhirBundle *bundle, const char *type)
{
  for (guint i = 0; i < bundle->counts->len; i++) {
    const CrReadCount *count = g_ptr_array_index (bundle->counts, i);
    if (strcmp (count->type, type) == 0)
      return count;
  }
  return NULL;
}

const CrReadFinding *
fhir_finding_at (const CrFhirBundle *bundle, const char *path)
{
  for (guint i = 0; i < bundle->findings->len; i++) {
    const CrReadFinding *finding = g_ptr_array_index (bundle->findings, i);
    if (strcmp (finding->path, path) == 0)
      return finding;
  }
  return NULL;
}

static void
check_counts (const CrFhirBundle *bundle)
{
  guint records = 0;
  for (guint i = 0; i < bundle->counts->len; i++) {
    const CrReadCount *count = g_ptr_array_index (bundle->counts, i);
    guint reasons = 0;
    for (guint j = 0; j < count->reasons->len; j++)
      reasons += ((CrReadReason *)g_ptr_array_index (count->reasons, j))->n;
    g_assert_cmpuint (count->in_file, ==, count->read + count->skipped);
    g_assert_cmpuint (count->skipped, ==, reasons);
    records += count->records;
  }
  g_assert_cmpuint (records, ==, bundle->items->len);
}

static void
check_texts (const CrFhirItem *item)
{
  for (guint i = 0; i < item->klass->n_fields; i++) {
    const CrField *field = &item->klass->fields[i];
    const char *text =
        field->type == CR_FIELD_TEXT ? *(char *const *)((const char *)item->record + field->offset) : NULL;
    if (text != NULL)
      g_assert_true (g_utf8_validate (text, -1, NULL) && strchr (text, '\001') == NULL);
    if (field->type == CR_FIELD_ID)
      g_assert_cmpint (*(const CrId *)((const char *)item->record + field->offset), ==, CR_ID_NONE);
  }
}

void
fhir_check_sound (const CrFhirBundle *bundle)
{
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  check_counts (bundle);
  for (guint i = 0; i < bundle->items->len; i++) {
    const CrFhirItem *item = g_ptr_array_index (bundle->items, i);
    g_assert_true (g_hash_table_add (sources, item->source));
    g_assert_true ((item->patient == NULL) == (item->klass == &CR_PATIENT || item->klass == &CR_CONTACT));
    g_assert_true (item->source[0] != '\0');
    if (cr_fhir_item_source_id (item) != NULL)
      g_assert_cmpstr (cr_fhir_item_source_id (item), ==, item->source);
    check_texts (item);
  }
  for (guint i = 0; i < bundle->findings->len; i++) {
    const CrReadFinding *finding = g_ptr_array_index (bundle->findings, i);
    g_assert_true (finding->path[0] != '\0' && g_str_has_suffix (finding->reason, "."));
  }
}
