/* Nothing readable on disk, in any file that any path writes. */
#include "cipher-fixture.h"
#include "../../src/store/db/cipher-vfs.h"
#include <unistd.h>

#define WAL_HEADER 32
#define FRAME (24 + PAGE)

/* The known text as it could lie in a file. */
static GPtrArray *
spellings (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  glong units;
  gunichar2 *wide = g_utf8_to_utf16 (KNOWN_TEXT, -1, NULL, &units, NULL);

  g_ptr_array_add (list, g_bytes_new_static (KNOWN_TEXT, strlen (KNOWN_TEXT)));
  g_ptr_array_add (list, g_bytes_new_static ("Quillfeather", 12));
  g_ptr_array_add (list, g_bytes_new_take (wide, (gsize)units * 2));
  for (guint skip = 0; skip < 3; skip++) { /* base64, at each of its three alignments, without the ends */
    g_autofree char *code = g_base64_encode ((const guchar *)KNOWN_TEXT + skip, 15);
    g_ptr_array_add (list, g_bytes_new (code, 16));
  }
  g_ptr_array_add (list, g_bytes_new_static ("CREATE TABLE", 12));
  return list;
}

static void
assert_clean (const char *what, const char *content, gsize size)
{
  g_autoptr (GPtrArray) list = spellings ();

  for (guint i = 0; i < list->len; i++) {
    gsize length;
    const void *bytes = g_bytes_get_data (list->pdata[i], &length);

    if (memmem (content, size, bytes, length) != NULL)
      g_error ("%s shows what it should hide (spelling %u)", what, i);
  }
}

/* Number of files looked at. */
static guint
assert_tree_clean (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *content = NULL;
  const char *name;
  guint files = 0;
  gsize size;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    files += assert_tree_clean (inner);
  }
  if (dir != NULL)
    return files;
  read_file (path, &content, &size);
  assert_clean (path, content, size);
  return 1;
}

static void
assert_memory_clean (VaultFixture *f)
{
  g_autofree char *meeting = fixture_path (f, "practice.db-shm"), *name = NULL, *memory = NULL;
  gsize size;

  read_file (meeting, &name, &size);
  *strchr (name, '\n') = '\0';
  memory = g_build_filename ("/dev/shm", name, NULL);
  g_assert_cmpuint (assert_tree_clean (memory), ==, 1);
}

static void
test_search_finds (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "plain.db"), *content = NULL;
  CrDb *plain = cr_db_open_plain (path, NULL);
  gsize size;

  run (plain, "CREATE TABLE t (b); INSERT INTO t VALUES ('" KNOWN_TEXT "')");
  cr_db_close (plain);
  read_file (path, &content, &size);
  g_assert_nonnull (memmem (content, size, KNOWN_TEXT, strlen (KNOWN_TEXT)));
}

static void
test_all_files (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) document = g_bytes_new_static (KNOWN_TEXT, strlen (KNOWN_TEXT));
  CrDb *db = fill_db (f, 500);

  g_assert_true (cr_vault_document_write (f->vault, "text/plain", document, NULL, NULL));
  g_assert_cmpuint (assert_tree_clean (f->folder), >=, 5);
  assert_memory_clean (f);
  g_assert_true (cr_db_checkpoint (db, NULL));
  run (db, "VACUUM");
  run (db, "PRAGMA cache_spill=ON; PRAGMA cache_size=5; BEGIN; UPDATE t SET b = b || 'x'");
  g_assert_cmpuint (assert_tree_clean (f->folder), >=, 5);
  run (db, "ROLLBACK; PRAGMA journal_mode=PERSIST; BEGIN; UPDATE t SET b = b || 'y'");
  g_assert_cmpuint (assert_tree_clean (f->folder), >=, 4);
  run (db, "COMMIT");
  g_assert_cmpuint (assert_tree_clean (f->folder), >=, 4);
  cr_db_close (db);
  g_assert_cmpuint (assert_tree_clean (f->folder), >=, 3);
}

/* Bytes in temporary files this process has open: SQLite unlinks them at once, so they are found by
 * descriptor. */
static gsize
assert_temporary_clean (void)
{
  gsize total = 0;

  for (int fd = 3; fd < 200; fd++) {
    g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
    g_autofree char *target = g_file_read_link (link, NULL), *content = NULL;
    gsize size;

    if (target == NULL || strstr (target, "etilqs") == NULL)
      continue;
    read_file (link, &content, &size);
    assert_clean (target, content, size);
    total += size;
  }
  return total;
}

static void
test_temporary (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CrDb *db = fill_db (f, 3000);
  CrStmt *stmt;

  run (db, "PRAGMA temp_store=FILE; PRAGMA cache_spill=ON; PRAGMA cache_size=5; PRAGMA temp.cache_size=5");
  run (db, "CREATE TEMP TABLE copied AS SELECT a, b || '!' AS b FROM t");
  g_assert_cmpuint (assert_temporary_clean (), >, 100 * PAGE);
  stmt = cr_db_prepare (db, "SELECT b FROM copied ORDER BY b || a DESC", &error);
  g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_ROW);
  g_assert_true (g_str_has_prefix (cr_stmt_text (stmt, 0), KNOWN_TEXT));
  g_assert_cmpuint (assert_temporary_clean (), >, 200 * PAGE);
  for (guint rows = 1; rows < 3000; rows++)
    g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_ROW);
  g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_DONE);
  run (
      db,
      "BEGIN; UPDATE copied SET b = 'z'; SAVEPOINT s; DELETE FROM copied WHERE a % 2; ROLLBACK TO s; COMMIT");
  g_assert_cmpint (number (db, "SELECT count(*) FROM copied WHERE b = 'z'"), ==, 3000);
  cr_db_close (db);
}

/* Beneath SQLite's cache: the file as its own methods show it. */
static sqlite3_file *
file_of (sqlite3 *db, int which)
{
  sqlite3_file *file = NULL;

  g_assert_cmpint (sqlite3_file_control (db, "main", which, &file), ==, SQLITE_OK);
  return file;
}

typedef struct {
  CrPageKeys keys;
  guint64 handle;
  char *path;
  sqlite3 *db;
} Raw;

/* A sealed database under keys the test knows. */
static void
open_raw (VaultFixture *f, Raw *raw)
{
  g_autofree char *uri = NULL;
  int reserve = CR_PAGE_RESERVE;

  memset (&raw->keys, 0x42, sizeof raw->keys);
  g_assert_cmpint (cr_cipher_vfs_register (CR_CIPHER_VFS_NAME, NULL, 0, 0), ==, SQLITE_OK);
  raw->handle = cr_page_keys_add (&raw->keys);
  raw->path = fixture_path (f, "raw.db");
  uri = g_strdup_printf ("file:%s?vfs=chartroom&keys=%" G_GINT64_MODIFIER "x", raw->path, raw->handle);
  g_assert_cmpint (
      sqlite3_open_v2 (uri, &raw->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, NULL), ==,
      SQLITE_OK);
  sqlite3_file_control (raw->db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
  g_assert_cmpint (
      sqlite3_exec (raw->db, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t (a, b)",
                    NULL, NULL, NULL),
      ==, SQLITE_OK);
}

static void
close_raw (Raw *raw)
{
  g_assert_cmpint (sqlite3_close (raw->db), ==, SQLITE_OK);
  cr_page_keys_drop (raw->handle);
  g_free (raw->path);
}

static void
test_reserve_is_zero (VaultFixture *f, gconstpointer data)
{
  static const guint8 zeros[CR_PAGE_RESERVE];
  guint8 page[PAGE];
  sqlite3_file *file, *log;
  Raw raw;

  open_raw (f, &raw);
  g_assert_cmpint (
      sqlite3_exec (raw.db,
                    "INSERT INTO t VALUES (1, zeroblob(9000)); PRAGMA wal_checkpoint; INSERT INTO t VALUES "
                    "(2, zeroblob(9000))",
                    NULL, NULL, NULL),
      ==, SQLITE_OK);
  file = file_of (raw.db, SQLITE_FCNTL_FILE_POINTER);
  log = file_of (raw.db, SQLITE_FCNTL_JOURNAL_POINTER);
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpint (file->pMethods->xRead (file, page, PAGE, i * PAGE), ==, SQLITE_OK);
    g_assert_cmpmem (page + PAGE - CR_PAGE_RESERVE, CR_PAGE_RESERVE, zeros, sizeof zeros);
    g_assert_cmpint (log->pMethods->xRead (log, page, PAGE, WAL_HEADER + 24 + i * FRAME), ==, SQLITE_OK);
    g_assert_cmpmem (page + PAGE - CR_PAGE_RESERVE, CR_PAGE_RESERVE, zeros, sizeof zeros);
  }
  close_raw (&raw);
}

/* What would leave data where the tag goes, or a page half sealed, is refused. */
static void
test_shapes_refused (VaultFixture *f, gconstpointer data)
{
  guint8 page[2 * PAGE] = { 0 };
  sqlite3_file *file, *log;
  Raw raw;

  open_raw (f, &raw);
  file = file_of (raw.db, SQLITE_FCNTL_FILE_POINTER);
  log = file_of (raw.db, SQLITE_FCNTL_JOURNAL_POINTER);
  page[PAGE - 1] = 1; /* in the reserve */
  g_assert_cmpint (file->pMethods->xWrite (file, page, PAGE, PAGE), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (log->pMethods->xWrite (log, page, 24, WAL_HEADER), ==, SQLITE_OK);
  g_assert_cmpint (log->pMethods->xWrite (log, page, PAGE, WAL_HEADER + 24), ==, SQLITE_IOERR_WRITE);
  page[PAGE - 1] = 0;
  page[0] = 1; /* page 1 that does not say 40 reserved bytes */
  g_assert_cmpint (file->pMethods->xWrite (file, page, PAGE, 0), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (file->pMethods->xWrite (file, page, 100, 0), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (file->pMethods->xWrite (file, page, PAGE, PAGE + 1), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (file->pMethods->xWrite (file, page, 2 * PAGE, 0), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (file->pMethods->xWrite (file, page, PAGE / 2, PAGE), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (file->pMethods->xTruncate (file, PAGE + 1), ==, SQLITE_IOERR_TRUNCATE);
  g_assert_cmpint (log->pMethods->xWrite (log, page, 100, WAL_HEADER), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (log->pMethods->xWrite (log, page, 24, WAL_HEADER + 5), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (cr_cipher_take_report ().what, ==, CR_REFUSED_SHAPE);
  close_raw (&raw);
}

/* Pages passed over by a write past the end read as zeros at once, and are sealed with the next sync: the
 * file never keeps a page of clear zeros. */
static void
test_gaps (VaultFixture *f, gconstpointer data)
{
  static const guint8 zeros[PAGE];
  g_autofree char *content = NULL;
  guint8 page[PAGE];
  sqlite3_file *file;
  gsize size;
  Raw raw;

  open_raw (f, &raw);
  g_assert_cmpint (sqlite3_exec (raw.db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL), ==, SQLITE_OK);
  file = file_of (raw.db, SQLITE_FCNTL_FILE_POINTER);
  memset (page, 0, sizeof page);
  page[0] = 7;
  g_assert_cmpint (file->pMethods->xWrite (file, page, PAGE, 9 * PAGE), ==, SQLITE_OK);
  g_assert_cmpint (file->pMethods->xWrite (file, page, PAGE, 5 * PAGE), ==, SQLITE_OK);
  for (guint round = 0; round < 2; round++) {
    for (gint64 i = 3; i < 9; i++) {
      g_assert_cmpint (file->pMethods->xRead (file, page, PAGE, i * PAGE), ==, SQLITE_OK);
      g_assert_cmpint (page[0], ==, i == 5 ? 7 : 0);
    }
    g_assert_cmpint (file->pMethods->xSync (file, SQLITE_SYNC_NORMAL), ==, SQLITE_OK);
  }
  read_file (raw.path, &content, &size);
  g_assert_cmpuint (size, ==, 10 * PAGE);
  for (gsize at = 0; at < size; at += PAGE)
    g_assert_cmpint (memcmp (content + at, zeros, PAGE), !=, 0);
  g_assert_cmpint (file->pMethods->xTruncate (file, 2 * PAGE), ==, SQLITE_OK);
  close_raw (&raw);
}

/* A commit across two sealed files: the journal names the super-journal, which names the journals, and no
 * more. */
static void
test_super_journal (VaultFixture *f, gconstpointer data)
{
  g_autofree char *attach = NULL;
  Raw raw;

  open_raw (f, &raw);
  attach = g_strdup_printf ("ATTACH 'file:%s.second?keys=%" G_GINT64_MODIFIER "x' AS second", raw.path,
                            raw.handle);
  g_assert_cmpint (sqlite3_exec (raw.db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (raw.db, attach, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_file_control (raw.db, "second", SQLITE_FCNTL_RESERVE_BYTES, &(int){ CR_PAGE_RESERVE }), ==,
      SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (raw.db,
                    "CREATE TABLE second.u (x); BEGIN; INSERT INTO t VALUES (1, '" KNOWN_TEXT "');"
                    "INSERT INTO u VALUES ('" KNOWN_TEXT "'); COMMIT; INSERT INTO t SELECT x, x FROM u",
                    NULL, NULL, NULL),
      ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_total_changes (raw.db), ==, 3);
  assert_tree_clean (f->folder);
  close_raw (&raw);
}

/* SQLite's checksum of a frame, native words of the log's byte order. */
static void
add_checksum (gboolean big_endian, const guint8 *data, gsize size, guint32 sum[2])
{
  for (gsize i = 0; i < size; i += 8) {
    guint32 words[2];

    memcpy (words, data + i, sizeof words);
    words[0] = big_endian ? GUINT32_FROM_BE (words[0]) : GUINT32_FROM_LE (words[0]);
    words[1] = big_endian ? GUINT32_FROM_BE (words[1]) : GUINT32_FROM_LE (words[1]);
    sum[0] += words[0] + sum[1];
    sum[1] += words[1] + sum[0];
  }
}

/* The attack: who knows a page but for 8 bytes computes them from the frame's checksum, which SQLite writes
 * in clear.  Here the attacker even knows all of it, and still does not find the checksum in the file. */
static void
test_log_checksums (VaultFixture *f, gconstpointer data)
{
  g_autofree char *log_path = NULL, *content = NULL, *meeting_path = NULL, *meeting = NULL;
  gsize size, meeting_size;
  guint64 salts;
  guint32 sum[2];
  Raw raw;

  open_raw (f, &raw);
  g_assert_cmpint (
      sqlite3_exec (raw.db, "INSERT INTO t VALUES (1, 'x'); INSERT INTO t VALUES (2, 'y')", NULL, NULL, NULL),
      ==, SQLITE_OK);
  log_path = g_strconcat (raw.path, "-wal", NULL);
  meeting_path = g_strconcat (raw.path, "-shm", NULL);
  read_file (log_path, &content, &size);
  read_file (meeting_path, &meeting, &meeting_size);
  salts = cr_get_u64 ((guint8 *)content + 16);
  sum[0] = cr_get_u32 ((guint8 *)content + 24);
  sum[1] = cr_get_u32 ((guint8 *)content + 28);
  g_assert_cmpuint (size, >, WAL_HEADER + 2 * FRAME);
  for (gsize at = WAL_HEADER, frame = 1; at + FRAME <= size; at += FRAME, frame++) {
    guint8 *header = (guint8 *)content + at, words[8], expected[8];
    const CrPagePlace place = { 'W', PAGE, frame, salts, cr_get_u32 (header) };

    memcpy (words, header + 16, sizeof words);
    g_assert_cmpint (cr_page_open (&raw.keys, &place, header + 24), ==, 0);
    add_checksum (content[3] & 1, header, 8, sum);
    add_checksum (content[3] & 1, header + 24, PAGE, sum);
    cr_put_u32 (expected, sum[0]);
    cr_put_u32 (expected + 4, sum[1]);
    g_assert_cmpint (memcmp (words, expected, sizeof words), !=, 0);
    g_assert_null (memmem (meeting, meeting_size, expected, sizeof expected));
    cr_wal_words_open (&raw.keys, salts, frame, words);
    g_assert_cmpmem (words, 8, expected, 8);
  }
  close_raw (&raw);
}

/* The same of a journal record's checksum. */
static void
test_journal_checksums (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = NULL, *content = NULL;
  gsize size, record, words_hidden = 0;
  guint32 records;
  Raw raw;

  open_raw (f, &raw);
  g_assert_cmpint (
      sqlite3_exec (raw.db,
                    "INSERT INTO t VALUES (1, zeroblob(9000)); PRAGMA journal_mode=DELETE; PRAGMA "
                    "cache_size=1; BEGIN; UPDATE t SET b = 'x'; CREATE TABLE u (x)",
                    NULL, NULL, NULL),
      ==, SQLITE_OK);
  path = g_strconcat (raw.path, "-journal", NULL);
  read_file (path, &content, &size);
  record = cr_get_u32 ((guint8 *)content + 20); /* sector size: where the records begin */
  records = cr_get_u32 ((guint8 *)content + 8); /* of the first segment */
  g_assert_cmpuint (records, <=, size / PAGE);
  for (; records > 0; records--, record += PAGE + 8) {
    guint8 *page = (guint8 *)content + record + 4;
    const CrPagePlace place = { 'J', PAGE, cr_get_u32 (page - 4), record + 4, 0 };
    guint32 sum = cr_get_u32 ((guint8 *)content + 12), word = cr_get_u32 (page + PAGE);
    guint8 nonce[CR_PAGE_NONCE];

    memcpy (nonce, page + PAGE - CR_PAGE_RESERVE, sizeof nonce);
    g_assert_cmpint (cr_page_open (&raw.keys, &place, page), ==, 0);
    for (int i = PAGE - 200; i > 0; i -= 200)
      sum += page[i];
    g_assert_cmphex (word ^ cr_journal_mask (&raw.keys, nonce, record + 4 + PAGE), ==, sum);
    words_hidden += word != sum;
  }
  g_assert_cmpuint (words_hidden, >, 0);
  close_raw (&raw);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (VaultFixture *, gconstpointer);
  } tests[] = {
    { "/leak/search-finds", test_search_finds },
    { "/leak/all-files", test_all_files },
    { "/leak/temporary", test_temporary },
    { "/leak/reserve-is-zero", test_reserve_is_zero },
    { "/leak/shapes-refused", test_shapes_refused },
    { "/leak/log-checksums", test_log_checksums },
    { "/leak/journal-checksums", test_journal_checksums },
    { "/leak/gaps", test_gaps },
    { "/leak/super-journal", test_super_journal },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, VaultFixture, NULL, vault_set_up, tests[i].test, vault_tear_down);
  return g_test_run ();
}
