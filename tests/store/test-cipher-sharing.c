/* Several programs at work in one practice: they share the index of the log, or refuse. */
#include "cipher-fixture.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Another program: does work on the practice, then waits to be told to go on, or is killed. */
typedef struct {
  pid_t pid;
  int to, from; /* ends of our pipes */
} Other;

typedef void (*OtherWork) (VaultFixture *f, CrDb *db);

static void
say (int fd)
{
  g_assert_cmpint (write (fd, "x", 1), ==, 1);
}

static void
hear (int fd)
{
  char c;

  g_assert_cmpint (read (fd, &c, 1), ==, 1);
}

/* Returns once work is done; the other still has the practice open. */
static Other
start_other (VaultFixture *f, OtherWork work)
{
  int to[2], from[2];
  Other other = { 0 };

  g_assert_cmpint (pipe (to), ==, 0);
  g_assert_cmpint (pipe (from), ==, 0);
  other.pid = fork ();
  g_assert_cmpint (other.pid, >=, 0);
  if (other.pid == 0) {
    CrDb *db = open_db (f);

    close (to[1]);
    work (f, db);
    say (from[1]);
    hear (to[0]);
    cr_db_close (db);
    _exit (0);
  }
  close (to[0]);
  close (from[1]);
  other.to = to[1];
  other.from = from[0];
  hear (other.from);
  return other;
}

static void
finish_other (Other *other)
{
  int status;

  say (other->to);
  g_assert_cmpint (waitpid (other->pid, &status, 0), ==, other->pid);
  g_assert_cmpint (status, ==, 0);
  close (other->to);
  close (other->from);
}

static void
kill_other (Other *other)
{
  kill (other->pid, SIGKILL);
  g_assert_cmpint (waitpid (other->pid, NULL, 0), ==, other->pid);
  close (other->to);
  close (other->from);
}

/* What the meeting file says: name of the memory file in /dev/shm, with its folder. */
static char *
memory_path (VaultFixture *f)
{
  g_autofree char *path = fixture_path (f, "practice.db-shm"), *content = NULL;
  gsize size;

  read_file (path, &content, &size);
  *strchr (content, '\n') = '\0';
  return g_build_filename ("/dev/shm", content, NULL);
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
do_nothing (VaultFixture *f, CrDb *db)
{
}

static void
hold_write_lock (VaultFixture *f, CrDb *db)
{
  g_assert_true (cr_db_begin (db, NULL));
}

static void
insert_many (VaultFixture *f, CrDb *db)
{
  for (guint i = 0; i < 150; i++) {
    run (db, "BEGIN IMMEDIATE; INSERT INTO t (b) VALUES (hex(randomblob(400)));"
             "UPDATE t SET b = b || '.' WHERE a = 1; COMMIT");
    if (i % 40 == 7)
      cr_db_checkpoint (db, NULL);
  }
}

static void
test_two_writers (VaultFixture *f, gconstpointer data)
{
  gint64 points;
  Other first, second;
  CrDb *db;

  cr_db_close (fill_db (f, 10));
  db = open_db (f);
  points = number (db, "SELECT length(b) FROM t WHERE a = 1");
  cr_db_close (db);
  first.pid = fork ();
  if (first.pid == 0) {
    db = open_db (f);
    insert_many (f, db);
    cr_db_close (db);
    _exit (0);
  }
  second = start_other (f, insert_many);
  finish_other (&second);
  g_assert_cmpint (waitpid (first.pid, NULL, 0), ==, first.pid);
  assert_sound (f, 310);
  db = open_db (f);
  g_assert_cmpint (number (db, "SELECT length(b) FROM t WHERE a = 1"), ==, points + 300);
  cr_db_close (db);
}

/* Both come at the same moment, when nobody has it open. */
static void
test_arriving_together (VaultFixture *f, gconstpointer data)
{
  pid_t pids[6];

  cr_db_close (fill_db (f, 10));
  for (guint i = 0; i < G_N_ELEMENTS (pids); i++) {
    pids[i] = fork ();
    if (pids[i] == 0) {
      for (guint round = 0; round < 15; round++) {
        CrDb *db = open_db (f);
        run (db, "INSERT INTO t (b) VALUES ('here')");
        cr_db_close (db);
      }
      _exit (0);
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (pids); i++) {
    int status;
    g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
    g_assert_cmpint (status, ==, 0);
  }
  assert_sound (f, 10 + 15 * G_N_ELEMENTS (pids));
}

static void
update_one (VaultFixture *f, CrDb *db)
{
  run (db, "UPDATE t SET b = 'by the other' WHERE a = 1");
}

static void
test_seen_at_once (VaultFixture *f, gconstpointer data)
{
  CrDb *db;
  Other other;

  cr_db_close (fill_db (f, 10));
  other = start_other (f, update_one);
  db = open_db (f);
  g_assert_cmpint (number (db, "SELECT count(*) FROM t WHERE b = 'by the other'"), ==, 1);
  run (db, "UPDATE t SET b = 'by me' WHERE a = 1");
  finish_other (&other);
  g_assert_cmpint (number (db, "SELECT count(*) FROM t WHERE b = 'by me'"), ==, 1);
  cr_db_close (db);
}

/* The one who is writing is named; once dead, it holds nothing. */
static void
test_locked (VaultFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *process = NULL;
  Other other;
  CrDb *db;

  cr_db_close (fill_db (f, 10));
  other = start_other (f, hold_write_lock);
  process = g_strdup_printf ("process %d ", (int)other.pid);
  db = open_db (f);
  run (db, "PRAGMA busy_timeout=0");
  g_assert_cmpint (number (db, "SELECT count(*) FROM t"), ==, 10); /* readers are not kept waiting */
  g_assert_false (cr_db_begin (db, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_LOCKED);
  g_assert_true (g_str_has_prefix (error->message, process));
  kill_other (&other);
  g_clear_error (&error);
  g_assert_true (cr_db_begin (db, &error));
  g_assert_no_error (error);
  g_assert_true (cr_db_commit (db, &error));
  cr_db_close (db);
}

static void
test_memory_file (VaultFixture *f, gconstpointer data)
{
  g_autofree char *meeting = fixture_path (f, "practice.db-shm"), *memory = NULL;
  CrDb *db = fill_db (f, 10), *second;
  GStatBuf st;

  memory = memory_path (f);
  g_assert_cmpint (g_stat (memory, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  second = open_db (f);
  cr_db_close (second);
  g_assert_true (exists (memory)); /* the first one still needs it */
  g_assert_true (exists (meeting));
  cr_db_close (db);
  g_assert_false (exists (memory));
  g_assert_false (exists (meeting));
}

/* What a killed program left behind is removed by the next. */
static void
test_left_behind (VaultFixture *f, gconstpointer data)
{
  g_autofree char *old = NULL, *new = NULL;
  Other other;
  CrDb *db;

  cr_db_close (fill_db (f, 10));
  other = start_other (f, update_one);
  old = memory_path (f);
  kill_other (&other);
  g_assert_true (exists (old));
  db = open_db (f);
  new = memory_path (f);
  g_assert_false (exists (old));
  g_assert_true (exists (new));
  g_assert_cmpint (number (db, "SELECT count(*) FROM t WHERE b = 'by the other'"), ==, 1);
  cr_db_close (db);
}

/* A folder copied while in use names the original's memory file; opening the copy leaves that alone. */
static void
test_copied (VaultFixture *f, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (f->parent, "Copy.practice", NULL), *memory = NULL;
  g_autoptr (CrVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  CrDb *db, *copied;
  Other other;

  cr_db_close (fill_db (f, 10));
  other = start_other (f, update_one);
  memory = memory_path (f);
  copy_folder (f->folder, copy);
  vault = cr_vault_open (copy, FIXTURE_NAME, FIXTURE_PASSWORD, &error);
  copied = cr_db_open (vault, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  run (copied, "UPDATE t SET b = 'in the copy'");
  cr_db_close (copied);
  g_assert_true (exists (memory));
  db = open_db (f);
  g_assert_cmpint (number (db, "SELECT count(*) FROM t WHERE b = 'in the copy'"), ==, 0);
  cr_db_close (db);
  finish_other (&other);
}

/* A container or another machine: its memory file is not here. */
static void
test_out_of_sight (VaultFixture *f, gconstpointer data)
{
  g_autofree char *memory = NULL, *hidden = NULL, *process = NULL;
  g_autoptr (GError) error = NULL;
  Other other;

  cr_db_close (fill_db (f, 10));
  other = start_other (f, do_nothing);
  memory = memory_path (f);
  hidden = g_strconcat (memory, ".hidden", NULL);
  process = g_strdup_printf ("process %d ", (int)other.pid);
  g_assert_cmpint (g_rename (memory, hidden), ==, 0);
  g_assert_null (cr_db_open (f->vault, CR_DB_OPEN, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, process));
  g_assert_cmpint (g_rename (hidden, memory), ==, 0);
  finish_other (&other);
  assert_sound (f, 10);
}

/* Without the meeting file a second program would make an index of its own: nobody writes any more. */
static void
test_meeting_removed (VaultFixture *f, gconstpointer data)
{
  g_autofree char *meeting = fixture_path (f, "practice.db-shm"), *memory = NULL;
  g_autoptr (GError) error = NULL;
  CrDb *db = fill_db (f, 10);

  memory = memory_path (f);
  g_assert_cmpint (g_unlink (meeting), ==, 0);
  g_assert_false (cr_db_exec (db, "INSERT INTO t (b) VALUES ('lost?')", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, "was removed"));
  cr_db_close (db);
  g_unlink (memory);
  assert_sound (f, 10);
}

/* The meeting file is anybody's who can write to the folder: it cannot be used to delete something else. */
static void
test_hostile_meeting (VaultFixture *f, gconstpointer data)
{
  static const char *const contents[] = {
    "../../etc/passwd\n",
    "chartroom-/../x\n",
    "\n",
    "",
    "\xff\xff",
    "chartroom-0-0-0123456789abcdef0123456789abcdef\nprocess 1 on x\n"
  };
  g_autofree char *meeting = fixture_path (f, "practice.db-shm");

  cr_db_close (fill_db (f, 10));
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    write_file (meeting, contents[i], strlen (contents[i]));
    assert_sound (f, 10);
  }
}

/* The same while another program is there, who is asked for the memory by it: only a name of ours is opened,
 * and nothing is removed. */
static void
test_hostile_while_open (VaultFixture *f, gconstpointer data)
{
  static const char *const contents[] = {
    "../../etc/passwd\n",
    "chartroom-/../x\n",
    "chartroom-\n",
    "chartroom-0x0\n",
    "\n",
    "",
    "chartroom-0-0-0123456789abcdef0123456789abcdef\nprocess 1 on x\n"
  };
  g_autofree char *meeting = fixture_path (f, "practice.db-shm"), *memory = NULL, *before = NULL;
  Other other;
  gsize size;

  cr_db_close (fill_db (f, 10));
  other = start_other (f, do_nothing);
  memory = memory_path (f);
  read_file (meeting, &before, &size);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autoptr (GError) error = NULL;

    write_file (meeting, contents[i], strlen (contents[i]));
    g_assert_null (cr_db_open (f->vault, CR_DB_OPEN, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_LOCKED);
    g_assert_true (exists (memory));
  }
  write_file (meeting, before, size);
  assert_sound (f, 10);
  finish_other (&other);
}

static void
wait_cb (gboolean waiting, gpointer data)
{
  ((guint *)data)[waiting]++;
}

/* A wait that a person would notice is told, once, and its end. */
static void
test_kept_waiting (VaultFixture *f, gconstpointer data)
{
  guint told[2] = { 0 };
  g_autoptr (GError) error = NULL;
  CrDb *db;

  cr_db_close (fill_db (f, 10));
  db = open_db (f);
  for (guint i = 0; i < 2; i++) {
    Other other = start_other (f, hold_write_lock);

    if (i == 1) /* the first time nobody wants to know */
      cr_db_set_wait (db, wait_cb, told);
    if (fork () == 0) {
      g_usleep (700 * 1000);
      kill (other.pid, SIGKILL);
      _exit (0);
    }
    g_assert_true (cr_db_begin (db, &error));
    g_assert_no_error (error);
    cr_db_rollback (db);
    kill_other (&other);
    g_assert_cmpint (wait (NULL), >, 0);
    g_assert_cmpuint (told[TRUE], ==, i);
    g_assert_cmpuint (told[FALSE], ==, i);
  }
  cr_db_close (db);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (VaultFixture *, gconstpointer);
  } tests[] = {
    { "/sharing/two-writers", test_two_writers },
    { "/sharing/arriving-together", test_arriving_together },
    { "/sharing/seen-at-once", test_seen_at_once },
    { "/sharing/locked", test_locked },
    { "/sharing/memory-file", test_memory_file },
    { "/sharing/left-behind", test_left_behind },
    { "/sharing/copied", test_copied },
    { "/sharing/out-of-sight", test_out_of_sight },
    { "/sharing/meeting-removed", test_meeting_removed },
    { "/sharing/hostile-meeting", test_hostile_meeting },
    { "/sharing/hostile-while-open", test_hostile_while_open },
    { "/sharing/kept-waiting", test_kept_waiting },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, VaultFixture, NULL, vault_set_up, tests[i].test, vault_tear_down);
  return g_test_run ();
}
