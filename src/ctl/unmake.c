#include "src/ctl/unmake.h"
#include <glib/gstdio.h>

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
}

void
cr_unmake_practice (const char *folder)
{
  static const char *const FILES[] = { "practice.db", "practice.db-wal", "practice.db-shm", "practice.keys" };
  g_autofree char *documents = g_build_filename (folder, "documents", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *path = g_build_filename (folder, FILES[i], NULL);
    g_unlink (path);
  }
  empty_folder (documents);
  g_rmdir (documents);
  g_rmdir (folder);
}
