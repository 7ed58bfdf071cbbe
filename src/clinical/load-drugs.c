/* classes.tsv, ingredients.tsv, drugs.tsv, lines.tsv, lookalikes.tsv */
#include "knowledge-private.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/record.h"
#include <glib/gi18n.h>

static void
free_drug (gpointer data)
{
  CrDrug *drug = data;
  g_ptr_array_unref ((GPtrArray *)drug->lines);
  g_free ((gpointer)drug->classes);
  g_free (drug);
}

/* FALSE with the error set when the key is missing or taken by another row. */
static gboolean
index_key (GHashTable *index, const CrTable *table, guint row, gpointer record, GError **error)
{
  const char *key = cr_table_text (table, row, 0);
  if (key == NULL || g_hash_table_contains (index, key))
    return cr_table_fail (table, row, 0, _ ("the key is missing or used twice"), error);
  g_hash_table_insert (index, (gpointer)key, record);
  return TRUE;
}

static gboolean
check_keys (const CrTable *table, guint row, guint column, const char *const *keys, GHashTable *index,
            GError **error)
{
  for (guint i = 0; keys[i] != NULL; i++)
    if (!g_hash_table_contains (index, keys[i]))
      return cr_table_fail (table, row, column, _ ("names something that is not in the list"), error);
  return TRUE;
}

/* ---- classes ---- */

enum { CLASS_KEY, CLASS_DISPLAY, CLASS_DUPLICATE, CLASS_ALLERGY, CLASS_CROSS };

static gboolean
load_class (CrKnowledge *k, const CrTable *t, guint row, GError **error)
{
  static const char *const allergy[] = { "none", "note", "class", NULL };
  static const char *const tiers[] = { "0", "1", "2", NULL };
  CrDrugClass *class = g_new0 (CrDrugClass, 1);
  int kind;
  g_ptr_array_add (k->classes, class);
  class->key = cr_table_text (t, row, CLASS_KEY);
  class->display = cr_table_text (t, row, CLASS_DISPLAY);
  class->cross = cr_knowledge_split (k, cr_table_text (t, row, CLASS_CROSS), "+");
  if (!cr_table_choice (t, row, CLASS_DUPLICATE, tiers, &class->duplicate_tier, error) ||
      !cr_table_choice (t, row, CLASS_ALLERGY, allergy, &kind, error) ||
      !cr_table_origin (t, row, &class->origin, error))
    return FALSE;
  class->allergy = (CrClassAllergy)kind;
  if (class->display == NULL)
    return cr_table_fail (t, row, CLASS_DISPLAY, _ ("the name is missing"), error);
  return index_key (k->class_by_key, t, row, class, error);
}

static gboolean
load_classes (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "key", "display", "duplicate_tier", "allergy", "cross", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "classes.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_class (k, t, row, error))
      return FALSE;
  for (guint row = 0; t != NULL && row < t->rows->len; row++) {
    const CrDrugClass *class = g_ptr_array_index (k->classes, row);
    if (!check_keys (t, row, CLASS_CROSS, class->cross, k->class_by_key, error))
      return FALSE;
  }
  return t != NULL;
}

/* ---- ingredients ---- */

enum { INGREDIENT_KEY, INGREDIENT_DISPLAY, INGREDIENT_CLASSES };

static gboolean
load_ingredient (CrKnowledge *k, const CrTable *t, guint row, GError **error)
{
  CrIngredient *ingredient = g_new0 (CrIngredient, 1);
  g_ptr_array_add (k->ingredients, ingredient);
  ingredient->key = cr_table_text (t, row, INGREDIENT_KEY);
  ingredient->display = cr_table_text (t, row, INGREDIENT_DISPLAY);
  ingredient->classes = cr_knowledge_split (k, cr_table_text (t, row, INGREDIENT_CLASSES), "+");
  if (ingredient->display == NULL)
    return cr_table_fail (t, row, INGREDIENT_DISPLAY, _ ("the name is missing"), error);
  if (ingredient->key != NULL && g_hash_table_contains (k->class_by_key, ingredient->key))
    return cr_table_fail (t, row, INGREDIENT_KEY, _ ("the key is that of a class"), error);
  g_hash_table_insert (k->ingredient_by_name, cr_text_fold (ingredient->display), ingredient);
  return cr_table_origin (t, row, &ingredient->origin, error) &&
         check_keys (t, row, INGREDIENT_CLASSES, ingredient->classes, k->class_by_key, error) &&
         index_key (k->ingredient_by_key, t, row, ingredient, error);
}

static gboolean
load_ingredients (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "key", "display", "classes", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "ingredients.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_ingredient (k, t, row, error))
      return FALSE;
  return t != NULL;
}

/* ---- drugs ---- */

enum {
  DRUG_ID,
  DRUG_GENERIC,
  DRUG_BRAND,
  DRUG_STRENGTH,
  DRUG_FORM,
  DRUG_ROUTE,
  DRUG_ACTION,
  DRUG_UNIT,
  DRUG_QUANTITY_UNIT,
  DRUG_SCHEDULE,
  DRUG_AMOUNT,
  DRUG_AMOUNT_UNIT,
  DRUG_INGREDIENTS,
  DRUG_CLASSES
};

static void
add_new (GPtrArray *list, const char *const *keys)
{
  for (guint i = 0; keys[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (list, keys[i], g_str_equal, NULL))
      g_ptr_array_add (list, (gpointer)keys[i]);
}

/* Classes of the product itself, then of its ingredients. */
static const char *const *
collect_classes (CrKnowledge *k, const char *const *own, const char *const *ingredients)
{
  GPtrArray *list = g_ptr_array_new ();
  add_new (list, own);
  for (guint i = 0; ingredients[i] != NULL; i++)
    add_new (list, cr_knowledge_ingredient (k, ingredients[i])->classes);
  g_ptr_array_add (list, NULL);
  return (const char *const *)g_ptr_array_free (list, FALSE);
}

static gboolean
check_drug (const CrDrug *drug, const CrTable *t, guint row, GError **error)
{
  static const guint needed[] = { DRUG_GENERIC, DRUG_STRENGTH, DRUG_FORM,          DRUG_ROUTE,
                                  DRUG_ACTION,  DRUG_UNIT,     DRUG_QUANTITY_UNIT, DRUG_INGREDIENTS };
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (cr_table_text (t, row, needed[i]) == NULL)
      return cr_table_fail (t, row, needed[i], _ ("it is missing"), error);
  if (drug->amount.set != (drug->amount_unit != NULL))
    return cr_table_fail (t, row, DRUG_AMOUNT, _ ("an amount needs its unit"), error);
  return TRUE;
}

static void
index_drug_names (CrKnowledge *k, CrDrug *drug)
{
  g_autofree char *generic = cr_text_fold (drug->generic);
  g_autofree char *brand = cr_text_fold (drug->brand != NULL ? drug->brand : "");
  g_ptr_array_add (k->folded, g_strconcat (generic, "\n", brand, NULL));
  if (*brand != '\0' && !g_hash_table_contains (k->drugs_by_brand, brand))
    g_hash_table_insert (k->drugs_by_brand, g_steal_pointer (&brand), drug);
}

static gboolean
load_drug (CrKnowledge *k, const CrTable *t, guint row, GError **error)
{
  CrDrug *drug = g_new0 (CrDrug, 1);
  drug->lines = g_ptr_array_new ();
  g_ptr_array_add (k->drugs, drug);
  drug->id = cr_table_text (t, row, DRUG_ID);
  drug->generic = cr_table_text (t, row, DRUG_GENERIC);
  drug->brand = cr_table_text (t, row, DRUG_BRAND);
  drug->strength = cr_table_text (t, row, DRUG_STRENGTH);
  drug->form = cr_table_text (t, row, DRUG_FORM);
  drug->route = cr_table_text (t, row, DRUG_ROUTE);
  drug->action = cr_table_text (t, row, DRUG_ACTION);
  drug->unit = cr_table_text (t, row, DRUG_UNIT);
  drug->quantity_unit = cr_table_text (t, row, DRUG_QUANTITY_UNIT);
  drug->schedule = cr_table_text (t, row, DRUG_SCHEDULE);
  drug->amount_unit = cr_table_text (t, row, DRUG_AMOUNT_UNIT);
  drug->ingredients = cr_knowledge_split (k, cr_table_text (t, row, DRUG_INGREDIENTS), "+");
  const char *const *own = cr_knowledge_split (k, cr_table_text (t, row, DRUG_CLASSES), "+");
  if (!cr_table_decimal (t, row, DRUG_AMOUNT, &drug->amount, error) || !check_drug (drug, t, row, error) ||
      !check_keys (t, row, DRUG_INGREDIENTS, drug->ingredients, k->ingredient_by_key, error) ||
      !check_keys (t, row, DRUG_CLASSES, own, k->class_by_key, error) ||
      !cr_table_origin (t, row, &drug->origin, error))
    return FALSE;
  drug->classes = collect_classes (k, own, drug->ingredients);
  index_drug_names (k, drug);
  return index_key (k->drug_by_id, t, row, drug, error);
}

static gboolean
load_products (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "id",     "generic",     "brand",       "strength",      "form",
                                         "route",  "action",      "unit",        "quantity_unit", "schedule",
                                         "amount", "amount_unit", "ingredients", "classes",       NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "drugs.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_drug (k, t, row, error))
      return FALSE;
  return t != NULL;
}

/* ---- ready-made lines ---- */

enum {
  LINE_DRUG,
  LINE_DOSE,
  LINE_DOSE_HIGH,
  LINE_FREQUENCY,
  LINE_TIMING,
  LINE_FOR,
  LINE_MAXIMUM,
  LINE_DAYS,
  LINE_QUANTITY,
  LINE_REFILLS,
  LINE_INDICATION,
  LINE_OTHER
};

static gboolean
read_line_numbers (CrDrugLine *line, const CrTable *t, guint row, GError **error)
{
  return cr_table_decimal (t, row, LINE_DOSE, &line->dose, error) &&
         cr_table_decimal (t, row, LINE_DOSE_HIGH, &line->dose_high, error) &&
         cr_table_decimal (t, row, LINE_QUANTITY, &line->quantity, error) &&
         cr_table_int (t, row, LINE_MAXIMUM, &line->max_per_day, error) &&
         cr_table_int (t, row, LINE_DAYS, &line->days, error) &&
         cr_table_int (t, row, LINE_REFILLS, &line->refills, error);
}

static gboolean
load_line (CrKnowledge *k, const CrTable *t, guint row, GError **error)
{
  CrDrugLine *line = g_new0 (CrDrugLine, 1);
  g_ptr_array_add (k->lines, line);
  const char *id = cr_table_text (t, row, LINE_DRUG);
  const CrDrug *drug = cr_knowledge_drug (k, id);
  if (drug == NULL)
    return cr_table_fail (t, row, LINE_DRUG, _ ("no such drug"), error);
  line->drug = drug;
  line->frequency = cr_table_text (t, row, LINE_FREQUENCY);
  line->timing = cr_table_text (t, row, LINE_TIMING);
  line->as_needed_for = cr_table_text (t, row, LINE_FOR);
  line->indication = cr_table_text (t, row, LINE_INDICATION);
  line->other = cr_table_text (t, row, LINE_OTHER);
  g_ptr_array_add ((GPtrArray *)drug->lines, line);
  return read_line_numbers (line, t, row, error) && cr_table_origin (t, row, &line->origin, error);
}

static gboolean
load_lines (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "drug",          "dose",        "dose_high", "frequency", "timing",
                                         "as_needed_for", "max_per_day", "days",      "quantity",  "refills",
                                         "indication",    "other",       NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "lines.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_line (k, t, row, error))
      return FALSE;
  return t != NULL;
}

/* ---- look-alikes ---- */

static gboolean
load_lookalikes (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "first", "first_hint", "second", "second_hint", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "lookalikes.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++) {
    CrLookalike *pair = g_new0 (CrLookalike, 1);
    g_ptr_array_add (k->lookalikes, pair);
    pair->first = cr_table_text (t, row, 0);
    pair->first_hint = cr_table_text (t, row, 1);
    pair->second = cr_table_text (t, row, 2);
    pair->second_hint = cr_table_text (t, row, 3);
    if (pair->first == NULL || pair->second == NULL || pair->first_hint == NULL || pair->second_hint == NULL)
      return cr_table_fail (t, row, 0, _ ("a pair needs two names and two hints"), error);
    if (!cr_table_origin (t, row, &pair->origin, error))
      return FALSE;
  }
  return t != NULL;
}

gboolean
cr_knowledge_load_drugs (CrKnowledge *k, const char *dir, GError **error)
{
  k->classes = cr_knowledge_rows_new ();
  k->ingredients = cr_knowledge_rows_new ();
  k->drugs = g_ptr_array_new_with_free_func (free_drug);
  k->lines = cr_knowledge_rows_new ();
  k->lookalikes = cr_knowledge_rows_new ();
  k->folded = g_ptr_array_new_with_free_func (g_free);
  k->class_by_key = g_hash_table_new (g_str_hash, g_str_equal);
  k->ingredient_by_key = g_hash_table_new (g_str_hash, g_str_equal);
  k->drug_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  k->ingredient_by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  k->drugs_by_brand = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return load_classes (k, dir, error) && load_ingredients (k, dir, error) && load_products (k, dir, error) &&
         load_lines (k, dir, error) && load_lookalikes (k, dir, error);
}
