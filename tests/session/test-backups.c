/* Where backups go, taking and proving them in the background, the daily one, and who may do which. */
#include "chartroom/session/backups.h"
#include "session-fixture.h"
#include <string.h>

typedef struct {
  Fixture f;
  CrBackups *backups;
  char *place;
  guint steps; /* of progress */
  double furthest;
} Shelf;

/* ---- looking ---- */

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
is_idle (gpointer data)
{
  gboolean running;
  g_object_get (((Shelf *)data)->backups, "running", &running, NULL);
  return !running;
}

static gboolean
is_known (gpointer data)
{
  g_autofree char *sentence = NULL;
  g_object_get (((Shelf *)data)->backups, "sentence", &sentence, NULL);
  return sentence != NULL;
}

static gboolean
has_place (gpointer data)
{
  return g_list_model_get_n_items (cr_backups_get_places (((Shelf *)data)->backups)) == 1;
}

static gboolean
has_no_place (gpointer data)
{
  return g_list_model_get_n_items (cr_backups_get_places (((Shelf *)data)->backups)) == 0;
}

static gboolean
has_backup (gpointer data)
{
  return g_list_model_get_n_items (cr_backups_get_list (((Shelf *)data)->backups)) > 0;
}

static const CrBackupItem *
newest (Shelf *s)
{
  g_autoptr (CrRow) row = g_list_model_get_item (cr_backups_get_list (s->backups), 0);
  return row != NULL ? cr_row_peek (row) : NULL;
}

static gboolean
is_proven (gpointer data)
{
  const CrBackupItem *item = newest (data);
  return item != NULL && item->backup->proven_at != 0;
}

static void
expect_outcome (Shelf *s, gboolean failed, const char *pattern)
{
  g_autofree char *outcome = NULL;
  gboolean did_fail;
  g_object_get (s->backups, "outcome", &outcome, "failed", &did_fail, NULL);
  g_assert_nonnull (outcome);
  if (!g_pattern_match_simple (pattern, outcome) || did_fail != failed)
    g_error ("outcome: %s", outcome);
}

static void
expect_sentence (Shelf *s, const char *wanted)
{
  g_autofree char *sentence = NULL;
  g_object_get (s->backups, "sentence", &sentence, NULL);
  g_assert_cmpstr (sentence, ==, wanted);
}

/* ---- doing ---- */

static void
stepped_cb (CrBackups *backups, GParamSpec *pspec, Shelf *s)
{
  double done;
  g_object_get (backups, "fraction", &done, NULL);
  s->steps += done > 0 ? 1 : 0;
  s->furthest = MAX (s->furthest, done);
}

static void
set_up (Shelf *s, gconstpointer data)
{
  fixture_set_up (&s->f);
  s->place = g_build_filename (s->f.base, "place", NULL);
  g_assert_cmpint (g_mkdir (s->place, 0700), ==, 0);
  s->backups = cr_backups_new (s->f.session);
  g_signal_connect (s->backups, "notify::fraction", G_CALLBACK (stepped_cb), s);
  fixture_wait_until (is_known, s);
}

static void
tear_down (Shelf *s, gconstpointer data)
{
  cr_session_close (s->f.session);
  fixture_spin ();
  g_assert_finalize_object (s->backups);
  fixture_tear_down (&s->f);
  g_free (s->place);
}

static GError *
add_place (Shelf *s, const char *folder)
{
  GAsyncResult *result = NULL;
  cr_backups_add_place_async (s->backups, folder, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static void
give_place (Shelf *s)
{
  g_autoptr (GError) error = add_place (s, s->place);
  g_assert_no_error (error);
  fixture_wait_until (has_place, s);
}

static void
take (Shelf *s)
{
  GAsyncResult *result = NULL;
  cr_backups_take_async (s->backups, fixture_done_cb, &result);
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_no_error (error);
  fixture_wait_until (is_proven, s);
}

static gboolean
dawdle_job (CrTx *tx, gpointer data, GError **error)
{
  g_usleep (200 * 1000);
  return TRUE;
}

/* The store is busy for a while, so that a run cannot be done before the next line of the test. */
static void
hold_store (Shelf *s)
{
  cr_session_run_async (s->f.session, CR_RIGHT_ADMIN, dawdle_job, NULL, NULL, NULL, NULL);
}

/* ---- places ---- */

static void
test_places (Shelf *s, gconstpointer data)
{
  g_autofree char *inside = g_build_filename (s->f.folder, "documents", NULL);
  g_autofree char *link = g_build_filename (s->f.base, "link", NULL);
  g_autofree char *nothing = g_build_filename (s->f.base, "nothing", NULL);
  g_autofree char *file = g_build_filename (s->f.folder, "practice.keys", NULL);
  g_assert_cmpint (symlink (inside, link), ==, 0);
  const struct {
    const char *folder, *says;
  } WRONG[] = { { nothing, "*is not a folder*" },
                { file, "*is not a folder*" },
                { s->f.folder, "*belongs to the practice itself*" },
                { inside, "*belongs to the practice itself*" },
                { link, "*belongs to the practice itself*" } };
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    g_autoptr (GError) error = add_place (s, WRONG[i].folder);
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
    g_assert_true (g_pattern_match_simple (WRONG[i].says, error->message));
  }
  give_place (s);
  g_autoptr (GError) twice = add_place (s, s->place);
  g_assert_error (twice, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (twice->message, "already"));
}

static void
test_place_comes_and_goes (Shelf *s, gconstpointer data)
{
  give_place (s);
  g_autoptr (CrRow) row = g_list_model_get_item (cr_backups_get_places (s->backups), 0);
  const CrBackupPlace *place = cr_row_peek (row);
  g_assert_true (place->connected);
  g_assert_true (place->same_disk);
  g_assert_cmpstr (place->folder, ==, s->place);
  GAsyncResult *result = NULL;
  cr_backups_remove_place_async (s->backups, place->target->id, fixture_done_cb, &result);
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_no_error (error);
  fixture_wait_until (has_no_place, s);
  give_place (s); /* what was given up may be chosen again */
}

/* ---- taking and proving ---- */

static void
test_take (Shelf *s, gconstpointer data)
{
  expect_sentence (s, "No backup yet");
  give_place (s);
  take (s);
  expect_outcome (s, FALSE, "Backed up and proven.");
  expect_sentence (s, "Backup OK, today 10:34 AM");
  g_assert_cmpstr (newest (s)->by, ==, "Invented Keller");
  g_assert_cmpuint (count_files (s->place), ==, 1);
  g_assert_cmpuint (s->steps, >, 0);
  g_assert_cmpfloat (s->furthest, <=, 1);
}

static void
test_nowhere (Shelf *s, gconstpointer data)
{
  GAsyncResult *result = NULL;
  cr_backups_take_async (s->backups, fixture_done_cb, &result);
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  give_place (s);
  g_assert_cmpint (g_rmdir (s->place), ==, 0);
  cr_backups_take_async (s->backups, fixture_done_cb, &result);
  g_autoptr (GError) gone = fixture_finish (&result);
  g_assert_error (gone, CR_ERROR, CR_ERROR_NOT_FOUND);
  expect_outcome (s, TRUE, "*is not there*");
}

static void
test_stop (Shelf *s, gconstpointer data)
{
  GAsyncResult *result = NULL, *second = NULL;
  give_place (s);
  hold_store (s);
  cr_backups_take_async (s->backups, fixture_done_cb, &result);
  cr_backups_take_async (s->backups, fixture_done_cb, &second);
  g_autoptr (GError) busy = fixture_finish (&second);
  g_assert_error (busy, CR_ERROR, CR_ERROR_INVALID); /* one at a time */
  cr_backups_stop (s->backups);
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_error (error, CR_ERROR, CR_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (s->place), ==, 0);
  g_assert_null (newest (s));
  take (s); /* and the next one is not stopped */
}

/* A flipped bit in the file is found, told and shown; so is that the next one is sound. */
static void
spoil (Shelf *s)
{
  g_autofree char *path = g_build_filename (s->place, newest (s)->backup->file, NULL), *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
}

static gboolean
has_finding (gpointer data)
{
  return newest (data)->backup->finding != NULL;
}

static void
test_prove_again (Shelf *s, gconstpointer data)
{
  GAsyncResult *result = NULL;
  give_place (s);
  take (s);
  cr_backups_prove_async (s->backups, newest (s)->backup->id, fixture_done_cb, &result);
  g_autoptr (GError) none = fixture_finish (&result);
  g_assert_no_error (none);
  expect_outcome (s, FALSE, "Restored and checked*");
  spoil (s);
  cr_backups_prove_async (s->backups, newest (s)->backup->id, fixture_done_cb, &result);
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN);
  fixture_wait_until (has_finding, s);
  expect_sentence (s, "Last backup failed its check, today 10:34 AM");
  g_assert_cmpuint (count_files (s->place), ==, 1); /* the scratch folder is gone */
}

/* ---- rights, lock, close ---- */

static void
test_rights (Shelf *s, gconstpointer data)
{
  GAsyncResult *result = NULL;
  give_place (s);
  take (s);
  CrId backup = newest (s)->backup->id;
  fixture_sign_in (&s->f, "okafor");
  fixture_wait_until (has_backup, s);
  expect_sentence (s, "Backup OK, today 10:34 AM"); /* to be seen by everybody */
  cr_backups_take_async (s->backups, fixture_done_cb, &result);
  g_autoptr (GError) taken = fixture_finish (&result);
  g_assert_error (taken, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  cr_backups_prove_async (s->backups, backup, fixture_done_cb, &result);
  g_autoptr (GError) proven = fixture_finish (&result);
  g_assert_error (proven, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  cr_backups_remove_place_async (s->backups, backup, fixture_done_cb, &result);
  g_autoptr (GError) removed = fixture_finish (&result);
  g_assert_error (removed, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_autoptr (GError) added = add_place (s, s->f.base);
  g_assert_error (added, CR_ERROR, CR_ERROR_NOT_ALLOWED);
}

/* It goes on to its end behind the lock, which shows nothing of it. */
static void
test_lock (Shelf *s, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  give_place (s);
  hold_store (s);
  cr_backups_take_async (s->backups, NULL, NULL);
  cr_session_lock (s->f.session);
  g_assert_false (is_idle (s));
  expect_sentence (s, NULL);
  g_assert_true (has_no_place (s));
  fixture_wait_until (is_idle, s);
  expect_sentence (s, NULL);
  g_assert_null (newest (s));
  cr_session_unlock (s->f.session, "admin", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  fixture_wait_until (is_proven, s);
  expect_outcome (s, FALSE, "Backed up and proven.");
  fixture_wait_until (has_place, s);
}

/* Closing stops it and waits for it; nothing half made stays. */
static void
test_close (Shelf *s, gconstpointer data)
{
  give_place (s);
  hold_store (s);
  cr_backups_take_async (s->backups, NULL, NULL);
  cr_session_close (s->f.session);
  g_assert_true (is_idle (s));
  g_assert_cmpuint (count_files (s->place), ==, 0);
}

/* ---- once a day ---- */

static gboolean
list_audit_job (CrTx *tx, gpointer data, GError **error)
{
  CrAuditQuery query = { .actions = { "backup" }, .limit = 9 };
  *(GPtrArray **)data = cr_audit_list (tx, &query, error);
  return *(GPtrArray **)data != NULL;
}

static void
expect_taken_by (Shelf *s, const char *person)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  fixture_sign_in (&s->f, "admin");
  cr_session_run (s->f.session, CR_RIGHT_AUDIT_VIEW, list_audit_job, &entries, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_nonnull (strstr (((const CrAuditEntry *)entries->pdata[0])->person, person));
}

static void
test_daily (Shelf *s, gconstpointer data)
{
  cr_backups_tick (s->backups);
  g_assert_true (is_idle (s)); /* nowhere to go */
  give_place (s);
  fixture_sign_in (&s->f, "frontdesk");
  fixture_wait_until (has_place, s);
  fixture_wait_until (is_known, s);
  cr_backups_tick (s->backups);
  g_assert_false (is_idle (s));
  cr_backups_stop (s->backups); /* not theirs to stop */
  fixture_wait_until (is_idle, s);
  fixture_wait_until (is_proven, s);
  cr_backups_tick (s->backups);
  g_assert_true (is_idle (s)); /* once a day */
  expect_taken_by (s, "Diaz");
  fixture_wait_until (is_known, s);
  fixture_wait_until (has_place, s);
  cr_backups_tick (s->backups);
  g_assert_true (is_idle (s));
  cr_clock_advance (s->f.clock, (gint64)14 * 3600 * G_USEC_PER_SEC); /* past midnight */
  cr_backups_tick (s->backups);
  g_assert_false (is_idle (s));
  expect_sentence (s, "Backup OK, yesterday 10:34 AM");
}

static void
test_daily_fails (Shelf *s, gconstpointer data)
{
  g_autofree char *warning = NULL, *again = NULL, *later = NULL;
  give_place (s);
  g_assert_cmpint (g_rmdir (s->place), ==, 0);
  cr_backups_tick (s->backups);
  fixture_wait_until (is_idle, s);
  g_object_get (s->f.session, "warning", &warning, NULL);
  g_assert_true (g_pattern_match_simple ("The daily backup failed.*is not there*", warning));
  fixture_sign_in (&s->f, "okafor");
  g_object_get (s->f.session, "warning", &again, NULL);
  g_assert_cmpstr (again, ==, warning);
  fixture_sign_in (&s->f, "admin");
  g_assert_cmpint (g_mkdir (s->place, 0700), ==, 0);
  fixture_wait_until (has_place, s);
  take (s);
  g_object_get (s->f.session, "warning", &later, NULL);
  g_assert_null (later);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/session/backups/" name, Shelf, NULL, set_up, func, tear_down)
  ADD ("places", test_places);
  ADD ("place-comes-and-goes", test_place_comes_and_goes);
  ADD ("take", test_take);
  ADD ("nowhere", test_nowhere);
  ADD ("stop", test_stop);
  ADD ("prove-again", test_prove_again);
  ADD ("rights", test_rights);
  ADD ("lock", test_lock);
  ADD ("close", test_close);
  ADD ("daily", test_daily);
  ADD ("daily-fails", test_daily_fails);
  return g_test_run ();
}
