/* Steps of the schema: each whole or not at all, and never backwards. */
#include "fixture.h"
#include "schema.h"

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
  g_assert_true (cr_schema_migrate (scratch.db, GOOD, &error));
  g_assert_true (cr_schema_migrate (scratch.db, GOOD, &error)); /* nothing left to do */
  g_assert_no_error (error);
  g_assert_cmpint (cr_db_schema_version (scratch.db, &error), ==, 2);
  g_assert_cmpint (number (scratch.db, "SELECT count (*) FROM b"), ==, 1);
  close_scratch (&scratch);
}

static void
test_interrupted_step (void)
{
  Scratch scratch;
  g_autoptr (GError) error = NULL;
  open_scratch (&scratch);
  g_assert_false (cr_schema_migrate (scratch.db, BROKEN, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (cr_db_in_transaction (scratch.db));
  g_assert_cmpint (cr_db_schema_version (scratch.db, &error), ==, 1);
  g_assert_cmpint (number (scratch.db, "SELECT id FROM a"), ==, 1);
  /* The repaired program takes it from there. */
  g_assert_true (cr_schema_migrate (scratch.db, GOOD, &error));
  g_assert_no_error (error);
  g_assert_cmpint (number (scratch.db, "SELECT id FROM b"), ==, 1);
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
  g_test_add_func ("/store/schema/interrupted", test_interrupted_step);
  g_test_add_func ("/store/schema/newer", test_newer_store);
  g_test_add_func ("/store/schema/versions", test_versions_rise);
  return g_test_run ();
}
