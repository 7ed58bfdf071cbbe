/* import: everything of the files is accounted for, again changes nothing, and what is hostile leaves
 * nothing. */
#include "fixture.h"
#include <json-glib/json-glib.h>
#include <string.h>

static const char *
new_practice (const char *name)
{
  const char *folder = ctl_path (name);
  g_autofree char *sheet = g_strconcat (folder, ".pdf", NULL);
  g_autoptr (CtlRun) run = ctl_run ("new", folder, "--name", "Import Practice", "--user", "admin", "-p",
                                    ctl_password_file (), "--recovery-sheet", sheet, "--fast-kdf", NULL);
  g_assert_cmpint (run->status, ==, 0);
  return folder;
}

static char *
household (void)
{
  return g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "tests", "fixtures", "fhir", "household.json",
                           NULL);
}

/* Arguments of an import of many files. */
static CtlRun *
import_all (const char *practice, GPtrArray *files, const char *option)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, (char *)ctl_program ());
  for (const char *const *word = (const char *const[]){ "import", practice, "--json", "-u", "admin", "-p",
                                                        ctl_password_file (), NULL };
       *word != NULL; word++)
    g_ptr_array_add (argv, (char *)*word);
  if (option != NULL)
    g_ptr_array_add (argv, (char *)option);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (argv, files->pdata[i]);
  g_ptr_array_add (argv, NULL);
  return ctl_runv ((char **)argv->pdata);
}

static JsonArray *
rows_of (const CtlRun *run, JsonNode **node)
{
  g_autoptr (GError) error = NULL;
  ctl_assert_done (run);
  *node = json_from_string (run->out, &error);
  g_assert_no_error (error);
  return json_node_get_array (*node);
}

static guint
number (JsonObject *row, const char *key)
{
  return (guint)g_ascii_strtoull (json_object_get_string_member (row, key), NULL, 10);
}

static guint
sum (JsonArray *rows, const char *key)
{
  guint n = 0;
  for (guint i = 0; i < json_array_get_length (rows); i++)
    n += number (json_array_get_object_element (rows, i), key);
  return n;
}

/* "Observation" → how often jq finds it in the files. */
static GHashTable *
count_with_jq (GPtrArray *files)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (argv, (char *)"jq");
  g_ptr_array_add (argv, (char *)"-r");
  g_ptr_array_add (argv, (char *)".entry[].resource.resourceType");
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (argv, files->pdata[i]);
  g_ptr_array_add (argv, NULL);
  g_autoptr (CtlRun) run = ctl_runv ((char **)argv->pdata);
  ctl_assert_done (run);
  g_auto (GStrv) types = g_strsplit (run->out, "\n", -1);
  for (guint i = 0; types[i] != NULL && types[i][0] != '\0'; i++) {
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, types[i]));
    g_hash_table_insert (counts, g_strdup (types[i]), GUINT_TO_POINTER (n + 1));
  }
  return counts;
}

/* Each kind: as many as in the files, each of them somewhere, and what was left out has a reason. */
static void
check_account (JsonArray *rows, GHashTable *expected)
{
  g_assert_cmpuint (json_array_get_length (rows), ==, g_hash_table_size (expected));
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    const char *type = json_object_get_string_member (row, "type");
    guint in_file = number (row, "in file"), skipped = number (row, "not imported");
    g_assert_cmpuint (in_file, ==, GPOINTER_TO_UINT (g_hash_table_lookup (expected, type)));
    g_assert_cmpuint (in_file, ==,
                      number (row, "added") + number (row, "changed") + number (row, "unchanged") +
                          number (row, "part of others") + skipped);
    g_assert_true ((skipped > 0) == !json_object_get_null_member (row, "why"));
  }
}

static GPtrArray *
sample_files (void)
{
  g_autofree char *folder =
      g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "..", "shared", "data", "synthea", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (files, g_build_filename (folder, name, NULL));
  return files;
}

static void
import_twice (const char *practice, GPtrArray *files)
{
  g_autoptr (GHashTable) expected = count_with_jq (files);
  g_autoptr (JsonNode) first_node = NULL, second_node = NULL;
  g_autoptr (CtlRun) first = import_all (practice, files, NULL);
  JsonArray *rows = rows_of (first, &first_node);
  guint writes = ctl_writes (practice, "admin"), added = sum (rows, "added");
  check_account (rows, expected);
  g_assert_cmpuint (added, >, 0);
  g_autoptr (CtlRun) second = import_all (practice, files, NULL);
  rows = rows_of (second, &second_node);
  check_account (rows, expected);
  g_assert_cmpuint (sum (rows, "added") + sum (rows, "changed"), ==, 0);
  g_assert_cmpuint (ctl_writes (practice, "admin"), ==, writes);
  g_autoptr (CtlRun) whole = ctl_as ("admin", "verify", practice, NULL);
  ctl_assert_done (whole);
}

static void
test_household (void)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (files, household ());
  import_twice (new_practice ("household.practice"), files);
}

static void
test_synthea (void)
{
  g_autoptr (GPtrArray) files = sample_files ();
  if (files->len == 0) {
    g_test_skip ("the sample bundles are not beside the source tree");
    return;
  }
  const char *practice = new_practice ("synthea.practice");
  import_twice (practice, files);
  g_autoptr (GHashTable) expected = count_with_jq (files);
  g_autoptr (CtlRun) found = ctl_as ("admin", "find", practice, "", NULL);
  g_assert_cmpuint (ctl_lines (found->out), ==, GPOINTER_TO_UINT (g_hash_table_lookup (expected, "Patient")));
}

static void
test_dry_run (void)
{
  const char *practice = new_practice ("dry.practice");
  g_autofree char *file = household ();
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (JsonNode) dry_node = NULL, node = NULL;
  guint writes = ctl_writes (practice, "admin");
  g_ptr_array_add (files, file);
  g_autoptr (CtlRun) text = ctl_as ("admin", "import", practice, file, "--dry-run", NULL);
  g_autoptr (CtlRun) dry = import_all (practice, files, "--dry-run");
  ctl_assert_done (text);
  ctl_assert_has (text->out, "nothing was");
  g_assert_cmpuint (ctl_writes (practice, "admin"), ==, writes);
  g_autoptr (CtlRun) real = import_all (practice, files, NULL);
  g_assert_cmpuint (sum (rows_of (dry, &dry_node), "added"), ==, sum (rows_of (real, &node), "added"));
}

/* Resources that cannot be read are named and do not stop the rest. */
static void
test_unreadable_resource (void)
{
  const char *practice = new_practice ("mixed.practice");
  const char *file =
      ctl_write ("mixed.json", "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
                               "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{"
                               "\"family\":\"Testperson\",\"given\":[\"Una\"]}],"
                               "\"gender\":\"female\",\"birthDate\":\"1970-01-02\"}},"
                               "{\"resource\":{\"resourceType\":\"Condition\",\"id\":\"c1\",\"subject\":{"
                               "\"reference\":\"Patient/p1\"},\"code\":7}}]}");
  g_autoptr (CtlRun) run = ctl_as ("admin", "import", practice, file, NULL);
  g_autoptr (CtlRun) found = ctl_as ("admin", "find", practice, "testperson una", NULL);
  g_assert_cmpint (run->status, ==, 0);
  ctl_assert_has (run->err, "mixed.json: entry[1]");
  g_assert_cmpuint (ctl_lines (run->err), ==, 1);
  g_assert_cmpuint (ctl_lines (found->out), ==, 1);
}

#define ABOUT(id, birth, more)                                                                               \
  "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"" id "\",\"birthDate\":\"" birth "\"," more "}}"
#define WEIGHT(id, value, when)                                                                              \
  "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"" id "\",\"status\":\"final\",\"subject\":{"     \
  "\"reference\":\"Patient/a\"},\"code\":{\"coding\":[{\"system\":\"http://"                                 \
  "loinc.org\",\"code\":\"29463-7\","                                                                        \
  "\"display\":\"Body weight\"}]},\"effectiveDateTime\":\"" when "\",\"valueQuantity\":{\"value\":" value    \
  ",\"unit\":\"kg\"}}}"
#define NAMED "\"name\":[{\"family\":\"Impossible\",\"given\":[\"Una\"]}]"

/* What the forms refuse comes in unknown or not at all, each with its place and its reason. */
static void
test_impossible (void)
{
  const char *practice = new_practice ("impossible.practice");
  static const char *const entries[] = {
    ABOUT ("a", "2999-01-01", NAMED),
    ABOUT ("b", "1874-12-31", NAMED),
    ABOUT ("c", "1970-01-02", NAMED ",\"deceasedDateTime\":\"1969-01-01\""),
    ABOUT ("d", "1970-01-02", NAMED ",\"gender\":\"attack\""),
    ABOUT ("e", "1970-01-02", "\"name\":[{\"family\":\"Im\\u202Epossible\",\"given\":[\"Una\"]}]"),
    WEIGHT ("w1", "1e308", "2020-01-02"),
    WEIGHT ("w2", "-5", "2020-01-02"),
    WEIGHT ("w3", "80", "2999-01-02"),
    WEIGHT ("w4", "80", "2020-01-02"),
    NULL,
  };
  g_autofree char *joined = g_strjoinv (",", (char **)entries);
  g_autofree char *text =
      g_strconcat ("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[", joined, "]}", NULL);
  const char *file = ctl_write ("impossible.json", text);
  static const char *const places[] = { "entry[0].resource (Patient).birthDate",
                                        "entry[1].resource (Patient).birthDate",
                                        "entry[2].resource (Patient).deceasedDateTime",
                                        "entry[3].resource (Patient).gender",
                                        "entry[4].resource (Patient).name",
                                        "entry[5].resource (Observation).value[x]",
                                        "entry[6].resource (Observation).value[x]",
                                        "entry[7].resource (Observation).effective[x]" };
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_ptr_array_add (files, (char *)file);
  g_autoptr (GHashTable) expected = count_with_jq (files);
  g_autoptr (CtlRun) run = import_all (practice, files, NULL);
  g_autoptr (JsonNode) node = NULL;
  g_assert_cmpint (run->status, ==, 0);
  node = json_from_string (run->out, NULL);
  check_account (json_node_get_array (node), expected);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    ctl_assert_has (run->err, places[i]);
  g_assert_cmpuint (ctl_lines (run->err), ==, G_N_ELEMENTS (places));
  g_autoptr (CtlRun) found = ctl_as ("admin", "find", practice, "impossible una", NULL);
  g_assert_cmpuint (ctl_lines (found->out), ==, 5); /* the turned name is found as it is written */
  g_assert_null (strstr (found->out, "2999"));
}

static char *
deep_nesting (void)
{
  GString *text = g_string_new ("{\"resourceType\":\"Bundle\",\"entry\":");
  for (guint i = 0; i < 10000; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < 10000; i++)
    g_string_append_c (text, ']');
  return g_string_free (g_string_append_c (text, '}'), FALSE);
}

static void
test_hostile (void)
{
  const char *practice = new_practice ("hostile.practice");
  g_autofree char *file = household (), *good = ctl_read (file, NULL), *deep = deep_nesting ();
  g_autofree char *cut = g_strndup (good, strlen (good) * 2 / 3);
  const struct {
    const char *name, *content, *words;
  } cases[] = {
    { "deep.json", deep, "deep.json" },
    { "cut.json", cut, "cut.json" },
    { "empty.json", "", "empty.json" },
    { "bytes.json", "{\"resourceType\":\"\xff\xfe\"}", "UTF-8" },
    { "types.json", "{\"resourceType\":\"Bundle\",\"entry\":5}", "types.json" },
    { "other.json", "{\"hello\":\"there\"}", "other.json" },
    { "list.json", "[1,2,3]", "list.json" },
    { "paper.json", "%PDF-1.4 not a bundle", "paper.json" },
  };
  g_autoptr (CtlRun) missing = ctl_as ("admin", "import", practice, ctl_path ("none.json"), NULL);
  g_autoptr (CtlRun) folder = ctl_as ("admin", "import", practice, practice, NULL);
  guint writes = ctl_writes (practice, "admin");
  ctl_assert_refused (missing, 1, "none.json");
  ctl_assert_refused (folder, 1, "is not a file");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CtlRun) run =
        ctl_as ("admin", "import", practice, ctl_write (cases[i].name, cases[i].content), NULL);
    ctl_assert_refused (run, 1, cases[i].words);
  }
  g_assert_cmpuint (ctl_writes (practice, "admin"), ==, writes);
}

/* One bad file among good ones: the good ones are in, the bad one is named, and the status says so. */
static void
test_one_of_two (void)
{
  const char *practice = new_practice ("two.practice");
  g_autofree char *good = household ();
  g_autoptr (CtlRun) run = ctl_as ("admin", "import", practice, ctl_write ("bad.json", "{"), good, NULL);
  g_autoptr (CtlRun) found = ctl_as ("admin", "find", practice, "", NULL);
  g_assert_cmpint (run->status, ==, 1);
  ctl_assert_has (run->err, "bad.json");
  ctl_assert_has (run->err, "1 file was refused");
  g_assert_cmpuint (ctl_lines (found->out), >, 0);
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  g_test_add_func ("/ctl/import/household", test_household);
  g_test_add_func ("/ctl/import/synthea", test_synthea);
  g_test_add_func ("/ctl/import/dry-run", test_dry_run);
  g_test_add_func ("/ctl/import/unreadable-resource", test_unreadable_resource);
  g_test_add_func ("/ctl/import/impossible", test_impossible);
  g_test_add_func ("/ctl/import/hostile", test_hostile);
  g_test_add_func ("/ctl/import/one-of-two", test_one_of_two);
  return ctl_end ();
}
