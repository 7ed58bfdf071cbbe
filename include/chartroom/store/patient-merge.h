/* Merging two charts of one person, and undoing it.  Inside a job.  What is read of a patient afterwards
 * comes from all charts of the person (person-charts.h). */
#pragma once
#include "chartroom/domain/merge.h"
#include "chartroom/domain/patient.h"
#include "chartroom/store/store.h"

typedef struct {
  CrId kept, gone;
  const char *reason;
  CrStoreUser *second; /* who signed with the own password (cr_store_second_person) */
} CrMergeOrder;
/* Signed and other clinical rows stay where they were written; appointments, visits, tasks, coverage and what
 * else belongs to the desk moves; each changed field is remembered.  INVALID with the reason when it may not
 * be. */
CrPatientMerge *cr_patients_merge (CrTx *tx, const CrMergeOrder *order, GError **error);
/* Each field goes back unless somebody changed it after the merge; what was written meanwhile stays where it
 * is. */
gboolean cr_patients_unmerge (CrTx *tx, CrId merge, GError **error);
