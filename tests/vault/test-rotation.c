/* A new key epoch: who comes along, who does not, and what each key still opens. */
#include "vault-fixture.h"
#include "../../src/vault/key-grant.h"
#include "../../src/vault/vault-private.h"
#include "chartroom/vault/backup.h"
#include "chartroom/vault/rotation.h"
#include <sodium.h>

#define NURSE "another phrase entirely"
#define CLERK "a third phrase there is"

typedef struct {
  const char *leaves; /* sign-in name of who is removed; NULL nobody */
  char *code;         /* the newest */
  gboolean wrong_code;
} Rotation;

static gboolean
stays (const char *name, gpointer data)
{
  return g_strcmp0 (name, ((Rotation *)data)->leaves) != 0;
}

static CrEpochChange
new_change (Rotation *rotation)
{
  cr_secret_free (rotation->code);
  rotation->code = rotation->wrong_code ? cr_secret_new ("7K3QD-") : cr_recovery_code_new (NULL);
  return (CrEpochChange){ stays, rotation, rotation->code, 12, { 1, 2, 3 } };
}

/* Its database, as far as the vault looks at it. */
static void
make_database (CrVault *next)
{
  g_autofree char *path = g_build_filename (cr_vault_folder (next), cr_vault_database (next), NULL);

  write_file (path, "sealed pages", 12);
}

/* The vault of the next epoch, in force, or NULL. */
static CrVault *
rotate (CrVault *vault, Rotation *rotation, GError **error)
{
  CrEpochChange change = new_change (rotation);
  g_autoptr (CrVault) next = cr_vault_next_epoch (vault, error);

  if (next == NULL)
    return NULL;
  make_database (next);
  if (!cr_vault_enter_epoch (vault, next, &change, error))
    return NULL;
  return g_steal_pointer (&next);
}

static CrVault *
rotate_well (CrVault *vault, Rotation *rotation)
{
  g_autoptr (GError) error = NULL;
  CrVault *next = rotate (vault, rotation, &error);

  g_assert_no_error (error);
  g_assert_nonnull (next);
  return next;
}

static CrVault *
open_well (VaultFixture *f, const char *name, const char *password)
{
  g_autoptr (GError) error = NULL;
  CrVault *vault = cr_vault_open (f->folder, name, password, &error);

  g_assert_no_error (error);
  return vault;
}

static void
assert_closed (VaultFixture *f, const char *name, const char *password, int code)
{
  g_autoptr (GError) error = NULL;

  assert_refused (cr_vault_open (f->folder, name, password, &error), &error, code);
}

static void
set_up (VaultFixture *f, gconstpointer data)
{
  vault_set_up (f, data);
  g_assert_true (cr_vault_add_person (f->vault, "nurse", NURSE, CR_KDF_TEST, NULL));
  g_assert_true (cr_vault_add_person (f->vault, "clerk", CLERK, CR_KDF_TEST, NULL));
}

static guint
count_records (VaultFixture *f, guint16 type)
{
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  guint n = 0;

  for (guint i = 0; i < file->records->len; i++)
    n += ((KeyRecord *)file->records->pdata[i])->type == type;
  return n;
}

/* What a slot gives to who knows its password; free with sodium_free. */
static KeyPayload *
payload_of (KeyFile *file, const char *name, const char *password, GBytes **slot)
{
  g_auto (KeySlot) parsed = { 0 };
  KeyRecord *record = vault_find_slot (file, name, &parsed);
  KeyPayload *payload = vault_payload_new (NULL);

  g_assert_nonnull (record);
  g_assert_true (key_slot_open (&parsed, password, strlen (password), payload, NULL));
  *slot = g_bytes_ref (record->body);
  return payload;
}

/* ---- who opens what ---- */

static void
test_people (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { .leaves = "clerk" };
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);
  guint8 before[32], after[32], head[32];
  gint64 count = 0;

  g_assert_cmpuint (cr_vault_epoch (f->vault), ==, 1);
  g_assert_cmpuint (cr_vault_epoch (next), ==, 2);
  g_assert_cmpint (memcmp (next->epochs[0].practice, next->epochs[1].practice, 32), !=, 0);
  g_assert_cmpmem (next->epochs[1].practice, 32, f->vault->epochs[0].practice, 32);
  g_assert_cmpuint (count_records (f, KEY_RECORD_GRANT), ==, 2);
  g_assert_cmpuint (count_records (f, KEY_RECORD_PUBLIC), ==, 3);

  g_autoptr (CrVault) doctor = open_well (f, FIXTURE_NAME, FIXTURE_PASSWORD);
  g_assert_cmpuint (cr_vault_epoch (doctor), ==, 2);
  g_assert_cmpstr (cr_vault_database (doctor), ==, "practice-2.db");
  g_assert_cmpmem (doctor->epochs[0].practice, 32, next->epochs[0].practice, 32);
  g_assert_cmpmem (doctor->epochs[1].practice, 32, next->epochs[1].practice, 32);
  cr_vault_public_key (f->vault, before);
  cr_vault_public_key (doctor, after);
  g_assert_cmpmem (before, 32, after, 32); /* signatures stay the person's */
  g_assert_true (cr_vault_sealed_head (doctor, &count, head));
  g_assert_cmpint (count, ==, 12);
  assert_closed (f, "clerk", CLERK, CR_ERROR_WRONG_PASSWORD);
  assert_closed (f, "nurse", CLERK, CR_ERROR_WRONG_PASSWORD);
  cr_secret_free (rotation.code);
}

/* The sign-in writes the slot anew; the next one finds nothing to do. */
static void
test_grant_is_spent (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { 0 };
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);
  guint64 generation = cr_vault_generation (next);
  g_autoptr (CrVault) nurse = open_well (f, "nurse", NURSE);

  g_assert_cmpuint (cr_vault_generation (nurse), ==, generation + 1);
  g_assert_cmpuint (count_records (f, KEY_RECORD_GRANT), ==, 2);
  g_autoptr (CrVault) again = open_well (f, "nurse", NURSE);
  g_assert_cmpuint (cr_vault_generation (again), ==, generation + 1);
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  g_autoptr (GBytes) slot = NULL;
  KeyPayload *payload = payload_of (file, "nurse", NURSE, &slot);
  guint8 public_key[32];
  guint32 epoch = 0;
  g_assert_cmpmem (payload->practice, 32, next->epochs[0].practice, 32);
  g_assert_true (key_grant_find_public (file, slot, &epoch, public_key));
  g_assert_cmpuint (epoch, ==, 2);
  sodium_free (payload);
  cr_secret_free (rotation.code);
}

static void
test_twice (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { 0 };
  g_autoptr (CrVault) second = rotate_well (f->vault, &rotation);
  g_autoptr (CrVault) third = rotate_well (second, &rotation);
  g_autoptr (CrVault) nurse = open_well (f, "nurse", NURSE);

  g_assert_cmpuint (cr_vault_epoch (nurse), ==, 3);
  g_assert_cmpstr (cr_vault_database (nurse), ==, "practice-3.db");
  for (guint i = 0; i < 3; i++)
    g_assert_cmpmem (nurse->epochs[i].practice, 32, third->epochs[i].practice, 32);
  g_assert_cmpmem (nurse->epochs[2].practice, 32, f->vault->epochs[0].practice, 32);
  g_assert_true (cr_vault_add_person (nurse, "locum", "words for a locum tenens", CR_KDF_TEST, NULL));
  g_autoptr (CrVault) locum = open_well (f, "locum", "words for a locum tenens");
  g_assert_cmpuint (cr_vault_epoch (locum), ==, 3);
  cr_secret_free (rotation.code);
}

static void
test_recovery (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { 0 };
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);
  g_autoptr (GError) old = NULL, error = NULL;

  assert_refused (cr_vault_open_recovery (f->folder, f->code, &old), &old, CR_ERROR_WRONG_PASSWORD);
  g_autoptr (CrVault) opened = cr_vault_open_recovery (f->folder, rotation.code, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cr_vault_epoch (opened), ==, 2);
  g_assert_true (cr_vault_change_password (opened, "nurse", "given by the sheet", CR_KDF_TEST, &error));
  g_autoptr (CrVault) nurse = open_well (f, "nurse", "given by the sheet");
  g_assert_cmpmem (nurse->epochs[0].practice, 32, next->epochs[0].practice, 32);
  cr_secret_free (rotation.code);
}

/* ---- who does not ---- */

/* Whoever was removed has the old key file, its slot, the old practice key, and a copy of the new key file.
 */
static void
test_removed (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { .leaves = "clerk" };
  g_autoptr (KeyFile) old = key_file_load (f->folder, NULL);
  g_autoptr (GBytes) slot = NULL;
  KeyPayload *clerk = payload_of (old, "clerk", CLERK, &slot);
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  g_autofree char *path = fixture_path (f, "practice.keys"), *content = NULL;
  g_autoptr (GError) error = NULL;
  guint8 opened[32];
  gsize size;

  read_file (path, &content, &size);
  for (guint i = 0; i < next->n_epochs; i++)
    g_assert_null (memmem (content, size, next->epochs[i].practice, 32));
  g_assert_false (key_file_authenticate (file, f->vault->epochs[0].key_file, &error));
  for (guint i = 0; i < file->records->len; i++) {
    KeyRecord *record = file->records->pdata[i];
    const guint8 *body = g_bytes_get_data (record->body, &size);
    if (record->type == KEY_RECORD_GRANT) {
      g_assert_cmpint (
          crypto_box_seal_open (opened, body + 20, size - 20, clerk->grant_public, clerk->grant_secret), ==,
          -1);
      g_assert_cmpint (memcmp (body + 4, key_slot_id (slot), KEY_SLOT_ID), !=, 0);
    }
    if (record->type == KEY_RECORD_SLOT) /* nor does the old practice key open any of them */
      g_assert_false (g_bytes_equal (record->body, slot));
  }
  sodium_free (clerk);
  cr_secret_free (rotation.code);
}

/* A person whose password leaked has a new one, and has kept the signing seed that the old slot gives away.
 */
static void
test_leaked_password (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { 0 };
  g_autoptr (KeyFile) old = key_file_load (f->folder, NULL);
  g_autoptr (GBytes) old_slot = NULL, new_slot = NULL;
  g_autoptr (GError) error = NULL;
  KeyPayload *leaked = payload_of (old, FIXTURE_NAME, FIXTURE_PASSWORD, &old_slot), *own;
  guint32 epoch;

  g_assert_true (cr_vault_change_password (f->vault, FIXTURE_NAME, "a phrase nobody saw", CR_KDF_TEST, NULL));
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  own = payload_of (file, FIXTURE_NAME, "a phrase nobody saw", &new_slot);
  g_assert_cmpmem (own->seed, 32, leaked->seed, 32);
  g_assert_false (key_grant_follow (file, new_slot, leaked, &epoch, &error));
  g_assert_true (key_grant_follow (file, new_slot, own, &epoch, NULL));
  g_assert_cmpmem (own->practice, 32, next->epochs[0].practice, 32);
  sodium_free (leaked);
  sodium_free (own);
  cr_secret_free (rotation.code);
}

/* ---- altered, by somebody who can make the MAC right ---- */

static void
alter_record (VaultFixture *f, CrVault *vault, KeyFile *file, KeyRecord *record)
{
  gsize size;
  g_autofree guint8 *body = NULL;

  body = g_memdup2 (g_bytes_get_data (record->body, &size), g_bytes_get_size (record->body));
  size = g_bytes_get_size (record->body);
  body[size - 1] ^= 1;
  key_file_replace (file, record, g_bytes_new (body, size));
  g_assert_true (key_file_store (file, f->folder, vault_newest (vault)->key_file, NULL));
}

/* The last of that type: the clerk's grant, the oldest epoch, the recovery slot's public record. */
static KeyRecord *
last_of (KeyFile *file, guint16 type)
{
  KeyRecord *last = NULL;

  for (guint i = 0; i < file->records->len; i++)
    if (((KeyRecord *)file->records->pdata[i])->type == type)
      last = file->records->pdata[i];
  return last;
}

static void
test_altered (VaultFixture *f, gconstpointer data)
{
  static const guint16 types[] = { KEY_RECORD_GRANT, KEY_RECORD_EPOCH };
  g_autofree char *path = fixture_path (f, "practice.keys"), *content = NULL;
  Rotation rotation = { 0 };
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);
  gsize size;

  read_file (path, &content, &size);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
    alter_record (f, next, file, last_of (file, types[i]));
    assert_closed (f, "clerk", CLERK, CR_ERROR_KEYS_ALTERED);
    write_file (path, content, size);
  }
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  g_autoptr (GError) error = NULL;
  alter_record (f, next, file, last_of (file, KEY_RECORD_PUBLIC));
  assert_refused (cr_vault_open_recovery (f->folder, rotation.code, &error), &error, CR_ERROR_KEYS_ALTERED);
  write_file (path, content, size);
  cr_vault_unref (open_well (f, "clerk", CLERK));
  cr_secret_free (rotation.code);
}

/* Somebody who never knew a practice key makes an epoch of their own: the public keys are there for all. */
static void
test_foreign_epoch (VaultFixture *f, gconstpointer data)
{
  static const char *const databases[] = { "practice-2.db", "practice.db" };
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  EpochKeys *epochs = epochs_alloc (2, NULL);
  g_auto (KeySlot) slot = { 0 };

  randombytes_buf (epochs[0].practice, 32);
  randombytes_buf (epochs[1].practice, 32); /* a guess */
  epoch_derive (&epochs[0], 2, epochs[0].practice);
  epoch_derive (&epochs[1], 1, epochs[1].practice);
  g_assert_true (key_grant_add (file, vault_find_slot (file, "nurse", &slot)->body, 2, epochs[0].practice));
  epochs_write (file, epochs, 2, databases);
  g_assert_true (key_file_store (file, f->folder, epochs[0].key_file, NULL));
  assert_closed (f, "nurse", NURSE, CR_ERROR_KEYS_ALTERED);
  sodium_free (epochs);
}

/* ---- what older epochs wrote ---- */

static char *
write_document (CrVault *vault, const char *words)
{
  g_autoptr (GBytes) content = g_bytes_new (words, strlen (words));
  g_autoptr (GError) error = NULL;
  char *name = NULL;

  g_assert_true (cr_vault_document_write (vault, "text/plain", content, &name, &error));
  g_assert_no_error (error);
  return name;
}

static void
assert_document (CrVault *vault, const char *name, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = cr_vault_document_read (vault, name, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), words, strlen (words));
}

static char *
write_backup (VaultFixture *f, CrVault *vault, const char *name, GError **error)
{
  g_autofree char *keys = fixture_path (f, "practice.keys");
  char *path = g_build_filename (f->parent, name, NULL);
  g_autoptr (CrBackupWriter) writer = cr_backup_writer_new (vault, path, NULL, NULL, error);

  if (writer != NULL && cr_backup_writer_add (writer, "something", keys, error) &&
      cr_backup_writer_finish (writer, "about\n", error))
    return path;
  g_free (path);
  return NULL;
}

static void
test_documents_and_backups (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { 0 };
  g_autoptr (GError) error = NULL, stale = NULL, unknown = NULL;
  CrBackupReading reading = { 0 };
  guint8 signer[32], one[32], two[32];
  g_autofree char *old = write_document (f->vault, "an old letter"),
                  *first = write_backup (f, f->vault, "first", &error);
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);
  g_autofree char *fresh = write_document (next, "a new letter"),
                  *same = write_document (next, "an old letter");
  g_autofree char *second = write_backup (f, next, "second", &error);
  g_autofree char *third = write_backup (f, f->vault, "third", &stale);

  g_assert_no_error (error);
  g_assert_null (third);
  g_assert_error (stale, CR_ERROR, CR_ERROR_KEYS_CHANGED);
  g_assert_cmpstr (old, !=, same);
  g_autoptr (CrVault) nurse = open_well (f, "nurse", NURSE);
  assert_document (nurse, old, "an old letter");
  assert_document (nurse, same, "an old letter");
  assert_document (nurse, fresh, "a new letter");
  g_assert_null (cr_vault_document_read (f->vault, fresh, NULL, NULL));
  g_autofree char *a = cr_backup_read (nurse, first, &reading, signer, &error);
  g_autofree char *b = cr_backup_read (nurse, second, &reading, signer, &error);
  g_assert_no_error (error);
  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_null (cr_backup_read (f->vault, second, &reading, signer, &unknown));
  g_assert_error (unknown, CR_ERROR, CR_ERROR_STORE_NEWER);
  cr_vault_chain (f->vault, (guint8[32]){ 0 }, "entry", 5, one);
  g_assert_true (cr_vault_chain_of (nurse, 1, (guint8[32]){ 0 }, "entry", 5, two));
  g_assert_cmpmem (one, 32, two, 32);
  g_assert_false (cr_vault_chain_of (nurse, 3, (guint8[32]){ 0 }, "entry", 5, two));
  cr_secret_free (rotation.code);
}

/* A backup from before, restored beside, is the practice of its day; an open newer vault can read it. */
static void
test_old_backup_restored (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = write_backup (f, f->vault, "first", &error),
                  *folder = g_build_filename (f->parent, "Old.practice", NULL);
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (cr_backup_unpack_keys (backup, folder, &error));
  g_autoptr (CrVault) of_that_day = cr_vault_open (folder, "clerk", CLERK, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cr_vault_epoch (of_that_day), ==, 1);
  g_autoptr (CrVault) sheet = cr_vault_open_recovery (folder, f->code, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cr_vault_epoch (sheet), ==, 1);
  g_autoptr (CrVault) adopted = cr_vault_adopt (next, folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cr_vault_epoch (adopted), ==, 1);
  g_assert_cmpstr (cr_vault_database (adopted), ==, "practice.db");
  cr_secret_free (rotation.code);
}

/* ---- other programs that have the practice open ---- */

static void
test_stale (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { 0 };
  g_autoptr (CrVault) other = open_well (f, "nurse", NURSE);
  g_autoptr (GError) error = NULL, changed = NULL, refused = NULL, again = NULL;
  guint8 head[32] = { 0 };

  g_assert_true (cr_vault_check_epoch (other, NULL));
  g_assert_true (cr_vault_change_password (f->vault, "clerk", "something else again", CR_KDF_TEST, NULL));
  g_assert_true (cr_vault_check_epoch (other, &error)); /* a password throws nobody out */
  g_assert_no_error (error);
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);
  g_assert_false (cr_vault_check_epoch (other, &changed));
  g_assert_error (changed, CR_ERROR, CR_ERROR_KEYS_CHANGED);
  g_assert_nonnull (strstr (changed->message, "Sign in again."));
  g_assert_false (cr_vault_add_person (other, "x", "y", CR_KDF_TEST, &refused));
  g_assert_error (refused, CR_ERROR, CR_ERROR_KEYS_CHANGED);
  g_assert_false (cr_vault_seal_head (other, 99, head, NULL));
  g_assert_null (rotate (other, &rotation, &again));
  g_assert_error (again, CR_ERROR, CR_ERROR_KEYS_CHANGED);
  g_assert_true (cr_vault_check_epoch (next, NULL));
  cr_secret_free (rotation.code);
}

/* ---- what is noted of an epoch to come ---- */

static void
assert_noted (CrVault *vault, CrVault *next)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) noted = cr_vault_noted_epoch (vault, &error);

  g_assert_no_error (error);
  g_assert_cmpint (noted != NULL, ==, next != NULL);
  if (noted == NULL)
    return;
  g_assert_cmpuint (cr_vault_epoch (noted), ==, cr_vault_epoch (next));
  g_assert_cmpmem (noted->epochs[0].practice, 32, next->epochs[0].practice, 32);
  g_assert_cmpstr (cr_vault_database (noted), ==, cr_vault_database (next));
}

static CrVault *
note_next (CrVault *vault)
{
  CrVault *next = cr_vault_next_epoch (vault, NULL);

  g_assert_true (next != NULL && cr_vault_note_epoch (vault, next, NULL));
  return next;
}

static void
test_noted (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { 0 };
  g_autoptr (GError) error = NULL;

  assert_noted (f->vault, NULL);
  g_assert_null (cr_vault_noted_database (f->vault));
  g_autoptr (CrVault) first = note_next (f->vault);
  assert_noted (f->vault, first);
  g_autoptr (CrVault) next = note_next (f->vault); /* instead of the first */
  g_autofree char *database = cr_vault_noted_database (f->vault);
  g_assert_cmpstr (database, ==, "practice-2.db.new");
  g_assert_cmpuint (count_records (f, KEY_RECORD_NEXT), ==, 1);
  g_autoptr (CrVault) again = open_well (f, FIXTURE_NAME, FIXTURE_PASSWORD);
  assert_noted (again, next);
  g_assert_true (cr_vault_change_password (f->vault, "clerk", "something else again", CR_KDF_TEST, NULL));
  assert_noted (again, next); /* other changes of the file keep it */
  make_database (next);
  CrEpochChange change = new_change (&rotation);
  g_assert_true (cr_vault_enter_epoch (again, next, &change, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_records (f, KEY_RECORD_NEXT), ==, 0);
  assert_noted (next, NULL);
  cr_secret_free (rotation.code);
}

static void
test_noted_by_another (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) next = note_next (f->vault), nurse = open_well (f, "nurse", NURSE);
  g_autofree char *database = cr_vault_noted_database (nurse);

  g_assert_cmpstr (database, ==, "practice-2.db.new");
  assert_noted (nurse, NULL);
  g_assert_true (cr_vault_forget_next (nurse, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_records (f, KEY_RECORD_NEXT), ==, 0);
  g_assert_true (cr_vault_forget_next (nurse, &error));
}

/* Who knows the password of before has the slot that the note was sealed to. */
static void
test_noted_before_a_new_password (VaultFixture *f, gconstpointer data)
{
  g_autoptr (CrVault) next = note_next (f->vault);

  g_assert_true (cr_vault_change_password (f->vault, FIXTURE_NAME, "a phrase nobody saw", CR_KDF_TEST, NULL));
  assert_noted (f->vault, NULL);
  g_autoptr (CrVault) again = open_well (f, FIXTURE_NAME, "a phrase nobody saw");
  assert_noted (again, NULL);
}

/* By who knows the practice key, and so can make the MAC right; next: what may come of it. */
static void
forge_note (VaultFixture *f, KeyFile *file, const guint8 *body, gsize size, CrVault *next)
{
  key_file_replace (file, key_file_find (file, KEY_RECORD_NEXT), g_bytes_new (body, size));
  g_assert_true (key_file_store (file, f->folder, vault_newest (f->vault)->key_file, NULL));
  assert_noted (f->vault, next);
}

static void
test_forged_note (VaultFixture *f, gconstpointer data)
{
  g_autoptr (CrVault) next = note_next (f->vault);
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  KeyRecord *note = key_file_find (file, KEY_RECORD_NEXT);
  gsize size = g_bytes_get_size (note->body);
  g_autofree guint8 *own = g_memdup2 (g_bytes_get_data (note->body, NULL), size);

  for (gsize at = 0; at < size; at++) {
    own[at] ^= 1;
    forge_note (f, file, own, size, NULL);
    own[at] ^= 1;
  }
  forge_note (f, file, own, size, next);
  for (gsize n = 0; n < size; n++)
    forge_note (f, file, own, n, NULL);
}

/* A key of their own, sealed to the public key of who changes the keys, which everybody can read. */
static void
test_planted_note (VaultFixture *f, gconstpointer data)
{
  g_autoptr (CrVault) next = note_next (f->vault);
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  KeyRecord *note = key_file_find (file, KEY_RECORD_NEXT);
  gsize size = g_bytes_get_size (note->body);
  g_autofree guint8 *own = g_memdup2 (g_bytes_get_data (note->body, NULL), size);
  static const guint8 known[32] = { 4, 5, 6 };

  crypto_box_seal (own + 20, known, sizeof known, f->vault->person->grant_public);
  forge_note (f, file, own, size, NULL);
  g_assert_nonnull (next);
}

/* ---- nothing changed when it cannot be done ---- */

static void
test_refused (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { .wrong_code = TRUE };
  g_autofree char *path = fixture_path (f, "practice.keys"), *before = NULL, *after = NULL;
  CrEpochChange change = new_change (&rotation);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) next = cr_vault_next_epoch (f->vault, NULL);
  gsize size, size_after;

  make_database (next);
  read_file (path, &before, &size);
  g_assert_false (cr_vault_enter_epoch (f->vault, next, &change, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  cr_secret_free (rotation.code);
  read_file (path, &after, &size_after);
  g_assert_cmpmem (before, size, after, size_after);
  g_assert_true (cr_vault_check_epoch (f->vault, NULL));
}

/* What stands where the new database would get its name is never touched; without one nothing is changed. */
static void
test_database_name (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { 0 };
  CrEpochChange change = new_change (&rotation);
  g_autofree char *there = fixture_path (f, "practice-2.db"), *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_autoptr (CrVault) without = cr_vault_next_epoch (f->vault, NULL);
  g_assert_cmpstr (cr_vault_database (without), ==, "practice-2.db.new");
  g_assert_false (cr_vault_enter_epoch (f->vault, without, &change, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_assert_true (cr_vault_is_in_force (f->vault));
  write_file (there, "a newer state", 13);
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);
  g_assert_cmpstr (cr_vault_database (next), ==, "practice-2-2.db");
  read_file (there, &content, &size);
  g_assert_cmpmem (content, size, "a newer state", 13);
  cr_secret_free (rotation.code);
}

/* Slots that were made before there were public records: said by name, healed by signing in once. */
static void
test_without_public_records (VaultFixture *f, gconstpointer data)
{
  Rotation rotation = { 0 };
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  g_autoptr (GError) error = NULL;
  KeyRecord *record;

  while ((record = key_file_find (file, KEY_RECORD_PUBLIC)) != NULL)
    key_file_remove (file, record);
  g_assert_true (key_file_store (file, f->folder, vault_newest (f->vault)->key_file, NULL));
  cr_vault_unref (open_well (f, "nurse", NURSE));
  g_assert_cmpuint (count_records (f, KEY_RECORD_PUBLIC), ==, 1);
  g_assert_null (rotate (f->vault, &rotation, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_nonnull (strstr (error->message, "doctor, clerk."));
  cr_vault_unref (open_well (f, FIXTURE_NAME, FIXTURE_PASSWORD));
  g_assert_true (cr_vault_change_password (f->vault, "clerk", "something else again", CR_KDF_TEST, NULL));
  g_autoptr (CrVault) next = rotate_well (f->vault, &rotation);
  g_autoptr (CrVault) clerk = open_well (f, "clerk", "something else again");
  g_assert_cmpuint (cr_vault_epoch (clerk), ==, cr_vault_epoch (next));
  cr_secret_free (rotation.code);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (VaultFixture *, gconstpointer);
  } tests[] = {
    { "/rotation/people", test_people },
    { "/rotation/grant-is-spent", test_grant_is_spent },
    { "/rotation/twice", test_twice },
    { "/rotation/recovery", test_recovery },
    { "/rotation/removed", test_removed },
    { "/rotation/leaked-password", test_leaked_password },
    { "/rotation/altered", test_altered },
    { "/rotation/foreign-epoch", test_foreign_epoch },
    { "/rotation/documents-and-backups", test_documents_and_backups },
    { "/rotation/old-backup-restored", test_old_backup_restored },
    { "/rotation/stale", test_stale },
    { "/rotation/noted", test_noted },
    { "/rotation/noted-by-another", test_noted_by_another },
    { "/rotation/noted-before-a-new-password", test_noted_before_a_new_password },
    { "/rotation/forged-note", test_forged_note },
    { "/rotation/planted-note", test_planted_note },
    { "/rotation/refused", test_refused },
    { "/rotation/database-name", test_database_name },
    { "/rotation/without-public-records", test_without_public_records },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, VaultFixture, NULL, set_up, tests[i].test, vault_tear_down);
  return g_test_run ();
}
