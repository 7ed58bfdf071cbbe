/* Next available: what is found equals a search that tries every minute grain of every day, over random
 * books. CHARTROOM_SLOT_BOOKS: how many; CHARTROOM_SLOT_SEED: the first one's seed. */
#include "chartroom/domain/slot-search.h"
#include <string.h>

#define TODAY CR_DATE (2026, 11, 23)
#define NOW 634
enum { BOOKS = 300, MAX_DAYS = 24, TYPE = 5, MACHINE = 6, PATIENT = 900 };

typedef struct {
  GRand *rand;
  GPtrArray *people, *hours, *exceptions, *visits, *types, *type_persons, *needs;
  CrBookRules rules;
  CrSlotBook slots;
  CrSlotWish wish;
  CrId wanted[2][4];
  char weekdays[8];
  guint limit;
  CrDate last;
} Book;

static int
dice (Book *book, int low, int high)
{
  return g_rand_int_range (book->rand, low, high + 1);
}

static gboolean
chance (Book *book, int percent)
{
  return dice (book, 1, 100) <= percent;
}

static void
add_people (Book *book)
{
  for (int i = dice (book, 1, 4); i > 0; i--) {
    CrPerson *person = cr_person_new ();
    person->id = (CrId)book->people->len + 1;
    person->active = chance (book, 95);
    person->schedulable = chance (book, 90);
    g_ptr_array_add (book->people, person);
  }
}

static void
add_hours (Book *book)
{
  for (int i = dice (book, 0, 40); i > 0; i--) {
    CrHours *hours = cr_hours_new ();
    hours->person_id = dice (book, 1, 4);
    hours->weekday = dice (book, 1, 7);
    hours->start_min = dice (book, 80, 200) * 5;
    hours->end_min = hours->start_min + (gint64)dice (book, 2, 60) * 5;
    if (chance (book, 20))
      hours->valid_from = cr_date_add_days (TODAY, dice (book, 0, 20));
    if (chance (book, 20))
      hours->valid_to = cr_date_add_days (TODAY, dice (book, 0, 20));
    g_ptr_array_add (book->hours, hours);
  }
}

static void
add_exceptions (Book *book)
{
  for (int i = dice (book, 0, 15); i > 0; i--) {
    CrScheduleException *e = cr_schedule_exception_new ();
    e->person_id = chance (book, 40) ? CR_ID_NONE : dice (book, 1, 4);
    e->date = cr_date_add_days (TODAY, dice (book, 0, MAX_DAYS));
    e->kind = dice (book, CR_EXCEPTION_CLOSED, CR_EXCEPTION_EXTRA);
    e->start_min = chance (book, 30) ? CR_INT_NONE : dice (book, 80, 200) * 5;
    e->end_min = e->start_min == CR_INT_NONE ? CR_INT_NONE : e->start_min + (gint64)dice (book, 2, 40) * 5;
    g_ptr_array_add (book->exceptions, e);
  }
}

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  const CrAppointment *x = *(CrAppointment *const *)a, *y = *(CrAppointment *const *)b;
  return cr_date_compare (x->date, y->date);
}

static void
add_visits (Book *book)
{
  for (int i = dice (book, 0, 400); i > 0; i--) {
    CrAppointment *visit = cr_appointment_new ();
    visit->id = i;
    visit->patient_id = chance (book, 3) ? PATIENT : 1000 + i;
    visit->person_id = dice (book, 1, 4);
    visit->date = cr_date_add_days (TODAY, dice (book, 0, MAX_DAYS));
    visit->start_min = dice (book, 80, 220) * 5;
    visit->minutes = (gint64)dice (book, 1, 16) * 5;
    visit->room_id = chance (book, 10) ? MACHINE : CR_ID_NONE;
    visit->stage = chance (book, 85) ? CR_STAGE_SCHEDULED : CR_STAGE_CANCELLED;
    g_ptr_array_add (book->visits, visit);
  }
  g_ptr_array_sort (book->visits, compare_visits);
}

/* Who may do the type, how late, and the one machine that it takes: each of them now and then. */
static void
add_rules (Book *book)
{
  CrVisitType *type = cr_visit_type_new ();
  type->id = TYPE;
  type->active = TRUE;
  type->latest_min = chance (book, 70) ? CR_INT_NONE : dice (book, 100, 220) * 5;
  g_ptr_array_add (book->types, type);
  for (CrId id = 1; id <= 4 && chance (book, 30); id++) {
    CrVisitTypePerson *may = cr_visit_type_person_new ();
    may->visit_type_id = TYPE;
    may->person_id = dice (book, 1, 4);
    may->active = TRUE;
    g_ptr_array_add (book->type_persons, may);
  }
  for (int i = chance (book, 20) ? 1 : 0; i > 0; i--) {
    CrVisitTypeNeed *need = cr_visit_type_need_new ();
    need->visit_type_id = TYPE;
    need->room_id = MACHINE;
    need->choice = CR_INT_NONE;
    need->active = TRUE;
    g_ptr_array_add (book->needs, need);
  }
  book->rules = (CrBookRules){ book->people, book->types, NULL, book->type_persons, book->needs };
}

static CrSlotPart
make_part (Book *book, guint at)
{
  CrSlotPart part = { TYPE, dice (book, 1, 12) * 5, book->wanted[at], 0 };
  for (CrId id = 1; id <= 4 && chance (book, 40); id++)
    book->wanted[at][part.n_people++] = id;
  return part;
}

static void
make_wish (Book *book)
{
  guint n = 0;
  for (int day = 1; day <= 7; day++)
    if (chance (book, 60))
      book->weekdays[n++] = (char)('0' + day);
  book->wish = (CrSlotWish){
    .parts = { make_part (book, 0), make_part (book, 1) },
    .join = chance (book, 60) ? CR_SLOT_SINGLE : dice (book, CR_SLOT_AFTER, CR_SLOT_TOGETHER),
    .patient_id = chance (book, 80) ? PATIENT : CR_ID_NONE,
    .usual_id = chance (book, 40) ? dice (book, 1, 4) : CR_ID_NONE,
    .ignore = chance (book, 20) ? dice (book, 1, 400) : CR_ID_NONE,
    .weekdays = chance (book, 40) && n > 0 ? book->weekdays : NULL,
    .half = chance (book, 60) ? CR_HALF_ANY : dice (book, CR_HALF_AM, CR_HALF_PM),
    .from = cr_date_add_days (TODAY, dice (book, 0, 5)),
    .from_minute = dice (book, 0, 200) * 5,
    .earliest_min = chance (book, 80) ? CR_MINUTE_NONE : dice (book, 80, 200) * 5,
    .latest_min = chance (book, 80) ? CR_MINUTE_NONE : dice (book, 80, 220) * 5,
  };
  book->limit = (guint)dice (book, 1, 9);
  book->last = cr_date_add_days (TODAY, dice (book, 3, MAX_DAYS));
}

static Book *
book_new (guint32 seed)
{
  Book *book = g_new0 (Book, 1);
  book->rand = g_rand_new_with_seed (seed);
  book->people = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_person_free);
  book->hours = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  book->exceptions = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_schedule_exception_free);
  book->visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_appointment_free);
  book->types = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_type_free);
  book->type_persons = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_type_person_free);
  book->needs = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_type_need_free);
  add_people (book);
  add_rules (book);
  add_hours (book);
  add_exceptions (book);
  add_visits (book);
  make_wish (book);
  book->slots = (CrSlotBook){ .people = book->people,
                              .hours = book->hours,
                              .exceptions = book->exceptions,
                              .visits = book->visits,
                              .rules = &book->rules,
                              .today = TODAY,
                              .now = NOW };
  return book;
}

static void
book_free (Book *book)
{
  g_rand_free (book->rand);
  g_ptr_array_unref (book->people);
  g_ptr_array_unref (book->hours);
  g_ptr_array_unref (book->exceptions);
  g_ptr_array_unref (book->visits);
  g_ptr_array_unref (book->types);
  g_ptr_array_unref (book->type_persons);
  g_ptr_array_unref (book->needs);
  g_free (book);
}

/* ---- the reference: every five minutes of every clinician ---- */

static gboolean
may (const Book *book, guint part, CrId person, CrDate date, int start)
{
  const CrSlotPart *wanted = &book->wish.parts[part];
  const CrPerson *who = book->people->pdata[person - 1];
  CrDay day = { date, person, book->hours, book->exceptions, book->visits, &book->rules, NULL };
  CrWish wish = { .start = start,
                  .minutes = wanted->minutes,
                  .patient_id = book->wish.patient_id,
                  .visit_type_id = TYPE,
                  .ignore = book->wish.ignore };
  gboolean named = wanted->n_people == 0;
  for (guint i = 0; i < wanted->n_people; i++)
    named = named || wanted->people[i] == person;
  return named && who->active && who->schedulable && cr_day_places (&day, &wish, TODAY, NOW) == 0;
}

static CrId
partner_of (const Book *book, CrId person, CrDate date, int start)
{
  gboolean after = book->wish.join == CR_SLOT_AFTER;
  for (CrId other = 1; other <= (CrId)book->people->len; other++)
    if ((after || other != person) &&
        may (book, 1, other, date, start + (after ? book->wish.parts[0].minutes : 0)))
      return other;
  return CR_ID_NONE;
}

static gboolean
is_good_time (const Book *book, CrDate date, int start)
{
  const CrSlotWish *wish = &book->wish;
  if (wish->weekdays != NULL && strchr (wish->weekdays, '0' + cr_date_weekday (date)) == NULL)
    return FALSE;
  if (cr_date_compare (date, wish->from) == 0 && start < wish->from_minute)
    return FALSE;
  if ((wish->half == CR_HALF_AM && start >= 720) || (wish->half == CR_HALF_PM && start < 720))
    return FALSE;
  return (wish->earliest_min < 0 || start >= wish->earliest_min) &&
         (wish->latest_min < 0 || start <= wish->latest_min);
}

static void
add_day (const Book *book, CrDate date, GArray *all)
{
  int next[5] = { 0 };
  for (int start = 0; start < 24 * 60; start += 5)
    for (CrId person = 1; person <= (CrId)book->people->len; person++) {
      CrSlot slot = { date, start, person, CR_ID_NONE };
      if (start < next[person] || !is_good_time (book, date, start) || !may (book, 0, person, date, start))
        continue;
      if (book->wish.join != CR_SLOT_SINGLE &&
          (slot.other_id = partner_of (book, person, date, start)) == CR_ID_NONE)
        continue;
      g_array_append_val (all, slot);
      next[person] = start + book->wish.parts[0].minutes;
    }
}

static guint
count_of (const GArray *all, CrId person)
{
  guint n = 0;
  for (guint i = 0; i < all->len; i++)
    n += g_array_index (all, CrSlot, i).person_id == person;
  return n;
}

static void
copy_some (const GArray *all, CrId usual, gboolean theirs, guint n, GArray *out)
{
  for (guint i = 0; i < all->len && n > 0; i++) {
    CrSlot slot = g_array_index (all, CrSlot, i);
    if ((slot.person_id == usual) != theirs)
      continue;
    g_array_append_val (out, slot);
    n--;
  }
}

static GArray *
search_naively (const Book *book)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (CrSlot));
  GArray *out = g_array_new (FALSE, FALSE, sizeof (CrSlot));
  CrId usual = book->wish.usual_id;
  guint half = usual != CR_ID_NONE ? (book->limit + 1) / 2 : 0, n_usual = 0, n_others = 0;
  for (CrDate date = book->wish.from; cr_date_compare (date, book->last) <= 0;
       date = cr_date_add_days (date, 1)) {
    if (n_usual >= half && n_usual + n_others >= book->limit)
      break;
    add_day (book, date, all);
    n_usual = usual != CR_ID_NONE ? MIN (count_of (all, usual), book->limit) : 0;
    n_others = MIN (all->len - (usual != CR_ID_NONE ? count_of (all, usual) : 0), book->limit);
  }
  half = MIN (n_usual, MAX (half, book->limit - n_others));
  copy_some (all, usual, TRUE, half, out);
  copy_some (all, usual, FALSE, book->limit - out->len, out);
  return out;
}

/* ---- both ---- */

/* The book comes in pieces, as it does from the store. */
static GArray *
search_in_pieces (Book *book)
{
  g_autoptr (CrSlotSearch) search = cr_slot_search_new (&book->wish, book->limit);
  CrDate first = book->wish.from;
  gboolean more = TRUE;
  while (more && cr_date_compare (first, book->last) <= 0) {
    CrDate last = cr_date_add_days (first, dice (book, 0, 6));
    if (cr_date_compare (last, book->last) > 0)
      last = book->last;
    more = cr_slot_search_days (search, &book->slots, first, last);
    first = cr_date_add_days (last, 1);
  }
  return cr_slot_search_take (search);
}

static void
check_book (guint32 seed, guint *found)
{
  Book *book = book_new (seed);
  g_autoptr (GArray) slots = search_in_pieces (book), expected = search_naively (book);
  gboolean same = slots->len == expected->len;
  for (guint i = 0; same && i < slots->len; i++) {
    const CrSlot *a = &g_array_index (slots, CrSlot, i), *b = &g_array_index (expected, CrSlot, i);
    same = cr_date_compare (a->date, b->date) == 0 && a->start == b->start && a->person_id == b->person_id &&
           a->other_id == b->other_id;
  }
  if (!same)
    g_error ("The book of seed %u: %u times were found, %u expected, or others.", seed, slots->len,
             expected->len);
  *found += slots->len;
  book_free (book);
}

static void
test_random (void)
{
  const char *wish = g_getenv ("CHARTROOM_SLOT_BOOKS"), *from = g_getenv ("CHARTROOM_SLOT_SEED");
  guint n = wish != NULL ? (guint)g_ascii_strtoull (wish, NULL, 10) : BOOKS, found = 0;
  guint32 seed = from != NULL ? (guint32)g_ascii_strtoull (from, NULL, 10) : g_random_int ();
  g_test_message ("%u books from seed %u", n, seed);
  for (guint i = 0; i < n; i++)
    check_book (seed + i, &found);
  g_test_message ("%u times were found", found);
  g_assert_cmpuint (found, >, n); /* the books are not all shut */
}

static void
test_open_day (void)
{
  Book *book = book_new (1);
  CrHours *hours = cr_hours_new ();
  g_ptr_array_set_size (book->hours, 0);
  g_ptr_array_set_size (book->exceptions, 0);
  *hours = (CrHours){ .id = 1, .person_id = 1, .weekday = 3, .start_min = 540, .end_min = 600 };
  g_ptr_array_add (book->hours, hours);
  ((CrPerson *)book->people->pdata[0])->active = ((CrPerson *)book->people->pdata[0])->schedulable = TRUE;
  book->wish = (CrSlotWish){ .parts = { { .minutes = 20 } },
                             .from = CR_DATE (2026, 11, 26),
                             .earliest_min = CR_MINUTE_NONE,
                             .latest_min = CR_MINUTE_NONE };
  g_autoptr (CrSlotSearch) search = cr_slot_search_new (&book->wish, 1);
  cr_slot_search_days (search, &book->slots, book->wish.from, CR_DATE (2026, 12, 31));
  CrDate open = cr_slot_search_open_day (search);
  g_assert_cmpint (cr_date_compare (open, CR_DATE (2026, 12, 2)), ==, 0); /* Thursday rolls to Wednesday */
  book_free (book);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slot-search/random-books", test_random);
  g_test_add_func ("/slot-search/open-day", test_open_day);
  return g_test_run ();
}
