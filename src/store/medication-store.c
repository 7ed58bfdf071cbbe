/* Medications and prescriptions. */
#include "store-private.h"
#include "chartroom/store/person-charts.h"
#include "chartroom/store/stores.h"
#include "list.h"
#include <glib/gi18n.h>

#define MEDICATION_COLUMNS                                                                                   \
  "patient_id, drug_code, display, generic, sig_action, sig_dose, sig_dose_high, sig_unit, sig_route, "      \
  "sig_frequency, sig_timing, sig_as_needed, sig_as_needed_for, sig_max_per_day, sig_days, sig_other, "      \
  "indication, status, started, stopped, stop_reason, prescription_id, recorded_by, recorded_at, "           \
  "source_id"

#define PRESCRIPTION_COLUMNS                                                                                 \
  "patient_id, encounter_id, author_id, medication_id, number, status, drug_code, display, generic, "        \
  "form, schedule, sig_action, sig_dose, sig_dose_high, sig_unit, sig_route, sig_frequency, sig_timing, "    \
  "sig_as_needed, sig_as_needed_for, sig_max_per_day, sig_days, sig_other, indication, quantity, "           \
  "quantity_unit, refills, dispense_as_written, pharmacy_id, pharmacist_note, checks, written_on, "          \
  "signed_at, signed_name, hash, signature, public_key, printed_at, prints, void_reason, source_id"

#define MEDICATIONS                                                                                          \
  CR_SELECT ("medication", MEDICATION_COLUMNS)                                                               \
  CR_OF_PERSON " ORDER BY CASE WHEN status IN ('active', 'not-started', 'on-hold', 'reported') "             \
               "THEN 0"                                                                                      \
               " WHEN status = 'entered-in-error' THEN 2 ELSE 1 END, lower (display), id"
#define NEWEST_FIRST " ORDER BY written_on IS NULL, written_on DESC, id DESC"
#define PRESCRIPTIONS CR_SELECT ("prescription", PRESCRIPTION_COLUMNS) CR_OF_PERSON NEWEST_FIRST
#define WITH_STATUS CR_SELECT ("prescription", PRESCRIPTION_COLUMNS) " WHERE status = $1" NEWEST_FIRST

const CrTable CR_MEDICATION_TABLE = {
  CR_TABLE (CR_MEDICATION, "medication", MEDICATION_COLUMNS, CR_PARAMS_25),
  .word = N_ ("medication"),
  .free = (GDestroyNotify)cr_medication_free,
  .patient = G_STRUCT_OFFSET (CrMedication, patient_id),
  .by_source = CR_BY_SOURCE ("medication"),
};

const CrTable CR_PRESCRIPTION_TABLE = {
  CR_TABLE (CR_PRESCRIPTION, "prescription", PRESCRIPTION_COLUMNS, CR_PARAMS_41),
  .word = N_ ("prescription"),
  .free = (GDestroyNotify)cr_prescription_free,
  .patient = G_STRUCT_OFFSET (CrPrescription, patient_id),
  .by_source = CR_BY_SOURCE ("prescription"),
};

GPtrArray *
cr_medications (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_MEDICATION_TABLE, MEDICATIONS, patient, error);
}

GPtrArray *
cr_prescriptions (CrTx *tx, CrId patient, GError **error)
{
  return cr_list_of (tx, &CR_PRESCRIPTION_TABLE, PRESCRIPTIONS, patient, error);
}

GPtrArray *
cr_prescriptions_with_status (CrTx *tx, const int *statuses, guint n, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (CR_PRESCRIPTION_TABLE.free);
  for (guint i = 0; i < n; i++) {
    g_autoptr (GPtrArray) some =
        cr_list_coded (tx, &CR_PRESCRIPTION_TABLE, WITH_STATUS, CR_RX_STATUS_CODES[statuses[i]], error);
    if (some == NULL)
      return NULL;
    g_ptr_array_extend_and_steal (found, g_steal_pointer (&some));
  }
  return g_steal_pointer (&found);
}

/* The patient's record number and the practice's running number: never given twice, even when a draft is
 * dropped. */
char *
cr_prescription_next_number (CrTx *tx, CrId patient, GError **error)
{
  g_autoptr (CrPatient) who = cr_patient_kept (tx, patient, error);
  gint64 number = who == NULL ? -1 : cr_tx_next_number (tx, "prescription", error);
  return number < 0 ? NULL : g_strdup_printf ("RX-%s-%04" G_GINT64_FORMAT, who->mrn, number);
}
