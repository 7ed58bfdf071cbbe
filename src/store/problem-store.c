/* Problems and allergies. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define PROBLEM_COLUMNS                                                                                      \
  "patient_id, encounter_id, code, system, display, status, onset, resolved, note, recorded_by, "            \
  "recorded_at, source_id"

#define ALLERGY_COLUMNS                                                                                      \
  "patient_id, substance, code, category, type, reactions, severity, criticality, certainty, source, "       \
  "state, state_reason, onset, recorded_by, recorded_at, source_id"

#define PROBLEMS                                                                                             \
  CR_SELECT ("problem", PROBLEM_COLUMNS)                                                                     \
  CR_OF_PERSON " ORDER BY CASE status WHEN 'active' THEN 0 WHEN 'resolved' THEN 1 ELSE 2 END,"               \
               " onset IS NULL, onset, id"
#define ALLERGIES                                                                                            \
  CR_SELECT ("allergy", ALLERGY_COLUMNS)                                                                     \
  CR_OF_PERSON " ORDER BY CASE state WHEN 'active' THEN 0 WHEN 'entered-in-error' THEN 2 ELSE 1 "            \
               "END,"                                                                                        \
               " CASE criticality WHEN 'high' THEN 0 WHEN 'low' THEN 2 ELSE 1 END, substance, id"

const CrTable CR_PROBLEM_TABLE = {
  CR_TABLE (CR_PROBLEM, "problem", PROBLEM_COLUMNS, CR_PARAMS_12),
  .word = N_ ("problem"),
  .free = (GDestroyNotify)cr_problem_free,
  .patient = G_STRUCT_OFFSET (CrProblem, patient_id),
  .by_source = CR_BY_SOURCE ("problem"),
};

const CrTable CR_ALLERGY_TABLE = {
  CR_TABLE (CR_ALLERGY, "allergy", ALLERGY_COLUMNS, CR_PARAMS_16),
  .word = N_ ("allergy"),
  .free = (GDestroyNotify)cr_allergy_free,
  .patient = G_STRUCT_OFFSET (CrAllergy, patient_id),
  .by_source = CR_BY_SOURCE ("allergy"),
};

GPtrArray *
cr_problems (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_PROBLEM_TABLE, PROBLEMS, patient, error);
}

GPtrArray *
cr_allergies (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_ALLERGY_TABLE, ALLERGIES, patient, error);
}
