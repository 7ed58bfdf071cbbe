/* Series: previewed one by one and nothing saved, booked as rows of their own in one step, changed and
 * cancelled alone, from one on, or all. */
#include "book-fixture.h"
#include "chartroom/store/desk-stores.h"

static CrSeries
weekly (const Book *b, int count)
{
  return (CrSeries){ .patient_id = b->base.garcia,
                     .person_id = b->base.okafor,
                     .visit_type_id = b->base.follow_up,
                     .start_min = 11 * 60,
                     .minutes = 20,
                     .rule = CR_SERIES_WEEKLY,
                     .every = 1,
                     .month_day = CR_INT_NONE,
                     .nth = CR_INT_NONE,
                     .weekday = CR_INT_NONE,
                     .start_on = cr_date_add_days (FIXTURE_TODAY, 7),
                     .count = count };
}

static GPtrArray *
preview (Book *b, const CrSeries *series)
{
  g_autoptr (GError) error = NULL;
  cr_series_preview_async (b->base.session, series, fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  GPtrArray *occurrences = cr_series_preview_finish (result, &error);
  g_assert_no_error (error);
  return occurrences;
}

static int
finish (Book *b, GError **error)
{
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  return cr_series_finish (result, error);
}

typedef struct {
  CrId patient;
  GPtrArray *visits, *series;
} Lists;

static gboolean
lists_job (CrTx *tx, gpointer data, GError **error)
{
  Lists *lists = data;
  lists->visits = cr_appointments_for_patient (tx, lists->patient, error); /* newest first */
  lists->series = cr_series_list (tx, lists->patient, error);
  return lists->visits != NULL && lists->series != NULL;
}

static Lists
lists_of (Book *b)
{
  g_autoptr (GError) error = NULL;
  Lists lists = { .patient = b->base.garcia };
  cr_session_run (b->base.session, CR_RIGHT_SCHEDULE_VIEW, lists_job, &lists, &error);
  g_assert_no_error (error);
  return lists;
}

static void
lists_clear (Lists *lists)
{
  g_ptr_array_unref (lists->visits);
  g_ptr_array_unref (lists->series);
}

/* "s" scheduled, "c" cancelled, from the first day on. */
static void
assert_stages (Book *b, const char *wanted)
{
  Lists lists = lists_of (b);
  g_autoptr (GString) stages = g_string_new (NULL);
  for (guint i = lists.visits->len; i > 0; i--)
    g_string_append_c (stages, CR_STAGE_CODES[((CrAppointment *)lists.visits->pdata[i - 1])->stage][0]);
  g_assert_cmpstr (stages->str, ==, wanted);
  lists_clear (&lists);
}

static CrId
nth_visit (Book *b, guint n)
{
  Lists lists = lists_of (b);
  CrId id = ((CrAppointment *)lists.visits->pdata[lists.visits->len - 1 - n])->id;
  lists_clear (&lists);
  return id;
}

static void
assert_starts (Book *b, const int *starts, guint n)
{
  Lists lists = lists_of (b);
  g_assert_cmpuint (lists.visits->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (((CrAppointment *)lists.visits->pdata[n - 1 - i])->start_min, ==, starts[i]);
  lists_clear (&lists);
}

static void
book_series (Book *b, int count)
{
  g_autoptr (GError) error = NULL;
  CrSeries series = weekly (b, count);
  g_autoptr (GPtrArray) occurrences = preview (b, &series);
  cr_series_book_async (b->base.session, &series, occurrences, fixture_done_cb, &b->result);
  g_assert_cmpint (finish (b, &error), ==, count);
  g_assert_no_error (error);
}

/* The second of four is taken, and one is on a day on which the patient is elsewhere at that time. */
static void
test_preview (void)
{
  Book b;
  g_autoptr (GError) error = NULL, late = NULL;
  book_set_up (&b, "frontdesk");
  CrBooking other = book_booking (&b, b.base.nowak, 11 * 60 + 10);
  other.date = cr_date_add_days (FIXTURE_TODAY, 14);
  book_try (&b, &other, &error);
  g_assert_no_error (error);
  other = book_booking (&b, b.base.garcia, 11 * 60);
  other.person_id = b.base.chen;
  other.date = cr_date_add_days (FIXTURE_TODAY, 21);
  book_try (&b, &other, &error);
  g_assert_no_error (error);
  CrSeries series = weekly (&b, 4);
  g_autoptr (GPtrArray) occurrences = preview (&b, &series);
  g_assert_cmpuint (occurrences->len, ==, 4);
  static const struct {
    guint places;
    gboolean hard;
  } EXPECTED[] = { { 0, FALSE },
                   { CR_PLACE_BIT (CR_PLACE_OVERLAP), FALSE },
                   { CR_PLACE_BIT (CR_PLACE_PATIENT_BUSY), TRUE },
                   { 0, FALSE } };
  for (guint i = 0; i < 4; i++) {
    const CrOccurrence *occurrence = occurrences->pdata[i];
    g_assert_cmphex (occurrence->places, ==, EXPECTED[i].places);
    g_assert_true (occurrence->hard == EXPECTED[i].hard);
    g_assert_true (occurrence->wanted == (EXPECTED[i].places == 0));
    g_assert_true ((occurrence->sentence == NULL) == (EXPECTED[i].places == 0));
  }
  assert_stages (&b, "s"); /* the preview has saved nothing */
  other = book_booking (&b, b.base.mariana, 11 * 60);
  other.date = cr_date_add_days (FIXTURE_TODAY, 28); /* taken between the preview and the booking */
  book_try (&b, &other, &error);
  g_assert_no_error (error);
  cr_series_book_async (b.base.session, &series, occurrences, fixture_done_cb, &b.result);
  g_assert_cmpint (finish (&b, &late), ==, -1);
  g_assert_error (late, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_true (g_str_has_prefix (late->message, "Mon Dec 21, 2026: Dr. Okafor already has a visit"));
  assert_stages (&b, "s"); /* all or none */
  book_tear_down (&b);
}

static void
test_book_and_undo (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  book_series (&b, 4);
  assert_stages (&b, "ssss");
  g_assert_cmpstr (cr_session_undo_label (b.base.session), ==, "Booked 4 visits of GARCIA, Maria");
  g_assert_no_error (book_undo (&b));
  assert_stages (&b, "cccc");
  g_assert_false (cr_session_can_undo (b.base.session)); /* one step */
  g_assert_no_error (book_redo (&b));
  assert_stages (&b, "ssss");
  book_tear_down (&b);
}

static void
cancel (Book *b, CrId visit, CrSeriesScope scope, int n)
{
  g_autoptr (GError) error = NULL;
  cr_series_cancel_async (b->base.session, visit, scope, "invented", fixture_done_cb, &b->result);
  g_assert_cmpint (finish (b, &error), ==, n);
  g_assert_no_error (error);
}

/* One that goes never touches another. */
static void
test_cancel (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  book_series (&b, 5);
  cancel (&b, nth_visit (&b, 1), CR_SCOPE_THIS, 1);
  assert_stages (&b, "scsss");
  cancel (&b, nth_visit (&b, 3), CR_SCOPE_FOLLOWING, 2);
  assert_stages (&b, "scscc");
  g_assert_no_error (book_undo (&b));
  assert_stages (&b, "scsss");
  cancel (&b, nth_visit (&b, 2), CR_SCOPE_ALL, 4);
  assert_stages (&b, "ccccc");
  g_assert_no_error (book_undo (&b));
  assert_stages (&b, "scsss");
  book_tear_down (&b);
}

static int
change (Book *b, guint nth, CrSeriesScope scope, int start, int days)
{
  g_autoptr (GError) error = NULL;
  CrVisitChange wanted = CR_VISIT_CHANGE (nth_visit (b, nth));
  g_autoptr (CrAppointment) visit = book_visit (b, wanted.appointment);
  wanted.start = start;
  wanted.date = cr_date_add_days (visit->date, days);
  cr_series_change_preview_async (b->base.session, &wanted, scope, fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  g_autoptr (GPtrArray) occurrences = cr_series_preview_finish (result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < occurrences->len; i++)
    g_assert_true (((CrOccurrence *)occurrences->pdata[i])->wanted);
  cr_series_change_async (b->base.session, &wanted, scope, occurrences, fixture_done_cb, &b->result);
  int n = finish (b, &error);
  g_assert_no_error (error);
  return n;
}

static void
test_change (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  book_series (&b, 4);
  g_assert_cmpint (change (&b, 1, CR_SCOPE_THIS, 14 * 60, 0), ==, 1);
  assert_starts (&b, (const int[]){ 660, 840, 660, 660 }, 4);
  g_assert_cmpint (change (&b, 2, CR_SCOPE_FOLLOWING, 15 * 60, 0), ==, 2);
  assert_starts (&b, (const int[]){ 660, 840, 900, 900 }, 4);
  Lists split = lists_of (&b);
  g_assert_cmpuint (split.series->len, ==, 2);
  const CrSeries *rest = split.series->pdata[0], *first = split.series->pdata[1];
  g_assert_cmpint (rest->follows_id, ==, first->id);
  g_assert_cmpint (rest->start_min, ==, 900);
  g_assert_cmpint (cr_date_compare (first->until_on, rest->start_on), <, 0);
  lists_clear (&split);
  g_assert_cmpint (change (&b, 0, CR_SCOPE_ALL, 16 * 60, 0), ==, 2); /* those that are still of that series */
  assert_starts (&b, (const int[]){ 960, 960, 900, 900 }, 4);
  for (int i = 0; i < 3; i++)
    g_assert_no_error (book_undo (&b));
  assert_starts (&b, (const int[]){ 660, 660, 660, 660 }, 4);
  book_tear_down (&b);
}

/* Type, length, room and reason of all that follow: previewed, each a row of its own, one step; what a visit
 * has of its own stays where nothing was asked of it. */
static void
test_change_what (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  book_series (&b, 4);
  change (&b, 2, CR_SCOPE_THIS, 14 * 60, 0); /* one that stands elsewhere */
  CrBooking other = book_booking (&b, b.base.nowak, 11 * 60 + 20);
  other.date = cr_date_add_days (FIXTURE_TODAY, 28);
  book_try (&b, &other, &error);
  g_assert_no_error (error);
  CrVisitChange wanted = CR_VISIT_CHANGE (nth_visit (&b, 1));
  wanted.visit_type_id = b.base.new_patient; /* 40 minutes */
  wanted.room_id = b.base.room2;
  wanted.reason = " Knee, invented ";
  cr_series_change_preview_async (b.base.session, &wanted, CR_SCOPE_FOLLOWING, fixture_done_cb, &b.result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b.result);
  b.result = NULL;
  g_autoptr (GPtrArray) occurrences = cr_series_preview_finish (result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_cmpuint (occurrences->len, ==, 3);
  CrOccurrence *last = occurrences->pdata[2];
  g_assert_cmpint (last->minutes, ==, 40);
  g_assert_cmphex (last->places, ==, CR_PLACE_BIT (CR_PLACE_OVERLAP)); /* said before anything is saved */
  last->wanted = TRUE;
  cr_series_change_async (b.base.session, &wanted, CR_SCOPE_FOLLOWING, occurrences, fixture_done_cb,
                          &b.result);
  g_assert_cmpint (finish (&b, &error), ==, 3);
  g_assert_no_error (error);
  assert_starts (&b, (const int[]){ 660, 660, 840, 660 }, 4);
  for (guint i = 0; i < 4; i++) {
    g_autoptr (CrAppointment) visit = book_visit (&b, nth_visit (&b, i));
    g_assert_cmpint (visit->visit_type_id, ==, i > 0 ? b.base.new_patient : b.base.follow_up);
    g_assert_cmpint (visit->minutes, ==, i > 0 ? 40 : 20);
    g_assert_cmpint (visit->room_id, ==, i > 0 ? b.base.room2 : CR_ID_NONE);
    g_assert_cmpstr (visit->reason, ==, i > 0 ? "Knee, invented" : NULL);
  }
  Lists split = lists_of (&b);
  const CrSeries *rest = split.series->pdata[0];
  g_assert_cmpstr (rest->reason, ==, "Knee, invented"); /* the rule follows */
  g_assert_cmpint (rest->room_id, ==, b.base.room2);
  lists_clear (&split);
  g_assert_no_error (book_undo (&b)); /* one step */
  g_autoptr (CrAppointment) undone = book_visit (&b, nth_visit (&b, 3));
  g_assert_null (undone->reason);
  g_assert_cmpint (undone->minutes, ==, 20);
  book_tear_down (&b);
}

/* A week later each: every visit goes where the next one stood, none is in another's way. */
static void
test_shift (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  book_series (&b, 4);
  CrId first = nth_visit (&b, 0);
  g_assert_cmpint (change (&b, 0, CR_SCOPE_ALL, 11 * 60, 7), ==, 4);
  book_assert (&b, first, cr_date_add_days (FIXTURE_TODAY, 14), 11 * 60, 20);
  g_assert_cmpint (change (&b, 0, CR_SCOPE_ALL, 11 * 60, -7), ==, 4);
  book_assert (&b, first, cr_date_add_days (FIXTURE_TODAY, 7), 11 * 60, 20);
  g_assert_no_error (book_undo (&b));
  g_assert_no_error (book_undo (&b));
  g_assert_no_error (book_redo (&b));
  book_assert (&b, first, cr_date_add_days (FIXTURE_TODAY, 14), 11 * 60, 20);
  book_tear_down (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/preview", test_preview);
  g_test_add_func ("/series/book-and-undo", test_book_and_undo);
  g_test_add_func ("/series/cancel", test_cancel);
  g_test_add_func ("/series/change", test_change);
  g_test_add_func ("/series/change-what", test_change_what);
  g_test_add_func ("/series/shift", test_shift);
  return g_test_run ();
}
