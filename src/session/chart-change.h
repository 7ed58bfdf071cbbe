/* Changes of one chart: a job on a copy of a record, with the rules checked against what is stored now. */
#pragma once
#include "chart-private.h"
#include "job-rules.h"

typedef struct {
  const CrRecordClass *klass;
  gpointer record; /* owned copy; NULL where the job loads it by id */
  CrId patient_id, id;
  int state;
  char *reason;
} CrChartChange;

/* record: copied, may be NULL.  The job's data is the change; freed after the callback. */
CrChartChange *cr_chart_change_new (CrChart *chart, const CrRecordClass *klass, gconstpointer record);
void cr_chart_change_start (CrChart *chart, CrRight right, CrJob job, CrChartChange *change,
                            GAsyncReadyCallback cb, gpointer data);
