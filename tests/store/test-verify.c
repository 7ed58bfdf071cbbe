/* What verify finds: rows, history, audit entries and documents changed behind the store's back. */
#include "fixture.h"
#include <glib/gstdio.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>
#include <utime.h>

static gboolean
add_document (CrTx *tx, gpointer data, GError **error)
{
  CrDocument *document = data;
  g_autoptr (GBytes) content = g_bytes_new_static ("an invented letter", 18);
  document->title = g_strdup ("Letter");
  document->mime = g_strdup ("text/plain");
  return cr_document_add (tx, document, content, error);
}

static gboolean
read_document (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GBytes) content = cr_document_content (tx, data, error);
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), "an invented letter", 18);
  return content != NULL;
}

/* Verifies a freshly opened store; the findings as one text, "" when there are none. */
static char *
findings_of (Fixture *fixture)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  fixture_reopen (fixture);
  g_assert_true (cr_store_verify (fixture->store, fixture->user, findings, &error));
  g_assert_no_error (error);
  g_ptr_array_add (findings, NULL);
  return g_strjoinv ("\n", (char **)findings->pdata);
}

static const struct {
  const char *what, *sql, *finding;
} TAMPERINGS[] = {
  { "row", "UPDATE patient SET given = 'Changed'", "The patient with id" },
  { "row-version", "UPDATE patient SET version = 7", "The patient with id" },
  { "row-removed", "DELETE FROM patient", "rows were removed" },
  { "row-added", "INSERT INTO room (id, version, name, active) VALUES (7, 1, 'x', 1)", "has no history" },
  { "history", "UPDATE history SET after = replace (after, 'First', 'Fake') WHERE kind = 'patient'",
    "does not fit the chain" },
  { "history-removed", "DELETE FROM history WHERE kind = 'patient'", "does not fit the chain" },
  { "history-before", "UPDATE history SET before = '{}' WHERE kind = 'patient'", "does not fit the chain" },
  { "history-moved", "UPDATE history SET record_id = 7 WHERE kind = 'patient'", "does not fit the chain" },
  { "audit", "UPDATE audit SET at = at - 1 WHERE seq = 2", "Audit entry 2 does not fit" },
  { "audit-person", "UPDATE audit SET person_id = NULL WHERE seq = 3", "Audit entry 3 does not fit" },
  { "audit-hash", "UPDATE audit SET hash = zeroblob (32) WHERE seq = 1", "Audit entry 1 does not fit" },
  { "audit-removed", "DELETE FROM audit WHERE seq = 2", "Audit entry 2 does not fit" },
  { "audit-cut",
    "DELETE FROM history WHERE seq = (SELECT max (seq) FROM audit);"
    " DELETE FROM audit WHERE seq = (SELECT max (seq) FROM audit)",
    "The key file has seen audit entry" },
  { "audit-added",
    "INSERT INTO audit SELECT seq + 1, at, zone, person_id, role, program, action, kind, record_id, "
    "patient_id,"
    " detail, hash FROM audit ORDER BY seq DESC LIMIT 1",
    "does not fit the chain" },
};

static void
test_tampering (gconstpointer data)
{
  const char *sql = TAMPERINGS[GPOINTER_TO_UINT (data)].sql;
  const char *finding = TAMPERINGS[GPOINTER_TO_UINT (data)].finding;
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) patient G_GNUC_UNUSED = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  g_autofree char *clean = findings_of (fixture);
  g_assert_cmpstr (clean, ==, "");
  fixture_close (fixture);
  fixture_tamper (fixture, sql);
  g_autofree char *findings = findings_of (fixture);
  g_test_message ("%s", findings);
  g_assert_nonnull (strstr (findings, finding));
}

/* The one byte of an open file, with a bit turned over. */
static void
flip (int fd, gsize at)
{
  guint8 byte;
  g_assert_cmpint (pread (fd, &byte, 1, (off_t)at), ==, 1);
  byte ^= 0x10;
  g_assert_cmpint (pwrite (fd, &byte, 1, (off_t)at), ==, 1);
}

/* What reading the pages of the open database from the disk says; NULL: they are sound. */
static char *
refusal (CrDb *db)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  if (cr_db_verify (db, findings, &error))
    return NULL;
  g_assert_error (error, CR_ERROR, CR_ERROR_PAGE_ALTERED);
  g_assert_cmpuint (findings->len, ==, 1);
  return g_strdup (findings->pdata[0]);
}

/* In a whole practice, not only in tables of a test: schema, indexes, free pages, history, overflow. */
static void
test_every_97th_byte (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;
  GStatBuf info;
  for (guint i = 0; i < 40; i++) {
    g_autofree char *given = g_strdup_printf ("Number %u", i);
    g_autoptr (CrPatient) patient G_GNUC_UNUSED = fixture_patient (fixture, "Sample", given, CR_DATE_NONE);
  }
  fixture_close (fixture);
  g_autofree char *path = g_build_filename (fixture->folder, "practice.db", NULL);
  g_autoptr (CrVault) vault = cr_vault_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  CrDb *db = cr_db_open (vault, CR_DB_OPEN, &error);
  int fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  g_assert_no_error (error);
  g_assert_cmpint (fstat (fd, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 400 * 1024);
  g_assert_cmpint (info.st_size, <, 1 << 20);
  for (gsize at = 0; at < (gsize)info.st_size; at += 97) {
    g_autofree char *page =
        g_strdup_printf ("Page %" G_GSIZE_FORMAT " of practice.db was altered", at / 4096 + 1);
    flip (fd, at);
    g_autofree char *said = refusal (db);
    flip (fd, at);
    if (said == NULL || strstr (said, page) == NULL)
      g_error ("byte %" G_GSIZE_FORMAT ": %s", at, said);
  }
  close (fd);
  cr_db_close (db);
  g_autofree char *clean = findings_of (fixture);
  g_assert_cmpstr (clean, ==, "");
}

static gboolean
walk_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_audit_verify (tx, data, error);
}

static void
test_walk (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) patient G_GNUC_UNUSED = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  gint64 entries = 0;
  fixture_run (fixture, walk_job, &entries);
  g_assert_cmpint (entries, ==, fixture_number (fixture, "SELECT count (*) FROM audit"));
  fixture_tamper (fixture, "UPDATE audit SET action = 'view' WHERE seq = 3");
  fixture_run_refused (fixture, walk_job, NULL, CR_ERROR_CHAIN_BROKEN);
}

static void
test_head_code (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *first = cr_store_head_code (fixture->store);
  g_autoptr (CrPatient) patient G_GNUC_UNUSED = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  g_autofree char *second = cr_store_head_code (fixture->store);
  g_assert_true (g_regex_match_simple ("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", first, 0, 0));
  g_assert_cmpstr (first, !=, second);
}

static char *
document_path (Fixture *fixture, const CrDocument *document)
{
  return g_build_filename (fixture->folder, "documents", document->name, NULL);
}

static void
test_document_missing (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrDocument) document = cr_document_new ();
  fixture_run (fixture, add_document, document);
  fixture_run (fixture, read_document, document);
  g_autofree char *clean = findings_of (fixture);
  g_assert_cmpstr (clean, ==, "");
  g_autofree char *path = document_path (fixture, document);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_autofree char *findings = findings_of (fixture);
  g_assert_nonnull (strstr (findings, "A document cannot be read."));
}

static void
test_document_altered (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrDocument) document = cr_document_new ();
  fixture_run (fixture, add_document, document);
  g_autofree char *path = document_path (fixture, document);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  g_autofree char *findings = findings_of (fixture);
  g_assert_nonnull (strstr (findings, "A document cannot be read."));
}

static gboolean
add_and_fail (CrTx *tx, gpointer data, GError **error)
{
  g_assert_true (add_document (tx, data, error));
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, "The test changed its mind.");
  return FALSE;
}

/* A file without a row is left alone for a day, then named. */
static void
test_document_left_over (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrDocument) document = cr_document_new ();
  struct utimbuf long_ago = { 1000000000, 1000000000 };
  fixture_run_refused (fixture, add_and_fail, document, CR_ERROR_INVALID);
  g_autofree char *young = findings_of (fixture);
  g_assert_cmpstr (young, ==, "");
  g_autofree char *path = document_path (fixture, document);
  g_assert_cmpint (utime (path, &long_ago), ==, 0);
  g_autofree char *old = findings_of (fixture);
  g_assert_nonnull (strstr (old, "belongs to no record"));
}

int
main (int argc, char **argv)
{
  /* Without a note of what was seen: what is tampered with here has to be found in the practice itself. */
  g_setenv ("XDG_STATE_HOME", "/dev/null/state", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TAMPERINGS); i++) {
    g_autofree char *path = g_strconcat ("/store/verify/", TAMPERINGS[i].what, NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_tampering);
  }
  g_test_add_func ("/store/verify/every-97th-byte", test_every_97th_byte);
  g_test_add_func ("/store/verify/walk", test_walk);
  g_test_add_func ("/store/verify/head-code", test_head_code);
  g_test_add_func ("/store/verify/document-missing", test_document_missing);
  g_test_add_func ("/store/verify/document-altered", test_document_altered);
  g_test_add_func ("/store/verify/document-left-over", test_document_left_over);
  return g_test_run ();
}
