#include "second-person-private.h"
#include "password.h"
#include "session-private.h"
#include <glib/gi18n.h>

struct _CrSecondPerson {
  GObject parent;
  CrStoreUser *user;
};

G_DEFINE_FINAL_TYPE (CrSecondPerson, cr_second_person, G_TYPE_OBJECT)

typedef struct {
  CrStore *store;
  CrStoreUser *first;
  char *login, *password, *purpose;
} Signing;

static void
free_signing (gpointer data)
{
  Signing *signing = data;
  cr_store_user_unref (signing->first);
  cr_store_unref (signing->store);
  cr_password_free (signing->password);
  g_free (signing->login);
  g_free (signing->purpose);
  g_free (signing);
}

static void
sign_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Signing *signing = data;
  GError *error = NULL;
  CrStoreUser *user = cr_store_second_person (signing->store, signing->first, signing->login,
                                              signing->password, signing->purpose, &error);
  if (user != NULL)
    g_task_return_pointer (task, user, (GDestroyNotify)cr_store_user_unref);
  else
    g_task_return_error (task, error);
}

/* Only for who asked, and still sits there. */
static void
signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  CrSession *session = g_task_get_source_object (answer);
  const Signing *signing = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  g_autoptr (CrStoreUser) user = g_task_propagate_pointer (G_TASK (result), &error);
  if (user == NULL) {
    g_task_return_error (answer, error);
    return;
  }
  if (session->desk == NULL || session->desk->user != signing->first) {
    g_task_return_new_error (answer, CR_ERROR, CR_ERROR_CANCELLED, "%s",
                             _ ("The session was locked before the answer came."));
    return;
  }
  CrSecondPerson *person = g_object_new (CR_TYPE_SECOND_PERSON, NULL);
  person->user = g_steal_pointer (&user);
  g_task_return_pointer (answer, person, g_object_unref);
}

static void
cr_second_person_finalize (GObject *object)
{
  CrSecondPerson *self = CR_SECOND_PERSON (object);
  g_clear_pointer (&self->user, cr_store_user_unref);
  G_OBJECT_CLASS (cr_second_person_parent_class)->finalize (object);
}

static void
cr_second_person_class_init (CrSecondPersonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cr_second_person_finalize;
}

static void
cr_second_person_init (CrSecondPerson *self)
{
}

void
cr_second_person_sign_async (CrSession *session, const char *login, const char *password, const char *purpose,
                             GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session) && session->desk != NULL);
  GTask *answer = g_task_new (session, NULL, cb, data);
  /* The thread may be the last to let go of its task: the session is held by the answer alone. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, signed_cb, answer);
  Signing *signing = g_new0 (Signing, 1);
  *signing = (Signing){ cr_store_ref (session->store), cr_store_user_ref (session->desk->user),
                        g_strdup (login), g_strdup (password), g_strdup (purpose) };
  g_task_set_task_data (task, signing, free_signing);
  g_task_run_in_thread (task, sign_thread_cb);
}

CrSecondPerson *
cr_second_person_sign_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

const CrPerson *
cr_second_person_get_person (CrSecondPerson *self)
{
  g_return_val_if_fail (CR_IS_SECOND_PERSON (self), NULL);
  return cr_store_user_person (self->user);
}

CrStoreUser *
cr_second_person_get_user (CrSecondPerson *self)
{
  return self->user;
}
