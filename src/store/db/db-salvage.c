/* Raw pages of a damaged database. */
#include "chartroom/store/raw-pages.h"
#include "cipher-vfs-file.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/stat.h>
#include <unistd.h>

#define FRAME_SIZE ((gint64)CR_RAW_PAGE + FRAME_HEADER)
#define HEADER_SALTS 16 /* offset in the log header */
#define FRAME_SIZE_WORD 4
#define FRAME_SALTS 8
#define PAGE_COUNT 28 /* offset in page 1 */
#define SQLITE_LOCKS 0x40000000
#define PROBES 64

struct _CrRawPages {
  const CrPageKeys *keys;
  int database, log; /* −1: not there */
  gint64 size;
  guint32 pages, frames;
  guint64 salts;
  gboolean header_lost;
  GHashTable *newest; /* page → its newest sound committed frame */
  GHashTable *lost;   /* page → its newest lost frame, as its header says */
  GArray *lost_frames;
};

/* ---- reading ---- */

static gboolean
read_at (int fd, void *buffer, gsize size, gint64 offset)
{
  gsize have = 0;

  while (fd >= 0 && have < size) {
    gssize n = pread (fd, (char *)buffer + have, size - have, (off_t)(offset + (gint64)have));

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    have += (gsize)n;
  }
  return fd >= 0;
}

static gint64
size_of (int fd)
{
  struct stat info;

  return fd >= 0 && fstat (fd, &info) == 0 ? info.st_size : 0;
}

static gboolean
open_page (CrRawPages *self, guint32 number, guint8 *page)
{
  CrPagePlace place = { .kind = 'D', .page_size = CR_RAW_PAGE, .number = number };

  return read_at (self->database, page, CR_RAW_PAGE, (gint64)(number - 1) * CR_RAW_PAGE) &&
         cr_page_open (self->keys, &place, page) == 0;
}

/* frame: header and page.  Under these salts. */
static gboolean
open_frame (CrRawPages *self, guint32 number, guint64 salts, guint8 *frame)
{
  CrPagePlace place = { .kind = 'W', .page_size = CR_RAW_PAGE, .number = number, .extra = salts };

  if (!read_at (self->log, frame, (gsize)FRAME_SIZE, LOG_HEADER + (gint64)(number - 1) * FRAME_SIZE))
    return FALSE;
  place.log_page = cr_get_u32 (frame);
  return cr_page_open (self->keys, &place, frame + FRAME_HEADER) == 0;
}

/* ---- the log ---- */

static gboolean
any_frame_opens (CrRawPages *self, guint64 salts)
{
  guint8 frame[FRAME_SIZE];
  gboolean found = FALSE;

  for (guint32 n = 1; n <= self->frames && !found; n++)
    found = open_frame (self, n, salts, frame);
  return found;
}

/* What the first frame that opens by its own header says: the log's header may be what was altered. */
static guint64
own_salts (CrRawPages *self)
{
  guint8 frame[FRAME_SIZE];

  for (guint32 n = 1; n <= self->frames; n++) {
    guint64 salts;

    if (!read_at (self->log, frame, FRAME_HEADER, LOG_HEADER + (gint64)(n - 1) * FRAME_SIZE))
      break;
    salts = cr_get_u64 (frame + FRAME_SALTS);
    if (open_frame (self, n, salts, frame))
      return salts;
  }
  return 0;
}

static void
find_salts (CrRawPages *self)
{
  guint8 header[LOG_HEADER] = { 0 };
  guint64 own;

  if (self->frames == 0 || !read_at (self->log, header, sizeof header, 0))
    return;
  self->salts = cr_get_u64 (header + HEADER_SALTS);
  if (any_frame_opens (self, self->salts))
    return;
  own = own_salts (self);
  self->header_lost = own != 0 && own != self->salts;
  if (own != 0)
    self->salts = own;
}

/* What a frame's own header says of it, whether or not its page can be read. */
static gboolean
says_commit (CrRawPages *self, guint32 number)
{
  guint8 header[FRAME_HEADER];

  return read_at (self->log, header, sizeof header, LOG_HEADER + (gint64)(number - 1) * FRAME_SIZE) &&
         cr_get_u32 (header + FRAME_SIZE_WORD) != 0 && cr_get_u64 (header + FRAME_SALTS) == self->salts;
}

/* Per frame: 0 lost, 1 sound, 2 sound and ends a commit. */
static guint8 *
judge_frames (CrRawPages *self)
{
  guint8 *sound = g_malloc0 (self->frames + 1);
  guint8 frame[FRAME_SIZE];

  for (guint32 n = 1; n <= self->frames; n++)
    if (open_frame (self, n, self->salts, frame))
      sound[n] = cr_get_u32 (frame + FRAME_SIZE_WORD) != 0 ? 2 : 1;
  explicit_bzero (frame, sizeof frame);
  return sound;
}

/* The last frame of the newest commit that was acknowledged for certain: a lost frame with fewer than two
 * commits behind it, or one when it ended a commit itself, may be a commit that a power cut tore. */
static guint32
end_of_commits (CrRawPages *self, const guint8 *sound)
{
  guint32 end = self->frames, commits = 0;

  for (guint32 n = self->frames; n > 0; n--) {
    commits += sound[n] == 2;
    if (sound[n] == 0 && commits + says_commit (self, n) < 2) {
      end = n - 1;
      commits = 0;
    }
  }
  while (end > 0 && sound[end] != 2)
    end--;
  return end;
}

static void
note_frame (CrRawPages *self, guint32 n, gboolean sound)
{
  guint8 header[FRAME_HEADER];
  gpointer page;

  if (!read_at (self->log, header, sizeof header, LOG_HEADER + (gint64)(n - 1) * FRAME_SIZE))
    return;
  page = GUINT_TO_POINTER (cr_get_u32 (header));
  g_hash_table_insert (sound ? self->newest : self->lost, page, GUINT_TO_POINTER (n));
  if (!sound)
    g_array_append_val (self->lost_frames, n);
  else
    self->pages = MAX (self->pages, cr_get_u32 (header));
}

static void
read_log (CrRawPages *self)
{
  gint64 bytes = size_of (self->log) - LOG_HEADER;
  g_autofree guint8 *sound = NULL;
  guint32 end;

  self->frames = bytes < 0 ? 0 : (guint32)(bytes / FRAME_SIZE);
  find_salts (self);
  sound = judge_frames (self);
  end = end_of_commits (self, sound);
  for (guint32 n = 1; n <= end; n++)
    note_frame (self, n, sound[n] != 0);
}

/* ---- opening ---- */

static gboolean
set_unreadable (const char *path, int why, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);

  if (why == ENOENT)
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                 _ ("%s is missing from the practice. Restore it from a backup."), name);
  else
    g_set_error (error, CR_ERROR, CR_ERROR_READ_ONLY, _ ("%s could not be read: %s."), path,
                 g_strerror (why));
  return FALSE;
}

/* Asks only; nothing is locked. */
static gboolean
check_nobody_has_it (CrRawPages *self, const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = SQLITE_LOCKS, .l_len = 512 };

  if (fcntl (self->database, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_LOCKED,
               _ ("Process %ld has %s open. Close the practice everywhere first; nothing was changed."),
               (long)lock.l_pid, name);
  return FALSE;
}

static gboolean
any_page_is_ours (CrRawPages *self)
{
  guint8 page[CR_RAW_PAGE];
  guint32 step = MAX (1, self->pages / PROBES);
  gboolean found = g_hash_table_size (self->newest) > 0;

  for (guint32 n = 1; n <= self->pages && !found; n += step)
    found = open_page (self, n, page);
  explicit_bzero (page, sizeof page);
  return found;
}

static gboolean
check_is_ours (CrRawPages *self, const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  char start[16] = { 0 };

  if (any_page_is_ours (self) || self->size < CR_RAW_PAGE)
    return TRUE;
  if (read_at (self->database, start, sizeof start, 0) && memcmp (start, "SQLite format 3", 16) == 0)
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_A_PRACTICE,
                 _ ("%s is a plain SQLite database, not a practice. Nothing was changed in it."), name);
  else
    g_set_error (
        error, CR_ERROR, CR_ERROR_OTHER_PRACTICE,
        _ ("%s does not belong to this practice: none of its pages opens with these keys. Put back the file "
           "that belongs to this folder's practice.keys."),
        name);
  return FALSE;
}

static void
count_pages (CrRawPages *self)
{
  g_autofree guint8 *page = g_malloc (CR_RAW_PAGE);

  self->pages = MAX (self->pages, (guint32)((self->size + CR_RAW_PAGE - 1) / CR_RAW_PAGE));
  if (cr_raw_pages_read (self, 1, page) == CR_RAW_SOUND)
    self->pages = MAX (self->pages, cr_get_u32 (page + PAGE_COUNT));
}

CrRawPages *
cr_raw_pages_open (CrVault *vault, const char *path, GError **error)
{
  g_autoptr (CrRawPages) self = g_new0 (CrRawPages, 1);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  int why;

  self->keys = cr_page_keys_acquire (cr_vault_page_key_handle (vault));
  self->newest = g_hash_table_new (NULL, NULL);
  self->lost = g_hash_table_new (NULL, NULL);
  self->lost_frames = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->database = open (path, O_RDONLY | O_CLOEXEC);
  why = errno;
  self->log = open (log, O_RDONLY | O_CLOEXEC);
  if (self->database < 0) {
    set_unreadable (path, why, error);
    return NULL;
  }
  if (!check_nobody_has_it (self, path, error))
    return NULL;
  self->size = size_of (self->database);
  read_log (self);
  count_pages (self);
  return check_is_ours (self, path, error) ? g_steal_pointer (&self) : NULL;
}

void
cr_raw_pages_free (CrRawPages *self)
{
  if (self->database >= 0)
    close (self->database);
  if (self->log >= 0)
    close (self->log);
  if (self->keys != NULL)
    cr_page_keys_release (self->keys);
  g_hash_table_unref (self->newest);
  g_hash_table_unref (self->lost);
  g_array_unref (self->lost_frames);
  g_free (self);
}

/* ---- what it holds ---- */

guint32
cr_raw_pages_count (CrRawPages *self)
{
  return self->pages;
}

static gboolean
read_from_log (CrRawPages *self, guint32 frame, guint8 *page)
{
  guint8 whole[FRAME_SIZE];
  gboolean opened = frame != 0 && open_frame (self, frame, self->salts, whole);

  if (opened)
    memcpy (page, whole + FRAME_HEADER, CR_RAW_PAGE);
  explicit_bzero (whole, sizeof whole);
  return opened;
}

CrRawState
cr_raw_pages_read (CrRawPages *self, guint32 number, guint8 *page)
{
  guint32 newest = GPOINTER_TO_UINT (g_hash_table_lookup (self->newest, GUINT_TO_POINTER (number)));
  guint32 lost = GPOINTER_TO_UINT (g_hash_table_lookup (self->lost, GUINT_TO_POINTER (number)));

  if (read_from_log (self, newest, page) || open_page (self, number, page))
    return lost > newest ? CR_RAW_OLDER : CR_RAW_SOUND;
  memset (page, 0, CR_RAW_PAGE);
  return (gint64)number * CR_RAW_PAGE > self->size ? CR_RAW_MISSING : CR_RAW_ALTERED;
}

const GArray *
cr_raw_pages_lost_frames (CrRawPages *self)
{
  return self->lost_frames;
}

gboolean
cr_raw_pages_log_header_lost (CrRawPages *self)
{
  return self->header_lost;
}

guint
cr_raw_pages_tail (CrRawPages *self)
{
  return (guint)(self->size % CR_RAW_PAGE);
}
