#include "vault-private.h"
#include "key-grant.h"
#include "recovery-code.h"
#include "safe-file.h"
#include "chartroom/vault/backup.h"
#include "chartroom/vault/page-cipher.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

/* ---- keys ---- */

static PersonKeys *
person_new (const KeyPayload *payload)
{
  PersonKeys *person = sodium_malloc (sizeof *person);
  guint8 public_key[32];

  if (person == NULL)
    return NULL;
  memcpy (person->seed, payload->seed, 32);
  crypto_sign_seed_keypair (public_key, person->sign, person->seed);
  memcpy (person->grant_secret, payload->grant_secret, 32);
  memcpy (person->grant_public, payload->grant_public, 32);
  return person;
}

static guint64
publish_page_keys (CrVault *self)
{
  CrPageKeys *keys = sodium_malloc (sizeof *keys);
  guint8 words[32];
  guint64 handle;

  if (keys == NULL)
    return 0;
  epoch_subkey (keys->page, 1, vault_newest (self)->practice);
  epoch_subkey (words, 2, vault_newest (self)->practice);
  memcpy (keys->wal_words, words, 16);
  memcpy (keys->journal_words, words + 16, 16);
  sodium_memzero (words, sizeof words);
  memcpy (keys->store_id, self->store_id, 16);
  handle = cr_page_keys_add (keys);
  sodium_free (keys);
  return handle;
}

void
vault_set_no_memory (GError **error)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_FAILED,
                       _ ("There is no protected memory for the keys. Close other programs and try again."));
}

KeyPayload *
vault_payload_new (GError **error)
{
  KeyPayload *payload = cr_page_cipher_init () == 0 ? sodium_malloc (sizeof *payload) : NULL;

  if (payload == NULL)
    vault_set_no_memory (error);
  else
    sodium_memzero (payload, sizeof *payload);
  return payload;
}

/* ---- opening ---- */

CrVault *
vault_assemble (const char *folder, const char *name, const char *database, KeyFile *file, EpochKeys *epochs,
                guint n, PersonKeys *person, GError **error)
{
  g_autoptr (CrVault) self = g_new0 (CrVault, 1);

  self->references = 1;
  g_mutex_init (&self->lock);
  self->folder = g_strdup (folder);
  self->name = g_strdup (name);
  self->database = g_strdup (database);
  self->cipher = file->cipher;
  self->generation = file->generation;
  memcpy (self->store_id, file->store_id, 16);
  sodium_mprotect_readonly (epochs);
  self->epochs = epochs;
  self->n_epochs = n;
  self->person = person;
  if (person != NULL) {
    crypto_sign_ed25519_sk_to_pk (self->public_key, person->sign);
    sodium_mprotect_readonly (person);
    self->page_handle = publish_page_keys (self);
  }
  if (self->page_handle != 0)
    return g_steal_pointer (&self);
  vault_set_no_memory (error);
  return NULL;
}

/* The vault that payload opens; NULL when the key file does not authenticate under it. */
static CrVault *
vault_new (const char *folder, const char *name, KeyFile *file, const KeyPayload *payload, GError **error)
{
  g_autofree char *database = key_file_database (file);
  guint n;
  EpochKeys *epochs = epochs_open (file, payload->practice, &n, error);

  if (epochs == NULL)
    return NULL;
  return vault_assemble (folder, name, database, file, epochs, n, person_new (payload), error);
}

KeyRecord *
vault_find_slot (KeyFile *file, const char *name, KeySlot *out)
{
  for (guint i = 0; i < file->records->len; i++) {
    KeyRecord *record = file->records->pdata[i];
    gboolean wanted;

    if (record->type != KEY_RECORD_SLOT || !key_slot_parse (record->body, out))
      continue;
    wanted = name == NULL ? out->kind == KEY_SLOT_RECOVERY
                          : out->kind == KEY_SLOT_PASSWORD && key_slot_is_named (out, name);
    if (wanted)
      return record;
    key_slot_clear (out);
  }
  memset (out, 0, sizeof *out);
  return NULL;
}

/* While what opens the slot is at hand: it holds the newest key from now on, and has a public record.  Where
 * that cannot be written the grant stays, and serves as well the next time. */
static void
refresh_slot (CrVault *self, GBytes *opened, const KeyPayload *payload)
{
  KeyChange change;
  gboolean good = key_change_begin (self, &change, NULL);
  KeyRecord *record = NULL;
  g_auto (KeySlot) slot = { 0 };

  for (guint i = 0; good && record == NULL && i < change.file->records->len; i++)
    if (g_bytes_equal (((KeyRecord *)change.file->records->pdata[i])->body, opened))
      record = change.file->records->pdata[i];
  good = record != NULL && key_slot_parse (record->body, &slot);
  if (good)
    key_grant_put_slot (change.file, record, key_slot_reseal (&slot, payload), cr_vault_epoch (self),
                        payload);
  key_change_end (self, &change, good, vault_newest (self)->key_file, NULL);
}

/* The epoch of the slot's own key must be one of those the newest opens, with that very key. */
static gboolean
check_former (CrVault *self, guint32 epoch, const KeyPayload *payload, GError **error)
{
  const EpochKeys *keys = vault_epoch (self, epoch);

  return (keys != NULL && sodium_memcmp (keys->practice, payload->former, 32) == 0) ||
         key_file_set_altered (error);
}

static CrVault *
open_with_payload (const char *folder, KeyFile *file, KeyRecord *record, const KeySlot *slot,
                   KeyPayload *payload, GError **error)
{
  const char *name = slot->kind == KEY_SLOT_PASSWORD ? slot->name : NULL;
  guint32 epoch, recorded;
  guint8 public_key[32];
  g_autoptr (CrVault) self = NULL;

  if (!key_grant_follow (file, record->body, payload, &epoch, error))
    return NULL;
  self = vault_new (folder, name, file, payload, error);
  if (self == NULL || !check_former (self, epoch, payload, error))
    return NULL;
  if (epoch != cr_vault_epoch (self) || !key_grant_find_public (file, record->body, &recorded, public_key))
    refresh_slot (self, record->body, payload);
  return g_steal_pointer (&self);
}

static CrVault *
open_slot (const char *folder, const char *name, const void *secret, gsize secret_len, GError **error)
{
  g_autoptr (KeyFile) file = key_file_load (folder, error);
  g_auto (KeySlot) slot = { 0 };
  KeyPayload *payload;
  KeyRecord *record;
  CrVault *self = NULL;

  if (file == NULL || (payload = vault_payload_new (error)) == NULL)
    return NULL;
  record = vault_find_slot (file, name, &slot);
  if (record == NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD,
                         _ ("The name or the password is wrong. Check the Caps Lock key and try again."));
  else if (key_slot_open (&slot, secret, secret_len, payload, error))
    self = open_with_payload (folder, file, record, &slot, payload, error);
  sodium_free (payload);
  return self;
}

/* The folder may hold an older epoch than this vault knows: a backup from before. */
CrVault *
cr_vault_adopt (CrVault *self, const char *folder, GError **error)
{
  g_autoptr (KeyFile) file = key_file_load (folder, error);
  const EpochKeys *keys = file == NULL ? NULL : vault_epoch (self, key_file_epoch (file));
  KeyPayload *payload;
  CrVault *adopted = NULL;

  if (file == NULL || (payload = vault_payload_new (error)) == NULL)
    return NULL;
  if (memcmp (file->store_id, self->store_id, 16) != 0)
    g_set_error (error, CR_ERROR, CR_ERROR_OTHER_PRACTICE, _ ("%s holds another practice."), folder);
  else if (keys == NULL)
    key_file_set_altered (error);
  else {
    memcpy (payload->practice, keys->practice, 32);
    memcpy (payload->seed, self->person->seed, 32);
    adopted = vault_new (folder, self->name, file, payload, error);
  }
  sodium_free (payload);
  return adopted;
}

/* ---- making ---- */

static gboolean
folder_is_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) == NULL;
}

/* It is there, or made, and so is its name once the power was cut. */
static gboolean
make_folder (const char *folder, gboolean *made, GError **error)
{
  g_autofree char *whole = g_canonicalize_filename (folder, NULL), *parent = g_path_get_dirname (whole);

  *made = g_mkdir (folder, 0700) == 0;
  if (!*made && errno != EEXIST) {
    safe_file_set_error (error, errno, _ ("Could not make"), folder);
    return FALSE;
  }
  if (!*made && !folder_is_empty (folder)) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("%s is not an empty folder. Choose a new name for the practice; nothing was changed."),
                 folder);
    return FALSE;
  }
  if (safe_file_sync_folder (parent, error))
    return TRUE;
  if (*made)
    g_rmdir (folder);
  return FALSE;
}

gboolean
vault_check_name (const char *name, GError **error)
{
  gboolean good =
      name != NULL && *name != '\0' && strlen (name) <= KEY_SLOT_NAME_MAX && g_utf8_validate (name, -1, NULL);

  for (const char *p = name; good && *p != '\0'; p = g_utf8_next_char (p))
    good = g_unichar_isgraph (g_utf8_get_char (p)) || *p == ' ';
  if (!good)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("A sign-in name has 1 to %d letters, digits or signs. Choose another name."),
                 KEY_SLOT_NAME_MAX);
  return good;
}

gboolean
vault_add_slot (KeyFile *file, const char *name, const char *password, CrKdf kdf, guint32 epoch,
                KeyPayload *payload, GError **error)
{
  GBytes *body = key_slot_seal (KEY_SLOT_PASSWORD, name, password, strlen (password), kdf, payload, error);

  if (body != NULL)
    key_grant_put_slot (file, NULL, body, epoch, payload);
  return body != NULL;
}

gboolean
vault_put_recovery (KeyFile *file, guint32 epoch, const guint8 practice[32], const char *code, GError **error)
{
  KeyPayload *payload = vault_payload_new (error);
  guint8 key[RECOVERY_BYTES] = { 0 };
  g_auto (KeySlot) earlier = { 0 };
  KeyRecord *record = vault_find_slot (file, NULL, &earlier);
  GBytes *body = NULL;

  if (payload == NULL)
    return FALSE;
  memcpy (payload->practice, practice, 32);
  randombytes_buf (payload->seed, 32);
  if (recovery_code_parse (code, key, error))
    body = key_slot_seal (KEY_SLOT_RECOVERY, "", key, sizeof key, CR_KDF_MODERATE, payload, error);
  if (body != NULL)
    key_grant_put_slot (file, record, body, epoch, payload);
  sodium_memzero (key, sizeof key);
  sodium_free (payload);
  return body != NULL;
}

/* The first key file, on disk, and the vault it opens. */
static CrVault *
make_keys (const char *folder, const char *name, const char *password, CrKdf kdf, char **recovery_code,
           GError **error)
{
  static const char *const DATABASE[] = { "practice.db" };
  g_autoptr (KeyFile) file = NULL;
  g_autoptr (CrVault) self = NULL;
  KeyPayload *payload = vault_payload_new (error);
  EpochKeys first = { .number = 1 };
  guint8 store_id[16];

  if (payload == NULL)
    return NULL;
  randombytes_buf (store_id, sizeof store_id);
  randombytes_buf (payload, KEY_SLOT_BOXED);
  file = key_file_new (store_id);
  epochs_write (file, &first, 1, DATABASE);
  *recovery_code = cr_recovery_code_new (error);
  if (*recovery_code != NULL && vault_put_recovery (file, 1, payload->practice, *recovery_code, error) &&
      vault_add_slot (file, name, password, kdf, 1, payload, error))
    self = vault_new (folder, name, file, payload, error);
  sodium_free (payload);
  if (self == NULL || !key_file_store (file, folder, vault_newest (self)->key_file, error))
    return NULL;
  self->generation = file->generation;
  return g_steal_pointer (&self);
}

CrVault *
cr_vault_create (const char *folder, const char *name, const char *password, CrKdf kdf, char **recovery_code,
                 GError **error)
{
  g_autofree char *documents = g_build_filename (folder, "documents", NULL);
  g_autofree char *keys = g_build_filename (folder, KEY_FILE_NAME, NULL);
  g_autoptr (CrVault) self = NULL;
  char *code = NULL;
  gboolean made;

  if (!vault_check_name (name, error) || !make_folder (folder, &made, error))
    return NULL;
  if (g_mkdir (documents, 0700) != 0)
    safe_file_set_error (error, errno, _ ("Could not make"), documents);
  else
    self = make_keys (folder, name, password, kdf, &code, error);
  if (self == NULL) {
    cr_secret_free (code);
    g_unlink (keys);
    g_rmdir (documents);
    if (made)
      g_rmdir (folder);
    return NULL;
  }
  if (recovery_code != NULL)
    *recovery_code = code;
  else
    cr_secret_free (code);
  return g_steal_pointer (&self);
}

CrVault *
cr_vault_open (const char *folder, const char *name, const char *password, GError **error)
{
  return open_slot (folder, name, password, strlen (password), error);
}

CrVault *
cr_vault_open_recovery (const char *folder, const char *code, GError **error)
{
  g_autoptr (GError) failed = NULL;
  guint8 key[RECOVERY_BYTES];
  CrVault *self;

  if (!recovery_code_parse (code, key, error))
    return NULL;
  self = open_slot (folder, NULL, key, sizeof key, &failed);
  sodium_memzero (key, sizeof key);
  if (g_error_matches (failed, CR_ERROR, CR_ERROR_WRONG_PASSWORD))
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_WRONG_PASSWORD,
        _ ("This recovery code is well typed but does not open this practice. Look for a newer "
           "sheet, or for the sheet of this practice."));
  else if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return self;
}

CrVault *
cr_vault_open_beside (CrVault *self, const char *name, const char *password, GError **error)
{
  return cr_vault_open (self->folder, name, password, error);
}

CrVault *
cr_vault_ref (CrVault *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

void
cr_vault_unref (CrVault *self)
{
  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  cr_page_keys_drop (self->page_handle);
  sodium_free (self->person);
  sodium_free (self->epochs);
  g_mutex_clear (&self->lock);
  g_free (self->folder);
  g_free (self->name);
  g_free (self->database);
  g_free (self);
}

/* ---- what it knows ---- */

const char *
cr_vault_folder (CrVault *self)
{
  return self->folder;
}

const char *
cr_vault_name (CrVault *self)
{
  return self->name;
}

const char *
cr_vault_database (CrVault *self)
{
  return self->database;
}

guint32
cr_vault_page_cipher (CrVault *self)
{
  return self->cipher;
}

guint64
cr_vault_generation (CrVault *self)
{
  guint64 generation;

  g_mutex_lock (&self->lock);
  generation = self->generation;
  g_mutex_unlock (&self->lock);
  return generation;
}

void
cr_vault_store_id (CrVault *self, guint8 out[16])
{
  memcpy (out, self->store_id, 16);
}

guint64
cr_vault_page_key_handle (CrVault *self)
{
  return self->page_handle;
}
