#include "knowledge-private.h"
#include "chartroom/base/text.h"
#include "search.h"
#include <glib/gi18n.h>
#include <string.h>

const CrDrug *
cr_knowledge_drug (const CrKnowledge *k, const char *id)
{
  return k != NULL && id != NULL ? g_hash_table_lookup (k->drug_by_id, id) : NULL;
}

const CrDrugClass *
cr_knowledge_class (const CrKnowledge *k, const char *key)
{
  return k != NULL && key != NULL ? g_hash_table_lookup (k->class_by_key, key) : NULL;
}

const CrIngredient *
cr_knowledge_ingredient (const CrKnowledge *k, const char *key)
{
  return k != NULL && key != NULL ? g_hash_table_lookup (k->ingredient_by_key, key) : NULL;
}

const GPtrArray *
cr_knowledge_drugs (const CrKnowledge *k)
{
  return k != NULL ? k->drugs : NULL;
}

/* Name, brand, strength and form, folded, one after the other. */
static char *
searched_text (const CrKnowledge *k, guint i)
{
  const CrDrug *drug = g_ptr_array_index (k->drugs, i);
  g_autofree char *strength = cr_text_fold (drug->strength);
  g_autofree char *form = cr_text_fold (drug->form);
  return g_strconcat (g_ptr_array_index (k->folded, i), "\n", strength, " ", form, NULL);
}

/* 0: the generic name begins so; 1: the brand does; 2: a word of either does; −1: not at all. */
static int
rank_drug (const CrKnowledge *k, guint i, char **words)
{
  const char *names = g_ptr_array_index (k->folded, i);
  const char *brand = strchr (names, '\n') + 1;
  g_autofree char *text = searched_text (k, i);
  if (!cr_search_has_words (text, words) || !cr_search_has_word (names, words[0]))
    return -1;
  if (g_str_has_prefix (names, words[0]))
    return 0;
  return g_str_has_prefix (brand, words[0]) ? 1 : 2;
}

GPtrArray *
cr_drug_search (const CrKnowledge *k, const char *typed, guint limit, guint *total)
{
  CrSearch search = { 0 };
  cr_search_begin (&search, typed);
  for (guint i = 0; k != NULL && search.words[0] != NULL && i < k->drugs->len; i++)
    cr_search_add (&search, g_ptr_array_index (k->drugs, i), rank_drug (k, i, search.words));
  return cr_search_end (&search, limit, total);
}

char *
cr_drug_display (const CrDrug *drug)
{
  return g_strdup_printf ("%s %s %s", drug->generic, drug->strength, drug->form);
}

char *
cr_drug_with_brand (const CrDrug *drug)
{
  if (drug->brand == NULL)
    return cr_drug_display (drug);
  return g_strdup_printf ("%s (%s) %s %s", drug->generic, drug->brand, drug->strength, drug->form);
}

char *
cr_drug_classes_text (const CrKnowledge *k, const CrDrug *drug)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; k != NULL && drug->ingredients[i] != NULL; i++) {
    const CrIngredient *ingredient = cr_knowledge_ingredient (k, drug->ingredients[i]);
    const CrDrugClass *class = cr_knowledge_class (k, ingredient->classes[0]);
    if (class == NULL)
      continue;
    if (text->len > 0)
      g_string_append (text, ", ");
    g_string_append (text, class->display);
  }
  return g_string_free (text, FALSE);
}

/* One of the drug's names: the brand, or a whole word of the generic. */
static gboolean
is_named (const CrDrug *drug, const char *name)
{
  g_auto (GStrv) words = g_strsplit (drug->generic, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], name) == 0)
      return TRUE;
  return drug->brand != NULL && g_ascii_strcasecmp (drug->brand, name) == 0;
}

char *
cr_drug_looks_like (const CrKnowledge *k, const CrDrug *drug)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; k != NULL && i < k->lookalikes->len; i++) {
    const CrLookalike *pair = g_ptr_array_index (k->lookalikes, i);
    gboolean first = is_named (drug, pair->first), second = is_named (drug, pair->second);
    if (first == second)
      continue;
    g_string_append_printf (text, "%s%s (%s)", text->len > 0 ? ", " : "", first ? pair->second : pair->first,
                            first ? pair->second_hint : pair->first_hint);
  }
  return text->len > 0 ? g_strdup_printf (_ ("looks like %s"), text->str) : NULL;
}
