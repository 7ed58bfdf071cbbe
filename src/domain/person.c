#include "chartroom/domain/person.h"
#include "fields.h"

static const CrField PERSON_FIELDS[] = {
  CR_FIELDS_HEAD (CrPerson),
  CR_FIELD (CrPerson, TEXT, login),
  CR_FIELD (CrPerson, TEXT, family),
  CR_FIELD (CrPerson, TEXT, given),
  CR_FIELD (CrPerson, TEXT, credentials),
  CR_FIELD (CrPerson, INT, roles),
  CR_FIELD (CrPerson, BOOL, schedulable),
  CR_FIELD (CrPerson, TEXT, npi),
  CR_FIELD (CrPerson, TEXT, license),
  CR_FIELD (CrPerson, TEXT, dea),
  CR_FIELD (CrPerson, TEXT, direct_line),
  CR_FIELD (CrPerson, TEXT, public_key),
  CR_FIELD (CrPerson, INT, position),
  CR_FIELD (CrPerson, BOOL, active),
};
CR_DEFINE_RECORD (CR_PERSON, CrPerson, "person", PERSON_FIELDS, FALSE)

static const CrField PERSON_KEY_FIELDS[] = {
  CR_FIELDS_HEAD (CrPersonKey),
  CR_FIELD (CrPersonKey, ID, person_id),
  CR_FIELD (CrPersonKey, TEXT, public_key),
  CR_FIELD_AS (CrPersonKey, INSTANT, from, "valid_from"),
  CR_FIELD_AS (CrPersonKey, INSTANT, until, "valid_until"),
};
CR_DEFINE_RECORD (CR_PERSON_KEY, CrPersonKey, "person_key", PERSON_KEY_FIELDS, FALSE)
