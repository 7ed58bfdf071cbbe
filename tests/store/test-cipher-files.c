/* The sealed files below SQLite, one by one: whatever it asks for beyond what it is known to ask for is
 * refused and nothing of it reaches the disk; what the disk does not do is never told as done. */
#include "sealed-file.h"

#define KNOWN_TEXT "Zebediah Quillfeather"
enum {
  PAGE = 1024,
  LOG_HEADER = 32,
  FRAME_HEADER = 24,
  FRAME = FRAME_HEADER + PAGE,
  JOURNAL_HEADER = 512 /* with its padding */
};

/* A page of SQLite's, with nothing in its reserved bytes. */
static void
make_page (guint8 page[PAGE], guint8 fill)
{
  memset (page, fill, PAGE);
  memset (page + PAGE - CR_PAGE_RESERVE, 0, CR_PAGE_RESERVE);
  page[20] = CR_PAGE_RESERVE;
}

/* ---- the log ---- */

static void
make_log_header (guint8 header[LOG_HEADER])
{
  memset (header, 0, LOG_HEADER);
  cr_put_u32 (header, 0x377f0682);
  cr_put_u32 (header + 4, 3007000);
  cr_put_u32 (header + 8, PAGE);
  cr_put_u64 (header + 16, 77); /* salts */
}

static void
make_frame (guint8 frame[FRAME], guint8 fill)
{
  memset (frame, 0, FRAME_HEADER);
  cr_put_u32 (frame, 2);      /* page */
  cr_put_u64 (frame + 8, 77); /* salts */
  make_page (frame + FRAME_HEADER, fill);
}

static void
write_log (Sealed *log, guint frames)
{
  guint8 header[LOG_HEADER], frame[FRAME];
  make_log_header (header);
  g_assert_cmpint (put (log, header, LOG_HEADER, 0), ==, SQLITE_OK);
  for (guint i = 0; i < frames; i++) {
    gint64 at = LOG_HEADER + (gint64)i * FRAME;
    make_frame (frame, (guint8)(i + 1));
    g_assert_cmpint (put (log, frame, FRAME_HEADER, at), ==, SQLITE_OK);
    g_assert_cmpint (put (log, frame + FRAME_HEADER, PAGE, at + FRAME_HEADER), ==, SQLITE_OK);
  }
}

static void
test_log_writes (void)
{
  g_auto (Sealed) log = open_sealed (SQLITE_OPEN_WAL);
  const char *raw = sqlite3_filename_wal (log.name);
  guint8 header[LOG_HEADER], frame[FRAME + 1] = { 0 };
  make_frame (frame, 1);
  assert_refused (&log, raw, frame, FRAME_HEADER, LOG_HEADER); /* of which page size? */
  make_log_header (header);
  cr_put_u32 (header, 0x377f0680);
  assert_refused (&log, raw, header, LOG_HEADER, 0);
  make_log_header (header);
  cr_put_u32 (header + 8, 1000);
  assert_refused (&log, raw, header, LOG_HEADER, 0);
  write_log (&log, 2);
  assert_refused (&log, raw, frame, FRAME_HEADER, 8);                     /* in the header */
  assert_refused (&log, raw, frame, FRAME, LOG_HEADER);                   /* a frame at once */
  assert_refused (&log, raw, frame, 100, LOG_HEADER + 100);               /* in the midst of one */
  assert_refused (&log, raw, frame, PAGE / 2, LOG_HEADER + FRAME_HEADER); /* half a page */
  assert_refused (&log, raw, frame + FRAME_HEADER, PAGE, LOG_HEADER + (gint64)9 * FRAME + FRAME_HEADER);
  g_assert_cmpint (put (&log, frame, FRAME_HEADER, LOG_HEADER + 2 * FRAME), ==, SQLITE_OK);
  assert_refused (&log, raw, frame, FRAME, LOG_HEADER + 2 * FRAME + FRAME_HEADER); /* longer than a frame */
  g_assert_cmpint (put (&log, frame, 20, LOG_HEADER + 2 * FRAME), ==, SQLITE_OK);
  g_assert_cmpint (settle (&log), ==, SQLITE_IOERR_WRITE); /* a checksum word cannot be sealed in halves */
  assert_report (CR_REFUSED_SHAPE, 3);
}

/* Where the nonce and the tag go SQLite has nothing. */
static void
test_log_reserve (void)
{
  g_auto (Sealed) log = open_sealed (SQLITE_OPEN_WAL);
  const char *raw = sqlite3_filename_wal (log.name);
  guint8 frame[FRAME];
  write_log (&log, 1);
  make_frame (frame, 1);
  frame[FRAME - 1] = 1;
  assert_refused (&log, raw, frame + FRAME_HEADER, PAGE, LOG_HEADER + FRAME_HEADER);
  g_assert_cmpint (put (&log, frame, FRAME_HEADER, LOG_HEADER + FRAME), ==, SQLITE_OK);
  assert_refused (&log, raw, frame + FRAME_HEADER, PAGE, LOG_HEADER + FRAME + FRAME_HEADER);
}

static void
test_log_reads (void)
{
  g_auto (Sealed) log = open_sealed (SQLITE_OPEN_WAL);
  guint8 page[FRAME], frame[FRAME];
  assert_cannot_be_read (&log, PAGE, LOG_HEADER + FRAME_HEADER); /* a log without a header */
  write_log (&log, 3);
  assert_cannot_be_read (&log, 16, LOG_HEADER - 8);
  assert_cannot_be_read (&log, 16, LOG_HEADER + 100);
  assert_cannot_be_read (&log, 2 * PAGE, LOG_HEADER + FRAME_HEADER);
  make_frame (frame, 2);
  g_assert_cmpint (get (&log, page, FRAME_HEADER, LOG_HEADER + FRAME), ==, SQLITE_OK);
  g_assert_cmpmem (page, FRAME_HEADER, frame, FRAME_HEADER);
  g_assert_cmpint (get (&log, page, PAGE, LOG_HEADER + FRAME + FRAME_HEADER), ==, SQLITE_OK);
  g_assert_cmpmem (page, PAGE, frame + FRAME_HEADER, PAGE);
  g_assert_cmpint (get (&log, page, 8, 0), ==, SQLITE_OK); /* a part of the header */
  g_assert_cmpint (get (&log, page, PAGE, LOG_HEADER + 5 * FRAME + FRAME_HEADER), ==, SQLITE_IOERR_DATA);
  assert_report (CR_DAMAGE_FRAME, 6);
}

/* A frame this handle wrote is damage; one from before is where the log may end. */
static void
test_log_altered (void)
{
  guint8 page[FRAME], zeros[FRAME] = { 0 };
  {
    g_auto (Sealed) log = open_sealed (SQLITE_OPEN_WAL);
    write_log (&log, 3);
    raw_put (sqlite3_filename_wal (log.name), "x", 1, LOG_HEADER + FRAME + 100);
    g_assert_cmpint (get (&log, page, PAGE, LOG_HEADER + FRAME + FRAME_HEADER), ==, SQLITE_IOERR_DATA);
    assert_report (CR_DAMAGE_FRAME, 2);
    g_assert_cmpint (get (&log, page, FRAME, LOG_HEADER + FRAME), ==, SQLITE_IOERR_DATA);
    assert_report (CR_DAMAGE_FRAME, 2);
  }
  g_auto (Sealed) again = open_sealed (SQLITE_OPEN_WAL);
  g_assert_cmpint (get (&again, page, FRAME, LOG_HEADER + FRAME), ==, SQLITE_OK);
  g_assert_cmpmem (page, FRAME, zeros, FRAME);
  g_assert_cmpint (get (&again, page, FRAME, LOG_HEADER), ==, SQLITE_OK);
  g_assert_cmpuint (page[FRAME_HEADER], ==, 1);
}

/* ---- the rollback journal ---- */

static void
make_journal_header (guint8 header[JOURNAL_HEADER])
{
  static const guint8 MAGIC[] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
  memset (header, 0, JOURNAL_HEADER);
  memcpy (header, MAGIC, sizeof MAGIC);
  cr_put_u32 (header + 8, 1);
  cr_put_u32 (header + 20, JOURNAL_HEADER);
  cr_put_u32 (header + 24, PAGE);
}

static void
put_number (Sealed *journal, guint32 number, gint64 at)
{
  guint8 word[4];
  cr_put_u32 (word, number);
  g_assert_cmpint (put (journal, word, sizeof word, at), ==, SQLITE_OK);
}

static void
write_journal (Sealed *journal)
{
  guint8 header[JOURNAL_HEADER], page[PAGE];
  make_journal_header (header);
  make_page (page, 5);
  g_assert_cmpint (put (journal, header, JOURNAL_HEADER, 0), ==, SQLITE_OK);
  put_number (journal, 2, JOURNAL_HEADER);
  g_assert_cmpint (put (journal, page, PAGE, JOURNAL_HEADER + 4), ==, SQLITE_OK);
  put_number (journal, 4711, JOURNAL_HEADER + 4 + PAGE);
}

static void
read_journal (Sealed *journal, guint8 page[PAGE], guint8 check[4], int expected)
{
  guint8 word[4];
  g_assert_cmpint (get (journal, word, 4, JOURNAL_HEADER), ==, SQLITE_OK);
  g_assert_cmpuint (cr_get_u32 (word), ==, 2);
  g_assert_cmpint (get (journal, page, PAGE, JOURNAL_HEADER + 4), ==, expected);
  if (expected == SQLITE_OK)
    g_assert_cmpint (get (journal, check, 4, JOURNAL_HEADER + 4 + PAGE), ==, SQLITE_OK);
}

static void
test_journal_writes (void)
{
  static const gint64 END = JOURNAL_HEADER + 8 + PAGE;
  static const char *const NAMES[] = { "/office/f.db-mj12345678G", "/office/f.db-xy123456789",
                                       "-mj123456789" };
  g_auto (Sealed) journal = open_sealed (SQLITE_OPEN_MAIN_JOURNAL);
  const char *raw = sqlite3_filename_journal (journal.name);
  guint8 header[JOURNAL_HEADER], page[PAGE];
  make_page (page, 5);
  assert_refused (&journal, raw, page, PAGE, 4); /* without a header before it */
  make_journal_header (header);
  header[JOURNAL_HEADER - 1] = 'x'; /* in the padding */
  assert_refused (&journal, raw, header, JOURNAL_HEADER, 0);
  write_journal (&journal);
  assert_refused (&journal, raw, page, PAGE, END);     /* no number before it */
  assert_refused (&journal, raw, page, PAGE / 2, END); /* no page */
  assert_refused (&journal, raw, KNOWN_TEXT, 12, END);
  put_number (&journal, 3, END);
  assert_refused (&journal, raw, page, 2 * PAGE, END + 4); /* no page of this database */
  put_number (&journal, 0, END);
  assert_refused (&journal, raw, page, PAGE, END + 4); /* there is no page 0 */
  put_number (&journal, 0x40000000 / PAGE + 1, END);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    assert_refused (&journal, raw, NAMES[i], (int)strlen (NAMES[i]), END + 4);
  assert_refused (&journal, raw, "/office\0f.db-mj123456789", 25, END + 4);
  g_assert_cmpint (put (&journal, "/office/f.db-mj12345678A", 24, END + 4), ==, SQLITE_OK);
  put_number (&journal, 3, END);
  page[PAGE - 1] = 1;
  assert_refused (&journal, raw, page, PAGE, END + 4);
}

/* A torn record of a dead program reads as one with a wrong checksum; in one's own journal it is damage. */
static void
test_journal_altered (void)
{
  guint8 page[PAGE], check[4], zeros[PAGE] = { 0 };
  {
    g_auto (Sealed) journal = open_sealed (SQLITE_OPEN_MAIN_JOURNAL);
    write_journal (&journal);
    read_journal (&journal, page, check, SQLITE_OK);
    g_assert_cmpuint (page[0], ==, 5);
    g_assert_cmpuint (cr_get_u32 (check), ==, 4711);
    raw_put (sqlite3_filename_journal (journal.name), "x", 1, JOURNAL_HEADER + 100);
    read_journal (&journal, page, check, SQLITE_IOERR_DATA);
    assert_report (CR_DAMAGE_RECORD, 2);
  }
  g_auto (Sealed) again = open_sealed (SQLITE_OPEN_MAIN_JOURNAL);
  read_journal (&again, page, check, SQLITE_OK);
  g_assert_cmpmem (page, PAGE, zeros, PAGE);
  g_assert_cmpuint (cr_get_u32 (check), !=, 4711);
}

/* A header says which page size; one that cannot be is none. */
static void
test_journal_header (void)
{
  guint8 header[JOURNAL_HEADER], page[PAGE], word[4];
  g_auto (Sealed) journal = open_sealed (SQLITE_OPEN_MAIN_JOURNAL);
  const char *raw = sqlite3_filename_journal (journal.name);
  make_journal_header (header);
  cr_put_u32 (header + 24, 1000);
  g_assert_cmpint (put (&journal, header, JOURNAL_HEADER, 0), ==, SQLITE_OK);
  put_number (&journal, 2, JOURNAL_HEADER);
  make_page (page, 5);
  assert_refused (&journal, raw, page, PAGE, JOURNAL_HEADER + 4);
  raw_cut (raw, 10); /* shorter than a header */
  g_assert_cmpint (get (&journal, word, 4, 0), ==, SQLITE_OK);
  g_assert_cmpint (get (&journal, page, PAGE, 4), ==, SQLITE_IOERR_SHORT_READ);
}

/* ---- the database ---- */

static void
write_pages (Sealed *database, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    guint8 page[PAGE];
    make_page (page, (guint8)(i + 1));
    g_assert_cmpint (put (database, page, PAGE, (gint64)i * PAGE), ==, SQLITE_OK);
  }
}

static void
test_database_writes (void)
{
  g_auto (Sealed) database = open_sealed (SQLITE_OPEN_MAIN_DB);
  guint8 page[2 * PAGE];
  make_page (page, 1);
  assert_refused (&database, database.name, page, 1000, 0);
  assert_refused (&database, database.name, page, 0, 0);
  assert_refused (&database, database.name, page, PAGE, PAGE / 2);
  page[20] = 0; /* page 1 without reserved bytes */
  assert_refused (&database, database.name, page, PAGE, 0);
  write_pages (&database, 0, 3);
  assert_refused (&database, database.name, page, 2 * PAGE, 0);
  make_page (page, 1);
  page[PAGE - CR_PAGE_RESERVE] = 1;
  assert_refused (&database, database.name, page, PAGE, PAGE);
  make_page (page, 1);
  assert_refused (&database, database.name, page, PAGE, (gint64)20000 * PAGE); /* grown without end */
  g_assert_cmpint (cut (&database, PAGE + 1), ==, SQLITE_IOERR_TRUNCATE);
  assert_report (CR_REFUSED_SHAPE, 0);
  g_assert_cmpint (size_of (database.file), ==, 3 * PAGE);
}

/* Somebody's plain database is never written to. */
static void
test_database_plain (void)
{
  g_auto (Sealed) database = open_sealed (SQLITE_OPEN_MAIN_DB);
  guint8 page[PAGE] = "SQLite format 3", start[100];
  raw_put (database.name, page, PAGE, 0);
  make_page (page, 1);
  assert_refused (&database, database.name, page, PAGE, 0);
  g_assert_cmpint (cut (&database, 0), ==, SQLITE_IOERR_TRUNCATE);
  g_assert_cmpint (get (&database, start, 100, 0), ==, SQLITE_OK); /* SQLite looks once before the journal */
  g_assert_cmpuint (start[0], ==, 0);
  g_assert_cmpint (get (&database, page, PAGE, 0), ==, SQLITE_NOTADB);
  assert_report (CR_DAMAGE_PAGE, 1);
}

static void
test_database_reads (void)
{
  g_auto (Sealed) database = open_sealed (SQLITE_OPEN_MAIN_DB);
  guint8 bytes[3 * PAGE];
  write_pages (&database, 0, 4);
  g_assert_cmpint (get (&database, bytes, 2 * PAGE, PAGE / 2), ==, SQLITE_OK); /* any range */
  g_assert_cmpuint (bytes[0], ==, 1);
  g_assert_cmpuint (bytes[PAGE], ==, 2);
  g_assert_cmpuint (bytes[2 * PAGE - 1], ==, 3);
  g_assert_cmpint (get (&database, bytes, 2 * PAGE, 3 * PAGE), ==, SQLITE_IOERR_SHORT_READ);
  g_assert_cmpuint (bytes[0], ==, 4);
  g_assert_cmpuint (bytes[PAGE], ==, 0);
  raw_put (database.name, "x", 1, 2 * PAGE + 5);
  g_assert_cmpint (get (&database, bytes, PAGE, 2 * PAGE), ==, SQLITE_IOERR_DATA);
  assert_report (CR_DAMAGE_PAGE, 3);
  raw_cut (database.name, 3 * PAGE + 10); /* across page 4 */
  g_assert_cmpint (get (&database, bytes, PAGE, 3 * PAGE), ==, SQLITE_IOERR_DATA);
  assert_report (CR_DAMAGE_MISSING, 4);
}

/* Page 1 alone is damaged: the others are read on.  Put in its place by a file of another page size it is
 * that file. */
static void
test_database_start (void)
{
  g_auto (Sealed) database = open_sealed (SQLITE_OPEN_MAIN_DB);
  guint8 bytes[PAGE];
  write_pages (&database, 0, 3);
  raw_put (database.name, "x", 1, 5);
  g_assert_cmpint (get (&database, bytes, PAGE, 0), ==, SQLITE_NOTADB);
  assert_report (CR_DAMAGE_PAGE, 1);
  g_assert_cmpint (get (&database, bytes, PAGE, PAGE), ==, SQLITE_OK);
  g_assert_cmpuint (bytes[0], ==, 2);
  raw_cut (database.name, PAGE / 2);
  g_assert_cmpint (get (&database, bytes, PAGE, 0), ==, SQLITE_IOERR_DATA);
  assert_report (CR_DAMAGE_MISSING, 1);
}

/* Pages passed over read as zeros, are sealed at the next sync, and are gone when the file is cut. */
static void
test_database_gaps (void)
{
  g_auto (Sealed) database = open_sealed (SQLITE_OPEN_MAIN_DB);
  guint8 page[PAGE], zeros[PAGE] = { 0 };
  write_pages (&database, 0, 2);
  write_pages (&database, 9, 10);
  g_assert_cmpint (get (&database, page, PAGE, 4 * PAGE), ==, SQLITE_OK);
  g_assert_cmpmem (page, PAGE, zeros, PAGE);
  g_assert_cmpint (cut (&database, 5 * PAGE), ==, SQLITE_OK);
  g_assert_cmpint (get (&database, page, PAGE, 6 * PAGE), ==, SQLITE_IOERR_SHORT_READ);
  write_pages (&database, 3, 4);
  write_pages (&database, 12, 13);
  fault_disk_fail (disk, 1, SQLITE_FULL, FALSE);
  g_assert_cmpint (settle (&database), ==, SQLITE_FULL);
  g_assert_cmpint (settle (&database), ==, SQLITE_OK); /* what was not done then is done now */
  for (gint64 i = 0; i < 13; i++) {
    g_autoptr (GByteArray) raw = raw_content (database.name);
    g_assert_cmpint (get (&database, page, PAGE, i * PAGE), ==, SQLITE_OK);
    g_assert_true (memcmp (raw->data + i * PAGE, zeros, PAGE) != 0); /* sealed, too */
    if (i > 1 && i != 3 && i != 12)
      g_assert_cmpmem (page, PAGE, zeros, PAGE);
  }
}

/* In a checkpoint pages come in order: what is passed over is sealed at once. */
static void
test_database_checkpoint (void)
{
  g_auto (Sealed) database = open_sealed (SQLITE_OPEN_MAIN_DB);
  const sqlite3_io_methods *methods = database.file->pMethods;
  guint8 page[PAGE], zeros[PAGE] = { 0 };
  write_pages (&database, 0, 2);
  g_assert_cmpint (methods->xFileControl (database.file, SQLITE_FCNTL_CKPT_START, NULL), ==, SQLITE_NOTFOUND);
  write_pages (&database, 9, 10);
  for (gint64 i = 2; i < 9; i++) {
    g_autoptr (GByteArray) raw = raw_content (database.name);
    g_assert_true (memcmp (raw->data + i * PAGE, zeros, PAGE) != 0);
    g_assert_cmpint (get (&database, page, PAGE, i * PAGE), ==, SQLITE_OK);
    g_assert_cmpmem (page, PAGE, zeros, PAGE);
  }
  fault_disk_fail (disk, 3, SQLITE_FULL, FALSE);
  make_page (page, 1);
  g_assert_cmpint (put (&database, page, PAGE, 20 * PAGE), ==, SQLITE_FULL);
  g_assert_cmpint (methods->xFileControl (database.file, SQLITE_FCNTL_CKPT_DONE, NULL), ==, SQLITE_NOTFOUND);
}

/* ---- what is asked of the VFS itself ---- */

static int
control (Sealed *file, int op, void *argument)
{
  return file->file->pMethods->xFileControl (file->file, op, argument);
}

/* What would make a file grow or change its pages beneath us is answered here. */
static void
test_controls (void)
{
  g_auto (Sealed) database = open_sealed (SQLITE_OPEN_MAIN_DB), log = open_sealed (SQLITE_OPEN_WAL);
  const char *ask[] = { NULL, "page_size", NULL }, *set[] = { NULL, "PAGE_SIZE", "512" },
             *other[] = { NULL, "cache_size", "512" };
  char *name = NULL;
  sqlite3_int64 bytes = 1 << 20;
  int chunk = 1 << 20;
  g_assert_cmpint (control (&database, SQLITE_FCNTL_PRAGMA, set), ==, SQLITE_NOTFOUND); /* no pages yet */
  write_pages (&database, 0, 2);
  g_assert_cmpint (control (&database, SQLITE_FCNTL_PRAGMA, set), ==, SQLITE_OK); /* it has its size */
  g_assert_cmpint (control (&database, SQLITE_FCNTL_PRAGMA, ask), ==, SQLITE_NOTFOUND);
  g_assert_cmpint (control (&database, SQLITE_FCNTL_PRAGMA, other), ==, SQLITE_NOTFOUND);
  g_assert_cmpint (control (&log, SQLITE_FCNTL_PRAGMA, set), ==, SQLITE_NOTFOUND);
  g_assert_cmpint (control (&database, SQLITE_FCNTL_SIZE_HINT, &bytes), ==, SQLITE_OK);
  g_assert_cmpint (control (&database, SQLITE_FCNTL_CHUNK_SIZE, &chunk), ==, SQLITE_OK);
  g_assert_cmpint (control (&database, SQLITE_FCNTL_MMAP_SIZE, &bytes), ==, SQLITE_OK);
  g_assert_cmpint (bytes, ==, 0);
  g_assert_cmpint (control (&database, SQLITE_FCNTL_BEGIN_ATOMIC_WRITE, NULL), ==, SQLITE_NOTFOUND);
  g_assert_cmpint (control (&database, SQLITE_FCNTL_VFSNAME, &name), ==, SQLITE_NOTFOUND);
  g_assert_null (name); /* the disk here has none to tell */
  g_assert_cmpint (size_of (database.file), ==, 2 * PAGE);
}

/* Locks are the file's beneath, whichever file it is. */
static void
test_locks (void)
{
  static const int FLAGS[] = { SQLITE_OPEN_MAIN_DB, SQLITE_OPEN_WAL };
  for (guint i = 0; i < G_N_ELEMENTS (FLAGS); i++) {
    g_auto (Sealed) file = open_sealed (FLAGS[i]);
    const sqlite3_io_methods *methods = file.file->pMethods;
    int reserved = -1;
    g_assert_cmpint (methods->xLock (file.file, SQLITE_LOCK_SHARED), ==, SQLITE_OK);
    g_assert_cmpint (methods->xCheckReservedLock (file.file, &reserved), ==, SQLITE_OK);
    g_assert_cmpint (reserved, ==, 0);
    g_assert_cmpint (methods->xLock (file.file, SQLITE_LOCK_EXCLUSIVE), ==, SQLITE_OK);
    g_assert_cmpint (methods->xUnlock (file.file, SQLITE_LOCK_RESERVED), ==, SQLITE_OK);
    g_assert_cmpint (methods->xCheckReservedLock (file.file, &reserved), ==, SQLITE_OK);
    g_assert_cmpint (reserved, ==, 1);
    g_assert_cmpint (methods->xUnlock (file.file, SQLITE_LOCK_NONE), ==, SQLITE_OK);
    g_assert_cmpint (methods->xShmLock (file.file, 0, 1, SQLITE_SHM_LOCK | SQLITE_SHM_SHARED), ==,
                     SQLITE_IOERR_SHMLOCK); /* before there is anything to lock */
  }
}

/* Without the keys it names no file is opened, nor made. */
static void
test_keys (void)
{
  static const char *const KEYS[] = { "", "12", "12zz", "zz", "ffffffffffffffffff" };
  sqlite3_vfs *vfs = sqlite3_vfs_find (SEALED);
  g_autofree sqlite3_file *file = g_malloc0 ((gsize)vfs->szOsFile);
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    const char *parameters[] = { "keys", KEYS[i] };
    const char *name = sqlite3_create_filename ("/k.db", "/k.db-journal", "/k.db-wal", 1, parameters);
    int out, there = -1;
    g_assert_cmpint (
        vfs->xOpen (vfs, name, file, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &out),
        ==, SQLITE_CANTOPEN);
    g_assert_null (file->pMethods);
    g_assert_cmpint (vfs->xAccess (vfs, name, SQLITE_ACCESS_EXISTS, &there), ==, SQLITE_OK);
    g_assert_cmpint (there, ==, 0);
    sqlite3_free_filename ((char *)name);
  }
  g_assert_cmpint (cr_cipher_vfs_register ("files-nowhere", "no such disk", 0, 0), ==, SQLITE_ERROR);
  g_assert_null (sqlite3_vfs_find ("files-nowhere"));
}

/* ---- a disk that fails ---- */

static void
do_log (Sealed *file, GArray *codes)
{
  guint8 header[LOG_HEADER], frame[FRAME], bytes[FRAME];
  int rc;
#define DO(call) (rc = (call), g_array_append_val (codes, rc))
  make_log_header (header);
  make_frame (frame, 1);
  DO (get (file, bytes, PAGE, LOG_HEADER + FRAME_HEADER)); /* as it was left before */
  DO (put (file, frame + FRAME_HEADER, PAGE, LOG_HEADER + FRAME_HEADER));
  DO (get (file, bytes, FRAME_HEADER, LOG_HEADER));
  DO (get (file, bytes, FRAME, LOG_HEADER));
  DO (put (file, frame, FRAME_HEADER, LOG_HEADER));
  DO (settle (file));
  DO (put (file, frame + FRAME_HEADER, PAGE, LOG_HEADER + FRAME_HEADER));
  DO (settle (file));
  DO (cut (file, LOG_HEADER));
  DO (get (file, bytes, LOG_HEADER, 0));
  DO (put (file, header, LOG_HEADER, 0));
}

static void
do_journal (Sealed *file, GArray *codes)
{
  guint8 bytes[PAGE], page[PAGE];
  int rc;
  make_page (page, 5);
  DO (get (file, bytes, 4, JOURNAL_HEADER));
  DO (get (file, bytes, PAGE, JOURNAL_HEADER + 4));
  DO (get (file, bytes, 4, JOURNAL_HEADER + 4 + PAGE));
  DO (put (file, "\0\0\0\2", 4, JOURNAL_HEADER));
  DO (put (file, page, PAGE, JOURNAL_HEADER + 4));
  DO (put (file, "\0\0\1\1", 4, JOURNAL_HEADER + 4 + PAGE));
  DO (settle (file));
  DO (cut (file, 0));
}

static void
do_database (Sealed *file, GArray *codes)
{
  guint8 bytes[PAGE], page[PAGE];
  int rc;
  make_page (page, 5);
  DO (get (file, bytes, 100, 0));
  DO (get (file, bytes, PAGE, PAGE));
  DO (put (file, page, PAGE, PAGE));
  DO (put (file, page, PAGE, 8 * PAGE));
  DO (file->file->pMethods->xUnlock (file->file, SQLITE_LOCK_NONE));
  DO (settle (file));
  DO (cut (file, 4 * PAGE));
  DO (cut (file, 0));
  DO (put (file, page, PAGE, 0));
#undef DO
}

typedef struct {
  int flags;
  void (*act) (Sealed *file, GArray *codes);
} Failing;

static void
make_content (int flags)
{
  g_auto (Sealed) file = open_sealed (flags);
  if (flags == SQLITE_OPEN_WAL)
    write_log (&file, 2);
  else if (flags == SQLITE_OPEN_MAIN_JOURNAL)
    write_journal (&file);
  else
    write_pages (&file, 0, 3);
}

/* Reading beyond the end is none. */
static gboolean
is_failure (int rc)
{
  return (rc & 0xff) == SQLITE_IOERR && rc != SQLITE_IOERR_SHORT_READ;
}

/* Exactly what was under way fails; all before it was done. */
static void
test_failing (gconstpointer data)
{
  const Failing *failing = data;
  gboolean reached = TRUE;
  for (guint n = 1; reached; n++) {
    g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (int));
    guint failed = 0;
    fault_disk_wipe (disk);
    make_content (failing->flags);
    {
      g_auto (Sealed) file = open_sealed (failing->flags);
      fault_disk_fail (disk, n, SQLITE_IOERR, FALSE);
      failing->act (&file, codes);
    }
    reached = fault_disk_failed (disk);
    fault_disk_fail (disk, 0, 0, FALSE);
    for (guint i = 0; i < codes->len; i++)
      failed += is_failure (g_array_index (codes, int, i));
    g_assert_cmpuint (failed, ==, reached ? 1 : 0);
    g_assert_true (n > 1 || reached);
  }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (void);
  } TESTS[] = {
    { "/cipher-files/log-writes", test_log_writes },
    { "/cipher-files/log-reserve", test_log_reserve },
    { "/cipher-files/log-reads", test_log_reads },
    { "/cipher-files/log-altered", test_log_altered },
    { "/cipher-files/journal-writes", test_journal_writes },
    { "/cipher-files/journal-altered", test_journal_altered },
    { "/cipher-files/journal-header", test_journal_header },
    { "/cipher-files/database-writes", test_database_writes },
    { "/cipher-files/database-plain", test_database_plain },
    { "/cipher-files/database-reads", test_database_reads },
    { "/cipher-files/database-start", test_database_start },
    { "/cipher-files/database-gaps", test_database_gaps },
    { "/cipher-files/database-checkpoint", test_database_checkpoint },
    { "/cipher-files/controls", test_controls },
    { "/cipher-files/locks", test_locks },
    { "/cipher-files/keys", test_keys },
  };
  static const Failing LOG = { SQLITE_OPEN_WAL, do_log }, JOURNAL = { SQLITE_OPEN_MAIN_JOURNAL, do_journal },
                       DATABASE = { SQLITE_OPEN_MAIN_DB, do_database };
  g_test_init (&argc, &argv, NULL);
  set_up_disk ();
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add_data_func (TESTS[i].path, &TESTS[i].test, test_case);
  g_test_add_data_func ("/cipher-files/log-fails", &LOG, test_failing);
  g_test_add_data_func ("/cipher-files/journal-fails", &JOURNAL, test_failing);
  g_test_add_data_func ("/cipher-files/database-fails", &DATABASE, test_failing);
  return g_test_run ();
}
