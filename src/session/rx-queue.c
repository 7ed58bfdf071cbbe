/* The practice-wide list of prescriptions that wait, and what happens to a signed one on paper. */
#include "chartroom/session/rx-draft.h"
#include "job-rules.h"
#include "live-list.h"
#include "rx-check.h"
#include "restricted.h"
#include "rx-sign.h"
#include <glib/gi18n.h>

typedef struct {
  CrId id;
  int pages;
} Printing;

static const int WAITING[] = { CR_RX_NEEDS_SIGNATURE };
static const int READY[] = { CR_RX_SIGNED };
static const CrRecordClass *const CLASSES[] = {
  &CR_PRESCRIPTION, &CR_PATIENT, &CR_ALLERGY, &CR_MEDICATION, &CR_PROBLEM, &CR_OBSERVATION, NULL
};

typedef struct { /* what the checks need beside the store */
  CrKnowledge *knowledge;
  CrClock *clock;
} Tools;

static Tools *
tools_new (CrSession *session)
{
  CrKnowledge *knowledge = cr_session_get_knowledge (session);
  Tools *tools = g_new0 (Tools, 1);
  tools->knowledge = knowledge != NULL ? cr_knowledge_ref (knowledge) : NULL;
  tools->clock = cr_clock_ref (cr_session_get_clock (session));
  return tools;
}

static void
tools_free (gpointer data)
{
  Tools *tools = data;
  g_clear_pointer (&tools->knowledge, cr_knowledge_unref);
  cr_clock_unref (tools->clock);
  g_free (tools);
}

/* ---- the list ---- */

/* What waits for the same person, whichever of merged charts it was written in. */
static GPtrArray *
waiting_for (CrTx *tx, const GPtrArray *found, CrId patient_id, GError **error)
{
  g_autoptr (GArray) charts = cr_patient_charts (tx, patient_id, error);
  GPtrArray *same = charts != NULL ? g_ptr_array_new () : NULL;
  for (guint i = 0; same != NULL && i < found->len; i++)
    for (guint k = 0; k < charts->len; k++)
      if (((const CrPrescription *)found->pdata[i])->patient_id == g_array_index (charts, CrId, k))
        g_ptr_array_add (same, found->pdata[i]);
  return same;
}

static GPtrArray *
check_item (CrTx *tx, const CrPrescription *rx, const GPtrArray *found, const Tools *tools, GError **error)
{
  g_autoptr (GPtrArray) batch = waiting_for (tx, found, rx->patient_id, error);
  g_autoptr (CrChartRecords) records =
      batch == NULL ? NULL : cr_check_records_load (tx, rx->patient_id, tools->knowledge, error);
  CrCheckInput in;
  if (records == NULL)
    return NULL;
  cr_check_input_fill (&in, records, tools->knowledge, tools->clock);
  in.rx = rx;
  in.batch = batch;
  return cr_checks_run (tools->knowledge, &in);
}

/* In place of what a restricted chart holds: nothing to read, nothing to sign. */
static CrPrescription *
closed_prescription (const CrPrescription *rx)
{
  CrPrescription *closed = cr_prescription_new ();
  closed->id = rx->id;
  closed->version = rx->version;
  closed->patient_id = rx->patient_id;
  closed->status = rx->status;
  closed->display = g_strdup (CR_RESTRICTED_WORD);
  return closed;
}

static CrQueueItem *
new_item (CrTx *tx, const CrPrescription *rx, const GPtrArray *found, const Tools *tools, GError **error)
{
  g_autoptr (CrPatient) patient = cr_patient_kept (tx, rx->patient_id, error);
  g_autoptr (CrPerson) author = patient != NULL ? cr_tx_load (tx, &CR_PERSON, rx->author_id, error) : NULL;
  gboolean closed = patient != NULL && cr_tx_is_closed (tx, patient);
  g_autoptr (GPtrArray) checks = author == NULL ? NULL
                                 : closed       ? g_ptr_array_new ()
                                                : check_item (tx, rx, found, tools, error);
  if (checks == NULL)
    return NULL;
  CrQueueItem *item = g_new0 (CrQueueItem, 1);
  item->restricted = closed;
  item->prescription = closed ? closed_prescription (rx) : cr_prescription_copy (rx);
  item->patient = g_steal_pointer (&patient);
  item->author = cr_person_short (author);
  item->checks = g_steal_pointer (&checks);
  return item;
}

static GPtrArray *
load_queue (CrTx *tx, const int *statuses, guint n, const Tools *tools, GError **error)
{
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  g_autoptr (GPtrArray) found = cr_prescriptions_with_status (tx, statuses, n, error);
  if (found == NULL)
    return NULL;
  for (guint i = 0; i < found->len; i++) {
    const CrPrescription *rx = found->pdata[i];
    CrQueueItem *item = new_item (tx, rx, found, tools, error);
    if (item == NULL)
      return NULL;
    g_ptr_array_add (rows, cr_row_new (rx->id, item, (GDestroyNotify)cr_queue_item_free));
  }
  return g_steal_pointer (&rows);
}

static GPtrArray *
load_waiting (CrTx *tx, gpointer data, GError **error)
{
  return load_queue (tx, WAITING, G_N_ELEMENTS (WAITING), data, error);
}

static GPtrArray *
load_ready (CrTx *tx, gpointer data, GError **error)
{
  return load_queue (tx, READY, G_N_ELEMENTS (READY), data, error);
}

static gboolean
same_checks (const GPtrArray *one, const GPtrArray *two)
{
  g_autofree char *a = cr_checks_to_json (one);
  g_autofree char *b = cr_checks_to_json (two);
  return g_str_equal (a, b);
}

static gboolean
same_item (gconstpointer a, gconstpointer b)
{
  const CrQueueItem *one = a, *two = b;
  return one->restricted == two->restricted && one->prescription->version == two->prescription->version &&
         one->patient->version == two->patient->version && g_strcmp0 (one->author, two->author) == 0 &&
         same_checks (one->checks, two->checks);
}

static const CrLiveSource WAITING_SOURCE = { CR_RIGHT_CLINICAL_RECORD, CLASSES, load_waiting, same_item };
static const CrLiveSource READY_SOURCE = { CR_RIGHT_CLINICAL_RECORD, CLASSES, load_ready, same_item };

const char *
cr_queue_item_alone (const CrQueueItem *item)
{
  g_autoptr (GPtrArray) problems = cr_prescription_problems (item->prescription);
  if (item->restricted)
    return _ ("Open the chart first");
  if (item->prescription->schedule != NULL)
    return _ ("Controlled: signed on its own");
  if (problems->len > 0)
    return _ ("Not complete");
  return cr_checks_worst_tier (item->checks) >= CR_CHECK_TIER_WARNING ? _ ("Has a warning to answer") : NULL;
}

/* ---- signing several ---- */

typedef struct {
  GArray *ids; /* CrId */
  Tools *tools;
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;
  g_array_unref (batch->ids);
  tools_free (batch->tools);
  g_free (batch);
}

/* Those signed before it are on the patient's list by now, so it is checked against them, too. */
static gboolean
sign_one (CrTx *tx, CrId id, const Tools *tools, GError **error)
{
  g_autoptr (CrPrescription) rx = cr_tx_load (tx, &CR_PRESCRIPTION, id, error);
  if (rx == NULL)
    return FALSE;
  if (!cr_tx_require_chart (tx, rx->patient_id, error))
    return FALSE;
  if (rx->schedule != NULL)
    return cr_refuse (error, _ ("A controlled prescription is reviewed and signed on its own."));
  g_autoptr (CrRxSaving) saving = g_new0 (CrRxSaving, 1);
  saving->rx = g_steal_pointer (&rx);
  saving->checks = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_check_free);
  saving->knowledge = tools->knowledge != NULL ? cr_knowledge_ref (tools->knowledge) : NULL;
  saving->clock = cr_clock_ref (tools->clock);
  return cr_rx_sign_job (tx, saving, error);
}

static gboolean
sign_batch_job (CrTx *tx, gpointer data, GError **error)
{
  const Batch *batch = data;
  for (guint i = 0; i < batch->ids->len; i++)
    if (!sign_one (tx, g_array_index (batch->ids, CrId, i), batch->tools, error))
      return FALSE;
  return TRUE;
}

void
cr_rx_sign_batch_async (CrSession *session, const CrId *prescriptions, guint n, GAsyncReadyCallback cb,
                        gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Batch *batch = g_new0 (Batch, 1);
  batch->ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_array_append_vals (batch->ids, prescriptions, n);
  batch->tools = tools_new (session);
  cr_session_run_async (session, CR_RIGHT_SIGN, sign_batch_job, batch, batch_free, cb, data);
}

/* ---- paper ---- */

static gboolean
mark_printed_job (CrTx *tx, gpointer data, GError **error)
{
  Printing *printing = data;
  g_autoptr (CrPrescription) rx = cr_tx_load (tx, &CR_PRESCRIPTION, printing->id, error);
  if (rx == NULL || !cr_tx_require_chart (tx, rx->patient_id, error))
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
  g_free (item->before);
  g_ptr_array_unref (item->checks);
  g_free (item);
}

GListModel *
cr_rx_queue_new (CrSession *session, gboolean ready)
{
  return cr_live_list_new (session, ready ? &READY_SOURCE : &WAITING_SOURCE, tools_new (session), tools_free);
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
