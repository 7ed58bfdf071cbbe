#include "chartroom/session/hit-visits.h"
#include "chartroom/session/reach-load.h"
#include "chartroom/domain/closure.h"
#include "chartroom/domain/schedule-rules.h"
#include "chartroom/store/stores.h"
#include "desk-job.h"
#include "job-rules.h"
#include "visit-change.h"
#include <glib/gi18n.h>

#define LAST_DAY CR_DATE (9999, 12, 31)

typedef struct {
  CrScheduleException *closure; /* one of these four is asked about */
  GPtrArray *before;
  CrId person, patient;
  GPtrArray *after; /* CrHours, with before */
  GPtrArray *rows;  /* result */
} Search;

static void
free_search (gpointer data)
{
  Search *search = data;
  g_clear_pointer (&search->closure, cr_schedule_exception_free);
  g_clear_pointer (&search->before, g_ptr_array_unref);
  g_clear_pointer (&search->after, g_ptr_array_unref);
  g_clear_pointer (&search->rows, g_ptr_array_unref);
  g_free (search);
}

static gboolean
lies_within (const CrAppointment *a, const GPtrArray *hours)
{
  CrDay day = { .date = a->date, .person_id = a->person_id, .hours = hours };
  g_autoptr (GArray) open = cr_day_open_spans (&day);
  for (guint i = 0; i < open->len; i++) {
    CrSpan span = g_array_index (open, CrSpan, i);
    if (span.start <= a->start_min && a->start_min + a->minutes <= span.end)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_hit (const Search *search, const CrAppointment *a)
{
  if (a->stage != CR_STAGE_SCHEDULED && a->stage != CR_STAGE_CONFIRMED)
    return FALSE;
  if (search->closure != NULL)
    return cr_closure_hits (search->closure, a->person_id, a->date, a->start_min, a->minutes);
  if (search->before != NULL)
    return lies_within (a, search->before) && !lies_within (a, search->after);
  return search->patient != CR_ID_NONE ? a->patient_id == search->patient : a->person_id == search->person;
}

/* Those that are hit, taken out of visits. */
static GPtrArray *
take_hits (const Search *search, GPtrArray *visits)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);
  for (guint i = 0; i < visits->len; i++) {
    CrVisit *visit = visits->pdata[i];
    if (is_hit (search, visit->appointment)) {
      g_ptr_array_add (hits, visit);
      visits->pdata[i] = NULL;
    }
  }
  return hits;
}

static GPtrArray *
make_rows (GPtrArray *hits)
{
  GPtrArray *rows = cr_rows_new ();
  for (guint i = 0; i < hits->len; i++) {
    CrVisit *visit = hits->pdata[i];
    g_ptr_array_add (rows, cr_row_new (visit->appointment->id, visit, (GDestroyNotify)cr_visit_free));
  }
  g_ptr_array_set_free_func (hits, NULL); /* the rows have them */
  return rows;
}

static gboolean
search_job (CrTx *tx, gpointer data, GError **error)
{
  Search *search = data;
  CrDate from = cr_tx_today (tx), to = LAST_DAY;
  if (search->closure != NULL && cr_date_compare (search->closure->date, from) > 0)
    from = search->closure->date;
  if (search->closure != NULL)
    to = cr_closure_last (search->closure);
  if (search->before != NULL && (search->after = cr_hours_list (tx, CR_ID_NONE, error)) == NULL)
    return FALSE;
  g_autoptr (GPtrArray) visits = cr_visit_list (tx, from, to, error);
  if (visits == NULL)
    return FALSE;
  g_autoptr (GPtrArray) hits = take_hits (search, visits);
  if (!cr_visits_find_reach (tx, hits, error)) /* they are called */
    return FALSE;
  search->rows = make_rows (hits);
  return TRUE;
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (&search->rows), (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
start (CrSession *session, CrRight right, const Search *asked, GAsyncReadyCallback cb, gpointer data)
{
  GTask *task = g_task_new (session, NULL, cb, data);
  Search *search = g_memdup2 (asked, sizeof *asked);
  g_task_set_task_data (task, search, free_search);
  cr_session_run_async (session, right, search_job, search, NULL, searched_cb, task);
}

/* ---- cancelling all ---- */

typedef struct {
  GArray *visits; /* CrId */
  char *reason;
  guint n; /* result */
} Cancelling;

typedef struct {
  GTask *task;
  Cancelling *cancelling; /* the job's, until it has answered */
} Answer;

static void
free_cancelling (gpointer data)
{
  Cancelling *cancelling = data;
  g_array_unref (cancelling->visits);
  g_free (cancelling->reason);
  g_free (cancelling);
}

/* "Cancelled 3 visits of GARCIA, Maria": what one step did to all of them. */
static gboolean
label_all (CrTx *tx, guint n, CrId patient, char **label, GError **error)
{
  /* Translators: %%s is the patient's name. */
  g_autofree char *format =
      g_strdup_printf (ngettext ("Cancelled %u visit of %%s", "Cancelled %u visits of %%s", n), n);
  g_free (*label);
  *label = cr_desk_label (tx, format, patient, error);
  return *label != NULL;
}

static gboolean
cancel_job (CrBook *book, gpointer data, char **label, GError **error)
{
  Cancelling *cancelling = data;
  CrId patient = CR_ID_NONE;
  for (guint i = 0; i < cancelling->visits->len; i++) {
    CrId id = g_array_index (cancelling->visits, CrId, i);
    g_autoptr (CrAppointment) visit = cr_tx_load (cr_book_tx (book), &CR_APPOINTMENT, id, error);
    if (visit == NULL)
      return FALSE;
    patient = visit->patient_id;
    if (!cr_stage_holds_slot (visit->stage))
      continue;
    if (!cr_visit_set_stage (book, id, CR_STAGE_CANCELLED, CR_ID_NONE, cancelling->reason, label, error))
      return FALSE;
    cancelling->n++;
  }
  return cancelling->n < 2 || label_all (cr_book_tx (book), cancelling->n, patient, label, error);
}

static void
all_cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Answer *answer = data;
  g_autoptr (GTask) task = answer->task;
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_int (task, answer->cancelling->n);
  else
    g_task_return_error (task, error);
}

static gpointer
copy_hours (gconstpointer hours, gpointer data)
{
  return cr_hours_copy (hours);
}

void
cr_hit_by_closure_async (CrSession *session, const CrScheduleException *closure, GAsyncReadyCallback cb,
                         gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Search search = { .closure = cr_schedule_exception_copy (closure) };
  start (session, CR_RIGHT_ADMIN, &search, cb, data);
}

void
cr_hit_by_hours_async (CrSession *session, const GPtrArray *before, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Search search = { .before = g_ptr_array_copy ((GPtrArray *)before, copy_hours, NULL) };
  g_ptr_array_set_free_func (search.before, (GDestroyNotify)cr_hours_free);
  start (session, CR_RIGHT_ADMIN, &search, cb, data);
}

void
cr_hit_by_person_async (CrSession *session, CrId person, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Search search = { .person = person };
  start (session, CR_RIGHT_ADMIN, &search, cb, data);
}

void
cr_hit_by_patient_async (CrSession *session, CrId patient, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Search search = { .patient = patient };
  start (session, CR_RIGHT_SCHEDULE_VIEW, &search, cb, data);
}

GPtrArray *
cr_hit_visits_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cr_hit_cancel_async (CrSession *session, const GPtrArray *rows, const char *reason, GAsyncReadyCallback cb,
                     gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Answer *answer = g_new0 (Answer, 1);
  Cancelling *cancelling = g_new0 (Cancelling, 1);
  *answer = (Answer){ g_task_new (session, NULL, cb, data), cancelling };
  cancelling->visits = g_array_new (FALSE, FALSE, sizeof (CrId));
  cancelling->reason = g_strdup (reason);
  for (guint i = 0; i < rows->len; i++) {
    CrId id = cr_row_get_id (rows->pdata[i]);
    g_array_append_val (cancelling->visits, id);
  }
  cr_desk_job_start (session, cancel_job, cancelling, free_cancelling, all_cancelled_cb, answer);
}

int
cr_hit_cancel_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), -1);
  return (int)g_task_propagate_int (G_TASK (result), error);
}
