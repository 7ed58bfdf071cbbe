/* Every call to a file of the practice fails, once or from then on, in each thing that is done with one: said
 * plainly, nothing half done.  What was to happen has happened or has not, and the practice opens and is
 * sound either way.  The same when the program is killed there.
 *
 * A trial of every eighth call; with --all, of each. */
#include "rotate-fixture.h"
#include "schema.h"
#include "../tools/fault-calls.h"
#include "chartroom/vault/sealed-copy.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static guint stride = 8;

#define NEW_PASSWORD "a third invented phrase"

typedef struct {
  Fixture *made; /* closed; each trial works on a copy of its folder */
  char *base;    /* where the copies lie, and what is made from them */
  char *code;    /* of the recovery sheet */
  char *backup;  /* a file */
} Walk;

/* One trial of one thing. */
typedef struct {
  Walk *walk;
  Fixture *f; /* opened on the copy, unless the task opens it */
  char *folder, *beside;
  char *fault; /* what failed; NULL: nothing */
  GError *error;
  gboolean sticky;
  gboolean done, killed; /* killed: whether it is done cannot be known */
} Trial;

typedef struct {
  const char *name;
  enum { OPENED, CLOSED, ELSEWHERE } place; /* open already; to be opened by act; another than the trial\'s */
  gboolean (*act) (Trial *trial, GError **error);
  void (*check) (Trial *trial); /* after it, on the opened practice; NULL: no more than that it is sound */
} Task;

/* ---- what is done ---- */

static gboolean
patient_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPatient) patient = cr_patient_new ();
  patient->family = g_strdup ("Invented");
  patient->given = g_strdup ("Another");
  patient->mrn = cr_patient_next_mrn (tx, error);
  cr_patient_index (patient);
  return patient->mrn != NULL && cr_tx_save (tx, &CR_PATIENT, patient, error);
}

static gboolean
act_save (Trial *trial, GError **error)
{
  return cr_store_run (trial->f->store, trial->f->user, patient_job, NULL, error);
}

static gboolean
act_open (Trial *trial, GError **error)
{
  Fixture *f = trial->f;
  f->store = cr_store_open (f->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, f->clock, "test", &f->user, error);
  return f->store != NULL;
}

static gboolean
document_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrDocument) document = cr_document_new ();
  g_autoptr (GBytes) content = g_bytes_new_static ("an invented letter", 18);
  document->title = g_strdup ("Letter");
  return cr_document_add (tx, document, content, error);
}

static gboolean
act_document (Trial *trial, GError **error)
{
  return cr_store_run (trial->f->store, trial->f->user, document_job, NULL, error);
}

static gboolean
password_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPerson) self = cr_tx_load (tx, &CR_PERSON, cr_store_user_person (cr_tx_user (tx))->id, error);
  return self != NULL && cr_person_set_password (tx, self, NEW_PASSWORD, error);
}

static gboolean
act_password (Trial *trial, GError **error)
{
  return cr_store_run (trial->f->store, trial->f->user, password_job, NULL, error);
}

static gboolean
act_nurse (Trial *trial, GError **error)
{
  return cr_store_run (trial->f->store, trial->f->user, rotate_add_nurse_job, NULL, error);
}

static gboolean
act_pin (Trial *trial, GError **error)
{
  return cr_store_set_pin (trial->f->store, trial->f->user, "483920", error);
}

static gboolean
act_backup (Trial *trial, GError **error)
{
  CrBackupOptions options = { trial->beside, FALSE, NULL, NULL };
  g_autoptr (CrBackup) backup = cr_store_backup (trial->f->store, trial->f->user, &options, error);
  return backup != NULL;
}

static gboolean
act_rotate (Trial *trial, GError **error)
{
  g_auto (Run) run = { 0 };
  g_auto (CrRotated) rotated = { 0 };
  run_init (&run, trial->f);
  return rotate_try (&run, &rotated, error);
}

static gboolean
act_recover (Trial *trial, GError **error)
{
  return cr_store_recover (trial->folder, trial->walk->code, FIXTURE_LOGIN, NEW_PASSWORD, TRUE,
                           trial->f->clock, "test", error);
}

/* What cannot be read is a finding, if not an error; one read that fails is tried again.  Nothing was
 * altered: no finding may say so. */
static gboolean
act_verify (Trial *trial, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  gboolean done = cr_store_verify (trial->f->store, trial->f->user, findings, error);
  g_assert_true (!done || !trial->sticky || findings->len > 0 || fault_calls_failed () == NULL);
  for (guint i = 0; i < findings->len; i++)
    if (strstr (findings->pdata[i], "altered") != NULL || strstr (findings->pdata[i], "damaged") != NULL)
      g_error ("%s failed, and verify says: %s", fault_calls_failed (), (char *)findings->pdata[i]);
  return done;
}

/* One version more than this program has, as the next one will bring it. */
#define NEXT_VERSION "CREATE TABLE invented (id INTEGER PRIMARY KEY); INSERT INTO invented VALUES (1), (2)"

static CrDb *
open_database (Trial *trial, GError **error)
{
  g_autoptr (CrVault) vault = cr_vault_open (trial->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, error);
  return vault == NULL ? NULL : cr_db_open (vault, CR_DB_OPEN, error);
}

static gboolean
act_migrate (Trial *trial, GError **error)
{
  int version = cr_schema_newest (CR_SCHEMA_STEPS) + 1;
  const CrSchemaStep steps[] = { { version, NEXT_VERSION }, { 0 } };
  CrDb *db = open_database (trial, error);
  gboolean done = db != NULL && cr_schema_migrate (db, steps, trial->folder, error);
  cr_db_close (db);
  return done;
}

static gboolean
restore_to (Trial *trial, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  CrBackupRestore restore = {
    .file = trial->walk->backup, .folder = folder, .login = FIXTURE_LOGIN, .password = FIXTURE_PASSWORD
  };
  return cr_backup_restore (&restore, trial->f->clock, "test", findings, error);
}

static gboolean
act_restore (Trial *trial, GError **error)
{
  g_autofree char *made = g_build_filename (trial->beside, "Made.practice", NULL);
  return restore_to (trial, made, error);
}

static gboolean
act_create (Trial *trial, GError **error)
{
  g_autofree char *made = g_build_filename (trial->beside, "Made.practice", NULL);
  g_autoptr (CrPractice) practice = cr_practice_new ();
  g_autoptr (CrPerson) admin = cr_person_new ();
  g_autoptr (CrStoreUser) user = NULL;
  CrStoreSetup setup = { made, practice, admin, FIXTURE_PASSWORD, TRUE };
  char *code = NULL;
  practice->name = g_strdup ("Another");
  practice->zone = g_strdup ("America/Los_Angeles");
  admin->login = g_strdup (FIXTURE_LOGIN);
  admin->family = g_strdup ("Invented");
  admin->roles = CR_ROLE_ADMIN;
  admin->active = TRUE;
  CrStore *store = cr_store_create (&setup, trial->f->clock, "test", &user, &code, error);
  cr_store_secret_free (code);
  if (store == NULL)
    return FALSE;
  cr_store_close (store);
  cr_store_unref (store);
  return TRUE;
}

static gboolean
act_copy (Trial *trial, GError **error)
{
  g_auto (CrSealedCopy) copy = { 0 };
  return cr_sealed_copy_take (trial->folder, trial->beside, "20261129-0230", &copy, error);
}

/* ---- what must hold then ---- */

static void
assert_count (Trial *trial, gint64 count, gint64 before)
{
  if (trial->killed && count == before)
    return;
  g_assert_cmpint (count, ==, before + (trial->done || trial->killed ? 1 : 0));
}

/* With the password of before or after; after a success only with the one of after. */
static void
open_with (Trial *trial, const char *after)
{
  Fixture *f = trial->f;
  g_autoptr (GError) error = NULL;
  const char *words[] = { after, after != NULL && trial->done ? NULL : FIXTURE_PASSWORD };
  for (guint i = 0; i < G_N_ELEMENTS (words) && f->store == NULL; i++) {
    g_clear_error (&error);
    if (words[i] != NULL)
      f->store = cr_store_open (f->folder, FIXTURE_LOGIN, words[i], f->clock, "test", &f->user, &error);
  }
  if (f->store == NULL)
    g_error ("%s failed, and the practice does not open: %s", trial->fault,
             error != NULL ? error->message : "with the password of before");
}

static void
check_patients (Trial *trial)
{
  assert_count (trial, rotate_count_patients (trial->f), 1);
}

static void
check_documents (Trial *trial)
{
  assert_count (trial, fixture_number (trial->f, "SELECT count(*) FROM document"), 0);
}

static gboolean
nurse_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPerson) nurse = cr_person_by_login (tx, "nurse", NULL);
  *(gboolean *)data = nurse != NULL;
  return TRUE;
}

/* In the database and in the key file, or in neither. */
static void
check_nurse (Trial *trial)
{
  g_auto (GStrv) logins = cr_store_login_names (trial->folder, NULL);
  gboolean there = FALSE;
  fixture_run (trial->f, nurse_job, &there);
  assert_count (trial, there, 0);
  if (there)
    g_assert_true (g_strv_contains ((const char *const *)logins, "nurse"));
}

/* What was taken and recorded is proven; what was not recorded is not there. */
static void
check_backup (Trial *trial)
{
  g_autoptr (GDir) dir = g_dir_open (trial->beside, 0, NULL);
  guint files = 0;
  while (g_dir_read_name (dir) != NULL)
    files++;
  assert_count (trial, fixture_number (trial->f, "SELECT count(*) FROM backup"), 1); /* the walk's own */
  if (trial->done)
    g_assert_cmpuint (files, ==, 1);
}

static gint64
number_in (CrDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  CrStmt *stmt = cr_db_prepare (db, sql, &error);
  gint64 found;
  g_assert_no_error (error);
  g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_ROW);
  found = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return found;
}

/* As it was or as it shall be, wholly. */
static void
check_version (Trial *trial, CrDb *db)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  int before = cr_schema_newest (CR_SCHEMA_STEPS), version = cr_db_schema_version (db, &error);
  gint64 tables = number_in (db, "SELECT count(*) FROM sqlite_schema WHERE name = 'invented'");
  cr_db_verify (db, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpint (version, ==, before + (int)tables);
  g_assert_true (tables == 1 || !trial->done);
  if (tables == 1)
    g_assert_cmpint (number_in (db, "SELECT count(*) FROM invented"), ==, 2);
}

/* Whoever has the new version has a copy of the old one, and a copy that has its name is whole. */
static void
check_migrated (Trial *trial)
{
  int before = cr_schema_newest (CR_SCHEMA_STEPS);
  g_autofree char *name = g_strdup_printf ("practice-version-%d.db", before);
  g_autofree char *path = g_build_filename (trial->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) vault = cr_vault_open (trial->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  CrDb *db = cr_db_open (vault, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  check_version (trial, db);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) || cr_db_schema_version (db, NULL) == before);
  cr_db_close (db);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  db = cr_db_open_named (vault, name, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cr_db_schema_version (db, NULL), ==, before);
  trial->done = FALSE; /* the copy is what was */
  check_version (trial, db);
  cr_db_close (db);
}

/* A practice is there and sound, or nothing is. */
static void
check_made (Trial *trial)
{
  g_autofree char *made = g_build_filename (trial->beside, "Made.practice", NULL);
  g_autoptr (GDir) dir = g_dir_open (trial->beside, 0, NULL);
  const char *left = g_dir_read_name (dir);
  gboolean there = g_file_test (made, G_FILE_TEST_EXISTS);
  if (trial->done || (there && (trial->killed || trial->sticky))) { /* the name could not be taken back */
    Fixture *f = fixture_in_child (made);
    rotate_assert_sound (f);
    fixture_leave (f);
  } else if (!trial->killed && left != NULL)
    g_error ("%s failed, and %s was left behind.", trial->fault, left);
}

/* Killed in the middle of making it, what there is does not open, and says why. */
static void
check_created (Trial *trial)
{
  g_autofree char *made = g_build_filename (trial->beside, "Made.practice", NULL);
  g_autoptr (CrStoreUser) user = NULL;
  g_autoptr (GError) error = NULL;
  CrStore *store;
  if (!trial->killed) {
    check_made (trial);
    return;
  }
  store = cr_store_open (made, FIXTURE_LOGIN, FIXTURE_PASSWORD, trial->f->clock, "test", &user, &error);
  g_assert_true (store != NULL || error->domain == CR_ERROR);
  if (store != NULL)
    cr_store_close (store);
  g_clear_pointer (&store, cr_store_unref);
}

/* What has a name is whole. */
static void
check_copy (Trial *trial)
{
  g_autoptr (GDir) dir = g_dir_open (trial->beside, 0, NULL);
  const char *name = g_dir_read_name (dir);
  if (name == NULL || !g_str_has_suffix (name, ".practice")) {
    g_assert_true (trial->killed || (!trial->done && name == NULL));
    return;
  }
  g_autofree char *folder = g_build_filename (trial->beside, name, NULL);
  Fixture *f = fixture_in_child (folder);
  rotate_assert_sound (f);
  fixture_leave (f);
}

static const Task TASKS[] = {
  { "create", ELSEWHERE, act_create, check_created },
  { "restore", ELSEWHERE, act_restore, check_made },
  { "copy", ELSEWHERE, act_copy, check_copy },
  { "sign-in", CLOSED, act_open, NULL },
  { "save", OPENED, act_save, check_patients },
  { "document", OPENED, act_document, check_documents },
  { "password", OPENED, act_password, NULL },
  { "person", OPENED, act_nurse, check_nurse },
  { "pin", OPENED, act_pin, NULL },
  { "backup", OPENED, act_backup, check_backup },
  { "rotate", OPENED, act_rotate, NULL },
  { "recover", CLOSED, act_recover, NULL },
  { "verify", OPENED, act_verify, NULL },
  { "migrate", ELSEWHERE, act_migrate, check_migrated },
};

/* ---- the walk ---- */

static void
trial_begin (Trial *trial, Walk *walk, const Task *task, guint n)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.practice", task->name, n);
  *trial = (Trial){ .walk = walk, .f = g_new0 (Fixture, 1) };
  trial->folder = g_build_filename (walk->base, name, NULL);
  trial->beside = g_strconcat (trial->folder, "-beside", NULL);
  rotate_copy_all (walk->made->folder, trial->folder);
  g_assert_cmpint (g_mkdir (trial->beside, 0700), ==, 0);
  trial->f->folder = g_strdup (trial->folder);
  trial->f->clock = cr_clock_ref (walk->made->clock);
  if (task->place == OPENED)
    fixture_reopen (trial->f);
}

/* The computer forgets what it has seen: the next copy is as old as this one was. */
static void
trial_end (Trial *trial)
{
  fixture_free (trial->f);
  rotate_forget_seen ();
  rotate_remove_all (trial->beside);
  g_clear_error (&trial->error);
  g_free (trial->folder);
  g_free (trial->beside);
  g_free (trial->fault);
}

/* The practice is what the trial says it is. */
static void
trial_check (Trial *trial, const Task *task)
{
  fixture_close (trial->f);
  if (task->place != ELSEWHERE) {
    open_with (trial, task->act == act_password || task->act == act_recover ? NEW_PASSWORD : NULL);
    rotate_assert_sound (trial->f);
  }
  if (task->check != NULL)
    task->check (trial);
}

/* FALSE: the n-th call was not reached. */
static gboolean
try_failing (Walk *walk, const Task *task, guint n, int code, gboolean sticky)
{
  Trial trial;
  gboolean reached;
  trial_begin (&trial, walk, task, n);
  trial.sticky = sticky;
  fault_calls_fail (n, code, sticky);
  trial.done = task->act (&trial, &trial.error);
  trial.fault = g_strdup (fault_calls_failed ());
  reached = trial.fault != NULL;
  fault_calls_fail (0, 0, FALSE);
  g_test_message ("%s: %s", trial.fault, trial.error != NULL ? trial.error->message : "done");
  if (!reached)
    g_assert_no_error (trial.error);
  g_assert_true (trial.done == (trial.error == NULL));
  g_assert_true (trial.done || trial.error->domain == CR_ERROR);
  trial_check (&trial, task);
  trial_end (&trial);
  return reached;
}

/* ---- killed ---- */

/* In a program of its own: this one again, with "die", the task, n, and what a trial needs. */
static int
die (char **argv)
{
  const Task *task = &TASKS[atoi (argv[2])];
  g_autofree char *base = g_path_get_dirname (argv[4]);
  Walk walk = { .backup = argv[6], .code = argv[7] };
  Fixture f = { .folder = argv[4], .clock = cr_clock_new_fixed (CR_DATE (2026, 11, 23), 9 * 60, "UTC") };
  Trial trial = { .walk = &walk, .f = &f, .folder = argv[4], .beside = argv[5] };
  fault_calls_watch (base);
  if (task->place == OPENED)
    fixture_reopen (&f);
  fault_calls_die ((guint)atoi (argv[3]));
  trial.done = task->act (&trial, &trial.error);
  fault_calls_fail (0, 0, FALSE);
  fixture_close (&f);
  cr_clock_unref (f.clock);
  g_clear_error (&trial.error);
  return trial.done ? 0 : 1;
}

static gboolean
try_killed (Walk *walk, const Task *task, guint n)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *index = g_strdup_printf ("%d", (int)(task - TASKS));
  g_autofree char *at = g_strdup_printf ("%u", n);
  Trial trial;
  int status;
  trial_begin (&trial, walk, task, n);
  fixture_close (trial.f);
  const char *argv[] = {
    program, "die", index, at, trial.folder, trial.beside, walk->backup, walk->code, NULL
  };
  g_assert_true (
      g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, NULL));
  trial.killed = WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL;
  trial.done = WIFEXITED (status) && WEXITSTATUS (status) == 0;
  g_assert_true (trial.killed || trial.done);
  trial.fault = g_strdup_printf ("Killed at call %u: it", n);
  trial_check (&trial, task);
  trial_end (&trial);
  return trial.killed;
}

static void
make_backup (Walk *walk)
{
  g_autofree char *folder = g_build_filename (walk->base, "backups", NULL);
  CrBackupOptions options = { folder, FALSE, NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrBackup) backup = NULL;
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  backup = cr_store_backup (walk->made->store, walk->made->user, &options, &error);
  g_assert_no_error (error);
  walk->backup = g_build_filename (folder, backup->file, NULL);
}

/* The recovery code is told when keys are changed. */
static void
walk_init (Walk *walk)
{
  g_autoptr (GError) error = NULL;
  g_auto (Run) run = { 0 };
  g_auto (CrRotated) rotated = { 0 };
  *walk = (Walk){ .made = fixture_new () };
  run_init (&run, walk->made);
  g_assert_true (rotate_try (&run, &rotated, &error));
  walk->code = g_steal_pointer (&run.code);
  fixture_reopen (walk->made);
  walk->base = g_dir_make_tmp ("chartroom-faults-XXXXXX", &error);
  g_assert_no_error (error);
  fixture_run (walk->made, patient_job, NULL);
  make_backup (walk);
}

static void
walk_clear (Walk *walk)
{
  fault_calls_watch ("");
  rotate_remove_all (walk->base);
  fixture_free (walk->made);
  g_free (walk->base);
  g_free (walk->backup);
  cr_store_secret_free (walk->code);
}

static void
test_failing (gconstpointer data)
{
  const Task *task = data;
  Walk walk;
  guint n = 1, trials = 0;
  walk_init (&walk);
  fixture_close (walk.made);
  fault_calls_watch (walk.base);
  while (try_failing (&walk, task, n, trials % 3 == 0 ? ENOSPC : EIO, trials % 2 == 0)) {
    n += stride;
    trials++;
  }
  g_test_message ("%s: %u trials", task->name, trials);
  g_assert_cmpuint (trials, >, 0); /* the calls do reach the faults */
  walk_clear (&walk);
}

static void
test_killed (gconstpointer data)
{
  const Task *task = data;
  Walk walk;
  guint n = 1, trials = 0;
  walk_init (&walk);
  fixture_close (walk.made);
  while (try_killed (&walk, task, n)) {
    n += stride;
    trials++;
  }
  g_test_message ("%s: %u kills", task->name, trials);
  g_assert_cmpuint (trials, >, 0);
  walk_clear (&walk);
}

int
main (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "--all")) {
    stride = 1;
    argc--;
    argv++;
  }
  if (argc > 1 && g_str_equal (argv[1], "die"))
    return die (argv);
  rotate_own_state ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TASKS); i++) {
    g_autofree char *failing = g_strconcat ("/fault-walk/", TASKS[i].name, NULL);
    g_autofree char *killed = g_strconcat ("/kill-walk/", TASKS[i].name, NULL);
    g_test_add_data_func (failing, &TASKS[i], test_failing);
    g_test_add_data_func (killed, &TASKS[i], test_killed);
  }
  return rotate_run_tests ();
}
