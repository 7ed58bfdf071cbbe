/* Weight and height as shown (UX 4.10), and how long a weight may be used for dosing. */
#include "vital-units.h"
#include <glib/gi18n.h>

#define ADULT_YEARS 18
#define INFANT_OUNCES_KG 10 /* below this two places of a kilogram */

static gboolean
is_child (CrDate birth, CrDate on)
{
  return cr_months_between (birth, on) >= 0 && cr_date_years_between (birth, on) < ADULT_YEARS;
}

static char *
rounded (CrDecimal value, int places)
{
  return cr_decimal_to_text (cr_decimal_round (value, places));
}

/* Without a ".0" of its own making: 182 lb, 182.4 lb. */
static char *
plain (CrDecimal value)
{
  return cr_decimal_format_dose (cr_decimal_round (value, 1));
}

/* "47 lb 3 oz" */
static char *
pounds_and_ounces (CrDecimal kg)
{
  CrDecimal ounces = cr_decimal_round (cr_unit_convert (kg, "kg", "[oz_av]"), 0);
  return g_strdup_printf (_ ("%d lb %d oz"), (int)(ounces.units / 16), (int)(ounces.units % 16));
}

char *
cr_weight_text (CrDecimal kg, CrDate birth, CrDate on)
{
  if (!kg.set)
    return g_strdup ("");
  if (is_child (birth, on)) {
    gboolean small = cr_decimal_compare (kg, cr_decimal_from_int (INFANT_OUNCES_KG)) < 0;
    g_autofree char *metric = rounded (kg, small ? 2 : 1);
    g_autofree char *customary = pounds_and_ounces (kg);
    return g_strdup_printf (_ ("%s kg (%s)"), metric, customary);
  }
  g_autofree char *pounds = plain (cr_unit_convert (kg, "kg", "[lb_av]"));
  g_autofree char *metric = rounded (kg, 1);
  return cr_units_get () == CR_UNITS_METRIC ? g_strdup_printf (_ ("%s kg (%s lb)"), metric, pounds)
                                            : g_strdup_printf (_ ("%s lb (%s kg)"), pounds, metric);
}

char *
cr_height_text (CrDecimal cm, CrDate birth, CrDate on)
{
  if (!cm.set)
    return g_strdup ("");
  CrDecimal inches = cr_unit_convert (cm, "cm", "[in_i]");
  g_autofree char *metric = plain (cm);
  if (is_child (birth, on)) {
    g_autofree char *customary = plain (inches);
    return g_strdup_printf (_ ("%s cm (%s in)"), metric, customary);
  }
  int whole = (int)cr_decimal_round (inches, 0).units;
  g_autofree char *centimetres = rounded (cm, 0);
  return cr_units_get () == CR_UNITS_METRIC
             ? g_strdup_printf (_ ("%s cm (%d ft %d in)"), centimetres, whole / 12, whole % 12)
             : g_strdup_printf (_ ("%d ft %d in (%s cm)"), whole / 12, whole % 12, centimetres);
}

gboolean
cr_weight_is_old (CrDate weighed_on, CrDate birth, CrDate today)
{
  int months = cr_months_between (birth, today);
  if (!cr_date_is_full (weighed_on) || !cr_date_is_full (today))
    return TRUE;
  int days = cr_date_to_days (today) - cr_date_to_days (weighed_on);
  if (months >= 0 && months < 3)
    return days > 7;
  if (months >= 0 && months < 24)
    return days > 30;
  if (months >= 0 && months < 12 * 12)
    return days > 90;
  return cr_date_compare (cr_date_add_months (weighed_on, 12), today) < 0;
}
