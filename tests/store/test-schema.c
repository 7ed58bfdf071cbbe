/* Steps of the schema: each whole or not at all, and never backwards. */
#include "fixture.h"
#include "schema.h"
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const CrSchemaStep GOOD[] = {
  { 1, "CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1)" },
  { 2, "CREATE TABLE b (id INTEGER PRIMARY KEY); INSERT INTO b SELECT id FROM a" },
  { 0, NULL },
};
/* The second statement of step 2 cannot be done. */
static const CrSchemaStep BROKEN[] = {
  { 1, "CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1)" },
  { 2, "UPDATE a SET id = 7; INSERT INTO nowhere VALUES (1)" },
  { 0, NULL },
};

typedef struct {
  Fixture *practice;
  CrVault *vault;
  CrDb *db;
} Scratch;

static void
open_scratch (Scratch *scratch)
{
  g_autoptr (GError) error = NULL;
  scratch->practice = fixture_new ();
  scratch->vault = cr_vault_open (scratch->practice->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  scratch->db = cr_db_open_named (scratch->vault, "scratch.db", CR_DB_CREATE, &error);
  g_assert_no_error (error);
}

static void
close_scratch (Scratch *scratch)
{
  cr_db_close (scratch->db);
  cr_vault_unref (scratch->vault);
  fixture_free (scratch->practice);
}

static gboolean
migrate (Scratch *scratch, const CrSchemaStep *steps, GError **error)
{
  return cr_schema_migrate (scratch->db, steps, scratch->practice->folder, error);
}

static char *
copy_path (Scratch *scratch, int version)
{
  return g_strdup_printf ("%s/practice-version-%d.db", scratch->practice->folder, version);
}

static gint64
number (CrDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  CrStmt *stmt = cr_db_prepare (db, sql, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_ROW);
  gint64 value = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return value;
}

static void
test_steps (void)
{
  Scratch scratch;
  g_autoptr (GError) error = NULL;
  open_scratch (&scratch);
  g_assert_true (migrate (&scratch, GOOD, &error));
  g_assert_true (migrate (&scratch, GOOD, &error)); /* nothing left to do */
  g_assert_no_error (error);
  g_assert_cmpint (cr_db_schema_version (scratch.db, &error), ==, 2);
  g_assert_cmpint (number (scratch.db, "SELECT count (*) FROM b"), ==, 1);
  g_autofree char *copy = copy_path (&scratch, 1);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS)); /* nobody had used it before */
  close_scratch (&scratch);
}

static const CrSchemaStep HOPELESS[] = {
  { 1, "CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO nowhere VALUES (1)" },
  { 0, NULL },
};

/* What fails while a practice is made says so; there was no older form to bring forward. */
static void
test_failure_words (void)
{
  Scratch scratch;
  g_autoptr (GError) error = NULL;
  open_scratch (&scratch);
  g_assert_false (migrate (&scratch, HOPELESS, &error));
  g_assert_true (g_str_has_prefix (error->message, "The practice could not be made. "));
  g_clear_error (&error);
  g_assert_false (migrate (&scratch, BROKEN, &error));
  g_clear_error (&error);
  g_assert_false (migrate (&scratch, BROKEN, &error)); /* from version 1 now */
  g_assert_true (g_str_has_prefix (error->message, "The practice could not be brought to the form"));
  close_scratch (&scratch);
}

static void
test_interrupted_step (void)
{
  Scratch scratch;
  g_autoptr (GError) error = NULL;
  open_scratch (&scratch);
  g_assert_false (migrate (&scratch, BROKEN, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (cr_db_in_transaction (scratch.db));
  g_assert_cmpint (cr_db_schema_version (scratch.db, &error), ==, 1);
  g_assert_cmpint (number (scratch.db, "SELECT id FROM a"), ==, 1);
  /* The repaired program takes it from there. */
  g_assert_true (migrate (&scratch, GOOD, &error));
  g_assert_no_error (error);
  g_assert_cmpint (number (scratch.db, "SELECT id FROM b"), ==, 1);
  close_scratch (&scratch);
}

static const CrSchemaStep LATER[] = {
  { 1, "CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1)" },
  { 2, "CREATE TABLE b (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO b SELECT id, 'x' FROM a; UPDATE b "
       "SET text = "
       "'y'; DROP TABLE a" },
  { 3, "ALTER TABLE b RENAME TO c; ALTER TABLE c ADD COLUMN day TEXT; UPDATE c SET day = '2026-11-23'; "
       "CREATE INDEX "
       "c_day ON c (day)" },
  { 0, NULL },
};

/* The state that belongs to the version: all of it, and nothing of the next one. */
static void
check_state (CrDb *db)
{
  static const char *const STATES[] = {
    [1] =
        "SELECT (SELECT count (*) FROM a) = 1 AND NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'b')",
    [2] = "SELECT (SELECT count (*) FROM b WHERE text = 'y') = 1 AND NOT EXISTS (SELECT 1 FROM sqlite_schema "
          "WHERE "
          "name IN ('a', 'c'))",
    [3] = "SELECT (SELECT count (*) FROM c WHERE text = 'y' AND day = '2026-11-23') = 1 AND EXISTS (SELECT 1 "
          "FROM "
          "sqlite_schema WHERE name = 'c_day')",
  };
  g_autoptr (GError) error = NULL;
  int version = cr_db_schema_version (db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (version, >=, 1);
  g_assert_cmpint (version, <=, 3);
  g_assert_cmpint (number (db, STATES[version]), ==, 1);
}

/* ---- a child that is killed at its Nth statement ---- */

static int statements_left;

static int
statement_cb (unsigned what, void *data, void *stmt, void *sql)
{
  if (--statements_left == 0)
    raise (SIGKILL);
  return 0;
}

static int
watch_statements (sqlite3 *db, char **message, const struct sqlite3_api_routines *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, statement_cb, NULL);
}

/* What the child does; 0 when it came to the end. */
static int
migrate_in_child (const char *folder, int statements)
{
  g_autoptr (GError) error = NULL;
  CrVault *vault = cr_vault_open (folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  statements_left = statements;
  sqlite3_auto_extension ((void (*) (void))watch_statements);
  CrDb *db = cr_db_open_named (vault, "scratch.db", CR_DB_OPEN, &error);
  return db != NULL && cr_schema_migrate (db, LATER, folder, &error) ? 0 : 1;
}

/* TRUE: it was killed. */
static gboolean
run_child (const char *folder, int statements)
{
  pid_t child = fork ();
  int status;
  if (child == 0)
    _exit (migrate_in_child (folder, statements));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status))
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return WIFSIGNALED (status);
}

static void
reopen (Scratch *scratch)
{
  g_autoptr (GError) error = NULL;
  scratch->db = cr_db_open_named (scratch->vault, "scratch.db", CR_DB_OPEN, &error);
  g_assert_no_error (error);
}

static void
check_copy (Scratch *scratch, int version)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = copy_path (scratch, version), *name = g_path_get_basename (path);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  CrDb *copy = cr_db_open_named (scratch->vault, name, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cr_db_schema_version (copy, &error), ==, version);
  check_state (copy);
  cr_db_close (copy);
}

/* One migration that ends at its Nth statement; then the next start goes on.  FALSE: it was over before. */
static gboolean
kill_at (int statements)
{
  static const CrSchemaStep FIRST[] = {
    { 1, "CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1)" }, { 0, NULL }
  };
  Scratch scratch;
  g_autoptr (GError) error = NULL;
  open_scratch (&scratch);
  g_assert_true (migrate (&scratch, FIRST, &error));
  cr_db_close (scratch.db);
  gboolean killed = run_child (scratch.practice->folder, statements);
  reopen (&scratch);
  check_state (scratch.db);
  if (cr_db_schema_version (scratch.db, &error) > 1) {
    g_autofree char *copy = copy_path (&scratch, 1);
    g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS)); /* made before anything was changed */
  }
  check_copy (&scratch, 1);
  check_copy (&scratch, 2);
  g_assert_true (migrate (&scratch, LATER, &error));
  g_assert_no_error (error);
  g_assert_cmpint (cr_db_schema_version (scratch.db, &error), ==, 3);
  check_state (scratch.db);
  close_scratch (&scratch);
  return killed;
}

static void
test_killed (void)
{
  int statements = 1;
  while (kill_at (statements))
    statements++;
  g_test_message ("killed at each of %d statements", statements - 1);
  g_assert_cmpint (statements, >, 12);
}

static void
test_no_room_for_a_copy (void)
{
  Scratch scratch;
  g_autoptr (GError) error = NULL;
  static const CrSchemaStep FIRST[] = {
    { 1, "CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1)" }, { 0, NULL }
  };
  open_scratch (&scratch);
  g_assert_true (migrate (&scratch, FIRST, &error));
  g_assert_false (cr_schema_migrate (scratch.db, LATER, "/proc/nowhere", &error));
  g_assert_nonnull (strstr (error->message, "nothing was changed"));
  g_assert_cmpint (cr_db_schema_version (scratch.db, NULL), ==, 1);
  check_state (scratch.db);
  close_scratch (&scratch);
}

static void
test_newer_store (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;
  CrStoreUser *user = NULL;
  fixture_close (fixture);
  fixture_tamper (fixture, "PRAGMA user_version = 4711");
  g_assert_null (cr_store_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, fixture->clock, "test",
                                &user, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_STORE_NEWER);
  g_assert_null (user);
  g_assert_cmpint (fixture_number (fixture, "PRAGMA user_version"), ==, 4711);
}

static void
test_versions_rise (void)
{
  int last = 0;
  for (guint i = 0; CR_SCHEMA_STEPS[i].sql != NULL; i++) {
    g_assert_cmpint (CR_SCHEMA_STEPS[i].version, ==, last + 1);
    last = CR_SCHEMA_STEPS[i].version;
  }
  g_assert_cmpint (cr_schema_newest (CR_SCHEMA_STEPS), ==, last);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/schema/steps", test_steps);
  g_test_add_func ("/store/schema/failure-words", test_failure_words);
  g_test_add_func ("/store/schema/interrupted", test_interrupted_step);
  g_test_add_func ("/store/schema/killed", test_killed);
  g_test_add_func ("/store/schema/no-room", test_no_room_for_a_copy);
  g_test_add_func ("/store/schema/newer", test_newer_store);
  g_test_add_func ("/store/schema/versions", test_versions_rise);
  return g_test_run ();
}
