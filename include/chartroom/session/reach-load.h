/* Through whom a patient is reached (domain/reach.h), read inside a job. */
#pragma once
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/reach.h"
#include "chartroom/store/store.h"

/* *out: new, NULL where nothing is missing or nobody has it.  FALSE with error. */
gboolean cr_reach_load (CrTx *tx, const CrPatient *patient, CrReach **out, GError **error);
/* Of every visit (CrVisit) whose patient has no number. */
gboolean cr_visits_find_reach (CrTx *tx, GPtrArray *visits, GError **error);
