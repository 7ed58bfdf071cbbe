#include "backups-private.h"
#include "backup-places.h"
#include "live-list.h"
#include "session-private.h"

enum { TICK_SECONDS = 60 };

/* One look at all places. */
typedef struct {
  GPtrArray *targets; /* CrBackupTarget */
  char *practice;
} Look;

typedef struct {
  CrStore *store;
  CrStoreUser *user;
  char *folder;
} Adding;

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrBackups, cr_backups, G_TYPE_OBJECT)

void
cr_backups_notify (CrBackups *self, CrBackupsProp property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* ---- the list ---- */

static void
free_item (gpointer data)
{
  CrBackupItem *item = data;
  cr_backup_free (item->backup);
  g_free (item->by);
  g_free (item);
}

static char *
name_person (const GPtrArray *people, CrId id)
{
  for (guint i = 0; i < people->len; i++)
    if (((const CrPerson *)people->pdata[i])->id == id)
      return cr_person_formal (people->pdata[i]);
  return NULL;
}

static GPtrArray *
load_list (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) backups = cr_backup_list (tx, error);
  g_autoptr (GPtrArray) people = backups == NULL ? NULL : cr_person_list (tx, error);
  if (people == NULL)
    return NULL;
  GPtrArray *rows = cr_rows_new ();
  for (guint i = 0; i < backups->len; i++) {
    const CrBackup *backup = backups->pdata[i];
    if (backup->removed_at != 0)
      continue;
    CrBackupItem *item = g_new0 (CrBackupItem, 1);
    *item = (CrBackupItem){ cr_backup_copy (backup), name_person (people, backup->taken_by) };
    g_ptr_array_add (rows, cr_row_new (backup->id, item, free_item));
  }
  return rows;
}

static gboolean
same_item (gconstpointer a, gconstpointer b)
{
  const CrBackupItem *one = a, *two = b;
  return one->backup->version == two->backup->version && g_strcmp0 (one->by, two->by) == 0;
}

static GPtrArray *
load_targets (CrTx *tx, gpointer data, GError **error)
{
  GPtrArray *targets = cr_backup_target_list (tx, error);
  return targets == NULL ? NULL : cr_rows_take (targets, (GDestroyNotify)cr_backup_target_free);
}

GPtrArray *
cr_backups_peek (CrBackups *self)
{
  GPtrArray *backups = g_ptr_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (self->list); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (self->list, i);
    g_ptr_array_add (backups, ((const CrBackupItem *)cr_row_peek (row))->backup);
  }
  return backups;
}

void
cr_backups_refresh (CrBackups *self)
{
  g_autoptr (GPtrArray) backups = cr_backups_peek (self);
  CrClock *clock = cr_session_get_clock (self->session);
  CrBackupHealth health = cr_backup_health (backups, clock);
  g_autofree char *sentence = self->loaded ? cr_backup_sentence (backups, clock) : NULL;
  if (health == self->health && g_strcmp0 (sentence, self->sentence) == 0)
    return;
  self->health = health;
  g_free (self->sentence);
  self->sentence = g_steal_pointer (&sentence);
  cr_backups_notify (self, PROP_HEALTH);
  cr_backups_notify (self, PROP_SENTENCE);
}

void
cr_backups_set_outcome (CrBackups *self, const char *text, gboolean failed)
{
  g_free (self->outcome);
  self->outcome = g_strdup (text);
  self->failed = failed;
  cr_backups_notify (self, PROP_FAILED);
  cr_backups_notify (self, PROP_OUTCOME);
}

static void
list_changed_cb (CrBackups *self)
{
  cr_backups_refresh (self);
}

static void
list_loading_cb (CrBackups *self)
{
  gboolean loading;
  g_object_get (self->list, "loading", &loading, NULL);
  if (!loading && cr_session_can (self->session, CR_RIGHT_SCHEDULE_VIEW))
    self->loaded = TRUE;
  cr_backups_refresh (self);
}

/* ---- the places ---- */

static void
free_look (gpointer data)
{
  Look *look = data;
  g_ptr_array_unref (look->targets);
  g_free (look->practice);
  g_free (look);
}

static void
look_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Look *look = data;
  GPtrArray *rows = cr_rows_new ();
  for (guint i = 0; i < look->targets->len; i++) {
    CrBackupPlace *place = cr_backup_place_look (look->targets->pdata[i], look->practice);
    g_ptr_array_add (rows, cr_row_new (place->target->id, place, (GDestroyNotify)cr_backup_place_free));
  }
  g_task_return_pointer (task, rows, (GDestroyNotify)g_ptr_array_unref);
}

static Look *
prepare_look (CrBackups *self)
{
  Look *look = g_new0 (Look, 1);
  look->practice = g_strdup (cr_session_get_folder (self->session));
  look->targets = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_backup_target_free);
  for (guint i = 0; i < g_list_model_get_n_items (self->targets); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (self->targets, i);
    g_ptr_array_add (look->targets, cr_backup_target_copy (cr_row_peek (row)));
  }
  return look;
}

/* What was asked for meanwhile is asked now; what came after a lock is dropped. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree GWeakRef *ref = data;
  g_autoptr (CrBackups) self = g_weak_ref_get (ref);
  g_autoptr (GPtrArray) rows = g_task_propagate_pointer (G_TASK (result), NULL);
  g_weak_ref_clear (ref);
  if (self == NULL)
    return;
  self->looking = FALSE;
  if (self->look_again)
    cr_backups_look (self);
  else if (cr_session_get_state (self->session) == CR_SESSION_OPEN)
    cr_rows_sync (self->places, rows, cr_backup_place_same);
}

/* One look at a time: a disk that does not answer shall not take thread after thread. */
void
cr_backups_look (CrBackups *self)
{
  g_return_if_fail (CR_IS_BACKUPS (self));
  self->look_again = self->looking;
  if (g_list_model_get_n_items (self->targets) == 0)
    g_list_store_remove_all (self->places);
  if (self->looking || g_list_model_get_n_items (self->targets) == 0)
    return;
  GWeakRef *ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, self);
  self->looking = TRUE;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, looked_cb, ref);
  g_task_set_task_data (task, prepare_look (self), free_look);
  g_task_run_in_thread (task, look_cb);
}

static void
free_adding (gpointer data)
{
  Adding *adding = data;
  cr_store_user_unref (adding->user);
  cr_store_unref (adding->store);
  g_free (adding->folder);
  g_free (adding);
}

static void
add_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Adding *adding = data;
  GError *error = NULL;
  if (cr_backup_place_add (adding->store, adding->user, adding->folder, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The thread may be the last to let go of its task: self is held by the answer alone. */
static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  CrBackups *self = g_task_get_source_object (answer);
  GError *error = NULL;
  self->session->n_waiting--;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (answer, TRUE);
  else
    g_task_return_error (answer, error);
}

void
cr_backups_add_place_async (CrBackups *self, const char *folder, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_BACKUPS (self) && folder != NULL);
  g_autoptr (GTask) answer = g_task_new (self, NULL, cb, data);
  GError *error = NULL;
  if (!cr_session_require (self->session, CR_RIGHT_ADMIN, &error)) {
    g_task_return_error (answer, error);
    return;
  }
  Adding *adding = g_new0 (Adding, 1);
  *adding = (Adding){ cr_store_ref (cr_session_get_store (self->session)),
                      cr_store_user_ref (cr_session_get_user (self->session)), g_strdup (folder) };
  self->session->n_waiting++;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, added_cb, g_steal_pointer (&answer));
  g_task_set_task_data (task, adding, free_adding);
  g_task_run_in_thread (task, add_cb);
}

void
cr_backups_remove_place_async (CrBackups *self, CrId target, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_BACKUPS (self));
  cr_session_run_async (self->session, CR_RIGHT_ADMIN, cr_backup_place_remove_job,
                        g_memdup2 (&target, sizeof target), g_free, cb, data);
}

/* ---- the session and the time ---- */

static gboolean
timer_cb (gpointer self)
{
  cr_backups_tick (self);
  return G_SOURCE_CONTINUE;
}

static void
state_cb (CrBackups *self)
{
  CrSessionState state = cr_session_get_state (self->session);
  if (state == CR_SESSION_OPEN && self->warned != NULL)
    cr_session_set_warning (self->session, self->warned);
  if (state != CR_SESSION_OPEN)
    self->loaded = FALSE; /* before the list is emptied: an empty one would say that there is no backup */
  if (state == CR_SESSION_CLOSED) {
    g_clear_pointer (&self->warned, g_free);
    g_hash_table_remove_all (self->tried);
    if (self->run != NULL)
      g_cancellable_cancel (self->run->stop);
  }
}

static void
forget_cb (CrBackups *self)
{
  g_list_store_remove_all (self->places);
  cr_backups_refresh (self);
  cr_backups_set_outcome (self, NULL, FALSE);
}

/* ---- class ---- */

static void
cr_backups_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrBackups *self = CR_BACKUPS (object);
  switch (id) {
  case PROP_SENTENCE:
    g_value_set_string (value, self->sentence);
    break;
  case PROP_HEALTH:
    g_value_set_int (value, (int)self->health);
    break;
  case PROP_RUNNING:
    g_value_set_boolean (value, self->run != NULL);
    break;
  case PROP_WORDS:
    g_value_set_string (value, self->words);
    break;
  case PROP_FRACTION:
    g_value_set_double (value, self->fraction);
    break;
  case PROP_OUTCOME:
    g_value_set_string (value, self->outcome);
    break;
  case PROP_FAILED:
    g_value_set_boolean (value, self->failed);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
cr_backups_dispose (GObject *object)
{
  CrBackups *self = CR_BACKUPS (object);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->list);
  g_clear_object (&self->targets);
  G_OBJECT_CLASS (cr_backups_parent_class)->dispose (object);
}

static void
cr_backups_finalize (GObject *object)
{
  CrBackups *self = CR_BACKUPS (object);
  g_object_unref (self->places);
  g_object_unref (self->session);
  g_hash_table_unref (self->tried);
  cr_run_news_clear (&self->news);
  g_free (self->sentence);
  g_free (self->outcome);
  g_free (self->warned);
  G_OBJECT_CLASS (cr_backups_parent_class)->finalize (object);
}

static void
cr_backups_class_init (CrBackupsClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  G_OBJECT_CLASS (klass)->get_property = cr_backups_get_property;
  G_OBJECT_CLASS (klass)->dispose = cr_backups_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_backups_finalize;
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, flags);
  properties[PROP_HEALTH] = g_param_spec_int ("health", NULL, NULL, CR_BACKUP_HEALTH_NONE,
                                              CR_BACKUP_HEALTH_OK, CR_BACKUP_HEALTH_NONE, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_OUTCOME] = g_param_spec_string ("outcome", NULL, NULL, NULL, flags);
  properties[PROP_FAILED] = g_param_spec_boolean ("failed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
cr_backups_init (CrBackups *self)
{
  cr_run_news_init (&self->news, self, cr_backups_show_news);
  self->places = g_list_store_new (CR_TYPE_ROW);
  self->tried = g_hash_table_new (NULL, NULL);
}

static void
load_lists (CrBackups *self)
{
  static const CrRecordClass *const backup_classes[] = { &CR_BACKUP, &CR_PERSON, NULL };
  static const CrRecordClass *const target_classes[] = { &CR_BACKUP_TARGET, NULL };
  static const CrLiveSource list = { CR_RIGHT_SCHEDULE_VIEW, backup_classes, load_list, same_item };
  static const CrLiveSource targets = { CR_RIGHT_SCHEDULE_VIEW, target_classes, load_targets,
                                        cr_rows_same_version };
  self->list = cr_live_list_new (self->session, &list, NULL, NULL);
  self->targets = cr_live_list_new (self->session, &targets, NULL, NULL);
}

CrBackups *
cr_backups_new (CrSession *session)
{
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  CrBackups *self = g_object_new (CR_TYPE_BACKUPS, NULL);
  self->session = g_object_ref (session);
  load_lists (self);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (list_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (list_loading_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->targets, "items-changed", G_CALLBACK (cr_backups_look), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "forget", G_CALLBACK (forget_cb), self, G_CONNECT_SWAPPED);
  self->timer = g_timeout_add_seconds (TICK_SECONDS, timer_cb, self);
  return self;
}

GListModel *
cr_backups_get_list (CrBackups *self)
{
  g_return_val_if_fail (CR_IS_BACKUPS (self), NULL);
  return self->list;
}

GListModel *
cr_backups_get_places (CrBackups *self)
{
  g_return_val_if_fail (CR_IS_BACKUPS (self), NULL);
  return G_LIST_MODEL (self->places);
}
