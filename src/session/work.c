#include "job-rules.h"
#include "session-private.h"
#include <glib/gi18n.h>

typedef struct {
  CrJob job;
  gpointer data;
  GDestroyNotify destroy;
  guint epoch;
  char *flushed; /* sign-in name of whose typed text is saved before a lock or the end; NULL: another job */
} Work;

typedef struct {
  char *action, *kind, *detail;
  CrId id, patient_id;
} Paper;

static void
free_work (gpointer data)
{
  Work *work = data;
  if (work->destroy != NULL)
    work->destroy (work->data);
  g_free (work->flushed);
  g_free (work);
}

static gboolean
run_work (CrTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  return work->job (tx, work->data, error);
}

static GTask *
prepare_task (CrSession *self, CrJob job, gpointer data, GDestroyNotify destroy, GAsyncReadyCallback cb,
              gpointer user_data)
{
  Work *work = g_new0 (Work, 1);
  work->job = job;
  work->data = data;
  work->destroy = destroy;
  work->epoch = self->epoch;
  work->flushed = self->flushing && self->desk != NULL ? g_strdup (self->desk->person->login) : NULL;
  GTask *task = g_task_new (self, NULL, cb, user_data);
  g_task_set_task_data (task, work, free_work);
  return task;
}

static void
work_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CrSession *self = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  self->n_waiting--;
  if (!cr_store_run_finish (result, &error)) {
    if (work->destroy != NULL && work->flushed != NULL &&
        cr_session_keep_job (self, work->flushed, work->job, work->data, work->destroy, error))
      work->destroy = NULL;
    g_task_return_error (task, error);
  } else if (work->epoch != self->epoch)
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_CANCELLED, "%s",
                             _ ("The session was locked before the answer came."));
  else
    g_task_return_boolean (task, TRUE);
}

static void
start_task (CrSession *self, GTask *task)
{
  self->n_waiting++;
  cr_store_run_async (self->store, self->desk->user, run_work, g_task_get_task_data (task), NULL, NULL,
                      work_done_cb, task);
}

static gboolean
require_open (CrSession *self, GError **error)
{
  if (self->desk != NULL)
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                       self->state == CR_SESSION_LOCKED ? _ ("The session is locked. Sign in to go on.")
                                                        : _ ("No practice is open. Open one and sign in."));
  return FALSE;
}

static void
free_paper (gpointer data)
{
  Paper *paper = data;
  g_free (paper->action);
  g_free (paper->kind);
  g_free (paper->detail);
  g_free (paper);
}

static gboolean
audit_paper_job (CrTx *tx, gpointer data, GError **error)
{
  Paper *paper = data;
  return cr_tx_audit (tx, paper->action, paper->kind, paper->id, paper->patient_id, paper->detail, error);
}

static void
paper_audited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error) && !g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    cr_session_set_warning (CR_SESSION (source), error->message);
}

void
cr_session_start_job (CrSession *self, CrJob job, gpointer data, GDestroyNotify destroy,
                      GAsyncReadyCallback cb, gpointer user_data)
{
  g_autoptr (GTask) task = prepare_task (self, job, data, destroy, cb, user_data);
  GError *error = NULL;
  if (require_open (self, &error))
    start_task (self, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

gboolean
cr_session_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
cr_session_can (CrSession *self, CrRight right)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return self->desk != NULL && cr_roles_allow (self->desk->person->roles, right);
}

gboolean
cr_session_require (CrSession *self, CrRight right, GError **error)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  if (!require_open (self, error))
    return FALSE;
  if (cr_session_can (self, right))
    return TRUE;
  return cr_refuse_right (self->desk->person->roles, right, error);
}

gboolean
cr_session_run (CrSession *self, CrRight right, CrJob job, gpointer data, GError **error)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return cr_session_require (self, right, error) &&
         cr_store_run (self->store, self->desk->user, job, data, error);
}

void
cr_session_run_async (CrSession *self, CrRight right, CrJob job, gpointer data, GDestroyNotify destroy,
                      GAsyncReadyCallback cb, gpointer user_data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  g_autoptr (GTask) task = prepare_task (self, job, data, destroy, cb, user_data);
  GError *error = NULL;
  if (cr_session_require (self, right, &error))
    start_task (self, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

CrStore *
cr_session_get_store (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return self->store;
}

CrStoreUser *
cr_session_get_user (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return self->desk != NULL ? self->desk->user : NULL;
}

void
cr_session_audit_paper (CrSession *self, const char *action, const char *kind, CrId id, CrId patient_id,
                        int pages)
{
  g_return_if_fail (CR_IS_SESSION (self));
  Paper *paper = g_new0 (Paper, 1);
  paper->action = g_strdup (action);
  paper->kind = g_strdup (kind);
  paper->detail = g_strdup_printf (pages == 1 ? "%d page" : "%d pages", pages);
  paper->id = id;
  paper->patient_id = patient_id;
  cr_session_start_job (self, audit_paper_job, paper, free_paper, paper_audited_cb, NULL);
}

void
cr_session_audit_identity (CrSession *self, CrId patient_id, const char *detail)
{
  g_return_if_fail (CR_IS_SESSION (self));
  Paper *paper = g_new0 (Paper, 1);
  paper->action = g_strdup ("identity-refused");
  paper->kind = g_strdup (CR_PATIENT.name);
  paper->detail = g_strdup (detail);
  paper->id = patient_id;
  paper->patient_id = patient_id;
  cr_session_start_job (self, audit_paper_job, paper, free_paper, paper_audited_cb, NULL);
}
