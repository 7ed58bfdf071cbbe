/* One day of the book, or the days around it: columns, visits, stages; book, move, cancel, undo.  Serves the
 * schedule grid, the Today list and the day sheet alike, so that book and board cannot disagree. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"
#include "chartroom/domain/slot-search.h"

#define CR_TYPE_DAY_SCHEDULE (cr_day_schedule_get_type ())
G_DECLARE_FINAL_TYPE (CrDaySchedule, cr_day_schedule, CR, DAY_SCHEDULE, GObject)

/* Properties: "date-days" (int, days since 1970), "loading".  Signal "reloaded": hours or visits changed. */
CrDaySchedule *cr_day_schedule_new (CrSession *session);
void cr_day_schedule_set_date (CrDaySchedule *self, CrDate date); /* loads asynchronously */
CrDate cr_day_schedule_get_date (CrDaySchedule *self);
/* The days that are loaded around the date; the day alone, until somebody asks for more. */
typedef enum {
  CR_SPAN_DAY,
  CR_SPAN_WORK_WEEK, /* Monday to Friday; to the date itself when that is on the weekend */
  CR_SPAN_WEEK,      /* Monday to Sunday */
  CR_SPAN_MONTH,     /* the six weeks that the month stands in */
  CR_SPAN_WEEKS,     /* four weeks, from the Monday on */
} CrBookSpan;
void cr_day_schedule_set_span (CrDaySchedule *self, CrBookSpan span);
CrBookSpan cr_day_schedule_get_span (CrDaySchedule *self);
void cr_day_schedule_get_days (CrDaySchedule *self, CrDate *from, CrDate *to); /* first and last */
/* Waits for a running load; tests and ctl. */
gboolean cr_day_schedule_load (CrDaySchedule *self, GError **error);

GListModel *cr_day_schedule_get_clinicians (CrDaySchedule *self); /* rows of CrPerson with a column */
GListModel *cr_day_schedule_get_visits (CrDaySchedule *self);     /* rows of CrVisit, all, by time */
/* What the rules need for one column, on the date or another one of the days; valid until "reloaded". */
const CrDay *cr_day_schedule_get_day (CrDaySchedule *self, CrId person_id);
const CrDay *cr_day_schedule_get_day_on (CrDaySchedule *self, CrDate date, CrId person_id);
/* Whether the visit takes the room or the equipment: columns by room.  Rooms: cr_session_get_rooms. */
gboolean cr_day_schedule_takes_room (CrDaySchedule *self, const CrVisit *visit, CrId room);
const CrVisit *cr_day_schedule_find (CrDaySchedule *self, CrId appointment_id); /* NULL: not on these days */
/* Minutes in the present stage; −1 where there is no clock running.  late: over the stage's limit. */
int cr_visit_minutes_in_stage (const CrVisit *visit, CrClock *clock, const CrPractice *practice,
                               gboolean *late);

typedef struct {
  CrId patient_id, person_id, visit_type_id, room_id;
  CrDate date;
  int start, minutes; /* minutes 0: the visit type's length */
  const char *reason; /* may be NULL */
  gboolean
      walk_in;    /* today, Arrived at once, beside other visits; person none: who is free; start none: now */
  guint accept;   /* CrPlace bits: what is in the way, as the person was shown it, and takes all the same */
  CrId series_id; /* series.h; else none */
  CrId chain_id;  /* combined.h; else none */
  CrRoomSet
      also; /* rooms and equipment that were chosen beside room_id; the type's needs come by themselves */
} CrBooking;
/* What is in the way on the days that are shown, a set of CrPlace bits; ignore: the visit that is being
 * moved, or none.  sentence: new string with all that the person has to know, NULL for none.  A courtesy
 * while the person still chooses: the job checks again, and refuses what is not in `accept`. */
guint cr_day_schedule_places (CrDaySchedule *self, const CrBooking *booking, CrId ignore, char **sentence);
/* The room and the equipment that it would take there (GArray of CrId), its own room first. */
GArray *cr_day_schedule_rooms (CrDaySchedule *self, const CrBooking *booking);
/* A clinician of those (GArray of CrId; empty: of all) at whom nothing is in the way of the booking: the one
 * preferred, else the first.  none: there is nobody. */
CrId cr_day_schedule_pick (CrDaySchedule *self, const CrBooking *booking, const GArray *people,
                           CrId preferred);
/* The first of them. */
CrPlace cr_day_schedule_check (CrDaySchedule *self, const CrBooking *booking, CrId ignore, char **sentence);
/* Errors: CONFLICT, what may be booked all the same (accept) or was taken meanwhile, with the times that are
 * next; INVALID, what may not.  After either the person chooses anew: nobody overbooks by a second key.
 * When an action's callback runs, the lists here show what it did. */
void cr_day_schedule_book_async (CrDaySchedule *self, const CrBooking *booking, GAsyncReadyCallback cb,
                                 gpointer data);
CrId cr_day_schedule_book_finish (CrDaySchedule *self, GAsyncResult *result, GError **error);
/* What is to become of a booked visit; a visit that has begun stays on its day. */
typedef struct {
  CrId appointment;
  CrDate date;                            /* absent: as it is */
  CrId person_id, visit_type_id, room_id; /* none: as it is; another type brings its length */
  int start;                              /* CR_MINUTE_NONE: as it is */
  int minutes;                            /* 0: as it is */
  gboolean no_room;                       /* with room_id none: no room any more */
  const char *reason;                     /* NULL: as it is; "": none any more */
  gboolean copy;                          /* the visit stays, and another one like it is booked there */
  guint accept;                           /* as for booking */
} CrVisitChange;
#define CR_VISIT_CHANGE(id) ((CrVisitChange){ .appointment = (id), .start = CR_MINUTE_NONE })
/* As cr_day_schedule_places; 0 while the visit or the new day is not among those shown. */
guint cr_day_schedule_change_places (CrDaySchedule *self, const CrVisitChange *change, char **sentence);
void cr_day_schedule_change_async (CrDaySchedule *self, const CrVisitChange *change, GAsyncReadyCallback cb,
                                   gpointer data);
/* The visit, or the copy. */
CrId cr_day_schedule_change_finish (CrDaySchedule *self, GAsyncResult *result, GError **error);
/* A change of place alone. */
void cr_day_schedule_move_async (CrDaySchedule *self, CrId appointment, CrId person_id, CrDate date,
                                 int start, guint accept, GAsyncReadyCallback cb, gpointer data);
void cr_day_schedule_cancel_async (CrDaySchedule *self, CrId appointment, const char *reason,
                                   GAsyncReadyCallback cb, gpointer data);
void cr_day_schedule_no_show_async (CrDaySchedule *self, CrId appointment, const char *reason,
                                    GAsyncReadyCallback cb, gpointer data);
/* Arrive makes the encounter; every stage is stamped there.  room: for ROOMED, else CR_ID_NONE. */
void cr_day_schedule_stage_async (CrDaySchedule *self, CrId appointment, int stage, CrId room,
                                  GAsyncReadyCallback cb, gpointer data);
void cr_day_schedule_set_reason_async (CrDaySchedule *self, CrId appointment, const char *reason,
                                       GAsyncReadyCallback cb, gpointer data);
/* All but book and change end in cr_session_finish.  Undo and redo: session.h. */
