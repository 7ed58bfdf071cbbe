/* What jobs do to a visit: appointment and encounter together.  Each adds what it changed to `step`, label
 * and all, so that it can be undone. */
#pragma once
#include "chartroom/session/day-schedule.h"
#include "chartroom/store/stores.h"
#include "undo.h"

gboolean cr_visit_book (CrTx *tx, CrClock *clock, const CrBooking *booking, CrUndoStep *step,
                        CrId *appointment, GError **error);
typedef struct {
  CrId appointment, person_id;
  CrDate date;
  int start;
  gboolean accept;
} CrVisitMove;
gboolean cr_visit_move (CrTx *tx, CrClock *clock, const CrVisitMove *move, CrUndoStep *step, GError **error);
/* room: or none.  reason: for no-show and cancel. */
gboolean cr_visit_set_stage (CrTx *tx, CrId appointment, int stage, CrId room, const char *reason,
                             CrUndoStep *step, GError **error);
gboolean cr_visit_set_reason (CrTx *tx, CrId appointment, const char *reason, CrUndoStep *step,
                              GError **error);
