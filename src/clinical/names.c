#include "chartroom/clinical/names.h"
#include "knowledge-private.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

/* ---- tall-man letters ---- */

/* The word as its ingredient writes it, when that has capitals. */
static void
append_word (GString *text, const CrKnowledge *k, const char *word, gsize length)
{
  g_autofree char *lower = g_ascii_strdown (word, (gssize)length);
  const CrIngredient *ingredient = g_hash_table_lookup (k->ingredient_by_name, lower);
  gboolean same_letters = ingredient != NULL && g_ascii_strcasecmp (ingredient->display, lower) == 0;
  if (same_letters && !g_str_equal (ingredient->display, lower))
    g_string_append (text, ingredient->display);
  else
    g_string_append_len (text, word, (gssize)length);
}

char *
cr_tall_man (const CrKnowledge *k, const char *text)
{
  if (k == NULL || text == NULL)
    return g_strdup (text);
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0';) {
    gsize length = 0;
    while (g_ascii_isalpha (p[length]))
      length++;
    if (length > 0)
      append_word (out, k, p, length);
    else
      g_string_append_c (out, *p);
    p += MAX (length, 1);
  }
  return g_string_free (out, FALSE);
}

/* ---- doses ---- */

static const struct {
  const char *typed, *safe;
} UNITS[] = {
  { "mg", "mg" },     { "mcg", "mcg" },    { "µg", "mcg" },        { "μg", "mcg" },
  { "ug", "mcg" },    { "g", "g" },        { "gm", "g" },          { "kg", "kg" },
  { "ml", "mL" },     { "cc", "mL" },      { "l", "L" },           { "u", "unit" },
  { "iu", "unit" },   { "unit", "unit" },  { "units", "unit" },    { "meq", "mEq" },
  { "mmol", "mmol" }, { "%", "%" },        { "tablet", "tablet" }, { "tablets", "tablet" },
  { "puff", "puff" }, { "puffs", "puff" }, { "drop", "drop" },     { "drops", "drop" },
};

static const char *
safe_unit (const char *typed)
{
  g_autofree char *bare = g_strdup (typed);
  gsize length = strlen (bare);
  if (length > 1 && bare[length - 1] == '.')
    bare[length - 1] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (UNITS); i++)
    if (g_ascii_strcasecmp (UNITS[i].typed, bare) == 0)
      return UNITS[i].safe;
  return NULL;
}

/* "0.5 mg", "10 units", "0.1%" */
static char *
amount_text (CrDecimal number, const char *unit)
{
  g_autofree char *figures = cr_decimal_format_dose (number);
  gboolean one = cr_decimal_compare (number, cr_decimal_from_int (1)) == 0;
  if (g_str_equal (unit, "%"))
    return g_strdup_printf ("%s%%", figures);
  gboolean counted = g_str_equal (unit, "unit") || g_str_equal (unit, "tablet") ||
                     g_str_equal (unit, "puff") || g_str_equal (unit, "drop");
  return g_strdup_printf ("%s %s%s", figures, unit, counted && !one ? "s" : "");
}

/* A number and a unit, blank between or not; unit_only: "mg" alone is one of it. */
static char *
read_amount (const char *text, gboolean unit_only)
{
  gsize digits = strspn (text, "0123456789.,");
  g_autofree char *number = g_strndup (text, digits);
  g_autofree char *rest = g_strstrip (g_strdup (text + digits));
  const char *unit = safe_unit (rest);
  CrDecimal value;
  if (unit == NULL)
    return NULL;
  if (digits == 0)
    return unit_only ? g_strdup (unit) : NULL;
  if (!cr_decimal_parse (number, &value) || value.units == 0)
    return NULL;
  return amount_text (value, unit);
}

char *
cr_dose_from_typed (const char *typed, GError **error)
{
  g_autofree char *trimmed = cr_text_trim (typed != NULL ? typed : "");
  const char *slash = strchr (trimmed, '/');
  const char *per = slash != NULL ? slash : strstr (trimmed, " per ");
  g_autofree char *first = g_strndup (trimmed, per != NULL ? (gsize)(per - trimmed) : strlen (trimmed));
  g_autofree char *second = per != NULL ? g_strdup (per + (slash != NULL ? 1 : strlen (" per "))) : NULL;
  g_strstrip (first);
  g_autofree char *amount = read_amount (first, FALSE);
  g_autofree char *volume = second != NULL ? read_amount (g_strstrip (second), TRUE) : NULL;
  if (amount == NULL || (second != NULL && volume == NULL)) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("“%s” is not a dose. Enter a number and a unit, for example “5 mg”."), trimmed);
    return NULL;
  }
  return volume != NULL ? g_strdup_printf (_ ("%s per %s"), amount, volume) : g_steal_pointer (&amount);
}
