/* The next free slots, over hours, exceptions and visits, up to 18 months ahead. */
#include "day-schedule-private.h"
#include <glib/gi18n.h>

enum { MONTHS_AHEAD = 18, GRAIN = 5, TODAY_GRAIN = 10 };

typedef struct {
  CrClock *clock;
  CrId person_id; /* or none: anybody with a column */
  int minutes;
  CrDate from;
  guint limit;
  GArray *slots;
} Search;

/* What stays the same from day to day. */
typedef struct {
  GPtrArray *people, *hours, *exceptions;
} Book;

static void
free_search (gpointer data)
{
  Search *search = data;
  cr_clock_unref (search->clock);
  g_clear_pointer (&search->slots, g_array_unref);
  g_free (search);
}

static void
clear_book (Book *book)
{
  g_clear_pointer (&book->people, g_ptr_array_unref);
  g_clear_pointer (&book->hours, g_ptr_array_unref);
  g_clear_pointer (&book->exceptions, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Book, clear_book)

static gboolean
load_book (CrTx *tx, CrDate from, CrDate to, Book *book, GError **error)
{
  book->people = cr_person_list (tx, error);
  if (book->people == NULL)
    return FALSE;
  book->hours = cr_hours_list (tx, CR_ID_NONE, error);
  if (book->hours == NULL)
    return FALSE;
  book->exceptions = cr_schedule_exception_list (tx, from, to, error);
  return book->exceptions != NULL;
}

static gboolean
is_searched (const Search *search, const CrPerson *person)
{
  return person->active && person->schedulable &&
         (search->person_id == CR_ID_NONE || search->person_id == person->id);
}

static gboolean
is_open (const CrDay *day)
{
  g_autoptr (GArray) spans = cr_day_open_spans (day);
  return spans->len > 0;
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const CrSlot *first = a, *second = b;
  return first->start - second->start;
}

/* Starts that could all be booked one after the other. */
static void
add_starts (const Search *search, const CrDay *day, int from, GArray *slots)
{
  g_autoptr (GArray) starts = cr_day_free_starts (day, search->minutes, GRAIN, from);
  int next = 0;
  for (guint i = 0; i < starts->len; i++) {
    int start = g_array_index (starts, int, i);
    if (start < next)
      continue;
    CrSlot slot = { day->date, start, day->person_id };
    g_array_append_val (slots, slot);
    next = start + search->minutes;
  }
}

/* All clinicians of one day, by time; the order of columns where it is the same. */
static gboolean
search_day (CrTx *tx, const Search *search, const Book *book, CrDate date, int from, GError **error)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (CrSlot));
  g_autoptr (GPtrArray) visits = NULL;
  for (guint i = 0; i < book->people->len; i++) {
    const CrPerson *person = book->people->pdata[i];
    CrDay day = { date, person->id, book->hours, book->exceptions, visits };
    if (!is_searched (search, person) || !is_open (&day))
      continue;
    if (visits == NULL)
      visits = cr_appointments_of_day (tx, date, error);
    if (visits == NULL)
      return FALSE;
    day.visits = visits;
    add_starts (search, &day, from, slots);
  }
  g_array_sort (slots, compare_slots); /* GLib sorts stably */
  guint n = MIN (slots->len, search->limit - search->slots->len);
  if (n > 0)
    g_array_append_vals (search->slots, slots->data, n);
  return TRUE;
}

static gboolean
search_job (CrTx *tx, gpointer data, GError **error)
{
  Search *search = data;
  g_auto (Book) book = { 0 };
  CrDate today = cr_tx_today (tx);
  CrDate first = cr_date_compare (search->from, today) < 0 ? today : search->from;
  CrDate last = cr_date_add_months (today, MONTHS_AHEAD);
  int now = cr_clock_minute_of (search->clock, cr_tx_now (tx));
  if (!load_book (tx, first, last, &book, error))
    return FALSE;
  for (CrDate date = first; cr_date_compare (date, last) <= 0 && search->slots->len < search->limit;
       date = cr_date_add_days (date, 1)) {
    gboolean is_today = cr_date_compare (date, today) == 0;
    int from = is_today ? (now + TODAY_GRAIN - 1) / TODAY_GRAIN * TODAY_GRAIN : 0;
    if (!search_day (tx, search, &book, date, from, error))
      return FALSE;
  }
  return TRUE;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (&search->slots), (GDestroyNotify)g_array_unref);
  else
    g_task_return_error (task, error);
}

void
cr_day_schedule_next_free_async (CrDaySchedule *self, CrId person_id, int minutes, CrDate from, guint limit,
                                 GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  CrSession *session = cr_day_schedule_get_session (self);
  if (minutes < 1 || !cr_date_is_full (from)) {
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_INVALID, "%s",
                             _ ("Choose the type of the visit and the day to search from."));
    return;
  }
  Search *search = g_new0 (Search, 1);
  *search = (Search){ cr_clock_ref (cr_session_get_clock (session)), person_id, minutes, from, limit, NULL };
  search->slots = g_array_new (FALSE, FALSE, sizeof (CrSlot));
  g_task_set_task_data (task, search, free_search);
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_VIEW, search_job, search, NULL, found_cb,
                        g_steal_pointer (&task));
}

GArray *
cr_day_schedule_next_free_finish (CrDaySchedule *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
