#include "fixture.h"
#include <glib/gstdio.h>

enum { GIVE_UP_SECONDS = 60 };

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

static void
open_again (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  self->store =
      cr_store_open (self->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, self->clock, "test", &self->user, &error);
  g_assert_no_error (error);
}

static CrDb *
open_behind (Fixture *self, CrVault **vault)
{
  g_autoptr (GError) error = NULL;
  *vault = cr_vault_open (self->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  CrDb *db = cr_db_open (*vault, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  return db;
}

static gboolean
give_up_cb (gpointer data)
{
  g_error ("what the test waits for did not come");
  return G_SOURCE_REMOVE;
}

typedef struct {
  const CrRecordClass *klass;
  gpointer record;
} Saving;

static gboolean
save_job (CrTx *tx, gpointer data, GError **error)
{
  Saving *saving = data;
  return cr_tx_save (tx, saving->klass, saving->record, error);
}

static gboolean
patient_job (CrTx *tx, gpointer data, GError **error)
{
  CrPatient *patient = data;
  patient->mrn = cr_patient_next_mrn (tx, error);
  cr_patient_index (patient);
  return patient->mrn != NULL && cr_tx_save (tx, &CR_PATIENT, patient, error);
}

static CrPerson *
new_admin (void)
{
  CrPerson *admin = cr_person_new ();
  admin->login = g_strdup (FIXTURE_LOGIN);
  admin->family = g_strdup ("Invented");
  admin->given = g_strdup ("Ada");
  admin->roles = CR_ROLE_ADMIN | CR_ROLE_DOCTOR;
  admin->active = TRUE;
  return admin;
}

static CrPractice *
new_practice (void)
{
  CrPractice *practice = cr_practice_new ();
  practice->name = g_strdup ("Invented Practice");
  practice->zone = g_strdup ("America/Los_Angeles");
  return practice;
}

Fixture *
fixture_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrPerson) admin = new_admin ();
  g_autoptr (CrPractice) practice = new_practice ();
  Fixture *self = g_new0 (Fixture, 1);
  char *code = NULL;
  self->folder = g_dir_make_tmp ("store-test-XXXXXX.practice", &error);
  g_assert_no_error (error);
  self->clock = cr_clock_new_fixed (CR_DATE (2026, 11, 23), 9 * 60, "America/Los_Angeles");
  CrStoreSetup setup = { self->folder, practice, admin, FIXTURE_PASSWORD, TRUE };
  self->store = cr_store_create (&setup, self->clock, "test", &self->user, &code, &error);
  g_assert_no_error (error);
  g_assert_nonnull (code);
  cr_store_secret_free (code);
  return self;
}

void
fixture_close (Fixture *self)
{
  if (self->store == NULL)
    return;
  g_clear_pointer (&self->user, cr_store_user_unref);
  cr_store_close (self->store);
  g_clear_pointer (&self->store, cr_store_unref);
}

void
fixture_leave (Fixture *self)
{
  fixture_close (self);
  cr_clock_unref (self->clock);
  g_free (self->folder);
  g_free (self);
}

void
fixture_free (Fixture *self)
{
  fixture_close (self);
  remove_tree (self->folder);
  fixture_leave (self);
}

void
fixture_reopen (Fixture *self)
{
  fixture_close (self);
  open_again (self);
}

CrStore *
fixture_open_beside (Fixture *self, CrStoreUser **user)
{
  g_autoptr (GError) error = NULL;
  CrStore *store =
      cr_store_open (self->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, self->clock, "beside", user, &error);
  g_assert_no_error (error);
  return store;
}

void
fixture_run (Fixture *self, CrJob job, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = cr_store_run (self->store, self->user, job, data, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

void
fixture_run_refused (Fixture *self, CrJob job, gpointer data, int code)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (cr_store_run (self->store, self->user, job, data, &error));
  g_assert_error (error, CR_ERROR, code);
}

gboolean
fixture_try_save (Fixture *self, const CrRecordClass *klass, gpointer record, GError **error)
{
  Saving saving = { klass, record };
  return cr_store_run (self->store, self->user, save_job, &saving, error);
}

void
fixture_save (Fixture *self, const CrRecordClass *klass, gpointer record)
{
  Saving saving = { klass, record };
  fixture_run (self, save_job, &saving);
}

CrPatient *
fixture_patient (Fixture *self, const char *family, const char *given, CrDate birth)
{
  CrPatient *patient = cr_patient_new ();
  patient->family = g_strdup (family);
  patient->given = g_strdup (given);
  patient->birth_date = birth;
  fixture_run (self, patient_job, patient);
  return patient;
}

void
fixture_tamper (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) vault = NULL;
  CrDb *db = open_behind (self, &vault);
  cr_db_exec (db, sql, &error);
  g_assert_no_error (error);
  cr_db_close (db);
}

gint64
fixture_number (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) vault = NULL;
  CrDb *db = open_behind (self, &vault);
  CrStmt *stmt = cr_db_prepare (db, sql, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_ROW);
  gint64 number = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  cr_db_close (db);
  return number;
}

GSubprocess *
fixture_spawn (Fixture *self, const char *role)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", &error);
  g_assert_no_error (error);
  GSubprocess *child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, role, self->folder, NULL);
  g_assert_no_error (error);
  return child;
}

Fixture *
fixture_in_child (const char *folder)
{
  Fixture *self = g_new0 (Fixture, 1);
  self->folder = g_strdup (folder);
  self->clock = cr_clock_new_fixed (CR_DATE (2026, 11, 23), 9 * 60, "America/Los_Angeles");
  open_again (self);
  return self;
}

void
fixture_wait (const gboolean *flag)
{
  guint give_up = g_timeout_add_seconds (GIVE_UP_SECONDS, give_up_cb, NULL);
  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (give_up);
}
