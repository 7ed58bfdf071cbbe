#include "chartroom/clinical/vital-limits.h"
#include "chartroom/clinical/vitals.h"
#include "knowledge-private.h"

/* As people and other systems write units that UCUM writes otherwise. */
static const char *
ucum_of (const char *unit)
{
  static const struct {
    const char *written, *ucum;
  } units[] = { { "lb", "[lb_av]" }, { "lbs", "[lb_av]" }, { "in", "[in_i]" },       { "mmHg", "mm[Hg]" },
                { "°C", "Cel" },     { "C", "Cel" },       { "°F", "[degF]" },       { "F", "[degF]" },
                { "bpm", "/min" },   { "kgs", "kg" },      { "{beats}/min", "/min" } };
  for (guint i = 0; unit != NULL && i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (unit, units[i].written))
      return units[i].ucum;
  return unit;
}

static gboolean
is_within (const CrVitalLimit *limit, CrDecimal value)
{
  return (!limit->hard_low.set || cr_decimal_compare (value, limit->hard_low) >= 0) &&
         (!limit->hard_high.set || cr_decimal_compare (value, limit->hard_high) <= 0);
}

gboolean
cr_vital_is_possible (const CrKnowledge *k, const char *loinc, CrDecimal value, const char *unit)
{
  gboolean judged = FALSE;
  for (guint i = 0; k != NULL && loinc != NULL && i < k->limits->len; i++) {
    const CrVitalLimit *limit = g_ptr_array_index (k->limits, i);
    if (g_strcmp0 (limit->loinc, loinc) != 0)
      continue;
    CrDecimal canonical = cr_unit_convert (value, ucum_of (unit), limit->unit);
    if (canonical.set && is_within (limit, canonical))
      return TRUE;
    judged |= canonical.set || value.units < 0;
  }
  return !judged;
}
