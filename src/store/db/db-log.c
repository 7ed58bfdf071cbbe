/* What lies behind the log's live frames: the end that a power cut leaves, or commits that were cut off.
 *
 * SQLite takes the first frame that does not fit for the end of the log.  But a transaction is synced before
 * the next one is written, and the header before any frame: a frame that does not fit, with a later
 * transaction behind it, was sound once.  That a frame behind it belongs there, and is no remnant of an
 * earlier attempt, is told by SQLite's own checksums, each of which goes on from the one before. */
#include "db-private.h"
#include "cipher-vfs-file.h"
#include <glib/gi18n.h>

#define LOG_MAGIC 0x377f0682u
#define LOG_VERSION 3007000u
#define TRIES 3
#define RETRY_US 20000

typedef struct {
  gboolean there, authentic;
  guint32 page, size; /* size: ends a commit when it is not 0 */
  guint64 salts;
  guint32 sum[2];                 /* as stored */
  guint8 clear[8 + DB_PAGE_SIZE]; /* what the checksum is made of */
} Frame;

typedef struct {
  CipherFile *file;
  guint32 end; /* frames there is room for */
  guint64 salts;
  gboolean big_endian, fills;
  guint8 header[LOG_HEADER];
} Log;

static guint32
get_word (const guint8 *p, gboolean big_endian)
{
  guint32 word = cr_get_u32 (p);

  return big_endian ? word : GUINT32_SWAP_LE_BE (word);
}

/* SQLite's checksum: goes on from sum. */
static void
add_to_sum (guint32 sum[2], const guint8 *data, gsize size, gboolean big_endian)
{
  for (gsize at = 0; at < size; at += 8) {
    sum[0] += get_word (data + at, big_endian) + sum[1];
    sum[1] += get_word (data + at + 4, big_endian) + sum[0];
  }
}

static void
read_frame (const Log *log, guint32 number, guint64 salts, Frame *frame)
{
  guint8 raw[FRAME_HEADER + DB_PAGE_SIZE];
  gint64 offset = LOG_HEADER + (gint64)(number - 1) * (gint64)sizeof raw;
  CrPagePlace place = { .kind = 'W', .page_size = DB_PAGE_SIZE, .number = number, .extra = salts };

  memset (frame, 0, sizeof *frame);
  if (number > log->end || real_read (log->file, raw, sizeof raw, offset) != SQLITE_OK)
    return;
  frame->there = TRUE;
  frame->page = place.log_page = cr_get_u32 (raw);
  frame->size = cr_get_u32 (raw + 4);
  frame->salts = cr_get_u64 (raw + 8);
  cr_wal_words_open (log->file->keys, salts, number, raw + 16);
  frame->sum[0] = cr_get_u32 (raw + 16);
  frame->sum[1] = cr_get_u32 (raw + 20);
  memcpy (frame->clear, raw, 8);
  frame->authentic = cr_page_open (log->file->keys, &place, raw + FRAME_HEADER) == 0;
  memcpy (frame->clear + 8, raw + FRAME_HEADER, DB_PAGE_SIZE);
  explicit_bzero (raw, sizeof raw);
}

/* Does the frame's own checksum go on from sum? */
static gboolean
goes_on (const Log *log, const guint32 sum[2], const Frame *frame)
{
  guint32 expected[2] = { sum[0], sum[1] };

  add_to_sum (expected, frame->clear, sizeof frame->clear, log->big_endian);
  return frame->authentic && expected[0] == frame->sum[0] && expected[1] == frame->sum[1];
}

static gboolean
header_is_sound (const Log *log)
{
  guint32 sum[2] = { 0, 0 };

  add_to_sum (sum, log->header, 24, log->big_endian);
  return (cr_get_u32 (log->header) & ~1u) == LOG_MAGIC && cr_get_u32 (log->header + 4) == LOG_VERSION &&
         cr_get_u32 (log->header + 8) == DB_PAGE_SIZE && cr_get_u32 (log->header + 24) == sum[0] &&
         cr_get_u32 (log->header + 28) == sum[1];
}

static gboolean
load_log (CrDb *self, Log *log)
{
  sqlite3_file *file = db_log_file (self);
  gint64 bytes = file == NULL ? 0 : db_file_size (file);

  *log = (Log){ .file = (CipherFile *)file };
  if (bytes < LOG_HEADER || real_read (log->file, log->header, LOG_HEADER, 0) != SQLITE_OK)
    return FALSE;
  log->end = (guint32)((bytes - LOG_HEADER) / (DB_PAGE_SIZE + FRAME_HEADER));
  log->salts = cr_get_u64 (log->header + 16);
  log->big_endian = (cr_get_u32 (log->header) & 1) != 0;
  log->fills = !(file->pMethods->xDeviceCharacteristics (file) & SQLITE_IOCAP_POWERSAFE_OVERWRITE);
  return log->end > 0;
}

/* Commits in the run of frames that begins with `first` and in which each goes on from the one before, up to
 * two.  On a disk that can spoil what stands next to a write SQLite writes the last frame of a commit again
 * until its sector is full: those are one. */
static guint
count_commits (const Log *log, guint32 first, Frame *frame)
{
  guint32 sum[2] = { 0, 0 }, last = 0;
  guint commits = 0;

  for (guint32 n = first; n <= log->end && commits < 2; n++) {
    read_frame (log, n, log->salts, frame);
    if (!frame->authentic || (n > first && !goes_on (log, sum, frame)))
      break;
    commits += frame->size != 0 && !(log->fills && frame->page == last);
    last = frame->size != 0 ? frame->page : 0;
    memcpy (sum, frame->sum, sizeof sum);
  }
  return commits;
}

/* sum: of the frame before.  Moves on over frames that fit: another program has written them since.  *bad:
 * the first that does not. */
static guint32
first_bad (const Log *log, guint32 n, guint32 sum[2], Frame *bad)
{
  for (;; n++) {
    read_frame (log, n, log->salts, bad);
    if (!bad->there || bad->salts != log->salts || !goes_on (log, sum, bad))
      return n;
    memcpy (sum, bad->sum, 2 * sizeof *sum);
  }
}

/* Was the bad frame n whole when the next one was written? */
static gboolean
next_follows (const Log *log, guint32 n, const guint32 before[2], const Frame *bad, Frame *next)
{
  guint32 made[2] = { before[0], before[1] };

  read_frame (log, n + 1, log->salts, next);
  add_to_sum (made, bad->clear, sizeof bad->clear, log->big_endian);
  return goes_on (log, bad->sum, next) || (bad->authentic && goes_on (log, made, next));
}

/* One of those is only synced with the next commit. */
static gboolean
only_fills (const Log *log, guint32 n, const Frame *bad, Frame *before)
{
  if (!log->fills || n == 1)
    return FALSE;
  read_frame (log, n - 1, log->salts, before);
  return before->size != 0 && before->page == bad->page;
}

/* The first frame that was sound once and is no longer; 0 none. */
static guint32
altered_frame (const Log *log, guint32 live)
{
  g_autofree Frame *bad = g_new (Frame, 1), *other = g_new (Frame, 1);
  guint32 sum[2] = { cr_get_u32 (log->header + 24), cr_get_u32 (log->header + 28) };
  guint32 n;
  guint commits;
  gboolean follows, altered;

  if (live > 0) {
    read_frame (log, live, log->salts, other);
    memcpy (sum, other->sum, sizeof sum);
  }
  n = first_bad (log, live + 1, sum, bad);
  follows = next_follows (log, n, sum, bad, other) && !only_fills (log, n, bad, other);
  commits = count_commits (log, n + 1, other);
  altered = commits >= 2 ||
            (commits == 1 && follows && (bad->authentic || (bad->size != 0 && bad->salts == log->salts)));
  explicit_bzero (bad, sizeof *bad);
  explicit_bzero (other, sizeof *other);
  return altered ? n : 0;
}

/* Under a header that SQLite does not take: a commit that authenticates by what its frame says itself. */
static gboolean
hides_commits (const Log *log)
{
  g_autofree Frame *frame = g_new (Frame, 1);
  gboolean found = FALSE;

  for (guint32 n = 1; n <= log->end && !found; n++) {
    read_frame (log, n, log->salts, frame);
    if (!frame->authentic)
      read_frame (log, n, frame->salts, frame);
    found = frame->authentic && frame->size != 0;
  }
  explicit_bzero (frame, sizeof *frame);
  return found;
}

typedef enum { TAIL_SOUND, TAIL_FRAME, TAIL_HEADER } Tail;

static Tail
judge_tail (CrDb *self, guint32 *frame)
{
  Log log;
  guint32 live = 0;

  sqlite3_file_control (self->sqlite, "main", CR_CIPHER_FCNTL_LOG_FRAMES, &live);
  if (!load_log (self, &log) || live >= log.end)
    return TAIL_SOUND;
  if (!header_is_sound (&log))
    return live == 0 && hides_commits (&log) ? TAIL_HEADER : TAIL_SOUND;
  *frame = altered_frame (&log, live);
  return *frame == 0 ? TAIL_SOUND : TAIL_FRAME;
}

gboolean
db_check_log_tail (CrDb *self, GError **error)
{
  guint32 frame = 0;
  Tail tail = judge_tail (self, &frame);

  for (int i = 1; i < TRIES && tail != TAIL_SOUND; i++) { /* another program may only have been writing it */
    g_usleep (RETRY_US);
    tail = judge_tail (self, &frame);
  }
  if (tail == TAIL_HEADER)
    g_set_error (error, CR_ERROR, CR_ERROR_PAGE_ALTERED,
                 _ ("The header of %s-wal was altered: what was saved last cannot be read. Run “chartroomctl "
                    "doctor”, or restore from a backup."),
                 self->name);
  else if (tail == TAIL_FRAME)
    g_set_error (
        error, CR_ERROR, CR_ERROR_PAGE_ALTERED,
        _ ("Page frame %u of %s-wal was altered: what was saved after it cannot be read. Restore from a "
           "backup."),
        frame, self->name);
  return tail == TAIL_SOUND;
}
