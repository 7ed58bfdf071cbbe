/* New keys for a practice whose keys somebody may know who must not read on: after a person was removed, or
 * after a password that leaked was changed.  The database is sealed anew into another file, everything is
 * checked, and one rename puts it in force; whatever happens before that leaves the practice as it was.
 *
 * People keep their passwords and sign in again.  The recovery code is another one.  Documents stay as they
 * are. Backups from before stay restorable with the passwords and the recovery sheet of their day, by whoever
 * has them: new keys cannot take back what was copied. */
#pragma once
#include "chartroom/store/backup.h"

typedef struct {
  const char *reason; /* for the audit; not blank */
  const char *code; /* cr_store_new_code, on paper by now: opens from the change on, nothing when it fails */
  /* "copy", "verify", "lock"; "last" (somebody wrote all the time: copied and checked again while nobody can
   * write), "entry", "keys": until then FALSE ends it; "done".  In "copy", "verify" and "lock" it may block,
   * to pause: nobody waits for it. */
  CrBackupProgress progress;
  gpointer data;
} CrRotation;

/* A recovery code that opens nothing yet, in locked memory: cr_store_secret_free.  It is printed first, and
 * becomes the one that opens with cr_store_rotate or cr_store_replace_recovery. */
char *cr_store_new_code (GError **error);

typedef struct {
  guint epoch;          /* the new one */
  gboolean began_again; /* an earlier change had been interrupted; what it left was removed */
  gint64 pages_kept;    /* or gone on with, and so many pages were there already; 0: no such change */
  char *left_over;      /* file of the database as it was; removed when a backup is next proven */
  GPtrArray *backups;   /* CrBackup: those there are that the former keys open, newest first */
} CrRotated;
void cr_rotated_clear (CrRotated *rotated);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrRotated, cr_rotated_clear)

/* Administrators only.  Blocks as long as copying and checking the database takes, on the caller's thread.
 * Others read and write meanwhile; in the last phase nobody writes, which is short unless somebody wrote
 * during both earlier attempts.  Afterwards every program that has the practice open, this store too, refuses
 * every job with KEYS_CHANGED: one signs in again.  Errors besides: NOT_ALLOWED (also when somebody's slot
 * cannot be given the new key), INVALID (no reason, no code), LOCKED (another program is at it), DISK_FULL,
 * CANCELLED, damage found. rotated: set when TRUE. */
gboolean cr_store_rotate (CrStore *self, CrStoreUser *user, const CrRotation *rotation, CrRotated *rotated,
                          GError **error);

/* A new recovery sheet and the same keys: from now on that code opens, the one before no longer does.
 * Administrators only; reason goes to the audit.  Blocks for a key derivation.  Errors: NOT_ALLOWED, INVALID
 * (no reason; no code), KEYS_CHANGED, those of writing. */
gboolean cr_store_replace_recovery (CrStore *self, CrStoreUser *user, const char *code, const char *reason,
                                    GError **error);

/* Databases of before that are still in the folder, by name; none of it is damage. */
char **cr_store_left_over (CrStore *self);
/* Job: a change of the keys was cut off before it took effect, and whoever began it can go on with it.  Also
 * while one is running. */
gboolean cr_rotation_is_interrupted (CrTx *tx);
/* Job: was that backup taken before the newest change of the keys?  The keys of before open it. */
gboolean cr_backup_has_former_key (CrTx *tx, const CrBackup *backup);
