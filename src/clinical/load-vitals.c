/* vitals.tsv, vital-bands.tsv */
#include "knowledge-private.h"
#include "chartroom/domain/patient.h"
#include "chartroom/domain/record.h"
#include <glib/gi18n.h>

enum { LIMIT_KEY, LIMIT_LOINC, LIMIT_UNIT, LIMIT_FROM, LIMIT_TO, HARD_LOW, HARD_HIGH, SOFT_LOW, SOFT_HIGH };

static gboolean
load_limit (CrKnowledge *k, const CrTable *t, guint row, GError **error)
{
  CrVitalLimit *limit = g_new0 (CrVitalLimit, 1);
  g_ptr_array_add (k->limits, limit);
  limit->key = cr_table_text (t, row, LIMIT_KEY);
  limit->loinc = cr_table_text (t, row, LIMIT_LOINC);
  limit->unit = cr_table_text (t, row, LIMIT_UNIT);
  if (limit->key == NULL || limit->unit == NULL || cr_table_text (t, row, LIMIT_FROM) == NULL)
    return cr_table_fail (t, row, LIMIT_KEY, _ ("key, unit or age is missing"), error);
  return cr_table_int (t, row, LIMIT_FROM, &limit->from_months, error) &&
         cr_table_int (t, row, LIMIT_TO, &limit->to_months, error) &&
         cr_table_decimal (t, row, HARD_LOW, &limit->hard_low, error) &&
         cr_table_decimal (t, row, HARD_HIGH, &limit->hard_high, error) &&
         cr_table_decimal (t, row, SOFT_LOW, &limit->soft_low, error) &&
         cr_table_decimal (t, row, SOFT_HIGH, &limit->soft_high, error) &&
         cr_table_origin (t, row, &limit->origin, error);
}

static gboolean
load_limits (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "key",      "loinc",     "unit",     "from_months", "to_months",
                                         "hard_low", "hard_high", "soft_low", "soft_high",   NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "vitals.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_limit (k, t, row, error))
      return FALSE;
  return t != NULL;
}

enum { BAND_KEY, BAND_FROM, BAND_TO, BAND_SEX, BAND_KIND, BAND_TEST, BAND_FLAG, BAND_WORD };

/* ">=140" for a flag; a range is shown as it stands. */
static gboolean
read_test (CrVitalBand *band, const CrTable *t, guint row, GError **error)
{
  if (band->test == NULL)
    return cr_table_fail (t, row, BAND_TEST, _ ("the band is missing"), error);
  if (band->kind == CR_BAND_RANGE)
    return TRUE;
  const char *number = cr_op_parse (band->test, &band->op);
  if (number != NULL && cr_decimal_parse (number, &band->number) && band->word != NULL)
    return TRUE;
  return cr_table_fail (t, row, BAND_TEST, _ ("not a comparison with a number, or its word is missing"),
                        error);
}

static gboolean
load_band (CrKnowledge *k, const CrTable *t, guint row, GError **error)
{
  static const char *const sexes[] = { "", "female", "male", NULL }; /* in the order of CrSex */
  static const char *const kinds[] = { "flag", "range", NULL };
  CrVitalBand *band = g_new0 (CrVitalBand, 1);
  g_ptr_array_add (k->bands, band);
  band->key = cr_table_text (t, row, BAND_KEY);
  band->test = cr_table_text (t, row, BAND_TEST);
  band->flag = cr_table_text (t, row, BAND_FLAG);
  band->word = cr_table_text (t, row, BAND_WORD);
  if (band->key == NULL || cr_table_text (t, row, BAND_FROM) == NULL)
    return cr_table_fail (t, row, BAND_KEY, _ ("key or age is missing"), error);
  return cr_table_int (t, row, BAND_FROM, &band->from_months, error) &&
         cr_table_int (t, row, BAND_TO, &band->to_months, error) &&
         cr_table_choice (t, row, BAND_SEX, sexes, &band->sex, error) &&
         cr_table_choice (t, row, BAND_KIND, kinds, &band->kind, error) && read_test (band, t, row, error) &&
         cr_table_origin (t, row, &band->origin, error);
}

static gboolean
load_bands (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "key",  "from_months", "to_months", "sex", "kind",
                                         "test", "flag",        "word",      NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "vital-bands.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_band (k, t, row, error))
      return FALSE;
  return t != NULL;
}

gboolean
cr_knowledge_load_vitals (CrKnowledge *k, const char *dir, GError **error)
{
  k->limits = cr_knowledge_rows_new ();
  k->bands = cr_knowledge_rows_new ();
  return load_limits (k, dir, error) && load_bands (k, dir, error);
}
