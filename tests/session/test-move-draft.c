/* What was begun in the wrong chart goes to the right one, as long as it is not signed. */
#include "rx-fixture.h"
#include "chartroom/session/move-draft.h"
#include "chartroom/session/note-draft.h"
#include "chartroom/session/referral-work.h"

static GError *
move (Fixture *f, const CrRecordClass *klass, CrId id, CrId to)
{
  GAsyncResult *result = NULL;
  cr_draft_move_async (f->session, klass, id, to, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static void
expect_refused (GError *error, int code)
{
  g_assert_error (error, CR_ERROR, code);
  g_error_free (error);
}

static CrNoteDraft *
write_note (RxFixture *r)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  cr_note_draft_open_async (r->c.chart, CR_ID_NONE, fixture_done_cb, &result);
  fixture_wait (&result);
  CrNoteDraft *draft = cr_note_draft_open_finish (result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_object_set (draft, "subjective", "Invented cough", "assessment-plan", "Rest", NULL);
  cr_note_draft_save_async (draft, fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  return draft;
}

static void
expect_audited (Fixture *f, CrId from, CrId to)
{
  g_autoptr (GPtrArray) away = fixture_audit (f, "move-away", from);
  g_autoptr (GPtrArray) here = fixture_audit (f, "move-here", to);
  g_assert_cmpuint (away->len, ==, 1);
  g_assert_cmpuint (here->len, ==, 1);
}

static void
test_note (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  Fixture *f = &r.c.f;
  CrNoteDraft *draft = write_note (&r);
  CrId id = cr_note_draft_get_note_id (draft);
  fixture_settle (f);
  g_assert_cmpuint (chart_records (&r.c)->notes->len, ==, 1);
  expect_refused (move (f, &CR_NOTE, id, f->garcia), CR_ERROR_INVALID); /* it is there already */
  fixture_sign_in (f, "chen");
  expect_refused (move (f, &CR_NOTE, id, f->nowak), CR_ERROR_INVALID); /* another author's */
  fixture_sign_in (f, "okafor");
  g_assert_no_error (move (f, &CR_NOTE, id, f->nowak));
  fixture_settle (f);
  g_assert_cmpuint (chart_records (&r.c)->notes->len, ==, 0); /* the open chart hears of it */
  g_autoptr (CrNote) moved = fixture_load (f, &CR_NOTE, id);
  g_assert_cmpint (moved->patient_id, ==, f->nowak);
  g_assert_cmpstr (moved->subjective, ==, "Invented cough");
  g_assert_cmpint (moved->status, ==, CR_NOTE_DRAFT);
  expect_audited (f, f->garcia, f->nowak);
  g_object_unref (draft);
  rx_tear_down (&r);
}

static void
test_signed_note_stays (void)
{
  RxFixture r;
  GAsyncResult *result = NULL;
  rx_set_up (&r, "okafor");
  CrNoteDraft *draft = write_note (&r);
  cr_note_draft_sign_async (draft, fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  expect_refused (move (&r.c.f, &CR_NOTE, cr_note_draft_get_note_id (draft), r.c.f.nowak), CR_ERROR_INVALID);
  g_object_unref (draft);
  rx_tear_down (&r);
}

/* Its number and its checks were the other patient's. */
static void
test_prescription (void)
{
  RxFixture r;
  rx_set_up (&r, "okafor");
  Fixture *f = &r.c.f;
  cr_rx_draft_choose (r.draft, "lisinopril-20-mg-tablet", 0);
  g_assert_no_error (save (&r));
  CrId id = cr_rx_draft_peek (r.draft)->id;
  fixture_sign_in (f, "frontdesk");
  expect_refused (move (f, &CR_PRESCRIPTION, id, f->nowak), CR_ERROR_NOT_ALLOWED);
  fixture_sign_in (f, "okafor");
  g_assert_no_error (move (f, &CR_PRESCRIPTION, id, f->nowak));
  fixture_settle (f);
  g_autoptr (CrPrescription) moved = fixture_load (f, &CR_PRESCRIPTION, id);
  g_assert_cmpint (moved->patient_id, ==, f->nowak);
  g_assert_null (moved->checks);
  g_assert_cmpuint (chart_records (&r.c)->prescriptions->len, ==, 0);
  g_autoptr (GListModel) waiting = cr_rx_queue_new (f->session, FALSE);
  fixture_settle (f);
  g_autoptr (CrRow) row = g_list_model_get_item (waiting, 0);
  g_assert_cmpstr (((const CrQueueItem *)cr_row_peek (row))->patient->family, ==, "Nowak");
  expect_audited (f, f->garcia, f->nowak);
  g_clear_object (&row);
  g_clear_object (&waiting);
  rx_tear_down (&r);
}

static void
test_referral (void)
{
  RxFixture r;
  GAsyncResult *result = NULL;
  rx_set_up (&r, "nurse");
  Fixture *f = &r.c.f;
  g_autoptr (CrReferralDraft) draft = cr_referral_draft_new (r.c.chart, NULL);
  g_object_set (draft, "specialty", "Cardiology", "question", "Is the invented murmur harmless?", "ask",
                "evaluate", "urgency", "routine", NULL);
  cr_referral_draft_order_async (draft, fixture_done_cb, &result);
  fixture_wait (&result);
  CrId id = cr_referral_draft_order_finish (draft, result, NULL);
  g_object_unref (result);
  g_assert_no_error (move (f, &CR_REFERRAL, id, f->nowak));
  g_autoptr (CrReferral) moved = fixture_load (f, &CR_REFERRAL, id);
  g_assert_cmpint (moved->patient_id, ==, f->nowak);
  expect_audited (f, f->garcia, f->nowak);
  g_clear_object (&draft);
  rx_tear_down (&r);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/move-draft/note", test_note);
  g_test_add_func ("/move-draft/signed-note-stays", test_signed_note_stays);
  g_test_add_func ("/move-draft/prescription", test_prescription);
  g_test_add_func ("/move-draft/referral", test_referral);
  return g_test_run ();
}
