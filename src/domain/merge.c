#include "chartroom/domain/merge.h"
#include "fields.h"

const char *const CR_DUPLICATE_ANSWER_CODES[] = { "not-same", "later", NULL };

static const CrField DUPLICATE_ANSWER_FIELDS[] = {
  CR_FIELDS_HEAD (CrDuplicateAnswer),
  CR_FIELD (CrDuplicateAnswer, ID, patient_id),
  CR_FIELD (CrDuplicateAnswer, ID, other_patient_id),
  CR_FIELD_CODED (CrDuplicateAnswer, answer, CR_DUPLICATE_ANSWER_CODES),
  CR_FIELD (CrDuplicateAnswer, TEXT, reason),
  CR_FIELD (CrDuplicateAnswer, INSTANT, answered_at),
  CR_FIELD (CrDuplicateAnswer, ID, answered_by),
};
CR_DEFINE_RECORD (CR_DUPLICATE_ANSWER, CrDuplicateAnswer, "duplicate_answer", DUPLICATE_ANSWER_FIELDS, FALSE)

static const CrField PATIENT_MERGE_FIELDS[] = {
  CR_FIELDS_HEAD (CrPatientMerge),
  CR_FIELD (CrPatientMerge, ID, kept_id),
  CR_FIELD (CrPatientMerge, ID, gone_id),
  CR_FIELD (CrPatientMerge, TEXT, reason),
  CR_FIELD (CrPatientMerge, INSTANT, merged_at),
  CR_FIELD (CrPatientMerge, ID, merged_by),
  CR_FIELD (CrPatientMerge, ID, second_person_id),
  CR_FIELD (CrPatientMerge, INSTANT, undone_at),
  CR_FIELD (CrPatientMerge, ID, undone_by),
};
CR_DEFINE_RECORD (CR_PATIENT_MERGE, CrPatientMerge, "patient_merge", PATIENT_MERGE_FIELDS, FALSE)

static const CrField MERGE_ITEM_FIELDS[] = {
  CR_FIELDS_HEAD (CrMergeItem),         CR_FIELD (CrMergeItem, ID, merge_id),
  CR_FIELD (CrMergeItem, TEXT, kind),   CR_FIELD (CrMergeItem, ID, record_id),
  CR_FIELD (CrMergeItem, TEXT, field),  CR_FIELD (CrMergeItem, TEXT, former),
  CR_FIELD (CrMergeItem, TEXT, became),
};
CR_DEFINE_RECORD (CR_MERGE_ITEM, CrMergeItem, "merge_item", MERGE_ITEM_FIELDS, FALSE)

void
cr_duplicate_answer_pair (CrDuplicateAnswer *answer, CrId a, CrId b)
{
  answer->patient_id = MIN (a, b);
  answer->other_patient_id = MAX (a, b);
}
