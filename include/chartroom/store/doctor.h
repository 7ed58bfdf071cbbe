/* What is wrong with a practice, and a new one made of all that is sound in it.  The damaged folder is only
 * read.  Blocks for as long as the disk takes. */
#pragma once
#include "chartroom/store/backup.h"

typedef struct {
  const char *folder;           /* of the practice in question; closed everywhere */
  const char *login, *password; /* of a person of the practice */
  const char *recovery_code;    /* instead of both; NULL */
  const char *keys_from;        /* a backup whose copy of the key file is used; NULL: the practice's own, or,
                                   when that is damaged, the newest copy in its backups folder */
  const char *salvage_to;       /* practice folder to make; must not exist.  NULL: only look */
  CrBackupProgress progress;    /* may be NULL */
  gpointer data;
} CrDoctorOptions;

/* Sentences (char*) for a person. */
typedef struct {
  GPtrArray *wrong;   /* file, page, document, entry; none: the practice is sound */
  GPtrArray *meaning; /* what it means for the office */
  GPtrArray *rebuilt; /* what the history gave back */
  GPtrArray *unsaved; /* what cannot be saved, with the patients' record numbers where known */
  GPtrArray *next;    /* what to do */
  gint64 records, entries, documents; /* sound or given back: rows, audit entries, files */
} CrDoctorReport;
CrDoctorReport *cr_doctor_report_new (void);
void cr_doctor_report_free (CrDoctorReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrDoctorReport, cr_doctor_report_free)

/* Examines the practice and, when asked, salvages it.  FALSE when it could not be tried, and nothing was
 * made: WRONG_PASSWORD, NOT_A_PRACTICE, KEYS_ALTERED or KEYS_MISSING (and no backup has a copy that opens),
 * LOCKED (it is open), NOT_ALLOWED (not an administrator), INVALID (salvage_to exists), CIPHER_UNKNOWN,
 * STORE_NEWER, DISK_FULL, CANCELLED.  What was found by then is in the report. */
gboolean cr_doctor (const CrDoctorOptions *options, CrClock *clock, const char *program,
                    CrDoctorReport *report, GError **error);
