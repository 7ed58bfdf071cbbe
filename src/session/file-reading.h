/* Reading a sealed file in a job: what is asked for, and the answer. */
#pragma once
#include "chartroom/session/work.h"

typedef struct {
  CrId patient, document;
  GBytes *content; /* what the job read */
} CrFileReading;
/* The job is given a CrFileReading; the answer ends in cr_file_reading_finish.  source: the task's. */
void cr_file_reading_start (gpointer source, CrSession *session, CrRight right, CrJob job, CrId patient,
                            CrId document, GAsyncReadyCallback cb, gpointer data);
GBytes *cr_file_reading_finish (GAsyncResult *result, GError **error);
