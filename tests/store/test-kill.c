/* kill -9 of a writing program at any moment: afterwards the practice opens and verifies, each acknowledged
 * job is there, and none in part. usage: [--kills N] (default: a short run for the suite) */
#include "fixture.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 5, FILLER = 1500, JOBS_PER_OPENING = 12, KILLS_PER_PRACTICE = 25, LONGEST_MS = 400 };
#define LAST "SELECT coalesce (max (position), 0) FROM room"
#define PARTS                                                                                                \
  "SELECT count (*) FROM (SELECT count (*) AS n FROM room WHERE position > 0 GROUP BY position HAVING n <> " \
  "5)" /* ROWS */

static guint kills = 12;

/* ---- the program that is killed ---- */

static gboolean
save_rows (CrTx *tx, gpointer data, GError **error)
{
  for (guint i = 0; i < ROWS; i++) {
    g_autoptr (CrRoom) room = cr_room_new ();
    room->name = g_strnfill (FILLER, 'x');
    room->position = *(gint64 *)data;
    if (!cr_tx_save (tx, &CR_ROOM, room, error))
      return FALSE;
  }
  return TRUE;
}

/* The clock of all tests stands still, so ids of two programs may meet: then the job is refused whole, and
 * made again with others. */
static void
save_job (Fixture *child, gint64 number)
{
  gboolean saved = FALSE;
  while (!saved) {
    g_autoptr (GError) error = NULL;
    saved = cr_store_run (child->store, child->user, save_rows, &number, &error);
    if (!saved)
      g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  }
}

/* One write, so that it is said whole or not at all. */
static void
acknowledge (gint64 number)
{
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT "\n", number);
  gsize size = strlen (line);
  g_assert_cmpint (write (STDOUT_FILENO, line, size), ==, (gssize)size);
}

G_NORETURN static void
write_for_ever (const char *folder)
{
  Fixture *child = fixture_in_child (folder);
  gint64 number = fixture_number (child, LAST);
  for (;;) {
    for (guint i = 0; i < JOBS_PER_OPENING; i++) {
      number++;
      save_job (child, number);
      acknowledge (number);
    }
    fixture_reopen (child); /* checkpoints and sealing are killed, too */
  }
}

/* ---- killing it ---- */

static gint64
last_line (const char *text, gint64 before)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);
  /* What follows the last newline is not whole. */
  return n < 2 ? before : g_ascii_strtoll (lines[n - 2], NULL, 10);
}

/* The last number acknowledged before the kill; before: when there was none. */
static gint64
kill_after (Fixture *fixture, guint ms, gint64 before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = fixture_spawn (fixture, "write");
  g_autofree char *said = NULL;
  g_usleep (ms * 1000ul);
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_communicate_utf8 (child, NULL, NULL, &said, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
  return last_line (said, before);
}

static void
check_sound (Fixture *fixture, guint ms)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  fixture_reopen (fixture);
  g_assert_true (cr_store_verify (fixture->store, fixture->user, findings, &error));
  g_assert_no_error (error);
  if (findings->len > 0)
    g_error ("killed after %u ms: %s", ms, (char *)findings->pdata[0]);
}

/* How many jobs were acknowledged. */
static guint
check_kill (Fixture *fixture, guint ms)
{
  gint64 before = fixture_number (fixture, LAST), acknowledged, there;
  fixture_close (fixture);
  acknowledged = kill_after (fixture, ms, before);
  check_sound (fixture, ms);
  there = fixture_number (fixture, LAST);
  if (there < acknowledged || there > acknowledged + 1)
    g_error ("killed after %u ms: job %d was acknowledged, job %d is the last there", ms, (int)acknowledged,
             (int)there);
  g_assert_cmpint (fixture_number (fixture, PARTS), ==, 0);
  return (guint)(acknowledged - before);
}

static void
test_kills (void)
{
  guint jobs = 0, writing = 0;
  g_autoptr (Fixture) fixture = NULL;
  for (guint i = 0; i < kills; i++) {
    if (i % KILLS_PER_PRACTICE == 0) {
      g_clear_pointer (&fixture, fixture_free);
      fixture = fixture_new ();
    }
    guint some = check_kill (fixture, (guint)g_test_rand_int_range (0, LONGEST_MS));
    jobs += some;
    writing += some > 0;
  }
  g_test_message ("%u kills, %u of them after %u acknowledged jobs", kills, writing, jobs);
  g_assert_cmpuint (writing, >, 0);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "write"))
    write_for_ever (argv[2]);
  g_test_init (&argc, &argv, NULL);
  if (argc == 3 && g_str_equal (argv[1], "--kills"))
    kills = (guint)strtoul (argv[2], NULL, 10);
  g_test_add_func ("/store/kill/any-moment", test_kills);
  return g_test_run ();
}
