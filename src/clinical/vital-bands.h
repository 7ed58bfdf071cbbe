#pragma once
#include "knowledge-private.h"

/* The last row of vital-bands.tsv that holds for the value, the age in months and the sex; NULL for none. */
const CrVitalBand *cr_vital_band (const CrKnowledge *k, const char *key, CrDecimal value, int months,
                                  int sex);
/* Soft range of children, shown only; NULL for none. */
const char *cr_vital_range (const CrKnowledge *k, const char *key, int months, int sex);
/* Place in the file: a later one is worse; −1 for NULL. */
int cr_vital_band_order (const CrKnowledge *k, const CrVitalBand *band);
