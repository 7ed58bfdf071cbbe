/* What takes time in the book, for the search of free times: many days at once, and only what the rules read.
 */
#include "store-private.h"
#include "chartroom/store/desk-stores.h"
#include "list.h"

/* Found by the index appointment_date, and these columns alone are read of each row: no texts. */
#define HELD                                                                                                 \
  "SELECT id, patient_id, person_id, room_id, visit_type_id, date, start_min, minutes, stage, chain_id"      \
  " FROM appointment WHERE date >= $1 AND date <= $2 ORDER BY date, start_min, id"

#define BOOKED_SINCE                                                                                         \
  "SELECT EXISTS (SELECT 1 FROM appointment WHERE patient_id = $1 AND booked_at > $2"                        \
  " AND stage NOT IN ('cancelled', 'no-show'))"

enum { ID, PATIENT, PERSON, ROOM, TYPE, DATE, START, MINUTES, STAGE, CHAIN };

static int
read_stage (CrStmt *stmt)
{
  const char *code = cr_stmt_text (stmt, STAGE);
  for (int stage = 0; stage < CR_N_STAGES; stage++)
    if (g_strcmp0 (CR_STAGE_CODES[stage], code) == 0)
      return stage;
  return CR_STAGE_CANCELLED;
}

/* Without texts: the record is freed with g_free. */
static CrAppointment *
read_held (CrStmt *stmt, CrDate date, int stage)
{
  CrAppointment *held = g_new0 (CrAppointment, 1);
  held->id = cr_stmt_int (stmt, ID);
  held->patient_id = cr_stmt_int (stmt, PATIENT);
  held->person_id = cr_stmt_int (stmt, PERSON);
  held->room_id = cr_stmt_int (stmt, ROOM);
  held->visit_type_id = cr_stmt_int (stmt, TYPE);
  held->date = date;
  held->start_min = cr_stmt_int (stmt, START);
  held->minutes = cr_stmt_int (stmt, MINUTES);
  held->stage = stage;
  held->chain_id = cr_stmt_int (stmt, CHAIN);
  return held;
}

GPtrArray *
cr_appointments_held (CrTx *tx, CrDate from, CrDate to, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, HELD, error);
  if (stmt == NULL)
    return NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  CrStep step;
  cr_bind_dates (stmt, from, to);
  while ((step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    int stage = read_stage (stmt);
    CrDate date;
    if (cr_stage_holds_slot (stage) && cr_date_from_iso (cr_stmt_text (stmt, DATE), &date))
      g_ptr_array_add (all, read_held (stmt, date, stage));
  }
  cr_stmt_reset (stmt);
  return step == CR_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

gboolean
cr_patient_booked_since (CrTx *tx, CrId patient, CrInstant since, gboolean *booked, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, BOOKED_SINCE, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, patient);
  cr_stmt_bind_int (stmt, 2, since);
  CrStep step = cr_stmt_step (stmt, error);
  *booked = step == CR_STEP_ROW && cr_stmt_int (stmt, 0) != 0;
  cr_stmt_reset (stmt);
  return step == CR_STEP_ROW;
}
