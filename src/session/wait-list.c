#include "chartroom/session/wait-list.h"
#include "desk-action.h"
#include "desk-job.h"
#include "live-list.h"
#include "visit-change.h"
#include "wait-load.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include <glib/gi18n.h>

enum { CLOSED_DAYS = 90 };

typedef struct {
  CrWaitEntry *entry; /* what is added or changed */
  CrWaitItem *item;   /* what was read */
  CrId id;
  CrSlot slot;
  guint accept;
  char *how;
} Act;

static void
free_act (gpointer data)
{
  Act *act = data;
  g_clear_pointer (&act->entry, cr_wait_entry_free);
  g_clear_pointer (&act->item, cr_wait_item_free);
  g_free (act->how);
  g_free (act);
}

/* ---- the list ---- */

/* Takes the items. */
static GPtrArray *
make_rows (GPtrArray *taken)
{
  g_autoptr (GPtrArray) items = taken;
  if (items == NULL)
    return NULL;
  GPtrArray *rows = cr_rows_new ();
  gsize n = 0;
  g_autofree gpointer *stolen = g_ptr_array_steal (items, &n);
  for (gsize i = 0; i < n; i++) {
    CrWaitItem *item = stolen[i];
    g_ptr_array_add (rows, cr_row_new (item->entry->id, item, (GDestroyNotify)cr_wait_item_free));
  }
  return rows;
}

static GPtrArray *
load_rows (CrTx *tx, gpointer data, GError **error)
{
  return make_rows (cr_wait_items_load (tx, error));
}

static GPtrArray *
load_closed (CrTx *tx, gpointer data, GError **error)
{
  CrInstant since = cr_tx_now (tx) - (gint64)CLOSED_DAYS * 24 * 3600 * G_USEC_PER_SEC;
  return make_rows (cr_wait_items_load_closed (tx, since, error));
}

static gboolean
same_item (gconstpointer first, gconstpointer second)
{
  const CrWaitItem *a = first, *b = second;
  return cr_rows_same_version (a->entry, b->entry) && cr_rows_same_version (a->patient, b->patient) &&
         cr_reach_equal (a->reach, b->reach) && (a->interim == NULL) == (b->interim == NULL) &&
         (a->interim == NULL || cr_rows_same_version (a->interim, b->interim)) &&
         g_strcmp0 (a->type_name, b->type_name) == 0 && g_strcmp0 (a->clinician, b->clinician) == 0 &&
         a->minutes == b->minutes && a->expired == b->expired && g_strcmp0 (a->got, b->got) == 0;
}

static const CrRecordClass *const CLASSES[] = {
  &CR_WAIT_ENTRY, &CR_APPOINTMENT, &CR_PATIENT, &CR_RELATED_PERSON, &CR_VISIT_TYPE, &CR_PERSON, NULL
};

GListModel *
cr_wait_closed_new (CrSession *session)
{
  static const CrLiveSource source = { CR_RIGHT_SCHEDULE_VIEW, CLASSES, load_closed, same_item };
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  return cr_live_list_new (session, &source, NULL, NULL);
}

GListModel *
cr_wait_list_new (CrSession *session)
{
  static const CrLiveSource source = { CR_RIGHT_SCHEDULE_VIEW, CLASSES, load_rows, same_item };
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  return cr_live_list_new (session, &source, NULL, NULL);
}

/* ---- what is done with it ---- */

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, sentence);
  return FALSE;
}

/* Days and hours that leave no time at all. */
static gboolean
check_entry (CrTx *tx, const CrWaitEntry *entry, GError **error)
{
  if (entry->patient_id == CR_ID_NONE || entry->visit_type_id == CR_ID_NONE)
    return refuse (error, _ ("Choose the patient and the type of the visit."));
  const char *times = cr_wait_entry_times_problem (entry);
  const char *days = cr_wait_entry_days_problem (entry, cr_tx_today (tx));
  const char *reason = cr_reason_problem (entry->reason);
  const char *problem = times != NULL ? times : days != NULL ? days : reason;
  return problem == NULL || refuse (error, problem);
}

static gboolean
add_job (CrBook *book, gpointer data, char **label, GError **error)
{
  Act *act = data;
  CrTx *tx = cr_book_tx (book);
  CrWaitEntry *entry = act->entry;
  entry->status = CR_WAIT_OPEN;
  entry->added_at = cr_tx_now (tx);
  entry->added_by = cr_store_user_person (cr_tx_user (tx))->id;
  if (!check_entry (tx, entry, error) || !cr_tx_save (tx, &CR_WAIT_ENTRY, entry, error))
    return FALSE;
  *label = cr_desk_label (tx, _ ("%s put on the wait list"), entry->patient_id, error);
  return *label != NULL;
}

/* NULL with error when somebody closed it meanwhile. */
static CrWaitEntry *
load_open (CrTx *tx, CrId id, GError **error)
{
  g_autoptr (CrWaitEntry) entry = cr_tx_load (tx, &CR_WAIT_ENTRY, id, error);
  if (entry == NULL || entry->status == CR_WAIT_OPEN)
    return g_steal_pointer (&entry);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CONFLICT,
                       _ ("This entry of the wait list was closed meanwhile. Look at the list again."));
  return NULL;
}

/* What it asks for is the caller's, what became of it is the store's. */
static gboolean
change_job (CrBook *book, gpointer data, char **label, GError **error)
{
  const Act *act = data;
  CrTx *tx = cr_book_tx (book);
  g_autoptr (CrWaitEntry) stored = load_open (tx, act->entry->id, error), entry = NULL;
  if (stored == NULL)
    return FALSE;
  entry = cr_wait_entry_copy (act->entry);
  entry->patient_id = stored->patient_id;
  entry->interim_appointment_id = stored->interim_appointment_id;
  entry->status = stored->status;
  entry->added_at = stored->added_at;
  entry->added_by = stored->added_by;
  if (!check_entry (tx, entry, error) || !cr_tx_save (tx, &CR_WAIT_ENTRY, entry, error))
    return FALSE;
  *label = cr_desk_label (tx, _ ("%s's entry of the wait list changed"), entry->patient_id, error);
  return *label != NULL;
}

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  Act *act = data;
  g_autoptr (CrWaitEntry) entry = load_open (tx, act->id, error);
  g_autoptr (CrPatient) patient =
      entry != NULL ? cr_tx_load (tx, &CR_PATIENT, entry->patient_id, error) : NULL;
  if (patient != NULL)
    act->item = cr_wait_item_load (tx, g_steal_pointer (&entry));
  return act->item != NULL;
}

static gboolean
close_entry (CrTx *tx, CrWaitEntry *entry, CrWaitStatus status, CrId appointment, const char *how,
             GError **error)
{
  entry->status = status;
  entry->appointment_id = appointment;
  entry->closed_at = cr_tx_now (tx);
  entry->closed_by = cr_store_user_person (cr_tx_user (tx))->id;
  g_free (entry->closed_how);
  entry->closed_how = cr_str_empty (how) ? NULL : cr_text_trim (how);
  return cr_tx_save (tx, &CR_WAIT_ENTRY, entry, error);
}

static gboolean
close_job (CrBook *book, gpointer data, char **label, GError **error)
{
  const Act *act = data;
  CrTx *tx = cr_book_tx (book);
  g_autoptr (CrWaitEntry) entry = load_open (tx, act->id, error);
  if (entry == NULL)
    return FALSE;
  if (cr_text_is_blank (act->how))
    return refuse (error, _ ("Say why the entry is closed."));
  *label = cr_desk_label (tx, _ ("%s taken off the wait list"), entry->patient_id, error);
  return *label != NULL && close_entry (tx, entry, CR_WAIT_CANCELLED, CR_ID_NONE, act->how, error);
}

/* The visit that they hold meanwhile, when it can still be moved. */
static gboolean
holds_interim (CrTx *tx, const CrWaitEntry *entry)
{
  if (entry->interim_appointment_id == CR_ID_NONE)
    return FALSE;
  g_autoptr (CrAppointment) interim = cr_tx_load (tx, &CR_APPOINTMENT, entry->interim_appointment_id, NULL);
  return interim != NULL && interim->stage < CR_STAGE_ARRIVED;
}

static gboolean
book_job (CrBook *book, gpointer data, char **label, GError **error)
{
  const Act *act = data;
  CrTx *tx = cr_book_tx (book);
  g_autoptr (CrWaitEntry) entry = load_open (tx, act->id, error);
  gboolean done;
  CrId id = CR_ID_NONE;
  if (entry == NULL)
    return FALSE;
  if (holds_interim (tx, entry)) {
    CrVisitChange change = CR_VISIT_CHANGE (entry->interim_appointment_id);
    change.date = act->slot.date;
    change.person_id = act->slot.person_id;
    change.start = act->slot.start;
    change.accept = act->accept;
    done = cr_visit_change (book, &change, label, &id, error);
  } else {
    CrBooking booking = { .patient_id = entry->patient_id,
                          .person_id = act->slot.person_id,
                          .visit_type_id = entry->visit_type_id,
                          .date = act->slot.date,
                          .start = act->slot.start,
                          .minutes = entry->minutes != CR_INT_NONE ? (int)entry->minutes : 0,
                          .reason = entry->reason,
                          .accept = act->accept };
    done = cr_visit_book (book, &booking, label, &id, error);
  }
  return done && close_entry (tx, entry, CR_WAIT_BOOKED, id, NULL, error);
}

/* entry is copied. */
static void
start_with (CrSession *session, CrDeskJob job, const CrWaitEntry *entry, GAsyncReadyCallback cb,
            gpointer data)
{
  Act *act = g_new0 (Act, 1);
  act->entry = cr_wait_entry_copy (entry);
  cr_desk_job_start (session, job, act, free_act, cb, data);
}

void
cr_wait_add_async (CrSession *session, const CrWaitEntry *entry, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  start_with (session, add_job, entry, cb, data);
}

void
cr_wait_change_async (CrSession *session, const CrWaitEntry *entry, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  start_with (session, change_job, entry, cb, data);
}

void
cr_wait_load_async (CrSession *session, CrId entry, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Act *act = g_new0 (Act, 1);
  act->id = entry;
  cr_desk_read_start (session, CR_RIGHT_SCHEDULE_VIEW, load_job, act, free_act, cb, data);
}

CrWaitItem *
cr_wait_load_finish (CrSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  Act *act = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&act->item) : NULL;
}

void
cr_wait_close_async (CrSession *session, CrId entry, const char *how, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Act *act = g_new0 (Act, 1);
  act->id = entry;
  act->how = cr_text_trim (how);
  cr_desk_job_start (session, close_job, act, free_act, cb, data);
}

void
cr_wait_book_async (CrSession *session, CrId entry, const CrSlot *slot, guint accept, GAsyncReadyCallback cb,
                    gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Act *act = g_new0 (Act, 1);
  act->id = entry;
  act->slot = *slot;
  act->accept = accept;
  cr_desk_job_start (session, book_job, act, free_act, cb, data);
}
