/* The fields of registration, by property, and what the rules say of them. */
#pragma once
#include "chartroom/domain/patient.h"

typedef enum {
  CR_PATIENT_FAMILY,
  CR_PATIENT_GIVEN,
  CR_PATIENT_MIDDLE,
  CR_PATIENT_PREFERRED,
  CR_PATIENT_BIRTH_DATE,
  CR_PATIENT_SEX,
  CR_PATIENT_PHONE,
  CR_PATIENT_PHONE_USE,
  CR_PATIENT_EMAIL,
  CR_PATIENT_ADDRESS,
  CR_PATIENT_CITY,
  CR_PATIENT_STATE,
  CR_PATIENT_ZIP,
  CR_PATIENT_PRONOUNS,
  CR_PATIENT_GENDER_IDENTITY,
  CR_PATIENT_LANGUAGE,
  CR_PATIENT_INTERPRETER,
  CR_PATIENT_ACCESS_NEEDS,
  CR_PATIENT_CONTACT_PREFERENCE,
  CR_PATIENT_PAYER,
  CR_PATIENT_MEMBER_ID,
  CR_PATIENT_EMERGENCY_NAME,
  CR_PATIENT_EMERGENCY_PHONE,
  CR_PATIENT_REFERRED_BY,
  CR_PATIENT_SUFFIX,
  CR_PATIENT_SEX_DOCUMENTS,
  CR_PATIENT_CONTACT_BY,
  CR_PATIENT_PREFERRED_DAYS,
  CR_PATIENT_USUAL_PERSON, /* id of the usual clinician in digits, "" nobody */
  CR_PATIENT_DEATH_DATE,   /* "": living */
  CR_PATIENT_NO_GIVEN,     /* from here on: "1" or "" */
  CR_PATIENT_NO_VOICE_MAIL,
  CR_PATIENT_NO_MAIL,
  CR_PATIENT_NO_TEXT,
  CR_PATIENT_NO_EMAIL,
  CR_PATIENT_N_FIELDS
} CrPatientFieldId;

extern const char *const CR_PATIENT_PROPERTIES[CR_PATIENT_N_FIELDS]; /* "family" … */
int cr_patient_field_of (const char *property);                      /* −1: none */

/* typed: one text per field, never NULL.  New sentence or NULL. */
char *cr_patient_field_problem (char *const *typed, const CrPatient *stored, CrPatientFieldId field,
                                CrDate today);
char *cr_patient_field_question (char *const *typed, CrPatientFieldId field, CrDate today,
                                 const char *practice_phone);
char *cr_patient_field_offer (char *const *typed, CrPatientFieldId field); /* what answers the question */
/* Where the date of death is older than the last day the patient was here. */
char *cr_patient_death_question (const char *typed, CrDate last_seen, CrDate today);
char *cr_patient_birth_echo (const char *typed, CrDate today); /* "= Mar 14, 1961 (65 y)"; "" */

/* Into a patient: what the form knows; all else stays.  Only fields without a problem are taken as they are
 * meant. */
void cr_patient_fields_apply (char *const *typed, CrPatient *patient, CrDate today);
/* The other way: the fields of the patient's own record; coverage and emergency contact are not in it. */
char *cr_patient_field_text (const CrPatient *patient, CrPatientFieldId field);
