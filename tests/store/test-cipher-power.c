/* The power is cut at any operation of a workload, and what had not been synced survives by chance:
 * afterwards the sealed database opens, is sound, and holds each acknowledged commit whole and no other in
 * part. usage: [--cuts N]  (default: a short run for the suite) */
#include "../tools/fault-disk.h"
#include "db-private.h"
#include "chartroom/vault/page-cipher.h"
#include <sodium.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define DISK "power-disk"
#define SEALED "power-sealed"
#define ROWS 40

static FaultDisk *disk;
static char *uri;
static guint cuts_each = 200;

/* durable: an acknowledged commit survives.  SQLite promises it of a rollback journal that is deleted only
 * with EXTRA: before, the journal's deletion may be lost, and it rolls the last commit back. */
typedef struct {
  const char *name, *journal, *synchronous;
  gboolean durable;
} Mode;

static void
run (sqlite3 *db, const char *sql)
{
  char *problem = NULL;
  if (sqlite3_exec (db, sql, NULL, NULL, &problem) != SQLITE_OK)
    g_error ("%s: %s", sql, problem);
}

static gint64
number (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 found;
  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK || sqlite3_step (stmt) != SQLITE_ROW)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  found = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return found;
}

static sqlite3 *
open_sealed (void)
{
  sqlite3 *db = NULL;
  int reserve = CR_PAGE_RESERVE, rc;
  rc = sqlite3_open_v2 (uri, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, SEALED);
  if (rc != SQLITE_OK)
    g_error ("open: %s", sqlite3_errmsg (db));
  sqlite3_extended_result_codes (db, 1);
  sqlite3_file_control (db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
  run (db, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY");
  return db;
}

static void
set_mode (sqlite3 *db, const Mode *mode)
{
  g_autofree char *sql =
      g_strdup_printf ("PRAGMA journal_mode=%s; PRAGMA synchronous=%s", mode->journal, mode->synchronous);
  run (db, sql);
}

#define FILL                                                                                                 \
  "CREATE TABLE t (a INTEGER PRIMARY KEY, k INTEGER NOT NULL, b BLOB NOT NULL);"                             \
  "CREATE TABLE done (n INTEGER PRIMARY KEY, filler TEXT);"                                                  \
  "WITH RECURSIVE x(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM x WHERE i < " G_STRINGIFY (                  \
      ROWS) ")"                                                                                              \
            " INSERT INTO t SELECT i, 0, zeroblob(300) FROM x"
/* Every row is rewritten in one transaction: afterwards all carry its number, or none does. */
#define COMMIT(n)                                                                                            \
  "BEGIN; UPDATE t SET k = " #n ", b = randomblob(abs(random()) % 700); "                                    \
  "INSERT INTO done VALUES (" #n ", hex(randomblob(300))); COMMIT"

/* A little of everything: commits, one that spills and is rolled back, checkpoints, vacuum. */
static const struct {
  const char *sql;
  int acknowledged; /* after it; -1: nothing new */
  gboolean log_only;
} STEPS[] = {
  { FILL, 0, FALSE },
  { COMMIT (1), 1, FALSE },
  { COMMIT (2), 2, FALSE },
  { COMMIT (3), 3, FALSE },
  { "PRAGMA wal_checkpoint(PASSIVE)", -1, TRUE },
  { COMMIT (4), 4, FALSE },
  { "BEGIN; UPDATE t SET k = -1; SAVEPOINT s; DELETE FROM t WHERE a % 2; ROLLBACK TO s; ROLLBACK", -1,
    FALSE },
  { COMMIT (5), 5, FALSE },
  { "DELETE FROM done WHERE n = 2; INSERT INTO done VALUES (2, 'again')", -1, FALSE },
  { "PRAGMA wal_checkpoint(TRUNCATE)", -1, TRUE },
  { COMMIT (6), 6, FALSE },
  { "VACUUM", -1, FALSE },
  { COMMIT (7), 7, FALSE },
};

/* TRUE when every step was done; else up to the first that failed. */
static gboolean
work (sqlite3 *db, const Mode *mode, int *acknowledged)
{
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    if (STEPS[i].log_only && !g_str_equal (mode->journal, "WAL"))
      continue;
    if (sqlite3_exec (db, STEPS[i].sql, NULL, NULL, NULL) != SQLITE_OK)
      return FALSE;
    if (STEPS[i].acknowledged < 0)
      continue;
    *acknowledged = STEPS[i].acknowledged;
    fault_disk_acknowledge (disk, *acknowledged);
  }
  return TRUE;
}

static void
record (const Mode *mode)
{
  int acknowledged;
  sqlite3 *db;
  fault_disk_wipe (disk);
  db = open_sealed ();
  set_mode (db, mode);
  if (!work (db, mode, &acknowledged))
    g_error ("%s: %s", mode->name, sqlite3_errmsg (db));
  sqlite3_close (db);
}

static void
check_sound (sqlite3 *db, const char *where)
{
  sqlite3_stmt *stmt = NULL;
  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA integrity_check", -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  if (g_strcmp0 ((const char *)sqlite3_column_text (stmt, 0), "ok") != 0)
    g_error ("%s: %s", where, sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
}

/* Before the tables were there nothing was promised but a database that opens. */
static void
check_content (sqlite3 *db, const Mode *mode, int acknowledged, int begun, const char *where)
{
  gint64 least, most, last;
  if (number (db, "SELECT count(*) FROM sqlite_schema WHERE name = 't'") == 0 ||
      number (db, "SELECT count(*) FROM t") == 0) {
    if (acknowledged > 0 && mode->durable)
      g_error ("%s: commit %d is gone, with its table", where, acknowledged);
    return;
  }
  least = number (db, "SELECT min(k) FROM t");
  most = number (db, "SELECT max(k) FROM t");
  last = number (db, "SELECT coalesce(max(n), 0) FROM done");
  if (least != most || least != last || number (db, "SELECT count(*) FROM t") != ROWS)
    g_error ("%s: half a commit: rows of %d to %d, last %d", where, (int)least, (int)most, (int)last);
  if (mode->durable && last < acknowledged)
    g_error ("%s: commit %d was acknowledged, only %d is there", where, acknowledged, (int)last);
  if (begun != G_MAXINT && last > begun)
    g_error ("%s: commit %d is there before it was made", where, (int)last);
}

/* What a power cut leaves of the log is never taken for damage, where each commit is synced. */
static void
check_log (sqlite3 *db, const Mode *mode, const char *where)
{
  CrDb seen = { .sqlite = db, .name = (char *)"practice.db" };
  g_autoptr (GError) error = NULL;
  if (!g_str_equal (mode->journal, "WAL") || !mode->durable)
    return;
  run (db, "BEGIN; SELECT count(*) FROM sqlite_schema");
  if (!db_check_log_tail (&seen, &error))
    g_error ("%s: %s", where, error->message);
  run (db, "COMMIT");
}

static void
check_cut (const Mode *mode, guint n, guint32 seed)
{
  int acknowledged, begun;
  g_autofree char *where = g_strdup_printf ("%s, cut at %u, seed %u", mode->name, n, seed);
  sqlite3 *db;
  fault_disk_cut (disk, n, seed, &acknowledged, &begun);
  db = open_sealed ();
  check_sound (db, where);
  check_content (db, mode, acknowledged, begun, where);
  check_log (db, mode, where);
  set_mode (db, mode);
  run (db, "CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, k, b); UPDATE t SET k = 1000"); /* goes on */
  sqlite3_close (db);
}

static void
test_mode (gconstpointer data)
{
  const Mode *mode = data;
  guint all;
  record (mode);
  all = fault_disk_operations (disk);
  g_assert_cmpuint (all, >, 100);
  for (guint i = 0; i < cuts_each; i++) {
    guint n = cuts_each >= all ? i % all + 1 : 1 + (guint)((guint64)i * all / cuts_each);
    check_cut (mode, n, i * 2654435761u + 1);
  }
  g_test_message ("%s: %u operations, %u cuts", mode->name, all, cuts_each);
}

/* ---- every single operation fails once ---- */

typedef struct {
  const Mode *mode;
  int code;
  gboolean sticky; /* and all after it */
} Fault;

/* FALSE: no operation was left to fail. */
static gboolean
check_fault (const Fault *fault, guint n)
{
  g_autofree char *where = g_strdup_printf ("%s, operation %u, code %d", fault->mode->name, n, fault->code);
  int acknowledged = 0;
  sqlite3 *db;
  fault_disk_wipe (disk);
  db = open_sealed ();
  set_mode (db, fault->mode);
  fault_disk_fail (disk, n, fault->code, fault->sticky);
  work (db, fault->mode, &acknowledged);
  sqlite3_close (db);
  gboolean met = fault_disk_failed (disk);
  fault_disk_fail (disk, 0, 0, FALSE);
  db = open_sealed ();
  check_sound (db, where);
  check_content (db, fault->mode, acknowledged, G_MAXINT, where);
  sqlite3_close (db);
  return met;
}

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  guint n = 1;
  while (check_fault (fault, n))
    n++;
  g_test_message ("%s: %u operations failed, one a run", fault->mode->name, n - 1);
  g_assert_cmpuint (n, >, 50);
}

/* The last commit there is; -1 when the database cannot be read. */
static int
last_commit (void)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  int found = -1;
  if (sqlite3_open_v2 (uri, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, SEALED) == SQLITE_OK &&
      sqlite3_exec (db, "PRAGMA locking_mode=EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (db, "SELECT max(n) FROM done", -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    found = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return found;
}

/* The test can fail: when nothing is synced, commits are lost, and that is seen. */
static void
test_liar (void)
{
  static const Mode MODE = { "liar", "WAL", "OFF", TRUE };
  guint lost = 0;
  record (&MODE);
  for (guint n = 1; n <= fault_disk_operations (disk); n += 3) {
    int acknowledged, begun;
    fault_disk_cut (disk, n, n, &acknowledged, &begun);
    lost += last_commit () < acknowledged;
  }
  g_assert_cmpuint (lost, >, 10);
}

static void
register_disk (void)
{
  CrPageKeys keys;
  guint64 handle;
  g_assert_cmpint (cr_page_cipher_init (), ==, 0);
  randombytes_buf (&keys, sizeof keys);
  handle = cr_page_keys_add (&keys);
  disk = fault_disk_new (DISK);
  g_assert_cmpint (cr_cipher_vfs_register (SEALED, DISK, handle, 0), ==, SQLITE_OK);
  uri = g_strdup_printf ("file:/practice.db?keys=%" G_GINT64_MODIFIER "x", handle);
}

static const Mode MODES[] = {
  { "wal/full", "WAL", "FULL", TRUE },         { "wal/extra", "WAL", "EXTRA", TRUE },
  { "wal/normal", "WAL", "NORMAL", FALSE },    { "delete/extra", "DELETE", "EXTRA", TRUE },
  { "delete/full", "DELETE", "FULL", FALSE },  { "truncate/full", "TRUNCATE", "FULL", TRUE },
  { "persist/full", "PERSIST", "FULL", TRUE },
};

static const Fault FAULTS[] = {
  { &MODES[0], SQLITE_IOERR, FALSE }, { &MODES[0], SQLITE_IOERR, TRUE }, { &MODES[0], SQLITE_FULL, TRUE },
  { &MODES[3], SQLITE_IOERR, FALSE }, { &MODES[3], SQLITE_IOERR, TRUE }, { &MODES[3], SQLITE_FULL, TRUE },
  { &MODES[5], SQLITE_IOERR, TRUE },  { &MODES[6], SQLITE_FULL, TRUE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 3 && g_str_equal (argv[1], "--cuts"))
    cuts_each = (guint)(strtoul (argv[2], NULL, 10) / G_N_ELEMENTS (MODES)) + 1;
  register_disk ();
  for (guint i = 0; i < G_N_ELEMENTS (MODES); i++) {
    g_autofree char *path = g_strconcat ("/power/", MODES[i].name, NULL);
    g_test_add_data_func (path, &MODES[i], test_mode);
  }
  for (guint i = 0; i < G_N_ELEMENTS (FAULTS); i++) {
    g_autofree char *path = g_strdup_printf ("/faults/%s/%d%s", FAULTS[i].mode->name, FAULTS[i].code,
                                             FAULTS[i].sticky ? "/sticky" : "");
    g_test_add_data_func (path, &FAULTS[i], test_fault);
  }
  g_test_add_func ("/power/liar", test_liar);
  return g_test_run ();
}
