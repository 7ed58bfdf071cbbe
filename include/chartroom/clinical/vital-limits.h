/* What a measured value cannot be, whoever it is of (UX 7.3, hard limits). */
#pragma once
#include "chartroom/clinical/knowledge.h"

/* FALSE when no body has that value: it is past the hard limit of its LOINC code at every age, or below 0.
 * TRUE also for what cannot be judged: another code, a unit that is not known, no knowledge. */
gboolean cr_vital_is_possible (const CrKnowledge *k, const char *loinc, CrDecimal value, const char *unit);
