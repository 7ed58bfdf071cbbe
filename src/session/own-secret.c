/* The person's own password, changed by who knows the present one, and own PIN: key derivations run beside
 * the main loop. */
#include "password.h"
#include "session-private.h"
#include "chartroom/session/administration.h"
#include <glib/gi18n.h>

typedef struct {
  CrStore *store;
  CrStoreUser *user;
  char *old, *secret; /* old: the present password, when the new one is a password */
} Change;

static void
free_change (gpointer data)
{
  Change *change = data;
  cr_store_user_unref (change->user);
  cr_store_unref (change->store);
  cr_password_free (change->old);
  cr_password_free (change->secret);
  g_free (change);
}

/* done_cb gets the task, whose data is the Change and whose outcome work's, and answer as its data. */
static void
run_beside (CrSession *self, const char *old, const char *secret, GTaskThreadFunc work,
            GAsyncReadyCallback done_cb, GTask *answer)
{
  /* The thread may be the last to let go of its task: the session is held by the answer alone. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, done_cb, answer);
  Change *change = g_new0 (Change, 1);
  *change = (Change){ cr_store_ref (self->store), cr_store_user_ref (self->desk->user), g_strdup (old),
                      g_strdup (secret) };
  g_task_set_task_data (task, change, free_change);
  g_task_run_in_thread (task, work);
}

/* ---- password ---- */

static void
check_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Change *change = data;
  GError *error = NULL;
  if (cr_store_check_password (change->store, change->user, change->old, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
password_set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  CrSession *self = CR_SESSION (source);
  GError *error = NULL;
  if (!cr_session_finish (result, &error)) {
    g_task_return_error (answer, error);
    return;
  }
  if (self->desk != NULL)
    self->desk->has_pin = FALSE; /* the PIN goes with the password */
  g_task_return_boolean (answer, TRUE);
}

/* Only to who asked, and still sits there. */
static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  CrSession *self = g_task_get_source_object (answer);
  const Change *change = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (answer, error);
  else if (self->desk == NULL || self->desk->user != change->user)
    g_task_return_new_error (answer, CR_ERROR, CR_ERROR_CANCELLED, "%s",
                             _ ("The session was locked before the answer came."));
  else
    cr_admin_set_password_async (self, self->desk->person->id, change->secret, password_set_cb,
                                 g_steal_pointer (&answer));
}

void
cr_session_change_password_async (CrSession *self, const char *old, const char *password,
                                  GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self) && self->desk != NULL);
  g_autoptr (GTask) answer = g_task_new (self, NULL, cb, data);
  const char *weak = cr_session_password_weakness (password);
  if (weak != NULL) {
    g_task_return_new_error (answer, CR_ERROR, CR_ERROR_INVALID, "%s", weak);
    return;
  }
  run_beside (self, old, password, check_thread_cb, checked_cb, g_steal_pointer (&answer));
}

/* ---- PIN ---- */

static void
pin_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Change *change = data;
  GError *error = NULL;
  if (cr_store_set_pin (change->store, change->user, change->secret, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
pin_set_cb (GObject *source, GAsyncResult *result, gpointer data)
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
      desk->has_pin = change->secret != NULL;
  }
  g_task_return_boolean (answer, TRUE);
}

void
cr_session_set_pin_async (CrSession *self, const char *pin, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self) && self->desk != NULL);
  run_beside (self, NULL, pin, pin_thread_cb, pin_set_cb, g_task_new (self, NULL, cb, data));
}

gboolean
cr_session_has_pin (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return self->desk != NULL && self->desk->has_pin;
}
