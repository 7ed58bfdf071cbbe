/* Files that are cut, broken, odd or meant to harm: refused with a sentence, or read without what is wrong.
 */
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>
#include "chartroom/base/error.h"
#include "fhir-test.h"

#define PATIENT                                                                                              \
  "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":\"Invented\",\"given\":[\"Ina\"]}]}"
#define SUBJECT "\"subject\":{\"reference\":\"Patient/p\"}"
#define OBSERVATION(id, rest)                                                                                \
  "{\"resourceType\":\"Observation\",\"id\":\"" id "\",\"status\":\"final\",\"code\":{\"text\":\"t\"},"      \
  "\"effectiveDateTime\":\"2026-01-02T03:04:05Z\"," SUBJECT "," rest "}"

static void
test_refused_files (void)
{
  static const struct {
    const char *text, *says;
  } cases[] = {
    { "", "is empty" },
    { "hello", "not valid JSON" },
    { "<?xml version=\"1.0\"?><Bundle/>", "not valid JSON" },
    { "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[", "cut off" },
    { "[]", "not FHIR" },
    { "7", "not FHIR" },
    { "null", "not FHIR" },
    { "{}", "not FHIR" },
    { "{\"resourceType\":5}", "not FHIR" },
    { "{\"resourceType\":\"\"}", "not FHIR" },
    { "{\"resourceType\":\"No Such\"}", "not FHIR" },
    { "{\"resourceType\":[\"Bundle\"]}", "not FHIR" },
    { "{\"resourceType\":\"Bundle\"}", "of type “”" },
    { "{\"resourceType\":\"Bundle\",\"type\":3}", "of type “”" },
    { "{\"resourceType\":\"Bundle\",\"type\":\"history\"}", "of type “history”" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new (cases[i].text, strlen (cases[i].text));
    g_autoptr (CrFhirBundle) bundle = cr_fhir_bundle_read (bytes, "chart.json", &error);
    g_assert_null (bundle);
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
    if (strstr (error->message, cases[i].says) == NULL || strstr (error->message, "“chart.json”") == NULL)
      g_error ("case %u: %s", i, error->message);
  }
}

static void
test_cut_anywhere (void)
{
  gsize length;
  g_autofree char *text = fhir_fixture ("household.json", &length);
  length = strlen (g_strchomp (text));
  for (gsize cut = 1; cut < length; cut += 7) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new (text, cut);
    g_autofree char *where = g_strdup_printf ("at byte %" G_GSIZE_FORMAT " ", cut);
    g_assert_null (cr_fhir_bundle_read (bytes, "chart.json", &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
    g_assert_nonnull (strstr (error->message, "is cut off"));
    g_assert_nonnull (strstr (error->message, where));
  }
}

static void
test_deep_nesting (void)
{
  g_autoptr (GString) text =
      g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":");
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 10000; i++)
    g_string_append_c (text, '[');
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  g_assert_null (cr_fhir_bundle_read (bytes, "chart.json", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "64 levels deep"));
}

/* One bad resource costs itself and nothing else. */
static void
test_one_bad_resource (void)
{
  static const struct {
    const char *resource, *path;
  } cases[] = {
    { OBSERVATION ("x", "\"valueQuantity\":{\"value\":\"seven\"}"), ".valueQuantity.value" },
    { OBSERVATION ("x", "\"valueQuantity\":{\"value\":{}}"), ".valueQuantity.value" },
    { OBSERVATION ("x", "\"valueQuantity\":[1]"), ".valueQuantity" },
    { OBSERVATION ("x", "\"valueInteger\":true"), ".valueInteger" },
    { OBSERVATION ("x", "\"valueString\":5"), ".valueString" },
    { OBSERVATION ("x", "\"valueString\":\"a\",\"category\":{}"), ".category" },
    { OBSERVATION ("x", "\"valueString\":\"a\",\"category\":[7]"), ".category[0]" },
    { OBSERVATION ("x", "\"valueString\":\"a\",\"status\":\"perhaps\""), ".status" },
    { OBSERVATION ("x", "\"valueString\":\"a\",\"effectiveDateTime\":\"2026-13-01\""), ".effectiveDateTime" },
    { OBSERVATION ("x", "\"valueString\":\"a\",\"effectiveDateTime\":\"2026-02-30T00:00:00Z\""),
      ".effectiveDateTime" },
    { OBSERVATION ("x", "\"valueString\":\"a\",\"effectiveDateTime\":\"2026-02-03T25:00:00Z\""),
      ".effectiveDateTime" },
    { OBSERVATION ("x", "\"valueString\":\"a\",\"effectiveDateTime\":\"yesterday\""), ".effectiveDateTime" },
    { OBSERVATION ("x", "\"component\":[{\"code\":{\"text\":\"c\"},\"valueQuantity\":{\"value\":\"1\"}}]"),
      ".component[0].valueQuantity.value" },
    { "{\"resourceType\":\"Observation\",\"id\":\"x\",\"status\":\"final\",\"code\":{\"text\":\"t\"},"
      "\"effectiveDateTime\":\"2026\",\"valueString\":\"a\"}",
      ".subject" },
    { "{\"resourceType\":\"Observation\",\"id\":\"x\",\"status\":\"final\",\"valueString\":\"a\"," SUBJECT
      "}",
      ".code" },
    { "{\"resourceType\":\"Condition\",\"id\":\"x\"," SUBJECT "}", ".code" },
    { "{\"resourceType\":\"Condition\",\"id\":\"x\",\"code\":{\"text\":\"c\"},\"subject\":7}", ".subject" },
    { "{\"resourceType\":\"Condition\",\"id\":\"x\",\"code\":\"c\"," SUBJECT "}", ".code" },
    { "{\"resourceType\":\"MedicationRequest\",\"id\":\"x\",\"status\":\"active\"," SUBJECT "}",
      ".medication[x]" },
    { "{\"resourceType\":\"MedicationRequest\",\"id\":\"x\",\"medicationCodeableConcept\":{\"text\":\"m\"}"
      "," SUBJECT "}",
      ".status" },
    { "{\"resourceType\":\"Encounter\",\"id\":\"x\",\"status\":\"finished\"," SUBJECT "}", ".period" },
    { "{\"resourceType\":\"Patient\",\"id\":\"x\",\"gender\":\"male\"}", ".name" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrFhirBundle) bundle =
        fhir_read_resources (PATIENT, cases[i].resource, OBSERVATION ("good", "\"valueInteger\":1"), NULL);
    const char *type = strstr (cases[i].resource, "\":\"") + 3;
    g_autofree char *path =
        g_strdup_printf ("entry[1].resource (%.*s)%s", (int)strcspn (type, "\""), type, cases[i].path);
    const CrReadFinding *finding = fhir_finding_at (bundle, path);
    if (finding == NULL || !finding->skipped)
      g_error ("case %u: nothing found at %s", i, path);
    g_assert_cmpuint (bundle->items->len, ==, 2);
    fhir_expect (bundle, "Patient/p", &CR_PATIENT);
    fhir_expect (bundle, "Observation/good", &CR_OBSERVATION);
  }
}

static void
test_entries_that_are_none (void)
{
  g_autoptr (CrFhirBundle) bundle = fhir_read_text (
      "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[7,null,[],\"x\",{},{\"resource\":null},"
      "{\"resource\":[]},{\"resource\":{}},{\"resource\":{\"resourceType\":7}},{\"resource\":{"
      "\"resourceType\":\"a b\"}},"
      "{\"fullUrl\":9,\"resource\":" PATIENT "}]}",
      -1);
  g_assert_cmpuint (bundle->items->len, ==, 1);
  g_assert_cmpuint (bundle->findings->len, ==, 10);
  g_assert_cmpuint (fhir_count_of (bundle, "(no resource)")->in_file, ==, 7);
  g_assert_cmpuint (fhir_count_of (bundle, "(unknown)")->in_file, ==, 3);
  g_assert_nonnull (fhir_finding_at (bundle, "entry[5].resource"));
  g_autoptr (CrFhirBundle) empty =
      fhir_read_text ("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":{}}", -1);
  g_assert_cmpuint (empty->findings->len, ==, 1);
  g_autoptr (CrFhirBundle) none = fhir_read_text ("{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}", -1);
  g_assert_cmpuint (none->findings->len + none->items->len, ==, 0);
}

static void
test_duplicates (void)
{
  g_autoptr (CrFhirBundle) bundle = fhir_read_resources (
      PATIENT, OBSERVATION ("o", "\"valueInteger\":1"), OBSERVATION ("o", "\"valueInteger\":2"),
      OBSERVATION ("p", "\"valueInteger\":3"), PATIENT, NULL);
  const CrObservation *first = fhir_expect (bundle, "Observation/o", &CR_OBSERVATION);
  g_assert_cmpstr (first->value, ==, "1");
  g_assert_cmpuint (fhir_count_of (bundle, "Observation")->read, ==, 2);
  g_assert_cmpuint (fhir_count_of (bundle, "Patient")->skipped, ==, 1);
  g_assert_nonnull (fhir_finding_at (bundle, "entry[2].resource (Observation).id"));
  g_assert_true (fhir_finding_at (bundle, "entry[4].resource (Patient).id")->skipped);
}

static void
test_numbers (void)
{
  static const struct {
    const char *written;
    double number;
  } cases[] = { { "4.0", 4 },
                { "-0", 0 },
                { "1e400", NAN },
                { "-1E400", NAN },
                { "1e-400", 0 },
                { "0.10", 0.1 },
                { "181.34380831944074", 181.34380831944074 },
                { "12345678901234567890123456789", 1.2345678901234568e28 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *observation =
        g_strdup_printf (OBSERVATION ("n", "\"valueQuantity\":{\"value\":%s}"), cases[i].written);
    g_autoptr (CrFhirBundle) bundle = fhir_read_resources (PATIENT, observation, NULL);
    const CrObservation *row = fhir_expect (bundle, "Observation/n", &CR_OBSERVATION);
    g_assert_cmpstr (row->value, ==, cases[i].written);
    g_assert_true (isnan (cases[i].number) ? isnan (row->number) : row->number == cases[i].number);
  }
  g_autofree char *digits = g_strnfill (5000, '9');
  g_autofree char *huge = g_strdup_printf (OBSERVATION ("n", "\"valueInteger\":%s"), digits);
  g_autoptr (CrFhirBundle) bundle = fhir_read_resources (PATIENT, huge, NULL);
  g_assert_nonnull (fhir_finding_at (bundle, "entry[1].resource (Observation).valueInteger"));
}

/* A text cannot pass itself off as a number, nor carry control characters. */
static void
test_forged_marks (void)
{
  g_autoptr (CrFhirBundle) bundle =
      fhir_read_resources (PATIENT, OBSERVATION ("a", "\"valueQuantity\":{\"value\":\"\\u00015\"}"),
                           OBSERVATION ("b", "\"valueString\":\"\\u00015\\u0000\\u001b\""), NULL);
  const CrObservation *row = fhir_expect (bundle, "Observation/b", &CR_OBSERVATION);
  g_assert_cmpstr (row->value, ==, "\uFFFD5\uFFFD\uFFFD");
  g_assert_nonnull (fhir_finding_at (bundle, "entry[1].resource (Observation).valueQuantity.value"));
}

/* What would steer a terminal, break a line or fill the screen is no part of a name; that it was is said. The
 * escape character was replaced when the JSON was read. */
static void
test_unprintable_names (void)
{
  g_autofree char *many = g_strnfill (5000, 'x');
  g_autofree char *text = g_strconcat (
      "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":\"In\\u001b[31mven\\nted\","
      "\"given\":[\"",
      many, "\"]}]}", NULL);
  g_autoptr (CrFhirBundle) bundle = fhir_read_resources (text, NULL);
  const CrPatient *patient = ((CrFhirItem *)bundle->items->pdata[0])->record;
  g_assert_cmpstr (patient->family, ==, "In[31mven ted");
  g_assert_cmpuint (strlen (patient->given), ==, 100);
  g_assert_cmpuint (bundle->findings->len, ==, 1);
  fhir_check_sound (bundle);
}

static void
test_many_findings (void)
{
  g_autoptr (GString) text = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[7");
  for (guint i = 0; i < 30000; i++)
    g_string_append (text, ",7");
  g_string_append (text, "]}");
  g_autoptr (CrFhirBundle) bundle = fhir_read_text (text->str, -1);
  g_assert_cmpuint (bundle->findings->len, ==, 10001);
  g_assert_cmpuint (fhir_count_of (bundle, "(no resource)")->skipped, ==, 30001);
}

static void
test_many_kinds (void)
{
  g_autoptr (GString) text = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[");
  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "{\"resource\":{\"resourceType\":\"Kind%c%c%c\"}},", 'a' + i % 26,
                            'a' + i / 26 % 26, 'a' + i / 676);
  g_string_append (text, "{\"resource\":" PATIENT "}]}");
  g_autoptr (CrFhirBundle) bundle = fhir_read_text (text->str, -1);
  g_assert_cmpuint (bundle->counts->len, <=, 202);
  g_assert_cmpuint (fhir_count_of (bundle, "(other)")->in_file, ==, 1800);
  g_assert_cmpuint (fhir_count_of (bundle, "Patient")->read, ==, 1);
}

/* --- every field of the wrong type, and mutations --------------------------------------------- */

typedef struct {
  JsonNode *root;
  guint places; /* counted so far */
  guint target;
  JsonNode *with; /* NULL: only count */
} Spoiler;

static void spoil_object_cb (JsonObject *object, const char *name, JsonNode *node, gpointer data);

static void
spoil_inside (JsonNode *node, Spoiler *spoiler)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), spoil_object_cb, spoiler);
  else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *list = json_node_get_array (node);
    for (guint i = 0; i < json_array_get_length (list); i++)
      spoil_inside (json_array_get_element (list, i), spoiler);
  }
}

static void
spoil_object_cb (JsonObject *object, const char *name, JsonNode *node, gpointer data)
{
  Spoiler *spoiler = data;
  gboolean hit = spoiler->with != NULL && spoiler->places == spoiler->target;
  spoiler->places++;
  if (hit)
    json_object_set_member (object, name, json_node_copy (spoiler->with));
  else
    spoil_inside (node, spoiler);
}

/* The household with the n-th field replaced; the number of fields when `with` is NULL. */
static char *
spoil (const char *text, guint n, const char *with, guint *places)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  g_autoptr (JsonNode) value = with != NULL ? json_from_string (with, NULL) : NULL;
  Spoiler spoiler = { root, 0, n, value };
  spoil_inside (root, &spoiler);
  *places = spoiler.places;
  return json_to_string (root, FALSE);
}

static void
test_wrong_types_everywhere (void)
{
  static const char *const others[] = { "7",    "\"x\"",  "true", "[]",      "{}",
                                        "null", "[[{}]]", "[7]",  "[\"x\"]", "[null]" };
  gsize length;
  guint places = 0, total;
  g_autofree char *text = fhir_fixture ("household.json", &length);
  g_free (spoil (text, 0, NULL, &total));
  g_assert_cmpuint (total, >, 400);
  for (guint n = 0; n < total; n++)
    for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
      g_autofree char *spoilt = spoil (text, n, others[i], &places);
      g_autoptr (GBytes) bytes = g_bytes_new (spoilt, strlen (spoilt));
      g_autoptr (GError) error = NULL;
      g_autoptr (CrFhirBundle) bundle = cr_fhir_bundle_read (bytes, "chart.json", &error);
      g_assert_true ((bundle != NULL) == (error == NULL));
      if (bundle == NULL)
        continue;
      fhir_check_sound (bundle);
      guint in_file = 0;
      for (guint j = 0; j < bundle->counts->len; j++)
        in_file += ((CrReadCount *)g_ptr_array_index (bundle->counts, j))->in_file;
      /* only the list of entries itself may change how many there are */
      g_assert_true (in_file == 22 || in_file <= 1);
    }
}

static void
mutate (GRand *rand, GString *text)
{
  static const char *const snippets[] = { "{",
                                          "}",
                                          "[",
                                          "]",
                                          ",",
                                          ":",
                                          "\"",
                                          "\\",
                                          "\\u0000",
                                          "\\ud800",
                                          "null",
                                          "1e999",
                                          "-",
                                          "\"resourceType\":\"Bundle\"",
                                          "\"resource\":{",
                                          "é",
                                          "#",
                                          "urn:uuid:pat-1" };
  gsize at = g_rand_int_range (rand, 0, (gint32)text->len);
  gsize some = MIN ((gsize)g_rand_int_range (rand, 1, 40), text->len - at);
  switch (g_rand_int_range (rand, 0, 6)) {
  case 0:
    text->str[at] = (char)g_rand_int_range (rand, 0, 256);
    break;
  case 1:
    g_string_erase (text, (gssize)at, (gssize)some);
    break;
  case 2: {
    g_autofree char *copy = g_strndup (text->str + at, some);
    g_string_insert (text, g_rand_int_range (rand, 0, (gint32)text->len), copy);
    break;
  }
  case 3:
    g_string_truncate (text, MAX (at, 1));
    break;
  default:
    g_string_insert (text, (gssize)at, snippets[g_rand_int_range (rand, 0, G_N_ELEMENTS (snippets))]);
  }
}

/* Exchanges what two texts begin with, which keeps the file JSON and makes nonsense of it. */
static void
swap_texts (GRand *rand, GString *text)
{
  gint32 half = (gint32)text->len / 2;
  char *one = strstr (text->str + g_rand_int_range (rand, 0, half), ": \"");
  char *two = strstr (text->str + g_rand_int_range (rand, half, (gint32)text->len), ": \"");
  if (one == NULL || two == NULL || two <= one)
    return;
  one += 2;
  two += 2;
  gsize width = MIN (strcspn (one + 1, "\""), strcspn (two + 1, "\""));
  for (gsize i = 1; i <= width; i++) {
    char c = one[i];
    one[i] = two[i];
    two[i] = c;
  }
}

static void
test_mutations (void)
{
  gsize length;
  guint readable = 0;
  g_autofree char *seed = fhir_fixture ("household.json", &length);
  GRand *rand = g_rand_new_with_seed (20261123);
  for (guint round = 0; round < 2000; round++) {
    g_autoptr (GString) text = g_string_new_len (seed, (gssize)length);
    for (gint times = g_rand_int_range (rand, 1, 4); times > 0; times--)
      if (round % 2 == 0)
        mutate (rand, text);
      else
        swap_texts (rand, text);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
    g_autoptr (CrFhirBundle) bundle = cr_fhir_bundle_read (bytes, "chart.json", &error);
    g_assert_true ((bundle != NULL) == (error == NULL));
    if (bundle != NULL)
      fhir_check_sound (bundle);
    else
      g_assert_true (g_error_matches (error, CR_ERROR, CR_ERROR_INVALID) && strlen (error->message) > 20);
    readable += bundle != NULL;
  }
  g_rand_free (rand);
  g_assert_cmpuint (readable, >, 500); /* else the test would only test the guard */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/fhir-hostile/refused-files", test_refused_files);
  g_test_add_func ("/exchange/fhir-hostile/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/exchange/fhir-hostile/deep-nesting", test_deep_nesting);
  g_test_add_func ("/exchange/fhir-hostile/one-bad-resource", test_one_bad_resource);
  g_test_add_func ("/exchange/fhir-hostile/entries-that-are-none", test_entries_that_are_none);
  g_test_add_func ("/exchange/fhir-hostile/duplicates", test_duplicates);
  g_test_add_func ("/exchange/fhir-hostile/numbers", test_numbers);
  g_test_add_func ("/exchange/fhir-hostile/forged-marks", test_forged_marks);
  g_test_add_func ("/exchange/fhir-hostile/unprintable-names", test_unprintable_names);
  g_test_add_func ("/exchange/fhir-hostile/many-findings", test_many_findings);
  g_test_add_func ("/exchange/fhir-hostile/many-kinds", test_many_kinds);
  g_test_add_func ("/exchange/fhir-hostile/wrong-types-everywhere", test_wrong_types_everywhere);
  g_test_add_func ("/exchange/fhir-hostile/mutations", test_mutations);
  return g_test_run ();
}
