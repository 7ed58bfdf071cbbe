#include "vault-private.h"
#include "key-slot.h"
#include "recovery-code.h"
#include "safe-file.h"
#include "chartroom/vault/backup.h"
#include "chartroom/vault/page-cipher.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define KDF_CONTEXT "CHARTRM1"
#define HEAD_BODY (24 + 8 + 32 + 16)

/* ---- keys ---- */

static void
derive_subkey (guint8 out[32], guint64 id, const guint8 practice[32])
{
  crypto_kdf_derive_from_key (out, 32, id, KDF_CONTEXT, practice);
}

static VaultSecrets *
secrets_new (const KeyPayload *payload, guint8 public_key[32])
{
  VaultSecrets *secrets = sodium_malloc (sizeof *secrets);

  if (secrets == NULL)
    return NULL;
  memcpy (secrets->practice, payload->practice, 32);
  memcpy (secrets->seed, payload->seed, 32);
  derive_subkey (secrets->document, 3, payload->practice);
  derive_subkey (secrets->document_name, 4, payload->practice);
  derive_subkey (secrets->audit, 5, payload->practice);
  derive_subkey (secrets->key_file, 6, payload->practice);
  derive_subkey (secrets->backup, 7, payload->practice);
  derive_subkey (secrets->head, 9, payload->practice);
  crypto_sign_seed_keypair (public_key, secrets->sign, secrets->seed);
  sodium_mprotect_readonly (secrets);
  return secrets;
}

static guint64
publish_page_keys (CrVault *self)
{
  CrPageKeys *keys = sodium_malloc (sizeof *keys);
  guint8 words[32];
  guint64 handle;

  if (keys == NULL)
    return 0;
  derive_subkey (keys->page, 1, self->secrets->practice);
  derive_subkey (words, 2, self->secrets->practice);
  memcpy (keys->wal_words, words, 16);
  memcpy (keys->journal_words, words + 16, 16);
  sodium_memzero (words, sizeof words);
  memcpy (keys->store_id, self->store_id, 16);
  handle = cr_page_keys_add (keys);
  sodium_free (keys);
  return handle;
}

static KeyPayload *
new_payload (GError **error)
{
  KeyPayload *payload = cr_page_cipher_init () == 0 ? sodium_malloc (sizeof *payload) : NULL;

  if (payload == NULL)
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_FAILED,
        _ ("There is no protected memory for the keys. Close other programs and try again."));
  return payload;
}

/* Payload of another person of the same practice: the same practice key, a seed of their own. */
static KeyPayload *
payload_for_other (CrVault *self, GError **error)
{
  KeyPayload *payload = new_payload (error);

  if (payload != NULL) {
    memcpy (payload->practice, self->secrets->practice, 32);
    randombytes_buf (payload->seed, 32);
  }
  return payload;
}

/* ---- opening ---- */

/* The vault that payload opens; NULL when the key file does not authenticate under it. */
static CrVault *
vault_new (const char *folder, const char *name, KeyFile *file, const KeyPayload *payload, GError **error)
{
  g_autoptr (CrVault) self = g_new0 (CrVault, 1);

  self->references = 1;
  g_mutex_init (&self->lock);
  self->folder = g_strdup (folder);
  self->name = g_strdup (name);
  self->database = key_file_database (file);
  self->cipher = file->cipher;
  self->generation = file->generation;
  memcpy (self->store_id, file->store_id, 16);
  self->secrets = secrets_new (payload, self->public_key);
  if (self->secrets != NULL)
    self->page_handle = publish_page_keys (self);
  if (self->page_handle == 0) {
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_FAILED,
        _ ("There is no protected memory for the keys. Close other programs and try again."));
    return NULL;
  }
  if (file->image != NULL && !key_file_authenticate (file, self->secrets->key_file, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The slot of that name (NULL: the recovery slot); its body is borrowed from file. */
static KeyRecord *
find_slot (KeyFile *file, const char *name, KeySlot *out)
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

static CrVault *
open_slot (const char *folder, const char *name, const void *secret, gsize secret_len, GError **error)
{
  g_autoptr (KeyFile) file = key_file_load (folder, error);
  g_auto (KeySlot) slot = { 0 };
  KeyPayload *payload;
  CrVault *self = NULL;

  if (file == NULL || (payload = new_payload (error)) == NULL)
    return NULL;
  if (find_slot (file, name, &slot) == NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD,
                         _ ("The name or the password is wrong. Check the Caps Lock key and try again."));
  else if (key_slot_open (&slot, secret, secret_len, payload, error))
    self = vault_new (folder, slot.kind == KEY_SLOT_PASSWORD ? slot.name : NULL, file, payload, error);
  sodium_free (payload);
  return self;
}

CrVault *
cr_vault_adopt (CrVault *self, const char *folder, GError **error)
{
  g_autoptr (KeyFile) file = key_file_load (folder, error);
  KeyPayload *payload;
  CrVault *adopted = NULL;

  if (file == NULL || (payload = new_payload (error)) == NULL)
    return NULL;
  memcpy (payload->practice, self->secrets->practice, 32);
  memcpy (payload->seed, self->secrets->seed, 32);
  if (memcmp (file->store_id, self->store_id, 16) != 0)
    g_set_error (error, CR_ERROR, CR_ERROR_OTHER_PRACTICE, _ ("%s holds another practice."), folder);
  else
    adopted = vault_new (folder, self->name, file, payload, error);
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

static gboolean
make_folder (const char *folder, gboolean *made, GError **error)
{
  *made = g_mkdir (folder, 0700) == 0;
  if (*made)
    return TRUE;
  if (errno != EEXIST) {
    safe_file_set_error (error, errno, _ ("Could not make"), folder);
    return FALSE;
  }
  if (folder_is_empty (folder))
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("%s is not an empty folder. Choose a new name for the practice; nothing was changed."),
               folder);
  return FALSE;
}

static GBytes *
first_epoch (void)
{
  static const char database[] = "practice.db";
  guint8 body[5 + sizeof database - 1];

  cr_put_u32 (body, VAULT_EPOCH);
  body[4] = sizeof database - 1;
  memcpy (body + 5, database, sizeof database - 1);
  return g_bytes_new (body, sizeof body);
}

static gboolean
check_name (const char *name, GError **error)
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

static gboolean
add_password_slot (KeyFile *file, const char *name, const char *password, CrKdf kdf,
                   const KeyPayload *payload, GError **error)
{
  GBytes *body = key_slot_seal (KEY_SLOT_PASSWORD, name, password, strlen (password), kdf, payload, error);

  if (body != NULL)
    key_file_add (file, KEY_RECORD_SLOT, body);
  return body != NULL;
}

/* A fresh code and the slot it opens, instead of any earlier one. */
static char *
put_recovery_slot (KeyFile *file, const guint8 practice[32], GError **error)
{
  KeyPayload *payload = new_payload (error);
  guint8 key[RECOVERY_BYTES];
  g_auto (KeySlot) earlier = { 0 };
  KeyRecord *record = find_slot (file, NULL, &earlier);
  GBytes *body;
  char *code = NULL;

  if (payload == NULL)
    return NULL;
  memcpy (payload->practice, practice, 32);
  randombytes_buf (payload->seed, 32);
  randombytes_buf (key, sizeof key);
  body = key_slot_seal (KEY_SLOT_RECOVERY, "", key, sizeof key, CR_KDF_MODERATE, payload, error);
  if (body != NULL) {
    if (record != NULL)
      key_file_replace (file, record, body);
    else
      key_file_add (file, KEY_RECORD_SLOT, body);
    code = recovery_code_format (key);
  }
  sodium_memzero (key, sizeof key);
  sodium_free (payload);
  return code;
}

/* The first key file, on disk, and the vault it opens. */
static CrVault *
make_keys (const char *folder, const char *name, const char *password, CrKdf kdf, char **recovery_code,
           GError **error)
{
  g_autoptr (KeyFile) file = NULL;
  g_autoptr (CrVault) self = NULL;
  KeyPayload *payload = new_payload (error);
  guint8 store_id[16];

  if (payload == NULL)
    return NULL;
  randombytes_buf (store_id, sizeof store_id);
  randombytes_buf (payload, sizeof *payload);
  file = key_file_new (store_id);
  key_file_add (file, KEY_RECORD_EPOCH, first_epoch ());
  *recovery_code = put_recovery_slot (file, payload->practice, error);
  if (*recovery_code != NULL && add_password_slot (file, name, password, kdf, payload, error))
    self = vault_new (folder, name, file, payload, error);
  sodium_free (payload);
  if (self == NULL || !key_file_store (file, folder, self->secrets->key_file, error))
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

  if (!check_name (name, error) || !make_folder (folder, &made, error))
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
  sodium_free (self->secrets);
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

/* ---- changes of practice.keys ---- */

/* One program at a time: a lock on the folder, held from reading the file to replacing it. */
typedef struct {
  int folder;
  KeyFile *file;
} KeyChange;

static gboolean
begin_change (CrVault *self, KeyChange *change, GError **error)
{
  change->file = NULL;
  change->folder = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (change->folder < 0 || flock (change->folder, LOCK_EX) != 0) {
    safe_file_set_error (error, errno, _ ("Could not open"), self->folder);
    return FALSE;
  }
  change->file = key_file_load (self->folder, error);
  return change->file != NULL && key_file_authenticate (change->file, self->secrets->key_file, error);
}

/* keep: write the change; else only let go. */
static gboolean
end_change (CrVault *self, KeyChange *change, gboolean keep, GError **error)
{
  gboolean done = keep && key_file_store (change->file, self->folder, self->secrets->key_file, error);

  if (done) {
    g_mutex_lock (&self->lock);
    self->generation = change->file->generation;
    g_mutex_unlock (&self->lock);
  }
  g_clear_pointer (&change->file, key_file_free);
  if (change->folder >= 0)
    close (change->folder);
  return done;
}

static gboolean
set_unknown_name (const char *name, GError **error)
{
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND, _ ("Nobody signs in to this practice as “%s”."), name);
  return FALSE;
}

static guint
count_people (KeyFile *file)
{
  guint count = 0;

  for (guint i = 0; i < file->records->len; i++) {
    KeyRecord *record = file->records->pdata[i];
    g_auto (KeySlot) slot = { 0 };

    if (record->type == KEY_RECORD_SLOT && key_slot_parse (record->body, &slot))
      count += slot.kind == KEY_SLOT_PASSWORD;
  }
  return count;
}

static gboolean
add_person (CrVault *self, KeyFile *file, const char *name, const char *password, CrKdf kdf, GError **error)
{
  g_auto (KeySlot) same = { 0 };
  KeyPayload *payload;
  gboolean added;

  if (find_slot (file, name, &same) != NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_CONFLICT,
                 _ ("Somebody signs in as “%s” already. Choose another name."), same.name);
    return FALSE;
  }
  payload = payload_for_other (self, error);
  if (payload == NULL)
    return FALSE;
  added = add_password_slot (file, name, password, kdf, payload, error);
  sodium_free (payload);
  return added;
}

static gboolean
remove_person (KeyFile *file, const char *name, GError **error)
{
  g_auto (KeySlot) slot = { 0 };
  KeyRecord *record = find_slot (file, name, &slot);

  if (record == NULL)
    return set_unknown_name (name, error);
  if (count_people (file) == 1) {
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                 _ ("“%s” is the only person who can open this practice. Add another one first."), slot.name);
    return FALSE;
  }
  key_file_remove (file, record);
  return TRUE;
}

/* One's own signing seed stays; another person's can only be read with their password, so they get a new one.
 */
static gboolean
change_password (CrVault *self, KeyFile *file, const char *name, const char *password, CrKdf kdf,
                 GError **error)
{
  g_auto (KeySlot) slot = { 0 };
  KeyRecord *record = find_slot (file, name, &slot);
  KeyPayload *payload;
  GBytes *body;

  if (record == NULL)
    return set_unknown_name (name, error);
  payload = payload_for_other (self, error);
  if (payload == NULL)
    return FALSE;
  if (self->name != NULL && key_slot_is_named (&slot, self->name))
    memcpy (payload->seed, self->secrets->seed, 32);
  body = key_slot_seal (KEY_SLOT_PASSWORD, slot.name, password, strlen (password), kdf, payload, error);
  sodium_free (payload);
  if (body != NULL)
    key_file_replace (file, record, body);
  return body != NULL;
}

gboolean
cr_vault_add_person (CrVault *self, const char *name, const char *password, CrKdf kdf, GError **error)
{
  KeyChange change;
  gboolean good = check_name (name, error);

  if (!good)
    return FALSE;
  good = begin_change (self, &change, error) && add_person (self, change.file, name, password, kdf, error);
  return end_change (self, &change, good, error);
}

gboolean
cr_vault_remove_person (CrVault *self, const char *name, GError **error)
{
  KeyChange change;
  gboolean good = begin_change (self, &change, error) && remove_person (change.file, name, error);

  return end_change (self, &change, good, error);
}

gboolean
cr_vault_change_password (CrVault *self, const char *name, const char *password, CrKdf kdf, GError **error)
{
  KeyChange change;
  gboolean good =
      begin_change (self, &change, error) && change_password (self, change.file, name, password, kdf, error);

  return end_change (self, &change, good, error);
}

char *
cr_vault_replace_recovery (CrVault *self, GError **error)
{
  KeyChange change;
  char *code = NULL;

  if (begin_change (self, &change, error))
    code = put_recovery_slot (change.file, self->secrets->practice, error);
  if (end_change (self, &change, code != NULL, error))
    return code;
  cr_secret_free (code);
  return NULL;
}

char **
cr_vault_slot_names (const char *folder, GError **error)
{
  g_autoptr (KeyFile) file = key_file_load (folder, error);
  g_autoptr (GStrvBuilder) names = NULL;

  if (file == NULL)
    return NULL;
  names = g_strv_builder_new ();
  for (guint i = 0; i < file->records->len; i++) {
    KeyRecord *record = file->records->pdata[i];
    g_auto (KeySlot) slot = { 0 };

    if (record->type == KEY_RECORD_SLOT && key_slot_parse (record->body, &slot) &&
        slot.kind == KEY_SLOT_PASSWORD)
      g_strv_builder_add (names, slot.name);
  }
  return g_strv_builder_end (names);
}

/* ---- the sealed head of the audit chain ---- */

static GBytes *
seal_head (CrVault *self, gint64 count, const guint8 head[32])
{
  guint8 body[HEAD_BODY], plain[40];

  cr_put_u64 (plain, (guint64)count);
  memcpy (plain + 8, head, 32);
  randombytes_buf (body, 24);
  crypto_aead_xchacha20poly1305_ietf_encrypt (body + 24, NULL, plain, sizeof plain, self->store_id, 16, NULL,
                                              body, self->secrets->head);
  return g_bytes_new (body, sizeof body);
}

gboolean
cr_vault_seal_head (CrVault *self, gint64 count, const guint8 head[32], GError **error)
{
  KeyChange change;
  gboolean good = begin_change (self, &change, error);
  KeyRecord *record = good ? key_file_find (change.file, KEY_RECORD_HEAD) : NULL;

  if (record != NULL)
    key_file_replace (change.file, record, seal_head (self, count, head));
  else if (good)
    key_file_add (change.file, KEY_RECORD_HEAD, seal_head (self, count, head));
  return end_change (self, &change, good, error);
}

gboolean
cr_vault_sealed_head (CrVault *self, gint64 *count, guint8 head[32])
{
  g_autoptr (KeyFile) file = key_file_load (self->folder, NULL);
  KeyRecord *record;
  const guint8 *body;
  guint8 plain[40];
  gsize size;

  if (file == NULL || !key_file_authenticate (file, self->secrets->key_file, NULL))
    return FALSE;
  record = key_file_find (file, KEY_RECORD_HEAD);
  if (record == NULL)
    return FALSE;
  body = g_bytes_get_data (record->body, &size);
  if (size != HEAD_BODY ||
      crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, body + 24, size - 24, self->store_id, 16,
                                                  body, self->secrets->head) != 0)
    return FALSE;
  *count = (gint64)cr_get_u64 (plain);
  memcpy (head, plain + 8, 32);
  return TRUE;
}
