/* The book. */
#include "store-private.h"
#include "chartroom/store/desk-stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define APPOINTMENT_COLUMNS                                                                                  \
  "patient_id, person_id, room_id, visit_type_id, series_id, date, start_min, minutes, reason, stage, "      \
  "stage_at, cancel_reason, moves, walk_in, overbooked, booked_at, booked_by, early_minutes, handled_at, "   \
  "handled_how, "                                                                                            \
  "chain_id"

#define OF_DAYS " WHERE date >= $1 AND date <= $2 ORDER BY date, start_min, id"
#define APPOINTMENTS CR_SELECT ("appointment", APPOINTMENT_COLUMNS) OF_DAYS
#define OF_SERIES                                                                                            \
  CR_SELECT ("appointment", APPOINTMENT_COLUMNS) " WHERE series_id = $1 ORDER BY date, start_min, id"
#define OF_CHAIN                                                                                             \
  CR_SELECT ("appointment", APPOINTMENT_COLUMNS) " WHERE chain_id = $1 ORDER BY date, start_min, id"
/* The first condition is the index's own, word for word. */
#define UNHANDLED                                                                                            \
  CR_SELECT ("appointment", APPOINTMENT_COLUMNS)                                                             \
  " WHERE stage IN ('cancelled', 'no-show') AND handled_at IS NULL AND date >= $1 AND date <= $2"            \
  " ORDER BY date, start_min, id"
#define OF_PATIENT                                                                                           \
  CR_SELECT ("appointment", APPOINTMENT_COLUMNS)                                                             \
  CR_OF_PERSON " ORDER BY date DESC, start_min DESC, id"
/* What a visit shows beside the appointment and the patient, in the order of APPOINTMENTS. */
#define VISITS                                                                                               \
  "SELECT t.code, t.name, r.name, p.family, p.given, p.credentials, p.roles, e.id,"                          \
  " EXISTS (SELECT 1 FROM note n WHERE n.encounter_id = e.id AND n.status = 'draft')"                        \
  " FROM appointment a LEFT JOIN visit_type t ON t.id = a.visit_type_id LEFT JOIN room r ON r.id = "         \
  "a.room_id"                                                                                                \
  " LEFT JOIN person p ON p.id = a.person_id LEFT JOIN encounter e ON e.appointment_id = a.id"               \
  " WHERE a.date >= $1 AND a.date <= $2 ORDER BY a.date, a.start_min, a.id"

const CrTable CR_APPOINTMENT_TABLE = {
  CR_TABLE (CR_APPOINTMENT, "appointment", APPOINTMENT_COLUMNS, CR_PARAMS_21),
  .word = N_ ("appointment"),
  .free = (GDestroyNotify)cr_appointment_free,
  .patient = G_STRUCT_OFFSET (CrAppointment, patient_id),
};

/* "Dr. Okafor", of the columns from `family` on; NULL when nobody is named. */
static char *
read_clinician (CrStmt *stmt, int family)
{
  CrPerson person = {
    .family = (char *)cr_stmt_text (stmt, family),
    .given = (char *)cr_stmt_text (stmt, family + 1),
    .credentials = (char *)cr_stmt_text (stmt, family + 2),
    .roles = cr_stmt_int (stmt, family + 3),
  };
  return cr_stmt_is_null (stmt, family + 3) ? NULL : cr_person_short (&person);
}

static CrVisit *
read_visit (CrStmt *stmt, const CrAppointment *appointment, CrPatient *patient)
{
  CrVisit *visit = g_new0 (CrVisit, 1);
  visit->appointment = cr_appointment_copy (appointment);
  visit->patient = patient;
  visit->type_code = g_strdup (cr_stmt_text (stmt, 0));
  visit->type_name = g_strdup (cr_stmt_text (stmt, 1));
  visit->room_name = g_strdup (cr_stmt_text (stmt, 2));
  visit->clinician = read_clinician (stmt, 3);
  visit->encounter_id = cr_stmt_int (stmt, 7);
  visit->unsigned_note = cr_stmt_int (stmt, 8) != 0;
  return visit;
}

/* The patients of those days, each once, by id; the records are the array's. */
static GHashTable *
index_patients (const GPtrArray *patients)
{
  GHashTable *by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < patients->len; i++)
    g_hash_table_add (by_id, patients->pdata[i]); /* a record starts with its id */
  return by_id;
}

/* One visit per appointment; stmt is VISITS of the same days, as are the patients. */
static GPtrArray *
read_visits (CrStmt *stmt, GPtrArray *appointments, GPtrArray *patients, GError **error)
{
  g_autoptr (GHashTable) by_id = index_patients (patients);
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);
  for (guint i = 0; i < appointments->len; i++) {
    const CrAppointment *appointment = g_ptr_array_index (appointments, i);
    if (cr_stmt_step (stmt, error) != CR_STEP_ROW)
      return NULL;
    const CrPatient *patient = g_hash_table_lookup (by_id, &appointment->patient_id);
    g_return_val_if_fail (patient != NULL, NULL); /* a foreign key */
    g_ptr_array_add (visits, read_visit (stmt, appointment, cr_patient_copy (patient)));
  }
  cr_visits_mark_similar (visits);
  return g_steal_pointer (&visits);
}

GPtrArray *
cr_visit_list (CrTx *tx, CrDate from, CrDate to, GError **error)
{
  g_autoptr (GPtrArray) appointments =
      cr_list_between (tx, &CR_APPOINTMENT_TABLE, APPOINTMENTS, from, to, error);
  g_autoptr (GPtrArray) patients = appointments == NULL ? NULL : cr_patients_of_days (tx, from, to, error);
  CrStmt *stmt = patients == NULL ? NULL : cr_tx_prepare (tx, VISITS, error);
  if (stmt == NULL)
    return NULL;
  cr_bind_dates (stmt, from, to);
  GPtrArray *visits = read_visits (stmt, appointments, patients, error);
  cr_stmt_reset (stmt);
  return visits;
}

GPtrArray *
cr_appointments_between (CrTx *tx, CrDate from, CrDate to, GError **error)
{
  return cr_list_between (tx, &CR_APPOINTMENT_TABLE, APPOINTMENTS, from, to, error);
}

GPtrArray *
cr_appointments_of_day (CrTx *tx, CrDate date, GError **error)
{
  return cr_appointments_between (tx, date, date, error);
}

GPtrArray *
cr_appointments_of_series (CrTx *tx, CrId series, GError **error)
{
  return cr_list_of (tx, &CR_APPOINTMENT_TABLE, OF_SERIES, series, error);
}

GPtrArray *
cr_appointments_of_chain (CrTx *tx, CrId chain, GError **error)
{
  return cr_list_of (tx, &CR_APPOINTMENT_TABLE, OF_CHAIN, chain, error);
}

GPtrArray *
cr_appointments_unhandled (CrTx *tx, CrDate from, CrDate to, GError **error)
{
  return cr_list_between (tx, &CR_APPOINTMENT_TABLE, UNHANDLED, from, to, error);
}

GPtrArray *
cr_appointments_for_patient (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_APPOINTMENT_TABLE, OF_PATIENT, patient, error);
}
