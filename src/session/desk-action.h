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
/* Reads something in a job and answers with a boolean; the answer's task owns data (g_task_get_task_data). */
void cr_desk_read_start (CrSession *session, CrRight right, CrJob job, gpointer data, GDestroyNotify destroy,
                         GAsyncReadyCallback cb, gpointer user_data);
/* The encounter of a visit that has begun; NOT_FOUND, with that sentence, when it has not. */
CrEncounter *cr_desk_encounter (CrTx *tx, CrId appointment, const char *missing, GError **error);
/* Saves a record that changed; one that did not is left alone. */
gboolean cr_desk_save (CrTx *tx, const CrRecordClass *klass, gconstpointer before, gpointer after,
                       GError **error);
