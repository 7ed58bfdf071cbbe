#include "chartroom/exchange/fhir-bundle.h"
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/base/error.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/referral.h"
#include "chartroom/exchange/json-guard.h"
#include "fhir-read.h"
#include "json-text.h"

#define MAX_KINDS 200 /* FHIR R4 has some 150; a hostile file could invent a million */

typedef struct {
  const char *type;
  guint phase;                           /* what is referred to is read before what refers to it */
  void (*read) (const FhirAt *resource); /* NULL: only read through those that refer to it */
  gboolean lenient;                      /* kept without a field of the wrong type */
} FhirKind;

static const FhirKind kinds[] = {
  { "Organization", 0, fhir_read_organization, TRUE },
  { "Practitioner", 0, fhir_read_practitioner, TRUE },
  { "PractitionerRole", 1, fhir_read_practitioner_role, TRUE },
  { "Patient", 1, fhir_read_patient, TRUE },
  { "RelatedPerson", 2, fhir_read_related_person, FALSE },
  { "Coverage", 2, fhir_read_coverage, FALSE },
  { "Medication", 2, NULL, FALSE },
  { "Encounter", 2, fhir_read_encounter, FALSE },
  { "Condition", 3, fhir_read_condition, FALSE },
  { "AllergyIntolerance", 3, fhir_read_allergy, FALSE },
  { "MedicationRequest", 3, fhir_read_medication_request, FALSE },
  { "MedicationStatement", 3, fhir_read_medication_statement, FALSE },
  { "Observation", 3, fhir_read_observation, FALSE },
  { "Immunization", 3, fhir_read_immunization, FALSE },
  { "Procedure", 3, fhir_read_procedure, FALSE },
  { "DiagnosticReport", 3, fhir_read_diagnostic_report, FALSE },
  { "DocumentReference", 3, fhir_read_document_reference, FALSE },
  { "Composition", 3, fhir_read_composition, FALSE },
};
#define LAST_PHASE 3

static const char *const bundle_types[] = { "transaction", "batch",     "collection",
                                            "document",    "searchset", NULL };

static const FhirKind *
kind_of (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].type, type) == 0)
      return &kinds[i];
  return NULL;
}

static void
entry_free (FhirEntry *entry)
{
  g_free (entry->type);
  g_free (entry->source);
  g_free (entry->base);
  g_clear_pointer (&entry->root, json_node_unref);
  g_free (entry);
}

static void
panel_free (FhirPanel *panel)
{
  g_free (panel->key);
  g_free (panel->name);
  g_free (panel);
}

static FhirReader *
reader_new (CrFhirBundle *bundle)
{
  FhirReader *reader = g_new0 (FhirReader, 1);
  reader->bundle = bundle;
  reader->parser = json_parser_new ();
  reader->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  reader->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader->items = g_hash_table_new (g_str_hash, g_str_equal);
  reader->panels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)panel_free);
  return reader;
}

static void
reader_free (FhirReader *reader)
{
  g_object_unref (reader->parser);
  g_ptr_array_unref (reader->entries);
  g_hash_table_unref (reader->by_key);
  g_hash_table_unref (reader->items);
  g_hash_table_unref (reader->panels);
  g_free (reader);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FhirReader, reader_free)

static CrFhirBundle *
bundle_new (const char *name, const char *type)
{
  CrFhirBundle *bundle = g_new0 (CrFhirBundle, 1);
  bundle->name = g_strdup (name);
  bundle->type = g_strdup (type);
  bundle->items = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_fhir_item_free);
  bundle->findings = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_read_finding_free);
  bundle->counts = cr_read_counts_new ();
  return bundle;
}

static gboolean
is_type_name (const char *type)
{
  gsize length = type != NULL ? strspn (type, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") : 0;
  return length > 0 && length <= 64 && type[length] == '\0';
}

static CrReadCount *
count_row (FhirReader *reader, const char *type)
{
  GPtrArray *counts = reader->bundle->counts;
  return cr_read_counts_row (counts,
                             counts->len < MAX_KINDS || kind_of (type) != NULL ? type : _ ("(other)"));
}

static void
mark_last_skipped (FhirReader *reader)
{
  GPtrArray *findings = reader->bundle->findings;
  ((CrReadFinding *)g_ptr_array_index (findings, findings->len - 1))->skipped = TRUE;
}

/* What cannot even be told apart as a resource. */
static void
reject_entry (FhirReader *reader, guint index, const char *what, const char *reason)
{
  g_autofree char *path =
      reader->single ? g_strdup ("resource") : g_strdup_printf ("entry[%u].resource", index);
  CrReadCount *count = count_row (reader, what);
  fhir_report (reader, index, path, reason);
  mark_last_skipped (reader);
  count->in_file++;
  cr_read_count_skip (count, _ ("unreadable: see the findings"));
}

/* --- taking the entries in -------------------------------------------------------------------- */

/* "#" parts our own keys, so no key of the file may have one. */
static gboolean
is_key (const char *text)
{
  return !cr_str_empty (text) && strchr (text, '#') == NULL;
}

static char *
source_of (const char *type, const char *url, const char *id, JsonText resource)
{
  if (is_key (url))
    return g_strdup (url);
  if (is_key (id))
    return g_strconcat (type, "/", id, NULL);
  gsize length = json_text_length (resource);
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)resource, length);
  return g_strdup_printf ("%s/sha256:%s", type, hash);
}

/* "https://host/fhir" of "https://host/fhir/Patient/7". */
static char *
base_of (const char *type, const char *source)
{
  g_autofree char *middle = g_strconcat ("/", type, "/", NULL);
  const char *at = strstr (source, middle);
  return g_str_has_prefix (source, "http") && at != NULL ? g_strndup (source, at - source) : NULL;
}

/* Finds the entry by its source and by "Patient/7", so that both ways of naming it lead to it. */
static void
index_entry (FhirReader *reader, FhirEntry *entry, const char *id)
{
  g_ptr_array_add (reader->entries, entry);
  g_hash_table_insert (reader->by_key, g_strdup (entry->source), entry);
  g_autofree char *other = id != NULL ? g_strconcat (entry->type, "/", id, NULL) : NULL;
  if (other != NULL && !g_hash_table_contains (reader->by_key, other))
    g_hash_table_insert (reader->by_key, g_steal_pointer (&other), entry);
}

/* text: the whole entry, for its address; NULL for a file of one resource. */
static void
take_known (FhirReader *reader, guint index, const char *type, JsonText text, JsonText resource)
{
  g_autofree char *url = json_text_string (json_text_member (text, "fullUrl"));
  g_autofree char *id = json_text_string (json_text_member (resource, "id"));
  CrReadCount *count = count_row (reader, type);
  FhirEntry *entry = g_new0 (FhirEntry, 1);
  entry->index = index;
  entry->type = g_strdup (type);
  entry->source = source_of (type, url, id, resource);
  entry->base = base_of (type, entry->source);
  entry->text = resource;
  count->in_file++;
  const FhirEntry *same = g_hash_table_lookup (reader->by_key, entry->source);
  if (same == NULL) {
    index_entry (reader, entry, id);
    return;
  }
  g_autofree char *reason =
      g_strdup_printf (_ ("It has the same id as entry[%u]; that one was read."), same->index);
  FhirAt at = { reader, entry, NULL, NULL, -1, NULL };
  fhir_find (&at, "id", -1, reason);
  mark_last_skipped (reader);
  cr_read_count_skip (count, _ ("the same id as an earlier one"));
  entry_free (entry);
}

static void
take_resource (FhirReader *reader, guint index, JsonText text, JsonText resource)
{
  g_autofree char *type = json_text_string (json_text_member (resource, "resourceType"));
  if (!json_text_is (resource, '{'))
    reject_entry (reader, index, _ ("(no resource)"), _ ("This entry has no resource."));
  else if (!is_type_name (type))
    reject_entry (reader, index, _ ("(unknown)"), _ ("This resource does not say of which type it is."));
  else if (kind_of (type) != NULL)
    take_known (reader, index, type, text, resource);
  else {
    CrReadCount *count = count_row (reader, type);
    g_autofree char *reason = g_strdup_printf (_ ("not imported (%s)"), count->type);
    count->in_file++;
    cr_read_count_skip (count, reason);
  }
}

static void
take_all (FhirReader *reader, JsonText root)
{
  if (reader->single) {
    take_resource (reader, 0, NULL, root);
    return;
  }
  JsonText list = json_text_member (root, "entry");
  if (list != NULL && !json_text_is (list, '['))
    reject_entry (reader, 0, _ ("(no resource)"), _ ("The bundle's entries are not a list."));
  guint index = 0;
  for (JsonText at = json_text_next (list, NULL); at != NULL; at = json_text_next (list, at))
    take_resource (reader, index++, at, json_text_member (at, "resource"));
}

/* --- reading them ----------------------------------------------------------------------------- */

static void
finish_entry (FhirReader *reader, const FhirEntry *entry, const FhirKind *kind, guint items, guint findings)
{
  CrFhirBundle *bundle = reader->bundle;
  CrReadCount *count = count_row (reader, entry->type);
  gboolean lost = reader->skip != NULL || (reader->broken && !kind->lenient);
  for (guint i = findings; i < bundle->findings->len; i++)
    ((CrReadFinding *)g_ptr_array_index (bundle->findings, i))->skipped = lost;
  if (lost) {
    g_ptr_array_set_size (bundle->items, items);
    cr_read_count_skip (count, reader->skip != NULL ? reader->skip : _ ("unreadable: see the findings"));
    return;
  }
  count->read++;
  count->records += bundle->items->len - items;
  for (guint i = items; i < bundle->items->len; i++) {
    CrFhirItem *item = g_ptr_array_index (bundle->items, i);
    g_hash_table_insert (reader->items, item->source, item);
  }
}

/* Keeps one tree at a time, besides those that others refer to. */
static void
read_entry (FhirReader *reader, FhirEntry *entry, const FhirKind *kind)
{
  guint items = reader->bundle->items->len, findings = reader->bundle->findings->len;
  FhirAt resource;
  reader->broken = FALSE;
  reader->skip = NULL;
  if (kind->read != NULL) {
    if (fhir_open (reader, entry, &resource))
      kind->read (&resource);
    else
      fhir_skip (&resource, _ ("unreadable: see the findings"));
  }
  g_clear_pointer (&entry->root, json_node_unref);
  finish_entry (reader, entry, kind, items, findings);
}

static int
compare_findings_cb (gconstpointer a, gconstpointer b)
{
  const CrReadFinding *one = *(CrReadFinding *const *)a, *two = *(CrReadFinding *const *)b;
  return (one->entry > two->entry) - (one->entry < two->entry);
}

static void
apply_panels (FhirReader *reader)
{
  for (guint i = 0; i < reader->bundle->items->len; i++) {
    CrFhirItem *item = g_ptr_array_index (reader->bundle->items, i);
    const FhirPanel *panel = g_hash_table_lookup (reader->panels, item->source);
    if (panel == NULL || item->klass != &CR_OBSERVATION || item->panel != NULL)
      continue;
    item->panel = g_strdup (panel->key);
    ((CrObservation *)item->record)->panel = g_strdup (panel->name);
  }
}

static void
read_all (FhirReader *reader)
{
  for (guint phase = 0; phase <= LAST_PHASE; phase++)
    for (guint i = 0; i < reader->entries->len; i++) {
      FhirEntry *entry = g_ptr_array_index (reader->entries, i);
      const FhirKind *kind = kind_of (entry->type);
      if (kind->phase == phase)
        read_entry (reader, entry, kind);
    }
  apply_panels (reader);
  g_ptr_array_sort (reader->bundle->findings, compare_findings_cb);
}

/* "resource" for a file of one resource, else the bundle's type; NULL when this is no FHIR we read. */
static const char *
file_type (JsonText root, const char *name, GError **error)
{
  g_autofree char *resource = json_text_string (json_text_member (root, "resourceType"));
  g_autofree char *bundle = json_text_string (json_text_member (root, "type"));
  if (!is_type_name (resource)) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("“%s” is JSON but not FHIR: it has no resource type. Choose a FHIR R4 bundle."), name);
    return NULL;
  }
  if (strcmp (resource, "Bundle") != 0)
    return "resource";
  for (guint i = 0; bundle_types[i] != NULL; i++)
    if (g_strcmp0 (bundle, bundle_types[i]) == 0)
      return bundle_types[i];
  g_set_error (
      error, CR_ERROR, CR_ERROR_INVALID,
      _ ("“%s” is a FHIR bundle of type “%s”, which holds no chart. Choose one of type transaction, batch, "
         "collection, document or searchset."),
      name, bundle != NULL ? bundle : "");
  return NULL;
}

gpointer
fhir_record (const FhirReader *reader, const char *source, const CrRecordClass *klass)
{
  const CrFhirItem *item = source != NULL ? g_hash_table_lookup (reader->items, source) : NULL;
  return item != NULL && item->klass == klass ? item->record : NULL;
}

CrFhirItem *
fhir_add (const FhirAt *resource, const CrRecordClass *klass, const char *suffix)
{
  CrFhirItem *item = g_new0 (CrFhirItem, 1);
  item->klass = klass;
  item->record = cr_record_new (klass);
  item->type = g_strdup (resource->entry->type);
  item->entry = resource->entry->index;
  item->source = g_strconcat (resource->entry->source, suffix, NULL);
  const CrField *field = cr_record_field (klass, "source_id");
  if (field != NULL)
    *(char **)((char *)item->record + field->offset) = g_strdup (item->source);
  g_ptr_array_add (resource->reader->bundle->items, item);
  return item;
}

void
fhir_belongs (const FhirAt *resource, CrFhirItem *item, const char *subject)
{
  item->patient = fhir_reference (resource, subject);
  item->encounter = fhir_reference (resource, "encounter");
  if (item->patient == NULL) {
    fhir_find (resource, subject, -1, _ ("It does not say whose record this is."));
    return;
  }
  const FhirEntry *entry = g_hash_table_lookup (resource->reader->by_key, item->patient);
  if (entry != NULL && strcmp (entry->type, "Patient") != 0)
    fhir_skip (resource, _ ("not about a patient"));
}

void
fhir_set_panel (FhirReader *reader, const char *result, const char *key, const char *name)
{
  if (g_hash_table_contains (reader->panels, result))
    return;
  FhirPanel *panel = g_new0 (FhirPanel, 1);
  panel->key = g_strdup (key);
  panel->name = g_strdup (name);
  g_hash_table_insert (reader->panels, g_strdup (result), panel);
}

CrFhirBundle *
cr_fhir_bundle_read (GBytes *bytes, const char *name, GError **error)
{
  gsize length;
  g_autofree char *text = cr_json_guard (bytes, name, &length, error);
  if (text == NULL)
    return NULL;
  JsonText root = text;
  const char *type = file_type (root, name, error);
  if (type == NULL)
    return NULL;
  g_autoptr (CrFhirBundle) bundle = bundle_new (name, type);
  g_autoptr (FhirReader) reader = reader_new (bundle);
  reader->single = strcmp (type, "resource") == 0;
  take_all (reader, root);
  read_all (reader);
  return g_steal_pointer (&bundle);
}

void
cr_fhir_bundle_free (CrFhirBundle *bundle)
{
  if (bundle == NULL)
    return;
  g_free (bundle->name);
  g_free (bundle->type);
  g_ptr_array_unref (bundle->items);
  g_ptr_array_unref (bundle->findings);
  g_ptr_array_unref (bundle->counts);
  g_free (bundle);
}

void
cr_fhir_item_free (CrFhirItem *item)
{
  if (item == NULL)
    return;
  cr_record_free (item->klass, item->record);
  g_free (item->type);
  g_free (item->source);
  g_free (item->patient);
  g_free (item->encounter);
  g_free (item->panel);
  g_free (item->practitioner);
  g_free (item->system);
  g_free (item->code);
  g_clear_pointer (&item->content, g_bytes_unref);
  g_free (item);
}

const char *
cr_fhir_item_source_id (const CrFhirItem *item)
{
  const CrField *field = cr_record_field (item->klass, "source_id");
  return field != NULL ? *(char *const *)((const char *)item->record + field->offset) : NULL;
}
