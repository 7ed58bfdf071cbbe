/* One job of the desk on a visit: undoable, answered when the day shows what it did. */
#pragma once
#include "chartroom/session/day-schedule.h"
#include "chartroom/session/work.h"
#include "undo.h"

/* Adds what it changed to step, with a label. */
typedef gboolean (*CrDeskRun) (CrTx *tx, gpointer data, CrUndoStep *step, GError **error);
/* Takes data.  The answer ends in cr_session_finish. */
void cr_desk_action_start (CrDaySchedule *schedule, CrDeskRun run, gpointer data, GDestroyNotify destroy,
                           GAsyncReadyCallback cb, gpointer user_data);
/* Saves a record that changed, and notes it; one that did not is left alone. */
gboolean cr_desk_save (CrTx *tx, const CrRecordClass *klass, gconstpointer before, gpointer after,
                       CrUndoStep *step, GError **error);
