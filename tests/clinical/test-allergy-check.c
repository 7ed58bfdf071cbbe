/* Allergies against a drug: one table of situations, and the statements. */
#include "clinical-patient.h"

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

/* ---- what is taken already ---- */

static const struct {
  const char *drug;
  const char *substance, *code, *type, *reactions;
  int status, tier; /* tier 0: nothing is said */
} TAKEN[] = {
  { "amoxicillin-500-mg-capsule", "penicillin (class)", "penicillins", "allergy", "anaphylaxis",
    CR_MED_ACTIVE, 3 },
  { "amoxicillin-500-mg-capsule", "penicillin (class)", "penicillins", "allergy", "rash", CR_MED_ACTIVE, 2 },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "allergy", NULL, CR_MED_REPORTED, 2 },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "allergy", NULL, CR_MED_ON_HOLD, 2 },
  { "amoxicillin-500-mg-capsule", "penicillin, as a child", NULL, "allergy", "hives", CR_MED_NOT_STARTED, 2 },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "allergy", "rash", CR_MED_STOPPED, 0 },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "allergy", "rash", CR_MED_ERROR, 0 },
  { "amoxicillin-500-mg-capsule", "amoxicillin", "amoxicillin", "intolerance", "nausea", CR_MED_ACTIVE, 0 },
  { "cephalexin-500-mg-capsule", "penicillin (class)", "penicillins", "allergy", "hives", CR_MED_ACTIVE, 0 },
  { "amlodipine-5-mg-tablet", "penicillin (class)", "penicillins", "allergy", "hives", CR_MED_ACTIVE, 0 },
};

static void
test_taken (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (TAKEN); i++) {
    Patient p = patient_new ();
    take (&p, k, "lisinopril-10-mg-tablet")->status = CR_MED_ACTIVE;
    CrMedication *m = take (&p, k, TAKEN[i].drug);
    m->status = TAKEN[i].status;
    react (&p, TAKEN[i].substance, TAKEN[i].code, TAKEN[i].type, TAKEN[i].reactions, NULL, NULL);
    g_autoptr (GPtrArray) taken = cr_checks_taken (k, &p.in);
    g_test_message ("row %u: %s against %s", i, TAKEN[i].drug, TAKEN[i].substance);
    g_assert_cmpint (cr_checks_worst_tier (taken), ==, TAKEN[i].tier);
    g_assert_cmpuint (taken->len, ==, TAKEN[i].tier > 0);
    if (taken->len > 0)
      g_assert_true (cr_checks_about (taken, m->id) == taken->pdata[0]);
    g_assert_null (cr_checks_about (taken, m->id - 1));
    patient_clear (&p);
  }
}

/* Without drug data, or with lists that could not be read, nothing is found and nothing breaks. */
static void
test_taken_unknown (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  Patient p = patient_new ();
  take (&p, k, "amoxicillin-500-mg-capsule")->status = CR_MED_ACTIVE;
  react (&p, "amoxicillin", "amoxicillin", "allergy", "rash", NULL, NULL);
  g_autoptr (GPtrArray) no_data = cr_checks_taken (NULL, &p.in);
  p.in.medications = NULL;
  g_autoptr (GPtrArray) no_list = cr_checks_taken (k, &p.in);
  g_assert_cmpuint (no_data->len + no_list->len, ==, 0);
  patient_clear (&p);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks/allergies", test_allergies);
  g_test_add_func ("/checks/allergy-statements", test_allergy_statements);
  g_test_add_func ("/checks/refuted-allergy", test_refuted_allergy);
  g_test_add_func ("/checks/taken", test_taken);
  g_test_add_func ("/checks/taken-unknown", test_taken_unknown);
  return g_test_run ();
}
