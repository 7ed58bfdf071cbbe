/* The record of backups: where they go, which there are, which were proven, which may go. */
#include "backup-private.h"
#include "list.h"
#include "schema.h"
#include "chartroom/vault/backup.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define BACKUP_COLUMNS                                                                                       \
  "folder, file, mark, kind, needs, taken_at, taken_by, bytes, entries, proven_at, finding, removed_at"
#define BACKUP_TARGET_COLUMNS "folder, device, active"
#define BACKUPS CR_SELECT ("backup", BACKUP_COLUMNS) " ORDER BY taken_at DESC, id DESC"
#define TARGETS CR_SELECT ("backup_target", BACKUP_TARGET_COLUMNS) " WHERE active = 1 ORDER BY id"

const CrTable CR_BACKUP_TABLE = {
  CR_TABLE (CR_BACKUP, "backup", BACKUP_COLUMNS, CR_PARAMS_12),
  .word = N_ ("backup"),
  .free = (GDestroyNotify)cr_backup_free,
};

const CrTable CR_BACKUP_TARGET_TABLE = {
  CR_TABLE (CR_BACKUP_TARGET, "backup_target", BACKUP_TARGET_COLUMNS, CR_PARAMS_3),
  .word = N_ ("place for backups"),
  .free = (GDestroyNotify)cr_backup_target_free,
};

GPtrArray *
cr_backup_list (CrTx *tx, GError **error)
{
  return cr_list_all (tx, &CR_BACKUP_TABLE, BACKUPS, error);
}

GPtrArray *
cr_backup_target_list (CrTx *tx, GError **error)
{
  return cr_list_all (tx, &CR_BACKUP_TARGET_TABLE, TARGETS, error);
}

char *
cr_backup_target_folder (const CrBackupTarget *target, GError **error)
{
  g_autofree char *mounts = NULL, *link = NULL, *device = NULL, *point = NULL;
  if (target->device == NULL)
    return g_strdup (target->folder);
  link = g_build_filename ("/dev/disk/by-uuid", target->device, NULL);
  device = realpath (link, NULL);
  if (device != NULL && g_file_get_contents ("/proc/self/mountinfo", &mounts, NULL, NULL))
    point = cr_backup_mount_point (mounts, device);
  if (point != NULL)
    return g_build_filename (point, target->folder, NULL);
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
               _ ("The backup disk %s is not connected. Connect it and try again."), target->device);
  return NULL;
}

/* ---- proof ---- */

typedef struct {
  const CrBackup *backup;
  const GPtrArray *findings;
} Proof;

static gboolean
proof_job (CrTx *tx, gpointer data, GError **error)
{
  const Proof *proof = data;
  g_autoptr (CrBackup) backup = cr_tx_load (tx, &CR_BACKUP, proof->backup->id, error);
  if (backup == NULL)
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s, findings: %u", backup->file, proof->findings->len);
  backup->proven_at = proof->findings->len == 0 ? tx->now : CR_INSTANT_NONE;
  g_free (backup->finding);
  backup->finding = proof->findings->len == 0 ? NULL : g_strdup (proof->findings->pdata[0]);
  return cr_tx_save (tx, &CR_BACKUP, backup, error) &&
         cr_tx_audit (tx, "prove-backup", "backup", backup->id, CR_ID_NONE, detail, error);
}

static gboolean
removed_former_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_tx_audit (tx, "remove-former", NULL, CR_ID_NONE, CR_ID_NONE, NULL, error);
}

/* What keeps a backup from being restored is what the proof found; that the proof could not be tried for want
 * of room or because somebody stopped it is not. */
static gboolean
is_finding (const GError *failure)
{
  return !g_error_matches (failure, CR_ERROR, CR_ERROR_CANCELLED) &&
         !g_error_matches (failure, CR_ERROR, CR_ERROR_DISK_FULL) &&
         !g_error_matches (failure, CR_ERROR, CR_ERROR_READ_ONLY);
}

static gboolean
restore_and_check (CrStore *self, CrStoreUser *user, const char *file, const char *folder,
                   const CrBackupOptions *options, GPtrArray *findings, gboolean *newest_keys, GError **error)
{
  guint8 signer[32];
  if (!cr_backup_unpack_keys (file, folder, error))
    return FALSE;
  g_autoptr (CrVault) vault = cr_vault_adopt (user->vault, folder, error);
  if (vault == NULL)
    return FALSE;
  *newest_keys = cr_vault_epoch (vault) == cr_vault_epoch (user->vault);
  g_autofree char *manifest = cr_backup_fill (vault, file, options->progress, options->data, signer, error);
  return manifest != NULL && cr_backup_tell (options->progress, options->data, "verify", 0, 0, error) &&
         cr_backup_check (vault, self->clock, self->program, signer, findings, error);
}

gboolean
cr_store_prove (CrStore *self, CrStoreUser *user, const CrBackup *backup, const CrBackupOptions *options,
                GPtrArray *findings, GError **error)
{
  g_autofree char *file = g_build_filename (backup->folder, backup->file, NULL);
  g_autofree char *scratch = g_build_filename (backup->folder, ".proof-XXXXXX", NULL);
  g_autoptr (GError) failure = NULL;
  Proof proof = { backup, findings };
  if (!cr_backup_check_room (backup->folder, backup->bytes, error))
    return FALSE;
  if (g_mkdtemp_full (scratch, 0700) == NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_READ_ONLY, _ ("%s could not be made: %s."), scratch,
                 g_strerror (errno));
    return FALSE;
  }
  gboolean newest_keys = FALSE;
  gboolean tried = restore_and_check (self, user, file, scratch, options, findings, &newest_keys, &failure);
  cr_backup_remove_tree (scratch);
  if (!tried && !is_finding (failure)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if (!tried)
    g_ptr_array_add (findings, g_strdup (failure->message));
  if (!cr_store_run (self, user, proof_job, &proof, error))
    return FALSE;
  /* What the practice is now can be had again from elsewhere: the database of before is not needed any more.
   */
  if (findings->len == 0)
    cr_schema_remove_copies (self->folder);
  if (findings->len == 0 && newest_keys && cr_rotation_remove_former (self))
    return cr_store_run (self, user, removed_former_job, NULL, error);
  return TRUE;
}

/* ---- retention ---- */

typedef struct {
  const char *folder;
  GPtrArray *all, *expired;
} Thinning;

static gboolean
find_expired_job (CrTx *tx, gpointer data, GError **error)
{
  Thinning *thinning = data;
  g_autoptr (GPtrArray) here = g_ptr_array_new ();
  thinning->all = cr_backup_list (tx, error);
  if (thinning->all == NULL)
    return FALSE;
  for (guint i = 0; i < thinning->all->len; i++) {
    CrBackup *b = thinning->all->pdata[i];
    if (b->removed_at == 0 && g_str_equal (b->folder, thinning->folder))
      g_ptr_array_add (here, b);
  }
  thinning->expired = cr_backup_expired (here, tx->store->clock);
  return TRUE;
}

static gboolean
removed_job (CrTx *tx, gpointer data, GError **error)
{
  CrBackup *backup = data;
  backup->removed_at = tx->now;
  return cr_tx_save (tx, &CR_BACKUP, backup, error);
}

static gboolean
remove_backup (CrStore *self, CrStoreUser *user, CrBackup *backup, GError **error)
{
  g_autofree char *path = g_build_filename (backup->folder, backup->file, NULL);
  if (g_unlink (path) == 0 || errno == ENOENT)
    return cr_store_run (self, user, removed_job, backup, error);
  g_set_error (error, CR_ERROR, CR_ERROR_READ_ONLY, _ ("The old backup %s could not be removed: %s."), path,
               g_strerror (errno));
  return FALSE;
}

int
cr_store_thin_backups (CrStore *self, CrStoreUser *user, const char *folder, GError **error)
{
  Thinning thinning = { .folder = folder };
  int removed = -1;
  if (cr_store_run (self, user, find_expired_job, &thinning, error))
    for (removed = 0; removed < (int)thinning.expired->len; removed++)
      if (!remove_backup (self, user, thinning.expired->pdata[removed], error)) {
        removed = -1;
        break;
      }
  g_clear_pointer (&thinning.expired, g_ptr_array_unref);
  g_clear_pointer (&thinning.all, g_ptr_array_unref);
  return removed;
}
