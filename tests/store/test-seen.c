/* An older copy of the whole practice is sound in itself; that this computer has seen a newer one tells it.
 */
#include "fixture.h"
#include "store-private.h"
#include "chartroom/store/backup.h"
#include <glib/gstdio.h>
#include <string.h>

#define REASON "the disk of Monday broke, this is Sunday's copy"

typedef struct {
  Fixture *practice;
  char *copy; /* the practice as it was before the newest patient */
} SeenFixture;

static void
run_command (const char *command, const char *a, const char *b)
{
  const char *argv[] = { command, "-rfT", a, b, NULL };
  const char *remove[] = { command, "-rf", a, NULL };
  g_autoptr (GError) error = NULL;
  int status;
  g_spawn_sync (NULL, (char **)(b == NULL ? remove : argv), NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
set_up (SeenFixture *f, gconstpointer data)
{
  g_autoptr (CrPatient) first = NULL, second = NULL;
  f->practice = fixture_new ();
  f->copy = g_strconcat (f->practice->folder, ".copy", NULL);
  first = fixture_patient (f->practice, "Quillfeather", "Ada", CR_DATE (1970, 1, 2));
  fixture_close (f->practice);
  run_command ("cp", f->practice->folder, f->copy);
  fixture_reopen (f->practice);
  second = fixture_patient (f->practice, "Quillfeather", "Bela", CR_DATE (1980, 1, 2));
  fixture_close (f->practice);
}

static void
put_back_older (SeenFixture *f)
{
  run_command ("rm", f->practice->folder, NULL);
  run_command ("cp", f->copy, f->practice->folder);
}

static void
tear_down (SeenFixture *f, gconstpointer data)
{
  run_command ("rm", f->copy, NULL);
  fixture_free (f->practice);
  g_free (f->copy);
}

static CrStore *
open_with (SeenFixture *f, const char *reason, CrStoreUser **user, GError **error)
{
  return cr_store_open_older (f->practice->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, reason,
                              f->practice->clock, "test", user, error);
}

static void
assert_refused (SeenFixture *f)
{
  g_autoptr (GError) error = NULL;
  CrStoreUser *user = NULL;
  g_autoptr (CrStore) store = open_with (f, NULL, &user, &error);
  g_assert_null (store);
  g_assert_null (user);
  g_assert_error (error, CR_ERROR, CR_ERROR_OLDER_COPY);
}

static void
assert_opens_at (SeenFixture *f, const char *folder, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrStoreUser) user = NULL;
  g_autoptr (CrStore) store = cr_store_open_older (folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, reason,
                                                   f->practice->clock, "test", &user, &error);
  g_assert_no_error (error);
  cr_store_close (store);
}

static void
assert_opens (SeenFixture *f, const char *reason)
{
  assert_opens_at (f, f->practice->folder, reason);
}

static void
test_refused (SeenFixture *f, gconstpointer data)
{
  put_back_older (f);
  assert_refused (f);
  assert_refused (f); /* being refused teaches nothing */
}

static gboolean
find_reason_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) entries =
      cr_audit_list (tx, &(CrAuditQuery){ .actions = { "older-copy" }, .limit = 5 }, error);
  *(gboolean *)data = entries != NULL && entries->len == 1 &&
                      g_str_equal (((CrAuditEntry *)entries->pdata[0])->detail, REASON);
  return entries != NULL;
}

static void
test_accepted (SeenFixture *f, gconstpointer data)
{
  gboolean found = FALSE;
  put_back_older (f);
  assert_opens (f, REASON);
  assert_opens (f, NULL); /* from now on it is the practice */
  fixture_reopen (f->practice);
  fixture_run (f->practice, find_reason_job, &found);
  g_assert_true (found);
}

static void
test_newest (SeenFixture *f, gconstpointer data)
{
  assert_opens (f, NULL);
  assert_opens (f, NULL);
}

static char *
only_note (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "chartroom", "seen", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = g_dir_read_name (dir);
  g_assert_nonnull (name);
  g_assert_null (g_dir_read_name (dir));
  return g_build_filename (folder, name, NULL);
}

/* A note that this practice has not made says nothing, as one that is missing. */
static void
test_forged_note (SeenFixture *f, gconstpointer data)
{
  g_autofree char *note = only_note (), *text = NULL;
  put_back_older (f);
  g_assert_true (g_file_get_contents (note, &text, NULL, NULL));
  char *entries = strstr (text, "entries ");
  entries[8] = entries[8] == '9' ? '8' : '9';
  g_assert_true (g_file_set_contents (note, text, -1, NULL));
  assert_opens (f, NULL);
}

/* A backup, a patient more, and the backup restored into a folder of its own. */
static void
restore_beside (SeenFixture *f, const char *folder, const char *restored)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrBackupOptions options = { .folder = folder };
  fixture_reopen (f->practice);
  g_autoptr (CrBackup) backup = cr_store_backup (f->practice->store, f->practice->user, &options, &error);
  g_assert_no_error (error);
  g_autoptr (CrPatient) later G_GNUC_UNUSED =
      fixture_patient (f->practice, "Quillfeather", "Cora", CR_DATE (1990, 1, 2));
  fixture_close (f->practice);
  g_autofree char *file = g_build_filename (folder, backup->file, NULL);
  CrBackupRestore r = {
    .file = file, .folder = restored, .login = FIXTURE_LOGIN, .password = FIXTURE_PASSWORD
  };
  g_assert_true (cr_backup_restore (&r, f->practice->clock, "test", findings, &error));
  g_assert_no_error (error);
}

/* Restored into the place of the one that is gone: whoever restores knows that it is older. */
static void
test_restored (SeenFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("chartroom-backups-XXXXXX", NULL);
  g_autofree char *aside = g_strconcat (f->practice->folder, ".aside", NULL);
  g_autofree char *first = g_build_filename (folder, "First.practice", NULL), *file = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;
  restore_beside (f, folder, first);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".chartroom-backup"))
      file = g_build_filename (folder, name, NULL);
  g_assert_cmpint (g_rename (f->practice->folder, aside), ==, 0);
  CrBackupRestore r = {
    .file = file, .folder = f->practice->folder, .login = FIXTURE_LOGIN, .password = FIXTURE_PASSWORD
  };
  g_assert_true (cr_backup_restore (&r, f->practice->clock, "test", findings, &error));
  g_assert_no_error (error);
  assert_opens (f, NULL);
  run_command ("rm", folder, NULL);
  run_command ("rm", aside, NULL);
}

/* To try a restore beside the practice is good custom: both go on, each in its folder. */
static void
test_restored_beside (SeenFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("chartroom-backups-XXXXXX", NULL);
  g_autofree char *restored = g_build_filename (folder, "Restored.practice", NULL);
  g_autofree char *moved = g_build_filename (folder, "Moved.practice", NULL);
  g_autoptr (GError) error = NULL;
  restore_beside (f, folder, restored);
  assert_opens_at (f, restored, NULL);
  assert_opens_at (f, restored, NULL);
  assert_opens (f, NULL); /* the practice itself is untouched by it */
  /* The restored one under another name is a copy that lacks what the practice has. */
  g_assert_cmpint (g_rename (restored, moved), ==, 0);
  g_autoptr (CrStoreUser) user = NULL;
  g_assert_null (
      cr_store_open (moved, FIXTURE_LOGIN, FIXTURE_PASSWORD, f->practice->clock, "test", &user, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_OLDER_COPY);
  run_command ("rm", folder, NULL);
}

/* The practice under another name or on another disk is still the newest. */
static void
test_moved (SeenFixture *f, gconstpointer data)
{
  g_autofree char *moved = g_strconcat (f->practice->folder, ".moved", NULL);
  assert_opens (f, NULL);
  g_assert_cmpint (g_rename (f->practice->folder, moved), ==, 0);
  assert_opens_at (f, moved, NULL);
  g_assert_cmpint (g_rename (moved, f->practice->folder), ==, 0);
}

typedef struct {
  gboolean sound;
  GError *error;
} Look;

static void
look_call (CrStore *store, gpointer data)
{
  Look *look = data;
  store->db = cr_db_open (store->vault, CR_DB_OPEN, &look->error);
  look->sound = store->db != NULL && cr_chain_read_head (store->db, &store->head, &look->error) &&
                cr_seen_check (store, &look->error);
}

static gboolean
add_nurse_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPerson) nurse = cr_person_new ();
  nurse->login = g_strdup ("nurse");
  nurse->family = g_strdup ("Example");
  nurse->given = g_strdup ("Nora");
  nurse->roles = CR_ROLE_CLINICAL;
  return cr_person_add (tx, nurse, "another invented test phrase", TRUE, error);
}

/* While this program derived its key, another one changed the key file and noted that: nothing is older. */
static void
test_two_programs (SeenFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Look look = { FALSE, NULL };
  g_autoptr (CrVault) early = cr_vault_open (f->practice->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  fixture_reopen (f->practice);
  fixture_run (f->practice, add_nurse_job, NULL);
  fixture_close (f->practice);
  g_autoptr (CrStore) store = cr_store_new (early, f->practice->clock, "test");
  g_assert_true (cr_store_call (store, look_call, &look, &error));
  g_assert_no_error (look.error);
  g_assert_true (look.sound);
}

/* Notes of this run alone. */
static void
use_own_state (void)
{
  g_autofree char *state = g_dir_make_tmp ("chartroom-state-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
}

static void
forget_notes (SeenFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "chartroom", NULL);
  tear_down (f, data);
  run_command ("rm", folder, NULL);
}

int
main (int argc, char **argv)
{
  int status;
  use_own_state ();
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/seen/" name, SeenFixture, NULL, set_up, func, forget_notes)
  ADD ("refused", test_refused);
  ADD ("accepted", test_accepted);
  ADD ("newest", test_newest);
  ADD ("forged-note", test_forged_note);
  ADD ("restored", test_restored);
  ADD ("restored-beside", test_restored_beside);
  ADD ("moved", test_moved);
  ADD ("two-programs", test_two_programs);
  status = g_test_run ();
  run_command ("rm", g_get_user_state_dir (), NULL);
  return status;
}
