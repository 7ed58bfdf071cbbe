#include "chartroom/domain/referral.h"
#include "fields.h"

static const CrField TASK_FIELDS[] = {
  CR_FIELDS_HEAD (CrTask),
  CR_FIELD (CrTask, ID, patient_id),
  CR_FIELD (CrTask, ID, assignee_id),
  CR_FIELD (CrTask, ID, creator_id),
  CR_FIELD (CrTask, TEXT, kind),
  CR_FIELD (CrTask, TEXT, title),
  CR_FIELD (CrTask, TEXT, status),
  CR_FIELD (CrTask, DATE, due_on),
  CR_FIELD (CrTask, ID, subject_id),
  CR_FIELD (CrTask, INSTANT, created_at),
  CR_FIELD (CrTask, INSTANT, done_at),
  CR_FIELD (CrTask, DATE, snoozed_until),
  CR_FIELD (CrTask, ID, closed_by),
  CR_FIELD (CrTask, TEXT, note),
};
CR_DEFINE_RECORD (CR_TASK, CrTask, "task", TASK_FIELDS, FALSE)
