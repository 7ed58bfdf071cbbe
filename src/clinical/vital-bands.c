/* Flags and soft ranges (UX 4.10). */
#include "vital-units.h"
#include "vital-bands.h"
#include "chartroom/domain/record.h"

static gboolean
fits (const CrVitalBand *band, const char *key, int months, int sex)
{
  if (!g_str_equal (band->key, key) || (band->sex != CR_SEX_UNKNOWN && band->sex != sex))
    return FALSE;
  if (months < 0)
    return FALSE;
  return months >= band->from_months && (band->to_months == CR_INT_NONE || months < band->to_months);
}

const CrVitalBand *
cr_vital_band (const CrKnowledge *k, const char *key, CrDecimal value, int months, int sex)
{
  const CrVitalBand *last = NULL;
  for (guint i = 0; k != NULL && value.set && i < k->bands->len; i++) {
    const CrVitalBand *band = g_ptr_array_index (k->bands, i);
    if (band->kind == CR_BAND_FLAG && fits (band, key, months, sex) &&
        cr_op_holds (value, band->op, band->number))
      last = band;
  }
  return last;
}

const char *
cr_vital_range (const CrKnowledge *k, const char *key, int months, int sex)
{
  for (guint i = 0; k != NULL && i < k->bands->len; i++) {
    const CrVitalBand *band = g_ptr_array_index (k->bands, i);
    if (band->kind == CR_BAND_RANGE && fits (band, key, months, sex))
      return band->test;
  }
  return NULL;
}

int
cr_vital_band_order (const CrKnowledge *k, const CrVitalBand *band)
{
  guint index = 0;
  if (band == NULL || !g_ptr_array_find (k->bands, band, &index))
    return -1;
  return (int)index;
}

const char *
cr_vital_flag (const CrKnowledge *k, const char *loinc, CrDecimal canonical, CrDate birth, int sex, CrDate on,
               const char **words)
{
  const CrVitalPart *part = cr_vital_part_of_code (loinc);
  const CrVitalBand *band =
      part != NULL ? cr_vital_band (k, part->key, canonical, cr_months_between (birth, on), sex) : NULL;
  if (words != NULL)
    *words = band != NULL ? band->word : NULL;
  return band != NULL ? band->flag : NULL;
}
