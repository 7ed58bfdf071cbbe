/* The holding tray: what lies in it stays booked, is kept for its person, and leaves when it has ended. */
#include "chartroom/session/holding-tray.h"
#include "chartroom/session/day-schedule.h"
#include "session-fixture.h"

typedef struct {
  Fixture base;
  CrDaySchedule *book;
  GListModel *tray;
} Tray;

static void
set_up (Tray *t)
{
  *t = (Tray){ 0 };
  fixture_set_up (&t->base);
  fixture_sign_in (&t->base, "frontdesk");
  t->book = cr_day_schedule_new (t->base.session);
  cr_day_schedule_set_date (t->book, FIXTURE_TODAY);
  t->tray = cr_holding_tray_new (t->base.session);
}

static gboolean
is_quiet (gpointer object)
{
  gboolean loading;
  g_object_get (object, "loading", &loading, NULL);
  return !loading;
}

static void
tear_down (Tray *t)
{
  fixture_wait_until (is_quiet, t->book);
  fixture_wait_until (is_quiet, t->tray);
  g_assert_finalize_object (t->book);
  g_clear_object (&t->tray);
  fixture_tear_down (&t->base);
}

static CrId
book (Tray *t, CrId patient, int start)
{
  CrBooking wanted = { .patient_id = patient,
                       .person_id = t->base.okafor,
                       .visit_type_id = t->base.follow_up,
                       .date = FIXTURE_TODAY,
                       .start = start };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  cr_day_schedule_book_async (t->book, &wanted, fixture_done_cb, &result);
  fixture_wait (&result);
  CrId id = cr_day_schedule_book_finish (t->book, result, &error);
  g_assert_no_error (error);
  return id;
}

static void
wait_for (Tray *t, guint n)
{
  while (g_list_model_get_n_items (t->tray) != n)
    g_main_context_iteration (NULL, TRUE);
}

static CrId
id_at (Tray *t, guint i)
{
  g_autoptr (CrRow) row = g_list_model_get_item (t->tray, i);
  g_assert_nonnull (row);
  return cr_row_get_id (row);
}

static void
test_put_and_take (void)
{
  Tray t;
  set_up (&t);
  CrId first = book (&t, t.base.garcia, 11 * 60), second = book (&t, t.base.nowak, 12 * 60 - 20);
  g_assert_cmpuint (g_list_model_get_n_items (t.tray), ==, 0);
  cr_holding_tray_put (t.base.session, second);
  cr_holding_tray_put (t.base.session, first);
  cr_holding_tray_put (t.base.session, second); /* is in it */
  g_assert_true (cr_holding_tray_has (t.base.session, first));
  wait_for (&t, 2);
  g_assert_cmpint (id_at (&t, 0), ==, second);
  g_assert_cmpint (id_at (&t, 1), ==, first);
  g_autoptr (CrRow) row = g_list_model_get_item (t.tray, 0);
  const CrVisit *visit = cr_row_peek (row);
  g_assert_cmpint (visit->appointment->start_min, ==, 12 * 60 - 20);
  g_assert_cmpint (visit->appointment->stage, ==, CR_STAGE_SCHEDULED);
  g_assert_cmpint (visit->patient->id, ==, t.base.nowak);
  g_assert_nonnull (cr_day_schedule_find (t.book, second)); /* booked as it was */
  cr_holding_tray_take (t.base.session, second);
  wait_for (&t, 1);
  g_assert_false (cr_holding_tray_has (t.base.session, second));
  g_assert_cmpint (id_at (&t, 0), ==, first);
  tear_down (&t);
}

/* A visit that somebody cancels is nowhere to be moved; undone, it lies in the tray again. */
static void
test_ended (void)
{
  Tray t;
  GAsyncResult *result = NULL;
  set_up (&t);
  CrId id = book (&t, t.base.garcia, 11 * 60);
  cr_holding_tray_put (t.base.session, id);
  wait_for (&t, 1);
  cr_day_schedule_cancel_async (t.book, id, "invented reason", fixture_done_cb, &result);
  g_assert_null (fixture_finish (&result));
  wait_for (&t, 0);
  cr_session_undo_async (t.base.session, fixture_done_cb, &result);
  g_assert_null (fixture_finish (&result));
  wait_for (&t, 1);
  tear_down (&t);
}

/* It belongs to the person, through lock and sign-in; a colleague has an own one. */
static void
test_own (void)
{
  Tray t;
  set_up (&t);
  CrId id = book (&t, t.base.garcia, 11 * 60);
  cr_holding_tray_put (t.base.session, id);
  wait_for (&t, 1);
  fixture_sign_in (&t.base, "admin");
  wait_for (&t, 0);
  fixture_wait_until (is_quiet, t.tray);
  g_assert_false (cr_holding_tray_has (t.base.session, id));
  g_assert_cmpuint (g_list_model_get_n_items (t.tray), ==, 0);
  fixture_sign_in (&t.base, "frontdesk");
  wait_for (&t, 1);
  g_assert_cmpint (id_at (&t, 0), ==, id);
  tear_down (&t);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holding-tray/put-and-take", test_put_and_take);
  g_test_add_func ("/holding-tray/ended", test_ended);
  g_test_add_func ("/holding-tray/own", test_own);
  return g_test_run ();
}
