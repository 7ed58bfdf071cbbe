/* The other safety checks: other drugs, dose, facts about the patient, and what was not checked. */
#include "clinical-patient.h"
#include <string.h>

/* ---- other drugs ---- */

static const struct {
  const char *drug, *other;
  const char *egfr, *potassium, *problem;
  const char *duplicate, *interaction;
} PAIRS[] = {
  { "lisinopril-20-mg-tablet", "lisinopril-10-mg-tablet", NULL, NULL, NULL, "found 2", "passed" },
  { "lisinopril-and-hydrochlorothiazide-20-mg-and-12.5-mg-tablet", "lisinopril-10-mg-tablet", NULL, NULL,
    NULL, "found 2", "passed" },
  { "fluticasone-50-mcg-per-spray-nasal-spray", "fluticasone-110-mcg-per-puff-inhaler", NULL, NULL, NULL,
    "found 1", "passed" },
  { "rosuvastatin-10-mg-tablet", "atorvastatin-40-mg-tablet", NULL, NULL, NULL, "found 1", "passed" },
  { "losartan-50-mg-tablet", "lisinopril-10-mg-tablet", NULL, NULL, NULL, "found 2", "passed" },
  { "apixaban-5-mg-tablet", "warfarin-5-mg-tablet", NULL, NULL, NULL, "found 2", "passed" },
  { "metformin-500-mg-tablet", "glipizide-5-mg-tablet", NULL, NULL, NULL, "passed", "passed" },
  { "ibuprofen-400-mg-tablet", "lisinopril-20-mg-tablet", "52", NULL, NULL, "passed", "found 2" },
  { "ibuprofen-400-mg-tablet", "lisinopril-20-mg-tablet", "90", NULL, "N18.31", "passed", "found 2" },
  { "ibuprofen-400-mg-tablet", "lisinopril-20-mg-tablet", "90", NULL, NULL, "passed", "found 1" },
  { "lisinopril-20-mg-tablet", "ibuprofen-400-mg-tablet", "52", NULL, NULL, "passed", "found 2" },
  { "atorvastatin-40-mg-tablet", "amlodipine-5-mg-tablet", NULL, NULL, NULL, "passed", "found 1" },
  { "sildenafil-50-mg-tablet", "isosorbide-mononitrate-30-mg-extended-release-tablet", NULL, NULL, NULL,
    "passed", "found 3" },
  { "spironolactone-25-mg-tablet", "lisinopril-20-mg-tablet", NULL, "5.1", NULL, "passed", "found 2" },
  { "spironolactone-25-mg-tablet", "lisinopril-20-mg-tablet", NULL, "4.5", NULL, "passed", "found 1" },
  { "diclofenac-1-percent-topical-gel", "warfarin-5-mg-tablet", NULL, NULL, NULL, "passed",
    "found 1" }, /* on the skin */
  { "clonazepam-0.5-mg-tablet", "oxycodone-5-mg-tablet", NULL, NULL, NULL, "passed", "found 2" },
  { "amlodipine-5-mg-tablet", "herbal tea", NULL, NULL, NULL, "not-checked", "not-checked" },
  { "ibuprofen-400-mg-tablet", "warfarin from abroad", NULL, NULL, NULL, "not-checked", "found 2" },
};

/* However many needs of a rule ask for it. */
static void
assert_said_once (const GPtrArray *checks, const char *fact)
{
  for (guint i = 0; i < checks->len; i++) {
    const char *facts = ((const CrCheck *)checks->pdata[i])->facts;
    const char *first = facts != NULL ? strstr (facts, fact) : NULL;
    g_assert_true (first == NULL || strstr (first + 1, fact) == NULL);
  }
}

static void
test_pairs (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (PAIRS); i++) {
    Patient p = patient_new ();
    prescribe (k, p.rx, PAIRS[i].drug);
    take (&p, k, PAIRS[i].other);
    p.in.egfr = decimal (PAIRS[i].egfr);
    p.in.potassium = decimal (PAIRS[i].potassium);
    if (PAIRS[i].problem != NULL)
      add_problem (&p, PAIRS[i].problem);
    g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
    g_test_message ("%s with %s", PAIRS[i].drug, PAIRS[i].other);
    assert_outcome (checks, CR_CHECK_DUPLICATE, PAIRS[i].duplicate);
    assert_outcome (checks, CR_CHECK_INTERACTION, PAIRS[i].interaction);
    assert_said_once (checks, "eGFR");
    patient_clear (&p);
  }
}

static void
test_what_counts_as_other (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  prescribe (k, p.rx, "lisinopril-20-mg-tablet");
  CrMedication *old = take (&p, k, "lisinopril-10-mg-tablet");
  old->status = CR_MED_STOPPED;
  g_autoptr (GPtrArray) stopped = cr_checks_run (k, &p.in);
  assert_outcome (stopped, CR_CHECK_DUPLICATE, "not-checked"); /* nothing is known of what is taken now */
  old->status = CR_MED_REPORTED;
  g_autoptr (GPtrArray) reported = cr_checks_run (k, &p.in);
  assert_outcome (reported, CR_CHECK_DUPLICATE, "found 2");
  p.rx->medication_id = old->id; /* a renewal */
  g_autoptr (GPtrArray) renewed = cr_checks_run (k, &p.in);
  assert_outcome (renewed, CR_CHECK_DUPLICATE, "passed");
  CrPrescription *second = cr_prescription_new ();
  prescribe (k, second, "lisinopril-5-mg-tablet");
  g_ptr_array_add (p.batch, second);
  g_autoptr (GPtrArray) batch = cr_checks_run (k, &p.in);
  assert_outcome (batch, CR_CHECK_DUPLICATE, "found 2");
  p.in.medications = NULL;
  g_autoptr (GPtrArray) unavailable = cr_checks_run (k, &p.in);
  assert_outcome (unavailable, CR_CHECK_DUPLICATE, "not-checked");
  assert_outcome (unavailable, CR_CHECK_INTERACTION, "not-checked");
  patient_clear (&p);
}

/* An empty list is no answer: only "takes none" passes. */
static void
test_nothing_recorded (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  prescribe (k, p.rx, "lisinopril-20-mg-tablet");
  g_autoptr (GPtrArray) never_asked = cr_checks_run (k, &p.in);
  assert_outcome (never_asked, CR_CHECK_DUPLICATE, "not-checked");
  assert_outcome (never_asked, CR_CHECK_INTERACTION, "not-checked");
  for (guint i = 0; i < never_asked->len; i++) {
    const CrCheck *check = never_asked->pdata[i];
    if (check->kind == CR_CHECK_DUPLICATE || check->kind == CR_CHECK_INTERACTION)
      g_assert_cmpstr (check->title, ==, "medications not recorded");
  }
  CrPrescription *second = cr_prescription_new ();
  prescribe (k, second, "lisinopril-5-mg-tablet");
  g_ptr_array_add (p.batch, second);
  g_autoptr (GPtrArray) beside = cr_checks_run (k, &p.in);
  assert_outcome (beside, CR_CHECK_DUPLICATE, "found 2");
  assert_outcome (beside, CR_CHECK_INTERACTION, "not-checked");
  g_ptr_array_set_size (p.batch, 0);
  p.in.takes_none = TRUE;
  g_autoptr (GPtrArray) none = cr_checks_run (k, &p.in);
  assert_outcome (none, CR_CHECK_DUPLICATE, "passed");
  assert_outcome (none, CR_CHECK_INTERACTION, "passed");
  patient_clear (&p);
}

/* ---- dose ---- */

static const struct {
  const char *drug, *typed; /* directions in shorthand */
  const char *expected, *title;
} DOSES[] = {
  { "amlodipine-5-mg-tablet", "1 daily", "passed", "5 mg of 2.5–10 mg per day" },
  { "amlodipine-10-mg-tablet", "2 daily", "found 2", "20 mg of 2.5–10 mg per day" },
  { "amlodipine-10-mg-tablet", "5 bid", "found 3", "100 mg of 2.5–10 mg per day" },
  { "amlodipine-2.5-mg-tablet", "0.5 daily", "found 1", "1.25 mg of 2.5–10 mg per day" },
  { "ibuprofen-800-mg-tablet", "1 qid prn pain", "found 1", "3,200 mg of 200–2,400 mg per day" },
  { "ibuprofen-800-mg-tablet", "1 qid prn pain max 3", "passed", "2,400 mg of 200–2,400 mg per day" },
  { "alendronate-70-mg-tablet", "1 weekly", "passed", "10 mg of 5–10 mg per day" },
  { "methotrexate-2.5-mg-tablet", "1 daily", "found 3", NULL },
  { "methotrexate-2.5-mg-tablet", "6 weekly", "not-checked", NULL },
  { "latanoprost-0.005-percent-eye-drops", "1 qhs", "not-checked", NULL },
  { "amoxicillin-and-clavulanate-875-mg-and-125-mg-tablet", "1 bid", "not-checked", NULL },
  { "acetaminophen-500-mg-tablet", "2 prn pain", "not-checked", NULL }, /* no amount per day */
};

static void
test_doses (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (DOSES); i++) {
    Patient p = patient_new ();
    g_autoptr (GError) error = NULL;
    const CrDrug *drug = cr_knowledge_drug (k, DOSES[i].drug);
    g_assert_nonnull (drug);
    cr_rx_take_drug (p.rx, drug);
    g_assert_true (cr_sig_from_typed (k, DOSES[i].typed, drug, &p.rx->sig, &error));
    g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
    g_test_message ("%s %s", DOSES[i].drug, DOSES[i].typed);
    assert_outcome (checks, CR_CHECK_DOSE, DOSES[i].expected);
    for (guint j = 0; DOSES[i].title != NULL && j < checks->len; j++) {
      const CrCheck *c = g_ptr_array_index (checks, j);
      if (c->kind == CR_CHECK_DOSE)
        g_assert_cmpstr (c->title, ==, DOSES[i].title);
    }
    patient_clear (&p);
  }
}

/* ---- facts about the patient ---- */

static const struct {
  const char *drug;
  CrDate birth;
  int sex;
  const char *egfr, *potassium, *problem, *weight;
  CrCheckKind kind;
  const char *expected;
} FACTS[] = {
  { "metformin-500-mg-tablet",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    "28",
    NULL,
    NULL,
    NULL,
    CR_CHECK_KIDNEY,
    "found 3" },
  { "metformin-500-mg-tablet",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    "40",
    NULL,
    NULL,
    NULL,
    CR_CHECK_KIDNEY,
    "found 2" },
  { "metformin-500-mg-tablet",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    "52",
    NULL,
    NULL,
    NULL,
    CR_CHECK_KIDNEY,
    "passed" },
  { "metformin-500-mg-tablet",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    NULL,
    NULL,
    NULL,
    NULL,
    CR_CHECK_KIDNEY,
    "not-checked" },
  { "amlodipine-5-mg-tablet",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    NULL,
    NULL,
    NULL,
    NULL,
    CR_CHECK_KIDNEY,
    "passed" },
  { "mirabegron-25-mg-extended-release-tablet",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    "90",
    NULL,
    NULL,
    NULL,
    CR_CHECK_KIDNEY,
    "not-checked" },
  { "hydrocortisone-2.5-percent-cream",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    NULL,
    NULL,
    NULL,
    NULL,
    CR_CHECK_KIDNEY,
    "none" },
  { "spironolactone-25-mg-tablet",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    "90",
    "5.6",
    NULL,
    NULL,
    CR_CHECK_CONDITION,
    "found 2" },
  { "ibuprofen-400-mg-tablet",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    "90",
    NULL,
    "I50.22",
    NULL,
    CR_CHECK_CONDITION,
    "found 2" },
  { "ibuprofen-400-mg-tablet",
    { 1961, 3, 14 },
    CR_SEX_FEMALE,
    "90",
    NULL,
    "M17.9",
    NULL,
    CR_CHECK_CONDITION,
    "passed" },
  { "acetaminophen-and-codeine-300-mg-and-30-mg-tablet",
    { 2016, 11, 23 },
    CR_SEX_MALE,
    NULL,
    NULL,
    NULL,
    "30",
    CR_CHECK_AGE,
    "found 3" },
  { "acetaminophen-and-codeine-300-mg-and-30-mg-tablet",
    { 2014, 11, 23 },
    CR_SEX_MALE,
    NULL,
    NULL,
    NULL,
    "40",
    CR_CHECK_AGE,
    "found 2" },
  { "acetaminophen-and-codeine-300-mg-and-30-mg-tablet",
    { 2008, 11, 23 },
    CR_SEX_MALE,
    NULL,
    NULL,
    NULL,
    NULL,
    CR_CHECK_AGE,
    "passed" },
  { "acetaminophen-and-codeine-300-mg-and-30-mg-tablet",
    { 2014, 11, 24 },
    CR_SEX_MALE,
    NULL,
    NULL,
    NULL,
    "40",
    CR_CHECK_AGE,
    "found 3" },
  { "lorazepam-0.5-mg-tablet",
    { 1961, 11, 23 },
    CR_SEX_MALE,
    NULL,
    NULL,
    NULL,
    NULL,
    CR_CHECK_AGE,
    "found 1" },
  { "lorazepam-0.5-mg-tablet",
    { 1990, 0, 0 },
    CR_SEX_MALE,
    NULL,
    NULL,
    NULL,
    NULL,
    CR_CHECK_AGE,
    "not-checked" },
  { "lisinopril-20-mg-tablet",
    { 1995, 5, 5 },
    CR_SEX_FEMALE,
    "90",
    NULL,
    "Z33.1",
    NULL,
    CR_CHECK_PREGNANCY,
    "found 3" },
  { "lisinopril-20-mg-tablet",
    { 1995, 5, 5 },
    CR_SEX_FEMALE,
    "90",
    NULL,
    NULL,
    NULL,
    CR_CHECK_PREGNANCY,
    "not-checked" },
  { "lisinopril-20-mg-tablet",
    { 1995, 5, 5 },
    CR_SEX_MALE,
    "90",
    NULL,
    NULL,
    NULL,
    CR_CHECK_PREGNANCY,
    "passed" },
  { "amoxicillin-400-mg-per-5-ml-oral-suspension",
    { 2022, 5, 5 },
    CR_SEX_MALE,
    NULL,
    NULL,
    NULL,
    NULL,
    CR_CHECK_WEIGHT,
    "found 2" },
  { "amoxicillin-400-mg-per-5-ml-oral-suspension",
    { 2022, 5, 5 },
    CR_SEX_MALE,
    NULL,
    NULL,
    NULL,
    "16.2",
    CR_CHECK_WEIGHT,
    "passed" },
  { "amoxicillin-400-mg-per-5-ml-oral-suspension",
    { 2022, 5, 5 },
    CR_SEX_MALE,
    NULL,
    NULL,
    NULL,
    "16.2",
    CR_CHECK_DOSE,
    "not-checked" },
  { "amoxicillin-500-mg-capsule",
    { 1961, 3, 14 },
    CR_SEX_MALE,
    NULL,
    NULL,
    NULL,
    NULL,
    CR_CHECK_WEIGHT,
    "none" },
};

static void
test_facts (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (FACTS); i++) {
    Patient p = patient_new ();
    g_assert_nonnull (cr_knowledge_drug (k, FACTS[i].drug));
    prescribe (k, p.rx, FACTS[i].drug);
    p.in.birth_date = FACTS[i].birth;
    p.in.sex = FACTS[i].sex;
    p.in.egfr = decimal (FACTS[i].egfr);
    p.in.potassium = decimal (FACTS[i].potassium);
    p.in.weight_kg = decimal (FACTS[i].weight);
    p.in.weight_on = CR_DATE (2026, 11, 20);
    if (FACTS[i].problem != NULL)
      add_problem (&p, FACTS[i].problem);
    g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
    g_test_message ("%u %s", i, FACTS[i].drug);
    assert_outcome (checks, FACTS[i].kind, FACTS[i].expected);
    patient_clear (&p);
  }
}

static void
test_old_facts (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  prescribe (k, p.rx, "metformin-500-mg-tablet");
  p.in.egfr_on = CR_DATE (2025, 11, 22); /* older than a year: no pass */
  g_autoptr (GPtrArray) kidney = cr_checks_run (k, &p.in);
  assert_outcome (kidney, CR_CHECK_KIDNEY, "not-checked");
  p.in.birth_date = CR_DATE (2022, 5, 5);
  p.in.weight_kg = decimal ("16.2");
  p.in.weight_on = CR_DATE (2026, 8, 1);
  cr_prescription_free (p.rx);
  p.in.rx = p.rx = cr_prescription_new ();
  prescribe (k, p.rx, "amoxicillin-400-mg-per-5-ml-oral-suspension");
  g_autoptr (GPtrArray) weight = cr_checks_run (k, &p.in);
  assert_outcome (weight, CR_CHECK_WEIGHT, "found 2");
  patient_clear (&p);
}

/* Problems of another code system count by their exact name; one that is not understood voids the pass. */
static void
test_foreign_problems (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  prescribe (k, p.rx, "ibuprofen-400-mg-tablet");
  CrProblem *problem = cr_problem_new ();
  problem->system = g_strdup ("sct");
  problem->code = g_strdup ("84114007");
  problem->display = g_strdup ("Heart failure (disorder)");
  g_ptr_array_add (p.problems, problem);
  g_autoptr (GPtrArray) named = cr_checks_run (k, &p.in);
  assert_outcome (named, CR_CHECK_CONDITION, "found 2");
  g_free (problem->display);
  problem->display = g_strdup ("Cardiac decompensation");
  g_autoptr (GPtrArray) unknown = cr_checks_run (k, &p.in);
  assert_outcome (unknown, CR_CHECK_CONDITION, "not-checked");
  patient_clear (&p);
}

/* ---- never a pass for a check that was not made ---- */

static void
test_not_checked_is_not_ok (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  prescribe (k, p.rx, "powder from the market");
  g_autoptr (GPtrArray) uncoded = cr_checks_run (k, &p.in);
  assert_no_pass (uncoded);
  cr_prescription_free (p.rx);
  p.in.rx = p.rx = cr_prescription_new ();
  prescribe (k, p.rx, "amlodipine-5-mg-tablet");
  g_autoptr (GPtrArray) missing = cr_checks_run (NULL, &p.in);
  assert_no_pass (missing);
  g_autoptr (GPtrArray) fine = cr_checks_run (k, &p.in);
  g_assert_cmpuint (count (fine, CR_CHECK_ALLERGY, CR_CHECK_PASSED), ==, 1);
  p.in.today = CR_DATE (2027, 11, 24);
  g_autoptr (GPtrArray) old = cr_checks_run (k, &p.in);
  assert_no_pass (old);
  patient_clear (&p);
}

/* A finding stands even when the data are old or the drug is free text. */
static void
test_findings_survive (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  prescribe (k, p.rx, "amoxicillin 500 three times a day");
  react (&p, "penicillin (class)", "penicillins", "allergy", "anaphylaxis", NULL, "high");
  p.in.today = CR_DATE (2028, 1, 1);
  g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
  assert_outcome (checks, CR_CHECK_ALLERGY, "found 3");
  assert_no_pass (checks);
  patient_clear (&p);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks/pairs", test_pairs);
  g_test_add_func ("/checks/what-counts-as-other", test_what_counts_as_other);
  g_test_add_func ("/checks/nothing-recorded", test_nothing_recorded);
  g_test_add_func ("/checks/doses", test_doses);
  g_test_add_func ("/checks/facts", test_facts);
  g_test_add_func ("/checks/old-facts", test_old_facts);
  g_test_add_func ("/checks/foreign-problems", test_foreign_problems);
  g_test_add_func ("/checks/not-checked-is-not-ok", test_not_checked_is_not_ok);
  g_test_add_func ("/checks/findings-survive", test_findings_survive);
  return g_test_run ();
}
