/* practice.keys: bytes whose outer hash is made to fit, so that what is within is read. */
#include "fuzz.h"
#include <sodium.h>
#include <string.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_practice ();
  return 0;
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
  return 0;
}
