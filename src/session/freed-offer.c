/* A visit was cancelled, missed, moved away or shortened: who of the wait list would take its time? */
#include "book-rules.h"
#include "wait-load.h"
#include "chartroom/session/work.h"

typedef struct {
  CrClock *clock;
  CrId appointment;
  CrFreedOffer *offer;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;
  cr_clock_unref (question->clock);
  g_clear_pointer (&question->offer, cr_freed_offer_free);
  g_free (question);
}

void
cr_freed_offer_free (CrFreedOffer *offer)
{
  g_free (offer->clinician);
  g_ptr_array_unref (offer->items);
  g_array_unref (offer->accept);
  g_free (offer);
}

/* Nothing is in the way of their visit there but, at most, another one of theirs on that day; what they hold
 * meanwhile would be given up. */
static gboolean
could_be_booked (CrBook *book, const CrWaitItem *item, const CrFreed *freed, guint *places)
{
  g_autoptr (CrAppointment) wanted =
      item->interim != NULL ? cr_appointment_copy (item->interim) : cr_appointment_new ();
  g_autofree char *sentence = NULL;
  wanted->patient_id = item->entry->patient_id;
  wanted->visit_type_id = item->entry->visit_type_id;
  wanted->person_id = freed->person_id;
  wanted->date = freed->date;
  wanted->start_min = freed->start;
  wanted->minutes = item->minutes;
  return cr_book_look (book, wanted, NULL, places, &sentence, NULL) &&
         (*places & ~CR_PLACE_BIT (CR_PLACE_SAME_DAY)) == 0;
}

static gboolean
collect (CrBook *book, Question *question, const CrFreed *freed, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  int now = cr_clock_minute_of (question->clock, cr_tx_now (tx));
  g_autoptr (GPtrArray) items = cr_wait_items_load (tx, error);
  if (items == NULL)
    return FALSE;
  g_autoptr (GArray) accept = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < items->len;) {
    const CrWaitItem *item = items->pdata[i];
    guint places = 0;
    if (!cr_wait_entry_suits (item->entry, item->minutes, item->interim, freed, cr_tx_today (tx), now) ||
        !could_be_booked (book, item, freed, &places)) {
      g_ptr_array_remove_index (items, i);
      continue;
    }
    g_array_append_val (accept, places);
    i++;
  }
  if (items->len == 0)
    return TRUE;
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, freed->person_id, error);
  if (person == NULL)
    return FALSE;
  question->offer = g_new0 (CrFreedOffer, 1);
  question->offer->freed = *freed;
  question->offer->clinician = cr_person_short (person);
  question->offer->items = g_steal_pointer (&items);
  question->offer->accept = g_steal_pointer (&accept);
  return TRUE;
}

static gboolean
offer_job (CrTx *tx, gpointer data, GError **error)
{
  Question *question = data;
  CrFreed freed;
  CrHistoryEntry *last = cr_history_last (tx, question->appointment, error);
  if (last == NULL)
    return FALSE;
  gboolean free_now = last->klass == &CR_APPOINTMENT &&
                      cr_freed_by ((CrAppointment *)last->before, (CrAppointment *)last->after, &freed) &&
                      cr_date_compare (freed.date, cr_tx_today (tx)) >= 0;
  cr_history_entry_free (last);
  if (!free_now)
    return TRUE;
  g_autoptr (CrBook) book = cr_book_open (tx, question->clock, error);
  return book != NULL && collect (book, question, &freed, error);
}

static void
offered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (&question->offer), (GDestroyNotify)cr_freed_offer_free);
  else
    g_task_return_error (task, error);
}

void
cr_freed_offer_async (CrSession *session, CrId appointment, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  GTask *task = g_task_new (session, NULL, cb, data);
  Question *question = g_new0 (Question, 1);
  question->clock = cr_clock_ref (cr_session_get_clock (session));
  question->appointment = appointment;
  g_task_set_task_data (task, question, free_question);
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_VIEW, offer_job, question, NULL, offered_cb, task);
}

CrFreedOffer *
cr_freed_offer_finish (CrSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
