/* A practice with a small filled database, for the tests of the sealed store. */
#pragma once
#include "../vault/vault-fixture.h"
#include "chartroom/store/db.h"

#define KNOWN_TEXT "Zebediah Quillfeather"
#define PAGE 4096

static inline void
run (CrDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  cr_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static inline gint64
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

static inline CrDb *
open_db (VaultFixture *f)
{
  g_autoptr (GError) error = NULL;
  CrDb *db = cr_db_open (f->vault, CR_DB_CREATE, &error);

  g_assert_no_error (error);
  return db;
}

/* rows of a known name and 300 changing characters; the database stays open. */
static inline CrDb *
fill_db (VaultFixture *f, guint rows)
{
  CrDb *db = open_db (f);
  g_autofree char *insert =
      g_strdup_printf ("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE "
                       "x < %u) INSERT INTO t SELECT x, '" KNOWN_TEXT " ' || x || "
                       "hex(zeroblob(150)) FROM n",
                       rows);

  run (db, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL) STRICT");
  run (db, insert);
  return db;
}

static inline void
assert_sound (VaultFixture *f, gint64 rows)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrDb *db = cr_db_open (f->vault, CR_DB_OPEN, &error);

  g_assert_no_error (error);
  cr_db_verify (db, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpint (number (db, "SELECT count(*) FROM t"), ==, rows);
  cr_db_close (db);
}

/* Every file of a folder, and what it holds, put somewhere else. */
static inline void
copy_folder (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *source = g_build_filename (from, name, NULL),
                    *target = g_build_filename (to, name, NULL);
    g_autofree char *content = NULL;
    gsize size;

    if (g_file_test (source, G_FILE_TEST_IS_DIR))
      continue;
    read_file (source, &content, &size);
    write_file (target, content, size);
  }
}
