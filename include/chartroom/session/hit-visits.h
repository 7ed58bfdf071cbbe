/* Booked visits that a change of the book leaves without their time.  Nothing moves or cancels them by
 * itself: they are named, so that somebody does. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"
#include "chartroom/domain/practice.h"

/* Each ends in cr_hit_visits_finish.  Only visits from today on that nobody has come to. */
/* In a closure or block, also one that is not stored yet. */
void cr_hit_by_closure_async (CrSession *session, const CrScheduleException *closure, GAsyncReadyCallback cb,
                              gpointer data);
/* Within the hours that were (CrHours of everybody), and outside those that are stored now. */
void cr_hit_by_hours_async (CrSession *session, const GPtrArray *before, GAsyncReadyCallback cb,
                            gpointer data);
/* All of a clinician, or of a patient. */
void cr_hit_by_person_async (CrSession *session, CrId person, GAsyncReadyCallback cb, gpointer data);
void cr_hit_by_patient_async (CrSession *session, CrId patient, GAsyncReadyCallback cb, gpointer data);
/* Rows of CrVisit, by date and time; NULL with error. */
GPtrArray *cr_hit_visits_finish (GAsyncResult *result, GError **error);

/* Cancels all of one patient's visits (rows as above) for that reason: one job, and one step that is undone
 * at once.  A visit that somebody else took off the book meanwhile is passed over; of one that has begun
 * comes INVALID, and none is cancelled. */
void cr_hit_cancel_async (CrSession *session, const GPtrArray *rows, const char *reason,
                          GAsyncReadyCallback cb, gpointer data);
int cr_hit_cancel_finish (GAsyncResult *result, GError **error); /* how many; −1 with error */
