/* A backup: the bytes are messages, sealed here with the right key, so that what reads them after they have
 * authenticated is reached.  Each is a type, a length (two bytes) and its content. */
#include "fuzz.h"
#include "src/vault/backup-format.h"
#include "chartroom/vault/backup.h"
#include "chartroom/vault/page-cipher.h"
#include <string.h>

static void
append_message (GByteArray *out, crypto_secretstream_xchacha20poly1305_state *stream, const guint8 *plain,
                gsize size, const guint8 *ad, gsize ad_size)
{
  g_autofree guint8 *sealed = g_malloc (size + BACKUP_EXTRA);
  guint8 length[4];
  guint8 tag = plain[0] == 'S' ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                               : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
  cr_put_u32 (length, (guint32)(size + BACKUP_EXTRA));
  crypto_secretstream_xchacha20poly1305_push (stream, sealed, NULL, plain, size, ad, ad_size, tag);
  g_byte_array_append (out, length, 4);
  g_byte_array_append (out, sealed, (guint)(size + BACKUP_EXTRA));
}

static void
append_front (GByteArray *out, crypto_secretstream_xchacha20poly1305_state *stream, guint8 ad[BACKUP_AD])
{
  const FuzzPractice *practice = fuzz_practice ();
  guint8 front[BACKUP_FRONT], header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  static const guint8 keys[] = "not looked at here";
  memcpy (front, backup_magic, 8);
  cr_put_u32 (front + 8, cr_vault_epoch (practice->vault));
  cr_put_u32 (front + 12, sizeof keys);
  memcpy (front + 16, practice->vault->store_id, 16);
  backup_associate (front, keys, sizeof keys, ad);
  crypto_secretstream_xchacha20poly1305_init_push (stream, header, vault_newest (practice->vault)->backup);
  g_byte_array_append (out, front, sizeof front);
  g_byte_array_append (out, keys, sizeof keys);
  g_byte_array_append (out, header, sizeof header);
}

static GByteArray *
seal_messages (const uint8_t *data, size_t size)
{
  GByteArray *out = g_byte_array_new ();
  crypto_secretstream_xchacha20poly1305_state stream;
  guint8 ad[BACKUP_AD];
  gsize ad_size = BACKUP_AD;
  append_front (out, &stream, ad);
  while (size >= 3) {
    gsize length = MIN ((gsize)data[1] << 8 | data[2], size - 3);
    g_autofree guint8 *plain = g_malloc (length + 1);
    plain[0] = data[0];
    memcpy (plain + 1, data + 3, length);
    append_message (out, &stream, plain, length + 1, ad, ad_size);
    ad_size = 0;
    data += 3 + length;
    size -= 3 + length;
  }
  return out;
}

static char *
place_cb (const char *name, gpointer data)
{
  g_assert_null (strstr (name, ".."));
  g_assert_cmpint (name[0], !=, '/');
  return NULL;
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_practice ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GByteArray) sealed = seal_messages (data, size);
  g_autoptr (GError) error = NULL;
  CrBackupReading reading = { place_cb, NULL, NULL, NULL };
  guint8 signer[32];
  const char *path = fuzz_put ("backup", sealed->data, sealed->len);
  g_autofree char *manifest = cr_backup_read (fuzz_practice ()->vault, path, &reading, signer, &error);
  g_assert_null (manifest); /* it would have to be signed */
  g_assert_nonnull (error);
  g_clear_error (&error);
  path = fuzz_put ("backup", data, size);
  g_free (manifest);
  manifest = cr_backup_read (fuzz_practice ()->vault, path, &reading, signer, &error);
  g_assert_null (manifest);
  return 0;
}
