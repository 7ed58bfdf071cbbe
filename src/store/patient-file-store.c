/* What hangs on the patient as a person: numbers, relatives, coverage, consents, directives. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include "chartroom/store/desk-stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define CONTACT_POINT_COLUMNS "patient_id, system, use, value, note, valid_to"

#define RELATED_PERSON_COLUMNS                                                                               \
  "patient_id, relationship, name, phone, address, next_of_kin, emergency, guarantor, proxy, "               \
  "other_patient_id, valid_to"

#define COVERAGE_COLUMNS                                                                                     \
  "patient_id, rank, payer, plan, member_id, group_id, subscriber, relationship, \"authorization\", "        \
  "valid_from, valid_to, verified_on, card_front_id, card_back_id, source_id"

#define CONSENT_COLUMNS "patient_id, kind, status, given_on, expires_on, note, document_id"

#define DIRECTIVE_COLUMNS "patient_id, kind, text, dated, document_id, active"

#define OF_PATIENT CR_OF_PERSON
#define CONTACT_POINTS CR_SELECT ("contact_point", CONTACT_POINT_COLUMNS) OF_PATIENT " ORDER BY id"
#define RELATED_PERSONS                                                                                      \
  CR_SELECT ("related_person", RELATED_PERSON_COLUMNS)                                                       \
  OF_PATIENT " ORDER BY next_of_kin DESC, emergency DESC, id"
#define COVERAGES CR_SELECT ("coverage", COVERAGE_COLUMNS) OF_PATIENT " ORDER BY rank IS NULL, rank, id"
#define COVERAGES_BETWEEN                                                                                    \
  CR_SELECT ("coverage", COVERAGE_COLUMNS)                                                                   \
  " WHERE patient_id > $1 AND patient_id <= $2 ORDER BY patient_id, id"
#define CONSENTS                                                                                             \
  CR_SELECT ("consent", CONSENT_COLUMNS) OF_PATIENT " ORDER BY given_on IS NULL, given_on DESC, id"
#define DIRECTIVES CR_SELECT ("directive", DIRECTIVE_COLUMNS) OF_PATIENT " ORDER BY active DESC, id"

const CrTable CR_CONTACT_POINT_TABLE = {
  CR_TABLE (CR_CONTACT_POINT, "contact_point", CONTACT_POINT_COLUMNS, CR_PARAMS_6),
  .word = N_ ("phone or address"),
  .free = (GDestroyNotify)cr_contact_point_free,
  .patient = G_STRUCT_OFFSET (CrContactPoint, patient_id),
};

const CrTable CR_RELATED_PERSON_TABLE = {
  CR_TABLE (CR_RELATED_PERSON, "related_person", RELATED_PERSON_COLUMNS, CR_PARAMS_11),
  .word = N_ ("relative"),
  .free = (GDestroyNotify)cr_related_person_free,
  .patient = G_STRUCT_OFFSET (CrRelatedPerson, patient_id),
};

const CrTable CR_COVERAGE_TABLE = {
  CR_TABLE (CR_COVERAGE, "coverage", COVERAGE_COLUMNS, CR_PARAMS_15),
  .word = N_ ("coverage"),
  .free = (GDestroyNotify)cr_coverage_free,
  .patient = G_STRUCT_OFFSET (CrCoverage, patient_id),
  .by_source = CR_BY_SOURCE ("coverage"),
};

const CrTable CR_CONSENT_TABLE = {
  CR_TABLE (CR_CONSENT, "consent", CONSENT_COLUMNS, CR_PARAMS_7),
  .word = N_ ("consent"),
  .free = (GDestroyNotify)cr_consent_free,
  .patient = G_STRUCT_OFFSET (CrConsent, patient_id),
};

const CrTable CR_DIRECTIVE_TABLE = {
  CR_TABLE (CR_DIRECTIVE, "directive", DIRECTIVE_COLUMNS, CR_PARAMS_6),
  .word = N_ ("directive"),
  .free = (GDestroyNotify)cr_directive_free,
  .patient = G_STRUCT_OFFSET (CrDirective, patient_id),
};

GPtrArray *
cr_contact_points (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_CONTACT_POINT_TABLE, CONTACT_POINTS, patient, error);
}

GPtrArray *
cr_related_persons (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_RELATED_PERSON_TABLE, RELATED_PERSONS, patient, error);
}

GPtrArray *
cr_coverages (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_COVERAGE_TABLE, COVERAGES, patient, error);
}

GPtrArray *
cr_coverages_between (CrTx *tx, CrId first, CrId last, GError **error)
{
  return cr_list_of_two (tx, &CR_COVERAGE_TABLE, COVERAGES_BETWEEN, first, last, error);
}

GPtrArray *
cr_consents (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_CONSENT_TABLE, CONSENTS, patient, error);
}

GPtrArray *
cr_directives (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_DIRECTIVE_TABLE, DIRECTIVES, patient, error);
}
