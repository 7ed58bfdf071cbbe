/* What the desk does with a visit beyond its stage: arrival with what was verified, check-out with what was
 * handed over, the times of the stages, when to be there, the expected end of the day.  Each change is one
 * step that can be undone, and ends in cr_session_finish once the day shows it. */
#pragma once
#include "chartroom/domain/chart-records.h"
#include "chartroom/domain/finish-rules.h"
#include "chartroom/domain/patient.h"
#include "chartroom/session/day-schedule.h"

/* ---- arrival ---- */

/* As typed in the verify strip; NULL: not asked, nothing changes.  Phone, address and insurance then read as
 * verified today. */
typedef struct {
  const char *phone, *address, *payer, *member_id;
} CrVerified;
/* INVALID: a field cannot be kept as typed; the sentence says how to write it, nothing was changed. */
void cr_day_schedule_arrive_async (CrDaySchedule *self, CrId appointment, const CrVerified *verified,
                                   GAsyncReadyCallback cb, gpointer data);
/* A task for the visit's clinician: the patient is late, what to do? */
void cr_day_schedule_ask_late_async (CrDaySchedule *self, CrId appointment, int minutes_late,
                                     GAsyncReadyCallback cb, gpointer data);
/* Minutes before the visit at which the patient is asked to be there; 0: on time. */
void cr_day_schedule_set_early_async (CrDaySchedule *self, CrId appointment, int minutes,
                                      GAsyncReadyCallback cb, gpointer data);

/* ---- times ---- */

enum { CR_STAMP_ARRIVED, CR_STAMP_ROOMED, CR_STAMP_WITH_DOCTOR, CR_STAMP_READY, CR_STAMP_OUT, CR_N_STAMPS };
typedef struct {
  CrInstant at[CR_N_STAMPS]; /* CR_INSTANT_NONE: has not been */
} CrStamps;
void cr_visit_stamps_async (CrSession *session, CrId appointment, GAsyncReadyCallback cb, gpointer data);
gboolean cr_visit_stamps_finish (CrSession *session, GAsyncResult *result, CrStamps *out, GError **error);
/* Only times that are there can be changed; they stay in order and not after now.  The reason is audited. */
void cr_day_schedule_set_stamps_async (CrDaySchedule *self, CrId appointment, const CrStamps *stamps,
                                       const char *reason, GAsyncReadyCallback cb, gpointer data);

/* ---- check-out ---- */

/* A paper of this visit that the patient may be given. */
typedef struct {
  char *code;    /* "packet:ID" "rx:ID" "card"; what encounter.handed holds */
  char *label;   /* "Referral packet REF-0311"; of a drug its name only for who may read it */
  CrId id;       /* of the prescription or referral; none */
  CrId document; /* the frozen packet; none */
  gboolean given;
} CrHandOver;
typedef struct {
  CrId encounter_id;
  GPtrArray *papers;   /* CrHandOver */
  GPtrArray *warnings; /* char*: what is still open; nothing stops */
  char *returns;       /* the doctor's request as cr_return_format gives it; "" for none */
  CrDate return_on;    /* the day to look from; absent */
  CrId return_type;    /* visit type proposed for it: this visit's own */
  gboolean returns_handled;
  CrAppointment *follow_up; /* booked since the visit began: nobody books a second one by mistake; NULL */
  CrAppointment *next;      /* else the next visit that was booked before; NULL */
} CrCheckOut;
void cr_check_out_free (CrCheckOut *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrCheckOut, cr_check_out_free)
void cr_check_out_load_async (CrSession *session, CrId appointment, GAsyncReadyCallback cb, gpointer data);
CrCheckOut *cr_check_out_load_finish (CrSession *session, GAsyncResult *result, GError **error);
/* The frozen packet of a referral of that visit, for whoever hands it over at the desk and may not open the
 * chart: first to "view", and again to "print" once the printer has it; each is audited.
 * cr_referral_packet_earlier_finish (referral-work.h). */
void cr_check_out_packet_async (CrSession *session, CrId appointment, CrId referral, const char *purpose,
                                GAsyncReadyCallback cb, gpointer data);
/* Checked out, with what was given (codes, NULL-terminated), the request as typed, and how it was met:
 * "booked", "not-needed" or NULL, which leaves it on the list of those to be booked. */
typedef struct {
  const char *const *given;
  const char *returns;
  const char *handled_how;
} CrCheckedOut;
void cr_day_schedule_check_out_async (CrDaySchedule *self, CrId appointment, const CrCheckedOut *out,
                                      GAsyncReadyCallback cb, gpointer data);
/* The doctor's request, from the note: needs the right to write notes or to change the schedule. */
void cr_encounter_set_return_async (CrSession *session, CrId encounter, const char *typed,
                                    GAsyncReadyCallback cb, gpointer data);

/* ---- the end of the day ---- */

/* What visits of the last 60 days took, by clinician: rows of CrPace, loaded once and when people change. */
typedef struct {
  CrId person_id;
  GArray *past; /* CrPastVisit, newest first */
} CrPace;
GListModel *cr_pace_list_new (CrSession *session);
/* "Dr. Okafor: about 5:10 PM, 10 min behind"; NULL: nothing left to do.  New string. */
char *cr_finish_words (CrDaySchedule *schedule, GListModel *paces, const CrPerson *clinician, int now);

/* ---- papers ---- */

/* The appointments of a chart (opened for the office) as CrVisit, in the chart's order. */
GPtrArray *cr_desk_visits (CrSession *session, const CrChartRecords *records);
const CrCoverage *cr_desk_coverage (const CrChartRecords *records); /* primary; NULL: none */
