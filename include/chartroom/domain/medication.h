/* Medications (what the patient takes) and prescriptions (what was ordered). */
#pragma once
#include "chartroom/domain/record.h"

/* Directions in parts.  cr_sig_text reads them back in words (UX 4.7). */
typedef struct {
  char *action;              /* "Take" "Inhale" "Apply" "Inject" */
  CrDecimal dose, dose_high; /* dose_high: range "1 to 2"; absent else */
  char *unit;                /* "tablet" "mL" "puff" "units", singular */
  char *route;               /* "by mouth" "into the left eye" … in words */
  char *frequency; /* key: "daily" "bid" "tid" "qid" "qhs" "qod" "weekly" "biw" "tiw" "monthly" "once", or
                      "q6h" */
  char *timing;    /* "in the morning" "at bedtime" "with meals" */
  gboolean as_needed;
  char *as_needed_for;
  gint64 max_per_day; /* of unit in 24 hours; CR_INT_NONE */
  gint64 days;        /* duration; CR_INT_NONE = ongoing */
  char *other;        /* free text in place of all parts; NULL normally */
} CrSig;

typedef enum {
  CR_MED_ACTIVE,
  CR_MED_NOT_STARTED,
  CR_MED_ON_HOLD,
  CR_MED_COMPLETED,
  CR_MED_STOPPED,
  CR_MED_REPORTED,
  CR_MED_ERROR
} CrMedStatus;
extern const char *const CR_MED_STATUS_CODES[]; /* "active" "not-started" "on-hold" "completed" "stopped"
                                                   "reported" "entered-in-error" */

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id;
  char *drug_code; /* id in data/knowledge/drugs, or RxNorm "rxnorm:…"; NULL = uncoded */
  char *display;   /* "lisinopril 20 mg tablet" */
  char *generic;   /* "lisinopril" with tall-man letters as stored in knowledge */
  CrSig sig;
  char *indication;
  int status;
  CrDate started, stopped;
  char *stop_reason;
  CrId prescription_id; /* last one, if prescribed here */
  CrId recorded_by;
  CrInstant recorded_at;
  char *source_id;
} CrMedication;
CR_DECLARE_RECORD (CrMedication, CR_MEDICATION, cr_medication)

typedef enum {
  CR_RX_DRAFT,
  CR_RX_NEEDS_SIGNATURE,
  CR_RX_SIGNED,
  CR_RX_PRINTED,
  CR_RX_PHONED,
  CR_RX_FAXED,
  CR_RX_HANDED_OVER,
  CR_RX_VOIDED
} CrRxStatus;
extern const char *const CR_RX_STATUS_CODES[];
typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, encounter_id, author_id, medication_id;
  char *number; /* "RX-004217-0192" */
  int status;
  char *drug_code, *display, *generic;
  char *form;     /* "tablet" */
  char *schedule; /* "II" … "V" for controlled drugs; NULL */
  CrSig sig;
  char *indication;
  CrDecimal quantity;
  char *quantity_unit; /* "tablet" singular */
  gint64 refills;      /* 0 = none; CR_INT_NONE = not yet said */
  gboolean dispense_as_written;
  CrId pharmacy_id;
  char *pharmacist_note;
  char *checks; /* JSON array: what was checked, found, answered; shown and audited */
  CrDate written_on;
  CrInstant signed_at;
  char *signed_name, *hash, *signature, *public_key;
  CrInstant printed_at;
  gint64 prints;
  char *void_reason;
  char *source_id;
} CrPrescription;
CR_DECLARE_RECORD (CrPrescription, CR_PRESCRIPTION, cr_prescription)

/* The bytes that are hashed and signed; signed_at and signed_name are among them: fill them in first. */
GBytes *cr_prescription_canonical (const CrPrescription *rx);
/* "Take 1 tablet by mouth once daily in the morning", with plain blanks; NULL while a needed part is missing:
 * action, dose, unit, route, and a known frequency or "as needed". */
char *cr_sig_text (const CrSig *sig);
char *cr_sig_list_text (const CrSig *sig); /* without the verb: "1 tablet by mouth once daily" */
/* TRUE when the directions name the reason already, in whole words: "severe pain" names pain. */
gboolean cr_sig_says (const CrSig *sig, const char *reason);
/* The text with U+00A0 after each number, so that no line ends between a number and its unit. */
char *cr_sig_unbreakable (const char *sig_text);
void cr_sig_clear (CrSig *sig);
void cr_sig_copy (CrSig *to, const CrSig *from); /* clears `to` first */
/* Of sig.unit, taking the upper end of a range, and no more than its maximum.  Per 24 hours; a weekly dose
 * spread over its week.  Absent for unknown keys, and for as-needed with neither frequency nor maximum. */
CrDecimal cr_sig_units_per_day (const CrSig *sig);
CrDecimal cr_sig_quantity_for (const CrSig *sig, gint64 days); /* rounded up to whole units */
char *cr_unit_plural (const char *unit, CrDecimal n);          /* "tablets" */
/* Everything that keeps the prescription from being signed: hard sentences (char*); and soft ones. */
GPtrArray *cr_prescription_problems (const CrPrescription *rx);
/* The hard limit that one part is past: "drug" "dose" "days" "quantity" "refills" "pharmacist-note"
 * "indication" "timing" "as-needed-for" "other".  New sentence; NULL when it is within, or absent. */
char *cr_prescription_limit (const CrPrescription *rx, const char *part);
GPtrArray *cr_prescription_questions (const CrPrescription *rx);
