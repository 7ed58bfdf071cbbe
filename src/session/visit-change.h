/* What jobs do to a visit: appointment, encounter and rooms together.  label: what was done, "Booked GARCIA,
 * Maria"; a new string that takes the place of the old one.  Whoever wants it undone later ends the job with
 * cr_book_step_save. */
#pragma once
#include "chartroom/session/day-schedule.h"
#include "book-rules.h"

gboolean cr_visit_book (CrBook *book, const CrBooking *booking, char **label, CrId *appointment,
                        GError **error);
/* id: the visit, or the copy of it. */
gboolean cr_visit_change (CrBook *book, const CrVisitChange *change, char **label, CrId *id, GError **error);
/* Writes into the visit what the change names; what is not named stays. */
gboolean cr_visit_take (CrTx *tx, const CrVisitChange *change, CrAppointment *appointment, GError **error);
/* room: or none.  reason: for no-show and cancel. */
gboolean cr_visit_set_stage (CrBook *book, CrId appointment, int stage, CrId room, const char *reason,
                             char **label, GError **error);
/* The other parts of a combined visit on that day that have not come as far go along: who comes, comes to
 * each.  label: as the first part gave it; new where it gave none. */
gboolean cr_visit_set_parts (CrBook *book, const CrAppointment *first, int stage, char **label,
                             GError **error);
gboolean cr_visit_set_reason (CrBook *book, CrId appointment, const char *reason, char **label,
                              GError **error);
