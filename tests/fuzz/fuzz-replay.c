/* Without libFuzzer: the corpus, and a fixed number of changed copies of each of its files.
 * usage: TARGET CORPUS-FOLDER [CHANGES]  prints TAP */
#include "fuzz.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
change (GByteArray *bytes, GRand *chance)
{
  guint times = (guint)g_rand_int_range (chance, 1, 9);
  for (guint i = 0; i < times && bytes->len > 0; i++) {
    guint at = g_rand_int (chance) % bytes->len;
    switch (g_rand_int_range (chance, 0, 4)) {
    case 0:
      bytes->data[at] ^= (guint8)(1u << g_rand_int_range (chance, 0, 8));
      break;
    case 1:
      bytes->data[at] = (guint8)g_rand_int (chance);
      break;
    case 2:
      g_byte_array_set_size (bytes, at);
      break;
    default: {
      g_autofree guint8 *part = g_memdup2 (bytes->data, at);
      g_byte_array_append (bytes, part, at);
      break;
    }
    }
    if (bytes->len > 1 << 20)
      g_byte_array_set_size (bytes, 1 << 20);
  }
}

static void
replay (const char *path, guint changes, GRand *chance)
{
  g_autofree char *content = NULL;
  gsize size;
  if (!g_file_get_contents (path, &content, &size, NULL))
    g_error ("%s cannot be read", path);
  LLVMFuzzerTestOneInput ((const uint8_t *)content, size);
  for (guint i = 0; i < changes; i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_byte_array_append (bytes, (const guint8 *)content, (guint)size);
    change (bytes, chance);
    LLVMFuzzerTestOneInput (bytes->data, bytes->len);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) dir = argc > 1 ? g_dir_open (argv[1], 0, NULL) : NULL;
  g_autoptr (GRand) chance = g_rand_new_with_seed (20261123);
  guint changes = argc > 2 ? (guint)strtoul (argv[2], NULL, 10) : 300, files = 0;
  const char *name;
  LLVMFuzzerInitialize (&argc, &argv);
  LLVMFuzzerTestOneInput ((const uint8_t *)"", 0);
  for (; dir != NULL && (name = g_dir_read_name (dir)) != NULL; files++) {
    g_autofree char *path = g_build_filename (argv[1], name, NULL);
    replay (path, changes, chance);
  }
  if (files == 0)
    g_error ("There is no corpus in %s.", argc > 1 ? argv[1] : "(no folder given)");
  printf ("1..1\nok 1 - %u files, %u changed copies of each\n", files, changes);
  return 0;
}
