/* The duplicates of the whole practice: pairs that are possible or likely, as at registration, with points
 * and reasons, and what was answered to them. */
#pragma once
#include "chartroom/domain/duplicate-rules.h"
#include "chartroom/domain/merge.h"
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

#define CR_DUPLICATES_SHOWN 500 /* the best ones; the others follow when these are decided */

typedef struct {
  CrPatient *a, *b;
  CrDuplicateScore score;
  CrDuplicateAnswer *answer; /* NULL: nobody has judged them */
  char *answered_by;         /* NULL with it */
} CrDuplicateEntry;

#define CR_TYPE_DUPLICATE_LIST (cr_duplicate_list_get_type ())
G_DECLARE_FINAL_TYPE (CrDuplicateList, cr_duplicate_list, CR, DUPLICATE_LIST, GObject)

/* Reads the practice in slices between other work and compares beside the main loop; begins at once.
 * Properties "running" (boolean) and "status", a sentence.  What is answered or merged leaves the list
 * without a new search. */
CrDuplicateList *cr_duplicate_list_new (CrSession *session);
void cr_duplicate_list_search (CrDuplicateList *self); /* once more */
gboolean cr_duplicate_list_is_running (CrDuplicateList *self);
/* Rows of CrDuplicateEntry: not answered ones, best first, then those for later. */
GListModel *cr_duplicate_list_get_open (CrDuplicateList *self);
GListModel *cr_duplicate_list_get_answered (CrDuplicateList *self); /* not the same person; newest first */

/* NOT_SAME or LATER; a second answer replaces the first.  Right: demographics.  Finish with
 * cr_session_finish. */
void cr_duplicate_answer_async (CrSession *session, CrId a, CrId b, CrDuplicateJudgement judgement,
                                const char *reason, GAsyncReadyCallback cb, gpointer data);
