/* Rules of the wait list: what became free, and whom it suits.  Pure functions on values. */
#pragma once
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/book-records.h"

/* A stretch of a clinician's day that was taken a moment ago. */
typedef struct {
  CrDate date;
  int start, end; /* minutes from midnight */
  CrId person_id;
} CrFreed;

/* What a change of a visit set free: it was cancelled or missed, moved away, or made shorter.  FALSE:
 * nothing. before: NULL for a new visit. */
gboolean cr_freed_by (const CrAppointment *before, const CrAppointment *after, CrFreed *out);
/* Times, or days, that leave none at all: a sentence; NULL: fine. */
const char *cr_wait_entry_times_problem (const CrWaitEntry *entry);
const char *cr_wait_entry_days_problem (const CrWaitEntry *entry, CrDate today);
/* The latest day that would have done is over. */
gboolean cr_wait_entry_expired (const CrWaitEntry *entry, CrDate today);
/* Whether the person would take a visit that begins with the stretch.  minutes: length of their visit;
 * interim: what they hold meanwhile, NULL for nothing: only something sooner suits. */
gboolean cr_wait_entry_suits (const CrWaitEntry *entry, int minutes, const CrAppointment *interim,
                              const CrFreed *freed, CrDate today, int now);
/* "Follow-up with Dr. Okafor…" is the caller's; this is when: "Mo We Fr, 9:00 AM–12:00 PM, by Dec 05, 2026, 2
 * h notice"; new string, "" for any time. */
char *cr_wait_entry_times (const CrWaitEntry *entry);
