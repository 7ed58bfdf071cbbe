/* New keys from the desktop: paused, stopped, refused, failing, behind a lock; and what was typed meanwhile.
 */
#include "chart-fixture.h"
#include "chartroom/session/backups.h"
#include "chartroom/session/key-change.h"
#include "chartroom/session/note-draft.h"
#include "chartroom/store/rotate.h"

#define REASON "Removed Invented Ortiz"
#define SENTENCE                                                                                             \
  "The keys of this practice were changed. Sign in with your usual password; your drafts are kept."

typedef struct {
  ChartFixture c;
  CrKeyChange *change;
  GAsyncResult *result;
} Keys;

static CrSession *
session_of (Keys *k)
{
  return k->c.f.session;
}

static gboolean
flag (gpointer object, const char *name)
{
  gboolean value;
  g_object_get (object, name, &value, NULL);
  return value;
}

static char *
text (gpointer object, const char *name)
{
  char *value;
  g_object_get (object, name, &value, NULL);
  return value;
}

static gboolean
is_there (Keys *k, const char *name)
{
  g_autofree char *path = g_build_filename (k->c.f.folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
has_words (gpointer change)
{
  g_autofree char *words = text (change, "words");
  return words != NULL;
}

static gboolean
is_closed (gpointer session)
{
  return cr_session_get_state (session) == CR_SESSION_CLOSED;
}

static void
set_up (Keys *k, gconstpointer login)
{
  chart_set_up (&k->c, login);
  k->change = cr_key_change_new (session_of (k));
}

static void
tear_down (Keys *k, gconstpointer data)
{
  if (!is_closed (session_of (k)))
    fixture_settle (&k->c.f);
  cr_session_close (session_of (k));
  fixture_spin ();
  g_assert_finalize_object (k->c.chart);
  g_assert_finalize_object (k->change);
  fixture_tear_down (&k->c.f);
}

static void
start (Keys *k)
{
  cr_key_change_start_async (k->change, REASON, cr_key_change_new_code (NULL), fixture_done_cb, &k->result);
}

static void
finish_well (Keys *k)
{
  g_autoptr (GError) error = fixture_finish (&k->result);
  g_assert_no_error (error);
}

static void
finish_badly (Keys *k, int code)
{
  g_autoptr (GError) error = fixture_finish (&k->result);
  g_assert_error (error, CR_ERROR, code);
}

static void
sign_in (Keys *k, const char *login)
{
  g_autoptr (GError) error = NULL;
  cr_session_open (session_of (k), k->c.f.folder, login, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
}

static void
expect_warning (Keys *k, const char *pattern)
{
  g_autofree char *warning = text (session_of (k), "warning");
  g_assert_nonnull (warning);
  if (!g_pattern_match_simple (pattern, warning))
    g_error ("warning: %s", warning);
}

/* Nothing was changed, and work goes on. */
static void
expect_unchanged (Keys *k)
{
  g_assert_false (flag (k->change, "running"));
  g_assert_false (is_there (k, "practice-2.db") || is_there (k, "practice-2.db.new"));
  if (is_closed (session_of (k)))
    sign_in (k, "admin");
  g_autoptr (CrRoom) room = cr_room_new ();
  room->name = g_strdup ("Attic");
  fixture_store (&k->c.f, &CR_ROOM, room);
}

static CrKeyFacts *
facts_of (Keys *k)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  cr_key_change_load_facts_async (k->change, fixture_done_cb, &result);
  CrKeyFacts *facts = cr_key_change_load_facts_finish (fixture_wait (&result), &error);
  g_object_unref (result);
  g_assert_no_error (error);
  return facts;
}

/* ---- done ---- */

static void
test_change (Keys *k, gconstpointer data)
{
  g_autoptr (CrKeyFacts) before = facts_of (k);
  g_assert_cmpint (before->keys_at, ==, 0);
  g_assert_cmpint (before->sheet_at, ==, 0);
  start (k);
  g_assert_true (flag (k->change, "running"));
  finish_well (k);
  g_assert_false (flag (k->change, "running"));
  g_assert_true (is_closed (session_of (k)));
  expect_warning (k, SENTENCE);
  g_assert_true (is_there (k, "practice-2.db"));
  sign_in (k, "nurse");
  cr_session_close (session_of (k));
  sign_in (k, "admin");
  g_autofree char *warning = text (session_of (k), "warning");
  g_assert_null (warning);
  g_autoptr (CrKeyFacts) after = facts_of (k);
  g_assert_cmpint (after->keys_at, ==, cr_clock_now (k->c.f.clock));
  g_assert_cmpint (after->sheet_at, ==, after->keys_at);
}

static GError *
recover (Keys *k, const char *code)
{
  GAsyncResult *result = NULL;
  cr_session_recover_async (session_of (k), k->c.f.folder, code, "admin", FIXTURE_PASSWORD, fixture_done_cb,
                            &result);
  return fixture_finish (&result);
}

/* The sheet alone: the session stays as it is. */
static void
test_new_sheet (Keys *k, gconstpointer data)
{
  char *codes[] = { cr_key_change_new_code (NULL), cr_key_change_new_code (NULL) };
  g_autofree char *old = g_strdup (codes[0]), *fresh = g_strdup (codes[1]);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    cr_key_change_new_sheet_async (k->change, "lost", codes[i], fixture_done_cb, &k->result);
    finish_well (k);
  }
  g_assert_false (is_closed (session_of (k)));
  g_autoptr (CrKeyFacts) facts = facts_of (k);
  g_assert_cmpint (facts->keys_at, ==, 0);
  g_assert_cmpint (facts->sheet_at, ==, cr_clock_now (k->c.f.clock));
  g_autoptr (GError) refused = recover (k, old);
  g_assert_error (refused, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  g_autoptr (GError) taken = recover (k, fresh);
  g_assert_no_error (taken);
}

static void
test_group (void)
{
  static const char CODE[] = "TR0FP-Y4TQK-KFFG5-4HMAA-ST04N-080G2-1020V-40F1H";
  static const char *const RIGHT[] = { "40F1H", "40f1h", " 4OFLH ", "40F-1H", "40FIH" };
  static const char *const WRONG[] = { "", "40F1", "40F1HH", "1020V", "40F1J", "40F.1H", "é" };
  for (guint i = 0; i < G_N_ELEMENTS (RIGHT); i++)
    g_assert_true (cr_key_change_is_end (CODE, RIGHT[i]));
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    g_assert_false (cr_key_change_is_end (CODE, WRONG[i]));
}

/* ---- paused and stopped ---- */

static void
start_paused (Keys *k)
{
  start (k);
  cr_key_change_pause (k->change, TRUE);
  g_assert_true (flag (k->change, "paused"));
  fixture_wait_until (has_words, k->change);
}

static void
dawdle (void)
{
  for (gint64 end = g_get_monotonic_time () + 300 * 1000; g_get_monotonic_time () < end; g_usleep (1000))
    fixture_spin ();
}

/* It waits for as long as one wants, others save, and what they saved comes along. */
static void
test_pause (Keys *k, gconstpointer data)
{
  g_autoptr (CrRoom) room = cr_room_new ();
  start_paused (k);
  dawdle ();
  g_assert_true (flag (k->change, "running"));
  g_assert_null (k->result);
  room->name = g_strdup ("Attic");
  fixture_store (&k->c.f, &CR_ROOM, room);
  cr_key_change_pause (k->change, FALSE);
  finish_well (k);
  sign_in (k, "admin");
  g_autoptr (CrRoom) kept = fixture_load (&k->c.f, &CR_ROOM, room->id);
  g_assert_cmpstr (kept->name, ==, "Attic");
}

static void
test_stop (Keys *k, gconstpointer data)
{
  start_paused (k);
  cr_key_change_stop (k->change);
  finish_badly (k, CR_ERROR_CANCELLED);
  expect_unchanged (k);
  start (k); /* neither stopped nor paused */
  finish_well (k);
}

static void
test_close (Keys *k, gconstpointer data)
{
  start_paused (k);
  cr_session_close (session_of (k));
  finish_badly (k, CR_ERROR_CANCELLED);
  expect_unchanged (k);
  expect_warning (k, "The keys were not changed, * The practice was closed*");
}

static void
test_lock (Keys *k, gconstpointer data)
{
  start_paused (k);
  cr_session_lock (session_of (k));
  cr_key_change_stop (k->change); /* nobody sits there who may */
  cr_key_change_pause (k->change, FALSE);
  dawdle ();
  g_assert_true (flag (k->change, "running"));
  fixture_sign_in (&k->c.f, "admin");
  cr_key_change_pause (k->change, FALSE);
  cr_session_lock (session_of (k));
  finish_well (k);
  g_assert_true (is_closed (session_of (k)));
  expect_warning (k, SENTENCE);
}

/* ---- not done ---- */

static void
test_refused (Keys *k, gconstpointer data)
{
  start (k);
  finish_badly (k, CR_ERROR_NOT_ALLOWED);
  cr_key_change_new_sheet_async (k->change, "lost", cr_key_change_new_code (NULL), fixture_done_cb,
                                 &k->result);
  finish_badly (k, CR_ERROR_NOT_ALLOWED);
  fixture_sign_in (&k->c.f, "admin");
  cr_key_change_start_async (k->change, " ", cr_key_change_new_code (NULL), fixture_done_cb, &k->result);
  finish_badly (k, CR_ERROR_INVALID);
  expect_unchanged (k);
}

static void
test_sheet_given_up (Keys *k, gconstpointer data)
{
  cr_session_lock (session_of (k));
  cr_key_change_give_up_sheet (k->change);
  fixture_sign_in (&k->c.f, "admin");
  expect_warning (k, "*sheet that was printed opens nothing*");
}

/* Said at once, or behind a lock to whoever comes next, and once only. */
static void
test_sheet_unproven (Keys *k, gconstpointer data)
{
  cr_key_change_leave_unproven (k->change);
  expect_warning (k, "The recovery sheet was not checked *");
  cr_session_lock (session_of (k));
  fixture_sign_in (&k->c.f, "admin");
  g_autofree char *warning = text (session_of (k), "warning");
  g_assert_null (warning);
  cr_session_lock (session_of (k));
  cr_key_change_leave_unproven (k->change);
  fixture_sign_in (&k->c.f, "admin");
  expect_warning (k, "The recovery sheet was not checked *");
}

/* Not in another practice, which has a sheet of its own. */
static void
test_sheet_elsewhere (Keys *k, gconstpointer data)
{
  g_autofree char *own = k->c.f.folder;
  cr_session_lock (session_of (k));
  cr_key_change_leave_unproven (k->change);
  cr_session_close (session_of (k));
  k->c.f.folder = g_build_filename (k->c.f.base, "another.practice", NULL);
  fixture_create (&k->c.f, "Another Invented Practice");
  g_autofree char *warning = text (session_of (k), "warning");
  g_assert_null (warning);
  cr_session_close (session_of (k));
  g_free (k->c.f.folder);
  k->c.f.folder = g_steal_pointer (&own);
  sign_in (k, "admin");
  expect_warning (k, "The recovery sheet was not checked *");
}

/* The last write cannot be made: told here, or to whoever comes back to a locked session. */
static void
test_fails (Keys *k, gconstpointer data)
{
  g_autofree char *in_the_way = g_build_filename (k->c.f.folder, "practice.keys.new", NULL);
  g_assert_cmpint (g_mkdir (in_the_way, 0700), ==, 0);
  start (k);
  finish_badly (k, CR_ERROR_IO);
  g_autofree char *failure = text (k->change, "failure");
  g_assert_nonnull (failure);
  expect_unchanged (k);
  start (k);
  cr_session_lock (session_of (k));
  finish_badly (k, CR_ERROR_IO);
  g_assert_cmpint (g_rmdir (in_the_way), ==, 0);
  fixture_sign_in (&k->c.f, "admin");
  expect_warning (k, "The keys were not changed, *");
}

static gboolean
has_place (gpointer backups)
{
  return g_list_model_get_n_items (cr_backups_get_places (backups)) == 1;
}

/* One of the two at a time. */
static void
test_backups (Keys *k, gconstpointer data)
{
  CrBackups *backups = cr_backups_new (session_of (k));
  GAsyncResult *result = NULL;
  g_autofree char *place = g_build_filename (k->c.f.base, "place", NULL);
  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);
  cr_backups_add_place_async (backups, place, fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  fixture_wait_until (has_place, backups);
  start_paused (k);
  cr_backups_take_async (backups, fixture_done_cb, &result);
  g_autoptr (GError) meanwhile = fixture_finish (&result);
  g_assert_error (meanwhile, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (meanwhile->message, "keys are being changed"));
  cr_key_change_stop (k->change);
  finish_badly (k, CR_ERROR_CANCELLED);
  cr_backups_take_async (backups, fixture_done_cb, &result);
  start (k);
  finish_badly (k, CR_ERROR_INVALID);
  g_autoptr (GError) taken = fixture_finish (&result);
  g_assert_no_error (taken);
  start (k);
  finish_well (k);
  sign_in (k, "admin");
  g_autoptr (CrKeyFacts) facts = facts_of (k);
  g_assert_cmpuint (facts->n_backups, ==, 1);
  g_assert_cmpuint (facts->former->len, ==, 1);
  g_assert_cmpstr (((const CrBackup *)facts->former->pdata[0])->folder, ==, place);
  cr_session_close (session_of (k));
  fixture_spin ();
  g_assert_finalize_object (backups);
}

/* ---- what was typed ---- */

static CrNoteDraft *
open_note (CrChart *chart)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  cr_note_draft_open_async (chart, CR_ID_NONE, fixture_done_cb, &result);
  CrNoteDraft *draft = cr_note_draft_open_finish (fixture_wait (&result), &error);
  g_object_unref (result);
  g_assert_no_error (error);
  return draft;
}

static void
expect_typed (Keys *k)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open (session_of (k), k->c.f.garcia, "test", &error);
  g_autoptr (CrNoteDraft) draft = open_note (chart);
  g_autofree char *typed = text (draft, "subjective");
  g_assert_cmpstr (typed, ==, "Typed a moment ago.");
  g_assert_cmpstr (cr_session_get_preference (session_of (k), "kept-forms"), ==, "typed");
  fixture_settle (&k->c.f);
}

static void
keep_form_cb (CrSession *session)
{
  cr_session_set_preference (session, "kept-forms", "typed");
}

static gboolean
make_doctor_job (CrTx *tx, gpointer id, GError **error)
{
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, *(CrId *)id, error);
  person->roles |= CR_ROLE_DOCTOR;
  return cr_tx_save (tx, &CR_PERSON, person, error);
}

static void
type (Keys *k, CrNoteDraft *draft)
{
  g_signal_connect (session_of (k), "flush", G_CALLBACK (keep_form_cb), NULL);
  g_object_set (draft, "subjective", "Typed a moment ago.", NULL);
}

static gboolean
is_doctor (gpointer session)
{
  return cr_session_can (session, CR_RIGHT_NOTE_WRITE);
}

static void
count_cb (guint *n)
{
  ++*n;
}

/* Here: saved as before a lock, while the old database still takes it, and not only when it is closed. */
static void
test_typed_here (Keys *k, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  cr_session_run (session_of (k), CR_RIGHT_ADMIN, make_doctor_job, &k->c.f.admin, &error);
  g_assert_no_error (error);
  fixture_wait_until (is_doctor, session_of (k));
  CrNoteDraft *draft = open_note (k->c.chart);
  guint flushes = 0;
  g_signal_connect_swapped (session_of (k), "flush", G_CALLBACK (count_cb), &flushes);
  type (k, draft);
  start (k);
  finish_well (k);
  g_assert_cmpuint (flushes, >=, 2);
  g_signal_handlers_disconnect_by_data (session_of (k), &flushes);
  g_object_unref (draft);
  sign_in (k, "admin");
  expect_typed (k);
}

/* Elsewhere: it cannot be saved any more, and is once its person has signed in again; nobody else gets it. */
static void
test_typed_elsewhere (Keys *k, gconstpointer data)
{
  char *code = cr_store_new_code (NULL);
  CrRotation rotation = { .reason = REASON, .code = code };
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) error = NULL;
  CrStoreUser *user = NULL;
  CrNoteDraft *draft = open_note (k->c.chart);
  CrStore *beside =
      cr_store_open (k->c.f.folder, "admin", FIXTURE_PASSWORD, k->c.f.clock, "beside", &user, &error);
  g_assert_no_error (error);
  g_assert_true (cr_store_rotate (beside, user, &rotation, &rotated, &error));
  g_assert_no_error (error);
  cr_store_secret_free (code);
  cr_store_user_unref (user);
  cr_store_close (beside);
  cr_store_unref (beside);
  type (k, draft);
  fixture_wait_until (is_closed, session_of (k));
  expect_warning (k, SENTENCE);
  g_object_unref (draft);
  sign_in (k, "chen");
  g_assert_null (cr_session_get_preference (session_of (k), "kept-forms"));
  cr_session_close (session_of (k));
  sign_in (k, "okafor");
  expect_typed (k);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, login, func) g_test_add ("/session/key-change/" name, Keys, login, set_up, func, tear_down)
  g_test_add_func ("/session/key-change/group", test_group);
  ADD ("change", "admin", test_change);
  ADD ("new-sheet", "admin", test_new_sheet);
  ADD ("pause", "admin", test_pause);
  ADD ("stop", "admin", test_stop);
  ADD ("close", "admin", test_close);
  ADD ("lock", "admin", test_lock);
  ADD ("refused", "okafor", test_refused);
  ADD ("sheet-given-up", "admin", test_sheet_given_up);
  ADD ("sheet-unproven", "admin", test_sheet_unproven);
  ADD ("sheet-elsewhere", "admin", test_sheet_elsewhere);
  ADD ("fails", "admin", test_fails);
  ADD ("backups", "admin", test_backups);
  ADD ("typed-here", "admin", test_typed_here);
  ADD ("typed-elsewhere", "okafor", test_typed_elsewhere);
  return g_test_run ();
}
