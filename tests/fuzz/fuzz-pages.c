/* Database, log and journal through the cipher VFS, on a disk in memory.  The first byte says which of the
 * three the rest is, and whether it is taken as it is or its pages are sealed here first. */
#include "../tools/fault-disk.h"
#include "fuzz.h"
#include "cipher-vfs.h"
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#define PAGE 4096u

static FaultDisk *disk;
static CrPageKeys keys;
static char *uri;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  guint64 handle;
  g_assert_cmpint (cr_page_cipher_init (), ==, 0);
  memset (&keys, 7, sizeof keys);
  handle = cr_page_keys_add (&keys);
  disk = fault_disk_new ("fuzz-disk");
  g_assert_cmpint (cr_cipher_vfs_register ("fuzz-sealed", "fuzz-disk", handle, 0), ==, SQLITE_OK);
  uri = g_strdup_printf ("file:/f.db?keys=%" G_GINT64_MODIFIER "x", handle);
  return 0;
}

static GByteArray *
seal_pages (const uint8_t *data, size_t size)
{
  GByteArray *out = g_byte_array_new ();
  for (guint32 number = 1; (number - 1) * PAGE < size; number++) {
    CrPagePlace place = { .kind = 'D', .page_size = PAGE, .number = number };
    guint8 plain[PAGE] = { 0 }, sealed[PAGE], nonce[CR_PAGE_NONCE] = { 0 };
    gsize at = (gsize)(number - 1) * PAGE;
    memcpy (plain, data + at, MIN (PAGE, size - at));
    memset (plain + PAGE - CR_PAGE_RESERVE, 0, CR_PAGE_RESERVE);
    cr_put_u32 (nonce, number);
    cr_page_seal (&keys, &place, nonce, plain, sealed);
    g_byte_array_append (out, sealed, PAGE);
  }
  return out;
}

static void
make_database (const char *mode)
{
  sqlite3 *db = NULL;
  int reserve = CR_PAGE_RESERVE;
  g_autofree char *sql = g_strdup_printf ("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=%s;"
                                          "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);"
                                          "INSERT INTO t VALUES (1, hex(zeroblob(3000))), (2, 'x')",
                                          mode);
  sqlite3_open_v2 (uri, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, "fuzz-sealed");
  sqlite3_file_control (db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
  sqlite3_exec (db, sql, NULL, NULL, NULL);
  sqlite3_close (db);
}

static void
use_database (void)
{
  sqlite3 *db = NULL;
  if (sqlite3_open_v2 (uri, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, "fuzz-sealed") == SQLITE_OK) {
    sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_limit (db, SQLITE_LIMIT_LENGTH, 1 << 20);
    sqlite3_exec (db,
                  "PRAGMA locking_mode=EXCLUSIVE; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                  "PRAGMA integrity_check(5); SELECT count(*), sum(length(b)) FROM t;"
                  "UPDATE t SET b = 'y' WHERE a = 2; PRAGMA wal_checkpoint",
                  NULL, NULL, NULL);
  }
  sqlite3_close (db);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const FILES[] = { "/f.db", "/f.db-wal", "/f.db-journal" };
  guint which = size > 0 ? data[0] % 4u : 0;
  if (size == 0 || size > 64 * PAGE)
    return 0;
  fault_disk_wipe (disk);
  if (which == 3) {
    g_autoptr (GByteArray) sealed = seal_pages (data + 1, size - 1);
    fault_disk_put (disk, FILES[0], sealed->data, sealed->len);
  } else {
    if (which > 0)
      make_database (which == 1 ? "WAL" : "DELETE");
    fault_disk_put (disk, FILES[which], data + 1, size - 1);
  }
  use_database ();
  return 0;
}
