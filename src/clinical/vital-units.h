/* What each vital sign is: code, unit, names of units; for src/clinical alone. */
#pragma once
#include "chartroom/clinical/vitals.h"
#include "knowledge-private.h"

typedef struct {
  const char *key;  /* in vitals.tsv and vital-bands.tsv */
  const char *code; /* LOINC */
  const char *display;
  const char *canonical; /* UCUM */
} CrVitalPart;

/* Parts of a vital sign: two for blood pressure, else one. */
const CrVitalPart *cr_vital_parts (CrVital vital, guint *n);
const CrVitalPart *cr_vital_part_of_code (const char *loinc); /* BMI too; NULL for others */

/* Row of vitals.tsv for the age (months, −1 = adult) and, where there is one, the unit; NULL for none. */
const CrVitalLimit *cr_vital_limit (const CrKnowledge *k, const char *key, int months, const char *unit);
/* Completed months between two full dates; −1 when not known. */
int cr_months_between (CrDate from, CrDate to);
gboolean cr_within (CrDecimal value, CrDecimal low, CrDecimal high); /* absent ends are open */
CrDecimal cr_absolute_difference (CrDecimal a, CrDecimal b);
