/* Record ids: positive 63-bit integers made by the program: 41 bits of milliseconds since 2020-01-01 UTC,
 * then 22 bits that start at random and count up within a millisecond.  Two programs that collide get
 * a refused INSERT and a rolled-back job, never a shared id. */
#pragma once
#include "chartroom/base/clock.h"

typedef gint64 CrId;
#define CR_ID_NONE ((CrId)0)

typedef struct _CrIds CrIds;
/* seed 0: from the system's random source; any other seed with a fixed clock gives the same ids again. */
CrIds *cr_ids_new (CrClock *clock, guint64 seed);
/* Goes on where another one is, from the next millisecond: none of its ids comes again, whatever the seed. */
CrIds *cr_ids_new_after (CrIds *earlier, guint64 seed);
CrId cr_ids_next (CrIds *self); /* thread-safe */
void cr_ids_free (CrIds *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrIds, cr_ids_free)
