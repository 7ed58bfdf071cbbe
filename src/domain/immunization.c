#include "chartroom/domain/clinical-records.h"
#include "fields.h"

static const CrField IMMUNIZATION_FIELDS[] = {
  CR_FIELDS_HEAD (CrImmunization),
  CR_FIELD (CrImmunization, ID, patient_id),
  CR_FIELD (CrImmunization, ID, encounter_id),
  CR_FIELD (CrImmunization, TEXT, code),
  CR_FIELD (CrImmunization, TEXT, display),
  CR_FIELD (CrImmunization, DATE, given_on),
  CR_FIELD (CrImmunization, TEXT, status),
  CR_FIELD (CrImmunization, TEXT, lot),
  CR_FIELD (CrImmunization, TEXT, site),
  CR_FIELD (CrImmunization, TEXT, note),
  CR_FIELD (CrImmunization, ID, recorded_by),
  CR_FIELD (CrImmunization, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_IMMUNIZATION, CrImmunization, "immunization", IMMUNIZATION_FIELDS, TRUE)
