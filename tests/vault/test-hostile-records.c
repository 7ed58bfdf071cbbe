/* practice.keys with records that authenticate and say what no Chartroom writes: by a person of the practice,
 * or by a program that was not finished.  Nothing is read beyond them, nothing opens by them. */
#include "../../src/vault/key-grant.h"
#include "../../src/vault/vault-private.h"
#include "vault-fixture.h"
#include "chartroom/vault/backup.h"
#include "chartroom/vault/page-cipher.h"
#include "chartroom/vault/rotation.h"

/* Replaces the first record of that type (or adds one), and authenticates the file again. */
static void
put_record (VaultFixture *f, guint16 type, const void *body, gsize size)
{
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  KeyRecord *record = key_file_find (file, type);
  if (record != NULL)
    key_file_replace (file, record, g_bytes_new (body, size));
  else
    key_file_add (file, type, g_bytes_new (body, size));
  g_assert_true (key_file_store (file, f->folder, vault_newest (f->vault)->key_file, NULL));
}

static CrVault *
open_again (VaultFixture *f, GError **error)
{
  return cr_vault_open (f->folder, FIXTURE_NAME, FIXTURE_PASSWORD, error);
}

static void
assert_altered (VaultFixture *f)
{
  g_autoptr (GError) error = NULL;
  assert_refused (open_again (f, &error), &error, CR_ERROR_KEYS_ALTERED);
}

/* A record that is cut short says nothing: it is the first epoch's, and its database has the first name. */
static void
test_short_epochs (VaultFixture *f, gconstpointer data)
{
  static const guint8 BODY[] = { 0, 0, 0, 1, 200, 'x', '.', 'd', 'b' }; /* a name longer than there is */
  for (gsize size = 0; size <= sizeof BODY; size++) {
    g_autoptr (GError) error = NULL;
    put_record (f, KEY_RECORD_EPOCH, BODY, size);
    g_autoptr (CrVault) vault = open_again (f, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (cr_vault_epoch (vault), ==, 1);
    g_assert_cmpstr (cr_vault_database (vault), ==, "practice.db");
  }
}

/* As many epochs as records, counted from 1. */
static void
test_wrong_epochs (VaultFixture *f, gconstpointer data)
{
  static const guint32 NUMBERS[] = { 0, 2, 7, G_MAXUINT32 };
  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++) {
    guint8 body[5] = { 0 };
    cr_put_u32 (body, NUMBERS[i]);
    put_record (f, KEY_RECORD_EPOCH, body, sizeof body);
    assert_altered (f);
  }
}

static gboolean
stays (const char *name, gpointer data)
{
  return TRUE;
}

static void
rotate (VaultFixture *f)
{
  char *code = cr_recovery_code_new (NULL);
  CrEpochChange change = { .stays = stays, .code = code };
  g_autoptr (GError) error = NULL;
  CrVault *next = cr_vault_next_epoch (f->vault, &error);
  g_autofree char *path = NULL;
  g_assert_no_error (error);
  path = fixture_path (f, cr_vault_database (next));
  write_file (path, "sealed pages", 12);
  g_assert_true (cr_vault_enter_epoch (f->vault, next, &change, &error));
  cr_secret_free (code);
  cr_vault_unref (f->vault);
  f->vault = next;
}

/* The record of an older epoch, in place of which stands something else. */
static void
put_older (VaultFixture *f, const guint8 *body, gsize size)
{
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  KeyRecord *older = NULL;
  for (guint i = 0; i < file->records->len; i++)
    if (((KeyRecord *)file->records->pdata[i])->type == KEY_RECORD_EPOCH)
      older = file->records->pdata[i]; /* the last one is the oldest */
  key_file_replace (file, older, g_bytes_new (body, size));
  g_assert_true (key_file_store (file, f->folder, vault_newest (f->vault)->key_file, NULL));
}

/* The keys of before must all be there, and open. */
static void
test_older_epochs (VaultFixture *f, gconstpointer data)
{
  guint8 body[5 + 24 + 48] = { 0, 0, 0, 1, 0 };
  rotate (f);
  cr_vault_unref (open_again (f, NULL));
  put_older (f, body, 3);
  assert_altered (f);
  put_older (f, body, 5);
  assert_altered (f);
  put_older (f, body, sizeof body); /* a box that does not open */
  assert_altered (f);
  body[3] = 2; /* the newest once more */
  put_older (f, body, sizeof body);
  assert_altered (f);
}

/* A head of another size is none, and so is one in a file that is not there. */
static void
test_heads (VaultFixture *f, gconstpointer data)
{
  static const guint8 BODY[81] = { 0 };
  static const gsize SIZES[] = { 0, 24, 79, 80, 81 };
  g_autofree char *path = fixture_path (f, "practice.keys");
  guint8 head[32] = { 4, 7 }, found[32];
  gint64 count = 0;
  g_assert_false (cr_vault_sealed_head (f->vault, &count, found));
  g_assert_true (cr_vault_seal_head (f->vault, 11, head, NULL));
  g_assert_true (cr_vault_sealed_head (f->vault, &count, found));
  g_assert_cmpint (count, ==, 11);
  g_assert_cmpmem (found, 32, head, 32);
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    put_record (f, KEY_RECORD_HEAD, BODY, SIZES[i]);
    g_assert_false (cr_vault_sealed_head (f->vault, &count, found));
  }
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (cr_vault_sealed_head (f->vault, &count, found));
  g_assert_false (cr_vault_is_in_force (f->vault));
  g_assert_true (cr_vault_check_epoch (f->vault, NULL)); /* says nothing of the epoch: work goes on */
}

/* A slot that cannot be read is nobody: not counted, not listed, and keys are not changed over its head. */
static void
test_unknown_slots (VaultFixture *f, gconstpointer data)
{
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  g_autoptr (GError) error = NULL, refused = NULL;
  CrEpochChange change = { .stays = stays };
  key_file_add (file, KEY_RECORD_SLOT, g_bytes_new_static ("?", 1));
  g_assert_true (key_file_store (file, f->folder, vault_newest (f->vault)->key_file, NULL));
  g_auto (GStrv) names = cr_vault_slot_names (f->folder, NULL);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_false (cr_vault_remove_person (f->vault, FIXTURE_NAME, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  cr_vault_unref (open_again (f, NULL));
  g_autoptr (CrVault) next = cr_vault_next_epoch (f->vault, NULL);
  g_assert_false (cr_vault_enter_epoch (f->vault, next, &change, &refused));
  g_assert_error (refused, CR_ERROR, CR_ERROR_STORE_NEWER);
}

/* Grants and public records for slots they do not belong to, or of no length. */
static void
test_grants (VaultFixture *f, gconstpointer data)
{
  static const guint8 BODY[200] = { 0 };
  static const gsize SIZES[] = { 0, 4, 20, 200 };
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    g_autoptr (GError) error = NULL;
    put_record (f, KEY_RECORD_GRANT, BODY, SIZES[i]);
    put_record (f, KEY_RECORD_PUBLIC, BODY, SIZES[i]);
    g_autoptr (CrVault) vault = open_again (f, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (cr_vault_epoch (vault), ==, 1);
  }
}

/* A public key to which nothing can be sealed: who has it is named, and gets no grant that opens nothing. */
static void
test_weak_public (VaultFixture *f, gconstpointer data)
{
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  g_auto (KeySlot) slot = { 0 };
  const guint8 *id = key_slot_id (vault_find_slot (file, FIXTURE_NAME, &slot)->body);
  CrEpochChange change = { .stays = stays };
  g_autoptr (GError) error = NULL;
  guint8 body[KEY_SLOT_ID + 4 + 32] = { 0 };
  KeyRecord *record;
  while ((record = key_file_find (file, KEY_RECORD_PUBLIC)) != NULL)
    key_file_remove (file, record);
  memcpy (body, id, KEY_SLOT_ID);
  body[KEY_SLOT_ID + 3] = 1;
  key_file_add (file, KEY_RECORD_PUBLIC, g_bytes_new (body, sizeof body));
  g_assert_true (key_file_store (file, f->folder, vault_newest (f->vault)->key_file, NULL));
  g_autoptr (CrVault) next = cr_vault_next_epoch (f->vault, NULL);
  g_assert_false (cr_vault_enter_epoch (f->vault, next, &change, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_nonnull (strstr (error->message, FIXTURE_NAME));
  assert_altered (f); /* it is not the password's own */
}

/* A file as large as it may be has no room for one more person; it stays as it is. */
static void
test_no_room (VaultFixture *f, gconstpointer data)
{
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  g_autofree char *path = fixture_path (f, "practice.keys"), *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize size, length, room;
  read_file (path, &before, &size);
  room = KEY_FILE_MAX - size - 8 - 100; /* a record's header; less than a slot */
  g_clear_pointer (&before, g_free);
  key_file_add (file, 4711, g_bytes_new_take (g_malloc0 (room), room)); /* of no known type: kept */
  g_assert_true (key_file_store (file, f->folder, vault_newest (f->vault)->key_file, NULL));
  read_file (path, &before, &size);
  g_assert_false (cr_vault_add_person (f->vault, "nurse", "another phrase", CR_KDF_TEST, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "no room for more people"));
  read_file (path, &after, &length);
  g_assert_cmpmem (after, length, before, size);
  cr_vault_unref (open_again (f, NULL));
}

/* Databases of before, as far as they lie there; without a key file none is known to be one. */
static void
test_former (VaultFixture *f, gconstpointer data)
{
  g_autofree char *first = fixture_path (f, "practice.db"), *path = fixture_path (f, "practice.keys");
  g_auto (GStrv) one = NULL, both = NULL, none = NULL, unknown = NULL;
  write_file (first, "sealed pages", 12);
  rotate (f);
  one = cr_vault_former_databases (f->vault);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (one[0], ==, "practice.db");
  rotate (f);
  both = cr_vault_former_databases (f->vault);
  g_assert_cmpuint (g_strv_length (both), ==, 2);
  g_assert_cmpstr (both[0], ==, "practice-2.db");
  g_assert_cmpint (g_unlink (first), ==, 0);
  rotate (f);
  none = cr_vault_former_databases (f->vault);
  g_assert_cmpuint (g_strv_length (none), ==, 2);
  g_assert_cmpint (g_unlink (path), ==, 0);
  unknown = cr_vault_former_databases (f->vault);
  g_assert_cmpuint (g_strv_length (unknown), ==, 0);
}

/* A vault of an older practice key is not made from the newer one's file, nor the other way. */
static void
test_adopt_newer (VaultFixture *f, gconstpointer data)
{
  g_autoptr (CrVault) before = open_again (f, NULL);
  g_autoptr (GError) error = NULL, missing = NULL;
  rotate (f);
  assert_refused (cr_vault_adopt (before, f->folder, &error), &error, CR_ERROR_KEYS_ALTERED);
  assert_refused (cr_vault_adopt (before, f->parent, &missing), &missing, CR_ERROR_NOT_A_PRACTICE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                                      \
  g_test_add ("/hostile-records/" name, VaultFixture, NULL, vault_set_up, test, vault_tear_down)
  ADD ("short-epochs", test_short_epochs);
  ADD ("wrong-epochs", test_wrong_epochs);
  ADD ("older-epochs", test_older_epochs);
  ADD ("heads", test_heads);
  ADD ("unknown-slots", test_unknown_slots);
  ADD ("grants", test_grants);
  ADD ("weak-public", test_weak_public);
  ADD ("no-room", test_no_room);
  ADD ("former", test_former);
  ADD ("adopt-newer", test_adopt_newer);
  return g_test_run ();
}
