/* What jobs of the session ask before they write. */
#pragma once
#include "chartroom/session/work.h"

CrId cr_tx_person (CrTx *tx); /* in whose name the job runs */
/* The same right that the session checks, for a job that needs it only in some cases. */
gboolean cr_tx_require (CrTx *tx, CrRight right, GError **error);
/* NOT_ALLOWED, always FALSE: what may not be done, and whom to ask. */
gboolean cr_refuse_right (gint64 roles, CrRight right, GError **error);
gboolean cr_refuse (GError **error, const char *sentence); /* INVALID; always FALSE */
gboolean cr_refuse_changed (GError **error); /* CONFLICT: somebody else was faster; always FALSE */
/* FALSE and INVALID with the sentence unless both are charts of one person (charts may be merged). */
gboolean cr_tx_is_of_person (CrTx *tx, CrId patient, CrId of, const char *sentence, GError **error);
/* A new record (version 0) is written into the chart that is kept; one that exists stays in the chart it was
 * written in, which must be the same person's. */
gboolean cr_tx_own_chart (CrTx *tx, CrId *patient, CrId chart, gint64 version, GError **error);
/* FALSE and INVALID with the sentence when the text is empty or only blanks. */
gboolean cr_require_text (const char *text, const char *sentence, GError **error);
/* A day from `earliest` (a birth, a start; may be absent) to today.  Absent days pass; a partial day passes
 * when it may lie there. */
gboolean cr_require_past_day (CrDate day, CrDate earliest, CrDate today, GError **error);
