/* Vital signs, laboratory results and other measurements. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define OBSERVATION_COLUMNS                                                                                  \
  "patient_id, encounter_id, panel_id, panel, kind, code, display, value, comparator, unit, number, "        \
  "range, flag, status, taken_at, recorded_by, reviewed_at, reviewed_by, method, performer, kept, "          \
  "source_id"

#define NEWEST_FIRST " ORDER BY taken_at DESC, id DESC"
#define OF_PATIENT                                                                                           \
  CR_SELECT ("observation", OBSERVATION_COLUMNS)                                                             \
  CR_OF_PERSON " AND ($2 IS NULL OR kind = $2) AND ($3 = 0 OR taken_at >= $3)" NEWEST_FIRST
#define LAST                                                                                                 \
  CR_SELECT ("observation", OBSERVATION_COLUMNS)                                                             \
  CR_OF_PERSON " AND code = $2 AND status NOT IN ('cancelled', 'entered-in-error')" NEWEST_FIRST " LIMIT $3"
#define UNREVIEWED                                                                                           \
  CR_SELECT ("observation", OBSERVATION_COLUMNS)                                                             \
  " WHERE kind = 'laboratory' AND reviewed_at IS NULL AND status NOT IN ('cancelled', "                      \
  "'entered-in-error')" NEWEST_FIRST " LIMIT $1"

const CrTable CR_OBSERVATION_TABLE = {
  CR_TABLE (CR_OBSERVATION, "observation", OBSERVATION_COLUMNS, CR_PARAMS_22),
  .word = N_ ("result"),
  .free = (GDestroyNotify)cr_observation_free,
  .patient = G_STRUCT_OFFSET (CrObservation, patient_id),
  .by_source = CR_BY_SOURCE ("observation"),
};

static gboolean
append_last (CrTx *tx, GPtrArray *found, CrId patient, const char *code, int n, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, LAST, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, patient);
  cr_stmt_bind_text (stmt, 2, code);
  cr_stmt_bind_int (stmt, 3, n);
  g_autoptr (GPtrArray) some = cr_table_collect (&CR_OBSERVATION_TABLE, stmt, error);
  if (some == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (found, g_steal_pointer (&some));
  return TRUE;
}

GPtrArray *
cr_observations (CrTx *tx, CrId patient, int kind, CrInstant since, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, OF_PATIENT, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, patient);
  cr_stmt_bind_text (stmt, 2, kind < 0 ? NULL : CR_OBS_KIND_CODES[kind]);
  cr_stmt_bind_int (stmt, 3, since);
  return cr_table_collect (&CR_OBSERVATION_TABLE, stmt, error);
}

GPtrArray *
cr_observations_last (CrTx *tx, CrId patient, const char *const *codes, int n, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (CR_OBSERVATION_TABLE.free);
  for (guint i = 0; codes[i] != NULL; i++)
    if (!append_last (tx, found, patient, codes[i], n, error))
      return NULL;
  return g_steal_pointer (&found);
}

GPtrArray *
cr_observations_unreviewed (CrTx *tx, gint64 limit, GError **error)
{
  return cr_list_of (tx, &CR_OBSERVATION_TABLE, UNREVIEWED, limit, error);
}
