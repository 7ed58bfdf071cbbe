/* One run in a thread of its own: taking backups, or proving one again. */
#pragma once
#include "chartroom/session/work.h"
#include "chartroom/store/backup.h"

typedef struct {
  CrStore *store;
  CrStoreUser *user;  /* held until the end, through every lock */
  GPtrArray *targets; /* CrBackupTarget, owned: where to take one */
  CrBackup *backup;   /* the one to be proven again, owned; NULL: targets count */
  GCancellable *stop;
  /* What is being done and how far (0–1); called in the run's thread, often. */
  void (*tell) (const char *words, double done, gpointer data);
  gpointer data; /* of tell; not owned */
} CrBackupRun;

CrBackupRun *cr_backup_run_new (CrSession *session); /* in the signed-in person's name */
void cr_backup_run_free (CrBackupRun *run);
gboolean cr_backup_run (CrBackupRun *run, GError **error); /* blocks */
