/* doses.tsv, cautions.tsv, interactions.tsv */
#include "knowledge-private.h"
#include "chartroom/clinical/checks.h"
#include <glib/gi18n.h>

static const char *const TIERS[] = { "0", "1", "2", "3", NULL };

static void
free_caution (gpointer data)
{
  CrCaution *caution = data;
  g_clear_pointer (&caution->needs, g_array_unref);
  g_free (caution);
}

static void
free_interaction (gpointer data)
{
  CrInteraction *rule = data;
  g_clear_pointer (&rule->needs, g_array_unref);
  g_free (rule);
}

/* NULL with the error set when it names no ingredient or class. */
static const char *
read_key (CrKnowledge *k, const CrTable *t, guint row, guint column, GError **error)
{
  const char *key = cr_table_text (t, row, column);
  if (key != NULL && cr_knowledge_has_key (k, key))
    return key;
  cr_table_fail (t, row, column, _ ("no such ingredient or class"), error);
  return NULL;
}

static gboolean
read_needs (const CrTable *t, guint row, guint column, GArray **out, GError **error)
{
  *out = cr_needs_parse (cr_table_text (t, row, column));
  return *out != NULL || cr_table_fail (t, row, column, _ ("a condition that cannot be read"), error);
}

/* id unique within the table, version, why and what all there. */
static gboolean
check_texts (const CrTable *t, guint row, guint why, GHashTable *ids, GError **error)
{
  const char *id = cr_table_text (t, row, 0);
  if (id == NULL || !g_hash_table_add (ids, (gpointer)id))
    return cr_table_fail (t, row, 0, _ ("the key is missing or used twice"), error);
  if (cr_table_text (t, row, 1) == NULL || cr_table_text (t, row, why) == NULL ||
      cr_table_text (t, row, why + 1) == NULL)
    return cr_table_fail (t, row, why, _ ("version, reason or advice is missing"), error);
  return TRUE;
}

/* ---- doses ---- */

enum { DOSE_INGREDIENT, DOSE_ROUTE, DOSE_LOW, DOSE_HIGH, DOSE_MAX, DOSE_UNIT, DOSE_KIDNEY, DOSE_CHILD };

static gboolean
load_dose (CrKnowledge *k, const CrTable *t, guint row, GError **error)
{
  static const char *const kidney[] = { "", "none", NULL };
  static const char *const child[] = { "", "weight", NULL };
  CrDoseRange *range = g_new0 (CrDoseRange, 1);
  g_ptr_array_add (k->doses, range);
  range->ingredient = cr_table_text (t, row, DOSE_INGREDIENT);
  range->route = cr_table_text (t, row, DOSE_ROUTE);
  range->unit = cr_table_text (t, row, DOSE_UNIT);
  if (cr_knowledge_ingredient (k, range->ingredient) == NULL || range->route == NULL || range->unit == NULL)
    return cr_table_fail (t, row, DOSE_INGREDIENT, _ ("no such ingredient, or no route or unit"), error);
  return cr_table_decimal (t, row, DOSE_LOW, &range->usual_low, error) &&
         cr_table_decimal (t, row, DOSE_HIGH, &range->usual_high, error) &&
         cr_table_decimal (t, row, DOSE_MAX, &range->max, error) &&
         cr_table_choice (t, row, DOSE_KIDNEY, kidney, &range->kidney_none, error) &&
         cr_table_choice (t, row, DOSE_CHILD, child, &range->by_weight, error) &&
         cr_table_origin (t, row, &range->origin, error);
}

static gboolean
load_doses (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "ingredient", "route",  "usual_low", "usual_high", "max",
                                         "unit",       "kidney", "child",     NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "doses.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_dose (k, t, row, error))
      return FALSE;
  return t != NULL;
}

/* ---- cautions ---- */

enum {
  CAUTION_ID,
  CAUTION_VERSION,
  CAUTION_KIND,
  CAUTION_SUBJECT,
  CAUTION_NEEDS,
  CAUTION_TIER,
  CAUTION_WHY,
  CAUTION_WHAT
};

static gboolean
load_caution (CrKnowledge *k, const CrTable *t, guint row, GHashTable *ids, GError **error)
{
  CrCaution *caution = g_new0 (CrCaution, 1);
  g_ptr_array_add (k->cautions, caution);
  caution->id = cr_table_text (t, row, CAUTION_ID);
  caution->version = cr_table_text (t, row, CAUTION_VERSION);
  caution->why = cr_table_text (t, row, CAUTION_WHY);
  caution->what = cr_table_text (t, row, CAUTION_WHAT);
  caution->subject = read_key (k, t, row, CAUTION_SUBJECT, error);
  return caution->subject != NULL && check_texts (t, row, CAUTION_WHY, ids, error) &&
         cr_table_choice (t, row, CAUTION_KIND, CR_CHECK_KIND_CODES, &caution->kind, error) &&
         cr_table_choice (t, row, CAUTION_TIER, TIERS, &caution->tier, error) &&
         read_needs (t, row, CAUTION_NEEDS, &caution->needs, error) &&
         cr_table_origin (t, row, &caution->origin, error);
}

static gboolean
load_cautions (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "id",   "version", "kind", "subject", "needs",
                                         "tier", "why",     "what", NULL };
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  const CrTable *t = cr_knowledge_table (k, dir, "cautions.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_caution (k, t, row, ids, error))
      return FALSE;
  return t != NULL;
}

/* ---- interactions ---- */

enum { PAIR_ID, PAIR_VERSION, PAIR_FIRST, PAIR_SECOND, PAIR_NEEDS, PAIR_TIER, PAIR_WHY, PAIR_WHAT };

static gboolean
load_interaction (CrKnowledge *k, const CrTable *t, guint row, GHashTable *ids, GError **error)
{
  CrInteraction *rule = g_new0 (CrInteraction, 1);
  g_ptr_array_add (k->interactions, rule);
  rule->id = cr_table_text (t, row, PAIR_ID);
  rule->version = cr_table_text (t, row, PAIR_VERSION);
  rule->why = cr_table_text (t, row, PAIR_WHY);
  rule->what = cr_table_text (t, row, PAIR_WHAT);
  rule->first = read_key (k, t, row, PAIR_FIRST, error);
  if (rule->first == NULL)
    return FALSE;
  rule->second = read_key (k, t, row, PAIR_SECOND, error);
  return rule->second != NULL && check_texts (t, row, PAIR_WHY, ids, error) &&
         cr_table_choice (t, row, PAIR_TIER, TIERS, &rule->tier, error) &&
         read_needs (t, row, PAIR_NEEDS, &rule->needs, error) &&
         cr_table_origin (t, row, &rule->origin, error);
}

static gboolean
load_interactions (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "id",   "version", "first", "second", "needs",
                                         "tier", "why",     "what",  NULL };
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  const CrTable *t = cr_knowledge_table (k, dir, "interactions.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_interaction (k, t, row, ids, error))
      return FALSE;
  return t != NULL;
}

const CrDoseRange *
cr_knowledge_dose (const CrKnowledge *k, const char *ingredient, const char *route)
{
  for (guint i = 0; i < k->doses->len; i++) {
    const CrDoseRange *range = g_ptr_array_index (k->doses, i);
    if (g_str_equal (range->ingredient, ingredient) && g_strcmp0 (range->route, route) == 0)
      return range;
  }
  return NULL;
}

gboolean
cr_knowledge_load_rules (CrKnowledge *k, const char *dir, GError **error)
{
  k->doses = cr_knowledge_rows_new ();
  k->cautions = g_ptr_array_new_with_free_func (free_caution);
  k->interactions = g_ptr_array_new_with_free_func (free_interaction);
  return load_doses (k, dir, error) && load_cautions (k, dir, error) && load_interactions (k, dir, error);
}
