/* The practice, its rooms, visit types and hours. */
#pragma once
#include "chartroom/domain/record.h"

typedef struct {
  CrId id;
  gint64 version;
  char *name;
  char *address, *city, *state, *zip;
  char *phone, *fax;          /* 10 digits */
  char *back_line;            /* direct line for urgent calls by colleagues; NULL = none */
  char *npi, *tax_id;         /* NPI: 10 digits, Luhn with 80840 */
  char *zone;                 /* IANA name */
  char *date_style;           /* "us" or "cui" */
  gint64 idle_minutes;        /* 1–15, default 5 */
  gint64 forget_minutes;      /* 1–720 after the lock the keys are forgotten; CR_INT_NONE: never */
  gint64 late_minutes;        /* grace before "late", default 10 */
  gboolean demo;              /* invented practice: everything is marked DEMO */
  CrDate content_reviewed_on; /* starter clinical content confirmed; absent = not yet */
  CrId content_reviewed_by;
  gint64 arrived_limit, roomed_limit; /* minutes in that stage until it is marked; CR_INT_NONE: the usual */
  char *units;                        /* "us" or "metric" for weights and heights; NULL: us */
  char *hour_style;                   /* "12" or "24"; NULL: 12 */
  CrId logo_id;                       /* CrDocument, on the letterhead */
} CrPractice;
CR_DECLARE_RECORD (CrPractice, CR_PRACTICE, cr_practice)

typedef struct {
  CrId id;
  gint64 version;
  char *name; /* "1", "Lab" */
  gint64 position;
  gboolean active;
  char *kind; /* NULL: a room; CR_ROOM_EQUIPMENT */
} CrRoom;
#define CR_ROOM_EQUIPMENT "equipment"
CR_DECLARE_RECORD (CrRoom, CR_ROOM, cr_room)

typedef struct {
  CrId id;
  gint64 version;
  char *code; /* 2–4 letters, printed on the card: FU NEW PHYS ACUT NURS TELE PROC */
  char *name; /* "Follow-up" */
  gint64 minutes;
  gint64 position;
  gboolean active;
  char *colour, *pattern; /* of the palette below; NULL: the first */
  gint64 latest_min;      /* does not start later in the day; CR_INT_NONE: open */
  gint64 early_minutes;   /* its patients are asked to arrive so much before; CR_INT_NONE: on time */
} CrVisitType;
CR_DECLARE_RECORD (CrVisitType, CR_VISIT_TYPE, cr_visit_type)
/* Edges of cards: a colour by name, which the style sheets give its value, and a line that tells types apart
 * without colour.  NULL-terminated. */
extern const char *const CR_TYPE_COLOURS[];  /* "blue" "purple" "green" "orange" "teal" "grey" "brown" */
extern const char *const CR_TYPE_PATTERNS[]; /* "solid" "double" "dashed" "dotted" */

/* One stretch of a clinician's week. */
typedef struct {
  CrId id;
  gint64 version;
  CrId person_id;
  gint64 weekday;              /* ISO 1–7 */
  gint64 start_min, end_min;   /* minutes from midnight */
  CrDate valid_from, valid_to; /* inclusive; absent = open */
  gint64 every_weeks;          /* 2: every second week; CR_INT_NONE: every week */
  CrDate phase_on;             /* a day in one of those weeks (Monday to Sunday) */
} CrHours;
CR_DECLARE_RECORD (CrHours, CR_HOURS, cr_hours)
gboolean cr_hours_on (const CrHours *hours, CrDate date); /* whether the stretch is worked that day */

/* Something other than the week's pattern: a holiday, a day off, a blocked hour, or extra hours. */
typedef enum { CR_EXCEPTION_CLOSED, CR_EXCEPTION_BLOCKED, CR_EXCEPTION_EXTRA } CrExceptionKind;
extern const char *const CR_EXCEPTION_CODES[]; /* "closed" "blocked" "extra" */
typedef struct {
  CrId id;
  gint64 version;
  CrId person_id; /* CR_ID_NONE: the whole practice */
  CrDate date;
  int kind;
  gint64 start_min, end_min; /* CLOSED: whole day when CR_INT_NONE */
  char *reason;              /* "Lunch", "Phone hour", "Thanksgiving" */
  CrDate until_on;           /* last day, inclusive; absent: that day alone; before `date`: withdrawn */
  char *weekdays;            /* of these days only, ISO digits "135"; NULL: each */
} CrScheduleException;
CR_DECLARE_RECORD (CrScheduleException, CR_SCHEDULE_EXCEPTION, cr_schedule_exception)
gboolean cr_schedule_exception_on (const CrScheduleException *exception, CrDate date);

/* Preference of one person or of the practice (person_id none): "text-size", "density", "dark", … */
typedef struct {
  CrId id;
  gint64 version;
  CrId person_id;
  char *key, *value;
} CrPreference;
CR_DECLARE_RECORD (CrPreference, CR_PREFERENCE, cr_preference)
