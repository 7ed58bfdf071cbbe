/* Vital signs: what a person typed → values, limits, flags (UX 7.3, 4.10).  Arithmetic in CrDecimal
 * throughout. Without knowledge (NULL) values are still read and converted, but there are no limits and no
 * flags. */
#pragma once
#include "chartroom/clinical/knowledge.h"
#include "chartroom/domain/patient.h"

typedef enum {
  CR_VITAL_BP,
  CR_VITAL_PULSE,
  CR_VITAL_RESP,
  CR_VITAL_TEMP,
  CR_VITAL_SPO2,
  CR_VITAL_WEIGHT,
  CR_VITAL_HEIGHT,
  CR_VITAL_PAIN,
  CR_VITAL_HEAD,
  CR_VITAL_GLUCOSE,
  CR_VITAL_ENTRIES /* order of entry; the first 8 always shown */
} CrVital;
#define CR_VITAL_ALWAYS 8

#define CR_LOINC_BP_PANEL "85354-9"
#define CR_LOINC_SYSTOLIC "8480-6"
#define CR_LOINC_DIASTOLIC "8462-4"
#define CR_LOINC_WEIGHT "29463-7"
#define CR_LOINC_HEIGHT "8302-2"
#define CR_LOINC_BMI "39156-5"

/* One stored value.  All strings are static. */
typedef struct {
  const char *code;           /* LOINC */
  const char *display;        /* "Systolic blood pressure" */
  CrDecimal value;            /* as typed */
  const char *unit;           /* UCUM of the value as typed: "[lb_av]" */
  CrDecimal canonical;        /* converted, rounded to 2 places: for limits, sorting, plotting */
  const char *canonical_unit; /* "kg" "cm" "Cel" "mm[Hg]" "/min" "%" */
} CrVitalValue;

typedef struct {
  CrVital vital;
  CrVitalValue values[2]; /* blood pressure: systolic, diastolic */
  guint n;                /* 0: nothing typed */
} CrVitalReading;

typedef enum { CR_UNITS_US, CR_UNITS_METRIC } CrUnits; /* what a bare weight or height means */
void cr_units_set (CrUnits units);                     /* process-wide, the practice's; US by default */
CrUnits cr_units_get (void);                           /* of temperatures, too */
/* Of that patient's weight and height on that day: children are weighed in kilograms (UX 4.10). */
CrUnits cr_units_for (CrDate birth, CrDate on);

/* What is known of the patient; all may be absent. */
typedef struct {
  CrDate today, birth_date;
  int sex; /* CrSex */
  CrUnits units;
  CrDecimal last_weight_kg, last_height_cm;
  CrDate last_weight_on, last_height_on;
} CrVitalContext;

const char *cr_vital_label (CrVital vital);               /* "BP" "Pulse" "Temp" … translated */
const char *cr_vital_unit (CrVital vital, CrUnits units); /* for the field: "mmHg" "lb" "°F" */
const char *cr_vital_code (CrVital vital);                /* LOINC; the panel's for blood pressure */
gboolean cr_vital_of_code (const char *loinc, CrVital *out);
const char *cr_ucum_display (const char *ucum); /* "[lb_av]" → "lb"; others unchanged */

/* Reads only: "128/76" "128 76" "12876" "98.6" "37.0" "182" "182 lb" "82.5 kg" "5'6" "66 in".  Empty text
 * reads as n = 0. */
gboolean cr_vital_parse (const CrKnowledge *k, CrVital vital, const char *typed, CrUnits units,
                         CrVitalReading *out, GError **error);

/* A field when it is left: reading, then limits. */
typedef struct {
  CrVitalReading reading;
  char *echo;       /* what was understood: "182 lb (82.6 kg)", "37.0 °C (98.6 °F)"; NULL when nothing */
  char *error;      /* hard limit or unreadable: cannot be saved; NULL fine */
  char *question;   /* soft limit; NULL none.  Kept value: store the question in CrObservation.kept */
  char *suggestion; /* text to put in the field instead: "83.5 kg"; NULL */
  const char *flag; /* "H" "L" "HH" or NULL */
  char *flag_words; /* "stage 2", "fever", "needs evaluation"; NULL */
  char *range;      /* children: soft range shown, never an alert: "75–115"; NULL */
  char *notice;     /* tier 2: "Infant under 60 days with fever – tell the doctor now"; NULL */
} CrVitalEntry;
CrVitalEntry *cr_vital_enter (const CrKnowledge *k, CrVital vital, const char *typed,
                              const CrVitalContext *context);
void cr_vital_entry_free (CrVitalEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrVitalEntry, cr_vital_entry_free)

/* Flag of a stored value: canonical number in the canonical unit of the LOINC code, at the age on that day.
 */
const char *cr_vital_flag (const CrKnowledge *k, const char *loinc, CrDecimal canonical, CrDate birth,
                           int sex, CrDate on, const char **words);
/* Weight as shown (UX 4.10): adults "182 lb (82.6 kg)", or "82.6 kg (182 lb)" where units are metric,
 * children "21.4 kg (47 lb 3 oz)". */
char *cr_weight_text (CrDecimal kg, CrDate birth, CrDate on);
char *cr_height_text (CrDecimal cm, CrDate birth,
                      CrDate on);              /* "5 ft 6 in (168 cm)"; children "102 cm (40 in)" */
CrDecimal cr_bmi (CrDecimal kg, CrDecimal cm); /* one place; absent when either is */
/* Soft question about a BMI, NULL when plausible. */
char *cr_bmi_question (const CrKnowledge *k, CrDecimal bmi);
CrDecimal cr_unit_convert (CrDecimal value, const char *from_ucum,
                           const char *to_ucum); /* 2 places; absent = unknown */
/* TRUE when a weight of that day may no longer be used for dosing on `today` (UX 4.10). */
gboolean cr_weight_is_old (CrDate weighed_on, CrDate birth, CrDate today);
