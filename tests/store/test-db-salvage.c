/* Pages of a database as they are found: which state of each is told, and when a file is not looked at. */
#include "chartroom/store/raw-pages.h"
#include "cipher-fixture.h"
#include <sys/wait.h>
#include <unistd.h>

#define LOG_HEADER 32
#define FRAME (24 + PAGE)
#define STATE_PAGE 2 /* where the only row of t lies */
#define BOTH "BEGIN; UPDATE t SET b = 'both'; UPDATE u SET b = 'both'; COMMIT; UPDATE u SET b = 'last'"

static char *
in_copy (VaultFixture *f, const char *name)
{
  return g_build_filename (f->parent, "Copy.practice", name, NULL);
}

/* A copy of a practice whose log has a frame and a commit for each of these states, "state N" in t, and then
 * those of the statements.  What was in the database file before is state 0. */
static void
make_copy (VaultFixture *f, guint states, const char *after)
{
  g_autofree char *copy = g_build_filename (f->parent, "Copy.practice", NULL);
  CrDb *db = open_db (f);
  run (db, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); CREATE TABLE u (a INTEGER PRIMARY KEY, b TEXT);"
           "INSERT INTO t VALUES (1, 'state 0'); INSERT INTO u VALUES (1, 'state 0')");
  g_assert_true (cr_db_checkpoint (db, NULL));
  for (guint i = 1; i <= states; i++) {
    g_autofree char *sql = g_strdup_printf ("UPDATE t SET b = 'state %u'", i);
    run (db, sql);
  }
  run (db, after);
  copy_folder (f->folder, copy);
  cr_db_close (db);
}

/* One byte of a file of the copy. */
static void
flip (VaultFixture *f, const char *name, gsize at)
{
  g_autofree char *path = in_copy (f, name), *content = NULL;
  gsize size;
  read_file (path, &content, &size);
  g_assert_cmpuint (at, <, size);
  content[at] ^= 1;
  write_file (path, content, size);
}

static void
flip_frame (VaultFixture *f, guint number)
{
  flip (f, "practice.db-wal", LOG_HEADER + (gsize)(number - 1) * FRAME + 24 + 100);
}

static void
cut (VaultFixture *f, const char *name, gsize size)
{
  g_autofree char *path = in_copy (f, name);
  g_assert_cmpint (truncate (path, (off_t)size), ==, 0);
}

static CrRawPages *
open_copy (VaultFixture *f)
{
  g_autofree char *path = in_copy (f, "practice.db");
  g_autoptr (GError) error = NULL;
  CrRawPages *pages = cr_raw_pages_open (f->vault, path, &error);
  g_assert_no_error (error);
  return pages;
}

static void
assert_page (CrRawPages *pages, guint32 number, CrRawState state, const char *words)
{
  g_autofree guint8 *page = g_malloc (CR_RAW_PAGE);
  g_assert_cmpint (cr_raw_pages_read (pages, number, page), ==, state);
  g_assert_true ((memmem (page, CR_RAW_PAGE, words, strlen (words)) != NULL) == (state <= CR_RAW_OLDER));
}

static void
assert_lost (CrRawPages *pages, guint count, guint32 first)
{
  const GArray *lost = cr_raw_pages_lost_frames (pages);
  g_assert_cmpuint (lost->len, ==, count);
  if (count > 0)
    g_assert_cmpuint (g_array_index (lost, guint32, 0), ==, first);
}

static void
assert_refused_file (VaultFixture *f, const char *name, int code, const char *words)
{
  g_autofree char *path = in_copy (f, name);
  g_autoptr (GError) error = NULL;
  g_assert_null (cr_raw_pages_open (f->vault, path, &error));
  g_assert_error (error, CR_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

/* ---- the log ---- */

static void
test_sound (VaultFixture *f, gconstpointer data)
{
  make_copy (f, 4, "");
  g_autoptr (CrRawPages) pages = open_copy (f);
  assert_page (pages, STATE_PAGE, CR_RAW_SOUND, "state 4");
  assert_lost (pages, 0, 0);
  g_assert_false (cr_raw_pages_log_header_lost (pages));
  assert_page (pages, cr_raw_pages_count (pages) + 1, CR_RAW_MISSING, "state");
}

/* The newest commit may have been torn by a power cut, and so may the one before it: they never were. */
static void
test_torn (VaultFixture *f, gconstpointer data)
{
  make_copy (f, 4, "");
  flip_frame (f, 4);
  g_autoptr (CrRawPages) pages = open_copy (f);
  assert_page (pages, STATE_PAGE, CR_RAW_SOUND, "state 3");
  assert_lost (pages, 0, 0);
}

/* Commits behind it prove that it was acknowledged. */
static void
test_lost (VaultFixture *f, gconstpointer data)
{
  make_copy (f, 4, BOTH); /* frames 5 and 6 are one commit, 7 the last */
  flip_frame (f, 6);      /* it ends its commit: its header says so */
  g_autoptr (CrRawPages) pages = open_copy (f);
  assert_page (pages, STATE_PAGE, CR_RAW_SOUND, "both");
  assert_page (pages, STATE_PAGE + 1, CR_RAW_SOUND, "last");
  assert_lost (pages, 1, 6);
}

static void
test_older (VaultFixture *f, gconstpointer data)
{
  make_copy (f, 4, "UPDATE u SET b = 'one'; UPDATE u SET b = 'two'");
  flip_frame (f, 4);
  g_autoptr (CrRawPages) pages = open_copy (f);
  assert_page (pages, STATE_PAGE, CR_RAW_OLDER, "state 3");
  assert_page (pages, STATE_PAGE + 1, CR_RAW_SOUND, "two");
  assert_lost (pages, 1, 4);
}

static void
test_lost_and_torn (VaultFixture *f, gconstpointer data)
{
  make_copy (f, 4, BOTH);
  flip_frame (f, 7); /* torn: counts no more */
  flip_frame (f, 3);
  flip_frame (f, 5); /* the first of two, with nothing behind it but its own end */
  g_autoptr (CrRawPages) pages = open_copy (f);
  assert_page (pages, STATE_PAGE, CR_RAW_SOUND, "state 4");
  assert_page (pages, STATE_PAGE + 1, CR_RAW_SOUND, "state 0");
  assert_lost (pages, 1, 3);
}

/* A header with other salts is an older round's: it proves nothing. */
static void
test_other_round (VaultFixture *f, gconstpointer data)
{
  make_copy (f, 3, "");
  flip_frame (f, 2);
  flip (f, "practice.db-wal", LOG_HEADER + FRAME + 8); /* its salts */
  g_autoptr (CrRawPages) pages = open_copy (f);
  assert_page (pages, STATE_PAGE, CR_RAW_SOUND, "state 1");
  assert_lost (pages, 0, 0);
}

/* The frames say themselves what the header said; where the first is gone the next does. */
static void
test_header (VaultFixture *f, gconstpointer data)
{
  make_copy (f, 4, "");
  flip (f, "practice.db-wal", 17);
  flip_frame (f, 1);
  g_autoptr (CrRawPages) pages = open_copy (f);
  g_assert_true (cr_raw_pages_log_header_lost (pages));
  assert_page (pages, STATE_PAGE, CR_RAW_SOUND, "state 4");
  assert_lost (pages, 1, 1);
}

/* A log of which nothing opens, or that ends before it began: the database alone tells. */
static void
test_no_log (VaultFixture *f, gconstpointer data)
{
  const gsize size = GPOINTER_TO_SIZE (data);
  make_copy (f, 2, "");
  if (size > LOG_HEADER)
    for (guint i = 1; i <= 2; i++)
      flip_frame (f, i);
  cut (f, "practice.db-wal", size);
  g_autoptr (CrRawPages) pages = open_copy (f);
  g_assert_false (cr_raw_pages_log_header_lost (pages));
  assert_page (pages, STATE_PAGE, CR_RAW_SOUND, "state 0");
  assert_lost (pages, 0, 0);
}

/* ---- the database ---- */

static void
test_database (VaultFixture *f, gconstpointer data)
{
  g_autofree char *log = in_copy (f, "practice.db-wal");
  make_copy (f, 1, "");
  g_assert_cmpint (g_unlink (log), ==, 0);
  flip (f, "practice.db", PAGE + 10);
  cut (f, "practice.db", 2 * PAGE + 100);
  g_autoptr (CrRawPages) pages = open_copy (f);
  g_assert_cmpuint (cr_raw_pages_count (pages), ==, 3); /* page 1 still says so */
  g_assert_cmpuint (cr_raw_pages_tail (pages), ==, 100);
  assert_page (pages, 2, CR_RAW_ALTERED, "state");
  assert_page (pages, 3, CR_RAW_MISSING, "state");
  cut (f, "practice.db", 100); /* less than a page: nothing to tell whose it is */
  g_autoptr (CrRawPages) rest = open_copy (f);
  g_assert_cmpuint (cr_raw_pages_count (rest), ==, 1);
  assert_page (rest, 1, CR_RAW_MISSING, "state");
}

static void
test_not_ours (VaultFixture *f, gconstpointer data)
{
  g_autofree char *log = in_copy (f, "practice.db-wal"), *path = in_copy (f, "practice.db"),
                  *content = g_malloc0 (4 * PAGE);
  make_copy (f, 1, "");
  g_assert_cmpint (g_unlink (log), ==, 0);
  assert_refused_file (f, "gone.db", CR_ERROR_NOT_FOUND, "gone.db is missing from the practice");
  assert_refused_file (f, "practice.db/x", CR_ERROR_READ_ONLY, "could not be read: Not a directory.");
  g_strlcpy (content, "SQLite format 3", PAGE);
  write_file (path, content, 4 * PAGE);
  assert_refused_file (f, "practice.db", CR_ERROR_NOT_A_PRACTICE, "is a plain SQLite database");
  content[3] = '?';
  write_file (path, content, 4 * PAGE);
  assert_refused_file (f, "practice.db", CR_ERROR_OTHER_PRACTICE, "none of its pages opens with these keys");
}

/* Another program has it open: said by its number, and nothing is read. */
static void
test_open_elsewhere (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "practice.db"), *words = NULL;
  g_autoptr (GError) error = NULL;
  int to[2], from[2];
  char c = 'x';
  pid_t pid;
  cr_db_close (fill_db (f, 10));
  g_assert_cmpint (pipe (to), ==, 0);
  g_assert_cmpint (pipe (from), ==, 0);
  pid = fork ();
  if (pid == 0) {
    CrDb *db = open_db (f);
    close (to[1]);
    _exit (write (from[1], &c, 1) == 1 && read (to[0], &c, 1) == 0 && db != NULL ? 0 : 1);
  }
  g_assert_cmpint (read (from[0], &c, 1), ==, 1);
  words = g_strdup_printf ("Process %d has practice.db open.", (int)pid);
  g_assert_null (cr_raw_pages_open (f->vault, path, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_LOCKED);
  g_assert_true (g_str_has_prefix (error->message, words));
  close (to[1]);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  for (guint i = 0; i < 2; i++)
    close (from[i]);
  close (to[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, test)                                                                                \
  g_test_add ("/db-salvage/" name, VaultFixture, data, vault_set_up, test, vault_tear_down)
  ADD ("sound", NULL, test_sound);
  ADD ("torn", NULL, test_torn);
  ADD ("lost", NULL, test_lost);
  ADD ("older", NULL, test_older);
  ADD ("lost-and-torn", NULL, test_lost_and_torn);
  ADD ("other-round", NULL, test_other_round);
  ADD ("header", NULL, test_header);
  ADD ("log-unreadable", GSIZE_TO_POINTER (LOG_HEADER + 2 * FRAME), test_no_log);
  ADD ("log-cut", GSIZE_TO_POINTER (20), test_no_log);
  ADD ("log-empty", GSIZE_TO_POINTER (LOG_HEADER), test_no_log);
  ADD ("database", NULL, test_database);
  ADD ("not-ours", NULL, test_not_ours);
  ADD ("open-elsewhere", NULL, test_open_elsewhere);
  return g_test_run ();
}
