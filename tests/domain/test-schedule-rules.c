/* Hours, blocks, overlaps, free slots (UX 3.4, 7.3).  Today is Monday, Nov 23, 2026, 10:00 AM. */
#include "chartroom/domain/schedule-rules.h"
#include "expect.h"

#define OKAFOR 1
#define CHEN 2
#define GARCIA 11
#define NOWAK 12
#define TODAY CR_DATE (2026, 11, 23)
#define NOW 600

/* A book that a test fills; freed as one. */
typedef struct {
  CrDay day;
  GPtrArray *hours, *exceptions, *visits;
} Book;

static Book *
book_new (CrDate date)
{
  Book *book = g_new0 (Book, 1);
  book->hours = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  book->exceptions = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_schedule_exception_free);
  book->visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_appointment_free);
  book->day = (CrDay){ date, OKAFOR, book->hours, book->exceptions, book->visits };
  return book;
}

static void
book_free (Book *book)
{
  g_ptr_array_unref (book->hours);
  g_ptr_array_unref (book->exceptions);
  g_ptr_array_unref (book->visits);
  g_free (book);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Book, book_free)

static CrHours *
add_hours (Book *book, int weekday, int start, int end)
{
  CrHours *hours = cr_hours_new ();
  hours->person_id = OKAFOR;
  hours->weekday = weekday;
  hours->start_min = start;
  hours->end_min = end;
  g_ptr_array_add (book->hours, hours);
  return hours;
}

/* start −1: without times. */
static CrScheduleException *
add_exception (Book *book, CrExceptionKind kind, CrId person_id, int start, int end, const char *reason)
{
  CrScheduleException *e = cr_schedule_exception_new ();
  e->person_id = person_id;
  e->date = book->day.date;
  e->kind = kind;
  if (start >= 0) {
    e->start_min = start;
    e->end_min = end;
  }
  e->reason = g_strdup (reason);
  g_ptr_array_add (book->exceptions, e);
  return e;
}

static CrAppointment *
add_visit (Book *book, CrId id, CrId person_id, CrId patient_id, int start, int minutes)
{
  CrAppointment *a = cr_appointment_new ();
  a->id = id;
  a->person_id = person_id;
  a->patient_id = patient_id;
  a->date = book->day.date;
  a->start_min = start;
  a->minutes = minutes;
  g_ptr_array_add (book->visits, a);
  return a;
}

/* Mondays 9–12 and 13–17, Wednesdays 9–12. */
static Book *
ordinary_monday (void)
{
  Book *book = book_new (TODAY);
  add_hours (book, 1, 540, 720);
  add_hours (book, 1, 780, 1020);
  add_hours (book, 3, 540, 720);
  return book;
}

/* "540-720 780-1020"; frees the array. */
static void
expect_spans (GArray *taken, const char *expected)
{
  g_autoptr (GArray) spans = taken;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < spans->len; i++) {
    CrSpan span = g_array_index (spans, CrSpan, i);
    g_string_append_printf (text, "%s%d-%d", i > 0 ? " " : "", span.start, span.end);
  }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
expect_starts (GArray *taken, const char *expected)
{
  g_autoptr (GArray) starts = taken;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < starts->len; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? " " : "", g_array_index (starts, int, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_open_spans (void)
{
  g_autoptr (Book) book = ordinary_monday ();
  expect_spans (cr_day_open_spans (&book->day), "540-720 780-1020");
  CrHours *others = add_hours (book, 1, 0, 1440);
  others->person_id = CHEN;
  expect_spans (cr_day_open_spans (&book->day), "540-720 780-1020");
  add_hours (book, 1, 700, 780); /* overlaps one, touches the other */
  expect_spans (cr_day_open_spans (&book->day), "540-1020");
  add_exception (book, CR_EXCEPTION_EXTRA, OKAFOR, 1080, 1140, NULL);
  expect_spans (cr_day_open_spans (&book->day), "540-1020 1080-1140");
  add_exception (book, CR_EXCEPTION_CLOSED, OKAFOR, 600, 630, NULL);
  expect_spans (cr_day_open_spans (&book->day), "540-600 630-1020 1080-1140");
  add_exception (book, CR_EXCEPTION_CLOSED, CHEN, 0, 1440, NULL);
  add_exception (book, CR_EXCEPTION_BLOCKED, OKAFOR, 900, 960, NULL);
  expect_spans (cr_day_open_spans (&book->day), "540-600 630-1020 1080-1140");
  expect_spans (cr_day_blocked_spans (&book->day), "900-960");
  CrScheduleException *tomorrow = add_exception (book, CR_EXCEPTION_CLOSED, CR_ID_NONE, -1, -1, "Holiday");
  tomorrow->date = CR_DATE (2026, 11, 24);
  expect_spans (cr_day_open_spans (&book->day), "540-600 630-1020 1080-1140");
  add_exception (book, CR_EXCEPTION_CLOSED, CR_ID_NONE, -1, -1, "Holiday");
  expect_spans (cr_day_open_spans (&book->day), "");
}

static void
test_hours_validity (void)
{
  static const struct {
    CrDate from, to;
    gboolean applies;
  } cases[] = {
    { { 0 }, { 0 }, TRUE },
    { { 2026, 11, 23 }, { 2026, 11, 23 }, TRUE },
    { { 2026, 11, 24 }, { 0 }, FALSE },
    { { 0 }, { 2026, 11, 22 }, FALSE },
    { { 2026, 1, 1 }, { 2026, 12, 31 }, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Book) book = book_new (TODAY);
    CrHours *hours = add_hours (book, 1, 540, 600);
    hours->valid_from = cases[i].from;
    hours->valid_to = cases[i].to;
    expect_spans (cr_day_open_spans (&book->day), cases[i].applies ? "540-600" : "");
  }
}

static void
test_blocks_are_joined (void)
{
  g_autoptr (Book) book = ordinary_monday ();
  add_exception (book, CR_EXCEPTION_BLOCKED, OKAFOR, 960, 1000, NULL);
  add_exception (book, CR_EXCEPTION_BLOCKED, CR_ID_NONE, 570, 600, NULL);
  add_exception (book, CR_EXCEPTION_BLOCKED, OKAFOR, 600, 620, NULL);
  add_exception (book, CR_EXCEPTION_BLOCKED, OKAFOR, 700, 690, "upside down");
  expect_spans (cr_day_blocked_spans (&book->day), "570-620 960-1000");
}

static void
test_check (void)
{
  g_autoptr (Book) book = ordinary_monday ();
  add_exception (book, CR_EXCEPTION_BLOCKED, OKAFOR, 960, 1020, "Phone hour");
  add_visit (book, 101, OKAFOR, GARCIA, 630, 20);
  add_visit (book, 102, CHEN, NOWAK, 840, 40);
  add_visit (book, 103, OKAFOR, NOWAK, 660, 20)->stage = CR_STAGE_CANCELLED;
  static const struct {
    int start, minutes;
    CrId patient, ignore;
    CrPlace place;
  } cases[] = {
    { 650, 20, 13, 0, CR_PLACE_OK }, /* right after Garcia */
    { 610, 20, 13, 0, CR_PLACE_OK }, /* right before */
    { 660, 20, 13, 0, CR_PLACE_OK }, /* the cancelled visit holds no slot */
    { 640, 20, 13, 0, CR_PLACE_OVERLAP },
    { 620, 60, 13, 0, CR_PLACE_OVERLAP },  /* around it */
    { 640, 20, GARCIA, 101, CR_PLACE_OK }, /* its own slot when moved */
    { 640, 20, GARCIA, 0, CR_PLACE_PATIENT_BUSY },
    { 850, 20, NOWAK, 0, CR_PLACE_PATIENT_BUSY }, /* with the other clinician */
    { 800, 20, NOWAK, 0, CR_PLACE_SAME_DAY },
    { 800, 20, 0, 0, CR_PLACE_OK },        /* nobody chosen yet */
    { 710, 20, 13, 0, CR_PLACE_OUTSIDE },  /* into lunch */
    { 1010, 20, 13, 0, CR_PLACE_OUTSIDE }, /* past the end, although blocked too */
    { 950, 20, 13, 0, CR_PLACE_BLOCKED },
    { 940, 20, 13, 0, CR_PLACE_OK },
    { 590, 20, 13, 0, CR_PLACE_PAST },
    { 600, 20, 13, 0, CR_PLACE_OK },
    { 620, 0, 13, 0, CR_PLACE_OK },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cr_day_check (&book->day, cases[i].start, cases[i].minutes, cases[i].patient,
                                   cases[i].ignore, TODAY, NOW),
                     ==, cases[i].place);
}

static void
test_calendar (void)
{
  static const struct {
    CrDate date;
    CrPlace place;
    gboolean hard;
  } cases[] = {
    { { 2026, 11, 16 }, CR_PLACE_PAST, FALSE },    /* 7 days back */
    { { 2026, 11, 9 }, CR_PLACE_LONG_PAST, TRUE }, /* 14 */
    { { 2026, 11, 30 }, CR_PLACE_OK, FALSE },
    { { 2028, 5, 22 }, CR_PLACE_OK, FALSE }, /* 18 months less a day */
    { { 2028, 5, 29 }, CR_PLACE_TOO_FAR, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Book) book = book_new (cases[i].date);
    add_hours (book, 1, 540, 720);
    CrPlace place = cr_day_check (&book->day, 540, 20, GARCIA, CR_ID_NONE, TODAY, NOW);
    g_assert_cmpint (place, ==, cases[i].place);
    g_assert_true (cr_place_is_hard (place) == cases[i].hard);
  }
}

/* Whoever answers a soft question with "book all the same" has not been asked in place of a hard one. */
static void
test_hard_before_soft (void)
{
  g_autoptr (Book) closed = book_new (CR_DATE (2026, 11, 9));
  g_assert_cmpint (cr_day_check (&closed->day, 540, 20, GARCIA, CR_ID_NONE, TODAY, NOW), ==,
                   CR_PLACE_LONG_PAST);
  CrWish told = { .start = 540, .minutes = 20, .reasoned = TRUE };
  g_assert_cmphex (cr_day_places (&closed->day, &told, TODAY, NOW) & CR_PLACE_BIT (CR_PLACE_PAST), !=, 0);
  g_assert_cmphex (cr_places_hard (cr_day_places (&closed->day, &told, TODAY, NOW)), ==, 0);
  g_autoptr (Book) book = ordinary_monday ();
  add_visit (book, 101, CHEN, GARCIA, 1110, 30);
  g_assert_cmpint (cr_day_check (&book->day, 1110, 20, GARCIA, CR_ID_NONE, TODAY, NOW), ==,
                   CR_PLACE_PATIENT_BUSY);
  for (CrPlace place = CR_PLACE_OK; place < CR_N_PLACES; place++)
    g_assert_true (cr_place_is_hard (place) == (place == CR_PLACE_GONE || place == CR_PLACE_NO_TIME ||
                                                place == CR_PLACE_NOT_TYPE || place == CR_PLACE_LIMIT ||
                                                place == CR_PLACE_ROOM || place == CR_PLACE_PATIENT_BUSY ||
                                                place == CR_PLACE_LONG_PAST));
}

static void
test_empty_book (void)
{
  CrDay day = { TODAY, OKAFOR, NULL, NULL, NULL };
  expect_spans (cr_day_open_spans (&day), "");
  expect_spans (cr_day_blocked_spans (&day), "");
  expect_starts (cr_day_free_starts (&day, 20, 10, 0), "");
  g_assert_cmpint (cr_day_check (&day, 620, 20, GARCIA, CR_ID_NONE, TODAY, NOW), ==, CR_PLACE_CLOSED);
}

static void
test_sentences (void)
{
  g_autoptr (Book) book = ordinary_monday ();
  static const struct {
    CrPlace place;
    const char *sentence;
  } cases[] = {
    { CR_PLACE_OK, NULL },
    { CR_PLACE_NO_TIME,
      "There is no 10:30 AM on Mon Nov 23, 2026: the clocks go forward that night. Choose another time." },
    { CR_PLACE_GONE, "Dr. Okafor no longer works here. Choose somebody else." },
    { CR_PLACE_CLOSED, "The practice is closed on Mon Nov 23, 2026 (Thanksgiving). Choose another day, or "
                       "book all the same." },
    { CR_PLACE_OUTSIDE,
      "This is outside the hours of Dr. Okafor (9:00 AM–12:00 PM, 1:00 PM–5:00 PM). Choose a time in "
      "them, or book all the same." },
    { CR_PLACE_BLOCKED,
      "This time of Dr. Okafor is blocked (Phone hour). Choose another time, or book all the same." },
    { CR_PLACE_OVERLAP,
      "Dr. Okafor already has a visit between 10:30 AM and 10:50 AM. Choose another time, or book "
      "both side by side." },
    { CR_PLACE_PATIENT_BUSY,
      "The patient has another visit at this time. Choose another time, or move that visit." },
    { CR_PLACE_SAME_DAY, "The patient has another visit on this day. Book a second one?" },
    { CR_PLACE_PAST,
      "Mon Nov 23, 2026, 10:30 AM, has passed. Choose a later time; or, if the visit took place then, enter "
      "it all the same." },
    { CR_PLACE_LONG_PAST, "Mon Nov 23, 2026 is more than 7 days back. Choose a later day; or, if the visit "
                          "took place then, write why it "
                          "is entered so late as its reason." },
    { CR_PLACE_TOO_FAR, "This is more than 18 months ahead. Check the year, or book all the same." },
  };
  add_exception (book, CR_EXCEPTION_BLOCKED, OKAFOR, 620, 640, "Phone hour");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    if (cases[i].place == CR_PLACE_CLOSED)
      add_exception (book, CR_EXCEPTION_CLOSED, CR_ID_NONE, -1, -1, "Thanksgiving");
    CrWish wish = { .start = 630, .minutes = 20 };
    expect_text (cr_place_sentence (cases[i].place, &book->day, &wish, "Dr. Okafor"), cases[i].sentence);
    if (cases[i].place == CR_PLACE_CLOSED)
      g_ptr_array_set_size (book->exceptions, 1);
  }
}

/* Whose closure it is, and no empty brackets where nobody gave a reason. */
static void
test_closures (void)
{
  static const struct {
    CrId person;
    const char *reason, *sentence;
  } cases[] = {
    { CR_ID_NONE, "",
      "The practice is closed on Mon Nov 23, 2026. Choose another day, or book all the same." },
    { OKAFOR, "Vacation",
      "Dr. Okafor has no hours on Mon Nov 23, 2026 (Vacation). Choose another day, or book all the same." },
    { OKAFOR, "", "Dr. Okafor has no hours on Mon Nov 23, 2026. Choose another day, or book all the same." },
  };
  CrWish wish = { .start = 630, .minutes = 20 };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Book) book = ordinary_monday ();
    add_exception (book, CR_EXCEPTION_CLOSED, cases[i].person, -1, -1, cases[i].reason);
    expect_text (cr_place_sentence (CR_PLACE_CLOSED, &book->day, &wish, "Dr. Okafor"), cases[i].sentence);
  }
  g_autoptr (Book) book = ordinary_monday ();
  add_exception (book, CR_EXCEPTION_BLOCKED, OKAFOR, 620, 640, "");
  expect_text (cr_place_sentence (CR_PLACE_BLOCKED, &book->day, &wish, "Dr. Okafor"),
               "This time of Dr. Okafor is blocked (no reason given). Choose another time, or book all the "
               "same.");
}

static void
test_free_starts (void)
{
  g_autoptr (Book) book = ordinary_monday ();
  add_visit (book, 101, OKAFOR, GARCIA, 560, 20);
  add_visit (book, 102, CHEN, NOWAK, 600, 60);
  add_visit (book, 103, OKAFOR, NOWAK, 600, 20)->stage = CR_STAGE_NO_SHOW;
  add_exception (book, CR_EXCEPTION_BLOCKED, OKAFOR, 780, 1000, NULL);
  static const struct {
    int minutes, grain, from;
    const char *starts;
  } cases[] = {
    { 20, 20, 0, "540 580 600 620 640 660 680 700 1000" },
    { 20, 10, 645, "650 660 670 680 690 700 1000" },
    { 60, 30, 0, "600 630 660" },
    { 20, 15, 0, "540 585 600 615 630 645 660 675 690" },
    { 300, 10, 0, "" },
    { 20, 10, 1001, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_starts (cr_day_free_starts (&book->day, cases[i].minutes, cases[i].grain, cases[i].from),
                   cases[i].starts);
}

/* Every second week, by the week (Monday to Sunday) of phase_on. */
static void
test_week_pattern (void)
{
  static const struct {
    CrDate date;
    CrDate phase;
    gint64 every;
    gboolean on;
  } cases[] = {
    { { 2026, 11, 23 }, { 0 }, CR_INT_NONE, TRUE },   { { 2026, 11, 24 }, { 0 }, CR_INT_NONE, FALSE },
    { { 2026, 11, 23 }, { 2026, 11, 29 }, 2, TRUE },  { { 2026, 11, 23 }, { 2026, 11, 22 }, 2, FALSE },
    { { 2026, 11, 23 }, { 2026, 12, 7 }, 2, TRUE },   { { 2026, 12, 7 }, { 2026, 11, 23 }, 2, TRUE },
    { { 2026, 11, 30 }, { 2026, 11, 23 }, 2, FALSE }, { { 2027, 1, 4 }, { 2026, 12, 14 }, 3, TRUE },
    { { 2027, 1, 11 }, { 2026, 12, 14 }, 3, FALSE },  { { 2026, 11, 23 }, { 0 }, 2, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrHours) hours = cr_hours_new ();
    hours->weekday = 1;
    hours->every_weeks = cases[i].every;
    hours->phase_on = cases[i].phase;
    g_assert_true (cr_hours_on (hours, cases[i].date) == cases[i].on);
  }
}

static void
test_exception_days (void)
{
  static const struct {
    CrDate until;
    const char *weekdays, *days; /* of Nov 23 (Monday) to 29 */
  } cases[] = {
    { { 0 }, NULL, "24" },
    { { 2026, 11, 26 }, NULL, "24 25 26" },
    { { 2026, 11, 29 }, "35", "25 27" },
    { { 2026, 11, 23 }, NULL, "" }, /* withdrawn */
    { { 0 }, "1", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrScheduleException) e = cr_schedule_exception_new ();
    g_autoptr (GString) days = g_string_new (NULL);
    e->date = CR_DATE (2026, 11, 24);
    e->until_on = cases[i].until;
    e->weekdays = g_strdup (cases[i].weekdays);
    for (int day = 23; day <= 29; day++)
      if (cr_schedule_exception_on (e, CR_DATE (2026, 11, day)))
        g_string_append_printf (days, "%s%d", days->len > 0 ? " " : "", day);
    g_assert_cmpstr (days->str, ==, cases[i].days);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/open-spans", test_open_spans);
  g_test_add_func ("/schedule/hours-validity", test_hours_validity);
  g_test_add_func ("/schedule/week-pattern", test_week_pattern);
  g_test_add_func ("/schedule/exception-days", test_exception_days);
  g_test_add_func ("/schedule/blocks-are-joined", test_blocks_are_joined);
  g_test_add_func ("/schedule/check", test_check);
  g_test_add_func ("/schedule/calendar", test_calendar);
  g_test_add_func ("/schedule/hard-before-soft", test_hard_before_soft);
  g_test_add_func ("/schedule/empty-book", test_empty_book);
  g_test_add_func ("/schedule/sentences", test_sentences);
  g_test_add_func ("/schedule/closures", test_closures);
  g_test_add_func ("/schedule/free-starts", test_free_starts);
  return g_test_run ();
}
