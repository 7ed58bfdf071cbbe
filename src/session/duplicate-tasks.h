/* The tasks "Possible duplicate of MRN …", which close with what is decided about the pair. */
#pragma once
#include "chartroom/store/store.h"

/* After two charts were merged or said to be two people's: of both, those with nothing left to decide about
 * any number in their title; one without a number stays. */
gboolean cr_duplicate_tasks_settle (CrTx *tx, CrId a, CrId b, GError **error);
