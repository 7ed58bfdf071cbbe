/* What a change of the keys leaves: after a power cut at any moment, in the old database, in the audit, in
 * backups.
 */
#include "rotate-fixture.h"
#include "chartroom/store/doctor.h"
#include "chartroom/vault/rotation.h"
#include "../../src/store/db/db-private.h"
#include "../../src/vault/vault-private.h"
#include <glib/gstdio.h>
#include <string.h>

/* ---- power cuts ---- */

/* The second epoch, whole, and nothing of how it came to that. */
static void
assert_changed (Fixture *f, gint64 patients)
{
  static const char *const GONE[] = { "practice-2.db.new", "practice-2.db.new-pages", "practice-2.db.new-wal",
                                      "practice-2-2.db" };
  g_assert_true (rotate_is_there (f, "practice-2.db"));
  for (guint i = 0; i < G_N_ELEMENTS (GONE); i++)
    g_assert_false (rotate_is_there (f, GONE[i]));
  g_assert_null (cr_store_warning (f->store));
  g_assert_cmpint (rotate_count_patients (f), ==, patients);
  rotate_assert_sound (f);
}

static void
open_image (Run *run, const char *name, GHashTable *epochs)
{
  Fixture image = { .folder = g_build_filename (run->images, name, NULL), .clock = run->practice->clock };
  g_autoptr (GError) error = NULL;
  gboolean left = rotate_is_there (&image, "practice-2.db.new");
  image.store = cr_store_open_older (image.folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, "an image of a crash",
                                     image.clock, "test", &image.user, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rotate_count_patients (&image), ==, 1);
  rotate_assert_sound (&image);
  g_autoptr (CrVault) vault = cr_vault_open (image.folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  guint epoch = cr_vault_epoch (vault);
  g_assert_cmpuint (epoch, ==, g_str_has_suffix (name, "done.practice") ? 2 : 1);
  g_assert_true (rotate_is_there (&image, cr_vault_database (vault)));
  if (epoch == 1) { /* it was told, and the next change goes on with it */
    g_auto (CrRotated) rotated = { 0 };
    g_assert_cmpint (cr_store_warning (image.store) != NULL, ==, left);
    g_assert_cmpint (rotate_is_there (&image, "practice-2.db.new"), ==, left);
    rotate_well (&image, &rotated);
    g_assert_false (rotated.began_again);
    g_assert_cmpint (rotated.pages_kept > 0, ==, left);
    assert_changed (&image, 1);
  }
  g_hash_table_add (epochs, GUINT_TO_POINTER (epoch));
  fixture_close (&image);
  g_free (image.folder);
}

static void
test_power_cuts (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GHashTable) epochs = g_hash_table_new (NULL, NULL);
  g_auto (Run) run = { 0 };
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) error = NULL;
  const char *name;
  rotate_add_patient (f);
  fixture_reopen (f); /* pages that the log has newer are not kept */
  run_init (&run, f);
  run.images = g_dir_make_tmp ("chartroom-images-XXXXXX", NULL);
  g_assert_true (rotate_try (&run, &rotated, &error));
  g_assert_no_error (error);
  g_autoptr (GDir) dir = g_dir_open (run.images, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    open_image (&run, name, epochs);
  g_assert_cmpuint (g_hash_table_size (epochs), ==, 2);
  g_assert_cmpuint (run.n_images, >=, 6);
}

/* ---- going on with what a power cut has left ---- */

/* A practice whose power went at that step of a change of its keys. */
static Fixture *
cut_at (Fixture *f, const char *step)
{
  g_auto (Run) run = { 0 };
  g_auto (CrRotated) rotated = { 0 };
  Fixture *cut = g_new0 (Fixture, 1);
  const char *name;
  fixture_reopen (f);
  run_init (&run, f);
  run.images = g_dir_make_tmp ("chartroom-images-XXXXXX", NULL);
  g_assert_true (rotate_try (&run, &rotated, NULL));
  g_autofree char *suffix = g_strdup_printf ("-%s.practice", step);
  g_autoptr (GDir) dir = g_dir_open (run.images, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL && !g_str_has_suffix (name, suffix))
    ;
  g_assert_nonnull (name);
  cut->clock = f->clock;
  cut->folder = g_strconcat (f->folder, ".cut", NULL);
  g_autofree char *image = g_build_filename (run.images, name, NULL);
  rotate_copy_all (image, cut->folder);
  rotate_forget_seen ();
  fixture_reopen (f); /* for its end */
  return cut;
}

static void
free_cut (Fixture *cut)
{
  fixture_close (cut);
  rotate_remove_all (cut->folder);
  g_free (cut->folder);
  g_free (cut);
}

static void
open_cut (Fixture *cut)
{
  g_autoptr (GError) error = NULL;
  cut->store = cr_store_open_older (cut->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, "after a power cut",
                                    cut->clock, "test", &cut->user, &error);
  g_assert_no_error (error);
}

static void
change_file (Fixture *f, const char *name, gsize at)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL), *content = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  content[at < size ? at : size - 1] ^= 1;
  g_assert_true (g_file_set_contents (path, content, (gssize)size, NULL));
}

/* Of what people record between the cut and the change's end, nothing is lost. */
static void
test_gone_on (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 };
  Fixture *cut = cut_at (f, "verify");
  open_cut (cut);
  g_assert_nonnull (strstr (cr_store_warning (cut->store), "is kept"));
  rotate_add_patient (cut);
  fixture_reopen (cut);
  rotate_add_patient (cut);
  rotate_well (cut, &rotated);
  g_assert_cmpint (rotated.pages_kept, >, 50);
  assert_changed (cut, 2);
  free_cut (cut);
}

/* The copy was torn: the change makes it anew, and comes to its end all the same. */
static void
test_torn_copy (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 };
  Fixture *cut = cut_at (f, "verify");
  change_file (cut, "practice-2.db.new", 9 * 4096 + 100);
  open_cut (cut);
  rotate_well (cut, &rotated);
  g_assert_cmpint (rotated.pages_kept, ==, 0);
  assert_changed (cut, 0);
  free_cut (cut);
}

/* The database had its name already, the keys were not in force. */
static void
test_named (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 };
  Fixture *cut = cut_at (f, "keys");
  g_autofree char *from = g_build_filename (cut->folder, "practice-2.db.new", NULL);
  g_autofree char *to = g_build_filename (cut->folder, "practice-2.db", NULL);
  g_assert_cmpint (g_rename (from, to), ==, 0);
  open_cut (cut);
  g_assert_nonnull (strstr (cr_store_warning (cut->store), "is kept"));
  rotate_add_patient (cut);
  rotate_well (cut, &rotated);
  g_assert_cmpint (rotated.pages_kept, >, 50);
  assert_changed (cut, 1);
  free_cut (cut);
}

/* The same files, but the database was in force, and somebody worked with it: then the key file of the cut
 * was put back.  What was recorded since is nowhere else. */
static void
test_named_and_in_use (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 }, again = { 0 };
  g_autofree char *before = NULL, *after = NULL;
  gsize size, size_after;
  Fixture *cut = cut_at (f, "keys");
  g_autofree char *kept = g_strconcat (cut->folder, ".kept", NULL);
  g_autofree char *there = g_build_filename (cut->folder, "practice-2.db", NULL);
  rotate_copy_all (cut->folder, kept);
  open_cut (cut);
  rotate_well (cut, &rotated);
  rotate_add_patient (cut);
  fixture_close (cut);
  static const char *const PUT_BACK[] = { "practice.keys", "practice.db", "practice-2.db.new-pages" };
  for (guint i = 0; i < G_N_ELEMENTS (PUT_BACK); i++) {
    g_autofree char *from = g_build_filename (kept, PUT_BACK[i], NULL), *content = NULL;
    g_autofree char *to = g_build_filename (cut->folder, PUT_BACK[i], NULL);
    g_assert_true (g_file_get_contents (from, &content, &size, NULL));
    g_assert_true (g_file_set_contents (to, content, (gssize)size, NULL));
  }
  g_assert_true (g_file_get_contents (there, &before, &size, NULL));
  open_cut (cut);
  rotate_well (cut, &again);
  g_assert_true (g_file_get_contents (there, &after, &size_after, NULL));
  g_assert_cmpmem (before, size, after, size_after);
  g_assert_true (rotate_is_there (cut, "practice-2-2.db"));
  rotate_assert_sound (cut);
  rotate_remove_all (kept);
  free_cut (cut);
}

/* Whoever has another password by now begins again, with a key that nothing on the disk gives away. */
static void
test_new_password (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) error = NULL;
  Fixture *cut = cut_at (f, "verify");
  g_autoptr (CrVault) vault = cr_vault_open (cut->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_autoptr (CrVault) noted = cr_vault_noted_epoch (vault, NULL);
  g_assert_true (cr_vault_change_password (vault, FIXTURE_LOGIN, "a phrase nobody saw", CR_KDF_TEST, NULL));
  cut->store = cr_store_open_older (cut->folder, FIXTURE_LOGIN, "a phrase nobody saw", "after a power cut",
                                    cut->clock, "test", &cut->user, &error);
  g_assert_no_error (error);
  g_auto (Run) run = { 0 };
  run_init (&run, cut);
  g_assert_true (rotate_try (&run, &rotated, &error));
  g_assert_no_error (error);
  g_assert_true (rotated.began_again);
  g_assert_cmpint (rotated.pages_kept, ==, 0);
  g_autoptr (CrVault) fresh = cr_vault_open (cut->folder, FIXTURE_LOGIN, "a phrase nobody saw", &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (fresh->epochs[0].practice, noted->epochs[0].practice, 32), !=, 0);
  free_cut (cut);
}

/* The power went between the database's name and the key file, and what says how far it was is gone: the
 * former keys go on, and nothing is removed that might be somebody's only copy. */
static void
test_cut_at_the_end (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *path = g_build_filename (f->folder, "practice-2.db", NULL);
  g_assert_true (g_file_set_contents (path, "sealed with a key that nobody has", -1, NULL));
  fixture_reopen (f);
  g_assert_nonnull (strstr (cr_store_warning (f->store), "practice-2.db"));
  rotate_assert_sound (f);
  g_assert_true (rotate_is_there (f, "practice-2.db"));
}

/* The next one who changes the keys begins again; nothing of the first attempt counts. */
static void
test_begun_again (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 };
  g_autofree char *path = g_build_filename (f->folder, "practice-2.db.new", NULL);
  g_assert_true (g_file_set_contents (path, "half a database", -1, NULL));
  rotate_well (f, &rotated);
  g_assert_true (rotated.began_again);
  rotate_assert_sound (f);
}

/* At the last moment of those of before. */
static void
keep_keys (Run *run, const char *step)
{
  g_autofree char *from = g_build_filename (run->practice->folder, "practice.keys", NULL), *content = NULL;
  g_autofree char *to = g_strconcat (run->practice->folder, ".keys", NULL);
  gsize size;
  g_assert_true (g_file_get_contents (from, &content, &size, NULL));
  if (g_str_equal (step, "keys"))
    g_assert_true (g_file_set_contents (to, content, (gssize)size, NULL));
}

/* The old key file put back beside the new database, which is now the only copy of what was recorded since:
 * it is an older copy, which this computer knows, and whatever is done with it the new database stays. */
static void
test_put_back (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 }, again = { 0 };
  g_autofree char *keys = g_build_filename (f->folder, "practice.keys", NULL), *old = NULL, *fresh = NULL;
  g_autofree char *kept = g_strconcat (f->folder, ".keys", NULL);
  g_auto (Run) run = { 0 };
  g_autoptr (GError) error = NULL;
  gsize old_size, fresh_size;
  run_init (&run, f);
  run.at = keep_keys;
  g_assert_true (rotate_try (&run, &rotated, &error));
  fixture_reopen (f);
  g_assert_true (g_file_get_contents (kept, &old, &old_size, NULL));
  g_unlink (kept);
  rotate_add_patient (f);
  fixture_close (f);
  g_assert_true (g_file_get_contents (keys, &fresh, &fresh_size, NULL));
  g_assert_true (g_file_set_contents (keys, old, (gssize)old_size, NULL));
  g_assert_null (
      cr_store_open (f->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, f->clock, "test", &f->user, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_OLDER_COPY);
  g_clear_error (&error);
  f->store = cr_store_open_older (f->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, "by mistake", f->clock, "test",
                                  &f->user, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (cr_store_warning (f->store), "practice-2.db"));
  rotate_well (f, &again);
  g_assert_true (rotate_is_there (f, "practice-2-2.db"));
  fixture_close (f);
  g_assert_true (g_file_set_contents (keys, fresh, (gssize)fresh_size, NULL));
  f->store = cr_store_open_older (f->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, "back again", f->clock, "test",
                                  &f->user, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rotate_count_patients (f), ==, 1);
  rotate_assert_sound (f);
}

/* ---- secrets and the chain ---- */

static void
assert_lacks_keys (const guint8 *data, gsize size, const EpochKeys *keys)
{
  const guint8 *all[] = { keys->practice, keys->document, keys->audit, keys->key_file,
                          keys->backup,   keys->head,     keys->older };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_assert_null (memmem (data, size, all[i], 32));
}

/* In clear, as they lie in the file, and also what they say to who has the old keys. */
static void
check_old_pages (Fixture *f, CrVault *old, const EpochKeys *keys)
{
  g_autofree char *path = g_build_filename (f->folder, "practice.db", NULL), *raw = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &raw, &size, NULL));
  assert_lacks_keys ((const guint8 *)raw, size, keys);
  CrDb *db = cr_db_open (old, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  sqlite3_file *file = db_file (db);
  for (gsize at = 0; at < size; at += DB_PAGE_SIZE) {
    guint8 page[DB_PAGE_SIZE];
    g_assert_cmpint (file->pMethods->xRead (file, page, DB_PAGE_SIZE, (sqlite3_int64)at), ==, SQLITE_OK);
    assert_lacks_keys (page, sizeof page, keys);
  }
  cr_db_close (db);
}

static void
test_old_database_knows_nothing (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) old = cr_vault_open (f->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  rotate_add_patient (f);
  rotate_well (f, &rotated);
  fixture_close (f);
  g_autoptr (CrVault) fresh = cr_vault_open (f->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cr_vault_epoch (fresh), ==, 2);
  check_old_pages (f, old, vault_newest (fresh));
  /* And the old keys say nothing of the new database. */
  g_assert_null (cr_db_open_named (old, "practice-2.db", CR_DB_OPEN, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_OTHER_PRACTICE);
}

/* The entry that begins an epoch cannot be taken for another one, nor its key be left out. */
static void
test_chain (void)
{
  static const char *const TAMPER[] = {
    "UPDATE audit SET action = 'view' WHERE action = 'rotation'",
    "UPDATE audit SET action = 'rotation' WHERE seq = 2",
    "DELETE FROM audit WHERE seq >= (SELECT seq FROM audit WHERE action = 'rotation')",
  };
  for (guint i = 0; i < G_N_ELEMENTS (TAMPER); i++) {
    g_autoptr (Fixture) f = fixture_new ();
    g_auto (CrRotated) rotated = { 0 };
    g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
    rotate_well (f, &rotated);
    fixture_tamper (f, TAMPER[i]);
    g_assert_true (cr_store_verify (f->store, f->user, findings, NULL));
    g_assert_cmpuint (findings->len, >=, 1);
    g_assert_nonnull (strstr (findings->pdata[0], "does not fit the chain"));
  }
}

/* What is salvaged holds together in all epochs, also where the entry that began one is lost. */
static void
check_salvaged (Fixture *f, const char *tamper)
{
  g_autofree char *folder = g_strconcat (f->folder, ".salvaged", NULL);
  CrDoctorOptions options = {
    .folder = f->folder, .login = FIXTURE_LOGIN, .password = FIXTURE_PASSWORD, .salvage_to = folder
  };
  g_autoptr (CrDoctorReport) report = cr_doctor_report_new ();
  g_autoptr (GError) error = NULL;
  Fixture salvaged = { .folder = folder, .clock = f->clock };
  if (tamper != NULL)
    fixture_tamper (f, tamper);
  fixture_close (f);
  g_assert_true (cr_doctor (&options, f->clock, "test", report, &error));
  g_assert_no_error (error);
  g_assert_cmpint (report->wrong->len > 0, ==, tamper != NULL);
  salvaged.store = cr_store_open_older (folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, "salvaged", f->clock, "test",
                                        &salvaged.user, &error);
  g_assert_no_error (error);
  rotate_assert_sound (&salvaged);
  g_assert_cmpint (rotate_count_patients (&salvaged), ==, 2);
  fixture_close (&salvaged);
  rotate_remove_all (folder);
}

static void
test_salvage (void)
{
  static const char *const TAMPER[] = { NULL, "DELETE FROM audit WHERE action = 'rotation'" };
  for (guint i = 0; i < G_N_ELEMENTS (TAMPER); i++) {
    g_autoptr (Fixture) f = fixture_new ();
    g_auto (CrRotated) one = { 0 }, two = { 0 };
    rotate_add_patient (f);
    rotate_well (f, &one);
    rotate_add_patient (f);
    rotate_well (f, &two);
    check_salvaged (f, TAMPER[i]);
  }
}

/* ---- backups ---- */

static CrBackup *
take_backup (Fixture *f, const char *target)
{
  CrBackupOptions options = { .folder = target };
  g_autoptr (GError) error = NULL;
  CrBackup *backup = cr_store_backup (f->store, f->user, &options, &error);
  g_assert_no_error (error);
  return backup;
}

static void
prove_well (Fixture *f, const char *target, const CrBackup *backup)
{
  CrBackupOptions options = { .folder = target };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_assert_true (cr_store_prove (f->store, f->user, backup, &options, findings, &error));
  g_assert_no_error (error);
  if (findings->len > 0)
    g_error ("%s", (char *)findings->pdata[0]);
}

static void
restore_well (Fixture *f, const char *target, const CrBackup *backup, const char *name)
{
  g_autofree char *file = g_build_filename (target, backup->file, NULL);
  g_autofree char *folder = g_build_filename (target, name, NULL);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrBackupRestore r = {
    .file = file, .folder = folder, .login = FIXTURE_LOGIN, .password = FIXTURE_PASSWORD
  };
  g_assert_true (cr_backup_restore (&r, f->clock, "test", findings, &error));
  g_assert_no_error (error);
}

typedef struct {
  const CrBackup *backup;
  gboolean former;
} Asked;

static gboolean
former_job (CrTx *tx, gpointer data, GError **error)
{
  Asked *asked = data;
  asked->former = cr_backup_has_former_key (tx, asked->backup);
  return TRUE;
}

static gboolean
has_former_key (Fixture *f, const CrBackup *backup)
{
  Asked asked = { backup, FALSE };
  fixture_run (f, former_job, &asked);
  return asked.former;
}

/* The database of before stays until what there is now was proven to come back. */
static void
test_backups (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 };
  g_autofree char *target = g_dir_make_tmp ("chartroom-backups-XXXXXX", NULL);
  g_autoptr (CrDocument) old = rotate_add_document (f, "a letter from before");
  g_autoptr (CrBackup) before = take_backup (f, target);
  prove_well (f, target, before);
  g_assert_false (has_former_key (f, before));
  rotate_well (f, &rotated);
  g_assert_cmpuint (rotated.backups->len, ==, 1);
  g_assert_cmpstr (((CrBackup *)rotated.backups->pdata[0])->file, ==, before->file);
  g_assert_true (has_former_key (f, before));
  prove_well (f, target, before); /* proves the practice as it was: not this one */
  g_assert_true (rotate_is_there (f, "practice.db"));
  g_autoptr (CrDocument) fresh = rotate_add_document (f, "a letter from after");
  g_autoptr (CrBackup) after = take_backup (f, target);
  g_assert_cmpint (after->kind, ==, CR_BACKUP_INCREMENTAL);
  g_assert_false (has_former_key (f, after));
  prove_well (f, target, after);
  g_assert_false (rotate_is_there (f, "practice.db"));
  g_assert_false (rotate_is_there (f, "practice.db-wal"));
  fixture_reopen (f);
  rotate_assert_document (f, old);
  rotate_assert_document (f, fresh);
  rotate_assert_sound (f);
  restore_well (f, target, before, "Before.practice");
  restore_well (f, target, after, "After.practice");
  rotate_remove_all (target);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/rotate-after/power-cuts", test_power_cuts);
  g_test_add_func ("/store/rotate-after/gone-on", test_gone_on);
  g_test_add_func ("/store/rotate-after/torn-copy", test_torn_copy);
  g_test_add_func ("/store/rotate-after/named", test_named);
  g_test_add_func ("/store/rotate-after/named-and-in-use", test_named_and_in_use);
  g_test_add_func ("/store/rotate-after/new-password", test_new_password);
  g_test_add_func ("/store/rotate-after/cut-at-the-end", test_cut_at_the_end);
  g_test_add_func ("/store/rotate-after/begun-again", test_begun_again);
  g_test_add_func ("/store/rotate-after/put-back", test_put_back);
  g_test_add_func ("/store/rotate-after/old-database-knows-nothing", test_old_database_knows_nothing);
  g_test_add_func ("/store/rotate-after/chain", test_chain);
  g_test_add_func ("/store/rotate-after/salvage", test_salvage);
  g_test_add_func ("/store/rotate-after/backups", test_backups);
  return g_test_run ();
}
