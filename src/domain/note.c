#include "chartroom/domain/encounter.h"
#include "fields.h"

const char *const CR_NOTE_STATUS_CODES[] = { "draft", "signed", "entered-in-error", "imported", NULL };

static const CrField NOTE_FIELDS[] = {
  CR_FIELDS_HEAD (CrNote),
  CR_FIELD (CrNote, ID, patient_id),
  CR_FIELD (CrNote, ID, encounter_id),
  CR_FIELD (CrNote, ID, author_id),
  CR_FIELD (CrNote, TEXT, title),
  CR_FIELD_CODED (CrNote, status, CR_NOTE_STATUS_CODES),
  CR_FIELD (CrNote, DATE, date),
  CR_FIELD (CrNote, TEXT, reason),
  CR_FIELD (CrNote, TEXT, subjective),
  CR_FIELD (CrNote, TEXT, objective),
  CR_FIELD (CrNote, TEXT, assessment_plan),
  CR_FIELD (CrNote, INSTANT, saved_at),
  CR_FIELD (CrNote, INSTANT, signed_at),
  CR_FIELD (CrNote, TEXT, signed_name),
  CR_FIELD (CrNote, TEXT, hash),
  CR_FIELD (CrNote, TEXT, signature),
  CR_FIELD (CrNote, TEXT, public_key),
  CR_FIELD (CrNote, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_NOTE, CrNote, "note", NOTE_FIELDS, TRUE)

static const CrField ADDENDUM_FIELDS[] = {
  CR_FIELDS_HEAD (CrAddendum),
  CR_FIELD (CrAddendum, ID, patient_id),
  CR_FIELD (CrAddendum, ID, note_id),
  CR_FIELD (CrAddendum, ID, author_id),
  CR_FIELD_CODED (CrAddendum, status, CR_NOTE_STATUS_CODES),
  CR_FIELD (CrAddendum, TEXT, text),
  CR_FIELD (CrAddendum, INSTANT, saved_at),
  CR_FIELD (CrAddendum, INSTANT, signed_at),
  CR_FIELD (CrAddendum, TEXT, signed_name),
  CR_FIELD (CrAddendum, TEXT, hash),
  CR_FIELD (CrAddendum, TEXT, signature),
  CR_FIELD (CrAddendum, TEXT, public_key),
};
CR_DEFINE_RECORD (CR_ADDENDUM, CrAddendum, "addendum", ADDENDUM_FIELDS, TRUE)
