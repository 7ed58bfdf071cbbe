#include "import-save.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

/* While one bundle is stored. */
typedef struct {
  CrTx *tx;
  CrImportSaving *saving;
  GHashTable *patients;   /* source → CrId *; CR_ID_NONE: looked for, not there */
  GHashTable *encounters; /* the same */
  GHashTable *panels;     /* panel key → CrId * */
  GHashTable *allergic;   /* sources of patients with an active allergy in this file */
  GHashTable *added;      /* sources of patients that were added now */
} Import;

static void
clear_import (Import *self)
{
  g_hash_table_unref (self->patients);
  g_hash_table_unref (self->encounters);
  g_hash_table_unref (self->panels);
  g_hash_table_unref (self->allergic);
  g_hash_table_unref (self->added);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, clear_import)

static GHashTable *
new_id_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

static void
put_id (GHashTable *table, const char *key, CrId id)
{
  CrId *value = g_new (CrId, 1);
  *value = id;
  g_hash_table_replace (table, (gpointer)key, value);
}

static void
add_finding (Import *self, const CrFhirItem *item, const char *reason)
{
  g_ptr_array_add (self->saving->findings,
                   g_strdup_printf ("entry[%u] (%s): %s", item->entry, item->type, reason));
}

/* A resource of several records is as much as the most of them. */
static void
set_fate (Import *self, const CrFhirItem *item, CrImportFate fate)
{
  gpointer key = GUINT_TO_POINTER (item->entry);
  CrImportFate before = GPOINTER_TO_INT (g_hash_table_lookup (self->saving->fates, key));
  g_hash_table_insert (self->saving->fates, key, GINT_TO_POINTER (MAX (before, fate)));
}

static gpointer
field_at (const CrFhirItem *item, const char *name)
{
  const CrField *field = cr_record_field (item->klass, name);
  return field != NULL ? (char *)item->record + field->offset : NULL;
}

/* ---- what the file refers to ---- */

/* What other items may refer to; NULL for the classes that nothing refers to. */
static GHashTable *
table_of (Import *self, const CrRecordClass *klass)
{
  return klass == &CR_PATIENT ? self->patients : klass == &CR_ENCOUNTER ? self->encounters : NULL;
}

static void
remember (Import *self, const CrFhirItem *item, CrId id)
{
  GHashTable *table = table_of (self, item->klass);
  if (table != NULL)
    put_id (table, item->source, id);
}

static gboolean
find_stored (Import *self, const CrRecordClass *klass, const char *source, CrId *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  *id = cr_source_find (self->tx, klass, source, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Of this file, or stored by an earlier one; CR_ID_NONE when it is neither, or of another kind. */
static gboolean
find_referred (Import *self, const CrRecordClass *klass, const char *source, CrId *id, GError **error)
{
  GHashTable *table = table_of (self, klass);
  const CrId *known = g_hash_table_lookup (table, source);
  if (known != NULL) {
    *id = *known;
    return TRUE;
  }
  if (!find_stored (self, klass, source, id, error))
    return FALSE;
  put_id (table, source, *id);
  return TRUE;
}

static gboolean
resolve_patient (Import *self, const CrFhirItem *item, gboolean *found, GError **error)
{
  CrId *patient = field_at (item, "patient_id");
  *found = TRUE;
  if (patient == NULL)
    return TRUE;
  if (item->patient != NULL && !find_referred (self, &CR_PATIENT, item->patient, patient, error))
    return FALSE;
  *found = *patient != CR_ID_NONE;
  return TRUE;
}

static gboolean
resolve_encounter (Import *self, const CrFhirItem *item, GError **error)
{
  CrId *encounter = field_at (item, "encounter_id");
  return encounter == NULL || item->encounter == NULL ||
         find_referred (self, &CR_ENCOUNTER, item->encounter, encounter, error);
}

/* ---- what follows from the record itself: the same at every import ---- */

static void
code_allergy (Import *self, CrAllergy *allergy)
{
  const CrAllergen *allergen = cr_knowledge_allergen_named (self->saving->knowledge, allergy->substance);
  if (allergen == NULL || allergy->code != NULL)
    return;
  allergy->code = g_strdup (allergen->code);
  if (allergy->category == NULL)
    allergy->category = g_strdup (allergen->category);
}

static void
complete_record (Import *self, const CrFhirItem *item)
{
  if (item->klass == &CR_ALLERGY)
    code_allergy (self, item->record);
  if (item->klass != &CR_PATIENT)
    return;
  CrPatient *patient = item->record;
  cr_patient_index (patient);
  if (g_hash_table_contains (self->allergic, item->source))
    patient->allergy_status = CR_ALLERGY_KNOWN;
}

static CrId
panel_id (Import *self, const char *panel)
{
  const CrId *known = g_hash_table_lookup (self->panels, panel);
  if (known != NULL)
    return *known;
  put_id (self->panels, panel, cr_tx_new_id (self->tx));
  return *(const CrId *)g_hash_table_lookup (self->panels, panel);
}

/* ---- new records ---- */

static gboolean
complete_new (Import *self, const CrFhirItem *item, GError **error)
{
  if (item->klass == &CR_OBSERVATION && item->panel != NULL)
    ((CrObservation *)item->record)->panel_id = panel_id (self, item->panel);
  if (item->klass != &CR_PATIENT)
    return TRUE;
  CrPatient *patient = item->record;
  g_free (patient->mrn);
  patient->mrn = cr_patient_next_mrn (self->tx, error);
  patient->registered_on = cr_tx_today (self->tx);
  g_hash_table_add (self->added, item->source);
  return patient->mrn != NULL;
}

/* A sealed file would outlive the end of a dry run. */
static gboolean
save_new (Import *self, const CrFhirItem *item, GError **error)
{
  if (item->klass == &CR_DOCUMENT && item->content != NULL && !self->saving->dry_run)
    return cr_document_add (self->tx, item->record, item->content, error);
  return cr_tx_save (self->tx, item->klass, item->record, error);
}

static gboolean
add_record (Import *self, const CrFhirItem *item, GError **error)
{
  if (!complete_new (self, item, error) || !save_new (self, item, error))
    return FALSE;
  remember (self, item, ((const CrRecord *)item->record)->id);
  self->saving->rows_added++;
  set_fate (self, item, CR_IMPORT_ADDED);
  return TRUE;
}

/* ---- records that are there already ---- */

static gboolean
is_absent (const CrField *field, gconstpointer record)
{
  g_autofree char *text = cr_field_to_text (field, record);
  return text == NULL;
}

/* What the file does not say stays as it is stored. */
static void
keep_stored (const CrFhirItem *item, gconstpointer stored)
{
  ((CrRecord *)item->record)->version = ((const CrRecord *)stored)->version;
  for (guint i = 0; i < item->klass->n_fields; i++) {
    const CrField *field = &item->klass->fields[i];
    if (field->type == CR_FIELD_ENUM || field->type == CR_FIELD_BOOL || !is_absent (field, item->record))
      continue;
    g_autofree char *text = cr_field_to_text (field, stored);
    cr_field_set_text (field, item->record, text);
  }
  if (item->klass == &CR_PATIENT && ((const CrPatient *)stored)->allergy_status != CR_ALLERGY_NOT_RECORDED)
    ((CrPatient *)item->record)->allergy_status = ((const CrPatient *)stored)->allergy_status;
}

static void
remember_stored (Import *self, const CrFhirItem *item, gconstpointer stored)
{
  remember (self, item, ((const CrRecord *)stored)->id);
  if (item->klass == &CR_OBSERVATION && item->panel != NULL &&
      ((const CrObservation *)stored)->panel_id != CR_ID_NONE)
    put_id (self->panels, item->panel, ((const CrObservation *)stored)->panel_id);
}

static gboolean
update_record (Import *self, const CrFhirItem *item, gconstpointer stored, GError **error)
{
  remember_stored (self, item, stored);
  keep_stored (item, stored);
  if (cr_record_equal (item->klass, stored, item->record)) {
    set_fate (self, item, CR_IMPORT_UNCHANGED);
    return TRUE;
  }
  if (((const CrRecord *)stored)->version > 1) {
    add_finding (self, item,
                 _ ("It differs from the chart, where it was changed after its import. The chart was "
                    "left as it is; compare the two by hand."));
    set_fate (self, item, CR_IMPORT_UNCHANGED);
    return TRUE;
  }
  if (!cr_tx_save (self->tx, item->klass, item->record, error))
    return FALSE;
  self->saving->rows_changed++;
  set_fate (self, item, CR_IMPORT_CHANGED);
  return TRUE;
}

static gboolean
meet_record (Import *self, const CrFhirItem *item, CrId id, GError **error)
{
  gpointer stored = cr_tx_load (self->tx, item->klass, id, error);
  if (stored == NULL)
    return FALSE;
  ((CrRecord *)item->record)->id = id;
  gboolean met = update_record (self, item, stored, error);
  cr_record_free (item->klass, stored);
  return met;
}

/* ---- one item ---- */

/* Further names, numbers and relatives have no source of their own: they come with a patient who is new. */
static gboolean
save_part (Import *self, const CrFhirItem *item, GError **error)
{
  if (item->patient != NULL && g_hash_table_contains (self->added, item->patient))
    return add_record (self, item, error);
  set_fate (self, item, CR_IMPORT_UNCHANGED);
  return TRUE;
}

static gboolean
save_item (Import *self, const CrFhirItem *item, GError **error)
{
  gboolean found = FALSE;
  CrId id = CR_ID_NONE;
  if (!resolve_patient (self, item, &found, error))
    return FALSE;
  if (!found) {
    add_finding (self, item,
                 _ ("Its patient is neither in this file nor in the practice. Import the file with the "
                    "patient first."));
    set_fate (self, item, CR_IMPORT_SKIPPED);
    return TRUE;
  }
  if (!resolve_encounter (self, item, error))
    return FALSE;
  complete_record (self, item);
  if (cr_fhir_item_source_id (item) == NULL)
    return save_part (self, item, error);
  if (!find_stored (self, item->klass, item->source, &id, error))
    return FALSE;
  return id == CR_ID_NONE ? add_record (self, item, error) : meet_record (self, item, id, error);
}

/* An active allergy makes the statement Known, also of a patient who was here before. */
static gboolean
follow_allergies (Import *self, GError **error)
{
  GHashTableIter iter;
  gpointer source;
  g_hash_table_iter_init (&iter, self->allergic);
  while (g_hash_table_iter_next (&iter, &source, NULL)) {
    const CrId *id = g_hash_table_lookup (self->patients, source);
    if (id == NULL || *id == CR_ID_NONE)
      continue;
    g_autoptr (CrPatient) patient = cr_tx_load (self->tx, &CR_PATIENT, *id, error);
    g_autoptr (GPtrArray) allergies = patient != NULL ? cr_allergies (self->tx, *id, error) : NULL;
    if (allergies == NULL)
      return FALSE;
    g_autoptr (GPtrArray) active = cr_allergies_active (allergies);
    if (active->len == 0 || patient->allergy_status == CR_ALLERGY_KNOWN)
      continue;
    patient->allergy_status = CR_ALLERGY_KNOWN;
    if (!cr_tx_save (self->tx, &CR_PATIENT, patient, error))
      return FALSE;
    self->saving->rows_changed++;
  }
  return TRUE;
}

static void
find_allergic (Import *self)
{
  const GPtrArray *items = self->saving->bundle->items;
  for (guint i = 0; i < items->len; i++) {
    const CrFhirItem *item = items->pdata[i];
    if (item->klass == &CR_ALLERGY && item->patient != NULL &&
        ((const CrAllergy *)item->record)->state == CR_ALLERGY_ACTIVE)
      g_hash_table_add (self->allergic, item->patient);
  }
}

gboolean
cr_import_save_job (CrTx *tx, gpointer data, GError **error)
{
  CrImportSaving *saving = data;
  g_auto (Import) import = { .tx = tx,
                             .saving = saving,
                             .patients = new_id_table (),
                             .encounters = new_id_table (),
                             .panels = new_id_table (),
                             .allergic = g_hash_table_new (g_str_hash, g_str_equal),
                             .added = g_hash_table_new (g_str_hash, g_str_equal) };
  const GPtrArray *items = saving->bundle->items;
  find_allergic (&import);
  for (guint i = 0; i < items->len; i++)
    if (!save_item (&import, items->pdata[i], error))
      return FALSE;
  if (!follow_allergies (&import, error))
    return FALSE;
  if (!saving->dry_run)
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CANCELLED, _ ("This was a trial; nothing was stored."));
  return FALSE;
}
