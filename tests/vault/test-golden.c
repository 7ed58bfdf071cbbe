/* The formats, byte for byte: with a fixed key and a fixed source of random bytes each sealed thing is the
 * file kept in tests/fixtures/golden, and those files, never changed, open for ever.
 * CHARTROOM_GOLDEN_WRITE=FOLDER makes the files of a new kind of thing; existing ones stay. */
#include "vault-fixture.h"
#include "../../src/vault/recovery-code.h"
#include "../../src/vault/vault-private.h"
#include "chartroom/vault/rotation.h"
#include "chartroom/vault/backup.h"
#include "chartroom/vault/page-cipher.h"
#include <sodium.h>

#define DOCUMENT_TEXT "A letter of an invented clinic about nobody."
#define ABOUT "chartroom-backup 1\nmark 0123456789abcdef0123456789abcdef\nneeds none\n"

/* ---- random bytes that are the same in every run ---- */

static guint64 counter;
static guint64 code_number; /* of a recovery code, whenever it is made; the rest leaves it out */

static const char *
source_name (void)
{
  return "counter";
}

static void
source_fill (void *const buffer, const size_t size)
{
  guint8 seed[32] = "a golden seed";
  guint8 nonce[crypto_stream_chacha20_NONCEBYTES] = { 0 };
  counter += counter == code_number;
  memcpy (nonce, size == RECOVERY_BYTES ? &code_number : &counter, sizeof counter);
  counter += size != RECOVERY_BYTES;
  crypto_stream_chacha20 (buffer, size, nonce, seed);
}

static guint32
source_number (void)
{
  guint32 number;
  source_fill (&number, sizeof number);
  return number;
}

static randombytes_implementation source = { .implementation_name = source_name,
                                             .random = source_number,
                                             .buf = source_fill };

/* ---- kept files ---- */

static char *
golden_path (const char *name)
{
  return g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "tests", "fixtures", "golden", name, NULL);
}

static void
assert_golden (const char *name, const void *data, gsize size)
{
  const char *target = g_getenv ("CHARTROOM_GOLDEN_WRITE");
  g_autofree char *path = golden_path (name), *kept = NULL;
  gsize kept_size;
  if (target != NULL && !g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_autofree char *made = g_build_filename (target, name, NULL);
    write_file (made, data, size);
    return;
  }
  read_file (path, &kept, &kept_size);
  g_assert_cmpmem (data, size, kept, kept_size);
}

static void
assert_golden_file (const char *name, const char *path)
{
  g_autofree char *content = NULL;
  gsize size;
  read_file (path, &content, &size);
  assert_golden (name, content, size);
}

/* ---- pages ---- */

static CrPageKeys
page_keys (void)
{
  CrPageKeys keys;
  for (guint i = 0; i < sizeof keys; i++)
    ((guint8 *)&keys)[i] = (guint8)(i * 7 + 1);
  return keys;
}

static void
seal_page (const CrPagePlace *place, guint8 *sealed)
{
  CrPageKeys keys = page_keys ();
  guint8 nonce[CR_PAGE_NONCE];
  g_autofree guint8 *plain = g_malloc0 (place->page_size);
  for (guint i = 0; i < sizeof nonce; i++)
    nonce[i] = (guint8)(200 - i);
  for (guint i = 0; i < place->page_size - CR_PAGE_RESERVE; i++)
    plain[i] = (guint8)(i ^ i >> 8);
  cr_page_seal (&keys, place, nonce, plain, sealed);
}

static void
check_opens (const char *name, const CrPagePlace *place)
{
  CrPageKeys keys = page_keys ();
  g_autofree char *path = golden_path (name), *kept = NULL;
  gsize size;
  read_file (path, &kept, &size);
  g_assert_cmpint (cr_page_open (&keys, place, (guint8 *)kept), ==, 0);
  g_assert_cmpint ((guint8)kept[300], ==, (guint8)(300 ^ 300 >> 8));
}

static void
test_page (void)
{
  CrPagePlace place = { .kind = 'D', .page_size = 4096, .number = 7 };
  guint8 sealed[4096];
  seal_page (&place, sealed);
  assert_golden ("page", sealed, sizeof sealed);
  if (g_getenv ("CHARTROOM_GOLDEN_WRITE") == NULL)
    check_opens ("page", &place);
}

/* The frame's checksum words, permuted, and its page. */
static void
test_frame (void)
{
  CrPageKeys keys = page_keys ();
  CrPagePlace place = {
    .kind = 'W', .page_size = 1024, .number = 3, .extra = 0x0102030405060708, .log_page = 9
  };
  guint8 frame[8 + 1024] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  cr_wal_words_seal (&keys, place.extra, place.number, frame);
  seal_page (&place, frame + 8);
  assert_golden ("frame", frame, sizeof frame);
  cr_wal_words_open (&keys, place.extra, place.number, frame);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpuint (frame[i], ==, i + 1);
}

/* A journal record's page and the mask of its checksum word. */
static void
test_record (void)
{
  CrPageKeys keys = page_keys ();
  CrPagePlace place = { .kind = 'J', .page_size = 1024, .number = 5, .extra = 516 };
  guint8 record[1024 + 4], nonce[CR_PAGE_NONCE] = { 42 };
  seal_page (&place, record);
  cr_put_u32 (record + 1024, cr_journal_mask (&keys, nonce, 516 + 1024));
  assert_golden ("record", record, sizeof record);
}

/* ---- key file, document, backup: all of one practice ---- */

static void
check_kept_practice (const char *folder, const char *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *keys = golden_path ("practice.keys"), *sealed = golden_path ("document");
  g_autofree char *own_keys = g_build_filename (folder, "practice.keys", NULL);
  g_autofree char *documents = g_build_filename (folder, "documents", NULL);
  g_autofree char *own = g_build_filename (documents, document, NULL), *content = NULL, *mime = NULL;
  gsize size;
  g_assert_cmpint (g_mkdir_with_parents (documents, 0700), ==, 0);
  read_file (keys, &content, &size);
  write_file (own_keys, content, size);
  g_clear_pointer (&content, g_free);
  read_file (sealed, &content, &size);
  write_file (own, content, size);
  g_autoptr (CrVault) vault = cr_vault_open (folder, FIXTURE_NAME, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) text = cr_vault_document_read (vault, document, &mime, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), DOCUMENT_TEXT,
                   strlen (DOCUMENT_TEXT));
  g_autofree char *backup = golden_path ("backup");
  CrBackupReading reading = { 0 };
  guint8 signer[32];
  g_autofree char *manifest = cr_backup_read (vault, backup, &reading, signer, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (manifest, ABOUT "file documents/"));
}

static void
make_backup (VaultFixture *f, const char *path, const char *name, const char *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrBackupWriter) writer = cr_backup_writer_new (f->vault, path, NULL, NULL, &error);
  g_autofree char *within = g_strconcat ("documents/", name, NULL);
  g_assert_true (cr_backup_writer_add (writer, within, document, &error));
  g_assert_true (cr_backup_writer_finish (writer, ABOUT, &error));
  g_assert_no_error (error);
}

/* Key files had no public records at first: without them the bytes are what they were. */
static void
take_public_records_out (VaultFixture *f)
{
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  KeyRecord *record;
  while ((record = key_file_find (file, KEY_RECORD_PUBLIC)) != NULL)
    key_file_remove (file, record);
  file->generation--;
  g_assert_true (key_file_store (file, f->folder, vault_newest (f->vault)->key_file, NULL));
}

static void
test_practice (void)
{
  VaultFixture f = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = g_bytes_new_static (DOCUMENT_TEXT, strlen (DOCUMENT_TEXT));
  g_autofree char *name = NULL;
  counter = 0;
  code_number = 4;
  vault_set_up (&f, NULL);
  g_assert_true (cr_vault_document_write (f.vault, "text/plain", text, &name, &error));
  g_assert_no_error (error);
  g_autofree char *keys = fixture_path (&f, "practice.keys");
  assert_golden_file ("practice.keys-public", keys);
  take_public_records_out (&f);
  g_autofree char *document = g_build_filename (f.folder, "documents", name, NULL);
  g_autofree char *backup = g_build_filename (f.parent, "backup", NULL);
  g_autofree char *again = g_build_filename (f.parent, "Again.practice", NULL);
  make_backup (&f, backup, name, document);
  assert_golden_file ("practice.keys", keys);
  assert_golden_file ("document", document);
  assert_golden_file ("backup", backup);
  if (g_getenv ("CHARTROOM_GOLDEN_WRITE") == NULL)
    check_kept_practice (again, name);
  vault_tear_down (&f, NULL);
}

/* ---- the same practice in its second epoch ---- */

static gboolean
stays (const char *name, gpointer data)
{
  return TRUE;
}

static void
check_kept_second_epoch (VaultFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = golden_path ("practice.keys-rotated"), *own = fixture_path (f, "practice.keys");
  g_autofree char *content = NULL;
  guint8 head[32];
  gint64 count = 0;
  gsize size;
  read_file (kept, &content, &size);
  write_file (own, content, size);
  g_autoptr (CrVault) vault = cr_vault_open (f->folder, FIXTURE_NAME, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cr_vault_epoch (vault), ==, 2);
  g_assert_cmpstr (cr_vault_database (vault), ==, "practice-2.db");
  g_assert_true (cr_vault_sealed_head (vault, &count, head));
  g_assert_cmpint (count, ==, 7);
}

static void
test_rotated (void)
{
  VaultFixture f = { 0 };
  g_autoptr (GError) error = NULL;
  CrEpochChange change = { .stays = stays, .entries = 7, .head = "a head of a chain" };
  char *code;
  counter = 0;
  code_number = 3;
  vault_set_up (&f, NULL);
  code_number = 17;
  change.code = code = cr_recovery_code_new (NULL);
  g_autoptr (CrVault) next = cr_vault_next_epoch (f.vault, &error);
  g_assert_no_error (error);
  g_autofree char *database = fixture_path (&f, cr_vault_database (next));
  write_file (database, "x", 1);
  g_assert_true (cr_vault_enter_epoch (f.vault, next, &change, &error));
  g_assert_no_error (error);
  g_autofree char *keys = fixture_path (&f, "practice.keys");
  assert_golden_file ("practice.keys-rotated", keys);
  cr_secret_free (code);
  if (g_getenv ("CHARTROOM_GOLDEN_WRITE") == NULL)
    check_kept_second_epoch (&f);
  vault_tear_down (&f, NULL);
}

int
main (int argc, char **argv)
{
  randombytes_set_implementation (&source);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/golden/page", test_page);
  g_test_add_func ("/vault/golden/frame", test_frame);
  g_test_add_func ("/vault/golden/record", test_record);
  g_test_add_func ("/vault/golden/practice", test_practice);
  g_test_add_func ("/vault/golden/rotated", test_rotated);
  return g_test_run ();
}
