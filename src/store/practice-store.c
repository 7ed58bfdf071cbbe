/* The practice, its rooms, visit types, hours, exceptions, preferences and codes. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define PRACTICE_COLUMNS                                                                                     \
  "name, address, city, state, zip, phone, fax, back_line, npi, tax_id, zone, date_style, idle_minutes, "    \
  "forget_minutes, late_minutes, demo, content_reviewed_on, content_reviewed_by, arrived_limit, "            \
  "roomed_limit, units, hour_style, logo_id"

#define ROOM_COLUMNS "name, position, active, kind"

#define VISIT_TYPE_COLUMNS "code, name, minutes, position, active, colour, pattern, latest_min, early_minutes"

#define HOURS_COLUMNS "person_id, weekday, start_min, end_min, valid_from, valid_to, every_weeks, phase_on"

#define SCHEDULE_EXCEPTION_COLUMNS "person_id, date, kind, start_min, end_min, reason, until_on, weekdays"

#define PREFERENCE_COLUMNS "person_id, key, value"

#define CODE_COLUMNS "system, code, display, source"

#define THE_PRACTICE CR_SELECT ("practice", PRACTICE_COLUMNS) " ORDER BY id LIMIT 1"
#define ROOMS CR_SELECT ("room", ROOM_COLUMNS) " ORDER BY position IS NULL, position, name"
#define VISIT_TYPES CR_SELECT ("visit_type", VISIT_TYPE_COLUMNS) " ORDER BY position IS NULL, position, name"
#define HOURS_ORDER " ORDER BY person_id, weekday, start_min"
#define ALL_HOURS CR_SELECT ("hours", HOURS_COLUMNS) HOURS_ORDER
#define HOURS_OF CR_SELECT ("hours", HOURS_COLUMNS) " WHERE person_id = $1" HOURS_ORDER
#define EXCEPTIONS                                                                                           \
  CR_SELECT ("schedule_exception", SCHEDULE_EXCEPTION_COLUMNS)                                               \
  " WHERE (date >= $1 AND date <= $2 AND (until_on IS NULL OR until_on >= date))"                            \
  " OR (until_on >= $1 AND date < $1) ORDER BY date, start_min"
/* coalesce: the index is made so, since absent values are never equal to each other. */
#define PREFERENCE_OF                                                                                        \
  CR_SELECT ("preference", PREFERENCE_COLUMNS) " WHERE coalesce (person_id, 0) = $1 AND key = $2"

const CrTable CR_PRACTICE_TABLE = {
  CR_TABLE (CR_PRACTICE, "practice", PRACTICE_COLUMNS, CR_PARAMS_23),
  .word = N_ ("practice"),
  .free = (GDestroyNotify)cr_practice_free,
};

const CrTable CR_ROOM_TABLE = {
  CR_TABLE (CR_ROOM, "room", ROOM_COLUMNS, CR_PARAMS_4),
  .word = N_ ("room"),
  .free = (GDestroyNotify)cr_room_free,
};

const CrTable CR_VISIT_TYPE_TABLE = {
  CR_TABLE (CR_VISIT_TYPE, "visit_type", VISIT_TYPE_COLUMNS, CR_PARAMS_9),
  .word = N_ ("visit type"),
  .free = (GDestroyNotify)cr_visit_type_free,
};

const CrTable CR_HOURS_TABLE = {
  CR_TABLE (CR_HOURS, "hours", HOURS_COLUMNS, CR_PARAMS_8),
  .word = N_ ("working hours entry"),
  .free = (GDestroyNotify)cr_hours_free,
};

const CrTable CR_SCHEDULE_EXCEPTION_TABLE = {
  CR_TABLE (CR_SCHEDULE_EXCEPTION, "schedule_exception", SCHEDULE_EXCEPTION_COLUMNS, CR_PARAMS_8),
  .word = N_ ("schedule exception"),
  .free = (GDestroyNotify)cr_schedule_exception_free,
};

const CrTable CR_PREFERENCE_TABLE = {
  CR_TABLE (CR_PREFERENCE, "preference", PREFERENCE_COLUMNS, CR_PARAMS_3),
  .word = N_ ("preference"),
  .free = (GDestroyNotify)cr_preference_free,
};

const CrTable CR_CODE_TABLE = {
  CR_TABLE (CR_CODE, "code", CODE_COLUMNS, CR_PARAMS_4),
  .word = N_ ("code"),
  .free = (GDestroyNotify)cr_code_free,
};

/* NULL without error when it is not set. */
static CrPreference *
load_preference (CrTx *tx, CrId person_id, const char *key, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, PREFERENCE_OF, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, person_id);
  cr_stmt_bind_text (stmt, 2, key);
  return cr_table_first (&CR_PREFERENCE_TABLE, stmt, error);
}

CrPractice *
cr_practice_load (CrTx *tx, GError **error)
{
  g_autoptr (GError) failure = NULL;
  CrStmt *stmt = cr_tx_prepare (tx, THE_PRACTICE, &failure);
  CrPractice *practice = stmt == NULL ? NULL : cr_table_first (&CR_PRACTICE_TABLE, stmt, &failure);
  if (practice == NULL && failure == NULL)
    g_set_error (
        &failure, CR_ERROR, CR_ERROR_NOT_A_PRACTICE,
        _ ("The folder %s holds a database without a practice in it. Its set-up was interrupted; make the "
           "practice again in a new folder."),
        tx->store->folder);
  if (practice == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return practice;
}

GPtrArray *
cr_room_list (CrTx *tx, GError **error)
{
  return cr_list_all (tx, &CR_ROOM_TABLE, ROOMS, error);
}

GPtrArray *
cr_visit_type_list (CrTx *tx, GError **error)
{
  return cr_list_all (tx, &CR_VISIT_TYPE_TABLE, VISIT_TYPES, error);
}

GPtrArray *
cr_hours_list (CrTx *tx, CrId person_id, GError **error)
{
  if (person_id == CR_ID_NONE)
    return cr_list_all (tx, &CR_HOURS_TABLE, ALL_HOURS, error);
  return cr_list_of (tx, &CR_HOURS_TABLE, HOURS_OF, person_id, error);
}

GPtrArray *
cr_schedule_exception_list (CrTx *tx, CrDate from, CrDate to, GError **error)
{
  return cr_list_between (tx, &CR_SCHEDULE_EXCEPTION_TABLE, EXCEPTIONS, from, to, error);
}

char *
cr_preference_get (CrTx *tx, CrId person_id, const char *key, GError **error)
{
  g_autoptr (CrPreference) preference = load_preference (tx, person_id, key, error);
  return preference == NULL ? NULL : g_strdup (preference->value);
}

gboolean
cr_preference_set (CrTx *tx, CrId person_id, const char *key, const char *value, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrPreference) preference = load_preference (tx, person_id, key, &failure);
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if (preference == NULL) {
    preference = cr_preference_new ();
    preference->person_id = person_id;
    preference->key = g_strdup (key);
  }
  g_free (preference->value);
  preference->value = g_strdup (value);
  return cr_tx_save (tx, &CR_PREFERENCE, preference, error);
}
