/* What was done to the files of a practice is said, each in words of its own, and nothing is shown.
 * usage: CHARTROOMCTL [FLIPS] */
#include "fixture.h"
#include <stdlib.h>
#include <string.h>

#define PAGE 4096

static guint flips = 20;

static const char *
file_of (const char *practice, const char *name)
{
  g_autofree char *path = g_build_filename (practice, name, NULL);
  return g_intern_string (path);
}

static void
cut (const char *path)
{
  gsize size;
  g_autofree char *content = ctl_read (path, &size);
  ctl_overwrite (path, content, size - 3 * PAGE);
}

static void
flip (const char *path, gsize at)
{
  gsize size;
  g_autofree char *content = ctl_read (path, &size);
  content[at % size] ^= 0x20;
  ctl_overwrite (path, content, size);
}

static void
make_plain_sqlite (const char *path)
{
  /* The first page of an empty plain database: its header is all that makes one. */
  static const guint8 header[] = "SQLite format 3\0\x10\0\1\1\0\x40\x20\x20\0\0\0\1\0\0\0\1";
  char page[PAGE] = { 0 };
  memcpy (page, header, sizeof header - 1);
  ctl_overwrite (path, page, sizeof page);
}

enum { WRONG_PASSWORD, NO_KEYS, TRUNCATED, FOREIGN, FLIPPED, N_CASES };

static void
test_five_errors (void)
{
  static const char *const WORDS[N_CASES] = { "name or the password is wrong", "practice.keys is missing",
                                              "was cut off: page", "plain SQLite database",
                                              "Page 13 of practice.db" };
  const char *wrong = ctl_write ("wrong", "not the password of anybody\n");
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; i < N_CASES; i++) {
    const char *practice = ctl_demo_copy ("errors.practice"), *db = file_of (practice, "practice.db");
    if (i == NO_KEYS)
      ctl_remove_folder (file_of (practice, "practice.keys"));
    else if (i == TRUNCATED)
      cut (db);
    else if (i == FOREIGN)
      make_plain_sqlite (db);
    else if (i == FLIPPED)
      flip (db, 12 * PAGE + 1717);
    g_autoptr (CtlRun) run = i == WRONG_PASSWORD
                                 ? ctl_run ("verify", practice, "-u", "admin", "-p", wrong, NULL)
                                 : ctl_as ("admin", "verify", practice, NULL);
    g_test_message ("%d: %s%s", i, run->out, run->err);
    g_assert_cmpint (run->status, ==, 1);
    ctl_assert_has (run->err, i == FLIPPED && run->out[0] != '\0' ? "finding" : WORDS[i]);
    if (run->out[0] != '\0')
      ctl_assert_has (run->out, WORDS[i]);
    g_hash_table_add (said, g_strdup (run->err));
    ctl_remove_folder (practice);
  }
  g_assert_cmpuint (g_hash_table_size (said), ==, N_CASES);
}

/* Over the whole file, at odd places; page 1 is refused at opening, others are found by reading.  Each time
 * on a new copy: a database put back beside a newer key file would be found out as older. */
static void
test_flips (void)
{
  for (guint i = 0; i < flips; i++) {
    const char *practice = ctl_demo_copy ("flips.practice"), *db = file_of (practice, "practice.db");
    gsize size;
    g_autofree char *content = ctl_read (db, &size);
    gsize at = (gsize)i * (size / flips) + (gsize)i * 211 % PAGE;
    g_autofree char *words = g_strdup_printf ("Page %" G_GSIZE_FORMAT " of practice.db", at / PAGE + 1);
    content[at] ^= 0x01;
    ctl_overwrite (db, content, size);
    g_autoptr (CtlRun) run = ctl_as ("admin", "verify", practice, NULL);
    g_autofree char *said = g_strconcat (run->out, run->err, NULL);
    g_assert_cmpint (run->status, ==, 1);
    ctl_assert_has (said, words);
    g_assert_cmpuint (ctl_lines (run->err), ==, 1);
    ctl_remove_folder (practice);
  }
}

static void
test_older_database (void)
{
  const char *practice = ctl_demo_copy ("older.practice"), *db = file_of (practice, "practice.db");
  gsize size;
  g_autofree char *before = ctl_read (db, &size);
  g_autoptr (CtlRun) between = ctl_as ("doctor", "find", practice, "garcia", NULL);
  ctl_assert_done (between);
  ctl_overwrite (db, before, size);
  g_autoptr (CtlRun) run = ctl_as ("admin", "verify", practice, NULL);
  g_assert_cmpint (run->status, ==, 1);
  ctl_assert_has (run->out, "the database is older than the key file");
}

static void
test_key_file (void)
{
  static const gsize PLACES[] = { 2, 30, 200, 700 };
  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++) {
    const char *practice = ctl_demo_copy ("keys.practice");
    flip (file_of (practice, "practice.keys"), PLACES[i]);
    g_autoptr (CtlRun) run = ctl_as ("doctor", "find", practice, "garcia", NULL);
    g_assert_cmpint (run->status, ==, 1);
    g_assert_cmpstr (run->out, ==, "");
    g_assert_cmpuint (ctl_lines (run->err), ==, 1);
    ctl_remove_folder (practice);
  }
}

/* A key file of another practice, and no practice at all. */
static void
test_not_this_practice (void)
{
  const char *one = ctl_demo_copy ("one.practice"), *other = ctl_path ("other.practice");
  g_autoptr (CtlRun) made = ctl_run ("demo", other, "--patients", "20", "--seed", "9", "--password-file",
                                     ctl_password_file (), "--fast-kdf", NULL);
  ctl_assert_done (made);
  gsize size;
  g_autofree char *keys = ctl_read (file_of (other, "practice.keys"), &size);
  ctl_overwrite (file_of (one, "practice.keys"), keys, size);
  g_autoptr (CtlRun) mixed = ctl_as ("doctor", "find", one, "garcia", NULL);
  g_autoptr (CtlRun) nothing = ctl_as ("doctor", "find", ctl_path ("none.practice"), "garcia", NULL);
  g_autoptr (CtlRun) file = ctl_as ("doctor", "find", ctl_write ("notes.txt", "hello\n"), "garcia", NULL);
  ctl_assert_refused (mixed, 1, "does not belong to this practice");
  ctl_assert_refused (nothing, 1, "There is no practice in");
  ctl_assert_refused (file, 1, "There is no practice in");
}

static void
test_missing_database (void)
{
  const char *practice = ctl_demo_copy ("lost.practice"), *db = file_of (practice, "practice.db");
  ctl_remove_folder (db);
  g_autoptr (CtlRun) run = ctl_as ("doctor", "find", practice, "garcia", NULL);
  ctl_assert_refused (run, 1, "practice.db is missing");
  g_assert_false (g_file_test (db, G_FILE_TEST_EXISTS));
}

/* A document whose bytes were changed is found by verify. */
static void
test_document (void)
{
  const char *practice = ctl_demo_copy ("document.practice");
  g_autoptr (CtlRun) packet =
      ctl_as ("doctor", "packet", practice, "004217", "--to", "cardiology", "--question",
              "Is the breathlessness cardiac?", "--out", ctl_path ("d.pdf"), NULL);
  ctl_assert_done (packet);
  g_autofree char *folder = g_build_filename (practice, "documents", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = g_dir_read_name (dir);
  g_assert_nonnull (name);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  flip (path, 900);
  g_autoptr (CtlRun) run = ctl_as ("admin", "verify", practice, NULL);
  g_assert_cmpint (run->status, ==, 1);
  g_autofree char *start = g_strndup (name, 12);
  ctl_assert_has (run->out, start);
}

/* What verify finds, the doctor explains; a salvage leaves the damaged folder as it was. */
static void
test_doctor (void)
{
  const char *practice = ctl_demo_copy ("doctor.practice"), *db = file_of (practice, "practice.db");
  const char *to = ctl_path ("saved.practice");
  g_autoptr (CtlRun) well = ctl_as ("admin", "doctor", practice, NULL);
  ctl_assert_done (well);
  ctl_assert_has (well->out, "Nothing is wrong");
  flip (db, 40 * PAGE + 99);
  gsize size, size_after;
  g_autofree char *before = ctl_read (db, &size);
  g_autoptr (CtlRun) look = ctl_as ("admin", "doctor", practice, NULL);
  g_assert_cmpint (look->status, ==, 1);
  ctl_assert_has (look->out, "Page 41 of practice.db: altered");
  ctl_assert_has (look->out, "--salvage NEWDIR");
  g_autoptr (CtlRun) salvage = ctl_as ("admin", "doctor", practice, "--salvage", to, NULL);
  g_assert_cmpint (salvage->status, ==, 1);
  ctl_assert_has (salvage->out, "audit entries");
  g_autofree char *after = ctl_read (db, &size_after);
  g_assert_cmpmem (before, size, after, size_after);
  g_autoptr (CtlRun) verified = ctl_as ("admin", "verify", to, NULL);
  ctl_assert_done (verified);
  g_autoptr (CtlRun) refused = ctl_as ("doctor", "doctor", practice, NULL);
  ctl_assert_refused (refused, 1, "Only an administrator");
  g_autoptr (CtlRun) usage = ctl_run ("doctor", practice, NULL);
  ctl_assert_refused (usage, 2, "doctor needs --user");
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  if (argc == 3)
    flips = (guint)strtoul (argv[2], NULL, 10);
  g_test_add_func ("/ctl/damage/five-errors", test_five_errors);
  g_test_add_func ("/ctl/damage/flips", test_flips);
  g_test_add_func ("/ctl/damage/older-database", test_older_database);
  g_test_add_func ("/ctl/damage/key-file", test_key_file);
  g_test_add_func ("/ctl/damage/not-this-practice", test_not_this_practice);
  g_test_add_func ("/ctl/damage/missing-database", test_missing_database);
  g_test_add_func ("/ctl/damage/document", test_document);
  g_test_add_func ("/ctl/damage/doctor", test_doctor);
  return ctl_end ();
}
