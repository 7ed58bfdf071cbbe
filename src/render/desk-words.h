/* What the papers of the front desk share. */
#pragma once
#include "chartroom/render/desk-papers.h"

/* Those that have not begun, from that day on, by day and time; borrowed. */
GPtrArray *desk_coming (const GPtrArray *visits, CrDate from);
int desk_compare_visits (gconstpointer a, gconstpointer b); /* of CrVisit pointers, by day and time */
/* "9:05 AM", when the patient is asked to be there; the visit's own time when nothing is asked. */
char *desk_arrive_at (const CrVisit *visit);
gboolean desk_is_early (const CrVisit *visit);
/* "Call 503-555-0100 if you cannot come." */
char *desk_call_line (const CrPractice *practice);
/* A text to a patient: 12 pt, the size for letters (UX 6.1). */
void desk_add_plain (CrPaper *paper, const char *text);
