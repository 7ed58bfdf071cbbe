#include "list.h"
#include "store-private.h"

GPtrArray *
cr_list_all (CrTx *tx, const CrTable *table, const char *sql, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, sql, error);
  return stmt == NULL ? NULL : cr_table_collect (table, stmt, error);
}

GPtrArray *
cr_list_of (CrTx *tx, const CrTable *table, const char *sql, CrId id, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, sql, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, id);
  return cr_table_collect (table, stmt, error);
}

GPtrArray *
cr_list_of_two (CrTx *tx, const CrTable *table, const char *sql, gint64 one, gint64 two, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, sql, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, one);
  cr_stmt_bind_int (stmt, 2, two);
  return cr_table_collect (table, stmt, error);
}

GPtrArray *
cr_list_coded (CrTx *tx, const CrTable *table, const char *sql, const char *code, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, sql, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_text (stmt, 1, code);
  return cr_table_collect (table, stmt, error);
}

void
cr_bind_dates (CrStmt *stmt, CrDate from, CrDate to)
{
  g_autofree char *first = cr_date_to_iso (from);
  g_autofree char *last = cr_date_to_iso (to);
  cr_stmt_bind_text (stmt, 1, first);
  cr_stmt_bind_text (stmt, 2, last);
}

GPtrArray *
cr_list_between (CrTx *tx, const CrTable *table, const char *sql, CrDate from, CrDate to, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, sql, error);
  if (stmt == NULL)
    return NULL;
  cr_bind_dates (stmt, from, to);
  return cr_table_collect (table, stmt, error);
}

gint64
cr_count (CrTx *tx, const char *sql, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, sql, error);
  gint64 count = -1;
  if (stmt == NULL)
    return -1;
  if (cr_stmt_step (stmt, error) == CR_STEP_ROW)
    count = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return count;
}
