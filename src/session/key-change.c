#include "chartroom/session/key-change.h"
#include "run-news.h"
#include "session-private.h"
#include "chartroom/store/rotate.h"
#include <glib/gi18n.h>
#include <string.h>

/* In a thread of its own. */
typedef struct {
  CrKeyChange *change; /* kept by the answer */
  CrStore *store;
  CrStoreUser *user; /* held until the end, through every lock */
  char *reason, *code;
  guint copies; /* begun */
  gboolean copying;
} Run;

struct _CrKeyChange {
  GObject parent;
  CrSession *session;
  Run *run; /* a change of the keys, owned by its task; NULL: none */
  GCancellable *stop;
  CrRunNews news;
  const char *words;
  double fraction;
  GMutex lock; /* for these two */
  GCond cond;
  gboolean paused, flushing;
  char *failure;
  char *untold;    /* said to whoever signs in next; NULL: nothing */
  char *untold_of; /* the practice, by its folder */
};

typedef enum { PROP_0, PROP_RUNNING, PROP_WORDS, PROP_FRACTION, PROP_PAUSED, PROP_FAILURE, N_PROPS } Prop;
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrKeyChange, cr_key_change, G_TYPE_OBJECT)

/* Parts of a change, by the store's words for them, and where each begins and ends on the way from 0 to 1. */
static const struct {
  const char *what, *words;
  double begin, end;
} PARTS[] = { { "copy", N_ ("Writing the records anew under the new keys …"), 0, 0.6 },
              { "verify", N_ ("Checking what was written, page by page …"), 0.6, 0.9 },
              { "lock", N_ ("Waiting for a moment in which nobody writes …"), 0.9, 0.9 },
              { "last", N_ ("Writing what came meanwhile; the others wait …"), 0.9, 0.95 },
              { "entry", N_ ("Putting the new keys in force …"), 0.95, 0.98 },
              { "keys", N_ ("Putting the new keys in force …"), 0.98, 1 } };

static void
notify (CrKeyChange *self, Prop property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
free_run (gpointer data)
{
  Run *run = data;
  cr_store_user_unref (run->user);
  cr_store_unref (run->store);
  cr_store_secret_free (run->code);
  g_free (run->reason);
  g_free (run);
}

/* ---- in the run's thread ---- */

static gboolean
flush_cb (gpointer data)
{
  CrKeyChange *self = data;
  cr_session_flush (self->session);
  g_mutex_lock (&self->lock);
  self->flushing = FALSE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  return G_SOURCE_REMOVE;
}

/* What was typed goes into the old database while it still takes it, as before a lock. */
static void
begin_flush (CrKeyChange *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, flush_cb, g_object_ref (self), g_object_unref);
  self->flushing = TRUE;
  g_source_attach (source, NULL);
}

static gboolean
wait_to_go_on (CrKeyChange *self, gboolean flush)
{
  g_mutex_lock (&self->lock);
  if (flush)
    begin_flush (self);
  while (self->flushing || (self->paused && !g_cancellable_is_cancelled (self->stop)))
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
  return !g_cancellable_is_cancelled (self->stop);
}

static const char *
words_of (Run *run, const char *what, guint part)
{
  gboolean copying = g_str_equal (what, "copy");
  run->copies += copying && !run->copying;
  run->copying = copying;
  if (copying && run->copies > 1)
    return _ ("Somebody saved meanwhile: writing the records once more …");
  return _ (PARTS[part].words);
}

static gboolean
progress_cb (const char *what, gint64 done, gint64 all, gpointer data)
{
  Run *run = data;
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    double at = all > 0 ? (double)MIN (done, all) / (double)all : 0;
    if (g_str_equal (what, PARTS[i].what))
      cr_run_news_tell (&run->change->news, words_of (run, what, i),
                        PARTS[i].begin + (PARTS[i].end - PARTS[i].begin) * at);
  }
  if (g_str_equal (what, "copy") || g_str_equal (what, "verify"))
    return wait_to_go_on (run->change, FALSE);
  if (g_str_equal (what, "lock"))
    return wait_to_go_on (run->change, TRUE);
  return !g_cancellable_is_cancelled (run->change->stop);
}

static void
change_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Run *run = data;
  CrRotation rotation = { run->reason, run->code, progress_cb, run };
  g_auto (CrRotated) rotated = { 0 };
  GError *error = NULL;
  if (cr_store_rotate (run->store, run->user, &rotation, &rotated, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
sheet_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Run *run = data;
  GError *error = NULL;
  if (cr_store_replace_recovery (run->store, run->user, run->code, run->reason, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- in the main loop ---- */

static void
show_news (gpointer data)
{
  CrKeyChange *self = data;
  cr_run_news_read (&self->news, &self->words, &self->fraction);
  if (self->run == NULL) {
    self->words = NULL;
    self->fraction = 0;
  }
  notify (self, PROP_WORDS);
  notify (self, PROP_FRACTION);
}

static void
end_run (CrKeyChange *self, const GError *error)
{
  gboolean failed = error != NULL && !g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED);
  self->run = NULL;
  g_free (self->failure);
  self->failure = failed ? g_strdup (error->message) : NULL;
  self->session->long_work = NULL;
  self->words = NULL;
  self->fraction = 0;
  notify (self, PROP_WORDS);
  notify (self, PROP_FRACTION);
  notify (self, PROP_FAILURE);
  notify (self, PROP_RUNNING);
}

/* Takes sentence. */
static void
remember (CrKeyChange *self, char *sentence)
{
  g_free (self->untold);
  g_free (self->untold_of);
  self->untold = sentence;
  self->untold_of = g_strdup (self->session->folder);
}

/* What is still untold, when somebody sits there who can read it. */
static void
tell_if_open (CrKeyChange *self)
{
  if (cr_session_get_state (self->session) != CR_SESSION_OPEN || self->untold == NULL ||
      g_strcmp0 (self->untold_of, self->session->folder) != 0)
    return;
  cr_session_set_warning (self->session, self->untold);
  g_clear_pointer (&self->untold, g_free);
}

/* Nobody who could read it sits there: whoever signs in next is told. */
static void
remember_failure (CrKeyChange *self)
{
  CrSessionState state = cr_session_get_state (self->session);
  if (state == CR_SESSION_OPEN || (self->failure == NULL && state == CR_SESSION_LOCKED))
    return;
  remember (self,
            g_strdup_printf (
                _ ("The keys were not changed, and the sheet printed for it opens nothing: destroy it. %s"),
                self->failure != NULL ? self->failure : _ ("The practice was closed before it was done.")));
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  CrKeyChange *self = g_task_get_source_object (answer);
  GError *error = NULL;
  self->session->n_waiting--;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);
  if (done)
    cr_session_close_for_new_keys (self->session); /* first: nobody takes its end for a failure */
  end_run (self, error);
  if (!done)
    remember_failure (self);
  if (done)
    g_task_return_boolean (answer, TRUE);
  else
    g_task_return_error (answer, error);
}

static void
sheet_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  CrKeyChange *self = g_task_get_source_object (answer);
  GError *error = NULL;
  self->session->n_waiting--;
  self->session->long_work = NULL;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (answer, TRUE);
  else
    g_task_return_error (answer, error);
}

gboolean
cr_key_change_may_start (CrKeyChange *self, GError **error)
{
  g_return_val_if_fail (CR_IS_KEY_CHANGE (self), FALSE);
  return cr_session_require (self->session, CR_RIGHT_ADMIN, error) &&
         cr_session_check_idle (self->session, error);
}

/* Takes code and answer; NULL when it may not be, which is answered. */
static Run *
start_run (CrKeyChange *self, const char *reason, char *code, GTaskThreadFunc work,
           GAsyncReadyCallback done_cb, GTask *answer)
{
  g_autoptr (GTask) owned = answer;
  GError *error = NULL;
  if (!cr_key_change_may_start (self, &error)) {
    cr_store_secret_free (code);
    g_task_return_error (owned, error);
    return NULL;
  }
  Run *run = g_new0 (Run, 1);
  *run = (Run){ .change = self,
                .store = cr_store_ref (cr_session_get_store (self->session)),
                .user = cr_store_user_ref (cr_session_get_user (self->session)),
                .reason = g_strdup (reason),
                .code = code };
  self->session->n_waiting++;
  self->session->long_work = _ ("The keys are being changed. Wait until that is done, or stop it.");
  /* The thread may be the last to let go of its task: self is held by the answer alone. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, done_cb, g_steal_pointer (&owned));
  g_task_set_task_data (task, run, free_run);
  g_task_run_in_thread (task, work);
  return run;
}

void
cr_key_change_start_async (CrKeyChange *self, const char *reason, char *code, GAsyncReadyCallback cb,
                           gpointer data)
{
  g_return_if_fail (CR_IS_KEY_CHANGE (self) && code != NULL);
  if (self->run == NULL) {
    g_cancellable_reset (self->stop);
    cr_key_change_pause (self, FALSE);
  }
  Run *run = start_run (self, reason, code, change_thread_cb, changed_cb, g_task_new (self, NULL, cb, data));
  if (run == NULL)
    return;
  self->run = run;
  g_clear_pointer (&self->untold, g_free);
  notify (self, PROP_RUNNING);
}

void
cr_key_change_new_sheet_async (CrKeyChange *self, const char *reason, char *code, GAsyncReadyCallback cb,
                               gpointer data)
{
  g_return_if_fail (CR_IS_KEY_CHANGE (self) && code != NULL);
  start_run (self, reason, code, sheet_thread_cb, sheet_made_cb, g_task_new (self, NULL, cb, data));
}

static void
set_paused (CrKeyChange *self, gboolean paused)
{
  g_mutex_lock (&self->lock);
  gboolean changes = self->paused != paused;
  self->paused = paused;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  if (changes)
    notify (self, PROP_PAUSED);
}

void
cr_key_change_pause (CrKeyChange *self, gboolean paused)
{
  g_return_if_fail (CR_IS_KEY_CHANGE (self));
  if (cr_session_can (self->session, CR_RIGHT_ADMIN))
    set_paused (self, paused);
}

static void
stop (CrKeyChange *self)
{
  g_mutex_lock (&self->lock);
  g_cancellable_cancel (self->stop);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

void
cr_key_change_stop (CrKeyChange *self)
{
  g_return_if_fail (CR_IS_KEY_CHANGE (self));
  if (self->run != NULL && cr_session_can (self->session, CR_RIGHT_ADMIN))
    stop (self);
}

void
cr_key_change_give_up_sheet (CrKeyChange *self)
{
  g_return_if_fail (CR_IS_KEY_CHANGE (self));
  remember (self,
            g_strdup (_ ("Nothing was changed before the lock. The recovery sheet that was printed opens "
                         "nothing: destroy it; the one before is still right.")));
}

void
cr_key_change_leave_unproven (CrKeyChange *self)
{
  g_return_if_fail (CR_IS_KEY_CHANGE (self));
  remember (self, g_strdup (_ ("The recovery sheet was not checked against its paper. If the paper is "
                               "missing or unreadable, make a new sheet: Main menu → Practice and People… → "
                               "Keys and Recovery Sheet.")));
  tell_if_open (self);
}

char *
cr_key_change_new_code (GError **error)
{
  return cr_store_new_code (error);
}

/* As the code reads the character, 0: it stands for nothing. */
static char
read_digit (char c)
{
  c = g_ascii_toupper (c);
  return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : g_ascii_isalnum (c) ? c : '\0';
}

gboolean
cr_key_change_is_end (const char *code, const char *typed)
{
  const char *end = strrchr (code, '-');
  end = end != NULL ? end + 1 : code;
  for (; *typed != '\0'; typed++) {
    char digit = read_digit (*typed);
    if (digit == '\0' && (*typed == ' ' || *typed == '-'))
      continue;
    if (*end == '\0' || digit != *end++)
      return FALSE;
  }
  return *end == '\0';
}

/* ---- facts ---- */

void
cr_key_facts_free (CrKeyFacts *facts)
{
  g_clear_pointer (&facts->former, g_ptr_array_unref);
  g_free (facts);
}

/* When the newest such entry was written; 0: never. */
static gboolean
read_newest (CrTx *tx, const CrAuditQuery *query, CrInstant *at, GError **error)
{
  g_autoptr (GPtrArray) entries = cr_audit_list (tx, query, error);
  if (entries != NULL && entries->len > 0)
    *at = ((const CrAuditEntry *)entries->pdata[0])->at;
  return entries != NULL;
}

static gboolean
facts_job (CrTx *tx, gpointer data, GError **error)
{
  static const CrAuditQuery KEYS = { .actions = { "rotation" }, .limit = 1 };
  static const CrAuditQuery SHEET = { .actions = { "rotation", "new-recovery-sheet" }, .limit = 1 };
  CrKeyFacts *facts = data;
  g_autoptr (GPtrArray) backups = cr_backup_list (tx, error);
  facts->interrupted = cr_rotation_is_interrupted (tx);
  if (backups == NULL || !read_newest (tx, &KEYS, &facts->keys_at, error) ||
      !read_newest (tx, &SHEET, &facts->sheet_at, error))
    return FALSE;
  for (guint i = 0; i < backups->len; i++) {
    const CrBackup *backup = backups->pdata[i];
    if (backup->removed_at != 0)
      continue;
    facts->n_backups++;
    if (cr_backup_has_former_key (tx, backup))
      g_ptr_array_add (facts->former, cr_backup_copy (backup));
  }
  return TRUE;
}

static void
facts_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_boolean (answer, TRUE);
  else
    g_task_return_error (answer, error);
}

void
cr_key_change_load_facts_async (CrKeyChange *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_KEY_CHANGE (self));
  GTask *answer = g_task_new (self, NULL, cb, data);
  CrKeyFacts *facts = g_new0 (CrKeyFacts, 1);
  facts->former = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_backup_free);
  g_task_set_task_data (answer, facts, (GDestroyNotify)cr_key_facts_free);
  cr_session_run_async (self->session, CR_RIGHT_ADMIN, facts_job, facts, NULL, facts_loaded_cb, answer);
}

CrKeyFacts *
cr_key_change_load_facts_finish (GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  CrKeyFacts *read = g_task_get_task_data (G_TASK (result)), *facts = g_new0 (CrKeyFacts, 1);
  *facts = *read;
  read->former = NULL;
  return facts;
}

/* ---- class ---- */

static void
state_cb (CrKeyChange *self)
{
  if (cr_session_get_state (self->session) == CR_SESSION_CLOSED && self->run != NULL)
    stop (self);
  tell_if_open (self);
}

static void
cr_key_change_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrKeyChange *self = CR_KEY_CHANGE (object);
  switch (id) {
  case PROP_RUNNING:
    g_value_set_boolean (value, self->run != NULL);
    break;
  case PROP_WORDS:
    g_value_set_string (value, self->words);
    break;
  case PROP_FRACTION:
    g_value_set_double (value, self->fraction);
    break;
  case PROP_PAUSED:
    g_value_set_boolean (value, self->paused);
    break;
  case PROP_FAILURE:
    g_value_set_string (value, self->failure);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
cr_key_change_finalize (GObject *object)
{
  CrKeyChange *self = CR_KEY_CHANGE (object);
  cr_run_news_clear (&self->news);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_object_unref (self->stop);
  g_object_unref (self->session);
  g_free (self->failure);
  g_free (self->untold);
  g_free (self->untold_of);
  G_OBJECT_CLASS (cr_key_change_parent_class)->finalize (object);
}

static void
cr_key_change_class_init (CrKeyChangeClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  G_OBJECT_CLASS (klass)->get_property = cr_key_change_get_property;
  G_OBJECT_CLASS (klass)->finalize = cr_key_change_finalize;
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
cr_key_change_init (CrKeyChange *self)
{
  self->stop = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  cr_run_news_init (&self->news, self, show_news);
}

CrKeyChange *
cr_key_change_new (CrSession *session)
{
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  CrKeyChange *self = g_object_new (CR_TYPE_KEY_CHANGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  return self;
}
