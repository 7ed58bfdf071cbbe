#include "chartroom/domain/clinical-records.h"
#include "fields.h"

const char *const CR_PROBLEM_STATUS_CODES[] = { "active", "resolved", "entered-in-error", NULL };

static const CrField PROBLEM_FIELDS[] = {
  CR_FIELDS_HEAD (CrProblem),
  CR_FIELD (CrProblem, ID, patient_id),
  CR_FIELD (CrProblem, ID, encounter_id),
  CR_FIELD (CrProblem, TEXT, code),
  CR_FIELD (CrProblem, TEXT, system),
  CR_FIELD (CrProblem, TEXT, display),
  CR_FIELD_CODED (CrProblem, status, CR_PROBLEM_STATUS_CODES),
  CR_FIELD (CrProblem, DATE, onset),
  CR_FIELD (CrProblem, DATE, resolved),
  CR_FIELD (CrProblem, TEXT, note),
  CR_FIELD (CrProblem, ID, recorded_by),
  CR_FIELD (CrProblem, INSTANT, recorded_at),
  CR_FIELD (CrProblem, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_PROBLEM, CrProblem, "problem", PROBLEM_FIELDS, TRUE)
