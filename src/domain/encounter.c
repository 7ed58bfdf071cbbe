#include "chartroom/domain/encounter.h"
#include "fields.h"

static const CrField ENCOUNTER_FIELDS[] = {
  CR_FIELDS_HEAD (CrEncounter),
  CR_FIELD (CrEncounter, ID, patient_id),
  CR_FIELD (CrEncounter, ID, appointment_id),
  CR_FIELD (CrEncounter, ID, person_id),
  CR_FIELD (CrEncounter, ID, room_id),
  CR_FIELD (CrEncounter, TEXT, kind),
  CR_FIELD (CrEncounter, TEXT, status),
  CR_FIELD (CrEncounter, DATE, date),
  CR_FIELD (CrEncounter, TEXT, reason),
  CR_FIELD (CrEncounter, INSTANT, arrived_at),
  CR_FIELD (CrEncounter, INSTANT, roomed_at),
  CR_FIELD (CrEncounter, INSTANT, with_doctor_at),
  CR_FIELD (CrEncounter, INSTANT, ready_at),
  CR_FIELD (CrEncounter, INSTANT, checked_out_at),
  CR_FIELD (CrEncounter, TEXT, place),
  CR_FIELD (CrEncounter, TEXT, source_id),
  CR_FIELD (CrEncounter, INT, return_in),
  CR_FIELD (CrEncounter, TEXT, return_unit),
  CR_FIELD (CrEncounter, TEXT, return_note),
  CR_FIELD (CrEncounter, INSTANT, return_handled_at),
  CR_FIELD (CrEncounter, TEXT, return_handled_how),
  CR_FIELD (CrEncounter, TEXT, handed),
};
CR_DEFINE_RECORD (CR_ENCOUNTER, CrEncounter, "encounter", ENCOUNTER_FIELDS, FALSE)
