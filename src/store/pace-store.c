/* How long visits took: the stamps of those that are over. */
#include "store-private.h"
#include "chartroom/store/desk-stores.h"
#include "list.h"

#define PAST                                                                                                 \
  "SELECT a.person_id, a.visit_type_id, a.minutes, e.with_doctor_at, e.ready_at, e.checked_out_at"           \
  " FROM appointment a JOIN encounter e ON e.appointment_id = a.id"                                          \
  " WHERE a.date >= $1 AND a.date <= $2 AND a.stage = 'checked-out' AND e.with_doctor_at IS NOT NULL"        \
  " ORDER BY a.date DESC, a.start_min DESC, a.id DESC"

gboolean
cr_each_past_visit (CrTx *tx, CrDate from, CrDate to, CrPastVisitFunc func, gpointer data, GError **error)
{
  g_autoptr (CrAppointment) appointment = cr_appointment_new ();
  g_autoptr (CrEncounter) encounter = cr_encounter_new ();
  CrStmt *stmt = cr_tx_prepare (tx, PAST, error);
  CrStep step = CR_STEP_ERROR;
  if (stmt == NULL)
    return FALSE;
  cr_bind_dates (stmt, from, to);
  while ((step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    appointment->person_id = cr_stmt_int (stmt, 0);
    appointment->visit_type_id = cr_stmt_int (stmt, 1);
    appointment->minutes = cr_stmt_int (stmt, 2);
    encounter->with_doctor_at = cr_stmt_int (stmt, 3);
    encounter->ready_at = cr_stmt_int (stmt, 4);
    encounter->checked_out_at = cr_stmt_int (stmt, 5);
    func (appointment, encounter, data);
  }
  cr_stmt_reset (stmt);
  return step == CR_STEP_DONE;
}
