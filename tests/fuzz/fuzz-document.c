/* A sealed document: any bytes under a document's name are refused. */
#include "fuzz.h"
#include <string.h>

#define NAME "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_practice ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *mime = NULL;
  fuzz_put ("documents/" NAME, data, size);
  g_autoptr (GBytes) content = cr_vault_document_read (fuzz_practice ()->vault, NAME, &mime, &error);
  g_assert_null (content);
  g_assert_nonnull (error);
  return 0;
}
