/* Killed in the middle of a job: the practice is as it was before the job. */
#include "fixture.h"
#include <stdio.h>
#include <unistd.h>

enum { ROWS = 300 };
#define COUNTS "SELECT (SELECT count (*) FROM room) + (SELECT count (*) FROM history)"

static gboolean
save_rooms (CrTx *tx, GError **error)
{
  for (guint i = 0; i < ROWS; i++) {
    g_autoptr (CrRoom) room = cr_room_new ();
    room->name = g_strnfill (2000, 'x'); /* more than the page cache's first spill keeps in one page */
    if (!cr_tx_save (tx, &CR_ROOM, room, error))
      return FALSE;
  }
  return TRUE;
}

G_NORETURN static void
say_and_stay (const char *word)
{
  puts (word);
  fflush (stdout);
  for (;;)
    pause ();
}

static gboolean
half_job (CrTx *tx, gpointer data, GError **error)
{
  g_assert_true (save_rooms (tx, error));
  say_and_stay ("middle");
}

static gboolean
whole_job (CrTx *tx, gpointer data, GError **error)
{
  return save_rooms (tx, error);
}

static int
stay_in_the_middle (const char *folder)
{
  Fixture *child = fixture_in_child (folder);
  fixture_run (child, half_job, NULL);
  return 1;
}

/* Commits, says so, and then waits to be killed without having closed. */
static int
commit_and_stay (const char *folder)
{
  Fixture *child = fixture_in_child (folder);
  fixture_run (child, whole_job, NULL);
  say_and_stay ("committed");
}

static void
kill_when_it_speaks (Fixture *fixture, const char *role, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = fixture_spawn (fixture, role);
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, word);
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
}

static void
check_sound (Fixture *fixture)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  fixture_reopen (fixture);
  g_assert_true (cr_store_verify (fixture->store, fixture->user, findings, &error));
  g_assert_no_error (error);
  if (findings->len > 0)
    g_test_message ("%s", (char *)g_ptr_array_index (findings, 0));
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_killed_in_a_job (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  gint64 before = fixture_number (fixture, COUNTS);
  fixture_close (fixture);
  kill_when_it_speaks (fixture, "stay-in-the-middle", "middle");
  g_assert_cmpint (fixture_number (fixture, COUNTS), ==, before);
  check_sound (fixture);
}

/* While another program has it open, too. */
static void
test_killed_beside_us (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  gint64 before = fixture_number (fixture, COUNTS);
  kill_when_it_speaks (fixture, "stay-in-the-middle", "middle");
  fixture_run (fixture, whole_job, NULL);
  g_assert_cmpint (fixture_number (fixture, COUNTS), ==, before + 2 * ROWS);
  check_sound (fixture);
}

static void
test_killed_after_a_commit (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  gint64 before = fixture_number (fixture, COUNTS);
  fixture_close (fixture);
  kill_when_it_speaks (fixture, "commit-and-stay", "committed");
  g_assert_cmpint (fixture_number (fixture, COUNTS), ==, before + 2 * ROWS);
  check_sound (fixture);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "stay-in-the-middle"))
    return stay_in_the_middle (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "commit-and-stay"))
    return commit_and_stay (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/crash/in-a-job", test_killed_in_a_job);
  g_test_add_func ("/store/crash/beside-us", test_killed_beside_us);
  g_test_add_func ("/store/crash/after-a-commit", test_killed_after_a_commit);
  return g_test_run ();
}
