/* What a new practice starts with. */
#pragma once
#include "chartroom/domain/practice.h"

/* New records, full, in their order; names are in the user's language.  The set-up proposes them, and a
 * practice that is made without it begins with them. */
CrPractice *cr_default_practice (void);    /* its habits only: date style, lock, grace before "late" */
GPtrArray *cr_default_visit_types (void);  /* CrVisitType */
GPtrArray *cr_default_rooms (void);        /* CrRoom */
GPtrArray *cr_default_hours (CrId person); /* CrHours: Monday to Friday, 9 to 12 and 1 to 5 */
