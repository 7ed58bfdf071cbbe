/* What a specialty usually wants to see with a referral (UX 2.3 R2), held against a chart. */
#pragma once
#include "chartroom/clinical/knowledge.h"
#include "chartroom/domain/chart-records.h"

typedef struct {
  const char *specialty, *display; /* "Cardiology", "ECG" */
  const char *const *codes;        /* LOINC of results that are it; may be empty */
  const char *const *words;        /* in the title of a document or procedure that is it; may be empty */
  gint64 months;                   /* how old it may be */
  CrOrigin origin;
} CrReferralWant;

typedef struct {
  const CrReferralWant *want;
  CrDate last; /* newest one on file, CR_DATE_NONE: none */
} CrReferralGap;

/* What that specialty wants and the chart has not, or not recently enough.  GArray of CrReferralGap in the
 * order of the table. */
GArray *cr_referral_gaps (const CrKnowledge *k, const char *specialty, const CrChartRecords *records,
                          CrClock *clock, CrDate today);
/* "Cardiology usually wants: ECG within 3 months (none on file)"; new string. */
char *cr_referral_gap_text (const CrReferralGap *gap);
