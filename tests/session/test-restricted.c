/* What lists of work and papers show of a restricted chart, before and after its reason was given. */
#include "rx-fixture.h"
#include "chartroom/session/referral-work.h"
#include "chartroom/session/tasks.h"

typedef struct {
  RxFixture r;
  CrId rx, referral;
  GListModel *queue, *tasks, *referrals;
} Held;

static gboolean
restrict_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, *(CrId *)data, error);
  patient->restricted = TRUE;
  return cr_tx_save (tx, &CR_PATIENT, patient, error);
}

static CrId
order_referral (Held *h)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrReferralDraft) draft = cr_referral_draft_new (h->r.c.chart, NULL);
  g_object_set (draft, "specialty", "Psychiatry", "question", "Invented question?", "ask", "evaluate",
                "urgency", "routine", NULL);
  cr_referral_draft_order_async (draft, fixture_done_cb, &result);
  fixture_wait (&result);
  CrId id = cr_referral_draft_order_finish (draft, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return id;
}

static void
hold (Held *h)
{
  g_autoptr (GError) error = NULL;
  *h = (Held){ 0 };
  rx_set_up (&h->r, "okafor");
  cr_rx_draft_choose (h->r.draft, "lisinopril-20-mg-tablet", 0);
  g_assert_no_error (save (&h->r));
  h->rx = cr_rx_draft_peek (h->r.draft)->id;
  h->referral = order_referral (h);
  cr_session_run (h->r.c.f.session, CR_RIGHT_CLINICAL_VIEW, restrict_job, &h->r.c.f.garcia, &error);
  g_assert_no_error (error);
  fixture_settle (&h->r.c.f);
  g_clear_object (&h->r.draft);
  g_clear_object (&h->r.c.chart);
  h->queue = cr_rx_queue_new (h->r.c.f.session, FALSE);
  h->tasks = cr_task_list_new (h->r.c.f.session);
  h->referrals = cr_referral_list_new (h->r.c.f.session, CR_REFS_OPEN);
  fixture_settle (&h->r.c.f);
}

static void
let_go (Held *h)
{
  g_clear_object (&h->queue);
  g_clear_object (&h->tasks);
  g_clear_object (&h->referrals);
  rx_tear_down (&h->r);
}

/* One row each; whether it tells what it is about. */
static void
expect_shown (Held *h, gboolean shown)
{
  fixture_settle (&h->r.c.f);
  g_assert_cmpuint (g_list_model_get_n_items (h->queue), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (h->tasks), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (h->referrals), ==, 1);
  g_autoptr (CrRow) rx = g_list_model_get_item (h->queue, 0);
  g_autoptr (CrRow) task = g_list_model_get_item (h->tasks, 0);
  g_autoptr (CrRow) referral = g_list_model_get_item (h->referrals, 0);
  const CrQueueItem *waiting = cr_row_peek (rx);
  const CrTaskItem *to_do = cr_row_peek (task);
  const CrReferralItem *sent = cr_row_peek (referral);
  g_assert_true (waiting->restricted != shown);
  g_assert_cmpstr (waiting->patient->family, ==, "Garcia");
  g_assert_cmpstr (waiting->prescription->display, ==, shown ? "lisinopril 20 mg tablet" : "Restricted");
  g_assert_true ((waiting->prescription->drug_code != NULL) == shown);
  g_assert_true ((cr_queue_item_alone (waiting) == NULL) == shown || shown);
  g_assert_cmpstr (to_do->title, ==, shown ? "To sign: lisinopril 20 mg tablet" : "Restricted");
  g_assert_true ((to_do->detail != NULL) == shown);
  g_assert_true (g_str_has_prefix (sent->to, shown ? "Psychiatry" : "Restricted"));
  g_assert_true ((g_strcmp0 (sent->referral->question, "Invented question?") == 0) == shown);
}

static void
expect_batch_refused (Held *h)
{
  GAsyncResult *result = NULL;
  cr_rx_sign_batch_async (h->r.c.f.session, &h->rx, 1, fixture_done_cb, &result);
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_error (error, CR_ERROR, CR_ERROR_RESTRICTED);
}

/* Neither sent nor printed can be said of what may not be read. */
static void
expect_steps_refused (Held *h)
{
  GAsyncResult *result = NULL;
  cr_referral_stage_async (h->r.c.f.session, h->referral, CR_REF_CANCELLED, NULL, fixture_done_cb, &result);
  g_autoptr (GError) stage = fixture_finish (&result);
  g_assert_error (stage, CR_ERROR, CR_ERROR_RESTRICTED);
  cr_referral_sent_async (h->r.c.f.session, h->referral, "fax", NULL, CR_INSTANT_NONE, fixture_done_cb,
                          &result);
  g_autoptr (GError) sent = fixture_finish (&result);
  g_assert_error (sent, CR_ERROR, CR_ERROR_RESTRICTED);
  cr_rx_mark_printed_async (h->r.c.f.session, h->rx, 1, fixture_done_cb, &result);
  g_autoptr (GError) printed = fixture_finish (&result);
  g_assert_error (printed, CR_ERROR, CR_ERROR_RESTRICTED);
}

static void
expect_packet (Held *h, int code)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  cr_referral_packet_async (h->r.c.f.session, h->referral, "view", fixture_done_cb, &result);
  fixture_wait (&result);
  g_assert_null (cr_referral_packet_finish (result, &error));
  g_assert_error (error, CR_ERROR, code);
  g_object_unref (result);
}

static void
open_for_reason (Held *h)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  cr_chart_open_for_reason_async (h->r.c.f.session, h->r.c.f.garcia, "test", "Visit today", fixture_done_cb,
                                  &result);
  fixture_wait (&result);
  h->r.c.chart = cr_chart_open_finish (result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
}

static void
test_lists (void)
{
  Held h;
  hold (&h);
  expect_shown (&h, FALSE);
  expect_batch_refused (&h);
  expect_steps_refused (&h);
  expect_packet (&h, CR_ERROR_RESTRICTED);
  open_for_reason (&h);
  expect_shown (&h, TRUE);
  expect_packet (&h, CR_ERROR_INVALID); /* not frozen yet: that is all */
  let_go (&h);
}

/* The reason holds through a lock for the same person, not for another one, and not for tomorrow. */
static void
test_reason_holds (void)
{
  Held h;
  g_autoptr (GError) error = NULL;
  hold (&h);
  open_for_reason (&h);
  g_clear_object (&h.r.c.chart);
  fixture_sign_in (&h.r.c.f, "chen");
  g_assert_null (cr_chart_open (h.r.c.f.session, h.r.c.f.garcia, "test", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_RESTRICTED);
  g_clear_error (&error);
  chart_open_as (&h.r.c, "okafor");
  g_clear_object (&h.r.c.chart);
  expect_shown (&h, TRUE);
  g_autoptr (GPtrArray) reasons = fixture_audit (&h.r.c.f, "break-glass", h.r.c.f.garcia);
  g_assert_cmpuint (reasons->len, ==, 1);
  cr_clock_advance (h.r.c.f.clock, G_TIME_SPAN_DAY);
  g_assert_null (cr_chart_open (h.r.c.f.session, h.r.c.f.garcia, "test", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_RESTRICTED);
  let_go (&h);
}

/* The desk's part of a chart needs no reason, and has nothing clinical. */
static void
test_office (void)
{
  Held h;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  hold (&h);
  cr_chart_open_office_async (h.r.c.f.session, h.r.c.f.garcia, "booking", fixture_done_cb, &result);
  fixture_wait (&result);
  h.r.c.chart = cr_chart_open_finish (result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  g_assert_cmpstr (chart_records (&h.r.c)->patient->family, ==, "Garcia");
  g_assert_false (chart_records (&h.r.c)->clinical);
  g_assert_cmpuint (chart_records (&h.r.c)->prescriptions->len, ==, 0);
  g_signal_emit_by_name (h.r.c.f.session, "changed", CR_PATIENT.name, h.r.c.f.garcia, h.r.c.f.garcia);
  fixture_settle (&h.r.c.f);
  g_assert_false (chart_records (&h.r.c)->clinical); /* loaded again, still the desk's */
  let_go (&h);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/restricted/lists", test_lists);
  g_test_add_func ("/restricted/reason-holds", test_reason_holds);
  g_test_add_func ("/restricted/office", test_office);
  return g_test_run ();
}
