/* The pages of one moment, sealed with another vault's keys, in a file that may hold most of them already:
 * from an earlier moment, or from an attempt that a crash cut off.
 *
 * FILE-pages says which sealed page each page was made of.  It has parts of 256 pages: for each page the tag
 * of the source's page and the tag of the copy's, 16 bytes each, then a keyed hash of the part
 * (cr_vault_seal_progress).  A page stays when both tags are those: no nonce is used twice, so neither page
 * was written since.  Nothing rests on the order in which the disk got them, nor on a kept page's body: the
 * caller has every page of the copy opened before it counts. */
#include "db-private.h"
#include "cipher-vfs-file.h"
#include "chartroom/vault/rotation.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

#define SUFFIX "-pages"

enum { PART = 256, TAG = CR_PAGE_TAG, HASH = 32 };

/* What a part was made of, as it lies on disk. */
typedef struct {
  guint8 tags[PART][2][TAG]; /* of the source's page, of the copy's */
  guint8 hash[HASH];
} Made;

typedef struct {
  CrDbImage *image;
  CrVault *vault;
  CrDb *target;
  char *path; /* of what says how far it is */
  int progress;
  gint64 kept;
  guint8 source[PART * DB_PAGE_SIZE], copy[PART * DB_PAGE_SIZE]; /* as they lie on disk */
  Made made;
} Resealing;

static const guint8 *
tag_of (const guint8 *pages, gint64 i)
{
  return pages + (i + 1) * DB_PAGE_SIZE - TAG;
}

static gboolean
set_file_error (const char *path, GError **error)
{
  g_set_error (error, CR_ERROR, errno == ENOSPC || errno == EDQUOT ? CR_ERROR_DISK_FULL : CR_ERROR_IO,
               _ ("%s could not be written: %s."), path, g_strerror (errno));
  return FALSE;
}

/* ---- how far it was ---- */

static gint64
part_offset (gint64 part)
{
  return part * (gint64)sizeof (Made);
}

/* FALSE: nothing is known of that part. */
static gboolean
read_progress (Resealing *self, gint64 part)
{
  Made *made = &self->made;
  guint8 hash[HASH];

  if (pread (self->progress, made, sizeof *made, part_offset (part)) != sizeof *made)
    return FALSE;
  cr_vault_seal_progress (self->vault, (guint64)part, made->tags, sizeof made->tags, hash);
  return memcmp (hash, made->hash, HASH) == 0;
}

/* A page that the log has newer is made of something that lies nowhere: its tag is zeros, and it does not
 * stay the next time. */
static gboolean
write_progress (Resealing *self, gint64 part, GError **error)
{
  Made *made = &self->made;

  cr_vault_seal_progress (self->vault, (guint64)part, made->tags, sizeof made->tags, made->hash);
  if (pwrite (self->progress, made, sizeof *made, part_offset (part)) == sizeof *made)
    return TRUE;
  return set_file_error (self->path, error);
}

/* ---- one part ---- */

static int
read_target (Resealing *self, gint64 first, gint64 pages)
{
  int rc = real_read ((CipherFile *)db_file (self->target), self->copy, (int)(pages * DB_PAGE_SIZE),
                      first * DB_PAGE_SIZE);

  return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc; /* zeros: no page has such a tag */
}

static gboolean
stays (Resealing *self, gint64 first, gint64 i)
{
  return db_image_in_file (self->image, first + i + 1) &&
         memcmp (self->made.tags[i][0], tag_of (self->source, i), TAG) == 0 &&
         memcmp (self->made.tags[i][1], tag_of (self->copy, i), TAG) == 0;
}

static gboolean
make_page (Resealing *self, gint64 first, gint64 i, GError **error)
{
  sqlite3_file *file = db_file (self->target);
  guint8 *page = self->source + i * DB_PAGE_SIZE;
  int rc;

  if (db_image_in_file (self->image, first + i + 1))
    memcpy (self->made.tags[i][0], tag_of (self->source, i), TAG);
  else
    memset (self->made.tags[i][0], 0, TAG);
  rc = db_image_open (self->image, first + i + 1, page);
  if (rc != SQLITE_OK)
    return db_set_error (db_image_source (self->image), rc, error);
  rc = file->pMethods->xWrite (file, page, DB_PAGE_SIZE, (first + i) * DB_PAGE_SIZE);
  return rc == SQLITE_OK || db_set_error (self->target, rc, error);
}

static gboolean
finish_part (Resealing *self, gint64 part, gint64 pages, GError **error)
{
  int rc = read_target (self, part * PART, pages);

  if (rc != SQLITE_OK)
    return db_set_error (self->target, rc, error);
  for (gint64 i = 0; i < pages; i++)
    memcpy (self->made.tags[i][1], tag_of (self->copy, i), TAG);
  return write_progress (self, part, error);
}

static gboolean
reseal_part (Resealing *self, gint64 part, gint64 pages, GError **error)
{
  gint64 first = part * PART, made = 0;
  gboolean known = read_progress (self, part);
  int rc = db_image_raw (self->image, first, pages, self->source);

  if (rc != SQLITE_OK)
    return db_set_error (db_image_source (self->image), rc, error);
  rc = read_target (self, first, pages);
  if (rc != SQLITE_OK)
    return db_set_error (self->target, rc, error);
  if (!known)
    memset (&self->made, 0, sizeof self->made);
  for (gint64 i = 0; i < pages; i++) {
    if (known && stays (self, first, i))
      continue;
    if (!make_page (self, first, i, error))
      return FALSE;
    made++;
  }
  self->kept += pages - made;
  return made == 0 || finish_part (self, part, pages, error);
}

/* ---- all of it ---- */

static gboolean
reseal_parts (Resealing *self, CrDbStep step, gpointer data, GError **error)
{
  gint64 all = cr_db_image_size (self->image) / DB_PAGE_SIZE;

  for (gint64 first = 0; first < all; first += PART) {
    gint64 pages = MIN (PART, all - first);

    if (!reseal_part (self, first / PART, pages, error))
      return FALSE;
    if (step != NULL && !step (first + pages, all, data)) {
      g_set_error_literal (error, CR_ERROR, CR_ERROR_CANCELLED, _ ("The copy was stopped."));
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
settle (Resealing *self, GError **error)
{
  sqlite3_file *file = db_file (self->target);
  int rc = file->pMethods->xTruncate (file, cr_db_image_size (self->image));

  if (rc == SQLITE_OK)
    rc = file->pMethods->xSync (file, SQLITE_SYNC_NORMAL);
  return rc == SQLITE_OK || db_set_error (self->target, rc, error);
}

static int
open_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    set_file_error (path, error);
  return fd;
}

static gboolean
open_target (Resealing *self, const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  int fd = open_file (path, error); /* SQLite would give it other rights */

  if (fd < 0)
    return FALSE;
  close (fd);
  self->progress = open_file (self->path, error);
  self->target = db_new (name, self->vault);
  return self->progress >= 0 && db_connect_sealed (self->target, path, CR_DB_OPEN, error);
}

gboolean
cr_db_image_reseal (CrDbImage *image, CrVault *vault, const char *path, CrDbStep step, gpointer data,
                    gint64 *kept, GError **error)
{
  Resealing *self = g_new0 (Resealing, 1);
  gboolean done;

  self->image = image;
  self->vault = vault;
  self->path = g_strconcat (path, SUFFIX, NULL);
  self->progress = -1;
  done = open_target (self, path, error) && reseal_parts (self, step, data, error) && settle (self, error);
  *kept = self->kept;
  if (self->target != NULL)
    db_free (self->target);
  if (self->progress >= 0)
    close (self->progress);
  g_free (self->path);
  explicit_bzero (self->source, sizeof self->source);
  g_free (self);
  return done;
}
