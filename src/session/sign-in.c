/* Creating, opening and unlocking: key derivation takes long, so each is one piece of work for a thread. */
#include "password.h"
#include "admin-rules.h"
#include "session-private.h"
#include "chartroom/session/practice-settings.h"
#include <glib/gi18n.h>

typedef enum { CREATE, OPEN, UNLOCK } Kind;

typedef struct {
  Kind kind;
  guint epoch;
  char *folder, *login, *password, *program;
  char *older_reason;   /* OPEN: why an older copy is gone on with; NULL: it is refused */
  CrPractice *practice; /* CREATE */
  CrPerson *admin;      /* CREATE */
  char *set_up_step;    /* CREATE; NULL: none */
  gboolean test_kdf;
  CrClock *clock;
  CrStore *store;    /* UNLOCK: the open one; else the result */
  CrStoreUser *user; /* UNLOCK of somebody who is parked: that person; else the result */
  char *recovery_code;
  GPtrArray *kept; /* typed text from before the keys were changed */
  char *trouble;   /* it could not be saved */
  CrSharedLists lists;
} SignIn;

/* A store that nobody took over is closed again. */
static void
free_sign_in (gpointer data)
{
  SignIn *work = data;
  if (work->kind != UNLOCK && work->store != NULL)
    cr_store_close (work->store);
  g_clear_pointer (&work->user, cr_store_user_unref);
  g_clear_pointer (&work->store, cr_store_unref);
  g_clear_pointer (&work->recovery_code, cr_store_secret_free);
  cr_shared_lists_clear (&work->lists);
  cr_password_free (work->password);
  cr_practice_free (work->practice);
  cr_person_free (work->admin);
  cr_clock_unref (work->clock);
  g_clear_pointer (&work->kept, g_ptr_array_unref);
  g_free (work->trouble);
  g_free (work->older_reason);
  g_free (work->set_up_step);
  g_free (work->folder);
  g_free (work->login);
  g_free (work->program);
  g_free (work);
}

static SignIn *
prepare_sign_in (CrSession *self, Kind kind, const char *folder, const char *login, const char *password)
{
  SignIn *work = g_new0 (SignIn, 1);
  work->kind = kind;
  work->folder = g_strdup (folder);
  work->login = g_strdup (login);
  work->password = g_strdup (password);
  work->program = g_strdup (self->program);
  work->clock = cr_clock_ref (self->clock);
  work->kept = cr_session_take_kept (self, folder, login);
  return work;
}

static SignIn *
prepare_open (CrSession *self, const char *folder, const char *login, const char *password,
              const char *older_reason)
{
  SignIn *work = prepare_sign_in (self, OPEN, folder, login, password);
  work->older_reason = g_strdup (older_reason);
  return work;
}

static SignIn *
prepare_create (CrSession *self, const CrSessionSetup *setup)
{
  SignIn *work = prepare_sign_in (self, CREATE, setup->folder, NULL, setup->password);
  work->practice = cr_practice_copy (setup->practice);
  work->admin = cr_person_copy (setup->admin);
  work->test_kdf = setup->test_kdf;
  work->set_up_step = g_strdup (setup->set_up_step);
  return work;
}

static SignIn *
prepare_unlock (CrSession *self, const char *login, const char *password)
{
  SignIn *work = prepare_sign_in (self, UNLOCK, NULL, login, password);
  CrDesk *desk = cr_session_find_desk (self, login);
  work->store = self->store != NULL ? cr_store_ref (self->store) : NULL; /* closed meanwhile: refused */
  work->user = desk != NULL ? cr_store_user_ref (desk->user) : NULL;
  return work;
}

static gboolean
begin_set_up_job (CrTx *tx, gpointer step, GError **error)
{
  return cr_preference_set (tx, CR_ID_NONE, CR_SETTING_SET_UP, step, error);
}

static gboolean
create_practice (SignIn *work, GError **error)
{
  CrStoreSetup setup = { work->folder, work->practice, work->admin, work->password, work->test_kdf };
  /* New records: the rules need no store to look into. */
  if (!cr_admin_check_record (NULL, &CR_PRACTICE, work->practice, error) ||
      !cr_admin_check_record (NULL, &CR_PERSON, work->admin, error))
    return FALSE;
  work->store =
      cr_store_create (&setup, work->clock, work->program, &work->user, &work->recovery_code, error);
  if (work->store == NULL || work->set_up_step == NULL ||
      cr_store_run (work->store, work->user, begin_set_up_job, work->set_up_step, error))
    return work->store != NULL;
  cr_store_close (work->store); /* nothing half made stays */
  g_clear_pointer (&work->user, cr_store_user_unref);
  g_clear_pointer (&work->store, cr_store_unref);
  cr_store_unmake (work->folder);
  return FALSE;
}

static gboolean
open_practice (SignIn *work, GError **error)
{
  work->store = cr_store_open_older (work->folder, work->login, work->password, work->older_reason,
                                     work->clock, work->program, &work->user, error);
  return work->store != NULL;
}

static gboolean
unlock_practice (SignIn *work, GError **error)
{
  if (work->user != NULL)
    return cr_store_unlock (work->store, &work->user, work->password, error);
  work->user = cr_store_sign_in (work->store, work->login, work->password, error);
  return work->user != NULL;
}

static void
save_kept (SignIn *work)
{
  g_autoptr (GError) failed = NULL;
  cr_kept_jobs_run (work->kept, work->store, work->user, &failed);
  if (failed != NULL)
    work->trouble = g_strdup (failed->message);
}

/* The long part, in any thread. */
static gboolean
sign_in (SignIn *work, GError **error)
{
  gboolean in = work->kind == CREATE ? create_practice (work, error)
                : work->kind == OPEN ? open_practice (work, error)
                                     : unlock_practice (work, error);
  if (!in)
    return FALSE;
  save_kept (work);
  work->lists.person_id = cr_store_user_person (work->user)->id;
  return cr_store_run (work->store, work->user, cr_shared_lists_load_job, &work->lists, error);
}

/* The short part, in the main loop. */
static void
take_over (CrSession *self, SignIn *work)
{
  if (work->kind != UNLOCK) {
    self->recovery_code = g_steal_pointer (&work->recovery_code);
    self->made = work->kind == CREATE;
    cr_session_take_store (self, g_steal_pointer (&work->store));
  }
  cr_session_seat (self, g_steal_pointer (&work->user), &work->lists);
  if (work->trouble != NULL)
    cr_session_set_warning (self, work->trouble);
}

static void
go_back (CrSession *self, SignIn *work)
{
  cr_session_return_kept (self, work->kept);
  if (work->epoch == self->epoch)
    cr_session_set_state (self, work->kind == UNLOCK ? CR_SESSION_LOCKED : CR_SESSION_CLOSED);
}

static void
sign_in_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  if (sign_in (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CrSession *self = g_task_get_source_object (task);
  SignIn *work = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  self->n_waiting--;
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    go_back (self, work);
    g_task_return_error (task, error);
  } else if (work->epoch != self->epoch) {
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_CANCELLED, "%s",
                             _ ("The practice was closed while you signed in."));
  } else {
    take_over (self, work);
    g_task_return_boolean (task, TRUE);
  }
}

/* Creating and opening start from CLOSED, unlocking from LOCKED. */
static gboolean
check_state (CrSession *self, Kind kind, GError **error)
{
  CrSessionState wanted = kind == UNLOCK ? CR_SESSION_LOCKED : CR_SESSION_CLOSED;
  if (self->state == wanted)
    return TRUE;
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_FAILED,
      self->state == CR_SESSION_BUSY ? _ ("Somebody is signing in already. Wait until that is done.")
      : kind == UNLOCK               ? _ ("The session is not locked.")
                       : _ ("A practice is open already. Close it before you open another one."));
  return FALSE;
}

static void
start_sign_in (CrSession *self, SignIn *work, GAsyncReadyCallback cb, gpointer data)
{
  g_autoptr (GTask) answer = g_task_new (self, NULL, cb, data);
  GError *error = NULL;
  if (!check_state (self, work->kind, &error)) {
    cr_session_return_kept (self, work->kept);
    free_sign_in (work);
    g_task_return_error (answer, error);
    return;
  }
  work->epoch = ++self->epoch;
  cr_session_set_state (self, CR_SESSION_BUSY);
  self->n_waiting++;
  /* The thread may be the last to let go of its task: the session is held by the answer alone. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, signed_in_cb, g_steal_pointer (&answer));
  g_task_set_task_data (task, work, free_sign_in);
  g_task_run_in_thread (task, sign_in_thread_cb);
}

static gboolean
sign_in_now (CrSession *self, SignIn *work, GError **error)
{
  gboolean in = check_state (self, work->kind, error) && sign_in (work, error);
  if (in) {
    self->epoch++;
    take_over (self, work);
  } else {
    cr_session_return_kept (self, work->kept);
  }
  free_sign_in (work);
  return in;
}

void
cr_session_create_async (CrSession *self, const CrSessionSetup *setup, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  start_sign_in (self, prepare_create (self, setup), cb, data);
}

void
cr_session_open_async (CrSession *self, const char *folder, const char *login, const char *password,
                       GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  cr_session_open_older_async (self, folder, login, password, NULL, cb, data);
}

void
cr_session_open_older_async (CrSession *self, const char *folder, const char *login, const char *password,
                             const char *reason, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  start_sign_in (self, prepare_open (self, folder, login, password, reason), cb, data);
}

void
cr_session_unlock_async (CrSession *self, const char *login, const char *password, GAsyncReadyCallback cb,
                         gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  start_sign_in (self, prepare_unlock (self, login, password), cb, data);
}

gboolean
cr_session_create (CrSession *self, const CrSessionSetup *setup, GError **error)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return sign_in_now (self, prepare_create (self, setup), error);
}

gboolean
cr_session_open (CrSession *self, const char *folder, const char *login, const char *password, GError **error)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return cr_session_open_older (self, folder, login, password, NULL, error);
}

gboolean
cr_session_open_older (CrSession *self, const char *folder, const char *login, const char *password,
                       const char *reason, GError **error)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return sign_in_now (self, prepare_open (self, folder, login, password, reason), error);
}

gboolean
cr_session_unlock (CrSession *self, const char *login, const char *password, GError **error)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return sign_in_now (self, prepare_unlock (self, login, password), error);
}
