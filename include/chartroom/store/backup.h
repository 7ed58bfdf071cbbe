/* Backups of an open practice: taken while people work, proven by a restore, made into a practice again.
 * All of it blocks for as long as the disk takes: never on the desktop's main loop, nor in a job. */
#pragma once
#include "chartroom/domain/backup.h"
#include "chartroom/store/store.h"

/* What is being done ("write", "restore", "verify") and how far: done of all, in bytes or pages; all
 * 0: not known.  FALSE ends it with CANCELLED; nothing half made stays. */
typedef gboolean (*CrBackupProgress) (const char *what, gint64 done, gint64 all, gpointer data);

typedef struct {
  const char *folder; /* exists already; not the practice's own folder */
  gboolean full;      /* all documents, even those other backups in the folder hold */
  CrBackupProgress progress;
  gpointer data;
} CrBackupOptions;

/* Takes a backup and records it.  Errors: NOT_FOUND (no such folder), DISK_FULL (foreseen or met), READ_ONLY,
 * CANCELLED, damage met while reading. */
CrBackup *cr_store_backup (CrStore *self, CrStoreUser *user, const CrBackupOptions *options, GError **error);
/* Restores a recorded backup into a scratch folder beside it, verifies that as cr_store_verify does, and
 * records when and what was found.  findings: sentences, none when the proof holds.  FALSE: it could not be
 * tried, or the result could not be recorded. */
gboolean cr_store_prove (CrStore *self, CrStoreUser *user, const CrBackup *backup,
                         const CrBackupOptions *options, GPtrArray *findings, GError **error);
/* Removes the recorded backups of a folder that cr_backup_expired names; how many, or −1. */
int cr_store_thin_backups (CrStore *self, CrStoreUser *user, const char *folder, GError **error);

/* Jobs. */
GPtrArray *cr_backup_list (CrTx *tx, GError **error); /* newest first, removed ones too */
GPtrArray *cr_backup_target_list (CrTx *tx, GError **error);
/* The folder a target means now, whether or not it exists; NOT_FOUND when its disk is not mounted. */
char *cr_backup_target_folder (const CrBackupTarget *target, GError **error);

typedef struct {
  const char *file;             /* the backup; others it needs lie beside it */
  const char *folder;           /* of the practice to be made; must not exist */
  const char *login, *password; /* of the day of the backup */
  const char *recovery_code;    /* instead of both; NULL */
  CrBackupProgress progress;
  gpointer data;
} CrBackupRestore;
/* Makes a practice from a backup, verifies it, and only then gives it its name.  findings: what verify found;
 * with any, nothing is kept and FALSE is returned with CHAIN_BROKEN. */
gboolean cr_backup_restore (const CrBackupRestore *restore, CrClock *clock, const char *program,
                            GPtrArray *findings, GError **error);
