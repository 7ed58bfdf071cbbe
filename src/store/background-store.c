/* Immunizations, procedures, family and social history. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define IMMUNIZATION_COLUMNS                                                                                 \
  "patient_id, encounter_id, code, display, given_on, status, lot, site, note, recorded_by, source_id"

#define PROCEDURE_COLUMNS                                                                                    \
  "patient_id, encounter_id, code, system, display, status, note, performed_on, source_id"

#define FAMILY_HISTORY_COLUMNS "patient_id, relationship, condition, code, note, onset_age, recorded_at"

#define SOCIAL_HISTORY_COLUMNS "patient_id, topic, text, as_of, recorded_at"

#define OF_PATIENT CR_OF_PERSON
#define IMMUNIZATIONS                                                                                        \
  CR_SELECT ("immunization", IMMUNIZATION_COLUMNS)                                                           \
  OF_PATIENT " ORDER BY given_on IS NULL, given_on DESC, id DESC"
#define PROCEDURES                                                                                           \
  CR_SELECT ("procedure", PROCEDURE_COLUMNS)                                                                 \
  OF_PATIENT " ORDER BY performed_on IS NULL, performed_on DESC, id DESC"
#define FAMILY_HISTORIES                                                                                     \
  CR_SELECT ("family_history", FAMILY_HISTORY_COLUMNS) OF_PATIENT " ORDER BY relationship, id"
#define SOCIAL_HISTORIES                                                                                     \
  CR_SELECT ("social_history", SOCIAL_HISTORY_COLUMNS)                                                       \
  OF_PATIENT " ORDER BY topic, as_of IS NULL, as_of DESC, id"

const CrTable CR_IMMUNIZATION_TABLE = {
  CR_TABLE (CR_IMMUNIZATION, "immunization", IMMUNIZATION_COLUMNS, CR_PARAMS_11),
  .word = N_ ("immunization"),
  .free = (GDestroyNotify)cr_immunization_free,
  .patient = G_STRUCT_OFFSET (CrImmunization, patient_id),
  .by_source = CR_BY_SOURCE ("immunization"),
};

const CrTable CR_PROCEDURE_TABLE = {
  CR_TABLE (CR_PROCEDURE, "procedure", PROCEDURE_COLUMNS, CR_PARAMS_9),
  .word = N_ ("procedure"),
  .free = (GDestroyNotify)cr_procedure_free,
  .patient = G_STRUCT_OFFSET (CrProcedure, patient_id),
  .by_source = CR_BY_SOURCE ("procedure"),
};

const CrTable CR_FAMILY_HISTORY_TABLE = {
  CR_TABLE (CR_FAMILY_HISTORY, "family_history", FAMILY_HISTORY_COLUMNS, CR_PARAMS_7),
  .word = N_ ("family history"),
  .free = (GDestroyNotify)cr_family_history_free,
  .patient = G_STRUCT_OFFSET (CrFamilyHistory, patient_id),
};

const CrTable CR_SOCIAL_HISTORY_TABLE = {
  CR_TABLE (CR_SOCIAL_HISTORY, "social_history", SOCIAL_HISTORY_COLUMNS, CR_PARAMS_5),
  .word = N_ ("social history"),
  .free = (GDestroyNotify)cr_social_history_free,
  .patient = G_STRUCT_OFFSET (CrSocialHistory, patient_id),
};

GPtrArray *
cr_immunizations (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_IMMUNIZATION_TABLE, IMMUNIZATIONS, patient, error);
}

GPtrArray *
cr_procedures (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_PROCEDURE_TABLE, PROCEDURES, patient, error);
}

GPtrArray *
cr_family_histories (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_FAMILY_HISTORY_TABLE, FAMILY_HISTORIES, patient, error);
}

GPtrArray *
cr_social_histories (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_SOCIAL_HISTORY_TABLE, SOCIAL_HISTORIES, patient, error);
}
