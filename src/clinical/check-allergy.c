#include "check-run.h"
#include "chartroom/base/text.h"
#include "recognise.h"
#include <glib/gi18n.h>

/* How an allergy and the drug belong together; the larger the nearer. */
typedef enum { NO_MATCH, CROSS_NOTE, CLASS_NOTE, SAME_CLASS, SAME_INGREDIENT } Match;

typedef struct {
  Match match;
  const char *drug_key;    /* ingredient or class of the drug that matched */
  const char *allergy_key; /* what the allergy is to */
  const CrOrigin *origin;
} Finding;

static void
keep_better (Finding *best, Match match, const char *drug_key, const char *allergy_key,
             const CrOrigin *origin)
{
  if (match > best->match)
    *best = (Finding){ match, drug_key, allergy_key, origin };
}

/* Match through a class the allergy is to, or is a member of. */
static void
match_class (const CrCheckRun *run, const char *class_key, const char *allergy_key, gboolean recorded,
             Finding *best)
{
  const CrDrugClass *class = cr_knowledge_class (run->k, class_key);
  if (cr_drug_view_has (&run->rx, class->key)) {
    if (recorded || class->allergy == CR_CLASS_ALLERGY_CLASS)
      keep_better (best, SAME_CLASS, class->key, allergy_key, &class->origin);
    else if (class->allergy == CR_CLASS_ALLERGY_NOTE)
      keep_better (best, CLASS_NOTE, class->key, allergy_key, &class->origin);
  }
  for (guint i = 0; class->cross[i] != NULL; i++)
    if (cr_drug_view_has (&run->rx, class->cross[i]))
      keep_better (best, CROSS_NOTE, class->cross[i], allergy_key, &class->origin);
}

static void
match_key (const CrCheckRun *run, const char *key, Finding *best)
{
  const CrIngredient *ingredient = cr_knowledge_ingredient (run->k, key);
  if (cr_knowledge_class (run->k, key) != NULL)
    match_class (run, key, key, TRUE, best);
  if (ingredient == NULL)
    return;
  if (cr_drug_view_has (&run->rx, key))
    keep_better (best, SAME_INGREDIENT, key, key, &ingredient->origin);
  for (guint i = 0; ingredient->classes[i] != NULL; i++)
    match_class (run, ingredient->classes[i], key, FALSE, best);
}

/* The key that the record names for certain; NULL when it is not coded. */
static const char *
certain_key (const CrCheckRun *run, const CrAllergy *allergy)
{
  if (cr_str_empty (allergy->code))
    return NULL;
  if (cr_knowledge_allergen (run->k, allergy->code) != NULL || cr_knowledge_has_key (run->k, allergy->code))
    return allergy->code;
  const CrAllergen *named = cr_knowledge_allergen_named (run->k, allergy->substance);
  return named != NULL ? named->code : NULL;
}

static Finding
find_match (const CrCheckRun *run, const CrAllergy *allergy, const char *key)
{
  Finding best = { NO_MATCH, NULL, NULL, NULL };
  if (key != NULL) {
    match_key (run, key, &best);
    return best;
  }
  const CrAllergen *named = cr_knowledge_allergen_named (run->k, allergy->substance);
  if (named != NULL)
    match_key (run, named->code, &best);
  g_autoptr (GPtrArray) keys = cr_recognise (run->k, allergy->substance);
  for (guint i = 0; i < keys->len; i++)
    match_key (run, g_ptr_array_index (keys, i), &best);
  return best;
}

static gboolean
is_severe (const CrCheckRun *run, const CrAllergy *allergy)
{
  return g_strcmp0 (allergy->criticality, "high") == 0 || g_strcmp0 (allergy->severity, "severe") == 0 ||
         cr_knowledge_is_severe (run->k, allergy->reactions);
}

/* An intolerance is a note, unless its reaction is one that stops by itself (anaphylaxis written down as
 * "intolerance"). */
static int
tier_of (const CrCheckRun *run, const CrAllergy *allergy, Match match)
{
  gboolean intolerance = g_strcmp0 (allergy->type, "intolerance") == 0;
  if (match < SAME_CLASS || (intolerance && !cr_knowledge_is_severe (run->k, allergy->reactions)))
    return 1;
  return is_severe (run, allergy) ? CR_CHECK_TIER_STOP : CR_CHECK_TIER_WARNING;
}

static const char *
key_name (const CrKnowledge *k, const char *key)
{
  const CrIngredient *ingredient = cr_knowledge_ingredient (k, key);
  const CrDrugClass *class = cr_knowledge_class (k, key);
  return ingredient != NULL ? ingredient->display : class != NULL ? class->display : key;
}

static const char *
reaction_of (const CrAllergy *allergy)
{
  return cr_str_empty (allergy->reactions) ? _ ("reaction not recorded") : allergy->reactions;
}

static char *
why_text (const CrCheckRun *run, const CrAllergy *allergy, const Finding *f)
{
  const char *drug = key_name (run->k, f->drug_key);
  if (f->match == SAME_INGREDIENT)
    return g_strdup_printf (_ ("The patient is recorded as reacting to %s (%s)."), drug,
                            reaction_of (allergy));
  if (f->match == CROSS_NOTE)
    return g_strdup_printf (_ ("A few people who react to %s also react to this drug's group (%s)."),
                            allergy->substance, drug);
  return g_strdup_printf (_ ("This drug belongs to the group “%s”, and so does %s (%s)."), drug,
                          allergy->substance, reaction_of (allergy));
}

static const char *
what_text (int tier)
{
  if (tier == CR_CHECK_TIER_STOP)
    return _ ("Choose a drug of another group. If the record is wrong, correct the allergy first.");
  if (tier == CR_CHECK_TIER_WARNING)
    return _ ("Choose a drug of another group, or say why this one can be used.");
  return _ ("No action needed; tell the patient what to watch for.");
}

static void
add_finding (CrCheckRun *run, const CrAllergy *allergy, const Finding *f)
{
  static const char *const names[] = { "", "cross", "class-note", "class", "ingredient" };
  CrCheck *check = cr_check_add (run, CR_CHECK_ALLERGY, CR_CHECK_FOUND, NULL);
  g_autofree char *rule = g_strdup_printf ("allergy-%s/%s/%s", names[f->match], f->allergy_key, f->drug_key);
  check->tier = tier_of (run, allergy, f->match);
  check->title = g_strdup_printf ("%s – %s: %s", run->rx.name, allergy->substance, reaction_of (allergy));
  check->why = why_text (run, allergy, f);
  check->what = g_strdup (what_text (check->tier));
  check->counterpart = g_strdup (allergy->substance);
  check->counterpart_id = allergy->id;
  check->facts = g_strdup_printf ("%s: %s", allergy->substance, reaction_of (allergy));
  cr_check_from_rule (check, rule, "1", f->origin);
}

/* What the whole list says when nothing in it matched. */
static void
conclude (CrCheckRun *run, const GString *compared, const GString *uncoded)
{
  if (uncoded->len > 0)
    cr_check_add (run, CR_CHECK_ALLERGY, CR_CHECK_NOT_CHECKED,
                  g_strdup_printf (_ ("not compared with allergies that are not coded: %s"), uncoded->str));
  else if (!cr_check_has (run, CR_CHECK_ALLERGY))
    cr_check_add (run, CR_CHECK_ALLERGY, CR_CHECK_PASSED,
                  g_strdup_printf (_ ("no match (%s)"), compared->str));
}

static void
append_name (GString *list, const char *name)
{
  g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", name);
}

static guint
count_active (const GPtrArray *allergies)
{
  guint n = 0;
  for (guint i = 0; i < allergies->len; i++)
    n += ((CrAllergy *)g_ptr_array_index (allergies, i))->state == CR_ALLERGY_ACTIVE;
  return n;
}

static void
compare_all (CrCheckRun *run)
{
  g_autoptr (GString) compared = g_string_new (NULL);
  g_autoptr (GString) uncoded = g_string_new (NULL);
  for (guint i = 0; i < run->in->allergies->len; i++) {
    const CrAllergy *allergy = g_ptr_array_index (run->in->allergies, i);
    if (allergy->state != CR_ALLERGY_ACTIVE)
      continue;
    const char *key = certain_key (run, allergy);
    Finding finding = find_match (run, allergy, key);
    append_name (key != NULL ? compared : uncoded, allergy->substance != NULL ? allergy->substance : "?");
    if (finding.match != NO_MATCH)
      add_finding (run, allergy, &finding);
  }
  conclude (run, compared, uncoded);
}

void
cr_check_allergies (CrCheckRun *run)
{
  const CrCheckInput *in = run->in;
  if (in->allergies == NULL || in->allergy_status == CR_ALLERGY_UNAVAILABLE)
    cr_check_skip (run, CR_CHECK_ALLERGY, _ ("allergies are unavailable"));
  if (in->allergies == NULL)
    return;
  if (count_active (in->allergies) > 0)
    compare_all (run);
  else if (in->allergy_status == CR_ALLERGY_NONE_KNOWN)
    cr_check_add (run, CR_CHECK_ALLERGY, CR_CHECK_PASSED, g_strdup (_ ("no known allergies")));
  else if (in->allergy_status == CR_ALLERGY_KNOWN)
    cr_check_skip (run, CR_CHECK_ALLERGY, _ ("the recorded allergies could not be read"));
  else if (in->allergy_status == CR_ALLERGY_NOT_RECORDED)
    cr_check_skip (run, CR_CHECK_ALLERGY, _ ("allergies are not recorded"));
}

/* The medicine takes the place of the prescription for the time of one comparison. */
static void
compare_taken (CrCheckRun *run, const CrDrugView *taken)
{
  guint before = run->out->len;
  CrDrugView own = run->rx;
  run->rx = *taken;
  compare_all (run);
  run->rx = own;
  for (guint i = before; i < run->out->len; i++)
    ((CrCheck *)run->out->pdata[i])->counterpart_id = taken->id;
}

void
cr_check_allergies_taken (CrCheckRun *run)
{
  for (guint i = 0; run->in->allergies != NULL && run->others != NULL && i < run->others->len; i++)
    compare_taken (run, &g_array_index (run->others, CrDrugView, i));
  for (guint i = run->out->len; i > 0; i--)
    if (((CrCheck *)run->out->pdata[i - 1])->tier < CR_CHECK_TIER_WARNING)
      g_ptr_array_remove_index (run->out, i - 1);
}
