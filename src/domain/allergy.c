#include "chartroom/domain/clinical-records.h"
#include "fields.h"

const char *const CR_ALLERGY_STATE_CODES[] = { "active", "resolved", "refuted", "entered-in-error", NULL };

static const CrField ALLERGY_FIELDS[] = {
  CR_FIELDS_HEAD (CrAllergy),
  CR_FIELD (CrAllergy, ID, patient_id),
  CR_FIELD (CrAllergy, TEXT, substance),
  CR_FIELD (CrAllergy, TEXT, code),
  CR_FIELD (CrAllergy, TEXT, category),
  CR_FIELD (CrAllergy, TEXT, type),
  CR_FIELD (CrAllergy, TEXT, reactions),
  CR_FIELD (CrAllergy, TEXT, severity),
  CR_FIELD (CrAllergy, TEXT, criticality),
  CR_FIELD (CrAllergy, TEXT, certainty),
  CR_FIELD (CrAllergy, TEXT, source),
  CR_FIELD_CODED (CrAllergy, state, CR_ALLERGY_STATE_CODES),
  CR_FIELD (CrAllergy, DATE, onset),
  CR_FIELD (CrAllergy, ID, recorded_by),
  CR_FIELD (CrAllergy, INSTANT, recorded_at),
  CR_FIELD (CrAllergy, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_ALLERGY, CrAllergy, "allergy", ALLERGY_FIELDS, TRUE)
