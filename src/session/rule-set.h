/* What the practice has set for its book, as read from the store. */
#pragma once
#include "chartroom/domain/schedule-rules.h"
#include "chartroom/store/desk-stores.h"

typedef struct {
  GPtrArray *people, *types, *rooms, *type_persons, *needs;
  CrBookRules rules; /* of these arrays */
} CrRuleSet;
gboolean cr_rule_set_load (CrTx *tx, CrRuleSet *set, GError **error);
void cr_rule_set_clear (CrRuleSet *set);
