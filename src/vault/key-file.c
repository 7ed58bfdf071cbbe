#include "key-file.h"
#include "safe-file.h"
#include "chartroom/base/error.h"
#include "chartroom/vault/page-cipher.h"
#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#define MAGIC "CRKEYS1\n"
#define HEADER 48
#define RECORD_HEADER 8
#define HASH ((gsize)32)
#define DATABASE_NAME "practice.db"

static void
record_free (gpointer data)
{
  KeyRecord *record = data;

  g_bytes_unref (record->body);
  g_free (record);
}

gboolean
key_file_set_altered (GError **error)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_KEYS_ALTERED,
                       _ ("practice.keys was damaged or altered. Put back the practice.keys of a backup; the "
                          "documents and the database are not touched by this."));
  return FALSE;
}

/* ---- reading ---- */

static gboolean
digest_fits (const guint8 *data, gsize size)
{
  guint8 digest[HASH];

  crypto_generichash (digest, HASH, data, size - HASH, NULL, 0);
  return sodium_memcmp (digest, data + size - HASH, HASH) == 0;
}

static gboolean
read_records (KeyFile *self, const guint8 *at, const guint8 *end)
{
  while (end - at >= RECORD_HEADER) {
    guint32 length = cr_get_u32 (at + 4);

    if (length > (gsize)(end - at) - RECORD_HEADER)
      return FALSE;
    key_file_add (self, (guint16)(cr_get_u32 (at) >> 16), g_bytes_new (at + RECORD_HEADER, length));
    at += RECORD_HEADER + length;
  }
  return at == end;
}

/* FALSE: error is set. */
static gboolean
parse (KeyFile *self, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->image, &size);

  if (size < HEADER + 2 * HASH || memcmp (data, MAGIC, 8) != 0 || !digest_fits (data, size))
    return key_file_set_altered (error);
  self->version = cr_get_u32 (data + 8);
  self->cipher = cr_get_u32 (data + 12);
  memcpy (self->store_id, data + 16, 16);
  self->generation = cr_get_u64 (data + 32);
  if (self->version > KEY_FILE_VERSION) {
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_STORE_NEWER,
        _ ("This practice was written by a newer Chartroom. Update this program to open it."));
    return FALSE;
  }
  return read_records (self, data + HEADER, data + size - 2 * HASH) || key_file_set_altered (error);
}

/* "practice.db", "practice-2.db" … */
static gboolean
has_database (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "practice") && g_str_has_suffix (name, ".db"))
      return TRUE;
  return FALSE;
}

/* No practice.keys: is there a practice at all? */
static void
explain_missing (const char *folder, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);

  if (has_database (folder))
    g_set_error (
        error, CR_ERROR, CR_ERROR_KEYS_MISSING,
        _ ("practice.keys is missing from %s. Without it nobody can open the practice: put it back from a "
           "backup."),
        name);
  else
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_A_PRACTICE,
                 _ ("There is no practice in %s. Choose a folder whose name ends in .practice."), name);
}

static GBytes *
read_image (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KEY_FILE_NAME, NULL);
  g_autoptr (GError) failed = NULL;
  GBytes *image = safe_file_read (path, KEY_FILE_MAX, &failed);

  if (image != NULL)
    return image;
  if (g_error_matches (failed, CR_ERROR, CR_ERROR_NOT_FOUND))
    explain_missing (folder, error);
  else if (g_error_matches (failed, CR_ERROR, CR_ERROR_INVALID))
    key_file_set_altered (error);
  else
    g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

KeyFile *
key_file_load (const char *folder, GError **error)
{
  GBytes *image = read_image (folder, error);
  KeyFile *self;

  if (image == NULL)
    return NULL;
  self = key_file_new ((const guint8[16]){ 0 });
  self->image = image;
  if (parse (self, error))
    return self;
  key_file_free (self);
  return NULL;
}

gboolean
key_file_authenticate (KeyFile *self, const guint8 mac_key[32], GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->image, &size);
  guint8 mac[HASH];

  crypto_generichash (mac, HASH, data, size - 2 * HASH, mac_key, 32);
  return sodium_memcmp (mac, data + size - 2 * HASH, HASH) == 0 || key_file_set_altered (error);
}

/* ---- writing ---- */

static void
append_hash (GByteArray *out, const guint8 *key)
{
  guint8 hash[HASH];

  crypto_generichash (hash, HASH, out->data, out->len, key, key == NULL ? 0 : 32);
  g_byte_array_append (out, hash, HASH);
}

static void
append_record (GByteArray *out, const KeyRecord *record)
{
  guint8 header[RECORD_HEADER];
  gsize length;
  const guint8 *body = g_bytes_get_data (record->body, &length);

  cr_put_u32 (header, (guint32)record->type << 16);
  cr_put_u32 (header + 4, (guint32)length);
  g_byte_array_append (out, header, RECORD_HEADER);
  g_byte_array_append (out, body, (guint)length);
}

static GBytes *
serialize (KeyFile *self, const guint8 mac_key[32])
{
  GByteArray *out = g_byte_array_new ();
  guint8 header[HEADER] = MAGIC;

  cr_put_u32 (header + 8, self->version);
  cr_put_u32 (header + 12, self->cipher);
  memcpy (header + 16, self->store_id, 16);
  cr_put_u64 (header + 32, self->generation);
  g_byte_array_append (out, header, HEADER);
  for (guint i = 0; i < self->records->len; i++)
    append_record (out, self->records->pdata[i]);
  append_hash (out, mac_key);
  append_hash (out, NULL);
  return g_byte_array_free_to_bytes (out);
}

gboolean
key_file_store (KeyFile *self, const char *folder, const guint8 mac_key[32], GError **error)
{
  g_autofree char *path = g_build_filename (folder, KEY_FILE_NAME, NULL);
  g_autoptr (GBytes) image = NULL;

  self->generation++;
  image = serialize (self, mac_key);
  if (g_bytes_get_size (image) > KEY_FILE_MAX) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("practice.keys has no room for more people. Remove those who have left."));
    return FALSE;
  }
  if (!safe_file_replace (path, image, error))
    return FALSE;
  g_clear_pointer (&self->image, g_bytes_unref);
  self->image = g_steal_pointer (&image);
  return TRUE;
}

KeyFile *
key_file_new (const guint8 store_id[16])
{
  KeyFile *self = g_new0 (KeyFile, 1);

  self->version = KEY_FILE_VERSION;
  self->cipher = CR_PAGE_CIPHER_XCHACHA;
  memcpy (self->store_id, store_id, 16);
  self->records = g_ptr_array_new_with_free_func (record_free);
  return self;
}

void
key_file_free (KeyFile *self)
{
  g_ptr_array_unref (self->records);
  g_clear_pointer (&self->image, g_bytes_unref);
  g_free (self);
}

void
key_file_add (KeyFile *self, guint16 type, GBytes *body)
{
  KeyRecord *record = g_new0 (KeyRecord, 1);

  record->type = type;
  record->body = body;
  g_ptr_array_add (self->records, record);
}

KeyRecord *
key_file_find (KeyFile *self, guint16 type)
{
  for (guint i = 0; i < self->records->len; i++) {
    KeyRecord *record = self->records->pdata[i];

    if (record->type == type)
      return record;
  }
  return NULL;
}

void
key_file_replace (KeyFile *self, KeyRecord *record, GBytes *body)
{
  g_bytes_unref (record->body);
  record->body = body;
}

void
key_file_remove (KeyFile *self, KeyRecord *record)
{
  g_ptr_array_remove (self->records, record);
}

guint32
key_file_epoch (KeyFile *self)
{
  KeyRecord *epoch = key_file_find (self, KEY_RECORD_EPOCH);
  gsize size;
  const guint8 *body = epoch == NULL ? NULL : g_bytes_get_data (epoch->body, &size);

  return body == NULL || size < 5 ? 1 : cr_get_u32 (body);
}

char *
key_file_database (KeyFile *self)
{
  KeyRecord *epoch = key_file_find (self, KEY_RECORD_EPOCH);
  gsize size;
  const guint8 *body = epoch == NULL ? NULL : g_bytes_get_data (epoch->body, &size);

  if (body == NULL || size < 5 || size - 5 < body[4])
    return g_strdup (DATABASE_NAME);
  return g_strndup ((const char *)body + 5, body[4]);
}
