/* The memory that programs at work in one practice share, when the computer gives none of it, or no locks:
 * said in words, nothing left behind, and the next one opens. */
#undef _FILE_OFFSET_BITS /* both names of a call stand here */
#include "cipher-fixture.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#define EXT4_MAGIC 0xef53

/* The n-th such call from now fails; 0: none. */
typedef struct {
  guint calls, failing;
  int code;
} Fault;

static Fault reserving, mapping, locking;
static const char *not_memory; /* a folder that is said to lie on a disk */

static gboolean
fails (Fault *fault)
{
  return ++fault->calls == fault->failing;
}

static void
fail_at (Fault *fault, guint n, int code)
{
  *fault = (Fault){ .failing = n, .code = code };
}

/* ---- the calls ---- */

#define NEXT(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

#define RESERVE(name, type)                                                                                  \
  int name (int fd, type at, type size)                                                                      \
  {                                                                                                          \
    return fails (&reserving) ? reserving.code : NEXT (name) (fd, at, size);                                 \
  }
RESERVE (posix_fallocate, off_t)
RESERVE (posix_fallocate64, off64_t)

#define MAP(name, type)                                                                                      \
  void *name (void *at, size_t size, int protection, int flags, int fd, type offset)                         \
  {                                                                                                          \
    if ((flags & MAP_SHARED) == 0 || !fails (&mapping))                                                      \
      return NEXT (name) (at, size, protection, flags, fd, offset);                                          \
    errno = mapping.code;                                                                                    \
    return MAP_FAILED;                                                                                       \
  }
MAP (mmap, off_t)
MAP (mmap64, off64_t)

#define LOCK(name)                                                                                           \
  int name (int fd, int command, ...)                                                                        \
  {                                                                                                          \
    va_list arguments;                                                                                       \
    va_start (arguments, command);                                                                           \
    void *argument = va_arg (arguments, void *);                                                             \
    va_end (arguments);                                                                                      \
    if (command != F_OFD_SETLK || !fails (&locking))                                                         \
      return NEXT (name) (fd, command, argument);                                                            \
    errno = locking.code;                                                                                    \
    return -1;                                                                                               \
  }
LOCK (fcntl)
LOCK (fcntl64)

#define LOOK(name, type)                                                                                     \
  int name (const char *path, type *out)                                                                     \
  {                                                                                                          \
    int rc = NEXT (name) (path, out);                                                                        \
    if (g_strcmp0 (path, not_memory) == 0)                                                                   \
      out->f_type = EXT4_MAGIC;                                                                              \
    return rc;                                                                                               \
  }
LOOK (statfs, struct statfs)
LOOK (statfs64, struct statfs64)

/* ---- what is done ---- */

/* Memory files of this practice's database. */
static guint
count_memory (VaultFixture *f, const char *folder)
{
  g_autofree char *path = fixture_path (f, "practice.db"), *start = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  GStatBuf st;
  guint count = 0;
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  start =
      g_strdup_printf ("chartroom-%llx-%llx-", (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    count += g_str_has_prefix (name, start);
  return count;
}

/* Opens, reads, writes. */
static gboolean
work (VaultFixture *f, GError **error)
{
  CrDb *db = cr_db_open (f->vault, CR_DB_OPEN, error);
  gboolean done;
  if (db == NULL)
    return FALSE;
  done = cr_db_exec (db, "PRAGMA busy_timeout=0; SELECT count(*) FROM t", error) && cr_db_begin (db, error) &&
         cr_db_exec (db, "INSERT INTO t (b) VALUES ('one more')", error) && cr_db_commit (db, error);
  cr_db_close (db);
  return done;
}

static void
heal (void)
{
  fail_at (&reserving, 0, 0);
  fail_at (&mapping, 0, 0);
  fail_at (&locking, 0, 0);
  not_memory = NULL;
}

/* Fails at the n-th call, in these words; then it works, and nothing is left. */
static gboolean
refuse_at (VaultFixture *f, Fault *fault, guint n, int code, int expected, const char *words)
{
  g_autoptr (GError) error = NULL;
  gboolean reached, done;
  fail_at (fault, n, code);
  done = work (f, &error);
  reached = fault->calls >= n;
  heal ();
  if (reached && expected != 0) {
    g_assert_false (done);
    g_assert_error (error, CR_ERROR, expected);
    g_assert_nonnull (strstr (error->message, words));
  }
  g_assert_true (done || reached);
  g_assert_cmpuint (count_memory (f, "/dev/shm"), ==, 0);
  return reached;
}

static void
test_full (VaultFixture *f, gconstpointer data)
{
  guint n = 1;
  cr_db_close (fill_db (f, 10));
  while (refuse_at (f, &reserving, n, ENOSPC, CR_ERROR_DISK_FULL, "Make room in /dev/shm"))
    n++;
  g_assert_cmpuint (n, >, 2);
  assert_sound (f, 11);
}

static void
test_no_map (VaultFixture *f, gconstpointer data)
{
  guint n = 1;
  cr_db_close (fill_db (f, 10));
  while (refuse_at (f, &mapping, n, ENOMEM, CR_ERROR_IO, "could not be read or written"))
    n++;
  g_assert_cmpuint (n, >, 2);
  assert_sound (f, 11);
}

/* Interrupted is not refused. */
static void
test_interrupted (VaultFixture *f, gconstpointer data)
{
  gint64 rows = 10;
  gboolean reached = TRUE;
  cr_db_close (fill_db (f, (guint)rows));
  for (guint n = 1; reached; n++) {
    g_autoptr (GError) error = NULL;
    fail_at (&locking, n, EINTR);
    g_assert_true (work (f, &error));
    g_assert_no_error (error);
    reached = locking.calls >= n;
    rows++;
    heal ();
  }
  g_assert_cmpint (rows, >, 15);
  assert_sound (f, rows);
}

/* Whether there are no locks to be had, or another one has it: done whole or not at all. */
static void
test_no_locks (VaultFixture *f, gconstpointer data)
{
  const int code = GPOINTER_TO_INT (data);
  gint64 rows = 10;
  gboolean reached = TRUE;
  guint refused = 0;
  cr_db_close (fill_db (f, (guint)rows));
  for (guint n = 1; reached; n++) {
    g_autoptr (GError) error = NULL;
    gboolean done;
    fail_at (&locking, n, code);
    done = work (f, &error);
    reached = locking.calls >= n;
    heal ();
    g_assert_true (done == (error == NULL));
    if (!done) {
      g_test_message ("%u: %s", n, error->message);
      g_assert_true (error->domain == CR_ERROR);
      if (n != 2) /* one's own lock, which is only turned down there */
        g_assert_cmpint (error->code, ==, code == EACCES ? CR_ERROR_LOCKED : CR_ERROR_IO);
      refused++;
    }
    rows += done;
    assert_sound (f, rows);
  }
  g_assert_cmpuint (refused, >, 1);
}

static void
test_no_memory_folder (VaultFixture *f, gconstpointer data)
{
  g_autofree char *runtime = g_strdup ("/dev/shm/runtime-XXXXXX");
  g_autoptr (GError) error = NULL;
  CrDb *db;
  cr_db_close (fill_db (f, 10));
  not_memory = "/dev/shm";
  g_unsetenv ("XDG_RUNTIME_DIR");
  g_assert_false (work (f, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "needs a memory file system at /dev/shm"));
  g_assert_nonnull (g_mkdtemp (runtime));
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE); /* the user's own, in memory as well */
  db = open_db (f);
  g_assert_cmpuint (count_memory (f, runtime), ==, 1);
  cr_db_close (db);
  g_assert_cmpuint (count_memory (f, runtime), ==, 0);
  heal ();
  g_unsetenv ("XDG_RUNTIME_DIR");
  g_rmdir (runtime);
  assert_sound (f, 10);
}

/* Something else in the place of the file that names the memory: it is not followed, not written to. */
static void
test_no_meeting (VaultFixture *f, gconstpointer data)
{
  g_autofree char *meeting = fixture_path (f, "practice.db-shm"), *other = fixture_path (f, "letter.txt"),
                  *content = NULL;
  gsize size;
  cr_db_close (fill_db (f, 10));
  write_file (other, "Dear colleague", 14);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_cmpint (i == 0 ? symlink (other, meeting) : g_mkdir (meeting, 0700), ==, 0);
    g_assert_false (work (f, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_IO);
    g_assert_cmpint (g_remove (meeting), ==, 0);
  }
  read_file (other, &content, &size);
  g_assert_cmpmem (content, size, "Dear colleague", 14);
  assert_sound (f, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, test)                                                                                \
  g_test_add ("/cipher-shm/" name, VaultFixture, data, vault_set_up, test, vault_tear_down)
  ADD ("full", NULL, test_full);
  ADD ("no-map", NULL, test_no_map);
  ADD ("interrupted", NULL, test_interrupted);
  ADD ("no-locks", GINT_TO_POINTER (ENOLCK), test_no_locks);
  ADD ("taken-locks", GINT_TO_POINTER (EACCES), test_no_locks);
  ADD ("no-memory-folder", NULL, test_no_memory_folder);
  ADD ("no-meeting", NULL, test_no_meeting);
  return g_test_run ();
}
