/* Charts of one person.  merged_into always names the chart that is kept now, never one that went itself. */
#include "chartroom/store/person-charts.h"
#include "list.h"
#include "store-private.h"

#define KEPT_ID "SELECT coalesce (merged_into, id) FROM patient WHERE id = $1"
#define CHARTS "SELECT id FROM patient WHERE id IN " CR_CHARTS_OF ("$1") " ORDER BY id"

static GArray *
collect_ids (CrTx *tx, const char *sql, CrId patient, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  CrStmt *stmt = cr_tx_prepare (tx, sql, error);
  CrStep step = stmt == NULL ? CR_STEP_ERROR : CR_STEP_ROW;
  if (stmt != NULL)
    cr_stmt_bind_int (stmt, 1, patient);
  while (step == CR_STEP_ROW) {
    step = cr_stmt_step (stmt, error);
    CrId id = step == CR_STEP_ROW ? cr_stmt_int (stmt, 0) : CR_ID_NONE;
    if (step == CR_STEP_ROW)
      g_array_append_val (ids, id);
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return step == CR_STEP_ERROR ? NULL : g_steal_pointer (&ids);
}

CrId
cr_patient_kept_id (CrTx *tx, CrId patient, GError **error)
{
  g_autoptr (GArray) found = collect_ids (tx, KEPT_ID, patient, error);
  if (found == NULL)
    return CR_ID_NONE;
  return found->len > 0 ? g_array_index (found, CrId, 0) : patient; /* loading it says that it is not there */
}

CrPatient *
cr_patient_kept (CrTx *tx, CrId patient, GError **error)
{
  CrId kept = cr_patient_kept_id (tx, patient, error);
  return kept == CR_ID_NONE ? NULL : cr_tx_load (tx, &CR_PATIENT, kept, error);
}

gboolean
cr_patients_are_one (CrTx *tx, CrId a, CrId b, GError **error)
{
  if (a == b)
    return TRUE;
  CrId one = cr_patient_kept_id (tx, a, error);
  CrId two = one == CR_ID_NONE ? CR_ID_NONE : cr_patient_kept_id (tx, b, error);
  return two != CR_ID_NONE && one == two;
}

GArray *
cr_patient_charts (CrTx *tx, CrId patient, GError **error)
{
  return collect_ids (tx, CHARTS, patient, error);
}

gint64
cr_chart_count (CrTx *tx, const CrRecordClass *klass, CrId patient, GError **error)
{
  g_autoptr (GArray) ids = collect_ids (tx, cr_table_of (klass)->of_patient, patient, error);
  return ids == NULL ? -1 : (gint64)ids->len;
}
