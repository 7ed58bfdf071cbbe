/* Where backups go, and every backup that was taken: what is in it, and whether it was proven by a restore.
 */
#pragma once
#include "chartroom/domain/record.h"

typedef struct {
  CrId id;
  gint64 version;
  char *folder; /* absolute; below the mount point of `device` when that is set */
  char *device; /* UUID of the file system of a removable disk; NULL: whatever is mounted there */
  gboolean active;
} CrBackupTarget;
CR_DECLARE_RECORD (CrBackupTarget, CR_BACKUP_TARGET, cr_backup_target)

typedef enum {
  CR_BACKUP_FULL,
  CR_BACKUP_INCREMENTAL /* leaves out documents that other backups in the same folder hold */
} CrBackupKind;
extern const char *const CR_BACKUP_CODES[]; /* "full" "incremental" */

typedef struct {
  CrId id;
  gint64 version;
  char *folder, *file; /* where it lay when it was taken */
  char *mark;          /* 32 hex digits: what other backups know it by */
  int kind;            /* CrBackupKind */
  char *needs;         /* marks of the backups it needs, separated by blanks; NULL: none */
  CrInstant taken_at;
  CrId taken_by;
  gint64 bytes;
  gint64 entries;      /* audit entries in it */
  CrInstant proven_at; /* 0: never restored and verified */
  char *finding;       /* what the last proof found; NULL: nothing, or there was none */
  CrInstant removed_at;
} CrBackup;
CR_DECLARE_RECORD (CrBackup, CR_BACKUP, cr_backup)

/* Which of these may go (borrowed CrBackup): the newest proven one of each of the last 7 days, 4 weeks and 12
 * months that have one is kept, with all that those need, and whatever is younger than a day or than the
 * newest proven one.  Without a proven one, all are kept.  backups: those of one folder, not removed. Counted
 * in civil days of the clock's zone. */
GPtrArray *cr_backup_expired (const GPtrArray *backups, CrClock *clock);
/* The newest proven backup, borrowed; NULL: none. */
const CrBackup *cr_backup_last_proven (const GPtrArray *backups);
/* Where the file system with that UUID is mounted, by the text of /proc/self/mountinfo and the device that
 * the UUID's link names ("/dev/sdb1"); new string, NULL: not mounted. */
char *cr_backup_mount_point (const char *mountinfo, const char *device);
/* The other way: the mount point that path lies on, and the device mounted there ("/dev/sdb1"; NULL for what
 * is no device).  path: absolute, without links.  New strings; NULL: none fits. */
char *cr_backup_mount_of (const char *mountinfo, const char *path, char **device);

/* How the backups stand, for everybody in the practice.  backups: CrBackup in any order; removed ones do not
 * count. */
typedef enum {
  CR_BACKUP_HEALTH_NONE,     /* there is no backup */
  CR_BACKUP_HEALTH_UNPROVEN, /* none was ever proven, or the newest one failed its proof */
  CR_BACKUP_HEALTH_LATE,     /* the newest proven one is more than 3 days old: a weekend is no fault */
  CR_BACKUP_HEALTH_OK
} CrBackupHealth;
CrBackupHealth cr_backup_health (const GPtrArray *backups, CrClock *clock);
/* "Backup OK, today 7:00 AM" · "No proven backup since Nov 12, 2026" …; new string. */
char *cr_backup_sentence (const GPtrArray *backups, CrClock *clock);
/* Whether the daily backup into folder is still to be made: none of today (civil date) has been put to the
 * proof, whatever came out of that. */
gboolean cr_backup_is_due (const char *folder, const GPtrArray *backups, CrClock *clock);
