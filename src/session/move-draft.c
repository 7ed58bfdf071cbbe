#include "chartroom/session/move-draft.h"
#include "chart-private.h"
#include "job-rules.h"
#include "restricted.h"
#include <glib/gi18n.h>

typedef struct {
  const CrRecordClass *klass;
  CrId id, to;
} Move;

static gboolean
refuse_signed (GError **error)
{
  return cr_refuse (error, _ ("This is signed already and cannot be moved. Mark it as entered in error and "
                              "write it anew in the right chart."));
}

/* ---- what moves ---- */

static gboolean
move_note (CrTx *tx, CrNote *note, CrId to, GError **error)
{
  if (note->status != CR_NOTE_DRAFT)
    return refuse_signed (error);
  if (note->author_id != cr_tx_person (tx))
    return cr_refuse (error, _ ("Somebody else is writing this note. Only its author can move it."));
  note->patient_id = to;
  note->encounter_id = CR_ID_NONE;
  return cr_chart_find_encounter (tx, to, note->date, &note->encounter_id, error);
}

/* Reviewed anew: what was checked holds for another patient. */
static gboolean
move_prescription (CrTx *tx, CrPrescription *rx, CrId to, GError **error)
{
  if (rx->status != CR_RX_DRAFT && rx->status != CR_RX_NEEDS_SIGNATURE)
    return refuse_signed (error);
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, to, error);
  if (patient == NULL)
    return FALSE;
  rx->patient_id = to;
  rx->medication_id = rx->encounter_id = CR_ID_NONE;
  rx->pharmacy_id = patient->pharmacy_id;
  g_clear_pointer (&rx->checks, g_free);
  if (rx->number != NULL) {
    g_free (rx->number);
    rx->number = cr_prescription_next_number (tx, to, error);
    if (rx->number == NULL)
      return FALSE;
  }
  return cr_chart_find_encounter (tx, to, cr_tx_today (tx), &rx->encounter_id, error);
}

static gboolean
move_referral (CrTx *tx, CrReferral *referral, CrId to, GError **error)
{
  if (referral->stage != CR_REF_DRAFT)
    return refuse_signed (error);
  referral->patient_id = to;
  referral->problem_id = referral->encounter_id = CR_ID_NONE;
  return cr_chart_find_encounter (tx, to, cr_tx_today (tx), &referral->encounter_id, error);
}

static gboolean
change_patient (CrTx *tx, const Move *move, gpointer record, GError **error)
{
  if (move->klass == &CR_NOTE)
    return cr_tx_require (tx, CR_RIGHT_NOTE_WRITE, error) && move_note (tx, record, move->to, error);
  if (move->klass == &CR_PRESCRIPTION)
    return cr_tx_require (tx, CR_RIGHT_CLINICAL_RECORD, error) &&
           move_prescription (tx, record, move->to, error);
  return cr_tx_require (tx, CR_RIGHT_CLINICAL_RECORD, error) && move_referral (tx, record, move->to, error);
}

/* ---- the job ---- */

static CrId
patient_of (const CrRecordClass *klass, gconstpointer record)
{
  if (klass == &CR_NOTE)
    return ((const CrNote *)record)->patient_id;
  return klass == &CR_PRESCRIPTION ? ((const CrPrescription *)record)->patient_id
                                   : ((const CrReferral *)record)->patient_id;
}

static gboolean
audit_both (CrTx *tx, const Move *move, const CrPatient *from, const CrPatient *to, GError **error)
{
  return cr_tx_audit (tx, "move-away", move->klass->name, move->id, from->id, to->mrn, error) &&
         cr_tx_audit (tx, "move-here", move->klass->name, move->id, to->id, from->mrn, error);
}

static gboolean
move_record (CrTx *tx, const Move *move, gpointer record, GError **error)
{
  CrId from_id = patient_of (move->klass, record);
  CrId from_kept = cr_patient_kept_id (tx, from_id, error);
  if (from_kept == CR_ID_NONE)
    return FALSE;
  if (from_kept == move->to)
    return cr_refuse (error, _ ("It is in this patient's chart already. Choose another patient."));
  g_autoptr (CrPatient) from = cr_tx_load (tx, &CR_PATIENT, from_id, error);
  g_autoptr (CrPatient) to = from != NULL ? cr_tx_load (tx, &CR_PATIENT, move->to, error) : NULL;
  return to != NULL && cr_tx_require_chart (tx, from->id, error) && cr_tx_require_chart (tx, to->id, error) &&
         change_patient (tx, move, record, error) && cr_tx_save (tx, move->klass, record, error) &&
         audit_both (tx, move, from, to, error);
}

static gboolean
move_job (CrTx *tx, gpointer data, GError **error)
{
  const Move *move = data;
  gpointer record = cr_tx_load (tx, move->klass, move->id, error);
  gboolean moved = record != NULL && move_record (tx, move, record, error);
  if (record != NULL)
    cr_record_free (move->klass, record);
  return moved;
}

void
cr_draft_move_async (CrSession *session, const CrRecordClass *klass, CrId id, CrId to_patient,
                     GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  g_return_if_fail (klass == &CR_NOTE || klass == &CR_PRESCRIPTION || klass == &CR_REFERRAL);
  Move *move = g_new0 (Move, 1);
  *move = (Move){ klass, id, to_patient };
  cr_session_run_async (session, CR_RIGHT_CLINICAL_VIEW, move_job, move, g_free, cb, data);
}
