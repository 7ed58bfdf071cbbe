/* Rooms and equipment that are chosen, and visits of several parts: right after each other, or two clinicians
 * at once. */
#include "book-fixture.h"
#include "chartroom/session/combined.h"
#include "chartroom/session/next-available.h"
#include "chartroom/store/desk-stores.h"

static gboolean
ecg_job (CrTx *tx, gpointer data, GError **error)
{
  *(CrId *)data = fixture_add_room (tx, "ECG", 3);
  return TRUE;
}

static CrId
add_ecg (Book *b)
{
  g_autoptr (GError) error = NULL;
  CrId ecg = CR_ID_NONE;
  cr_store_run (cr_session_get_store (b->base.session), cr_session_get_user (b->base.session), ecg_job, &ecg,
                &error);
  g_assert_no_error (error);
  return ecg;
}

static gboolean
takes (Book *b, CrId visit, CrId room)
{
  return cr_day_schedule_takes_room (b->day, cr_day_schedule_find (b->day, visit), room);
}

/* The room of a column and a machine beside it: both are held, and stay so wherever the visit goes. */
static void
test_chosen (void)
{
  Book b;
  g_autoptr (GError) error = NULL, taken = NULL;
  book_set_up (&b, "frontdesk");
  CrId ecg = add_ecg (&b);
  CrBooking wanted = book_booking (&b, b.base.garcia, 11 * 60);
  wanted.room_id = b.base.room1;
  cr_room_set_add (&wanted.also, ecg);
  g_autoptr (GArray) rooms = cr_day_schedule_rooms (b.day, &wanted);
  g_assert_cmpuint (rooms->len, ==, 2);
  g_assert_cmpint (g_array_index (rooms, CrId, 0), ==, b.base.room1);
  g_assert_cmpint (g_array_index (rooms, CrId, 1), ==, ecg);
  CrId id = book_try (&b, &wanted, &error);
  g_assert_no_error (error);
  g_assert_true (takes (&b, id, b.base.room1) && takes (&b, id, ecg));
  CrBooking other = book_booking (&b, b.base.nowak, 11 * 60);
  other.person_id = b.base.chen;
  cr_room_set_add (&other.also, ecg);
  g_autofree char *sentence = NULL;
  g_assert_cmphex (cr_day_schedule_places (b.day, &other, CR_ID_NONE, &sentence), ==,
                   CR_PLACE_BIT (CR_PLACE_ROOM));
  g_assert_cmpint (book_try (&b, &other, &taken), ==, CR_ID_NONE);
  g_assert_error (taken, CR_ERROR, CR_ERROR_CONFLICT);
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.start = 14 * 60;
  change.date = cr_date_add_days (FIXTURE_TODAY, 7);
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  book_look (&b, change.date);
  g_assert_true (takes (&b, id, b.base.room1) && takes (&b, id, ecg));
  g_assert_no_error (book_undo (&b));
  book_look (&b, FIXTURE_TODAY);
  g_assert_true (takes (&b, id, ecg));
  g_assert_no_error (book_undo (&b));
  book_try (&b, &other, &error); /* it is free again */
  g_assert_no_error (error);
  book_tear_down (&b);
}

/* The search offers no time at which what was chosen is taken, whoever would be free. */
static void
test_found_with_room (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId ecg = add_ecg (&b);
  CrBooking taken = book_booking (&b, b.base.garcia, 14 * 60);
  cr_room_set_add (&taken.also, ecg);
  book_try (&b, &taken, &error);
  g_assert_no_error (error);
  CrSlotQuestion question = { .wish = { .parts = { { .visit_type_id = b.base.follow_up } },
                                        .from = FIXTURE_TODAY,
                                        .earliest_min = 13 * 60 + 50,
                                        .latest_min = CR_MINUTE_NONE },
                              .limit = 2 };
  for (int with = 0; with < 2; with++) {
    if (with == 1)
      cr_room_set_add (&question.wish.parts[0].also, ecg);
    cr_next_available_async (b.base.session, &question, fixture_done_cb, &b.result);
    g_autoptr (GAsyncResult) result = fixture_wait (&b.result);
    b.result = NULL;
    g_autoptr (CrSlotAnswer) answer = cr_next_available_finish (b.base.session, result, &error);
    g_assert_no_error (error);
    g_assert_cmpint (g_array_index (answer->slots, CrSlot, 0).start, ==,
                     with == 1 ? 14 * 60 + 20 : 13 * 60 + 50);
  }
  book_tear_down (&b);
}

/* From a room's column: somebody who is free, the one preferred if they are. */
static void
test_pick (void)
{
  Book b;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (CrId));
  book_set_up (&b, "frontdesk");
  CrBooking wanted = book_booking (&b, b.base.garcia, 14 * 60);
  CrId first = cr_day_schedule_pick (b.day, &wanted, all, CR_ID_NONE);
  g_assert_cmpint (first, !=, CR_ID_NONE);
  CrId other = first == b.base.chen ? b.base.okafor : b.base.chen;
  g_assert_cmpint (cr_day_schedule_pick (b.day, &wanted, all, other), ==, other);
  g_array_append_val (all, other);
  g_assert_cmpint (cr_day_schedule_pick (b.day, &wanted, all, first), ==, other);
  CrBooking taken = book_booking (&b, b.base.nowak, 14 * 60);
  g_autoptr (GError) error = NULL;
  taken.person_id = other;
  book_try (&b, &taken, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cr_day_schedule_pick (b.day, &wanted, all, first), ==, CR_ID_NONE);
  book_tear_down (&b);
}

static CrId
try_both (Book *b, const CrBooking *first, const CrBooking *second, GError **error)
{
  cr_combined_book_async (b->base.session, first, second, fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  return cr_combined_book_finish (b->base.session, result, error);
}

static CrSlotAnswer *
find_both (Book *b, CrSlotJoin join)
{
  g_autoptr (GError) error = NULL;
  CrSlotQuestion question = { .wish = { .patient_id = b->base.garcia,
                                        .parts = { { .visit_type_id = b->base.follow_up },
                                                   { .visit_type_id = b->base.follow_up } },
                                        .join = join,
                                        .from = FIXTURE_TODAY,
                                        .earliest_min = CR_MINUTE_NONE,
                                        .latest_min = CR_MINUTE_NONE },
                              .limit = 3 };
  cr_next_available_async (b->base.session, &question, fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  CrSlotAnswer *answer = cr_next_available_finish (b->base.session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->slots->len, ==, 3);
  return answer;
}

/* Found, booked at once, one step of undo; neither part is in the way of the other, whatever is done later.
 */
static void
test_two_at_once (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  g_autoptr (CrSlotAnswer) found = find_both (&b, CR_SLOT_TOGETHER);
  CrSlot slot = g_array_index (found->slots, CrSlot, 0);
  g_assert_true (slot.other_id != CR_ID_NONE && slot.other_id != slot.person_id);
  CrBooking first = book_booking (&b, b.base.garcia, slot.start), second;
  first.person_id = slot.person_id;
  first.date = slot.date;
  first.room_id = b.base.room1; /* both in the same room */
  second = first;
  second.person_id = slot.other_id;
  CrId id = try_both (&b, &first, &second, &error);
  g_assert_no_error (error);
  g_autoptr (CrAppointment) one = book_visit (&b, id);
  g_assert_cmpint (one->chain_id, !=, CR_ID_NONE);
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.minutes = 10;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  g_assert_no_error (book_undo (&b));
  g_assert_no_error (book_undo (&b)); /* both go */
  g_autoptr (CrAppointment) undone = book_visit (&b, id);
  g_assert_cmpint (undone->stage, ==, CR_STAGE_CANCELLED);
  g_assert_no_error (book_redo (&b));
  book_look (&b, slot.date);
  GListModel *visits = cr_day_schedule_get_visits (b.day);
  guint parts = 0;
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    const CrAppointment *a = ((const CrVisit *)cr_row_peek (row))->appointment;
    parts += a->chain_id == one->chain_id && a->stage == CR_STAGE_SCHEDULED && a->start_min == slot.start;
  }
  g_assert_cmpuint (parts, ==, 2);
  book_tear_down (&b);
}

/* The second begins when the first ends; a third visit of the patient is refused as ever, and nothing of a
 * pair stays when its second part cannot be. */
static void
test_one_after_the_other (void)
{
  Book b;
  g_autoptr (GError) error = NULL, busy = NULL, taken = NULL;
  book_set_up (&b, "frontdesk");
  g_autoptr (CrSlotAnswer) found = find_both (&b, CR_SLOT_AFTER);
  CrSlot slot = g_array_index (found->slots, CrSlot, 0);
  CrBooking first = book_booking (&b, b.base.garcia, slot.start), second;
  first.person_id = slot.person_id;
  first.date = slot.date;
  second = first;
  second.person_id = slot.other_id;
  second.start += 20;
  try_both (&b, &first, &second, &error);
  g_assert_no_error (error);
  book_look (&b, slot.date);
  CrBooking third = second;
  third.accept = CR_PLACES_SOFT;
  third.person_id = slot.person_id == b.base.chen ? b.base.okafor : b.base.chen;
  g_assert_cmpint (book_try (&b, &third, &busy), ==, CR_ID_NONE);
  g_assert_error (busy, CR_ERROR, CR_ERROR_INVALID);
  guint before = g_list_model_get_n_items (cr_day_schedule_get_visits (b.day));
  first = book_booking (&b, b.base.nowak, 15 * 60);
  second = first;
  second.start = 15 * 60 + 20;
  second.room_id = b.base.room2;
  CrBooking holder = book_booking (&b, b.base.mariana, 15 * 60 + 20);
  holder.person_id = b.base.chen;
  holder.room_id = b.base.room2;
  book_try (&b, &holder, &error);
  g_assert_no_error (error);
  g_assert_cmpint (try_both (&b, &first, &second, &taken), ==, CR_ID_NONE);
  g_assert_error (taken, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_nonnull (strstr (taken->message, "Room 2 is taken"));
  book_look (&b, cr_date_add_days (FIXTURE_TODAY, 1));
  book_look (&b, FIXTURE_TODAY);
  g_assert_cmpuint (g_list_model_get_n_items (cr_day_schedule_get_visits (b.day)), ==, before + 1);
  book_tear_down (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book-rooms/chosen", test_chosen);
  g_test_add_func ("/book-rooms/found-with-room", test_found_with_room);
  g_test_add_func ("/book-rooms/pick", test_pick);
  g_test_add_func ("/book-rooms/two-at-once", test_two_at_once);
  g_test_add_func ("/book-rooms/one-after-the-other", test_one_after_the_other);
  return g_test_run ();
}
