/* The few shapes that lists of an aggregate are read in.  All return arrays of records, NULL on error. */
#pragma once
#include "chartroom/store/store.h"
#include "table.h"

/* A merged patient's records stay under the chart they were written in; what is read of a patient is read
 * from all charts of the person: the one that was kept and those that were merged into it, whichever of them
 * $1 is. */
#define CR_CHARTS_OF(patient)                                                                                \
  "(SELECT coalesce (merged_into, id) FROM patient WHERE id = " patient                                      \
  " UNION ALL SELECT gone.id FROM patient AS asked JOIN patient AS gone"                                     \
  " ON gone.merged_into = coalesce (asked.merged_into, asked.id) WHERE asked.id = " patient ")"
#define CR_OF_PERSON " WHERE patient_id IN " CR_CHARTS_OF ("$1")

GPtrArray *cr_list_all (CrTx *tx, const CrTable *table, const char *sql, GError **error);
GPtrArray *cr_list_of (CrTx *tx, const CrTable *table, const char *sql, CrId id, GError **error); /* $1 */
GPtrArray *cr_list_coded (CrTx *tx, const CrTable *table, const char *sql, const char *code,
                          GError **error); /* $1 */
GPtrArray *cr_list_of_two (CrTx *tx, const CrTable *table, const char *sql, gint64 one, gint64 two,
                           GError **error); /* $1, $2 */
/* $1 and $2: first and last day */
GPtrArray *cr_list_between (CrTx *tx, const CrTable *table, const char *sql, CrDate from, CrDate to,
                            GError **error);
void cr_bind_dates (CrStmt *stmt, CrDate from, CrDate to);
gint64 cr_count (CrTx *tx, const char *sql, GError **error); /* first column of the only row; −1 on error */
