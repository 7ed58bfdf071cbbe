#include "chartroom/domain/medication.h"
#include "fields.h"

const char *const CR_MED_STATUS_CODES[] = { "active",  "not-started", "on-hold",          "completed",
                                            "stopped", "reported",    "entered-in-error", NULL };

static const CrField MEDICATION_FIELDS[] = {
  CR_FIELDS_HEAD (CrMedication),
  CR_FIELD (CrMedication, ID, patient_id),
  CR_FIELD (CrMedication, TEXT, drug_code),
  CR_FIELD (CrMedication, TEXT, display),
  CR_FIELD (CrMedication, TEXT, generic),
  CR_FIELDS_SIG (CrMedication),
  CR_FIELD (CrMedication, TEXT, indication),
  CR_FIELD_CODED (CrMedication, status, CR_MED_STATUS_CODES),
  CR_FIELD (CrMedication, DATE, started),
  CR_FIELD (CrMedication, DATE, stopped),
  CR_FIELD (CrMedication, TEXT, stop_reason),
  CR_FIELD (CrMedication, ID, prescription_id),
  CR_FIELD (CrMedication, ID, recorded_by),
  CR_FIELD (CrMedication, INSTANT, recorded_at),
  CR_FIELD (CrMedication, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_MEDICATION, CrMedication, "medication", MEDICATION_FIELDS, TRUE)
