/* Rules of types, limits, rooms and equipment; week patterns and recurring blocks; what a shorter visit
 * breaks. */
#include "chartroom/domain/schedule-rules.h"
#include <string.h>

enum { OKAFOR = 1, CHEN = 2, NURSE = 3, PROC = 10, NEW = 11, ROOM1 = 20, ROOM2 = 21, ECG = 22, NOBODY = 99 };
#define TODAY CR_DATE (2026, 11, 23)
#define TUESDAY CR_DATE (2026, 11, 24)

static CrHours TUESDAYS = {
  .person_id = OKAFOR, .weekday = 2, .start_min = 540, .end_min = 1020, .every_weeks = CR_INT_NONE
};
static CrPerson PEOPLE[] = {
  { .id = OKAFOR, .overlap_limit = CR_INT_NONE, .active = TRUE, .schedulable = TRUE },
  { .id = CHEN, .overlap_limit = 1, .active = TRUE, .schedulable = TRUE },
  { .id = NURSE, .overlap_limit = 3, .active = TRUE, .schedulable = TRUE },
};
static CrVisitType TYPES[] = {
  { .id = PROC, .name = (char *)"Procedure", .latest_min = CR_INT_NONE },
  { .id = NEW, .name = (char *)"New patient", .latest_min = 960 },
};
static CrRoom ROOMS[] = { { .id = ROOM1, .name = (char *)"1" },
                          { .id = ROOM2, .name = (char *)"2" },
                          { .id = ECG, .name = (char *)"The ECG machine", .kind = (char *)"equipment" } };
static CrVisitTypePerson DOES[] = { { .visit_type_id = PROC, .person_id = OKAFOR, .active = TRUE } };
static CrVisitTypeNeed NEEDS[] = {
  { .visit_type_id = PROC, .room_id = ROOM1, .choice = 1, .active = TRUE },
  { .visit_type_id = PROC, .room_id = ROOM2, .choice = 1, .active = TRUE },
  { .visit_type_id = PROC, .room_id = ECG, .choice = CR_INT_NONE, .active = TRUE },
};

typedef struct {
  GPtrArray *people, *types, *rooms, *does, *needs, *hours, *visits, *resources;
  CrBookRules rules;
  CrDay day;
} Book;

#define LIST(of, from)                                                                                       \
  for (guint i_ = 0; i_ < G_N_ELEMENTS (from); i_++)                                                         \
  g_ptr_array_add (of, &(from)[i_])

static void
set_up (Book *book, CrId person)
{
  GPtrArray **arrays[] = { &book->people, &book->types, &book->rooms,  &book->does,
                           &book->needs,  &book->hours, &book->visits, &book->resources };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = g_ptr_array_new ();
  LIST (book->people, PEOPLE);
  LIST (book->types, TYPES);
  LIST (book->rooms, ROOMS);
  LIST (book->does, DOES);
  LIST (book->needs, NEEDS);
  TUESDAYS.person_id = person;
  g_ptr_array_add (book->hours, &TUESDAYS);
  book->rules = (CrBookRules){ book->people, book->types, book->rooms, book->does, book->needs };
  book->day = (CrDay){ TUESDAY, person, book->hours, NULL, book->visits, &book->rules, book->resources };
}

static void
tear_down (Book *book)
{
  GPtrArray *arrays[] = { book->people, book->types, book->rooms,  book->does,
                          book->needs,  book->hours, book->visits, book->resources };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_ptr_array_unref (arrays[i]);
}

static guint
places_of (Book *book, CrWish wish)
{
  return cr_day_places (&book->day, &wish, TODAY, 0);
}

static void
expect (Book *book, CrWish wish, CrPlace place, const char *sentence)
{
  guint places = places_of (book, wish);
  g_autofree char *said = cr_places_sentence (places, &book->day, &wish, "Dr. Okafor");
  g_assert_cmpint (cr_places_first (places), ==, place);
  g_assert_cmpstr (said, ==, sentence);
}

static void
test_type (void)
{
  Book book;
  set_up (&book, CHEN);
  expect (
      &book, (CrWish){ .start = 600, .minutes = 20, .visit_type_id = PROC }, CR_PLACE_NOT_TYPE,
      "Dr. Okafor does not do visits of the type “Procedure”. Choose another clinician, or another type.");
  expect (&book, (CrWish){ .start = 960, .minutes = 20, .visit_type_id = NEW }, CR_PLACE_OK, NULL);
  expect (&book, (CrWish){ .start = 970, .minutes = 20, .visit_type_id = NEW }, CR_PLACE_LATE,
          "Visits of the type “New patient” start at 4:00 PM at the latest. Choose an earlier time, or book "
          "all the "
          "same.");
  tear_down (&book);
}

static CrAppointment
visit (CrId id, CrId person, int start, int minutes)
{
  return (CrAppointment){ .id = id,
                          .person_id = person,
                          .patient_id = 1000 + id,
                          .date = TUESDAY,
                          .start_min = start,
                          .minutes = minutes };
}

/* The busiest moment counts, not how many there are in all. */
static void
test_limit (void)
{
  static const struct {
    CrId person;
    int start, minutes;
    guint bits;
  } WANTED[] = {
    { OKAFOR, 660, 20, 0 },
    { OKAFOR, 600, 60, CR_PLACE_BIT (CR_PLACE_OVERLAP) }, /* three one after the other */
    { NURSE, 600, 60, CR_PLACE_BIT (CR_PLACE_OVERLAP) },
    { CHEN, 600, 20, CR_PLACE_BIT (CR_PLACE_OVERLAP) | CR_PLACE_BIT (CR_PLACE_LIMIT) },
    { CHEN, 590, 20, CR_PLACE_BIT (CR_PLACE_OVERLAP) | CR_PLACE_BIT (CR_PLACE_LIMIT) },
    { CHEN, 580, 20, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (WANTED); i++) {
    Book book;
    CrAppointment row[] = { visit (1, WANTED[i].person, 600, 20), visit (2, WANTED[i].person, 620, 20),
                            visit (3, WANTED[i].person, 640, 20) };
    set_up (&book, WANTED[i].person);
    LIST (book.visits, row);
    g_assert_cmphex (places_of (&book, (CrWish){ .start = WANTED[i].start, .minutes = WANTED[i].minutes }),
                     ==, WANTED[i].bits);
    tear_down (&book);
  }
}

static void
test_limit_words (void)
{
  Book book;
  CrAppointment both[] = { visit (1, OKAFOR, 600, 20), visit (2, OKAFOR, 610, 20) };
  set_up (&book, OKAFOR);
  LIST (book.visits, both);
  expect (
      &book, (CrWish){ .start = 600, .minutes = 30 }, CR_PLACE_LIMIT,
      "Dr. Okafor already has 2 visits at this time, and more at once are not allowed. Choose another time.");
  expect (&book, (CrWish){ .start = 600, .minutes = 30, .ignore = 1 }, CR_PLACE_OVERLAP,
          "Dr. Okafor already has a visit between 10:00 AM and 10:30 AM. Choose another time, or book both "
          "side by "
          "side.");
  book.day.person_id = CHEN;
  both[0].person_id = CHEN;
  expect (
      &book, (CrWish){ .start = 600, .minutes = 10 }, CR_PLACE_LIMIT,
      "Dr. Okafor already has a visit at this time and takes no second one beside it. Choose another time.");
  tear_down (&book);
}

static void
expect_rooms (Book *book, CrWish wish, CrId first, CrId second, CrId wanted_taken)
{
  CrId taken;
  g_autoptr (GArray) rooms = cr_day_choose_rooms (&book->day, &wish, &taken);
  g_assert_cmpint (taken, ==, wanted_taken);
  g_assert_cmpint (rooms->len > 0 ? g_array_index (rooms, CrId, 0) : CR_ID_NONE, ==, first);
  g_assert_cmpint (rooms->len > 1 ? g_array_index (rooms, CrId, 1) : CR_ID_NONE, ==, second);
}

static void
test_rooms (void)
{
  Book book;
  CrAppointment others[] = { visit (1, CHEN, 600, 20), visit (2, CHEN, 700, 20) };
  CrAppointmentResource held[] = { { .appointment_id = 2, .room_id = ECG, .active = TRUE },
                                   { .appointment_id = 5, .room_id = ROOM2, .active = TRUE } };
  const CrWish free_time = { .start = 800, .minutes = 20, .visit_type_id = PROC };
  CrWish busy = { .start = 600, .minutes = 20, .visit_type_id = PROC };
  set_up (&book, OKAFOR);
  others[0].room_id = ROOM1;
  LIST (book.visits, others);
  LIST (book.resources, held);
  expect_rooms (&book, free_time, ROOM1, ECG, CR_ID_NONE);
  expect_rooms (&book, busy, ROOM2, ECG, CR_ID_NONE); /* the other one of the two */
  busy.room_id = ROOM1;
  expect (&book, busy, CR_PLACE_ROOM, "Room 1 is taken at this time. Choose another time or another room.");
  busy.room_id = ROOM2;
  expect_rooms (&book, busy, ECG, CR_ID_NONE, CR_ID_NONE); /* its own room will do */
  expect (&book, (CrWish){ .start = 710, .minutes = 20, .visit_type_id = PROC }, CR_PLACE_ROOM,
          "The ECG machine is taken at this time. Choose another time.");
  others[0].stage = CR_STAGE_ROOMED; /* where a patient is is no reservation */
  busy.room_id = ROOM1;
  expect (&book, busy, CR_PLACE_OK, NULL);
  others[1].stage = CR_STAGE_CANCELLED;
  expect (&book, (CrWish){ .start = 710, .minutes = 20, .visit_type_id = PROC }, CR_PLACE_OK, NULL);
  expect_rooms (&book, (CrWish){ .start = 800, .minutes = 20, .visit_type_id = PROC, .ignore = 5 }, ROOM2,
                ECG, CR_ID_NONE); /* keeps what it has */
  tear_down (&book);
}

/* What somebody chose is taken beside what the type needs, and decides between what would do. */
static void
test_chosen (void)
{
  Book book;
  CrAppointment other = visit (1, CHEN, 600, 20), own = visit (5, OKAFOR, 600, 20);
  CrAppointmentResource held[] = { { .appointment_id = 5, .room_id = ROOM2, .active = TRUE },
                                   { .appointment_id = 5, .room_id = ROOM1, .active = FALSE },
                                   { .appointment_id = 5, .room_id = ECG, .active = TRUE } };
  CrWish wish = { .start = 800, .minutes = 20, .visit_type_id = PROC, .also = { { ROOM2 }, 1 } };
  set_up (&book, OKAFOR);
  other.room_id = ECG;
  g_ptr_array_add (book.visits, &other);
  expect_rooms (&book, wish, ROOM2, ECG, CR_ID_NONE); /* not the first that is free */
  wish.visit_type_id = NEW;                           /* needs nothing */
  wish.room_id = ROOM1;
  cr_room_set_add (&wish.also, ECG);
  cr_room_set_add (&wish.also, ECG);
  g_assert_cmpuint (wish.also.n, ==, 2);
  expect_rooms (&book, wish, ROOM2, ECG, CR_ID_NONE);
  wish.start = 600;
  expect (&book, wish, CR_PLACE_ROOM, "The ECG machine is taken at this time. Choose another time.");
  own.visit_type_id = PROC;
  LIST (book.resources, held);
  CrRoomSet chosen = cr_visit_chosen_rooms (&own, book.resources, &book.rules);
  g_assert_cmpuint (chosen.n, ==, 0); /* all of it is needed */
  own.visit_type_id = NEW;
  chosen = cr_visit_chosen_rooms (&own, book.resources, &book.rules);
  g_assert_cmpuint (chosen.n, ==, 2);
  g_assert_true (cr_room_set_has (&chosen, ROOM2) && cr_room_set_has (&chosen, ECG));
  tear_down (&book);
}

/* The parts of one combined visit are not in each other's way; those of another one are. */
static void
test_chain (void)
{
  Book book;
  CrAppointment part = visit (1, CHEN, 600, 20);
  CrWish wish = { .start = 600, .minutes = 20, .patient_id = NOBODY, .room_id = ROOM1, .chain_id = 7 };
  set_up (&book, OKAFOR);
  part.patient_id = NOBODY;
  part.room_id = ROOM1;
  part.chain_id = 7;
  g_ptr_array_add (book.visits, &part);
  expect (&book, wish, CR_PLACE_OK, NULL);
  wish.start = 700;
  expect (&book, wish, CR_PLACE_OK, NULL); /* nor is it another visit that day */
  wish.start = 610;                        /* half over each other nobody can be at both */
  g_assert_cmphex (places_of (&book, wish), ==,
                   CR_PLACE_BIT (CR_PLACE_ROOM) | CR_PLACE_BIT (CR_PLACE_PATIENT_BUSY));
  wish.start = 600;
  wish.chain_id = 8;
  g_assert_cmphex (places_of (&book, wish), ==,
                   CR_PLACE_BIT (CR_PLACE_ROOM) | CR_PLACE_BIT (CR_PLACE_PATIENT_BUSY));
  wish.chain_id = part.chain_id = CR_ID_NONE;
  g_assert_cmphex (places_of (&book, wish), ==,
                   CR_PLACE_BIT (CR_PLACE_ROOM) | CR_PLACE_BIT (CR_PLACE_PATIENT_BUSY));
  tear_down (&book);
}

/* A visit that gets shorter breaks no rule of time anew; one that moves does. */
static void
test_shorter (void)
{
  const guint places =
      CR_PLACE_BIT (CR_PLACE_LIMIT) | CR_PLACE_BIT (CR_PLACE_PAST) | CR_PLACE_BIT (CR_PLACE_ROOM);
  CrAppointment before = visit (1, OKAFOR, 600, 40), shorter = visit (1, OKAFOR, 610, 20),
                later = visit (1, OKAFOR, 630, 20), other = visit (1, CHEN, 600, 20);
  g_assert_cmphex (cr_places_of_change (places, &before, &shorter), ==, CR_PLACE_BIT (CR_PLACE_ROOM));
  g_assert_cmphex (cr_places_of_change (places, &before, &later), ==, places);
  g_assert_cmphex (cr_places_of_change (places, &before, &other), ==, places);
  g_assert_cmphex (cr_places_of_change (places, NULL, &shorter), ==, places);
  g_assert_cmphex (cr_places_of_change (places, &before, &before), ==, 0); /* whatever else of it changes */
}

/* Every second Tuesday; lunch on weekdays for a while. */
static void
test_patterns (void)
{
  static const struct {
    CrDate date;
    gboolean open, lunch;
  } DAYS[] = {
    { { 2026, 11, 24 }, TRUE, TRUE },  { { 2026, 12, 1 }, FALSE, TRUE }, { { 2026, 12, 8 }, TRUE, TRUE },
    { { 2026, 12, 22 }, TRUE, FALSE }, { { 2027, 1, 5 }, TRUE, FALSE },  { { 2026, 12, 5 }, FALSE, FALSE },
  };
  CrHours second = { .person_id = OKAFOR,
                     .weekday = 2,
                     .start_min = 540,
                     .end_min = 1020,
                     .every_weeks = 2,
                     .phase_on = { 2026, 11, 27 } };
  CrScheduleException lunch = { .kind = CR_EXCEPTION_BLOCKED,
                                .date = { 2026, 11, 1 },
                                .until_on = { 2026, 12, 18 },
                                .weekdays = (char *)"12345",
                                .start_min = 720,
                                .end_min = 780 };
  g_autoptr (GPtrArray) hours = g_ptr_array_new (), exceptions = g_ptr_array_new ();
  g_ptr_array_add (hours, &second);
  g_ptr_array_add (exceptions, &lunch);
  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++) {
    CrDay day = { .date = DAYS[i].date, .person_id = OKAFOR, .hours = hours, .exceptions = exceptions };
    guint places = cr_day_places (&day, &(CrWish){ .start = 730, .minutes = 20 }, TODAY, 0);
    g_assert_true (((places & CR_PLACE_BIT (CR_PLACE_CLOSED)) == 0) == DAYS[i].open);
    g_assert_true (((places & CR_PLACE_BIT (CR_PLACE_BLOCKED)) != 0) == DAYS[i].lunch);
  }
}

/* All soft ones are said at once, so that what is accepted was read; a hard one stands alone. */
static void
test_all_said (void)
{
  Book book;
  CrAppointment other = visit (1, OKAFOR, 980, 60);
  CrWish wish = { .start = 1000, .minutes = 40, .patient_id = NOBODY, .visit_type_id = NEW };
  set_up (&book, OKAFOR);
  g_ptr_array_add (book.visits, &other);
  guint places = places_of (&book, wish);
  g_assert_cmphex (places, ==,
                   CR_PLACE_BIT (CR_PLACE_OUTSIDE) | CR_PLACE_BIT (CR_PLACE_LATE) |
                       CR_PLACE_BIT (CR_PLACE_OVERLAP));
  g_autofree char *all = cr_places_sentence (places, &book.day, &wish, "Dr. Okafor");
  g_assert_nonnull (strstr (all, "outside the hours"));
  g_assert_nonnull (strstr (all, "at the latest"));
  g_assert_nonnull (strstr (all, "side by side"));
  other.patient_id = NOBODY;
  expect (&book, wish, CR_PLACE_PATIENT_BUSY,
          "The patient has another visit at this time. Choose another time, or move that visit.");
  tear_down (&book);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place-rules/type", test_type);
  g_test_add_func ("/place-rules/limit", test_limit);
  g_test_add_func ("/place-rules/limit-words", test_limit_words);
  g_test_add_func ("/place-rules/rooms", test_rooms);
  g_test_add_func ("/place-rules/chosen", test_chosen);
  g_test_add_func ("/place-rules/chain", test_chain);
  g_test_add_func ("/place-rules/shorter", test_shorter);
  g_test_add_func ("/place-rules/patterns", test_patterns);
  g_test_add_func ("/place-rules/all-said", test_all_said);
  return g_test_run ();
}
