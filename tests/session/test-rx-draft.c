/* The prescription composer: parts as typed, checks and answers, saving, signing, the queue, printing. */
#include "rx-fixture.h"
#include "chartroom/clinical/vitals.h"

static char *
text (RxFixture *r, const char *property)
{
  char *value = NULL;
  g_object_get (r->draft, property, &value, NULL);
  return value;
}

static void
assert_text (RxFixture *r, const char *property, const char *expected)
{
  g_autofree char *value = text (r, property);
  g_assert_cmpstr (value, ==, expected);
}

static gboolean
is_complete (RxFixture *r)
{
  gboolean complete = FALSE;
  g_object_get (r->draft, "complete", &complete, NULL);
  return complete;
}

static const CrCheck *
finding (RxFixture *r, CrCheckKind kind)
{
  const GPtrArray *checks = cr_rx_draft_get_checks (r->draft);
  for (guint i = 0; i < checks->len; i++) {
    const CrCheck *check = checks->pdata[i];
    if (check->kind == kind && check->state == CR_CHECK_FOUND)
      return check;
  }
  return NULL;
}

/* ---- parts ---- */

static void
test_ready_line (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  g_assert_false (is_complete (&r));
  cr_rx_draft_choose (r.draft, "amlodipine-5-mg-tablet", 0);
  assert_text (&r, "drug", "amLODIPine 5 mg tablet");
  assert_text (&r, "dose", "1");
  assert_text (&r, "dose-unit", "tablet");
  assert_text (&r, "route", "by mouth");
  assert_text (&r, "frequency", "once daily");
  assert_text (&r, "timing", "in the morning");
  assert_text (&r, "quantity", "90");
  assert_text (&r, "refills", "3");
  assert_text (&r, "indication", "high blood pressure");
  assert_text (&r, "preview",
               "amLODIPine 5 mg tablet – Take 1 tablet by mouth once daily in the morning – for high blood "
               "pressure. Quantity 90 tablets. Refills 3.");
  g_assert_true (is_complete (&r));
  g_assert_cmpstr (cr_rx_draft_peek (r.draft)->sig.frequency, ==, "daily");
  g_assert_cmpint (cr_rx_draft_peek (r.draft)->patient_id, ==, r.c.f.garcia);
  rx_tear_down (&r);
}

static void
test_typed_parts (void)
{
  static const struct {
    const char *property, *typed;
    gboolean fine;
    const char *field, *value; /* in the stored form; NULL: absent */
  } cases[] = {
    { "dose", "1-2", TRUE, "sig_dose_high", "2" },
    { "dose", "1 to 2", TRUE, "sig_dose", "1" },
    { "dose", "0.5", TRUE, "sig_dose", "0.5" },
    { "dose", "one", FALSE, "sig_dose", NULL },
    { "dose", "1-2-3", FALSE, "sig_dose", NULL },
    { "frequency", "twice daily", TRUE, "sig_frequency", "bid" },
    { "frequency", "bid", TRUE, "sig_frequency", "bid" },
    { "frequency", "q6h", TRUE, "sig_frequency", "q6h" },
    { "days", "10", TRUE, "sig_days", "10" },
    { "days", "2w", TRUE, "sig_days", "14" },
    { "days", "3 months", TRUE, "sig_days", "90" },
    { "days", "ongoing", TRUE, "sig_days", NULL },
    { "days", "some", FALSE, "sig_days", NULL },
    { "quantity", "30", TRUE, "quantity", "30" },
    { "quantity", "many", FALSE, "quantity", NULL },
    { "refills", "0", TRUE, "refills", "0" },
    { "refills", "-1", FALSE, "refills", NULL },
    { "max-per-day", "8", TRUE, "sig_max_per_day", "8" },
    { "other", "see attached schedule", TRUE, "sig_other", "see attached schedule" },
    { "other", "1 tab QD", FALSE, "sig_other", "1 tab QD" },
    { "indication", "  gout ", TRUE, "indication", "gout" },
  };
  RxFixture r;
  rx_set_up (&r, "okafor");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s: %s", cases[i].property, cases[i].typed);
    g_object_set (r.draft, cases[i].property, cases[i].typed, NULL);
    assert_text (&r, cases[i].property, cases[i].typed); /* never cleared */
    g_assert_true ((cr_rx_draft_problem (r.draft, cases[i].property) == NULL) == cases[i].fine);
    const CrField *field = cr_record_field (&CR_PRESCRIPTION, cases[i].field);
    g_autofree char *value = cr_field_to_text (field, cr_rx_draft_peek (r.draft));
    g_assert_cmpstr (value, ==, cases[i].value);
  }
  rx_tear_down (&r);
}

static void
test_parts_follow (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  g_object_set (r.draft, "drug", "invented drug 5 mg tablet", "action", "Take", "dose", "2", "dose-unit",
                "tablet", "route", "by mouth", "frequency", "bid", "days", "10", NULL);
  assert_text (&r, "quantity-unit", "tablet");
  assert_text (&r, "quantity", "40");
  g_object_set (r.draft, "days", "5", NULL);
  assert_text (&r, "quantity", "20");
  g_object_set (r.draft, "quantity", "30", NULL);
  g_object_set (r.draft, "days", "7", NULL);
  assert_text (&r, "quantity", "30"); /* a person typed it */
  g_assert_null (cr_rx_draft_peek (r.draft)->drug_code);
  g_object_set (r.draft, "dose-unit", "mL", NULL);
  assert_text (&r, "dose", ""); /* 2 tablets are not 2 mL */
  g_assert_false (is_complete (&r));
  rx_tear_down (&r);
}

static void
test_other_drug_is_uncoded (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  g_assert_cmpstr (cr_rx_draft_peek (r.draft)->drug_code, ==, "lisinopril-20-mg-tablet");
  g_object_set (r.draft, "drug", "something else", NULL);
  g_assert_null (cr_rx_draft_peek (r.draft)->drug_code);
  const GPtrArray *checks = cr_rx_draft_get_checks (r.draft);
  for (guint i = 0; i < checks->len; i++)
    g_assert_cmpint (((const CrCheck *)checks->pdata[i])->state, !=, CR_CHECK_PASSED);
  rx_tear_down (&r);
}

/* ---- checks ---- */

static void
count_cb (CrRxDraft *draft, guint *n)
{
  (*n)++;
}

static void
test_checks_follow_the_chart (void)
{
  RxFixture r;
  guint checked = 0;
  rx_set_up (&r, "okafor");
  g_signal_connect (r.draft, "checked", G_CALLBACK (count_cb), &checked);
  cr_rx_draft_choose (r.draft, "amoxicillin-500-mg-capsule", 0);
  g_assert_cmpuint (checked, >, 0);
  g_assert_null (finding (&r, CR_CHECK_ALLERGY));
  checked = 0;
  add_allergy (&r, "penicillin (class)", "penicillins", "anaphylaxis");
  g_assert_cmpuint (checked, >, 0);
  const CrCheck *stop = finding (&r, CR_CHECK_ALLERGY);
  g_assert_nonnull (stop);
  g_assert_cmpint (stop->tier, ==, CR_CHECK_TIER_STOP);
  g_assert_cmpint (cr_rx_draft_worst_tier (r.draft), ==, CR_CHECK_TIER_STOP);
  g_assert_false (cr_rx_draft_is_answered (r.draft));
  rx_tear_down (&r);
}

/* Clinical staff draft for the prescriber, who decides. */
static void
test_tiers_of_staff (void)
{
  RxFixture r;
  rx_set_up (&r, "nurse");
  add_allergy (&r, "penicillin (class)", "penicillins", "anaphylaxis");
  cr_rx_draft_choose (r.draft, "amoxicillin-500-mg-capsule", 0);
  g_assert_cmpint (cr_checks_worst_tier (cr_rx_draft_get_checks (r.draft)), ==, CR_CHECK_TIER_STOP);
  g_assert_cmpint (cr_rx_draft_worst_tier (r.draft), ==, 1);
  g_assert_no_error (save (&r)); /* kept without an answer */
  g_assert_cmpint (cr_rx_draft_peek (r.draft)->status, ==, CR_RX_NEEDS_SIGNATURE);
  rx_tear_down (&r);
}

static void
test_answers (void)
{
  RxFixture r;
  g_autoptr (GError) error = NULL;
  rx_set_up (&r, "okafor");
  add_allergy (&r, "penicillin (class)", "penicillins", "anaphylaxis");
  cr_rx_draft_choose (r.draft, "amoxicillin-500-mg-capsule", 0);
  g_assert_true (is_complete (&r));
  g_assert_cmpint (sign (&r, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_autofree char *rule = g_strdup (finding (&r, CR_CHECK_ALLERGY)->rule_id);
  cr_rx_draft_answer (r.draft, rule, "tolerated", " ");
  g_assert_nonnull (cr_rx_draft_problem (r.draft, "answer")); /* a stop needs words */
  g_assert_false (cr_rx_draft_is_answered (r.draft));
  cr_rx_draft_answer (r.draft, rule, "will-monitor", "weekly");
  g_assert_false (cr_rx_draft_is_answered (r.draft)); /* no reason for an allergy */
  cr_rx_draft_answer (r.draft, rule, "tolerated", "in 2024, without reaction");
  g_assert_null (cr_rx_draft_problem (r.draft, "answer"));
  g_assert_true (cr_rx_draft_is_answered (r.draft));
  g_object_set (r.draft, "refills", "1", NULL); /* the answer holds while the finding is the same */
  g_assert_true (cr_rx_draft_is_answered (r.draft));
  CrId id = sign_well (&r);
  g_autoptr (CrPrescription) rx = fixture_load (&r.c.f, &CR_PRESCRIPTION, id);
  g_assert_nonnull (strstr (rx->checks, "in 2024, without reaction"));
  g_autoptr (GPtrArray) alerts = fixture_audit (&r.c.f, "alert", r.c.f.garcia);
  g_assert_cmpuint (alerts->len, >=, 1);
  gboolean logged = FALSE;
  for (guint i = 0; i < alerts->len; i++)
    logged = logged || strstr (((CrAuditEntry *)alerts->pdata[i])->detail, rule) != NULL;
  g_assert_true (logged);
  rx_tear_down (&r);
}

/* Impossible amounts are said beside their field and cannot be signed. */
static void
test_limits (void)
{
  RxFixture r;
  g_autoptr (GError) error = NULL;
  g_autofree char *note = g_strnfill (5000, 'n');
  rx_set_up (&r, "okafor");
  const char *cases[][2] = {
    { "dose", "99999" }, { "quantity", "999999999999" }, { "days", "9999" },
    { "refills", "99" }, { "pharmacist-note", note },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
    g_assert_true (is_complete (&r));
    g_assert_null (cr_rx_draft_problem (r.draft, cases[i][0]));
    g_object_set (r.draft, cases[i][0], cases[i][1], NULL);
    g_assert_nonnull (cr_rx_draft_problem (r.draft, cases[i][0]));
    g_assert_false (is_complete (&r));
    g_assert_cmpint (sign (&r, &error), ==, CR_ID_NONE);
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
    g_clear_error (&error);
  }
  rx_tear_down (&r);
}

/* Ten times the usual amount: no reason lets it pass. */
static void
test_must_change (void)
{
  RxFixture r;
  g_autoptr (GError) error = NULL;
  rx_set_up (&r, "okafor");
  cr_rx_draft_choose (r.draft, "amlodipine-10-mg-tablet", 0);
  g_assert_null (cr_rx_draft_must_change (r.draft));
  g_object_set (r.draft, "dose", "50", NULL);
  const CrCheck *stop = cr_rx_draft_must_change (r.draft);
  g_assert_nonnull (stop);
  g_assert_cmpint (stop->kind, ==, CR_CHECK_DOSE);
  g_autofree char *rule = g_strdup (stop->rule_id);
  cr_rx_draft_answer (r.draft, rule, "specialist", "as before");
  g_assert_nonnull (cr_rx_draft_problem (r.draft, "answer"));
  cr_rx_draft_answer (r.draft, rule, "alert-wrong", "as before");
  g_assert_false (cr_rx_draft_is_answered (r.draft));
  g_assert_cmpint (sign (&r, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "cannot be signed as it is"));
  g_object_set (r.draft, "dose", "1", NULL);
  g_assert_null (cr_rx_draft_must_change (r.draft));
  sign_well (&r);
  rx_tear_down (&r);
}

/* An allergy recorded at another machine in the moment of signing. */
static void
test_checked_again_at_signing (void)
{
  RxFixture r;
  g_autoptr (GError) error = NULL;
  rx_set_up (&r, "okafor");
  cr_rx_draft_choose (r.draft, "amoxicillin-500-mg-capsule", 0);
  g_assert_true (cr_rx_draft_is_answered (r.draft));
  g_autoptr (CrAllergy) allergy = cr_allergy_new ();
  allergy->patient_id = r.c.f.garcia;
  allergy->substance = g_strdup ("penicillin (class)");
  allergy->code = g_strdup ("penicillins");
  allergy->category = g_strdup ("medication");
  allergy->reactions = g_strdup ("anaphylaxis");
  fixture_store (&r.c.f, &CR_ALLERGY, allergy);
  g_assert_cmpint (sign (&r, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  fixture_settle (&r.c.f);
  g_assert_cmpuint (chart_records (&r.c)->prescriptions->len, ==, 0);
  g_assert_cmpuint (chart_records (&r.c)->medications->len, ==, 0);
  rx_tear_down (&r);
}

/* Kidney function and weight reach the checks. */
static void
test_patient_facts (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  store_vital (&r, CR_LOINC_WEIGHT, "182", "[lb_av]", CR_OBS_VITAL);
  store_vital (&r, "98979-8", "25", "mL/min/{1.73_m2}", CR_OBS_LAB);
  rx_open_as (&r, "okafor");
  const GPtrArray *drugs = cr_knowledge_drugs (r.knowledge);
  for (guint i = 0; i < drugs->len; i++) {
    const CrDrug *drug = drugs->pdata[i];
    if (g_strcmp0 (drug->ingredients[0], "metformin") != 0 || drug->ingredients[1] != NULL)
      continue;
    cr_rx_draft_choose (r.draft, drug->id, -1);
    break;
  }
  const CrCheck *kidney = finding (&r, CR_CHECK_KIDNEY);
  g_assert_nonnull (kidney);
  g_assert_cmpint (kidney->tier, ==, CR_CHECK_TIER_STOP);
  g_assert_nonnull (strstr (kidney->facts, "25"));
  g_assert_nonnull (strstr (kidney->facts, "Nov 22, 2026"));
  rx_tear_down (&r);
}

/* ---- saving and signing ---- */

static void
test_saved_as_draft (void)
{
  RxFixture r;
  rx_set_up (&r, "nurse");
  GError *error = save (&r);
  assert_refused (error, CR_ERROR_INVALID); /* no drug */
  g_object_set (r.draft, "drug", "invented drug", NULL);
  g_assert_no_error (save (&r));
  g_assert_cmpint (cr_rx_draft_peek (r.draft)->status, ==, CR_RX_DRAFT);
  g_assert_cmpint (cr_rx_draft_peek (r.draft)->author_id, ==, r.c.f.nurse);
  CrId id = cr_rx_draft_peek (r.draft)->id;
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  g_assert_no_error (save (&r));
  g_assert_cmpint (cr_rx_draft_peek (r.draft)->id, ==, id); /* the same one */
  g_assert_cmpint (cr_rx_draft_peek (r.draft)->status, ==, CR_RX_NEEDS_SIGNATURE);
  rx_tear_down (&r);
}

static void
test_sign_refused (void)
{
  RxFixture r;
  g_autoptr (GError) error = NULL;
  rx_set_up (&r, "nurse");
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  g_assert_cmpint (sign (&r, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  rx_open_as (&r, "okafor");
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  g_object_set (r.draft, "quantity", "", NULL);
  g_assert_cmpint (sign (&r, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  rx_tear_down (&r);
}

static void
test_sign (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  CrId id = sign_well (&r);
  g_autoptr (CrPrescription) rx = fixture_load (&r.c.f, &CR_PRESCRIPTION, id);
  g_assert_cmpint (rx->status, ==, CR_RX_SIGNED);
  g_assert_true (cr_prescription_verify (rx));
  g_assert_cmpstr (rx->signed_name, ==, "Invented Okafor, MD");
  g_assert_true (g_str_has_prefix (rx->number, "RX-"));
  g_assert_nonnull (strstr (rx->number, chart_records (&r.c)->patient->mrn));
  g_assert_cmpint (cr_date_compare (rx->written_on, FIXTURE_TODAY), ==, 0);
  g_autoptr (CrMedication) medication = fixture_load (&r.c.f, &CR_MEDICATION, rx->medication_id);
  g_assert_cmpint (medication->status, ==, CR_MED_ACTIVE);
  g_assert_cmpint (medication->prescription_id, ==, id);
  g_assert_cmpstr (medication->display, ==, rx->display);
  g_assert_cmpstr (medication->sig.frequency, ==, "daily");
  g_assert_cmpint (cr_date_compare (medication->started, FIXTURE_TODAY), ==, 0);
  g_autoptr (CrPrescription) altered = cr_prescription_copy (rx);
  altered->quantity = cr_decimal_from_int (900);
  g_assert_false (cr_prescription_verify (altered));
  g_autoptr (GPtrArray) entries = fixture_audit (&r.c.f, "sign", r.c.f.garcia);
  g_assert_cmpuint (entries->len, ==, 1);
  rx_tear_down (&r);
}

static void
test_renew (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  g_object_set (r.draft, "quantity", "60", "refills", "2", NULL);
  sign_well (&r);
  rx_open_as (&r, "okafor");
  const CrMedication *medication = chart_records (&r.c)->medications->pdata[0];
  CrId id = medication->id;
  cr_rx_draft_renew (r.draft, medication);
  assert_text (&r, "quantity", "60");
  assert_text (&r, "refills", "2");
  g_assert_true (is_complete (&r));
  g_assert_null (finding (&r, CR_CHECK_DUPLICATE)); /* it renews that very one */
  CrId second = sign_well (&r);
  fixture_settle (&r.c.f);
  g_assert_cmpuint (chart_records (&r.c)->medications->len, ==, 1);
  g_autoptr (CrMedication) renewed = fixture_load (&r.c.f, &CR_MEDICATION, id);
  g_assert_cmpint (renewed->prescription_id, ==, second);
  g_assert_cmpuint (chart_records (&r.c)->prescriptions->len, ==, 2);
  rx_tear_down (&r);
}

/* "Replaces the old one – stop that" stops it. */
static void
test_replacing (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  sign_well (&r);
  rx_open_as (&r, "okafor");
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  const CrCheck *duplicate = finding (&r, CR_CHECK_DUPLICATE);
  g_assert_nonnull (duplicate);
  CrId old = duplicate->counterpart_id;
  g_autofree char *rule = g_strdup (duplicate->rule_id);
  cr_rx_draft_answer (r.draft, rule, "replacing", NULL);
  g_assert_true (cr_rx_draft_is_answered (r.draft));
  sign_well (&r);
  g_autoptr (CrMedication) stopped = fixture_load (&r.c.f, &CR_MEDICATION, old);
  g_assert_cmpint (stopped->status, ==, CR_MED_STOPPED);
  fixture_settle (&r.c.f);
  g_assert_cmpuint (chart_records (&r.c)->medications->len, ==, 2);
  rx_tear_down (&r);
}

static void
test_printed (void)
{
  RxFixture r;
  GError *error = NULL;
  rx_set_up (&r, "nurse");
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  g_assert_no_error (save (&r));
  CrId id = cr_rx_draft_peek (r.draft)->id;
  chart_change (&r.c, error, cr_rx_mark_printed_async (r.c.f.session, id, 1, CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID); /* not signed */
  rx_open_as (&r, "okafor");
  cr_rx_draft_open (r.draft, chart_records (&r.c)->prescriptions->pdata[0]);
  sign_well (&r);
  for (int i = 1; i <= 2; i++) {
    chart_change (&r.c, error, cr_rx_mark_printed_async (r.c.f.session, id, 1, CHART_ANSWER));
    g_assert_no_error (error);
    g_autoptr (CrPrescription) rx = fixture_load (&r.c.f, &CR_PRESCRIPTION, id);
    g_assert_cmpint (rx->status, ==, CR_RX_PRINTED);
    g_assert_cmpint (rx->prints, ==, i);
    g_assert_true (cr_prescription_verify (rx)); /* printing is not part of what was signed */
  }
  g_autoptr (GPtrArray) entries = fixture_audit (&r.c.f, "print", r.c.f.garcia);
  g_assert_cmpuint (entries->len, ==, 2);
  rx_tear_down (&r);
}

/* Without knowledge nothing passes, and a prescription can still be written. */
static void
test_without_knowledge (void)
{
  RxFixture r = { 0 };
  chart_set_up (&r.c, "okafor");
  r.draft = cr_rx_draft_new (r.c.chart);
  g_object_set (r.draft, "drug", "invented drug 5 mg tablet", "action", "Take", "dose", "1", "dose-unit",
                "tablet", "route", "by mouth", "frequency", "daily", "quantity", "30", "refills", "0",
                "indication", "gout", NULL);
  g_assert_true (is_complete (&r));
  const GPtrArray *checks = cr_rx_draft_get_checks (r.draft);
  g_assert_cmpuint (checks->len, >, 0);
  for (guint i = 0; i < checks->len; i++)
    g_assert_cmpint (((const CrCheck *)checks->pdata[i])->state, ==, CR_CHECK_NOT_CHECKED);
  CrId id = sign_well (&r);
  g_autoptr (CrPrescription) rx = fixture_load (&r.c.f, &CR_PRESCRIPTION, id);
  g_assert_nonnull (strstr (rx->checks, "not-checked"));
  rx_tear_down (&r);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rx-draft/ready-line", test_ready_line);
  g_test_add_func ("/rx-draft/typed-parts", test_typed_parts);
  g_test_add_func ("/rx-draft/parts-follow", test_parts_follow);
  g_test_add_func ("/rx-draft/other-drug-is-uncoded", test_other_drug_is_uncoded);
  g_test_add_func ("/rx-draft/checks-follow-the-chart", test_checks_follow_the_chart);
  g_test_add_func ("/rx-draft/tiers-of-staff", test_tiers_of_staff);
  g_test_add_func ("/rx-draft/answers", test_answers);
  g_test_add_func ("/rx-draft/limits", test_limits);
  g_test_add_func ("/rx-draft/must-change", test_must_change);
  g_test_add_func ("/rx-draft/checked-again-at-signing", test_checked_again_at_signing);
  g_test_add_func ("/rx-draft/patient-facts", test_patient_facts);
  g_test_add_func ("/rx-draft/saved-as-draft", test_saved_as_draft);
  g_test_add_func ("/rx-draft/sign-refused", test_sign_refused);
  g_test_add_func ("/rx-draft/sign", test_sign);
  g_test_add_func ("/rx-draft/renew", test_renew);
  g_test_add_func ("/rx-draft/replacing", test_replacing);
  g_test_add_func ("/rx-draft/printed", test_printed);
  g_test_add_func ("/rx-draft/without-knowledge", test_without_knowledge);
  return g_test_run ();
}
