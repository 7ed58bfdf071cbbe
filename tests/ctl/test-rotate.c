/* rotate: new keys, a new recovery sheet, and what is said about what the former ones still open. */
#include "fixture.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

static CtlRun *
rotate (const char *practice, const char *by, const char *sheet)
{
  return ctl_as (by, "rotate", practice, "--reason", "the nurse left", "--recovery-sheet", sheet, NULL);
}

static gboolean
is_there (const char *practice, const char *name)
{
  g_autofree char *path = g_build_filename (practice, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_whole (void)
{
  const char *demo = ctl_demo_copy ("rotate.practice"), *sheet = ctl_path ("rotated.pdf");
  struct stat info;
  g_autoptr (CtlRun) before = ctl_as ("doctor", "chart", demo, "004217", "--json", NULL);
  g_autoptr (CtlRun) removed = ctl_as ("admin", "users", demo, "remove", "nurse", NULL);
  g_autoptr (CtlRun) run = rotate (demo, "admin", sheet);
  g_autoptr (CtlRun) after = ctl_as ("doctor", "chart", demo, "004217", "--json", NULL);
  g_autoptr (CtlRun) gone = ctl_as ("nurse", "chart", demo, "004217", NULL);
  g_autoptr (CtlRun) whole = ctl_as ("admin", "verify", demo, NULL);
  g_autoptr (CtlRun) audit = ctl_as ("admin", "audit", demo, "--action", "rotation", NULL);
  ctl_assert_done (removed);
  ctl_assert_has (removed->out, "chartroomctl rotate");
  g_assert_cmpint (run->status, ==, 0);
  ctl_assert_has (run->out, "epoch 2");
  ctl_assert_has (run->out, "practice.db is the database of before");
  ctl_assert_has (run->err, "Print it");
  g_assert_cmpint (stat (sheet, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0600);
  ctl_assert_done (after);
  g_assert_cmpstr (before->out, ==, after->out);
  ctl_assert_refused (gone, 1, "name or the password is wrong");
  ctl_assert_done (whole);
  ctl_assert_has (whole->out, "practice.db is left over");
  ctl_assert_has (audit->out, "epoch 1 to 2: the nurse left");
}

static void
test_sheets (void)
{
  const char *folder = ctl_path ("sheets.practice"), *old = ctl_path ("old.pdf"),
             *sheet = ctl_path ("fresh.pdf");
  const char *fresh = ctl_write ("fresh-password", "seven herons wading slowly\n");
  g_autoptr (CtlRun) made =
      ctl_run ("new", folder, "--name", "Test Practice", "--user", "boss", "--password-file",
               ctl_password_file (), "--recovery-sheet", old, "--fast-kdf", NULL);
  g_autoptr (CtlRun) run = rotate (folder, "boss", sheet);
  g_assert_cmpint (made->status, ==, 0);
  g_assert_cmpint (run->status, ==, 0);
  g_autofree char *old_code = ctl_code_on (old), *code = ctl_code_on (sheet);
  const char *old_file = ctl_write ("old-code", old_code), *file = ctl_write ("code", code);
  g_autoptr (CtlRun) refused =
      ctl_run ("recover", folder, "boss", "--recovery-file", old_file, "--new-password-file", fresh, NULL);
  g_autoptr (CtlRun) recovered = ctl_run ("recover", folder, "boss", "--recovery-file", file,
                                          "--new-password-file", fresh, "--fast-kdf", NULL);
  g_autoptr (CtlRun) users = ctl_run ("users", folder, "-u", "boss", "-p", fresh, NULL);
  ctl_assert_refused (refused, 1, "does not open this practice");
  ctl_assert_done (recovered);
  ctl_assert_done (users);
}

/* The sheet alone: the keys stay, the old code does not. */
static void
test_same_keys (void)
{
  const char *demo = ctl_demo_copy ("same.practice"), *one = ctl_path ("one.pdf"),
             *two = ctl_path ("two.pdf");
  const char *fresh = ctl_write ("another-password", "eight herons wading slowly\n");
  g_autoptr (CtlRun) first =
      ctl_as ("admin", "rotate", demo, "--same-keys", "--reason", "lost", "--recovery-sheet", one, NULL);
  g_autoptr (CtlRun) second = ctl_as ("admin", "rotate", demo, "--same-keys", "--reason", "lost again",
                                      "--recovery-sheet", two, NULL);
  g_assert_cmpint (first->status, ==, 0);
  g_assert_cmpint (second->status, ==, 0);
  ctl_assert_has (second->out, "keys are as they were");
  ctl_assert_has (second->err, "Print it");
  g_assert_false (is_there (demo, "practice-2.db"));
  g_autofree char *old_code = ctl_code_on (one), *code = ctl_code_on (two);
  g_autoptr (CtlRun) audit = ctl_as ("admin", "audit", demo, "--action", "new-recovery-sheet", NULL);
  ctl_assert_has (audit->out, "lost again");
  g_autoptr (CtlRun) refused = ctl_run ("recover", demo, "admin", "--recovery-file",
                                        ctl_write ("code-one", old_code), "--new-password-file", fresh, NULL);
  g_autoptr (CtlRun) recovered =
      ctl_run ("recover", demo, "admin", "--recovery-file", ctl_write ("code-two", code),
               "--new-password-file", fresh, "--fast-kdf", NULL);
  ctl_assert_refused (refused, 1, "does not open this practice");
  ctl_assert_done (recovered);
}

static void
test_refused (void)
{
  const char *demo = ctl_demo_copy ("no-rotate.practice"), *sheet = ctl_path ("none.pdf");
  const char *there = ctl_write ("taken.pdf", "x");
  const struct {
    CtlRun *run;
    int status;
    const char *words;
  } cases[] = {
    { ctl_as ("admin", "rotate", demo, "--reason", "x", NULL), 2, "--recovery-sheet" },
    { ctl_as ("admin", "rotate", demo, "--recovery-sheet", sheet, NULL), 2, "--reason" },
    { ctl_as ("admin", "rotate", demo, "--reason", " ", "--recovery-sheet", sheet, NULL), 1, "Say why" },
    { rotate (demo, "doctor", sheet), 1, "You may not administer" },
    { rotate (demo, "admin", there), 1, "there already" },
    { rotate (demo, "admin", ctl_path ("nowhere/x.pdf")), 1, "could not be written" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    ctl_assert_refused (cases[i].run, cases[i].status, cases[i].words);
    ctl_run_free (cases[i].run);
  }
  g_assert_false (g_file_test (sheet, G_FILE_TEST_EXISTS));
  g_assert_false (is_there (demo, "practice-2.db"));
  g_autoptr (CtlRun) epoch = ctl_as ("admin", "audit", demo, "--action", "rotation", NULL);
  g_assert_cmpint (epoch->status, ==, 0);
  ctl_assert_has (epoch->err, "nothing found");
}

/* What a power cut has left is told to the next one who opens the practice, and is gone. */
static void
test_interrupted (void)
{
  const char *demo = ctl_demo_copy ("cut.practice");
  ctl_write ("cut.practice/practice-2.db.new", "half a database");
  g_autoptr (CtlRun) first = ctl_as ("doctor", "chart", demo, "004217", NULL);
  g_autoptr (CtlRun) second = ctl_as ("doctor", "chart", demo, "004217", NULL);
  g_assert_cmpint (first->status, ==, 0);
  ctl_assert_has (first->err, "interrupted before it took effect");
  ctl_assert_done (second);
  g_assert_false (is_there (demo, "practice-2.db.new"));
}

/* Killed while it copies or checks; FALSE: it was done before that. */
static gboolean
kill_rotation (const char *practice, guint milliseconds)
{
  g_autofree char *sheet = g_strdup_printf ("%s.%u.pdf", practice, milliseconds);
  g_autofree char *progress = g_build_filename (practice, "practice-2.db.new-pages", NULL);
  g_autofree char *keys = g_build_filename (practice, "practice-2.db", NULL);
  const char *argv[] = { ctl_program (),       "rotate", practice, "--reason", "killed",
                         "--recovery-sheet",   sheet,    "-u",     "admin",    "-p",
                         ctl_password_file (), NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;
  int status;
  g_spawn_async (NULL, (char **)argv, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                 NULL, &pid, &error);
  g_assert_no_error (error);
  while (!g_file_test (progress, G_FILE_TEST_EXISTS) && !g_file_test (keys, G_FILE_TEST_EXISTS))
    g_usleep (500);
  g_usleep (milliseconds * 1000);
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return WIFSIGNALED (status);
}

/* kill -9 again and again, each a little later: nothing is lost, and at last a change goes on with what the
 * killed ones have left. */
static void
test_killed (void)
{
  const char *demo = ctl_demo_copy ("killed.practice");
  g_autoptr (CtlRun) before = ctl_as ("doctor", "chart", demo, "004217", "--json", NULL);
  guint n_killed = 0;
  for (guint milliseconds = 0; milliseconds < 120; milliseconds += 15) {
    if (is_there (demo, "practice-2.db") || !kill_rotation (demo, milliseconds))
      break;
    n_killed++;
    g_autoptr (CtlRun) whole = ctl_as ("admin", "verify", demo, NULL);
    g_assert_cmpint (whole->status, ==, 0);
  }
  g_assert_cmpuint (n_killed, >, 0);
  g_autofree char *progress = g_build_filename (demo, "practice-2.db.new-pages", NULL);
  GStatBuf info;
  gboolean left = g_stat (progress, &info) == 0 && info.st_size > 0; /* a part, at least */
  g_autoptr (CtlRun) nurse = ctl_as ("doctor", "chart", demo, "004217", "--json", NULL);
  ctl_assert_done (nurse); /* nobody but an administrator is bothered with it */
  g_autoptr (CtlRun) run = rotate (demo, "admin", ctl_path ("after-kill.pdf"));
  g_autoptr (CtlRun) after = ctl_as ("doctor", "chart", demo, "004217", "--json", NULL);
  g_autoptr (CtlRun) whole = ctl_as ("admin", "verify", demo, NULL);
  g_assert_cmpint (run->status, ==, 0);
  if (left)
    ctl_assert_has (run->out, "went on with it");
  ctl_assert_done (after);
  g_assert_cmpstr (before->out, ==, after->out);
  ctl_assert_done (whole);
  g_assert_false (is_there (demo, "practice-2.db.new-pages"));
  g_test_message ("%u kills; the last left something to go on with: %s", n_killed, left ? "yes" : "no");
}

static void
test_backups (void)
{
  const char *demo = ctl_demo_copy ("shelf.practice"), *folder = ctl_path ("shelf");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_autoptr (CtlRun) before = ctl_as ("admin", "backup", demo, folder, NULL);
  g_autoptr (CtlRun) run = rotate (demo, "admin", ctl_path ("shelf.pdf"));
  ctl_assert_done (before);
  g_assert_cmpint (run->status, ==, 0);
  ctl_assert_has (run->out, "The former keys still open");
  g_assert_true (is_there (demo, "practice.db"));
  g_autoptr (CtlRun) after = ctl_as ("admin", "backup", demo, folder, "--keep-all", NULL);
  g_autoptr (CtlRun) list = ctl_as ("admin", "backup", demo, "--json", NULL);
  g_autoptr (CtlRun) whole = ctl_as ("admin", "verify", demo, NULL);
  ctl_assert_done (after);
  g_assert_false (is_there (demo, "practice.db"));
  ctl_assert_has (list->out, "\"former\"");
  ctl_assert_done (whole);
  ctl_assert_lacks (whole->out, "left over");
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  g_test_add_func ("/ctl/rotate/whole", test_whole);
  g_test_add_func ("/ctl/rotate/sheets", test_sheets);
  g_test_add_func ("/ctl/rotate/same-keys", test_same_keys);
  g_test_add_func ("/ctl/rotate/refused", test_refused);
  g_test_add_func ("/ctl/rotate/interrupted", test_interrupted);
  g_test_add_func ("/ctl/rotate/killed", test_killed);
  g_test_add_func ("/ctl/rotate/backups", test_backups);
  return ctl_end ();
}
