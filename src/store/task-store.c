/* Tasks. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define TASK_COLUMNS                                                                                         \
  "patient_id, assignee_id, creator_id, kind, title, status, due_on, subject_id, created_at, done_at, "      \
  "snoozed_until, closed_by, note"

#define BY_DUE " ORDER BY due_on IS NULL, due_on, created_at, id"
#define OPEN_TASKS CR_SELECT ("task", TASK_COLUMNS) " WHERE status = 'open'" BY_DUE
#define OPEN_TASKS_OF                                                                                        \
  CR_SELECT ("task", TASK_COLUMNS)                                                                           \
  " WHERE status = 'open' AND (assignee_id = $1 OR assignee_id IS NULL)" BY_DUE

#define CLOSED_TASKS                                                                                         \
  CR_SELECT ("task", TASK_COLUMNS)                                                                           \
  " WHERE status <> 'open' AND done_at >= $1 ORDER BY done_at DESC, id LIMIT $2"

const CrTable CR_TASK_TABLE = {
  CR_TABLE (CR_TASK, "task", TASK_COLUMNS, CR_PARAMS_13),
  .word = N_ ("task"),
  .free = (GDestroyNotify)cr_task_free,
  .patient = G_STRUCT_OFFSET (CrTask, patient_id),
};

GPtrArray *
cr_tasks (CrTx *tx, CrId assignee, GError **error)
{
  if (assignee == CR_ID_NONE)
    return cr_list_all (tx, &CR_TASK_TABLE, OPEN_TASKS, error);
  return cr_list_of (tx, &CR_TASK_TABLE, OPEN_TASKS_OF, assignee, error);
}

GPtrArray *
cr_tasks_closed (CrTx *tx, CrInstant since, gint64 limit, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, CLOSED_TASKS, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, since);
  cr_stmt_bind_int (stmt, 2, limit);
  return cr_table_collect (&CR_TASK_TABLE, stmt, error);
}
