/* find, chart, day, audit: what is shown, to whom. */
#include "fixture.h"
#include <json-glib/json-glib.h>
#include <string.h>

static const char *demo;

/* The first line of a find, or a row of its JSON, must be this patient. */
static void
test_find (void)
{
  static const struct {
    const char *query, *first;
  } QUERIES[] = {
    { "garcia maria", "004217" }, { "MARIA garcia", "004217" }, { "malena", "004217" },
    { "gar mar", "004217" },      { "3/14/1961", "004217" },    { "1961-03-14", "004217" },
    { "0142", "004217" },         { "004217", "004217" },       { "nowak piotr", "001902" },
    { "garcia-marin", "002208" }, { "García", "004217" },       { "suharto", "004980" },
    { "lee 2022", "005502" },     { "holt", "000871" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (QUERIES); i++) {
    g_autoptr (CtlRun) run = ctl_as ("frontdesk", "find", demo, QUERIES[i].query, NULL);
    ctl_assert_done (run);
    if (!g_str_has_prefix (run->out, QUERIES[i].first))
      g_error ("“%s” finds first:\n%s", QUERIES[i].query, run->out);
  }
}

static void
test_find_nobody (void)
{
  g_autoptr (CtlRun) text = ctl_as ("frontdesk", "find", demo, "999 qqxx", NULL);
  g_autoptr (CtlRun) json = ctl_as ("frontdesk", "find", demo, "999 qqxx", "--json", NULL);
  g_assert_cmpint (text->status, ==, 0);
  g_assert_cmpstr (text->out, ==, "");
  ctl_assert_done (json);
  g_assert_cmpstr (json->out, ==, "[]\n");
}

static JsonNode *
parse (const CtlRun *run)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node;
  ctl_assert_done (run);
  node = json_from_string (run->out, &error);
  g_assert_no_error (error);
  return node;
}

static void
test_json (void)
{
  static const char *const LISTS[][2] = { { "find", "" }, { "day", "2026-11-23" }, { "rx", "002870" } };
  for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++) {
    g_autoptr (CtlRun) text = ctl_as ("doctor", LISTS[i][0], demo, LISTS[i][1], NULL);
    g_autoptr (CtlRun) run = ctl_as ("doctor", LISTS[i][0], demo, LISTS[i][1], "--json", NULL);
    g_autoptr (JsonNode) node = parse (run);
    ctl_assert_done (text);
    g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, ctl_lines (text->out));
    g_assert_cmpuint (ctl_lines (text->out), >, 0);
  }
}

static void
test_chart (void)
{
  static const struct {
    const char *section;
    guint least;
  } SECTIONS[] = { { "patient", 1 }, { "allergies", 2 }, { "problems", 5 }, { "medications", 6 },
                   { "vitals", 15 }, { "results", 7 },   { "visits", 4 },   { "notes", 3 } };
  g_autoptr (CtlRun) run = ctl_as ("doctor", "chart", demo, "004217", "--json", NULL);
  g_autoptr (JsonNode) node = parse (run);
  JsonObject *chart = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (SECTIONS); i++) {
    g_assert_true (json_object_has_member (chart, SECTIONS[i].section));
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (chart, SECTIONS[i].section)), >=,
                      SECTIONS[i].least);
  }
  ctl_assert_has (run->out, "132 mmHg");
  ctl_assert_has (run->out, "7.4 %");
  ctl_assert_has (run->out, "metFORMIN 1,000 mg tablet");
}

/* What a role may not read is not there, in text or JSON. */
static void
test_front_desk (void)
{
  g_autoptr (CtlRun) text = ctl_as ("frontdesk", "chart", demo, "004217", NULL);
  g_autoptr (CtlRun) json = ctl_as ("frontdesk", "chart", demo, "004217", "--json", NULL);
  g_autoptr (JsonNode) node = parse (json);
  const CtlRun *both[] = { text, json };
  g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (both); i++) {
    ctl_assert_done (both[i]);
    ctl_assert_has (both[i]->out, "GARCIA, Maria Elena");
    for (const char *const *word =
             (const char *const[]){ "hypertension", "penicillin", "metFORMIN", "132", "7.4", NULL };
         *word != NULL; word++)
      ctl_assert_lacks (both[i]->out, *word);
  }
}

static void
test_refused (void)
{
  const struct {
    CtlRun *run;
    const char *words;
  } cases[] = {
    { ctl_as ("frontdesk", "audit", demo, NULL), "read the audit" },
    { ctl_as ("doctor", "audit", demo, NULL), "read the audit" },
    { ctl_as ("frontdesk", "verify", demo, NULL), "read the audit" },
    { ctl_as ("frontdesk", "rx", demo, "004217", NULL), "open clinical records" },
    { ctl_as ("frontdesk", "import", demo, "x.json", NULL), "administer" },
    { ctl_as ("frontdesk", "packet", demo, "004217", "--to", "cardiology", "--question",
              "Is this safe to go on with?", "--out", ctl_path ("f.pdf"), NULL),
      "sign notes" },
    { ctl_as ("nurse", "packet", demo, "004217", "--to", "cardiology", "--question",
              "Is this safe to go on with?", "--out", ctl_path ("f.pdf"), NULL),
      "sign notes" },
    { ctl_as ("doctor", "chart", demo, "999999", NULL), "999999" },
    { ctl_as ("nobody", "chart", demo, "004217", NULL), "name or the password is wrong" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    ctl_assert_refused (cases[i].run, 1, cases[i].words);
    ctl_run_free (cases[i].run);
  }
  g_assert_false (g_file_test (ctl_path ("f.pdf"), G_FILE_TEST_EXISTS));
}

static void
test_day (void)
{
  g_autoptr (CtlRun) day = ctl_as ("frontdesk", "day", demo, "2026-11-23", NULL);
  g_autoptr (CtlRun) empty = ctl_as ("frontdesk", "day", demo, "2031-01-01", "--json", NULL);
  ctl_assert_done (day);
  ctl_assert_has (day->out, "10:35 AM  arrived ");
  ctl_assert_has (day->out, "Blood pressure and diabetes check");
  g_assert_true (g_str_has_prefix (day->out, "9:00 AM"));
  ctl_assert_done (empty);
  g_assert_cmpstr (empty->out, ==, "[]\n");
}

static void
test_audit (void)
{
  const char *own = ctl_demo_copy ("audit.practice");
  g_autoptr (CtlRun) chart = ctl_as ("nurse", "chart", own, "001902", NULL);
  g_autoptr (CtlRun) find = ctl_as ("frontdesk", "find", own, "nowak", NULL);
  g_autoptr (CtlRun) wrong = ctl_as ("nobody", "find", own, "nowak", NULL);
  g_autoptr (CtlRun) refused = ctl_as ("frontdesk", "audit", own, NULL);
  g_autoptr (CtlRun) viewed = ctl_as ("admin", "audit", own, "--patient", "001902", "--action", "view", NULL);
  g_autoptr (CtlRun) newest = ctl_as ("admin", "audit", own, "--limit", "20", "--json", NULL);
  g_autoptr (CtlRun) by =
      ctl_as ("admin", "audit", own, "--person", "frontdesk", "--from", "2026-11-01", NULL);
  g_autoptr (CtlRun) unknown = ctl_as ("admin", "audit", own, "--view", "gossip", NULL);
  g_autoptr (CtlRun) nobody = ctl_as ("admin", "audit", own, "--person", "gossip", NULL);
  g_autoptr (CtlRun) day = ctl_as ("admin", "audit", own, "--until", "yesterday", NULL);
  g_autoptr (CtlRun) file =
      ctl_as ("admin", "audit", own, "--view", "opened", "--out", ctl_path ("audit.csv"), NULL);
  g_autoptr (CtlRun) paper = ctl_as ("admin", "audit", own, "--view", "paper", "--from", "2026-11-01", NULL);
  g_autoptr (CtlRun) twice = ctl_as ("admin", "audit", own, "--out", ctl_path ("audit.csv"), NULL);
  g_autofree char *csv = NULL;
  g_autoptr (CtlRun) chain = ctl_as ("admin", "audit", own, "--verify", NULL);
  g_autoptr (CtlRun) counted = ctl_as ("admin", "audit", own, "--verify", "--json", NULL);
  g_autoptr (JsonNode) node = parse (newest), count = parse (counted);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (count)), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 20);
  ctl_assert_done (chart);
  ctl_assert_done (find);
  g_assert_cmpint (wrong->status, ==, 1);
  g_assert_cmpint (refused->status, ==, 1);
  ctl_assert_done (viewed);
  g_assert_cmpuint (ctl_lines (viewed->out), ==, 1);
  ctl_assert_has (viewed->out, "001902");
  ctl_assert_has (viewed->out, "J. Ortiz");
  ctl_assert_has (newest->out, "\"find\"");
  ctl_assert_has (newest->out, "F. Dietz");
  ctl_assert_lacks (newest->out, "nowak"); /* what was looked for is nobody's business */
  ctl_assert_done (by);
  ctl_assert_has (by->out, "find");
  ctl_assert_lacks (by->out, "Ortiz");
  ctl_assert_done (paper);
  ctl_assert_has (paper->out, "export"); /* the file just written */
  ctl_assert_has (paper->out, "opened");
  ctl_assert_refused (unknown, 1, "no view of the audit");
  ctl_assert_refused (nobody, 1, "Nobody here signs in as gossip");
  ctl_assert_refused (day, 1, "2026-11-23");
  ctl_assert_done (file);
  g_assert_true (g_file_get_contents (ctl_path ("audit.csv"), &csv, NULL, NULL));
  ctl_assert_has (csv, "J. Ortiz");
  ctl_assert_refused (twice, 1, "audit.csv");
  ctl_assert_done (chain);
  ctl_assert_has (chain->out, "The chain holds");
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  demo = ctl_demo_copy ("look.practice");
  g_test_add_func ("/ctl/look/find", test_find);
  g_test_add_func ("/ctl/look/find-nobody", test_find_nobody);
  g_test_add_func ("/ctl/look/json", test_json);
  g_test_add_func ("/ctl/look/chart", test_chart);
  g_test_add_func ("/ctl/look/front-desk", test_front_desk);
  g_test_add_func ("/ctl/look/refused", test_refused);
  g_test_add_func ("/ctl/look/day", test_day);
  g_test_add_func ("/ctl/look/audit", test_audit);
  return ctl_end ();
}
