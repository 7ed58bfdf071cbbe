/* Visits that a person has laid aside to find them a new time.  Each stays booked where it is until it is
 * moved, so that none gets lost; the tray outlives page, lock and program. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

/* Rows of CrVisit, as they were put in; up to date, empty while nobody is signed in.  What was cancelled or
 * has ended meanwhile is not in it. */
GListModel *cr_holding_tray_new (CrSession *session);
void cr_holding_tray_put (CrSession *session, CrId appointment);  /* last */
void cr_holding_tray_take (CrSession *session, CrId appointment); /* out of it; the visit is not touched */
gboolean cr_holding_tray_has (CrSession *session, CrId appointment);
