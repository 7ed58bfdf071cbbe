/* What is wrong with the file is said, with file and page; nothing altered is ever read as if it were right.
 */
#include "cipher-fixture.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../../src/vault/key-file.h"
#include "../../src/vault/vault-private.h"

typedef struct {
  char *path;
  char *content; /* of practice.db, sound */
  gsize size;
} Original;

static void
make_original (VaultFixture *f, Original *original, guint rows)
{
  cr_db_close (fill_db (f, rows));
  original->path = fixture_path (f, "practice.db");
  read_file (original->path, &original->content, &original->size);
  g_assert_cmpuint (original->size % PAGE, ==, 0);
}

static void
clear_original (Original *original)
{
  g_free (original->path);
  g_free (original->content);
}

/* The code the file is refused with, at opening or by verify; message: what was said. */
static int
refusal (VaultFixture *f, char **message)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrDb *db = cr_db_open (f->vault, CR_DB_OPEN, &error);

  if (db != NULL) {
    g_assert_false (cr_db_verify (db, findings, &error));
    g_assert_cmpuint (findings->len, >, 0);
    cr_db_close (db);
  }
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, CR_ERROR);
  *message = g_strdup (error->message);
  return error->code;
}

static void
assert_refuses (VaultFixture *f, int code, const char *words)
{
  g_autofree char *message = NULL;

  g_assert_cmpint (refusal (f, &message), ==, code);
  g_test_message ("%s", message);
  g_assert_nonnull (strstr (message, words));
}

static void
test_every_97th_byte (VaultFixture *f, gconstpointer data)
{
  Original original;

  make_original (f, &original, 200);
  for (gsize i = 0; i < original.size; i += 97) {
    g_autofree char *page =
        g_strdup_printf ("Page %" G_GSIZE_FORMAT " of practice.db was altered", i / PAGE + 1);
    g_autofree char *message = NULL;

    original.content[i] ^= 0x08;
    write_file (original.path, original.content, original.size);
    original.content[i] ^= 0x08;
    g_assert_cmpint (refusal (f, &message), ==, CR_ERROR_PAGE_ALTERED);
    if (strstr (message, page) == NULL)
      g_error ("byte %" G_GSIZE_FORMAT ": %s", i, message);
  }
  write_file (original.path, original.content, original.size);
  assert_sound (f, 200);
  clear_original (&original);
}

/* A statement that needs the page fails; one that does not, works. */
static void
test_reading (VaultFixture *f, gconstpointer data)
{
  Original original;
  g_autoptr (GError) error = NULL;
  CrDb *db;
  CrStmt *stmt;
  CrStep step;

  make_original (f, &original, 200);
  original.content[original.size - 2000] ^= 1;
  write_file (original.path, original.content, original.size);
  db = open_db (f);
  g_assert_cmpint (number (db, "SELECT a FROM t WHERE a = 1"), ==, 1);
  stmt = cr_db_prepare (db, "SELECT b FROM t", &error);
  while ((step = cr_stmt_step (stmt, &error)) == CR_STEP_ROW)
    ;
  g_assert_cmpint (step, ==, CR_STEP_ERROR);
  g_assert_error (error, CR_ERROR, CR_ERROR_PAGE_ALTERED);
  g_assert_nonnull (strstr (error->message, "of practice.db was altered"));
  cr_db_close (db);
  clear_original (&original);
}

/* One bad page does not hide the others. */
static void
test_verify_names_all (VaultFixture *f, gconstpointer data)
{
  static const guint damaged[] = { 3, 4, 9 };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Original original;
  CrDb *db;

  make_original (f, &original, 200);
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    original.content[(damaged[i] - 1) * PAGE + 5 * i] ^= 0x80;
  write_file (original.path, original.content, original.size);
  db = open_db (f);
  g_assert_false (cr_db_verify (db, findings, &error));
  g_assert_cmpuint (findings->len, ==, G_N_ELEMENTS (damaged));
  for (guint i = 0; i < findings->len; i++) {
    g_autofree char *page = g_strdup_printf ("Page %u of practice.db", damaged[i]);
    g_assert_true (g_str_has_prefix (findings->pdata[i], page));
  }
  cr_db_close (db);
  clear_original (&original);
}

static void
test_verify_log (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrDb *db = fill_db (f, 100);
  g_autofree char *path = fixture_path (f, "practice.db-wal"), *content = NULL;
  gsize size;

  read_file (path, &content, &size);
  content[32 + 2 * (PAGE + 24) + 1000] ^= 1; /* third frame */
  content[32 + 4 * (PAGE + 24) + 24] ^= 1;   /* fifth */
  write_file (path, content, size);
  g_assert_false (cr_db_verify (db, findings, &error));
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_true (g_str_has_prefix (findings->pdata[0], "Page frame 3 of practice.db-wal was altered"));
  g_assert_true (g_str_has_prefix (findings->pdata[1], "Page frame 5 of practice.db-wal was altered"));
  content[32 + 2 * (PAGE + 24) + 1000] ^= 1;
  content[32 + 4 * (PAGE + 24) + 24] ^= 1;
  write_file (path, content, size);
  cr_db_close (db);
  assert_sound (f, 100);
}

static void
test_truncated (VaultFixture *f, gconstpointer data)
{
  Original original;

  make_original (f, &original, 200);
  for (gsize pages = 0; pages < original.size / PAGE; pages++)
    for (guint more = 0; more < PAGE; more += 1500) {
      g_autofree char *missing = g_strdup_printf ("page %" G_GSIZE_FORMAT " is missing", pages + 1);

      write_file (original.path, original.content, pages * PAGE + more);
      assert_refuses (f, CR_ERROR_TRUNCATED, missing);
    }
  clear_original (&original);
}

/* Cut while a log is there, after a crash: a page may be in the log, but what is in neither is missed. */
static void
test_truncated_with_log (VaultFixture *f, gconstpointer data)
{
  g_autofree char *crashed = g_build_filename (f->parent, "Crashed.practice", NULL);
  g_autofree char *path = g_build_filename (crashed, "practice.db", NULL), *content = NULL;
  g_autoptr (CrVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  CrDb *db = fill_db (f, 200);

  g_assert_true (cr_db_checkpoint (db, NULL));
  run (db, "UPDATE t SET b = 'x' WHERE a = 1");
  copy_folder (f->folder, crashed);
  cr_db_close (db);
  vault = cr_vault_open (crashed, FIXTURE_NAME, FIXTURE_PASSWORD, NULL);
  read_file (path, &content, &size);
  write_file (path, content, size - 3 * PAGE);
  g_assert_null (cr_db_open (vault, CR_DB_OPEN, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_TRUNCATED);
}

/* Cut while the practice is open. */
static void
test_truncated_while_open (VaultFixture *f, gconstpointer data)
{
  Original original;
  g_autoptr (GError) error = NULL;
  CrDb *db;

  make_original (f, &original, 200);
  db = open_db (f);
  g_assert_cmpint (truncate (original.path, (off_t)original.size - 2 * PAGE), ==, 0);
  g_assert_false (cr_db_exec (db, "SELECT sum(length(b)) FROM t", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_TRUNCATED);
  write_file (original.path, original.content, original.size);
  cr_db_close (db);
  clear_original (&original);
}

static void
test_pages_swapped (VaultFixture *f, gconstpointer data)
{
  Original original;
  char page[PAGE];

  make_original (f, &original, 200);
  memcpy (page, original.content + 2 * PAGE, PAGE);
  memcpy (original.content + 2 * PAGE, original.content + 3 * PAGE, PAGE);
  memcpy (original.content + 3 * PAGE, page, PAGE);
  write_file (original.path, original.content, original.size);
  assert_refuses (f, CR_ERROR_PAGE_ALTERED, "Page 3 of practice.db");
  clear_original (&original);
}

static void
test_zero_page (VaultFixture *f, gconstpointer data)
{
  Original original;

  make_original (f, &original, 200);
  memset (original.content + 4 * PAGE, 0, PAGE);
  write_file (original.path, original.content, original.size);
  assert_refuses (f, CR_ERROR_PAGE_ALTERED, "Page 5 of practice.db");
  clear_original (&original);
}

static void
test_foreign (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "practice.db"), *before = NULL, *after = NULL;
  CrDb *plain = cr_db_open_plain (path, NULL);
  gsize size, size_after;

  run (plain, "CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(10000))");
  cr_db_close (plain);
  read_file (path, &before, &size);
  assert_refuses (f, CR_ERROR_NOT_A_PRACTICE, "plain SQLite database");
  read_file (path, &after, &size_after);
  g_assert_cmpmem (before, size, after, size_after);
}

static void
test_other_practice (VaultFixture *f, gconstpointer data)
{
  VaultFixture other = { 0 };
  Original theirs, own;

  vault_set_up (&other, NULL);
  make_original (&other, &theirs, 50);
  make_original (f, &own, 50);
  write_file (own.path, theirs.content, theirs.size);
  assert_refuses (f, CR_ERROR_OTHER_PRACTICE, "does not belong to this practice");
  clear_original (&theirs);
  clear_original (&own);
  vault_tear_down (&other, NULL);
}

static void
test_newer_cipher (VaultFixture *f, gconstpointer data)
{
  g_autoptr (KeyFile) file = key_file_load (f->folder, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) vault = NULL;

  cr_db_close (fill_db (f, 5));
  file->cipher = 2;
  g_assert_true (key_file_store (file, f->folder, vault_newest (f->vault)->key_file, NULL));
  vault = cr_vault_open (f->folder, FIXTURE_NAME, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_null (cr_db_open (vault, CR_DB_OPEN, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_CIPHER_UNKNOWN);
}

/* What lies behind the last page is nobody's, but it is said. */
static void
test_tail (VaultFixture *f, gconstpointer data)
{
  Original original;

  make_original (f, &original, 50);
  original.content = g_realloc (original.content, original.size + 5000);
  memset (original.content + original.size, 7, 5000);
  write_file (original.path, original.content, original.size + 5000);
  assert_refuses (f, CR_ERROR_PAGE_ALTERED, "was altered");
  clear_original (&original);
}

static void
leave_log (VaultFixture *f)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0) {
    CrDb *db = fill_db (f, 200);
    g_assert_true (cr_db_checkpoint (db, NULL));
    for (guint i = 0; i < 8; i++)
      run (db, "UPDATE t SET b = b || 'x' WHERE a % 67 = 3");
    kill (getpid (), SIGKILL);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
}

/* A program that was killed leaves committed frames in the log alone.  One of them altered cuts off all later
 * commits; that is told apart from a log whose last commit was torn by a power cut. */
static void
test_log_tail (VaultFixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f, "practice.db-wal"), *content = NULL;
  g_autofree char *database = fixture_path (f, "practice.db"), *sound = NULL;
  const gsize frame = PAGE + 24;
  gsize size, database_size, frames, each;

  leave_log (f);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  read_file (path, &content, &size);
  read_file (database, &sound, &database_size);
  frames = size / frame;
  each = frames / 8; /* all commits are alike */
  g_assert_cmpuint (each * 8, ==, frames);
  for (gsize n = 0; n < frames; n++) {
    g_autoptr (GError) error = NULL;
    gboolean early = n / each + 2 < 8; /* two whole commits lie behind it */
    content[32 + n * frame + 24 + 777] ^= 1;
    write_file (database, sound, database_size);
    write_file (path, content, size);
    content[32 + n * frame + 24 + 777] ^= 1;
    CrDb *db = cr_db_open (f->vault, CR_DB_OPEN, &error);
    if (early) {
      g_autofree char *named = g_strdup_printf ("frame %" G_GSIZE_FORMAT " of practice.db-wal", n + 1);
      g_assert_null (db);
      g_assert_error (error, CR_ERROR, CR_ERROR_PAGE_ALTERED);
      g_assert_nonnull (strstr (error->message, named));
    } else if (n / each == 7) { /* only the last commit is gone: as after a power cut */
      g_assert_no_error (error);
    }
    if (db != NULL)
      cr_db_close (db);
  }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (VaultFixture *, gconstpointer);
  } tests[] = {
    { "/cipher/every-97th-byte", test_every_97th_byte },
    { "/cipher/reading", test_reading },
    { "/cipher/verify-names-all", test_verify_names_all },
    { "/cipher/verify-log", test_verify_log },
    { "/cipher/truncated", test_truncated },
    { "/cipher/truncated-with-log", test_truncated_with_log },
    { "/cipher/truncated-while-open", test_truncated_while_open },
    { "/cipher/pages-swapped", test_pages_swapped },
    { "/cipher/zero-page", test_zero_page },
    { "/cipher/foreign", test_foreign },
    { "/cipher/other-practice", test_other_practice },
    { "/cipher/newer-cipher", test_newer_cipher },
    { "/cipher/tail", test_tail },
    { "/cipher/log-tail", test_log_tail },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, VaultFixture, NULL, vault_set_up, tests[i].test, vault_tear_down);
  return g_test_run ();
}
