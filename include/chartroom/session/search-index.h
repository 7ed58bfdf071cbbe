/* Identity fields of all patients in memory, and the query on them.  No clinical data; wiped when freed. */
#pragma once
#include "chartroom/domain/patient.h"

typedef struct _CrSearchIndex CrSearchIndex;
CrSearchIndex *cr_search_index_new (guint expected);
void cr_search_index_free (CrSearchIndex *self); /* zeroes its memory */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrSearchIndex, cr_search_index_free)

typedef struct {
  CrId id, merged_into;
  const char *mrn, *family, *given, *preferred, *former; /* former: folded former names or NULL */
  const char *search;                                    /* folded current names */
  const char *phone;
  CrDate birth, death;
  int sex;
} CrIndexKey;
void cr_search_index_put (CrSearchIndex *self, const CrIndexKey *key); /* adds or replaces by id; copies */
guint cr_search_index_size (CrSearchIndex *self);
void cr_search_index_key (CrSearchIndex *self, guint at, CrIndexKey *out); /* texts owned by the index */

typedef enum { CR_MATCH_TODAY, CR_MATCH_RECENT, CR_MATCH_FAMILY, CR_MATCH_NAME, CR_MATCH_NUMBER, CR_MATCH_SOUND } CrMatchGroup;
typedef struct {
  guint at; /* position in the index */
  CrMatchGroup group;
  gboolean similar;
} CrMatch;
typedef struct {
  CrDate today;
  const CrId *todays; /* patients on today's schedule, in time order */
  guint n_todays;
  const CrId *recent; /* own open or recent charts */
  guint n_recent;
  guint limit;        /* 9 */
} CrSearchContext;
/* Best first (UX 1.5's order; the dead last).  total: how many match at all.  GArray of CrMatch. */
GArray *cr_search_index_query (CrSearchIndex *self, const char *query, const CrSearchContext *context, guint *total);
