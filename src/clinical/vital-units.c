#include "vital-units.h"
#include "chartroom/domain/record.h"
#include <glib/gi18n.h>

static const CrVitalPart BP[] = {
  { "systolic", CR_LOINC_SYSTOLIC, "Systolic blood pressure", "mm[Hg]" },
  { "diastolic", CR_LOINC_DIASTOLIC, "Diastolic blood pressure", "mm[Hg]" },
};
static const CrVitalPart PULSE = { "pulse", "8867-4", "Heart rate", "/min" };
static const CrVitalPart RESP = { "resp", "9279-1", "Respiratory rate", "/min" };
static const CrVitalPart TEMP = { "temp", "8310-5", "Body temperature", "Cel" };
static const CrVitalPart SPO2 = { "spo2", "59408-5", "Oxygen saturation", "%" };
static const CrVitalPart WEIGHT = { "weight", CR_LOINC_WEIGHT, "Body weight", "kg" };
static const CrVitalPart HEIGHT = { "height", CR_LOINC_HEIGHT, "Body height", "cm" };
static const CrVitalPart PAIN = { "pain", "72514-3", "Pain severity", "{score}" };
static const CrVitalPart HEAD = { "head", "9843-4", "Head circumference", "cm" };
static const CrVitalPart GLUCOSE = { "glucose", "41653-7", "Glucose by meter", "mg/dL" };
static const CrVitalPart BMI = { "bmi", CR_LOINC_BMI, "Body mass index", "kg/m2" };

#define ADULT_YEARS 18

static const struct {
  const char *label, *us, *metric;
  const CrVitalPart *parts;
} VITALS[CR_VITAL_ENTRIES] = {
  [CR_VITAL_BP] = { N_ ("BP"), "mmHg", "mmHg", BP },
  [CR_VITAL_PULSE] = { N_ ("Pulse"), "/min", "/min", &PULSE },
  [CR_VITAL_RESP] = { N_ ("Resp"), "/min", "/min", &RESP },
  [CR_VITAL_TEMP] = { N_ ("Temp"), "°F", "°C", &TEMP },
  [CR_VITAL_SPO2] = { N_ ("SpO2"), "%", "%", &SPO2 },
  [CR_VITAL_WEIGHT] = { N_ ("Weight"), "lb", "kg", &WEIGHT },
  [CR_VITAL_HEIGHT] = { N_ ("Height"), "in", "cm", &HEIGHT },
  [CR_VITAL_PAIN] = { N_ ("Pain"), "0–10", "0–10", &PAIN },
  [CR_VITAL_HEAD] = { N_ ("Head"), "cm", "cm", &HEAD },
  [CR_VITAL_GLUCOSE] = { N_ ("Glucose"), "mg/dL", "mg/dL", &GLUCOSE },
};

/* Codes that other systems use for the same thing. */
static const struct {
  const char *code;
  const CrVitalPart *part;
} ALIASES[] = {
  { "8331-1", &TEMP },   { "8329-5", &TEMP }, { "2708-6", &SPO2 }, { "3141-9", &WEIGHT },
  { "3137-7", &HEIGHT }, { "8287-5", &HEAD }, { "59574-4", &BMI },
};

static int practice_units = CR_UNITS_US;

void
cr_units_set (CrUnits units)
{
  g_atomic_int_set (&practice_units, (int)units);
}

CrUnits
cr_units_get (void)
{
  return (CrUnits)g_atomic_int_get (&practice_units);
}

CrUnits
cr_units_for (CrDate birth, CrDate on)
{
  int months = cr_months_between (birth, on);
  return months >= 0 && months < ADULT_YEARS * 12 ? CR_UNITS_METRIC : cr_units_get ();
}

const CrVitalPart *
cr_vital_parts (CrVital vital, guint *n)
{
  *n = vital == CR_VITAL_BP ? G_N_ELEMENTS (BP) : 1;
  return VITALS[vital].parts;
}

const CrVitalPart *
cr_vital_part_of_code (const char *loinc)
{
  for (int vital = 0; loinc != NULL && vital < CR_VITAL_ENTRIES; vital++) {
    guint n;
    const CrVitalPart *parts = cr_vital_parts (vital, &n);
    for (guint i = 0; i < n; i++)
      if (g_str_equal (parts[i].code, loinc))
        return &parts[i];
  }
  for (guint i = 0; loinc != NULL && i < G_N_ELEMENTS (ALIASES); i++)
    if (g_str_equal (ALIASES[i].code, loinc))
      return ALIASES[i].part;
  return g_strcmp0 (loinc, BMI.code) == 0 ? &BMI : NULL;
}

static gboolean
fits_age (const CrVitalLimit *limit, int months)
{
  if (months < 0)
    return limit->to_months == CR_INT_NONE;
  return months >= limit->from_months && (limit->to_months == CR_INT_NONE || months < limit->to_months);
}

const CrVitalLimit *
cr_vital_limit (const CrKnowledge *k, const char *key, int months, const char *unit)
{
  const CrVitalLimit *best = NULL;
  for (guint i = 0; k != NULL && i < k->limits->len; i++) {
    const CrVitalLimit *limit = g_ptr_array_index (k->limits, i);
    if (!g_str_equal (limit->key, key) || !fits_age (limit, months))
      continue;
    if (g_strcmp0 (limit->unit, unit) == 0)
      return limit;
    if (best == NULL)
      best = limit;
  }
  return best;
}

int
cr_months_between (CrDate from, CrDate to)
{
  if (!cr_date_is_full (from) || !cr_date_is_full (to) || cr_date_compare (from, to) > 0)
    return -1;
  int months = (to.year - from.year) * 12 + to.month - from.month;
  return to.day < from.day ? months - 1 : months;
}

gboolean
cr_within (CrDecimal value, CrDecimal low, CrDecimal high)
{
  return (!low.set || cr_decimal_compare (value, low) >= 0) &&
         (!high.set || cr_decimal_compare (value, high) <= 0);
}

CrDecimal
cr_absolute_difference (CrDecimal a, CrDecimal b)
{
  CrDecimal less = cr_decimal_multiply (b, cr_decimal_from_int (-1));
  CrDecimal difference = cr_decimal_add (a, less);
  if (difference.units < 0)
    difference.units = -difference.units;
  return difference;
}

const char *
cr_vital_label (CrVital vital)
{
  return _ (VITALS[vital].label);
}

const char *
cr_vital_unit (CrVital vital, CrUnits units)
{
  return units == CR_UNITS_US ? VITALS[vital].us : VITALS[vital].metric;
}

const char *
cr_vital_code (CrVital vital)
{
  return vital == CR_VITAL_BP ? CR_LOINC_BP_PANEL : VITALS[vital].parts->code;
}

gboolean
cr_vital_of_code (const char *loinc, CrVital *out)
{
  const CrVitalPart *part = cr_vital_part_of_code (loinc);
  if (part == NULL && (g_strcmp0 (loinc, CR_LOINC_BP_PANEL) == 0 || g_strcmp0 (loinc, "55284-4") == 0))
    part = BP;
  if (part == &BP[1])
    part = BP;
  for (*out = 0; part != NULL && *out < CR_VITAL_ENTRIES; (*out)++)
    if (VITALS[*out].parts == part)
      return TRUE;
  return FALSE;
}

const char *
cr_ucum_display (const char *ucum)
{
  static const struct {
    const char *ucum, *display;
  } units[] = {
    { "[lb_av]", "lb" },      { "[oz_av]", "oz" },
    { "[in_i]", "in" },       { "mm[Hg]", "mmHg" },
    { "Cel", "°C" },          { "[degF]", "°F" },
    { "kg/m2", "kg/m²" },     { "{score}", "" },
    { "10*3/uL", "×10³/µL" }, { "mL/min/{1.73_m2}", "mL/min/1.73 m²" },
    { "u[IU]/mL", "µIU/mL" },
  };
  for (guint i = 0; ucum != NULL && i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].ucum, ucum))
      return units[i].display;
  return ucum;
}

/* ---- conversion ---- */

/* canonical = (value + offset) × factor / divisor */
typedef struct {
  const char *ucum, *canonical;
  CrDecimal factor, divisor;
  int offset;
} Conversion;

static const Conversion CONVERSIONS[] = {
  { "[lb_av]", "kg", { 45359237, 8, TRUE }, { 1, 0, TRUE }, 0 },
  { "[oz_av]", "kg", { 28349523, 9, TRUE }, { 1, 0, TRUE }, 0 },
  { "g", "kg", { 1, 0, TRUE }, { 1000, 0, TRUE }, 0 },
  { "[in_i]", "cm", { 254, 2, TRUE }, { 1, 0, TRUE }, 0 },
  { "m", "cm", { 100, 0, TRUE }, { 1, 0, TRUE }, 0 },
  { "[degF]", "Cel", { 5, 0, TRUE }, { 9, 0, TRUE }, -32 },
};

#define PLACES 2

CrDecimal
cr_unit_convert (CrDecimal value, const char *from_ucum, const char *to_ucum)
{
  if (!value.set || from_ucum == NULL || to_ucum == NULL)
    return CR_DECIMAL_NONE;
  if (g_str_equal (from_ucum, to_ucum))
    return value;
  for (guint i = 0; i < G_N_ELEMENTS (CONVERSIONS); i++) {
    const Conversion *c = &CONVERSIONS[i];
    CrDecimal offset = cr_decimal_from_int (c->offset);
    if (g_str_equal (c->ucum, from_ucum) && g_str_equal (c->canonical, to_ucum)) {
      CrDecimal product = cr_decimal_multiply (cr_decimal_add (value, offset), c->factor);
      return cr_decimal_divide (product, c->divisor, PLACES);
    }
    if (g_str_equal (c->ucum, to_ucum) && g_str_equal (c->canonical, from_ucum)) {
      CrDecimal plain = cr_decimal_divide (cr_decimal_multiply (value, c->divisor), c->factor, PLACES);
      return cr_decimal_add (plain, cr_decimal_multiply (offset, cr_decimal_from_int (-1)));
    }
  }
  return CR_DECIMAL_NONE;
}

CrDecimal
cr_bmi (CrDecimal kg, CrDecimal cm)
{
  if (!kg.set || !cm.set || cm.units <= 0)
    return CR_DECIMAL_NONE;
  CrDecimal scaled = cr_decimal_multiply (kg, cr_decimal_from_int (10000));
  return cr_decimal_divide (scaled, cr_decimal_multiply (cm, cm), 1);
}
