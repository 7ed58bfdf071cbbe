#include "safe-file.h"
#include "chartroom/base/error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

static CrErrorCode
code_of (int code)
{
  switch (code) {
  case ENOENT:
  case ENOTDIR:
    return CR_ERROR_NOT_FOUND;
  case ENOSPC:
  case EDQUOT:
    return CR_ERROR_DISK_FULL;
  case EROFS:
  case EACCES:
  case EPERM:
    return CR_ERROR_READ_ONLY;
  default:
    return CR_ERROR_IO;
  }
}

void
safe_file_set_error (GError **error, int code, const char *what, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  switch (code_of (code)) {
  case CR_ERROR_DISK_FULL:
    g_set_error (error, CR_ERROR, CR_ERROR_DISK_FULL,
                 _ ("%s %s: the disk is full. Make room and try again; nothing was changed."), what, name);
    return;
  case CR_ERROR_READ_ONLY:
    g_set_error (error, CR_ERROR, CR_ERROR_READ_ONLY,
                 _ ("%s %s: %s. Check who may use the folder; nothing was changed."), what, name,
                 g_strerror (code));
    return;
  default:
    g_set_error (error, CR_ERROR, code_of (code), "%s %s: %s.", what, name, g_strerror (code));
    return;
  }
}

gboolean
safe_file_write_all (int fd, const void *data, gsize len)
{
  const guint8 *at = data;

  while (len > 0) {
    gssize n = write (fd, at, len);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    at += n;
    len -= (gsize)n;
  }
  return TRUE;
}

gssize
safe_file_read_all (int fd, void *buffer, gsize room)
{
  gsize have = 0;

  while (have < room) {
    gssize n = read (fd, (guint8 *)buffer + have, room - have);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return -1;
    if (n == 0)
      break;
    have += (gsize)n;
  }
  return (gssize)have;
}

GBytes *
safe_file_read (const char *path, gsize max, GError **error)
{
  g_autofree guint8 *buffer = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize length;
  int saved;

  if (fd < 0) {
    safe_file_set_error (error, errno, _ ("Could not read"), path);
    return NULL;
  }
  buffer = g_malloc (max + 1);
  length = safe_file_read_all (fd, buffer, max + 1);
  saved = errno;
  close (fd);
  if (length < 0) {
    safe_file_set_error (error, saved, _ ("Could not read"), path);
    return NULL;
  }
  if ((gsize)length > max) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("%s is far larger than it can be."), path);
    return NULL;
  }
  return g_bytes_new (buffer, (gsize)length);
}

gboolean
safe_file_sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    safe_file_set_error (error, errno, _ ("Could not write"), folder);
  if (fd >= 0)
    close (fd);
  return done;
}

gboolean
safe_file_commit (const char *temporary, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_rename (temporary, path) != 0) {
    safe_file_set_error (error, errno, _ ("Could not write"), path);
    g_unlink (temporary);
    return FALSE;
  }
  return safe_file_sync_folder (folder, error);
}

gboolean
safe_file_replace (const char *path, GBytes *content, GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);
  int fd = open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean written;
  int saved;

  if (fd < 0) {
    safe_file_set_error (error, errno, _ ("Could not write"), path);
    return FALSE;
  }
  written = safe_file_write_all (fd, g_bytes_get_data (content, NULL), g_bytes_get_size (content)) &&
            fsync (fd) == 0;
  saved = errno;
  if (close (fd) != 0 && written) {
    saved = errno;
    written = FALSE;
  }
  if (written)
    return safe_file_commit (temporary, path, error);
  safe_file_set_error (error, saved, _ ("Could not write"), path);
  g_unlink (temporary);
  return FALSE;
}
