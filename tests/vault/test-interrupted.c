/* Signals that interrupt reading and writing, and calls that do only a part: nothing of it is noticed. */
#include "vault-fixture.h"
#include "chartroom/vault/backup.h"
#include "chartroom/vault/sealed-copy.h"
#include <dlfcn.h>
#include <errno.h>
#include <unistd.h>

enum { PART = 1000 }; /* bytes at a time */

static gboolean disturbing;
static guint calls;

#define NEXT(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

/* Each call is interrupted first, then does a part. */
static gboolean
is_interrupted (void)
{
  if (!disturbing || ++calls % 2 == 0)
    return FALSE;
  errno = EINTR;
  return TRUE;
}

ssize_t
read (int fd, void *to, size_t size)
{
  return is_interrupted () ? -1 : NEXT (read) (fd, to, disturbing ? MIN (size, PART) : size);
}

ssize_t
write (int fd, const void *from, size_t size)
{
  return is_interrupted () ? -1 : NEXT (write) (fd, from, disturbing ? MIN (size, PART) : size);
}

/* ---- what is done ---- */

static void
work_with_keys (VaultFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) nurse = NULL;

  cr_vault_add_person (f->vault, "nurse", "another phrase entirely", CR_KDF_TEST, &error);
  g_assert_no_error (error);
  nurse = cr_vault_open (f->folder, "nurse", "another phrase entirely", &error);
  g_assert_no_error (error);
}

static void
work_with_document (VaultFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (200001, 'x'), *name = NULL;
  g_autoptr (GBytes) content = g_bytes_new (text, 200001), found = NULL;

  cr_vault_document_write (f->vault, "text/plain", content, &name, &error);
  g_assert_no_error (error);
  found = cr_vault_document_read (f->vault, name, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (found, content));
}

static char *
place_cb (const char *name, gpointer data)
{
  return g_build_filename (data, "restored.db", NULL);
}

static void
work_with_backup (VaultFixture *f)
{
  g_autofree char *backup = g_build_filename (f->parent, "one.backup", NULL), *database = NULL,
                  *manifest = NULL;
  g_autoptr (CrBackupWriter) writer = NULL;
  CrBackupReading reading = { place_cb, f->parent, NULL, NULL };
  g_autoptr (GError) error = NULL;
  guint8 signer[32];

  database = fixture_path (f, "practice.db");
  writer = cr_backup_writer_new (f->vault, backup, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (cr_backup_writer_add (writer, "practice.db", database, &error));
  g_assert_true (cr_backup_writer_finish (writer, "chartroom-backup 1\n", &error));
  manifest = cr_backup_read (f->vault, backup, &reading, signer, &error);
  g_assert_no_error (error);
  g_assert_nonnull (manifest);
}

static void
work_with_copy (VaultFixture *f)
{
  g_auto (CrSealedCopy) copy = { 0 };
  g_autoptr (GError) error = NULL;

  cr_sealed_copy_take (f->folder, f->parent, "20261129-0230", &copy, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (copy.files, ==, 2); /* keys and database */
}

static void
work_with_password_file (VaultFixture *f)
{
  g_autofree char *path = fixture_path (f, "password");
  g_autoptr (GError) error = NULL;
  char *password;

  write_file (path, "four words of nonsense\n", 23);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  password = cr_secret_read_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (password, ==, "four words of nonsense");
  cr_secret_free (password);
}

static void
test_disturbed (VaultFixture *f, gconstpointer data)
{
  void (*work) (VaultFixture * f) = *(void (*const *) (VaultFixture *))data;
  g_autofree char *database = fixture_path (f, "practice.db"), *pages = g_strnfill (150000, 'p');

  write_file (database, pages, 150000);
  disturbing = TRUE;
  calls = 0;
  work (f);
  disturbing = FALSE;
  g_assert_cmpuint (calls, >, 1);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*work) (VaultFixture *f);
  } WORKS[] = {
    { "/interrupted/keys", work_with_keys },
    { "/interrupted/document", work_with_document },
    { "/interrupted/backup", work_with_backup },
    { "/interrupted/copy", work_with_copy },
    { "/interrupted/password-file", work_with_password_file },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (WORKS); i++)
    g_test_add (WORKS[i].path, VaultFixture, &WORKS[i].work, vault_set_up, test_disturbed, vault_tear_down);
  return g_test_run ();
}
