/* Holidays, days off, blocked and extra hours (CrScheduleException) in words, and whom they touch. */
#pragma once
#include "chartroom/domain/practice.h"

/* "Thu Nov 26, 2026, all day" · "Mon Nov 30 – Fri Dec 18, 2026 (Mon, Wed), 12:00–1:00 PM"; new. */
char *cr_closure_when (const CrScheduleException *closure);
/* "Closed" "Blocked" "Extra hours"; static. */
const char *cr_closure_kind_name (int kind);
/* Nothing is deleted: one that was taken back has no day any more. */
void cr_closure_withdraw (CrScheduleException *closure);
gboolean cr_closure_is_withdrawn (const CrScheduleException *closure);
/* The last day it is in force. */
CrDate cr_closure_last (const CrScheduleException *closure);
/* Whether it keeps that time of a clinician from being booked: closed or blocked, the practice's or their
 * own. start, minutes: of the visit. */
gboolean cr_closure_hits (const CrScheduleException *closure, CrId person, CrDate date, gint64 start,
                          gint64 minutes);
/* What is wrong with it as a person typed it, a sentence; NULL: nothing.  today: a day that is over cannot be
 * closed any more. */
const char *cr_closure_problem (const CrScheduleException *closure, CrDate today);
