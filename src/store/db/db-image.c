/* The pages of one moment, as a file of their own.  In a read transaction a checkpoint leaves the file alone
 * but for pages that this moment reads from the log anyway: those are sealed anew, all others are given as
 * they lie there. */
#include "db-private.h"
#include "cipher-vfs-file.h"
#include <glib/gi18n.h>

#define TRIES 100 /* for a moment in which nobody commits */

struct _CrDbImage {
  CrDb *db;
  GHashTable *logged; /* page → its newest frame at that moment */
  gint64 pages, given;
};

/* ---- the moment ---- */

static CrCipherLogState
log_state (CrDb *db)
{
  CrCipherLogState state = { 0 };

  sqlite3_file_control (db->sqlite, "main", CR_CIPHER_FCNTL_LOG_STATE, &state);
  return state;
}

/* A log whose index is the same before and after is the one that the transaction reads.  frames: of it; 0
 * when the database has them all, for then SQLite may not look at the log, and another may begin it anew. */
static gboolean
begin (CrDb *db, guint32 *frames, GError **error)
{
  for (int i = 0; i < TRIES; i++) {
    CrCipherLogState before = log_state (db), after;

    if (!db_run (db, "BEGIN; SELECT count(*) FROM sqlite_schema", error)) {
      cr_db_rollback (db);
      return FALSE;
    }
    after = log_state (db);
    *frames = after.backfilled < after.frames ? after.frames : 0;
    if (memcmp (before.header, after.header, sizeof after.header) == 0)
      return TRUE;
    cr_db_rollback (db);
  }
  g_set_error (error, CR_ERROR, CR_ERROR_LOCKED,
               _ ("Other programs are writing to %s all the time. Wait a moment and try again; nothing was "
                  "changed."),
               db->name);
  return FALSE;
}

static gboolean
read_log_pages (CrDbImage *self, guint32 frames, GError **error)
{
  sqlite3_file *log = db_log_file (self->db);
  int rc = frames > 0 && log == NULL ? SQLITE_IOERR : SQLITE_OK;

  for (guint32 frame = 1; rc == SQLITE_OK && frame <= frames; frame++) {
    guint8 page[4];

    rc = log->pMethods->xRead (log, page, sizeof page, db_frame_offset (frame));
    if (rc == SQLITE_OK)
      g_hash_table_insert (self->logged, GUINT_TO_POINTER (cr_get_u32 (page)), GUINT_TO_POINTER (frame));
  }
  return rc == SQLITE_OK || db_set_error (self->db, rc, error);
}

CrDbImage *
cr_db_image_new (CrDb *self, GError **error)
{
  g_autoptr (CrDbImage) image = NULL;
  guint32 frames;

  if (!begin (self, &frames, error))
    return NULL;
  image = g_new0 (CrDbImage, 1);
  image->db = self;
  image->logged = g_hash_table_new (NULL, NULL);
  image->pages = db_number (self, "PRAGMA page_count", 0);
  return read_log_pages (image, frames, error) ? g_steal_pointer (&image) : NULL;
}

gint64
cr_db_image_size (CrDbImage *self)
{
  return self->pages * DB_PAGE_SIZE;
}

void
cr_db_image_free (CrDbImage *self)
{
  cr_db_rollback (self->db);
  g_hash_table_unref (self->logged);
  g_free (self);
}

/* ---- its pages ---- */

static CrPagePlace
place_of (gint64 page)
{
  return (CrPagePlace){ .kind = 'D', .page_size = DB_PAGE_SIZE, .number = (guint64)page };
}

static void
seal (const CipherFile *file, gint64 page, const guint8 *plain, guint8 *out)
{
  CrPagePlace place = place_of (page);
  guint8 nonce[CR_PAGE_NONCE];

  cr_page_nonce (nonce);
  cr_page_seal (file->keys, &place, nonce, plain, out);
}

static guint32
frame_of (CrDbImage *self, gint64 page)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->logged, GUINT_TO_POINTER ((guint)page)));
}

CrDb *
db_image_source (CrDbImage *self)
{
  return self->db;
}

int
db_image_raw (CrDbImage *self, gint64 first, gint64 pages, guint8 *out)
{
  int rc =
      real_read ((CipherFile *)db_file (self->db), out, (int)(pages * DB_PAGE_SIZE), first * DB_PAGE_SIZE);

  return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK
                                       : rc; /* what is behind the end is in the log, or missing */
}

gboolean
db_image_in_file (CrDbImage *self, gint64 page)
{
  return page != DB_LOCK_PAGE && frame_of (self, page) == 0;
}

/* As it lies in the file.  One that does not open is read once more, by the way that knows why. */
static int
open_from_file (CrDbImage *self, gint64 page, guint8 *bytes)
{
  sqlite3_file *file = db_file (self->db);
  CrPagePlace place = place_of (page);
  int rc;

  if (cr_page_open (((CipherFile *)file)->keys, &place, bytes) == 0)
    return SQLITE_OK;
  rc = file->pMethods->xRead (file, bytes, (int)DB_PAGE_SIZE, (page - 1) * DB_PAGE_SIZE);
  return rc == SQLITE_OK ? SQLITE_IOERR : rc;
}

int
db_image_open (CrDbImage *self, gint64 page, guint8 *bytes)
{
  guint32 frame = frame_of (self, page);
  sqlite3_file *log = db_log_file (self->db);

  if (frame != 0)
    return log->pMethods->xRead (log, bytes, (int)DB_PAGE_SIZE, db_frame_offset (frame) + FRAME_HEADER);
  if (page != DB_LOCK_PAGE)
    return open_from_file (self, page, bytes);
  memset (bytes, 0, DB_PAGE_SIZE);
  return SQLITE_OK;
}

/* out: as it lies in the file, which is right for a page that opens and is not newer in the log. */
static int
finish_page (CrDbImage *self, gint64 page, guint8 *out)
{
  guint8 plain[DB_PAGE_SIZE];
  int rc;

  memcpy (plain, out, sizeof plain);
  rc = db_image_open (self, page, plain);
  if (rc == SQLITE_OK && !db_image_in_file (self, page))
    seal ((CipherFile *)db_file (self->db), page, plain, out);
  explicit_bzero (plain, sizeof plain);
  return rc;
}

gssize
cr_db_image_read (CrDbImage *self, guint8 *out, gsize room, GError **error)
{
  gint64 pages = MIN ((gint64)room / DB_PAGE_SIZE, self->pages - self->given);
  int rc = db_image_raw (self, self->given, pages, out);

  for (gint64 i = 0; rc == SQLITE_OK && i < pages; i++)
    rc = finish_page (self, self->given + i + 1, out + i * DB_PAGE_SIZE);
  if (rc != SQLITE_OK) {
    db_set_error (self->db, rc, error);
    return -1;
  }
  self->given += pages;
  return (gssize)(pages * DB_PAGE_SIZE);
}
