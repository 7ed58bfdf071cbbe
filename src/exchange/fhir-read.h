/* How the FHIR reader walks a resource: a cursor that knows where it is, so that whatever is of the wrong
 * type is reported with its path.  Getters return what is there, or "absent" for both missing and wrong; the
 * difference is a finding.  Text they return belongs to the resource. */
#pragma once
#include <json-glib/json-glib.h>
#include "chartroom/exchange/fhir-bundle.h"
#include "json-text.h"

typedef struct { /* one resource of the file */
  guint index;   /* in the bundle's entry array */
  char *type;
  char *source; /* its key */
  char *base; /* "https://host/fhir" when its address is one, else NULL: what relative references stand on */
  JsonText text;  /* the resource in the guarded text */
  JsonNode *root; /* its tree while it is open, else NULL */
} FhirEntry;

typedef struct {
  CrFhirBundle *bundle;
  JsonParser *parser;
  gboolean single;    /* the file is one resource */
  GPtrArray *entries; /* FhirEntry, those that are read */
  GHashTable *by_key; /* every key of an entry → FhirEntry */
  GHashTable *items;  /* source → CrFhirItem, of those read so far */
  GHashTable *panels; /* source of a result → FhirPanel */
  gboolean broken;    /* the resource at hand has a finding */
  const char *skip;   /* why the resource at hand is left out, else NULL */
} FhirReader;

typedef struct {
  char *key, *name;
} FhirPanel;

typedef struct _FhirAt FhirAt;
struct _FhirAt {
  FhirReader *reader;
  const FhirEntry *entry;
  const FhirAt *up; /* NULL: the resource itself */
  const char *name; /* of this object in `up` */
  int index;        /* in an array of that name, else −1 */
  JsonObject *object;
};

/* Reports the field, or the object itself with a NULL name, and marks the resource as broken. */
void fhir_find (const FhirAt *at, const char *name, int index, const char *reason);
/* Reports a detail that is left out while the resource is read. */
void fhir_note (const FhirAt *at, const char *name, int index, const char *reason);
/* The same for what is no field of a resource. */
void fhir_report (FhirReader *reader, guint entry, const char *path, const char *reason);
/* Leaves the resource out for a reason that is no fault of the file; reason: a static or interned text. */
void fhir_skip (const FhirAt *at, const char *reason);

/* A cursor at the resource; makes its tree when there is none. */
gboolean fhir_open (FhirReader *reader, FhirEntry *entry, FhirAt *out);
gboolean fhir_has (const FhirAt *at, const char *name);
gboolean fhir_object (const FhirAt *at, const char *name, FhirAt *out);
guint fhir_count (const FhirAt *at, const char *name); /* elements of an array; 0 when absent */
gboolean fhir_element (const FhirAt *at, const char *name, guint index,
                       FhirAt *out);                        /* an object in an array */
const char *fhir_text (const FhirAt *at, const char *name); /* NULL when absent or empty */
const char *fhir_text_element (const FhirAt *at, const char *name, guint index); /* a text in an array */
const char *fhir_number (const FhirAt *at, const char *name);                    /* the digits as written */
gboolean fhir_true (const FhirAt *at, const char *name);                         /* FALSE when absent */

/* All texts of an array ("given", "line"), joined; NULL when there are none. */
char *fhir_join_texts (const FhirAt *at, const char *name, guint from, const char *between);

/* --- where things point to (fhir-reference.c) --- */
/* Key of what the Reference names; NULL when absent or contained.  New string. */
char *fhir_reference (const FhirAt *at, const char *name);
char *fhir_reference_element (const FhirAt *at, const char *name, guint index);
/* The resource it names, when it is contained or in the file. */
gboolean fhir_follow (const FhirAt *reference, FhirAt *out);
/* Words for the person or organisation a Reference names: its display, or the contact's name.  New string or
 * NULL. */
char *fhir_reference_words (const FhirAt *reference);

/* --- what becomes of it (fhir-bundle.c) --- */
/* A new record of the resource, appended to the bundle.  suffix: NULL for its main record, else
 * "#component[0]". */
CrFhirItem *fhir_add (const FhirAt *resource, const CrRecordClass *klass, const char *suffix);
/* The record already made of that source; NULL when there is none of that class. */
gpointer fhir_record (const FhirReader *reader, const char *source, const CrRecordClass *klass);
/* Sets whose it is from `subject` ("subject" or "patient"), and its visit.  Without a patient the resource is
 * broken. */
void fhir_belongs (const FhirAt *resource, CrFhirItem *item, const char *subject);
void fhir_set_panel (FhirReader *reader, const char *result, const char *key, const char *name);

/* --- converters: one resource → items --- */
void fhir_read_organization (const FhirAt *at);
void fhir_read_practitioner (const FhirAt *at);
void fhir_read_practitioner_role (const FhirAt *at);
void fhir_read_patient (const FhirAt *at);
void fhir_read_related_person (const FhirAt *at);
void fhir_read_coverage (const FhirAt *at);
void fhir_read_encounter (const FhirAt *at);
void fhir_read_condition (const FhirAt *at);
void fhir_read_allergy (const FhirAt *at);
void fhir_read_immunization (const FhirAt *at);
void fhir_read_procedure (const FhirAt *at);
void fhir_read_medication_request (const FhirAt *at);
void fhir_read_medication_statement (const FhirAt *at);
void fhir_read_observation (const FhirAt *at);
void fhir_read_diagnostic_report (const FhirAt *at);
void fhir_read_document_reference (const FhirAt *at);
void fhir_read_composition (const FhirAt *at);
