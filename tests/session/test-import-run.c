/* Import of FHIR files: what is stored, what a second import does, and what is refused. */
#include "chart-fixture.h"
#include "chartroom/session/import-run.h"
#include <unistd.h>

static char *
household (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "tests", "fixtures", "fhir", "household.json", NULL);
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
write_file (Fixture *f, const char *name, const char *text, gssize length)
{
  char *path = g_build_filename (f->base, name, NULL);
  g_assert_true (g_file_set_contents (path, text, length, NULL));
  return path;
}

/* The text with one place in it replaced; the place must be there. */
static char *
edit (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (to, parts);
}

static CrImportReport *
import_text (Fixture *f, const char *text, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = write_file (f, "file.json", text, -1);
  CrImportReport *report = cr_import_report_new ();
  cr_import_file (f->session, path, dry_run, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->files, ==, 1);
  g_assert_cmpuint (report->failed_files, ==, 0);
  return report;
}

static const CrImportCount *
count_of (const CrImportReport *report, const char *type)
{
  for (guint i = 0; i < report->counts->len; i++) {
    const CrImportCount *count = report->counts->pdata[i];
    if (g_str_equal (count->type, type))
      return count;
  }
  return NULL;
}

static void
assert_adds_up (const CrImportReport *report)
{
  for (guint i = 0; i < report->counts->len; i++) {
    const CrImportCount *c = report->counts->pdata[i];
    g_test_message ("%s: %u = %u + %u + %u + %u + %u (%s)", c->type, c->in_file, c->added, c->changed,
                    c->unchanged, c->joined, c->skipped, c->why);
    g_assert_cmpuint (c->in_file, ==, c->added + c->changed + c->unchanged + c->joined + c->skipped);
    g_assert_true ((c->why != NULL) == (c->skipped > 0));
  }
}

static gboolean
says (const CrImportReport *report, const char *words)
{
  for (guint i = 0; i < report->findings->len; i++)
    if (strstr (report->findings->pdata[i], words) != NULL)
      return TRUE;
  return FALSE;
}

typedef struct {
  gint64 patients, problems, documents, audit;
} Counts;

static gboolean
count_job (CrTx *tx, gpointer data, GError **error)
{
  Counts *counts = data;
  counts->patients = cr_table_count (tx, &CR_PATIENT, error);
  counts->problems = cr_table_count (tx, &CR_PROBLEM, error);
  counts->documents = cr_table_count (tx, &CR_DOCUMENT, error);
  return cr_audit_verify (tx, &counts->audit, error);
}

static Counts
count_all (Fixture *f)
{
  Counts counts = { 0 };
  g_assert_true (cr_session_run (f->session, CR_RIGHT_ADMIN, count_job, &counts, NULL));
  return counts;
}

typedef struct {
  const CrRecordClass *klass;
  const char *source;
  CrId id;
} Search;

static gboolean
search_job (CrTx *tx, gpointer data, GError **error)
{
  Search *search = data;
  search->id = cr_source_find (tx, search->klass, search->source, error);
  return TRUE;
}

static CrId
find_source (Fixture *f, const CrRecordClass *klass, const char *source)
{
  Search search = { klass, source, CR_ID_NONE };
  g_assert_true (cr_store_run (cr_session_get_store (f->session), cr_session_get_user (f->session),
                               search_job, &search, NULL));
  return search.id;
}

/* Opens the imported patient as the doctor. */
static CrChart *
open_imported (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  CrId id = find_source (f, &CR_PATIENT, "urn:uuid:pat-1");
  fixture_sign_in (f, "okafor");
  CrChart *chart = cr_chart_open (f->session, id, "test", &error);
  g_assert_no_error (error);
  fixture_settle (f);
  return chart;
}

static guint
count_documents_on_disk (Fixture *f)
{
  guint n = 0;
  g_autofree char *path = g_build_filename (f->folder, "documents", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* ---- what is stored ---- */

static const CrObservation *
observation (const GPtrArray *observations, const char *code)
{
  for (guint i = 0; i < observations->len; i++)
    if (g_strcmp0 (((CrObservation *)observations->pdata[i])->code, code) == 0)
      return observations->pdata[i];
  return NULL;
}

static void
test_stored (void)
{
  Fixture f;
  g_autoptr (CrKnowledge) knowledge = fixture_knowledge ();
  g_autofree char *text = household ();
  fixture_set_up_with (&f, knowledge);
  g_autoptr (CrImportReport) report = import_text (&f, text, FALSE);
  assert_adds_up (report);
  g_assert_cmpuint (count_of (report, "Patient")->added, ==, 1);
  g_assert_cmpuint (count_of (report, "Claim")->skipped, ==, 2);
  g_assert_nonnull (strstr (count_of (report, "Claim")->why, "not imported (Claim)"));
  g_assert_cmpuint (report->rows_changed, ==, 0);
  CrChart *chart = open_imported (&f);
  const CrChartRecords *records = cr_chart_get_records (chart);
  g_assert_cmpstr (records->patient->mrn, ==, "000004");
  g_assert_cmpint (cr_date_compare (records->patient->registered_on, FIXTURE_TODAY), ==, 0);
  g_assert_nonnull (records->patient->search);
  g_assert_cmpint (records->patient->allergy_status, ==, CR_ALLERGY_KNOWN);
  g_assert_cmpuint (records->coverages->len, ==, 1);
  g_assert_cmpuint (records->medications->len, ==, 2);
  const CrObservation *systolic = observation (records->vitals, "8480-6");
  const CrObservation *diastolic = observation (records->vitals, "8462-4");
  g_assert_cmpint (systolic->panel_id, !=, CR_ID_NONE);
  g_assert_cmpint (systolic->panel_id, ==, diastolic->panel_id);
  const CrEncounter *encounter = records->encounters->pdata[0];
  const CrProblem *problem = records->problems->pdata[0];
  g_assert_cmpint (systolic->encounter_id, ==, encounter->id);
  g_assert_cmpint (problem->patient_id, ==, records->patient->id);
  g_assert_cmpint (find_source (&f, &CR_CONTACT, "urn:uuid:prac-1"), !=, CR_ID_NONE);
  g_assert_finalize_object (chart);
  fixture_tear_down (&f);
}

static void
test_allergy_codes (void)
{
  Fixture f;
  g_autoptr (CrKnowledge) knowledge = fixture_knowledge ();
  fixture_set_up_with (&f, knowledge);
  g_autoptr (CrImportReport) report =
      import_text (&f,
                   "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
                   "{\"fullUrl\":\"urn:uuid:pat-1\",\"resource\":{\"resourceType\":\"Patient\",\"name\":[{"
                   "\"family\":\"Invented\"}]}},"
                   "{\"fullUrl\":\"urn:uuid:a-1\",\"resource\":{\"resourceType\":\"AllergyIntolerance\","
                   "\"clinicalStatus\":"
                   "{\"coding\":[{\"code\":\"active\"}]},\"code\":{\"text\":\"Allergy to penicillin\"},"
                   "\"patient\":{\"reference\":\"urn:uuid:pat-1\"}}},"
                   "{\"fullUrl\":\"urn:uuid:a-2\",\"resource\":{\"resourceType\":\"AllergyIntolerance\","
                   "\"clinicalStatus\":"
                   "{\"coding\":[{\"code\":\"active\"}]},\"code\":{\"text\":\"Allergy to moon dust\"},"
                   "\"patient\":{\"reference\":\"urn:uuid:pat-1\"}}}]}",
                   FALSE);
  g_assert_cmpuint (count_of (report, "AllergyIntolerance")->added, ==, 2);
  g_autoptr (CrAllergy) known = fixture_load (&f, &CR_ALLERGY, find_source (&f, &CR_ALLERGY, "urn:uuid:a-1"));
  g_autoptr (CrAllergy) unknown =
      fixture_load (&f, &CR_ALLERGY, find_source (&f, &CR_ALLERGY, "urn:uuid:a-2"));
  g_assert_nonnull (known->code);
  g_assert_nonnull (cr_knowledge_allergen (knowledge, known->code));
  g_assert_null (unknown->code); /* "Not checked" */
  fixture_tear_down (&f);
}

/* ---- a second time ---- */

static void
test_again (void)
{
  Fixture f;
  g_autofree char *text = household ();
  fixture_set_up (&f);
  g_autoptr (CrImportReport) first = import_text (&f, text, FALSE);
  Counts before = count_all (&f);
  guint files = count_documents_on_disk (&f);
  cr_session_lock (f.session);
  cr_session_unlock (f.session, "admin", FIXTURE_PASSWORD, NULL);
  Counts unlocked = count_all (&f);
  g_autoptr (CrImportReport) second = import_text (&f, text, FALSE);
  Counts after = count_all (&f);
  assert_adds_up (second);
  g_assert_cmpuint (second->rows_added, ==, 0);
  g_assert_cmpuint (second->rows_changed, ==, 0);
  for (guint i = 0; i < second->counts->len; i++) {
    const CrImportCount *c = second->counts->pdata[i];
    g_assert_cmpuint (c->added + c->changed, ==, 0);
    g_assert_cmpuint (c->unchanged, ==, count_of (first, c->type)->added);
  }
  g_assert_cmpint (after.patients, ==, before.patients);
  g_assert_cmpint (after.audit, ==, unlocked.audit); /* nothing at all was written */
  g_assert_cmpuint (count_documents_on_disk (&f), ==, files);
  g_assert_cmpuint (second->findings->len, ==, first->findings->len);
  fixture_tear_down (&f);
}

static void
test_updated_file (void)
{
  Fixture f;
  g_autofree char *text = household ();
  g_autofree char *newer = edit (text, "Made-up Road", "Better Road");
  fixture_set_up (&f);
  cr_import_report_free (import_text (&f, text, FALSE));
  g_autoptr (CrImportReport) second = import_text (&f, newer, FALSE);
  assert_adds_up (second);
  g_assert_cmpuint (second->rows_added, ==, 0);
  g_assert_cmpuint (second->rows_changed, ==, 1);
  g_assert_cmpuint (count_of (second, "Organization")->changed, ==, 1);
  g_autoptr (CrContact) contact =
      fixture_load (&f, &CR_CONTACT, find_source (&f, &CR_CONTACT, "urn:uuid:org-1"));
  g_assert_nonnull (strstr (contact->address, "Better Road"));
  fixture_tear_down (&f);
}

/* What somebody changed here is not undone by the old file. */
static void
test_changed_here (void)
{
  Fixture f;
  g_autofree char *text = household ();
  fixture_set_up (&f);
  cr_import_report_free (import_text (&f, text, FALSE));
  CrId id = find_source (&f, &CR_PROBLEM, "urn:uuid:cond-1");
  g_autoptr (CrProblem) problem = fixture_load (&f, &CR_PROBLEM, id);
  problem->status = CR_PROBLEM_RESOLVED;
  problem->resolved = FIXTURE_TODAY;
  fixture_store (&f, &CR_PROBLEM, problem);
  g_autoptr (CrImportReport) second = import_text (&f, text, FALSE);
  g_assert_cmpuint (second->rows_changed, ==, 0);
  g_assert_cmpuint (count_of (second, "Condition")->unchanged, ==, 1);
  g_assert_true (says (second, "(Condition): It differs from the chart"));
  g_autoptr (CrProblem) kept = fixture_load (&f, &CR_PROBLEM, id);
  g_assert_cmpint (kept->status, ==, CR_PROBLEM_RESOLVED);
  fixture_tear_down (&f);
}

/* An allergy that was refuted here stays so, and the statement with it. */
static void
test_refuted_here (void)
{
  ChartFixture c = { 0 };
  GError *error = NULL;
  g_autofree char *text = household ();
  fixture_set_up (&c.f);
  cr_import_report_free (import_text (&c.f, text, FALSE));
  c.chart = open_imported (&c.f);
  g_autoptr (GPtrArray) active = cr_allergies_active (chart_records (&c)->allergies);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; i < active->len; i++)
    g_array_append_val (ids, ((CrAllergy *)active->pdata[i])->id);
  g_assert_cmpuint (ids->len, >, 0);
  for (guint i = 0; i < ids->len; i++) {
    chart_change (&c, error,
                  cr_chart_remove_allergy_async (c.chart, g_array_index (ids, CrId, i), CR_ALLERGY_REFUTED,
                                                 "tested negative", CHART_ANSWER));
    g_assert_no_error (error);
  }
  g_assert_cmpint (chart_records (&c)->patient->allergy_status, ==, CR_ALLERGY_NOT_RECORDED);
  fixture_sign_in (&c.f, "admin");
  g_autoptr (CrImportReport) second = import_text (&c.f, text, FALSE);
  g_assert_cmpuint (second->rows_changed, ==, 0);
  CrId id = find_source (&c.f, &CR_PATIENT, "urn:uuid:pat-1");
  g_autoptr (CrPatient) patient = fixture_load (&c.f, &CR_PATIENT, id);
  g_assert_cmpint (patient->allergy_status, ==, CR_ALLERGY_NOT_RECORDED);
  chart_tear_down (&c);
}

static void
test_dry_run (void)
{
  Fixture f;
  g_autofree char *text = household ();
  fixture_set_up (&f);
  Counts before = count_all (&f);
  g_autoptr (CrImportReport) trial = import_text (&f, text, TRUE);
  Counts after = count_all (&f);
  g_assert_cmpint (after.patients, ==, before.patients);
  g_assert_cmpint (after.documents, ==, before.documents);
  g_assert_cmpint (after.audit, ==, before.audit);
  g_assert_cmpuint (count_documents_on_disk (&f), ==, 0);
  g_autoptr (CrImportReport) real = import_text (&f, text, FALSE);
  g_assert_cmpuint (trial->rows_added, ==, real->rows_added);
  g_assert_cmpuint (trial->findings->len, ==, real->findings->len);
  g_assert_cmpuint (trial->counts->len, ==, real->counts->len);
  for (guint i = 0; i < real->counts->len; i++) {
    const CrImportCount *a = trial->counts->pdata[i], *b = real->counts->pdata[i];
    g_assert_cmpstr (a->type, ==, b->type);
    g_assert_cmpuint (a->added, ==, b->added);
    g_assert_cmpuint (a->skipped, ==, b->skipped);
  }
  g_autoptr (CrImportReport) again = import_text (&f, text, TRUE); /* and a trial of what is there */
  g_assert_cmpuint (again->rows_added + again->rows_changed, ==, 0);
  fixture_tear_down (&f);
}

/* ---- files that refer to each other ---- */

#define LAB                                                                                                  \
  "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"fullUrl\":\"urn:uuid:later-1\","       \
  "\"resource\":{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"   \
  "\"http://loinc.org\",\"code\":\"2823-3\"}],\"text\":\"Potassium\"},\"subject\":{\"reference\":"           \
  "\"urn:uuid:pat-1\"},\"effectiveDateTime\":\"2026-11-16T08:00:00Z\",\"valueQuantity\":{\"value\":5.1,"     \
  "\"unit\":\"mmol/L\"}}}]}"

static void
test_patient_in_other_file (void)
{
  Fixture f;
  g_autofree char *text = household ();
  fixture_set_up (&f);
  g_autoptr (CrImportReport) orphan = import_text (&f, LAB, FALSE);
  assert_adds_up (orphan);
  g_assert_cmpuint (count_of (orphan, "Observation")->skipped, ==, 1);
  g_assert_cmpuint (orphan->rows_added, ==, 0);
  g_assert_true (says (orphan, "entry[0] (Observation): Its patient is neither in this file"));
  cr_import_report_free (import_text (&f, text, FALSE));
  g_autoptr (CrImportReport) later = import_text (&f, LAB, FALSE);
  g_assert_cmpuint (count_of (later, "Observation")->added, ==, 1);
  CrId id = find_source (&f, &CR_OBSERVATION, "urn:uuid:later-1");
  g_autoptr (CrObservation) o = fixture_load (&f, &CR_OBSERVATION, id);
  g_assert_cmpint (o->patient_id, ==, find_source (&f, &CR_PATIENT, "urn:uuid:pat-1"));
  g_assert_cmpstr (o->value, ==, "5.1");
  fixture_tear_down (&f);
}

/* A visit that is none: the rest of the file is not lost for it. */
static void
test_wrong_references (void)
{
  Fixture f;
  g_autofree char *text = household ();
  g_autofree char *visit = edit (text, "\"encounter\": { \"reference\": \"urn:uuid:enc-1\" }",
                                 "\"encounter\": { \"reference\": \"urn:uuid:pat-1\" }");
  fixture_set_up (&f);
  g_autoptr (CrImportReport) report = import_text (&f, visit, FALSE);
  assert_adds_up (report);
  g_assert_cmpuint (count_of (report, "Patient")->added, ==, 1);
  g_assert_cmpuint (count_of (report, "MedicationRequest")->added, ==, 1);
  fixture_tear_down (&f);
}

#define SCAN                                                                                                 \
  "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["                                         \
  "{\"fullUrl\":\"urn:uuid:pat-1\",\"resource\":{\"resourceType\":\"Patient\",\"name\":[{\"family\":"        \
  "\"Invented\"}]}},"                                                                                        \
  "{\"fullUrl\":\"urn:uuid:doc-9\",\"resource\":{\"resourceType\":\"DocumentReference\",\"status\":"         \
  "\"current\","                                                                                             \
  "\"type\":{\"text\":\"Letter\"},\"subject\":{\"reference\":\"urn:uuid:pat-1\"},\"content\":[{"             \
  "\"attachment\":"                                                                                          \
  "{\"contentType\":\"application/pdf\",\"data\":\"JVBERi0xLjQ=\"}}]}}]}"

static void
test_document (void)
{
  Fixture f;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  fixture_set_up (&f);
  cr_import_report_free (import_text (&f, SCAN, TRUE));
  g_assert_cmpuint (count_documents_on_disk (&f), ==, 0);
  g_autoptr (CrImportReport) report = import_text (&f, SCAN, FALSE);
  g_assert_cmpuint (count_of (report, "DocumentReference")->added, ==, 1);
  g_assert_cmpuint (count_documents_on_disk (&f), ==, 1);
  g_autoptr (CrImportReport) again = import_text (&f, SCAN, FALSE);
  g_assert_cmpuint (again->rows_added + again->rows_changed, ==, 0);
  CrId id = find_source (&f, &CR_DOCUMENT, "urn:uuid:doc-9");
  CrChart *chart = open_imported (&f);
  cr_chart_read_document_async (chart, id, fixture_done_cb, &result);
  fixture_wait (&result);
  g_autoptr (GBytes) bytes = cr_chart_read_document_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "%PDF-1.4", 8);
  g_object_unref (result);
  fixture_settle (&f);
  g_assert_finalize_object (chart);
  fixture_tear_down (&f);
}

/* ---- what is refused ---- */

static void
expect_refused (Fixture *f, const char *path, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrImportReport) report = cr_import_report_new ();
  Counts before = count_all (f);
  g_assert_false (cr_import_file (f->session, path, FALSE, report, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, CR_ERROR, code);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_nonnull (strstr (error->message, ".json"));
  Counts after = count_all (f);
  g_assert_cmpint (after.audit, ==, before.audit);
  g_assert_cmpuint (report->failed_files, ==, 1);
  g_assert_cmpuint (report->rows_added, ==, 0);
}

static void
test_refused_files (void)
{
  Fixture f;
  g_autofree char *text = household ();
  g_autofree char *deep = g_strnfill (10000, '[');
  fixture_set_up (&f);
  const struct {
    const char *name, *text;
    gssize length;
  } files[] = {
    { "empty.json", "", 0 },
    { "text.json", "not JSON at all", -1 },
    { "deep.json", deep, -1 },
    { "cut.json", text, 3000 },
    { "list.json", "[1,2,3]", -1 },
    { "other.json", "{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[]}", -1 },
    { "latin.json", "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"id\":\"\xe9\"}", -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = write_file (&f, files[i].name, files[i].text, files[i].length);
    expect_refused (&f, path, CR_ERROR_INVALID);
  }
  g_autofree char *missing = g_build_filename (f.base, "missing.json", NULL);
  expect_refused (&f, missing, CR_ERROR_NOT_FOUND);
  g_autofree char *folder = g_build_filename (f.base, "folder.json", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  expect_refused (&f, folder, CR_ERROR_INVALID);
  g_autofree char *large = write_file (&f, "large.json", "", 0);
  g_assert_cmpint (truncate (large, (65 << 20)), ==, 0); /* a hole: it costs no disk */
  expect_refused (&f, large, CR_ERROR_INVALID);
  fixture_tear_down (&f);
}

static void
test_rights (void)
{
  static const char *const logins[] = { "frontdesk", "nurse", "okafor", "referrals" };
  Fixture f;
  g_autofree char *text = household ();
  fixture_set_up (&f);
  g_autofree char *path = write_file (&f, "file.json", text, -1);
  for (guint i = 0; i < G_N_ELEMENTS (logins); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (CrImportReport) report = cr_import_report_new ();
    GAsyncResult *result = NULL;
    char *paths[] = { path, NULL };
    fixture_sign_in (&f, logins[i]);
    g_assert_false (cr_import_file (f.session, path, FALSE, report, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
    g_clear_error (&error);
    cr_import_files_async (f.session, paths, FALSE, NULL, fixture_done_cb, &result);
    fixture_wait (&result);
    g_assert_null (cr_import_files_finish (result, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
    g_object_unref (result);
  }
  fixture_tear_down (&f);
}

/* ---- many files ---- */

typedef struct {
  GAsyncResult *result;
  guint steps;
  double last;
  GThread *thread;
} Run;

static void
progress_cb (double done, const char *file, gpointer data)
{
  Run *run = data;
  g_assert_true (g_thread_self () == run->thread);
  g_assert_cmpfloat (done, >=, run->last);
  g_assert_cmpfloat (done, <, 1);
  g_assert_true (g_str_has_suffix (file, ".json"));
  run->last = done;
  run->steps++;
}

static void
run_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Run *)data)->result = g_object_ref (result);
}

static void
test_many (void)
{
  Fixture f;
  Run run = { .thread = g_thread_self () };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = household ();
  fixture_set_up (&f);
  g_autofree char *lab = write_file (&f, "lab.json", LAB, -1);
  g_autofree char *bad = write_file (&f, "bad.json", "{", -1);
  g_autofree char *good = write_file (&f, "good.json", text, -1);
  char *paths[] = { good, bad, lab, NULL };
  cr_import_files_async (f.session, paths, FALSE, progress_cb, run_done_cb, &run);
  while (run.result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (CrImportReport) report = cr_import_files_finish (run.result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (run.steps, ==, 3);
  g_assert_cmpuint (report->files, ==, 3);
  g_assert_cmpuint (report->failed_files, ==, 1);
  g_assert_true (says (report, "bad.json: "));
  assert_adds_up (report);
  g_assert_cmpuint (count_of (report, "Patient")->added, ==, 1);
  g_assert_cmpint (find_source (&f, &CR_OBSERVATION, "urn:uuid:later-1"), !=, CR_ID_NONE);
  g_object_unref (run.result);
  fixture_settle (&f);
  fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-run/stored", test_stored);
  g_test_add_func ("/import-run/allergy-codes", test_allergy_codes);
  g_test_add_func ("/import-run/again", test_again);
  g_test_add_func ("/import-run/updated-file", test_updated_file);
  g_test_add_func ("/import-run/changed-here", test_changed_here);
  g_test_add_func ("/import-run/refuted-here", test_refuted_here);
  g_test_add_func ("/import-run/dry-run", test_dry_run);
  g_test_add_func ("/import-run/patient-in-other-file", test_patient_in_other_file);
  g_test_add_func ("/import-run/wrong-references", test_wrong_references);
  g_test_add_func ("/import-run/document", test_document);
  g_test_add_func ("/import-run/refused-files", test_refused_files);
  g_test_add_func ("/import-run/rights", test_rights);
  g_test_add_func ("/import-run/many", test_many);
  return g_test_run ();
}
