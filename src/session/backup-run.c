#include "backup-run.h"
#include <glib/gi18n.h>

/* Parts of a run, by the store's words for them, and where on the way from 0 to 1 each begins and ends. */
static const struct {
  const char *what, *words;
  double begin, end;
} PARTS[] = { { "write", N_ ("Writing the backup …"), 0, 0.5 },
              { "restore", N_ ("Proving it: restoring it beside …"), 0.5, 0.75 },
              { "verify", N_ ("Proving it: checking what was restored …"), 0.75, 1 } };
#define PROOF_BEGINS 0.5

/* What the store's progress carries: which of how many, and what is known of its size. */
typedef struct {
  CrBackupRun *run;
  guint at, n;
  gint64 bytes; /* of the backup that is restored; 0: not known */
} Course;

static double
part_done (gint64 done, gint64 all)
{
  return all > 0 ? (double)MIN (done, all) / (double)all : 0;
}

static gboolean
progress_cb (const char *what, gint64 done, gint64 all, gpointer data)
{
  Course *course = data;
  CrBackupRun *run = course->run;
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    if (!g_str_equal (what, PARTS[i].what))
      continue;
    double at =
        PARTS[i].begin + (PARTS[i].end - PARTS[i].begin) * part_done (done, all > 0 ? all : course->bytes);
    if (run->backup != NULL)
      at = (at - PROOF_BEGINS) / (1 - PROOF_BEGINS);
    run->tell (_ (PARTS[i].words), (course->at + at) / course->n, run->data);
  }
  return !g_cancellable_is_cancelled (run->stop);
}

static gboolean
set_stopped_proof (GError **error)
{
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_CANCELLED,
      _ ("The proof was stopped. The backup is there; it is not proven until you prove it again."));
  return FALSE;
}

static gboolean
prove (CrBackupRun *run, const CrBackup *backup, const CrBackupOptions *options, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  if (cr_store_prove (run->store, run->user, backup, options, findings, &failure) && findings->len == 0)
    return TRUE;
  if (g_error_matches (failure, CR_ERROR, CR_ERROR_CANCELLED))
    return set_stopped_proof (error);
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
               _ ("The backup in %s cannot be trusted: restoring it failed. %s Check the disk, and take "
                  "another backup."),
               backup->folder, (const char *)findings->pdata[0]);
  return FALSE;
}

static gboolean
take_into (Course *course, const char *folder, GError **error)
{
  CrBackupRun *run = course->run;
  CrBackupOptions options = { folder, FALSE, progress_cb, course };
  g_autoptr (CrBackup) backup = cr_store_backup (run->store, run->user, &options, error);
  if (backup == NULL)
    return FALSE;
  course->bytes = backup->bytes;
  return prove (run, backup, &options, error) &&
         cr_store_thin_backups (run->store, run->user, folder, error) >= 0;
}

/* NOT_FOUND: the place is not connected. */
static char *
find_folder (const CrBackupTarget *target, GError **error)
{
  g_autofree char *folder = cr_backup_target_folder (target, error);
  if (folder == NULL || g_file_test (folder, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&folder);
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
               _ ("The place for backups %s is not there. Connect its disk and try again."), folder);
  return NULL;
}

/* A place that is not connected is no failure as long as another one is. */
static gboolean
take_all (CrBackupRun *run, GError **error)
{
  g_autoptr (GError) failed = NULL, absent = NULL;
  Course course = { run, 0, run->targets->len, 0 };
  gboolean taken = FALSE;
  for (; course.at < course.n && !g_cancellable_is_cancelled (run->stop); course.at++) {
    g_autoptr (GError) problem = NULL;
    GError **place = absent == NULL ? &absent : NULL;
    g_autofree char *folder = find_folder (run->targets->pdata[course.at], place);
    course.bytes = 0;
    if (folder != NULL && take_into (&course, folder, &problem))
      taken = TRUE;
    else if (problem != NULL && failed == NULL)
      failed = g_steal_pointer (&problem);
  }
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (!taken && absent != NULL)
    g_propagate_error (error, g_steal_pointer (&absent));
  else if (!taken)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_CANCELLED, _ ("The backup was stopped before it began."));
  else
    return TRUE;
  return FALSE;
}

static gboolean
prove_again (CrBackupRun *run, GError **error)
{
  Course course = { run, 0, 1, run->backup->bytes };
  CrBackupOptions options = { run->backup->folder, FALSE, progress_cb, &course };
  if (g_file_test (run->backup->folder, G_FILE_TEST_IS_DIR))
    return prove (run, run->backup, &options, error);
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
               _ ("The folder %s of this backup is not there. Connect its disk and try again."),
               run->backup->folder);
  return FALSE;
}

CrBackupRun *
cr_backup_run_new (CrSession *session)
{
  CrBackupRun *run = g_new0 (CrBackupRun, 1);
  run->store = cr_store_ref (cr_session_get_store (session));
  run->user = cr_store_user_ref (cr_session_get_user (session));
  run->targets = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_backup_target_free);
  run->stop = g_cancellable_new ();
  return run;
}

void
cr_backup_run_free (CrBackupRun *run)
{
  cr_store_user_unref (run->user);
  cr_store_unref (run->store);
  g_ptr_array_unref (run->targets);
  g_clear_pointer (&run->backup, cr_backup_free);
  g_object_unref (run->stop);
  g_free (run);
}

gboolean
cr_backup_run (CrBackupRun *run, GError **error)
{
  return run->backup != NULL ? prove_again (run, error) : take_all (run, error);
}
