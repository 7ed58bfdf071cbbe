/* What taking, proving and restoring share. */
#pragma once
#include "chartroom/store/backup.h"
#include "store-private.h"

#define BACKUP_SUFFIX ".chartroom-backup"

gboolean cr_backup_tell (CrBackupProgress progress, gpointer data, const char *what, gint64 done, gint64 all,
                         GError **error);
/* DISK_FULL naming folder when fewer than `needed` bytes are free there. */
gboolean cr_backup_check_room (const char *folder, gint64 needed, GError **error);
/* INVALID when something is there under that name. */
gboolean cr_backup_check_free (const char *folder, GError **error);
gboolean cr_backup_make_folder (const char *path, GError **error);
/* Puts a file or folder on the disk. */
gboolean cr_backup_sync (const char *path, GError **error);
/* Gives what was made its name, once all of it is on the disk; from then on the name is, too.  FALSE: it has
 * the name of before. */
gboolean cr_backup_give_name (const char *unfinished, const char *name, GError **error);
/* Deletes a tree that this program made; links are not followed. */
void cr_backup_remove_tree (const char *path);
/* Fills FOLDER (which holds practice.keys already) from a backup and those it needs.  signer: 32 bytes. */
char *cr_backup_fill (CrVault *vault, const char *file, CrBackupProgress progress, gpointer data,
                      guint8 signer[32], GError **error);
/* Verifies the practice in the vault's folder, without signing anybody in. */
gboolean cr_backup_check (CrVault *vault, CrClock *clock, const char *program, const guint8 signer[32],
                          GPtrArray *findings, GError **error);
