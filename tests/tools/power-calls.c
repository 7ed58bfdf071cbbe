#undef _FILE_OFFSET_BITS /* both names of a call stand here: open and open64 */
#include "power-private.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 4096 };

static char watched[PATH_MAX];
static gboolean remembering;
static GMutex lock;                   /* of what follows */
static GPtrArray *now, *changes;      /* borrowed */
static guint descriptors[MOST_FILES]; /* place + 1; 0: not below the folder */

#define NEXT(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

/* ---- remembering ---- */

static PowerOp *
remember (PowerOpType type, guint node, const char *name)
{
  PowerOp *op = g_new0 (PowerOp, 1);
  *op = (PowerOp){ .type = type, .node = node, .name = g_strdup (name) };
  g_ptr_array_add (changes, op);
  return op;
}

/* The part of a path below the folder; NULL: it is not below. */
static const char *
below (const char *path)
{
  gsize length = strlen (watched);
  if (length == 0 || path == NULL || strncmp (path, watched, length) != 0 ||
      strchr ("/", path[length]) == NULL)
    return NULL;
  return path + length;
}

/* Where the last part of a path is, or would be: the folder's place and the name; FALSE: nowhere. */
static gboolean
find (const char *path, guint *folder, char **name)
{
  const char *inner = remembering ? below (path) : NULL;
  g_auto (GStrv) parts = inner != NULL ? g_strsplit (inner, "/", -1) : NULL;
  *folder = POWER_TOP;
  *name = NULL;
  for (guint i = 0; parts != NULL && parts[i] != NULL; i++) {
    if (*parts[i] == '\0')
      continue;
    if (*name != NULL && (*folder = power_look_up (now, *folder, *name)) == POWER_NOTHING)
      return FALSE;
    g_free (*name);
    *name = g_strdup (parts[i]);
  }
  return *name != NULL;
}

static guint
enter (guint folder, const char *name, guint place, gboolean a_folder)
{
  PowerOp *op = remember (OP_ENTER, folder, name);
  if (place == POWER_NOTHING) {
    place = now->len;
    g_ptr_array_add (now, power_node_new (a_folder));
  }
  op->entered = place;
  op->a_folder = a_folder;
  power_put_entry (now->pdata[folder], name, place);
  return place;
}

static guint
place_of (const char *path)
{
  g_autofree char *name = NULL;
  guint folder;
  if (remembering && below (path) != NULL && strspn (below (path), "/") == strlen (below (path)))
    return POWER_TOP;
  return find (path, &folder, &name) ? power_look_up (now, folder, name) : POWER_NOTHING;
}

static void
note_open (int fd, const char *path, int flags)
{
  g_autofree char *name = NULL;
  guint folder, place;
  if (fd < 0 || fd >= MOST_FILES)
    return;
  g_mutex_lock (&lock);
  place = place_of (path);
  if (place == POWER_NOTHING && (flags & O_CREAT) != 0 && find (path, &folder, &name))
    place = enter (folder, name, POWER_NOTHING, FALSE);
  else if (place != POWER_NOTHING && (flags & O_TRUNC) != 0)
    remember (OP_LENGTH, place, NULL);
  descriptors[fd] = place == POWER_NOTHING ? 0 : place + 1;
  g_mutex_unlock (&lock);
}

static void
note_close (int fd)
{
  if (fd >= 0 && fd < MOST_FILES)
    descriptors[fd] = 0;
}

static gboolean
is_known (int fd)
{
  return remembering && fd >= 0 && fd < MOST_FILES && descriptors[fd] > 0;
}

/* at: −1 when the descriptor stands behind what was written. */
static ssize_t
note_write (int fd, const void *data, ssize_t n, gint64 at)
{
  if (n <= 0 || !is_known (fd))
    return n;
  g_mutex_lock (&lock);
  PowerOp *op = remember (OP_WRITE, descriptors[fd] - 1, NULL);
  op->at = at >= 0 ? at : lseek (fd, 0, SEEK_CUR) - n;
  op->data = g_bytes_new (data, (gsize)n);
  g_mutex_unlock (&lock);
  return n;
}

/* n bytes came before `at`, which NULL means to be where the descriptor stands now. */
static ssize_t
note_poured (int fd, const off64_t *at, ssize_t n)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd), *content = NULL;
  if (n <= 0 || !is_known (fd))
    return n;
  gint64 from = (at != NULL ? *at : lseek (fd, 0, SEEK_CUR)) - n;
  g_assert_true (g_file_get_contents (link, &content, NULL, NULL));
  return note_write (fd, content + from, n, from);
}

static int
note_length (int fd, int done)
{
  struct stat info;
  if (done != 0 || !is_known (fd) || fstat (fd, &info) != 0)
    return done;
  g_mutex_lock (&lock);
  remember (OP_LENGTH, descriptors[fd] - 1, NULL)->at = info.st_size;
  g_mutex_unlock (&lock);
  return done;
}

static int
note_sync (int fd)
{
  if (is_known (fd)) {
    g_mutex_lock (&lock);
    remember (OP_SYNC, descriptors[fd] - 1, NULL);
    g_mutex_unlock (&lock);
  }
  return 0;
}

/* place: POWER_NOTHING for a new folder. */
static int
note_entered (const char *path, guint place, int done)
{
  g_autofree char *name = NULL;
  guint folder;
  if (done != 0)
    return done;
  g_mutex_lock (&lock);
  if (find (path, &folder, &name))
    enter (folder, name, place, place == POWER_NOTHING);
  g_mutex_unlock (&lock);
  return done;
}

static int
note_left (const char *path, int done)
{
  g_autofree char *name = NULL;
  guint folder;
  if (done != 0)
    return done;
  g_mutex_lock (&lock);
  if (find (path, &folder, &name) && power_look_up (now, folder, name) != POWER_NOTHING) {
    remember (OP_LEAVE, folder, name);
    g_hash_table_remove (((PowerNode *)now->pdata[folder])->entries, name);
  }
  g_mutex_unlock (&lock);
  return done;
}

/* Its content is there as soon as its name is. */
static int
note_link (const char *target, const char *path, int done)
{
  g_autofree char *name = NULL;
  guint folder;
  if (done != 0)
    return done;
  g_mutex_lock (&lock);
  if (find (path, &folder, &name)) {
    enter (folder, name, POWER_NOTHING, FALSE);
    ((PowerOp *)changes->pdata[changes->len - 1])->to = g_strdup (target);
  }
  g_mutex_unlock (&lock);
  return done;
}

/* Between two folders it would be two changes; nothing here does that. */
static int
note_rename (const char *path, const char *to, int done)
{
  g_autofree char *name = NULL, *new_name = NULL;
  guint folder, new_folder;
  if (done != 0)
    return done;
  g_mutex_lock (&lock);
  gboolean from_here = find (path, &folder, &name), to_here = find (to, &new_folder, &new_name);
  g_assert_true (from_here == to_here);
  if (from_here) {
    guint place = power_look_up (now, folder, name);
    g_assert_cmpuint (folder, ==, new_folder);
    g_assert_cmpuint (place, !=, POWER_NOTHING);
    remember (OP_MOVE, folder, name)->to = g_strdup (new_name);
    g_hash_table_remove (((PowerNode *)now->pdata[folder])->entries, name);
    power_put_entry (now->pdata[folder], new_name, place);
  }
  g_mutex_unlock (&lock);
  return done;
}

/* ---- the calls ---- */

#define OPEN(name)                                                                                           \
  int name (const char *path, int flags, ...)                                                                \
  {                                                                                                          \
    va_list arguments;                                                                                       \
    va_start (arguments, flags);                                                                             \
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (arguments, mode_t) : 0;                     \
    va_end (arguments);                                                                                      \
    int fd = NEXT (name) (path, flags, mode);                                                                \
    note_open (fd, path, flags);                                                                             \
    return fd;                                                                                               \
  }
OPEN (open)
OPEN (open64)

int
close (int fd)
{
  note_close (fd);
  return NEXT (close) (fd);
}

int
fclose (FILE *file)
{
  note_close (fileno (file));
  return NEXT (fclose) (file);
}

ssize_t
write (int fd, const void *from, size_t n)
{
  return note_write (fd, from, NEXT (write) (fd, from, n), -1);
}

ssize_t
pwrite (int fd, const void *from, size_t n, off_t at)
{
  return note_write (fd, from, NEXT (pwrite) (fd, from, n, at), at);
}

ssize_t
pwrite64 (int fd, const void *from, size_t n, off64_t at)
{
  return note_write (fd, from, NEXT (pwrite64) (fd, from, n, at), at);
}

/* From another file, without a buffer of ours. */
ssize_t
splice (int from, off64_t *from_at, int fd, off64_t *at, size_t n, unsigned flags)
{
  return note_poured (fd, at, NEXT (splice) (from, from_at, fd, at, n, flags));
}

ssize_t
copy_file_range (int from, off64_t *from_at, int fd, off64_t *at, size_t n, unsigned flags)
{
  return note_poured (fd, at, NEXT (copy_file_range) (from, from_at, fd, at, n, flags));
}

int
ftruncate (int fd, off_t size)
{
  return note_length (fd, NEXT (ftruncate) (fd, size));
}

int
ftruncate64 (int fd, off64_t size)
{
  return note_length (fd, NEXT (ftruncate64) (fd, size));
}

int
fallocate (int fd, int mode, off_t at, off_t size)
{
  return note_length (fd, NEXT (fallocate) (fd, mode, at, size));
}

int
fallocate64 (int fd, int mode, off64_t at, off64_t size)
{
  return note_length (fd, NEXT (fallocate64) (fd, mode, at, size));
}

int
fsync (int fd)
{
  return note_sync (fd);
}

int
fdatasync (int fd)
{
  return note_sync (fd);
}

int
mkdir (const char *path, mode_t mode)
{
  return note_entered (path, POWER_NOTHING, NEXT (mkdir) (path, mode));
}

int
link (const char *path, const char *to)
{
  return note_entered (to, place_of (path), NEXT (link) (path, to));
}

int
symlink (const char *target, const char *path)
{
  return note_link (target, path, NEXT (symlink) (target, path));
}

int
unlink (const char *path)
{
  return note_left (path, NEXT (unlink) (path));
}

int
rmdir (const char *path)
{
  return note_left (path, NEXT (rmdir) (path));
}

int
remove (const char *path)
{
  return note_left (path, NEXT (remove) (path));
}

int
rename (const char *path, const char *to)
{
  return note_rename (path, to, NEXT (rename) (path, to));
}

/* ---- from begin to end ---- */

void
power_calls_begin (const char *folder, GPtrArray *nodes, GPtrArray *to)
{
  g_strlcpy (watched, folder, sizeof watched);
  memset (descriptors, 0, sizeof descriptors);
  now = nodes;
  changes = to;
  remembering = TRUE;
}

void
power_calls_end (void)
{
  remembering = FALSE;
}

void
power_folder_acknowledge (int number)
{
  g_mutex_lock (&lock);
  remember (OP_ACKNOWLEDGE, POWER_TOP, NULL)->at = number;
  g_mutex_unlock (&lock);
}
