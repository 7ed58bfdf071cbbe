/* Two visits of one patient, one right after the other or both at once with two clinicians: booked together
 * or not at all.  Later each is a visit of its own; whoever moves or cancels one is told of the other. */
#pragma once
#include "chartroom/session/day-schedule.h"

/* Both get the same chain_id, and neither is in the other's way.  Errors as for booking; one step of
 * undo. */
void cr_combined_book_async (CrSession *session, const CrBooking *first, const CrBooking *second,
                             GAsyncReadyCallback cb, gpointer data);
CrId cr_combined_book_finish (CrSession *session, GAsyncResult *result, GError **error); /* the first one */

/* A part that stayed behind when the other one was moved away from it or cancelled. */
typedef struct {
  CrId step;          /* of the book, by which it was left */
  CrPatient *patient; /* whose visit it is */
  CrId appointment, person_id;
  char *clinician; /* "Dr. Chen" */
  CrDate date;     /* where it stands */
  int start;
  gboolean cancelled; /* so the other part was; else moved */
  CrDate to_date;     /* as far away as the other one went; cancelled: absent */
  int to_start;
  char *reason; /* for which the other part was cancelled; NULL: it was moved */
} CrPartLeft;
void cr_part_left_free (CrPartLeft *left);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrPartLeft, cr_part_left_free)
/* What the newest step of the signed-in person that holds has left behind; NULL without error: nothing, or it
 * followed meanwhile.  Asked again whenever a step is made, undone or done again (a record of CR_BOOK_STEP
 * changes). */
void cr_part_left_async (CrSession *session, GAsyncReadyCallback cb, gpointer data);
CrPartLeft *cr_part_left_finish (CrSession *session, GAsyncResult *result, GError **error);
/* It stays there on purpose: nothing more is said of it, in no window of this session. */
void cr_part_leave (CrSession *session, const CrPartLeft *left);
/* It goes the same way, with its own clinician and room, or is cancelled for the same reason; a step of its
 * own.  Errors as for a change; CONFLICT also when it is not where it was any more.  cr_session_finish. */
void cr_part_follow_async (CrSession *session, const CrPartLeft *left, GAsyncReadyCallback cb, gpointer data);
