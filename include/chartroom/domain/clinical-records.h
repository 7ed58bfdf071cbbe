/* Problems, allergies, observations, immunizations, procedures, family and social history. */
#pragma once
#include "chartroom/domain/record.h"

typedef enum { CR_PROBLEM_ACTIVE, CR_PROBLEM_RESOLVED, CR_PROBLEM_ERROR } CrProblemStatus;
extern const char *const CR_PROBLEM_STATUS_CODES[]; /* "active" "resolved" "entered-in-error" */
typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, encounter_id;
  char *code, *system; /* "I10" + "icd10cm", or "sct" */
  char *display;
  int status;
  CrDate onset, resolved;
  char *note;
  CrId recorded_by;
  CrInstant recorded_at;
  char *source_id;
} CrProblem;
CR_DECLARE_RECORD (CrProblem, CR_PROBLEM, cr_problem)

typedef enum { CR_ALLERGY_ACTIVE, CR_ALLERGY_RESOLVED, CR_ALLERGY_REFUTED, CR_ALLERGY_ERROR } CrAllergyState;
extern const char *const CR_ALLERGY_STATE_CODES[]; /* "active" "resolved" "refuted" "entered-in-error" */
typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id;
  char *substance;   /* as shown */
  char *code;        /* key in data/knowledge (ingredient or class), NULL = uncoded: "Not checked" */
  char *category;    /* "medication" "food" "environment" */
  char *type;        /* "allergy" "intolerance" "unknown" */
  char *reactions;   /* "anaphylaxis", "rash and nausea" */
  char *severity;    /* worst: "mild" "moderate" "severe"; NULL unknown */
  char *criticality; /* "high" "low"; NULL unknown */
  char *certainty;   /* "confirmed" "unconfirmed" */
  char *source;      /* "patient" "family" "record" "witnessed" */
  int state;
  char *state_reason; /* why it is no longer active; NULL while it is */
  CrDate onset;
  CrId recorded_by;
  CrInstant recorded_at;
  char *source_id;
} CrAllergy;
CR_DECLARE_RECORD (CrAllergy, CR_ALLERGY, cr_allergy)

typedef enum { CR_OBS_VITAL, CR_OBS_LAB, CR_OBS_SURVEY, CR_OBS_OTHER } CrObsKind;
extern const char *const CR_OBS_KIND_CODES[]; /* "vital-signs" "laboratory" "survey" "other" */
typedef enum {
  CR_OBS_PRELIMINARY,
  CR_OBS_FINAL,
  CR_OBS_CORRECTED,
  CR_OBS_CANCELLED,
  CR_OBS_ERROR
} CrObsStatus;
extern const char
    *const CR_OBS_STATUS_CODES[]; /* "preliminary" "final" "corrected" "cancelled" "entered-in-error" */
typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, encounter_id;
  CrId panel_id; /* same for all rows of a panel or of one blood pressure; else none */
  char *panel;   /* "Basic metabolic panel" */
  int kind;
  char *code; /* LOINC */
  char *display;
  char *value;      /* as typed or as the laboratory sent it: "128", "4.0", "negative" */
  char *comparator; /* "<" ">" or NULL */
  char *unit;       /* as typed, UCUM where coded */
  double number;    /* canonical value for sorting and plotting; NAN for text */
  char *range;      /* reference range as reported: "3.5–5.0" */
  char *flag;       /* "H" "L" "HH" "LL" "A" or NULL */
  int status;
  CrInstant taken_at; /* measured or collected */
  CrId recorded_by;
  CrInstant reviewed_at;
  CrId reviewed_by;
  char *method;    /* "sitting, left arm" */
  char *performer; /* laboratory */
  char *kept;      /* soft-limit question that was answered with Keep; NULL none */
  char *source_id;
} CrObservation;
CR_DECLARE_RECORD (CrObservation, CR_OBSERVATION, cr_observation)

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, encounter_id;
  char *code; /* CVX */
  char *display;
  CrDate given_on;
  char *status; /* "completed" "not-done" "entered-in-error" */
  char *lot, *site, *note;
  CrId recorded_by;
  char *source_id;
} CrImmunization;
CR_DECLARE_RECORD (CrImmunization, CR_IMMUNIZATION, cr_immunization)

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, encounter_id;
  char *code, *system, *display, *status, *note;
  CrDate performed_on;
  char *source_id;
} CrProcedure;
CR_DECLARE_RECORD (CrProcedure, CR_PROCEDURE, cr_procedure)

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id;
  char *relationship, *condition, *code, *note;
  gint64 onset_age;
  CrInstant recorded_at;
} CrFamilyHistory;
CR_DECLARE_RECORD (CrFamilyHistory, CR_FAMILY_HISTORY, cr_family_history)

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id;
  char *topic; /* "tobacco" "alcohol" "occupation" "housing" … */
  char *text;
  CrDate as_of;
  CrInstant recorded_at;
} CrSocialHistory;
CR_DECLARE_RECORD (CrSocialHistory, CR_SOCIAL_HISTORY, cr_social_history)

/* The active ones of an array of CrAllergy, borrowed: high criticality first, then by name.  NULL counts as
 * empty. */
GPtrArray *cr_allergies_active (const GPtrArray *allergies);
/* One of the four phrases (UX 3.5, 4.8): "Known allergies: penicillin +1", full "… penicillin (anaphylaxis),
 * …"; "No known allergies"; "Allergies not recorded"; "Allergies unavailable".  Only active CrAllergy count,
 * and one of them makes it "Known" whatever the status says.  NULL with status KNOWN: not read, so
 * unavailable. */
char *cr_allergy_phrase (int allergy_status, const GPtrArray *allergies, gboolean full);
const char *cr_allergy_icon (int allergy_status);
/* A number for people: of more than 3 decimals 2 are kept, below 1 three significant digits; what has fewer,
 * and what is no plain number, stays as it came.  NULL reads as "". */
char *cr_value_display (const char *value);
char *
cr_observation_value (const CrObservation *o); /* "5.1 mmol/L", "<0.01 ng/mL"; digits of cr_value_display */
/* Value and unit as they came, when cr_observation_value shows fewer digits; else NULL. */
char *cr_observation_exact (const CrObservation *o);
const char *cr_unit_display (const char *unit); /* "mm[Hg]" → "mmHg", "{score}" → ""; others as they are */
const char *cr_flag_mark (const char *flag); /* "H ▲" "L ▼" "HH ▲▲" "LL ▼▼" "A ◆"; "" for none */
