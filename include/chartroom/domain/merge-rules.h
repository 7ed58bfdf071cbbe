/* Merging two charts of one person: what may be merged, what the kept chart takes over, how long it can be
 * undone. */
#pragma once
#include "chartroom/domain/merge.h"
#include "chartroom/domain/patient.h"

enum { CR_MERGE_UNDO_DAYS = 30 };

/* Why these two cannot be merged, gone into kept; NULL: they can.  Compare identities first: that is a
 * person's work.  A new string. */
char *cr_merge_objection (const CrPatient *kept, const CrPatient *gone);
/* Why the merge cannot be undone any more at that instant; NULL: it can.  A new string. */
char *cr_merge_undo_objection (const CrPatientMerge *merge, CrClock *clock, CrInstant now);
/* Fills what the kept record lacks from the one that goes; a phone with its use and an address with its city
 * go together or not at all.  What is restricted stays restricted, and
 * a best way to be reached that either forbids is none.  Never a name, a birth or a death: they
 * are compared, not mixed. */
void cr_merge_fill (CrPatient *kept, const CrPatient *gone);
