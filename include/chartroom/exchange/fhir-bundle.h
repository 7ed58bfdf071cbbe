/* FHIR R4 in: the bytes of one Bundle (or of one resource) become records that are not stored yet.
 *
 * Nothing here knows the store.  Records come without ids of their own and of others; items name each
 * other by source: the key the file gave them.  Whoever stores them gives ids and replaces keys by ids.
 *
 * - A source is the entry's fullUrl, else "Type/id", else "Type/sha256:…" of its text: the same content has
 *   the same source at every import.  "Type/id" alone is only unique within the system that wrote it: whoever
 *   stores a patient whose source is known compares name and birth date before taking them for one person.
 * - References inside the file are resolved to that key (urn:uuid, absolute, relative, contained, conditional
 *   by identifier); a reference that leaves the file stays as written.
 * - Numbers are kept exactly as written ("4.0" stays "4.0").  CrObservation.number is the value in the file's
 *   own unit, NAN when no double can hold it.
 * - Instants are exact.  Civil dates are the calendar day the file wrote, at the file's own offset, with its
 *   precision.  An observation dated without a time counts as taken at noon UTC of its first day; when the
 * day or the offset is missing too, `method` ends in "dated 2015-10", as written.
 * - The allergy code, which must be a key of the knowledge base, is left absent; item->system and item->code
 *   carry what the file said.  "No known allergies" is not read: a person asks and records that.
 * - A resource with a field of the wrong type is left out with a finding, and the rest goes on.  People and
 *   organisations are kept without that field.
 * - Memory: the file's text, its records, and one resource's tree at a time. */
#pragma once
#include "chartroom/domain/record.h"
#include "chartroom/exchange/read-report.h"

typedef struct {
  const CrRecordClass *klass; /* &CR_PATIENT, &CR_OBSERVATION … */
  gpointer record;            /* owned; a record of klass, version 0, all ids absent */
  char *type;                 /* resource type it was read from: "Observation" */
  guint entry;         /* number of that resource's entry in the file; items of one entry stand together */
  char *source;        /* key of this item; also its record's source_id where it has that field */
  char *patient;       /* source of the patient it belongs to; NULL for patients and contacts */
  char *encounter;     /* source of the visit, or NULL */
  char *panel;         /* observations: all rows with the same key are one panel, or NULL */
  char *practitioner;  /* source of the contact who saw, ordered or gave it, or NULL */
  char *system, *code; /* the file's coding where the record has no field for it (allergies), or NULL */
  GBytes *content;     /* documents: the attachment's bytes, record->mime says of what; NULL: text alone */
} CrFhirItem;

typedef struct {
  char *name;       /* the file, for messages */
  char *type;       /* "transaction" "batch" "collection" "document" "searchset", or "resource" */
  GPtrArray *items; /* CrFhirItem; those referred to come before those that refer: contacts, patients and what
                       hangs on them, encounters, then all else */
  GPtrArray *findings; /* CrReadFinding, in the order of the file */
  GPtrArray *counts;   /* CrReadCount by resource type */
} CrFhirBundle;

/* name: the file as the person knows it, for messages.  NULL with CR_ERROR_INVALID when the file as a whole
 * cannot be read: too large, not UTF-8, not JSON, cut off, nested too deep, not FHIR. */
CrFhirBundle *cr_fhir_bundle_read (GBytes *bytes, const char *name, GError **error);
void cr_fhir_bundle_free (CrFhirBundle *bundle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrFhirBundle, cr_fhir_bundle_free)

void cr_fhir_item_free (CrFhirItem *item);
/* The record's own source_id field, or NULL when its class has none (patients' further names and numbers,
 * relatives): such items are stored with their patient, once. */
const char *cr_fhir_item_source_id (const CrFhirItem *item);
