/* Any journal mode, any page size: a sealed database behaves exactly as a plain one, and a copy of its files
 * taken at any moment, as a power cut would leave them, opens to what was committed. */
#include "cipher-fixture.h"
#include "../../src/store/db/cipher-vfs.h"

#define STEPS 60

typedef struct {
  const char *journal; /* mode */
  int page_size;
  int auto_vacuum;   /* 0 none, 1 full, 2 incremental */
  const char *extra; /* URI parameters */
} Mode;

static const Mode modes[] = {
  { "WAL", 4096, 0, "" },       { "WAL", 1024, 1, "" },        { "WAL", 65536, 0, "" },
  { "WAL", 512, 2, "&psow=0" }, { "WAL", 4096, 0, "&psow=0" }, { "DELETE", 4096, 0, "" },
  { "DELETE", 1024, 1, "" },    { "TRUNCATE", 8192, 2, "" },   { "PERSIST", 512, 0, "" },
  { "PERSIST", 16384, 1, "" },  { "MEMORY", 2048, 2, "" },     { "DELETE", 32768, 0, "&psow=0" },
};

typedef struct {
  VaultFixture *f;
  const Mode *mode;
  CrPageKeys keys;
  guint64 handle;
  sqlite3 *sealed, *plain;
  GRand *random;
  char *committed; /* digest of the last committed state */
  gboolean open;   /* in a transaction */
  gboolean spills; /* the cache writes pages before the commit */
} Pair;

static void
must (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK) {
    CrCipherReport report = cr_cipher_take_report ();
    g_error ("%s: %s (%d); trouble %d at %" G_GUINT64_FORMAT " of %s", sql, sqlite3_errmsg (db),
             sqlite3_extended_errcode (db), report.what, report.number, report.file);
  }
}

/* Of all rows. */
static char *
digest (sqlite3 *db)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  sqlite3_stmt *stmt;
  int rc;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT a || ' ' || b FROM t ORDER BY a", -1, &stmt, NULL), ==,
                   SQLITE_OK);
  while ((rc = sqlite3_step (stmt)) == SQLITE_ROW)
    g_checksum_update (sum, sqlite3_column_text (stmt, 0), -1);
  if (rc != SQLITE_DONE)
    g_error ("reading all rows: %s", sqlite3_errmsg (db));
  sqlite3_finalize (stmt);
  return g_strdup (g_checksum_get_string (sum));
}

static void
assert_integrity (sqlite3 *db)
{
  sqlite3_stmt *stmt;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA integrity_check", -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *)sqlite3_column_text (stmt, 0), ==, "ok");
  sqlite3_finalize (stmt);
}

static sqlite3 *
open_sealed (Pair *pair, const char *path)
{
  g_autofree char *uri = g_strdup_printf ("file:%s?vfs=chartroom&keys=%" G_GINT64_MODIFIER "x%s", path,
                                          pair->handle, pair->mode->extra);
  int reserve = CR_PAGE_RESERVE;
  sqlite3 *db;

  g_assert_cmpint (
      sqlite3_open_v2 (uri, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, NULL), ==,
      SQLITE_OK);
  sqlite3_file_control (db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
  return db;
}

static void
both (Pair *pair, const char *sql)
{
  must (pair->sealed, sql);
  must (pair->plain, sql);
}

/* SQLite 3.40 itself loses a commit in a power cut when pages that had spilled into the log were rolled back
 * to a savepoint before it (the checksums of the frames written again stay zero).  The program turns spilling
 * off; here it happens with or without. */
static gboolean
toss_spilling (Pair *pair)
{
  gboolean spills = g_rand_boolean (pair->random);

  both (pair, spills ? "PRAGMA cache_spill=ON" : "PRAGMA cache_spill=OFF");
  return spills;
}

/* One random statement; rows are big enough to have overflow pages, the cache small enough to spill. */
static char *
random_statement (Pair *pair)
{
  int a = g_rand_int_range (pair->random, 1, 400), length = g_rand_int_range (pair->random, 0, 3000);

  switch (g_rand_int_range (pair->random, 0, 8)) {
  case 0:
  case 1:
    return g_strdup_printf ("INSERT OR REPLACE INTO t VALUES (%d, printf('%%.*c', %d, 'i'))", a, length);
  case 2:
    return g_strdup_printf ("UPDATE t SET b = b || 'u' || a WHERE a BETWEEN %d AND %d", a, a + 60);
  case 3:
    return g_strdup_printf ("DELETE FROM t WHERE a BETWEEN %d AND %d", a, a + 30);
  case 4:
    return g_strdup_printf ("INSERT OR IGNORE INTO t SELECT a + %d, b FROM t LIMIT 40", a);
  case 5:
    if (strcmp (pair->mode->journal, "WAL") == 0 && pair->spills)
      return g_strdup_printf ("UPDATE t SET b = b || 's' WHERE a = %d", a);
    return g_strdup_printf ("SAVEPOINT s; UPDATE t SET b = 'gone' WHERE a > %d; DELETE FROM t WHERE a %% 2;"
                            "ROLLBACK TO s; UPDATE t SET b = b || 's' WHERE a = %d; RELEASE s",
                            a, a);
  case 6:
    return g_strdup_printf ("UPDATE OR IGNORE t SET a = a + %d WHERE a %% 7 = 0", a);
  default:
    return g_strdup ("DELETE FROM t WHERE a > 2000");
  }
}

static void
note_commit (Pair *pair)
{
  g_free (pair->committed);
  pair->committed = digest (pair->sealed);
  pair->open = FALSE;
}

static void
random_step (Pair *pair)
{
  g_autofree char *statement = NULL;
  int choice = g_rand_int_range (pair->random, 0, 10);

  if (!pair->open && choice == 0) {
    both (pair, g_rand_boolean (pair->random) ? "VACUUM" : "PRAGMA incremental_vacuum(5)");
    return;
  }
  if (!pair->open) {
    pair->spills = toss_spilling (pair);
    both (pair, "BEGIN");
    pair->open = TRUE;
  }
  statement = random_statement (pair);
  both (pair, statement);
  if (choice == 1) {
    both (pair, "ROLLBACK");
    pair->open = FALSE;
  } else if (choice < 5) {
    both (pair, "COMMIT");
    note_commit (pair);
  } else if (choice == 5) {
    both (pair, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    note_commit (pair);
  }
}

/* The files as they lie on disk this moment, opened elsewhere. */
static void
check_crash (Pair *pair, guint step)
{
  static const char *const endings[] = { "", "-wal", "-journal" };
  g_autofree char *copy = g_strdup_printf ("%s/crash-%u.db", pair->f->parent, step), *found = NULL;
  sqlite3 *db;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *from = g_strdup_printf ("%s/sealed.db%s", pair->f->parent, endings[i]);
    g_autofree char *to = g_strconcat (copy, endings[i], NULL), *content = NULL;
    gsize size;

    if (!g_file_test (from, G_FILE_TEST_EXISTS))
      continue;
    read_file (from, &content, &size);
    write_file (to, content, size);
  }
  db = open_sealed (pair, copy);
  found = digest (db);
  g_assert_cmpstr (found, ==, pair->committed);
  assert_integrity (db);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
open_pair (Pair *pair)
{
  g_autofree char *sealed = g_build_filename (pair->f->parent, "sealed.db", NULL);
  g_autofree char *plain = g_build_filename (pair->f->parent, "plain.db", NULL), *settings = NULL;

  memset (&pair->keys, 0x17, sizeof pair->keys);
  g_assert_cmpint (cr_cipher_vfs_register (CR_CIPHER_VFS_NAME, NULL, 0, 0), ==, SQLITE_OK);
  pair->handle = cr_page_keys_add (&pair->keys);
  pair->sealed = open_sealed (pair, sealed);
  g_assert_cmpint (sqlite3_open (plain, &pair->plain), ==, SQLITE_OK);
  settings = g_strdup_printf ("PRAGMA page_size=%d; PRAGMA auto_vacuum=%d; PRAGMA secure_delete=OFF; PRAGMA "
                              "synchronous=OFF; PRAGMA cache_size=8; PRAGMA wal_autocheckpoint=30;"
                              "PRAGMA journal_mode=%s; CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)",
                              pair->mode->page_size, pair->mode->auto_vacuum, pair->mode->journal);
  both (pair, settings);
  note_commit (pair);
}

static void
close_pair (Pair *pair)
{
  g_assert_cmpint (sqlite3_close (pair->sealed), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (pair->plain), ==, SQLITE_OK);
  cr_page_keys_drop (pair->handle);
  g_rand_free (pair->random);
  g_free (pair->committed);
}

static void
test_mode (VaultFixture *f, gconstpointer data)
{
  Pair pair = { .f = f, .mode = data, .random = g_rand_new_with_seed (1961) };

  open_pair (&pair);
  if (strstr (pair.mode->extra, "psow=0") != NULL)
    both (&pair, "PRAGMA synchronous=FULL");
  for (guint step = 0; step < STEPS; step++) {
    g_autofree char *sealed = NULL, *plain = NULL;

    random_step (&pair);
    sealed = digest (pair.sealed);
    plain = digest (pair.plain);
    g_assert_cmpstr (sealed, ==, plain);
    if (step % 3 == 0 && strcmp (pair.mode->journal, "MEMORY") != 0)
      check_crash (&pair, step);
  }
  if (pair.open)
    both (&pair, "COMMIT");
  assert_integrity (pair.sealed);
  close_pair (&pair);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autofree char *name = g_strdup_printf ("/modes/%s/%d/%d%s", modes[i].journal, modes[i].page_size,
                                             modes[i].auto_vacuum, *modes[i].extra == '&' ? "/split" : "");

    g_test_add (name, VaultFixture, &modes[i], vault_set_up, test_mode, vault_tear_down);
  }
  return g_test_run ();
}
