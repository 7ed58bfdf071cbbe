/* One thing done at the desk that can be undone: a job with the book at hand, a step of undo at its end. */
#pragma once
#include "book-rules.h"
#include "chartroom/session/session.h"

/* label: of the step, a new string; set by the job. */
typedef gboolean (*CrDeskJob) (CrBook *book, gpointer data, char **label, GError **error);
/* data is freed after the answer, which ends in cr_session_finish. */
void cr_desk_job_start (CrSession *session, CrDeskJob job, gpointer data, GDestroyNotify destroy,
                        GAsyncReadyCallback cb, gpointer user_data);
/* format holds one %s: the patient's name. */
char *cr_desk_label (CrTx *tx, const char *format, CrId patient, GError **error);
