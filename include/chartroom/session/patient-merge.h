/* Two charts of one person: side by side, merged by an administrator with a second person, undone for 30
 * days. */
#pragma once
#include "chartroom/domain/duplicate-rules.h"
#include "chartroom/domain/merge.h"
#include "chartroom/session/row.h"
#include "chartroom/session/second-person.h"

/* One line of the comparison; empty texts are "". */
typedef struct {
  const char *label;
  char *kept, *gone;
  char *after; /* what the kept chart says afterwards */
  gboolean differs;
} CrMergeLine;

typedef struct {
  CrPatient *kept, *gone;
  CrDuplicateScore score;
  GPtrArray *lines; /* CrMergeLine: identity and how to reach the person */
  GPtrArray
      *records;    /* CrMergeLine: how many records of each kind; nothing clinical is told but the numbers */
  char *objection; /* why they cannot be merged; NULL */
} CrMergePreview;
void cr_merge_preview_free (CrMergePreview *preview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrMergePreview, cr_merge_preview_free)
/* Right: demographics; audited as a view of both. */
void cr_merge_preview_async (CrSession *session, CrId kept, CrId gone, GAsyncReadyCallback cb, gpointer data);
CrMergePreview *cr_merge_preview_finish (GAsyncResult *result, GError **error);

/* Administrators.  Finish with cr_session_finish. */
void cr_merge_async (CrSession *session, CrId kept, CrId gone, const char *reason, CrSecondPerson *second,
                     GAsyncReadyCallback cb, gpointer data);
void cr_merge_undo_async (CrSession *session, CrId merge, GAsyncReadyCallback cb, gpointer data);

typedef struct {
  CrPatientMerge *merge;
  CrPatient *kept, *gone;
  char *by, *second, *undone_by; /* undone_by: NULL while it holds */
  char *objection;               /* why it cannot be undone; NULL: it can */
} CrMergedPair;
GListModel *cr_merge_list_new (CrSession *session); /* rows of CrMergedPair, newest first */
