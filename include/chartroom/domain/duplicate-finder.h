/* Which of many records may be one person's, without comparing each with each: records that agree in a birth
 * date, a name, a phone, an email or an insurance number are compared, and the others are not.  Every pair of
 * CR_DUPLICATE_POSSIBLE points is among those (cr_duplicate_score gives them; test-duplicate-finder holds
 * it), but for relatives: households would hide the pairs that somebody has to look at.  Of a record's family
 * names six at least are compared. */
#pragma once
#include "chartroom/domain/duplicate-rules.h"

typedef struct _CrDuplicateFinder CrDuplicateFinder;
CrDuplicateFinder *cr_duplicate_finder_new (void);
void cr_duplicate_finder_free (CrDuplicateFinder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrDuplicateFinder, cr_duplicate_finder_free)
/* Keeps numbers made of the texts, no text. */
void cr_duplicate_finder_add (CrDuplicateFinder *self, const CrDuplicateSide *side);
guint cr_duplicate_finder_size (const CrDuplicateFinder *self);

typedef struct {
  CrId a, b;   /* the smaller first */
  int at_most; /* points that the score does not exceed */
} CrDuplicatePair;
/* GArray of CrDuplicatePair that may have that many points, the best first, each once.  May take seconds: for
 * a thread of its own. */
GArray *cr_duplicate_finder_pairs (CrDuplicateFinder *self, int at_least);
