/* The drug against every other one: duplicates and interactions. */
#include "check-run.h"
#include <glib/gi18n.h>

/* Kinds of drug pairs that cannot be looked at without the medication list. */
static gboolean
has_list (CrCheckRun *run, CrCheckKind kind)
{
  if (run->others == NULL)
    cr_check_skip (run, kind, _ ("the medication list is unavailable"));
  return run->others != NULL;
}

/* A list without a current medication says nothing: nobody may have asked.  What waits for a signature beside
 * it is compared, but it is not the list either. */
static void
skip_unrecorded (CrCheckRun *run, CrCheckKind kind)
{
  const GPtrArray *medications = run->in->medications;
  for (guint i = 0; i < medications->len; i++)
    if (cr_check_is_current (medications->pdata[i]))
      return;
  if (!run->in->takes_none)
    cr_check_skip (run, kind,
                   medications->len > 0 ? _ ("no current medications recorded")
                                        : _ ("medications not recorded"));
}

static CrCheck *
add_pair (CrCheckRun *run, CrCheckKind kind, const CrDrugView *other, char *title)
{
  CrCheck *check = cr_check_add (run, kind, CR_CHECK_FOUND, title);
  check->counterpart = g_strdup (other->name);
  check->counterpart_id = other->id;
  return check;
}

/* ---- duplicates ---- */

static const char *
shared_ingredient (const CrDrugView *a, const CrDrugView *b)
{
  for (guint i = 0; i < a->ingredients->len; i++)
    if (g_ptr_array_find_with_equal_func (b->ingredients, g_ptr_array_index (a->ingredients, i), g_str_equal,
                                          NULL))
      return g_ptr_array_index (a->ingredients, i);
  return NULL;
}

/* The shared class that matters most; NULL when none does. */
static const CrDrugClass *
shared_class (const CrKnowledge *k, const CrDrugView *a, const CrDrugView *b)
{
  const CrDrugClass *worst = NULL;
  for (guint i = 0; i < a->classes->len; i++) {
    const CrDrugClass *class = cr_knowledge_class (k, g_ptr_array_index (a->classes, i));
    if (class->duplicate_tier > 0 && (worst == NULL || class->duplicate_tier > worst->duplicate_tier) &&
        g_ptr_array_find_with_equal_func (b->classes, class->key, g_str_equal, NULL))
      worst = class;
  }
  return worst;
}

static void
add_same_ingredient (CrCheckRun *run, const CrDrugView *other, const char *key)
{
  const CrIngredient *ingredient = cr_knowledge_ingredient (run->k, key);
  gboolean same_way = g_strcmp0 (run->rx.route, other->route) == 0 || other->route == NULL;
  g_autofree char *rule = g_strdup_printf ("duplicate-ingredient/%s", key);
  CrCheck *check = add_pair (run, CR_CHECK_DUPLICATE, other,
                             g_strdup_printf (_ ("%s – also in %s"), ingredient->display, other->name));
  check->tier = same_way ? CR_CHECK_TIER_WARNING : 1;
  check->why = g_strdup_printf (_ ("The patient already has %s."), other->name);
  check->what = g_strdup (_ ("Stop the old one if this replaces it, or say that both are intended."));
  cr_check_from_rule (check, rule, "1", &ingredient->origin);
}

static void
add_same_class (CrCheckRun *run, const CrDrugView *other, const CrDrugClass *class)
{
  g_autofree char *rule = g_strdup_printf ("duplicate-class/%s/%s", class->key,
                                           (char *)g_ptr_array_index (other->ingredients, 0));
  CrCheck *check = add_pair (run, CR_CHECK_DUPLICATE, other,
                             g_strdup_printf (_ ("%s – same group as %s"), class->display, other->name));
  check->tier = run->rx.local || other->local ? 1 : class->duplicate_tier;
  check->why = g_strdup_printf (_ ("Both belong to the group “%s”."), class->display);
  check->what = g_strdup (_ ("Stop the old one if this replaces it, or say that both are intended."));
  cr_check_from_rule (check, rule, "1", &class->origin);
}

void
cr_check_duplicates (CrCheckRun *run)
{
  if (!has_list (run, CR_CHECK_DUPLICATE))
    return;
  for (guint i = 0; i < run->others->len; i++) {
    const CrDrugView *other = &g_array_index (run->others, CrDrugView, i);
    const char *ingredient = shared_ingredient (&run->rx, other);
    const CrDrugClass *class = shared_class (run->k, &run->rx, other);
    if (ingredient != NULL)
      add_same_ingredient (run, other, ingredient);
    else if (class != NULL)
      add_same_class (run, other, class);
  }
  skip_unrecorded (run, CR_CHECK_DUPLICATE);
  cr_check_skip_uncoded (run, CR_CHECK_DUPLICATE);
  if (!cr_check_has (run, CR_CHECK_DUPLICATE))
    cr_check_add (run, CR_CHECK_DUPLICATE, CR_CHECK_PASSED, g_strdup (_ ("none")));
}

/* ---- interactions ---- */

static gboolean
is_about (const CrInteraction *rule, const CrDrugView *a, const CrDrugView *b)
{
  return (cr_drug_view_has (a, rule->first) && cr_drug_view_has (b, rule->second)) ||
         (cr_drug_view_has (a, rule->second) && cr_drug_view_has (b, rule->first));
}

/* The worst rule on the pair whose conditions hold; NULL for none. */
static const CrInteraction *
worst_rule (const CrCheckRun *run, const CrDrugView *other, char **facts)
{
  const CrInteraction *worst = NULL;
  for (guint i = 0; i < run->k->interactions->len; i++) {
    const CrInteraction *rule = g_ptr_array_index (run->k->interactions, i);
    g_autofree char *used = NULL;
    if ((worst != NULL && rule->tier <= worst->tier) || !is_about (rule, &run->rx, other) ||
        cr_needs_hold (run, rule->needs, &used, NULL) != CR_TRUTH_YES)
      continue;
    worst = rule;
    g_free (*facts);
    *facts = g_steal_pointer (&used);
  }
  return worst;
}

static void
add_interaction (CrCheckRun *run, const CrDrugView *other, const CrInteraction *rule, char *facts)
{
  g_autofree char *id =
      g_strdup_printf ("interaction/%s/%s", rule->id, (char *)g_ptr_array_index (other->ingredients, 0));
  gboolean local = run->rx.local || other->local;
  CrCheck *check = add_pair (run, CR_CHECK_INTERACTION, other,
                             facts != NULL ? g_strdup_printf (_ ("%s with %s"), other->name, facts)
                                           : g_strdup (other->name));
  check->tier = local ? MIN (rule->tier, 1) : rule->tier;
  check->why = g_strdup (rule->why);
  check->what = g_strdup (rule->what);
  check->facts = facts;
  cr_check_from_rule (check, id, rule->version, &rule->origin);
}

void
cr_check_interactions (CrCheckRun *run)
{
  if (!has_list (run, CR_CHECK_INTERACTION))
    return;
  for (guint i = 0; i < run->others->len; i++) {
    const CrDrugView *other = &g_array_index (run->others, CrDrugView, i);
    char *facts = NULL;
    const CrInteraction *rule =
        shared_ingredient (&run->rx, other) == NULL ? worst_rule (run, other, &facts) : NULL;
    if (rule != NULL)
      add_interaction (run, other, rule, facts);
    else
      g_free (facts);
  }
  skip_unrecorded (run, CR_CHECK_INTERACTION);
  cr_check_skip_uncoded (run, CR_CHECK_INTERACTION);
  if (cr_check_has (run, CR_CHECK_INTERACTION))
    return;
  cr_check_add (run, CR_CHECK_INTERACTION, CR_CHECK_PASSED,
                g_strdup (run->others->len == 0 ? _ ("no other medicines") : _ ("none in the starter list")));
}
