#include "rx-sign.h"
#include "job-rules.h"
#include "rx-check.h"
#include "chartroom/session/rx-draft.h"
#include <glib/gi18n.h>

static gboolean
is_open (const CrPrescription *rx)
{
  return rx->status == CR_RX_DRAFT || rx->status == CR_RX_NEEDS_SIGNATURE;
}

static gboolean
check_open (CrTx *tx, const CrPrescription *rx, GError **error)
{
  if (rx->version == 0)
    return TRUE;
  g_autoptr (CrPrescription) stored = cr_tx_load (tx, &CR_PRESCRIPTION, rx->id, error);
  if (stored == NULL)
    return FALSE;
  return is_open (stored) ||
         cr_refuse (error, _ ("This prescription was signed or voided meanwhile. Reload the list."));
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* ---- the checks once more ---- */

static gboolean
check_again (CrTx *tx, CrRxSaving *self, GError **error)
{
  CrCheckInput in;
  g_autoptr (CrChartRecords) records =
      cr_check_records_load (tx, self->rx->patient_id, self->knowledge, error);
  if (records == NULL)
    return FALSE;
  cr_check_input_fill (&in, records, self->knowledge, self->clock);
  in.rx = self->rx;
  in.batch = self->batch;
  g_autoptr (GPtrArray) checks = cr_checks_run (self->knowledge, &in);
  cr_checks_keep_answers (checks, self->checks);
  const CrCheck *open = cr_checks_unanswered (checks);
  if (open != NULL) {
    g_set_error (
        error, CR_ERROR, CR_ERROR_CONFLICT,
        _ ("The chart changed meanwhile, and there is a new warning: %s. Answer it before you sign."),
        open->title);
    return FALSE;
  }
  g_ptr_array_unref (self->checks);
  self->checks = g_steal_pointer (&checks);
  return TRUE;
}

/* One entry per finding that was shown: rule, versions, tier, facts, answer (UX 5.4). */
static gboolean
audit_alerts (CrTx *tx, const CrRxSaving *self, GError **error)
{
  for (guint i = 0; i < self->checks->len; i++) {
    CrCheck *check = self->checks->pdata[i];
    if (check->state != CR_CHECK_FOUND || check->tier == 0)
      continue;
    g_autoptr (GPtrArray) one = g_ptr_array_new ();
    g_ptr_array_add (one, check);
    g_autofree char *detail = cr_checks_to_json (one);
    if (!cr_tx_audit (tx, "alert", CR_PRESCRIPTION.name, self->rx->id, self->rx->patient_id, detail, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- the medication list ---- */

static const CrCheckReason *
find_reason (const GArray *reasons, const char *code)
{
  for (guint i = 0; i < reasons->len; i++) {
    const CrCheckReason *reason = &g_array_index (reasons, CrCheckReason, i);
    if (g_strcmp0 (reason->code, code) == 0)
      return reason;
  }
  return NULL;
}

static gboolean
is_taken (const CrMedication *medication)
{
  return medication->status == CR_MED_ACTIVE || medication->status == CR_MED_NOT_STARTED ||
         medication->status == CR_MED_ON_HOLD || medication->status == CR_MED_REPORTED;
}

static gboolean
stop_medication (CrTx *tx, CrId id, const char *why, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrMedication) medication = cr_tx_load (tx, &CR_MEDICATION, id, &failure);
  if (g_error_matches (failure, CR_ERROR, CR_ERROR_NOT_FOUND))
    return TRUE; /* another prescription of the batch, not a medication of the list */
  if (medication == NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if (!is_taken (medication))
    return TRUE;
  medication->status = CR_MED_STOPPED;
  medication->stopped = cr_tx_today (tx);
  set_text (&medication->stop_reason, why);
  return cr_tx_save (tx, &CR_MEDICATION, medication, error);
}

/* What the prescriber said would be watched, as a task of theirs. */
static gboolean
add_task (CrTx *tx, const CrPrescription *rx, const CrCheck *check, GError **error)
{
  g_autoptr (CrTask) task = cr_task_new ();
  task->patient_id = rx->patient_id;
  task->assignee_id = task->creator_id = cr_tx_person (tx);
  task->kind = g_strdup ("monitor");
  task->title =
      g_strdup_printf ("%s: %s", check->title, check->reason_text != NULL ? check->reason_text : "");
  task->status = g_strdup ("open");
  task->subject_id = rx->id;
  task->created_at = cr_tx_now (tx);
  return cr_tx_save (tx, &CR_TASK, task, error);
}

/* "Replaces the old one: stop that", "will monitor" and their like do what they say. */
static gboolean
apply_answer (CrTx *tx, const CrRxSaving *self, const CrCheck *check, GError **error)
{
  g_autoptr (GArray) reasons = cr_check_reasons (check->kind);
  const CrCheckReason *reason = find_reason (reasons, check->reason_code);
  if (reason == NULL)
    return TRUE;
  if (g_str_equal (reason->effect, "order"))
    return add_task (tx, self->rx, check, error);
  if (!g_str_equal (reason->effect, "stop-other") || check->counterpart_id == CR_ID_NONE ||
      check->counterpart_id == self->rx->medication_id)
    return TRUE;
  return stop_medication (tx, check->counterpart_id, reason->words, error);
}

static gboolean
apply_answers (CrTx *tx, const CrRxSaving *self, GError **error)
{
  for (guint i = 0; i < self->checks->len; i++) {
    const CrCheck *check = self->checks->pdata[i];
    if (check->reason_code != NULL && !apply_answer (tx, self, check, error))
      return FALSE;
  }
  return TRUE;
}

static CrMedication *
medication_of (CrTx *tx, const CrPrescription *rx, GError **error)
{
  if (rx->medication_id != CR_ID_NONE)
    return cr_tx_load (tx, &CR_MEDICATION, rx->medication_id, error);
  CrMedication *medication = cr_medication_new ();
  medication->patient_id = rx->patient_id;
  medication->started = cr_tx_today (tx);
  medication->recorded_by = cr_tx_person (tx);
  medication->recorded_at = cr_tx_now (tx);
  return medication;
}

static void
describe_medication (CrMedication *medication, const CrPrescription *rx)
{
  medication->status = CR_MED_ACTIVE;
  medication->stopped = CR_DATE_NONE;
  g_clear_pointer (&medication->stop_reason, g_free);
  set_text (&medication->drug_code, rx->drug_code);
  set_text (&medication->display, rx->display);
  set_text (&medication->generic, rx->generic);
  set_text (&medication->indication, rx->indication);
  cr_sig_copy (&medication->sig, &rx->sig);
}

/* Medication and prescription name each other; a new medication is stored before the prescription that names
 * it. */
static gboolean
store_both (CrTx *tx, CrPrescription *rx, GError **error)
{
  g_autoptr (CrMedication) medication = medication_of (tx, rx, error);
  if (medication == NULL)
    return FALSE;
  if (!cr_tx_is_of_person (tx, medication->patient_id, rx->patient_id,
                           _ ("The medication belongs to another patient. Start the prescription again."),
                           error))
    return FALSE;
  describe_medication (medication, rx);
  if (medication->version == 0 && !cr_tx_save (tx, &CR_MEDICATION, medication, error))
    return FALSE;
  rx->medication_id = medication->id;
  medication->prescription_id = rx->id;
  return cr_tx_save (tx, &CR_PRESCRIPTION, rx, error) && cr_tx_save (tx, &CR_MEDICATION, medication, error);
}

/* ---- signing ---- */

static gboolean
put_signature (CrTx *tx, CrRxSaving *self, GError **error)
{
  CrPrescription *rx = self->rx;
  const CrPerson *person = cr_store_user_person (cr_tx_user (tx));
  rx->id = rx->id != CR_ID_NONE ? rx->id : cr_tx_new_id (tx);
  rx->author_id = person->id;
  rx->status = CR_RX_SIGNED;
  rx->written_on = cr_tx_today (tx);
  rx->signed_at = cr_tx_now (tx);
  g_free (rx->signed_name);
  rx->signed_name = cr_person_formal (person);
  g_free (rx->checks);
  rx->checks = cr_checks_to_json (self->checks);
  if (rx->number == NULL)
    rx->number = cr_prescription_next_number (tx, rx->patient_id, error);
  if (rx->number == NULL)
    return FALSE;
  g_autoptr (GBytes) canonical = cr_prescription_canonical (rx);
  return cr_tx_sign (tx, canonical, &rx->hash, &rx->signature, &rx->public_key, error);
}

gboolean
cr_rx_sign_job (CrTx *tx, gpointer data, GError **error)
{
  CrRxSaving *self = data;
  g_autoptr (GPtrArray) problems = cr_prescription_problems (self->rx);
  if (problems->len > 0)
    return cr_refuse (error, problems->pdata[0]);
  return check_open (tx, self->rx, error) && check_again (tx, self, error) &&
         put_signature (tx, self, error) && store_both (tx, self->rx, error) &&
         apply_answers (tx, self, error) && audit_alerts (tx, self, error) &&
         cr_tx_audit (tx, "sign", CR_PRESCRIPTION.name, self->rx->id, self->rx->patient_id, self->rx->hash,
                      error);
}

gboolean
cr_rx_save_job (CrTx *tx, gpointer data, GError **error)
{
  CrRxSaving *self = data;
  CrPrescription *rx = self->rx;
  if (!cr_require_text (rx->display, _ ("Choose the drug."), error) || !check_open (tx, rx, error))
    return FALSE;
  if (rx->version == 0)
    rx->author_id = cr_tx_person (tx);
  g_free (rx->checks);
  rx->checks = cr_checks_to_json (self->checks);
  return cr_tx_save (tx, &CR_PRESCRIPTION, rx, error);
}

void
cr_rx_saving_free (CrRxSaving *self)
{
  cr_prescription_free (self->rx);
  g_ptr_array_unref (self->checks);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_pointer (&self->knowledge, cr_knowledge_unref);
  cr_clock_unref (self->clock);
  g_free (self);
}

gboolean
cr_prescription_verify (const CrPrescription *rx)
{
  if (rx->signature == NULL)
    return FALSE;
  g_autoptr (GBytes) canonical = cr_prescription_canonical (rx);
  return cr_signature_holds (canonical, rx->hash, rx->signature, rx->public_key);
}
