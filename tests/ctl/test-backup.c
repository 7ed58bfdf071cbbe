/* backup and restore, from the command line. */
#include "fixture.h"
#include <glib/gstdio.h>
#include <string.h>

static const char *
make_folder (const char *name)
{
  const char *path = ctl_path (name);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  return path;
}

/* The path of the only backup in folder. */
static char *
only_backup (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = g_dir_read_name (dir);
  g_assert_true (g_str_has_suffix (name, ".chartroom-backup"));
  g_assert_null (g_dir_read_name (dir));
  return g_build_filename (folder, name, NULL);
}

/* Taken, proven, listed, restored; the copy is the practice, to the last record. */
static void
test_whole_way (void)
{
  const char *demo = ctl_demo_copy ("way.practice"), *folder = make_folder ("backups-way");
  const char *again = ctl_path ("again.practice");
  g_autoptr (CtlRun) before = ctl_as ("doctor", "chart", demo, "004217", "--json", NULL);
  g_autoptr (CtlRun) taken = ctl_as ("admin", "backup", demo, folder, NULL);
  g_autoptr (CtlRun) listed = ctl_as ("admin", "backup", demo, "--json", NULL);
  ctl_assert_done (taken);
  ctl_assert_has (taken->out, "proven");
  ctl_assert_done (listed);
  ctl_assert_has (listed->out, "\"proven\"");
  ctl_assert_has (listed->out, folder);
  g_autofree char *backup = only_backup (folder);
  g_autoptr (CtlRun) restored = ctl_as ("admin", "restore", backup, again, NULL);
  ctl_assert_done (restored);
  g_autoptr (CtlRun) verified = ctl_as ("admin", "verify", again, NULL);
  g_autoptr (CtlRun) after = ctl_as ("doctor", "chart", again, "004217", "--json", NULL);
  ctl_assert_done (verified);
  ctl_assert_done (after);
  g_assert_cmpstr (after->out, ==, before->out);
}

static void
test_refusals (void)
{
  const char *demo = ctl_demo_copy ("no.practice"), *folder = make_folder ("backups-no");
  g_autoptr (CtlRun) taken = ctl_as ("admin", "backup", demo, folder, NULL);
  g_autofree char *backup = only_backup (folder);
  const char *text = ctl_write ("text.chartroom-backup", "not a backup, only its name is"),
             *new = ctl_path ("x");
  const struct {
    CtlRun *run;
    int status;
    const char *words;
  } CASES[] = {
    { ctl_as ("doctor", "backup", demo, folder, NULL), 1, "role is Doctor" },
    { ctl_as ("frontdesk", "backup", demo, NULL), 1, "role is Front desk" },
    { ctl_as ("admin", "backup", demo, "/nonexistent", NULL), 1, "/nonexistent" },
    { ctl_as ("admin", "backup", demo, demo, NULL), 1, "own folder" },
    { ctl_as ("admin", "restore", text, new, NULL), 1, "is not a backup" },
    { ctl_as ("admin", "restore", "/nonexistent", new, NULL), 1, "/nonexistent" },
    { ctl_as ("admin", "restore", backup, demo, NULL), 1, "there already" },
    { ctl_as ("stranger", "restore", backup, new, NULL), 1, "name or the password" },
    { ctl_run ("restore", backup, new, NULL), 2, "--recovery-file" },
  };
  ctl_assert_done (taken);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    ctl_assert_refused (CASES[i].run, CASES[i].status, CASES[i].words);
    ctl_run_free (CASES[i].run);
  }
  g_assert_false (g_file_test (new, G_FILE_TEST_EXISTS));
}

/* Nothing that was put into the practice can be read in its backup. */
static void
test_sealed (void)
{
  static const char *const WORDS[] = { "GARCIA", "Garcia", "Malena", "lisinopril",
                                       "004217", "Elm St", "Okafor" };
  const char *demo = ctl_demo_copy ("sealed.practice"), *folder = make_folder ("backups-sealed");
  g_autoptr (CtlRun) taken = ctl_as ("admin", "backup", demo, folder, NULL);
  gsize size;
  ctl_assert_done (taken);
  g_autofree char *backup = only_backup (folder), *content = ctl_read (backup, &size);
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    g_assert_null (memmem (content, size, WORDS[i], strlen (WORDS[i])));
  g_assert_nonnull (memmem (content, size, "CRBAK01", 7)); /* the search does find */
}

/* The folder put back as it was a while ago: refused, until an administrator says why. */
static void
test_older_copy (void)
{
  const char *demo = ctl_demo_copy ("older.practice"), *kept = ctl_path ("kept.practice");
  ctl_copy_folder (demo, kept);
  ctl_remember (TRUE);
  g_autoptr (CtlRun) used = ctl_as ("doctor", "chart", demo, "004217", NULL);
  ctl_remove_folder (demo);
  ctl_copy_folder (kept, demo);
  g_autoptr (CtlRun) refused = ctl_as ("doctor", "chart", demo, "004217", NULL);
  g_autoptr (CtlRun) not_doctor =
      ctl_as ("doctor", "chart", demo, "004217", "--older-copy", "the disk broke", NULL);
  g_autoptr (CtlRun) accepted = ctl_as ("admin", "verify", demo, "--older-copy", "the disk broke", NULL);
  g_autoptr (CtlRun) goes_on = ctl_as ("doctor", "chart", demo, "004217", NULL);
  g_autoptr (CtlRun) audit = ctl_as ("admin", "audit", demo, "--action", "older-copy", NULL);
  ctl_assert_done (used);
  ctl_assert_refused (refused, 1, "older copy");
  ctl_assert_refused (not_doctor, 1, "administrator");
  ctl_assert_done (accepted);
  ctl_assert_done (goes_on);
  ctl_assert_has (audit->out, "the disk broke");
  ctl_remember (FALSE);
}

static CtlRun *
recover (const char *practice, const char *login, const char *code_file)
{
  const char *next = ctl_write ("next-password", "other plain invented phrase\n");
  return ctl_run ("recover", practice, login, "--recovery-file", code_file, "--new-password-file", next,
                  NULL);
}

/* Whoever forgot every password has the sheet; its code gives an administrator, and nobody else, a new one.
 */
static void
test_recover (void)
{
  const char *own = ctl_path ("recovered.practice"), *sheet = ctl_path ("sheet.pdf");
  g_autoptr (CtlRun) made =
      ctl_as ("admin", "new", own, "--name", "Invented", "--recovery-sheet", sheet, "--fast-kdf", NULL);
  g_assert_cmpint (made->status, ==, 0);
  g_autofree char *code = ctl_code_on (sheet);
  const char *right = ctl_write ("code", code), *wrong = ctl_write ("wrong-code", "00000-00000\n");
  g_autoptr (CtlRun) nobody = recover (own, "stranger", right);
  g_autoptr (CtlRun) mistyped = recover (own, "admin", wrong);
  g_autoptr (CtlRun) before = ctl_as ("admin", "users", own, NULL);
  g_autoptr (CtlRun) done = recover (own, "admin", right);
  g_autoptr (CtlRun) old = ctl_as ("admin", "users", own, NULL);
  g_autoptr (CtlRun) new =
      ctl_run ("audit", own, "--user", "admin", "--password-file", ctl_path ("next-password"), NULL);
  ctl_assert_refused (nobody, 1, "stranger");
  ctl_assert_refused (mistyped, 1, "");
  ctl_assert_done (before); /* a refusal changed nothing */
  ctl_assert_done (done);
  ctl_assert_refused (old, 1, "password");
  ctl_assert_done (new);
  ctl_assert_has (new->out, "recover");
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  g_test_add_func ("/ctl/backup/whole-way", test_whole_way);
  g_test_add_func ("/ctl/backup/refusals", test_refusals);
  g_test_add_func ("/ctl/backup/sealed", test_sealed);
  g_test_add_func ("/ctl/backup/older-copy", test_older_copy);
  g_test_add_func ("/ctl/backup/recover", test_recover);
  return ctl_end ();
}
