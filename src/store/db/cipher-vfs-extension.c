/* The entries of cipher_vfs.so: the VFS under a key that everybody can read here, for tests with the sqlite3
 * shell and SQLite's own harness.  Not part of the program. */
#include "cipher-vfs.h"
#include <stdlib.h>
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

/* Files that have pages already keep what they have. */
static void
reserve_in (sqlite3 *db, const char *schema)
{
  int bytes = CR_PAGE_RESERVE;

  sqlite3_file_control (db, schema, SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}

/* An attached file that is new is asked before the first statement after its ATTACH. */
static int
statement_cb (unsigned int event, void *data, void *statement, void *text)
{
  const char *schema;

  for (int i = 2; (schema = sqlite3_db_name (data, i)) != NULL; i++)
    reserve_in (data, schema);
  return 0;
}

static int
reserve_bytes (sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
  reserve_in (db, "main");
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, statement_cb, db);
}

int
chartroom_vfs_register (const char *name, const char *base, int make_default)
{
  return cr_cipher_vfs_register (name, base, test_keys (), make_default);
}

/* With CIPHER_VFS_RESERVE_ONLY set files are plain but have the reserved bytes: what differs then is not the
 * cipher's doing. */
int
sqlite3_ciphervfs_init (sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
  int rc = SQLITE_OK;

  if (getenv ("CIPHER_VFS_RESERVE_ONLY") == NULL)
    rc = chartroom_vfs_register (CR_CIPHER_VFS_NAME, NULL, 1);

  if (rc == SQLITE_OK)
    rc = sqlite3_auto_extension ((void (*) (void))reserve_bytes);
  return rc == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : rc;
}
