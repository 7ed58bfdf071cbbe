#include "leak-files.h"
#include <glib/gstdio.h>
#include <string.h>

#define HEX "[0-9a-f]"
#define DATABASE "practice(-[0-9]+(-[0-9]+)?|-version-[0-9]+)?\\.db(\\.new|\\.unfinished)?"

enum {
  PAGE = 4096,
  RESERVE = 40,
  LEAST_BLOCK = 512, /* shorter ones say nothing */
  LOG_HEADER = 32,
  FRAME_HEADER = 24,
  JOURNAL_HEADER = 28,
  RECORD = 4 + PAGE + 4,
  DOCUMENT_FRONT = 36,
  BACKUP_FRONT = 32,
  STREAM_HEADER = 24,
  LONGEST_RUN = 8
};
#define JOURNAL_MAGIC "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
/* Of random bytes one block in 10^11 is above. */
#define MOST_CHI_SQUARE 450.0

typedef struct _Kind Kind;
typedef void (*Shape) (LeakFiles *self, const char *name, const guint8 *content, gsize size);
struct _Kind {
  const char *what;
  const char *pattern; /* of the end of its path */
  Shape shape;         /* what its bytes must look like */
};

static void G_GNUC_PRINTF (2, 3) tell (LeakFiles *self, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  if (self->finding == NULL)
    self->finding = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

/* ---- sealed bytes ---- */

static double
chi_square (const guint8 *block, gsize size)
{
  double expected = (double)size / 256, sum = 0;
  guint counts[256] = { 0 };
  for (gsize i = 0; i < size; i++)
    counts[block[i]]++;
  for (guint i = 0; i < 256; i++)
    sum += (counts[i] - expected) * (counts[i] - expected) / expected;
  return sum;
}

static guint
longest_run (const guint8 *block, gsize size)
{
  guint run = 1, longest = 1;
  for (gsize i = 1; i < size; i++) {
    run = block[i] == block[i - 1] ? run + 1 : 1;
    longest = MAX (longest, run);
  }
  return longest;
}

/* In blocks of a page. */
static void
expect_sealed (LeakFiles *self, const char *name, const guint8 *bytes, gsize size)
{
  for (gsize at = 0; at < size; at += PAGE) {
    gsize step = MIN (PAGE, size - at);
    if (step < LEAST_BLOCK)
      continue;
    double chi = chi_square (bytes + at, step);
    self->worst = MAX (self->worst, chi);
    self->blocks++;
    self->sealed += step;
    if (chi > MOST_CHI_SQUARE || longest_run (bytes + at, step) >= LONGEST_RUN)
      tell (self, "%s: %zu bytes, %zu into what should be sealed, do not look so (chi-square %.0f)", name,
            step, at, chi);
  }
}

static guint32
get_u32 (const guint8 *p)
{
  return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

static gboolean
begins_with (LeakFiles *self, const char *name, const guint8 *content, gsize size, const char *mark)
{
  if (size >= strlen (mark) && memcmp (content, mark, strlen (mark)) == 0)
    return TRUE;
  tell (self, "%s does not begin as it should", name);
  return FALSE;
}

/* ---- the shapes ---- */

/* Nothing is in clear. */
static void
shape_database (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  expect_sealed (self, name, content, size);
}

/* In clear: the log's header (format, page size, salts) and of each frame the page's number, the number of
 * pages and the salts: SQLite finds its way by them.  The frame's last eight bytes are permuted checksums. */
static void
shape_log (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  for (gsize at = LOG_HEADER + FRAME_HEADER; at + PAGE <= size; at += FRAME_HEADER + PAGE)
    expect_sealed (self, name, content + at, PAGE);
}

/* In clear: behind each block a number, its nonce: the key is this file's alone and nowhere else. */
static void
shape_temporary (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  for (gsize at = 0; at + PAGE <= size; at += PAGE + RESERVE)
    expect_sealed (self, name, content + at, PAGE);
}

/* SQLite writes the magic and the number of pages with the sync; zeros until then. */
static gboolean
begins_segment (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  static const guint8 none[12];
  return memcmp (content, none, sizeof none) == 0 || begins_with (self, name, content, size, JOURNAL_MAGIC);
}

/* In clear: a sector with numbers before each segment, and before each page its number; behind it a masked
 * checksum. */
static void
shape_journal (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  gsize at = 0;
  while (at + JOURNAL_HEADER <= size && begins_segment (self, name, content + at, size - at)) {
    gsize sector = get_u32 (content + at + 20), pages = get_u32 (content + at + 8);
    if (pages == 0)
      pages = size / RECORD;
    if (sector < JOURNAL_HEADER) {
      tell (self, "%s has a header without a sector's size", name);
      return;
    }
    at += sector;
    for (; pages > 0 && at + RECORD <= size; at += RECORD, pages--)
      expect_sealed (self, name, content + at + 4, PAGE);
    at = (at + sector - 1) / sector * sector;
  }
}

/* In clear: magic, key epoch, the stream's header. */
static void
shape_document (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  if (size > DOCUMENT_FRONT && begins_with (self, name, content, size, "CRDOC01\n"))
    expect_sealed (self, name, content + DOCUMENT_FRONT, size - DOCUMENT_FRONT);
}

/* In clear: magic, key epoch, store id, a whole practice.keys (a backup must open by itself), the stream's
 * header, and each message's length. */
static void
shape_backup (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  if (size < BACKUP_FRONT || !begins_with (self, name, content, size, "CRBAK01\n"))
    return;
  gsize at = BACKUP_FRONT + get_u32 (content + 12) + STREAM_HEADER;
  while (at + 4 <= size) {
    gsize length = get_u32 (content + at);
    expect_sealed (self, name, content + at + 4, MIN (length, size - at - 4));
    at += 4 + length;
  }
}

/* In clear: sign-in names, the parameters and salts of slots, public keys, names of databases: they are
 * needed before there is a key.  The rest is too short to be measured. */
static void
shape_keys (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  if (size > 0)
    begins_with (self, name, content, size, "CRKEYS1\n");
}

static void
expect_text (LeakFiles *self, const char *name, const guint8 *content, gsize size, const char *pattern)
{
  g_autofree char *text = g_strndup ((const char *)content, size);
  if (size > 0 && !g_regex_match_simple (pattern, text, 0, 0))
    tell (self, "%s says something unforeseen: %s", name, text);
}

/* Where the index in memory is, and whose it is. */
static void
shape_meeting (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  expect_text (self, name, content, size,
               "^chartroom-[0-9a-f-]+\nprocess [0-9]+( \\([^\n]*\\))? on [^\n]*\n$");
}

/* What this computer has seen: two numbers, a keyed hash and checks of them. */
static void
shape_note (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  expect_text (self, name, content, size,
               "^chartroom-seen 1\ngeneration [0-9]+\nentries [0-9]+\nhead " HEX "{64}\n(check " HEX
               "{64}\n)+$");
}

static void
shape_not_proven (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  expect_text (self, name, content, size, "^This copy of the practice was taken at [0-9-]+ without any key");
}

/* Numbers of pages and checksums, in memory only: SQLite writes them itself. */
static void
shape_index (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
}

/* Parts of tags of sealed pages, zeros where there is none, each with a keyed hash. */
static void
shape_progress (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  if (size % (256 * 32 + 32) != 0)
    tell (self, "%s is not made of whole parts", name);
}

static const Kind KINDS[] = {
  { "key file", "/practice\\.keys(\\.new)?$", shape_keys },
  { "database", "/" DATABASE "$", shape_database },
  { "log", "/" DATABASE "-wal$", shape_log },
  { "journal", "/" DATABASE "-journal$", shape_journal },
  { "progress of new keys", "/" DATABASE "-pages$", shape_progress },
  { "meeting place", "/" DATABASE "-shm$", shape_meeting },
  { "index in memory", "^/dev/shm/chartroom-[0-9a-f-]+$", shape_index },
  { "document", "/documents/" HEX "{64}(\\." HEX "{8}\\.new)?$", shape_document },
  { "backup", "\\.chartroom-backup(\\.new)?$", shape_backup },
  { "note of a copy", "/NOT-YET-PROVEN\\.txt(\\.new)?$", shape_not_proven },
  { "what was seen", "/chartroom/seen/" HEX "{32}-" HEX "{32}(\\.[A-Za-z0-9]{6})?$", shape_note },
  { "temporary", "/etilqs_[0-9a-f]+ \\(deleted\\)$", shape_temporary },
};

/* ---- the walk ---- */

static void
search (LeakFiles *self, LeakSearch *words, const char *name, const guint8 *content, gsize size)
{
  const char *found = leak_search_in (words, content, size);
  self->files++;
  self->bytes += size;
  if (found == NULL)
    return;
  self->hits++;
  tell (self, "%s shows %s", name, found);
}

void
leak_files_look (LeakFiles *self, const char *name, const guint8 *content, gsize size)
{
  search (self, self->search, name, content, size);
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_regex_match_simple (KINDS[i].pattern, name, 0, 0)) {
      g_hash_table_add (self->seen, (gpointer)KINDS[i].what);
      KINDS[i].shape (self, name, content, size);
      return;
    }
  tell (self, "%s is of a kind that nobody has judged yet", name);
}

/* An index is named by its meeting place only. */
static void
look_at_index (LeakFiles *self, const char *meeting)
{
  g_auto (GStrv) lines = g_strsplit (meeting, "\n", 2);
  g_autofree char *path = lines[0] != NULL ? g_build_filename ("/dev/shm", lines[0], NULL) : NULL;
  g_autofree char *content = NULL;
  gsize size;
  if (path != NULL && *lines[0] != '\0' && g_file_get_contents (path, &content, &size, NULL))
    leak_files_look (self, path, (const guint8 *)content, size);
}

static void
walk (LeakFiles *self, const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  g_autofree char *content = NULL;
  const char *name;
  gsize size;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    walk (self, inner);
  }
  if (dir != NULL || !g_file_get_contents (path, &content, &size, NULL))
    return;
  leak_files_look (self, path, (const guint8 *)content, size);
  if (g_str_has_suffix (path, "-shm"))
    look_at_index (self, content);
}

void
leak_files_walk (LeakFiles *self, const char *folder)
{
  self->walks++;
  walk (self, folder);
}

void
leak_files_walk_open (LeakFiles *self)
{
  for (int fd = 3; fd < 200; fd++) {
    g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd), *content = NULL;
    g_autofree char *target = g_file_read_link (link, NULL);
    gsize size;
    if (target != NULL && g_str_has_suffix (target, " (deleted)") && !g_str_has_prefix (target, "/memfd:") &&
        g_file_get_contents (link, &content, &size, NULL))
      leak_files_look (self, target, (const guint8 *)content, size);
  }
}

void
leak_files_walk_shared (LeakFiles *self, LeakSearch *own, const char *folder, gint64 since)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL), *content = NULL;
    GStatBuf info;
    gsize size;
    if (g_lstat (path, &info) == 0 && S_ISREG (info.st_mode) && (gint64)info.st_mtime >= since &&
        g_file_get_contents (path, &content, &size, NULL))
      search (self, own, path, (const guint8 *)content, size);
  }
}

void
leak_files_init (LeakFiles *self, LeakSearch *words)
{
  *self = (LeakFiles){ .search = words };
  self->seen = g_hash_table_new (g_str_hash, g_str_equal);
}

void
leak_files_clear (LeakFiles *self)
{
  g_hash_table_unref (self->seen);
  g_free (self->finding);
}

char *
leak_files_unmet (const LeakFiles *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (!g_hash_table_contains (self->seen, KINDS[i].what))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", KINDS[i].what);
  return g_strdup (names->str);
}
