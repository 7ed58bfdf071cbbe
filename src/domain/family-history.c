#include "chartroom/domain/clinical-records.h"
#include "fields.h"

static const CrField FAMILY_HISTORY_FIELDS[] = {
  CR_FIELDS_HEAD (CrFamilyHistory),
  CR_FIELD (CrFamilyHistory, ID, patient_id),
  CR_FIELD (CrFamilyHistory, TEXT, relationship),
  CR_FIELD (CrFamilyHistory, TEXT, condition),
  CR_FIELD (CrFamilyHistory, TEXT, code),
  CR_FIELD (CrFamilyHistory, TEXT, note),
  CR_FIELD (CrFamilyHistory, INT, onset_age),
  CR_FIELD (CrFamilyHistory, INSTANT, recorded_at),
};
CR_DEFINE_RECORD (CR_FAMILY_HISTORY, CrFamilyHistory, "family_history", FAMILY_HISTORY_FIELDS, TRUE)
