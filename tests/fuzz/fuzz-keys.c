/* practice.keys: bytes whose outer hash is made to fit, so that what is within is read. */
#include "fuzz.h"
#include "src/vault/key-grant.h"
#include "src/vault/vault-private.h"
#include <sodium.h>
#include <string.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_practice ();
  return 0;
}

/* What stands in the file about slots and epochs, as if it were authentic. */
static void
read_records (KeyFile *file)
{
  g_auto (GStrv) databases G_GNUC_UNUSED = key_file_databases (file);
  g_autoptr (CrVault) noted G_GNUC_UNUSED = vault_open_note (fuzz_practice ()->vault, file, NULL);
  KeyPayload *payload = vault_payload_new (NULL);
  EpochKeys *epochs;
  guint8 public_key[32];
  guint32 epoch;
  guint n;
  memset (payload, 0, sizeof *payload);
  for (guint i = 0; i < file->records->len; i++) {
    KeyRecord *record = file->records->pdata[i];
    if (record->type != KEY_RECORD_SLOT)
      continue;
    if (key_grant_find_public (file, record->body, &epoch, public_key))
      memcpy (payload->grant_public, public_key, 32);
    key_grant_follow (file, record->body, payload, &epoch, NULL);
  }
  g_clear_pointer (&file->image, g_bytes_unref);
  epochs = epochs_open (file, vault_newest (fuzz_practice ()->vault)->practice, &n, NULL);
  sodium_free (epochs);
  sodium_free (payload);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *image = g_malloc (size + 32);
  g_autoptr (GError) error = NULL;
  memcpy (image, data, size);
  crypto_generichash (image + size, 32, image, size, NULL, 0);
  fuzz_put ("practice.keys", image, size + 32);
  g_auto (GStrv) names = cr_vault_slot_names (fuzz_practice ()->folder, &error);
  g_assert_true ((names == NULL) == (error != NULL));
  g_autoptr (KeyFile) file = key_file_load (fuzz_practice ()->folder, NULL);
  if (file != NULL)
    read_records (file);
  return 0;
}
