/* Wrong-patient prevention (UX 1.6.7): when a signature asks for the patient's identity once more, and
 * whether the answer fits. */
#pragma once
#include "chartroom/domain/patient.h"

typedef struct {
  gboolean similar;    /* another open chart's patient, or one of today's, has a similar name */
  gboolean switched;   /* this chart came less than a minute ago, after another patient's */
  gboolean expected;   /* a visit today, or an open encounter */
  gboolean controlled; /* a controlled drug is being signed */
} CrIdentityFacts;
/* Why it is asked, as sentences to show; NULL: nothing raises the risk. */
char *cr_identity_risk (const CrIdentityFacts *facts);

/* The year of birth; where no birth date is known, the MRN. */
const char *cr_identity_question (const CrPatient *p);
gboolean cr_identity_fits (const CrPatient *p, const char *typed);
