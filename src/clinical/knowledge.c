#include "knowledge-private.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define OLD_AFTER_MONTHS 12

static gboolean
load_release (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "version", "note", NULL };
  const CrTable *table = cr_knowledge_table (k, dir, "release.tsv", columns, error);
  if (table == NULL)
    return FALSE;
  if (table->rows->len != 1)
    return cr_table_fail (table, 0, 0, _ ("there must be exactly one row"), error);
  k->version = cr_table_text (table, 0, 0);
  k->note = cr_table_text (table, 0, 1);
  if (k->version == NULL)
    return cr_table_fail (table, 0, 0, _ ("the version is missing"), error);
  return cr_table_origin (table, 0, &k->release, error);
}

static void
knowledge_free (CrKnowledge *k)
{
  GPtrArray **arrays[] = { &k->lookalikes,    &k->allergens,     &k->reactions, &k->problems,
                           &k->key_results,   &k->frequencies,   &k->doses,     &k->cautions,
                           &k->interactions,  &k->abbreviations, &k->limits,    &k->bands,
                           &k->standard_sigs, &k->drugs,         &k->lines,     &k->ingredients,
                           &k->classes,       &k->folded,        &k->lists,     &k->tables,
                           &k->wants,         &k->notices };
  GHashTable **indexes[] = { &k->class_by_key,       &k->ingredient_by_key, &k->drug_by_id,
                             &k->ingredient_by_name, &k->drugs_by_brand,    &k->allergen_by_code,
                             &k->allergen_by_name,   &k->problem_by_code,   &k->problem_by_name };
  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    g_clear_pointer (indexes[i], g_hash_table_unref);
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_clear_pointer (arrays[i], g_ptr_array_unref);
  g_free (k);
}

const char *const *
cr_knowledge_split (CrKnowledge *k, const char *cell, const char *separator)
{
  char **list = g_strsplit (cell != NULL ? cell : "", separator, -1);
  g_ptr_array_add (k->lists, list);
  return (const char *const *)list;
}

const CrTable *
cr_knowledge_table (CrKnowledge *k, const char *dir, const char *name, const char *const *columns,
                    GError **error)
{
  CrTable *table = cr_table_open (dir, name, columns, error);
  if (table != NULL)
    g_ptr_array_add (k->tables, table);
  return table;
}

GPtrArray *
cr_knowledge_rows_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

gboolean
cr_knowledge_has_key (const CrKnowledge *k, const char *key)
{
  return cr_knowledge_ingredient (k, key) != NULL || cr_knowledge_class (k, key) != NULL;
}

CrKnowledge *
cr_knowledge_load (const char *dir, GError **error)
{
  g_autoptr (CrKnowledge) k = g_new0 (CrKnowledge, 1);
  g_atomic_ref_count_init (&k->refs);
  k->tables = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_table_free);
  k->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  if (load_release (k, dir, error) && cr_knowledge_load_drugs (k, dir, error) &&
      cr_knowledge_load_terms (k, dir, error) && cr_knowledge_load_entry (k, dir, error) &&
      cr_knowledge_load_rules (k, dir, error) && cr_knowledge_load_vitals (k, dir, error))
    return g_steal_pointer (&k);
  return NULL;
}

CrKnowledge *
cr_knowledge_ref (CrKnowledge *k)
{
  g_atomic_ref_count_inc (&k->refs);
  return k;
}

void
cr_knowledge_unref (CrKnowledge *k)
{
  if (k != NULL && g_atomic_ref_count_dec (&k->refs))
    knowledge_free (k);
}

const char *
cr_knowledge_version (const CrKnowledge *k)
{
  return k != NULL ? k->version : "";
}

CrDate
cr_knowledge_as_of (const CrKnowledge *k)
{
  return k != NULL ? k->release.as_of : CR_DATE_NONE;
}

gboolean
cr_knowledge_is_old (const CrKnowledge *k, CrDate today)
{
  if (k == NULL)
    return TRUE;
  return cr_date_compare (cr_date_add_months (k->release.as_of, OLD_AFTER_MONTHS), today) < 0;
}

char *
cr_knowledge_status (const CrKnowledge *k, CrDate today)
{
  if (k == NULL)
    return g_strdup (_ ("Drug data missing – prescriptions are not checked"));
  CrDate month = { k->release.as_of.year, k->release.as_of.month, 0 };
  g_autofree char *date = cr_date_format (month);
  if (cr_knowledge_is_old (k, today))
    return g_strdup_printf (_ ("Drug data %s, too old – prescriptions are not checked"), date);
  if (k->note != NULL)
    return g_strdup_printf (_ ("Drug data %s, %s"), date, k->note);
  return g_strdup_printf (_ ("Drug data %s"), date);
}
