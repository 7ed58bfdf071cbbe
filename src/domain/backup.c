#include "chartroom/domain/backup.h"
#include "fields.h"

const char *const CR_BACKUP_CODES[] = { "full", "incremental", NULL };

static const CrField BACKUP_TARGET_FIELDS[] = {
  CR_FIELDS_HEAD (CrBackupTarget),
  CR_FIELD (CrBackupTarget, TEXT, folder),
  CR_FIELD (CrBackupTarget, TEXT, device),
  CR_FIELD (CrBackupTarget, BOOL, active),
};
CR_DEFINE_RECORD (CR_BACKUP_TARGET, CrBackupTarget, "backup_target", BACKUP_TARGET_FIELDS, FALSE)

static const CrField BACKUP_FIELDS[] = {
  CR_FIELDS_HEAD (CrBackup),
  CR_FIELD (CrBackup, TEXT, folder),
  CR_FIELD (CrBackup, TEXT, file),
  CR_FIELD (CrBackup, TEXT, mark),
  CR_FIELD_CODED (CrBackup, kind, CR_BACKUP_CODES),
  CR_FIELD (CrBackup, TEXT, needs),
  CR_FIELD (CrBackup, INSTANT, taken_at),
  CR_FIELD (CrBackup, ID, taken_by),
  CR_FIELD (CrBackup, INT, bytes),
  CR_FIELD (CrBackup, INT, entries),
  CR_FIELD (CrBackup, INSTANT, proven_at),
  CR_FIELD (CrBackup, TEXT, finding),
  CR_FIELD (CrBackup, INSTANT, removed_at),
};
CR_DEFINE_RECORD (CR_BACKUP, CrBackup, "backup", BACKUP_FIELDS, FALSE)
