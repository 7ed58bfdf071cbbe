/* Safety checks of one prescription (UX 5).  A check that could not be made is NOT_CHECKED, never a pass. */
#pragma once
#include "chartroom/clinical/knowledge.h"
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/medication.h"
#include "chartroom/domain/patient.h"

typedef enum {
  CR_CHECK_ALLERGY,
  CR_CHECK_DUPLICATE,
  CR_CHECK_INTERACTION,
  CR_CHECK_DOSE,
  CR_CHECK_KIDNEY,
  CR_CHECK_AGE,
  CR_CHECK_WEIGHT,
  CR_CHECK_PREGNANCY,
  CR_CHECK_CONDITION,
  CR_CHECK_KINDS
} CrCheckKind;
extern const char *const CR_CHECK_KIND_CODES[]; /* "allergy" "duplicate" … */
typedef enum { CR_CHECK_PASSED, CR_CHECK_FOUND, CR_CHECK_NOT_CHECKED } CrCheckState;
extern const char *const CR_CHECK_STATE_CODES[]; /* "passed" "found" "not-checked" */
#define CR_CHECK_TIER_WARNING 2                  /* from here an answer is needed */
#define CR_CHECK_TIER_STOP 3

typedef struct {
  CrDate today;
  CrDate birth_date;   /* absent or partial: age rules are not checked */
  int sex;             /* CrSex, for clinical use */
  CrDecimal weight_kg; /* absent = not recorded */
  CrDate weight_on;
  int allergy_status;         /* CrAllergyStatus */
  const GPtrArray *allergies; /* CrAllergy; NULL = unavailable */
  const GPtrArray
      *medications; /* CrMedication; NULL = unavailable.  Stopped and finished ones are passed over; without
                       a current one nothing is known of what the patient takes, unless takes_none */
  gboolean takes_none;       /* asked, and recorded that the patient takes no medicine */
  const GPtrArray *problems; /* CrProblem; NULL = unavailable */
  const GPtrArray *batch;    /* further CrPrescription to be signed together; NULL = none */
  CrDecimal egfr, potassium; /* mL/min/1.73 m², mmol/L; absent = not known */
  CrDate egfr_on, potassium_on;
  const CrPrescription *rx; /* its medication_id, when set, is what it renews or replaces: no duplicate */
} CrCheckInput;

typedef struct {
  CrCheckKind kind;
  CrCheckState state;
  int tier;    /* of a finding: 0 fact, 1 note, 2 warning, 3 stop; else 0 */
  char *title; /* "amoxicillin – penicillin (class): anaphylaxis"; "no match (penicillin)"; why not checked */
  char *why;   /* a sentence; NULL unless found */
  char *what;          /* what to do; NULL unless found */
  char *counterpart;   /* the other drug, allergy or fact; NULL */
  CrId counterpart_id; /* of the CrMedication, CrAllergy or CrPrescription; CR_ID_NONE */
  char *rule_id;       /* "allergy-class/penicillins/amoxicillin": the same for the same finding */
  char *rule_version, *data_version;
  char *source;                    /* "FDA label, Nov 2026" */
  char *facts;                     /* patient facts used, with dates: "eGFR 52 (Nov 16, 2026)"; NULL */
  char *reason_code, *reason_text; /* the answer; NULL = none yet */
} CrCheck;
CrCheck *cr_check_copy (const CrCheck *check);
void cr_check_free (CrCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrCheck, cr_check_free)

/* All checks, worst first: findings by tier, then what was not checked, then what passed; CrCheck, owned by
 * the array.  At least one item for allergy, duplicate, interaction and dose.  k NULL: nothing is checked. */
GPtrArray *cr_checks_run (const CrKnowledge *k, const CrCheckInput *in);
int cr_checks_worst_tier (const GPtrArray *checks); /* 0 when nothing was found */
/* First finding of tier 2 or 3 without an answer; NULL when none is left. */
const CrCheck *cr_checks_unanswered (const GPtrArray *checks);
/* Carries the answers of an earlier run over to the same findings (same rule, counterpart and tier). */
void cr_checks_keep_answers (GPtrArray *checks, const GPtrArray *earlier);

/* What the patient takes although an active allergy speaks against it, from a warning on: CrCheck, worst
 * first, owned by the array; counterpart_id is the CrMedication.  in->rx is not looked at.  Empty is no pass:
 * an allergy or a medicine that is not coded may not have been compared. */
GPtrArray *cr_checks_taken (const CrKnowledge *k, const CrCheckInput *in);
/* The first item about that record; NULL when there is none. */
const CrCheck *cr_checks_about (const GPtrArray *checks, CrId counterpart_id);

/* The CHECKS panel (UX 3.8), in parts and as one line. */
const char *cr_check_label (const CrCheck *check); /* "Allergy" */
const char *
cr_check_mark (const CrCheck *check); /* "✓" passed, "i" note, "▲" warning, "■" stop, "┄" not checked */
char *cr_check_words (const CrCheck *check); /* "no match (penicillin)", "Not checked: drug is not coded" */
GPtrArray *cr_checks_words (const GPtrArray *checks); /* char*: "✓ Allergy  no match (penicillin)" */

/* Answers to a finding (UX 5.3).  Kinds without reasons of their own have "Alert is wrong" and the general
 * ones. */
typedef struct {
  const char *code;   /* "will-monitor" */
  int key;            /* digit that picks it */
  const char *words;  /* translated */
  const char *effect; /* what follows: "order" "note" "stop-other" "edit-allergy" … */
  gboolean needs_text;
} CrCheckReason;
/* Array of CrCheckReason by value, free with g_array_unref. */
GArray *cr_check_reasons (CrCheckKind kind);
/* A stop that no reason overrides: the prescription must be changed.  Ten times the usual daily amount. */
gboolean cr_check_must_change (const CrCheck *check);
/* FALSE and a sentence when the reason is not one of its kind's, a text is needed (always for tier 3), or no
 * reason will do. */
gboolean cr_check_answer (CrCheck *check, const char *reason_code, const char *text, GError **error);

/* JSON array for CrPrescription.checks. */
char *cr_checks_to_json (const GPtrArray *checks);
