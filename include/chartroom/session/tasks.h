/* What waits for the signed-in person: unsigned notes, results to review, prescriptions to sign, reports.  Of
 * a restricted chart only that something waits. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"
#include "chartroom/domain/patient.h"

typedef struct {
  char *kind; /* "note" "result" "rx" "report" "task" */
  CrId id;    /* of the note, result, prescription, referral or task */
  CrPatient *patient;
  char *title, *detail; /* "Unsigned note, Nov 20, 2026" · "Potassium 5.1 mmol/L H ▲" */
  CrDate due;
  gboolean alert; /* to be looked at first: a result out of its range, or a task past its day */
} CrTaskItem;
void cr_task_item_free (CrTaskItem *item);
GListModel *cr_task_list_new (CrSession *session); /* rows of CrTaskItem, oldest first; kept up to date */
guint cr_task_list_alerts (GListModel *tasks);     /* how many of its items are alerts */
void cr_task_done_async (CrSession *session, CrId task, GAsyncReadyCallback cb, gpointer data);
