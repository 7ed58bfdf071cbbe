#include "chartroom/domain/clinical-records.h"
#include "fields.h"

static const CrField SOCIAL_HISTORY_FIELDS[] = {
  CR_FIELDS_HEAD (CrSocialHistory),        CR_FIELD (CrSocialHistory, ID, patient_id),
  CR_FIELD (CrSocialHistory, TEXT, topic), CR_FIELD (CrSocialHistory, TEXT, text),
  CR_FIELD (CrSocialHistory, DATE, as_of), CR_FIELD (CrSocialHistory, INSTANT, recorded_at),
};
CR_DEFINE_RECORD (CR_SOCIAL_HISTORY, CrSocialHistory, "social_history", SOCIAL_HISTORY_FIELDS, TRUE)
