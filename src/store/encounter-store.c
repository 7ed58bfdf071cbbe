/* Visits that happened, notes and addenda. */
#include "store-private.h"
#include "chartroom/store/desk-stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define ENCOUNTER_COLUMNS                                                                                    \
  "patient_id, appointment_id, person_id, room_id, kind, status, date, reason, arrived_at, roomed_at, "      \
  "with_doctor_at, ready_at, checked_out_at, place, source_id, return_in, return_unit, return_note, "        \
  "return_handled_at, return_handled_how, handed"

#define NOTE_COLUMNS                                                                                         \
  "patient_id, encounter_id, author_id, title, status, date, reason, subjective, objective, "                \
  "assessment_plan, vitals, saved_at, signed_at, signed_name, hash, signature, public_key, source_id"

#define ADDENDUM_COLUMNS                                                                                     \
  "patient_id, note_id, author_id, status, text, saved_at, signed_at, signed_name, hash, signature, "        \
  "public_key"

#define OF_APPOINTMENT CR_SELECT ("encounter", ENCOUNTER_COLUMNS) " WHERE appointment_id = $1"
#define ENCOUNTERS                                                                                           \
  CR_SELECT ("encounter", ENCOUNTER_COLUMNS)                                                                 \
  CR_OF_PERSON " ORDER BY date IS NULL, date DESC, id DESC"
/* The first condition is the index's own, word for word. */
#define TO_RETURN                                                                                            \
  CR_SELECT ("encounter", ENCOUNTER_COLUMNS)                                                                 \
  " WHERE return_in IS NOT NULL AND return_handled_at IS NULL AND date >= $1 AND date <= $2 ORDER BY date, " \
  "id"
#define NOTES CR_SELECT ("note", NOTE_COLUMNS) CR_OF_PERSON " ORDER BY date IS NULL, date DESC, id DESC"
#define ADDENDA CR_SELECT ("addendum", ADDENDUM_COLUMNS) CR_OF_PERSON " ORDER BY id"
#define DRAFTS " WHERE status = 'draft' ORDER BY author_id, id"
#define DRAFTS_OF " WHERE status = 'draft' AND author_id = $1 ORDER BY id"
#define UNSIGNED_NOTES CR_SELECT ("note", NOTE_COLUMNS) DRAFTS
#define UNSIGNED_NOTES_OF CR_SELECT ("note", NOTE_COLUMNS) DRAFTS_OF
#define UNSIGNED_ADDENDA CR_SELECT ("addendum", ADDENDUM_COLUMNS) DRAFTS
#define UNSIGNED_ADDENDA_OF CR_SELECT ("addendum", ADDENDUM_COLUMNS) DRAFTS_OF

const CrTable CR_ENCOUNTER_TABLE = {
  CR_TABLE (CR_ENCOUNTER, "encounter", ENCOUNTER_COLUMNS, CR_PARAMS_21),
  .word = N_ ("visit"),
  .free = (GDestroyNotify)cr_encounter_free,
  .patient = G_STRUCT_OFFSET (CrEncounter, patient_id),
  .by_source = CR_BY_SOURCE ("encounter"),
};

const CrTable CR_NOTE_TABLE = {
  CR_TABLE (CR_NOTE, "note", NOTE_COLUMNS, CR_PARAMS_18),
  .word = N_ ("note"),
  .free = (GDestroyNotify)cr_note_free,
  .patient = G_STRUCT_OFFSET (CrNote, patient_id),
  .by_source = CR_BY_SOURCE ("note"),
};

const CrTable CR_ADDENDUM_TABLE = {
  CR_TABLE (CR_ADDENDUM, "addendum", ADDENDUM_COLUMNS, CR_PARAMS_11),
  .word = N_ ("addendum"),
  .free = (GDestroyNotify)cr_addendum_free,
  .patient = G_STRUCT_OFFSET (CrAddendum, patient_id),
};

CrEncounter *
cr_encounter_for_appointment (CrTx *tx, CrId appointment, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, OF_APPOINTMENT, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, appointment);
  return cr_table_first (&CR_ENCOUNTER_TABLE, stmt, error);
}

GPtrArray *
cr_encounters (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_ENCOUNTER_TABLE, ENCOUNTERS, patient, error);
}

GPtrArray *
cr_encounters_to_return (CrTx *tx, CrDate from, CrDate to, GError **error)
{
  return cr_list_between (tx, &CR_ENCOUNTER_TABLE, TO_RETURN, from, to, error);
}

GPtrArray *
cr_notes (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_NOTE_TABLE, NOTES, patient, error);
}

GPtrArray *
cr_addenda (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_ADDENDUM_TABLE, ADDENDA, patient, error);
}

GPtrArray *
cr_notes_unsigned (CrTx *tx, CrId author, GError **error)
{
  if (author == CR_ID_NONE)
    return cr_list_all (tx, &CR_NOTE_TABLE, UNSIGNED_NOTES, error);
  return cr_list_of (tx, &CR_NOTE_TABLE, UNSIGNED_NOTES_OF, author, error);
}

GPtrArray *
cr_addenda_unsigned (CrTx *tx, CrId author, GError **error)
{
  if (author == CR_ID_NONE)
    return cr_list_all (tx, &CR_ADDENDUM_TABLE, UNSIGNED_ADDENDA, error);
  return cr_list_of (tx, &CR_ADDENDUM_TABLE, UNSIGNED_ADDENDA_OF, author, error);
}
