/* Allergy statement, results as shown, and the bundle of a chart's records. */
#include "chartroom/domain/chart-records.h"
#include "expect.h"

static CrAllergy *
add_allergy (GPtrArray *list, const char *substance, const char *reactions, const char *type,
             const char *criticality)
{
  CrAllergy *a = cr_allergy_new ();
  a->substance = g_strdup (substance);
  a->reactions = g_strdup (reactions);
  a->type = g_strdup (type);
  a->criticality = g_strdup (criticality);
  g_ptr_array_add (list, a);
  return a;
}

/* Nothing but the four phrases, whatever is handed in. */
static void
test_four_phrases (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) refuted = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_allergy_free);
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_allergy_free);
  add_allergy (refuted, "latex", NULL, "allergy", NULL)->state = CR_ALLERGY_REFUTED;
  add_allergy (one, "penicillin", "anaphylaxis", "allergy", "high");
  const struct {
    int status;
    const GPtrArray *allergies;
    const char *phrase;
  } cases[] = {
    { CR_ALLERGY_NOT_RECORDED, none, "Allergies not recorded" },
    { CR_ALLERGY_NOT_RECORDED, NULL, "Allergies not recorded" },
    { CR_ALLERGY_NOT_RECORDED, one, "Known allergies: penicillin" },
    { CR_ALLERGY_NONE_KNOWN, none, "No known allergies" },
    { CR_ALLERGY_NONE_KNOWN, refuted, "No known allergies" },
    { CR_ALLERGY_NONE_KNOWN, one, "Known allergies: penicillin" },
    { CR_ALLERGY_KNOWN, one, "Known allergies: penicillin" },
    { CR_ALLERGY_KNOWN, NULL, "Allergies unavailable" },
    { CR_ALLERGY_KNOWN, refuted, "Allergies not recorded" },
    { CR_ALLERGY_UNAVAILABLE, NULL, "Allergies unavailable" },
    { CR_ALLERGY_UNAVAILABLE, one, "Allergies unavailable" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_text (cr_allergy_phrase (cases[i].status, cases[i].allergies, FALSE), cases[i].phrase);
}

static void
test_known_allergies (void)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_allergy_free);
  add_allergy (list, "sulfamethoxazole", "rash and fever", "allergy", "low");
  add_allergy (list, "Codeine", "nausea", "intolerance", NULL);
  add_allergy (list, "penicillin", "anaphylaxis", "allergy", "high");
  add_allergy (list, "latex", NULL, "allergy", NULL);
  add_allergy (list, "milk", NULL, "intolerance", NULL);
  add_allergy (list, "egg", NULL, "allergy", "high")->state = CR_ALLERGY_ERROR;
  expect_text (cr_allergy_phrase (CR_ALLERGY_KNOWN, list, FALSE), "Known allergies: penicillin +4");
  expect_text (cr_allergy_phrase (CR_ALLERGY_KNOWN, list, TRUE),
               "Known allergies: penicillin (anaphylaxis), Codeine (intolerance: nausea), latex, "
               "milk (intolerance), sulfamethoxazole (rash and fever)");
  g_autoptr (GPtrArray) active = cr_allergies_active (list);
  g_assert_cmpuint (active->len, ==, 5);
  g_assert_cmpstr (((CrAllergy *)list->pdata[0])->substance, ==,
                   "sulfamethoxazole"); /* not sorted in place */
}

static void
test_allergy_icons (void)
{
  g_assert_cmpstr (cr_allergy_icon (CR_ALLERGY_KNOWN), ==, "cr-allergy-known-symbolic");
  g_assert_cmpstr (cr_allergy_icon (CR_ALLERGY_NONE_KNOWN), ==, "cr-allergy-none-symbolic");
  g_assert_cmpstr (cr_allergy_icon (CR_ALLERGY_NOT_RECORDED), ==, "cr-allergy-not-recorded-symbolic");
  g_assert_cmpstr (cr_allergy_icon (CR_ALLERGY_UNAVAILABLE), ==, "cr-allergy-unavailable-symbolic");
  g_assert_cmpstr (cr_allergy_icon (99), ==, "cr-allergy-not-recorded-symbolic");
}

static void
test_values (void)
{
  static const struct {
    const char *comparator, *value, *unit, *shown;
  } cases[] = {
    { NULL, "5.1", "mmol/L", "5.1 mmol/L" },
    { "<", "0.01", "ng/mL", "<0.01 ng/mL" },
    { NULL, "4.0", "mmol/L", "4.0 mmol/L" },
    { NULL, "128", "mm[Hg]", "128 mmHg" },
    { NULL, "3", "{score}", "3" },
    { NULL, "negative", NULL, "negative" },
    { NULL, "98", "%", "98 %" },
    { NULL, "7.2", "10*3/uL", "7.2 ×10³/mcL" },
    { NULL, "20", "ug/dL", "20 mcg/dL" },
    { NULL, NULL, "mmol/L", "Not recorded" },
    { NULL, "72", "/min", "72 /min" },
    { NULL, "73.22986369078963", "kg", "73.23 kg" },
    { ">", "10.266121179208513", "fL", ">10.27 fL" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrObservation) o = cr_observation_new ();
    o->comparator = g_strdup (cases[i].comparator);
    o->value = g_strdup (cases[i].value);
    o->unit = g_strdup (cases[i].unit);
    expect_text (cr_observation_value (o), cases[i].shown);
  }
}

/* What a machine sent too many digits of; the stored value is not touched. */
static void
test_value_digits (void)
{
  static const struct {
    const char *value, *shown;
  } cases[] = {
    { NULL, "" },
    { "", "" },
    { "5", "5" },
    { "5.100", "5.100" }, /* three decimals are a laboratory's own */
    { "0.005", "0.005" },
    { "5.1000", "5.10" },
    { "73.22986369078963", "73.23" },
    { "1.0049999999999999", "1.00" },
    { "1.005000000000000000000000001", "1.01" },
    { "2.99999", "3.00" },
    { "-12.34567", "-12.35" },
    { "123456789012.34567", "123456789012.35" },
    { "0.123456", "0.123" },
    { "-0.0012345", "-0.00123" },
    { ".98765", "0.988" },
    { "0.99999", "1.000" },
    { "0.0123", "0.0123" }, /* three digits that count */
    { "0.0000", "0.0000" },
    { "0.000000000123456", "0.000000000123456" },
    { "1234567890123456.78901", "1234567890123456.78901" }, /* more than a decimal holds */
    { "1.2345e3", "1.2345e3" },
    { "1.2.34567", "1.2.34567" },
    { "192.168.10.1234", "192.168.10.1234" },
    { "negative. See comment", "negative. See comment" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_text (cr_value_display (cases[i].value), cases[i].shown);
}

static void
test_value_exact (void)
{
  g_autoptr (CrObservation) o = cr_observation_new ();
  g_assert_null (cr_observation_exact (o));
  o->value = g_strdup ("7.4");
  o->unit = g_strdup ("%");
  g_assert_null (cr_observation_exact (o));
  g_free (o->value);
  o->value = g_strdup ("7.400000000000001");
  expect_text (cr_observation_value (o), "7.40 %");
  expect_text (cr_observation_exact (o), "7.400000000000001 %");
}

static void
test_flags (void)
{
  static const char *const flags[][2] = { { "H", "H ▲" },    { "L", "L ▼" }, { "HH", "HH ▲▲" },
                                          { "LL", "LL ▼▼" }, { "A", "A ◆" }, { "N", "" },
                                          { NULL, "" } };
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    g_assert_cmpstr (cr_flag_mark (flags[i][0]), ==, flags[i][1]);
}

static void
test_chart_records (void)
{
  g_autoptr (CrChartRecords) chart = cr_chart_records_new ();
  g_assert_cmpuint (chart->referrals->len, ==, 0);
  chart->patient = cr_patient_new ();
  CrPerson *person = cr_person_new ();
  person->id = 5;
  g_ptr_array_add (chart->people, person);
  CrContact *contact = cr_contact_new ();
  contact->id = 6;
  g_ptr_array_add (chart->contacts, contact);
  g_ptr_array_add (chart->social, cr_social_history_new ());
  g_assert_true (cr_chart_records_person (chart, 5) == person);
  g_assert_null (cr_chart_records_person (chart, 6));
  g_assert_true (cr_chart_records_contact (chart, 6) == contact);
  g_assert_null (cr_chart_records_contact (chart, 5));
  cr_chart_records_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phrases/allergies", test_four_phrases);
  g_test_add_func ("/phrases/known-allergies", test_known_allergies);
  g_test_add_func ("/phrases/allergy-icons", test_allergy_icons);
  g_test_add_func ("/phrases/values", test_values);
  g_test_add_func ("/phrases/values/digits", test_value_digits);
  g_test_add_func ("/phrases/values/exact", test_value_exact);
  g_test_add_func ("/phrases/flags", test_flags);
  g_test_add_func ("/phrases/chart-records", test_chart_records);
  return g_test_run ();
}
