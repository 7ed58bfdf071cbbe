#include "chartroom/session/combined.h"
#include "desk-job.h"
#include "visit-change.h"

typedef struct {
  CrBooking bookings[2];
  char *reason;
  CrId id; /* of the first one */
} Pair;

static void
free_pair (gpointer data)
{
  Pair *pair = data;
  g_free (pair->reason);
  g_free (pair);
}

static gboolean
chain (CrTx *tx, CrId id, CrId chain_id, GError **error)
{
  g_autoptr (CrAppointment) visit = cr_tx_load (tx, &CR_APPOINTMENT, id, error);
  if (visit == NULL)
    return FALSE;
  visit->chain_id = chain_id;
  return cr_tx_save (tx, &CR_APPOINTMENT, visit, error);
}

static gboolean
book_job (CrBook *book, gpointer data, char **label, GError **error)
{
  Pair *pair = data;
  CrId second = CR_ID_NONE;
  if (!cr_visit_book (book, &pair->bookings[0], label, &pair->id, error) ||
      !chain (cr_book_tx (book), pair->id, pair->id, error))
    return FALSE;
  pair->bookings[1].chain_id = pair->id; /* so that the first one is not in its way */
  return cr_visit_book (book, &pair->bookings[1], label, &second, error);
}

typedef struct {
  GTask *task;
  Pair *pair;
} Answer;

static void
booked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Answer *answer = data;
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_int (answer->task, answer->pair->id);
  else
    g_task_return_error (answer->task, error);
  g_object_unref (answer->task);
}

void
cr_combined_book_async (CrSession *session, const CrBooking *first, const CrBooking *second,
                        GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Pair *pair = g_new0 (Pair, 1);
  Answer *answer = g_new0 (Answer, 1);
  pair->bookings[0] = *first;
  pair->bookings[1] = *second;
  pair->reason = g_strdup (first->reason);
  pair->bookings[0].reason = pair->bookings[1].reason = pair->reason;
  *answer = (Answer){ g_task_new (session, NULL, cb, data), pair };
  cr_desk_job_start (session, book_job, pair, free_pair, booked_cb, answer);
}

CrId
cr_combined_book_finish (CrSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), CR_ID_NONE);
  GError *failure = NULL;
  gssize id = g_task_propagate_int (G_TASK (result), &failure);
  if (failure == NULL)
    return (CrId)id;
  g_propagate_error (error, failure);
  return CR_ID_NONE;
}
