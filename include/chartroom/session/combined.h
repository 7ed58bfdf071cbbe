/* Two visits of one patient, one right after the other: booked together or not at all. */
#pragma once
#include "chartroom/session/day-schedule.h"

/* The second begins when the first ends; both get the same chain_id.  Errors as for booking; one step of
 * undo. */
void cr_combined_book_async (CrSession *session, const CrBooking *first, const CrBooking *second,
                             GAsyncReadyCallback cb, gpointer data);
CrId cr_combined_book_finish (CrSession *session, GAsyncResult *result, GError **error); /* the first one */
