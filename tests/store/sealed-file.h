/* One sealed file below SQLite, on a disk in memory. */
#pragma once
#include "../tools/fault-disk.h"
#include "cipher-vfs.h"
#include <string.h>

#define DISK "files-disk"
#define SEALED "files-sealed"

static FaultDisk *disk;

typedef struct {
  sqlite3_file *file;
  const char *name; /* SQLite's, with those of journal and log behind it */
} Sealed;

static inline sqlite3_file *
open_on (const char *vfs_name, const char *name, int flags)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (vfs_name);
  sqlite3_file *file = g_malloc0 ((gsize)vfs->szOsFile);
  int out;
  flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  g_assert_cmpint (vfs->xOpen (vfs, name, file, flags, &out), ==, SQLITE_OK);
  return file;
}

static inline void
close_file (sqlite3_file *file)
{
  g_assert_cmpint (file->pMethods->xClose (file), ==, SQLITE_OK);
  g_free (file);
}

static inline Sealed
open_sealed (int flags)
{
  Sealed self = { .name = sqlite3_create_filename ("/f.db", "/f.db-journal", "/f.db-wal", 0, NULL) };
  const char *name = flags & SQLITE_OPEN_WAL            ? sqlite3_filename_wal (self.name)
                     : flags & SQLITE_OPEN_MAIN_JOURNAL ? sqlite3_filename_journal (self.name)
                                                        : self.name;
  self.file = open_on (SEALED, name, flags);
  (void)cr_cipher_take_report ();
  return self;
}

static inline void
close_sealed (Sealed *self)
{
  close_file (self->file);
  sqlite3_free_filename ((char *)self->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sealed, close_sealed)

static inline int
put (Sealed *self, const void *data, int amount, gint64 offset)
{
  return self->file->pMethods->xWrite (self->file, data, amount, offset);
}

static inline int
get (Sealed *self, void *buffer, int amount, gint64 offset)
{
  return self->file->pMethods->xRead (self->file, buffer, amount, offset);
}

static inline int
cut (Sealed *self, gint64 size)
{
  return self->file->pMethods->xTruncate (self->file, size);
}

static inline int
settle (Sealed *self)
{
  return self->file->pMethods->xSync (self->file, SQLITE_SYNC_NORMAL);
}

static inline gint64
size_of (sqlite3_file *file)
{
  sqlite3_int64 size = -1;
  g_assert_cmpint (file->pMethods->xFileSize (file, &size), ==, SQLITE_OK);
  return size;
}

/* What lies on the disk. */
static inline GByteArray *
raw_content (const char *name)
{
  sqlite3_file *file = open_on (DISK, name, 0);
  GByteArray *content = g_byte_array_new ();
  g_byte_array_set_size (content, (guint)size_of (file));
  if (content->len > 0)
    file->pMethods->xRead (file, content->data, (int)content->len, 0);
  close_file (file);
  return content;
}

static inline void
raw_put (const char *name, const void *data, int amount, gint64 offset)
{
  sqlite3_file *file = open_on (DISK, name, 0);
  g_assert_cmpint (file->pMethods->xWrite (file, data, amount, offset), ==, SQLITE_OK);
  close_file (file);
}

static inline void
raw_cut (const char *name, gint64 size)
{
  sqlite3_file *file = open_on (DISK, name, 0);
  g_assert_cmpint (file->pMethods->xTruncate (file, size), ==, SQLITE_OK);
  close_file (file);
}

static inline void
assert_report (CrCipherTrouble what, guint64 number)
{
  CrCipherReport report = cr_cipher_take_report ();
  g_assert_cmpint (report.what, ==, what);
  g_assert_cmpuint (report.number, ==, number);
}

/* Refused, and the file on the disk is as it was. */
static inline void
assert_refused (Sealed *self, const char *raw, const void *data, int amount, gint64 offset)
{
  g_autoptr (GByteArray) before = raw_content (raw), after = NULL;
  g_assert_cmpint (put (self, data, amount, offset), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (cr_cipher_take_report ().what, ==, CR_REFUSED_SHAPE);
  after = raw_content (raw);
  g_assert_cmpmem (before->data, before->len, after->data, after->len);
}

static inline void
assert_cannot_be_read (Sealed *self, int amount, gint64 offset)
{
  g_autofree guint8 *buffer = g_malloc0 ((gsize)amount);
  g_assert_cmpint (get (self, buffer, amount, offset), ==, SQLITE_IOERR_READ);
  g_assert_cmpint (cr_cipher_take_report ().what, ==, CR_REFUSED_SHAPE);
}

static inline void
set_up_disk (void)
{
  CrPageKeys keys;
  memset (&keys, 7, sizeof keys);
  g_assert_cmpint (cr_page_cipher_init (), ==, 0);
  disk = fault_disk_new (DISK);
  g_assert_cmpint (cr_cipher_vfs_register (SEALED, DISK, cr_page_keys_add (&keys), 0), ==, SQLITE_OK);
}

/* data: a function.  On an empty disk. */
static inline void
test_case (gconstpointer data)
{
  fault_disk_wipe (disk);
  (*(void (*const *) (void))data) ();
}
