/* Fills the cards of the chart's summary from its records (UX 3.6).  Row ids are the records' ids. */
#pragma once
#include "src/ui/chart/card.h"
#include "src/ui/chart/section.h"

typedef struct { /* all borrowed, for the time of one fill */
  CrChartSection *section;
  CrChart *chart;
  const CrChartRecords *records;
  CrKnowledge *knowledge;
  CrClock *clock;
  CrDate today;
} CrSummaryView;

void cr_summary_fill_since (CrCard *card, const CrSummaryView *view);
void cr_summary_fill_medications (CrCard *card, const CrSummaryView *view);
void cr_summary_fill_vitals (CrCard *card, const CrSummaryView *view);
void cr_summary_fill_results (CrCard *card, const CrSummaryView *view);
void cr_summary_fill_problems (CrCard *card, const CrSummaryView *view, gboolean resolved_too);
void cr_summary_fill_allergies (CrCard *card, const CrSummaryView *view, gboolean removed_too);
void cr_summary_fill_visits (CrCard *card, const CrSummaryView *view, guint rows);
#define CR_SUMMARY_VISITS 8 /* rows of the visits card at first */
