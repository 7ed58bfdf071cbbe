/* Who hears of commits: each watcher in the main context it was made in. */
#include "store-private.h"

/* What moved to another patient concerns both: it is told without one. */
#define CHANGES_SINCE                                                                                        \
  "SELECT h.kind, h.record_id, CASE WHEN ',' || a.detail || ',' LIKE '%,patient_id,%' AND a.action = "       \
  "'change'"                                                                                                 \
  " THEN NULL ELSE a.patient_id END FROM history h JOIN audit a ON a.seq = h.seq"                            \
  " WHERE h.seq > $1 AND h.seq < $2 ORDER BY h.seq LIMIT $3"
#define NEWEST "SELECT max (seq) FROM audit"

typedef struct {
  gatomicrefcount refs;
  guint id;
  CrChangeFunc func;
  gpointer data;
  GDestroyNotify destroy;
  GMainContext *context;
  gboolean gone; /* touched in the watcher's context only */
} Watch;

typedef struct {
  Watch *watch;
  GBytes *changes; /* CrChange[], kinds are static strings */
} Notice;

static void
unref_watch (gpointer data)
{
  Watch *watch = data;
  if (!g_atomic_ref_count_dec (&watch->refs))
    return;
  g_main_context_unref (watch->context);
  g_free (watch);
}

static void
end_watch (Watch *watch)
{
  watch->gone = TRUE;
  if (watch->destroy != NULL)
    watch->destroy (watch->data);
  unref_watch (watch);
}

static void
free_notice (gpointer data)
{
  Notice *notice = data;
  unref_watch (notice->watch);
  g_bytes_unref (notice->changes);
  g_free (notice);
}

static gboolean
notice_cb (gpointer data)
{
  Notice *notice = data;
  gsize size = 0;
  const CrChange *changes = g_bytes_get_data (notice->changes, &size);
  if (!notice->watch->gone)
    notice->watch->func (changes, (guint)(size / sizeof (CrChange)), notice->watch->data);
  return G_SOURCE_REMOVE;
}

static void
send_notice (Watch *watch, GBytes *changes)
{
  Notice *notice = g_new0 (Notice, 1);
  g_atomic_ref_count_inc (&watch->refs);
  notice->watch = watch;
  notice->changes = g_bytes_ref (changes);
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, notice_cb, notice, free_notice);
  g_source_attach (source, watch->context);
}

/* Reads rows of CHANGES_SINCE; kinds of unknown tables (a newer program's) become "*". */
static gboolean
read_changes (CrStmt *stmt, GArray *changes, GError **error)
{
  CrStep step;
  while ((step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    const char *kind = g_intern_string (cr_stmt_text (stmt, 0));
    CrChange change = { kind, cr_stmt_int (stmt, 1), cr_stmt_int (stmt, 2) };
    g_array_append_val (changes, change);
  }
  cr_stmt_reset (stmt);
  return step == CR_STEP_DONE;
}

static gboolean
read_newest (CrDb *db, gint64 *newest, GError **error)
{
  CrStmt *stmt = cr_db_prepare (db, NEWEST, error);
  gboolean read = stmt != NULL && cr_stmt_step (stmt, error) == CR_STEP_ROW;
  if (read)
    *newest = cr_stmt_int (stmt, 0);
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return read;
}

guint
cr_store_watch (CrStore *self, CrChangeFunc func, gpointer data, GDestroyNotify destroy)
{
  g_return_val_if_fail (func != NULL, 0);
  Watch *watch = g_new0 (Watch, 1);
  g_atomic_ref_count_init (&watch->refs);
  watch->func = func;
  watch->data = data;
  watch->destroy = destroy;
  watch->context = g_main_context_ref_thread_default ();
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  watch->id = self->next_watch++;
  g_ptr_array_add (self->watches, watch);
  return watch->id;
}

void
cr_store_unwatch (CrStore *self, guint id)
{
  Watch *found = NULL;
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->watches->len && found == NULL; i++) {
    Watch *watch = g_ptr_array_index (self->watches, i);
    if (watch->id == id)
      found = g_ptr_array_steal_index (self->watches, i);
  }
  g_mutex_unlock (&self->lock);
  if (found != NULL)
    end_watch (found);
}

void
cr_watch_tell (CrStore *self, const CrChange *changes, guint n)
{
  static const CrChange ANYTHING = { "*", CR_ID_NONE, CR_ID_NONE };
  if (n == 0)
    return;
  if (n > CR_CHANGES_MAX) {
    changes = &ANYTHING;
    n = 1;
  }
  g_autoptr (GBytes) bytes = g_bytes_new (changes, n * sizeof (CrChange));
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  for (guint i = 0; i < self->watches->len; i++)
    send_notice (g_ptr_array_index (self->watches, i), bytes);
}

gboolean
cr_watch_catch_up (CrStore *self, gint64 end, GError **error)
{
  CrStmt *stmt = cr_db_prepare (self->db, CHANGES_SINCE, error);
  if (stmt == NULL)
    return FALSE;
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (CrChange));
  gint64 newest = end - 1;
  if (end == 0 && !read_newest (self->db, &newest, error))
    return FALSE;
  cr_stmt_bind_int (stmt, 1, self->seen_seq);
  cr_stmt_bind_int (stmt, 2, newest + 1);
  cr_stmt_bind_int (stmt, 3, CR_CHANGES_MAX + 1);
  if (!read_changes (stmt, changes, error))
    return FALSE;
  self->seen_seq = MAX (self->seen_seq, newest);
  cr_watch_tell (self, (const CrChange *)(gpointer)changes->data, changes->len);
  return TRUE;
}

void
cr_watch_wait_cb (gboolean waiting, gpointer data)
{
  CrChange wait = { CR_CHANGE_WAIT, waiting ? 1 : 0, CR_ID_NONE };
  cr_watch_tell (data, &wait, 1);
}

/* Once: no job of this store succeeds from here on. */
static void
look_at_keys (CrStore *self)
{
  static const CrChange KEYS = { CR_CHANGE_KEYS, CR_ID_NONE, CR_ID_NONE };
  if (self->keys_changed || cr_vault_check_epoch (self->vault, NULL))
    return;
  self->keys_changed = TRUE;
  cr_watch_tell (self, &KEYS, 1);
}

void
cr_watch_look (CrStore *self)
{
  look_at_keys (self);
  gint64 stamp = cr_db_change_stamp (self->db, NULL);
  if (stamp == self->seen_stamp)
    return;
  CrChainHead head = { 0 };
  if (!cr_watch_catch_up (self, 0, NULL) || !cr_chain_read_head (self->db, &head, NULL))
    return; /* the database is busy: looked at again in half a second */
  self->seen_stamp = stamp;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  self->head = head;
}

void
cr_watch_clear (CrStore *self)
{
  g_autoptr (GPtrArray) watches = NULL;
  g_mutex_lock (&self->lock);
  watches = g_steal_pointer (&self->watches);
  self->watches = g_ptr_array_new ();
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < watches->len; i++)
    end_watch (g_ptr_array_index (watches, i));
}
