/* Bundles that nobody here wrote, beside the source tree where there are any: what we read against an
 * independent count of the same file. */
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>
#include "fhir-test.h"

typedef struct {
  char *name, *text;
  gsize length;
  CrFhirBundle *bundle;
  JsonNode *root;
} Sample;

static void
sample_free (Sample *sample)
{
  g_free (sample->name);
  g_free (sample->text);
  cr_fhir_bundle_free (sample->bundle);
  json_node_unref (sample->root);
  g_free (sample);
}

static Sample *
sample_new (const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  Sample *sample = g_new0 (Sample, 1);
  sample->name = g_strdup (name);
  g_file_get_contents (path, &sample->text, &sample->length, &error);
  g_assert_no_error (error);
  sample->bundle = fhir_read_text (sample->text, (gssize)sample->length);
  sample->root = json_from_string (sample->text, &error);
  g_assert_no_error (error);
  return sample;
}

/* All JSON bundles of a folder; NULL, and the test is skipped, when it is not there. */
static GPtrArray *
load_samples (const char *set, const char *prefix)
{
  g_autofree char *folder =
      g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "..", "shared", "data", set, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  if (dir == NULL) {
    g_test_skip ("the sample bundles are not beside the source tree");
    return NULL;
  }
  GPtrArray *samples = g_ptr_array_new_with_free_func ((GDestroyNotify)sample_free);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".json"))
      g_ptr_array_add (samples, sample_new (folder, name));
  return samples;
}

static JsonArray *
entries_of (const Sample *sample)
{
  return json_object_get_array_member (json_node_get_object (sample->root), "entry");
}

static JsonObject *
resource_at (const Sample *sample, guint i)
{
  return json_object_get_object_member (json_array_get_object_element (entries_of (sample), i), "resource");
}

static guint
count_type (const Sample *sample, const char *type)
{
  guint n = 0;
  for (guint i = 0; i < json_array_get_length (entries_of (sample)); i++)
    n += strcmp (json_object_get_string_member (resource_at (sample, i), "resourceType"), type) == 0;
  return n;
}

static void
check_counts (const Sample *sample)
{
  guint all = 0;
  for (guint i = 0; i < sample->bundle->counts->len; i++) {
    const CrReadCount *count = g_ptr_array_index (sample->bundle->counts, i);
    if (count->in_file != count_type (sample, count->type))
      g_error ("%s: %u %s in the file, %u counted", sample->name, count_type (sample, count->type),
               count->type, count->in_file);
    all += count->in_file;
  }
  g_assert_cmpuint (all, ==, json_array_get_length (entries_of (sample)));
}

/* Everything of the kinds we import is read; of the others nothing. */
static void
test_synthea_counts (void)
{
  static const char *const left_out[] = { "CarePlan", "Claim",        "ExplanationOfBenefit",
                                          "Goal",     "ImagingStudy", NULL };
  g_autoptr (GPtrArray) samples = load_samples ("synthea", "");
  for (guint i = 0; samples != NULL && i < samples->len; i++) {
    const Sample *sample = g_ptr_array_index (samples, i);
    check_counts (sample);
    g_assert_cmpuint (sample->bundle->findings->len, ==, 0);
    for (guint j = 0; j < sample->bundle->counts->len; j++) {
      const CrReadCount *count = g_ptr_array_index (sample->bundle->counts, j);
      gboolean out = g_strv_contains (left_out, count->type);
      g_assert_cmpuint (count->read, ==, out ? 0 : count->in_file);
    }
  }
}

/* The number stands in the file in these very digits. */
static void
check_observation (const Sample *sample, JsonObject *resource)
{
  JsonObject *quantity = json_object_get_object_member (resource, "valueQuantity");
  g_autofree char *source = g_strconcat ("urn:uuid:", json_object_get_string_member (resource, "id"), NULL);
  const CrObservation *row = fhir_expect (sample->bundle, source, &CR_OBSERVATION);
  g_autofree char *digits = g_strdup_printf (": %s,", row->value);
  g_assert_true (row->number == json_object_get_double_member (quantity, "value"));
  g_assert_nonnull (strstr (sample->text, digits));
  g_assert_cmpstr (row->unit, ==, json_object_get_string_member (quantity, "unit"));
  g_assert_cmpint (row->taken_at, !=, CR_INSTANT_NONE);
  GDateTime *at =
      g_date_time_new_from_iso8601 (json_object_get_string_member (resource, "effectiveDateTime"), NULL);
  g_assert_cmpint (row->taken_at, ==, g_date_time_to_unix (at) * G_USEC_PER_SEC);
  g_date_time_unref (at);
}

static void
test_synthea_observations (void)
{
  g_autoptr (GPtrArray) samples = load_samples ("synthea", "");
  for (guint i = 0; samples != NULL && i < samples->len; i++) {
    const Sample *sample = g_ptr_array_index (samples, i);
    guint components = 0, checked = 0, rows = 0;
    for (guint j = 0; j < json_array_get_length (entries_of (sample)); j++) {
      JsonObject *resource = resource_at (sample, j);
      if (strcmp (json_object_get_string_member (resource, "resourceType"), "Observation") != 0)
        continue;
      rows++;
      if (json_object_has_member (resource, "component")) {
        components += json_array_get_length (json_object_get_array_member (resource, "component"));
        rows--;
      } else if (json_object_has_member (resource, "valueQuantity") && checked++ < 60)
        check_observation (sample, resource);
    }
    const CrReadCount *count = fhir_count_of (sample->bundle, "Observation");
    g_assert_cmpuint (count != NULL ? count->records : 0, ==, rows + components);
  }
}

/* Every reference leads to an item of the same file. */
static void
test_synthea_references (void)
{
  g_autoptr (GPtrArray) samples = load_samples ("synthea", "");
  for (guint i = 0; samples != NULL && i < samples->len; i++) {
    const Sample *sample = g_ptr_array_index (samples, i);
    g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
    guint panels = 0;
    for (guint j = 0; j < sample->bundle->items->len; j++) {
      const CrFhirItem *item = g_ptr_array_index (sample->bundle->items, j);
      g_hash_table_add (sources, item->source);
      g_assert_true (item->patient == NULL || g_hash_table_contains (sources, item->patient));
      g_assert_true (item->encounter == NULL || g_hash_table_contains (sources, item->encounter));
      g_assert_true (item->practitioner == NULL || g_hash_table_contains (sources, item->practitioner));
      panels += item->panel != NULL;
    }
    g_assert_true (panels > 0 || count_type (sample, "DiagnosticReport") == 0);
  }
}

static void
test_ips (void)
{
  g_autoptr (GPtrArray) samples = load_samples ("ips", "Bundle-");
  for (guint i = 0; samples != NULL && i < samples->len; i++) {
    const Sample *sample = g_ptr_array_index (samples, i);
    check_counts (sample);
    g_assert_cmpuint (sample->bundle->findings->len, ==, 0);
    g_assert_cmpstr (sample->bundle->type, ==, "document");
    g_assert_cmpuint (fhir_count_of (sample->bundle, "Composition")->records, ==, 1);
    for (guint j = 0; j < sample->bundle->counts->len; j++) {
      const CrReadCount *count = g_ptr_array_index (sample->bundle->counts, j);
      /* "No known food allergy" is not an allergy. */
      g_assert_true (count->read == count->in_file || strcmp (count->type, "AllergyIntolerance") == 0);
    }
  }
}

/* A file of one resource of a kind we do not keep is counted and named, not an error. */
static void
test_single_resources (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "..", "shared", "data", "ips",
                                            "StructureDefinition-Patient-uv-ips.json", NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    g_test_skip ("the sample bundles are not beside the source tree");
    return;
  }
  g_autoptr (CrFhirBundle) bundle = fhir_read_text (text, -1);
  g_assert_cmpstr (bundle->type, ==, "resource");
  g_assert_cmpuint (bundle->items->len, ==, 0);
  g_assert_cmpuint (fhir_count_of (bundle, "StructureDefinition")->skipped, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/fhir-samples/synthea-counts", test_synthea_counts);
  g_test_add_func ("/exchange/fhir-samples/synthea-observations", test_synthea_observations);
  g_test_add_func ("/exchange/fhir-samples/synthea-references", test_synthea_references);
  g_test_add_func ("/exchange/fhir-samples/ips", test_ips);
  g_test_add_func ("/exchange/fhir-samples/single-resources", test_single_resources);
  return g_test_run ();
}
