/* The pages of one moment while others write, checkpoint and begin the log anew. */
#include "cipher-fixture.h"
#include <unistd.h>

#define ROWS 400
#define PIECE 5 /* pages at a time */

typedef void (*Meanwhile) (CrDb *other);

static void
nothing (CrDb *other)
{
}

static void
write_more (CrDb *other)
{
  run (other, "INSERT INTO t SELECT max (a) + 1, 'added later' FROM t");
  run (other, "UPDATE t SET b = 'changed later' WHERE a % 7 = 0");
}

static void
write_and_empty_the_log (CrDb *other)
{
  write_more (other);
  number (other, "PRAGMA wal_checkpoint (TRUNCATE)");
}

static void
shrink (CrDb *other)
{
  run (other, "DELETE FROM t WHERE a > 3");
  run (other, "VACUUM");
  number (other, "PRAGMA wal_checkpoint (TRUNCATE)");
}

/* Beside practice.db, as image.db; `meanwhile` between its pieces. */
static void
write_image (VaultFixture *f, CrDb *reader, CrDb *other, Meanwhile meanwhile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrDbImage) image = cr_db_image_new (reader, &error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *path = g_build_filename (f->folder, "image.db", NULL);
  guint8 piece[PIECE * PAGE + 17]; /* more room than whole pages need */
  gssize n;

  g_assert_no_error (error);
  meanwhile (other);
  while ((n = cr_db_image_read (image, piece, sizeof piece, &error)) > 0) {
    g_byte_array_append (bytes, piece, (guint)n);
    meanwhile (other);
  }
  g_assert_no_error (error);
  g_assert_cmpint (bytes->len, ==, cr_db_image_size (image));
  g_file_set_contents (path, (const char *)bytes->data, bytes->len, &error);
  g_assert_no_error (error);
}

static void
assert_image (VaultFixture *f, gint64 rows, gint64 sum)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrDb *image = cr_db_open_named (f->vault, "image.db", CR_DB_OPEN, &error);

  g_assert_no_error (error);
  cr_db_verify (image, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpint (number (image, "SELECT count(*) FROM t"), ==, rows);
  g_assert_cmpint (number (image, "SELECT sum (length (b)) FROM t"), ==, sum);
  cr_db_close (image);
}

/* It does not wait for the image's reader. */
static CrDb *
fill_hasty (VaultFixture *f)
{
  CrDb *db = fill_db (f, ROWS);

  number (db, "PRAGMA busy_timeout = 0");
  return db;
}

static const struct {
  const char *path;
  Meanwhile before; /* the moment, after all was put into the database */
  Meanwhile meanwhile;
} CASES[] = {
  { "/db-image/quiet", nothing, nothing },
  { "/db-image/log", write_more, nothing },
  { "/db-image/writing", nothing, write_more },
  { "/db-image/log-and-writing", write_more, write_more },
  { "/db-image/log-begins-anew", nothing, write_and_empty_the_log },
  { "/db-image/log-and-checkpoints", write_more, write_and_empty_the_log },
  { "/db-image/shrinking", write_more, shrink },
};

static void
test_case (VaultFixture *f, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  CrDb *db = fill_hasty (f), *reader = open_db (f);
  gint64 rows, sum;

  number (db, "PRAGMA wal_checkpoint (TRUNCATE)");
  CASES[i].before (db);
  rows = number (db, "SELECT count(*) FROM t");
  sum = number (db, "SELECT sum (length (b)) FROM t");
  write_image (f, reader, db, CASES[i].meanwhile);
  assert_image (f, rows, sum);
  cr_db_close (reader);
  cr_db_close (db);
}

/* A checkpoint that another's older read keeps from going on: part of the log is in the database. */
static void
test_half_backfilled (VaultFixture *f, gconstpointer data)
{
  CrDb *db = fill_hasty (f), *reader = open_db (f), *older = open_db (f);
  gint64 rows, sum;

  write_more (db);
  run (older, "BEGIN");
  number (older, "SELECT count(*) FROM t");
  write_more (db);
  number (db, "PRAGMA wal_checkpoint (PASSIVE)");
  rows = number (db, "SELECT count(*) FROM t");
  sum = number (db, "SELECT sum (length (b)) FROM t");
  write_image (f, reader, db, write_and_empty_the_log);
  assert_image (f, rows, sum);
  cr_db_close (older);
  cr_db_close (reader);
  cr_db_close (db);
}

static void
flip (const char *folder, const char *name, gint64 offset)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  FILE *file = fopen (path, "r+b");
  int c;

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, (long)offset, SEEK_SET), ==, 0);
  c = fgetc (file);
  g_assert_cmpint (fseek (file, (long)offset, SEEK_SET), ==, 0);
  fputc (c ^ 1, file);
  fclose (file);
}

static char *
read_to_the_error (CrDb *db, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrDbImage) image = cr_db_image_new (db, &error);
  guint8 piece[PIECE * PAGE];
  gssize n = 1;

  g_assert_no_error (error);
  while (n > 0)
    n = cr_db_image_read (image, piece, sizeof piece, &error);
  g_assert_cmpint (n, ==, -1);
  g_assert_error (error, CR_ERROR, code);
  return g_strdup (error->message);
}

/* Where the page of the log's newest frame lies. */
static gint64
newest_frame (VaultFixture *f, guint *number)
{
  g_autofree char *path = g_build_filename (f->folder, "practice.db-wal", NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  *number = (guint)((info.st_size - 32) / (PAGE + 24));
  return 32 + (gint64)(*number - 1) * (PAGE + 24) + 24;
}

/* A damaged page never goes into a backup unseen. */
static void
test_altered (VaultFixture *f, gconstpointer data)
{
  CrDb *db = fill_db (f, ROWS);
  g_autofree char *message = NULL, *frame = NULL, *expected = NULL;
  guint n;

  number (db, "PRAGMA wal_checkpoint (TRUNCATE)");
  write_more (db);
  flip (f->folder, "practice.db-wal", newest_frame (f, &n) + 100);
  frame = read_to_the_error (db, CR_ERROR_PAGE_ALTERED);
  expected = g_strdup_printf ("Page frame %u of practice.db-wal was altered", n);
  g_assert_nonnull (strstr (frame, expected));
  flip (f->folder, "practice.db-wal", newest_frame (f, &n) + 100);
  number (db, "PRAGMA wal_checkpoint (TRUNCATE)");
  flip (f->folder, "practice.db", 9 * PAGE + 100);
  message = read_to_the_error (db, CR_ERROR_PAGE_ALTERED);
  g_assert_nonnull (strstr (message, "Page 10 of practice.db was altered"));
  flip (f->folder, "practice.db", 9 * PAGE + 100);
  cr_db_close (db);
}

static void
test_cut_off (VaultFixture *f, gconstpointer data)
{
  CrDb *db = fill_db (f, ROWS);
  g_autofree char *path = g_build_filename (f->folder, "practice.db", NULL), *message = NULL;
  gint64 pages = number (db, "PRAGMA page_count");

  number (db, "PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_cmpint (truncate (path, (pages - 2) * PAGE), ==, 0);
  message = read_to_the_error (db, CR_ERROR_TRUNCATED);
  g_assert_nonnull (strstr (message, "is missing"));
  cr_db_close (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_test_add (CASES[i].path, VaultFixture, GUINT_TO_POINTER (i), vault_set_up, test_case, vault_tear_down);
  g_test_add ("/db-image/half-backfilled", VaultFixture, NULL, vault_set_up, test_half_backfilled,
              vault_tear_down);
  g_test_add ("/db-image/altered", VaultFixture, NULL, vault_set_up, test_altered, vault_tear_down);
  g_test_add ("/db-image/cut-off", VaultFixture, NULL, vault_set_up, test_cut_off, vault_tear_down);
  return g_test_run ();
}
