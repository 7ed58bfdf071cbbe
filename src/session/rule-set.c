#include "rule-set.h"

gboolean
cr_rule_set_load (CrTx *tx, CrRuleSet *set, GError **error)
{
  cr_rule_set_clear (set);
  if ((set->people = cr_person_list (tx, error)) == NULL ||
      (set->types = cr_visit_type_list (tx, error)) == NULL ||
      (set->rooms = cr_room_list (tx, error)) == NULL ||
      (set->type_persons = cr_visit_type_persons (tx, error)) == NULL ||
      (set->needs = cr_visit_type_needs (tx, error)) == NULL)
    return FALSE;
  set->rules = (CrBookRules){ set->people, set->types, set->rooms, set->type_persons, set->needs };
  return TRUE;
}

void
cr_rule_set_clear (CrRuleSet *set)
{
  g_clear_pointer (&set->people, g_ptr_array_unref);
  g_clear_pointer (&set->types, g_ptr_array_unref);
  g_clear_pointer (&set->rooms, g_ptr_array_unref);
  g_clear_pointer (&set->type_persons, g_ptr_array_unref);
  g_clear_pointer (&set->needs, g_ptr_array_unref);
  set->rules = (CrBookRules){ 0 };
}
