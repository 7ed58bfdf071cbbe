/* Patients: search keys, candidates for duplicates, what hangs on them; preferences and source ids. */
#include "fixture.h"

typedef struct {
  GString *text; /* "mrn search|names" per key */
  guint n;
} Keys;

static void
note_key (const CrPatientKey *key, gpointer data)
{
  Keys *keys = data;
  keys->n++;
  g_assert_cmpint (key->id, >, 0);
  g_string_append_printf (keys->text, "%s %s|%s;", key->mrn, key->search, key->names);
}

static gboolean
each_key_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_patient_each_key (tx, note_key, data, error);
}

typedef struct {
  CrId id;
  Keys keys;
} OneKey;

static gboolean
one_key_job (CrTx *tx, gpointer data, GError **error)
{
  OneKey *one = data;
  return cr_patient_one_key (tx, one->id, note_key, &one->keys, error);
}

static void
add_former_name (Fixture *fixture, const CrPatient *patient, const char *family, const char *given)
{
  g_autoptr (CrPatientName) name = cr_patient_name_new ();
  name->patient_id = patient->id;
  name->family = g_strdup (family);
  name->given = g_strdup (given);
  fixture_save (fixture, &CR_PATIENT_NAME, name);
}

static void
test_keys (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) first = fixture_patient (fixture, "Sample", "Ana", CR_DATE (1961, 3, 14));
  g_autoptr (CrPatient) second G_GNUC_UNUSED = fixture_patient (fixture, "Exémple", "Bo", CR_DATE_NONE);
  g_autoptr (CrPatient) third = fixture_patient (fixture, "Mononym", NULL, CR_DATE_NONE);
  add_former_name (fixture, third, "Früher", NULL);
  add_former_name (fixture, first, "Maiden", "Ana");
  add_former_name (fixture, first, "O'Older", NULL);
  Keys keys = { g_string_new (NULL), 0 };
  fixture_run (fixture, each_key_job, &keys);
  g_assert_cmpstr (keys.text->str, ==,
                   "000001 sample ana|maiden ana oolder;000002 exemple bo|;000003 mononym|fruher;");
  OneKey one = { first->id, { g_string_new (NULL), 0 } };
  fixture_run (fixture, one_key_job, &one);
  g_assert_cmpstr (one.keys.text->str, ==, "000001 sample ana|maiden ana oolder;");
  g_string_free (keys.text, TRUE);
  g_string_free (one.keys.text, TRUE);
}

typedef struct {
  CrPatient *patient;
  const char *expected; /* given names */
  const char *member_id;
} Candidates;

static gboolean
candidates_job (CrTx *tx, gpointer data, GError **error)
{
  Candidates *wanted = data;
  g_autoptr (GPtrArray) found = cr_patient_candidates (tx, wanted->patient, wanted->member_id, error);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (names, "%s ", ((CrPatient *)g_ptr_array_index (found, i))->given);
  g_assert_cmpstr (names->str, ==, wanted->expected);
  return TRUE;
}

static void
add_member (Fixture *fixture, const CrPatient *patient, const char *member_id)
{
  g_autoptr (CrCoverage) coverage = cr_coverage_new ();
  coverage->patient_id = patient->id;
  coverage->member_id = g_strdup (member_id);
  fixture_save (fixture, &CR_COVERAGE, coverage);
}

static CrPatient *
add_patient (Fixture *fixture, const char *given, CrDate birth, const char *phone, const char *email,
             const char *zip)
{
  CrPatient *patient = fixture_patient (fixture, "Else", given, birth);
  patient->phone = g_strdup (phone);
  patient->email = g_strdup (email);
  patient->zip = g_strdup (zip);
  fixture_save (fixture, &CR_PATIENT, patient);
  return patient;
}

/* One for each thing that two records of a person have in common, and one who has nothing. */
static void
test_candidates (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) birth = add_patient (fixture, "Birth", CR_DATE (1961, 3, 4), NULL, NULL, NULL);
  g_autoptr (CrPatient) swapped = add_patient (fixture, "Swapped", CR_DATE (1961, 4, 3), NULL, NULL, NULL);
  g_autoptr (CrPatient) digit = add_patient (fixture, "Digit", CR_DATE (1967, 3, 4), NULL, NULL, NULL);
  g_autoptr (CrPatient) other = add_patient (fixture, "Other", CR_DATE (1972, 3, 4), NULL, NULL, "97301");
  g_autoptr (CrPatient) phone = add_patient (fixture, "Phone", CR_DATE_NONE, "5035550142", NULL, NULL);
  g_autoptr (CrPatient) email = add_patient (fixture, "Email", CR_DATE_NONE, NULL, "Ana@Example.org", NULL);
  g_autoptr (CrPatient) member = add_patient (fixture, "Member", CR_DATE_NONE, NULL, NULL, NULL);
  g_autoptr (CrPatient) near = fixture_patient (fixture, "Müller", "Near", CR_DATE_NONE);
  g_autoptr (CrPatient) longer = fixture_patient (fixture, "Müllerin", "Longer", CR_DATE_NONE);
  g_autoptr (CrPatient) far = fixture_patient (fixture, "Müller", "Far", CR_DATE_NONE);
  g_autoptr (CrPatient) asked = cr_patient_new ();
  near->zip = g_strdup ("97301-1234");
  longer->zip = g_strdup ("97301");
  far->zip = g_strdup ("97302");
  near->merged_into = birth->id; /* what is known of a chart that went is still known */
  fixture_save (fixture, &CR_PATIENT, near);
  fixture_save (fixture, &CR_PATIENT, longer);
  fixture_save (fixture, &CR_PATIENT, far);
  add_member (fixture, member, "SMP-1");
  asked->family = g_strdup ("muller");
  asked->birth_date = CR_DATE (1961, 3, 4);
  asked->phone = g_strdup ("5035550142");
  asked->email = g_strdup ("ana@example.org");
  asked->zip = g_strdup ("97301");
  Candidates all = { asked, "Birth Swapped Digit Phone Email Member Near ", "smp-1" };
  fixture_run (fixture, candidates_job, &all);
  Candidates itself = { birth, "Swapped Digit ", NULL };
  fixture_run (fixture, candidates_job, &itself);
  g_autoptr (CrPatient) nobody = cr_patient_new ();
  Candidates none = { nobody, "", NULL };
  fixture_run (fixture, candidates_job, &none);
  g_assert_nonnull (swapped);
  g_assert_nonnull (digit);
  g_assert_nonnull (other);
  g_assert_nonnull (phone);
  g_assert_nonnull (email);
}

static gboolean
by_mrn_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPatient) patient = cr_patient_by_mrn (tx, data, error);
  return patient != NULL;
}

static void
test_by_mrn (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) patient = fixture_patient (fixture, "Sample", "Ana", CR_DATE_NONE);
  fixture_run (fixture, by_mrn_job, patient->mrn);
  fixture_run_refused (fixture, by_mrn_job, (gpointer) "999999", CR_ERROR_NOT_FOUND);
}

static gboolean
preference_job (CrTx *tx, gpointer data, GError **error)
{
  CrId me = cr_store_user_person (cr_tx_user (tx))->id;
  g_autofree char *unset = cr_preference_get (tx, me, "density", error);
  g_assert_null (unset);
  g_assert_true (cr_preference_set (tx, me, "density", "compact", error));
  g_assert_true (cr_preference_set (tx, CR_ID_NONE, "density", "roomy", error));
  g_assert_true (cr_preference_set (tx, me, "density", "normal", error));
  g_autofree char *mine = cr_preference_get (tx, me, "density", error);
  g_autofree char *all = cr_preference_get (tx, CR_ID_NONE, "density", error);
  g_assert_cmpstr (mine, ==, "normal");
  g_assert_cmpstr (all, ==, "roomy");
  g_assert_cmpint (cr_table_count (tx, &CR_PREFERENCE, error), ==, 2);
  return TRUE;
}

static void
test_preferences (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  fixture_run (fixture, preference_job, NULL);
}

static gboolean
source_job (CrTx *tx, gpointer data, GError **error)
{
  const CrPatient *patient = data;
  g_assert_cmpint (cr_source_find (tx, &CR_PATIENT, "urn:one", error), ==, patient->id);
  g_assert_cmpint (cr_source_find (tx, &CR_PATIENT, "urn:two", error), ==, CR_ID_NONE);
  g_assert_cmpint (cr_source_find (tx, &CR_PROBLEM, "urn:one", error), ==, CR_ID_NONE);
  g_assert_no_error (*error);
  g_assert_cmpint (cr_patient_count (tx, error), ==, 1);
  return TRUE;
}

static void
test_source_ids (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) patient = fixture_patient (fixture, "Sample", "Ana", CR_DATE_NONE);
  g_autoptr (CrPatient) twin = cr_patient_new ();
  patient->source_id = g_strdup ("urn:one");
  fixture_save (fixture, &CR_PATIENT, patient);
  fixture_run (fixture, source_job, patient);
  twin->mrn = g_strdup ("777777");
  twin->source_id = g_strdup ("urn:one");
  g_assert_false (fixture_try_save (fixture, &CR_PATIENT, twin, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/patients/keys", test_keys);
  g_test_add_func ("/store/patients/candidates", test_candidates);
  g_test_add_func ("/store/patients/by-mrn", test_by_mrn);
  g_test_add_func ("/store/patients/preferences", test_preferences);
  g_test_add_func ("/store/patients/source-ids", test_source_ids);
  return g_test_run ();
}
