/* Where backups go: the rules for a new place, and which places are connected.  Both ask disks, which may
 * take long to answer: never on the main loop, nor in a job. */
#pragma once
#include "chartroom/session/backups.h"
#include "chartroom/session/work.h"
#include "chartroom/store/backup.h"

void cr_backup_place_free (CrBackupPlace *place);
gboolean cr_backup_place_same (gconstpointer a, gconstpointer b); /* as for cr_rows_sync */
CrBackupPlace *cr_backup_place_look (const CrBackupTarget *target, const char *practice);
/* Checks the folder and adds it as a place; the right is the caller's to check. */
gboolean cr_backup_place_add (CrStore *store, CrStoreUser *user, const char *folder, GError **error);
/* A job; data: CrId of the target. */
gboolean cr_backup_place_remove_job (CrTx *tx, gpointer data, GError **error);
