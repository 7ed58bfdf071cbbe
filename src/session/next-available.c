#include "chartroom/session/next-available.h"
#include "slot-load.h"
#include "chartroom/session/work.h"
#include <glib/gi18n.h>

/* The first piece of the book is small: mostly the next free time is near. */
enum { MONTHS_AHEAD = 18, FIRST_DAYS = 14, MOST_DAYS = 112, TODAY_GRAIN = 10 };

typedef struct {
  CrClock *clock;
  CrSlotQuestion question;
  GArray *people[2]; /* CrId, the question's */
  char *weekdays;
  CrSlotAnswer *answer;
} Search;

static void
free_search (gpointer data)
{
  Search *search = data;
  cr_clock_unref (search->clock);
  g_array_unref (search->people[0]);
  g_array_unref (search->people[1]);
  g_free (search->weekdays);
  g_clear_pointer (&search->answer, cr_slot_answer_free);
  g_free (search);
}

static void
keep_people (Search *search, guint part)
{
  CrSlotPart *kept = &search->question.wish.parts[part];
  search->people[part] = g_array_new (FALSE, FALSE, sizeof (CrId));
  if (kept->n_people > 0)
    g_array_append_vals (search->people[part], kept->people, kept->n_people);
  kept->people = (const CrId *)(gpointer)search->people[part]->data;
}

static Search *
new_search (CrSession *session, const CrSlotQuestion *question)
{
  Search *search = g_new0 (Search, 1);
  search->clock = cr_clock_ref (cr_session_get_clock (session));
  search->question = *question;
  search->weekdays = g_strdup (question->wish.weekdays);
  search->question.wish.weekdays = search->weekdays;
  keep_people (search, 0);
  keep_people (search, 1);
  return search;
}

/* Today counts from now on, another day from its beginning; with a notice, from now and then. */
static void
settle_from (Search *search, CrTx *tx)
{
  CrSlotWish *wish = &search->question.wish;
  CrInstant soonest = cr_tx_now (tx) + (gint64)search->question.notice_hours * 3600 * G_USEC_PER_SEC;
  CrDate day = cr_clock_date_of (search->clock, soonest);
  wish->from_minute = 0;
  if (cr_date_compare (wish->from, day) > 0)
    return;
  wish->from = day;
  wish->from_minute =
      (cr_clock_minute_of (search->clock, soonest) + TODAY_GRAIN - 1) / TODAY_GRAIN * TODAY_GRAIN;
}

static gboolean
settle_part (CrSlotPart *part, CrTx *tx, GError **error)
{
  if (part->minutes > 0)
    return TRUE;
  g_autoptr (CrVisitType) type = cr_tx_load (tx, &CR_VISIT_TYPE, part->visit_type_id, error);
  if (type != NULL)
    part->minutes = (int)type->minutes;
  return type != NULL;
}

static gboolean
settle_patient (Search *search, CrTx *tx, GError **error)
{
  CrSlotQuestion *question = &search->question;
  CrSlotWish *wish = &question->wish;
  if ((!question->usual_first && !question->suits) || wish->patient_id == CR_ID_NONE)
    return TRUE;
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, wish->patient_id, error);
  if (patient == NULL)
    return FALSE;
  if (question->usual_first)
    wish->usual_id = patient->usual_person_id;
  if (question->suits && wish->weekdays == NULL)
    wish->weekdays = search->weekdays = g_strdup (patient->preferred_days);
  return TRUE;
}

static gboolean
search_pieces (CrTx *tx, Search *search, CrSlotSearch *slots, GError **error)
{
  CrDate first = search->question.wish.from, last = cr_date_add_months (cr_tx_today (tx), MONTHS_AHEAD);
  g_autoptr (CrSlotLoad) load = cr_slot_load_new (tx, search->clock, first, last, error);
  gboolean more = load != NULL;
  for (int days = FIRST_DAYS; more && cr_date_compare (first, last) <= 0; days = MIN (days * 2, MOST_DAYS)) {
    CrDate end = cr_date_add_days (first, days - 1);
    if (cr_date_compare (end, last) > 0)
      end = last;
    const CrSlotBook *book = cr_slot_load_days (load, tx, first, end, error);
    if (book == NULL)
      return FALSE;
    more = cr_slot_search_days (slots, book, first, end);
    first = cr_date_add_days (end, 1);
  }
  return load != NULL;
}

static gboolean
search_job (CrTx *tx, gpointer data, GError **error)
{
  Search *search = data;
  CrSlotWish *wish = &search->question.wish;
  settle_from (search, tx);
  if (!settle_patient (search, tx, error) || !settle_part (&wish->parts[0], tx, error) ||
      (wish->join != CR_SLOT_SINGLE && !settle_part (&wish->parts[1], tx, error)))
    return FALSE;
  g_autoptr (CrSlotSearch) slots = cr_slot_search_new (wish, search->question.limit);
  if (!search_pieces (tx, search, slots, error))
    return FALSE;
  search->answer = g_new0 (CrSlotAnswer, 1);
  search->answer->slots = cr_slot_search_take (slots);
  search->answer->open_day = cr_slot_search_open_day (slots);
  return TRUE;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (&search->answer), (GDestroyNotify)cr_slot_answer_free);
  else
    g_task_return_error (task, error);
}

void
cr_slot_answer_free (CrSlotAnswer *answer)
{
  g_array_unref (answer->slots);
  g_free (answer);
}

void
cr_next_available_async (CrSession *session, const CrSlotQuestion *question, GAsyncReadyCallback cb,
                         gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  g_autoptr (GTask) task = g_task_new (session, NULL, cb, data);
  const CrSlotPart *part = &question->wish.parts[0];
  if ((part->minutes < 1 && part->visit_type_id == CR_ID_NONE) || !cr_date_is_full (question->wish.from)) {
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_INVALID, "%s",
                             _ ("Choose the type of the visit and the day to search from."));
    return;
  }
  Search *search = new_search (session, question);
  g_task_set_task_data (task, search, free_search);
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_VIEW, search_job, search, NULL, found_cb,
                        g_steal_pointer (&task));
}

CrSlotAnswer *
cr_next_available_finish (CrSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
