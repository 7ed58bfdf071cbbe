#include "salvage-fixture.h"
#include "salvage-tree.h"
#include "store-private.h"
#include "src/ctl/demo.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *parent, *original;
static char *documents[2];
static guint count;

enum { LONG_TEXT = 9000 };

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *source = g_build_filename (from, name, NULL),
                    *target = g_build_filename (to, name, NULL);
    if (g_file_test (source, G_FILE_TEST_IS_DIR))
      copy_tree (source, target);
    else {
      g_autoptr (GFile) a = g_file_new_for_path (source), b = g_file_new_for_path (target);
      g_assert_true (g_file_copy (a, b, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
    }
  }
}

/* ---- the original ---- */

#define TWO_PATIENTS "SELECT id FROM patient ORDER BY id LIMIT 2"

static void
add_document (CrTx *tx, CrId patient, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("invented letter %u", n);
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr (CrDocument) document = cr_document_new ();
  document->patient_id = patient;
  document->title = g_strdup_printf ("Letter %u", n);
  document->mime = g_strdup ("text/plain");
  document->text = g_strnfill (LONG_TEXT, 'x'); /* more than a page holds */
  cr_document_add (tx, document, content, &error);
  g_assert_no_error (error);
  documents[n] = g_strdup (document->name);
}

static gboolean
add_documents (CrTx *tx, gpointer data, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, TWO_PATIENTS, error);
  CrId ids[G_N_ELEMENTS (documents)];
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_assert_cmpint (cr_stmt_step (stmt, NULL), ==, CR_STEP_ROW);
    ids[i] = cr_stmt_int (stmt, 0);
  }
  cr_stmt_reset (stmt);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    add_document (tx, ids[i], i);
  return TRUE;
}

/* older: why a copy older than the last salvage is opened; NULL: it is none. */
static CrStore *
open_store (const char *folder, const char *older, CrStoreUser **user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2026, 11, 23), 9 * 60, "America/Los_Angeles");
  CrStore *store =
      cr_store_open_older (folder, SALVAGE_LOGIN, SALVAGE_PASSWORD, older, clock, "test", user, &error);
  g_assert_no_error (error);
  return store;
}

static void
close_store (CrStore *store, CrStoreUser *user)
{
  cr_store_user_unref (user);
  cr_store_close (store);
  cr_store_unref (store);
}

static void
take_backup (CrStore *store, CrStoreUser *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_build_filename (original, "backups", NULL);
  CrBackupOptions options = { .folder = folder, .full = TRUE };
  g_mkdir (folder, 0700);
  g_autoptr (CrBackup) backup = cr_store_backup (store, user, &options, &error);
  g_assert_no_error (error);
  g_assert_true (cr_store_prove (store, user, backup, &options, findings, &error));
  g_assert_cmpuint (findings->len, ==, 0);
}

void
salvage_begin (guint patients)
{
  g_autoptr (GError) error = NULL;
  CrStoreUser *user = NULL;
  parent = g_dir_make_tmp ("salvage-XXXXXX", &error);
  g_assert_no_error (error);
  original = g_build_filename (parent, "Original.practice", NULL);
  CrDemoOptions options = { .folder = original,
                            .password = SALVAGE_PASSWORD,
                            .patients = patients,
                            .seed = 7,
                            .date = CR_DATE (2026, 11, 23),
                            .fast_kdf = TRUE };
  cr_demo_make (&options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  CrStore *store = open_store (original, NULL, &user);
  g_assert_true (cr_store_run (store, user, add_documents, NULL, &error));
  take_backup (store, user);
  close_store (store, user);
}

int
salvage_end (int status)
{
  remove_tree (parent);
  g_free (parent);
  g_free (original);
  g_free (documents[0]);
  g_free (documents[1]);
  return status;
}

const char *
salvage_original (void)
{
  return original;
}

const char *
salvage_document (guint n)
{
  return documents[n];
}

/* ---- a copy ---- */

Patient *
patient_new (void)
{
  Patient *self = g_new0 (Patient, 1);
  self->folder = g_strdup_printf ("%s/Copy%u.practice", parent, ++count);
  self->to = g_strdup_printf ("%s/Saved%u.practice", parent, count);
  self->report = cr_doctor_report_new ();
  copy_tree (original, self->folder);
  return self;
}

void
patient_free (Patient *self)
{
  remove_tree (self->folder);
  remove_tree (self->to);
  cr_doctor_report_free (self->report);
  g_free (self->folder);
  g_free (self->to);
  g_free (self);
}

char *
patient_path (Patient *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

void
patient_flip (Patient *self, const char *file, gint64 at)
{
  g_autofree char *path = patient_path (self, file);
  FILE *stream = fopen (path, "r+b");
  g_assert_nonnull (stream);
  g_assert_cmpint (fseek (stream, (long)at, SEEK_SET), ==, 0);
  int byte = fgetc (stream);
  g_assert_cmpint (byte, !=, EOF);
  g_assert_cmpint (fseek (stream, (long)at, SEEK_SET), ==, 0);
  fputc (byte ^ 0x10, stream);
  fclose (stream);
}

void
patient_hurt_pages (Patient *self, const GArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    patient_flip (self, "practice.db",
                  ((gint64)g_array_index (pages, guint32, i) - 1) * SALVAGE_PAGE +
                      17 * (i + 1) % SALVAGE_PAGE);
}

gint64
patient_size (Patient *self, const char *file)
{
  g_autofree char *path = patient_path (self, file);
  GStatBuf info;
  return g_stat (path, &info) == 0 ? info.st_size : -1;
}

void
patient_cut (Patient *self, const char *file, gint64 size)
{
  g_autofree char *path = patient_path (self, file);
  g_assert_cmpint (truncate (path, (off_t)size), ==, 0);
}

static gboolean
add_room (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrRoom) room = cr_room_new ();
  room->name = g_strdup_printf ("Invented %u", GPOINTER_TO_UINT (data));
  return cr_tx_save (tx, &CR_ROOM, room, error);
}

static void
keep_aside (Patient *self, const char *name, gboolean back)
{
  g_autofree char *path = patient_path (self, name), *aside = g_strconcat (path, ".aside", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (back ? aside : path),
                    to = g_file_new_for_path (back ? path : aside);
  g_assert_true (g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
}

void
patient_add_rooms_and_die (Patient *self, guint n)
{
  CrStoreUser *user = NULL;
  CrStore *store = open_store (self->folder, "a test goes back", &user);
  for (guint i = 0; i < n; i++)
    g_assert_true (cr_store_run (store, user, add_room, GUINT_TO_POINTER (i), NULL));
  keep_aside (self, "practice.db", FALSE);
  keep_aside (self, "practice.db-wal", FALSE);
  close_store (store, user);
  keep_aside (self, "practice.db", TRUE);
  keep_aside (self, "practice.db-wal", TRUE);
}

static void
show (const char *title, const GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len && i < 6; i++)
    g_test_message ("%s: %s", title, (const char *)sentences->pdata[i]);
  if (sentences->len > 6)
    g_test_message ("%s: … %u in all", title, sentences->len);
}

void
patient_salvage (Patient *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2026, 11, 24), 9 * 60, "America/Los_Angeles");
  CrDoctorOptions options = {
    .folder = self->folder, .login = SALVAGE_LOGIN, .password = SALVAGE_PASSWORD, .salvage_to = self->to
  };
  gboolean done = cr_doctor (&options, clock, "test", self->report, &error);
  show ("wrong", self->report->wrong);
  show ("meaning", self->report->meaning);
  show ("rebuilt", self->report->rebuilt);
  show ("unsaved", self->report->unsaved);
  show ("next", self->report->next);
  g_assert_no_error (error);
  g_assert_true (done);
}

void
patient_assert_says (const GPtrArray *sentences, const char *words)
{
  for (guint i = 0; i < sentences->len; i++)
    if (strstr (sentences->pdata[i], words) != NULL)
      return;
  g_error ("nothing says “%s”", words);
}

void
patient_assert_verifies (Patient *self)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrStoreUser *user = NULL;
  CrStore *store = open_store (self->to, NULL, &user);
  g_assert_true (cr_store_verify (store, user, findings, &error));
  show ("verify", findings);
  g_assert_cmpuint (findings->len, ==, 0);
  close_store (store, user);
}

/* ---- comparing ---- */

typedef struct {
  CrVault *vault;
  CrDb *db;
} Side;

static Side
open_side (const char *folder)
{
  g_autoptr (GError) error = NULL;
  Side side = { cr_vault_open (folder, SALVAGE_LOGIN, SALVAGE_PASSWORD, &error), NULL };
  g_assert_no_error (error);
  side.db = cr_db_open (side.vault, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  return side;
}

static void
close_side (Side *side)
{
  cr_db_close (side->db);
  cr_vault_unref (side->vault);
}

static gint64
number (CrDb *db, const char *sql, gint64 parameter, gint64 none)
{
  CrStmt *stmt = cr_db_prepare (db, sql, NULL);
  g_assert_nonnull (stmt);
  cr_stmt_bind_int (stmt, 1, parameter);
  gint64 value = cr_stmt_step (stmt, NULL) == CR_STEP_ROW ? cr_stmt_int (stmt, 0) : none;
  cr_stmt_reset (stmt);
  return value;
}

gint64
patient_number (Patient *self, const char *sql)
{
  Side side = open_side (self->to);
  CrStmt *stmt = cr_db_prepare (side.db, sql, NULL);
  g_assert_cmpint (cr_stmt_step (stmt, NULL), ==, CR_STEP_ROW);
  gint64 value = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  close_side (&side);
  return value;
}

/* Is the entry one of those that the report says are lost? */
static gboolean
entry_is_reported (const CrDoctorReport *report, gint64 seq)
{
  gboolean found = FALSE;
  for (guint i = 0; i < report->unsaved->len && !found; i++) {
    gint64 first = 0, last = -1;
    int n = sscanf (report->unsaved->pdata[i], "Audit entries %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                    &first, &last);
    found = n == 2 && seq >= first && seq <= last;
  }
  return found;
}

static gboolean
record_is_reported (const Side *was, const CrDoctorReport *report, const char *all, gconstpointer record,
                    const CrRecordClass *klass)
{
  const CrRecord *head = record;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, head->id);
  gint64 made = number (was->db, "SELECT max (seq) FROM history WHERE record_id = $1", head->id, -1);
  if (strstr (all, id) != NULL || entry_is_reported (report, made))
    return TRUE;
  const char *file = klass == &CR_DOCUMENT ? ((const CrDocument *)record)->name : NULL;
  return file != NULL && strstr (all, file) != NULL;
}

static char *
json_by_id (CrDb *db, const CrTable *table, CrId id)
{
  CrStmt *stmt = cr_db_prepare (db, table->by_id, NULL);
  cr_stmt_bind_int (stmt, 1, id);
  gpointer record = cr_table_first (table, stmt, NULL);
  char *json = record == NULL ? NULL : cr_record_to_json (table->klass, record);
  cr_record_free (table->klass, record);
  return json;
}

static guint
compare_table (const Side *was, const Side *is, const CrTable *table, const CrDoctorReport *report,
               const char *all)
{
  CrStmt *stmt = cr_db_prepare (was->db, table->all, NULL);
  guint missing = 0;
  while (cr_stmt_step (stmt, NULL) == CR_STEP_ROW) {
    gpointer record = cr_table_read (table->klass, stmt, NULL);
    g_autofree char *before = cr_record_to_json (table->klass, record);
    g_autofree char *after = json_by_id (is->db, table, ((CrRecord *)record)->id);
    if (g_strcmp0 (before, after) != 0) {
      missing++;
      if (!record_is_reported (was, report, all, record, table->klass))
        g_error ("%s is not as it was, and nothing says so: %s now %s", table->klass->name, before, after);
    }
    cr_record_free (table->klass, record);
  }
  cr_stmt_reset (stmt);
  return missing;
}

/* Entries and their history: all there but what is reported. */
static void
compare_chain (const Side *was, const Side *is, const CrDoctorReport *report)
{
  CrStmt *stmt = cr_db_prepare (
      was->db, "SELECT a.seq, a.at, h.seq FROM audit a LEFT JOIN history h ON h.seq = a.seq", NULL);
  gint64 lost_history = 0, reported = 0;
  while (cr_stmt_step (stmt, NULL) == CR_STEP_ROW) {
    gint64 seq = cr_stmt_int (stmt, 0);
    gboolean gone = entry_is_reported (report, seq);
    if (!gone)
      g_assert_cmpint (number (is->db, "SELECT at FROM audit WHERE seq = $1", seq, -1), ==,
                       cr_stmt_int (stmt, 1));
    if (!gone && !cr_stmt_is_null (stmt, 2))
      lost_history += number (is->db, "SELECT seq FROM history WHERE seq = $1", seq, -1) != seq;
  }
  cr_stmt_reset (stmt);
  for (guint i = 0; i < report->unsaved->len && reported == 0; i++)
    (void)sscanf (report->unsaved->pdata[i], "The before and after of %" G_GINT64_FORMAT, &reported);
  g_assert_cmpint (lost_history, ==, reported);
}

guint
patient_compare (Patient *self)
{
  Side was = open_side (original), is = open_side (self->to);
  g_ptr_array_add (self->report->unsaved, NULL);
  g_autofree char *all = g_strjoinv ("\n", (char **)self->report->unsaved->pdata);
  g_ptr_array_remove_index (self->report->unsaved, self->report->unsaved->len - 1);
  guint missing = 0;
  for (guint i = 0; CR_TABLES[i] != NULL; i++)
    missing += compare_table (&was, &is, CR_TABLES[i], self->report, all);
  compare_chain (&was, &is, self->report);
  close_side (&was);
  close_side (&is);
  g_test_message ("%u records are not as they were", missing);
  return missing;
}

/* ---- pages of the original ---- */

typedef struct {
  GArray *pages;
  CrId id;
} Search;

static gboolean
note_page (const CrRawRow *row, gpointer data, GError **error)
{
  Search *search = data;
  guint32 last = search->pages->len == 0 ? 0 : g_array_index (search->pages, guint32, search->pages->len - 1);
  if (last != row->page && (search->id == CR_ID_NONE || search->id == row->rowid))
    g_array_append_val (search->pages, row->page);
  return TRUE;
}

static CrRawPages *
open_pages (CrVault **vault)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (original, "practice.db", NULL);
  *vault = cr_vault_open (original, SALVAGE_LOGIN, SALVAGE_PASSWORD, NULL);
  CrRawPages *pages = cr_raw_pages_open (*vault, path, &error);
  g_assert_no_error (error);
  return pages;
}

GArray *
original_leaves (const char *table, CrId id)
{
  Search search = { g_array_new (FALSE, FALSE, sizeof (guint32)), id };
  g_autoptr (CrVault) vault = NULL;
  g_autoptr (CrRawPages) pages = open_pages (&vault);
  g_autoptr (CrRawTree) tree = cr_raw_tree_new (pages);
  const GPtrArray *roots = cr_raw_tree_roots (tree);
  for (guint i = 0; i < roots->len; i++) {
    const CrRawRoot *root = roots->pdata[i];
    if (!root->is_index && g_str_equal (root->name, table))
      g_assert_true (cr_raw_tree_walk (tree, root, note_page, &search, NULL));
  }
  return search.pages;
}

GArray *
original_pages_of_type (guint8 type)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (CrVault) vault = NULL;
  g_autoptr (CrRawPages) pages = open_pages (&vault);
  guint8 page[CR_RAW_PAGE];
  for (guint32 n = 2; n <= cr_raw_pages_count (pages); n++)
    if (cr_raw_pages_read (pages, n, page) == CR_RAW_SOUND && page[0] == type)
      g_array_append_val (found, n);
  return found;
}
