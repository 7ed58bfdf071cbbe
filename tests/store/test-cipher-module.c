/* cipher_vfs.so, as the sqlite3 shell or SQLite's own harness would load it.  Argument: its path. */
#include "../vault/vault-fixture.h"
#include <sqlite3.h>

#define KNOWN_TEXT "Zebediah Quillfeather"

static const char *module_path;

static sqlite3 *
open_default (VaultFixture *f)
{
  g_autofree char *path = fixture_path (f, "module.db");
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  return db;
}

static void
must (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

/* Loading it makes it the default of the process: new databases are sealed without being asked. */
static void
test_load (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "module.db"), *content = NULL;
  sqlite3 *db;
  gsize size;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  sqlite3_enable_load_extension (db, 1);
  g_assert_cmpint (sqlite3_load_extension (db, module_path, "sqlite3_ciphervfs_init", NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_cmpstr (sqlite3_vfs_find (NULL)->zName, ==, "chartroom");

  db = open_default (f);
  must (db, "PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES ('" KNOWN_TEXT "')");
  sqlite3_close (db);
  read_file (path, &content, &size);
  g_assert_cmpuint (size, ==, 8192);
  g_assert_false (g_str_has_prefix (content, "SQLite"));
  g_assert_null (memmem (content, size, KNOWN_TEXT, strlen (KNOWN_TEXT)));
  db = open_default (f);
  must (db, "CREATE TABLE u AS SELECT a FROM t WHERE a = '" KNOWN_TEXT "'; VACUUM");
  g_assert_cmpint (sqlite3_total_changes (db), ==, 0);
  must (db, "UPDATE u SET a = 'x'");
  g_assert_cmpint (sqlite3_total_changes (db), ==, 1);
  sqlite3_close (db);
}

/* What has nothing to do with files is the base VFS's own. */
static void
test_passes_on (VaultFixture *f, gconstpointer data)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find ("chartroom"), *base = sqlite3_vfs_find ("unix");
  char random[16] = "", words[64] = "";
  double days = 0, base_days = 0;
  sqlite3_int64 now = 0;
  void *library;

  g_assert_nonnull (vfs);
  g_assert_cmpint (vfs->xRandomness (vfs, sizeof random, random), ==, sizeof random);
  g_assert_cmpint (vfs->xSleep (vfs, 1), >, 0);
  g_assert_cmpint (vfs->xCurrentTime (vfs, &days), ==, SQLITE_OK);
  g_assert_cmpint (base->xCurrentTime (base, &base_days), ==, SQLITE_OK);
  g_assert_cmpfloat_with_epsilon (days, base_days, 1.0 / 24 / 60);
  g_assert_cmpint (vfs->xCurrentTimeInt64 (vfs, &now), ==, SQLITE_OK);
  g_assert_cmpfloat_with_epsilon ((double)now / 86400000.0, days, 1.0 / 24 / 60);
  g_assert_cmpint (vfs->xGetLastError (vfs, sizeof words, words), ==, base->xGetLastError (base, 0, NULL));
  g_assert_null (vfs->xDlOpen (vfs, "/nonexistent/library.so"));
  vfs->xDlError (vfs, sizeof words, words);
  g_assert_nonnull (strstr (words, "nonexistent"));
  library = vfs->xDlOpen (vfs, module_path);
  g_assert_nonnull (library);
  g_assert_true (vfs->xDlSym (vfs, library, "chartroom_vfs_register") != NULL);
  g_assert_true (vfs->xDlSym (vfs, library, "no_such_function") == NULL);
  vfs->xDlClose (vfs, library);
  g_assert_cmpstr (vfs->xNextSystemCall (vfs, NULL), ==, base->xNextSystemCall (base, NULL));
  g_assert_true (vfs->xGetSystemCall (vfs, "open") == base->xGetSystemCall (base, "open"));
  g_assert_cmpint (vfs->xSetSystemCall (vfs, "no such call", NULL), ==, SQLITE_NOTFOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  module_path = argv[1];
  g_test_add ("/cipher-module/load", VaultFixture, NULL, vault_set_up, test_load, vault_tear_down);
  g_test_add ("/cipher-module/passes-on", VaultFixture, NULL, vault_set_up, test_passes_on, vault_tear_down);
  return g_test_run ();
}
