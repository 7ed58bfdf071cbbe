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

static int
seal_from_log (CrDbImage *self, gint64 page, guint32 frame, guint8 *out)
{
  sqlite3_file *log = db_log_file (self->db);
  guint8 plain[DB_PAGE_SIZE];
  int rc = log->pMethods->xRead (log, plain, sizeof plain, db_frame_offset (frame) + FRAME_HEADER);

  if (rc == SQLITE_OK)
    seal ((CipherFile *)db_file (self->db), page, plain, out);
  explicit_bzero (plain, sizeof plain);
  return rc;
}

/* As it lies in the file.  One that does not open is read once more, by the way that knows why. */
static int
check_sealed (CrDbImage *self, gint64 page, const guint8 *sealed)
{
  sqlite3_file *file = db_file (self->db);
  CrPagePlace place = place_of (page);
  guint8 plain[DB_PAGE_SIZE];
  int rc = SQLITE_OK;

  memcpy (plain, sealed, sizeof plain);
  if (cr_page_open (((CipherFile *)file)->keys, &place, plain) != 0) {
    rc = file->pMethods->xRead (file, plain, sizeof plain, (page - 1) * DB_PAGE_SIZE);
    rc = rc == SQLITE_OK ? SQLITE_IOERR : rc;
  }
  explicit_bzero (plain, sizeof plain);
  return rc;
}

static int
finish_page (CrDbImage *self, gint64 page, guint8 *out)
{
  guint32 frame = GPOINTER_TO_UINT (g_hash_table_lookup (self->logged, GUINT_TO_POINTER ((guint)page)));
  static const guint8 zeros[DB_PAGE_SIZE];

  if (frame != 0)
    return seal_from_log (self, page, frame, out);
  if (page != DB_LOCK_PAGE)
    return check_sealed (self, page, out);
  seal ((CipherFile *)db_file (self->db), page, zeros, out);
  return SQLITE_OK;
}

gssize
cr_db_image_read (CrDbImage *self, guint8 *out, gsize room, GError **error)
{
  gint64 pages = MIN ((gint64)room / DB_PAGE_SIZE, self->pages - self->given);
  int rc = real_read ((CipherFile *)db_file (self->db), out, (int)(pages * DB_PAGE_SIZE),
                      self->given * DB_PAGE_SIZE);

  if (rc == SQLITE_IOERR_SHORT_READ) /* what lies behind the end is in the log, or found missing */
    rc = SQLITE_OK;
  for (gint64 i = 0; rc == SQLITE_OK && i < pages; i++)
    rc = finish_page (self, self->given + i + 1, out + i * DB_PAGE_SIZE);
  if (rc != SQLITE_OK) {
    db_set_error (self->db, rc, error);
    return -1;
  }
  self->given += pages;
  return (gssize)(pages * DB_PAGE_SIZE);
}
