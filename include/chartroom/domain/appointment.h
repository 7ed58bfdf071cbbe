/* Appointments: one row per occurrence.  Times are office-local civil values. */
#pragma once
#include "chartroom/domain/patient.h"
#include "chartroom/domain/reach.h"

/* One status for book and board (UX 3.1), in order of the day. */
typedef enum {
  CR_STAGE_SCHEDULED,
  CR_STAGE_CONFIRMED,
  CR_STAGE_ARRIVED,
  CR_STAGE_ROOMED,
  CR_STAGE_WITH_DOCTOR,
  CR_STAGE_READY,
  CR_STAGE_CHECKED_OUT,
  CR_STAGE_NO_SHOW,
  CR_STAGE_CANCELLED,
  CR_N_STAGES
} CrStage;
extern const char *const CR_STAGE_CODES[]; /* "scheduled" … "with-doctor" … "cancelled" */

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id;
  CrId person_id; /* clinician */
  CrId room_id;
  CrId visit_type_id;
  CrId series_id; /* CrSeries: same for all its occurrences; none */
  CrDate date;
  gint64 start_min, minutes;
  char *reason;
  int stage;
  CrInstant stage_at;  /* when the present stage began */
  char *cancel_reason; /* cancelled or no-show */
  gint64 moves;        /* how often it was moved */
  gboolean walk_in;
  gboolean overbooked; /* accepted over another visit */
  CrInstant booked_at;
  CrId booked_by;
  gint64 early_minutes; /* asked to arrive so much before; CR_INT_NONE: on time */
  CrInstant handled_at; /* cancelled or no-show: when somebody took care of it; none: on the list */
  char *handled_how;    /* "rebooked" "wait-list" "not-needed" "undone", own words; NULL */
  CrId chain_id;        /* same for the parts of a combined visit (an id of its own), else none */
} CrAppointment;
CR_DECLARE_RECORD (CrAppointment, CR_APPOINTMENT, cr_appointment)

const char *cr_stage_word (int stage);    /* "With doctor" */
const char *cr_stage_icon (int stage);    /* icon name "cr-stage-with-doctor-symbolic" */
const char *cr_stage_mark (int stage);    /* paper mark: ○ ⊙ ◔ ◑ ◕ ● ✓ ⊘ ✕ */
gboolean cr_stage_holds_slot (int stage); /* not cancelled, not no-show */

/* An appointment with what a list or a card shows of its patient; no clinical data. */
typedef struct {
  CrAppointment *appointment;
  CrPatient *patient;
  char *type_code, *type_name, *room_name, *clinician; /* "FU" "Follow-up" "2" "Dr. Okafor" */
  gboolean similar;                                    /* another patient of that day has a similar name */
  gboolean unsigned_note;
  CrId encounter_id;
  CrId other_id; /* of a combined visit the other part, where it holds its time; else none, as the next three
                  */
  CrDate other_date;
  int other_start;
  char *other_clinician;
  CrReach *reach;           /* whom to call instead of a patient without a number; NULL */
  int series_at, series_of; /* "2 of 6": of its series, those that hold their time; 0: it is in none */
} CrVisit;
CrVisit *cr_visit_copy (const CrVisit *v);
void cr_visit_free (CrVisit *v);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrVisit, cr_visit_free)
/* Two people whose family names are equal or sound alike and whose given names begin alike. */
gboolean cr_patients_similar (const CrPatient *a, const CrPatient *b);
/* Marks visits of different patients of one day who are so; the visits are in the order of days. */
void cr_visits_mark_similar (GPtrArray *visits);
