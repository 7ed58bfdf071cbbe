/* The next free times of the book, up to 18 months ahead. */
#pragma once
#include "chartroom/domain/slot-search.h"
#include "chartroom/session/session.h"

typedef struct {
  CrSlotWish wish;  /* a part's minutes 0: the type's length; from: not before today; from_minute: not read */
  int notice_hours; /* how long from now on at least */
  gboolean usual_first; /* the patient's usual clinician, whoever that is, is the wish's */
  gboolean suits;       /* only on days that suit the patient, where the wish names none */
  guint limit;
} CrSlotQuestion;

typedef struct {
  GArray *slots;   /* CrSlot, as cr_slot_search_take */
  CrDate open_day; /* the first day from the wish's on that somebody wanted has hours; absent: none */
} CrSlotAnswer;
void cr_slot_answer_free (CrSlotAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrSlotAnswer, cr_slot_answer_free)

/* The question is copied.  Errors: INVALID without a length or a day. */
void cr_next_available_async (CrSession *session, const CrSlotQuestion *question, GAsyncReadyCallback cb,
                              gpointer data);
CrSlotAnswer *cr_next_available_finish (CrSession *session, GAsyncResult *result, GError **error);
