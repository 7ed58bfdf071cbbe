/* Several medications renewed at once: a draft each, checked against the others, stored for the signature. */
#include "chartroom/session/rx-draft.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define PROPOSED_DAYS 90 /* of what was never ordered here */

typedef struct {
  CrChart *chart;
  GPtrArray *drafts; /* CrRxDraft, in the order asked for */
  guint saving;
  GError *error; /* of the first that could not be stored */
} Renewal;

static void
renewal_free (gpointer data)
{
  Renewal *renewal = data;
  g_object_unref (renewal->chart);
  g_ptr_array_unref (renewal->drafts);
  g_clear_error (&renewal->error);
  g_free (renewal);
}

static const CrMedication *
find_medication (CrChart *chart, CrId id)
{
  const GPtrArray *all = cr_chart_get_records (chart)->medications;
  for (guint i = 0; i < all->len; i++)
    if (((const CrMedication *)all->pdata[i])->id == id)
      return all->pdata[i];
  return NULL;
}

/* An imported medication has directions and no order: a supply to review, never a refill. */
static void
propose_supply (CrRxDraft *draft)
{
  const CrPrescription *rx = cr_rx_draft_peek (draft);
  CrDecimal quantity = rx->quantity;
  g_autofree char *text = NULL;
  if (!quantity.set && !rx->sig.as_needed)
    quantity = cr_sig_quantity_for (&rx->sig, PROPOSED_DAYS);
  if (!quantity.set)
    return;
  text = cr_decimal_to_text (quantity);
  g_object_set (draft, "quantity", text, NULL);
  if (rx->refills == CR_INT_NONE)
    g_object_set (draft, "refills", "0", NULL);
}

static void
check_together (GPtrArray *drafts)
{
  for (guint i = 0; i < drafts->len; i++) {
    g_autoptr (GPtrArray) others = g_ptr_array_new ();
    for (guint k = 0; k < drafts->len; k++)
      if (k != i)
        g_ptr_array_add (others, (gpointer)cr_rx_draft_peek (drafts->pdata[k]));
    cr_rx_draft_set_batch (drafts->pdata[i], others);
  }
}

/* ---- what is reviewed ---- */

/* "Last signed Aug 30, 2026"; imported ones have only a start. */
static char *
before_words (const CrChartRecords *records, CrId medication_id, CrId but_not)
{
  CrDate last = CR_DATE_NONE;
  g_autofree char *day = NULL;
  for (guint i = 0; i < records->prescriptions->len; i++) {
    const CrPrescription *rx = records->prescriptions->pdata[i];
    if (rx->id != but_not && rx->medication_id == medication_id && rx->signed_at != CR_INSTANT_NONE &&
        (!cr_date_is_set (last) || cr_date_compare (rx->written_on, last) > 0))
      last = rx->written_on;
  }
  if (!cr_date_is_set (last))
    return g_strdup (_ ("Not signed here before: look at quantity and refills"));
  day = cr_date_format (last);
  return g_strdup_printf (_ ("Last signed %s"), day);
}

static CrQueueItem *
item_of (CrRxDraft *draft, const CrChartRecords *records)
{
  const CrPrescription *rx = cr_rx_draft_peek (draft);
  GPtrArray *checks = cr_rx_draft_get_checks (draft);
  CrQueueItem *item = g_new0 (CrQueueItem, 1);
  item->prescription = cr_prescription_copy (rx);
  item->patient = cr_patient_copy (records->patient);
  item->checks = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_check_free);
  for (guint i = 0; i < checks->len; i++)
    g_ptr_array_add (item->checks, cr_check_copy (checks->pdata[i]));
  item->before = before_words (records, rx->medication_id, rx->id);
  return item;
}

static GPtrArray *
items_of (const Renewal *renewal)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_queue_item_free);
  for (guint i = 0; i < renewal->drafts->len; i++)
    g_ptr_array_add (items, item_of (renewal->drafts->pdata[i], cr_chart_get_records (renewal->chart)));
  return items;
}

/* ---- storing ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Renewal *renewal = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error) && renewal->error == NULL)
    renewal->error = g_steal_pointer (&error);
  if (--renewal->saving > 0)
    return;
  if (renewal->error != NULL)
    g_task_return_error (task, g_steal_pointer (&renewal->error));
  else
    g_task_return_pointer (task, items_of (renewal), (GDestroyNotify)g_ptr_array_unref);
}

static gboolean
is_complete (CrRxDraft *draft)
{
  gboolean complete = FALSE;
  g_object_get (draft, "complete", &complete, NULL);
  return complete;
}

/* What lacks something is only handed back: it is written on in the composer. */
static void
save_all (GTask *task, Renewal *renewal)
{
  g_autoptr (GPtrArray) ready = g_ptr_array_new ();
  for (guint i = 0; i < renewal->drafts->len; i++)
    if (is_complete (renewal->drafts->pdata[i]))
      g_ptr_array_add (ready, renewal->drafts->pdata[i]);
  renewal->saving = ready->len;
  for (guint i = 0; i < ready->len; i++)
    cr_rx_draft_save_async (ready->pdata[i], saved_cb, g_object_ref (task));
  if (ready->len == 0)
    g_task_return_pointer (task, items_of (renewal), (GDestroyNotify)g_ptr_array_unref);
}

void
cr_rx_renew_async (CrChart *chart, const CrId *medications, guint n, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_CHART (chart));
  g_autoptr (GTask) task = g_task_new (chart, NULL, cb, data);
  Renewal *renewal = g_new0 (Renewal, 1);
  renewal->chart = g_object_ref (chart);
  renewal->drafts = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, renewal, renewal_free);
  for (guint i = 0; i < n; i++) {
    const CrMedication *medication = find_medication (chart, medications[i]);
    CrRxDraft *draft = medication != NULL ? cr_rx_draft_new (chart) : NULL;
    if (draft == NULL)
      continue;
    cr_rx_draft_renew (draft, medication);
    propose_supply (draft);
    g_ptr_array_add (renewal->drafts, draft);
  }
  check_together (renewal->drafts);
  if (renewal->drafts->len == 0)
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_NOT_FOUND, "%s",
                             _ ("These medications are no longer in the chart. Reload it."));
  else
    save_all (task, renewal);
}

GPtrArray *
cr_rx_renew_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
