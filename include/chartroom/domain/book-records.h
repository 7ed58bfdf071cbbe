/* What the book keeps beside its appointments: rules of visit types, series, the wait list, calls and steps.
 * Rows are never deleted: what no longer holds is not active, ended or closed. */
#pragma once
#include "chartroom/domain/record.h"

/* Who may do visits of a type; a type without active rows may be done by everybody. */
typedef struct {
  CrId id;
  gint64 version;
  CrId visit_type_id, person_id;
  gboolean active;
} CrVisitTypePerson;
CR_DECLARE_RECORD (CrVisitTypePerson, CR_VISIT_TYPE_PERSON, cr_visit_type_person)

/* A room or a piece of equipment (CrRoom) that a visit of the type takes. */
typedef struct {
  CrId id;
  gint64 version;
  CrId visit_type_id, room_id;
  gint64 choice; /* of the rows with the same number one is enough; CR_INT_NONE: this very one is needed */
  gboolean active;
} CrVisitTypeNeed;
CR_DECLARE_RECORD (CrVisitTypeNeed, CR_VISIT_TYPE_NEED, cr_visit_type_need)

/* A room or a piece of equipment that an appointment takes beside its own room_id. */
typedef struct {
  CrId id;
  gint64 version;
  CrId appointment_id, room_id;
  gboolean active;
} CrAppointmentResource;
CR_DECLARE_RECORD (CrAppointmentResource, CR_APPOINTMENT_RESOURCE, cr_appointment_resource)

/* How occurrences follow each other (RFC 5545: FREQ with INTERVAL, BYDAY, BYMONTHDAY). */
typedef enum {
  CR_SERIES_DAILY,
  CR_SERIES_WEEKLY,      /* on `weekdays` */
  CR_SERIES_MONTHLY,     /* on `month_day` */
  CR_SERIES_MONTHLY_NTH, /* on the `nth` `weekday` */
} CrSeriesRule;
extern const char *const CR_SERIES_RULE_CODES[]; /* "daily" "weekly" "monthly" "monthly-nth" */

/* The rule of a series and what its occurrences were made as; each occurrence is an appointment of its own
 * with this series_id and may have been changed since. */
typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, person_id, room_id, visit_type_id;
  gint64 start_min, minutes;
  char *reason;
  int rule;         /* CrSeriesRule */
  gint64 every;     /* each n-th day, week or month; 1: each */
  char *weekdays;   /* WEEKLY: ISO digits, "135"; NULL: the weekday of start_on */
  gint64 month_day; /* MONTHLY: 1–31, the last day in a shorter month; CR_INT_NONE: the day of start_on */
  gint64 nth;       /* MONTHLY_NTH: 1–5, −1 the last */
  gint64 weekday;   /* MONTHLY_NTH: ISO 1–7 */
  CrDate start_on;  /* the first occurrence is not before */
  CrDate until_on;  /* the last day; absent: count holds */
  gint64 count;     /* number of occurrences; CR_INT_NONE: until_on holds */
  CrId follows_id;  /* the series this one was split from by "this and following"; none */
  CrInstant created_at;
  CrId created_by;
} CrSeries;
CR_DECLARE_RECORD (CrSeries, CR_SERIES, cr_series)

typedef enum { CR_WAIT_OPEN, CR_WAIT_BOOKED, CR_WAIT_CANCELLED } CrWaitStatus;
enum { CR_WAIT_URGENT = 1, CR_WAIT_HIGH = 2 };   /* priorities, 1 the highest: RFC 5545, 3.8.1.9 */
extern const char *const CR_WAIT_STATUS_CODES[]; /* FHIR: "waitlist" "booked" "cancelled" */

/* Somebody who would take an earlier visit, or any at all. */
typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id;
  CrId person_id; /* none: any clinician */
  CrId visit_type_id;
  gint64 minutes;                  /* CR_INT_NONE: as long as the type */
  char *weekdays;                  /* ISO digits, "135"; NULL: any */
  gint64 earliest_min, latest_min; /* start of the visit, minutes from midnight; CR_INT_NONE: open */
  CrDate earliest_on, latest_on;   /* inclusive; absent: open */
  gint64 notice_hours;             /* how long before the visit they must know; CR_INT_NONE: none */
  gint64 priority;                 /* CR_WAIT_URGENT, _HIGH; CR_INT_NONE: as they came */
  CrId interim_appointment_id;     /* what they hold meanwhile; none */
  char *reason;
  int status; /* CrWaitStatus */
  CrInstant added_at;
  CrId added_by;
  CrId appointment_id; /* BOOKED: what they got */
  CrInstant closed_at;
  CrId closed_by;
  char *closed_how; /* "declined" "seen elsewhere", own words; NULL */
} CrWaitEntry;
CR_DECLARE_RECORD (CrWaitEntry, CR_WAIT_ENTRY, cr_wait_entry)

typedef enum { CR_CONTACT_CALL, CR_CONTACT_LETTER, CR_CONTACT_CARD, CR_CONTACT_OTHER } CrContactKind;
extern const char *const CR_CONTACT_KIND_CODES[]; /* "call" "letter" "card" "other" */
typedef enum {
  CR_PURPOSE_CONFIRM,
  CR_PURPOSE_REMINDER,
  CR_PURPOSE_RECALL,
  CR_PURPOSE_PHONE_NOTE,
  CR_PURPOSE_OTHER
} CrContactPurpose;
extern const char *const CR_CONTACT_PURPOSE_CODES[]; /* "confirm" "reminder" "recall" "phone-note" "other" */

/* One try to reach a patient, made or still to be made; a call that came in. */
typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id;     /* none: a call that concerns no patient */
  CrId appointment_id; /* the visit it is about; none */
  int kind, purpose;   /* CrContactKind, CrContactPurpose */
  CrDate due_on;       /* when it was to be made; absent: it was not planned */
  CrInstant at;        /* when it was made; none: still to be made */
  CrId person_id;      /* who made it */
  char *caller;        /* who was on the phone, when not the patient; NULL */
  char *outcome; /* "confirmed" "left-message" "no-answer" "wrong-number" "cancelled", own words; NULL */
  char *note;
} CrContactAttempt;
CR_DECLARE_RECORD (CrContactAttempt, CR_CONTACT_ATTEMPT, cr_contact_attempt)

/* What one person did to the book at once, to be undone and done again until the end of the day.  Before and
 * after of its records are in the history, under the audit entries from first_entry to last_entry. */
typedef struct {
  CrId id;
  gint64 version;
  CrId person_id;
  CrDate date; /* the office's day on which it was made */
  CrInstant made_at;
  char *label; /* "Move GARCIA, M." */
  gint64 first_entry, last_entry;
  CrInstant undone_at; /* none: it holds */
  CrId undone_by;
} CrBookStep;
CR_DECLARE_RECORD (CrBookStep, CR_BOOK_STEP, cr_book_step)

/* Whether ISO digits name the weekday (1–7); NULL names every day. */
gboolean cr_weekdays_have (const char *weekdays, int weekday);
char *cr_weekdays_words (const char *weekdays); /* "Mon, Wed", new; NULL: each day */
