/* Identity fields of all patients in memory, and the query on them.  No clinical data; wiped when freed.
 * One thread at a time: filled where it is loaded, then handed over. */
#pragma once
#include "chartroom/domain/patient.h"

typedef struct _CrSearchIndex CrSearchIndex;
CrSearchIndex *cr_search_index_new (guint expected);
void cr_search_index_free (CrSearchIndex *self); /* zeroes its memory */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrSearchIndex, cr_search_index_free)

typedef struct {
  CrId id, merged_into;
  const char *mrn, *family, *given, *preferred, *former; /* former: folded former names or NULL */
  const char *search;                                    /* folded current names (CrPatient.search) */
  const char *phone;
  const char *phones; /* further numbers: digits, a blank between them */
  CrDate birth, death;
  int sex;
} CrIndexKey;
/* Adds or replaces by id; copies.  A patient keeps the position. */
void cr_search_index_put (CrSearchIndex *self, const CrIndexKey *key);
/* Puts every patient of another index, as a job filled it. */
void cr_search_index_put_all (CrSearchIndex *self, CrSearchIndex *other);
/* After the last of many puts: sorts, so that no query has to. */
void cr_search_index_prepare (CrSearchIndex *self);
guint cr_search_index_size (CrSearchIndex *self);
/* Texts owned by the index, valid until the next put; absent ones are NULL; search is not given back. */
void cr_search_index_key (CrSearchIndex *self, guint at, CrIndexKey *out);
gboolean cr_search_index_find (CrSearchIndex *self, CrId id, guint *at);

/* In the order of UX 1.5; the three number groups stand in for FAMILY and NAME when the query has no word. */
typedef enum {
  CR_MATCH_TODAY,  /* on today's schedule */
  CR_MATCH_RECENT, /* own open or recent charts */
  CR_MATCH_FAMILY, /* a word begins the family name */
  CR_MATCH_NAME,   /* any part of any name, former ones too */
  CR_MATCH_MRN,
  CR_MATCH_PHONE,
  CR_MATCH_BIRTH, /* date or year of birth */
  CR_MATCH_SOUND, /* sounds alike */
  CR_N_MATCH_GROUPS
} CrMatchGroup;
typedef struct {
  guint at; /* position in the index */
  CrMatchGroup group;
  gboolean deceased; /* after all others, whatever the group */
  gboolean former;   /* found by a former name only */
  gboolean similar;  /* another one of these matches has a similar name */
} CrMatch;
typedef struct {
  CrDate today;
  const CrId *todays; /* patients on today's schedule */
  guint n_todays;
  const CrId *recent; /* own open or recent charts */
  guint n_recent;
  guint limit; /* 9 */
} CrSearchContext;
/* Best first; within a group by name.  Fewer than 2 characters match nobody.  total: how many match at all.
 * GArray of CrMatch. */
GArray *cr_search_index_query (CrSearchIndex *self, const char *query, const CrSearchContext *context,
                               guint *total);
