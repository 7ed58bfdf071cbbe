/* Two visits of one patient, one right after the other or both at once with two clinicians: booked together
 * or not at all. */
#pragma once
#include "chartroom/session/day-schedule.h"

/* Both get the same chain_id, and neither is in the other's way.  Errors as for booking; one step of
 * undo. */
void cr_combined_book_async (CrSession *session, const CrBooking *first, const CrBooking *second,
                             GAsyncReadyCallback cb, gpointer data);
CrId cr_combined_book_finish (CrSession *session, GAsyncResult *result, GError **error); /* the first one */
