/* Backups: taken while people work, proven by a restore, and made into the same practice again. */
#include "fixture.h"
#include "chartroom/store/backup.h"
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  Fixture *practice;
  char *target, *restored; /* folders; the second is not there yet */
} BackupFixture;

typedef struct {
  CrDocument *document;
  GBytes *content;
} Filed;

static void
set_up (BackupFixture *f, gconstpointer data)
{
  f->practice = fixture_new ();
  f->target = g_dir_make_tmp ("chartroom-backups-XXXXXX", NULL);
  f->restored = g_build_filename (f->target, "Restored.practice", NULL);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    remove_all (inner);
  }
  g_remove (path);
}

static void
tear_down (BackupFixture *f, gconstpointer data)
{
  fixture_free (f->practice);
  remove_all (f->target);
  g_free (f->target);
  g_free (f->restored);
}

static gboolean
file_job (CrTx *tx, gpointer data, GError **error)
{
  Filed *filed = data;
  return cr_document_add (tx, filed->document, filed->content, error);
}

static char *
add_document (BackupFixture *f, const char *words)
{
  g_autoptr (CrDocument) document = cr_document_new ();
  g_autoptr (GBytes) content = g_bytes_new (words, strlen (words));
  Filed filed = { document, content };
  document->title = g_strdup (words);
  fixture_run (f->practice, file_job, &filed);
  return g_strdup (document->name);
}

static CrBackup *
take (BackupFixture *f, CrBackupProgress progress, gpointer data, GError **error)
{
  CrBackupOptions options = { f->target, FALSE, progress, data };
  return cr_store_backup (f->practice->store, f->practice->user, &options, error);
}

static CrBackup *
take_well (BackupFixture *f)
{
  g_autoptr (GError) error = NULL;
  CrBackup *backup = take (f, NULL, NULL, &error);
  g_assert_no_error (error);
  return backup;
}

static void
prove (BackupFixture *f, const CrBackup *backup, GPtrArray *findings)
{
  CrBackupOptions options = { .folder = f->target };
  g_autoptr (GError) error = NULL;
  g_assert_true (cr_store_prove (f->practice->store, f->practice->user, backup, &options, findings, &error));
  g_assert_no_error (error);
}

static void
prove_well (BackupFixture *f, const CrBackup *backup)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  prove (f, backup, findings);
  if (findings->len > 0)
    g_error ("%s", (char *)findings->pdata[0]);
}

static gboolean
restore (BackupFixture *f, const CrBackup *backup, const char *password, GPtrArray *findings, GError **error)
{
  g_autofree char *file = g_build_filename (backup->folder, backup->file, NULL);
  CrBackupRestore r = { .file = file, .folder = f->restored, .login = FIXTURE_LOGIN, .password = password };
  return cr_backup_restore (&r, f->practice->clock, "test", findings, error);
}

static void
restore_well (BackupFixture *f, const CrBackup *backup)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_assert_true (restore (f, backup, FIXTURE_PASSWORD, findings, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* How many entries the folder has, beginning with a dot or not. */
static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

typedef struct {
  CrDocument *document;
  GPtrArray *backups;
  gint64 patients;
} Look;

static gboolean
look_job (CrTx *tx, gpointer data, GError **error)
{
  Look *look = data;
  look->backups = cr_backup_list (tx, error);
  look->patients = cr_patient_count (tx, error);
  return look->backups != NULL;
}

/* Opens what was restored, counts, and reads a document. */
static void
check_restored (BackupFixture *f, gint64 patients, const char *document, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrStoreUser) user = NULL;
  g_autoptr (CrVault) vault = cr_vault_open (f->restored, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_autoptr (GBytes) content = cr_vault_document_read (vault, document, NULL, &error);
  g_autoptr (CrStore) store =
      cr_store_open (f->restored, FIXTURE_LOGIN, FIXTURE_PASSWORD, f->practice->clock, "test", &user, &error);
  Look look = { 0 };
  g_assert_no_error (error);
  g_assert_null (cr_store_warning (store));
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), words, strlen (words));
  g_assert_true (cr_store_run (store, user, look_job, &look, &error));
  g_assert_cmpint (look.patients, ==, patients);
  g_ptr_array_unref (look.backups);
  cr_store_close (store);
}

static void
test_whole_way (BackupFixture *f, gconstpointer data)
{
  g_autoptr (CrPatient) patient G_GNUC_UNUSED =
      fixture_patient (f->practice, "Quillfeather", "Ada", CR_DATE (1970, 1, 2));
  g_autofree char *name = add_document (f, "Letter of an invented clinic");
  g_autoptr (CrBackup) backup = take_well (f);
  Look look = { 0 };
  g_assert_cmpint (backup->kind, ==, CR_BACKUP_FULL);
  g_assert_cmpint (backup->bytes, >, 0);
  g_assert_true (g_str_has_suffix (backup->file, ".chartroom-backup"));
  prove_well (f, backup);
  g_assert_cmpuint (count_files (f->target), ==, 1); /* no scratch is left */
  restore_well (f, backup);
  check_restored (f, 1, name, "Letter of an invented clinic");
  fixture_run (f->practice, look_job, &look);
  g_assert_cmpuint (look.backups->len, ==, 1);
  g_assert_cmpint (((CrBackup *)look.backups->pdata[0])->proven_at, !=, 0);
  g_ptr_array_unref (look.backups);
}

/* The second one leaves out what the first, proven one holds; both together make the whole. */
static void
test_incremental (BackupFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *old = add_document (f, "An old letter");
  g_autoptr (CrBackup) first = take_well (f);
  prove_well (f, first);
  g_autofree char *new = add_document (f, "A new letter");
  g_autoptr (CrBackup) second = take_well (f);
  g_assert_cmpint (second->kind, ==, CR_BACKUP_INCREMENTAL);
  g_assert_cmpstr (second->needs, ==, first->mark);
  prove_well (f, second);
  restore_well (f, second);
  check_restored (f, 0, old, "An old letter");
  check_restored (f, 0, new, "A new letter");
  remove_all (f->restored);
  g_autofree char *base = g_build_filename (first->folder, first->file, NULL);
  g_assert_cmpint (g_unlink (base), ==, 0);
  g_assert_false (restore (f, second, FIXTURE_PASSWORD, findings, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_files (f->target), ==, 1);
  g_autoptr (CrBackup) third = take_well (f); /* the base is gone: all of it again */
  g_assert_cmpint (third->kind, ==, CR_BACKUP_FULL);
  g_assert_null (third->needs);
}

/* An unproven backup is nobody's base. */
static void
test_unproven_base (BackupFixture *f, gconstpointer data)
{
  g_autofree char *name = add_document (f, "An old letter");
  g_autoptr (CrBackup) first G_GNUC_UNUSED = take_well (f);
  g_autoptr (CrBackup) second = take_well (f);
  g_assert_nonnull (name);
  g_assert_null (second->needs);
}

static void
damage (const CrBackup *backup)
{
  g_autofree char *file = g_build_filename (backup->folder, backup->file, NULL);
  FILE *stream = g_fopen (file, "r+b");
  g_assert_nonnull (stream);
  g_assert_cmpint (fseek (stream, -5000, SEEK_END), ==, 0);
  int byte = fgetc (stream);
  g_assert_cmpint (fseek (stream, -1, SEEK_CUR), ==, 0);
  g_assert_cmpint (fputc (byte ^ 1, stream), !=, EOF);
  g_assert_cmpint (fclose (stream), ==, 0);
}

static void
test_damaged (BackupFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrBackup) backup = take_well (f);
  Look look = { 0 };
  prove_well (f, backup);
  damage (backup);
  prove (f, backup, findings);
  g_assert_cmpuint (findings->len, ==, 1);
  fixture_run (f->practice, look_job, &look);
  g_assert_cmpint (((CrBackup *)look.backups->pdata[0])->proven_at, ==, 0);
  g_assert_nonnull (((CrBackup *)look.backups->pdata[0])->finding);
  g_ptr_array_unref (look.backups);
  g_assert_false (restore (f, backup, FIXTURE_PASSWORD, findings, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN);
  g_assert_cmpuint (count_files (f->target), ==, 1);
}

static void
test_wrong_password (BackupFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrBackup) backup = take_well (f);
  g_assert_false (restore (f, backup, "not this one at all", findings, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  g_assert_false (g_file_test (f->restored, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (f->target), ==, 1);
}

static void
test_taken_name (BackupFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrBackup) backup = take_well (f);
  g_assert_cmpint (g_mkdir (f->restored, 0700), ==, 0);
  g_assert_false (restore (f, backup, FIXTURE_PASSWORD, findings, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_cmpuint (count_files (f->restored), ==, 0);
}

static void
test_bad_targets (BackupFixture *f, gconstpointer data)
{
  g_autofree char *inside = g_build_filename (f->practice->folder, "documents", NULL);
  const struct {
    const char *folder;
    int code;
  } CASES[] = { { "/nonexistent/backups", CR_ERROR_NOT_FOUND },
                { f->practice->folder, CR_ERROR_INVALID },
                { inside, CR_ERROR_INVALID } };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    CrBackupOptions options = { .folder = CASES[i].folder };
    g_assert_null (cr_store_backup (f->practice->store, f->practice->user, &options, &error));
    g_assert_error (error, CR_ERROR, CASES[i].code);
  }
}

static gboolean
stop_cb (const char *what, gint64 done, gint64 all, gpointer data)
{
  return !g_str_equal (what, data);
}

static void
test_stopped (BackupFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrBackup) backup = take (f, stop_cb, (gpointer) "write", &error);
  g_assert_null (backup);
  g_assert_error (error, CR_ERROR, CR_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (f->target), ==, 0);
}

static gboolean
write_meanwhile_cb (const char *what, gint64 done, gint64 all, gpointer data)
{
  BackupFixture *f = data;
  g_autoptr (CrPatient) patient = NULL;
  if (g_str_equal (what, "write"))
    patient = fixture_patient (f->practice, "Quillfeather", "Bela", CR_DATE (1980, 1, 2));
  return TRUE;
}

/* People go on working; the backup holds one moment. */
static void
test_while_writing (BackupFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrPatient) patient G_GNUC_UNUSED =
      fixture_patient (f->practice, "Quillfeather", "Ada", CR_DATE (1970, 1, 2));
  g_autofree char *name = add_document (f, "A letter");
  g_autoptr (CrBackup) backup = take (f, write_meanwhile_cb, f, &error);
  Look look = { 0 };
  g_assert_no_error (error);
  prove_well (f, backup);
  restore_well (f, backup);
  check_restored (f, 1, name, "A letter");
  fixture_run (f->practice, look_job, &look);
  g_assert_cmpint (look.patients, >, 1);
  g_ptr_array_unref (look.backups);
}

static gboolean
age_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrBackup) backup = cr_tx_load (tx, &CR_BACKUP, *(CrId *)data, error);
  backup->taken_at -= (CrInstant)500 * 24 * 3600 * G_USEC_PER_SEC;
  return cr_tx_save (tx, &CR_BACKUP, backup, error);
}

/* One that was never proven and is older than a proven one goes; what a newer one needs stays. */
static void
test_thinning (BackupFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = add_document (f, "A letter");
  g_autoptr (CrBackup) useless = take_well (f);
  g_autoptr (CrBackup) base = take_well (f);
  prove_well (f, base);
  g_autoptr (CrBackup) newest = take_well (f);
  prove_well (f, newest);
  g_assert_nonnull (name);
  fixture_run (f->practice, age_job, &useless->id);
  fixture_run (f->practice, age_job, &base->id);
  g_assert_cmpint (cr_store_thin_backups (f->practice->store, f->practice->user, f->target, &error), ==, 1);
  g_assert_no_error (error);
  g_autofree char *gone = g_build_filename (f->target, useless->file, NULL);
  g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (f->target), ==, 2);
  restore_well (f, newest);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/backup/" name, BackupFixture, NULL, set_up, func, tear_down)
  ADD ("whole-way", test_whole_way);
  ADD ("incremental", test_incremental);
  ADD ("unproven-base", test_unproven_base);
  ADD ("damaged", test_damaged);
  ADD ("wrong-password", test_wrong_password);
  ADD ("taken-name", test_taken_name);
  ADD ("bad-targets", test_bad_targets);
  ADD ("stopped", test_stopped);
  ADD ("while-writing", test_while_writing);
  ADD ("thinning", test_thinning);
  return g_test_run ();
}
