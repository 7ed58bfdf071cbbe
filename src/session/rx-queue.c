/* The practice-wide list of prescriptions that wait, and what happens to a signed one on paper. */
#include "chartroom/session/rx-draft.h"
#include "job-rules.h"
#include "live-list.h"
#include <glib/gi18n.h>

typedef struct {
  CrId id;
  int pages;
} Printing;

static const int WAITING[] = { CR_RX_NEEDS_SIGNATURE };
static const int READY[] = { CR_RX_SIGNED };
static const CrRecordClass *const CLASSES[] = { &CR_PRESCRIPTION, &CR_PATIENT, NULL };

static CrQueueItem *
new_item (CrTx *tx, const CrPrescription *rx, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, rx->patient_id, error);
  g_autoptr (CrPerson) author = patient != NULL ? cr_tx_load (tx, &CR_PERSON, rx->author_id, error) : NULL;
  if (author == NULL)
    return NULL;
  CrQueueItem *item = g_new0 (CrQueueItem, 1);
  item->prescription = cr_prescription_copy (rx);
  item->patient = g_steal_pointer (&patient);
  item->author = cr_person_short (author);
  return item;
}

static GPtrArray *
load_queue (CrTx *tx, const int *statuses, guint n, GError **error)
{
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  g_autoptr (GPtrArray) found = cr_prescriptions_with_status (tx, statuses, n, error);
  if (found == NULL)
    return NULL;
  for (guint i = 0; i < found->len; i++) {
    const CrPrescription *rx = found->pdata[i];
    CrQueueItem *item = new_item (tx, rx, error);
    if (item == NULL)
      return NULL;
    g_ptr_array_add (rows, cr_row_new (rx->id, item, (GDestroyNotify)cr_queue_item_free));
  }
  return g_steal_pointer (&rows);
}

static GPtrArray *
load_waiting (CrTx *tx, gpointer data, GError **error)
{
  return load_queue (tx, WAITING, G_N_ELEMENTS (WAITING), error);
}

static GPtrArray *
load_ready (CrTx *tx, gpointer data, GError **error)
{
  return load_queue (tx, READY, G_N_ELEMENTS (READY), error);
}

static gboolean
same_item (gconstpointer a, gconstpointer b)
{
  const CrQueueItem *one = a, *two = b;
  return one->prescription->version == two->prescription->version &&
         one->patient->version == two->patient->version && g_strcmp0 (one->author, two->author) == 0;
}

static const CrLiveSource WAITING_SOURCE = { CR_RIGHT_CLINICAL_RECORD, CLASSES, load_waiting, same_item };
static const CrLiveSource READY_SOURCE = { CR_RIGHT_CLINICAL_RECORD, CLASSES, load_ready, same_item };

static gboolean
mark_printed_job (CrTx *tx, gpointer data, GError **error)
{
  Printing *printing = data;
  g_autoptr (CrPrescription) rx = cr_tx_load (tx, &CR_PRESCRIPTION, printing->id, error);
  if (rx == NULL)
    return FALSE;
  if (rx->signature == NULL || rx->status == CR_RX_VOIDED)
    return cr_refuse (error, _ ("Only a signed prescription counts as printed."));
  g_autofree char *detail = g_strdup_printf ("%d pages", printing->pages);
  rx->status = rx->status == CR_RX_SIGNED ? CR_RX_PRINTED : rx->status;
  rx->printed_at = cr_tx_now (tx);
  rx->prints = rx->prints == CR_INT_NONE ? 1 : rx->prints + 1;
  return cr_tx_save (tx, &CR_PRESCRIPTION, rx, error) &&
         cr_tx_audit (tx, "print", CR_PRESCRIPTION.name, rx->id, rx->patient_id, detail, error);
}

void
cr_queue_item_free (CrQueueItem *item)
{
  cr_prescription_free (item->prescription);
  cr_patient_free (item->patient);
  g_free (item->author);
  g_free (item);
}

GListModel *
cr_rx_queue_new (CrSession *session, gboolean ready)
{
  return cr_live_list_new (session, ready ? &READY_SOURCE : &WAITING_SOURCE, NULL, NULL);
}

void
cr_rx_mark_printed_async (CrSession *session, CrId prescription, int pages, GAsyncReadyCallback cb,
                          gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Printing *printing = g_new0 (Printing, 1);
  *printing = (Printing){ prescription, pages };
  cr_session_run_async (session, CR_RIGHT_CLINICAL_RECORD, mark_printed_job, printing, g_free, cb, data);
}
