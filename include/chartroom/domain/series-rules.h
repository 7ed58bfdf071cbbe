/* On which days a series has its visits (RFC 5545: FREQ, INTERVAL, BYDAY, BYMONTHDAY, UNTIL, COUNT).  Pure
 * functions on values; days are the office's, so that no clock change moves a visit. */
#pragma once
#include "chartroom/domain/book-records.h"

#define CR_SERIES_MOST 200 /* visits of one series */

/* What is wrong with the rule, a sentence for a person that says what to do; new string, NULL: nothing. */
char *cr_series_problem (const CrSeries *series);
/* In order, each once, at most CR_SERIES_MOST and for twenty years; a month without the day has its last day,
 * a month without the n-th weekday has none.  GArray of CrDate, empty for a rule with a problem. */
GArray *cr_series_dates (const CrSeries *series);
/* "Every 2 weeks on Mon and Thu, 8 visits"; new string. */
char *cr_series_words (const CrSeries *series);
