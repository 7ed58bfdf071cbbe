#include "chartroom/domain/clinical-records.h"
#include "chartroom/base/text.h"
#include "fields.h"
#include <glib/gi18n.h>

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
cr_observation_value (const CrObservation *o)
{
  if (cr_str_empty (o->value))
    return g_strdup (_ ("Not recorded"));
  const char *comparator = o->comparator != NULL ? o->comparator : "";
  const char *unit = cr_unit_display (o->unit);
  return g_strconcat (comparator, o->value, *unit != '\0' ? " " : "", unit, NULL);
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
