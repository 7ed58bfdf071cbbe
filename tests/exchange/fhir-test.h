/* What the tests of the FHIR reader share. */
#pragma once
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/encounter.h"
#include "chartroom/domain/medication.h"
#include "chartroom/domain/patient.h"
#include "chartroom/domain/referral.h"
#include "chartroom/exchange/fhir-bundle.h"

/* Text of tests/fixtures/fhir/NAME.  New string. */
char *fhir_fixture (const char *name, gsize *length);
/* Reads text that must be acceptable as a whole. */
CrFhirBundle *fhir_read_text (const char *text, gssize length);
/* {"resourceType":"Bundle","type":"collection","entry":[{"resource":…},…]} of these; NULL ends the list. */
CrFhirBundle *fhir_read_resources (const char *first, ...) G_GNUC_NULL_TERMINATED;
/* Item with that source; NULL when there is none. */
CrFhirItem *fhir_item (const CrFhirBundle *bundle, const char *source);
/* Its record; fails the test when it is missing or of another class. */
gpointer fhir_expect (const CrFhirBundle *bundle, const char *source, const CrRecordClass *klass);
const CrReadCount *fhir_count_of (const CrFhirBundle *bundle, const char *type); /* NULL: none in the file */
const CrReadFinding *fhir_finding_at (const CrFhirBundle *bundle, const char *path); /* NULL: none there */
/* Holds for every bundle, however odd: sums add up, every record is whole, every source is unique. */
void fhir_check_sound (const CrFhirBundle *bundle);
