/* How a record class meets its table: the SQL written in each store file, and binding and reading by the
 * field table.  Columns are always in this order: id, version, then the columns of the field table. */
#pragma once
#include "chartroom/domain/record.h"
#include "chartroom/store/db.h"
#include "params.h"

typedef struct {
  const CrRecordClass *klass;
  const char *word; /* for messages: "visit type", to be translated with _() */
  GDestroyNotify free;
  gsize patient;       /* offset of patient_id; 0: the class has none */
  const char *columns; /* without id and version */
  const char *by_id;   /* $1 */
  const char *all;     /* in order of id, each row followed by its newest history entry, `after` */
  const char *insert;  /* $1 id, $2 version, $3… columns */
  const char *update;  /* the same; only where the version before $2 still holds */
  const char *count;
  const char *of_patient; /* rows of the very chart $1, in order of id; only where `patient` is set */
  const char *by_source;  /* id by source_id $1; NULL: the class has none */
} CrTable;

#define CR_SELECT(name, columns) "SELECT id, version, " columns " FROM " name
#define CR_TABLE(class, name, list, params)                                                                  \
  .klass = &class, .columns = list, .by_id = CR_SELECT (name, list) " WHERE id = $1",                        \
  .all = "SELECT id, version, " list ", (SELECT after FROM history WHERE record_id = " name                  \
         ".id ORDER BY version DESC LIMIT 1) FROM " name " ORDER BY id",                                     \
  .insert = "INSERT INTO " name " (id, version, " list ") VALUES ($1, $2, " params ")",                      \
  .update = "UPDATE " name " SET (version, " list ") = ($2, " params ") WHERE id = $1 AND version = $2 - 1", \
  .count = "SELECT count(*) FROM " name,                                                                     \
  .of_patient = CR_SELECT (name, list) " WHERE patient_id = $1 ORDER BY id"
#define CR_BY_SOURCE(name) "SELECT id FROM " name " WHERE source_id = $1"

extern const CrTable CR_PRACTICE_TABLE, CR_PERSON_TABLE, CR_PERSON_KEY_TABLE, CR_ROOM_TABLE,
    CR_VISIT_TYPE_TABLE, CR_HOURS_TABLE, CR_SCHEDULE_EXCEPTION_TABLE, CR_PREFERENCE_TABLE, CR_CONTACT_TABLE,
    CR_CODE_TABLE, CR_PATIENT_TABLE, CR_PATIENT_NAME_TABLE, CR_CONTACT_POINT_TABLE, CR_RELATED_PERSON_TABLE,
    CR_COVERAGE_TABLE, CR_CONSENT_TABLE, CR_DIRECTIVE_TABLE, CR_APPOINTMENT_TABLE, CR_ENCOUNTER_TABLE,
    CR_NOTE_TABLE, CR_ADDENDUM_TABLE, CR_PROBLEM_TABLE, CR_ALLERGY_TABLE, CR_MEDICATION_TABLE,
    CR_PRESCRIPTION_TABLE, CR_OBSERVATION_TABLE, CR_IMMUNIZATION_TABLE, CR_PROCEDURE_TABLE,
    CR_FAMILY_HISTORY_TABLE, CR_SOCIAL_HISTORY_TABLE, CR_DOCUMENT_TABLE, CR_REFERRAL_TABLE,
    CR_REFERRAL_EVENT_TABLE, CR_PACKET_TABLE, CR_TASK_TABLE, CR_BACKUP_TARGET_TABLE, CR_BACKUP_TABLE,
    CR_VISIT_TYPE_PERSON_TABLE, CR_VISIT_TYPE_NEED_TABLE, CR_SERIES_TABLE, CR_APPOINTMENT_RESOURCE_TABLE,
    CR_WAIT_ENTRY_TABLE, CR_CONTACT_ATTEMPT_TABLE, CR_BOOK_STEP_TABLE, CR_DUPLICATE_ANSWER_TABLE,
    CR_PATIENT_MERGE_TABLE, CR_MERGE_ITEM_TABLE;

/* All tables, NULL-terminated, parents before their children. */
extern const CrTable *const CR_TABLES[];
/* NULL for a class without a table. */
const CrTable *cr_table_of (const CrRecordClass *klass);
/* The patient a record belongs to (a patient: itself); CR_ID_NONE for a record of the practice. */
CrId cr_table_patient (const CrTable *table, gconstpointer record);

/* Binds all fields to $1… in the field table's order. */
void cr_table_bind (const CrRecordClass *klass, CrStmt *stmt, gconstpointer record);
/* The record in the present row, its id in the first column.  An unknown code is an error (INVALID). */
gpointer cr_table_read (const CrRecordClass *klass, CrStmt *stmt, GError **error);
/* Steps to the end: array of records, freed with the table's free. */
GPtrArray *cr_table_collect (const CrTable *table, CrStmt *stmt, GError **error);
/* Steps once: the record, or NULL; an error is set only when reading failed. */
gpointer cr_table_first (const CrTable *table, CrStmt *stmt, GError **error);
