/* What a new practice starts with, and a clinician's week as people type it. */
#pragma once
#include "chartroom/domain/practice.h"
#include "chartroom/domain/schedule-rules.h"

/* New records, full, in their order; names are in the user's language.  The set-up proposes them, and a
 * practice that is made without it begins with them. */
CrPractice *cr_default_practice (void);    /* its habits only: date style, lock, grace before "late" */
GPtrArray *cr_default_visit_types (void);  /* CrVisitType */
GPtrArray *cr_default_rooms (void);        /* CrRoom */
GPtrArray *cr_default_hours (CrId person); /* CrHours: Monday to Friday, 9 to 12 and 1 to 5 */

/* "9a-12p, 1p-5p": CrSpan in the order of the day; empty: closed.  NULL and INVALID with a sentence. */
GArray *cr_day_hours_parse (const char *text, GError **error);
/* hours: CrHours of anybody.  "9:00 AM–12:00 PM, 1:00 PM–5:00 PM" of that person and weekday (ISO 1–7) on the
 * date; "" when closed.  Full. */
char *cr_day_hours_format (const GPtrArray *hours, CrId person, int weekday, CrDate on);
/* What is to be stored so that the person's weekday has these spans from the date on: nothing is deleted, old
 * hours end the day before.  New and changed records (CrHours), full; empty: all is so already. */
GPtrArray *cr_day_hours_change (const GPtrArray *hours, CrId person, int weekday, const GArray *spans,
                                CrDate from);
