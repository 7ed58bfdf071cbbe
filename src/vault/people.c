/* Changes of practice.keys: people, passwords, the head of the audit. */
#include "vault-private.h"
#include "key-grant.h"
#include "safe-file.h"
#include "chartroom/vault/page-cipher.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define HEAD_BODY (24 + 8 + 32 + 16)

/* ---- one program at a time ---- */

gboolean
vault_check_file (CrVault *self, KeyFile *file, GError **error)
{
  if (key_file_epoch (file) == cr_vault_epoch (self))
    return key_file_authenticate (file, vault_newest (self)->key_file, error);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_KEYS_CHANGED,
                       _ ("The keys of this practice were changed. Sign in again."));
  return FALSE;
}

gboolean
key_change_begin (CrVault *self, KeyChange *change, GError **error)
{
  change->file = NULL;
  change->folder = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (change->folder < 0 || flock (change->folder, LOCK_EX) != 0) {
    safe_file_set_error (error, errno, _ ("Could not open"), self->folder);
    return FALSE;
  }
  change->file = key_file_load (self->folder, error);
  return change->file != NULL && vault_check_file (self, change->file, error);
}

gboolean
key_change_end (CrVault *self, KeyChange *change, gboolean keep, const guint8 mac_key[32], GError **error)
{
  gboolean done = keep && key_file_store (change->file, self->folder, mac_key, error);

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
end_change (CrVault *self, KeyChange *change, gboolean keep, GError **error)
{
  return key_change_end (self, change, keep, vault_newest (self)->key_file, error);
}

/* ---- is the file still of this epoch? ---- */

static gboolean
is_same_file (const struct stat *a, const struct stat *b)
{
  return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
         a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
         a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static gboolean
was_checked (CrVault *self, const struct stat *now)
{
  gboolean checked;

  g_mutex_lock (&self->lock);
  checked = self->pending || is_same_file (now, &self->key_stat);
  g_mutex_unlock (&self->lock);
  return checked;
}

/* A file that cannot be read, or is not authentic, says nothing about the epoch: work goes on with the keys
 * in memory, and signing in names the trouble. */
gboolean
cr_vault_check_epoch (CrVault *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, KEY_FILE_NAME, NULL);
  g_autoptr (KeyFile) file = NULL;
  g_autoptr (GError) failed = NULL;
  struct stat now = { 0 };

  if (stat (path, &now) != 0 || was_checked (self, &now))
    return TRUE;
  file = key_file_load (self->folder, NULL);
  if (file == NULL)
    return TRUE;
  if (!vault_check_file (self, file, &failed)) {
    if (!g_error_matches (failed, CR_ERROR, CR_ERROR_KEYS_CHANGED))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  g_mutex_lock (&self->lock);
  self->key_stat = now;
  self->generation = MAX (self->generation, file->generation); /* another program's change */
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* ---- people ---- */

/* Payload of another person of the same practice: the same practice key, a seed of their own. */
static KeyPayload *
payload_for_other (CrVault *self, GError **error)
{
  KeyPayload *payload = vault_payload_new (error);

  if (payload != NULL) {
    memcpy (payload->practice, vault_newest (self)->practice, 32);
    randombytes_buf (payload->seed, 32);
  }
  return payload;
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

  if (vault_find_slot (file, name, &same) != NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_CONFLICT,
                 _ ("Somebody signs in as “%s” already. Choose another name."), same.name);
    return FALSE;
  }
  payload = payload_for_other (self, error);
  if (payload == NULL)
    return FALSE;
  added = vault_add_slot (file, name, password, kdf, cr_vault_epoch (self), payload, error);
  sodium_free (payload);
  return added;
}

static gboolean
remove_person (KeyFile *file, const char *name, GError **error)
{
  g_auto (KeySlot) slot = { 0 };
  KeyRecord *record = vault_find_slot (file, name, &slot);

  if (record == NULL)
    return set_unknown_name (name, error);
  if (count_people (file) == 1) {
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                 _ ("“%s” is the only person who can open this practice. Add another one first."), slot.name);
    return FALSE;
  }
  key_grant_drop_slot (file, record);
  return TRUE;
}

/* One's own signing seed stays; another person's can only be read with their password, so they get a new one.
 */
static gboolean
change_password (CrVault *self, KeyFile *file, const char *name, const char *password, CrKdf kdf,
                 GError **error)
{
  g_auto (KeySlot) slot = { 0 };
  KeyRecord *record = vault_find_slot (file, name, &slot);
  KeyPayload *payload;
  GBytes *body;

  if (record == NULL)
    return set_unknown_name (name, error);
  payload = payload_for_other (self, error);
  if (payload == NULL)
    return FALSE;
  if (self->name != NULL && key_slot_is_named (&slot, self->name))
    memcpy (payload->seed, self->person->seed, 32);
  body = key_slot_seal (KEY_SLOT_PASSWORD, slot.name, password, strlen (password), kdf, payload, error);
  if (body != NULL)
    key_grant_put_slot (file, record, body, cr_vault_epoch (self), payload);
  sodium_free (payload);
  return body != NULL;
}

gboolean
cr_vault_add_person (CrVault *self, const char *name, const char *password, CrKdf kdf, GError **error)
{
  KeyChange change;
  gboolean good = vault_check_name (name, error);

  if (!good)
    return FALSE;
  good =
      key_change_begin (self, &change, error) && add_person (self, change.file, name, password, kdf, error);
  return end_change (self, &change, good, error);
}

gboolean
cr_vault_remove_person (CrVault *self, const char *name, GError **error)
{
  KeyChange change;
  gboolean good = key_change_begin (self, &change, error) && remove_person (change.file, name, error);

  return end_change (self, &change, good, error);
}

gboolean
cr_vault_change_password (CrVault *self, const char *name, const char *password, CrKdf kdf, GError **error)
{
  KeyChange change;
  gboolean good = key_change_begin (self, &change, error) &&
                  change_password (self, change.file, name, password, kdf, error);

  return end_change (self, &change, good, error);
}

gboolean
cr_vault_replace_recovery (CrVault *self, const char *code, GError **error)
{
  KeyChange change;
  gboolean good =
      key_change_begin (self, &change, error) &&
      vault_put_recovery (change.file, cr_vault_epoch (self), vault_newest (self)->practice, code, error);

  return end_change (self, &change, good, error);
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

GBytes *
vault_seal_head (CrVault *self, gint64 count, const guint8 head[32])
{
  guint8 body[HEAD_BODY], plain[40];

  cr_put_u64 (plain, (guint64)count);
  memcpy (plain + 8, head, 32);
  randombytes_buf (body, 24);
  crypto_aead_xchacha20poly1305_ietf_encrypt (body + 24, NULL, plain, sizeof plain, self->store_id, 16, NULL,
                                              body, vault_newest (self)->head);
  return g_bytes_new (body, sizeof body);
}

gboolean
cr_vault_seal_head (CrVault *self, gint64 count, const guint8 head[32], GError **error)
{
  KeyChange change;
  gboolean good = key_change_begin (self, &change, error);
  KeyRecord *record = good ? key_file_find (change.file, KEY_RECORD_HEAD) : NULL;

  if (record != NULL)
    key_file_replace (change.file, record, vault_seal_head (self, count, head));
  else if (good)
    key_file_add (change.file, KEY_RECORD_HEAD, vault_seal_head (self, count, head));
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

  if (file == NULL || !vault_check_file (self, file, NULL))
    return FALSE;
  record = key_file_find (file, KEY_RECORD_HEAD);
  if (record == NULL)
    return FALSE;
  body = g_bytes_get_data (record->body, &size);
  if (size != HEAD_BODY ||
      crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, body + 24, size - 24, self->store_id, 16,
                                                  body, vault_newest (self)->head) != 0)
    return FALSE;
  *count = (gint64)cr_get_u64 (plain);
  memcpy (head, plain + 8, 32);
  return TRUE;
}
