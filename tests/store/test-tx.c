/* What a transaction promises: all or nothing, versions, history, audit, signatures, numbers. */
#include "fixture.h"
#include <string.h>

#define COUNTS                                                                                               \
  "SELECT (SELECT count (*) FROM patient) + (SELECT count (*) FROM history) + (SELECT count (*) FROM audit)"

static CrPatient *
new_patient (const char *family, const char *mrn)
{
  CrPatient *patient = cr_patient_new ();
  patient->family = g_strdup (family);
  patient->mrn = g_strdup (mrn);
  cr_patient_index (patient);
  return patient;
}

static gboolean
save_patient (CrTx *tx, gpointer data, GError **error)
{
  return cr_tx_save (tx, &CR_PATIENT, data, error);
}

static gboolean
save_and_fail (CrTx *tx, gpointer data, GError **error)
{
  g_assert_true (cr_tx_save (tx, &CR_PATIENT, data, error));
  g_assert_true (cr_tx_audit (tx, "view", "patient", 1, 1, NULL, error));
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, "The test changed its mind.");
  return FALSE;
}

static void
test_rollback_leaves_nothing (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) patient = new_patient ("Sample", "000100");
  gint64 before = fixture_number (fixture, COUNTS);
  g_autofree char *head = cr_store_head_code (fixture->store);
  fixture_run_refused (fixture, save_and_fail, patient, CR_ERROR_INVALID);
  g_assert_cmpint (fixture_number (fixture, COUNTS), ==, before);
  g_autofree char *after = cr_store_head_code (fixture->store);
  g_assert_cmpstr (head, ==, after);
}

static gboolean
rename_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, *(const CrId *)data, error);
  if (patient == NULL)
    return FALSE;
  g_free (patient->given);
  patient->given = g_strdup ("Other");
  return cr_tx_save (tx, &CR_PATIENT, patient, error);
}

static void
test_conflict (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) patient = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  g_autoptr (CrPatient) stale = cr_patient_copy (patient);
  g_autoptr (GError) error = NULL;
  fixture_run (fixture, rename_job, &patient->id);
  g_free (stale->given);
  stale->given = g_strdup ("Third");
  g_autoptr (CrPatient) untouched = cr_patient_copy (stale);
  g_assert_false (cr_store_run (fixture->store, fixture->user, save_patient, stale, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "patient"));
  g_assert_true (cr_record_equal (&CR_PATIENT, stale, untouched));
  g_assert_cmpint (stale->version, ==, untouched->version);
  g_assert_cmpint (fixture_number (fixture, "SELECT count (*) FROM patient WHERE given = 'Other'"), ==, 1);
}

/* Two programs with the same record in hand: one saves, the other is told. */
static void
test_conflict_between_programs (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrStoreUser) other_user = NULL;
  g_autoptr (CrStore) other = fixture_open_beside (fixture, &other_user);
  g_autoptr (CrPatient) mine = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  g_autoptr (CrPatient) theirs = cr_patient_copy (mine);
  g_autoptr (GError) error = NULL;
  theirs->city = g_strdup ("Elsewhere");
  g_assert_true (cr_store_run (other, other_user, save_patient, theirs, &error));
  g_assert_no_error (error);
  mine->city = g_strdup ("Here");
  fixture_run_refused (fixture, save_patient, mine, CR_ERROR_CONFLICT);
  g_assert_cmpint (fixture_number (fixture, "SELECT count (*) FROM patient WHERE city = 'Elsewhere'"), ==, 1);
}

static void
test_equal_save_changes_nothing (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) patient = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  gint64 before = fixture_number (fixture, COUNTS);
  fixture_save (fixture, &CR_PATIENT, patient);
  g_assert_cmpint (patient->version, ==, 1);
  g_assert_cmpint (fixture_number (fixture, COUNTS), ==, before);
}

static gboolean
load_missing (CrTx *tx, gpointer data, GError **error)
{
  return cr_tx_load (tx, &CR_PROBLEM, 99, error) != NULL;
}

static void
test_missing_record (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  fixture_run_refused (fixture, load_missing, NULL, CR_ERROR_NOT_FOUND);
}

/* Refusals of the database reach the person as a sentence that names the record. */
static void
test_refused_rows (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) first = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  g_autoptr (CrPatient) twin = new_patient ("Twin", first->mrn);
  g_autoptr (CrProblem) orphan = cr_problem_new ();
  orphan->patient_id = 4711;
  struct {
    const CrRecordClass *klass;
    gpointer record;
    const char *word;
  } const CASES[] = { { &CR_PROBLEM, orphan, "The problem was not saved." },
                      { &CR_PATIENT, twin, "The patient was not saved." } };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    gint64 before = fixture_number (fixture, COUNTS);
    g_assert_false (fixture_try_save (fixture, CASES[i].klass, CASES[i].record, &error));
    g_assert_nonnull (error);
    g_assert_true (g_str_has_prefix (error->message, CASES[i].word));
    g_assert_true (g_str_has_suffix (error->message, "."));
    g_assert_cmpint (((CrRecord *)CASES[i].record)->version, ==, 0);
    g_assert_cmpint (fixture_number (fixture, COUNTS), ==, before);
  }
}

static gboolean
read_history (CrTx *tx, gpointer data, GError **error)
{
  CrAuditQuery query = { .patient_id = *(const CrId *)data, .limit = 10 };
  g_autoptr (GPtrArray) entries = cr_audit_list (tx, &query, error);
  g_assert_nonnull (entries);
  g_assert_cmpuint (entries->len, ==, 2);
  const CrAuditEntry *change = g_ptr_array_index (entries, 0);
  const CrAuditEntry *create = g_ptr_array_index (entries, 1);
  g_assert_cmpstr (change->action, ==, "change");
  g_assert_cmpstr (change->kind, ==, "patient");
  g_assert_cmpstr (change->detail, ==, "given");
  g_assert_cmpstr (change->program, ==, "test");
  g_assert_cmpstr (create->action, ==, "create");
  g_assert_cmpint (create->record_id, ==, query.patient_id);
  g_assert_cmpint (create->person_id, ==, cr_store_user_person (cr_tx_user (tx))->id);
  g_assert_cmpint (create->at, ==, cr_tx_now (tx));
  g_assert_cmpuint (strlen (create->hash), ==, 64);
  return TRUE;
}

static void
test_history_and_audit (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) patient = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  fixture_run (fixture, rename_job, &patient->id);
  fixture_run (fixture, read_history, &patient->id);
  /* Each version's `after` is the next one's `before`. */
  g_assert_cmpint (fixture_number (fixture,
                                   "SELECT count (*) FROM history a JOIN history b"
                                   " ON b.record_id = a.record_id AND b.version = a.version + 1"
                                   " WHERE a.kind = 'patient' AND a.before IS NULL AND b.before = a.after"),
                   ==, 1);
}

static gboolean
sign_job (CrTx *tx, gpointer data, GError **error)
{
  GBytes *text = data;
  g_autofree char *hash = NULL, *signature = NULL, *key = NULL;
  g_autoptr (GBytes) other = g_bytes_new_static ("other", 5);
  if (!cr_tx_sign (tx, text, &hash, &signature, &key, error))
    return FALSE;
  g_assert_cmpstr (key, ==, cr_store_user_person (cr_tx_user (tx))->public_key);
  g_assert_true (cr_signature_holds (text, hash, signature, key));
  g_assert_false (cr_signature_holds (other, hash, signature, key));
  g_assert_false (cr_signature_holds (text, hash, hash, key));
  g_assert_false (cr_signature_holds (text, NULL, signature, key));
  signature[3] = signature[3] == '0' ? '1' : '0';
  g_assert_false (cr_signature_holds (text, hash, signature, key));
  return TRUE;
}

static void
test_signature (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GBytes) text = g_bytes_new_static ("what was signed", 15);
  fixture_run (fixture, sign_job, text);
}

typedef struct {
  CrId patient;
  GHashTable *seen;
} Numbers;

static gboolean
take_numbers (CrTx *tx, gpointer data, GError **error)
{
  Numbers *numbers = data;
  char *taken[] = { cr_patient_next_mrn (tx, error),
                    cr_prescription_next_number (tx, numbers->patient, error),
                    cr_referral_next_number (tx, error) };
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++) {
    g_assert_nonnull (taken[i]);
    g_assert_true (g_hash_table_add (numbers->seen, taken[i]));
  }
  return TRUE;
}

static void
test_numbers_are_unique (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrStoreUser) other_user = NULL;
  g_autoptr (CrStore) other = fixture_open_beside (fixture, &other_user);
  g_autoptr (CrPatient) patient = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  /* A number that came from elsewhere is skipped. */
  g_autoptr (CrPatient) guest = new_patient ("Guest", "000003");
  fixture_save (fixture, &CR_PATIENT, guest);
  Numbers numbers = { patient->id, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_hash_table_add (numbers.seen, g_strdup (patient->mrn));
  g_hash_table_add (numbers.seen, g_strdup (guest->mrn));
  for (guint i = 0; i < 4; i++) {
    fixture_run (fixture, take_numbers, &numbers);
    g_assert_true (cr_store_run (other, other_user, take_numbers, &numbers, NULL));
  }
  g_assert_true (g_hash_table_contains (numbers.seen, "RX-000001-0001"));
  g_assert_true (g_hash_table_contains (numbers.seen, "REF-0008"));
  g_hash_table_unref (numbers.seen);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/tx/rollback", test_rollback_leaves_nothing);
  g_test_add_func ("/store/tx/conflict", test_conflict);
  g_test_add_func ("/store/tx/conflict-between-programs", test_conflict_between_programs);
  g_test_add_func ("/store/tx/equal-save", test_equal_save_changes_nothing);
  g_test_add_func ("/store/tx/missing", test_missing_record);
  g_test_add_func ("/store/tx/refused-rows", test_refused_rows);
  g_test_add_func ("/store/tx/history-and-audit", test_history_and_audit);
  g_test_add_func ("/store/tx/signature", test_signature);
  g_test_add_func ("/store/tx/numbers", test_numbers_are_unique);
  return g_test_run ();
}
