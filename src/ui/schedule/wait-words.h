/* What is said of an entry of the wait list.  All return new strings. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/wait-list.h"

/* "Follow-up, 20 minutes, Dr. Okafor" */
char *cr_wait_what (const CrWaitItem *item);
/* "Mo We, by Dec 05, 2026 · meanwhile Tue Dec 01, 2026, 9:20 AM, Dr. Chen · reason"; expired ones say so
 * first. */
char *cr_wait_detail (const CrWaitItem *item);
/* Of a closed one: "Booked Tue Dec 01, 2026, 9:20 AM", "Taken off: patient declined". */
char *cr_wait_outcome (const CrWaitItem *item);
char *cr_wait_since (CrSession *session, const CrWaitItem *item); /* "since Nov 20, 2026" */
