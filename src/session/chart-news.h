/* What other people wrote into a chart that is open here. */
#pragma once
#include "chartroom/session/work.h"

typedef struct {
  char *who;        /* "Dr. Chen" */
  const char *kind; /* CrRecordClass.name, interned */
  CrInstant at;
} CrChartNews;
void cr_chart_news_free (CrChartNews *news);
/* Newest entry of the patient's audit; 0 none, −1 on error. */
gint64 cr_chart_newest_entry (CrTx *tx, CrId patient, GError **error);
/* The newest change by somebody else after entry `seen`, which is moved on; NULL without error: none. */
CrChartNews *cr_chart_news_since (CrTx *tx, CrId patient, gint64 *seen, GError **error);
/* "Dr. Chen changed the medication list at 9:41 AM." */
char *cr_chart_news_sentence (const CrChartNews *news, CrClock *clock);
