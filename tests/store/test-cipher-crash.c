/* kill -9 at any moment loses nothing that was committed, and shows nothing that was not. */
#include "cipher-fixture.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs work in a program of its own, which it ends by being killed. */
static void
run_killed (VaultFixture *f, void (*work) (VaultFixture *, gconstpointer), gconstpointer data)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0) {
    work (f, data);
    kill (getpid (), SIGKILL);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

static void
commit_and_stop (VaultFixture *f, gconstpointer data)
{
  CrDb *db = fill_db (f, 300);

  run (db, "UPDATE t SET b = 'committed' WHERE a <= 100");
  run (db, "PRAGMA cache_spill=ON; PRAGMA cache_size=5; BEGIN; UPDATE t SET b = b || ' never committed'");
}

static void
test_log (VaultFixture *f, gconstpointer data)
{
  g_autofree char *log = fixture_path (f, "practice.db-wal");
  GStatBuf st;
  CrDb *db;

  run_killed (f, commit_and_stop, NULL);
  g_assert_cmpint (g_stat (log, &st), ==, 0);
  g_assert_cmpint (st.st_size, >, 100 * PAGE / 16);
  assert_sound (f, 300);
  db = open_db (f);
  g_assert_cmpint (number (db, "SELECT count(*) FROM t WHERE b = 'committed'"), ==, 100);
  g_assert_cmpint (number (db, "SELECT count(*) FROM t WHERE b LIKE '%never%'"), ==, 0);
  cr_db_close (db);
}

/* Commits one row after the other and says so, until it is killed. */
static void
commit_forever (VaultFixture *f, int out)
{
  CrDb *db = open_db (f);

  for (guint8 i = 1;; i++) {
    run (db, "INSERT INTO t (b) VALUES ('" KNOWN_TEXT "' || hex(randomblob(900)))");
    if (write (out, &i, 1) != 1)
      _exit (1);
  }
}

static void
test_acknowledged (VaultFixture *f, gconstpointer data)
{
  gint64 expected = 10;

  cr_db_close (fill_db (f, 10));
  for (guint round = 0; round < 12; round++) {
    guint8 byte;
    gint64 found;
    int ends[2];
    pid_t child;
    CrDb *db;

    g_assert_cmpint (pipe (ends), ==, 0);
    child = fork ();
    if (child == 0)
      commit_forever (f, ends[1]);
    close (ends[1]);
    for (guint i = 0; i < 1 + round * 7; i++, expected++)
      g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
    kill (child, SIGKILL);
    waitpid (child, NULL, 0);
    while (read (ends[0], &byte, 1) == 1)
      expected++;
    close (ends[0]);
    db = open_db (f);
    found = number (db, "SELECT count(*) FROM t");
    cr_db_close (db);
    g_assert_cmpint (found, >=, expected);
    g_assert_cmpint (found, <=, expected + 1); /* committed, but killed before it could say so */
    expected = found;
    assert_sound (f, expected);
  }
}

static void
spill_under_journal (VaultFixture *f, gconstpointer mode)
{
  g_autofree char *set_mode = g_strdup_printf ("PRAGMA journal_mode=%s", (const char *)mode);
  CrDb *db = open_db (f);

  run (db, set_mode);
  run (db, "INSERT INTO t (b) VALUES ('committed under a journal')");
  run (db, "PRAGMA cache_spill=ON; PRAGMA cache_size=5; BEGIN; UPDATE t SET b = b || ' never committed'; "
           "DELETE FROM t WHERE a % 3 = 0");
}

static void
test_journal (VaultFixture *f, gconstpointer mode)
{
  g_autofree char *journal = fixture_path (f, "practice.db-journal");
  CrDb *db;

  cr_db_close (fill_db (f, 300));
  run_killed (f, spill_under_journal, mode);
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));
  assert_sound (f, 301);
  db = open_db (f);
  g_assert_cmpint (number (db, "SELECT count(*) FROM t WHERE b LIKE '%never%'"), ==, 0);
  cr_db_close (db);
}

static void
three_commits (VaultFixture *f, gconstpointer data)
{
  CrDb *db = fill_db (f, 40);

  g_assert_true (cr_db_checkpoint (db, NULL));
  run (db, "INSERT INTO t (b) VALUES ('one')");
  run (db, "INSERT INTO t (b) VALUES ('two')");
  run (db, "INSERT INTO t (b) VALUES ('three')");
}

static void
roll_back_and_commit (VaultFixture *f, gconstpointer data)
{
  CrDb *db = fill_db (f, 300);

  run (db, "PRAGMA cache_size=5; BEGIN; UPDATE t SET b = b || ' first'; SAVEPOINT s; UPDATE t SET b = b || ' "
           "gone';"
           "DELETE FROM t WHERE a % 2; ROLLBACK TO s; UPDATE t SET b = 'committed' WHERE a % 3 = 0; COMMIT");
}

/* A cache too small for the transaction, and a savepoint rolled back before the commit (see apply_settings).
 */
static void
test_savepoint (VaultFixture *f, gconstpointer data)
{
  CrDb *db;

  run_killed (f, roll_back_and_commit, NULL);
  assert_sound (f, 300);
  db = open_db (f);
  g_assert_cmpint (number (db, "SELECT count(*) FROM t WHERE b = 'committed'"), ==, 100);
  g_assert_cmpint (number (db, "SELECT count(*) FROM t WHERE b LIKE '% first'"), ==, 200);
  cr_db_close (db);
}

/* Power fails while the last frame is being written: it is as if it had not been begun. */
static void
test_torn_frame (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "practice.db-wal"), *content = NULL;
  g_autofree char *database = fixture_path (f, "practice.db"), *sound = NULL;
  static const gsize back[] = { 1, 17, 40, 700, PAGE, PAGE + 8, PAGE + 23 };
  gsize size, database_size;

  run_killed (f, three_commits, NULL);
  read_file (path, &content, &size);
  read_file (database, &sound, &database_size);
  for (guint i = 0; i < G_N_ELEMENTS (back); i++) {
    write_file (database, sound, database_size);
    write_file (path, content, size - back[i]);
    assert_sound (f, 42);
    content[size - back[i]] ^= 1; /* written in part, with something else behind */
    write_file (database, sound, database_size);
    write_file (path, content, size);
    content[size - back[i]] ^= 1;
    assert_sound (f, 42);
  }
  write_file (database, sound, database_size);
  write_file (path, content, size);
  assert_sound (f, 43);
}

static void
grow_and_stop (VaultFixture *f, gconstpointer data)
{
  CrDb *db = fill_db (f, 600);

  run (db, "DELETE FROM t WHERE a > 20");
  run (db, "INSERT INTO t SELECT a + 1000, b FROM t");
  g_assert_true (cr_db_checkpoint (db, NULL));
  run (db, "INSERT INTO t SELECT a + 10000, b FROM t");
}

/* Pages that were freed and never written again are as authentic as all others. */
static void
test_free_pages (VaultFixture *f, gconstpointer data)
{
  run_killed (f, grow_and_stop, NULL);
  assert_sound (f, 80);
}

/* Page 1 and a new one at the end are in the log. */
static void
enlarge_and_stop (VaultFixture *f, gconstpointer data)
{
  CrDb *db = fill_db (f, 600);

  g_assert_true (cr_db_checkpoint (db, NULL));
  run (db, "CREATE TABLE u (a INTEGER PRIMARY KEY, b TEXT) STRICT");
}

/* Power fails while a checkpoint writes page 1, or makes the file longer: the log holds all of it still. */
static void
test_torn_checkpoint (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "practice.db"), *sound = NULL, *grown = NULL;
  gsize size;

  run_killed (f, enlarge_and_stop, NULL);
  read_file (path, &sound, &size);
  grown = g_malloc0 (size + 512);
  memcpy (grown, sound, size);
  write_file (path, grown, size + 512);
  assert_sound (f, 600);
  vault_tear_down (f, NULL);
  vault_set_up (f, NULL);
  run_killed (f, enlarge_and_stop, NULL);
  g_clear_pointer (&sound, g_free);
  g_clear_pointer (&path, g_free);
  path = fixture_path (f, "practice.db");
  read_file (path, &sound, &size);
  memset (sound + 512, 0, 512);
  write_file (path, sound, size);
  assert_sound (f, 600);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name, *data;
    void (*test) (VaultFixture *, gconstpointer);
  } tests[] = {
    { "/crash/log", NULL, test_log },
    { "/crash/acknowledged", NULL, test_acknowledged },
    { "/crash/journal/delete", "DELETE", test_journal },
    { "/crash/journal/truncate", "TRUNCATE", test_journal },
    { "/crash/journal/persist", "PERSIST", test_journal },
    { "/crash/savepoint", NULL, test_savepoint },
    { "/crash/torn-frame", NULL, test_torn_frame },
    { "/crash/free-pages", NULL, test_free_pages },
    { "/crash/torn-checkpoint", NULL, test_torn_checkpoint },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, VaultFixture, tests[i].data, vault_set_up, tests[i].test, vault_tear_down);
  return g_test_run ();
}
