/* What an import and the counts ask of any table. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include "list.h"

CrId
cr_source_find (CrTx *tx, const CrRecordClass *klass, const char *source_id, GError **error)
{
  const CrTable *table = cr_table_of (klass);
  g_return_val_if_fail (table != NULL && table->by_source != NULL, CR_ID_NONE);
  CrStmt *stmt = cr_tx_prepare (tx, table->by_source, error);
  CrId id = CR_ID_NONE;
  if (stmt == NULL)
    return CR_ID_NONE;
  cr_stmt_bind_text (stmt, 1, source_id);
  if (cr_stmt_step (stmt, error) == CR_STEP_ROW)
    id = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return id;
}

gint64
cr_table_count (CrTx *tx, const CrRecordClass *klass, GError **error)
{
  const CrTable *table = cr_table_of (klass);
  g_return_val_if_fail (table != NULL, -1);
  return cr_count (tx, table->count, error);
}
