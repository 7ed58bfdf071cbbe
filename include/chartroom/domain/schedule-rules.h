/* Rules of the book: hours, blocks, overlaps, free slots.  Pure functions on values. */
#pragma once
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/book-records.h"
#include "chartroom/domain/person.h"
#include "chartroom/domain/practice.h"

/* Half-open stretch of one day, minutes from midnight. */
typedef struct {
  int start, end;
} CrSpan;

/* What may be in the way of a visit, in the order in which it is said. */
typedef enum {
  CR_PLACE_OK,
  CR_PLACE_GONE,         /* the clinician no longer works here, or has no column any more (hard) */
  CR_PLACE_NO_TIME,      /* the clocks leave it out that night (hard) */
  CR_PLACE_CLOSED,       /* the clinician or the practice is closed that day */
  CR_PLACE_OUTSIDE,      /* outside hours */
  CR_PLACE_BLOCKED,      /* over a blocked time */
  CR_PLACE_NOT_TYPE,     /* the clinician does not do visits of that type (hard) */
  CR_PLACE_LATE,         /* visits of that type do not start so late */
  CR_PLACE_LIMIT,        /* more visits of the clinician at once than may be (hard) */
  CR_PLACE_ROOM,         /* a room or a piece of equipment that is needed is taken (hard) */
  CR_PLACE_OVERLAP,      /* over another visit of the clinician */
  CR_PLACE_PATIENT_BUSY, /* the patient has a visit at that time (hard) */
  CR_PLACE_SAME_DAY,     /* the patient has another visit that day (soft) */
  CR_PLACE_PAST,         /* before now: up to 7 days back, or with a reason (soft) */
  CR_PLACE_LONG_PAST,    /* more than 7 days back, and nothing says why (hard) */
  CR_PLACE_TOO_FAR,      /* more than 18 months ahead (soft) */
  CR_N_PLACES
} CrPlace;
/* Several at once are a set of these. */
#define CR_PLACE_BIT(place) (1u << (place))
#define CR_PLACES_SOFT                                                                                       \
  (CR_PLACE_BIT (CR_PLACE_CLOSED) | CR_PLACE_BIT (CR_PLACE_OUTSIDE) | CR_PLACE_BIT (CR_PLACE_BLOCKED) |      \
   CR_PLACE_BIT (CR_PLACE_LATE) | CR_PLACE_BIT (CR_PLACE_OVERLAP) | CR_PLACE_BIT (CR_PLACE_SAME_DAY) |       \
   CR_PLACE_BIT (CR_PLACE_PAST) | CR_PLACE_BIT (CR_PLACE_TOO_FAR))

#define CR_OVERLAP_LIMIT 2 /* visits of a clinician at once, where the person's record says nothing */

/* What the practice has set for all days (arrays of records; any may be NULL). */
typedef struct {
  const GPtrArray *people;       /* CrPerson: active, schedulable, overlap_limit */
  const GPtrArray *types;        /* CrVisitType: latest_min, name */
  const GPtrArray *rooms;        /* CrRoom: names of rooms and equipment */
  const GPtrArray *type_persons; /* CrVisitTypePerson, active ones */
  const GPtrArray *needs;        /* CrVisitTypeNeed, active ones */
} CrBookRules;

/* What the rules read: all of one clinician and day (arrays of records; any may be NULL). */
typedef struct {
  CrDate date;
  CrId person_id;
  const GPtrArray *hours;      /* CrHours of the clinician */
  const GPtrArray *exceptions; /* CrScheduleException of the day, own and practice-wide */
  const GPtrArray *visits;     /* CrAppointment of the day, all clinicians; other days' are passed over */
  const CrBookRules *rules;    /* NULL: nothing is set */
  const GPtrArray *resources;  /* CrAppointmentResource of the visits, active ones */
  gboolean gone;               /* has left by that day: nothing is open, whatever the hours say */
} CrDay;

/* Rooms and equipment, by id, each once; what is more than fits is left out. */
#define CR_MOST_ROOMS 6
typedef struct {
  CrId ids[CR_MOST_ROOMS];
  guint n;
} CrRoomSet;
gboolean cr_room_set_has (const CrRoomSet *set, CrId room);
void cr_room_set_add (CrRoomSet *set, CrId room);

/* A visit that is wanted; its day and clinician are the CrDay's. */
typedef struct {
  int start, minutes;
  CrId patient_id, visit_type_id, room_id; /* none: not chosen */
  CrId ignore;                             /* the visit that is changed itself; none: a new one */
  CrId chain_id;     /* parts of one combined visit that begin at once are not in each other's way */
  CrRoomSet also;    /* chosen beside room_id, whether the type needs them or not */
  gboolean no_time;  /* its start is on no clock that day (cr_clock_has_minute) */
  gboolean reasoned; /* of a new visit: its reason is written down */
} CrWish;

/* Open stretches: hours and extra hours less closures, before blocks; sorted.  A closure wins over extra
 * hours; nothing is open of a clinician who is gone.  GArray of CrSpan. */
GArray *cr_day_open_spans (const CrDay *day);
GArray *cr_day_blocked_spans (const CrDay *day);
/* All rules that the visit would break, a set of CrPlace bits.  now: minutes, CR_MINUTE_NONE = only the date
 * counts. */
guint cr_day_places (const CrDay *day, const CrWish *wish, CrDate today, int now);
/* The first of a set in the order of CrPlace, but a hard one before any soft one. */
CrPlace cr_places_first (guint places);
guint cr_places_hard (guint places); /* those of them that bar it */
/* Of those what the change breaks anew: a visit that only gets shorter where it stands breaks no rule of
 * time, and one that stays as it is breaks none at all. */
guint cr_places_of_change (guint places, const CrAppointment *before, const CrAppointment *after);
/* The first rule broken, for a visit without type and room. */
CrPlace cr_day_check (const CrDay *day, int start, int minutes, CrId patient_id, CrId ignore, CrDate today,
                      int now);
/* Cannot be booked at all: the clinician, a room or the patient is not to be had, or the day is more than 7
 * days past, or the time is on no clock. */
gboolean cr_place_is_hard (CrPlace place);
/* Sentence for a person: what is in the way and what to do; new string, NULL for OK. */
char *cr_place_sentence (CrPlace place, const CrDay *day, const CrWish *wish, const char *clinician);
/* The sentences of all that a person has to know: the first hard one, else every soft one, a space between;
 * new string, NULL for none. */
char *cr_places_sentence (guint places, const CrDay *day, const CrWish *wish, const char *clinician);
/* Rooms and equipment (GArray of CrId) that a visit of the type would take beside its own room; where several
 * would do, what was chosen, what the ignored visit holds, else the first that is free.  taken: the first
 * that is needed and not to be had, or none. */
GArray *cr_day_choose_rooms (const CrDay *day, const CrWish *wish, CrId *taken);
/* Whether the visit takes the room or the equipment.  Where a patient was roomed is no reservation. */
gboolean cr_visit_takes_room (const CrAppointment *appointment, const GPtrArray *resources, CrId room);
/* Of the resources those that the visit holds though its type does not need them: somebody chose them. */
CrRoomSet cr_visit_chosen_rooms (const CrAppointment *appointment, const GPtrArray *resources,
                                 const CrBookRules *rules);
gint64 cr_overlap_limit (const CrBookRules *rules, CrId person_id);
/* Was taken out of the practice or of the book; whom the rules do not know is not gone. */
gboolean cr_clinician_is_gone (const CrBookRules *rules, CrId person_id);
/* Starts of free stretches of that length, on the grain (minutes), not before `from`.  GArray of int. */
GArray *cr_day_free_starts (const CrDay *day, int minutes, int grain, int from);
/* Columns for overlapping visits side by side: lane and number of lanes per visit, in the array's order.
 * The array: the CrAppointment of one column that are to be drawn. */
void cr_lay_lanes (const GPtrArray *appointments, int *lane, int *lanes);
/* May the visit go from stage a to stage b?  (forward, back by one, no-show, cancel before arrival…) */
gboolean cr_stage_may_follow (int from, int to);
