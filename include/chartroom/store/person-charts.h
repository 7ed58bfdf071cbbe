/* Which charts are one person's: those that were merged, and the one that is kept.  Inside a job. */
#pragma once
#include "chartroom/domain/patient.h"
#include "chartroom/store/store.h"

/* The chart that stands for the person now: the patient itself, or the one it was merged into. */
CrPatient *cr_patient_kept (CrTx *tx, CrId patient, GError **error);
CrId cr_patient_kept_id (CrTx *tx, CrId patient, GError **error); /* CR_ID_NONE on error */
/* Both belong to one person; FALSE too when it could not be read, with error. */
gboolean cr_patients_are_one (CrTx *tx, CrId a, CrId b, GError **error);
/* How many records of that kind the very chart has (merged ones not counted in); −1 on error. */
gint64 cr_chart_count (CrTx *tx, const CrRecordClass *klass, CrId patient, GError **error);
/* CrId of every chart of the person. */
GArray *cr_patient_charts (CrTx *tx, CrId patient, GError **error);
