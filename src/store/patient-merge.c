/* Merging two charts of one person, and undoing it. */
#include "store-private.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/record-classes.h"
#include "chartroom/domain/merge-rules.h"
#include "chartroom/store/desk-stores.h"
#include "chartroom/store/patient-merge.h"
#include "chartroom/store/person-charts.h"
#include "chartroom/store/stores.h"
#include "list.h"
#include <glib/gi18n.h>

/* One merge on its way. */
typedef struct {
  CrTx *tx;
  CrPatientMerge *merge;
} Merging;

/* ---- saving and remembering ---- */

static gboolean
remember (Merging *self, const CrTable *table, gconstpointer before, gconstpointer after, const char *name,
          GError **error)
{
  g_autoptr (CrMergeItem) item = cr_merge_item_new ();
  const CrField *field = cr_record_field (table->klass, name);
  item->merge_id = self->merge->id;
  item->kind = g_strdup (table->klass->name);
  item->record_id = ((const CrRecord *)after)->id;
  item->field = g_strdup (name);
  item->former = cr_field_to_text (field, before);
  item->became = cr_field_to_text (field, after);
  return cr_tx_save (self->tx, &CR_MERGE_ITEM, item, error);
}

static gboolean
save_change (Merging *self, const CrTable *table, gconstpointer before, gpointer after, GError **error)
{
  g_auto (GStrv) names = cr_record_diff (table->klass, before, after);
  if (!cr_tx_save (self->tx, table->klass, after, error))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (!remember (self, table, before, after, names[i], error))
      return FALSE;
  return TRUE;
}

/* ---- what moves ---- */

/* Clinical rows are signed, or are what a signed row speaks of: the patient's id is among the signed bytes.
 */
static gboolean
moves (const CrTable *table)
{
  return table->patient != 0 && !table->klass->clinical && table->klass != &CR_DUPLICATE_ANSWER &&
         cr_record_field (table->klass, "patient_id") != NULL;
}

static gint64
last_rank (const GPtrArray *coverages)
{
  gint64 last = 0;
  for (guint i = 0; i < coverages->len; i++) {
    const CrCoverage *coverage = coverages->pdata[i];
    if (coverage->rank != CR_INT_NONE)
      last = MAX (last, coverage->rank);
  }
  return last;
}

/* Insurance of the chart that goes comes after that of the kept one. */
static gboolean
move_row (Merging *self, const CrTable *table, gpointer row, gint64 ranks, GError **error)
{
  gpointer before = cr_record_copy (table->klass, row);
  *(CrId *)((char *)row + table->patient) = self->merge->kept_id;
  if (table->klass == &CR_COVERAGE && ((CrCoverage *)row)->rank != CR_INT_NONE)
    ((CrCoverage *)row)->rank += ranks;
  gboolean moved = save_change (self, table, before, row, error);
  cr_record_free (table->klass, before);
  return moved;
}

static gboolean
move_rows (Merging *self, const CrTable *table, gint64 ranks, GError **error)
{
  g_autoptr (GPtrArray) rows = cr_list_of (self->tx, table, table->of_patient, self->merge->gone_id, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!move_row (self, table, rows->pdata[i], ranks, error))
      return FALSE;
  return rows != NULL;
}

static gboolean
move_all (Merging *self, GError **error)
{
  g_autoptr (GPtrArray) coverages =
      cr_list_of (self->tx, &CR_COVERAGE_TABLE, CR_COVERAGE_TABLE.of_patient, self->merge->kept_id, error);
  if (coverages == NULL)
    return FALSE;
  gint64 ranks = last_rank (coverages);
  for (guint t = 0; CR_TABLES[t] != NULL; t++)
    if (moves (CR_TABLES[t]) && !move_rows (self, CR_TABLES[t], ranks, error))
      return FALSE;
  return TRUE;
}

/* ---- the patients themselves ---- */

static gboolean
point_to_kept (Merging *self, CrId patient, GError **error)
{
  g_autoptr (CrPatient) before = cr_tx_load (self->tx, &CR_PATIENT, patient, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (CrPatient) after = cr_patient_copy (before);
  after->merged_into = self->merge->kept_id;
  return save_change (self, &CR_PATIENT_TABLE, before, after, error);
}

/* The chart itself and those that were merged into it before. */
static gboolean
point_all_to_kept (Merging *self, GError **error)
{
  g_autoptr (GArray) charts = cr_patient_charts (self->tx, self->merge->gone_id, error);
  for (guint i = 0; charts != NULL && i < charts->len; i++)
    if (!point_to_kept (self, g_array_index (charts, CrId, i), error))
      return FALSE;
  return charts != NULL;
}

static gboolean
has_active_allergy (CrTx *tx, CrId patient, gboolean *has, GError **error)
{
  g_autoptr (GPtrArray) allergies = cr_allergies (tx, patient, error);
  if (allergies == NULL)
    return FALSE;
  g_autoptr (GPtrArray) active = cr_allergies_active (allergies);
  *has = active->len > 0;
  return TRUE;
}

/* An allergy of either chart makes the statement of the kept one Known. */
static gboolean
complete_kept (Merging *self, const CrPatient *gone, GError **error)
{
  g_autoptr (CrPatient) before = cr_tx_load (self->tx, &CR_PATIENT, self->merge->kept_id, error);
  gboolean allergic = FALSE;
  if (before == NULL || !has_active_allergy (self->tx, before->id, &allergic, error))
    return FALSE;
  g_autoptr (CrPatient) after = cr_patient_copy (before);
  cr_merge_fill (after, gone);
  if (allergic)
    after->allergy_status = CR_ALLERGY_KNOWN;
  cr_patient_index (after);
  return save_change (self, &CR_PATIENT_TABLE, before, after, error);
}

/* ---- merging ---- */

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
check_order (CrTx *tx, const CrMergeOrder *order, const CrPatient *kept, const CrPatient *gone,
             GError **error)
{
  g_autofree char *objection = cr_merge_objection (kept, gone);
  g_autofree char *reason = cr_text_trim (order->reason);
  if (objection != NULL)
    return refuse (error, objection);
  if (cr_str_empty (reason))
    return refuse (error, _ ("Say how you know that both charts are one person."));
  if (order->second == NULL ||
      cr_store_user_person (order->second)->id == cr_store_user_person (tx->user)->id)
    return refuse (error, _ ("A second person has to sign for a merge with the own password."));
  return TRUE;
}

static CrPatientMerge *
new_merge (CrTx *tx, const CrMergeOrder *order)
{
  CrPatientMerge *merge = cr_patient_merge_new ();
  merge->kept_id = order->kept;
  merge->gone_id = order->gone;
  merge->reason = cr_text_trim (order->reason);
  merge->merged_at = cr_tx_now (tx);
  merge->merged_by = cr_store_user_person (tx->user)->id;
  merge->second_person_id = cr_store_user_person (order->second)->id;
  return merge;
}

static gboolean
audit_merge (CrTx *tx, const char *action, const CrPatientMerge *merge, GError **error)
{
  g_autoptr (CrPatient) kept = cr_tx_load (tx, &CR_PATIENT, merge->kept_id, error);
  g_autoptr (CrPatient) gone = kept == NULL ? NULL : cr_tx_load (tx, &CR_PATIENT, merge->gone_id, error);
  g_autoptr (CrPerson) second =
      gone == NULL ? NULL : cr_tx_load (tx, &CR_PERSON, merge->second_person_id, error);
  if (second == NULL)
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("MRN %s into MRN %s, signed by %s too: %s", gone->mrn, kept->mrn,
                                             second->login, merge->reason);
  return cr_tx_audit (tx, action, CR_PATIENT.name, gone->id, kept->id, detail, error);
}

CrPatientMerge *
cr_patients_merge (CrTx *tx, const CrMergeOrder *order, GError **error)
{
  g_autoptr (CrPatient) kept = cr_tx_load (tx, &CR_PATIENT, order->kept, error);
  g_autoptr (CrPatient) gone = kept == NULL ? NULL : cr_tx_load (tx, &CR_PATIENT, order->gone, error);
  if (gone == NULL || !check_order (tx, order, kept, gone, error))
    return NULL;
  g_autoptr (CrPatientMerge) merge = new_merge (tx, order);
  Merging self = { tx, merge };
  if (cr_tx_save (tx, &CR_PATIENT_MERGE, merge, error) && point_all_to_kept (&self, error) &&
      move_all (&self, error) && complete_kept (&self, gone, error) &&
      audit_merge (tx, "merge", merge, error))
    return g_steal_pointer (&merge);
  return NULL;
}

/* ---- undoing ---- */

/* FALSE when the value cannot be put back any more. */
static gboolean
put_back (const CrMergeItem *item, const CrTable *table, gpointer record)
{
  const CrField *field = cr_record_field (table->klass, item->field);
  g_autofree char *present = field == NULL ? NULL : cr_field_to_text (field, record);
  if (field == NULL)
    return FALSE;
  return g_strcmp0 (present, item->became) != 0 || cr_field_set_text (field, record, item->former);
}

/* The items of one record, which follow each other; moves *i behind them. */
static gboolean
restore_record (CrTx *tx, const GPtrArray *items, guint *i, GError **error)
{
  const CrMergeItem *first = items->pdata[*i];
  const CrRecordClass *klass = cr_record_class_find (first->kind);
  const CrTable *table = klass == NULL ? NULL : cr_table_of (klass);
  gpointer record = table == NULL ? NULL : cr_tx_load (tx, klass, first->record_id, error);
  gboolean restored = record != NULL;
  for (; *i < items->len; (*i)++) {
    const CrMergeItem *item = items->pdata[*i];
    if (item->record_id != first->record_id)
      break;
    restored = restored && put_back (item, table, record);
  }
  if (restored && klass == &CR_PATIENT)
    cr_patient_index (record);
  restored = restored && cr_tx_save (tx, klass, record, error);
  if (record != NULL)
    cr_record_free (klass, record);
  return restored;
}

/* After the charts parted each statement follows the chart's own allergies; what nobody changed stands. */
static gboolean
settle_allergies (CrTx *tx, CrId patient_id, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, patient_id, error);
  gboolean allergic = FALSE;
  if (patient == NULL || !has_active_allergy (tx, patient_id, &allergic, error))
    return FALSE;
  if (allergic)
    patient->allergy_status = CR_ALLERGY_KNOWN;
  else if (patient->allergy_status == CR_ALLERGY_KNOWN)
    patient->allergy_status = CR_ALLERGY_NOT_RECORDED;
  return cr_tx_save (tx, &CR_PATIENT, patient, error);
}

static gboolean
check_undo (CrTx *tx, const CrPatientMerge *merge, GError **error)
{
  g_autoptr (CrPatient) kept = cr_tx_load (tx, &CR_PATIENT, merge->kept_id, error);
  g_autofree char *objection = cr_merge_undo_objection (merge, tx->store->clock, cr_tx_now (tx));
  if (kept == NULL)
    return FALSE;
  if (objection != NULL)
    return refuse (error, objection);
  if (kept->merged_into == CR_ID_NONE)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("MRN %s was itself merged into another chart later. Undo that merge first."), kept->mrn);
  return FALSE;
}

gboolean
cr_patients_unmerge (CrTx *tx, CrId id, GError **error)
{
  g_autoptr (CrPatientMerge) merge = cr_tx_load (tx, &CR_PATIENT_MERGE, id, error);
  if (merge == NULL || !check_undo (tx, merge, error))
    return FALSE;
  g_autoptr (GPtrArray) items = cr_merge_items (tx, id, error);
  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len;)
    if (!restore_record (tx, items, &i, error))
      return FALSE;
  merge->undone_at = cr_tx_now (tx);
  merge->undone_by = cr_store_user_person (tx->user)->id;
  return settle_allergies (tx, merge->kept_id, error) && settle_allergies (tx, merge->gone_id, error) &&
         cr_tx_save (tx, &CR_PATIENT_MERGE, merge, error) && audit_merge (tx, "unmerge", merge, error);
}
