/* The practice that targets work on. */
#include "fuzz.h"
#include <glib/gstdio.h>
#include <string.h>

static FuzzPractice practice;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    remove_tree (inner);
  }
  g_remove (path);
}

static void
tear_down (void)
{
  g_autofree char *parent = g_path_get_dirname (practice.folder);
  g_clear_pointer (&practice.vault, cr_vault_unref);
  remove_tree (parent);
  g_clear_pointer (&practice.folder, g_free);
}

const FuzzPractice *
fuzz_practice (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = NULL;
  if (practice.vault != NULL)
    return &practice;
  parent = g_strdup ("/dev/shm/chartroom-fuzz-XXXXXX");
  if (g_mkdtemp (parent) == NULL)
    g_error ("There is no memory file system for the fuzzed practice.");
  practice.folder = g_build_filename (parent, "Fuzz.practice", NULL);
  practice.vault =
      cr_vault_create (practice.folder, "fuzz", "four words of nonsense", CR_KDF_TEST, NULL, &error);
  if (practice.vault == NULL)
    g_error ("%s", error->message);
  atexit (tear_down);
  return &practice;
}

const char *
fuzz_put (const char *name, const uint8_t *data, size_t size)
{
  g_autofree char *path = g_build_filename (fuzz_practice ()->folder, name, NULL);
  FILE *file = g_fopen (path, "wb");
  if (file == NULL || fwrite (data, 1, size, file) != size || fclose (file) != 0)
    g_error ("%s could not be written", path);
  return g_intern_string (path);
}
