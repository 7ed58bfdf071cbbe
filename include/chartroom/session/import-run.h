/* Import of FHIR bundles into the open practice: one file = one job; re-import changes nothing.
 *
 * What is there is found by its source.  A record that differs from the file is brought up to date as long as
 * nobody changed it here since its import; else it stays as it is, and a finding names it.  Nothing is taken
 * away: what the file no longer says stays. */
#pragma once
#include "chartroom/session/session.h"

/* in_file = added + changed + unchanged + joined + skipped.  Counts resources. */
typedef struct {
  char *type;                                        /* "Observation" */
  guint in_file, added, changed, unchanged, skipped; /* skipped: not imported by kind, or unreadable */
  guint joined; /* became part of other records: a report that names a panel of results */
  char *why;    /* why skipped: "kind not imported" …; NULL */
} CrImportCount;
typedef struct {
  guint files, failed_files;
  guint rows_added, rows_changed; /* rows written in all tables */
  GPtrArray *counts;              /* CrImportCount, by type */
  GPtrArray *findings;            /* char *: "FILE: entry[12] (Observation): reason" */
} CrImportReport;
CrImportReport *cr_import_report_new (void);
void cr_import_report_free (CrImportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrImportReport, cr_import_report_free)

/* Blocking; adds to report.  dry_run: counts the same and stores nothing; every file is then counted by
 * itself.  FALSE: the file as a whole was refused and the store is unchanged. */
gboolean cr_import_file (CrSession *session, const char *path, gboolean dry_run, CrImportReport *report,
                         GError **error);
/* For the desktop: in the store thread, progress (0–1) and result in the caller's context.  A refused file is
 * a finding and does not stop the rest. */
typedef void (*CrImportProgress) (double done, const char *file, gpointer data);
void cr_import_files_async (CrSession *session, char **paths, gboolean dry_run, CrImportProgress progress,
                            GAsyncReadyCallback cb, gpointer data);
CrImportReport *cr_import_files_finish (GAsyncResult *result, GError **error);
