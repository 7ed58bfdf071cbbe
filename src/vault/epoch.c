/* Key epochs: the practice keys there were, the newest of which opens them all. */
#include "vault-private.h"
#include "chartroom/vault/page-cipher.h"
#include <sodium.h>
#include <string.h>

#define KDF_CONTEXT "CHARTRM1"
#define NONCE 24
#define BOX ((gsize)32 + 16)
#define AD (16 + 4)

void
epoch_subkey (guint8 out[32], guint64 id, const guint8 practice[32])
{
  crypto_kdf_derive_from_key (out, 32, id, KDF_CONTEXT, practice);
}

void
epoch_derive (EpochKeys *out, guint32 number, const guint8 practice[32])
{
  out->number = number;
  if (practice != out->practice)
    memcpy (out->practice, practice, 32);
  epoch_subkey (out->document, 3, out->practice);
  epoch_subkey (out->document_name, 4, out->practice);
  epoch_subkey (out->audit, 5, out->practice);
  epoch_subkey (out->key_file, 6, out->practice);
  epoch_subkey (out->backup, 7, out->practice);
  epoch_subkey (out->head, 9, out->practice);
  epoch_subkey (out->older, 10, out->practice);
}

EpochKeys *
epochs_alloc (guint n, GError **error)
{
  EpochKeys *epochs = sodium_allocarray (n, sizeof *epochs);

  if (epochs == NULL)
    vault_set_no_memory (error);
  return epochs;
}

const EpochKeys *
vault_epoch (CrVault *self, guint32 number)
{
  guint32 newest = vault_newest (self)->number;

  return number == 0 || number > newest ? NULL : &self->epochs[newest - number];
}

guint32
cr_vault_epoch (CrVault *self)
{
  return vault_newest (self)->number;
}

/* ---- records ---- */

static void
associate (const KeyFile *file, guint32 number, guint8 ad[AD])
{
  memcpy (ad, file->store_id, 16);
  cr_put_u32 (ad + 16, number);
}

static guint
count_records (KeyFile *file)
{
  guint n = 0;

  for (guint i = 0; i < file->records->len; i++)
    n += ((KeyRecord *)file->records->pdata[i])->type == KEY_RECORD_EPOCH;
  return n;
}

/* The box in an older epoch's record, or NULL. */
static const guint8 *
find_box (KeyFile *file, guint32 number)
{
  gsize size;

  for (guint i = 0; i < file->records->len; i++) {
    const KeyRecord *record = file->records->pdata[i];
    const guint8 *body = g_bytes_get_data (record->body, &size);

    if (record->type == KEY_RECORD_EPOCH && size >= 5 && cr_get_u32 (body) == number &&
        size == 5 + (gsize)body[4] + NONCE + BOX)
      return body + 5 + body[4];
  }
  return NULL;
}

static gboolean
open_older (KeyFile *file, const EpochKeys *newest, guint32 number, EpochKeys *out)
{
  const guint8 *box = find_box (file, number);
  guint8 ad[AD];

  associate (file, number, ad);
  if (box == NULL || crypto_aead_xchacha20poly1305_ietf_decrypt (out->practice, NULL, NULL, box + NONCE, BOX,
                                                                 ad, AD, box, newest->older) != 0)
    return FALSE;
  epoch_derive (out, number, out->practice);
  return TRUE;
}

EpochKeys *
epochs_open (KeyFile *file, const guint8 practice[32], guint *n, GError **error)
{
  guint32 newest = key_file_epoch (file);
  EpochKeys *epochs;
  gboolean sound;

  if (newest != MAX (count_records (file), 1)) {
    key_file_set_altered (error);
    return NULL;
  }
  epochs = epochs_alloc (newest, error);
  if (epochs == NULL)
    return NULL;
  epoch_derive (&epochs[0], newest, practice);
  sound = file->image == NULL || key_file_authenticate (file, epochs[0].key_file, error);
  for (guint i = 1; sound && i < newest; i++)
    sound = open_older (file, &epochs[0], newest - i, &epochs[i]) || key_file_set_altered (error);
  *n = newest;
  if (sound)
    return epochs;
  sodium_free (epochs);
  return NULL;
}

static GBytes *
make_record (KeyFile *file, const EpochKeys *newest, const EpochKeys *epoch, const char *database)
{
  GByteArray *body = g_byte_array_new ();
  guint8 start[5], nonce[NONCE], box[BOX], ad[AD];

  cr_put_u32 (start, epoch->number);
  start[4] = (guint8)strlen (database);
  g_byte_array_append (body, start, sizeof start);
  g_byte_array_append (body, (const guint8 *)database, start[4]);
  if (epoch == newest)
    return g_byte_array_free_to_bytes (body);
  associate (file, epoch->number, ad);
  randombytes_buf (nonce, sizeof nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt (box, NULL, epoch->practice, 32, ad, AD, NULL, nonce,
                                              newest->older);
  g_byte_array_append (body, nonce, NONCE);
  g_byte_array_append (body, box, BOX);
  return g_byte_array_free_to_bytes (body);
}

void
epochs_write (KeyFile *file, const EpochKeys *epochs, guint n, const char *const *databases)
{
  KeyRecord *earlier;

  while ((earlier = key_file_find (file, KEY_RECORD_EPOCH)) != NULL)
    key_file_remove (file, earlier);
  for (guint i = 0; i < n; i++)
    key_file_add (file, KEY_RECORD_EPOCH, make_record (file, &epochs[0], &epochs[i], databases[i]));
}

/* Each epoch's file name, newest first; free with g_strfreev. */
char **
key_file_databases (KeyFile *file)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  gsize size;

  for (guint i = 0; i < file->records->len; i++) {
    const KeyRecord *record = file->records->pdata[i];
    const guint8 *body = g_bytes_get_data (record->body, &size);
    g_autofree char *name = NULL;

    if (record->type != KEY_RECORD_EPOCH || size < 5 || size - 5 < body[4])
      continue;
    name = g_strndup ((const char *)body + 5, body[4]);
    g_strv_builder_add (names, name);
  }
  return g_strv_builder_end (names);
}
