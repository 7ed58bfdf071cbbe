/* A clinician's week as people type it, and as it holds for a stretch of days, in every week or in every
 * second one. */
#pragma once
#include "chartroom/domain/practice.h"
#include "chartroom/domain/schedule-rules.h"

/* Which days of the book are meant. */
typedef struct {
  CrDate from, until; /* inclusive; until absent: from then on */
  gint64 every_weeks; /* 2: every second week; else every week */
  CrDate phase_on;    /* with 2: a day in the first of those weeks (Monday to Sunday) */
} CrHoursRange;

/* "9a-12p, 1p-5p": CrSpan in the order of the day; empty: closed.  NULL and INVALID with a sentence. */
GArray *cr_day_hours_parse (const char *text, GError **error);
/* hours: CrHours of anybody.  "9:00 AM–12:00 PM, 1:00 PM–5:00 PM" of that person and weekday (ISO 1–7) on the
 * first such day of the range; "" when closed.  Full. */
char *cr_week_hours_format (const GPtrArray *hours, CrId person, int weekday, const CrHoursRange *range);
/* What is to be stored so that the person's weekday has these spans (CrSpan) on the days of the range, and on
 * the others what it has now: nothing is deleted, past days stay.  New and changed records (CrHours), full;
 * empty: all is so already. */
GPtrArray *cr_week_hours_change (const GPtrArray *hours, CrId person, int weekday, const GArray *spans,
                                 const CrHoursRange *range);
/* From today on, the stretches of days in which the person's hours do not change, in their order: GArray of
 * CrHoursRange, at least one.  every_weeks is 2 where the weeks take turns. */
GArray *cr_week_hours_periods (const GPtrArray *hours, CrId person, CrDate today);
/* "Today until Sun Jan 3, 2027" · "From Mon Jan 4, 2027 on"; new. */
char *cr_hours_range_words (const CrHoursRange *range, CrDate today);
/* A sentence on what is wrong with the range; NULL: nothing. */
const char *cr_hours_range_problem (const CrHoursRange *range, CrDate today);
