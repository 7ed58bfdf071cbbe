/* Import of FHIR bundles into the open practice: one file = one job; re-import changes nothing. */
#pragma once
#include "chartroom/session/session.h"

typedef struct {
  char *type;       /* "Observation" */
  guint in_file, added, changed, unchanged, skipped; /* skipped: not imported by kind, or unreadable */
  char *why;        /* "kind not imported" …; NULL */
} CrImportCount;
typedef struct {
  guint files, failed_files;
  guint rows_added, rows_changed; /* rows written in all tables */
  GPtrArray *counts;   /* CrImportCount, by type */
  GPtrArray *findings; /* char *: "FILE: entry[12] (Observation): reason" */
} CrImportReport;
CrImportReport *cr_import_report_new (void);
void cr_import_report_free (CrImportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrImportReport, cr_import_report_free)

/* Blocking; adds to report.  FALSE: the file as a whole was refused and the store is unchanged. */
gboolean cr_import_file (CrSession *session, const char *path, gboolean dry_run, CrImportReport *report, GError **error);
/* For the desktop: in the store thread, progress (0–1) and result in the caller's context. */
typedef void (*CrImportProgress) (double done, const char *file, gpointer data);
void cr_import_files_async (CrSession *session, char **paths, gboolean dry_run, CrImportProgress progress,
                            GAsyncReadyCallback cb, gpointer data);
CrImportReport *cr_import_files_finish (GAsyncResult *result, GError **error);
