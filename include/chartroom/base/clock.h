/* The clock is an argument.  Instants are UTC microseconds since 1970 (gint64, 0 = absent). */
#pragma once
#include "chartroom/base/civil.h"

typedef gint64 CrInstant;
#define CR_INSTANT_NONE ((CrInstant)0)

typedef struct _CrClock CrClock;
/* zone: IANA name ("America/Los_Angeles"), or NULL for the machine's own; so is a name nobody knows. */
gboolean cr_zone_is_known (const char *zone);
/* What this computer knows: `first` (may be NULL), those of the United States from east to west, then all
 * others by name; without a list on this computer the first and the usual of the United States.  Full. */
char **cr_zone_names (const char *first);
CrClock *cr_clock_new_system (const char *zone);
/* Stands at an instant until cr_clock_advance; for tests, demo data and screenshots. */
CrClock *cr_clock_new_fixed (CrDate date, int minute, const char *zone);
/* Starts at the given civil time and then runs with the machine's monotonic clock.  zone NULL: the civil time
 * is kept when the zone is set for the first time. */
CrClock *cr_clock_new_from (CrDate date, int minute, const char *zone);
CrClock *cr_clock_ref (CrClock *self);
void cr_clock_unref (CrClock *self);
void cr_clock_advance (CrClock *self, gint64 microseconds); /* fixed clocks only */
/* Takes the practice's zone once it is known (thread-safe). */
void cr_clock_set_zone (CrClock *self, const char *zone);
const char *cr_clock_zone (CrClock *self); /* IANA name; interned */

CrInstant cr_clock_now (CrClock *self);
CrDate cr_clock_today (CrClock *self);
int cr_clock_minute (CrClock *self); /* minutes from local midnight */
/* Office-local civil date and minute of an instant. */
CrDate cr_clock_date_of (CrClock *self, CrInstant at);
int cr_clock_minute_of (CrClock *self, CrInstant at);
/* The instant of a civil time: the first where a clock change repeats it; the end of the gap where it is
 * skipped (2:30 AM on the spring night is 3:00 AM). */
CrInstant cr_clock_instant_of (CrClock *self, CrDate date, int minute);
/* FALSE in the hour that a clock change skips: 2:30 AM on the spring night is on no clock. */
gboolean cr_clock_has_minute (CrClock *self, CrDate date, int minute);
char *cr_clock_format (CrClock *self, CrInstant at); /* 2026-11-23 14:30:05, office-local; "" when absent */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrClock, cr_clock_unref)
