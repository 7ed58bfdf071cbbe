/* Proving the practice: every page, row, entry and document. */
#include "chartroom/session/administration.h"
#include "chartroom/session/work.h"

typedef struct {
  CrStore *store;
  CrStoreUser *user;
} Proof;

static void
free_proof (gpointer data)
{
  Proof *proof = data;
  cr_store_user_unref (proof->user);
  cr_store_unref (proof->store);
  g_free (proof);
}

static void
verify_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Proof *proof = data;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;
  if (cr_store_verify (proof->store, proof->user, findings, &error))
    g_task_return_pointer (task, g_steal_pointer (&findings), (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
cr_admin_verify_async (CrSession *session, GAsyncReadyCallback cb, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, cb, data);
  GError *error = NULL;
  if (!cr_session_require (session, CR_RIGHT_AUDIT_VIEW, &error)) {
    g_task_return_error (task, error);
    return;
  }
  Proof *proof = g_new0 (Proof, 1);
  *proof = (Proof){ cr_store_ref (cr_session_get_store (session)),
                    cr_store_user_ref (cr_session_get_user (session)) };
  g_task_set_task_data (task, proof, free_proof);
  g_task_run_in_thread (task, verify_cb);
}

GPtrArray *
cr_admin_verify_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
