/* What the files of the book's rules share. */
#pragma once
#include "chartroom/domain/schedule-rules.h"

gboolean cr_spans_overlap (CrSpan a, CrSpan b);
CrSpan cr_wish_span (const CrWish *wish);
CrSpan cr_visit_span (const CrAppointment *appointment);
/* Holds a slot of that day, and is not the one to be passed over. */
gboolean cr_visit_counts (const CrAppointment *appointment, const CrDay *day, CrId ignore);
gboolean cr_exception_applies (const CrScheduleException *exception, const CrDay *day);
CrSpan cr_exception_span (const CrScheduleException *exception);
const CrVisitType *cr_rules_type (const CrBookRules *rules, CrId id); /* NULL: not known */
