/* From a drug, a ready-made line or shorthand to a prescription. */
#include "clinical-fixture.h"
#include "chartroom/clinical/drug-entry.h"

static void
test_line (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  const CrDrug *drug = cr_knowledge_drug (k, "ibuprofen-400-mg-tablet");
  g_autoptr (CrPrescription) rx = cr_rx_from_line (g_ptr_array_index (drug->lines, 0));
  g_autofree char *text = cr_sig_text (&rx->sig);
  g_assert_cmpstr (
      text, ==,
      "Take 1 tablet by mouth every 8 hours with food as needed for pain – maximum 3 tablets in 24 hours");
  g_assert_cmpstr (rx->display, ==, "ibuprofen 400 mg tablet");
  g_assert_cmpstr (rx->drug_code, ==, drug->id);
  g_assert_cmpstr (rx->quantity_unit, ==, "tablet");
  g_assert_cmpint (rx->refills, ==, 0);
  g_assert_cmpstr (rx->indication, ==, "pain");
  g_assert_null (rx->schedule);
  g_assert_cmpint (rx->status, ==, CR_RX_DRAFT);
}

/* Choosing anew leaves nothing behind of what was chosen before. */
static void
test_choose_again (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  const CrDrug *controlled = cr_knowledge_drug (k, "oxycodone-5-mg-tablet");
  const CrDrug *other = cr_knowledge_drug (k, "latanoprost-0.005-percent-eye-drops");
  g_autoptr (CrPrescription) rx = cr_rx_from_line (g_ptr_array_index (controlled->lines, 0));
  g_assert_cmpstr (rx->schedule, ==, "II");
  rx->patient_id = 7;
  rx->pharmacist_note = g_strdup ("call when ready");
  cr_rx_take_line (rx, g_ptr_array_index (other->lines, 0));
  g_autofree char *text = cr_sig_text (&rx->sig);
  g_assert_cmpstr (text, ==, "Instill 1 drop into each eye at bedtime");
  g_assert_null (rx->schedule);
  g_assert_cmpint (rx->sig.max_per_day, ==, CR_INT_NONE);
  g_assert_cmpint (rx->patient_id, ==, 7);
  g_assert_cmpstr (rx->pharmacist_note, ==, "call when ready");
  cr_rx_take_drug (rx, controlled);
  g_assert_cmpstr (rx->sig.unit, ==, "tablet");
  g_assert_null (rx->sig.frequency);
  g_assert_false (rx->quantity.set);
  g_assert_cmpint (rx->refills, ==, CR_INT_NONE);
  g_assert_null (rx->indication);
}

static const struct {
  const char *drug, *typed, *text; /* NULL = refused */
} SHORTHAND[] = {
  { NULL, "1 po bid prn pain", "Take 1 tablet by mouth twice daily as needed for pain" },
  { NULL, "1 bid", "Take 1 tablet by mouth twice daily" },
  { NULL, "1-2 tab q6h prn severe pain max 8 x 5 d",
    "Take 1 to 2 tablets by mouth every 6 hours as needed for severe pain – maximum 8 tablets in 24 hours – "
    "for 5 days" },
  { NULL, "half daily in the morning", "Take half tablet by mouth once daily in the morning" },
  { NULL, "1/2 qhs", "Take half tablet by mouth at bedtime" },
  { NULL, "1 cap tid with meals for 7 days", "Take 1 capsule by mouth 3 times daily with meals for 7 days" },
  { NULL, "1 qam", "Take 1 tablet by mouth once daily in the morning" },
  { NULL, "1 as needed for itching", "Take 1 tablet by mouth as needed for itching" },
  { NULL, "1 bid x10d", "Take 1 tablet by mouth twice daily for 10 days" },
  { NULL, "2 weekly", "Take 2 tablets by mouth once weekly" },
  { "albuterol-90-mcg-per-puff-inhaler", "2 puffs q4h prn wheezing max 12",
    "Inhale 2 puffs by mouth every 4 hours as needed for wheezing – maximum 12 puffs in 24 hours" },
  { "amoxicillin-400-mg-per-5-ml-oral-suspension", "5 ml bid x 10 d",
    "Take 5 mL by mouth twice daily for 10 days" },
  { "insulin-glargine-100-units-per-ml-pen", "10 u qhs", "Inject 10 units under the skin at bedtime" },
  { NULL, "", NULL },
  { NULL, "bid", NULL },
  { NULL, "1 bid frobnicate", NULL },
  { NULL, "0x bid", NULL },
  { NULL, "1-x bid", NULL },
};

static void
test_shorthand (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (SHORTHAND); i++) {
    g_autoptr (GError) error = NULL;
    CrSig sig = { .max_per_day = CR_INT_NONE, .days = CR_INT_NONE };
    const CrDrug *drug = cr_knowledge_drug (k, SHORTHAND[i].drug);
    g_assert_cmpint (drug != NULL, ==, SHORTHAND[i].drug != NULL);
    gboolean read = cr_sig_from_typed (k, SHORTHAND[i].typed, drug, &sig, &error);
    g_autofree char *text = read ? cr_sig_text (&sig) : NULL;
    g_assert_cmpstr (text, ==, SHORTHAND[i].text);
    if (!read)
      g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
    cr_sig_clear (&sig);
  }
}

/* Directions that cannot be read leave what was there. */
static void
test_refused_keeps (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  CrSig sig = { .max_per_day = CR_INT_NONE, .days = CR_INT_NONE };
  g_assert_true (cr_sig_from_typed (k, "1 bid", NULL, &sig, NULL));
  g_assert_false (cr_sig_from_typed (k, "1 whenever", NULL, &sig, NULL));
  g_assert_cmpstr (sig.frequency, ==, "bid");
  cr_sig_clear (&sig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drug-entry/line", test_line);
  g_test_add_func ("/drug-entry/choose-again", test_choose_again);
  g_test_add_func ("/drug-entry/shorthand", test_shorthand);
  g_test_add_func ("/drug-entry/refused-keeps", test_refused_keeps);
  return g_test_run ();
}
