/* A new password by the recovery code, beside the main loop: two key derivations and the disk. */
#include "password.h"
#include "session-private.h"
#include "chartroom/store/store.h"

typedef struct {
  char *folder, *code, *login, *password, *program;
  CrClock *clock;
} Recovery;

static void
free_recovery (gpointer data)
{
  Recovery *recovery = data;
  cr_password_free (recovery->code);
  cr_password_free (recovery->password);
  cr_clock_unref (recovery->clock);
  g_free (recovery->folder);
  g_free (recovery->login);
  g_free (recovery->program);
  g_free (recovery);
}

static void
recover_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Recovery *r = data;
  GError *error = NULL;
  if (cr_store_recover (r->folder, r->code, r->login, r->password, FALSE, r->clock, r->program, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
cr_session_recover_async (CrSession *self, const char *folder, const char *code, const char *login,
                          const char *password, GAsyncReadyCallback cb, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  const char *weak = cr_session_password_weakness (password);
  Recovery *recovery = g_new0 (Recovery, 1);
  *recovery = (Recovery){ g_strdup (folder),   g_strdup (code),          g_strdup (login),
                          g_strdup (password), g_strdup (self->program), cr_clock_ref (self->clock) };
  g_task_set_task_data (task, recovery, free_recovery);
  if (weak != NULL)
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_INVALID, "%s", weak);
  else
    g_task_run_in_thread (task, recover_thread_cb);
}
