/* Backup files: what goes in comes out, or an error says why not. */
#include "vault-fixture.h"
#include "chartroom/vault/backup.h"

typedef struct {
  VaultFixture base;
  char *backup, *restored; /* paths */
  char *a, *b;             /* two files of the practice */
} Fixture;

static char *
make_file (Fixture *f, const char *name, gsize size)
{
  char *path = fixture_path (&f->base, name);
  g_autofree char *content = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    content[i] = (char)(i * 31 + i / 997);
  write_file (path, content, size);
  return path;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  vault_set_up (&f->base, data);
  f->backup = g_build_filename (f->base.parent, "one.backup", NULL);
  f->restored = g_build_filename (f->base.parent, "Restored.practice", NULL);
  f->a = make_file (f, "practice.db", 200001);
  f->b = make_file (f, "empty", 0);
  g_assert_cmpint (g_mkdir (f->restored, 0700), ==, 0);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->backup);
  g_free (f->restored);
  g_free (f->a);
  g_free (f->b);
  vault_tear_down (&f->base, data);
}

static void
take (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrBackupWriter) writer = cr_backup_writer_new (f->base.vault, f->backup, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (cr_backup_writer_add (writer, "practice.db", f->a, &error));
  g_assert_true (cr_backup_writer_add (writer, "documents/empty", f->b, &error));
  g_assert_false (g_file_test (f->backup, G_FILE_TEST_EXISTS)); /* not before it is whole */
  g_assert_true (cr_backup_writer_finish (writer, "chartroom-backup 1\nkind full\n", &error));
  g_assert_no_error (error);
}

static char *
place_cb (const char *name, gpointer data)
{
  g_autofree char *flat = g_strdelimit (g_strdup (name), "/", '_');
  return g_build_filename (data, flat, NULL);
}

static char *
read_backup (CrVault *vault, const char *path, const char *folder, GError **error)
{
  CrBackupReading reading = { folder == NULL ? NULL : place_cb, (gpointer)folder, NULL, NULL };
  guint8 signer[32];

  return cr_backup_read (vault, path, &reading, signer, error);
}

static void
assert_same (const char *path, const char *other)
{
  g_autofree char *one = NULL, *two = NULL;
  gsize n, m;

  read_file (path, &one, &n);
  read_file (other, &two, &m);
  g_assert_cmpmem (one, n, two, m);
}

/* Keys first, a password opens them, and all files come out as they went in. */
static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *database = g_build_filename (f->restored, "practice.db", NULL);
  g_autofree char *empty = g_build_filename (f->restored, "documents_empty", NULL);

  take (f);
  g_assert_true (cr_backup_unpack_keys (f->backup, f->restored, &error));
  g_assert_no_error (error);
  g_autoptr (CrVault) vault = cr_vault_open (f->restored, FIXTURE_NAME, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_autofree char *manifest = read_backup (vault, f->backup, f->restored, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (manifest, "chartroom-backup 1\nkind full\nfile practice.db 200001 "));
  g_assert_nonnull (strstr (manifest, "\nfile documents/empty 0 "));
  assert_same (f->a, database);
  assert_same (f->b, empty);
}

static void
test_signer (Fixture *f, gconstpointer data)
{
  CrBackupReading reading = { 0 };
  guint8 signer[32], own[32];

  take (f);
  g_autofree char *manifest = cr_backup_read (f->base.vault, f->backup, &reading, signer, NULL);
  g_assert_nonnull (manifest);
  cr_vault_public_key (f->base.vault, own);
  g_assert_cmpmem (signer, 32, own, 32);
}

/* Any byte changed, any length: refused, in words, and the last file in work does not stay. */
static void
test_damage (Fixture *f, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize size;

  take (f);
  read_file (f->backup, &whole, &size);
  for (gsize at = 0; at < size; at += at < 2000 || at > size - 600 ? 1 : 997) {
    g_autoptr (GError) error = NULL;
    whole[at] ^= 0x20;
    write_file (f->backup, whole, size);
    whole[at] ^= 0x20;
    g_autofree char *manifest = read_backup (f->base.vault, f->backup, NULL, &error);
    g_assert_null (manifest);
    g_assert_nonnull (error);
    g_assert_cmpint (error->domain, ==, CR_ERROR);
  }
  for (gsize cut = 0; cut < size; cut += cut < 2000 ? 13 : 9973) {
    g_autoptr (GError) error = NULL;
    write_file (f->backup, whole, cut);
    g_autofree char *manifest = read_backup (f->base.vault, f->backup, NULL, &error);
    g_assert_null (manifest);
    g_assert_true (g_error_matches (error, CR_ERROR, CR_ERROR_TRUNCATED) ||
                   (cut < 8 && g_error_matches (error, CR_ERROR, CR_ERROR_NOT_A_PRACTICE)));
  }
}

static void
test_trailing (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = NULL;
  gsize size;

  take (f);
  read_file (f->backup, &whole, &size);
  g_autofree char *longer = g_malloc0 (size + 1);
  memcpy (longer, whole, size);
  write_file (f->backup, longer, size + 1);
  g_autofree char *manifest = read_backup (f->base.vault, f->backup, NULL, &error);
  g_assert_null (manifest);
  g_assert_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN);
}

static void
test_other_practice (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  VaultFixture other;

  take (f);
  vault_set_up (&other, NULL);
  g_autofree char *manifest = read_backup (other.vault, f->backup, NULL, &error);
  g_assert_null (manifest);
  g_assert_error (error, CR_ERROR, CR_ERROR_OTHER_PRACTICE);
  g_clear_error (&error);
  g_autoptr (CrVault) adopted = cr_vault_adopt (f->base.vault, other.folder, &error);
  assert_refused (adopted, &error, CR_ERROR_OTHER_PRACTICE);
  vault_tear_down (&other, NULL);
}

static void
test_not_a_backup (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (cr_backup_unpack_keys (f->a, f->restored, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_A_PRACTICE);
  g_clear_error (&error);
  g_assert_false (cr_backup_unpack_keys (f->base.folder, f->restored, &error)); /* a folder */
  g_assert_nonnull (error);
}

static gboolean
stop_cb (guint64 bytes, gpointer data)
{
  return bytes < 100000;
}

/* A writer that is stopped, or never finished, leaves nothing; nor is anybody's file overwritten. */
static void
test_unfinished (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *temporary = g_strconcat (f->backup, ".new", NULL);
  CrBackupWriter *writer = cr_backup_writer_new (f->base.vault, f->backup, stop_cb, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (cr_backup_writer_add (writer, "practice.db", f->a, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_CANCELLED);
  cr_backup_writer_free (writer);
  g_assert_false (g_file_test (f->backup, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (temporary, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  write_file (temporary, "mine", 4);
  writer = cr_backup_writer_new (f->base.vault, f->backup, NULL, NULL, &error);
  g_assert_null (writer);
  g_assert_nonnull (error);
  g_assert_true (g_file_test (temporary, G_FILE_TEST_EXISTS));
}

static void
test_adopt (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  take (f);
  g_assert_true (cr_backup_unpack_keys (f->backup, f->restored, &error));
  g_autoptr (CrVault) adopted = cr_vault_adopt (f->base.vault, f->restored, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cr_vault_folder (adopted), ==, f->restored);
  g_assert_cmpuint (cr_vault_generation (adopted), ==, cr_vault_generation (f->base.vault));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/vault/backup/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("signer", test_signer);
  ADD ("damage", test_damage);
  ADD ("trailing", test_trailing);
  ADD ("other-practice", test_other_practice);
  ADD ("not-a-backup", test_not_a_backup);
  ADD ("unfinished", test_unfinished);
  ADD ("adopt", test_adopt);
  return g_test_run ();
}
