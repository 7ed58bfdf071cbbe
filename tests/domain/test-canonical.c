/* The bytes that signatures cover.  These layouts are frozen: a signed record must verify for ever, so a test
 * that fails here means a new heading is needed, not a new expectation. */
#include "chartroom/domain/encounter.h"
#include "chartroom/domain/medication.h"
#include "chartroom/domain/referral.h"
#include <string.h>

typedef GBytes *(*Canonical) (gconstpointer record);

static gpointer
record_with (const CrRecordClass *klass, const char *const (*fields)[2], guint n)
{
  gpointer record = cr_record_new (klass);
  for (guint i = 0; i < n; i++)
    g_assert_true (cr_field_set_text (cr_record_field (klass, fields[i][0]), record, fields[i][1]));
  return record;
}

static void
expect_bytes (GBytes *taken, const char *expected)
{
  g_autoptr (GBytes) bytes = taken;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (size, ==, strlen (expected));
}

static void
test_note (void)
{
  static const char *const fields[][2] = {
    { "id", "101" },
    { "version", "4" },
    { "patient_id", "11" },
    { "author_id", "1" },
    { "title", "Follow-up" },
    { "status", "signed" },
    { "date", "2026-11-23" },
    { "reason", "BP\ncheck" },
    { "subjective", "Größe" },
    { "objective", "" },
    { "vitals", "BP\302\240128/76" },
    { "signed_at", "1795437000000000" },
    { "signed_name", "Adaeze Okafor, MD" },
    { "hash", "ab" },
    { "signature", "cd" },
    { "public_key", "ef" },
    { "source_id", "s" },
    { "saved_at", "5" },
  };
  CrNote *note = record_with (&CR_NOTE, fields, G_N_ELEMENTS (fields));
  expect_bytes (cr_note_canonical (note), "chartroom note 1\n"
                                          "id:3:101\n"
                                          "patient_id:2:11\n"
                                          "encounter_id:-\n"
                                          "author_id:1:1\n"
                                          "title:9:Follow-up\n"
                                          "date:10:2026-11-23\n"
                                          "reason:8:BP\ncheck\n"
                                          "subjective:7:Größe\n"
                                          "objective:0:\n"
                                          "assessment_plan:-\n"
                                          "vitals:10:BP\302\240128/76\n"
                                          "signed_at:16:1795437000000000\n"
                                          "signed_name:17:Adaeze Okafor, MD\n");
  cr_note_free (note);
}

static void
test_addendum (void)
{
  static const char *const fields[][2] = {
    { "id", "102" },
    { "patient_id", "11" },
    { "note_id", "101" },
    { "author_id", "1" },
    { "text", "Later." },
    { "signed_at", "1795437000000000" },
    { "signed_name", "Adaeze Okafor, MD" },
  };
  CrAddendum *addendum = record_with (&CR_ADDENDUM, fields, G_N_ELEMENTS (fields));
  expect_bytes (cr_addendum_canonical (addendum), "chartroom addendum 1\n"
                                                  "id:3:102\n"
                                                  "patient_id:2:11\n"
                                                  "note_id:3:101\n"
                                                  "author_id:1:1\n"
                                                  "text:6:Later.\n"
                                                  "signed_at:16:1795437000000000\n"
                                                  "signed_name:17:Adaeze Okafor, MD\n");
  cr_addendum_free (addendum);
}

static const char PRESCRIPTION[] = "chartroom prescription 1\n"
                                   "id:3:103\n"
                                   "patient_id:2:11\n"
                                   "encounter_id:-\n"
                                   "author_id:1:1\n"
                                   "number:14:RX-004217-0192\n"
                                   "drug_code:12:amlodipine-5\n"
                                   "display:22:amLODIPine 5 mg tablet\n"
                                   "generic:-\n"
                                   "form:-\n"
                                   "schedule:-\n"
                                   "sig_action:4:Take\n"
                                   "sig_dose:4:0.50\n"
                                   "sig_dose_high:-\n"
                                   "sig_unit:6:tablet\n"
                                   "sig_route:8:by mouth\n"
                                   "sig_frequency:5:daily\n"
                                   "sig_timing:-\n"
                                   "sig_as_needed:5:false\n"
                                   "sig_as_needed_for:-\n"
                                   "sig_max_per_day:-\n"
                                   "sig_days:-\n"
                                   "sig_other:-\n"
                                   "indication:-\n"
                                   "quantity:2:45\n"
                                   "quantity_unit:6:tablet\n"
                                   "refills:1:0\n"
                                   "dispense_as_written:4:true\n"
                                   "pharmacy_id:-\n"
                                   "pharmacist_note:-\n"
                                   "checks:-\n"
                                   "written_on:10:2026-11-23\n"
                                   "signed_at:16:1795437000000000\n"
                                   "signed_name:17:Adaeze Okafor, MD\n";

static void
test_prescription (void)
{
  static const char *const fields[][2] = {
    { "id", "103" },
    { "patient_id", "11" },
    { "author_id", "1" },
    { "number", "RX-004217-0192" },
    { "status", "signed" },
    { "drug_code", "amlodipine-5" },
    { "display", "amLODIPine 5 mg tablet" },
    { "sig_action", "Take" },
    { "sig_dose", "0.50" },
    { "sig_unit", "tablet" },
    { "sig_route", "by mouth" },
    { "sig_frequency", "daily" },
    { "quantity", "45" },
    { "quantity_unit", "tablet" },
    { "refills", "0" },
    { "written_on", "2026-11-23" },
    { "dispense_as_written", "true" },
    { "signed_at", "1795437000000000" },
    { "signed_name", "Adaeze Okafor, MD" },
    { "prints", "2" },
    { "void_reason", "none" },
  };
  CrPrescription *rx = record_with (&CR_PRESCRIPTION, fields, G_N_ELEMENTS (fields));
  expect_bytes (cr_prescription_canonical (rx), PRESCRIPTION);
  cr_prescription_free (rx);
}

static void
test_referral (void)
{
  static const char *const fields[][2] = {
    { "id", "104" },
    { "patient_id", "11" },
    { "author_id", "1" },
    { "contact_id", "31" },
    { "number", "REF-0311" },
    { "specialty", "Cardiology" },
    { "urgency", "urgent" },
    { "stage", "sent" },
    { "question", "Is it ischemic?" },
    { "ask", "evaluate" },
    { "ordered_on", "2026-11-23" },
    { "due_on", "2026-11-25" },
    { "signed_at", "1795437000000000" },
    { "signed_name", "Adaeze Okafor, MD" },
    { "sent_to", "503-555-0199" },
  };
  CrReferral *r = record_with (&CR_REFERRAL, fields, G_N_ELEMENTS (fields));
  expect_bytes (cr_referral_canonical (r), "chartroom referral 1\n"
                                           "id:3:104\n"
                                           "patient_id:2:11\n"
                                           "encounter_id:-\n"
                                           "author_id:1:1\n"
                                           "problem_id:-\n"
                                           "number:8:REF-0311\n"
                                           "specialty:10:Cardiology\n"
                                           "urgency:6:urgent\n"
                                           "question:15:Is it ischemic?\n"
                                           "ask:8:evaluate\n"
                                           "ordered_on:10:2026-11-23\n"
                                           "signed_at:16:1795437000000000\n"
                                           "signed_name:17:Adaeze Okafor, MD\n");
  cr_referral_free (r);
}

/* Changing a field changes the bytes exactly when the layout names it. */
static void
check_cover (const CrRecordClass *klass, Canonical canonical, const char *const *left_out)
{
  gpointer record = cr_record_new (klass);
  g_autoptr (GBytes) before = canonical (record);
  for (guint i = 0; i < klass->n_fields; i++) {
    const CrField *field = &klass->fields[i];
    const char *value = field->type == CR_FIELD_BOOL   ? "true"
                        : field->type == CR_FIELD_ENUM ? field->codes[1]
                        : field->type == CR_FIELD_DATE ? "2026-11-23"
                                                       : "77";
    gpointer other = cr_record_copy (klass, record);
    g_assert_true (cr_field_set_text (field, other, value));
    g_autoptr (GBytes) after = canonical (other);
    g_test_message ("%s.%s", klass->name, field->name);
    g_assert_true (g_bytes_equal (before, after) == g_strv_contains (left_out, field->name));
    cr_record_free (klass, other);
  }
  cr_record_free (klass, record);
}

static void
test_cover (void)
{
  static const char *const note[] = { "version",   "status",     "saved_at",  "hash",
                                      "signature", "public_key", "source_id", NULL };
  static const char *const addendum[] = { "version",   "status",     "saved_at", "hash",
                                          "signature", "public_key", NULL };
  static const char *const rx[] = { "version",    "status",     "medication_id", "hash",        "signature",
                                    "public_key", "printed_at", "prints",        "void_reason", "source_id",
                                    NULL };
  static const char *const referral[] = { "version", "contact_id", "stage",      "stage_at",    "reason",
                                          "history", "done",       "wants",      "needs",       "due_on",
                                          "hash",    "signature",  "public_key", "sent_method", "sent_to",
                                          "sent_at", "packet_id",  "source_id",  NULL };
  check_cover (&CR_NOTE, (Canonical)cr_note_canonical, note);
  check_cover (&CR_ADDENDUM, (Canonical)cr_addendum_canonical, addendum);
  check_cover (&CR_PRESCRIPTION, (Canonical)cr_prescription_canonical, rx);
  check_cover (&CR_REFERRAL, (Canonical)cr_referral_canonical, referral);
}

/* Text that looks like the next entry is still inside its own length. */
static void
test_no_imitation (void)
{
  g_autoptr (CrNote) a = cr_note_new ();
  g_autoptr (CrNote) b = cr_note_new ();
  a->reason = g_strdup ("x\nsubjective:1:y");
  b->reason = g_strdup ("x");
  b->subjective = g_strdup ("y");
  g_autoptr (GBytes) first = cr_note_canonical (a);
  g_autoptr (GBytes) second = cr_note_canonical (b);
  g_assert_false (g_bytes_equal (first, second));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canonical/note", test_note);
  g_test_add_func ("/canonical/addendum", test_addendum);
  g_test_add_func ("/canonical/prescription", test_prescription);
  g_test_add_func ("/canonical/referral", test_referral);
  g_test_add_func ("/canonical/cover", test_cover);
  g_test_add_func ("/canonical/no-imitation", test_no_imitation);
  return g_test_run ();
}
