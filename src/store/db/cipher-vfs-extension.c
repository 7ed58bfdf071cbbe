/* The entries of cipher_vfs.so: the VFS under a key that everybody can read here, for tests with the sqlite3
 * shell and SQLite's own harness.  Not part of the program. */
#include "cipher-vfs.h"
#include <string.h>

__attribute__ ((visibility ("default"))) int chartroom_vfs_register (const char *name, const char *base,
                                                                     int make_default);
__attribute__ ((visibility ("default"))) int sqlite3_ciphervfs_init (sqlite3 *db, char **message,
                                                                     const sqlite3_api_routines *api);

static uint64_t
test_keys (void)
{
  static uint64_t handle;
  CrPageKeys keys;

  if (handle != 0 || cr_page_cipher_init () != 0)
    return handle;
  memset (keys.page, 't', sizeof keys.page);
  memset (keys.wal_words, 'e', sizeof keys.wal_words);
  memset (keys.journal_words, 's', sizeof keys.journal_words);
  memset (keys.store_id, 't', sizeof keys.store_id);
  handle = cr_page_keys_add (&keys);
  return handle;
}

/* Every new connection asks for the reserved bytes; only new files take them. */
static int
reserve_bytes (sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
  int bytes = CR_PAGE_RESERVE;

  sqlite3_file_control (db, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
  return SQLITE_OK;
}

int
chartroom_vfs_register (const char *name, const char *base, int make_default)
{
  return cr_cipher_vfs_register (name, base, test_keys (), make_default);
}

int
sqlite3_ciphervfs_init (sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
  int rc = chartroom_vfs_register (CR_CIPHER_VFS_NAME, NULL, 1);

  if (rc == SQLITE_OK)
    rc = sqlite3_auto_extension ((void (*) (void))reserve_bytes);
  return rc == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : rc;
}
