/* HumanName, Address and ContactPoint, for patients, relatives and contacts alike. */
#pragma once
#include "fhir-values.h"

typedef struct { /* new strings; NULL when absent */
  char *family, *given, *middle, *suffix;
} FhirName;
FhirName fhir_name (const FhirAt *name);
char *fhir_name_words (const FhirAt *name); /* "Maria Elena Garcia" */
void fhir_name_clear (FhirName *name);

typedef struct { /* new strings; NULL when absent */
  char *address, *city, *state, *zip;
} FhirAddress;
FhirAddress fhir_address (const FhirAt *address); /* without a US country; others follow the state */
char *fhir_address_words (const FhirAt *address); /* one line */

/* Digits of a US number without its leading 1; a "+" number keeps its country code.  NULL when the text holds
 * more than one number or an extension, which digits alone would falsify. */
char *fhir_phone_digits (const char *value);
/* Value of the first ContactPoint of that system in "telecom", in a list of its owner; NULL when there is
 * none. */
const char *fhir_telecom (const FhirAt *owner, const char *system);
