/* The power is cut while a practice is made, written to, backed up, restored, copied, given new keys or
 * brought to a new form; SQLite's files and the program's own alike.  What of the unsynced survives is
 * chance.  Afterwards every practice there is opens and is sound, all that was promised is there, new keys
 * are in force wholly or not at all, and what has the name of something finished is finished. usage: [--cuts
 * N]  (default: a short run for the suite) */
#include "../tools/power-folder.h"
#include "rotate-fixture.h"
#include "schema.h"
#include "store-private.h"
#include "chartroom/store/doctor.h"
#include "chartroom/vault/sealed-copy.h"
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define NEW_PASSWORD "a third invented phrase"
#define LETTER "an invented letter"
#define SUFFIX ".chartroom-backup"

enum { AGAIN = 12 /* second cuts for each first one */ };

static guint cuts_each = 200;
static char *base, *disk, *kept, *practice_name; /* folders; kept: what the disk holds at first */

/* One cut and what was found after it, or the work before. */
typedef struct {
  Fixture f;     /* folder: the practice; open while it is worked with */
  char *beside;  /* for backups, copies, what is made */
  char *made;    /* a practice there */
  int promised;  /* by the work, before the cut */
  char *finding; /* the first; NULL: none */
} Trial;

typedef struct {
  const char *name;
  void (*work) (Trial *trial); /* must succeed; tells power-folder what it has promised */
  void (*check) (Trial *trial);
} Task;

/* What a practice holds, by the database. */
typedef struct {
  gint64 patients, documents, rotations;
  guint epoch;
  gboolean nurse;
  GPtrArray *backups; /* CrBackup */
} Inside;

static void G_GNUC_PRINTF (2, 3) tell (Trial *trial, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  if (trial->finding == NULL)
    trial->finding = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

static void
expect (Trial *trial, gboolean good, const char *what)
{
  if (!good)
    tell (trial, "%s", what);
}

/* ---- work ---- */

static void
work_save (Trial *trial)
{
  fixture_reopen (&trial->f);
  for (int i = 1; i <= 3; i++) {
    rotate_add_patient (&trial->f);
    power_folder_acknowledge (i);
  }
  cr_document_free (rotate_add_document (&trial->f, "another invented letter"));
  power_folder_acknowledge (4);
}

static gboolean
password_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPerson) self = cr_tx_load (tx, &CR_PERSON, cr_store_user_person (cr_tx_user (tx))->id, error);
  return self != NULL && cr_person_set_password (tx, self, NEW_PASSWORD, error);
}

static void
work_people (Trial *trial)
{
  fixture_reopen (&trial->f);
  trial->f.store->kdf = CR_KDF_TEST;
  fixture_run (&trial->f, rotate_add_nurse_job, NULL);
  power_folder_acknowledge (1);
  fixture_run (&trial->f, password_job, NULL);
  power_folder_acknowledge (2);
}

static void
back_up (Trial *trial, gboolean prove)
{
  CrBackupOptions options = { trial->beside, FALSE, NULL, NULL };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrBackup) backup = cr_store_backup (trial->f.store, trial->f.user, &options, &error);
  g_assert_no_error (error);
  if (prove)
    cr_store_prove (trial->f.store, trial->f.user, backup, &options, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
work_backup (Trial *trial)
{
  fixture_reopen (&trial->f);
  back_up (trial, TRUE);
  power_folder_acknowledge (1);
  cr_document_free (rotate_add_document (&trial->f, "another invented letter"));
  power_folder_acknowledge (2);
  back_up (trial, FALSE);
  power_folder_acknowledge (3);
}

/* The proof of a backup made after it removes the former database. */
static void
work_rotate (Trial *trial)
{
  g_auto (CrRotated) rotated = { 0 };
  g_auto (Run) run = { 0 };
  g_autoptr (GError) error = NULL;
  fixture_reopen (&trial->f);
  run_init (&run, &trial->f);
  rotate_try (&run, &rotated, &error);
  g_assert_no_error (error);
  power_folder_acknowledge (1);
  fixture_reopen (&trial->f);
  rotate_add_patient (&trial->f);
  power_folder_acknowledge (2);
  back_up (trial, TRUE);
  power_folder_acknowledge (3);
}

static char *
find_backup (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX))
      return g_build_filename (folder, name, NULL);
  g_assert_not_reached ();
}

static gboolean
restore (Trial *trial, const char *file, const char *to, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  CrBackupRestore options = {
    .file = file, .folder = to, .login = FIXTURE_LOGIN, .password = FIXTURE_PASSWORD
  };
  return cr_backup_restore (&options, trial->f.clock, "test", findings, error);
}

static void
work_restore (Trial *trial)
{
  g_autofree char *file = find_backup (trial->beside);
  g_autoptr (GError) error = NULL;
  restore (trial, file, trial->made, &error);
  g_assert_no_error (error);
  power_folder_acknowledge (1);
}

static void
work_create (Trial *trial)
{
  g_autoptr (CrPractice) practice = cr_practice_new ();
  g_autoptr (CrPerson) admin = cr_person_new ();
  g_autoptr (GError) error = NULL;
  CrStoreSetup setup = { trial->made, practice, admin, FIXTURE_PASSWORD, TRUE };
  char *code = NULL;
  practice->name = g_strdup ("Another invented practice");
  practice->zone = g_strdup ("America/Los_Angeles");
  admin->login = g_strdup (FIXTURE_LOGIN);
  admin->family = g_strdup ("Invented");
  admin->roles = CR_ROLE_ADMIN;
  admin->active = TRUE;
  trial->f.store = cr_store_create (&setup, trial->f.clock, "test", &trial->f.user, &code, &error);
  g_assert_no_error (error);
  cr_store_secret_free (code);
  power_folder_acknowledge (1);
}

static void
work_copy (Trial *trial)
{
  g_auto (CrSealedCopy) copy = { 0 };
  g_autoptr (GError) error = NULL;
  cr_sealed_copy_take (trial->f.folder, trial->beside, "20261129-0230", &copy, &error);
  g_assert_no_error (error);
  power_folder_acknowledge (1);
}

/* The damaged one is only read: the new one is what counts. */
static void
work_salvage (Trial *trial)
{
  CrDoctorOptions options = {
    .folder = trial->f.folder, .login = FIXTURE_LOGIN, .password = FIXTURE_PASSWORD, .salvage_to = trial->made
  };
  g_autoptr (CrDoctorReport) report = cr_doctor_report_new ();
  g_autoptr (GError) error = NULL;
  cr_doctor (&options, trial->f.clock, "test", report, &error);
  g_assert_no_error (error);
  power_folder_acknowledge (1);
}

/* ---- a new form ---- */

#define LATER_SQL                                                                                            \
  "CREATE TABLE later (id INTEGER PRIMARY KEY, word TEXT) STRICT; INSERT INTO later SELECT id, family FROM " \
  "patient; ALTER TABLE patient ADD COLUMN invented TEXT; UPDATE patient SET invented = 'x'"

/* The program's own steps and one that is invented here. */
static GArray *
later_steps (void)
{
  GArray *steps = g_array_new (TRUE, TRUE, sizeof (CrSchemaStep));
  CrSchemaStep later = { cr_schema_newest (CR_SCHEMA_STEPS) + 1, LATER_SQL };
  for (guint i = 0; CR_SCHEMA_STEPS[i].sql != NULL; i++)
    g_array_append_val (steps, CR_SCHEMA_STEPS[i]);
  g_array_append_val (steps, later);
  return steps;
}

static gboolean
migrate (const char *folder, GError **error)
{
  g_autoptr (GArray) steps = later_steps ();
  g_autoptr (CrVault) vault = cr_vault_open (folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, error);
  CrDb *db = vault == NULL ? NULL : cr_db_open (vault, CR_DB_OPEN, error);
  gboolean done =
      db != NULL && cr_schema_migrate (db, (const CrSchemaStep *)(gpointer)steps->data, folder, error);
  cr_db_close (db);
  return done;
}

/* Another program is at work with it: the log is there already, and its making syncs the folder no more. */
static void
work_migrate (Trial *trial)
{
  g_autoptr (GError) error = NULL;
  fixture_reopen (&trial->f);
  migrate (trial->f.folder, &error);
  g_assert_no_error (error);
  power_folder_acknowledge (1);
}

/* ---- what must hold ---- */

static gint64
number (CrDb *db, const char *sql)
{
  CrStmt *stmt = cr_db_prepare (db, sql, NULL);
  gint64 found = -1;
  if (stmt == NULL)
    return -1;
  if (cr_stmt_step (stmt, NULL) == CR_STEP_ROW)
    found = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return found;
}

static gboolean
inside_job (CrTx *tx, gpointer data, GError **error)
{
  Inside *inside = data;
  CrDb *db = tx->store->db;
  inside->patients = number (db, "SELECT count(*) FROM patient");
  inside->documents = number (db, "SELECT count(*) FROM document");
  inside->rotations = number (db, "SELECT count(*) FROM audit WHERE action = 'rotation'");
  inside->nurse = number (db, "SELECT count(*) FROM person WHERE login = 'nurse'") > 0;
  inside->epoch = cr_vault_epoch (tx->store->vault);
  inside->backups = cr_backup_list (tx, error);
  return inside->backups != NULL;
}

static void
inspect (Trial *trial, CrStore *store, CrStoreUser *user, const char *folder, Inside *inside)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  if (!cr_store_verify (store, user, findings, &error))
    tell (trial, "%s cannot be verified: %s", folder, error->message);
  else if (findings->len > 0)
    tell (trial, "%s: verify finds: %s", folder, (char *)findings->pdata[0]);
  else if (!cr_store_run (store, user, inside_job, inside, &error))
    tell (trial, "%s: %s", folder, error->message);
}

/* As a person opens it.  FALSE: it does not open; that is a finding unless may_fail, which is set then. */
static gboolean
look_inside (Trial *trial, const char *folder, const char *password, gboolean *may_fail, Inside *inside)
{
  g_autoptr (CrStoreUser) user = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrStore) store =
      cr_store_open (folder, FIXTURE_LOGIN, password, trial->f.clock, "test", &user, &error);
  *inside = (Inside){ 0 };
  if (store == NULL) {
    if (may_fail == NULL || error->domain != CR_ERROR)
      tell (trial, "%s does not open: %s", folder, error->message);
    else
      *may_fail = TRUE;
    return FALSE;
  }
  inspect (trial, store, user, folder, inside);
  cr_store_close (store);
  return TRUE;
}

static void
inside_clear (Inside *inside)
{
  g_clear_pointer (&inside->backups, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Inside, inside_clear)

static void
check_save (Trial *trial)
{
  g_auto (Inside) inside = { 0 };
  if (!look_inside (trial, trial->f.folder, FIXTURE_PASSWORD, NULL, &inside))
    return;
  expect (trial, inside.patients >= 1 + MIN (trial->promised, 3), "a patient is gone");
  expect (trial, inside.documents >= 1 + (trial->promised >= 4), "a document is gone");
}

/* Who is in the database has a slot. */
static void
check_people (Trial *trial)
{
  g_auto (Inside) inside = { 0 };
  g_auto (GStrv) logins = cr_store_login_names (trial->f.folder, NULL);
  gboolean new_only = FALSE;
  if (trial->promised >= 2)
    look_inside (trial, trial->f.folder, NEW_PASSWORD, NULL, &inside);
  else if (!look_inside (trial, trial->f.folder, FIXTURE_PASSWORD, &new_only, &inside))
    look_inside (trial, trial->f.folder, NEW_PASSWORD, NULL, &inside);
  expect (trial, inside.nurse || trial->promised < 1, "the nurse is gone");
  expect (trial, !inside.nurse || (logins != NULL && g_strv_contains ((const char *const *)logins, "nurse")),
          "the nurse has no slot");
}

/* One that has its name can be made a practice of. */
static void
check_backup_files (Trial *trial)
{
  g_autoptr (GDir) dir = g_dir_open (trial->beside, 0, NULL);
  g_autofree char *to = g_build_filename (trial->f.folder, "..", "again.practice", NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (trial->beside, name, NULL);
    g_autoptr (GError) error = NULL;
    if (g_str_has_suffix (name, SUFFIX) && !restore (trial, file, to, &error))
      tell (trial, "%s cannot be restored: %s", name, error->message);
    rotate_remove_all (to);
  }
}

/* Each one that is on record is there. */
static void
check_backup_records (Trial *trial, const Inside *inside)
{
  for (guint i = 0; inside->backups != NULL && i < inside->backups->len; i++) {
    const CrBackup *backup = inside->backups->pdata[i];
    g_autofree char *file = g_build_filename (backup->folder, backup->file, NULL);
    if (!g_file_test (file, G_FILE_TEST_EXISTS))
      tell (trial, "the backup %s is on record and not there", backup->file);
  }
}

static void
check_backup (Trial *trial)
{
  static const guint LEAST[] = { 1, 2, 2, 3 }; /* the first one was there before */
  g_auto (Inside) inside = { 0 };
  if (!look_inside (trial, trial->f.folder, FIXTURE_PASSWORD, NULL, &inside) || inside.backups == NULL)
    return;
  expect (trial, inside.backups->len >= LEAST[trial->promised], "a backup is not on record");
  expect (trial, inside.documents >= 1 + (trial->promised >= 2), "a document is gone");
  check_backup_records (trial, &inside);
  check_backup_files (trial);
}

/* Whatever the cut has left, a change of the keys comes to its end now, and loses nothing. */
static void
check_keys_again (Trial *trial, const Inside *before)
{
  g_auto (Inside) inside = { 0 };
  g_autoptr (GError) error = NULL;
  if (!rotate_closed (trial->f.folder, trial->f.clock, &error))
    tell (trial, "the keys cannot be changed after it: %s", error->message);
  else if (look_inside (trial, trial->f.folder, FIXTURE_PASSWORD, NULL, &inside))
    expect (trial,
            inside.epoch == before->epoch + 1 && inside.rotations == before->rotations + 1 &&
                inside.patients == before->patients && inside.documents == before->documents,
            "the change of the keys after it lost something");
}

static void
check_rotate (Trial *trial)
{
  g_auto (Inside) inside = { 0 };
  if (!look_inside (trial, trial->f.folder, FIXTURE_PASSWORD, NULL, &inside) || inside.backups == NULL)
    return;
  expect (trial, inside.epoch == 1 + (guint)inside.rotations, "keys and database disagree on the epoch");
  expect (trial, inside.epoch >= 2 || trial->promised < 1, "the new keys are gone");
  expect (trial, inside.patients >= 1 + (trial->promised >= 2), "a patient is gone");
  check_backup_records (trial, &inside);
  check_backup_files (trial);
  check_keys_again (trial, &inside);
}

/* A practice has its name when it is whole. */
static void
check_named (Trial *trial, const char *folder)
{
  g_auto (Inside) inside = { 0 };
  gboolean there = g_file_test (folder, G_FILE_TEST_EXISTS);
  expect (trial, there || trial->promised < 1, "what was made is gone");
  if (there && look_inside (trial, folder, FIXTURE_PASSWORD, NULL, &inside)) {
    expect (trial, inside.patients == 1, "a patient is gone");
    expect (trial, inside.documents == 1, "a document is gone");
  }
}

static void
check_made (Trial *trial)
{
  check_named (trial, trial->made);
}

static void
check_copy (Trial *trial)
{
  g_autofree char *stem = g_strndup (practice_name, strlen (practice_name) - strlen (".practice"));
  g_autofree char *name = g_strconcat (stem, "-20261129-0230.practice", NULL);
  g_autofree char *folder = g_build_filename (trial->beside, name, NULL);
  check_named (trial, folder);
}

/* Before anybody was told that it is made, it opens or says why not. */
static void
check_created (Trial *trial)
{
  g_auto (Inside) inside = { 0 };
  gboolean failed = FALSE;
  look_inside (trial, trial->made, FIXTURE_PASSWORD, trial->promised < 1 ? &failed : NULL, &inside);
}

/* A database, whole, in one form or the other; −1: it does not open. */
static int
form_of (Trial *trial, const char *name)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) vault = cr_vault_open (trial->f.folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  CrDb *db = vault == NULL ? NULL : cr_db_open_named (vault, name, CR_DB_OPEN, &error);
  int form = db == NULL ? -1 : cr_db_schema_version (db, &error);
  if (form < 0 || !cr_db_verify (db, findings, &error) || findings->len > 0) {
    tell (trial, "%s: %s", name, error != NULL ? error->message : (char *)findings->pdata[0]);
    form = -1;
  } else {
    gboolean later = number (db, "SELECT count(*) FROM later") == 1;
    expect (trial, later == (form > cr_schema_newest (CR_SCHEMA_STEPS)), "half of a new form");
    expect (trial, number (db, "SELECT count(*) FROM patient") == 1, "a patient is gone");
  }
  cr_db_close (db);
  return form;
}

/* The old one or the new one; and a copy of the old one before anything becomes new. */
static void
check_migrate (Trial *trial)
{
  int newest = cr_schema_newest (CR_SCHEMA_STEPS), form = form_of (trial, "practice.db");
  g_autofree char *name = g_strdup_printf ("practice-version-%d.db", newest);
  g_autofree char *copy = g_build_filename (trial->f.folder, name, NULL);
  g_auto (Inside) inside = { 0 };
  g_autoptr (GError) error = NULL;
  expect (trial, form > newest || trial->promised < 1, "the new form is gone");
  if (form > newest)
    expect (trial, g_file_test (copy, G_FILE_TEST_EXISTS), "there is no copy of the form before");
  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    expect (trial, form_of (trial, name) == newest, "the copy is not of the form before");
  if (form == newest)
    look_inside (trial, trial->f.folder, FIXTURE_PASSWORD, NULL, &inside);
  if (!migrate (trial->f.folder, &error))
    tell (trial, "it cannot be brought to the new form: %s", error->message);
}

static const Task TASKS[] = {
  { "save", work_save, check_save },          { "people", work_people, check_people },
  { "backup", work_backup, check_backup },    { "rotate", work_rotate, check_rotate },
  { "restore", work_restore, check_made },    { "create", work_create, check_created },
  { "copy", work_copy, check_copy },          { "salvage", work_salvage, check_made },
  { "migrate", work_migrate, check_migrate },
};

/* ---- the walk ---- */

static void
trial_init (Trial *trial)
{
  *trial = (Trial){ .f.folder = g_build_filename (disk, practice_name, NULL) };
  trial->f.clock = cr_clock_new_fixed (CR_DATE (2026, 11, 23), 9 * 60, "America/Los_Angeles");
  trial->beside = g_build_filename (disk, "beside", NULL);
  trial->made = g_build_filename (trial->beside, "made.practice", NULL);
}

static void
trial_clear (Trial *trial)
{
  fixture_close (&trial->f);
  cr_clock_unref (trial->f.clock);
  g_free (trial->f.folder);
  g_free (trial->beside);
  g_free (trial->made);
  g_free (trial->finding);
}

/* Does the work once, remembering it. */
static void
record (const Task *task)
{
  Trial trial;
  rotate_remove_all (disk);
  rotate_copy_all (kept, disk);
  trial_init (&trial);
  power_folder_begin (disk);
  task->work (&trial);
  fixture_close (&trial.f);
  g_autofree char *difference = power_folder_end ();
  if (difference != NULL)
    g_error ("%s: what was remembered is not what happened: %s", task->name, difference);
  trial_clear (&trial);
}

/* What is wrong afterwards, or NULL. */
static char *
cut (const Task *task, guint n, guint32 seed)
{
  Trial trial;
  trial_init (&trial);
  power_folder_cut (n, seed, &trial.promised);
  task->check (&trial);
  char *finding = g_steal_pointer (&trial.finding);
  trial_clear (&trial);
  return finding;
}

/* Every second one where most is at stake; the others spread over all operations. */
static guint
moment (guint i, const GArray *turns)
{
  guint all = power_folder_operations (), half = cuts_each / 2;
  if (i % 2 == 1 && turns->len > 0)
    return g_array_index (turns, guint, i / 2 % turns->len);
  return half >= all ? i / 2 % all + 1 : 1 + (guint)((guint64)i * all / cuts_each);
}

static void
test_task (gconstpointer data)
{
  const Task *task = data;
  record (task);
  g_autoptr (GArray) turns = power_folder_turns ();
  for (guint i = 0; i < cuts_each; i++) {
    guint n = moment (i, turns);
    guint32 seed = i * 2654435761u + 1;
    g_autofree char *finding = cut (task, n, seed);
    if (finding != NULL)
      g_error ("%s, cut at %u of %u, seed %u: %s", task->name, n, power_folder_operations (), seed, finding);
  }
  g_test_message ("%s: %u operations, %u cuts", task->name, power_folder_operations (), cuts_each);
}

/* How often. */
static guint
check_again (const Task *task, int promised, guint n, guint32 seed)
{
  guint all = power_folder_operations (), i;
  for (i = 0; i < AGAIN && all > 0; i++) {
    Trial trial;
    int none;
    trial_init (&trial);
    power_folder_cut (1 + i * all / AGAIN, seed + i, &none);
    trial.promised = promised;
    task->check (&trial);
    if (trial.finding != NULL)
      g_error ("%s, cut at %u, seed %u, and again at %u of %u: %s", task->name, n, seed, 1 + i * all / AGAIN,
               all, trial.finding);
    trial_clear (&trial);
  }
  return i;
}

/* The power is cut once more, while what the first cut left is opened and looked at. */
static void
test_twice (gconstpointer data)
{
  const Task *task = data;
  guint all = 0, firsts = MAX (cuts_each / 100, 1);
  for (guint i = 0; i < firsts; i++) {
    guint32 seed = i * 2654435761u + 77;
    Trial trial;
    record (task);
    guint n = (i + 1) * power_folder_operations () / firsts + 1; /* the last one: after all of it */
    trial_init (&trial);
    power_folder_cut (n, seed, &trial.promised);
    power_folder_begin (disk);
    task->check (&trial);
    g_autofree char *difference = power_folder_end ();
    g_assert_cmpstr (difference, ==, NULL);
    all += check_again (task, trial.promised, n, seed);
    trial_clear (&trial);
  }
  g_test_message ("%s: %u times cut again", task->name, all);
  g_assert_cmpuint (all, >, 0);
}

/* The test can fail: when syncs of files, or of folders, do nothing, it is seen in each task. */
static void
test_liar (gconstpointer data)
{
  static const PowerLie LIES[] = { POWER_FILES_UNSYNCED, POWER_FOLDERS_UNSYNCED };
  const Task *task = data;
  record (task);
  for (guint lie = 0; lie < G_N_ELEMENTS (LIES); lie++) {
    guint all = power_folder_operations (), seen = 0, tried = 0;
    power_folder_lie (LIES[lie]);
    for (; seen < 2 && tried < 300; tried++) {
      g_autofree char *finding = cut (task, all - tried % 20 * all / 100, tried + 1);
      seen += finding != NULL;
    }
    g_test_message ("%s: lie %u seen %u times in %u cuts", task->name, lie, seen, tried);
    g_assert_cmpuint (seen, ==, 2);
  }
}

/* ---- what the disk holds at first ---- */

static void
fill_disk (void)
{
  Fixture *f = fixture_new ();
  Trial trial = { .beside = g_build_filename (disk, "beside", NULL) };
  practice_name = g_path_get_basename (f->folder);
  g_assert_cmpint (g_mkdir (trial.beside, 0700), ==, 0);
  rotate_add_patient (f);
  cr_document_free (rotate_add_document (f, LETTER));
  trial.f = *f;
  back_up (&trial, FALSE);
  g_free (trial.beside);
  fixture_close (f);
  rotate_copy_all (disk, kept);
  fixture_free (f);
}

int
main (int argc, char **argv)
{
  const char *temporary = g_getenv ("TMPDIR"); /* GLib would remember it */
  base = g_build_filename (temporary != NULL ? temporary : "/tmp", "chartroom-power-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (base));
  disk = g_build_filename (base, "disk", NULL);
  kept = g_build_filename (base, "kept", NULL);
  g_autofree char *state = g_build_filename (disk, "state", NULL);
  g_assert_cmpint (g_mkdir (disk, 0700), ==, 0);
  g_setenv ("TMPDIR", disk, TRUE);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
  if (argc == 3 && g_str_equal (argv[1], "--cuts"))
    cuts_each = (guint)(strtoul (argv[2], NULL, 10) / G_N_ELEMENTS (TASKS)) + 1;
  fill_disk ();
  for (guint i = 0; i < G_N_ELEMENTS (TASKS); i++) {
    g_autofree char *path = g_strconcat ("/power/", TASKS[i].name, NULL);
    g_autofree char *twice = g_strconcat ("/power-twice/", TASKS[i].name, NULL);
    g_autofree char *liar = g_strconcat ("/power-liar/", TASKS[i].name, NULL);
    g_test_add_data_func (path, &TASKS[i], test_task);
    g_test_add_data_func (twice, &TASKS[i], test_twice);
    g_test_add_data_func (liar, &TASKS[i], test_liar);
  }
  int status = g_test_run ();
  rotate_remove_all (base);
  return status;
}
