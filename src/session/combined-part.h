/* The parts of combined visits, for session's own files. */
#pragma once
#include "chartroom/store/desk-stores.h"

/* Tells each CrVisit its other part: other_id and what follows it. */
gboolean cr_visits_find_parts (CrTx *tx, GPtrArray *visits, GError **error);
/* Tells each CrVisit its place in its series. */
gboolean cr_visits_find_series (CrTx *tx, GPtrArray *visits, GError **error);
