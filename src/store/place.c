#include "place.h"
#include "chartroom/base/error.h"
#include "chartroom/domain/place.h"
#include <glib/gi18n.h>
#include <stdlib.h>

/* The nearest folder that is there already, without links. */
static char *
resolve (const char *folder)
{
  g_autofree char *at = g_canonicalize_filename (folder, NULL);
  char *real = NULL;
  while ((real = realpath (at, NULL)) == NULL && !g_str_equal (at, "/")) {
    char *parent = g_path_get_dirname (at);
    g_free (at);
    at = parent;
  }
  return real != NULL ? real : g_strdup ("/");
}

static gboolean
check_drive (const char *folder, const char *real, GError **error)
{
  g_autofree char *mounts = NULL, *type = NULL;
  const char *word;
  if (!g_file_get_contents ("/proc/self/mountinfo", &mounts, NULL, NULL))
    return TRUE;
  type = cr_place_file_system (mounts, real);
  word = cr_place_network_word (type);
  if (word == NULL)
    return TRUE;
  g_set_error (
      error, CR_ERROR, CR_ERROR_SHARED_PLACE,
      _ ("%s lies on %s. Two machines writing there would destroy the practice: keep it on this computer's "
         "own disk, and let backups go to the drive."),
      folder, word);
  return FALSE;
}

static const char *
find_sync (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name, *program = NULL;
  while (dir != NULL && program == NULL && (name = g_dir_read_name (dir)) != NULL)
    program = cr_place_sync_word (name);
  return program;
}

static gboolean
check_sync (const char *folder, const char *real, GError **error)
{
  g_autofree char *at = g_strdup (real);
  for (;;) {
    const char *program = find_sync (at);
    char *parent;
    if (program != NULL) {
      g_set_error (
          error, CR_ERROR, CR_ERROR_SHARED_PLACE,
          _ ("%s lies in %s, which %s copies elsewhere while it is written. Move the practice out of that "
             "folder; backups may go there."),
          folder, at, program);
      return FALSE;
    }
    if (g_str_equal (at, "/"))
      return TRUE;
    parent = g_path_get_dirname (at);
    g_free (at);
    at = parent;
  }
}

gboolean
cr_place_check (const char *folder, GError **error)
{
  g_autofree char *real = resolve (folder);
  return check_drive (folder, real, error) && check_sync (folder, real, error);
}
