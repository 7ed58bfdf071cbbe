/* One job of the desk on a visit: undoable, answered when the day shows what it did. */
#pragma once
#include "chartroom/session/day-schedule.h"
#include "chartroom/session/work.h"
#include "book-rules.h"

/* label: what was done, a new string; left NULL, nothing can be undone. */
typedef gboolean (*CrDeskRun) (CrBook *book, gpointer data, char **label, GError **error);
/* Takes data.  The answer ends in cr_session_finish. */
void cr_desk_action_start (CrDaySchedule *schedule, CrDeskRun run, gpointer data, GDestroyNotify destroy,
                           GAsyncReadyCallback cb, gpointer user_data);
/* Saves a record that changed; one that did not is left alone. */
gboolean cr_desk_save (CrTx *tx, const CrRecordClass *klass, gconstpointer before, gpointer after,
                       GError **error);
