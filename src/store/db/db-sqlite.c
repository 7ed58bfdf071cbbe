/* Opening, settings, transactions. */
#include "db-private.h"
#include "db-statement.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define BUSY_MILLISECONDS 5000
#define TELL_MILLISECONDS 400 /* a wait that a person would notice */
#define LOOKASIDE_SIZE 1200
#define LOOKASIDE_COUNT 500

/* ---- SQLite's memory holds decrypted pages: it is wiped as it is freed ---- */

static sqlite3_mem_methods usual_memory;

static void
wipe_and_free (void *block)
{
  if (block != NULL)
    explicit_bzero (block, (size_t)usual_memory.xSize (block));
  usual_memory.xFree (block);
}

static void *
move_and_wipe (void *block, int size)
{
  int have = usual_memory.xSize (block);
  void *moved;

  if (size <= have)
    return block;
  moved = usual_memory.xMalloc (size);
  if (moved == NULL)
    return NULL;
  memcpy (moved, block, (size_t)have);
  wipe_and_free (block);
  return moved;
}

/* Has no effect, and does no harm, where somebody has used SQLite before us. */
static void
wipe_freed_memory (void)
{
  sqlite3_mem_methods wiping;

  if (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &usual_memory) != SQLITE_OK)
    return;
  wiping = usual_memory;
  wiping.xFree = wipe_and_free;
  wiping.xRealloc = move_and_wipe;
  sqlite3_config (SQLITE_CONFIG_MALLOC, &wiping);
}

static gpointer
start_sqlite (gpointer data)
{
  wipe_freed_memory ();
  /* Nobody reads SQLite's memory statistics; statements of a bulk save take their memory from one block. */
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_config (SQLITE_CONFIG_LOOKASIDE, LOOKASIDE_SIZE, LOOKASIDE_COUNT);
  return GINT_TO_POINTER (cr_cipher_vfs_register (CR_CIPHER_VFS_NAME, NULL, 0, 0));
}

/* SQLite code. */
static int
require_sqlite (void)
{
  static GOnce started = G_ONCE_INIT;

  return GPOINTER_TO_INT (g_once (&started, start_sqlite, NULL));
}

/* ---- opening ---- */

gboolean
db_run (CrDb *self, const char *sql, GError **error)
{
  int rc = sqlite3_exec (self->sqlite, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || db_set_error (self, rc, error);
}

gint64
db_number (CrDb *self, const char *sql, gint64 fallback)
{
  sqlite3_stmt *stmt = NULL;
  gint64 number = fallback;

  if (sqlite3_prepare_v2 (self->sqlite, sql, -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    number = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return number;
}

CrDb *
db_new (const char *name, CrVault *vault)
{
  CrDb *self = g_new0 (CrDb, 1);

  self->name = g_strdup (name);
  self->vault = vault == NULL ? NULL : cr_vault_ref (vault);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, statement_free);
  return self;
}

void
db_free (CrDb *self)
{
  g_hash_table_unref (self->statements);
  if (sqlite3_close (self->sqlite) != SQLITE_OK)
    g_critical ("%s was closed with statements of its own still open", self->name);
  (void)cr_cipher_take_report (); /* what closing met is not the next failure's reason */
  g_clear_pointer (&self->vault, cr_vault_unref);
  g_free (self->name);
  g_free (self);
}

/* Another program has the lock: short sleeps first, longer ones later. */
static int
busy_cb (void *data, int tries)
{
  static const int PAUSES[] = { 1, 2, 5, 10, 15, 20, 25, 25, 50, 50, 100 };
  CrDb *self = data;
  int pause = PAUSES[MIN (tries, (int)G_N_ELEMENTS (PAUSES) - 1)];

  if (tries == 0)
    self->waited = 0;
  if (self->waited >= BUSY_MILLISECONDS)
    return 0;
  if (self->waited >= TELL_MILLISECONDS && !self->told && self->wait != NULL) {
    self->told = TRUE;
    self->wait (TRUE, self->wait_data);
  }
  self->waited += pause;
  g_usleep ((gulong)pause * 1000);
  return 1;
}

static void
end_wait (CrDb *self)
{
  if (self->told)
    self->wait (FALSE, self->wait_data);
  self->told = FALSE;
}

void
db_set_patience (CrDb *self, gboolean patient)
{
  sqlite3_busy_handler (self->sqlite, patient ? busy_cb : NULL, self);
}

void
db_set_limits (CrDb *self)
{
  int reserve = CR_PAGE_RESERVE;

  sqlite3_extended_result_codes (self->sqlite, 1);
  db_set_patience (self, TRUE);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  if (self->vault != NULL)
    sqlite3_file_control (self->sqlite, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
}

/* cache_spill: SQLite 3.40 loses a commit in a power cut when pages that had spilled into the log were rolled
 * back to a savepoint before it; unspilled, a transaction's pages wait in memory, so bulk work commits every
 * few megabytes. */
static gboolean
apply_settings (CrDb *self, CrDbFlags flags, GError **error)
{
  db_set_limits (self);
  if (!db_run (
          self,
          "PRAGMA page_size=4096; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_size=-65536;"
          "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
          "PRAGMA cell_size_check=ON; PRAGMA cache_spill=OFF; PRAGMA wal_autocheckpoint=1000",
          error))
    return FALSE;
  if (flags & CR_DB_READ_ONLY)
    return db_run (self, "PRAGMA query_only=ON; SELECT count(*) FROM sqlite_schema", error);
  if (!db_run (self, "PRAGMA journal_mode=WAL", error))
    return FALSE;
  return db_number (self, "PRAGMA application_id", 0) == DB_APPLICATION_ID ||
         db_run (self, "PRAGMA application_id=" G_STRINGIFY (DB_APPLICATION_ID), error);
}

static int
open_flags (CrDbFlags flags)
{
  int open = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  if (flags & CR_DB_READ_ONLY)
    return open | SQLITE_OPEN_READONLY;
  return open | SQLITE_OPEN_READWRITE | (flags & CR_DB_CREATE ? SQLITE_OPEN_CREATE : 0);
}

static gboolean
connect_to (CrDb *self, const char *uri, CrDbFlags flags, GError **error)
{
  int rc = require_sqlite ();

  if (rc == SQLITE_OK)
    rc = sqlite3_open_v2 (uri, &self->sqlite, open_flags (flags), NULL);
  return rc == SQLITE_OK || db_set_error (self, rc, error);
}

static char *
sealed_uri (CrVault *vault, const char *path)
{
  g_autofree char *escaped = g_uri_escape_bytes ((const guint8 *)path, strlen (path), "/");

  return g_strdup_printf ("file:%s?vfs=%s&keys=%" G_GINT64_MODIFIER "x", escaped, CR_CIPHER_VFS_NAME,
                          cr_vault_page_key_handle (vault));
}

gboolean
db_connect_sealed (CrDb *self, const char *path, CrDbFlags flags, GError **error)
{
  g_autofree char *uri = sealed_uri (self->vault, path);

  return connect_to (self, uri, flags, error);
}

static gboolean
check_cipher (CrVault *vault, GError **error)
{
  if (cr_vault_page_cipher (vault) == CR_PAGE_CIPHER_XCHACHA)
    return TRUE;
  g_set_error (
      error, CR_ERROR, CR_ERROR_CIPHER_UNKNOWN,
      _ ("This practice is sealed with cipher %u, which this program does not know. Update this program to "
         "open it."),
      cr_vault_page_cipher (vault));
  return FALSE;
}

/* Said before SQLite opens it: it would fall back to reading and leave a log beside the file that nobody can
 * write once the file can be written again. */
static gboolean
check_writable (const char *path, const char *name, CrDbFlags flags, GError **error)
{
  if ((flags & CR_DB_READ_ONLY) || access (path, W_OK) == 0)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_READ_ONLY,
               _ ("%s cannot be written. Check who may write to the practice folder; nothing was changed."),
               name);
  return FALSE;
}

/* The file exists, or is made, for its owner alone.  (It is never opened here when it exists: closing any
 * other descriptor of it would drop SQLite's locks.) */
static gboolean
check_file (const char *path, const char *name, CrDbFlags flags, GError **error)
{
  int fd;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return check_writable (path, name, flags, error);
  if (!(flags & CR_DB_CREATE)) {
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                 _ ("%s is missing from the practice. Restore it from a backup."), name);
    return FALSE;
  }
  fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
  if (fd >= 0 || errno == EEXIST)
    return TRUE;
  g_set_error (error, CR_ERROR, errno == ENOSPC ? CR_ERROR_DISK_FULL : CR_ERROR_READ_ONLY,
               _ ("%s could not be made: %s. Check who may write to the practice folder."), name,
               g_strerror (errno));
  return FALSE;
}

/* An existing file must hold what it says before anything is written to it. */
static gboolean
check_content (CrDb *self, CrDbFlags flags, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (db_file_size (db_file (self)) == 0 && (flags & CR_DB_CREATE))
    return TRUE;
  if (db_run (self, "SELECT count(*) FROM sqlite_schema", &failed))
    return db_check_length (self, error);
  if ((sqlite3_errcode (self->sqlite) & 0xff) == SQLITE_NOTADB)
    db_explain_page_one (self, error);
  else
    g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static CrDb *
open_sealed (CrVault *vault, const char *name, CrDbFlags flags, GError **error)
{
  g_autofree char *path = g_build_filename (cr_vault_folder (vault), name, NULL);
  CrDb *self;

  if (!check_cipher (vault, error) || !check_file (path, name, flags, error))
    return NULL;
  self = db_new (name, vault);
  if (db_connect_sealed (self, path, flags, error)) {
    db_set_limits (self);
    if (check_content (self, flags, error) && apply_settings (self, flags, error)) {
      sqlite3_file_control (self->sqlite, "main", CR_CIPHER_FCNTL_EVERY_PAGE_EXISTS, NULL);
      return self;
    }
  }
  db_free (self);
  return NULL;
}

static CrDb *
open_unsealed (const char *path, CrDbFlags flags, GError **error)
{
  CrDb *self = db_new (path, NULL);

  if (connect_to (self, path, flags, error) && apply_settings (self, flags, error))
    return self;
  db_free (self);
  return NULL;
}

CrDb *
cr_db_open (CrVault *vault, CrDbFlags flags, GError **error)
{
  return open_sealed (vault, cr_vault_database (vault), flags, error);
}

CrDb *
cr_db_open_named (CrVault *vault, const char *file, CrDbFlags flags, GError **error)
{
  g_return_val_if_fail (strchr (file, '/') == NULL, NULL);
  if (strcmp (file, ":memory:") == 0)
    return open_unsealed (file, CR_DB_CREATE, error);
  return open_sealed (vault, file, flags, error);
}

CrDb *
cr_db_open_plain (const char *path, GError **error)
{
  return open_unsealed (path, CR_DB_CREATE, error);
}

void
cr_db_close (CrDb *self)
{
  if (self == NULL)
    return;
  cr_db_rollback (self);
  if (!sqlite3_db_readonly (self->sqlite, "main")) {
    db_set_patience (self, FALSE);
    sqlite3_exec (self->sqlite, "PRAGMA optimize", NULL, NULL, NULL); /* a better plan, no more */
  }
  db_free (self);
}

/* ---- transactions and versions ---- */

static gboolean
run_cached (CrDb *self, const char *sql, GError **error)
{
  CrStmt *stmt = cr_db_prepare (self, sql, error);

  return stmt != NULL && cr_stmt_run (stmt, error);
}

gboolean
cr_db_exec (CrDb *self, const char *sql_script, GError **error)
{
  return db_run (self, sql_script, error);
}

gboolean
cr_db_begin (CrDb *self, GError **error)
{
  gboolean begun = run_cached (self, "BEGIN IMMEDIATE", error);

  end_wait (self);
  return begun;
}

void
cr_db_set_wait (CrDb *self, CrDbWait func, gpointer data)
{
  self->wait = func;
  self->wait_data = data;
}

gboolean
cr_db_commit (CrDb *self, GError **error)
{
  return run_cached (self, "COMMIT", error);
}

void
cr_db_rollback (CrDb *self)
{
  if (cr_db_in_transaction (self))
    sqlite3_exec (self->sqlite, "ROLLBACK", NULL, NULL, NULL); /* a failure ends the transaction as well */
}

gboolean
cr_db_in_transaction (CrDb *self)
{
  return sqlite3_get_autocommit (self->sqlite) == 0;
}

static gboolean
read_number (CrDb *self, const char *sql, gint64 *out, GError **error)
{
  CrStmt *stmt = cr_db_prepare (self, sql, error);

  if (stmt == NULL || cr_stmt_step (stmt, error) != CR_STEP_ROW)
    return FALSE;
  *out = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return TRUE;
}

int
cr_db_schema_version (CrDb *self, GError **error)
{
  gint64 version;

  return read_number (self, "PRAGMA user_version", &version, error) ? (int)version : -1;
}

gboolean
cr_db_set_schema_version (CrDb *self, int version, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version=%d", version);

  return db_run (self, sql, error);
}

gint64
cr_db_change_stamp (CrDb *self, GError **error)
{
  gint64 seen;
  unsigned stamp = 0;

  /* The pragma makes SQLite look at the file; its own value leaves out this connection's commits. */
  if (!read_number (self, "PRAGMA data_version", &seen, error))
    return -1;
  sqlite3_file_control (self->sqlite, "main", SQLITE_FCNTL_DATA_VERSION, &stamp);
  return stamp;
}

/* Frames that others still read stay in the log; the next checkpoint takes them. */
gboolean
cr_db_checkpoint (CrDb *self, GError **error)
{
  int rc;

  db_set_patience (self, FALSE);
  rc = sqlite3_wal_checkpoint_v2 (self->sqlite, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  db_set_patience (self, TRUE);
  return rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || db_set_error (self, rc, error);
}
