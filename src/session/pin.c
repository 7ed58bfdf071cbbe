/* The person's own PIN, set beside the main loop: its verifier takes a moment. */
#include "password.h"
#include "session-private.h"

typedef struct {
  CrStore *store;
  CrStoreUser *user;
  char *pin;
} Change;

static void
free_change (gpointer data)
{
  Change *change = data;
  cr_store_user_unref (change->user);
  cr_store_unref (change->store);
  cr_password_free (change->pin);
  g_free (change);
}

static void
set_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Change *change = data;
  GError *error = NULL;
  if (cr_store_set_pin (change->store, change->user, change->pin, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  CrSession *self = g_task_get_source_object (answer);
  const Change *change = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (answer, error);
    return;
  }
  for (guint i = 0; i < self->desks->len; i++) {
    CrDesk *desk = self->desks->pdata[i];
    if (desk->user == change->user)
      desk->has_pin = change->pin != NULL;
  }
  g_task_return_boolean (answer, TRUE);
}

void
cr_session_set_pin_async (CrSession *self, const char *pin, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self) && self->desk != NULL);
  Change *change = g_new0 (Change, 1);
  *change = (Change){ cr_store_ref (self->store), cr_store_user_ref (self->desk->user), g_strdup (pin) };
  /* The thread may be the last to let go of its task: the session is held by the answer alone. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, set_cb, g_task_new (self, NULL, cb, data));
  g_task_set_task_data (task, change, free_change);
  g_task_run_in_thread (task, set_thread_cb);
}

gboolean
cr_session_has_pin (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return self->desk != NULL && self->desk->has_pin;
}
