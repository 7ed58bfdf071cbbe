/* Clinical records of restricted charts outside an open chart: lists of work, papers, signatures.  They read
 * "Restricted" until the person opened the chart for a reason (UX 1.7). */
#pragma once
#include "chartroom/session/work.h"
#include "chartroom/domain/patient.h"

/* What a list says in place of what it may not show. */
#define CR_RESTRICTED_WORD _ ("Restricted")
gboolean cr_tx_is_closed (CrTx *tx, const CrPatient *patient); /* to this person, now */
/* FALSE and RESTRICTED when the patient's chart is closed to this person. */
gboolean cr_tx_require_chart (CrTx *tx, CrId patient, GError **error);
/* The same, with a reason that opens it and goes to the audit; NULL or blank: none given. */
gboolean cr_tx_open_chart (CrTx *tx, const CrPatient *patient, const char *reason, GError **error);
