/* Prescriptions that wait: the queue, several signed at once, and what is taken against an allergy. */
#include "rx-fixture.h"

/* The nurse prepares, the doctor signs, in the queue between them. */
static void
test_sign_prepared (void)
{
  RxFixture r;
  rx_set_up (&r, "nurse");
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  g_assert_no_error (save (&r));
  CrId id = cr_rx_draft_peek (r.draft)->id;
  rx_open_as (&r, "okafor");
  g_autoptr (GListModel) waiting = cr_rx_queue_new (r.c.f.session, FALSE);
  g_autoptr (GListModel) ready = cr_rx_queue_new (r.c.f.session, TRUE);
  fixture_settle (&r.c.f);
  g_assert_cmpuint (g_list_model_get_n_items (waiting), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (ready), ==, 0);
  g_autoptr (CrRow) row = g_list_model_get_item (waiting, 0);
  const CrQueueItem *item = cr_row_peek (row);
  g_assert_cmpint (item->prescription->id, ==, id);
  g_assert_cmpstr (item->patient->family, ==, "Garcia");
  g_assert_cmpstr (item->author, ==, "I. Ortiz");
  cr_rx_draft_open (r.draft, item->prescription);
  g_assert_cmpstr (cr_rx_draft_peek (r.draft)->display, ==, "lisinopril 20 mg tablet");
  g_assert_cmpint (sign_well (&r), ==, id);
  fixture_settle (&r.c.f);
  g_assert_cmpuint (g_list_model_get_n_items (waiting), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (ready), ==, 1);
  g_autoptr (CrPrescription) rx = fixture_load (&r.c.f, &CR_PRESCRIPTION, id);
  g_assert_cmpint (rx->author_id, ==, r.c.f.okafor);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (sign (&r, &error), ==, CR_ID_NONE); /* not twice */
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_clear_object (&row);
  g_clear_object (&waiting);
  g_clear_object (&ready);
  rx_tear_down (&r);
}

static void
test_queue_is_clinical (void)
{
  RxFixture r;
  rx_set_up (&r, "nurse");
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  g_assert_no_error (save (&r));
  fixture_sign_in (&r.c.f, "frontdesk");
  g_autoptr (GListModel) waiting = cr_rx_queue_new (r.c.f.session, FALSE);
  fixture_settle (&r.c.f);
  g_assert_cmpuint (g_list_model_get_n_items (waiting), ==, 0);
  g_clear_object (&waiting);
  rx_tear_down (&r);
}

/* ---- what the patient takes and what doses rest on ---- */

/* What is taken already is asked about before the allergy is saved, and afterwards for as long as both stand.
 */
static void
test_taken_against (void)
{
  RxFixture r;
  GError *error = NULL;
  g_autoptr (CrMedication) taken = cr_medication_new ();
  g_autoptr (CrAllergy) allergy = cr_allergy_new ();
  rx_set_up (&r, "okafor");
  taken->display = g_strdup ("amoxicillin 500 mg capsule");
  taken->drug_code = g_strdup ("amoxicillin-500-mg-capsule");
  taken->status = CR_MED_ACTIVE;
  chart_change (&r.c, error, cr_chart_save_medication_async (r.c.chart, taken, CHART_ANSWER));
  g_assert_no_error (error);
  allergy->substance = g_strdup ("penicillin (class)");
  allergy->code = g_strdup ("penicillins");
  allergy->reactions = g_strdup ("hives");
  g_autoptr (GPtrArray) before = cr_chart_taken_against (r.c.chart, NULL);
  g_autoptr (GPtrArray) asked = cr_chart_taken_against (r.c.chart, allergy);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (asked->len, ==, 1);
  chart_change (&r.c, error, cr_chart_save_allergy_async (r.c.chart, allergy, CHART_ANSWER));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) after = cr_chart_taken_against (r.c.chart, NULL);
  const CrMedication *stored = chart_records (&r.c)->medications->pdata[0];
  g_assert_nonnull (cr_checks_about (after, stored->id));
  chart_change (&r.c, error,
                cr_chart_stop_medication_async (r.c.chart, stored->id, "Side effect", CHART_ANSWER));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) stopped = cr_chart_taken_against (r.c.chart, NULL);
  g_assert_cmpuint (stopped->len, ==, 0);
  rx_tear_down (&r);
}

/* What the doses of the composer rest on is said with its day. */
static void
test_dosing_facts (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  g_autofree char *none = cr_chart_dosing_facts (r.c.chart);
  g_assert_cmpstr (none, ==, "weight not recorded  ·  eGFR not known");
  store_vital (&r, CR_LOINC_WEIGHT, "182", "[lb_av]", CR_OBS_VITAL);
  store_vital (&r, "33914-3", "52", "mL/min/{1.73_m2}", CR_OBS_LAB);
  rx_open_as (&r, "okafor");
  g_autofree char *known = cr_chart_dosing_facts (r.c.chart);
  g_assert_cmpstr (known, ==, "82.6 kg (Nov 22, 2026)  ·  eGFR 52 (Nov 22, 2026)");
  rx_tear_down (&r);
}

/* ---- several at once ---- */

static CrId
prepare (RxFixture *r, const char *drug)
{
  g_clear_object (&r->draft);
  r->draft = cr_rx_draft_new (r->c.chart);
  cr_rx_draft_choose (r->draft, drug, 0);
  g_assert_no_error (save (r));
  return cr_rx_draft_peek (r->draft)->id;
}

static GError *
sign_batch (RxFixture *r, const CrId *ids, guint n)
{
  GAsyncResult *result = NULL;
  cr_rx_sign_batch_async (r->c.f.session, ids, n, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static CrRow *
row_of (GListModel *queue, CrId id)
{
  for (guint i = 0; i < g_list_model_get_n_items (queue); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (queue, i);
    if (cr_row_get_id (row) == id)
      return g_steal_pointer (&row);
  }
  g_assert_not_reached ();
}

static int
status_of (RxFixture *r, CrId id)
{
  g_autoptr (CrPrescription) rx = fixture_load (&r->c.f, &CR_PRESCRIPTION, id);
  return rx->status;
}

static void
test_sign_batch (void)
{
  RxFixture r;
  rx_set_up (&r, "nurse");
  CrId ids[] = { prepare (&r, "lisinopril-20-mg-tablet"), prepare (&r, "atorvastatin-40-mg-tablet") };
  g_autoptr (GError) nurse = sign_batch (&r, ids, 2);
  g_assert_error (nurse, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  rx_open_as (&r, "okafor");
  g_assert_no_error (sign_batch (&r, ids, 2));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (CrPrescription) rx = fixture_load (&r.c.f, &CR_PRESCRIPTION, ids[i]);
    g_assert_cmpint (rx->status, ==, CR_RX_SIGNED);
    g_assert_cmpint (rx->author_id, ==, r.c.f.okafor);
    g_assert_true (cr_prescription_verify (rx));
  }
  g_autoptr (GPtrArray) entries = fixture_audit (&r.c.f, "sign", r.c.f.garcia);
  g_assert_cmpuint (entries->len, ==, 2);
  g_autoptr (GError) twice = sign_batch (&r, ids, 2);
  g_assert_error (twice, CR_ERROR, CR_ERROR_INVALID);
  rx_tear_down (&r);
}

/* Two taken for long: stored for the signature with their last directions, checked, then signed together. */
static void
test_renew (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  CrId before[] = { prepare (&r, "lisinopril-20-mg-tablet"), prepare (&r, "atorvastatin-40-mg-tablet") };
  g_assert_no_error (sign_batch (&r, before, 2));
  rx_open_as (&r, "okafor");
  CrId medications[2], again[2];
  for (guint i = 0; i < 2; i++) {
    g_autoptr (CrPrescription) rx = fixture_load (&r.c.f, &CR_PRESCRIPTION, before[i]);
    medications[i] = rx->medication_id;
    g_assert_cmpint (medications[i], !=, CR_ID_NONE);
  }
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  cr_rx_renew_async (r.c.chart, medications, 2, fixture_done_cb, &result);
  fixture_wait (&result);
  g_autoptr (GPtrArray) items = cr_rx_renew_finish (result, &error);
  g_object_unref (result);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const CrQueueItem *item = items->pdata[i];
    g_assert_cmpint (item->prescription->medication_id, ==, medications[i]);
    g_assert_cmpint (status_of (&r, item->prescription->id), ==, CR_RX_NEEDS_SIGNATURE);
    g_assert_cmpstr (item->before, ==, "Last signed Nov 23, 2026");
    g_assert_null (cr_queue_item_alone (item));
    again[i] = item->prescription->id;
  }
  g_assert_no_error (sign_batch (&r, again, 2));
  result = NULL;
  cr_rx_renew_async (r.c.chart, NULL, 0, fixture_done_cb, &result);
  fixture_wait (&result);
  g_assert_null (cr_rx_renew_finish (result, &error));
  g_object_unref (result);
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
  rx_tear_down (&r);
}

/* One that needs an answer, a controlled one: none of the others is signed with it. */
static void
test_sign_batch_refused (void)
{
  static const struct {
    const char *drug;
    int code;
    const char *alone;
  } cases[] = { { "zolpidem-5-mg-tablet", CR_ERROR_INVALID, "Controlled: signed on its own" },
                { "ibuprofen-400-mg-tablet", CR_ERROR_CONFLICT, "Has a warning to answer" } };
  RxFixture r;
  rx_set_up (&r, "okafor");
  add_allergy (&r, "aspirin", "aspirin", "wheezing");
  CrId fine = prepare (&r, "lisinopril-20-mg-tablet");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    CrId ids[] = { fine, prepare (&r, cases[i].drug) };
    g_test_message ("%s", cases[i].drug);
    g_autoptr (GListModel) waiting = cr_rx_queue_new (r.c.f.session, FALSE);
    fixture_settle (&r.c.f);
    g_autoptr (CrRow) row = row_of (waiting, ids[1]);
    g_autoptr (CrRow) fine_row = row_of (waiting, fine);
    g_assert_cmpstr (cr_queue_item_alone (cr_row_peek (row)), ==, cases[i].alone);
    g_assert_null (cr_queue_item_alone (cr_row_peek (fine_row)));
    g_autoptr (GError) error = sign_batch (&r, ids, 2);
    g_assert_error (error, CR_ERROR, cases[i].code);
    g_assert_cmpint (status_of (&r, ids[0]), ==, CR_RX_NEEDS_SIGNATURE);
    g_assert_cmpint (status_of (&r, ids[1]), ==, CR_RX_NEEDS_SIGNATURE);
    g_clear_object (&row);
    g_clear_object (&fine_row);
    g_clear_object (&waiting);
  }
  rx_tear_down (&r);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rx-queue/sign-prepared", test_sign_prepared);
  g_test_add_func ("/rx-queue/queue-is-clinical", test_queue_is_clinical);
  g_test_add_func ("/rx-queue/taken-against", test_taken_against);
  g_test_add_func ("/rx-queue/dosing-facts", test_dosing_facts);
  g_test_add_func ("/rx-queue/renew", test_renew);
  g_test_add_func ("/rx-queue/sign-batch", test_sign_batch);
  g_test_add_func ("/rx-queue/sign-batch-refused", test_sign_batch_refused);
  return g_test_run ();
}
