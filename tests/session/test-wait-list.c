/* Who waits, what becomes free for them, and who is without a visit. */
#include "chartroom/session/day-schedule.h"
#include "chartroom/session/unscheduled.h"
#include "chartroom/session/wait-list.h"
#include "session-fixture.h"

typedef struct {
  Fixture base;
  CrDaySchedule *day;
  GListModel *waiting, *unscheduled;
  GAsyncResult *result;
} Desk;

static gboolean
is_quiet (gpointer object)
{
  gboolean loading;
  g_object_get (object, "loading", &loading, NULL);
  return !loading;
}

static void
settle (Desk *d)
{
  fixture_spin ();
  fixture_wait_until (is_quiet, d->day);
  fixture_wait_until (is_quiet, d->waiting);
  fixture_wait_until (is_quiet, d->unscheduled);
}

static void
set_up (Desk *d)
{
  *d = (Desk){ 0 };
  fixture_set_up (&d->base);
  fixture_sign_in (&d->base, "frontdesk");
  fixture_spin ();
  d->day = cr_day_schedule_new (d->base.session);
  cr_day_schedule_set_date (d->day, FIXTURE_TODAY);
  d->waiting = cr_wait_list_new (d->base.session);
  d->unscheduled = cr_unscheduled_list_new (d->base.session);
  settle (d);
}

static void
tear_down (Desk *d)
{
  settle (d);
  g_assert_finalize_object (d->day);
  g_assert_finalize_object (d->waiting);
  g_assert_finalize_object (d->unscheduled);
  fixture_tear_down (&d->base);
}

static void
finish (Desk *d)
{
  g_autoptr (GError) error = fixture_finish (&d->result);
  g_assert_no_error (error);
  settle (d);
}

static CrId
book (Desk *d, CrId patient, CrDate date, int start)
{
  g_autoptr (GError) error = NULL;
  CrBooking booking = { .patient_id = patient,
                        .person_id = d->base.okafor,
                        .visit_type_id = d->base.follow_up,
                        .date = date,
                        .start = start };
  cr_day_schedule_book_async (d->day, &booking, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  CrId id = cr_day_schedule_book_finish (d->day, result, &error);
  g_assert_no_error (error);
  settle (d);
  return id;
}

static void
cancel (Desk *d, CrId visit)
{
  cr_day_schedule_cancel_async (d->day, visit, "Patient asked", fixture_done_cb, &d->result);
  finish (d);
}

static void
undo (Desk *d)
{
  cr_session_undo_async (d->base.session, fixture_done_cb, &d->result);
  finish (d);
}

static CrId
wait_for (Desk *d, CrId patient, CrId interim)
{
  g_autoptr (CrWaitEntry) entry = cr_wait_entry_new ();
  entry->patient_id = patient;
  entry->visit_type_id = d->base.follow_up;
  entry->interim_appointment_id = interim;
  entry->minutes = entry->earliest_min = entry->latest_min = entry->notice_hours = entry->priority =
      CR_INT_NONE;
  entry->reason = g_strdup ("cough");
  cr_wait_add_async (d->base.session, entry, fixture_done_cb, &d->result);
  finish (d);
  guint n = g_list_model_get_n_items (d->waiting);
  g_assert_cmpuint (n, >, 0);
  g_autoptr (CrRow) row = g_list_model_get_item (d->waiting, n - 1);
  return cr_row_get_id (row);
}

static CrFreedOffer *
offer_of (Desk *d, CrId visit)
{
  g_autoptr (GError) error = NULL;
  cr_freed_offer_async (d->base.session, visit, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  CrFreedOffer *offer = cr_freed_offer_finish (d->base.session, result, &error);
  g_assert_no_error (error);
  return offer;
}

typedef struct {
  CrId id;
  CrAppointment *visit;
  CrWaitEntry *entry;
} Lookup;

static gboolean
load_visit_job (CrTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  lookup->visit = cr_tx_load (tx, &CR_APPOINTMENT, lookup->id, error);
  return lookup->visit != NULL;
}

static gboolean
load_entry_job (CrTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  lookup->entry = cr_tx_load (tx, &CR_WAIT_ENTRY, lookup->id, error);
  return lookup->entry != NULL;
}

static CrAppointment *
visit_of (Desk *d, CrId id)
{
  g_autoptr (GError) error = NULL;
  Lookup lookup = { .id = id };
  cr_session_run (d->base.session, CR_RIGHT_SCHEDULE_VIEW, load_visit_job, &lookup, &error);
  g_assert_no_error (error);
  return lookup.visit;
}

static CrWaitEntry *
entry_of (Desk *d, CrId id)
{
  g_autoptr (GError) error = NULL;
  Lookup lookup = { .id = id };
  cr_session_run (d->base.session, CR_RIGHT_SCHEDULE_VIEW, load_entry_job, &lookup, &error);
  g_assert_no_error (error);
  return lookup.entry;
}

/* ---- the wait list ---- */

static void
test_offer (void)
{
  Desk d;
  set_up (&d);
  CrId taken = book (&d, d.base.nowak, FIXTURE_TODAY, 11 * 60);
  CrId interim = book (&d, d.base.garcia, cr_date_add_days (FIXTURE_TODAY, 8), 9 * 60);
  CrId entry = wait_for (&d, d.base.garcia, interim);
  g_assert_null (offer_of (&d, taken)); /* nothing is free */
  cancel (&d, taken);
  g_autoptr (CrFreedOffer) offer = offer_of (&d, taken);
  g_assert_nonnull (offer);
  g_assert_cmpint (offer->freed.start, ==, 11 * 60);
  g_assert_cmpstr (offer->clinician, ==, "Dr. Okafor");
  g_assert_cmpuint (offer->items->len, ==, 1);
  CrSlot slot = { FIXTURE_TODAY, offer->freed.start, offer->freed.person_id, CR_ID_NONE };
  cr_wait_book_async (d.base.session, entry, &slot, 0, fixture_done_cb, &d.result);
  finish (&d);
  g_autoptr (CrAppointment) moved = visit_of (&d, interim); /* the one they had, not a second one */
  g_assert_cmpint (cr_date_compare (moved->date, FIXTURE_TODAY), ==, 0);
  g_assert_cmpint (moved->start_min, ==, 11 * 60);
  g_assert_cmpuint (g_list_model_get_n_items (d.waiting), ==, 0);
  g_autoptr (CrWaitEntry) closed = entry_of (&d, entry);
  g_assert_cmpint (closed->status, ==, CR_WAIT_BOOKED);
  g_assert_cmpint (closed->appointment_id, ==, interim);
  g_assert_null (offer_of (&d, taken)); /* it is taken again */
  undo (&d);                            /* one step: back there, and waiting again */
  g_autoptr (CrAppointment) back = visit_of (&d, interim);
  g_assert_cmpint (back->start_min, ==, 9 * 60);
  g_assert_cmpuint (g_list_model_get_n_items (d.waiting), ==, 1);
  tear_down (&d);
}

/* Who comes that day anyway is offered the time, and it is said. */
static void
test_offer_same_day (void)
{
  Desk d;
  set_up (&d);
  CrId taken = book (&d, d.base.nowak, FIXTURE_TODAY, 11 * 60);
  CrId entry = wait_for (&d, d.base.garcia, CR_ID_NONE);
  book (&d, d.base.garcia, FIXTURE_TODAY, 15 * 60);
  cancel (&d, taken);
  g_autoptr (CrFreedOffer) offer = offer_of (&d, taken);
  g_assert_nonnull (offer);
  g_assert_cmpuint (offer->items->len, ==, 1);
  guint accept = g_array_index (offer->accept, guint, 0);
  g_assert_cmphex (accept, ==, CR_PLACE_BIT (CR_PLACE_SAME_DAY));
  CrSlot slot = { FIXTURE_TODAY, offer->freed.start, offer->freed.person_id, CR_ID_NONE };
  cr_wait_book_async (d.base.session, entry, &slot, 0, fixture_done_cb, &d.result);
  g_autoptr (GError) unseen = fixture_finish (&d.result); /* what was not shown is not accepted */
  g_assert_error (unseen, CR_ERROR, CR_ERROR_CONFLICT);
  cr_wait_book_async (d.base.session, entry, &slot, accept, fixture_done_cb, &d.result);
  finish (&d);
  g_autoptr (CrWaitEntry) closed = entry_of (&d, entry);
  g_assert_cmpint (closed->status, ==, CR_WAIT_BOOKED);
  tear_down (&d);
}

static void
test_book_without_interim (void)
{
  Desk d;
  set_up (&d);
  CrId entry = wait_for (&d, d.base.garcia, CR_ID_NONE);
  CrSlot slot = { cr_date_add_days (FIXTURE_TODAY, 1), 9 * 60, d.base.chen, CR_ID_NONE };
  cr_wait_book_async (d.base.session, entry, &slot, 0, fixture_done_cb, &d.result);
  finish (&d);
  g_autoptr (CrWaitEntry) closed = entry_of (&d, entry);
  g_autoptr (CrAppointment) visit = visit_of (&d, closed->appointment_id);
  g_assert_cmpint (visit->patient_id, ==, d.base.garcia);
  g_assert_cmpstr (visit->reason, ==, "cough");
  cr_wait_book_async (d.base.session, entry, &slot, 0, fixture_done_cb, &d.result);
  g_autoptr (GError) again = fixture_finish (&d.result);
  g_assert_error (again, CR_ERROR, CR_ERROR_CONFLICT);
  tear_down (&d);
}

static void
test_close (void)
{
  Desk d;
  set_up (&d);
  CrId entry = wait_for (&d, d.base.garcia, CR_ID_NONE);
  cr_wait_close_async (d.base.session, entry, "  ", fixture_done_cb, &d.result);
  g_autoptr (GError) blank = fixture_finish (&d.result);
  g_assert_error (blank, CR_ERROR, CR_ERROR_INVALID);
  cr_wait_close_async (d.base.session, entry, "Seen elsewhere", fixture_done_cb, &d.result);
  finish (&d);
  g_autoptr (CrWaitEntry) closed = entry_of (&d, entry);
  g_assert_cmpint (closed->status, ==, CR_WAIT_CANCELLED);
  g_assert_cmpstr (closed->closed_how, ==, "Seen elsewhere");
  g_assert_cmpuint (g_list_model_get_n_items (d.waiting), ==, 0);
  tear_down (&d);
}

static const CrWaitItem *
item_at (GListModel *list, guint at)
{
  g_autoptr (CrRow) row = g_list_model_get_item (list, at);
  return row != NULL ? cr_row_peek (row) : NULL;
}

static gboolean
has_two (gpointer list)
{
  return g_list_model_get_n_items (list) == 2;
}

/* What was closed, the last one first, with what became of it; not what still waits. */
static void
test_closed (void)
{
  Desk d;
  set_up (&d);
  g_autoptr (GListModel) closed = cr_wait_closed_new (d.base.session);
  CrId booked = wait_for (&d, d.base.garcia, CR_ID_NONE), off = wait_for (&d, d.base.nowak, CR_ID_NONE);
  wait_for (&d, d.base.mariana, CR_ID_NONE);
  CrSlot slot = { FIXTURE_TODAY, 15 * 60, d.base.okafor, CR_ID_NONE };
  cr_wait_book_async (d.base.session, booked, &slot, 0, fixture_done_cb, &d.result);
  finish (&d);
  cr_clock_advance (d.base.clock, (gint64)60 * G_USEC_PER_SEC);
  cr_wait_close_async (d.base.session, off, "Seen elsewhere", fixture_done_cb, &d.result);
  finish (&d);
  fixture_wait_until (has_two, closed);
  g_assert_cmpint (item_at (closed, 0)->entry->status, ==, CR_WAIT_CANCELLED);
  g_assert_cmpstr (item_at (closed, 0)->entry->closed_how, ==, "Seen elsewhere");
  g_assert_cmpint (item_at (closed, 1)->entry->status, ==, CR_WAIT_BOOKED);
  g_assert_cmpstr (item_at (closed, 1)->got, ==, "Mon Nov 23, 2026, 3:00 PM");
  g_clear_object (&closed);
  tear_down (&d);
}

static CrWaitItem *
load (Desk *d, CrId entry, GError **error)
{
  cr_wait_load_async (d->base.session, entry, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  return cr_wait_load_finish (d->base.session, result, error);
}

/* What it asks for changes, in its own place of the list; who was there meanwhile is not overwritten. */
static void
test_change (void)
{
  Desk d;
  set_up (&d);
  g_autoptr (GError) error = NULL;
  CrId entry = wait_for (&d, d.base.garcia, CR_ID_NONE), second = wait_for (&d, d.base.nowak, CR_ID_NONE);
  g_autoptr (CrWaitItem) item = load (&d, second, &error);
  g_assert_no_error (error);
  g_assert_cmpint (item->patient->id, ==, d.base.nowak);
  item->entry->priority = CR_WAIT_URGENT;
  item->entry->person_id = d.base.chen;
  item->entry->patient_id = d.base.garcia; /* not asked for: it stays the same person's */
  item->entry->latest_on = cr_date_add_days (FIXTURE_TODAY, 14);
  cr_wait_change_async (d.base.session, item->entry, fixture_done_cb, &d.result);
  finish (&d);
  g_autoptr (CrWaitEntry) changed = entry_of (&d, second);
  g_assert_cmpint (changed->patient_id, ==, d.base.nowak);
  g_assert_cmpint (changed->person_id, ==, d.base.chen);
  g_assert_cmpint (changed->status, ==, CR_WAIT_OPEN);
  g_assert_cmpint (item_at (d.waiting, 0)->entry->id, ==, second); /* what is urgent stands first */
  cr_wait_change_async (d.base.session, item->entry, fixture_done_cb, &d.result);
  g_autoptr (GError) stale = fixture_finish (&d.result);
  g_assert_error (stale, CR_ERROR, CR_ERROR_CONFLICT);
  undo (&d);
  g_assert_cmpint (item_at (d.waiting, 0)->entry->id, ==, entry);
  g_autoptr (CrWaitEntry) back = entry_of (&d, second);
  g_assert_cmpint (back->person_id, ==, CR_ID_NONE);
  g_assert_false (cr_date_is_set (back->latest_on));
  back->earliest_min = 600;
  back->latest_min = 540;
  cr_wait_change_async (d.base.session, back, fixture_done_cb, &d.result);
  g_autoptr (GError) wrong = fixture_finish (&d.result);
  g_assert_error (wrong, CR_ERROR, CR_ERROR_INVALID);
  tear_down (&d);
}

static void
test_change_closed (void)
{
  Desk d;
  set_up (&d);
  CrId id = wait_for (&d, d.base.garcia, CR_ID_NONE);
  g_autoptr (CrWaitEntry) entry = entry_of (&d, id);
  cr_wait_close_async (d.base.session, id, "Seen elsewhere", fixture_done_cb, &d.result);
  finish (&d);
  cr_wait_change_async (d.base.session, entry, fixture_done_cb, &d.result);
  g_autoptr (GError) closed = fixture_finish (&d.result), gone = NULL;
  g_assert_error (closed, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_null (load (&d, id, &gone));
  g_assert_error (gone, CR_ERROR, CR_ERROR_CONFLICT);
  tear_down (&d);
}

static void
test_bad_entry (void)
{
  Desk d;
  set_up (&d);
  g_autoptr (CrWaitEntry) entry = cr_wait_entry_new ();
  entry->patient_id = d.base.garcia;
  entry->visit_type_id = d.base.follow_up;
  entry->minutes = entry->notice_hours = entry->priority = CR_INT_NONE;
  entry->earliest_min = 600;
  entry->latest_min = 540;
  cr_wait_add_async (d.base.session, entry, fixture_done_cb, &d.result);
  g_autoptr (GError) hours = fixture_finish (&d.result);
  g_assert_error (hours, CR_ERROR, CR_ERROR_INVALID);
  entry->latest_min = CR_INT_NONE;
  entry->latest_on = cr_date_add_days (FIXTURE_TODAY, -1);
  cr_wait_add_async (d.base.session, entry, fixture_done_cb, &d.result);
  g_autoptr (GError) past = fixture_finish (&d.result);
  g_assert_error (past, CR_ERROR, CR_ERROR_INVALID);
  g_assert_cmpuint (g_list_model_get_n_items (d.waiting), ==, 0);
  tear_down (&d);
}

/* ---- the unscheduled list ---- */

static void
test_cancelled_until_booked (void)
{
  Desk d;
  set_up (&d);
  CrId visit = book (&d, d.base.garcia, cr_date_add_days (FIXTURE_TODAY, 1), 9 * 60);
  g_assert_cmpuint (g_list_model_get_n_items (d.unscheduled), ==, 0);
  cancel (&d, visit);
  g_assert_cmpuint (g_list_model_get_n_items (d.unscheduled), ==, 1);
  g_autoptr (CrRow) row = g_list_model_get_item (d.unscheduled, 0);
  const CrUnscheduledItem *item = cr_row_peek (row);
  g_assert_cmpint (item->id, ==, visit);
  g_assert_cmpstr (item->what, ==, "Cancelled: Patient asked");
  g_assert_cmpstr (item->type_name, ==, "Follow-up");
  cr_clock_advance (d.base.clock, (gint64)60 * G_USEC_PER_SEC);
  book (&d, d.base.garcia, cr_date_add_days (FIXTURE_TODAY, 2), 9 * 60);
  g_assert_cmpuint (g_list_model_get_n_items (d.unscheduled), ==, 0); /* booked again: taken care of */
  tear_down (&d);
}

static void
test_undone_booking (void)
{
  Desk d;
  set_up (&d);
  book (&d, d.base.garcia, cr_date_add_days (FIXTURE_TODAY, 1), 9 * 60);
  undo (&d);
  g_assert_cmpuint (g_list_model_get_n_items (d.unscheduled), ==, 0);
  tear_down (&d);
}

static void
test_taken_off (void)
{
  Desk d;
  set_up (&d);
  CrId visit = book (&d, d.base.garcia, cr_date_add_days (FIXTURE_TODAY, 1), 9 * 60);
  cancel (&d, visit);
  g_autoptr (CrRow) row = g_list_model_get_item (d.unscheduled, 0);
  cr_unscheduled_done_async (d.base.session, cr_row_peek (row), "Seen elsewhere", fixture_done_cb, &d.result);
  finish (&d);
  g_assert_cmpuint (g_list_model_get_n_items (d.unscheduled), ==, 0);
  g_autoptr (CrAppointment) handled = visit_of (&d, visit);
  g_assert_cmpstr (handled->handled_how, ==, "Seen elsewhere");
  undo (&d);
  g_assert_cmpuint (g_list_model_get_n_items (d.unscheduled), ==, 1);
  tear_down (&d);
}

typedef struct {
  CrId patient, person, id;
} Return;

static gboolean
return_job (CrTx *tx, gpointer data, GError **error)
{
  Return *wanted = data;
  g_autoptr (CrEncounter) encounter = cr_encounter_new ();
  encounter->patient_id = wanted->patient;
  encounter->person_id = wanted->person;
  encounter->date = cr_tx_today (tx);
  encounter->status = g_strdup ("finished");
  encounter->arrived_at = cr_tx_now (tx);
  encounter->return_in = 3;
  encounter->return_unit = g_strdup ("months");
  encounter->return_note = g_strdup ("BP");
  return cr_tx_save (tx, &CR_ENCOUNTER, encounter, error);
}

static void
test_return (void)
{
  Desk d;
  set_up (&d);
  g_autoptr (GError) error = NULL;
  Return wanted = { d.base.garcia, d.base.okafor, 0 };
  cr_session_run (d.base.session, CR_RIGHT_SCHEDULE_EDIT, return_job, &wanted, &error);
  g_assert_no_error (error);
  settle (&d);
  g_assert_cmpuint (g_list_model_get_n_items (d.unscheduled), ==, 1);
  g_autoptr (CrRow) row = g_list_model_get_item (d.unscheduled, 0);
  const CrUnscheduledItem *item = cr_row_peek (row);
  g_assert_cmpstr (item->what, ==, "Return in 3 months: BP");
  g_assert_cmpint (cr_date_compare (item->date, CR_DATE (2027, 2, 23)), ==, 0);
  cr_clock_advance (d.base.clock, (gint64)60 * G_USEC_PER_SEC);
  book (&d, d.base.garcia, CR_DATE (2027, 2, 23), 9 * 60);
  g_assert_cmpuint (g_list_model_get_n_items (d.unscheduled), ==, 0);
  tear_down (&d);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wait-list/offer", test_offer);
  g_test_add_func ("/wait-list/book-without-interim", test_book_without_interim);
  g_test_add_func ("/wait-list/close", test_close);
  g_test_add_func ("/wait-list/closed", test_closed);
  g_test_add_func ("/wait-list/offer-same-day", test_offer_same_day);
  g_test_add_func ("/wait-list/change", test_change);
  g_test_add_func ("/wait-list/change-closed", test_change_closed);
  g_test_add_func ("/wait-list/bad-entry", test_bad_entry);
  g_test_add_func ("/unscheduled/cancelled-until-booked", test_cancelled_until_booked);
  g_test_add_func ("/unscheduled/undone-booking", test_undone_booking);
  g_test_add_func ("/unscheduled/taken-off", test_taken_off);
  g_test_add_func ("/unscheduled/return", test_return);
  return g_test_run ();
}
