#include "chartroom/domain/clinical-records.h"
#include "fields.h"

const char *const CR_OBS_KIND_CODES[] = { "vital-signs", "laboratory", "survey", "other", NULL };
const char *const CR_OBS_STATUS_CODES[] = { "preliminary",      "final", "corrected", "cancelled",
                                            "entered-in-error", NULL };

static const CrField OBSERVATION_FIELDS[] = {
  CR_FIELDS_HEAD (CrObservation),
  CR_FIELD (CrObservation, ID, patient_id),
  CR_FIELD (CrObservation, ID, encounter_id),
  CR_FIELD (CrObservation, ID, panel_id),
  CR_FIELD (CrObservation, TEXT, panel),
  CR_FIELD_CODED (CrObservation, kind, CR_OBS_KIND_CODES),
  CR_FIELD (CrObservation, TEXT, code),
  CR_FIELD (CrObservation, TEXT, display),
  CR_FIELD (CrObservation, TEXT, value),
  CR_FIELD (CrObservation, TEXT, comparator),
  CR_FIELD (CrObservation, TEXT, unit),
  CR_FIELD (CrObservation, REAL, number),
  CR_FIELD (CrObservation, TEXT, range),
  CR_FIELD (CrObservation, TEXT, flag),
  CR_FIELD_CODED (CrObservation, status, CR_OBS_STATUS_CODES),
  CR_FIELD (CrObservation, INSTANT, taken_at),
  CR_FIELD (CrObservation, ID, recorded_by),
  CR_FIELD (CrObservation, INSTANT, reviewed_at),
  CR_FIELD (CrObservation, ID, reviewed_by),
  CR_FIELD (CrObservation, TEXT, method),
  CR_FIELD (CrObservation, TEXT, performer),
  CR_FIELD (CrObservation, TEXT, kept),
  CR_FIELD (CrObservation, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_OBSERVATION, CrObservation, "observation", OBSERVATION_FIELDS, TRUE)
