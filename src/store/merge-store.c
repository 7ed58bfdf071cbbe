/* Charts that may be one person, and merges. */
#include "store-private.h"
#include "chartroom/store/desk-stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define DUPLICATE_ANSWER_COLUMNS "patient_id, other_patient_id, answer, reason, answered_at, answered_by"

#define PATIENT_MERGE_COLUMNS                                                                                \
  "kept_id, gone_id, reason, merged_at, merged_by, second_person_id, undone_at, undone_by"

#define MERGE_ITEM_COLUMNS "merge_id, kind, record_id, field, former, became"

#define ANSWERS CR_SELECT ("duplicate_answer", DUPLICATE_ANSWER_COLUMNS) " ORDER BY id"
#define ANSWER_OF                                                                                            \
  CR_SELECT ("duplicate_answer", DUPLICATE_ANSWER_COLUMNS)                                                   \
  " WHERE patient_id = $1 AND other_patient_id = "                                                           \
  "$2"
#define MERGES                                                                                               \
  CR_SELECT ("patient_merge", PATIENT_MERGE_COLUMNS)                                                         \
  " WHERE merged_at >= $1 ORDER BY merged_at DESC, id "                                                      \
  "DESC"
#define MERGE_OF_GONE                                                                                        \
  CR_SELECT ("patient_merge", PATIENT_MERGE_COLUMNS)                                                         \
  " WHERE gone_id = $1 AND undone_at IS NULL ORDER BY merged_at DESC LIMIT 1"
#define ITEMS_OF CR_SELECT ("merge_item", MERGE_ITEM_COLUMNS) " WHERE merge_id = $1 ORDER BY id"

const CrTable CR_DUPLICATE_ANSWER_TABLE = {
  CR_TABLE (CR_DUPLICATE_ANSWER, "duplicate_answer", DUPLICATE_ANSWER_COLUMNS, CR_PARAMS_6),
  .word = N_ ("answer about a duplicate"),
  .free = (GDestroyNotify)cr_duplicate_answer_free,
  .patient = G_STRUCT_OFFSET (CrDuplicateAnswer, patient_id),
};

const CrTable CR_PATIENT_MERGE_TABLE = {
  CR_TABLE (CR_PATIENT_MERGE, "patient_merge", PATIENT_MERGE_COLUMNS, CR_PARAMS_8),
  .word = N_ ("merge of two charts"),
  .free = (GDestroyNotify)cr_patient_merge_free,
  .patient = G_STRUCT_OFFSET (CrPatientMerge, kept_id),
};

const CrTable CR_MERGE_ITEM_TABLE = {
  CR_TABLE (CR_MERGE_ITEM, "merge_item", MERGE_ITEM_COLUMNS, CR_PARAMS_6),
  .word = N_ ("change by a merge"),
  .free = (GDestroyNotify)cr_merge_item_free,
};

GPtrArray *
cr_duplicate_answers (CrTx *tx, GError **error)
{
  return cr_list_all (tx, &CR_DUPLICATE_ANSWER_TABLE, ANSWERS, error);
}

CrDuplicateAnswer *
cr_duplicate_answer_of (CrTx *tx, CrId a, CrId b, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, ANSWER_OF, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, MIN (a, b));
  cr_stmt_bind_int (stmt, 2, MAX (a, b));
  return cr_table_first (&CR_DUPLICATE_ANSWER_TABLE, stmt, error);
}

GPtrArray *
cr_patient_merges (CrTx *tx, CrInstant since, GError **error)
{
  return cr_list_of (tx, &CR_PATIENT_MERGE_TABLE, MERGES, since, error);
}

CrPatientMerge *
cr_patient_merge_of (CrTx *tx, CrId gone, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, MERGE_OF_GONE, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, gone);
  return cr_table_first (&CR_PATIENT_MERGE_TABLE, stmt, error);
}

GPtrArray *
cr_merge_items (CrTx *tx, CrId merge, GError **error)
{
  return cr_list_of (tx, &CR_MERGE_ITEM_TABLE, ITEMS_OF, merge, error);
}
