#include "canonical.h"
#include "chartroom/domain/medication.h"
#include "fields.h"

const char *const CR_RX_STATUS_CODES[] = { "draft", "needs-signature", "signed", "printed", "phoned",
                                           "faxed", "handed-over",     "voided", NULL };

static const CrField PRESCRIPTION_FIELDS[] = {
  CR_FIELDS_HEAD (CrPrescription),
  CR_FIELD (CrPrescription, ID, patient_id),
  CR_FIELD (CrPrescription, ID, encounter_id),
  CR_FIELD (CrPrescription, ID, author_id),
  CR_FIELD (CrPrescription, ID, medication_id),
  CR_FIELD (CrPrescription, TEXT, number),
  CR_FIELD_CODED (CrPrescription, status, CR_RX_STATUS_CODES),
  CR_FIELD (CrPrescription, TEXT, drug_code),
  CR_FIELD (CrPrescription, TEXT, display),
  CR_FIELD (CrPrescription, TEXT, generic),
  CR_FIELD (CrPrescription, TEXT, form),
  CR_FIELD (CrPrescription, TEXT, schedule),
  CR_FIELDS_SIG (CrPrescription),
  CR_FIELD (CrPrescription, TEXT, indication),
  CR_FIELD (CrPrescription, DECIMAL, quantity),
  CR_FIELD (CrPrescription, TEXT, quantity_unit),
  CR_FIELD (CrPrescription, INT, refills),
  CR_FIELD (CrPrescription, BOOL, dispense_as_written),
  CR_FIELD (CrPrescription, ID, pharmacy_id),
  CR_FIELD (CrPrescription, TEXT, pharmacist_note),
  CR_FIELD (CrPrescription, TEXT, checks),
  CR_FIELD (CrPrescription, DATE, written_on),
  CR_FIELD (CrPrescription, INSTANT, signed_at),
  CR_FIELD (CrPrescription, TEXT, signed_name),
  CR_FIELD (CrPrescription, TEXT, hash),
  CR_FIELD (CrPrescription, TEXT, signature),
  CR_FIELD (CrPrescription, TEXT, public_key),
  CR_FIELD (CrPrescription, INSTANT, printed_at),
  CR_FIELD (CrPrescription, INT, prints),
  CR_FIELD (CrPrescription, TEXT, void_reason),
  CR_FIELD (CrPrescription, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_PRESCRIPTION, CrPrescription, "prescription", PRESCRIPTION_FIELDS, TRUE)

/* What the prescriber signs.  Status, prints and the medication list's link come later and are not in it. */
static const char *const LAYOUT[] = { "id",
                                      "patient_id",
                                      "encounter_id",
                                      "author_id",
                                      "number",
                                      "drug_code",
                                      "display",
                                      "generic",
                                      "form",
                                      "schedule",
                                      "sig_action",
                                      "sig_dose",
                                      "sig_dose_high",
                                      "sig_unit",
                                      "sig_route",
                                      "sig_frequency",
                                      "sig_timing",
                                      "sig_as_needed",
                                      "sig_as_needed_for",
                                      "sig_max_per_day",
                                      "sig_days",
                                      "sig_other",
                                      "indication",
                                      "quantity",
                                      "quantity_unit",
                                      "refills",
                                      "dispense_as_written",
                                      "pharmacy_id",
                                      "pharmacist_note",
                                      "checks",
                                      "written_on",
                                      "signed_at",
                                      "signed_name",
                                      NULL };

GBytes *
cr_prescription_canonical (const CrPrescription *rx)
{
  return cr_canonical_bytes ("chartroom prescription 1", &CR_PRESCRIPTION, rx, LAYOUT);
}
