#include "recognise.h"
#include "chartroom/base/text.h"
#include <string.h>

#define WORDS_MAX 4 /* of one name */

static void
add_key (GPtrArray *keys, const char *key)
{
  if (!g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    g_ptr_array_add (keys, (gpointer)key);
}

static void
add_ingredients (GPtrArray *keys, const CrDrug *drug)
{
  for (guint i = 0; drug->ingredients[i] != NULL; i++)
    add_key (keys, drug->ingredients[i]);
}

/* The folded name is an ingredient, a brand, or a synonym of an ingredient or class. */
static gboolean
add_named (const CrKnowledge *k, GPtrArray *keys, const char *name, gboolean classes)
{
  const CrIngredient *ingredient = g_hash_table_lookup (k->ingredient_by_name, name);
  const CrDrug *drug = g_hash_table_lookup (k->drugs_by_brand, name);
  const CrAllergen *allergen = g_hash_table_lookup (k->allergen_by_name, name);
  if (ingredient != NULL)
    add_key (keys, ingredient->key);
  else if (drug != NULL)
    add_ingredients (keys, drug);
  else if (allergen != NULL && (cr_knowledge_ingredient (k, allergen->code) != NULL ||
                                (classes && cr_knowledge_class (k, allergen->code) != NULL)))
    add_key (keys, allergen->code);
  else
    return FALSE;
  return TRUE;
}

static char *
join_words (char **words, guint n)
{
  GString *text = g_string_new (words[0]);
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, " %s", words[i]);
  return g_string_free (text, FALSE);
}

/* Longest name at the beginning of the words; returns how many words it has, 0 for none. */
static guint
add_longest (const CrKnowledge *k, GPtrArray *keys, char **words, gboolean classes)
{
  for (guint n = MIN (g_strv_length (words), WORDS_MAX); n > 0; n--) {
    g_autofree char *name = join_words (words, n);
    if (add_named (k, keys, name, classes))
      return n;
  }
  return 0;
}

static char **
split_folded (const char *text, const char *separators)
{
  g_autofree char *folded = cr_text_fold (text);
  g_auto (GStrv) parts = g_strsplit_set (folded, separators, -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);
  return g_strv_builder_end (words);
}

/* ---- names as RxNorm writes them: "24 HR Metformin hydrochloride 500 MG Oral Tablet [Brand]" ---- */

static gboolean
is_salt (const char *word)
{
  static const char *const salts[] = { "hydrochloride", "sodium",       "potassium",   "tartrate",
                                       "succinate",     "maleate",      "bitartrate",  "besylate",
                                       "calcium",       "mesylate",     "fumarate",    "acetate",
                                       "phosphate",     "sulfate",      "propionate",  "furoate",
                                       "citrate",       "hydrobromide", "monohydrate", "dipropionate",
                                       "medoxomil",     "trihydrate",   "magnesium",   NULL };
  return g_strv_contains (salts, word);
}

/* "24 hr", "10 ml", "60 actuat": how much of it there is, before the name. */
static guint
leading_measure (char **words)
{
  static const char *const measures[] = { "hr", "ml", "actuat", NULL };
  if (words[0] != NULL && words[1] != NULL && g_ascii_isdigit (*words[0]) &&
      g_strv_contains (measures, words[1]))
    return 2;
  return 0;
}

/* The whole part is understood: a known name, then at most a salt, then a number. */
static gboolean
read_part (const CrKnowledge *k, GPtrArray *keys, const char *part)
{
  g_auto (GStrv) words = split_folded (part, " ,");
  guint at = leading_measure (words);
  guint n = add_longest (k, keys, words + at, FALSE);
  if (n == 0)
    return FALSE;
  for (at += n; words[at] != NULL && !g_ascii_isdigit (*words[at]); at++)
    if (!is_salt (words[at]))
      return FALSE;
  return TRUE;
}

static gboolean
read_rxnorm (const CrKnowledge *k, GPtrArray *keys, const char *display)
{
  const char *bracket = strchr (display, '[');
  g_autofree char *plain =
      g_strndup (display, bracket != NULL ? (gsize)(bracket - display) : strlen (display));
  g_auto (GStrv) parts = g_strsplit (plain, " / ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (!read_part (k, keys, parts[i]))
      return FALSE;
  return parts[0] != NULL;
}

/* ---- free text ---- */

static void
recognise_words (const CrKnowledge *k, GPtrArray *keys, const char *text, gboolean classes)
{
  g_auto (GStrv) words = split_folded (text, " ,;:.()[]/+&");
  for (guint i = 0; words[i] != NULL;) {
    guint n = add_longest (k, keys, words + i, classes);
    i += MAX (n, 1);
  }
}

/* Hyphens are read both ways: "co-trimoxazole" is one name, "amoxicillin-clavulanate" two. */
static void
recognise_into (const CrKnowledge *k, GPtrArray *keys, const char *text, gboolean classes)
{
  recognise_words (k, keys, text, classes);
  g_autofree char *apart = g_strdelimit (g_strdup (text), "-", ' ');
  recognise_words (k, keys, apart, classes);
}

GPtrArray *
cr_recognise (const CrKnowledge *k, const char *text)
{
  GPtrArray *keys = g_ptr_array_new ();
  if (k != NULL && !cr_str_empty (text))
    recognise_into (k, keys, text, TRUE);
  return keys;
}

GPtrArray *
cr_knowledge_ingredients_of (const CrKnowledge *k, const char *code, const char *display, gboolean *coded)
{
  GPtrArray *keys = g_ptr_array_new ();
  const CrDrug *drug = cr_knowledge_drug (k, code);
  const CrIngredient *ingredient = cr_knowledge_ingredient (k, code);
  *coded = drug != NULL || ingredient != NULL;
  if (drug != NULL)
    add_ingredients (keys, drug);
  else if (ingredient != NULL)
    add_key (keys, ingredient->key);
  else if (k != NULL && !cr_str_empty (display))
    *coded = read_rxnorm (k, keys, display) && !cr_str_empty (code);
  if (!*coded && k != NULL && !cr_str_empty (display))
    recognise_into (k, keys, display, FALSE);
  return keys;
}

/* Without what stands in brackets: "Latex (substance)" → "Latex ". */
static char *
without_brackets (const char *text)
{
  GString *plain = g_string_new (NULL);
  int depth = 0;
  for (const char *p = text; *p != '\0'; p++) {
    depth += *p == '(';
    if (depth == 0)
      g_string_append_c (plain, *p);
    depth -= *p == ')' && depth > 0;
  }
  return g_string_free (plain, FALSE);
}

/* "allergy to latex" and "latex allergy" → "latex". */
static char *
without_allergy (const char *folded)
{
  static const char *const before[] = { "allergy to ", "allergic to ", "hypersensitivity to " };
  static const char *const after[] = { " allergy", " hypersensitivity" };
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    if (g_str_has_prefix (folded, before[i]))
      return g_strdup (folded + strlen (before[i]));
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    if (g_str_has_suffix (folded, after[i]))
      return g_strndup (folded, strlen (folded) - strlen (after[i]));
  return g_strdup (folded);
}

static const CrAllergen *
allergen_of_brand (const CrKnowledge *k, const char *name)
{
  const CrDrug *drug = g_hash_table_lookup (k->drugs_by_brand, name);
  return drug != NULL && drug->ingredients[1] == NULL ? cr_knowledge_allergen (k, drug->ingredients[0])
                                                      : NULL;
}

const CrAllergen *
cr_knowledge_allergen_named (const CrKnowledge *k, const char *name)
{
  if (k == NULL || cr_str_empty (name))
    return NULL;
  g_autofree char *whole = cr_text_fold (name);
  const CrAllergen *allergen = g_hash_table_lookup (k->allergen_by_name, whole);
  if (allergen != NULL)
    return allergen;
  g_autofree char *plain = without_brackets (name);
  g_autofree char *folded = cr_text_fold (plain);
  g_autofree char *bare = without_allergy (folded);
  allergen = g_hash_table_lookup (k->allergen_by_name, bare);
  return allergen != NULL ? allergen : allergen_of_brand (k, bare);
}

const char *
cr_recognise_problem (const CrKnowledge *k, const char *system, const char *code, const char *display)
{
  if (code != NULL && (system == NULL || g_str_equal (system, "icd10cm")))
    return code;
  if (k == NULL || cr_str_empty (display))
    return NULL;
  g_autofree char *plain = without_brackets (display);
  g_autofree char *folded = cr_text_fold (plain);
  const CrProblemTerm *term = g_hash_table_lookup (k->problem_by_name, folded);
  return term != NULL ? term->code : NULL;
}
