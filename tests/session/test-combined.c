/* One part of a combined visit is moved or cancelled: what is said of the other one, and how it follows. */
#include "chartroom/session/combined.h"
#include "book-fixture.h"
#include "chartroom/session/visit-desk.h"

enum { START = 14 * 60, LENGTH = 20 };

static CrDate
tomorrow (void)
{
  return cr_date_add_days (FIXTURE_TODAY, 1);
}

/* Dr. Okafor at 2 PM, and Dr. Chen so much later.  ids: of both. */
static void
book_pair (Book *b, int later, CrId ids[2])
{
  g_autoptr (GError) error = NULL;
  CrBooking first = book_booking (b, b->base.garcia, START), second = first;
  second.person_id = b->base.chen;
  second.start += later;
  cr_combined_book_async (b->base.session, &first, &second, fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  ids[0] = cr_combined_book_finish (b->base.session, result, &error);
  g_assert_no_error (error);
  book_look (b, tomorrow ());
  book_look (b, FIXTURE_TODAY);
  const CrVisit *visit = cr_day_schedule_find (b->day, ids[0]);
  ids[1] = visit->other_id;
  g_assert_cmpint (visit->other_start, ==, second.start);
  g_assert_nonnull (strstr (visit->other_clinician, "Chen"));
  visit = cr_day_schedule_find (b->day, ids[1]);
  g_assert_cmpint (visit->other_id, ==, ids[0]);
  g_assert_cmpint (visit->other_start, ==, START);
}

static CrPartLeft *
ask_left (Book *b)
{
  g_autoptr (GError) error = NULL;
  cr_part_left_async (b->base.session, fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  CrPartLeft *left = cr_part_left_finish (b->base.session, result, &error);
  g_assert_no_error (error);
  return left;
}

static void
expect_none (Book *b)
{
  g_autoptr (CrPartLeft) left = ask_left (b);
  g_assert_null (left);
}

static CrPartLeft *
expect_left (Book *b, CrId appointment)
{
  CrPartLeft *left = ask_left (b);
  g_assert_nonnull (left);
  g_assert_cmpint (left->appointment, ==, appointment);
  g_assert_cmpint (left->patient->id, ==, b->base.garcia);
  return left;
}

static void
move (Book *b, CrId id, CrDate date, int start)
{
  g_autoptr (GError) error = NULL;
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.date = date;
  change.start = start;
  change.accept = CR_PLACES_SOFT;
  book_change (b, &change, &error);
  g_assert_no_error (error);
}

static GError *
follow (Book *b, const CrPartLeft *left)
{
  cr_part_follow_async (b->base.session, left, fixture_done_cb, &b->result);
  return fixture_finish (&b->result);
}

static void
cancel (Book *b, CrId id)
{
  cr_day_schedule_cancel_async (b->day, id, "Patient is ill", fixture_done_cb, &b->result);
  g_assert_no_error (fixture_finish (&b->result));
}

static void
expect_stage (Book *b, CrId id, int stage, const char *reason)
{
  g_autoptr (CrAppointment) visit = book_visit (b, id);
  g_assert_cmpint (visit->stage, ==, stage);
  g_assert_cmpstr (visit->cancel_reason, ==, reason);
}

static void
test_at_once (void)
{
  Book b;
  CrId ids[2];
  book_set_up (&b, "frontdesk");
  book_pair (&b, 0, ids);
  expect_none (&b);
  move (&b, ids[0], tomorrow (), START + 60);
  book_assert (&b, ids[1], FIXTURE_TODAY, START, LENGTH); /* nothing goes unasked */
  g_autoptr (CrPartLeft) left = expect_left (&b, ids[1]);
  g_assert_false (left->cancelled);
  g_assert_cmpint (cr_date_compare (left->date, FIXTURE_TODAY), ==, 0);
  g_assert_cmpint (left->start, ==, START);
  g_assert_cmpint (left->to_start, ==, START + 60);
  g_assert_no_error (follow (&b, left));
  book_assert (&b, ids[1], tomorrow (), START + 60, LENGTH);
  g_autoptr (CrAppointment) part = book_visit (&b, ids[1]);
  g_assert_cmpint (part->person_id, ==, b.base.chen);
  expect_none (&b);
  /* Undone step by step, and done again. */
  g_assert_no_error (book_undo (&b));
  book_assert (&b, ids[1], FIXTURE_TODAY, START, LENGTH);
  book_assert (&b, ids[0], tomorrow (), START + 60, LENGTH);
  g_clear_pointer (&left, cr_part_left_free);
  left = expect_left (&b, ids[1]);
  g_assert_no_error (book_undo (&b));
  book_assert (&b, ids[0], FIXTURE_TODAY, START, LENGTH);
  expect_none (&b);
  g_assert_no_error (book_redo (&b));
  g_clear_pointer (&left, cr_part_left_free);
  left = expect_left (&b, ids[1]);
  g_assert_no_error (book_redo (&b));
  book_assert (&b, ids[1], tomorrow (), START + 60, LENGTH);
  expect_none (&b);
  book_tear_down (&b);
}

/* The later one first, by ten minutes; then both to another day, and apart from each other. */
static void
test_one_after_the_other (void)
{
  Book b;
  CrId ids[2];
  book_set_up (&b, "frontdesk");
  book_pair (&b, LENGTH, ids);
  move (&b, ids[1], FIXTURE_TODAY, START + LENGTH + 10);
  g_autoptr (CrPartLeft) left = expect_left (&b, ids[0]);
  g_assert_no_error (follow (&b, left));
  book_assert (&b, ids[0], FIXTURE_TODAY, START + 10, LENGTH);
  expect_none (&b);
  /* As far again: that is a new move, not the answer to the last one; and what is put right at once counts as
   * one. */
  move (&b, ids[1], FIXTURE_TODAY, START + LENGTH + 20);
  g_autoptr (CrPartLeft) again = expect_left (&b, ids[0]);
  g_assert_cmpint (again->to_start, ==, START + 20);
  move (&b, ids[1], FIXTURE_TODAY, START + LENGTH + 35);
  g_autoptr (CrPartLeft) farther = expect_left (&b, ids[0]);
  g_assert_cmpint (farther->to_start, ==, START + 35);
  /* By hand it may stand anywhere beside the other one, and nothing is said. */
  move (&b, ids[0], FIXTURE_TODAY, START + 2 * LENGTH + 35);
  expect_none (&b);
  move (&b, ids[0], tomorrow (), START);
  g_autoptr (CrPartLeft) apart = expect_left (&b, ids[1]);
  g_assert_cmpint (cr_date_compare (apart->to_date, tomorrow ()), ==, 0);
  /* Two parts that stand apart on purpose follow each other all the same. */
  move (&b, ids[1], FIXTURE_TODAY, START + 120);
  move (&b, ids[0], cr_date_add_days (FIXTURE_TODAY, 2), START);
  g_autoptr (CrPartLeft) far = expect_left (&b, ids[1]);
  g_assert_no_error (follow (&b, far));
  book_assert (&b, ids[1], tomorrow (), START + 120, LENGTH);
  expect_none (&b);
  book_tear_down (&b);
}

static void
expect_refused (Book *b, const CrPartLeft *left, CrErrorCode code, const char *words)
{
  g_autoptr (GError) error = follow (b, left);
  g_assert_error (error, CR_ERROR, (int)code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not said: %s", words, error->message);
  book_assert (b, left->appointment, left->date, left->start, LENGTH);
}

static void
block_chen (Book *b, int from)
{
  g_autoptr (GError) error = NULL;
  CrBooking taken = book_booking (b, b->base.nowak, from);
  taken.person_id = b->base.chen;
  taken.date = tomorrow ();
  book_try (b, &taken, &error);
  g_assert_no_error (error);
}

/* The clinician is busy there; the practice is closed then; it is past; somebody moved it meanwhile. */
static void
test_refused (void)
{
  Book b;
  CrId ids[2];
  book_set_up (&b, "frontdesk");
  block_chen (&b, START + 60);
  book_pair (&b, 0, ids);
  move (&b, ids[0], tomorrow (), START + 60);
  g_autoptr (CrPartLeft) busy = expect_left (&b, ids[1]);
  expect_refused (&b, busy, CR_ERROR_CONFLICT, "Next free");
  move (&b, ids[0], tomorrow (), 22 * 60);
  g_autoptr (CrPartLeft) closed = expect_left (&b, ids[1]);
  expect_refused (&b, closed, CR_ERROR_CONFLICT, "Dr. Chen");
  move (&b, ids[0], cr_date_add_days (FIXTURE_TODAY, -3), START);
  g_autoptr (CrPartLeft) past = expect_left (&b, ids[1]);
  expect_refused (&b, past, CR_ERROR_CONFLICT, "has passed");
  g_autoptr (CrPartLeft) stale = expect_left (&b, ids[1]);
  move (&b, ids[1], FIXTURE_TODAY, START + 40);
  g_autoptr (GError) meanwhile = follow (&b, stale);
  g_assert_error (meanwhile, CR_ERROR, CR_ERROR_CONFLICT);
  book_assert (&b, ids[1], FIXTURE_TODAY, START + 40, LENGTH);
  book_tear_down (&b);
}

static void
test_cancelled (void)
{
  Book b;
  CrId ids[2];
  book_set_up (&b, "frontdesk");
  book_pair (&b, LENGTH, ids);
  cancel (&b, ids[1]);
  expect_stage (&b, ids[0], CR_STAGE_SCHEDULED, NULL);
  g_autoptr (CrPartLeft) left = expect_left (&b, ids[0]);
  g_assert_true (left->cancelled);
  g_assert_no_error (follow (&b, left));
  expect_stage (&b, ids[0], CR_STAGE_CANCELLED, "Patient is ill");
  expect_none (&b);
  g_assert_no_error (book_undo (&b));
  expect_stage (&b, ids[0], CR_STAGE_SCHEDULED, NULL);
  expect_stage (&b, ids[1], CR_STAGE_CANCELLED, "Patient is ill");
  g_clear_pointer (&left, cr_part_left_free);
  left = expect_left (&b, ids[0]);
  g_assert_no_error (book_undo (&b));
  expect_stage (&b, ids[1], CR_STAGE_SCHEDULED, NULL);
  expect_none (&b);
  book_tear_down (&b);
}

/* What is no leaving; and the next change ends it. */
static void
test_silent (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  CrId ids[2];
  book_set_up (&b, "frontdesk");
  book_pair (&b, LENGTH, ids);
  CrVisitChange change = CR_VISIT_CHANGE (ids[0]);
  change.minutes = 10;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  expect_none (&b);
  move (&b, ids[0], tomorrow (), START);
  g_autoptr (CrPartLeft) left = expect_left (&b, ids[1]);
  move (&b, ids[0], FIXTURE_TODAY, START); /* and back again */
  expect_none (&b);
  move (&b, ids[0], tomorrow (), START);
  CrId other = book_one (&b, b.base.nowak, 11 * 60);
  expect_none (&b);
  cancel (&b, other);
  expect_none (&b);
  move (&b, ids[0], tomorrow (), START + 20);
  g_autoptr (CrPartLeft) again = expect_left (&b, ids[1]);
  cr_part_leave (b.base.session, again);
  expect_none (&b);
  move (&b, ids[0], tomorrow (), START + 40);
  g_autoptr (CrPartLeft) anew = expect_left (&b, ids[1]);
  fixture_sign_in (&b.base, "admin"); /* it was not their step */
  fixture_spin ();
  expect_none (&b);
  book_tear_down (&b);
}

/* Who arrives, arrives for both parts; one undo takes both back. */
static void
test_arrives (void)
{
  Book b;
  CrId ids[2];
  static const CrVerified AS_IT_IS = { NULL, NULL, NULL, NULL };
  book_set_up (&b, "frontdesk");
  book_pair (&b, 0, ids);
  cr_day_schedule_arrive_async (b.day, ids[1], &AS_IT_IS, fixture_done_cb, &b.result);
  g_assert_no_error (fixture_finish (&b.result));
  expect_stage (&b, ids[0], CR_STAGE_ARRIVED, NULL);
  expect_stage (&b, ids[1], CR_STAGE_ARRIVED, NULL);
  g_assert_no_error (book_undo (&b));
  expect_stage (&b, ids[0], CR_STAGE_SCHEDULED, NULL);
  expect_stage (&b, ids[1], CR_STAGE_SCHEDULED, NULL);
  book_tear_down (&b);
}

static void
stage (Book *b, CrId id, int stage)
{
  cr_day_schedule_stage_async (b->day, id, stage, CR_ID_NONE, fixture_done_cb, &b->result);
  g_autoptr (GError) error = fixture_finish (&b->result);
  g_assert_no_error (error);
}

/* By a key in the book, without the verify strip: confirmed and there for both; in the room of one. */
static void
test_stages (void)
{
  Book b;
  CrId ids[2];
  book_set_up (&b, "frontdesk");
  book_pair (&b, 0, ids);
  stage (&b, ids[0], CR_STAGE_CONFIRMED);
  expect_stage (&b, ids[1], CR_STAGE_CONFIRMED, NULL);
  stage (&b, ids[1], CR_STAGE_ARRIVED);
  expect_stage (&b, ids[0], CR_STAGE_ARRIVED, NULL);
  stage (&b, ids[1], CR_STAGE_READY);
  expect_stage (&b, ids[0], CR_STAGE_ARRIVED, NULL); /* still to be seen there */
  g_assert_no_error (book_undo (&b));
  g_assert_no_error (book_undo (&b));
  expect_stage (&b, ids[0], CR_STAGE_CONFIRMED, NULL);
  expect_stage (&b, ids[1], CR_STAGE_CONFIRMED, NULL);
  book_tear_down (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/combined/at-once", test_at_once);
  g_test_add_func ("/combined/one-after-the-other", test_one_after_the_other);
  g_test_add_func ("/combined/refused", test_refused);
  g_test_add_func ("/combined/cancelled", test_cancelled);
  g_test_add_func ("/combined/silent", test_silent);
  g_test_add_func ("/combined/arrives", test_arrives);
  g_test_add_func ("/combined/stages", test_stages);
  return g_test_run ();
}
