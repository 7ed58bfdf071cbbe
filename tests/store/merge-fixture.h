/* Two charts of one person in an invented practice, and who merges them; the whole store before and after. */
#pragma once
#include "fixture.h"
#include "chartroom/store/patient-merge.h"

#define SECOND_LOGIN "second"
#define SECOND_PASSWORD "another plain test phrase"

typedef struct {
  Fixture *fixture;
  CrStoreUser *second; /* signs beside the administrator */
  CrId kept, gone;
} Pair;
Pair *pair_new (void);
void pair_free (Pair *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pair, pair_free)

typedef struct {
  CrMergeOrder order;
  CrId merge; /* result, or what is undone */
} Act;
gboolean merge_job (CrTx *tx, gpointer act, GError **error);
gboolean unmerge_job (CrTx *tx, gpointer act, GError **error);
CrId merge (Pair *pair, CrId kept, CrId gone);
void unmerge (Pair *pair, CrId id);
void refuse_merge (Pair *pair, CrId kept, CrId gone, CrStoreUser *second);

/* "class id" → JSON without the version, of every row of every table. */
GHashTable *take_snapshot (Fixture *fixture);
/* Every row as it was, and no other but those that speak of merges. */
void assert_same_store (GHashTable *before, GHashTable *after);
