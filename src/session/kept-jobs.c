/* Typed text that met the change of the keys when it was to be saved: done in the sign-in of its person,
 * before anything is read. */
#include "session-private.h"

typedef struct {
  char *folder, *login; /* of the practice and the person */
  CrJob job;
  gpointer data;
  GDestroyNotify destroy;
} CrKeptJob;

void
cr_kept_job_free (gpointer data)
{
  CrKeptJob *kept = data;
  if (kept->destroy != NULL)
    kept->destroy (kept->data);
  g_free (kept->folder);
  g_free (kept->login);
  g_free (kept);
}

gboolean
cr_session_keep_job (CrSession *self, const char *login, CrJob job, gpointer data, GDestroyNotify destroy,
                     const GError *error)
{
  if (!g_error_matches (error, CR_ERROR, CR_ERROR_KEYS_CHANGED))
    return FALSE;
  CrKeptJob *kept = g_new0 (CrKeptJob, 1);
  *kept = (CrKeptJob){ g_strdup (self->folder), g_strdup (login), job, data, destroy };
  g_ptr_array_add (self->kept, kept);
  return TRUE;
}

GPtrArray *
cr_session_take_kept (CrSession *self, const char *folder, const char *login)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func (cr_kept_job_free);
  for (guint i = 0; i < self->kept->len;) {
    const CrKeptJob *kept = self->kept->pdata[i];
    if (g_strcmp0 (kept->folder, folder) == 0 && g_strcmp0 (kept->login, login) == 0)
      g_ptr_array_add (taken, g_ptr_array_steal_index (self->kept, i));
    else
      i++;
  }
  return taken;
}

void
cr_session_return_kept (CrSession *self, GPtrArray *taken)
{
  while (taken->len > 0)
    g_ptr_array_add (self->kept, g_ptr_array_steal_index (taken, 0));
}

void
cr_kept_jobs_run (GPtrArray *taken, CrStore *store, CrStoreUser *user, GError **error)
{
  for (guint i = 0; i < taken->len; i++) {
    const CrKeptJob *kept = taken->pdata[i];
    cr_store_run (store, user, kept->job, kept->data, error != NULL && *error == NULL ? error : NULL);
  }
}
