/* allergens.tsv, reactions.tsv, problems.tsv, key-results.tsv, referral-wants.tsv, notices.tsv */
#include "knowledge-private.h"
#include "chartroom/clinical/referral-wants.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

static void
index_name (GHashTable *index, const char *name, gpointer record)
{
  char *folded = cr_text_fold (name);
  if (g_hash_table_contains (index, folded))
    g_free (folded);
  else
    g_hash_table_insert (index, folded, record);
}

static void
index_names (GHashTable *index, const char *display, const char *const *synonyms, gpointer record)
{
  index_name (index, display, record);
  for (guint i = 0; synonyms[i] != NULL; i++)
    index_name (index, synonyms[i], record);
}

/* The first two columns are code and display, both needed, the code unique. */
static gboolean
check_code (GHashTable *index, const CrTable *t, guint row, gpointer record, GError **error)
{
  const char *code = cr_table_text (t, row, 0);
  if (code == NULL || cr_table_text (t, row, 1) == NULL || g_hash_table_contains (index, code))
    return cr_table_fail (t, row, 0, _ ("code or name is missing, or the code is used twice"), error);
  g_hash_table_insert (index, (gpointer)code, record);
  return TRUE;
}

/* ---- allergens ---- */

enum { ALLERGEN_CODE, ALLERGEN_DISPLAY, ALLERGEN_CATEGORY, ALLERGEN_SYNONYMS };

static gboolean
load_allergen (CrKnowledge *k, const CrTable *t, guint row, GError **error)
{
  static const char *const categories[] = { "medication", "food", "environment", NULL };
  CrAllergen *allergen = g_new0 (CrAllergen, 1);
  int category;
  g_ptr_array_add (k->allergens, allergen);
  if (!cr_table_choice (t, row, ALLERGEN_CATEGORY, categories, &category, error) ||
      !cr_table_origin (t, row, &allergen->origin, error) ||
      !check_code (k->allergen_by_code, t, row, allergen, error))
    return FALSE;
  allergen->code = cr_table_text (t, row, ALLERGEN_CODE);
  allergen->display = cr_table_text (t, row, ALLERGEN_DISPLAY);
  allergen->category = categories[category];
  allergen->is_class = g_hash_table_contains (k->class_by_key, allergen->code);
  allergen->synonyms = cr_knowledge_split (k, cr_table_text (t, row, ALLERGEN_SYNONYMS), "|");
  index_names (k->allergen_by_name, allergen->display, allergen->synonyms, allergen);
  return TRUE;
}

/* Every ingredient can be recorded as an allergy. */
static void
add_ingredient_allergens (CrKnowledge *k)
{
  for (guint i = 0; i < k->ingredients->len; i++) {
    const CrIngredient *ingredient = g_ptr_array_index (k->ingredients, i);
    if (g_hash_table_contains (k->allergen_by_code, ingredient->key))
      continue;
    CrAllergen *allergen = g_new0 (CrAllergen, 1);
    *allergen = (CrAllergen){ .code = ingredient->key,
                              .display = ingredient->display,
                              .category = "medication",
                              .synonyms = cr_knowledge_split (k, NULL, "|"),
                              .origin = ingredient->origin };
    g_ptr_array_add (k->allergens, allergen);
    g_hash_table_insert (k->allergen_by_code, (gpointer)allergen->code, allergen);
    index_names (k->allergen_by_name, allergen->display, allergen->synonyms, allergen);
  }
}

static gboolean
load_allergens (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "code", "display", "category", "synonyms", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "allergens.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_allergen (k, t, row, error))
      return FALSE;
  if (t != NULL)
    add_ingredient_allergens (k);
  return t != NULL;
}

/* ---- reactions ---- */

static gboolean
load_reactions (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "display", "severe", NULL };
  static const char *const answers[] = { "no", "yes", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "reactions.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++) {
    CrReaction *reaction = g_new0 (CrReaction, 1);
    g_ptr_array_add (k->reactions, reaction);
    reaction->display = cr_table_text (t, row, 0);
    if (reaction->display == NULL)
      return cr_table_fail (t, row, 0, _ ("the name is missing"), error);
    if (!cr_table_choice (t, row, 1, answers, &reaction->severe, error) ||
        !cr_table_origin (t, row, &reaction->origin, error))
      return FALSE;
  }
  return t != NULL;
}

/* ---- problems ---- */

static gboolean
load_problems (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "code", "display", "synonyms", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "problems.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++) {
    CrProblemTerm *term = g_new0 (CrProblemTerm, 1);
    g_ptr_array_add (k->problems, term);
    if (!check_code (k->problem_by_code, t, row, term, error) ||
        !cr_table_origin (t, row, &term->origin, error))
      return FALSE;
    term->code = cr_table_text (t, row, 0);
    term->display = cr_table_text (t, row, 1);
    term->synonyms = cr_knowledge_split (k, cr_table_text (t, row, 2), "|");
    index_names (k->problem_by_name, term->display, term->synonyms, term);
  }
  return t != NULL;
}

/* ---- key results ---- */

static gboolean
load_key_results (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "key", "display", "codes", "unit", "problems", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "key-results.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++) {
    CrKeyResult *result = g_new0 (CrKeyResult, 1);
    g_ptr_array_add (k->key_results, result);
    result->key = cr_table_text (t, row, 0);
    result->display = cr_table_text (t, row, 1);
    result->codes = cr_knowledge_split (k, cr_table_text (t, row, 2), "|");
    result->unit = cr_table_text (t, row, 3);
    result->problems = cr_knowledge_split (k, cr_table_text (t, row, 4), "|");
    if (result->key == NULL || result->display == NULL || result->codes[0] == NULL)
      return cr_table_fail (t, row, 0, _ ("key, name or code is missing"), error);
    if (!cr_table_origin (t, row, &result->origin, error))
      return FALSE;
  }
  return t != NULL;
}

/* ---- referrals ---- */

static gboolean
load_wants (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "specialty", "display", "codes", "words", "months", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "referral-wants.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++) {
    CrReferralWant *want = g_new0 (CrReferralWant, 1);
    g_ptr_array_add (k->wants, want);
    want->specialty = cr_table_text (t, row, 0);
    want->display = cr_table_text (t, row, 1);
    want->codes = cr_knowledge_split (k, cr_table_text (t, row, 2), "|");
    want->words = cr_knowledge_split (k, cr_table_text (t, row, 3), "|");
    if (want->specialty == NULL || want->display == NULL)
      return cr_table_fail (t, row, 0, _ ("specialty or name is missing"), error);
    if (want->codes[0] == NULL && want->words[0] == NULL)
      return cr_table_fail (t, row, 2, _ ("neither a code nor a word finds it"), error);
    if (!cr_table_int (t, row, 4, &want->months, error) || !cr_table_origin (t, row, &want->origin, error))
      return FALSE;
    if (want->months <= 0)
      return cr_table_fail (t, row, 4, _ ("the months are missing"), error);
  }
  return t != NULL;
}

static gboolean
load_notices (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "key", "text", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "notices.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++) {
    CrNotice *notice = g_new0 (CrNotice, 1);
    g_ptr_array_add (k->notices, notice);
    notice->key = cr_table_text (t, row, 0);
    notice->text = cr_table_text (t, row, 1);
    if (notice->key == NULL || notice->text == NULL)
      return cr_table_fail (t, row, 0, _ ("key or text is missing"), error);
    if (!cr_table_origin (t, row, &notice->origin, error))
      return FALSE;
  }
  return t != NULL;
}

gboolean
cr_knowledge_load_terms (CrKnowledge *k, const char *dir, GError **error)
{
  k->allergens = cr_knowledge_rows_new ();
  k->reactions = cr_knowledge_rows_new ();
  k->problems = cr_knowledge_rows_new ();
  k->key_results = cr_knowledge_rows_new ();
  k->wants = cr_knowledge_rows_new ();
  k->notices = cr_knowledge_rows_new ();
  k->allergen_by_code = g_hash_table_new (g_str_hash, g_str_equal);
  k->problem_by_code = g_hash_table_new (g_str_hash, g_str_equal);
  k->allergen_by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  k->problem_by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return load_allergens (k, dir, error) && load_reactions (k, dir, error) && load_problems (k, dir, error) &&
         load_key_results (k, dir, error) && load_wants (k, dir, error) && load_notices (k, dir, error);
}
