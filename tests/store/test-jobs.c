/* Jobs from a main loop, and who hears of commits. */
#include "fixture.h"

enum { JOBS = 20 };

static gboolean
view_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_tx_audit (tx, "view", "patient", 1, 1, NULL, error);
}

/* ---- order, cancelling, closing ---- */

typedef struct {
  GString *log; /* "r" ran, "a" answered, "d" destroyed, each with the job's letter */
  gboolean done;
  GThread *thread;
} Log;

typedef struct {
  Log *log;
  char letter;
  GError *error;
} Logged;

static gboolean
logged_job (CrTx *tx, gpointer data, GError **error)
{
  Logged *logged = data;
  g_assert_true (g_thread_self () != logged->log->thread);
  return view_job (tx, NULL, error);
}

static void
destroy_logged (gpointer data)
{
  Logged *logged = data;
  g_assert_true (g_thread_self () == logged->log->thread);
  g_string_append_printf (logged->log->log, "d%c", logged->letter);
  logged->log->done = logged->letter == 'a' + JOBS - 1;
  g_free (logged);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Logged *logged = user_data;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_thread_self () == logged->log->thread);
  g_assert_true (cr_store_run_finish (result, &error));
  g_assert_no_error (error);
  g_string_append_printf (logged->log->log, "a%c", logged->letter);
}

static void
test_async_order (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GString) expected = g_string_new (NULL);
  Log log = { g_string_new (NULL), FALSE, g_thread_self () };
  for (int i = 0; i < JOBS; i++) {
    Logged *logged = g_new0 (Logged, 1);
    *logged = (Logged){ &log, (char)('a' + i), NULL };
    cr_store_run_async (fixture->store, fixture->user, logged_job, logged, destroy_logged, NULL, answered_cb,
                        logged);
    g_string_append_printf (expected, "a%cd%c", 'a' + i, 'a' + i);
  }
  fixture_wait (&log.done);
  g_assert_cmpstr (log.log->str, ==, expected->str);
  g_string_free (log.log, TRUE);
}

typedef struct {
  gboolean done;
  GError *error;
} Answer;

static void
refused_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_assert_false (cr_store_run_finish (result, &answer->error));
  answer->done = TRUE;
}

static gboolean
never_job (CrTx *tx, gpointer data, GError **error)
{
  g_assert_not_reached ();
}

static void
test_cancelled (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { 0 };
  g_cancellable_cancel (cancellable);
  cr_store_run_async (fixture->store, fixture->user, never_job, NULL, NULL, cancellable, refused_cb, &answer);
  fixture_wait (&answer.done);
  g_assert_error (answer.error, CR_ERROR, CR_ERROR_CANCELLED);
  g_clear_error (&answer.error);
}

static void
test_closed (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;
  Answer answer = { 0 };
  cr_store_close (fixture->store);
  cr_store_close (fixture->store);
  cr_store_run_async (fixture->store, fixture->user, never_job, NULL, NULL, NULL, refused_cb, &answer);
  fixture_wait (&answer.done);
  g_assert_error (answer.error, CR_ERROR, CR_ERROR_FAILED);
  g_clear_error (&answer.error);
  g_assert_false (cr_store_run (fixture->store, fixture->user, never_job, NULL, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_FAILED);
}

/* What was asked before closing is still done. */
static void
test_closing_finishes_jobs (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  Log log = { g_string_new (NULL), FALSE, g_thread_self () };
  Logged *logged = g_new0 (Logged, 1);
  *logged = (Logged){ &log, 'a' + JOBS - 1, NULL };
  cr_store_run_async (fixture->store, fixture->user, logged_job, logged, destroy_logged, NULL, answered_cb,
                      logged);
  cr_store_close (fixture->store);
  fixture_wait (&log.done);
  g_string_free (log.log, TRUE);
  g_assert_cmpint (fixture_number (fixture, "SELECT count (*) FROM audit WHERE action = 'view'"), ==, 1);
}

/* ---- watchers ---- */

typedef struct {
  const char *kind;
  CrId id;
  guint seen, others;
  gboolean done, destroyed;
} Watching;

static void
watch_cb (const CrChange *changes, guint n, gpointer data)
{
  Watching *watching = data;
  for (guint i = 0; i < n; i++)
    if (g_str_equal (changes[i].kind, watching->kind) && changes[i].id == watching->id)
      watching->seen++;
    else
      watching->others++;
  watching->done = watching->seen > 0;
}

static void
end_watching (gpointer data)
{
  ((Watching *)data)->destroyed = TRUE;
}

static void
test_watch_own_commits (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  Watching watching = { .kind = "patient" };
  guint watch = cr_store_watch (fixture->store, watch_cb, &watching, end_watching);
  g_autoptr (CrPatient) patient = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  watching.id = patient->id;
  fixture_wait (&watching.done);
  g_assert_cmpuint (watching.seen, ==, 1);
  cr_store_unwatch (fixture->store, watch);
  g_assert_true (watching.destroyed);
  g_autoptr (CrPatient) unheard G_GNUC_UNUSED = fixture_patient (fixture, "Sample", "Second", CR_DATE_NONE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (watching.seen + watching.others, ==, 1);
}

/* Neither missed nor told twice, whether the other store writes before or after us. */
static void
test_watch_other_store (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrStoreUser) other_user = NULL;
  g_autoptr (CrStore) other = fixture_open_beside (fixture, &other_user);
  Watching theirs = { .kind = "patient" }, ours = { .kind = "room" };
  guint first = cr_store_watch (other, watch_cb, &theirs, NULL);
  guint second = cr_store_watch (other, watch_cb, &ours, NULL);
  g_autoptr (CrPatient) patient = fixture_patient (fixture, "Sample", "First", CR_DATE_NONE);
  g_autoptr (CrRoom) room = cr_room_new ();
  room->name = g_strdup ("1");
  theirs.id = patient->id;
  CrStore *mine = fixture->store;
  CrStoreUser *me = fixture->user;
  fixture->store = other;
  fixture->user = other_user;
  fixture_save (fixture, &CR_ROOM, room);
  fixture->store = mine;
  fixture->user = me;
  ours.id = room->id;
  fixture_wait (&theirs.done);
  fixture_wait (&ours.done);
  g_assert_cmpuint (theirs.seen, ==, 1);
  g_assert_cmpuint (ours.seen, ==, 1);
  cr_store_unwatch (other, first);
  cr_store_unwatch (other, second);
}

static gboolean
many_rooms_job (CrTx *tx, gpointer data, GError **error)
{
  for (guint i = 0; i < 1001; i++) {
    g_autoptr (CrRoom) room = cr_room_new ();
    room->name = g_strdup_printf ("%u", i);
    if (!cr_tx_save (tx, &CR_ROOM, room, error))
      return FALSE;
  }
  return TRUE;
}

static void
test_watch_flood (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  Watching watching = { .kind = "*" };
  guint watch = cr_store_watch (fixture->store, watch_cb, &watching, NULL);
  fixture_run (fixture, many_rooms_job, NULL);
  fixture_wait (&watching.done);
  g_assert_cmpuint (watching.others, ==, 0);
  cr_store_unwatch (fixture->store, watch);
}

/* What the other program does. */
static int
save_room (const char *folder)
{
  Fixture *child = fixture_in_child (folder);
  g_autoptr (CrRoom) room = cr_room_new ();
  room->id = 4711;
  room->name = g_strdup ("Lab");
  fixture_save (child, &CR_ROOM, room);
  fixture_leave (child);
  return 0;
}

static void
test_watch_other_process (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;
  Watching watching = { .kind = "room", .id = 4711 };
  guint watch = cr_store_watch (fixture->store, watch_cb, &watching, NULL);
  g_autoptr (GSubprocess) child = fixture_spawn (fixture, "save-room");
  fixture_wait (&watching.done);
  g_assert_true (g_subprocess_wait_check (child, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (watching.others, ==, 0);
  cr_store_unwatch (fixture->store, watch);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "save-room"))
    return save_room (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/jobs/order", test_async_order);
  g_test_add_func ("/store/jobs/cancelled", test_cancelled);
  g_test_add_func ("/store/jobs/closed", test_closed);
  g_test_add_func ("/store/jobs/closing", test_closing_finishes_jobs);
  g_test_add_func ("/store/watch/own", test_watch_own_commits);
  g_test_add_func ("/store/watch/other-store", test_watch_other_store);
  g_test_add_func ("/store/watch/flood", test_watch_flood);
  g_test_add_func ("/store/watch/other-process", test_watch_other_process);
  return g_test_run ();
}
