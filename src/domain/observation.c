#include "chartroom/domain/clinical-records.h"
#include "chartroom/base/decimal.h"
#include "chartroom/base/text.h"
#include "fields.h"
#include <glib/gi18n.h>
#include <string.h>

enum { DECIMALS_KEPT = 3, DECIMALS_ABOVE = 2, DIGITS_BELOW_ONE = 3, MOST_DECIMALS = 8 };

const char *const CR_OBS_KIND_CODES[] = { "vital-signs", "laboratory", "survey", "other", NULL };
const char *const CR_OBS_STATUS_CODES[] = { "preliminary",      "final", "corrected", "cancelled",
                                            "entered-in-error", NULL };

static const CrField OBSERVATION_FIELDS[] = {
  CR_FIELDS_HEAD (CrObservation),
  CR_FIELD (CrObservation, ID, patient_id),
  CR_FIELD (CrObservation, ID, encounter_id),
  CR_FIELD (CrObservation, ID, panel_id),
  CR_FIELD (CrObservation, TEXT, panel),
  CR_FIELD_CODED (CrObservation, kind, CR_OBS_KIND_CODES),
  CR_FIELD (CrObservation, TEXT, code),
  CR_FIELD (CrObservation, TEXT, display),
  CR_FIELD (CrObservation, TEXT, value),
  CR_FIELD (CrObservation, TEXT, comparator),
  CR_FIELD (CrObservation, TEXT, unit),
  CR_FIELD (CrObservation, REAL, number),
  CR_FIELD (CrObservation, TEXT, range),
  CR_FIELD (CrObservation, TEXT, flag),
  CR_FIELD_CODED (CrObservation, status, CR_OBS_STATUS_CODES),
  CR_FIELD (CrObservation, INSTANT, taken_at),
  CR_FIELD (CrObservation, ID, recorded_by),
  CR_FIELD (CrObservation, INSTANT, reviewed_at),
  CR_FIELD (CrObservation, ID, reviewed_by),
  CR_FIELD (CrObservation, TEXT, method),
  CR_FIELD (CrObservation, TEXT, performer),
  CR_FIELD (CrObservation, TEXT, kept),
  CR_FIELD (CrObservation, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_OBSERVATION, CrObservation, "observation", OBSERVATION_FIELDS, TRUE)

/* UCUM codes (ucum.org) whose everyday writing is another. */
static const struct {
  const char *ucum, *shown;
} UNITS[] = {
  { "mm[Hg]", "mmHg" },
  { "Cel", "°C" },
  { "[degF]", "°F" },
  { "[lb_av]", "lb" },
  { "[oz_av]", "oz" },
  { "[in_i]", "in" },
  { "[ft_i]", "ft" },
  { "kg/m2", "kg/m²" },
  { "10*3/uL", "×10³/mcL" },
  { "10*6/uL", "×10⁶/mcL" },
  { "10*9/L", "×10⁹/L" },
  { "10*12/L", "×10¹²/L" },
  { "ug", "mcg" },
  { "ug/L", "mcg/L" },
  { "ug/dL", "mcg/dL" },
  { "ug/mL", "mcg/mL" },
  { "m[IU]/L", "mIU/L" },
  { "[IU]/L", "IU/L" },
  { "m[IU]/mL", "mIU/mL" },
  { "mL/min/{1.73_m2}", "mL/min/1.73 m²" },
  { "mL/min/1.73.m2", "mL/min/1.73 m²" },
};

const char *
cr_unit_display (const char *unit)
{
  if (cr_str_empty (unit) || *unit == '{' || g_str_equal (unit, "1"))
    return "";
  for (guint i = 0; i < G_N_ELEMENTS (UNITS); i++)
    if (g_str_equal (UNITS[i].ucum, unit))
      return UNITS[i].shown;
  return unit;
}

char *
cr_value_display (const char *value)
{
  const char *point = value != NULL ? strchr (value, '.') : NULL;
  gsize decimals = point != NULL ? strlen (point + 1) : 0;
  CrDecimal number = CR_DECIMAL_NONE;
  if (decimals <= DECIMALS_KEPT)
    return g_strdup (value != NULL ? value : "");
  gsize whole = (gsize)(point - value);
  gboolean below_one = strcspn (value, "123456789") > whole;
  gsize places = below_one ? strspn (point + 1, "0") + DIGITS_BELOW_ONE : DECIMALS_ABOVE;
  g_autofree char *head = g_strndup (value, whole + 1 + places + 1); /* what lies behind rounds nothing */
  if (strspn (point + 1, "0123456789") != decimals || places >= decimals || places > MOST_DECIMALS ||
      !cr_decimal_parse (head, &number))
    return g_strdup (value);
  return cr_decimal_to_text (cr_decimal_round (number, (int)places));
}

static char *
with_unit (const CrObservation *o, const char *number)
{
  const char *unit = cr_unit_display (o->unit);
  return g_strconcat (o->comparator != NULL ? o->comparator : "", number, *unit != '\0' ? " " : "", unit,
                      NULL);
}

char *
cr_observation_value (const CrObservation *o)
{
  if (cr_str_empty (o->value))
    return g_strdup (_ ("Not recorded"));
  g_autofree char *number = cr_value_display (o->value);
  return with_unit (o, number);
}

char *
cr_observation_exact (const CrObservation *o)
{
  g_autofree char *shown = cr_value_display (o->value);
  return g_strcmp0 (shown, o->value != NULL ? o->value : "") == 0 ? NULL : with_unit (o, o->value);
}

const char *
cr_flag_mark (const char *flag)
{
  static const struct {
    const char *flag, *mark;
  } marks[] = { { "H", "H ▲" }, { "L", "L ▼" }, { "HH", "HH ▲▲" }, { "LL", "LL ▼▼" }, { "A", "A ◆" } };
  for (guint i = 0; flag != NULL && i < G_N_ELEMENTS (marks); i++)
    if (g_str_equal (marks[i].flag, flag))
      return marks[i].mark;
  return "";
}
