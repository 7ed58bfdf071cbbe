/* Safety checks: one table of situations, and the few that need more than a row. */
#include "clinical-fixture.h"
#include "chartroom/clinical/checks.h"
#include "chartroom/clinical/drug-entry.h"
#include <string.h>

/* ---- a patient ---- */

typedef struct {
  CrCheckInput in;
  GPtrArray *allergies, *medications, *problems, *batch;
  CrPrescription *rx;
} Patient;

static const CrDate TODAY = { 2026, 11, 23 };

static Patient
patient_new (void)
{
  Patient p = { 0 };
  p.allergies = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_allergy_free);
  p.medications = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_medication_free);
  p.problems = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_problem_free);
  p.batch = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_prescription_free);
  p.rx = cr_prescription_new ();
  p.in = (CrCheckInput){ .today = TODAY,
                         .birth_date = CR_DATE (1961, 3, 14),
                         .sex = CR_SEX_FEMALE,
                         .allergy_status = CR_ALLERGY_NONE_KNOWN,
                         .allergies = p.allergies,
                         .medications = p.medications,
                         .problems = p.problems,
                         .batch = p.batch,
                         .egfr = decimal ("90"),
                         .egfr_on = CR_DATE (2026, 11, 16),
                         .rx = p.rx };
  return p;
}

static void
patient_clear (Patient *p)
{
  g_ptr_array_unref (p->allergies);
  g_ptr_array_unref (p->medications);
  g_ptr_array_unref (p->problems);
  g_ptr_array_unref (p->batch);
  cr_prescription_free (p->rx);
}

/* A drug of the list, or free text when there is none of that id. */
static void
prescribe (const CrKnowledge *k, CrPrescription *rx, const char *drug)
{
  const CrDrug *known = cr_knowledge_drug (k, drug);
  if (known != NULL)
    cr_rx_take_line (rx, g_ptr_array_index (known->lines, 0));
  else
    rx->display = g_strdup (drug);
}

static CrMedication *
take (Patient *p, const CrKnowledge *k, const char *drug)
{
  const CrDrug *known = cr_knowledge_drug (k, drug);
  CrMedication *m = cr_medication_new ();
  m->id = 100 + p->medications->len;
  m->drug_code = known != NULL ? g_strdup (drug) : NULL;
  m->display = known != NULL ? cr_drug_display (known) : g_strdup (drug);
  if (known != NULL)
    m->sig.route = g_strdup (known->route);
  g_ptr_array_add (p->medications, m);
  return m;
}

static void
add_problem (Patient *p, const char *code)
{
  CrProblem *problem = cr_problem_new ();
  problem->code = g_strdup (code);
  problem->system = g_strdup ("icd10cm");
  problem->display = g_strdup (code);
  g_ptr_array_add (p->problems, problem);
}

static CrAllergy *
react (Patient *p, const char *substance, const char *code, const char *type, const char *reactions,
       const char *severity, const char *criticality)
{
  CrAllergy *a = cr_allergy_new ();
  a->id = 500 + p->allergies->len;
  a->substance = g_strdup (substance);
  a->code = g_strdup (code);
  a->type = g_strdup (type);
  a->reactions = g_strdup (reactions);
  a->severity = g_strdup (severity);
  a->criticality = g_strdup (criticality);
  p->in.allergy_status = CR_ALLERGY_KNOWN;
  g_ptr_array_add (p->allergies, a);
  return a;
}

/* ---- looking at the answer ---- */

/* "found 3", "passed", "not-checked" of the worst item of a kind; "none" when there is no such item. */
static char *
outcome (const GPtrArray *checks, CrCheckKind kind)
{
  for (guint i = 0; i < checks->len; i++) {
    const CrCheck *c = g_ptr_array_index (checks, i);
    if (c->kind != kind)
      continue;
    if (c->state == CR_CHECK_FOUND)
      return g_strdup_printf ("found %d", c->tier);
    return g_strdup (CR_CHECK_STATE_CODES[c->state]);
  }
  return g_strdup ("none");
}

static void
assert_outcome (const GPtrArray *checks, CrCheckKind kind, const char *expected)
{
  g_autofree char *got = outcome (checks, kind);
  if (g_strcmp0 (got, expected) == 0)
    return;
  g_autoptr (GPtrArray) words = cr_checks_words (checks);
  for (guint i = 0; i < words->len; i++)
    g_printerr ("%s\n", (char *)g_ptr_array_index (words, i));
  g_assert_cmpstr (got, ==, expected);
}

static guint
count (const GPtrArray *checks, CrCheckKind kind, CrCheckState state)
{
  guint n = 0;
  for (guint i = 0; i < checks->len; i++) {
    const CrCheck *c = g_ptr_array_index (checks, i);
    n += c->kind == kind && c->state == state;
  }
  return n;
}

/* ---- allergies ---- */

static const struct {
  const char *drug;
  const char *substance, *code, *type, *reactions, *severity, *criticality;
  const char *expected;
} ALLERGIES[] = {
  /* the same ingredient */
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "allergy", "anaphylaxis", NULL, NULL,
    "found 3" },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "allergy", "rash", "severe", NULL,
    "found 3" },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "allergy", "rash", NULL, "high", "found 3" },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "allergy", "rash", "mild", "low", "found 2" },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "unknown", NULL, NULL, NULL, "found 2" },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "intolerance", "nausea", "severe", NULL,
    "found 1" },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "intolerance", "anaphylaxis", NULL, NULL,
    "found 3" },
  /* one of several ingredients */
  { "sulfamethoxazole-and-trimethoprim-800-mg-and-160-mg-tablet", "sulfamethoxazole", "sulfamethoxazole",
    "allergy", "rash", NULL, "low", "found 2" },
  /* through the class, either way round */
  { "amoxicillin-500-mg-capsule", "penicillin (class)", "penicillins", "allergy", "anaphylaxis", NULL, "high",
    "found 3" },
  { "amoxicillin-500-mg-capsule", "penicillin V", "penicillin-v", "allergy", "hives", NULL, NULL, "found 2" },
  { "ibuprofen-400-mg-tablet", "aspirin", "aspirin", "allergy", "wheezing", NULL, NULL, "found 2" },
  { "amlodipine-and-benazepril-5-mg-and-20-mg-capsule", "lisinopril", "lisinopril", "allergy", "angioedema",
    NULL, NULL, "found 3" },
  /* neighbouring classes: a note, whatever the reaction */
  { "cephalexin-500-mg-capsule", "penicillin (class)", "penicillins", "allergy", "anaphylaxis", NULL, "high",
    "found 1" },
  { "losartan-50-mg-tablet", "lisinopril", "lisinopril", "allergy", "angioedema", NULL, NULL, "found 1" },
  { "furosemide-20-mg-tablet", "sulfamethoxazole", "sulfamethoxazole", "allergy", "rash", NULL, NULL,
    "found 1" },
  { "rosuvastatin-10-mg-tablet", "atorvastatin", "atorvastatin", "allergy", "anaphylaxis", NULL, NULL,
    "found 1" },
  { "rosuvastatin-10-mg-tablet", "statin (class)", "statins", "allergy", "hives", NULL, NULL, "found 2" },
  /* nothing in common */
  { "amlodipine-5-mg-tablet", "penicillin (class)", "penicillins", "allergy", "anaphylaxis", NULL, "high",
    "passed" },
  { "amlodipine-5-mg-tablet", "peanut", "peanut", "allergy", "anaphylaxis", NULL, "high", "passed" },
  { "trazodone-50-mg-tablet", "traMADol", "tramadol", "allergy", "rash", NULL, NULL, "passed" },
  /* imported: a foreign code, but exactly a known name */
  { "amoxicillin-500-mg-capsule", "Allergy to penicillin", "sct:91936005", "allergy", "anaphylaxis", NULL,
    NULL, "found 3" },
  { "amlodipine-5-mg-tablet", "Allergy to penicillin", "sct:91936005", "allergy", "anaphylaxis", NULL, NULL,
    "passed" },
  { "amlodipine-5-mg-tablet", "Something odd", "sct:1", "allergy", "rash", NULL, NULL, "not-checked" },
  /* not coded: names are still looked at, but never a pass */
  { "amoxicillin-500-mg-capsule", "penicillin, as a child", NULL, "allergy", "anaphylaxis", NULL, NULL,
    "found 3" },
  { "amlodipine-5-mg-tablet", "penicillin", NULL, "allergy", "anaphylaxis", NULL, NULL, "not-checked" },
  { "amlodipine-5-mg-tablet", "a blue pill", NULL, "allergy", NULL, NULL, NULL, "not-checked" },
  /* uncoded drug */
  { "amoxicillin 500", "penicillin (class)", "penicillins", "allergy", "anaphylaxis", NULL, "high",
    "found 3" },
  { "powder from the market", "penicillin (class)", "penicillins", "allergy", "anaphylaxis", NULL, "high",
    "not-checked" },
};

static void
test_allergies (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (ALLERGIES); i++) {
    Patient p = patient_new ();
    prescribe (k, p.rx, ALLERGIES[i].drug);
    react (&p, ALLERGIES[i].substance, ALLERGIES[i].code, ALLERGIES[i].type, ALLERGIES[i].reactions,
           ALLERGIES[i].severity, ALLERGIES[i].criticality);
    g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
    g_test_message ("%s against %s", ALLERGIES[i].drug, ALLERGIES[i].substance);
    assert_outcome (checks, CR_CHECK_ALLERGY, ALLERGIES[i].expected);
    if (ALLERGIES[i].code == NULL)
      g_assert_cmpuint (count (checks, CR_CHECK_ALLERGY, CR_CHECK_NOT_CHECKED), ==, 1);
    patient_clear (&p);
  }
}

static const struct {
  int status;
  gboolean list;
  const char *expected, *title;
} STATEMENTS[] = {
  { CR_ALLERGY_NONE_KNOWN, TRUE, "passed", "no known allergies" },
  { CR_ALLERGY_NOT_RECORDED, TRUE, "not-checked", "allergies are not recorded" },
  { CR_ALLERGY_UNAVAILABLE, TRUE, "not-checked", "allergies are unavailable" },
  { CR_ALLERGY_KNOWN, TRUE, "not-checked", "the recorded allergies could not be read" },
  { CR_ALLERGY_NONE_KNOWN, FALSE, "not-checked", "allergies are unavailable" },
};

static void
test_allergy_statements (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (STATEMENTS); i++) {
    Patient p = patient_new ();
    prescribe (k, p.rx, "amlodipine-5-mg-tablet");
    p.in.allergy_status = STATEMENTS[i].status;
    p.in.allergies = STATEMENTS[i].list ? p.allergies : NULL;
    g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
    assert_outcome (checks, CR_CHECK_ALLERGY, STATEMENTS[i].expected);
    for (guint j = 0; j < checks->len; j++) {
      const CrCheck *c = g_ptr_array_index (checks, j);
      if (c->kind == CR_CHECK_ALLERGY)
        g_assert_cmpstr (c->title, ==, STATEMENTS[i].title);
    }
    patient_clear (&p);
  }
}

static void
test_refuted_allergy (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  prescribe (k, p.rx, "amoxicillin-500-mg-capsule");
  react (&p, "penicillin (class)", "penicillins", "allergy", "anaphylaxis", NULL, "high")->state =
      CR_ALLERGY_REFUTED;
  p.in.allergy_status = CR_ALLERGY_NONE_KNOWN;
  g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
  assert_outcome (checks, CR_CHECK_ALLERGY, "passed");
  patient_clear (&p);
}

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
  assert_outcome (stopped, CR_CHECK_DUPLICATE, "passed");
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
assert_no_pass (const GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    g_assert_cmpint (((CrCheck *)g_ptr_array_index (checks, i))->state, !=, CR_CHECK_PASSED);
  for (int kind = CR_CHECK_ALLERGY; kind <= CR_CHECK_DOSE; kind++)
    g_assert_cmpuint (count (checks, kind, CR_CHECK_NOT_CHECKED), >=, 1);
  g_autoptr (GPtrArray) words = cr_checks_words (checks);
  for (guint i = 0; i < words->len; i++)
    g_assert_null (strstr (g_ptr_array_index (words, i), "✓"));
}

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

/* ---- words, order, answers, record ---- */

static void
test_words (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  prescribe (k, p.rx, "amlodipine-5-mg-tablet");
  take (&p, k, "atorvastatin-40-mg-tablet");
  react (&p, "penicillin (class)", "penicillins", "allergy", "anaphylaxis", NULL, "high");
  react (&p, "sulfamethoxazole", "sulfamethoxazole", "allergy", "rash", NULL, "low");
  g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
  g_autoptr (GPtrArray) words = cr_checks_words (checks);
  static const char *const expected[] = {
    "i Interaction  atorvastatin 40 mg tablet: note",
    "✓ Allergy  no match (penicillin (class), sulfamethoxazole)",
    "✓ Duplicate  none",
    "✓ Dose range  5 mg of 2.5–10 mg per day",
    "✓ Kidney  no adjustment",
  };
  g_assert_cmpuint (words->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < words->len; i++)
    g_assert_cmpstr (g_ptr_array_index (words, i), ==, expected[i]);
  patient_clear (&p);
}

static void
test_order (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  prescribe (k, p.rx, "ibuprofen-400-mg-tablet");
  take (&p, k, "lisinopril-20-mg-tablet");
  take (&p, k, "herbal tea");
  react (&p, "naproxen", "naproxen", "allergy", "anaphylaxis", NULL, NULL);
  p.in.egfr = decimal ("52");
  g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
  g_assert_cmpint (cr_checks_worst_tier (checks), ==, 3);
  int last = 99;
  CrCheckState state = CR_CHECK_FOUND;
  for (guint i = 0; i < checks->len; i++) {
    const CrCheck *c = g_ptr_array_index (checks, i);
    g_assert_true (c->state == state || c->state == CR_CHECK_NOT_CHECKED ||
                   (c->state == CR_CHECK_PASSED && state == CR_CHECK_NOT_CHECKED));
    g_assert_true (c->state != state || c->tier <= last);
    last = c->tier;
    state = c->state;
    if (c->state == CR_CHECK_FOUND) {
      g_assert_nonnull (c->why);
      g_assert_nonnull (c->what);
      g_assert_nonnull (c->rule_id);
      g_assert_nonnull (c->rule_version);
      g_assert_nonnull (c->source);
      g_assert_cmpstr (c->data_version, ==, cr_knowledge_version (k));
    }
  }
  patient_clear (&p);
}

static void
test_answers (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  prescribe (k, p.rx, "amoxicillin-500-mg-capsule");
  react (&p, "penicillin (class)", "penicillins", "allergy", "hives", NULL, NULL);
  g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
  CrCheck *finding = g_ptr_array_index (checks, 0);
  g_autoptr (GError) error = NULL;
  g_assert_true (cr_checks_unanswered (checks) == finding);
  g_assert_false (cr_check_answer (finding, "replacing", NULL, &error)); /* an answer to a duplicate */
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (cr_check_answer (finding, "tolerated", "  ", &error)); /* needs the date */
  g_clear_error (&error);
  g_assert_true (cr_check_answer (finding, "tolerated", " since 2019 ", NULL));
  g_assert_cmpstr (finding->reason_text, ==, "since 2019");
  g_assert_null (cr_checks_unanswered (checks));

  g_autoptr (GPtrArray) again = cr_checks_run (k, &p.in);
  cr_checks_keep_answers (again, checks);
  g_assert_null (cr_checks_unanswered (again));

  CrAllergy *allergy = g_ptr_array_index (p.allergies, 0);
  g_free (allergy->reactions);
  allergy->reactions = g_strdup ("anaphylaxis"); /* worse than what was answered */
  g_autoptr (GPtrArray) worse = cr_checks_run (k, &p.in);
  cr_checks_keep_answers (worse, checks);
  CrCheck *stop = g_ptr_array_index (worse, 0);
  g_assert_cmpint (stop->tier, ==, 3);
  g_assert_true (cr_checks_unanswered (worse) == stop);
  g_assert_false (cr_check_answer (stop, "not-allergy", NULL, NULL)); /* a stop always needs words */
  g_assert_true (cr_check_answer (stop, "not-allergy", "was a viral rash", NULL));
  patient_clear (&p);
}

static void
test_reasons (void)
{
  for (int kind = 0; kind < CR_CHECK_KINDS; kind++) {
    g_autoptr (GArray) reasons = cr_check_reasons (kind);
    guint keys = 0;
    g_assert_cmpuint (reasons->len, >=, 3);
    for (guint i = 0; i < reasons->len; i++) {
      const CrCheckReason *reason = &g_array_index (reasons, CrCheckReason, i);
      g_assert_cmpuint (keys & (1u << reason->key), ==, 0); /* one key each */
      keys |= 1u << reason->key;
      g_assert_cmpstr (reason->words, !=, "");
      g_assert_cmpstr (reason->effect, !=, "");
    }
    g_assert_true (keys & (1u << 9));
  }
}

static void
test_json (void)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_check_free);
  CrCheck plain = { .kind = CR_CHECK_DOSE,
                    .state = CR_CHECK_NOT_CHECKED,
                    .title = (char *)"say \"no\"\\\n\x01" };
  CrCheck full = { .kind = CR_CHECK_ALLERGY,
                   .state = CR_CHECK_FOUND,
                   .tier = 3,
                   .title = (char *)"é – ok",
                   .counterpart_id = G_GINT64_CONSTANT (9007199254740993),
                   .reason_code = (char *)"tolerated",
                   .reason_text = (char *)"2019" };
  g_autofree char *empty = cr_checks_to_json (checks);
  g_assert_cmpstr (empty, ==, "[]");
  g_ptr_array_add (checks, cr_check_copy (&plain));
  g_ptr_array_add (checks, cr_check_copy (&full));
  g_autofree char *json = cr_checks_to_json (checks);
  g_assert_cmpstr (
      json, ==,
      "[{\"kind\":\"dose\",\"state\":\"not-checked\",\"tier\":0,"
      "\"title\":\"say \\\"no\\\"\\\\\\u000a\\u0001\"},"
      "{\"kind\":\"allergy\",\"state\":\"found\",\"tier\":3,\"title\":\"é – ok\","
      "\"counterpart_id\":\"9007199254740993\",\"reason\":\"tolerated\",\"reason_text\":\"2019\"}]");
}

/* A stored medication may have no display at all; nothing may be left out because of it. */
static void
test_empty_records (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  g_ptr_array_add (p.medications, cr_medication_new ());
  g_ptr_array_add (p.allergies, cr_allergy_new ());
  g_ptr_array_add (p.problems, cr_problem_new ());
  g_ptr_array_add (p.batch, cr_prescription_new ());
  g_autoptr (GPtrArray) checks = cr_checks_run (k, &p.in);
  assert_no_pass (checks);
  patient_clear (&p);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks/allergies", test_allergies);
  g_test_add_func ("/checks/allergy-statements", test_allergy_statements);
  g_test_add_func ("/checks/refuted-allergy", test_refuted_allergy);
  g_test_add_func ("/checks/pairs", test_pairs);
  g_test_add_func ("/checks/what-counts-as-other", test_what_counts_as_other);
  g_test_add_func ("/checks/doses", test_doses);
  g_test_add_func ("/checks/facts", test_facts);
  g_test_add_func ("/checks/old-facts", test_old_facts);
  g_test_add_func ("/checks/foreign-problems", test_foreign_problems);
  g_test_add_func ("/checks/not-checked-is-not-ok", test_not_checked_is_not_ok);
  g_test_add_func ("/checks/findings-survive", test_findings_survive);
  g_test_add_func ("/checks/words", test_words);
  g_test_add_func ("/checks/order", test_order);
  g_test_add_func ("/checks/answers", test_answers);
  g_test_add_func ("/checks/reasons", test_reasons);
  g_test_add_func ("/checks/json", test_json);
  g_test_add_func ("/checks/empty-records", test_empty_records);
  return g_test_run ();
}
