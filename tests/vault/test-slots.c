/* practice.keys: who opens it, who does not, and how it changes. */
#include "vault-fixture.h"
#include "../../src/vault/key-file.h"
#include "../../src/vault/key-slot.h"
#include "chartroom/vault/page-cipher.h"
#include <sodium.h>
#include <sys/stat.h>

static CrVault *
try_open (VaultFixture *f, const char *name, const char *password, GError **error)
{
  return cr_vault_open (f->folder, name, password, error);
}

static void
assert_opens (VaultFixture *f, const char *name, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) vault = try_open (f, name, password, &error);

  g_assert_no_error (error);
  g_assert_nonnull (vault);
}

static void
assert_refuses (VaultFixture *f, const char *name, const char *password, int code)
{
  g_autoptr (GError) error = NULL;

  assert_refused (try_open (f, name, password, &error), &error, code);
}

/* As an attacker without any key would write it: a new plain digest, the old MAC. */
static void
rewrite_with_digest (const char *path, char *content, gsize size)
{
  crypto_generichash ((guint8 *)content + size - 32, 32, (guint8 *)content, size - 32, NULL, 0);
  write_file (path, content, size);
}

static void
test_open (VaultFixture *f, gconstpointer data)
{
  guint8 a[16], b[16];
  g_autoptr (CrVault) again = try_open (f, "Doctor", FIXTURE_PASSWORD, NULL);

  g_assert_nonnull (again);
  g_assert_cmpstr (cr_vault_name (again), ==, FIXTURE_NAME);
  g_assert_cmpstr (cr_vault_folder (again), ==, f->folder);
  g_assert_cmpstr (cr_vault_database (again), ==, "practice.db");
  cr_vault_store_id (f->vault, a);
  cr_vault_store_id (again, b);
  g_assert_cmpmem (a, 16, b, 16);
  g_assert_cmpuint (cr_vault_page_key_handle (again), !=, cr_vault_page_key_handle (f->vault));
  assert_refuses (f, FIXTURE_NAME, "four words of nonsence", CR_ERROR_WRONG_PASSWORD);
  assert_refuses (f, FIXTURE_NAME, "", CR_ERROR_WRONG_PASSWORD);
  assert_refuses (f, "nobody", FIXTURE_PASSWORD, CR_ERROR_WRONG_PASSWORD);
}

static void
test_files_are_private (VaultFixture *f, gconstpointer data)
{
  static const char *const names[] = { "", "documents", "practice.keys" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = fixture_path (f, names[i]);
    GStatBuf st;

    g_assert_cmpint (g_stat (path, &st), ==, 0);
    g_assert_cmpint (st.st_mode & 077, ==, 0);
  }
}

static void
test_missing (VaultFixture *f, gconstpointer data)
{
  g_autofree char *keys = fixture_path (f, "practice.keys"), *database = fixture_path (f, "practice.db");

  write_file (database, "x", 1);
  g_unlink (keys);
  assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_KEYS_MISSING);
  g_unlink (database);
  assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_NOT_A_PRACTICE);
  remove_tree (f->folder);
  assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_NOT_A_PRACTICE);
}

static void
test_every_byte (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "practice.keys"), *content = NULL;
  gsize size;

  read_file (path, &content, &size);
  for (gsize i = 0; i < size; i++) {
    content[i] ^= 0x20;
    write_file (path, content, size);
    content[i] ^= 0x20;
    assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_KEYS_ALTERED);
  }
  for (gsize cut = 0; cut < size; cut += 37) {
    write_file (path, content, cut);
    assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_KEYS_ALTERED);
  }
  write_file (path, content, size);
  assert_opens (f, FIXTURE_NAME, FIXTURE_PASSWORD);
}

/* Even with a right digest nothing opens, and nothing crashes. */
static void
test_every_byte_with_digest (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "practice.keys"), *content = NULL;
  gsize size;

  read_file (path, &content, &size);
  for (gsize i = 0; i + 32 < size; i++) {
    g_autoptr (GError) error = NULL;

    content[i] ^= 0x01;
    rewrite_with_digest (path, content, size);
    g_assert_null (try_open (f, FIXTURE_NAME, FIXTURE_PASSWORD, &error));
    g_assert_nonnull (error);
    content[i] ^= 0x01;
  }
}

/* Changes one number of the person's slot. */
static void
alter_slot (VaultFixture *f, gsize offset, guint bytes, guint64 value)
{
  g_autofree char *path = fixture_path (f, "practice.keys"), *content = NULL;
  gsize size;
  char *name;

  read_file (path, &content, &size);
  name = memmem (content, size, FIXTURE_NAME, strlen (FIXTURE_NAME));
  g_assert_nonnull (name);
  for (guint i = 0; i < bytes; i++)
    (name - 71 + offset)[i] = (char)(value >> (8 * (bytes - 1 - i)));
  rewrite_with_digest (path, content, size);
}

static void
test_hostile_passes (VaultFixture *f, gconstpointer data)
{
  alter_slot (f, 18, 4, 31);
  assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_HOSTILE_KEYS);
}

static void
test_hostile_memory (VaultFixture *f, gconstpointer data)
{
  alter_slot (f, 22, 8, (G_GUINT64_CONSTANT (2) << 30) + 1);
  assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_HOSTILE_KEYS);
}

static void
test_newer (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "practice.keys"), *content = NULL;
  gsize size;

  read_file (path, &content, &size);
  content[11] = 2;
  rewrite_with_digest (path, content, size);
  assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_STORE_NEWER);
}

static void
test_people (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  guint64 generation = cr_vault_generation (f->vault);

  g_assert_true (cr_vault_add_person (f->vault, "nurse", "another phrase entirely", CR_KDF_TEST, &error));
  g_assert_cmpuint (cr_vault_generation (f->vault), ==, generation + 1);
  assert_opens (f, "nurse", "another phrase entirely");
  assert_opens (f, FIXTURE_NAME, FIXTURE_PASSWORD);
  assert_refuses (f, "nurse", FIXTURE_PASSWORD, CR_ERROR_WRONG_PASSWORD);
  names = cr_vault_slot_names (f->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, FIXTURE_NAME);
  g_assert_cmpstr (names[1], ==, "nurse");
  g_assert_true (cr_vault_remove_person (f->vault, "NURSE", &error));
  assert_refuses (f, "nurse", "another phrase entirely", CR_ERROR_WRONG_PASSWORD);
}

static void
test_people_refused (VaultFixture *f, gconstpointer data)
{
  static const char *const names[] = {
    "", "tab\there", "\xff", "a name of far more than sixty-four letters, which nobody wants to type"
  };
  guint64 generation = cr_vault_generation (f->vault);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (cr_vault_add_person (f->vault, names[i], "x", CR_KDF_TEST, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  }
  g_autoptr (GError) twice = NULL, unknown = NULL, last = NULL, nobody = NULL;
  g_assert_false (cr_vault_add_person (f->vault, "DOCTOR", "x", CR_KDF_TEST, &twice));
  g_assert_error (twice, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_false (cr_vault_remove_person (f->vault, "nobody", &unknown));
  g_assert_error (unknown, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_assert_false (cr_vault_remove_person (f->vault, FIXTURE_NAME, &last));
  g_assert_error (last, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_false (cr_vault_change_password (f->vault, "nobody", "x", CR_KDF_TEST, &nobody));
  g_assert_error (nobody, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_assert_cmpuint (cr_vault_generation (f->vault), ==, generation);
}

/* One's own new password keeps one's signature; a password given by another person brings a new one. */
static void
test_passwords_and_signatures (VaultFixture *f, gconstpointer data)
{
  guint8 before[32], after[32];
  g_autoptr (CrVault) own = NULL, nurse = NULL, reset = NULL;

  cr_vault_public_key (f->vault, before);
  g_assert_true (
      cr_vault_change_password (f->vault, FIXTURE_NAME, "a new phrase of mine", CR_KDF_TEST, NULL));
  assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_WRONG_PASSWORD);
  own = try_open (f, FIXTURE_NAME, "a new phrase of mine", NULL);
  cr_vault_public_key (own, after);
  g_assert_cmpmem (before, 32, after, 32);

  g_assert_true (cr_vault_add_person (f->vault, "nurse", "another phrase entirely", CR_KDF_TEST, NULL));
  nurse = try_open (f, "nurse", "another phrase entirely", NULL);
  cr_vault_public_key (nurse, before);
  g_assert_cmpint (memcmp (before, after, 32), !=, 0);
  g_assert_true (cr_vault_change_password (f->vault, "nurse", "given by the doctor", CR_KDF_TEST, NULL));
  reset = cr_vault_open_beside (f->vault, "nurse", "given by the doctor", NULL);
  g_assert_nonnull (reset);
  cr_vault_public_key (reset, after);
  g_assert_cmpint (memcmp (before, after, 32), !=, 0);
}

/* What a later version put into the file stays there. */
static void
test_unknown_kept (VaultFixture *f, gconstpointer data)
{
  static const char slot[] = "\x07 a slot of a later kind", record[] = "a record of a later type";
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  g_autofree char *path = fixture_path (f, "practice.keys"), *content = NULL;
  gsize size;
  guint8 any_key[32] = { 0 };
  g_autoptr (GError) error = NULL;

  key_file_add (file, KEY_RECORD_SLOT, g_bytes_new_static (slot, sizeof slot));
  key_file_add (file, 99, g_bytes_new_static (record, sizeof record));
  g_assert_true (
      key_file_store (file, f->folder, any_key, NULL)); /* not the vault's key: authentic to nobody */
  assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_KEYS_ALTERED);
  g_assert_false (cr_vault_add_person (f->vault, "nurse", "another phrase entirely", CR_KDF_TEST, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_KEYS_ALTERED);
  read_file (path, &content, &size);
  g_assert_nonnull (memmem (content, size, slot, sizeof slot));
  g_assert_nonnull (memmem (content, size, record, sizeof record));
  g_clear_pointer (&file, key_file_free);
  file = key_file_load (f->folder, NULL);
  g_assert_true (key_file_authenticate (file, any_key, NULL));
  g_assert_nonnull (key_file_find (file, 99));
  g_assert_true (key_file_store (file, f->folder, any_key, NULL));
  g_clear_pointer (&file, key_file_free);
  file = key_file_load (f->folder, NULL);
  g_assert_cmpuint (file->records->len, ==,
                    7); /* epoch, recovery and doctor with their public records, and the two */
}

/* Two programs: each change is made to what the other one wrote. */
static void
test_two_vaults (VaultFixture *f, gconstpointer data)
{
  g_autoptr (CrVault) other = try_open (f, FIXTURE_NAME, FIXTURE_PASSWORD, NULL);
  guint8 head[32] = { 1, 2, 3 }, found[32];
  gint64 count = 0;

  g_assert_true (cr_vault_add_person (other, "nurse", "another phrase entirely", CR_KDF_TEST, NULL));
  g_assert_true (cr_vault_seal_head (f->vault, 17, head, NULL));
  g_assert_true (cr_vault_add_person (other, "clerk", "a third phrase there is", CR_KDF_TEST, NULL));
  assert_opens (f, "nurse", "another phrase entirely");
  assert_opens (f, "clerk", "a third phrase there is");
  g_assert_true (cr_vault_sealed_head (other, &count, found));
  g_assert_cmpint (count, ==, 17);
  g_assert_cmpmem (found, 32, head, 32);
}

static void
test_head (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "practice.keys"), *content = NULL;
  guint8 head[32], found[32];
  gint64 count;
  gsize size;

  memset (head, 0xab, sizeof head);
  g_assert_false (cr_vault_sealed_head (f->vault, &count, found));
  g_assert_true (cr_vault_seal_head (f->vault, 1, head, NULL));
  head[0] = 0xac;
  g_assert_true (cr_vault_seal_head (f->vault, 1234567, head, NULL));
  g_assert_true (cr_vault_sealed_head (f->vault, &count, found));
  g_assert_cmpint (count, ==, 1234567);
  g_assert_cmpmem (found, 32, head, 32);
  read_file (path, &content, &size);
  g_assert_null (memmem (content, size, head, 32));
  content[size - 100] ^= 1;
  rewrite_with_digest (path, content, size);
  g_assert_false (cr_vault_sealed_head (f->vault, &count, found));
}

/* A file that a crash left beside the key file neither opens anything nor stands in the way. */
static void
test_left_over (VaultFixture *f, gconstpointer data)
{
  g_autofree char *left = fixture_path (f, "practice.keys.new");

  write_file (left, "half a key fi", 13);
  assert_opens (f, FIXTURE_NAME, FIXTURE_PASSWORD);
  g_assert_true (cr_vault_add_person (f->vault, "nurse", "another phrase entirely", CR_KDF_TEST, NULL));
  assert_opens (f, "nurse", "another phrase entirely");
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
}

static void
test_create_refused (VaultFixture *f, gconstpointer data)
{
  g_autofree char *inside = g_build_filename (f->parent, "no", "such", "folder", NULL);
  g_autofree char *fresh = g_build_filename (f->parent, "fresh.practice", NULL);
  g_autofree char *keys = fixture_path (f, "practice.keys"), *before = NULL, *after = NULL;
  g_autoptr (GError) full = NULL, absent = NULL, bad_name = NULL;
  gsize size, size_after;

  read_file (keys, &before, &size);
  assert_refused (cr_vault_create (f->folder, "x", "y", CR_KDF_TEST, NULL, &full), &full, CR_ERROR_INVALID);
  read_file (keys, &after, &size_after);
  g_assert_cmpmem (before, size, after, size_after);
  assert_refused (cr_vault_create (inside, "x", "y", CR_KDF_TEST, NULL, &absent), &absent,
                  CR_ERROR_NOT_FOUND);
  assert_refused (cr_vault_create (fresh, "", "y", CR_KDF_TEST, NULL, &bad_name), &bad_name,
                  CR_ERROR_INVALID);
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));
}

/* Every slot of another practice is as good as none: its key file does not fit, even digest and all. */
static void
test_other_practices_slot (VaultFixture *f, gconstpointer data)
{
  VaultFixture other = { 0 };
  g_autoptr (KeyFile) mine = NULL, foreign = NULL;
  guint8 any_key[32] = { 0 };

  vault_set_up (&other, NULL);
  mine = key_file_load (f->folder, NULL);
  foreign = key_file_load (other.folder, NULL);
  g_ptr_array_set_size (mine->records, 0);
  for (guint i = 0; i < foreign->records->len; i++) {
    KeyRecord *record = foreign->records->pdata[i];
    key_file_add (mine, record->type, g_bytes_ref (record->body));
  }
  g_assert_true (key_file_store (mine, f->folder, any_key, NULL));
  assert_refuses (f, FIXTURE_NAME, FIXTURE_PASSWORD, CR_ERROR_KEYS_ALTERED);
  vault_tear_down (&other, NULL);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (VaultFixture *, gconstpointer);
  } tests[] = {
    { "/slots/open", test_open },
    { "/slots/files-are-private", test_files_are_private },
    { "/slots/missing", test_missing },
    { "/slots/every-byte", test_every_byte },
    { "/slots/every-byte-with-digest", test_every_byte_with_digest },
    { "/slots/hostile-passes", test_hostile_passes },
    { "/slots/hostile-memory", test_hostile_memory },
    { "/slots/newer", test_newer },
    { "/slots/people", test_people },
    { "/slots/people-refused", test_people_refused },
    { "/slots/passwords-and-signatures", test_passwords_and_signatures },
    { "/slots/unknown-kept", test_unknown_kept },
    { "/slots/two-vaults", test_two_vaults },
    { "/slots/head", test_head },
    { "/slots/left-over", test_left_over },
    { "/slots/create-refused", test_create_refused },
    { "/slots/other-practices-slot", test_other_practices_slot },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, VaultFixture, NULL, vault_set_up, tests[i].test, vault_tear_down);
  return g_test_run ();
}
