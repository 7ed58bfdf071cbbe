/* Taking and proving, and the backup of each day. */
#include "backups-private.h"
#include "backup-places.h"
#include "session-private.h"
#include <glib/gi18n.h>

void
cr_backups_show_news (gpointer data)
{
  CrBackups *self = data;
  cr_run_news_read (&self->news, &self->words, &self->fraction);
  if (self->run == NULL) {
    self->words = NULL;
    self->fraction = 0;
  }
  cr_backups_notify (self, PROP_WORDS);
  cr_backups_notify (self, PROP_FRACTION);
}

/* In the run's thread, which keeps self by its answer. */
static void
tell_cb (const char *words, double done, gpointer data)
{
  cr_run_news_tell (&((CrBackups *)data)->news, words, done);
}

/* What the daily backup met, until a run goes well; said again to whoever signs in. */
static void
set_warning (CrBackups *self, const char *text)
{
  g_autofree char *shown = NULL;
  g_object_get (self->session, "warning", &shown, NULL);
  if (text != NULL || g_strcmp0 (shown, self->warned) == 0)
    cr_session_set_warning (self->session, text);
  g_free (self->warned);
  self->warned = g_strdup (text);
}

static void
run_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  if (cr_backup_run (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What is said of a run that nobody asked for, when it fails: not that it was stopped. */
static void
warn_daily (CrBackups *self, const GError *error)
{
  if (error == NULL)
    set_warning (self, NULL);
  else if (self->daily && !g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED)) {
    g_autofree char *text = g_strdup_printf (_ ("The daily backup failed. %s"), error->message);
    set_warning (self, text);
  }
}

static void
end_run (CrBackups *self, const GError *error)
{
  const char *done = self->run->backup != NULL ? _ ("Restored and checked: the backup is proven.")
                                               : _ ("Backed up and proven.");
  self->run = NULL;
  self->session->long_work = NULL;
  self->words = NULL;
  self->fraction = 0;
  warn_daily (self, error);
  cr_backups_set_outcome (self, error != NULL ? error->message : done, error != NULL);
  cr_backups_notify (self, PROP_WORDS);
  cr_backups_notify (self, PROP_FRACTION);
  cr_backups_notify (self, PROP_RUNNING);
}

/* No matter who sits there now: an outcome names no patient. */
static void
ran_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  CrBackups *self = g_task_get_source_object (answer);
  GError *error = NULL;
  self->session->n_waiting--;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);
  end_run (self, error);
  if (done)
    g_task_return_boolean (answer, TRUE);
  else
    g_task_return_error (answer, error);
}

static void
free_run (gpointer run)
{
  cr_backup_run_free (run);
}

/* Takes run and answer. */
static void
start_run (CrBackups *self, CrBackupRun *run, gboolean daily, GTask *answer)
{
  self->run = run;
  self->daily = daily;
  self->session->long_work = _ ("A backup is being made already. Wait until it is done, or stop it.");
  run->tell = tell_cb;
  run->data = self;
  self->session->n_waiting++;
  cr_backups_set_outcome (self, NULL, FALSE);
  cr_backups_notify (self, PROP_RUNNING);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, ran_cb, answer);
  g_task_set_task_data (task, run, free_run);
  g_task_run_in_thread (task, run_thread_cb);
}

static gboolean
may_run (CrBackups *self, GError **error)
{
  return cr_session_require (self->session, CR_RIGHT_ADMIN, error) &&
         cr_session_check_idle (self->session, error);
}

static void
add_target (CrBackupRun *run, gconstpointer target)
{
  g_ptr_array_add (run->targets, cr_backup_target_copy (target));
}

void
cr_backups_take_async (CrBackups *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_BACKUPS (self));
  g_autoptr (GTask) answer = g_task_new (self, NULL, cb, data);
  guint n = g_list_model_get_n_items (self->targets);
  GError *error = NULL;
  if (may_run (self, &error) && n == 0)
    error = g_error_new_literal (CR_ERROR, CR_ERROR_INVALID,
                                 _ ("Backups have no place to go yet. Add a place first."));
  if (error != NULL) {
    g_task_return_error (answer, error);
    return;
  }
  CrBackupRun *run = cr_backup_run_new (self->session);
  for (guint i = 0; i < n; i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (self->targets, i);
    add_target (run, cr_row_peek (row));
  }
  start_run (self, run, FALSE, g_steal_pointer (&answer));
}

/* The listed one; NULL: there is none of that id. */
static const CrBackup *
find_backup (CrBackups *self, CrId id)
{
  g_autoptr (GPtrArray) backups = cr_backups_peek (self);
  for (guint i = 0; i < backups->len; i++)
    if (((const CrBackup *)backups->pdata[i])->id == id)
      return backups->pdata[i];
  return NULL;
}

void
cr_backups_prove_async (CrBackups *self, CrId backup, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_BACKUPS (self));
  g_autoptr (GTask) answer = g_task_new (self, NULL, cb, data);
  const CrBackup *found = find_backup (self, backup);
  GError *error = NULL;
  if (may_run (self, &error) && found == NULL)
    error = g_error_new_literal (CR_ERROR, CR_ERROR_NOT_FOUND, _ ("This backup is no longer in the list."));
  if (error != NULL) {
    g_task_return_error (answer, error);
    return;
  }
  CrBackupRun *run = cr_backup_run_new (self->session);
  run->backup = cr_backup_copy (found);
  start_run (self, run, FALSE, g_steal_pointer (&answer));
}

void
cr_backups_stop (CrBackups *self)
{
  g_return_if_fail (CR_IS_BACKUPS (self));
  if (self->run != NULL && cr_session_can (self->session, CR_RIGHT_ADMIN))
    g_cancellable_cancel (self->run->stop);
}

/* ---- once a day ---- */

/* Each place is tried once a day; a removable disk that is not there waits until it is. */
static gboolean
is_due (CrBackups *self, const CrBackupPlace *place, const GPtrArray *backups)
{
  CrClock *clock = cr_session_get_clock (self->session);
  gpointer tried = g_hash_table_lookup (self->tried, (gpointer)(gintptr)place->target->id);
  return (place->connected || place->target->device == NULL) &&
         GPOINTER_TO_INT (tried) != cr_date_to_days (cr_clock_today (clock)) &&
         cr_backup_is_due (place->folder, backups, clock);
}

static void
take_daily (CrBackups *self)
{
  g_autoptr (GPtrArray) backups = cr_backups_peek (self);
  int today = cr_date_to_days (cr_clock_today (cr_session_get_clock (self->session)));
  CrBackupRun *run = cr_backup_run_new (self->session);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->places)); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (self->places), i);
    const CrBackupPlace *place = cr_row_peek (row);
    if (!is_due (self, place, backups))
      continue;
    g_hash_table_insert (self->tried, (gpointer)(gintptr)place->target->id, GINT_TO_POINTER (today));
    add_target (run, place->target);
  }
  if (run->targets->len > 0)
    start_run (self, run, TRUE, g_task_new (self, NULL, NULL, NULL));
  else
    cr_backup_run_free (run);
}

void
cr_backups_tick (CrBackups *self)
{
  g_return_if_fail (CR_IS_BACKUPS (self));
  cr_backups_refresh (self);
  if (cr_session_get_state (self->session) != CR_SESSION_OPEN || !self->loaded ||
      !cr_session_check_idle (self->session, NULL))
    return;
  take_daily (self);
  cr_backups_look (self);
}
