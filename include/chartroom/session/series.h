/* Visits that repeat: previewed one by one, booked, changed and cancelled together, each step undone at once.
 * Every visit is a row of its own and may be changed alone. */
#pragma once
#include "chartroom/domain/series-rules.h"
#include "chartroom/session/day-schedule.h"

/* One visit of a series as it would stand. */
typedef struct {
  CrId appointment; /* the visit that is changed; none: a new one */
  CrDate date;
  int start, minutes;
  CrId person_id;
  guint places;    /* CrPlace bits: what is in the way */
  gboolean hard;   /* it cannot stand there at all */
  gboolean wanted; /* whether it is to be saved; at first, when nothing is in the way */
  char *sentence;  /* what is in the way and what to do; NULL: nothing */
} CrOccurrence;
void cr_occurrence_free (CrOccurrence *occurrence);

/* Nothing is saved.  GPtrArray of CrOccurrence; INVALID: the rule or the visit cannot be. */
void cr_series_preview_async (CrSession *session, const CrSeries *series, GAsyncReadyCallback cb,
                              gpointer data);
GPtrArray *cr_series_preview_finish (GAsyncResult *result, GError **error);
/* Saves the series and those occurrences that are wanted, with the `places` that were shown of each as
 * accepted; all of them or none.  CONFLICT names the first that was taken meanwhile.  cr_series_finish. */
void cr_series_book_async (CrSession *session, const CrSeries *series, const GPtrArray *occurrences,
                           GAsyncReadyCallback cb, gpointer data);

typedef enum {
  CR_SCOPE_THIS,
  CR_SCOPE_FOLLOWING, /* and those after it: a series of their own from then on */
  CR_SCOPE_ALL,       /* from today on */
} CrSeriesScope;
/* What a change of one visit (day-schedule.h) would do to those of its series: another day moves each by as
 * many days.  Visits that have begun, are over or cancelled stay as they are. */
void cr_series_change_preview_async (CrSession *session, const CrVisitChange *change, CrSeriesScope scope,
                                     GAsyncReadyCallback cb, gpointer data); /* cr_series_preview_finish */
void cr_series_change_async (CrSession *session, const CrVisitChange *change, CrSeriesScope scope,
                             const GPtrArray *occurrences, GAsyncReadyCallback cb, gpointer data);
void cr_series_cancel_async (CrSession *session, CrId appointment, CrSeriesScope scope, const char *reason,
                             GAsyncReadyCallback cb, gpointer data);
/* How many visits were booked, changed or cancelled; −1 with error. */
int cr_series_finish (GAsyncResult *result, GError **error);
