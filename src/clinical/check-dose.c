/* Amount per day against the usual range of adults; weight for children. */
#include "check-run.h"
#include "chartroom/base/text.h"
#include "chartroom/clinical/vitals.h"
#include <glib/gi18n.h>

#define ADULT_MONTHS (18 * 12)
#define TENFOLD 10

static const CrDoseRange *
range_of (const CrCheckRun *run)
{
  const CrDrug *drug = run->rx.drug;
  if (drug == NULL || drug->ingredients[1] != NULL)
    return NULL;
  return cr_knowledge_dose (run->k, drug->ingredients[0], run->rx.route);
}

/* The first thing in the way of reckoning; NULL when it can be done. */
static const char *
obstacle (const CrCheckRun *run, const CrDoseRange *range, CrDecimal per_day)
{
  const CrSig *sig = &run->in->rx->sig;
  const CrDrug *drug = run->rx.drug;
  int months = cr_check_age_months (run->in);
  if (drug == NULL)
    return _ ("the drug is not coded");
  if (range == NULL || !drug->amount.set || g_strcmp0 (drug->amount_unit, range->unit) != 0)
    return _ ("no dose range for this drug in the starter list");
  if (months < 0)
    return _ ("the date of birth is not known");
  if (months < ADULT_MONTHS)
    return _ ("no dose range for children in the starter list");
  if (!cr_str_empty (sig->other))
    return _ ("the directions are free text");
  if (g_strcmp0 (sig->unit, drug->unit) != 0 || !per_day.set)
    return _ ("the directions do not give an amount per day");
  return NULL;
}

static int
tier_of (const CrDoseRange *range, CrDecimal daily)
{
  CrDecimal tenfold = cr_decimal_multiply (range->usual_high, cr_decimal_from_int (TENFOLD));
  if (cr_decimal_compare (daily, tenfold) >= 0)
    return CR_CHECK_TIER_STOP;
  if (range->max.set && cr_decimal_compare (daily, range->max) > 0)
    return CR_CHECK_TIER_WARNING;
  gboolean usual =
      cr_decimal_compare (daily, range->usual_high) <= 0 && cr_decimal_compare (daily, range->usual_low) >= 0;
  return usual ? 0 : 1;
}

/* "5 mg of 2.5–10 mg per day" */
static char *
range_text (const CrDoseRange *range, CrDecimal daily)
{
  g_autofree char *amount = cr_decimal_format_dose (daily);
  g_autofree char *low = cr_decimal_format_dose (range->usual_low);
  g_autofree char *high = cr_decimal_format_dose (range->usual_high);
  if (cr_decimal_compare (range->usual_low, range->usual_high) == 0)
    return g_strdup_printf (_ ("%s %s of %s %s per day"), amount, range->unit, high, range->unit);
  return g_strdup_printf (_ ("%s %s of %s–%s %s per day"), amount, range->unit, low, high, range->unit);
}

static void
add_found (CrCheckRun *run, const CrDoseRange *range, CrDecimal daily, int tier)
{
  g_autofree char *rule = g_strdup_printf ("dose/%s", range->ingredient);
  g_autofree char *maximum = cr_decimal_format_dose (range->max);
  gboolean low = cr_decimal_compare (daily, range->usual_low) < 0;
  CrCheck *check = cr_check_add (run, CR_CHECK_DOSE, CR_CHECK_FOUND, range_text (range, daily));
  check->tier = tier;
  if (tier == CR_CHECK_TIER_STOP)
    check->why = g_strdup (_ ("The daily amount is ten times the usual one or more."));
  else if (tier == CR_CHECK_TIER_WARNING)
    check->why =
        g_strdup_printf (_ ("The daily amount is above the maximum of %s %s."), maximum, range->unit);
  else
    check->why = g_strdup (low ? _ ("The daily amount is below the usual one.")
                               : _ ("The daily amount is above the usual one."));
  check->what = g_strdup (_ ("Check strength, dose and how often."));
  cr_check_from_rule (check, rule, "1", &range->origin);
}

static void
check_range (CrCheckRun *run)
{
  const CrDoseRange *range = range_of (run);
  CrDecimal per_day = cr_sig_units_per_day (&run->in->rx->sig);
  const char *why_not = obstacle (run, range, per_day);
  if (why_not != NULL) {
    cr_check_skip (run, CR_CHECK_DOSE, why_not);
    return;
  }
  CrDecimal daily = cr_decimal_round (cr_decimal_multiply (per_day, run->rx.drug->amount), 2);
  int tier = tier_of (range, daily);
  if (tier > 0)
    add_found (run, range, daily, tier);
  else if (!cr_check_has (run, CR_CHECK_DOSE))
    cr_check_add (run, CR_CHECK_DOSE, CR_CHECK_PASSED, range_text (range, daily));
}

/* ---- weight of children ---- */

/* The range of an ingredient that children get by weight; NULL when there is none. */
static const CrDoseRange *
weight_range (const CrCheckRun *run)
{
  for (guint i = 0; i < run->rx.ingredients->len; i++) {
    const CrDoseRange *range =
        cr_knowledge_dose (run->k, g_ptr_array_index (run->rx.ingredients, i), run->rx.route);
    if (range != NULL && range->by_weight)
      return range;
  }
  return NULL;
}

static void
add_weight_needed (CrCheckRun *run, const CrDoseRange *range, const char *why)
{
  g_autofree char *rule = g_strdup_printf ("weight/%s", range->ingredient);
  CrCheck *check = cr_check_add (run, CR_CHECK_WEIGHT, CR_CHECK_FOUND, g_strdup (why));
  check->tier = CR_CHECK_TIER_WARNING;
  check->why = g_strdup (_ ("Children's doses of this drug go by weight."));
  check->what = g_strdup (_ ("Weigh the child and record the weight before signing."));
  cr_check_from_rule (check, rule, "1", &range->origin);
}

static void
check_weight (CrCheckRun *run)
{
  const CrCheckInput *in = run->in;
  int months = cr_check_age_months (in);
  const CrDoseRange *range = weight_range (run);
  if (months < 0 || months >= ADULT_MONTHS || range == NULL)
    return;
  if (!in->weight_kg.set) {
    add_weight_needed (run, range, _ ("the weight is not recorded"));
    return;
  }
  if (cr_weight_is_old (in->weight_on, in->birth_date, in->today)) {
    add_weight_needed (run, range, _ ("the weight is too old for a dose"));
    return;
  }
  g_autofree char *kg = cr_decimal_to_text (cr_decimal_round (in->weight_kg, 1));
  g_autofree char *date = cr_date_format (in->weight_on);
  cr_check_add (run, CR_CHECK_WEIGHT, CR_CHECK_PASSED, g_strdup_printf (_ ("%s kg, %s"), kg, date));
}

void
cr_check_doses (CrCheckRun *run)
{
  check_range (run);
  check_weight (run);
}
