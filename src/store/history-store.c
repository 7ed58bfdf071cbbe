/* The history as records: what was written, before and after. */
#include "store-private.h"
#include "chartroom/domain/record-classes.h"
#include "chartroom/store/desk-stores.h"
#include "table.h"
#include <glib/gi18n.h>

#define FIELDS_OF_JSON                                                                                       \
  "SELECT key, CASE type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'real' THEN $1 -> fullkey "  \
  "ELSE atom END FROM json_each ($1)"
#define LAST_OF "SELECT seq FROM history WHERE record_id = $1 ORDER BY version DESC LIMIT 1"
#define ENTRIES "SELECT seq, kind, before, after FROM history WHERE seq >= $1 AND seq <= $2 ORDER BY seq"

gpointer
cr_record_from_json (CrDb *db, const CrRecordClass *klass, const char *json)
{
  CrStmt *stmt = cr_db_prepare (db, FIELDS_OF_JSON, NULL);
  gpointer record = cr_record_new (klass);
  CrStep step = CR_STEP_ERROR;
  gboolean read = stmt != NULL;
  if (read)
    cr_stmt_bind_text (stmt, 1, json);
  while (read && (step = cr_stmt_step (stmt, NULL)) == CR_STEP_ROW) {
    const CrField *field = cr_record_field (klass, cr_stmt_text (stmt, 0));
    read = field != NULL && cr_field_set_text (field, record, cr_stmt_text (stmt, 1));
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  if (read && step == CR_STEP_DONE && ((CrRecord *)record)->id != CR_ID_NONE)
    return record;
  cr_record_free (klass, record);
  return NULL;
}

void
cr_tx_entries (CrTx *tx, gint64 *first, gint64 *last)
{
  *first = tx->first_seq;
  *last = tx->first_seq == 0 ? 0 : tx->head.seq;
}

void
cr_history_entry_free (CrHistoryEntry *entry)
{
  cr_record_free (entry->klass, entry->before);
  cr_record_free (entry->klass, entry->after);
  g_free (entry);
}

/* The row of ENTRIES; NULL when it cannot be read. */
static CrHistoryEntry *
read_entry (CrTx *tx, CrStmt *stmt)
{
  const CrRecordClass *klass = cr_record_class_find (cr_stmt_text (stmt, 1));
  CrHistoryEntry *entry;
  gboolean created = cr_stmt_is_null (stmt, 2);
  if (klass == NULL)
    return NULL;
  entry = g_new0 (CrHistoryEntry, 1);
  entry->seq = cr_stmt_int (stmt, 0);
  entry->klass = klass;
  entry->before = created ? NULL : cr_record_from_json (tx->db, klass, cr_stmt_text (stmt, 2));
  entry->after = cr_record_from_json (tx->db, klass, cr_stmt_text (stmt, 3));
  if (entry->after != NULL && (created || entry->before != NULL))
    return entry;
  cr_history_entry_free (entry);
  return NULL;
}

GPtrArray *
cr_history_between (CrTx *tx, gint64 first, gint64 last, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_history_entry_free);
  CrStmt *stmt = cr_tx_prepare (tx, ENTRIES, error);
  CrStep step = CR_STEP_ERROR;
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, first);
  cr_stmt_bind_int (stmt, 2, last);
  while ((step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    CrHistoryEntry *entry = read_entry (tx, stmt);
    if (entry == NULL) {
      g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                   _ ("Entry %" G_GINT64_FORMAT " of the history cannot be read. Run verify."),
                   cr_stmt_int (stmt, 0));
      break;
    }
    g_ptr_array_add (entries, entry);
  }
  cr_stmt_reset (stmt);
  return step == CR_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

CrHistoryEntry *
cr_history_last (CrTx *tx, CrId record, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, LAST_OF, error);
  gint64 seq = 0;
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, record);
  CrStep step = cr_stmt_step (stmt, error);
  if (step == CR_STEP_ROW)
    seq = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  if (step == CR_STEP_ERROR)
    return NULL;
  g_autoptr (GPtrArray) entries = cr_history_between (tx, seq, seq, error);
  if (entries != NULL && entries->len == 1)
    return g_ptr_array_steal_index (entries, 0);
  if (entries != NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_FOUND, _ ("There is no history of this record."));
  return NULL;
}
