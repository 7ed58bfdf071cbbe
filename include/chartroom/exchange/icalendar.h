/* A clinician's book as iCalendar (RFC 5545), for a calendar outside of Chartroom.  Without patients' names
 * unless a person asks for them; reasons, flags and anything clinical never go out. */
#pragma once
#include "chartroom/base/clock.h"
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/person.h"
#include "chartroom/domain/practice.h"

typedef enum {
  CR_CALENDAR_NO_NAMES, /* "Follow-up" */
  CR_CALENDAR_INITIALS, /* "Follow-up – G. M." */
  CR_CALENDAR_NAMES     /* "Follow-up – GARCIA, Maria" */
} CrCalendarNames;

typedef struct {
  const CrPractice *practice; /* its id makes the events' UIDs unique and lasting */
  const CrPerson *clinician;
  const GPtrArray *visits; /* CrVisit of the clinician, any order */
  CrClock *clock;          /* civil times become UTC in its zone */
  CrInstant stamp;         /* when the file is made */
  int names;               /* CrCalendarNames */
} CrCalendarContent;

/* UTF-8, lines of at most 75 octets ended by CR LF.  A visit has the same UID in every export; its
 * SEQUENCE grows with every change; a cancelled or missed one has STATUS:CANCELLED. */
GBytes *cr_calendar_write (const CrCalendarContent *content);
