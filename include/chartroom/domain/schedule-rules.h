/* Rules of the book: hours, blocks, overlaps, free slots.  Pure functions on values. */
#pragma once
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/practice.h"

/* Half-open stretch of one day, minutes from midnight. */
typedef struct {
  int start, end;
} CrSpan;

typedef enum {
  CR_PLACE_OK,
  CR_PLACE_CLOSED,       /* the clinician or the practice is closed that day */
  CR_PLACE_OUTSIDE,      /* outside hours */
  CR_PLACE_BLOCKED,      /* over a blocked time */
  CR_PLACE_OVERLAP,      /* over another visit of the clinician */
  CR_PLACE_PATIENT_BUSY, /* the patient has a visit at that time */
  CR_PLACE_SAME_DAY,     /* the patient has another visit that day (soft) */
  CR_PLACE_PAST,         /* before now (soft up to 7 days back, then hard) */
  CR_PLACE_TOO_FAR,      /* more than 18 months ahead (soft) */
} CrPlace;

/* What the rules read: all of one clinician and day (arrays of records; any may be NULL). */
typedef struct {
  CrDate date;
  CrId person_id;
  const GPtrArray *hours;      /* CrHours of the clinician */
  const GPtrArray *exceptions; /* CrScheduleException of the day, own and practice-wide */
  const GPtrArray *visits;     /* CrAppointment of the day, all clinicians */
} CrDay;

/* Open stretches: hours and extra hours less closures, before blocks; sorted.  A closure wins over extra
 * hours. GArray of CrSpan. */
GArray *cr_day_open_spans (const CrDay *day);
GArray *cr_day_blocked_spans (const CrDay *day);
/* First rule broken in the order of CrPlace, but a hard one before any soft one: who accepts a soft answer
 * may book. ignore: an appointment that is being moved, or none.  now: minutes, CR_MINUTE_NONE = only the
 * date counts. */
CrPlace cr_day_check (const CrDay *day, int start, int minutes, CrId patient_id, CrId ignore, CrDate today,
                      int now);
/* Cannot be booked at all: the patient is elsewhere, or the day is more than 7 days past. */
gboolean cr_place_is_hard (CrPlace place, CrDate date, CrDate today);
/* Sentence for a person: what is in the way and what to do; new string, NULL for OK. */
char *cr_place_sentence (CrPlace place, const CrDay *day, int start, int minutes, const char *clinician);
/* Starts of free stretches of that length, on the grain (minutes), not before `from`.  GArray of int. */
GArray *cr_day_free_starts (const CrDay *day, int minutes, int grain, int from);
/* Columns for overlapping visits side by side: lane and number of lanes per visit, in the array's order.
 * The array: the CrAppointment of one column that are to be drawn. */
void cr_lay_lanes (const GPtrArray *appointments, int *lane, int *lanes);
/* May the visit go from stage a to stage b?  (forward, back by one, no-show, cancel before arrival…) */
gboolean cr_stage_may_follow (int from, int to);
