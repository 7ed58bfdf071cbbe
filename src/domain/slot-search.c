#include "chartroom/domain/slot-search.h"

/* A clinician and their week; the hours are the book's. */
typedef struct {
  const CrPerson *person;
  GPtrArray *hours;
} Column;

struct _CrSlotSearch {
  CrSlotWish wish;
  GArray *people[2]; /* CrId, the wish's */
  char *weekdays;
  guint limit;
  GArray *usual, *others; /* CrSlot; usual stays empty when nobody is */
  CrDate open_day;
};

/* One day of the book, as the rules read it. */
typedef struct {
  const CrSlotSearch *search;
  const CrSlotBook *book;
  CrDate date;
  GPtrArray *exceptions, *visits; /* of the day */
} Day;

static void
free_column (gpointer data)
{
  Column *column = data;
  g_ptr_array_unref (column->hours);
  g_free (column);
}

/* ---- who ---- */

static gboolean
is_wanted (const CrSlotPart *part, CrId person)
{
  for (guint i = 0; i < part->n_people; i++)
    if (part->people[i] == person)
      return TRUE;
  return part->n_people == 0;
}

static GPtrArray *
hours_of (const GPtrArray *all, CrId person)
{
  GPtrArray *hours = g_ptr_array_new ();
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (((const CrHours *)all->pdata[i])->person_id == person)
      g_ptr_array_add (hours, all->pdata[i]);
  return hours;
}

static GPtrArray *
make_columns (const CrSlotBook *book)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (free_column);
  for (guint i = 0; book->people != NULL && i < book->people->len; i++) {
    const CrPerson *person = book->people->pdata[i];
    if (!person->active || !person->schedulable)
      continue;
    Column *column = g_new (Column, 1);
    *column = (Column){ person, hours_of (book->hours, person->id) };
    g_ptr_array_add (columns, column);
  }
  return columns;
}

/* ---- one time ---- */

static CrDay
day_of (const Day *day, const Column *column)
{
  const CrSlotBook *book = day->book;
  return (CrDay){ day->date,   column->person->id, column->hours,  day->exceptions,
                  day->visits, book->rules,        book->resources };
}

static gboolean
fits (const Day *day, const Column *column, const CrSlotPart *part, int start)
{
  const CrSlotWish *wish = &day->search->wish;
  CrDay read = day_of (day, column);
  CrWish wanted = { .start = start,
                    .minutes = part->minutes,
                    .patient_id = wish->patient_id,
                    .visit_type_id = part->visit_type_id,
                    .room_id = part->room_id,
                    .also = part->also,
                    .ignore = wish->ignore };
  return cr_day_places (&read, &wanted, day->book->today, day->book->now) == 0;
}

/* Who could do the second part; NULL: nobody. */
static const Column *
find_partner (const Day *day, const GPtrArray *columns, const Column *first, int start)
{
  const CrSlotWish *wish = &day->search->wish;
  gboolean after = wish->join == CR_SLOT_AFTER;
  for (guint i = 0; i < columns->len; i++) {
    const Column *column = columns->pdata[i];
    if (is_wanted (&wish->parts[1], column->person->id) && (after || column != first) &&
        fits (day, column, &wish->parts[1], after ? start + wish->parts[0].minutes : start))
      return column;
  }
  return NULL;
}

static gboolean
is_in_hours_wanted (const CrSlotWish *wish, int start)
{
  if (wish->half != CR_HALF_ANY && (start < CR_NOON) != (wish->half == CR_HALF_AM))
    return FALSE;
  return (wish->earliest_min == CR_MINUTE_NONE || start >= wish->earliest_min) &&
         (wish->latest_min == CR_MINUTE_NONE || start <= wish->latest_min);
}

/* ---- one day ---- */

/* The clinician's times that could all be booked one after the other. */
static void
add_times (const Day *day, const GPtrArray *columns, const Column *column, GArray *slots)
{
  const CrSlotWish *wish = &day->search->wish;
  const CrSlotPart *part = &wish->parts[0];
  CrDay read = day_of (day, column);
  int from = cr_date_compare (day->date, wish->from) == 0 ? wish->from_minute : 0, next = 0;
  g_autoptr (GArray) starts = cr_day_free_starts (&read, part->minutes, CR_SLOT_GRAIN, from);
  for (guint i = 0; i < starts->len; i++) {
    int start = g_array_index (starts, int, i);
    CrSlot slot = { day->date, start, column->person->id, CR_ID_NONE };
    if (start < next || !is_in_hours_wanted (wish, start) || !fits (day, column, part, start))
      continue;
    if (wish->join != CR_SLOT_SINGLE) {
      const Column *partner = find_partner (day, columns, column, start);
      if (partner == NULL)
        continue;
      slot.other_id = partner->person->id;
    }
    g_array_append_val (slots, slot);
    next = start + part->minutes;
  }
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  return ((const CrSlot *)a)->start - ((const CrSlot *)b)->start;
}

static GPtrArray *
exceptions_on (const GPtrArray *all, CrDate date)
{
  GPtrArray *some = g_ptr_array_new ();
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (cr_schedule_exception_on (all->pdata[i], date))
      g_ptr_array_add (some, all->pdata[i]);
  return some;
}

/* The first visit on or after the day. */
static guint
find_day (const GPtrArray *visits, CrDate date)
{
  guint low = 0, high = visits->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (cr_date_compare (((const CrAppointment *)visits->pdata[middle])->date, date) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Without the one that would be given up. */
static GPtrArray *
visits_on (const GPtrArray *all, CrDate date, CrId ignore)
{
  GPtrArray *some = g_ptr_array_new ();
  for (guint i = all != NULL ? find_day (all, date) : 0; all != NULL && i < all->len; i++) {
    const CrAppointment *visit = all->pdata[i];
    if (cr_date_compare (visit->date, date) != 0)
      break;
    if (visit->id != ignore)
      g_ptr_array_add (some, all->pdata[i]);
  }
  return some;
}

static GArray *
search_day (const CrSlotSearch *self, const CrSlotBook *book, const GPtrArray *columns, CrDate date,
            gboolean *open)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (CrSlot));
  *open = FALSE;
  if (!cr_weekdays_have (self->wish.weekdays, cr_date_weekday (date)))
    return slots;
  g_autoptr (GPtrArray) exceptions = exceptions_on (book->exceptions, date);
  g_autoptr (GPtrArray) visits = visits_on (book->visits, date, self->wish.ignore);
  Day day = { self, book, date, exceptions, visits };
  for (guint i = 0; i < columns->len; i++) {
    const Column *column = columns->pdata[i];
    CrDay read = day_of (&day, column);
    g_autoptr (GArray) spans = cr_day_open_spans (&read);
    if (spans->len == 0 || !is_wanted (&self->wish.parts[0], column->person->id))
      continue;
    *open = TRUE;
    add_times (&day, columns, column, slots);
  }
  g_array_sort (slots, compare_slots); /* GLib sorts stably */
  return slots;
}

/* ---- many days ---- */

static guint
share_of_usual (const CrSlotSearch *self)
{
  return self->wish.usual_id == CR_ID_NONE ? 0 : (self->limit + 1) / 2;
}

static void
take_slots (CrSlotSearch *self, const GArray *slots)
{
  for (guint i = 0; i < slots->len; i++) {
    const CrSlot *slot = &g_array_index (slots, CrSlot, i);
    gboolean usual = self->wish.usual_id != CR_ID_NONE && slot->person_id == self->wish.usual_id;
    GArray *into = usual ? self->usual : self->others;
    if (into->len < self->limit)
      g_array_append_val (into, *slot);
  }
}

/* The usual clinician's half stands and the rest could be filled. */
static gboolean
is_full (const CrSlotSearch *self)
{
  guint half = share_of_usual (self);
  return self->usual->len >= half && self->usual->len + self->others->len >= self->limit;
}

static void
copy_people (CrSlotSearch *self, guint part)
{
  CrSlotPart *copy = &self->wish.parts[part];
  self->people[part] = g_array_new (FALSE, FALSE, sizeof (CrId));
  if (copy->n_people > 0)
    g_array_append_vals (self->people[part], copy->people, copy->n_people);
  copy->people = (const CrId *)(gpointer)self->people[part]->data;
}

/* ---- public ---- */

CrSlotSearch *
cr_slot_search_new (const CrSlotWish *wish, guint limit)
{
  CrSlotSearch *self = g_new0 (CrSlotSearch, 1);
  self->wish = *wish;
  self->limit = limit;
  self->weekdays = g_strdup (wish->weekdays);
  self->wish.weekdays = self->weekdays;
  copy_people (self, 0);
  copy_people (self, 1);
  self->usual = g_array_new (FALSE, FALSE, sizeof (CrSlot));
  self->others = g_array_new (FALSE, FALSE, sizeof (CrSlot));
  return self;
}

void
cr_slot_search_free (CrSlotSearch *self)
{
  g_array_unref (self->people[0]);
  g_array_unref (self->people[1]);
  g_array_unref (self->usual);
  g_array_unref (self->others);
  g_free (self->weekdays);
  g_free (self);
}

gboolean
cr_slot_search_days (CrSlotSearch *self, const CrSlotBook *book, CrDate first, CrDate last)
{
  g_autoptr (GPtrArray) columns = make_columns (book);
  gint32 end = cr_date_to_days (last);
  for (gint32 day = cr_date_to_days (first); day <= end && !is_full (self); day++) {
    CrDate date = cr_date_from_days (day);
    gboolean open;
    g_autoptr (GArray) slots = search_day (self, book, columns, date, &open);
    if (open && !cr_date_is_set (self->open_day))
      self->open_day = date;
    take_slots (self, slots);
  }
  return !is_full (self);
}

CrDate
cr_slot_search_open_day (const CrSlotSearch *self)
{
  return self->open_day;
}

GArray *
cr_slot_search_take (CrSlotSearch *self)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (CrSlot));
  guint half = MAX (share_of_usual (self), self->limit - MIN (self->others->len, self->limit));
  guint usual = MIN (self->usual->len, half), others = MIN (self->others->len, self->limit - usual);
  if (usual > 0)
    g_array_append_vals (all, self->usual->data, usual);
  if (others > 0)
    g_array_append_vals (all, self->others->data, others);
  return all;
}

GArray *
cr_slot_search_day (const CrSlotSearch *self, const CrSlotBook *book, CrDate date, gboolean *open)
{
  g_autoptr (GPtrArray) columns = make_columns (book);
  return search_day (self, book, columns, date, open);
}
