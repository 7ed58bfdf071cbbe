/* Transactions: what a job works in.  Every write leaves a history row and an audit entry. */
#include "store-private.h"
#include "table.h"
#include <glib/gi18n.h>
#include <string.h>

#define NEXT_NUMBER                                                                                          \
  "INSERT INTO counter (name, value) VALUES ($1, 1)"                                                         \
  " ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
#define META "SELECT value FROM store_meta WHERE key = $1"
#define SET_META                                                                                             \
  "INSERT INTO store_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = "             \
  "excluded.value"

enum { HASH_SIZE = 32, KEY_SIZE = 32, SIGNATURE_SIZE = 64 };

typedef struct {
  CrTxHookFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Hook;

static void
free_hook (gpointer data)
{
  Hook *hook = data;
  if (hook->destroy != NULL)
    hook->destroy (hook->data);
  g_free (hook);
}

static void
add_hook (GPtrArray *hooks, CrTxHookFunc func, gpointer data, GDestroyNotify destroy)
{
  Hook *hook = g_new0 (Hook, 1);
  *hook = (Hook){ func, data, destroy };
  g_ptr_array_add (hooks, hook);
}

/* All of them, whatever fails; the first error is kept. */
static gboolean
run_hooks (CrTx *tx, GPtrArray *hooks, GError **error)
{
  gboolean well = TRUE;
  for (guint i = 0; i < hooks->len; i++) {
    Hook *hook = g_ptr_array_index (hooks, i);
    well = hook->func (tx, hook->data, well ? error : NULL) && well;
  }
  return well;
}

static void
begin_tx (CrTx *tx, CrStore *store, CrStoreUser *user)
{
  *tx = (CrTx){ .store = store, .user = user, .db = store->db, .now = cr_clock_now (store->clock) };
  tx->changes = g_array_new (FALSE, FALSE, sizeof (CrChange));
  tx->on_rollback = g_ptr_array_new_with_free_func (free_hook);
  tx->on_commit = g_ptr_array_new_with_free_func (free_hook);
}

static void
end_tx (CrTx *tx)
{
  g_array_unref (tx->changes);
  g_ptr_array_unref (tx->on_rollback);
  g_ptr_array_unref (tx->on_commit);
}

/* Entries between the last look and this job's first were written by another program: its watchers' turn
 * first. */
static gboolean
tell_foreign_changes (CrTx *tx, GError **error)
{
  if (tx->first_seq <= tx->store->seen_seq + 1)
    return TRUE;
  return cr_watch_catch_up (tx->store, tx->first_seq, error);
}

static void
tell_own_changes (CrTx *tx)
{
  if (tx->first_seq == 0)
    return;
  tx->store->committed_at = g_get_monotonic_time ();
  tx->store->seen_seq = tx->head.seq;
  g_mutex_lock (&tx->store->lock);
  tx->store->head = tx->head;
  g_mutex_unlock (&tx->store->lock);
  cr_watch_tell (tx->store, (const CrChange *)(gpointer)tx->changes->data, tx->changes->len);
}

static gboolean
run_in_transaction (CrTx *tx, CrJob job, gpointer data, GError **error)
{
  if (!cr_db_begin (tx->db, error))
    return FALSE;
  /* Asked with the write lock held, which a change of the keys holds as well: what is written to a database
   * whose keys were changed would be lost. */
  if (cr_vault_check_epoch (tx->store->vault, error) && job (tx, data, error) &&
      tell_foreign_changes (tx, error) && cr_db_commit (tx->db, error))
    return TRUE;
  if (cr_db_in_transaction (tx->db))
    cr_db_rollback (tx->db);
  return FALSE;
}

static CrStmt *
prepare_by_id (CrTx *tx, const CrTable *table, CrId id, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, table->by_id, error);
  if (stmt != NULL)
    cr_stmt_bind_int (stmt, 1, id);
  return stmt;
}

static gboolean
set_conflict (const CrTable *table, GError **error)
{
  g_set_error (
      error, CR_ERROR, CR_ERROR_CONFLICT,
      _ ("This %s was changed by someone else since it was opened here. Review the other version, then save "
         "yours again; nothing was overwritten."),
      _ (table->word));
  return FALSE;
}

/* Says which record was refused; the database's own reason follows. */
static gboolean
run_write (const CrTable *table, CrStmt *stmt, GError **error)
{
  if (cr_stmt_run (stmt, error))
    return TRUE;
  g_prefix_error (error, _ ("The %s was not saved. "), _ (table->word));
  return FALSE;
}

static gboolean
write_row (CrTx *tx, const CrTable *table, const char *sql, gconstpointer record, int *changed,
           GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, sql, error);
  if (stmt == NULL)
    return FALSE;
  cr_table_bind (table->klass, stmt, record);
  gboolean written = run_write (table, stmt, error);
  *changed = cr_stmt_changes (stmt);
  return written;
}

static gboolean
record_write (CrTx *tx, const CrTable *table, gconstpointer before, gconstpointer after, GError **error)
{
  const CrRecordClass *klass = table->klass;
  const CrRecord *head = after;
  g_auto (GStrv) fields = before == NULL ? NULL : cr_record_diff (klass, before, after);
  g_autofree char *detail = fields == NULL ? NULL : g_strjoinv (",", fields);
  g_autofree char *before_json = before == NULL ? NULL : cr_record_to_json (klass, before);
  g_autofree char *after_json = cr_record_to_json (klass, after);
  CrChainEntry entry = {
    .action = before == NULL ? "create" : "change",
    .kind = klass->name,
    .detail = detail,
    .record_id = head->id,
    .patient_id = cr_table_patient (table, after),
    .version = head->version,
    .before = before_json,
    .after = after_json,
  };
  if (!cr_chain_append (tx, &entry, error))
    return FALSE;
  gboolean moved = fields != NULL && g_strv_contains ((const char *const *)fields, "patient_id");
  CrChange change = { klass->name, head->id, moved ? CR_ID_NONE : entry.patient_id };
  g_array_append_val (tx->changes, change);
  return TRUE;
}

static gboolean
insert_record (CrTx *tx, const CrTable *table, CrRecord *record, GError **error)
{
  CrRecord old = *record;
  int changed = 0;
  if (record->id == CR_ID_NONE)
    record->id = cr_tx_new_id (tx);
  record->version = 1;
  if (write_row (tx, table, table->insert, record, &changed, error) &&
      record_write (tx, table, NULL, record, error))
    return TRUE;
  *record = old;
  return FALSE;
}

static gboolean
update_record (CrTx *tx, const CrTable *table, CrRecord *record, GError **error)
{
  const CrRecordClass *klass = table->klass;
  CrRecord *before = cr_tx_load (tx, klass, record->id, error);
  int changed = 0;
  if (before == NULL)
    return FALSE;
  gboolean saved = before->version == record->version;
  if (!saved)
    set_conflict (table, error);
  else if (!cr_record_equal (klass, before, record)) {
    record->version++;
    saved = write_row (tx, table, table->update, record, &changed, error) &&
            (changed == 1 || set_conflict (table, error)) && record_write (tx, table, before, record, error);
    if (!saved)
      record->version--;
  }
  cr_record_free (klass, before);
  return saved;
}

static gboolean
from_hex (const char *hex, guint8 *out, gsize size)
{
  if (hex == NULL || strlen (hex) != size * 2)
    return FALSE;
  for (gsize i = 0; i < size; i++) {
    int high = g_ascii_xdigit_value (hex[2 * i]), low = g_ascii_xdigit_value (hex[2 * i + 1]);
    if (high < 0 || low < 0)
      return FALSE;
    out[i] = (guint8)(high << 4 | low);
  }
  return TRUE;
}

/* ---- private to the store ---- */

gboolean
cr_tx_execute (CrStore *store, CrStoreUser *user, CrJob job, gpointer data, GError **error)
{
  CrTx tx;
  g_autoptr (GError) failure = NULL;
  begin_tx (&tx, store, user);
  gboolean done = run_in_transaction (&tx, job, data, &failure);
  if (done) {
    tell_own_changes (&tx);
    done = run_hooks (&tx, tx.on_commit, &failure);
  } else
    run_hooks (&tx, tx.on_rollback, NULL);
  end_tx (&tx);
  if (!done && failure == NULL)
    g_set_error_literal (&failure, CR_ERROR, CR_ERROR_FAILED, _ ("This was not done; nothing was changed."));
  if (!done)
    g_propagate_error (error, g_steal_pointer (&failure));
  return done;
}

/* By address first: hashing the text of three statements would cost each saved row a tenth of its time. */
CrStmt *
cr_tx_prepare (CrTx *tx, const char *sql, GError **error)
{
  CrStmt *stmt = g_hash_table_lookup (tx->store->statements, sql);
  if (stmt != NULL) {
    cr_stmt_reset (stmt);
    return stmt;
  }
  stmt = cr_db_prepare (tx->db, sql, error);
  if (stmt != NULL)
    g_hash_table_insert (tx->store->statements, (gpointer)sql, stmt);
  return stmt;
}

void
cr_tx_on_rollback (CrTx *tx, CrTxHookFunc func, gpointer data, GDestroyNotify destroy)
{
  add_hook (tx->on_rollback, func, data, destroy);
}

void
cr_tx_on_commit (CrTx *tx, CrTxHookFunc func, gpointer data, GDestroyNotify destroy)
{
  add_hook (tx->on_commit, func, data, destroy);
}

gint64
cr_tx_next_number (CrTx *tx, const char *name, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, NEXT_NUMBER, error);
  gint64 number = -1;
  if (stmt == NULL)
    return -1;
  cr_stmt_bind_text (stmt, 1, name);
  if (cr_stmt_step (stmt, error) == CR_STEP_ROW)
    number = cr_stmt_int (stmt, 0);
  if (number >= 0 && cr_stmt_step (stmt, error) != CR_STEP_DONE)
    number = -1;
  cr_stmt_reset (stmt);
  return number;
}

char *
cr_tx_meta (CrTx *tx, const char *key, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, META, error);
  char *value = NULL;
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_text (stmt, 1, key);
  if (cr_stmt_step (stmt, error) == CR_STEP_ROW)
    value = g_strdup (cr_stmt_text (stmt, 0));
  cr_stmt_reset (stmt);
  return value;
}

gboolean
cr_tx_set_meta (CrTx *tx, const char *key, const char *value, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, SET_META, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_text (stmt, 1, key);
  cr_stmt_bind_text (stmt, 2, value);
  return cr_stmt_run (stmt, error);
}

/* ---- for jobs ---- */

CrStoreUser *
cr_tx_user (CrTx *tx)
{
  return tx->user;
}

CrInstant
cr_tx_now (CrTx *tx)
{
  return tx->now;
}

CrDate
cr_tx_today (CrTx *tx)
{
  return cr_clock_date_of (tx->store->clock, tx->now);
}

CrId
cr_tx_new_id (CrTx *tx)
{
  return cr_ids_next (cr_store_ids (tx->store));
}

gboolean
cr_tx_save (CrTx *tx, const CrRecordClass *klass, gpointer record, GError **error)
{
  const CrTable *table = cr_table_of (klass);
  CrRecord *head = record;
  g_return_val_if_fail (table != NULL && record != NULL, FALSE);
  return head->version == 0 ? insert_record (tx, table, head, error) : update_record (tx, table, head, error);
}

gpointer
cr_tx_load (CrTx *tx, const CrRecordClass *klass, CrId id, GError **error)
{
  const CrTable *table = cr_table_of (klass);
  g_autoptr (GError) failure = NULL;
  CrStmt *stmt = prepare_by_id (tx, table, id, &failure);
  gpointer record = stmt == NULL ? NULL : cr_table_first (table, stmt, &failure);
  if (record == NULL && failure == NULL)
    g_set_error (&failure, CR_ERROR, CR_ERROR_NOT_FOUND,
                 _ ("This %s is not in the practice. Reload the list."), _ (table->word));
  if (record == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return record;
}

gboolean
cr_tx_sign (CrTx *tx, GBytes *canonical, char **hash, char **signature, char **public_key, GError **error)
{
  guint8 digest[HASH_SIZE], seal[SIGNATURE_SIZE], key[KEY_SIZE];
  gsize size = 0;
  const void *bytes = g_bytes_get_data (canonical, &size);
  g_return_val_if_fail (tx->user != NULL, FALSE);
  cr_hash (bytes, size, digest);
  if (!cr_vault_sign (tx->user->vault, digest, sizeof digest, seal, error))
    return FALSE;
  cr_vault_public_key (tx->user->vault, key);
  *hash = cr_hash_hex (digest, sizeof digest);
  *signature = cr_hash_hex (seal, sizeof seal);
  *public_key = cr_hash_hex (key, sizeof key);
  return TRUE;
}

gboolean
cr_signature_holds (GBytes *canonical, const char *hash, const char *signature, const char *public_key)
{
  guint8 digest[HASH_SIZE], stored[HASH_SIZE], seal[SIGNATURE_SIZE], key[KEY_SIZE];
  gsize size = 0;
  const void *bytes = g_bytes_get_data (canonical, &size);
  if (!from_hex (hash, stored, sizeof stored) || !from_hex (signature, seal, sizeof seal) ||
      !from_hex (public_key, key, sizeof key))
    return FALSE;
  cr_hash (bytes, size, digest);
  return memcmp (digest, stored, sizeof digest) == 0 &&
         cr_signature_verify (key, digest, sizeof digest, seal);
}

gboolean
cr_tx_audit (CrTx *tx, const char *action, const char *kind, CrId id, CrId patient_id, const char *detail,
             GError **error)
{
  CrChainEntry entry = {
    .action = action, .kind = kind, .record_id = id, .patient_id = patient_id, .detail = detail
  };
  return cr_chain_append (tx, &entry, error);
}
