#include "table.h"
#include "chartroom/domain/patient.h"
#include <glib/gi18n.h>
#include <string.h>

const CrTable *const CR_TABLES[] = {
  &CR_PRACTICE_TABLE,
  &CR_PERSON_TABLE,
  &CR_PERSON_KEY_TABLE,
  &CR_ROOM_TABLE,
  &CR_VISIT_TYPE_TABLE,
  &CR_VISIT_TYPE_PERSON_TABLE,
  &CR_VISIT_TYPE_NEED_TABLE,
  &CR_HOURS_TABLE,
  &CR_SCHEDULE_EXCEPTION_TABLE,
  &CR_PREFERENCE_TABLE,
  &CR_CODE_TABLE,
  &CR_CONTACT_TABLE,
  &CR_PATIENT_TABLE,
  &CR_PATIENT_NAME_TABLE,
  &CR_CONTACT_POINT_TABLE,
  &CR_RELATED_PERSON_TABLE,
  &CR_DOCUMENT_TABLE,
  &CR_COVERAGE_TABLE,
  &CR_CONSENT_TABLE,
  &CR_DIRECTIVE_TABLE,
  &CR_SERIES_TABLE,
  &CR_APPOINTMENT_TABLE,
  &CR_ENCOUNTER_TABLE,
  &CR_APPOINTMENT_RESOURCE_TABLE,
  &CR_WAIT_ENTRY_TABLE,
  &CR_CONTACT_ATTEMPT_TABLE,
  &CR_BOOK_STEP_TABLE,
  &CR_DUPLICATE_ANSWER_TABLE,
  &CR_PATIENT_MERGE_TABLE,
  &CR_MERGE_ITEM_TABLE,
  &CR_NOTE_TABLE,
  &CR_ADDENDUM_TABLE,
  &CR_PROBLEM_TABLE,
  &CR_ALLERGY_TABLE,
  &CR_OBSERVATION_TABLE,
  &CR_IMMUNIZATION_TABLE,
  &CR_PROCEDURE_TABLE,
  &CR_FAMILY_HISTORY_TABLE,
  &CR_SOCIAL_HISTORY_TABLE,
  &CR_PRESCRIPTION_TABLE,
  &CR_MEDICATION_TABLE,
  &CR_REFERRAL_TABLE,
  &CR_REFERRAL_EVENT_TABLE,
  &CR_PACKET_TABLE,
  &CR_TASK_TABLE,
  &CR_BACKUP_TARGET_TABLE,
  &CR_BACKUP_TABLE,
  NULL,
};

static void
bind_integer (CrStmt *stmt, int n, gint64 value, gint64 absent)
{
  if (value == absent)
    cr_stmt_bind_null (stmt, n);
  else
    cr_stmt_bind_int (stmt, n, value);
}

static void
bind_date (CrStmt *stmt, int n, const CrDate *date)
{
  g_autofree char *iso = cr_date_is_set (*date) ? cr_date_to_iso (*date) : NULL;
  cr_stmt_bind_text (stmt, n, iso);
}

static void
bind_decimal (CrStmt *stmt, int n, const CrDecimal *decimal)
{
  g_autofree char *text = decimal->set ? cr_decimal_to_text (*decimal) : NULL;
  cr_stmt_bind_text (stmt, n, text);
}

/* NULL for a value without a code: the column's NOT NULL refuses it. */
static const char *
code_of (const CrField *field, int value)
{
  for (int i = 0; field->codes[i] != NULL; i++)
    if (i == value)
      return field->codes[i];
  return NULL;
}

static void
bind_field (const CrField *field, CrStmt *stmt, int n, gconstpointer record)
{
  gconstpointer where = (const char *)record + field->offset;
  switch (field->type) {
  case CR_FIELD_ID:
  case CR_FIELD_INSTANT:
    bind_integer (stmt, n, *(const gint64 *)where, 0);
    return;
  case CR_FIELD_INT:
    bind_integer (stmt, n, *(const gint64 *)where, CR_INT_NONE);
    return;
  case CR_FIELD_BOOL:
    cr_stmt_bind_int (stmt, n, *(const gboolean *)where ? 1 : 0);
    return;
  case CR_FIELD_REAL:
    cr_stmt_bind_real (stmt, n, *(const double *)where);
    return;
  case CR_FIELD_TEXT:
    cr_stmt_bind_text (stmt, n, *(const char *const *)where);
    return;
  case CR_FIELD_DATE:
    bind_date (stmt, n, where);
    return;
  case CR_FIELD_DECIMAL:
    bind_decimal (stmt, n, where);
    return;
  case CR_FIELD_ENUM:
    cr_stmt_bind_text (stmt, n, code_of (field, *(const int *)where));
    return;
  default:
    g_assert_not_reached ();
  }
}

/* The value is there, not NULL.  FALSE when it does not fit the field. */
static gboolean
read_value (const CrField *field, CrStmt *stmt, int column, gpointer where)
{
  switch (field->type) {
  case CR_FIELD_ID:
  case CR_FIELD_INSTANT:
  case CR_FIELD_INT:
    *(gint64 *)where = cr_stmt_int (stmt, column);
    return TRUE;
  case CR_FIELD_BOOL:
    *(gboolean *)where = cr_stmt_int (stmt, column) != 0;
    return TRUE;
  case CR_FIELD_REAL:
    *(double *)where = cr_stmt_real (stmt, column);
    return TRUE;
  case CR_FIELD_TEXT:
    *(char **)where = g_strdup (cr_stmt_text (stmt, column));
    return TRUE;
  case CR_FIELD_DATE:
    return cr_date_from_iso (cr_stmt_text (stmt, column), where);
  case CR_FIELD_DECIMAL:
    return cr_decimal_parse (cr_stmt_text (stmt, column), where);
  case CR_FIELD_ENUM:
    *(int *)where = cr_code_index (field->codes, cr_stmt_text (stmt, column));
    return *(int *)where >= 0;
  default:
    g_assert_not_reached ();
  }
}

static void
set_unreadable (const CrRecordClass *klass, const CrField *field, CrStmt *stmt, GError **error)
{
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("The %s with id %" G_GINT64_FORMAT
                  " cannot be read because its %s holds a value that this program "
                  "does not know. Install the program that wrote it, or a newer one."),
               _ (cr_table_of (klass)->word), cr_stmt_int (stmt, 0), field->name);
}

const CrTable *
cr_table_of (const CrRecordClass *klass)
{
  for (guint i = 0; CR_TABLES[i] != NULL; i++)
    if (CR_TABLES[i]->klass == klass)
      return CR_TABLES[i];
  return NULL;
}

CrId
cr_table_patient (const CrTable *table, gconstpointer record)
{
  if (table->klass == &CR_PATIENT)
    return ((const CrRecord *)record)->id;
  return table->patient == 0 ? CR_ID_NONE : *(const CrId *)((const char *)record + table->patient);
}

void
cr_table_bind (const CrRecordClass *klass, CrStmt *stmt, gconstpointer record)
{
  for (guint i = 0; i < klass->n_fields; i++)
    bind_field (&klass->fields[i], stmt, (int)i + 1, record);
}

gpointer
cr_table_read (const CrRecordClass *klass, CrStmt *stmt, GError **error)
{
  gpointer record = cr_record_new (klass);
  for (guint i = 0; i < klass->n_fields; i++) {
    const CrField *field = &klass->fields[i];
    gpointer where = (char *)record + field->offset;
    if (cr_stmt_is_null (stmt, (int)i) || read_value (field, stmt, (int)i, where))
      continue;
    set_unreadable (klass, field, stmt, error);
    cr_record_free (klass, record);
    return NULL;
  }
  return record;
}

GPtrArray *
cr_table_collect (const CrTable *table, CrStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (table->free);
  for (;;) {
    CrStep step = cr_stmt_step (stmt, error);
    if (step == CR_STEP_DONE)
      break;
    gpointer record = step == CR_STEP_ROW ? cr_table_read (table->klass, stmt, error) : NULL;
    if (record == NULL) {
      cr_stmt_reset (stmt);
      return NULL;
    }
    g_ptr_array_add (records, record);
  }
  cr_stmt_reset (stmt);
  return g_steal_pointer (&records);
}

gpointer
cr_table_first (const CrTable *table, CrStmt *stmt, GError **error)
{
  gpointer record = NULL;
  if (cr_stmt_step (stmt, error) == CR_STEP_ROW)
    record = cr_table_read (table->klass, stmt, error);
  cr_stmt_reset (stmt);
  return record;
}
