/* Reading and saving what hangs on a patient, on the store thread, inside the job that saves the patient. */
#include "patient-lines.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/domain/referral.h"
#include "chartroom/domain/scan-rules.h"
#include "job-rules.h"
#include <glib/gi18n.h>

/* ---- reading ---- */

void
cr_line_reading_free (gpointer data)
{
  CrLineReading *self = data;
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++)
    g_clear_pointer (&self->records[kind], g_ptr_array_unref);
  g_free (self);
}

static gboolean
holds (CrLineKind kind, gconstpointer record, CrDate today)
{
  switch (kind) {
  case CR_LINE_CONTACT:
    return cr_still_holds (((const CrContactPoint *)record)->valid_to, today);
  case CR_LINE_RELATIVE:
    return cr_still_holds (((const CrRelatedPerson *)record)->valid_to, today);
  case CR_LINE_COVERAGE:
    return cr_still_holds (((const CrCoverage *)record)->valid_to, today);
  default:
    return TRUE;
  }
}

static GPtrArray *
read_kind (CrTx *tx, CrLineKind kind, CrId patient, GError **error)
{
  static GPtrArray *(*const LOADS[]) (CrTx *, CrId, GError **) = {
    [CR_LINE_CONTACT] = cr_contact_points,
    [CR_LINE_RELATIVE] = cr_related_persons,
    [CR_LINE_COVERAGE] = cr_coverages,
    [CR_LINE_CONSENT] = cr_consents,
  };
  GPtrArray *records = LOADS[kind](tx, patient, error);
  for (guint i = records != NULL ? records->len : 0; i > 0; i--)
    if (!holds (kind, records->pdata[i - 1], cr_tx_today (tx)))
      g_ptr_array_remove_index (records, i - 1);
  return records;
}

gboolean
cr_line_read_job (CrTx *tx, gpointer data, GError **error)
{
  CrLineReading *self = data;
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++) {
    self->records[kind] = read_kind (tx, kind, self->patient, error);
    if (self->records[kind] == NULL)
      return FALSE;
  }
  return TRUE;
}

/* ---- files ---- */

static char *
title_of (const CrLineSaving *self, guint slot)
{
  const CrCoverage *coverage = self->record;
  const CrConsent *consent = self->record;
  if (self->kind == CR_LINE_CONSENT)
    return g_strdup_printf (_ ("Consent: %s"), cr_consent_kind_word (consent->kind));
  return g_strdup_printf (slot == 0 ? _ ("Insurance card, front: %s") : _ ("Insurance card, back: %s"),
                          coverage->payer != NULL ? coverage->payer : "–");
}

static gboolean
save_file (CrTx *tx, const CrLineSaving *self, guint slot, CrId patient, CrId *id, GError **error)
{
  g_autoptr (CrDocument) document = cr_document_new ();
  if (self->chosen[slot] == NULL) {
    *id = self->dropped[slot] ? CR_ID_NONE : *id;
    return TRUE;
  }
  document->patient_id = patient;
  document->kind = g_strdup ("scan");
  document->title = title_of (self, slot);
  document->mime = g_strdup (cr_scan_mime (self->chosen[slot]));
  document->dated = cr_tx_today (tx);
  if (!cr_document_add (tx, document, self->chosen[slot], error))
    return FALSE;
  *id = document->id;
  return TRUE;
}

static gboolean
save_files (CrTx *tx, CrLineSaving *self, CrId patient, GError **error)
{
  const char *column;
  for (guint i = 0; cr_line_slot (self->kind, i, &column) != NULL; i++) {
    const CrField *field = cr_record_field (cr_line_class (self->kind), column);
    CrId *id = &G_STRUCT_MEMBER (CrId, self->record, field->offset);
    if (!save_file (tx, self, i, patient, id, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- saving ---- */

static CrId *
patient_of (CrLineSaving *self)
{
  const CrField *field = cr_record_field (cr_line_class (self->kind), "patient_id");
  return &G_STRUCT_MEMBER (CrId, self->record, field->offset);
}

static gboolean
check_unchanged (CrTx *tx, const CrLineSaving *self, GError **error)
{
  const CrRecord *mine = self->record;
  if (mine->version == 0)
    return TRUE;
  CrRecord *stored = cr_tx_load (tx, cr_line_class (self->kind), mine->id, error);
  gboolean same = stored != NULL && stored->version == mine->version;
  if (stored != NULL && !same)
    cr_refuse_changed (error);
  if (stored != NULL)
    cr_record_free (cr_line_class (self->kind), stored);
  return same;
}

static void
end_today (CrLineSaving *self, CrDate today)
{
  const CrField *field = cr_record_field (cr_line_class (self->kind), "valid_to");
  if (field != NULL)
    G_STRUCT_MEMBER (CrDate, self->record, field->offset) = today;
}

/* Nobody is their own mother. */
static gboolean
check_other (CrTx *tx, const CrLineSaving *self, CrId patient, GError **error)
{
  CrId other =
      self->kind == CR_LINE_RELATIVE ? ((const CrRelatedPerson *)self->record)->other_patient_id : CR_ID_NONE;
  g_autoptr (GError) failure = NULL;
  if (self->ended || other == CR_ID_NONE)
    return TRUE;
  if (cr_patients_are_one (tx, other, patient, &failure))
    return cr_refuse (error, _ ("A relative is linked to the patient’s own chart. Unlink it."));
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
save_line (CrTx *tx, CrLineSaving *self, CrId patient, GError **error)
{
  if (!check_unchanged (tx, self, error) || !check_other (tx, self, patient, error))
    return FALSE;
  if (self->ended)
    end_today (self, cr_tx_today (tx));
  if (*patient_of (self) == CR_ID_NONE)
    *patient_of (self) = patient;
  return save_files (tx, self, patient, error) &&
         cr_tx_save (tx, cr_line_class (self->kind), self->record, error);
}

/* Whoever else has added an insurance meanwhile has given it a place: FALSE where it is this one's. */
static gboolean
check_rank (CrTx *tx, const CrCoverage *saved, CrId patient, GError **error)
{
  g_autoptr (GPtrArray) coverages = read_kind (tx, CR_LINE_COVERAGE, patient, error);
  for (guint i = 0; coverages != NULL && i < coverages->len; i++) {
    const CrCoverage *other = coverages->pdata[i];
    if (other->id != saved->id && other->rank == saved->rank && other->rank != CR_INT_NONE)
      return cr_refuse_changed (error);
  }
  return coverages != NULL;
}

gboolean
cr_line_save_all (CrTx *tx, CrId patient, const GPtrArray *savings, GError **error)
{
  for (guint i = 0; i < savings->len; i++)
    if (!save_line (tx, savings->pdata[i], patient, error))
      return FALSE;
  for (guint i = 0; i < savings->len; i++) {
    const CrLineSaving *saving = savings->pdata[i];
    if (saving->kind == CR_LINE_COVERAGE && !saving->ended &&
        !check_rank (tx, saving->record, patient, error))
      return FALSE;
  }
  return TRUE;
}
