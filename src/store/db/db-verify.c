/* Is every page there, and authentic? */
#include "db-private.h"
#include "cipher-vfs-file.h"
#include <glib/gi18n.h>

#define HEADER_PAGE_COUNT 28 /* offset in page 1 */
#define TRIES 3              /* another program may be writing the very page */
#define PROBE_PAGES 64

sqlite3_file *
db_file (CrDb *self)
{
  sqlite3_file *file = NULL;

  sqlite3_file_control (self->sqlite, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file;
}

sqlite3_file *
db_log_file (CrDb *self)
{
  sqlite3_file *file = NULL;

  sqlite3_file_control (self->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  return file != NULL && file->pMethods != NULL ? file : NULL;
}

gint64
db_file_size (sqlite3_file *file)
{
  sqlite3_int64 size = 0;

  return file->pMethods->xFileSize (file, &size) == SQLITE_OK ? size : -1;
}

gint64
db_frame_offset (guint32 frame)
{
  return LOG_HEADER + (gint64)(frame - 1) * (DB_PAGE_SIZE + FRAME_HEADER);
}

static guint32
live_frames (CrDb *self)
{
  guint32 frames = 0;

  sqlite3_file_control (self->sqlite, "main", CR_CIPHER_FCNTL_LOG_FRAMES, &frames);
  return frames;
}

/* Through the VFS, beneath SQLite's cache: fails exactly when the page does not authenticate. */
static int
try_page (sqlite3_file *file, gint64 offset)
{
  guint8 page[DB_PAGE_SIZE];
  int rc = SQLITE_ERROR;

  for (int i = 0; i < TRIES && rc != SQLITE_OK; i++)
    rc = file->pMethods->xRead (file, page, DB_PAGE_SIZE, offset);
  explicit_bzero (page, sizeof page);
  return rc;
}

static gboolean
page_is_sound (sqlite3_file *file, gint64 offset)
{
  return try_page (file, offset) == SQLITE_OK;
}

/* ---- why page 1 does not open ---- */

static gboolean
any_page_is_ours (sqlite3_file *file, gint64 pages)
{
  CipherFile *sealed = (CipherFile *)file;
  gint64 step = MAX (1, pages / PROBE_PAGES);
  gboolean found = FALSE;

  sealed->page_size = DB_PAGE_SIZE;
  for (gint64 index = 1; index < pages && !found; index += step)
    found = page_is_sound (file, index * DB_PAGE_SIZE);
  sealed->page_size = 0;
  return found;
}

static gboolean
is_plain (sqlite3_file *file)
{
  CipherFile *sealed = (CipherFile *)file;
  char start[16];

  return real_read (sealed, start, sizeof start, 0) == SQLITE_OK &&
         memcmp (start, "SQLite format 3", 16) == 0;
}

void
db_explain_page_one (CrDb *self, GError **error)
{
  sqlite3_file *file = db_file (self);
  gint64 size = db_file_size (file);

  if (is_plain (file))
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_A_PRACTICE,
                 _ ("%s is a plain SQLite database, not a practice. Nothing was changed in it."), self->name);
  else if (size < DB_PAGE_SIZE)
    g_set_error (error, CR_ERROR, CR_ERROR_TRUNCATED,
                 _ ("%s was cut off: page 1 is missing. Restore it from a backup."), self->name);
  else if (size >= 2 * DB_PAGE_SIZE && !any_page_is_ours (file, size / DB_PAGE_SIZE))
    g_set_error (
        error, CR_ERROR, CR_ERROR_OTHER_PRACTICE,
        _ ("%s does not belong to this practice: none of its pages opens with these keys. Put back the file "
           "that belongs to this folder's practice.keys."),
        self->name);
  else
    g_set_error (
        error, CR_ERROR, CR_ERROR_PAGE_ALTERED,
        _ ("Page 1 of %s was altered. Close the practice and run “chartroomctl verify”, then restore from a "
           "backup."),
        self->name);
}

/* ---- length ---- */

static void
check_frame (CrDb *self, sqlite3_file *log, guint32 frame, GHashTable *pages, GPtrArray *findings)
{
  gint64 offset = db_frame_offset (frame);
  guint8 word[4] = { 0 };
  int rc = log->pMethods->xRead (log, word, sizeof word, offset);
  if (rc == SQLITE_OK && findings != NULL)
    rc = try_page (log, offset + FRAME_HEADER);
  gboolean sound = rc == SQLITE_OK;
  gpointer page = GUINT_TO_POINTER (cr_get_u32 (word));

  if (sound || !g_hash_table_contains (pages, page))
    g_hash_table_insert (pages, page, GINT_TO_POINTER (sound));
  if (!sound && findings != NULL && frame <= live_frames (self)) /* the log may have begun anew meanwhile */
    g_ptr_array_add (
        findings,
        rc == SQLITE_IOERR_READ
            ? g_strdup_printf (_ ("Page frame %u of %s-wal could not be read: the disk fails there. Copy the "
                                  "practice to another disk, or restore from a backup."),
                               frame, self->name)
            : g_strdup_printf (_ ("Page frame %u of %s-wal was altered. Restore from a backup."), frame,
                               self->name));
}

GHashTable *
db_logged_pages (CrDb *self, GPtrArray *findings)
{
  GHashTable *pages = g_hash_table_new (NULL, NULL);
  sqlite3_file *log = db_log_file (self);

  for (guint32 frame = 1; log != NULL && frame <= live_frames (self); frame++)
    check_frame (self, log, frame, pages, findings);
  return pages;
}

guint32
db_first_missing_page (CrDb *self, GHashTable *logged)
{
  gint64 there = db_file_size (db_file (self)) / DB_PAGE_SIZE;
  gint64 counted = db_number (self, "PRAGMA page_count", there);

  for (gint64 page = there + 1; page <= counted; page++)
    if (page != DB_LOCK_PAGE && !g_hash_table_contains (logged, GUINT_TO_POINTER ((guint)page)))
      return (guint32)page;
  return 0;
}

static gboolean
set_missing_page (CrDb *self, guint32 page, GError **error)
{
  g_set_error (error, CR_ERROR, CR_ERROR_TRUNCATED,
               _ ("%s was cut off: page %u is missing. Restore it from a backup."), self->name, page);
  return FALSE;
}

gboolean
db_check_header_count (CrDb *self, GError **error)
{
  sqlite3_file *file = db_file (self);
  gint64 there = db_file_size (file) / DB_PAGE_SIZE;
  guint8 count[4] = { 0 };

  if (file->pMethods->xRead (file, count, sizeof count, HEADER_PAGE_COUNT) != SQLITE_OK)
    return TRUE;
  return cr_get_u32 (count) <= there || set_missing_page (self, (guint32)there + 1, error);
}

gboolean
db_check_length (CrDb *self, GError **error)
{
  g_autoptr (GHashTable) logged = NULL;
  guint32 missing = 0;
  gboolean sound;

  if (!db_run (self, "BEGIN; SELECT count(*) FROM sqlite_schema", error))
    return FALSE;
  if (db_number (self, "PRAGMA page_count", 0) == 0)
    missing = 1;
  else if (db_number (self, "PRAGMA page_count", 0) * DB_PAGE_SIZE > db_file_size (db_file (self))) {
    logged = db_logged_pages (self, NULL);
    missing = db_first_missing_page (self, logged);
  }
  sound = db_check_log_tail (self, error);
  if (!db_run (self, "COMMIT", sound ? error : NULL) || !sound)
    return FALSE;
  return missing == 0 || set_missing_page (self, missing, error);
}

/* ---- verify ---- */

static char *
describe_altered (CrDb *self, gint64 page)
{
  return g_strdup_printf (_ ("Page %" G_GINT64_FORMAT " of %s was altered. Restore from a backup."), page,
                          self->name);
}

static char *
describe_failing (CrDb *self, gint64 page)
{
  return g_strdup_printf (_ ("Page %" G_GINT64_FORMAT
                             " of %s could not be read: the disk fails there. Copy the practice "
                             "to another disk, or restore from a backup."),
                          page, self->name);
}

static void
check_pages (CrDb *self, GHashTable *logged, GPtrArray *findings)
{
  sqlite3_file *file = db_file (self);
  gint64 size = db_file_size (file);

  for (gint64 page = 1; page <= size / DB_PAGE_SIZE; page++) {
    int rc = try_page (file, (page - 1) * DB_PAGE_SIZE);
    if (rc == SQLITE_OK || g_hash_table_lookup (logged, GUINT_TO_POINTER ((guint)page)) != NULL)
      continue;
    g_ptr_array_add (findings,
                     rc == SQLITE_IOERR_READ ? describe_failing (self, page) : describe_altered (self, page));
  }
  /* A checkpoint that was cut off by the power leaves that: the log has the page still. */
  if (size % DB_PAGE_SIZE != 0 &&
      g_hash_table_lookup (logged, GUINT_TO_POINTER ((guint)(size / DB_PAGE_SIZE + 1))) == NULL)
    g_ptr_array_add (findings, g_strdup_printf (_ ("%s ends in the middle of page %" G_GINT64_FORMAT
                                                   ". Restore from a backup."),
                                                self->name, size / DB_PAGE_SIZE + 1));
}

static void
check_missing (CrDb *self, GHashTable *logged, GPtrArray *findings)
{
  guint32 missing = db_first_missing_page (self, logged);

  if (missing != 0)
    g_ptr_array_add (findings,
                     g_strdup_printf (_ ("%s was cut off: page %u is missing. Restore from a backup."),
                                      self->name, missing));
}

gboolean
cr_db_verify_pages (CrDb *self, GPtrArray *findings)
{
  gboolean own = !cr_db_in_transaction (self);
  guint before = findings->len;

  if (own) /* a fixed state; where it cannot be had because of damage, the pages tell */
    sqlite3_exec (self->sqlite, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
  if (self->vault != NULL) {
    g_autoptr (GHashTable) logged = db_logged_pages (self, findings);

    check_pages (self, logged, findings);
    check_missing (self, logged, findings);
  }
  if (own)
    cr_db_rollback (self);
  return findings->len == before;
}

static gboolean
conclude (GPtrArray *findings, guint before, GError **error)
{
  if (findings->len == before)
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_PAGE_ALTERED, findings->pdata[before]);
  return FALSE;
}

gboolean
cr_db_verify (CrDb *self, GPtrArray *findings, GError **error)
{
  guint before = findings->len;
  gboolean read = !cr_db_verify_pages (self, findings) || db_check_structure (self, findings, error);

  return read && conclude (findings, before, error);
}
