/* How it is called: help, wrong calls, exit statuses, the manual page. */
#include "fixture.h"
#include <string.h>

static const struct {
  const char *name, *option; /* an option of its own, NULL none */
  gboolean opens;            /* needs a signed-in person */
  gboolean four;             /* takes four arguments, no fewer */
} COMMANDS[] = {
  { "new", "--recovery-sheet", FALSE },
  { "demo", "--thick", FALSE },
  { "import", "--dry-run", TRUE },
  { "find", "--limit", TRUE },
  { "chart", "--json", TRUE },
  { "day", "--json", TRUE },
  { "book", "--anyway", TRUE, TRUE },
  { "move", "--to-time", TRUE, TRUE },
  { "cancel", "--reason", TRUE, TRUE },
  { "daysheet", "--phone", TRUE },
  { "weeksheet", "--out", TRUE },
  { "card", "--out", TRUE },
  { "letter", "--out", TRUE },
  { "visits", "--out", TRUE },
  { "slip", "--out", TRUE },
  { "labels", "--start", TRUE },
  { "calendar", "--names", TRUE },
  { "packet", "--to", TRUE },
  { "rx", "--out", TRUE },
  { "audit", "--action", TRUE },
  { "verify", "--json", TRUE },
  { "users", "--roles", TRUE },
  { "rotate", "--recovery-sheet", TRUE },
};

/* Where a password file is asked for it is said who may read it. */
static void
test_help_password_files (void)
{
  g_autoptr (CtlRun) users = ctl_run ("users", "--help", NULL);
  g_assert_cmpint (users->status, ==, 0);
  ctl_assert_has (users->out, "--new-password-file=FILE");
  ctl_assert_has (strstr (users->out, "--new-password-file=FILE"), "chmod 600");
}

static void
test_help (void)
{
  g_autoptr (CtlRun) all = ctl_run ("--help", NULL);
  ctl_assert_done (all);
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++) {
    g_autoptr (CtlRun) run = ctl_run (COMMANDS[i].name, "--help", NULL);
    g_autofree char *line = g_strdup_printf ("\n  %s DIR", COMMANDS[i].name);
    g_autofree char *usage = g_strdup_printf ("chartroomctl %s DIR", COMMANDS[i].name);
    ctl_assert_has (all->out, line);
    ctl_assert_done (run);
    ctl_assert_has (run->out, usage);
    ctl_assert_has (run->out, COMMANDS[i].option);
    ctl_assert_has (run->out, "--password-file");
    /* What another command takes is not offered, and what only tests use is not shown. */
    if (g_strcmp0 (COMMANDS[i].name, "packet") != 0)
      ctl_assert_lacks (run->out, "--urgency");
    ctl_assert_lacks (run->out, "fast-kdf");
  }
}

static void
test_version (void)
{
  g_autoptr (CtlRun) run = ctl_run ("--version", NULL);
  ctl_assert_done (run);
  g_assert_true (g_str_has_prefix (run->out, "chartroomctl 0."));
}

static void
test_wrong_calls (void)
{
  g_autoptr (CtlRun) bogus = ctl_run ("bogus", NULL);
  ctl_assert_refused (bogus, 2, "bogus");
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++) {
    const char *name = COMMANDS[i].name;
    g_autoptr (CtlRun) bare = ctl_run (name, NULL), unknown = ctl_run (name, "x.practice", "--no-such", NULL);
    g_autoptr (CtlRun) many = ctl_run (name, "a", "b", "c", "d", "e", NULL);
    g_autoptr (CtlRun) nobody = COMMANDS[i].four ? ctl_run (name, "x.practice", "x", "y", "z", NULL)
                                                 : ctl_run (name, "x.practice", "x", NULL);
    ctl_assert_refused (bare, 2, name);
    ctl_assert_refused (unknown, 2, "--no-such");
    gboolean takes_many = g_str_equal (name, "import") || g_str_equal (name, "labels");
    ctl_assert_refused (many, 2, takes_many ? "--user" : "Usage");
    if (COMMANDS[i].opens && g_strcmp0 (name, "audit") != 0 && g_strcmp0 (name, "verify") != 0 &&
        g_strcmp0 (name, "rotate") != 0)
      ctl_assert_refused (nobody, 2, "--user");
  }
}

static void
test_wrong_values (void)
{
  const char *demo = ctl_demo_copy ("values.practice"), *file = ctl_password_file ();
  g_autoptr (CtlRun) date = ctl_as ("doctor", "day", demo, "2026-02-30", NULL);
  g_autoptr (CtlRun) bytes = ctl_as ("doctor", "find", demo, "\xff\xfe", NULL);
  g_autoptr (CtlRun) number = ctl_as ("doctor", "find", demo, "x", "--limit", "many", NULL);
  g_autoptr (CtlRun) few = ctl_run ("demo", "x.practice", "--patients", "3", "-p", file, NULL);
  g_autoptr (CtlRun) less = ctl_run ("demo", "x.practice", "--patients", "-3", "--thin", "-p", file, NULL);
  g_autoptr (CtlRun) day = ctl_run ("demo", "x.practice", "--date", "soon", "-p", file, NULL);
  g_autoptr (CtlRun) open = ctl_run ("demo", "x.practice", NULL);
  g_autoptr (CtlRun) none = ctl_as ("doctor", "find", demo, "x", "--limit", "0", NULL);
  g_autoptr (CtlRun) minus = ctl_as ("admin", "audit", demo, "--limit", "-5", NULL);
  g_autoptr (CtlRun) mrn = ctl_as ("doctor", "chart", demo, "", NULL);
  ctl_assert_refused (date, 2, "2026-02-30");
  ctl_assert_refused (bytes, 2, "UTF-8");
  ctl_assert_refused (number, 2, "many");
  ctl_assert_refused (few, 2, "20 patients");
  ctl_assert_refused (less, 2, "at least one");
  ctl_assert_refused (day, 2, "soon");
  ctl_assert_refused (open, 2, "--password-file");
  ctl_assert_refused (none, 2, "at least 1");
  ctl_assert_refused (minus, 2, "at least 1");
  ctl_assert_refused (mrn, 1, "record number");
  g_assert_false (g_file_test (ctl_path ("x.practice"), G_FILE_TEST_EXISTS));
}

static void
test_manual (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "data", "chartroomctl.1", NULL);
  g_autofree char *page = ctl_read (path, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++) {
    g_autofree char *entry = g_strdup_printf ("\n.B %s ", COMMANDS[i].name);
    g_auto (GStrv) words = g_strsplit (COMMANDS[i].option, "-", -1);
    g_autofree char *option = g_strjoinv ("\\-", words);
    ctl_assert_has (page, entry);
    ctl_assert_has (page, option);
  }
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  g_test_add_func ("/ctl/usage/help", test_help);
  g_test_add_func ("/ctl/usage/help-password-files", test_help_password_files);
  g_test_add_func ("/ctl/usage/version", test_version);
  g_test_add_func ("/ctl/usage/wrong-calls", test_wrong_calls);
  g_test_add_func ("/ctl/usage/wrong-values", test_wrong_values);
  g_test_add_func ("/ctl/usage/manual", test_manual);
  return ctl_end ();
}
