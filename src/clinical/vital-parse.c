/* What a person typed → values with units. */
#include "vital-units.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const char *typed, *ucum;
} UnitName;

static const UnitName WEIGHT_UNITS[] = { { "lb", "[lb_av]" },     { "lbs", "[lb_av]" },
                                         { "pounds", "[lb_av]" }, { "pound", "[lb_av]" },
                                         { "kg", "kg" },          { "kgs", "kg" },
                                         { "kilos", "kg" },       { "g", "g" } };
static const UnitName HEIGHT_UNITS[] = {
  { "in", "[in_i]" }, { "inches", "[in_i]" }, { "\"", "[in_i]" }, { "cm", "cm" }, { "m", "m" }
};
static const UnitName TEMP_UNITS[] = {
  { "f", "[degF]" }, { "°f", "[degF]" }, { "c", "Cel" }, { "°c", "Cel" }
};
static const UnitName HEAD_UNITS[] = { { "cm", "cm" }, { "in", "[in_i]" } };
static const UnitName RATE_UNITS[] = { { "/min", "/min" }, { "bpm", "/min" }, { "per min", "/min" } };
static const UnitName PERCENT_UNITS[] = { { "%", "%" } };
static const UnitName PAIN_UNITS[] = { { "/10", "{score}" } };
static const UnitName GLUCOSE_UNITS[] = { { "mg/dl", "mg/dL" } };

static const struct {
  const UnitName *names;
  gsize n;
} UNITS[CR_VITAL_ENTRIES] = {
  [CR_VITAL_PULSE] = { RATE_UNITS, G_N_ELEMENTS (RATE_UNITS) },
  [CR_VITAL_RESP] = { RATE_UNITS, G_N_ELEMENTS (RATE_UNITS) },
  [CR_VITAL_TEMP] = { TEMP_UNITS, G_N_ELEMENTS (TEMP_UNITS) },
  [CR_VITAL_SPO2] = { PERCENT_UNITS, G_N_ELEMENTS (PERCENT_UNITS) },
  [CR_VITAL_WEIGHT] = { WEIGHT_UNITS, G_N_ELEMENTS (WEIGHT_UNITS) },
  [CR_VITAL_HEIGHT] = { HEIGHT_UNITS, G_N_ELEMENTS (HEIGHT_UNITS) },
  [CR_VITAL_PAIN] = { PAIN_UNITS, G_N_ELEMENTS (PAIN_UNITS) },
  [CR_VITAL_HEAD] = { HEAD_UNITS, G_N_ELEMENTS (HEAD_UNITS) },
  [CR_VITAL_GLUCOSE] = { GLUCOSE_UNITS, G_N_ELEMENTS (GLUCOSE_UNITS) },
};

static gboolean
refuse (CrVital vital, const char *typed, GError **error)
{
  static const char *const examples[CR_VITAL_ENTRIES] = {
    [CR_VITAL_BP] = "128/76",   [CR_VITAL_PULSE] = "72", [CR_VITAL_RESP] = "16",
    [CR_VITAL_TEMP] = "98.6",   [CR_VITAL_SPO2] = "98",  [CR_VITAL_WEIGHT] = "182 lb",
    [CR_VITAL_HEIGHT] = "5'6",  [CR_VITAL_PAIN] = "3",   [CR_VITAL_HEAD] = "42 cm",
    [CR_VITAL_GLUCOSE] = "105",
  };
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("“%s” is not a value for %s. Type it like “%s”."), typed,
               cr_vital_label (vital), examples[vital]);
  return FALSE;
}

static void
add_value (CrVitalReading *out, guint part, CrDecimal value, const char *unit)
{
  guint n;
  const CrVitalPart *p = &cr_vital_parts (out->vital, &n)[part];
  CrDecimal canonical = cr_unit_convert (value, unit, p->canonical);
  out->values[part] = (CrVitalValue){ p->code, p->display, value, unit, canonical, p->canonical };
  out->n = MAX (out->n, part + 1);
}

/* ---- blood pressure ---- */

/* Systolic above diastolic, both within what a person can have. */
static gboolean
is_plausible_bp (const CrKnowledge *k, CrDecimal systolic, CrDecimal diastolic)
{
  const CrVitalLimit *high = cr_vital_limit (k, "systolic", -1, NULL);
  const CrVitalLimit *low = cr_vital_limit (k, "diastolic", -1, NULL);
  return cr_decimal_compare (systolic, diastolic) > 0 &&
         (high == NULL || cr_within (systolic, high->soft_low, high->soft_high)) &&
         (low == NULL || cr_within (diastolic, low->soft_low, low->soft_high));
}

/* "12876" → 128 and 76; the one split where both are plausible. */
static gboolean
split_digits (const CrKnowledge *k, const char *digits, CrDecimal *systolic, CrDecimal *diastolic)
{
  gsize length = strlen (digits);
  guint found = 0;
  if (length < 4 || length > 6)
    return FALSE;
  for (gsize at = 2; at <= 3; at++) {
    g_autofree char *first = g_strndup (digits, at);
    CrDecimal s, d;
    if (digits[at] == '0' || length - at < 2 || length - at > 3 || !cr_decimal_parse (first, &s) ||
        !cr_decimal_parse (digits + at, &d) || !is_plausible_bp (k, s, d))
      continue;
    *systolic = s;
    *diastolic = d;
    found++;
  }
  return found == 1;
}

static gboolean
is_whole (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* "128/76", "128 76", "12876" */
static gboolean
parse_bp (const CrKnowledge *k, const char *text, CrVitalReading *out)
{
  CrDecimal systolic, diastolic;
  g_autofree char *plain =
      g_str_has_suffix (text, "mmhg") ? g_strndup (text, strlen (text) - 4) : g_strdup (text);
  g_auto (GStrv) parts = g_strsplit_set (g_strstrip (plain), "/ -", -1);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (numbers, parts[i]);
  for (guint i = 0; i < numbers->len; i++)
    if (!is_whole (g_ptr_array_index (numbers, i)) || strlen (g_ptr_array_index (numbers, i)) > 6)
      return FALSE;
  if (numbers->len == 2) {
    cr_decimal_parse (g_ptr_array_index (numbers, 0), &systolic);
    cr_decimal_parse (g_ptr_array_index (numbers, 1), &diastolic);
  } else if (numbers->len != 1 || !split_digits (k, g_ptr_array_index (numbers, 0), &systolic, &diastolic))
    return FALSE;
  add_value (out, 0, systolic, "mm[Hg]");
  add_value (out, 1, diastolic, "mm[Hg]");
  return TRUE;
}

/* ---- number with a unit ---- */

static const char *
find_unit (CrVital vital, const char *typed)
{
  for (gsize i = 0; i < UNITS[vital].n; i++)
    if (g_str_equal (UNITS[vital].names[i].typed, typed))
      return UNITS[vital].names[i].ucum;
  return NULL;
}

/* 24–46 is °C, 75–115 is °F; in between is neither. */
static const char *
temperature_unit (CrDecimal value)
{
  if (cr_within (value, cr_decimal_from_int (24), cr_decimal_from_int (46)))
    return "Cel";
  if (cr_within (value, cr_decimal_from_int (75), cr_decimal_from_int (115)))
    return "[degF]";
  return NULL;
}

static const char *
default_unit (CrVital vital, CrDecimal value, CrUnits units)
{
  guint n;
  if (vital == CR_VITAL_TEMP)
    return temperature_unit (value);
  if (units == CR_UNITS_US && vital == CR_VITAL_WEIGHT)
    return "[lb_av]";
  if (units == CR_UNITS_US && vital == CR_VITAL_HEIGHT)
    return "[in_i]";
  return cr_vital_parts (vital, &n)->canonical;
}

/* "6 lb 4 oz" → pounds, "5'6", "5 ft 6 in" → inches; the larger unit × per + the smaller one. */
static gboolean
parse_compound (const char *text, const char *const *majors, const char *const *minors, int per,
                CrDecimal *out)
{
  gsize whole = strspn (text, "0123456789");
  g_autofree char *first = g_strndup (text, whole);
  const char *rest = text + whole + strspn (text + whole, " ");
  gsize unit = 0;
  for (guint i = 0; majors[i] != NULL && unit == 0; i++)
    unit = g_str_has_prefix (rest, majors[i]) ? strlen (majors[i]) : 0;
  CrDecimal major, minor = cr_decimal_from_int (0);
  if (unit == 0 || !cr_decimal_parse (first, &major))
    return FALSE;
  rest += unit + strspn (rest + unit, " ");
  gsize digits = strspn (rest, "0123456789.");
  g_autofree char *second = g_strndup (rest, digits);
  g_autofree char *tail = g_strstrip (g_strdup (rest + digits));
  if (digits == 0 || !cr_decimal_parse (second, &minor) ||
      (*tail != '\0' && !g_strv_contains (minors, tail)) ||
      cr_decimal_compare (minor, cr_decimal_from_int (per)) >= 0)
    return FALSE;
  *out = cr_decimal_add (cr_decimal_multiply (major, cr_decimal_from_int (per)), minor);
  return TRUE;
}

/* Feet and inches, pounds and ounces; stored as inches, as pounds with 2 places. */
static gboolean
parse_two_units (CrVital vital, const char *text, CrVitalReading *out)
{
  static const char *const feet[] = { "'", "ft", "feet", "foot", NULL };
  static const char *const inches[] = { "\"", "in", "inches", NULL };
  static const char *const pounds[] = { "lbs", "lb", NULL };
  static const char *const ounces[] = { "oz", "ounces", NULL };
  CrDecimal value;
  if (vital == CR_VITAL_HEIGHT && parse_compound (text, feet, inches, 12, &value))
    add_value (out, 0, value, "[in_i]");
  else if (vital == CR_VITAL_WEIGHT && parse_compound (text, pounds, ounces, 16, &value))
    add_value (out, 0, cr_decimal_divide (value, cr_decimal_from_int (16), 2), "[lb_av]");
  else
    return FALSE;
  return TRUE;
}

static gboolean
parse_single (CrVital vital, const char *text, CrUnits units, CrVitalReading *out)
{
  gsize digits = strspn (text, "0123456789.,");
  g_autofree char *number = g_strndup (text, digits);
  g_autofree char *rest = g_strstrip (g_strdup (text + digits));
  CrDecimal value;
  if (!cr_decimal_parse (number, &value) || value.scale > 3 || strlen (number) > 9)
    return FALSE;
  const char *unit = *rest == '\0' ? default_unit (vital, value, units) : find_unit (vital, rest);
  if (unit == NULL || (vital == CR_VITAL_PAIN && value.scale > 0))
    return FALSE;
  add_value (out, 0, value, unit);
  return TRUE;
}

static gboolean
refuse_temperature (const char *typed, GError **error)
{
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("%s is neither °F (75–115) nor °C (24–46). Check the temperature."), typed);
  return FALSE;
}

gboolean
cr_vital_parse (const CrKnowledge *k, CrVital vital, const char *typed, CrUnits units, CrVitalReading *out,
                GError **error)
{
  *out = (CrVitalReading){ .vital = vital };
  g_autofree char *trimmed = cr_text_trim (typed != NULL ? typed : "");
  g_autofree char *text = g_utf8_strdown (trimmed, -1);
  if (*text == '\0')
    return TRUE;
  if (vital == CR_VITAL_BP)
    return parse_bp (k, text, out) || refuse (vital, trimmed, error);
  if (parse_two_units (vital, text, out) || parse_single (vital, text, units, out))
    return TRUE;
  CrDecimal number;
  if (vital == CR_VITAL_TEMP && cr_decimal_parse (text, &number))
    return refuse_temperature (trimmed, error);
  return refuse (vital, trimmed, error);
}
