/* Merging two charts of one person and undoing it: nothing is lost, nothing is doubled, nothing signed
 * changes. */
#include "merge-fixture.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/merge-rules.h"
#include "chartroom/domain/record-classes.h"
#include "chartroom/store/desk-stores.h"
#include "chartroom/store/patient-merge.h"
#include "chartroom/store/person-charts.h"
#include "list.h"
#include "table.h"
#include <string.h>

/* ---- a chart with a record of every class ---- */

/* The newest record of each class that a chart was filled with. */
typedef struct {
  GHashTable *records; /* class → CrId* */
  CrId patient, person;
  const char *mark;
} Filling;

static CrId
target_of (Filling *filling, const char *field)
{
  g_autofree char *name = g_strndup (field, strlen (field) - 3);
  const CrRecordClass *klass = g_str_has_suffix (field, "_id") ? cr_record_class_find (name) : NULL;
  const CrId *id = klass == NULL ? NULL : g_hash_table_lookup (filling->records, klass);
  if (g_str_equal (field, "patient_id"))
    return filling->patient;
  if (g_str_has_suffix (field, "_by") || g_str_equal (field, "person_id") || g_str_equal (field, "author_id"))
    return filling->person;
  return id == NULL ? CR_ID_NONE : *id;
}

static void
fill_field (Filling *filling, const CrRecordClass *klass, const CrField *field, gpointer record)
{
  gpointer where = (char *)record + field->offset;
  gboolean flag = g_str_equal (field->name, "nth") || g_str_has_prefix (field->name, "no_");
  if (field->type == CR_FIELD_ID)
    *(CrId *)where = target_of (filling, field->name);
  else if (field->type == CR_FIELD_INT)
    *(gint64 *)where = flag ? 1 : 7;
  else if (field->type == CR_FIELD_REAL)
    *(double *)where = 0.5;
  else if (field->type == CR_FIELD_DATE)
    *(CrDate *)where = CR_DATE (2024, 2, 29);
  else if (field->type == CR_FIELD_INSTANT)
    *(CrInstant *)where = G_GINT64_CONSTANT (1795000000123456);
  else if (field->type == CR_FIELD_TEXT && klass == &CR_DOCUMENT && g_str_equal (field->name, "name"))
    *(char **)where = g_strnfill (64, *filling->mark);
  else if (field->type == CR_FIELD_TEXT)
    *(char **)where = g_strdup_printf ("%s of %s", field->name, filling->mark);
}

static gboolean
belongs_to_patient (const CrTable *table)
{
  return table->patient != 0 && cr_record_field (table->klass, "patient_id") != NULL &&
         table->klass != &CR_DUPLICATE_ANSWER;
}

static guint
count_patient_tables (void)
{
  guint n = 0;
  for (guint t = 0; CR_TABLES[t] != NULL; t++)
    n += belongs_to_patient (CR_TABLES[t]) ? 1 : 0;
  return n;
}

static gboolean
add_record (CrTx *tx, Filling *filling, const CrTable *table, GError **error)
{
  gpointer record = cr_record_new (table->klass);
  for (guint i = 2; i < table->klass->n_fields; i++)
    fill_field (filling, table->klass, &table->klass->fields[i], record);
  gboolean saved = cr_tx_save (tx, table->klass, record, error);
  g_hash_table_insert (filling->records, (gpointer)table->klass,
                       g_memdup2 (&((CrRecord *)record)->id, sizeof (CrId)));
  cr_record_free (table->klass, record);
  return saved;
}

/* One record of every class that belongs to a patient, with every field set. */
static gboolean
fill_job (CrTx *tx, gpointer data, GError **error)
{
  Filling *filling = data;
  filling->person = cr_store_user_person (cr_tx_user (tx))->id;
  for (guint t = 0; CR_TABLES[t] != NULL; t++)
    if (belongs_to_patient (CR_TABLES[t]) && !add_record (tx, filling, CR_TABLES[t], error))
      return FALSE;
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, filling->patient, error);
  patient->allergy_status = CR_ALLERGY_KNOWN; /* one of the records is an allergy */
  return cr_tx_save (tx, &CR_PATIENT, patient, error);
}

static void
fill_chart (Fixture *fixture, CrId patient, const char *mark)
{
  g_autoptr (GHashTable) records = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Filling filling = { .records = records, .patient = patient, .mark = mark };
  fixture_run (fixture, fill_job, &filling);
}

static guint
count_rows_of (GHashTable *rows, CrId patient)
{
  g_autofree char *needle = g_strdup_printf ("\"patient_id\":\"%" G_GINT64_FORMAT "\"", patient);
  GHashTableIter iter;
  gpointer json;
  guint n = 0;
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &json))
    n += strstr (json, needle) != NULL ? 1 : 0;
  return n;
}

static void
test_every_table (void)
{
  g_autoptr (Pair) pair = pair_new ();
  fill_chart (pair->fixture, pair->kept, "a");
  fill_chart (pair->fixture, pair->gone, "b");
  g_autoptr (GHashTable) before = take_snapshot (pair->fixture);
  g_assert_cmpuint (count_rows_of (before, pair->gone), ==, count_patient_tables ());
  CrId id = merge (pair, pair->kept, pair->gone);
  g_autoptr (GHashTable) merged = take_snapshot (pair->fixture);
  guint stay = count_rows_of (merged, pair->gone), came = count_rows_of (merged, pair->kept);
  g_assert_cmpuint (stay, <, count_rows_of (before, pair->gone));
  g_assert_cmpuint (stay + came, ==, count_rows_of (before, pair->gone) + count_rows_of (before, pair->kept));
  unmerge (pair, id);
  g_autoptr (GHashTable) after = take_snapshot (pair->fixture);
  assert_same_store (before, after);
}

/* Nothing that was signed, and nothing else clinical, is rewritten by a merge: not even its version. */
static gboolean
versions_job (CrTx *tx, gpointer data, GError **error)
{
  GString *text = data;
  for (guint t = 0; CR_TABLES[t] != NULL; t++) {
    if (!CR_TABLES[t]->klass->clinical)
      continue;
    g_autoptr (GPtrArray) all = cr_list_all (tx, CR_TABLES[t], CR_TABLES[t]->all, error);
    for (guint i = 0; i < all->len; i++) {
      g_autofree char *json = cr_record_to_json (CR_TABLES[t]->klass, all->pdata[i]);
      g_string_append (text, json);
    }
  }
  return TRUE;
}

static void
test_clinical_rows_stay (void)
{
  g_autoptr (Pair) pair = pair_new ();
  g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);
  fill_chart (pair->fixture, pair->kept, "a");
  fill_chart (pair->fixture, pair->gone, "b");
  fixture_run (pair->fixture, versions_job, before);
  CrId id = merge (pair, pair->kept, pair->gone);
  unmerge (pair, id);
  merge (pair, pair->kept, pair->gone);
  fixture_run (pair->fixture, versions_job, after);
  g_assert_cmpuint (before->len, >, 1000);
  g_assert_cmpstr (before->str, ==, after->str);
}

/* ---- every reader sees both ---- */

typedef GPtrArray *(*Reader) (CrTx *tx, CrId patient, GError **error);

static GPtrArray *
read_observations (CrTx *tx, CrId patient, GError **error)
{
  return cr_observations (tx, patient, -1, CR_INSTANT_NONE, error);
}

static GPtrArray *
read_last (CrTx *tx, CrId patient, GError **error)
{
  const char *const codes[] = { "code of a", "code of b", NULL };
  return cr_observations_last (tx, patient, codes, 1, error);
}

static const struct {
  const char *name;
  Reader read;
} READERS[] = {
  { "names", cr_patient_names },
  { "contact points", cr_contact_points },
  { "relatives", cr_related_persons },
  { "coverages", cr_coverages },
  { "consents", cr_consents },
  { "directives", cr_directives },
  { "appointments", cr_appointments_for_patient },
  { "encounters", cr_encounters },
  { "notes", cr_notes },
  { "addenda", cr_addenda },
  { "problems", cr_problems },
  { "allergies", cr_allergies },
  { "medications", cr_medications },
  { "prescriptions", cr_prescriptions },
  { "observations", read_observations },
  { "last observations", read_last },
  { "immunizations", cr_immunizations },
  { "procedures", cr_procedures },
  { "family history", cr_family_histories },
  { "social history", cr_social_histories },
  { "documents", cr_documents },
  { "referrals", cr_referrals },
};

typedef struct {
  CrId patient;
  guint expected;
} Reading;

static gboolean
read_job (CrTx *tx, gpointer data, GError **error)
{
  const Reading *reading = data;
  for (guint i = 0; i < G_N_ELEMENTS (READERS); i++) {
    g_autoptr (GPtrArray) rows = READERS[i].read (tx, reading->patient, error);
    if (rows == NULL)
      return FALSE;
    if (rows->len != reading->expected)
      g_error ("%s: %u rows, not %u", READERS[i].name, rows->len, reading->expected);
  }
  return TRUE;
}

static void
assert_readers (Pair *pair, CrId patient, guint expected)
{
  Reading reading = { patient, expected };
  fixture_run (pair->fixture, read_job, &reading);
}

static void
test_readers_see_both (void)
{
  g_autoptr (Pair) pair = pair_new ();
  fill_chart (pair->fixture, pair->kept, "a");
  fill_chart (pair->fixture, pair->gone, "b");
  assert_readers (pair, pair->kept, 1);
  CrId id = merge (pair, pair->kept, pair->gone);
  assert_readers (pair, pair->kept, 2);
  assert_readers (pair, pair->gone, 2); /* by the old id too: an open draft checks the allergies of both */
  unmerge (pair, id);
  assert_readers (pair, pair->kept, 1);
  assert_readers (pair, pair->gone, 1);
}

/* ---- the statement about allergies ---- */

static void
add_allergy (Pair *pair, CrId patient, const char *substance)
{
  g_autoptr (CrAllergy) allergy = cr_allergy_new ();
  allergy->patient_id = patient;
  allergy->substance = g_strdup (substance);
  allergy->state = CR_ALLERGY_ACTIVE;
  fixture_save (pair->fixture, &CR_ALLERGY, allergy);
}

typedef struct {
  CrId id;
  CrPatient *patient;
} Loading;

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  Loading *loading = data;
  loading->patient = cr_tx_load (tx, &CR_PATIENT, loading->id, error);
  return loading->patient != NULL;
}

static CrPatient *
load (Pair *pair, CrId id)
{
  Loading loading = { .id = id };
  fixture_run (pair->fixture, load_job, &loading);
  return loading.patient;
}

static void
state (Pair *pair, CrId id, int status)
{
  g_autoptr (CrPatient) patient = load (pair, id);
  patient->allergy_status = status;
  fixture_save (pair->fixture, &CR_PATIENT, patient);
}

static void
assert_statement (Pair *pair, CrId id, int status)
{
  g_autoptr (CrPatient) patient = load (pair, id);
  g_assert_cmpint (patient->allergy_status, ==, status);
}

/* "None known" in the kept chart must not hide the penicillin of the other. */
static void
test_allergy_of_gone (void)
{
  g_autoptr (Pair) pair = pair_new ();
  state (pair, pair->kept, CR_ALLERGY_NONE_KNOWN);
  state (pair, pair->gone, CR_ALLERGY_KNOWN);
  add_allergy (pair, pair->gone, "penicillin");
  CrId id = merge (pair, pair->kept, pair->gone);
  assert_statement (pair, pair->kept, CR_ALLERGY_KNOWN);
  unmerge (pair, id);
  assert_statement (pair, pair->kept, CR_ALLERGY_NONE_KNOWN);
  assert_statement (pair, pair->gone, CR_ALLERGY_KNOWN);
}

/* What is known of one chart alone is not known of the person. */
static void
test_none_known_of_gone (void)
{
  g_autoptr (Pair) pair = pair_new ();
  state (pair, pair->gone, CR_ALLERGY_NONE_KNOWN);
  merge (pair, pair->kept, pair->gone);
  assert_statement (pair, pair->kept, CR_ALLERGY_NOT_RECORDED);
}

static void
test_allergy_added_later (void)
{
  g_autoptr (Pair) pair = pair_new ();
  state (pair, pair->kept, CR_ALLERGY_NONE_KNOWN);
  CrId id = merge (pair, pair->kept, pair->gone);
  add_allergy (pair, pair->kept, "latex");
  state (pair, pair->kept, CR_ALLERGY_KNOWN);
  unmerge (pair, id);
  assert_statement (pair, pair->kept, CR_ALLERGY_KNOWN);
  assert_statement (pair, pair->gone, CR_ALLERGY_NOT_RECORDED);
}

/* ---- what is refused ---- */

static void
test_refusals (void)
{
  g_autoptr (Pair) pair = pair_new ();
  refuse_merge (pair, pair->kept, pair->kept, pair->second);
  refuse_merge (pair, pair->kept, pair->gone, NULL);
  refuse_merge (pair, pair->kept, pair->gone, pair->fixture->user); /* oneself is no second person */
  CrId id = merge (pair, pair->kept, pair->gone);
  refuse_merge (pair, pair->kept, pair->gone, pair->second); /* it is merged already */
  refuse_merge (pair, pair->gone, pair->kept, pair->second); /* not back either */
  unmerge (pair, id);
  Act again = { .merge = id };
  fixture_run_refused (pair->fixture, unmerge_job, &again, CR_ERROR_INVALID);
}

static void
test_second_person (void)
{
  g_autoptr (Pair) pair = pair_new ();
  g_autoptr (GError) wrong = NULL, same = NULL;
  CrStore *store = pair->fixture->store;
  g_assert_null (
      cr_store_second_person (store, pair->fixture->user, SECOND_LOGIN, "not it at all", "merge", &wrong));
  g_assert_error (wrong, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  g_assert_null (
      cr_store_second_person (store, pair->fixture->user, FIXTURE_LOGIN, FIXTURE_PASSWORD, "merge", &same));
  g_assert_error (same, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_cmpint (fixture_number (pair->fixture, "SELECT count (*) FROM audit WHERE action LIKE 'second-%'"),
                   ==, 3);
}

/* ---- chains ---- */

static gboolean
chain_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) allergies = cr_allergies (tx, *(CrId *)data, error);
  g_autoptr (GPtrArray) visits = cr_appointments_for_patient (tx, *(CrId *)data, error);
  g_assert_cmpuint (allergies->len, ==, 3);
  g_assert_cmpuint (visits->len, ==, 3);
  return TRUE;
}

static void
test_chain (void)
{
  g_autoptr (Pair) pair = pair_new ();
  g_autoptr (CrPatient) third = fixture_patient (pair->fixture, "Garcia", "M.", CR_DATE (1961, 3, 14));
  fill_chart (pair->fixture, pair->gone, "a");
  fill_chart (pair->fixture, pair->kept, "b");
  fill_chart (pair->fixture, third->id, "c");
  g_autoptr (GHashTable) before = take_snapshot (pair->fixture);
  CrId first = merge (pair, pair->kept, pair->gone);
  CrId last = merge (pair, third->id, pair->kept);
  g_autoptr (CrPatient) a = load (pair, pair->gone);
  g_assert_cmpint (a->merged_into, ==, third->id); /* never a chart that went itself */
  fixture_run (pair->fixture, chain_job, &third->id);
  Act early = { .merge = first };
  fixture_run_refused (pair->fixture, unmerge_job, &early, CR_ERROR_INVALID);
  unmerge (pair, last);
  g_autoptr (CrPatient) again = load (pair, pair->gone);
  g_assert_cmpint (again->merged_into, ==, pair->kept);
  assert_readers (pair, pair->kept, 2);
  unmerge (pair, first);
  g_autoptr (GHashTable) after = take_snapshot (pair->fixture);
  assert_same_store (before, after);
}

/* ---- what was changed after the merge ---- */

static void
test_later_changes_stay (void)
{
  g_autoptr (Pair) pair = pair_new ();
  g_autoptr (CrAppointment) visit = cr_appointment_new ();
  visit->patient_id = pair->gone;
  visit->date = CR_DATE (2026, 12, 1);
  visit->start_min = 540;
  visit->minutes = 20;
  fixture_save (pair->fixture, &CR_APPOINTMENT, visit);
  g_autoptr (CrPatient) gone = load (pair, pair->gone);
  gone->email = g_strdup ("old@example.org");
  gone->phone = g_strdup ("5035550142");
  fixture_save (pair->fixture, &CR_PATIENT, gone);

  CrId id = merge (pair, pair->kept, pair->gone);
  g_autoptr (CrPatient) kept = load (pair, pair->kept);
  g_assert_cmpstr (kept->email, ==, "old@example.org"); /* the kept one had none */
  g_free (kept->email);
  kept->email = g_strdup ("new@example.org");
  fixture_save (pair->fixture, &CR_PATIENT, kept);
  g_autoptr (CrAppointment) booked = cr_appointment_new ();
  booked->patient_id = pair->kept;
  booked->date = CR_DATE (2026, 12, 2);
  booked->start_min = 600;
  booked->minutes = 20;
  fixture_save (pair->fixture, &CR_APPOINTMENT, booked);
  unmerge (pair, id);

  g_autoptr (CrPatient) parted = load (pair, pair->kept);
  g_assert_cmpstr (parted->email, ==, "new@example.org"); /* somebody's own correction */
  g_assert_null (parted->phone);                          /* came with the merge, goes with it */
  g_assert_cmpint (fixture_number (pair->fixture,
                                   "SELECT count (*) FROM appointment a JOIN patient p ON p.id = "
                                   "a.patient_id WHERE p.family = 'Garzia'"),
                   ==, 1);
  g_assert_cmpint (fixture_number (pair->fixture,
                                   "SELECT count (*) FROM appointment a JOIN patient p ON p.id = "
                                   "a.patient_id WHERE p.family = 'Garcia'"),
                   ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/merge/every-table", test_every_table);
  g_test_add_func ("/store/merge/clinical-rows-stay", test_clinical_rows_stay);
  g_test_add_func ("/store/merge/readers-see-both", test_readers_see_both);
  g_test_add_func ("/store/merge/allergy-of-gone", test_allergy_of_gone);
  g_test_add_func ("/store/merge/none-known-of-gone", test_none_known_of_gone);
  g_test_add_func ("/store/merge/allergy-added-later", test_allergy_added_later);
  g_test_add_func ("/store/merge/refusals", test_refusals);
  g_test_add_func ("/store/merge/second-person", test_second_person);
  g_test_add_func ("/store/merge/chain", test_chain);
  g_test_add_func ("/store/merge/later-changes-stay", test_later_changes_stay);
  return g_test_run ();
}
