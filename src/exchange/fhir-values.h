/* FHIR's data types as the records want them.  Each reads one field and reports what does not fit. */
#pragma once
#include "fhir-read.h"

extern const char FHIR_LOINC[], FHIR_SNOMED[], FHIR_RXNORM[], FHIR_CVX[], FHIR_ICD10CM[];

typedef struct {
  const char *system, *code, *display; /* of the resource; NULL when absent */
} FhirCoding;

/* Words of a CodeableConcept: its text, else the first coding's display, else its code.  NULL when absent. */
const char *fhir_concept_words (const FhirAt *concept);
const char *fhir_words (const FhirAt *at, const char *name);
const char *fhir_words_element (const FhirAt *at, const char *name, guint index);
char *fhir_join_words (const FhirAt *at, const char *name, const char *between); /* of a list of concepts */
/* First code of the CodeableConcept, whatever its system; NULL when absent. */
const char *fhir_code (const FhirAt *at, const char *name);
/* The coding of a concept in the first of these systems (NULL-terminated) that it has, else its first. */
FhirCoding fhir_coding (const FhirAt *concept, const char *const *systems);
FhirCoding fhir_coding_in (const FhirAt *concept, const char *system); /* {NULL} when not coded in it */
/* "icd10cm", "sct" …; other systems as their URI. */
const char *fhir_system_short (const char *uri);
/* Does the concept only state that something is absent or unknown ("no known problems")? */
gboolean fhir_is_absence (const FhirAt *concept);

typedef struct {
  const char *code; /* NULL ends the map */
  int value;
} FhirCodeMap;
/* Value of a code; `absent` for NULL.  −1 and a finding at `name` for a code that is not in the map. */
int fhir_map_code (const FhirAt *at, const char *name, const char *code, const FhirCodeMap *map, int absent);
/* The concept that says what this is, and its words; a finding when it is missing or empty. */
gboolean fhir_need_concept (const FhirAt *at, const char *name, FhirAt *concept, const char **words);

typedef struct {
  CrDate date;       /* the calendar day as written; may be partial */
  CrInstant instant; /* exact; absent when there is no time or no offset */
  const char *text;  /* as written; NULL: absent */
} FhirWhen;
gboolean fhir_when_parse (const char *text, FhirWhen *out);
FhirWhen fhir_when (const FhirAt *at, const char *name);
/* value[x]: stemDateTime, stemInstant, stemDate or the start of stemPeriod ("effective", "performed",
 * "onset"). */
FhirWhen fhir_when_choice (const FhirAt *at, const char *stem);
FhirWhen fhir_period_start (const FhirAt *at, const char *name);
FhirWhen fhir_period_end (const FhirAt *at, const char *name);

/* "5 mg", "< 5 mg"; NULL when it has no value.  New string. */
char *fhir_quantity_words (const FhirAt *quantity);
const char *fhir_unit (const FhirAt *quantity); /* unit, else UCUM code */
char *fhir_range_words (const FhirAt *range);   /* "3.5–5.0", "≥ 3.5", "≤ 5.0" */

/* Notes (Annotation[]), joined; NULL when there are none.  New string. */
char *fhir_notes (const FhirAt *at);
/* Appends to *text, which may be NULL, behind `between`. */
void fhir_append (char **text, const char *between, const char *more);
/* reasonCode[] in words, else what reasonReference[] points to; NULL when there is none.  New string. */
char *fhir_reasons (const FhirAt *at);
