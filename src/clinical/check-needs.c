/* Facts about the patient that rules ask for. */
#include "check-run.h"
#include "chartroom/base/text.h"
#include "recognise.h"
#include <glib/gi18n.h>
#include <string.h>

#define CKD_EGFR 60

typedef struct {
  const CrCheckRun *run;
  GString *facts;
  const char *missing;
} Asker;

int
cr_check_age_months (const CrCheckInput *in)
{
  CrDate birth = in->birth_date;
  if (!cr_date_is_full (birth) || !cr_date_is_full (in->today) || cr_date_compare (birth, in->today) > 0)
    return -1;
  int months = (in->today.year - birth.year) * 12 + in->today.month - birth.month;
  return in->today.day < birth.day ? months - 1 : months;
}

static gboolean
has_fact (const Asker *a, const char *text)
{
  g_autofree char *all = g_strdup_printf (", %s, ", a->facts->str);
  g_autofree char *one = g_strdup_printf (", %s, ", text);
  return strstr (all, one) != NULL;
}

/* Said once, however many needs of the rule ask for it. */
static void
use_fact (Asker *a, const char *text)
{
  if (has_fact (a, text))
    return;
  if (a->facts->len > 0)
    g_string_append (a->facts, ", ");
  g_string_append (a->facts, text);
}

/* "eGFR 52 (Nov 16, 2026)" */
static void
use_number (Asker *a, const char *name, CrDecimal value, CrDate on)
{
  g_autofree char *number = cr_decimal_to_text (value);
  g_autofree char *date = cr_date_is_set (on) ? cr_date_format (on) : NULL;
  g_autofree char *text = date != NULL ? g_strdup_printf ("%s %s (%s)", name, number, date)
                                       : g_strdup_printf ("%s %s", name, number);
  use_fact (a, text);
}

static CrTruth
unknown (Asker *a, const char *missing)
{
  if (a->missing == NULL)
    a->missing = missing;
  return CR_TRUTH_UNKNOWN;
}

static CrTruth
truth (gboolean holds)
{
  return holds ? CR_TRUTH_YES : CR_TRUTH_NO;
}

static CrTruth
ask_number (Asker *a, const CrNeed *need, CrDecimal value, CrDate on, const char *name, const char *missing)
{
  if (!value.set)
    return unknown (a, missing);
  gboolean holds = cr_op_holds (value, need->op, need->number);
  if (holds)
    use_number (a, name, value, on);
  return truth (holds);
}

static CrTruth
ask_age (Asker *a, const CrNeed *need)
{
  int months = cr_check_age_months (a->run->in);
  if (months < 0)
    return unknown (a, _ ("the date of birth is not known"));
  CrDecimal limit = cr_decimal_multiply (need->number, cr_decimal_from_int (12));
  gboolean holds = cr_op_holds (cr_decimal_from_int (months), need->op, limit);
  if (holds) {
    g_autofree char *age = cr_age_format (a->run->in->birth_date, a->run->in->today);
    g_autofree char *text = g_strdup_printf (_ ("age %s"), age);
    use_fact (a, text);
  }
  return truth (holds);
}

/* An active problem whose ICD-10-CM code begins so. */
static CrTruth
ask_problem (Asker *a, const char *beginning)
{
  const GPtrArray *problems = a->run->in->problems;
  gboolean uncoded = FALSE;
  if (problems == NULL)
    return unknown (a, _ ("the problem list is not available"));
  for (guint i = 0; i < problems->len; i++) {
    const CrProblem *p = g_ptr_array_index (problems, i);
    if (p->status != CR_PROBLEM_ACTIVE)
      continue;
    const char *code = cr_recognise_problem (a->run->k, p->system, p->code, p->display);
    uncoded |= code == NULL;
    if (code != NULL && g_str_has_prefix (code, beginning)) {
      use_fact (a, p->display != NULL ? p->display : code);
      return CR_TRUTH_YES;
    }
  }
  return uncoded ? unknown (a, _ ("some problems are not coded")) : CR_TRUTH_NO;
}

/* eGFR below 60 or a diagnosis of it. */
static CrTruth
ask_ckd (Asker *a)
{
  const CrCheckInput *in = a->run->in;
  if (in->egfr.set && cr_decimal_compare (in->egfr, cr_decimal_from_int (CKD_EGFR)) < 0) {
    use_number (a, _ ("eGFR"), in->egfr, in->egfr_on);
    return CR_TRUTH_YES;
  }
  CrTruth diagnosed = ask_problem (a, "N18");
  if (diagnosed == CR_TRUTH_YES)
    return diagnosed;
  return in->egfr.set ? CR_TRUTH_NO : unknown (a, _ ("eGFR is not recorded"));
}

static CrTruth
ask_pregnant (Asker *a)
{
  static const char *const codes[] = { "Z33", "Z34", "Z3A", "O" };
  const CrCheckInput *in = a->run->in;
  int months = cr_check_age_months (in);
  if (in->sex == CR_SEX_MALE || (months >= 0 && (months < 10 * 12 || months > 56 * 12)))
    return CR_TRUTH_NO;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (ask_problem (a, codes[i]) == CR_TRUTH_YES)
      return CR_TRUTH_YES;
  a->missing = NULL;
  return unknown (a, _ ("pregnancy is not recorded"));
}

/* Directions in free text have no frequency to look at. */
static CrTruth
ask_frequency (Asker *a, const CrNeed *need)
{
  const CrSig *sig = &a->run->in->rx->sig;
  if (!cr_str_empty (sig->other) || cr_str_empty (sig->frequency))
    return unknown (a, _ ("the directions do not say how often"));
  gboolean same = g_str_equal (sig->frequency, need->text);
  return truth (need->op == CR_OP_IS ? same : !same);
}

static CrTruth
ask (Asker *a, const CrNeed *need)
{
  const CrCheckInput *in = a->run->in;
  switch (need->fact) {
  case CR_FACT_EGFR:
    return ask_number (a, need, in->egfr, in->egfr_on, _ ("eGFR"), _ ("eGFR is not recorded"));
  case CR_FACT_POTASSIUM:
    return ask_number (a, need, in->potassium, in->potassium_on, _ ("potassium"),
                       _ ("potassium is not recorded"));
  case CR_FACT_AGE:
    return ask_age (a, need);
  case CR_FACT_PROBLEM:
    return ask_problem (a, need->text);
  case CR_FACT_FREQUENCY:
    return ask_frequency (a, need);
  case CR_FACT_CKD:
    return ask_ckd (a);
  case CR_FACT_PREGNANT:
    return ask_pregnant (a);
  }
  return CR_TRUTH_UNKNOWN;
}

CrTruth
cr_needs_hold (const CrCheckRun *run, const GArray *needs, char **facts, char **missing)
{
  Asker a = { run, g_string_new (NULL), NULL };
  CrTruth all = CR_TRUTH_YES;
  for (guint i = 0; i < needs->len && all != CR_TRUTH_NO; i++)
    all = MIN (all, ask (&a, &g_array_index (needs, CrNeed, i)));
  gboolean empty = a.facts->len == 0;
  char *used = g_string_free (a.facts, empty);
  if (facts != NULL)
    *facts = used;
  else
    g_free (used);
  if (missing != NULL)
    *missing = all == CR_TRUTH_UNKNOWN ? g_strdup (a.missing) : NULL;
  return all;
}
