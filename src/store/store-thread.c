/* The store thread: calls come in through a queue and run one after the other; between them it looks for
 * other programs' commits and seals the audit head. */
#include "store-private.h"
#include <glib/gi18n.h>

enum { LOOK_EVERY_US = 500 * 1000, CHECKPOINT_AFTER_US = 5 * 1000 * 1000 };

/* What the queue carries; func NULL ends the thread. */
typedef struct {
  CrStoreCall func;
  gpointer data;
} Item;

/* A call that another thread waits for. */
typedef struct {
  CrStoreCall func;
  gpointer data;
  GMutex lock;
  GCond cond;
  gboolean done;
} Call;

/* A job that a thread waits for. */
typedef struct {
  CrStoreUser *user;
  CrJob job;
  gpointer data;
  GError **error;
  gboolean done;
} SyncJob;

/* A job answered through a GTask in the caller's context. */
typedef struct {
  CrStore *store;
  CrStoreUser *user;
  CrJob job;
  gpointer data;
  GTask *task; /* touched in the caller's context only, but for its cancellable */
  GError *error;
} AsyncJob;

static void
set_closed (GError **error)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_FAILED,
                       _ ("The practice was closed before this could be done. Open it again."));
}

static void
free_async_job (AsyncJob *job)
{
  g_object_unref (job->task);
  g_clear_pointer (&job->user, cr_store_user_unref);
  cr_store_unref (job->store);
  g_clear_error (&job->error);
  g_free (job);
}

/* In the caller's context: the task answers, and with its last reference frees the job's data. */
static gboolean
answer_cb (gpointer data)
{
  AsyncJob *job = data;
  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (job->task, TRUE);
  free_async_job (job);
  return G_SOURCE_REMOVE;
}

static void
answer (AsyncJob *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answer_cb, job, NULL);
  g_source_attach (source, g_task_get_context (job->task));
}

static void
run_async_job (CrStore *self, gpointer data)
{
  AsyncJob *job = data;
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  if (g_cancellable_is_cancelled (cancellable))
    g_set_error_literal (&job->error, CR_ERROR, CR_ERROR_CANCELLED,
                         _ ("This was cancelled before it began."));
  else
    cr_tx_execute (self, job->user, job->job, job->data, &job->error);
  answer (job);
}

static void
run_call (CrStore *self, gpointer data)
{
  Call *call = data;
  call->func (self, call->data);
  g_mutex_lock (&call->lock);
  call->done = TRUE;
  g_cond_signal (&call->cond);
  g_mutex_unlock (&call->lock);
}

/* The log goes into the database while nobody waits.  What fails is tried again after the next commit. */
static void
checkpoint_when_idle (CrStore *self, gint64 now)
{
  if (self->committed_at == 0 || now - self->committed_at < CHECKPOINT_AFTER_US)
    return;
  self->committed_at = 0;
  cr_db_checkpoint (self->db, NULL);
}

static void
look_around (CrStore *self)
{
  gint64 now = g_get_monotonic_time ();
  if (self->db == NULL || now - self->looked_at < LOOK_EVERY_US)
    return;
  self->looked_at = now;
  cr_watch_look (self);
  checkpoint_when_idle (self, now);
  cr_chain_seal (self, FALSE);
}

static gpointer
thread_main (gpointer data)
{
  CrStore *self = data;
  for (;;) {
    g_autofree Item *item = g_async_queue_timeout_pop (self->calls, LOOK_EVERY_US);
    if (item != NULL && item->func == NULL)
      break;
    if (item != NULL)
      item->func (self, item->data);
    look_around (self);
  }
  cr_store_shut (self);
  return NULL;
}

static void
run_sync_job (CrStore *self, gpointer data)
{
  SyncJob *job = data;
  job->done = cr_tx_execute (self, job->user, job->job, job->data, job->error);
}

void
cr_store_start (CrStore *self)
{
  self->thread = g_thread_new ("store", thread_main, self);
}

gboolean
cr_store_post (CrStore *self, CrStoreCall func, gpointer data)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  if (self->closed)
    return FALSE;
  Item *item = g_new0 (Item, 1);
  *item = (Item){ func, data };
  self->closed = func == NULL; /* nothing may follow the item that ends the thread */
  g_async_queue_push (self->calls, item);
  return TRUE;
}

void
cr_store_stop (CrStore *self)
{
  g_return_if_fail (self->thread != g_thread_self ());
  cr_store_post (self, NULL, NULL);
  g_clear_pointer (&self->thread, g_thread_join);
}

gboolean
cr_store_call (CrStore *self, CrStoreCall func, gpointer data, GError **error)
{
  g_return_val_if_fail (self->thread != g_thread_self (), FALSE);
  Call call = { func, data, .done = FALSE };
  g_mutex_init (&call.lock);
  g_cond_init (&call.cond);
  gboolean pushed = cr_store_post (self, run_call, &call);
  g_mutex_lock (&call.lock);
  while (pushed && !call.done)
    g_cond_wait (&call.cond, &call.lock);
  g_mutex_unlock (&call.lock);
  g_cond_clear (&call.cond);
  g_mutex_clear (&call.lock);
  if (!pushed)
    set_closed (error);
  return pushed;
}

gboolean
cr_store_run (CrStore *self, CrStoreUser *user, CrJob job, gpointer data, GError **error)
{
  SyncJob sync = { user, job, data, error, FALSE };
  return cr_store_call (self, run_sync_job, &sync, error) && sync.done;
}

void
cr_store_run_async (CrStore *self, CrStoreUser *user, CrJob job, gpointer data, GDestroyNotify destroy,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  AsyncJob *async = g_new0 (AsyncJob, 1);
  async->store = cr_store_ref (self);
  async->user = user == NULL ? NULL : cr_store_user_ref (user);
  async->job = job;
  async->data = data;
  async->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_name (async->task, "store job");
  g_task_set_check_cancellable (async->task, FALSE); /* what was committed is reported as committed */
  g_task_set_task_data (async->task, data, destroy);
  if (cr_store_post (self, run_async_job, async))
    return;
  set_closed (&async->error);
  answer (async);
}

gboolean
cr_store_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
