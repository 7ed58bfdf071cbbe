/* The driver seam: opening, statements, transactions, versions, errors. */
#include "chartroom/store/db.h"
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

typedef struct {
  char *folder;
  CrVault *vault;
  CrDb *db;
} Fixture;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    remove_tree (inner);
  }
  g_remove (path);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("chartroom-db-XXXXXX", &error);

  g_assert_no_error (error);
  f->folder = g_build_filename (parent, "Test.practice", NULL);
  f->vault = cr_vault_create (f->folder, "doctor", "four words of nonsense", CR_KDF_TEST, NULL, &error);
  g_assert_no_error (error);
  f->db = cr_db_open (f->vault, CR_DB_CREATE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (f->folder);

  cr_db_close (f->db);
  g_clear_pointer (&f->vault, cr_vault_unref);
  remove_tree (parent);
  g_free (f->folder);
}

static void
run (CrDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  cr_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static gint64
number (CrDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  CrStmt *stmt = cr_db_prepare (db, sql, &error);
  gint64 found;

  g_assert_no_error (error);
  g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_ROW);
  found = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return found;
}

static void
test_settings (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *pragma;
    gint64 value;
  } expected[] = {
    { "PRAGMA page_size", 4096 },    { "PRAGMA synchronous", 2 },
    { "PRAGMA secure_delete", 1 },   { "PRAGMA foreign_keys", 1 },
    { "PRAGMA trusted_schema", 0 },  { "PRAGMA cell_size_check", 1 },
    { "PRAGMA cache_size", -65536 }, { "PRAGMA application_id", 0x43485254 },
    { "PRAGMA temp_store", 2 },      { "PRAGMA cache_spill", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (number (f->db, expected[i].pragma), ==, expected[i].value);
}

static void
test_values (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CrStmt *stmt;
  gsize len;

  run (f->db, "CREATE TABLE t (a, b, c, d, e)");
  stmt = cr_db_prepare (f->db, "INSERT INTO t (e, d, c, b, a) VALUES ($5, $4, $3, $2, $1)", &error);
  g_assert_no_error (error);
  cr_stmt_bind_int (stmt, 1, G_MAXINT64);
  cr_stmt_bind_real (stmt, 2, 0.5);
  cr_stmt_bind_text (stmt, 3, "Zażółć");
  cr_stmt_bind_blob (stmt, 4, "\0\1\2", 3);
  cr_stmt_bind_real (stmt, 5, NAN);
  g_assert_true (cr_stmt_run (stmt, &error));
  g_assert_cmpint (cr_stmt_changes (stmt), ==, 1);
  stmt = cr_db_prepare (f->db, "SELECT a, b, c, d, e FROM t", &error);
  g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_ROW);
  g_assert_cmpint (cr_stmt_columns (stmt), ==, 5);
  g_assert_cmpint (cr_stmt_int (stmt, 0), ==, G_MAXINT64);
  g_assert_cmpfloat (cr_stmt_real (stmt, 1), ==, 0.5);
  g_assert_cmpstr (cr_stmt_text (stmt, 2), ==, "Zażółć");
  g_assert_cmpmem (cr_stmt_blob (stmt, 3, &len), len, "\0\1\2", 3);
  g_assert_true (cr_stmt_is_null (stmt, 4));
  g_assert_true (isnan (cr_stmt_real (stmt, 4)));
  g_assert_null (cr_stmt_text (stmt, 4));
  g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_DONE);
}

static void
test_bad_statements (Fixture *f, gconstpointer data)
{
  static const char *const bad[] = { "SELEC 1",      "SELECT 1; SELECT 2",    "",          "SELECT ?",
                                     "SELECT :name", "SELECT * FROM nowhere", "SELECT $x", "SELECT $1000" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (cr_db_prepare (f->db, bad[i], &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_FAILED);
  }
}

static void
bind_all (CrStmt *stmt, int n)
{
  for (guint i = 0; i < 5; i++)
    g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "no parameter * in: SELECT $1 + $3");
  cr_stmt_bind_int (stmt, n, 7);
  cr_stmt_bind_real (stmt, n, 7);
  cr_stmt_bind_text (stmt, n, "7");
  cr_stmt_bind_blob (stmt, n, "7", 1);
  cr_stmt_bind_null (stmt, n);
  g_test_assert_expected_messages ();
}

/* A number that the text does not have is a fault of the program, told aloud; nothing else is changed by it.
 */
static void
test_wrong_parameters (Fixture *f, gconstpointer data)
{
  CrStmt *stmt = cr_db_prepare (f->db, "SELECT $1 + $3", NULL);

  cr_stmt_bind_int (stmt, 1, 20);
  cr_stmt_bind_int (stmt, 3, 2);
  bind_all (stmt, 0);
  bind_all (stmt, 2);
  bind_all (stmt, 4);
  g_assert_cmpint (cr_stmt_step (stmt, NULL), ==, CR_STEP_ROW);
  g_assert_cmpint (cr_stmt_int (stmt, 0), ==, 22);
}

/* What is too large is refused, not cut. */
static void
test_too_large (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CrStmt *stmt;
  gsize len = 7;

  run (f->db, "CREATE TABLE t (a BLOB NOT NULL)");
  stmt = cr_db_prepare (f->db, "INSERT INTO t VALUES ($1) RETURNING a", NULL);
  cr_stmt_bind_blob (stmt, 1, "not read", G_MAXUINT32);
  g_assert_false (cr_stmt_run (stmt, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (number (f->db, "SELECT count(*) FROM t"), ==, 0);
  cr_stmt_bind_blob (stmt, 1, NULL, 0); /* empty, which is not NULL */
  g_assert_true (cr_stmt_run (stmt, &error));
  g_assert_no_error (error);
  stmt = cr_db_prepare (f->db, "SELECT a FROM t", NULL);
  g_assert_cmpint (cr_stmt_step (stmt, NULL), ==, CR_STEP_ROW);
  g_assert_false (cr_stmt_is_null (stmt, 0));
  cr_stmt_blob (stmt, 0, &len);
  g_assert_cmpuint (len, ==, 0);
}

/* A name is one of the practice folder's own. */
static void
test_names (Fixture *f, gconstpointer data)
{
  g_autofree char *gone = g_strconcat (f->folder, ".away", NULL);
  g_autoptr (GError) error = NULL;

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*strchr*failed*");
  g_assert_null (cr_db_open_named (f->vault, "../other.db", CR_DB_CREATE, &error));
  g_test_assert_expected_messages ();
  g_assert_cmpint (g_rename (f->folder, gone), ==, 0);
  g_assert_null (cr_db_open_named (f->vault, "practice-2.db", CR_DB_CREATE, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "practice-2.db could not be made: No such file"));
  g_assert_cmpint (g_rename (gone, f->folder), ==, 0);
}

static void
test_cache (Fixture *f, gconstpointer data)
{
  CrStmt *first = cr_db_prepare (f->db, "SELECT $1 + $2 + $1", NULL);

  cr_stmt_bind_int (first, 1, 20);
  cr_stmt_bind_int (first, 2, 2);
  g_assert_cmpint (cr_stmt_step (first, NULL), ==, CR_STEP_ROW);
  g_assert_cmpint (cr_stmt_int (first, 0), ==, 42);
  g_assert_true (cr_db_prepare (f->db, "SELECT $1 + $2 + $1", NULL) == first);
  g_assert_cmpint (cr_stmt_step (first, NULL), ==, CR_STEP_ROW);
  g_assert_true (cr_stmt_is_null (first, 0)); /* prepared again: bindings are gone */
}

static void
test_transactions (Fixture *f, gconstpointer data)
{
  run (f->db, "CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT");
  g_assert_true (cr_db_begin (f->db, NULL));
  g_assert_true (cr_db_in_transaction (f->db));
  run (f->db, "INSERT INTO t VALUES (1)");
  cr_db_rollback (f->db);
  g_assert_false (cr_db_in_transaction (f->db));
  g_assert_cmpint (number (f->db, "SELECT count(*) FROM t"), ==, 0);
  g_assert_true (cr_db_begin (f->db, NULL));
  run (f->db, "INSERT INTO t VALUES (1)");
  g_assert_true (cr_db_commit (f->db, NULL));
  g_assert_cmpint (number (f->db, "SELECT count(*) FROM t"), ==, 1);
}

static void
test_errors (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *sql;
    CrErrorCode code;
  } cases[] = {
    { "INSERT INTO t VALUES (1, 'x')", CR_ERROR_CONFLICT },
    { "INSERT INTO t VALUES (2, NULL)", CR_ERROR_INVALID },
    { "PRAGMA max_page_count=4; INSERT INTO t SELECT value + 10, hex(zeroblob(2000)) FROM "
      "json_each('[1,2,3,4,5,6,7]')",
      CR_ERROR_DISK_FULL },
    { "ATTACH 'other.db' AS other", CR_ERROR_IO },
    { "VACUUM INTO 'other.db'", CR_ERROR_IO },
  };

  run (f->db,
       "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL) STRICT; INSERT INTO t VALUES (1, 'x')");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (cr_db_exec (f->db, cases[i].sql, &error));
    g_assert_error (error, CR_ERROR, (int)cases[i].code);
    cr_db_rollback (f->db);
  }
  g_assert_cmpint (number (f->db, "SELECT count(*) FROM t"), ==, 1);
  g_assert_false (g_file_test ("other.db", G_FILE_TEST_EXISTS));
}

static void
test_reopen (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  run (f->db, "CREATE TABLE t (a); INSERT INTO t VALUES (7)");
  g_assert_true (cr_db_set_schema_version (f->db, 3, NULL));
  cr_db_close (f->db);
  f->db = cr_db_open (f->vault, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  g_assert_cmpint (number (f->db, "SELECT a FROM t"), ==, 7);
  g_assert_cmpint (cr_db_schema_version (f->db, NULL), ==, 3);
  cr_db_close (f->db);
  f->db = cr_db_open (f->vault, CR_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (number (f->db, "SELECT a FROM t"), ==, 7);
  g_assert_false (cr_db_exec (f->db, "INSERT INTO t VALUES (8)", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_READ_ONLY);
}

static void
test_change_stamp (Fixture *f, gconstpointer data)
{
  CrDb *other = cr_db_open (f->vault, CR_DB_OPEN, NULL);
  gint64 before, own, others;

  run (f->db, "CREATE TABLE t (a)");
  before = cr_db_change_stamp (f->db, NULL);
  g_assert_cmpint (cr_db_change_stamp (f->db, NULL), ==, before);
  run (f->db, "INSERT INTO t VALUES (1)");
  own = cr_db_change_stamp (f->db, NULL);
  g_assert_cmpint (own, !=, before);
  run (other, "INSERT INTO t VALUES (2)");
  others = cr_db_change_stamp (f->db, NULL);
  g_assert_cmpint (others, !=, own);
  g_assert_cmpint (cr_db_change_stamp (f->db, NULL), ==, others);
  cr_db_close (other);
}

static void
test_verify_sound (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  run (f->db, "CREATE TABLE t (a, b); INSERT INTO t SELECT value, hex(randomblob(500)) FROM "
              "json_each('[1,2,3,4,5,6,7,8,9]')");
  g_assert_true (cr_db_verify (f->db, findings, &error));
  g_assert_true (cr_db_checkpoint (f->db, &error));
  g_assert_true (cr_db_verify (f->db, findings, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_plain_and_memory (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, "plain.db", NULL);
  g_autofree char *content = NULL;
  CrDb *plain = cr_db_open_plain (path, &error), *memory = cr_db_open_named (f->vault, ":memory:", 0, &error);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  run (plain, "CREATE TABLE t (a)");
  run (memory, "CREATE TABLE t (a)");
  g_assert_true (cr_db_verify (plain, findings, &error));
  cr_db_close (plain);
  cr_db_close (memory);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "SQLite format 3"));
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cr_db_open_named (f->vault, "absent.db", CR_DB_OPEN, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/db/settings", test_settings },
    { "/db/values", test_values },
    { "/db/bad-statements", test_bad_statements },
    { "/db/wrong-parameters", test_wrong_parameters },
    { "/db/too-large", test_too_large },
    { "/db/names", test_names },
    { "/db/cache", test_cache },
    { "/db/transactions", test_transactions },
    { "/db/errors", test_errors },
    { "/db/reopen", test_reopen },
    { "/db/change-stamp", test_change_stamp },
    { "/db/verify-sound", test_verify_sound },
    { "/db/plain-and-memory", test_plain_and_memory },
    { "/db/missing", test_missing },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
