/* The epoch that a change of the keys is about to put in force: in memory, and noted in practice.keys, so
 * that a change cut off by a crash goes on where it was.
 *
 * The note, one per file:
 *    0  4  epoch
 *    4 16  slot id of who changes the keys
 *   20 80  crypto_box_seal of the next practice key to that slot's public key
 *  100     name of the unfinished database
 *  -64 64  Ed25519 of all before, by that person
 *
 * It is sealed to a slot and not under the key in force: that key may be known to who must not read on, and
 * signed, so that who knows it cannot note a key of their own.  A new password, or the slot's removal, makes
 * the note worthless, and the change begins again. */
#include "vault-private.h"
#include "key-grant.h"
#include "chartroom/vault/page-cipher.h"
#include "chartroom/vault/rotation.h"
#include <sodium.h>
#include <string.h>

#define SEALED (crypto_box_SEALBYTES + 32)
#define SIGNATURE ((gsize)crypto_sign_BYTES)
#define NAME_AT ((gsize)(4 + KEY_SLOT_ID + SEALED))

/* ---- in memory ---- */

static EpochKeys *
prepend_epoch (CrVault *self, const guint8 practice[32], GError **error)
{
  EpochKeys *epochs = epochs_alloc (self->n_epochs + 1, error);

  if (epochs == NULL)
    return NULL;
  if (practice != NULL)
    memcpy (epochs[0].practice, practice, 32);
  else
    randombytes_buf (epochs[0].practice, 32);
  epoch_derive (&epochs[0], cr_vault_epoch (self) + 1, epochs[0].practice);
  memcpy (epochs + 1, self->epochs, self->n_epochs * sizeof *epochs);
  return epochs;
}

static PersonKeys *
copy_person (CrVault *self)
{
  PersonKeys *person = sodium_malloc (sizeof *person);

  if (person != NULL)
    memcpy (person, self->person, sizeof *person);
  return person;
}

/* practice: NULL for one that nobody had before. */
static CrVault *
next_vault (CrVault *self, KeyFile *file, const char *database, const guint8 *practice, GError **error)
{
  EpochKeys *epochs = prepend_epoch (self, practice, error);
  CrVault *next;

  if (epochs == NULL)
    return NULL;
  next = vault_assemble (self->folder, self->name, database, file, epochs, self->n_epochs + 1,
                         copy_person (self), error);
  if (next != NULL)
    next->pending = TRUE;
  return next;
}

/* "practice-2.db"; where that is there already, "practice-2-2.db" …: what lies there may be somebody's only
 * copy of a newer state, whose key file was put back to an older one. */
static char *
free_name (CrVault *self)
{
  guint32 epoch = cr_vault_epoch (self) + 1;
  char *name = g_strdup_printf ("practice-%u.db", epoch);

  for (guint i = 2;; i++) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return name;
    g_free (name);
    name = g_strdup_printf ("practice-%u-%u.db", epoch, i);
  }
}

/* ---- the note ---- */

/* A name of this folder, and of nothing that could be in use. */
static char *
noted_name (const KeyRecord *note)
{
  gsize size;
  const char *body = g_bytes_get_data (note->body, &size);
  g_autofree char *name = g_strndup (body + NAME_AT, size - SIGNATURE - NAME_AT);

  if (strchr (name, '/') != NULL || !g_str_has_prefix (name, "practice-") ||
      !g_str_has_suffix (name, ".db" CR_EPOCH_UNFINISHED))
    return NULL;
  return g_steal_pointer (&name);
}

/* The file's note of the epoch after this one, or NULL. */
static KeyRecord *
find_note (CrVault *self, KeyFile *file)
{
  KeyRecord *record = key_file_find (file, KEY_RECORD_NEXT);

  if (record == NULL || g_bytes_get_size (record->body) <= NAME_AT + SIGNATURE ||
      cr_get_u32 (g_bytes_get_data (record->body, NULL)) - 1 != cr_vault_epoch (self))
    return NULL;
  return record;
}

/* The record of the slot that opened the vault, as long as nothing but that password opens it. */
static KeyRecord *
find_own_slot (CrVault *self, KeyFile *file)
{
  g_auto (KeySlot) slot = { 0 };
  KeyRecord *record = self->name != NULL ? vault_find_slot (file, self->name, &slot) : NULL;
  guint8 public_key[32];
  guint32 epoch;

  if (record == NULL || !key_grant_find_public (file, record->body, &epoch, public_key) ||
      memcmp (public_key, self->person->grant_public, 32) != 0)
    return NULL;
  return record;
}

/* FALSE: it is another's, or another password's. */
static gboolean
open_note (CrVault *self, KeyFile *file, const KeyRecord *note, guint8 practice[32])
{
  const KeyRecord *slot = find_own_slot (self, file);
  gsize size;
  const guint8 *body = g_bytes_get_data (note->body, &size);

  return slot != NULL && memcmp (body + 4, key_slot_id (slot->body), KEY_SLOT_ID) == 0 &&
         cr_signature_verify (self->public_key, body, size - SIGNATURE, body + size - SIGNATURE) &&
         crypto_box_seal_open (practice, body + 4 + KEY_SLOT_ID, SEALED, self->person->grant_public,
                               self->person->grant_secret) == 0;
}

static GBytes *
make_note (CrVault *next, const KeyRecord *slot)
{
  GByteArray *body = g_byte_array_new ();
  guint8 start[NAME_AT], signature[SIGNATURE];

  cr_put_u32 (start, cr_vault_epoch (next));
  memcpy (start + 4, key_slot_id (slot->body), KEY_SLOT_ID);
  crypto_box_seal (start + 4 + KEY_SLOT_ID, vault_newest (next)->practice, 32, next->person->grant_public);
  g_byte_array_append (body, start, NAME_AT);
  g_byte_array_append (body, (const guint8 *)next->database, (guint)strlen (next->database));
  crypto_sign_detached (signature, NULL, body->data, body->len, next->person->sign);
  g_byte_array_append (body, signature, sizeof signature);
  return g_byte_array_free_to_bytes (body);
}

/* next: NULL to have none. */
static gboolean
write_note (CrVault *self, CrVault *next, GError **error)
{
  KeyChange change;
  gboolean good = key_change_begin (self, &change, error);
  KeyRecord *slot = good && next != NULL ? find_own_slot (self, change.file) : NULL, *earlier;

  while (good && (earlier = key_file_find (change.file, KEY_RECORD_NEXT)) != NULL)
    key_file_remove (change.file, earlier);
  if (slot != NULL)
    key_file_add (change.file, KEY_RECORD_NEXT, make_note (next, slot));
  return key_change_end (self, &change, good, vault_newest (self)->key_file, error);
}

/* ---- for who changes the keys ---- */

static KeyFile *
load_checked (CrVault *self, GError **error)
{
  g_autoptr (KeyFile) file = key_file_load (self->folder, error);

  if (file == NULL || !vault_check_file (self, file, error))
    return NULL;
  return g_steal_pointer (&file);
}

char *
cr_vault_noted_database (CrVault *self)
{
  g_autoptr (KeyFile) file = load_checked (self, NULL);
  const KeyRecord *note = file != NULL ? find_note (self, file) : NULL;

  return note != NULL ? noted_name (note) : NULL;
}

CrVault *
vault_open_note (CrVault *self, KeyFile *file, GError **error)
{
  const KeyRecord *note = find_note (self, file);
  g_autofree char *database = note != NULL ? noted_name (note) : NULL;
  KeyPayload *payload = database != NULL ? vault_payload_new (error) : NULL;
  CrVault *next = NULL;

  if (payload != NULL && open_note (self, file, note, payload->practice))
    next = next_vault (self, file, database, payload->practice, error);
  sodium_free (payload);
  return next;
}

CrVault *
cr_vault_noted_epoch (CrVault *self, GError **error)
{
  g_autoptr (KeyFile) file = load_checked (self, error);

  return file != NULL ? vault_open_note (self, file, error) : NULL;
}

CrVault *
cr_vault_next_epoch (CrVault *self, GError **error)
{
  g_autoptr (KeyFile) file = load_checked (self, error);
  g_autofree char *name = free_name (self), *database = g_strconcat (name, CR_EPOCH_UNFINISHED, NULL);

  return file != NULL ? next_vault (self, file, database, NULL, error) : NULL;
}

gboolean
cr_vault_note_epoch (CrVault *self, CrVault *next, GError **error)
{
  return write_note (self, next, error);
}

gboolean
cr_vault_forget_next (CrVault *self, GError **error)
{
  g_autoptr (KeyFile) file = load_checked (self, error);

  return file != NULL && (key_file_find (file, KEY_RECORD_NEXT) == NULL || write_note (self, NULL, error));
}

void
cr_vault_seal_progress (CrVault *next, guint64 part, const void *tags, gsize size, guint8 out[32])
{
  crypto_generichash_state state;
  guint8 key[32], number[8];

  epoch_subkey (key, 11, vault_newest (next)->practice);
  cr_put_u64 (number, part);
  crypto_generichash_init (&state, key, sizeof key, 32);
  crypto_generichash_update (&state, number, sizeof number);
  crypto_generichash_update (&state, tags, size);
  crypto_generichash_final (&state, out, 32);
  sodium_memzero (key, sizeof key);
  sodium_memzero (&state, sizeof state);
}
