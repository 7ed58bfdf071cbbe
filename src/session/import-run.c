#include "chartroom/session/import-run.h"
#include "import-limits.h"
#include "import-save.h"
#include "chartroom/exchange/json-guard.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

enum { MAX_FINDINGS = 1000 }; /* per file; a file of nothing but faults shall not fill the memory */

/* What a run needs, apart from the session: it may go on in a thread of its own. */
typedef struct {
  CrStore *store;
  CrStoreUser *user;
  CrKnowledge *knowledge; /* may be NULL */
  gboolean dry_run;
  CrImportReport *report;
} Run;

/* The desktop's run. */
typedef struct {
  Run run;
  char **paths;
  CrImportProgress progress;
  gpointer data;
  GMainContext *context;
} Files;

typedef struct {
  double done;
  char *file;
  CrImportProgress progress;
  gpointer data;
} Step;

/* ---- reading ---- */

static gboolean
check_file (const char *path, const char *name, GError **error)
{
  GStatBuf info;
  if (g_stat (path, &info) != 0) {
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND, _ ("The file “%s” is not there or cannot be read: %s."),
                 name, g_strerror (errno));
    return FALSE;
  }
  if (!S_ISREG (info.st_mode)) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("“%s” is not a file. Choose a FHIR bundle in JSON."),
                 name);
    return FALSE;
  }
  if ((guint64)info.st_size > CR_JSON_MAX_BYTES) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("“%s” is larger than %u MiB. Split it into one bundle per patient."), name,
                 CR_JSON_MAX_BYTES >> 20);
    return FALSE;
  }
  return TRUE;
}

static CrFhirBundle *
read_bundle (const char *path, const char *name, GError **error)
{
  g_autoptr (GError) failure = NULL;
  char *text = NULL;
  gsize length = 0;
  if (!check_file (path, name, error))
    return NULL;
  if (!g_file_get_contents (path, &text, &length, &failure)) {
    g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("“%s” cannot be read: %s."), name, failure->message);
    return NULL;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, length);
  return cr_fhir_bundle_read (bytes, name, error);
}

/* ---- counting ---- */

static void
free_count (gpointer data)
{
  CrImportCount *count = data;
  g_free (count->type);
  g_free (count->why);
  g_free (count);
}

static CrImportCount *
count_row (CrImportReport *report, const char *type)
{
  guint at = 0;
  for (; at < report->counts->len; at++) {
    CrImportCount *count = report->counts->pdata[at];
    int order = strcmp (count->type, type);
    if (order == 0)
      return count;
    if (order > 0)
      break;
  }
  CrImportCount *count = g_new0 (CrImportCount, 1);
  count->type = g_strdup (type);
  g_ptr_array_insert (report->counts, (int)at, count);
  return count;
}

static void
add_reason (CrImportCount *count, const char *reason)
{
  if (count->why == NULL) {
    count->why = g_strdup (reason);
    return;
  }
  g_auto (GStrv) known = g_strsplit (count->why, "; ", -1);
  if (g_strv_contains ((const char *const *)known, reason))
    return;
  g_autofree char *before = g_steal_pointer (&count->why);
  count->why = g_strdup_printf ("%s; %s", before, reason);
}

static void
count_fate (CrImportCount *count, CrImportFate fate)
{
  switch (fate) {
  case CR_IMPORT_ADDED:
    count->added++;
    return;
  case CR_IMPORT_CHANGED:
    count->changed++;
    return;
  case CR_IMPORT_SKIPPED:
    count->skipped++;
    add_reason (count, _ ("patient not known"));
    return;
  default:
    count->unchanged++;
    return;
  }
}

/* What was read but became no record of its own is part of others. */
static void
count_read (CrImportReport *report, const CrReadCount *read)
{
  CrImportCount *count = count_row (report, read->type);
  count->in_file += read->in_file;
  count->skipped += read->skipped;
  count->joined += read->read;
  for (guint i = 0; i < read->reasons->len; i++)
    add_reason (count, ((const CrReadReason *)read->reasons->pdata[i])->text);
}

static void
count_items (CrImportReport *report, const CrImportSaving *saving)
{
  const GPtrArray *items = saving->bundle->items;
  const CrFhirItem *last = NULL;
  for (guint i = 0; i < items->len; i++) {
    const CrFhirItem *item = items->pdata[i];
    if (last != NULL && last->entry == item->entry)
      continue;
    CrImportCount *count = count_row (report, item->type);
    gpointer fate = g_hash_table_lookup (saving->fates, GUINT_TO_POINTER (item->entry));
    count->joined--;
    count_fate (count, GPOINTER_TO_INT (fate));
    last = item;
  }
}

static void
add_findings (CrImportReport *report, const CrImportSaving *saving)
{
  const CrFhirBundle *bundle = saving->bundle;
  guint n = bundle->findings->len + saving->findings->len;
  for (guint i = 0; i < bundle->findings->len && i < MAX_FINDINGS; i++) {
    const CrReadFinding *finding = bundle->findings->pdata[i];
    g_ptr_array_add (report->findings,
                     g_strdup_printf ("%s: %s: %s", bundle->name, finding->path, finding->reason));
  }
  for (guint i = 0; i < saving->findings->len && bundle->findings->len + i < MAX_FINDINGS; i++)
    g_ptr_array_add (report->findings,
                     g_strdup_printf ("%s: %s", bundle->name, (const char *)saving->findings->pdata[i]));
  if (n > MAX_FINDINGS)
    g_ptr_array_add (report->findings,
                     g_strdup_printf (_ ("%s: and %u more."), bundle->name, n - MAX_FINDINGS));
}

static void
add_to_report (CrImportReport *report, const CrImportSaving *saving)
{
  const GPtrArray *counts = saving->bundle->counts;
  for (guint i = 0; i < counts->len; i++)
    count_read (report, counts->pdata[i]);
  count_items (report, saving);
  add_findings (report, saving);
  report->rows_added += saving->rows_added;
  report->rows_changed += saving->rows_changed;
}

/* ---- one file ---- */

static gboolean
store_bundle (Run *run, CrImportSaving *saving, GError **error)
{
  g_autoptr (GError) failure = NULL;
  if (cr_store_run (run->store, run->user, cr_import_save_job, saving, &failure) ||
      (run->dry_run && g_error_matches (failure, CR_ERROR, CR_ERROR_CANCELLED)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
import_bundle (Run *run, CrFhirBundle *bundle, GError **error)
{
  g_autoptr (GHashTable) fates = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  CrImportSaving saving = { .bundle = bundle,
                            .knowledge = run->knowledge,
                            .dry_run = run->dry_run,
                            .fates = fates,
                            .findings = findings };
  cr_import_limit (bundle, run->knowledge, cr_store_clock (run->store));
  if (!store_bundle (run, &saving, error))
    return FALSE;
  add_to_report (run->report, &saving);
  return TRUE;
}

static gboolean
import_path (Run *run, const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (CrFhirBundle) bundle = read_bundle (path, name, error);
  gboolean imported = bundle != NULL && import_bundle (run, bundle, error);
  run->report->files++;
  run->report->failed_files += imported ? 0 : 1;
  return imported;
}

static void
clear_run (Run *run)
{
  g_clear_pointer (&run->user, cr_store_user_unref);
  g_clear_pointer (&run->store, cr_store_unref);
  g_clear_pointer (&run->knowledge, cr_knowledge_unref);
}

static void
prepare_run (Run *run, CrSession *session, gboolean dry_run, CrImportReport *report)
{
  CrKnowledge *knowledge = cr_session_get_knowledge (session);
  run->store = cr_store_ref (cr_session_get_store (session));
  run->user = cr_store_user_ref (cr_session_get_user (session));
  run->knowledge = knowledge != NULL ? cr_knowledge_ref (knowledge) : NULL;
  run->dry_run = dry_run;
  run->report = report;
}

/* ---- many files, in a thread ---- */

static void
free_files (gpointer data)
{
  Files *self = data;
  clear_run (&self->run);
  g_clear_pointer (&self->run.report, cr_import_report_free);
  g_strfreev (self->paths);
  g_main_context_unref (self->context);
  g_free (self);
}

static void
free_step (gpointer data)
{
  Step *step = data;
  g_free (step->file);
  g_free (step);
}

static gboolean
step_cb (gpointer data)
{
  Step *step = data;
  step->progress (step->done, step->file, step->data);
  return G_SOURCE_REMOVE;
}

static void
tell_progress (Files *self, guint at, guint n)
{
  if (self->progress == NULL)
    return;
  Step *step = g_new0 (Step, 1);
  *step = (Step){ (double)at / n, g_path_get_basename (self->paths[at]), self->progress, self->data };
  /* Attached, not invoked: that would call it in this thread while nobody iterates the context. */
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, step_cb, step, free_step);
  g_source_attach (source, self->context);
}

/* A refused file is a finding. */
static void
import_next (Files *self, guint at)
{
  g_autoptr (GError) error = NULL;
  if (import_path (&self->run, self->paths[at], &error))
    return;
  g_autofree char *name = g_path_get_basename (self->paths[at]);
  g_ptr_array_add (self->run.report->findings, g_strdup_printf ("%s: %s", name, error->message));
}

static void
import_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Files *self = data;
  guint n = g_strv_length (self->paths);
  for (guint i = 0; i < n; i++) {
    tell_progress (self, i, n);
    import_next (self, i);
  }
  g_task_return_pointer (task, g_steal_pointer (&self->run.report), (GDestroyNotify)cr_import_report_free);
}

/* ---- public ---- */

CrImportReport *
cr_import_report_new (void)
{
  CrImportReport *self = g_new0 (CrImportReport, 1);
  self->counts = g_ptr_array_new_with_free_func (free_count);
  self->findings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
cr_import_report_free (CrImportReport *self)
{
  g_ptr_array_unref (self->counts);
  g_ptr_array_unref (self->findings);
  g_free (self);
}

gboolean
cr_import_file (CrSession *session, const char *path, gboolean dry_run, CrImportReport *report,
                GError **error)
{
  g_return_val_if_fail (CR_IS_SESSION (session), FALSE);
  if (!cr_session_require (session, CR_RIGHT_ADMIN, error))
    return FALSE;
  Run run;
  prepare_run (&run, session, dry_run, report);
  gboolean imported = import_path (&run, path, error);
  clear_run (&run);
  return imported;
}

void
cr_import_files_async (CrSession *session, char **paths, gboolean dry_run, CrImportProgress progress,
                       GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  g_autoptr (GTask) task = g_task_new (session, NULL, cb, data);
  GError *error = NULL;
  if (!cr_session_require (session, CR_RIGHT_ADMIN, &error)) {
    g_task_return_error (task, error);
    return;
  }
  Files *self = g_new0 (Files, 1);
  prepare_run (&self->run, session, dry_run, cr_import_report_new ());
  self->paths = g_strdupv (paths);
  self->progress = progress;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  g_task_set_task_data (task, self, free_files);
  g_task_run_in_thread (task, import_thread_cb);
}

CrImportReport *
cr_import_files_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
