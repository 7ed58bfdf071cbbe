/* Calls, letters and cards; the phone log. */
#include "store-private.h"
#include "chartroom/store/desk-stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define CONTACT_ATTEMPT_COLUMNS                                                                              \
  "patient_id, appointment_id, kind, purpose, due_on, at, person_id, caller, outcome, note"

#define ATTEMPTS CR_SELECT ("contact_attempt", CONTACT_ATTEMPT_COLUMNS)
#define OF_PATIENT ATTEMPTS " WHERE patient_id = $1 ORDER BY at IS NOT NULL, at DESC, due_on, id"
#define FOR_DAYS                                                                                             \
  ATTEMPTS " WHERE appointment_id IN (SELECT a.id FROM appointment a WHERE a.date >= $1 AND a.date <= $2)"   \
           " ORDER BY at IS NULL, at, due_on, id"
#define MADE ATTEMPTS " WHERE at >= $1 AND at < $2 ORDER BY at, id"
#define DUE ATTEMPTS " WHERE at IS NULL AND due_on <= $1 ORDER BY due_on, id"

const CrTable CR_CONTACT_ATTEMPT_TABLE = {
  CR_TABLE (CR_CONTACT_ATTEMPT, "contact_attempt", CONTACT_ATTEMPT_COLUMNS, CR_PARAMS_10),
  .word = N_ ("call or letter"),
  .free = (GDestroyNotify)cr_contact_attempt_free,
  .patient = G_STRUCT_OFFSET (CrContactAttempt, patient_id),
};

GPtrArray *
cr_contact_attempts (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_CONTACT_ATTEMPT_TABLE, OF_PATIENT, patient, error);
}

GPtrArray *
cr_contact_attempts_for_days (CrTx *tx, CrDate from, CrDate to, GError **error)
{
  return cr_list_between (tx, &CR_CONTACT_ATTEMPT_TABLE, FOR_DAYS, from, to, error);
}

GPtrArray *
cr_contact_attempts_made (CrTx *tx, CrInstant from, CrInstant until, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, MADE, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, from);
  cr_stmt_bind_int (stmt, 2, until);
  return cr_table_collect (&CR_CONTACT_ATTEMPT_TABLE, stmt, error);
}

GPtrArray *
cr_contact_attempts_due (CrTx *tx, CrDate by, GError **error)
{
  g_autofree char *day = cr_date_to_iso (by);
  return cr_list_coded (tx, &CR_CONTACT_ATTEMPT_TABLE, DUE, day, error);
}
