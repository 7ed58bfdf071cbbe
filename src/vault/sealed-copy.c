#include "chartroom/vault/sealed-copy.h"
#include "key-file.h"
#include "safe-file.h"
#include "chartroom/base/error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".practice"
#define UNFINISHED SUFFIX ".unfinished"
#define NOTE "NOT-YET-PROVEN.txt"
#define PROVEN "PROVEN.txt"
enum {
  CHUNK = 1 << 20,
  LOG_HEADER = 32,
  TRIES = 10,
  SETTLED_MS = 20,
  PAUSE_MS = 200,
  ABANDONED_S = 6 * 3600
};

/* One of the practice's own files, as it was before the copy. */
typedef struct {
  char *name;
  struct stat entry;
  guint8 log_header[LOG_HEADER]; /* of a write-ahead log: new salts when it begins anew */
} Source;

typedef struct {
  const char *folder, *made; /* made: the unfinished copy */
  char *earlier;             /* the newest copy there is; NULL */
  CrSealedCopy *copy;
  guint8 *buffer;
} Copying;

void
cr_sealed_copy_clear (CrSealedCopy *self)
{
  g_clear_pointer (&self->folder, g_free);
}

static void
free_source (gpointer data)
{
  Source *source = data;
  g_free (source->name);
  g_free (source);
}

static gboolean
is_log (const Source *source)
{
  return g_str_has_suffix (source->name, "-wal");
}

/* The database of every epoch with its log, and the keys; not the index in memory, nor what is only being
 * made. */
static gboolean
belongs (const char *name)
{
  return g_str_equal (name, KEY_FILE_NAME) ||
         (g_str_has_prefix (name, "practice") &&
          (g_str_has_suffix (name, ".db") || g_str_has_suffix (name, ".db-wal") ||
           g_str_has_suffix (name, ".db-journal")));
}

static gboolean
look_at (const char *folder, Source *source)
{
  g_autofree char *path = g_build_filename (folder, source->name, NULL);
  gboolean seen = stat (path, &source->entry) == 0 && S_ISREG (source->entry.st_mode);
  if (seen && is_log (source)) {
    int fd = open (path, O_RDONLY | O_CLOEXEC);
    memset (source->log_header, 0, LOG_HEADER);
    seen = fd >= 0 && pread (fd, source->log_header, LOG_HEADER, 0) >= 0;
    if (fd >= 0)
      close (fd);
  }
  return seen;
}

/* What there is to be copied. */
static GPtrArray *
list_sources (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (free_source);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean keys = FALSE;
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    Source *source;
    if (!belongs (name))
      continue;
    source = g_new0 (Source, 1);
    source->name = g_strdup (name);
    keys |= g_str_equal (name, KEY_FILE_NAME);
    if (look_at (folder, source))
      g_ptr_array_add (sources, source);
    else
      free_source (source);
  }
  if (keys)
    return g_steal_pointer (&sources);
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
               _ ("There is no practice in %s. Choose a folder whose name ends in .practice."), folder);
  return NULL;
}

static gboolean
is_same_moment (const struct timespec *a, const struct timespec *b)
{
  return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/* A log only grows until it begins anew; the others must not have been touched at all. */
static gboolean
is_unchanged (const char *folder, const Source *before)
{
  Source now = { .name = before->name };
  if (!look_at (folder, &now) || now.entry.st_ino != before->entry.st_ino)
    return FALSE;
  if (is_log (before))
    return now.entry.st_size >= before->entry.st_size &&
           memcmp (now.log_header, before->log_header, LOG_HEADER) == 0;
  return now.entry.st_size == before->entry.st_size &&
         is_same_moment (&now.entry.st_mtim, &before->entry.st_mtim);
}

static gboolean
are_unchanged (const char *folder, const GPtrArray *sources)
{
  for (guint i = 0; i < sources->len; i++)
    if (!is_unchanged (folder, sources->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Times of files are coarse: what was written just now could be written once more in the same moment. */
static gboolean
have_settled (const GPtrArray *sources)
{
  gint64 now = g_get_real_time ();
  for (guint i = 0; i < sources->len; i++) {
    const Source *source = sources->pdata[i];
    gint64 written = source->entry.st_mtim.tv_sec * G_USEC_PER_SEC + source->entry.st_mtim.tv_nsec / 1000;
    if (!is_log (source) && now - written < SETTLED_MS * 1000 && now >= written)
      return FALSE;
  }
  return TRUE;
}

/* ---- one file ---- */

/* Reads up to `limit` bytes; to: −1, or where they go.  hash: of what was read. */
static gboolean
pour (int from, int to, gint64 limit, guint8 *buffer, guint8 hash[32], gint64 *bytes)
{
  crypto_generichash_state state;
  gssize n = 0;
  *bytes = 0;
  crypto_generichash_init (&state, NULL, 0, 32);
  while (*bytes < limit && (n = safe_file_read_all (from, buffer, (gsize)MIN (limit - *bytes, CHUNK))) > 0) {
    if (to >= 0 && !safe_file_write_all (to, buffer, (gsize)n))
      return FALSE;
    crypto_generichash_update (&state, buffer, (gsize)n);
    *bytes += n;
  }
  crypto_generichash_final (&state, hash, 32);
  return n >= 0;
}

static gboolean
reads_back (const char *path, gint64 bytes, guint8 *buffer, const guint8 hash[32])
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  guint8 found[32];
  gint64 length = -1;
  gboolean same = fd >= 0 && pour (fd, -1, G_MAXINT64, buffer, found, &length) && length == bytes &&
                  memcmp (found, hash, sizeof found) == 0;
  if (fd >= 0)
    close (fd);
  return same;
}

static gboolean
fail (int fd, const char *what, const char *path, GError **error)
{
  int code = errno;
  if (fd >= 0)
    close (fd);
  safe_file_set_error (error, code, what, path);
  return FALSE;
}

/* The first `limit` bytes of a file. */
static gboolean
copy_file (Copying *self, const char *name, gint64 limit, GError **error)
{
  g_autofree char *source = g_build_filename (self->folder, name, NULL);
  g_autofree char *path = g_build_filename (self->made, name, NULL);
  guint8 hash[32];
  gint64 bytes;
  int to, from = open (source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (from < 0)
    return fail (-1, _ ("Could not read"), source, error);
  to = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (to < 0 || !pour (from, to, limit, self->buffer, hash, &bytes) || fsync (to) != 0) {
    fail (to, _ ("Could not write"), path, error);
    close (from);
    return FALSE;
  }
  close (from);
  close (to);
  if (!reads_back (path, bytes, self->buffer, hash)) {
    g_set_error (error, CR_ERROR, CR_ERROR_IO,
                 _ ("%s does not read back as it was written: the disk fails. Choose another one."), path);
    return FALSE;
  }
  self->copy->bytes += bytes;
  self->copy->files++;
  return TRUE;
}

/* ---- documents: named by their content, never changed ---- */

static gboolean
is_same_file (Copying *self, const char *source, const char *known)
{
  int fd = open (source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  guint8 hash[32];
  gint64 bytes;
  gboolean same = fd >= 0 && pour (fd, -1, G_MAXINT64, self->buffer, hash, &bytes) &&
                  reads_back (known, bytes, self->buffer, hash);
  if (fd >= 0)
    close (fd);
  return same;
}

/* Only what the earlier copy still holds as it is here. */
static gboolean
share_document (Copying *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->made, name, NULL);
  g_autofree char *source = g_build_filename (self->folder, name, NULL);
  g_autofree char *known = self->earlier != NULL ? g_build_filename (self->earlier, name, NULL) : NULL;
  struct stat there;
  if (known == NULL || stat (known, &there) != 0 || !is_same_file (self, source, known) ||
      link (known, path) != 0)
    return FALSE;
  self->copy->bytes += there.st_size;
  self->copy->files++;
  self->copy->shared++;
  return TRUE;
}

static gboolean
copy_documents (Copying *self, GError **error)
{
  g_autofree char *folder = g_build_filename (self->folder, "documents", NULL);
  g_autofree char *made = g_build_filename (self->made, "documents", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;
  if (g_mkdir (made, 0700) != 0)
    return fail (-1, _ ("Could not write"), made, error);
  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL) {
    g_autofree char *name = g_build_filename ("documents", entry, NULL);
    if (strchr (entry, '.') != NULL) /* only being written */
      continue;
    if (!share_document (self, name) && !copy_file (self, name, G_MAXINT64, error))
      return FALSE;
  }
  return safe_file_sync_folder (made, error);
}

/* ---- the whole ---- */

static void
remove_copy (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      remove_copy (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}

/* "maple-street" of "/home/office/maple-street.practice/" */
static char *
stem_of (const char *folder)
{
  g_autofree char *whole = g_canonicalize_filename (folder, NULL);
  char *name = g_path_get_basename (whole);
  if (g_str_has_suffix (name, SUFFIX))
    name[strlen (name) - strlen (SUFFIX)] = '\0';
  return name;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static gboolean
has_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* STEM-20261129-0230.practice, oldest first. */
static GPtrArray *
list_copies (const char *folder, const char *target)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (target, 0, NULL);
  g_autofree char *stem = stem_of (folder);
  g_autofree char *start = g_strconcat (stem, "-", NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (target, name, NULL);
    if (g_str_has_prefix (name, start) && g_str_has_suffix (name, SUFFIX) &&
        strlen (name) == strlen (start) + strlen ("20261129-0230" SUFFIX) &&
        (has_file (path, NOTE) || has_file (path, PROVEN)))
      g_ptr_array_add (copies, g_steal_pointer (&path));
  }
  g_ptr_array_sort (copies, compare_names);
  return copies;
}

static gboolean
write_words (const char *folder, const char *name, const char *words, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) text = g_bytes_new (words, strlen (words));
  return safe_file_replace (path, text, error);
}

static gboolean
write_note (const char *folder, const char *stamp, GError **error)
{
  g_autofree char *words = g_strdup_printf (
      _ ("This copy of the practice was taken at %s without any key: nobody has opened it yet. "
         "“chartroomctl verify” of this folder, with a name and password of that day, proves it.\n"),
      stamp);
  return write_words (folder, NOTE, words, error);
}

/* First the one, then the other: a copy always has one of them. */
gboolean
cr_sealed_copy_set_proven (const char *folder, const char *when, GError **error)
{
  g_autofree char *note = g_build_filename (folder, NOTE, NULL);
  g_autofree char *words =
      g_strdup_printf (_ ("This copy of the practice was opened and verified on %s: it was sound.\n"), when);
  if (!g_file_test (note, G_FILE_TEST_EXISTS))
    return TRUE;
  return write_words (folder, PROVEN, words, error) &&
         (g_unlink (note) == 0 || fail (-1, _ ("Could not remove"), note, error));
}

/* What a copy left that was killed: nobody works on it any more. */
static void
sweep (const char *folder, const char *target)
{
  g_autoptr (GDir) dir = g_dir_open (target, 0, NULL);
  g_autofree char *stem = stem_of (folder);
  g_autofree char *start = g_strconcat (stem, "-", NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (target, name, NULL);
    struct stat entry;
    if (g_str_has_prefix (name, start) && g_str_has_suffix (name, UNFINISHED) && lstat (path, &entry) == 0 &&
        S_ISDIR (entry.st_mode) && now - entry.st_mtim.tv_sec > ABANDONED_S)
      remove_copy (path);
  }
}

/* FALSE without error: the practice was changed meanwhile. */
static gboolean
copy_once (Copying *self, GError **error)
{
  g_autoptr (GPtrArray) sources = list_sources (self->folder, error);
  if (sources == NULL || !have_settled (sources))
    return FALSE;
  self->copy->bytes = 0;
  self->copy->files = self->copy->shared = 0;
  if (g_mkdir (self->made, 0700) != 0)
    return fail (-1, _ ("Could not write"), self->made, error);
  for (guint i = 0; i < sources->len; i++) {
    const Source *source = sources->pdata[i];
    if (!copy_file (self, source->name, source->entry.st_size, error)) {
      if (g_error_matches (*error, CR_ERROR, CR_ERROR_NOT_FOUND)) /* the last program closed it */
        g_clear_error (error);
      return FALSE;
    }
  }
  return are_unchanged (self->folder, sources) && copy_documents (self, error);
}

static gboolean
copy_at_rest (Copying *self, GError **error)
{
  for (int i = 0; i < TRIES; i++) {
    g_autoptr (GError) failure = NULL;
    if (i > 0)
      g_usleep (PAUSE_MS * 1000);
    if (copy_once (self, &failure))
      return TRUE;
    remove_copy (self->made);
    if (failure != NULL) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  }
  g_set_error (error, CR_ERROR, CR_ERROR_LOCKED,
               _ ("%s was written to all the while. Take the copy when nobody works with it."), self->folder);
  return FALSE;
}

static gboolean
check_target (const char *folder, const char *target, const char *made, GError **error)
{
  g_autofree char *practice = g_canonicalize_filename (folder, NULL);
  g_autofree char *inside = g_strconcat (practice, "/", NULL);
  if (!g_file_test (target, G_FILE_TEST_IS_DIR))
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND, _ ("There is no folder %s. Is the disk plugged in?"),
                 target);
  else if (g_str_equal (target, practice) || g_str_has_prefix (target, inside))
    g_set_error (error, CR_ERROR, CR_ERROR_CONFLICT,
                 _ ("%s lies in the practice itself. Choose another folder."), target);
  else if (g_file_test (made, G_FILE_TEST_EXISTS))
    g_set_error (error, CR_ERROR, CR_ERROR_CONFLICT, _ ("%s is there already; nothing was changed in it."),
                 made);
  else
    return TRUE;
  return FALSE;
}

static gboolean
give_name (const char *made, const char *name, const char *target, GError **error)
{
  if (!safe_file_sync_folder (made, error))
    return FALSE;
  if (g_rename (made, name) != 0)
    return fail (-1, _ ("Could not write"), name, error);
  return safe_file_sync_folder (target, error);
}

gboolean
cr_sealed_copy_take (const char *folder, const char *target, const char *stamp, CrSealedCopy *copy,
                     GError **error)
{
  g_autofree char *place = g_canonicalize_filename (target, NULL);
  g_autofree char *stem = stem_of (folder);
  g_autofree char *file = g_strconcat (stem, "-", stamp, SUFFIX, NULL);
  g_autofree char *name = g_build_filename (place, file, NULL);
  g_autofree char *made = g_strconcat (name, ".unfinished", NULL);
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  g_autoptr (GPtrArray) earlier = list_copies (folder, place);
  Copying self = { .folder = folder, .made = made, .copy = copy, .buffer = buffer };
  *copy = (CrSealedCopy){ 0 };
  if (!check_target (folder, place, name, error))
    return FALSE;
  if (earlier->len > 0)
    self.earlier = earlier->pdata[earlier->len - 1];
  sweep (folder, place);
  remove_copy (made); /* of a copy that was interrupted in this minute */
  if (!copy_at_rest (&self, error))
    return FALSE;
  if (!write_note (made, stamp, error) || !give_name (made, name, place, error)) {
    remove_copy (made);
    return FALSE;
  }
  copy->folder = g_steal_pointer (&name);
  return TRUE;
}

int
cr_sealed_copy_thin (const char *folder, const char *target, guint keep, GError **error)
{
  g_autofree char *place = g_canonicalize_filename (target, NULL);
  g_autoptr (GPtrArray) copies = list_copies (folder, place);
  int removed = 0;
  for (guint i = 0; i + MAX (keep, 1) < copies->len; i++, removed++) {
    remove_copy (copies->pdata[i]);
    if (g_file_test (copies->pdata[i], G_FILE_TEST_EXISTS)) {
      fail (-1, _ ("Could not remove"), copies->pdata[i], error);
      return -1;
    }
  }
  return removed;
}
