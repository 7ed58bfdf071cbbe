/* What the safety checks are told about the patient. */
#pragma once
#include "chartroom/clinical/checks.h"
#include "chartroom/domain/chart-records.h"
#include "chartroom/session/work.h"

/* Fills all but rx and batch; the arrays stay the records' own.  Records that may not be read count as
 * unavailable. */
void cr_check_input_fill (CrCheckInput *in, const CrChartRecords *records, const CrKnowledge *k,
                          CrClock *clock);
/* What the checks need of one patient, as stored now. */
CrChartRecords *cr_check_records_load (CrTx *tx, CrId patient_id, const CrKnowledge *k, GError **error);
