/* Rules on the drug and one fact about the patient: kidney, age, pregnancy, conditions. */
#include "check-run.h"
#include <glib/gi18n.h>

#define RESULT_OLD_MONTHS 12

typedef struct {
  guint rules;   /* on this drug */
  char *missing; /* a fact that at least one rule needed */
} Tally;

static void
add_caution (CrCheckRun *run, const CrCaution *rule, char *facts)
{
  g_autofree char *id = g_strdup_printf ("caution/%s", rule->id);
  CrCheck *check = cr_check_add (run, (CrCheckKind)rule->kind, CR_CHECK_FOUND,
                                 g_strdup (facts != NULL ? facts : rule->why));
  check->tier = run->rx.local ? MIN (rule->tier, 1) : rule->tier;
  check->why = g_strdup (rule->why);
  check->what = g_strdup (rule->what);
  check->facts = facts;
  cr_check_from_rule (check, id, rule->version, &rule->origin);
}

static void
apply (CrCheckRun *run, const CrCaution *rule, Tally *tally)
{
  char *facts = NULL;
  g_autofree char *missing = NULL;
  CrTruth holds = cr_needs_hold (run, rule->needs, &facts, &missing);
  tally->rules++;
  if (holds == CR_TRUTH_YES)
    add_caution (run, rule, facts);
  else
    g_free (facts);
  if (holds == CR_TRUTH_UNKNOWN && tally->missing == NULL)
    tally->missing = g_steal_pointer (&missing);
}

/* Every ingredient is known to need no adjustment. */
static gboolean
needs_no_adjustment (const CrCheckRun *run)
{
  for (guint i = 0; i < run->rx.ingredients->len; i++) {
    const CrDoseRange *range =
        cr_knowledge_dose (run->k, g_ptr_array_index (run->rx.ingredients, i), run->rx.route);
    if (range == NULL || !range->kidney_none)
      return FALSE;
  }
  return run->rx.ingredients->len > 0;
}

static gboolean
egfr_is_old (const CrCheckInput *in)
{
  return cr_date_is_set (in->egfr_on) &&
         cr_date_compare (cr_date_add_months (in->egfr_on, RESULT_OLD_MONTHS), in->today) < 0;
}

/* Nothing was found: say what that rests on. */
static void
conclude_kidney (CrCheckRun *run, const Tally *tally)
{
  if (tally->rules == 0 && needs_no_adjustment (run))
    cr_check_add (run, CR_CHECK_KIDNEY, CR_CHECK_PASSED, g_strdup (_ ("no adjustment")));
  else if (tally->rules == 0 && !run->rx.local)
    cr_check_skip (run, CR_CHECK_KIDNEY, _ ("no kidney data for this drug in the starter list"));
  else if (tally->missing != NULL)
    cr_check_skip (run, CR_CHECK_KIDNEY, tally->missing);
  else if (tally->rules > 0 && egfr_is_old (run->in))
    cr_check_skip (run, CR_CHECK_KIDNEY, _ ("the last eGFR is older than 12 months"));
  else if (tally->rules > 0) {
    g_autofree char *egfr = cr_decimal_to_text (run->in->egfr);
    cr_check_add (run, CR_CHECK_KIDNEY, CR_CHECK_PASSED,
                  g_strdup_printf (_ ("no adjustment at eGFR %s"), egfr));
  }
}

static void
conclude (CrCheckRun *run, CrCheckKind kind, const Tally *tally)
{
  if (tally->missing != NULL)
    cr_check_skip (run, kind, tally->missing);
  else if (tally->rules > 0 && kind != CR_CHECK_DOSE)
    cr_check_add (run, kind, CR_CHECK_PASSED, g_strdup (_ ("nothing in the starter list")));
}

static void
check_kind (CrCheckRun *run, CrCheckKind kind)
{
  Tally tally = { 0, NULL };
  for (guint i = 0; i < run->k->cautions->len; i++) {
    const CrCaution *rule = g_ptr_array_index (run->k->cautions, i);
    if (rule->kind == (int)kind && cr_drug_view_has (&run->rx, rule->subject))
      apply (run, rule, &tally);
  }
  if (cr_check_has (run, kind) && tally.missing != NULL)
    cr_check_skip (run, kind, tally.missing);
  else if (!cr_check_has (run, kind) && kind == CR_CHECK_KIDNEY)
    conclude_kidney (run, &tally);
  else if (!cr_check_has (run, kind))
    conclude (run, kind, &tally);
  g_free (tally.missing);
}

void
cr_check_cautions (CrCheckRun *run)
{
  static const CrCheckKind kinds[] = { CR_CHECK_DOSE, CR_CHECK_KIDNEY, CR_CHECK_AGE, CR_CHECK_PREGNANCY,
                                       CR_CHECK_CONDITION };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    check_kind (run, kinds[i]);
}
