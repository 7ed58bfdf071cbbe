/* What the book keeps beside its appointments, and the steps that changed it. */
#include "store-private.h"
#include "chartroom/store/desk-stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define VISIT_TYPE_PERSON_COLUMNS "visit_type_id, person_id, active"
#define VISIT_TYPE_NEED_COLUMNS "visit_type_id, room_id, choice, active"
#define APPOINTMENT_RESOURCE_COLUMNS "appointment_id, room_id, active"

#define SERIES_COLUMNS                                                                                       \
  "patient_id, person_id, room_id, visit_type_id, start_min, minutes, reason, rule, every, weekdays, "       \
  "month_day, nth, weekday, start_on, until_on, count, follows_id, created_at, created_by"

#define WAIT_ENTRY_COLUMNS                                                                                   \
  "patient_id, person_id, visit_type_id, minutes, weekdays, earliest_min, latest_min, earliest_on, "         \
  "latest_on, notice_hours, priority, interim_appointment_id, reason, status, added_at, added_by, "          \
  "appointment_id, closed_at, closed_by, closed_how"

#define BOOK_STEP_COLUMNS "person_id, date, made_at, label, first_entry, last_entry, undone_at, undone_by"

#define TYPE_PERSONS                                                                                         \
  CR_SELECT ("visit_type_person", VISIT_TYPE_PERSON_COLUMNS) " WHERE active = 1 ORDER BY visit_type_id, id"
#define TYPE_NEEDS                                                                                           \
  CR_SELECT ("visit_type_need", VISIT_TYPE_NEED_COLUMNS) " WHERE active = 1 ORDER BY visit_type_id, id"
#define RESOURCES_BETWEEN                                                                                    \
  CR_SELECT ("appointment_resource", APPOINTMENT_RESOURCE_COLUMNS)                                           \
  " WHERE active = 1 AND appointment_id IN (SELECT a.id FROM appointment a WHERE a.date >= $1 AND a.date "   \
  "<= $2) ORDER BY appointment_id, id"
#define RESOURCES_OF                                                                                         \
  CR_SELECT ("appointment_resource", APPOINTMENT_RESOURCE_COLUMNS)                                           \
  " WHERE active = 1 AND appointment_id = $1 ORDER BY id"
#define RESOURCES_EVER                                                                                       \
  CR_SELECT ("appointment_resource", APPOINTMENT_RESOURCE_COLUMNS) " WHERE appointment_id = $1 ORDER BY id"
#define SERIES_OF CR_SELECT ("series", SERIES_COLUMNS) " WHERE patient_id = $1 ORDER BY start_on DESC, id"
/* The condition is the index's own, word for word. */
#define WAITING                                                                                              \
  CR_SELECT ("wait_entry", WAIT_ENTRY_COLUMNS)                                                               \
  " WHERE status = 'waitlist' ORDER BY priority IS NULL, priority, added_at, id"
#define WAIT_CLOSED                                                                                          \
  CR_SELECT ("wait_entry", WAIT_ENTRY_COLUMNS)                                                               \
  " WHERE status <> 'waitlist' AND closed_at >= $1 ORDER BY closed_at DESC, id"
#define WAIT_ENTRIES_OF                                                                                      \
  CR_SELECT ("wait_entry", WAIT_ENTRY_COLUMNS) " WHERE patient_id = $1 ORDER BY added_at DESC, id"
#define STEPS_OF_DAY CR_SELECT ("book_step", BOOK_STEP_COLUMNS) " WHERE date = $1 ORDER BY made_at, id"
#define NEWEST_STAMPS                                                                                        \
  "SELECT COALESCE (MAX (made_at), 0), COALESCE (MAX (undone_at), 0) FROM book_step"                         \
  " WHERE date = $1 AND person_id = $2"

const CrTable CR_VISIT_TYPE_PERSON_TABLE = {
  CR_TABLE (CR_VISIT_TYPE_PERSON, "visit_type_person", VISIT_TYPE_PERSON_COLUMNS, CR_PARAMS_3),
  .word = N_ ("person for a visit type"),
  .free = (GDestroyNotify)cr_visit_type_person_free,
};

const CrTable CR_VISIT_TYPE_NEED_TABLE = {
  CR_TABLE (CR_VISIT_TYPE_NEED, "visit_type_need", VISIT_TYPE_NEED_COLUMNS, CR_PARAMS_4),
  .word = N_ ("need of a visit type"),
  .free = (GDestroyNotify)cr_visit_type_need_free,
};

const CrTable CR_APPOINTMENT_RESOURCE_TABLE = {
  CR_TABLE (CR_APPOINTMENT_RESOURCE, "appointment_resource", APPOINTMENT_RESOURCE_COLUMNS, CR_PARAMS_3),
  .word = N_ ("room or equipment of an appointment"),
  .free = (GDestroyNotify)cr_appointment_resource_free,
};

const CrTable CR_SERIES_TABLE = {
  CR_TABLE (CR_SERIES, "series", SERIES_COLUMNS, CR_PARAMS_19),
  .word = N_ ("series"),
  .free = (GDestroyNotify)cr_series_free,
  .patient = G_STRUCT_OFFSET (CrSeries, patient_id),
};

const CrTable CR_WAIT_ENTRY_TABLE = {
  CR_TABLE (CR_WAIT_ENTRY, "wait_entry", WAIT_ENTRY_COLUMNS, CR_PARAMS_20),
  .word = N_ ("wait-list entry"),
  .free = (GDestroyNotify)cr_wait_entry_free,
  .patient = G_STRUCT_OFFSET (CrWaitEntry, patient_id),
};

const CrTable CR_BOOK_STEP_TABLE = {
  CR_TABLE (CR_BOOK_STEP, "book_step", BOOK_STEP_COLUMNS, CR_PARAMS_8),
  .word = N_ ("step of the book"),
  .free = (GDestroyNotify)cr_book_step_free,
};

GPtrArray *
cr_visit_type_persons_of (CrTx *tx, CrId type, GError **error)
{
  return cr_list_of (tx, &CR_VISIT_TYPE_PERSON_TABLE,
                     CR_SELECT ("visit_type_person", VISIT_TYPE_PERSON_COLUMNS) " WHERE visit_type_id = $1",
                     type, error);
}

GPtrArray *
cr_visit_type_needs_of (CrTx *tx, CrId type, GError **error)
{
  return cr_list_of (tx, &CR_VISIT_TYPE_NEED_TABLE,
                     CR_SELECT ("visit_type_need", VISIT_TYPE_NEED_COLUMNS) " WHERE visit_type_id = $1", type,
                     error);
}

GPtrArray *
cr_visit_type_persons (CrTx *tx, GError **error)
{
  return cr_list_all (tx, &CR_VISIT_TYPE_PERSON_TABLE, TYPE_PERSONS, error);
}

GPtrArray *
cr_visit_type_needs (CrTx *tx, GError **error)
{
  return cr_list_all (tx, &CR_VISIT_TYPE_NEED_TABLE, TYPE_NEEDS, error);
}

GPtrArray *
cr_appointment_resources_between (CrTx *tx, CrDate from, CrDate to, GError **error)
{
  return cr_list_between (tx, &CR_APPOINTMENT_RESOURCE_TABLE, RESOURCES_BETWEEN, from, to, error);
}

GPtrArray *
cr_appointment_resources (CrTx *tx, CrId appointment, GError **error)
{
  return cr_list_of (tx, &CR_APPOINTMENT_RESOURCE_TABLE, RESOURCES_OF, appointment, error);
}

GPtrArray *
cr_appointment_resources_ever (CrTx *tx, CrId appointment, GError **error)
{
  return cr_list_of (tx, &CR_APPOINTMENT_RESOURCE_TABLE, RESOURCES_EVER, appointment, error);
}

GPtrArray *
cr_series_list (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_SERIES_TABLE, SERIES_OF, patient, error);
}

GPtrArray *
cr_wait_entries_open (CrTx *tx, GError **error)
{
  return cr_list_all (tx, &CR_WAIT_ENTRY_TABLE, WAITING, error);
}

GPtrArray *
cr_wait_entries_closed (CrTx *tx, CrInstant since, GError **error)
{
  return cr_list_of (tx, &CR_WAIT_ENTRY_TABLE, WAIT_CLOSED, since, error);
}

GPtrArray *
cr_wait_entries (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_WAIT_ENTRY_TABLE, WAIT_ENTRIES_OF, patient, error);
}

GPtrArray *
cr_book_steps (CrTx *tx, CrDate date, GError **error)
{
  g_autofree char *day = cr_date_to_iso (date);
  return cr_list_coded (tx, &CR_BOOK_STEP_TABLE, STEPS_OF_DAY, day, error);
}

gboolean
cr_book_step_newest (CrTx *tx, CrDate date, CrId person, CrInstant *newest, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, NEWEST_STAMPS, error);
  if (stmt == NULL)
    return FALSE;
  g_autofree char *day = cr_date_to_iso (date);
  cr_stmt_bind_text (stmt, 1, day);
  cr_stmt_bind_int (stmt, 2, person);
  CrStep step = cr_stmt_step (stmt, error);
  if (step == CR_STEP_ROW)
    *newest = MAX (cr_stmt_int (stmt, 0), cr_stmt_int (stmt, 1));
  cr_stmt_reset (stmt);
  return step == CR_STEP_ROW;
}
