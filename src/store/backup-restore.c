/* From a backup to a practice again: into a folder of its own, checked before it gets its name. */
#include "backup-private.h"
#include "place.h"
#include "chartroom/vault/backup.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SIGNER                                                                                               \
  "SELECT EXISTS (SELECT 1 FROM person WHERE public_key = $1) OR EXISTS (SELECT 1 FROM person_key WHERE "    \
  "public_key = $1)"

typedef struct {
  CrVault *vault;
  GHashTable *wanted; /* names not found yet; NULL: everything is wanted */
  CrBackupProgress progress;
  gpointer data;
} Filling;

/* ---- filling the folder ---- */

static char *
place_cb (const char *name, gpointer data)
{
  Filling *filling = data;
  if (filling->wanted != NULL && !g_hash_table_remove (filling->wanted, name))
    return NULL;
  return g_build_filename (cr_vault_folder (filling->vault), name, NULL);
}

static gboolean
step_cb (guint64 bytes, gpointer data)
{
  Filling *filling = data;
  return cr_backup_tell (filling->progress, filling->data, "restore", (gint64)bytes, 0, NULL);
}

static char *
read_one (Filling *filling, const char *file, guint8 signer[32], GError **error)
{
  CrBackupReading reading = { place_cb, filling, step_cb, filling };
  return cr_backup_read (filling->vault, file, &reading, signer, error);
}

/* What a manifest says of other backups: "elsewhere NAME" lines, and their marks in the line "needs", newest
 * first. */
static GHashTable *
read_elsewhere (char **lines)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "elsewhere "))
      g_hash_table_add (names, g_strdup (lines[i] + strlen ("elsewhere ")));
  return names;
}

static char **
read_needs (char **lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "needs ") && !g_str_equal (lines[i], "needs none"))
      return g_strsplit (lines[i] + strlen ("needs "), " ", -1);
  return g_new0 (char *, 1);
}

/* The file beside `file` whose name ends in the mark's first digits; new string or NULL. */
static char *
find_marked (const char *file, const char *mark)
{
  g_autofree char *folder = g_path_get_dirname (file);
  g_autofree char *ending = g_strdup_printf ("-%.8s" BACKUP_SUFFIX, mark);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ending))
      return g_build_filename (folder, name, NULL);
  return NULL;
}

static gboolean
fetch_from (Filling *filling, const char *file, const char *mark, GError **error)
{
  guint8 signer[32];
  g_autofree char *path = find_marked (file, mark);
  if (path == NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                 _ ("The backup needs another one, whose name ends in -%.8s" BACKUP_SUFFIX
                    ", beside it. Put that file into the same folder."),
                 mark);
    return FALSE;
  }
  g_autofree char *manifest = read_one (filling, path, signer, error);
  return manifest != NULL;
}

static gboolean
fetch_elsewhere (Filling *filling, const char *file, const char *manifest, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (manifest, "\n", -1);
  g_auto (GStrv) needs = read_needs (lines);
  g_autoptr (GHashTable) names = read_elsewhere (lines);
  filling->wanted = names;
  for (guint i = 0; needs[i] != NULL && g_hash_table_size (names) > 0; i++)
    if (!fetch_from (filling, file, needs[i], error))
      return FALSE;
  if (g_hash_table_size (names) == 0)
    return TRUE;
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
      _ ("The other backups beside this one lack documents that it needs. Use an older, full "
         "backup."));
  return FALSE;
}

gboolean
cr_backup_make_folder (const char *path, GError **error)
{
  if (g_mkdir (path, 0700) == 0)
    return TRUE;
  g_set_error (error, CR_ERROR, errno == ENOSPC ? CR_ERROR_DISK_FULL : CR_ERROR_READ_ONLY,
               _ ("%s could not be made: %s. Choose another place."), path, g_strerror (errno));
  return FALSE;
}

char *
cr_backup_fill (CrVault *vault, const char *file, CrBackupProgress progress, gpointer data, guint8 signer[32],
                GError **error)
{
  Filling filling = { vault, NULL, progress, data };
  g_autofree char *documents = g_build_filename (cr_vault_folder (vault), "documents", NULL);
  g_autofree char *manifest =
      cr_backup_make_folder (documents, error) ? read_one (&filling, file, signer, error) : NULL;
  if (manifest == NULL || !fetch_elsewhere (&filling, file, manifest, error))
    return NULL;
  return g_steal_pointer (&manifest);
}

/* ---- checking it ---- */

typedef struct {
  const guint8 *signer;
  GPtrArray *findings;
  GError **error;
  gboolean done;
} Check;

/* A practice key alone is not enough to make a believable backup: who signed it worked here. */
static gboolean
check_signer (CrStore *store, const Check *check)
{
  g_autofree char *hex = cr_hash_hex (check->signer, 32);
  CrStmt *stmt = cr_db_prepare (store->db, SIGNER, check->error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_text (stmt, 1, hex);
  gboolean read = cr_stmt_step (stmt, check->error) == CR_STEP_ROW;
  if (read && cr_stmt_int (stmt, 0) == 0)
    g_ptr_array_add (check->findings,
                     g_strdup (_ ("The backup was signed by somebody this practice does not know.")));
  cr_stmt_reset (stmt);
  return read;
}

static void
check_call (CrStore *store, gpointer data)
{
  Check *check = data;
  store->db = cr_db_open (store->vault, CR_DB_OPEN, check->error);
  check->done = store->db != NULL && cr_store_inspect (store, check->findings, check->error) &&
                (check->findings->len > 0 || check_signer (store, check));
}

gboolean
cr_backup_check (CrVault *vault, CrClock *clock, const char *program, const guint8 signer[32],
                 GPtrArray *findings, GError **error)
{
  Check check = { signer, findings, error, FALSE };
  g_autoptr (CrStore) store = cr_store_new (vault, clock, program);
  return cr_store_call (store, check_call, &check, error) && check.done;
}

/* ---- its name ---- */

gboolean
cr_backup_sync (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  gboolean done = fd >= 0 && fsync (fd) == 0;
  if (!done)
    g_set_error (error, CR_ERROR, errno == ENOSPC ? CR_ERROR_DISK_FULL : CR_ERROR_IO,
                 _ ("%s could not be written: %s. Nothing was changed."), path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return done;
}

/* A folder's entries are written by a sync of the folder alone. */
static gboolean
sync_tree (const char *path, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    if (!sync_tree (inner, error))
      return FALSE;
  }
  return cr_backup_sync (path, error);
}

gboolean
cr_backup_give_name (const char *unfinished, const char *name, GError **error)
{
  g_autofree char *whole = g_canonicalize_filename (name, NULL), *parent = g_path_get_dirname (whole);
  if (!sync_tree (unfinished, error))
    return FALSE;
  if (g_rename (unfinished, name) != 0) {
    g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("%s could not be made: %s."), name, g_strerror (errno));
    return FALSE;
  }
  g_autoptr (GError) failed = NULL;
  if (cr_backup_sync (parent, &failed))
    return TRUE;
  if (g_rename (name, unfinished) == 0)
    g_propagate_error (error, g_steal_pointer (&failed));
  else
    g_set_error (
        error, CR_ERROR, CR_ERROR_IO,
        _ ("%s is whole, but the disk did not take its name for certain: after a power cut it may be "
           "missing. Check the disk, and make it once more in another place."),
        name);
  return FALSE;
}

/* ---- restore ---- */

static CrVault *
open_keys (const CrBackupRestore *r, const char *folder, GError **error)
{
  if (!cr_backup_unpack_keys (r->file, folder, error))
    return NULL;
  if (r->recovery_code != NULL)
    return cr_vault_open_recovery (folder, r->recovery_code, error);
  return cr_vault_open (folder, r->login, r->password, error);
}

/* Whoever restores knows that it is an older copy: this computer takes it as what it has seen in that folder.
 */
static void
accept_call (CrStore *store, gpointer data)
{
  CrChainHead head;
  store->db = cr_db_open (store->vault, CR_DB_OPEN, NULL);
  if (store->db != NULL && cr_chain_read_head (store->db, &head, NULL))
    cr_seen_note (store, data, &head, TRUE);
}

static void
accept_age (CrVault *vault, const char *place, CrClock *clock, const char *program)
{
  g_autoptr (CrStore) store = cr_store_new (vault, clock, program);
  cr_store_call (store, accept_call, (gpointer)place, NULL);
}

static gboolean
make_and_check (const CrBackupRestore *r, const char *folder, CrClock *clock, const char *program,
                GPtrArray *findings, GError **error)
{
  guint8 signer[32];
  g_autoptr (CrVault) vault = open_keys (r, folder, error);
  g_autofree char *manifest =
      vault == NULL ? NULL : cr_backup_fill (vault, r->file, r->progress, r->data, signer, error);
  if (manifest == NULL || !cr_backup_tell (r->progress, r->data, "verify", 0, 0, error) ||
      !cr_backup_check (vault, clock, program, signer, findings, error))
    return FALSE;
  if (findings->len == 0) {
    accept_age (vault, r->folder, clock, program);
    return TRUE;
  }
  g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
               _ ("What the backup holds is not sound: %s Nothing was kept; use another backup."),
               (const char *)findings->pdata[0]);
  return FALSE;
}

gboolean
cr_backup_check_free (const char *folder, GError **error)
{
  if (!g_file_test (folder, G_FILE_TEST_EXISTS) && !g_file_test (folder, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("%s is there already and was left alone. Choose a new name for the restored practice."),
               folder);
  return FALSE;
}

gboolean
cr_backup_restore (const CrBackupRestore *restore, CrClock *clock, const char *program, GPtrArray *findings,
                   GError **error)
{
  g_autofree char *partial = g_strdup_printf ("%s.unfinished-%08x", restore->folder, g_random_int ());
  if (!cr_place_check (restore->folder, error) || !cr_backup_check_free (restore->folder, error) ||
      !cr_backup_make_folder (partial, error))
    return FALSE;
  gboolean done = make_and_check (restore, partial, clock, program, findings, error) &&
                  cr_backup_give_name (partial, restore->folder, error);
  if (!done)
    cr_backup_remove_tree (partial);
  return done;
}
