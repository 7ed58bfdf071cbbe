#undef _FILE_OFFSET_BITS /* both names of a call stand here: open and open64 */
#include "fault-calls.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 4096 };

static char watched[PATH_MAX];
static char *names[MOST_FILES]; /* of the files that count, by descriptor */
static GMutex lock;             /* of what follows: the store's thread makes calls of its own */
static int calls, failing, failing_code;
static gboolean staying, deadly;
static char failed[PATH_MAX + 32];

static gboolean
is_below (const char *path)
{
  gsize length = strlen (watched);
  return length > 0 && path != NULL && strncmp (path, watched, length) == 0 &&
         strchr ("/", path[length]) != NULL;
}

/* TRUE: this call is to fail; errno is set. */
static gboolean
fails (const char *call, const char *path)
{
  const char *slash = strrchr (path, '/');
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  int n = ++calls;
  if (deadly && n == failing)
    raise (SIGKILL);
  if (failing == 0 || n < failing || (n > failing && !staying))
    return FALSE;
  if (n == failing)
    snprintf (failed, sizeof failed, "%s %s", call, slash != NULL ? slash + 1 : path);
  errno = g_str_has_prefix (call, "read") || g_str_has_prefix (call, "pread") ? EIO : failing_code;
  return TRUE;
}

static gboolean
fails_on (const char *call, int fd)
{
  return fd >= 0 && fd < MOST_FILES && names[fd] != NULL && fails (call, names[fd]);
}

static void
forget (int fd)
{
  if (fd >= 0 && fd < MOST_FILES)
    g_clear_pointer (&names[fd], free);
}

static int
note_open (int fd, const char *path)
{
  forget (fd);
  if (fd >= 0 && fd < MOST_FILES && is_below (path))
    names[fd] = strdup (path);
  return fd;
}

void
fault_calls_watch (const char *folder)
{
  g_strlcpy (watched, folder, sizeof watched);
}

static void
plan (guint n, int code, gboolean sticky, gboolean kills)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  staying = sticky;
  deadly = kills;
  failed[0] = '\0';
  failing_code = code;
  calls = 0;
  failing = (int)n;
}

void
fault_calls_fail (guint n, int code, gboolean sticky)
{
  plan (n, code, sticky, FALSE);
}

void
fault_calls_die (guint n)
{
  plan (n, 0, FALSE, TRUE);
}

const char *
fault_calls_failed (void)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  return failed[0] != '\0' ? failed : NULL;
}

/* ---- the calls ---- */

#define NEXT(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

static mode_t
mode_of (int flags, va_list arguments)
{
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (arguments, mode_t) : 0;
}

#define OPEN(name)                                                                                           \
  int name (const char *path, int flags, ...)                                                                \
  {                                                                                                          \
    va_list arguments;                                                                                       \
    va_start (arguments, flags);                                                                             \
    mode_t mode = mode_of (flags, arguments);                                                                \
    va_end (arguments);                                                                                      \
    return is_below (path) && fails ("open", path) ? -1 : note_open (NEXT (name) (path, flags, mode), path); \
  }
OPEN (open)
OPEN (open64)

int
close (int fd)
{
  forget (fd);
  return NEXT (close) (fd);
}

int
fclose (FILE *file)
{
  forget (fileno (file));
  return NEXT (fclose) (file);
}

#define ON_FILE(type, name, parameters, arguments)                                                           \
  type name parameters                                                                                       \
  {                                                                                                          \
    return fails_on (#name, fd) ? -1 : NEXT (name) arguments;                                                \
  }
ON_FILE (ssize_t, read, (int fd, void *to, size_t n), (fd, to, n))
ON_FILE (ssize_t, pread, (int fd, void *to, size_t n, off_t at), (fd, to, n, at))
ON_FILE (ssize_t, pread64, (int fd, void *to, size_t n, off64_t at), (fd, to, n, at))
ON_FILE (ssize_t, write, (int fd, const void *from, size_t n), (fd, from, n))
ON_FILE (ssize_t, pwrite, (int fd, const void *from, size_t n, off_t at), (fd, from, n, at))
ON_FILE (ssize_t, pwrite64, (int fd, const void *from, size_t n, off64_t at), (fd, from, n, at))
ON_FILE (int, fsync, (int fd), (fd))
ON_FILE (int, fdatasync, (int fd), (fd))
ON_FILE (int, ftruncate, (int fd, off_t size), (fd, size))
ON_FILE (int, ftruncate64, (int fd, off64_t size), (fd, size))

#define ON_PATH(name, parameters, arguments)                                                                 \
  int name parameters                                                                                        \
  {                                                                                                          \
    return is_below (path) && fails (#name, path) ? -1 : NEXT (name) arguments;                              \
  }
ON_PATH (rename, (const char *path, const char *to), (path, to))
ON_PATH (link, (const char *path, const char *to), (path, to))
ON_PATH (mkdir, (const char *path, mode_t mode), (path, mode))
