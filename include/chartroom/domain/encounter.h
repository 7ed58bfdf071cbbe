/* Encounters (visits that happened), notes and addenda. */
#pragma once
#include "chartroom/domain/record.h"

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, appointment_id, person_id, room_id;
  char *kind;   /* visit type's name, or what an import calls it */
  char *status; /* FHIR: "planned" "in-progress" "finished" "entered-in-error" */
  CrDate date;
  char *reason;
  CrInstant arrived_at, roomed_at, with_doctor_at, ready_at, checked_out_at; /* stage stamps */
  char *place; /* other organisation, for imported visits; NULL = here */
  char *source_id;
  gint64 return_in;            /* asked to come again in so many `return_unit`; CR_INT_NONE: not asked */
  char *return_unit;           /* "days" "weeks" "months" */
  char *return_note;           /* "with labs" */
  CrInstant return_handled_at; /* booked or given up; none: planned, on the list */
  char *return_handled_how;    /* "booked" "wait-list" "not-needed", own words; NULL */
  char *handed;                /* what was handed over at check-out, codes between commas; NULL: nothing */
} CrEncounter;
CR_DECLARE_RECORD (CrEncounter, CR_ENCOUNTER, cr_encounter)

typedef enum { CR_NOTE_DRAFT, CR_NOTE_SIGNED, CR_NOTE_ERROR, CR_NOTE_IMPORTED } CrNoteStatus;
extern const char *const CR_NOTE_STATUS_CODES[]; /* "draft" "signed" "entered-in-error" "imported" */
typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, encounter_id, author_id;
  char *title;
  int status;
  CrDate date;
  char *reason, *subjective, *objective, *assessment_plan; /* plain text */
  char *vitals; /* of that day, as the author saw them beside the text; one line, NULL: none */
  CrInstant saved_at, signed_at;
  char *signed_name; /* "Adaeze Okafor, MD" as at signing */
  char *hash;        /* hex BLAKE2b-256 of cr_note_canonical */
  char *signature;   /* hex Ed25519 over the hash */
  char *public_key;  /* hex, the key it verifies with */
  char *source_id;
} CrNote;
CR_DECLARE_RECORD (CrNote, CR_NOTE, cr_note)

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, note_id, author_id;
  int status; /* CrNoteStatus */
  char *text;
  CrInstant saved_at, signed_at;
  char *signed_name, *hash, *signature, *public_key;
} CrAddendum;
CR_DECLARE_RECORD (CrAddendum, CR_ADDENDUM, cr_addendum)

/* The bytes that are hashed and signed: a fixed layout of all meaningful fields.  signed_at and signed_name
 * are among them: fill them in first. */
GBytes *cr_note_canonical (const CrNote *note);
GBytes *cr_addendum_canonical (const CrAddendum *addendum);
/* What is still open before signing: array of sentences (char*), empty when nothing.  Two of them forbid
 * signing, the others only inform: an empty note, and fields of a template that are not filled in ("***",
 * "[[a|b]]"). */
GPtrArray *cr_note_open_items (const CrNote *note);
gboolean cr_note_is_empty (const CrNote *note);
gboolean cr_note_has_unfilled_fields (const CrNote *note);
