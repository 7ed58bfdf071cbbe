/* Two charts that may be one person: what was judged, and what a merge did. */
#pragma once
#include "chartroom/domain/record.h"

typedef enum { CR_DUPLICATE_NOT_SAME, CR_DUPLICATE_LATER } CrDuplicateJudgement;
extern const char *const CR_DUPLICATE_ANSWER_CODES[]; /* "not-same" "later" */

/* One row a pair; the smaller id is patient_id (cr_duplicate_answer_pair). */
typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, other_patient_id;
  int answer;   /* CrDuplicateJudgement */
  char *reason; /* "Twins", own words; NULL */
  CrInstant answered_at;
  CrId answered_by;
} CrDuplicateAnswer;
CR_DECLARE_RECORD (CrDuplicateAnswer, CR_DUPLICATE_ANSWER, cr_duplicate_answer)
/* Fills in both patients, the smaller id first. */
void cr_duplicate_answer_pair (CrDuplicateAnswer *answer, CrId a, CrId b);

typedef struct {
  CrId id;
  gint64 version;
  CrId kept_id, gone_id; /* patients; gone_id's merged_into is kept_id while the merge holds */
  char *reason;
  CrInstant merged_at;
  CrId merged_by;
  CrId second_person_id; /* who confirmed it */
  CrInstant undone_at;   /* none: it holds */
  CrId undone_by;
} CrPatientMerge;
CR_DECLARE_RECORD (CrPatientMerge, CR_PATIENT_MERGE, cr_patient_merge)

/* A field that a merge changed. */
typedef struct {
  CrId id;
  gint64 version;
  CrId merge_id;
  char *kind; /* the record's table */
  CrId record_id;
  char *field;
  char *former; /* its value before, as cr_field_to_text gives it; NULL: absent */
  char *became; /* what the merge wrote: put back only where it still stands */
} CrMergeItem;
CR_DECLARE_RECORD (CrMergeItem, CR_MERGE_ITEM, cr_merge_item)
