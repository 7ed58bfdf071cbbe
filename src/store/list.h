/* The few shapes that lists of an aggregate are read in.  All return arrays of records, NULL on error. */
#pragma once
#include "chartroom/store/store.h"
#include "table.h"

GPtrArray *cr_list_all (CrTx *tx, const CrTable *table, const char *sql, GError **error);
GPtrArray *cr_list_of (CrTx *tx, const CrTable *table, const char *sql, CrId id, GError **error); /* $1 */
GPtrArray *cr_list_coded (CrTx *tx, const CrTable *table, const char *sql, const char *code,
                          GError **error); /* $1 */
/* $1 and $2: first and last day */
GPtrArray *cr_list_between (CrTx *tx, const CrTable *table, const char *sql, CrDate from, CrDate to,
                            GError **error);
void cr_bind_dates (CrStmt *stmt, CrDate from, CrDate to);
gint64 cr_count (CrTx *tx, const char *sql, GError **error); /* first column of the only row; −1 on error */
