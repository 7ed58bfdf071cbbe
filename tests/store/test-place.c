/* A practice in a folder that a program copies elsewhere is neither made, opened nor restored. */
#include "fixture.h"
#include "chartroom/store/backup.h"
#include <glib/gstdio.h>
#include <string.h>

/* As Syncthing marks the folder it copies. */
static char *
mark_folder (Fixture *f)
{
  char *mark = g_build_filename (f->folder, ".stfolder", NULL);
  g_assert_cmpint (g_mkdir (mark, 0700), ==, 0);
  return mark;
}

static void
expect_refused (const GError *error)
{
  g_assert_error (error, CR_ERROR, CR_ERROR_SHARED_PLACE);
  g_assert_nonnull (strstr (error->message, "Syncthing"));
}

static void
test_open (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (CrStoreUser) user = NULL;
  g_autoptr (GError) error = NULL;
  fixture_close (f);
  g_autofree char *mark = mark_folder (f);
  g_assert_null (cr_store_open (f->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, f->clock, "test", &user, &error));
  expect_refused (error);
  g_rmdir (mark);
  fixture_reopen (f);
}

static void
test_restore (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *mark = mark_folder (f);
  g_autofree char *target = g_build_filename (f->folder, "restored.practice", NULL);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  const CrBackupRestore restore = { .file = "nothing", .folder = target, .login = "x", .password = "x" };
  g_assert_false (cr_backup_restore (&restore, f->clock, "test", findings, &error));
  expect_refused (error);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  g_rmdir (mark);
}

static void
test_create (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *mark = mark_folder (f);
  g_autofree char *folder = g_build_filename (f->folder, "deep", "new.practice", NULL);
  g_autoptr (CrPractice) practice = cr_practice_new ();
  g_autoptr (CrPerson) admin = cr_person_new ();
  g_autoptr (CrStoreUser) user = NULL;
  g_autoptr (GError) error = NULL;
  char *code = NULL;
  practice->name = g_strdup ("Invented");
  admin->login = g_strdup ("ada");
  const CrStoreSetup setup = { folder, practice, admin, FIXTURE_PASSWORD, TRUE };
  g_assert_null (cr_store_create (&setup, f->clock, "test", &user, &code, &error));
  expect_refused (error);
  g_assert_null (code);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_rmdir (mark);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/place/open", test_open);
  g_test_add_func ("/store/place/restore", test_restore);
  g_test_add_func ("/store/place/create", test_create);
  return g_test_run ();
}
