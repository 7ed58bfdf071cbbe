/* The panel's words, their order, the answers and the record of both. */
#include "clinical-patient.h"

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
  g_test_add_func ("/checks/words", test_words);
  g_test_add_func ("/checks/order", test_order);
  g_test_add_func ("/checks/answers", test_answers);
  g_test_add_func ("/checks/reasons", test_reasons);
  g_test_add_func ("/checks/json", test_json);
  g_test_add_func ("/checks/empty-records", test_empty_records);
  return g_test_run ();
}
