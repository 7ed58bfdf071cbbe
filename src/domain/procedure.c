#include "chartroom/domain/clinical-records.h"
#include "fields.h"

static const CrField PROCEDURE_FIELDS[] = {
  CR_FIELDS_HEAD (CrProcedure),
  CR_FIELD (CrProcedure, ID, patient_id),
  CR_FIELD (CrProcedure, ID, encounter_id),
  CR_FIELD (CrProcedure, TEXT, code),
  CR_FIELD (CrProcedure, TEXT, system),
  CR_FIELD (CrProcedure, TEXT, display),
  CR_FIELD (CrProcedure, TEXT, status),
  CR_FIELD (CrProcedure, TEXT, note),
  CR_FIELD (CrProcedure, DATE, performed_on),
  CR_FIELD (CrProcedure, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_PROCEDURE, CrProcedure, "procedure", PROCEDURE_FIELDS, TRUE)
