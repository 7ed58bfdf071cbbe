/* Sealed documents: what goes in comes out, or an error does. */
#include "vault-fixture.h"
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static GBytes *
make_content (gsize size)
{
  guint8 *data = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8)(i * 131 + i / 251);
  return g_bytes_new_take (data, size);
}

static char *
document_path (VaultFixture *f, const char *name)
{
  return g_build_filename (f->folder, "documents", name, NULL);
}

static void
test_sizes (VaultFixture *f, gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 100, 65535, 65536, 65537, 131072, 200001 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) content = make_content (sizes[i]), found = NULL;
    g_autofree char *name = NULL, *mime = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (cr_vault_document_write (f->vault, "application/pdf", content, &name, &error));
    g_assert_no_error (error);
    found = cr_vault_document_read (f->vault, name, &mime, &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (content, found));
    g_assert_cmpstr (mime, ==, "application/pdf");
  }
}

static void
test_names (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) content = g_bytes_new_static ("Zebediah Quillfeather", 21), other = make_content (10);
  g_autofree char *first = NULL, *second = NULL, *third = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *stray = document_path (f, "0000.new");
  guint8 plain_hash[32];
  g_autofree char *plain_name = NULL;

  g_assert_true (cr_vault_document_write (f->vault, "text/plain", content, &first, NULL));
  g_assert_true (cr_vault_document_write (f->vault, "text/plain", content, &second, NULL));
  g_assert_true (cr_vault_document_write (f->vault, "text/plain", other, &third, NULL));
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (strlen (first), ==, 64);
  cr_hash ("Zebediah Quillfeather", 21, plain_hash);
  plain_name = cr_hash_hex (plain_hash, 32);
  g_assert_cmpstr (first, !=, plain_name); /* else anybody could ask whether a known file is there */
  write_file (stray, "", 0);
  names = cr_vault_document_list (f->vault, NULL);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *)names, first));
  g_assert_cmpint (strcmp (names[0], names[1]), <, 0);
}

static void
assert_unreadable (VaultFixture *f, const char *name, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *mime = NULL;

  g_assert_null (cr_vault_document_read (f->vault, name, &mime, &error));
  g_assert_error (error, CR_ERROR, code);
  g_assert_null (mime);
}

static void
test_tampered (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) content = make_content (70000), found = NULL;
  g_autofree char *name = NULL, *path = NULL, *sealed = NULL;
  gsize size;

  g_assert_true (cr_vault_document_write (f->vault, "image/png", content, &name, NULL));
  path = document_path (f, name);
  read_file (path, &sealed, &size);
  for (gsize i = 0; i < size; i += i < 400 ? 1 : 211) {
    sealed[i] ^= 0x40;
    write_file (path, sealed, size);
    assert_unreadable (f, name, CR_ERROR_CHAIN_BROKEN);
    sealed[i] ^= 0x40;
  }
  for (gsize cut = 0; cut < size; cut += 997) {
    write_file (path, sealed, cut);
    assert_unreadable (f, name, CR_ERROR_CHAIN_BROKEN);
  }
  /* Writing the same content again repairs it. */
  g_assert_true (cr_vault_document_write (f->vault, "image/png", content, NULL, NULL));
  found = cr_vault_document_read (f->vault, name, NULL, NULL);
  g_assert_true (g_bytes_equal (content, found));
}

static void
test_longer (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) content = make_content (1000);
  g_autofree char *name = NULL, *path = NULL, *sealed = NULL;
  gsize size;

  g_assert_true (cr_vault_document_write (f->vault, "image/png", content, &name, NULL));
  path = document_path (f, name);
  read_file (path, &sealed, &size);
  sealed = g_realloc (sealed, size + 10);
  memset (sealed + size, 0, 10);
  write_file (path, sealed, size + 10);
  assert_unreadable (f, name, CR_ERROR_CHAIN_BROKEN);
}

static void
test_exchanged (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) one = make_content (500), two = make_content (501);
  g_autofree char *name_one = NULL, *name_two = NULL, *path_one = NULL, *path_two = NULL;

  g_assert_true (cr_vault_document_write (f->vault, "a/b", one, &name_one, NULL));
  g_assert_true (cr_vault_document_write (f->vault, "a/b", two, &name_two, NULL));
  path_one = document_path (f, name_one);
  path_two = document_path (f, name_two);
  g_assert_cmpint (g_rename (path_one, path_two), ==, 0);
  assert_unreadable (f, name_two, CR_ERROR_CHAIN_BROKEN);
  assert_unreadable (f, name_one, CR_ERROR_NOT_FOUND);
  assert_unreadable (f, "../practice.keys", CR_ERROR_NOT_FOUND);
}

static void
test_other_practice (VaultFixture *f, gconstpointer data)
{
  VaultFixture other = { 0 };
  g_autoptr (GBytes) content = make_content (500);
  g_autofree char *name = NULL, *from = NULL, *to = NULL, *sealed = NULL, *own_name = NULL;
  gsize size;

  vault_set_up (&other, NULL);
  g_assert_true (cr_vault_document_write (other.vault, "a/b", content, &name, NULL));
  g_assert_true (cr_vault_document_write (f->vault, "a/b", content, &own_name, NULL));
  g_assert_cmpstr (name, !=, own_name);
  from = document_path (&other, name);
  to = document_path (f, name);
  read_file (from, &sealed, &size);
  write_file (to, sealed, size);
  assert_unreadable (f, name, CR_ERROR_CHAIN_BROKEN);
  vault_tear_down (&other, NULL);
}

static void
test_no_folder (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) content = make_content (5);
  g_autofree char *folder = fixture_path (f, "documents");
  g_autoptr (GError) error = NULL, list_error = NULL;

  remove_tree (folder);
  g_assert_false (cr_vault_document_write (f->vault, "a/b", content, NULL, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_assert_null (cr_vault_document_list (f->vault, &list_error));
  g_assert_error (list_error, CR_ERROR, CR_ERROR_IO);
}

static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* Wherever the disk ends: said, and nothing of it stays. */
static void
test_disk_ends (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) content = make_content (70000);
  g_autofree char *folder = fixture_path (f, "documents");
  gboolean done = FALSE;

  for (rlim_t bytes = 0; !done; bytes += bytes < 400 ? 7 : 9001) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GDir) dir = NULL;

    limit_files (bytes);
    done = cr_vault_document_write (f->vault, "image/png", content, NULL, &error);
    limit_files (RLIM_INFINITY);
    dir = g_dir_open (folder, 0, NULL);
    g_assert_true ((g_dir_read_name (dir) != NULL) == done);
    if (!done)
      g_assert_error (error, CR_ERROR, CR_ERROR_IO);
  }
  g_assert_true (done);
}

/* Names that are none, and a name that leads in circles. */
static void
test_not_documents (VaultFixture *f, gconstpointer data)
{
  g_autofree char *name = g_strnfill (64, 'a'), *path = document_path (f, name);

  name[63] = 'A';
  assert_unreadable (f, name, CR_ERROR_NOT_FOUND);
  name[63] = 'g';
  assert_unreadable (f, name, CR_ERROR_NOT_FOUND);
  name[63] = 'a';
  assert_unreadable (f, name, CR_ERROR_NOT_FOUND);
  g_assert_cmpint (symlink (path, path), ==, 0);
  assert_unreadable (f, name, CR_ERROR_IO);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_unreadable (f, name, CR_ERROR_CHAIN_BROKEN);
}

/* A type too long to be kept is the program's fault, and nothing is written. */
static void
test_long_type (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) content = make_content (5), found = NULL;
  g_autofree char *type = g_strnfill (118, 't'), *name = NULL, *mime = NULL;

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*strlen*failed*");
  g_assert_false (cr_vault_document_write (f->vault, type, content, &name, NULL));
  g_test_assert_expected_messages ();
  type[117] = '\0';
  g_assert_true (cr_vault_document_write (f->vault, type, content, &name, NULL));
  found = cr_vault_document_read (f->vault, name, &mime, NULL);
  g_assert_cmpstr (mime, ==, type);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (VaultFixture *, gconstpointer);
  } tests[] = {
    { "/documents/sizes", test_sizes },
    { "/documents/names", test_names },
    { "/documents/tampered", test_tampered },
    { "/documents/longer", test_longer },
    { "/documents/exchanged", test_exchanged },
    { "/documents/other-practice", test_other_practice },
    { "/documents/no-folder", test_no_folder },
    { "/documents/disk-ends", test_disk_ends },
    { "/documents/not-documents", test_not_documents },
    { "/documents/long-type", test_long_type },
  };

  signal (SIGXFSZ, SIG_IGN); /* a file that would be too large: an error, as on a full disk */
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, VaultFixture, NULL, vault_set_up, tests[i].test, vault_tear_down);
  return g_test_run ();
}
