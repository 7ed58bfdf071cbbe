/* Sign-in, rights, lock and unlock, a second person on top, idle time, shared lists, preferences. */
#include "session-fixture.h"
#include "chartroom/store/rotate.h"

typedef struct {
  guint flushes, forgets, changes;
  CrSessionState at_flush, at_forget;
  char *last_kind;
} Heard;

static void
flush_cb (CrSession *session, Heard *heard)
{
  heard->flushes++;
  heard->at_flush = cr_session_get_state (session);
}

static void
forget_cb (CrSession *session, Heard *heard)
{
  heard->forgets++;
  heard->at_forget = cr_session_get_state (session);
  g_assert_null (cr_session_get_person (session));
}

static void
changed_cb (CrSession *session, const char *kind, gint64 id, gint64 patient_id, Heard *heard)
{
  heard->changes++;
  g_free (heard->last_kind);
  heard->last_kind = g_strdup (kind);
}

static void
listen (CrSession *session, Heard *heard)
{
  g_signal_connect (session, "flush", G_CALLBACK (flush_cb), heard);
  g_signal_connect (session, "forget", G_CALLBACK (forget_cb), heard);
  g_signal_connect (session, "changed", G_CALLBACK (changed_cb), heard);
}

static gboolean
nothing_job (CrTx *tx, gpointer data, GError **error)
{
  if (data != NULL)
    *(gboolean *)data = TRUE;
  return TRUE;
}

static gboolean
add_room_job (CrTx *tx, gpointer data, GError **error)
{
  fixture_add_room (tx, "Lab", 9);
  return TRUE;
}

static char *
get_text (CrSession *session, const char *property)
{
  char *text = NULL;
  g_object_get (session, property, &text, NULL);
  return text;
}

static void
test_create (void)
{
  Fixture f;
  fixture_set_up (&f);
  g_assert_cmpint (cr_session_get_state (f.session), ==, CR_SESSION_OPEN);
  g_assert_cmpstr (cr_session_get_person (f.session)->login, ==, "admin");
  g_assert_cmpstr (cr_session_get_practice (f.session)->name, ==, "Invented Family Medicine");
  g_assert_cmpstr (cr_session_get_folder (f.session), ==, f.folder);
  g_autofree char *practice = get_text (f.session, "practice-name");
  g_assert_cmpstr (practice, ==, "Invented Family Medicine");
  char *code = cr_session_take_recovery_code (f.session);
  g_assert_nonnull (code);
  g_assert_null (cr_session_take_recovery_code (f.session)); /* once */
  cr_session_secret_free (code);
  g_auto (GStrv) names = cr_session_login_names (f.folder, NULL);
  g_assert_true (g_strv_contains ((const char *const *)names, "frontdesk"));
  fixture_tear_down (&f);
}

static void
test_open_async (void)
{
  Fixture f;
  GAsyncResult *result = NULL;
  fixture_set_up (&f);
  cr_session_close (f.session);
  g_assert_cmpint (cr_session_get_state (f.session), ==, CR_SESSION_CLOSED);
  g_assert_null (cr_session_get_practice (f.session));

  cr_session_open_async (f.session, f.folder, "okafor", "not the words at all", fixture_done_cb, &result);
  g_assert_cmpint (cr_session_get_state (f.session), ==, CR_SESSION_BUSY);
  g_autoptr (GError) wrong = fixture_finish (&result);
  g_assert_error (wrong, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  g_assert_cmpint (cr_session_get_state (f.session), ==, CR_SESSION_CLOSED);

  cr_session_open_async (f.session, f.folder, "okafor", FIXTURE_PASSWORD, fixture_done_cb, &result);
  GAsyncResult *second = NULL;
  cr_session_open_async (f.session, f.folder, "chen", FIXTURE_PASSWORD, fixture_done_cb, &second);
  g_autoptr (GError) busy = fixture_finish (&second);
  g_assert_error (busy, CR_ERROR, CR_ERROR_FAILED);
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_no_error (error);
  g_autofree char *name = get_text (f.session, "person-name");
  g_assert_cmpstr (name, ==, "Dr. Okafor");
  fixture_tear_down (&f);
}

static void
test_close_while_opening (void)
{
  Fixture f;
  GAsyncResult *result = NULL;
  fixture_set_up (&f);
  cr_session_close (f.session);
  cr_session_open_async (f.session, f.folder, "okafor", FIXTURE_PASSWORD, fixture_done_cb, &result);
  cr_session_close (f.session);
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_error (error, CR_ERROR, CR_ERROR_CANCELLED);
  g_assert_cmpint (cr_session_get_state (f.session), ==, CR_SESSION_CLOSED);
  fixture_tear_down (&f);
}

static void
test_rights (void)
{
  static const struct {
    const char *login;
    CrRight right;
    gboolean allowed;
  } cases[] = {
    { "frontdesk", CR_RIGHT_SCHEDULE_EDIT, TRUE },
    { "frontdesk", CR_RIGHT_CLINICAL_VIEW, FALSE },
    { "nurse", CR_RIGHT_CLINICAL_RECORD, TRUE },
    { "nurse", CR_RIGHT_SIGN, FALSE },
    { "okafor", CR_RIGHT_SIGN, TRUE },
    { "okafor", CR_RIGHT_ADMIN, FALSE },
    { "referrals", CR_RIGHT_EXPORT, TRUE },
    { "referrals", CR_RIGHT_SCHEDULE_EDIT, FALSE },
    { "admin", CR_RIGHT_ADMIN, TRUE },
    { "admin", CR_RIGHT_CLINICAL_VIEW, FALSE },
  };
  Fixture f;
  fixture_set_up (&f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL, later = NULL;
    GAsyncResult *result = NULL;
    gboolean ran = FALSE, ran_later = FALSE;
    fixture_sign_in (&f, cases[i].login);
    g_assert_cmpint (cr_session_can (f.session, cases[i].right), ==, cases[i].allowed);
    g_assert_cmpint (cr_session_run (f.session, cases[i].right, nothing_job, &ran, &error), ==,
                     cases[i].allowed);
    g_assert_cmpint (ran, ==, cases[i].allowed); /* the job does not even begin */
    cr_session_run_async (f.session, cases[i].right, nothing_job, &ran_later, NULL, fixture_done_cb, &result);
    later = fixture_finish (&result);
    g_assert_cmpint (ran_later, ==, cases[i].allowed);
    g_assert_cmpint (later == NULL, ==, cases[i].allowed);
    if (cases[i].allowed)
      continue;
    g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
    g_assert_nonnull (strstr (error->message, cr_right_description (cases[i].right)));
    g_assert_error (later, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  }
  fixture_tear_down (&f);
}

static void
test_lock (void)
{
  Fixture f;
  Heard heard = { 0 };
  g_autoptr (GError) refused = NULL, wrong = NULL, error = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  listen (f.session, &heard);
  cr_session_lock (f.session);
  g_assert_cmpuint (heard.flushes, ==, 1);
  g_assert_cmpint (heard.at_flush, ==, CR_SESSION_OPEN); /* drafts can still be saved */
  g_assert_cmpuint (heard.forgets, ==, 1);
  g_assert_cmpint (heard.at_forget, ==, CR_SESSION_LOCKED);
  g_assert_cmpstr (cr_session_get_locked_login (f.session), ==, "frontdesk");
  g_assert_null (cr_session_get_user (f.session));
  cr_session_run (f.session, CR_RIGHT_SCHEDULE_VIEW, nothing_job, NULL, &refused);
  g_assert_error (refused, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  cr_session_lock (f.session); /* once is enough */
  g_assert_cmpuint (heard.forgets, ==, 1);

  GAsyncResult *result = NULL;
  cr_session_unlock_async (f.session, "frontdesk", "other words than those", fixture_done_cb, &result);
  wrong = fixture_finish (&result);
  g_assert_error (wrong, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  g_assert_cmpint (cr_session_get_state (f.session), ==, CR_SESSION_LOCKED);
  cr_session_unlock_async (f.session, "frontdesk", FIXTURE_PASSWORD, fixture_done_cb, &result);
  error = fixture_finish (&result);
  g_assert_no_error (error);
  g_assert_cmpstr (cr_session_get_person (f.session)->login, ==, "frontdesk");
  g_assert_null (cr_session_get_locked_login (f.session));
  g_signal_handlers_disconnect_by_data (f.session, &heard);
  g_free (heard.last_kind);
  fixture_tear_down (&f);
}

static GError *
set_pin (Fixture *f, const char *pin)
{
  GAsyncResult *result = NULL;
  cr_session_set_pin_async (f->session, pin, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static void
test_pin (void)
{
  Fixture f;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  g_assert_false (cr_session_has_pin (f.session));
  g_autoptr (GError) weak = set_pin (&f, "1234");
  g_assert_error (weak, CR_ERROR, CR_ERROR_INVALID);
  g_assert_no_error (set_pin (&f, "40718"));
  g_assert_true (cr_session_has_pin (f.session));
  cr_session_lock (f.session);
  g_assert_false (cr_session_has_pin (f.session));
  GAsyncResult *result = NULL;
  cr_session_unlock_async (f.session, "frontdesk", "40718", fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  g_assert_true (cr_session_has_pin (f.session));
  cr_session_lock (f.session);
  cr_session_unlock_async (f.session, "chen", "40718", fixture_done_cb,
                           &result); /* another person's is nothing */
  g_autoptr (GError) other = fixture_finish (&result);
  g_assert_error (other, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  cr_session_unlock_async (f.session, "frontdesk", FIXTURE_PASSWORD, fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  g_assert_no_error (set_pin (&f, NULL));
  g_assert_false (cr_session_has_pin (f.session));
  fixture_tear_down (&f);
}

/* What was asked before the lock is not told to whoever sits there afterwards. */
static void
test_lock_withholds (void)
{
  Fixture f;
  gboolean ran = FALSE;
  GAsyncResult *result = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "okafor");
  cr_session_run_async (f.session, CR_RIGHT_CLINICAL_VIEW, nothing_job, &ran, NULL, fixture_done_cb, &result);
  fixture_sign_in (&f, "frontdesk");
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_error (error, CR_ERROR, CR_ERROR_CANCELLED);
  g_assert_true (ran);
  fixture_tear_down (&f);
}

static gboolean
forget_soon_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPractice) practice = cr_practice_load (tx, error);
  if (practice == NULL)
    return FALSE;
  practice->forget_minutes = 30;
  return cr_tx_save (tx, &CR_PRACTICE, practice, error);
}

static gboolean
is_closed (gpointer session)
{
  return cr_session_get_state (session) == CR_SESSION_CLOSED;
}

static gboolean
forgets_soon (gpointer session)
{
  return cr_session_get_practice (session)->forget_minutes == 30;
}

/* Locked for long: the practice is closed, and only a password opens it. */
static void
test_forget_keys (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL, gone = NULL;
  g_autofree char *folder = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "admin");
  folder = g_strdup (cr_session_get_folder (f.session));
  cr_session_run (f.session, CR_RIGHT_ADMIN, forget_soon_job, NULL, &error);
  g_assert_no_error (error);
  fixture_wait_until (forgets_soon, f.session);
  g_assert_no_error (set_pin (&f, "40718"));
  cr_session_lock (f.session);
  cr_clock_advance (f.clock, 29 * 60 * G_USEC_PER_SEC);
  g_assert_cmpint (cr_session_get_state (f.session), ==, CR_SESSION_LOCKED);
  cr_clock_advance (f.clock, 60 * G_USEC_PER_SEC);
  fixture_wait_until (is_closed, f.session);
  g_assert_null (cr_session_get_folder (f.session));
  cr_session_open (f.session, folder, "admin", "40718", &gone);
  g_assert_error (gone, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  cr_session_open (f.session, folder, "admin", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  fixture_tear_down (&f);
}

static void
test_second_person (void)
{
  Fixture f;
  fixture_set_up (&f);
  fixture_sign_in (&f, "okafor");
  CrStoreUser *parked = cr_session_get_user (f.session);
  cr_session_set_preference (f.session, "density", "compact");
  fixture_sign_in (&f, "frontdesk");
  g_assert_false (cr_session_can (f.session, CR_RIGHT_CLINICAL_VIEW));
  g_assert_null (cr_session_get_preference (f.session, "density"));
  fixture_sign_in (&f, "okafor");
  g_assert_true (cr_session_get_user (f.session) == parked); /* the same place, not a second one */
  g_assert_true (cr_session_can (f.session, CR_RIGHT_CLINICAL_VIEW));
  g_assert_cmpstr (cr_session_get_preference (f.session, "density"), ==, "compact");
  fixture_tear_down (&f);
}

static void
test_preferences_stay (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "okafor");
  cr_session_set_preference (f.session, "look", "dark");
  cr_session_set_preference (f.session, "text-size", "large");
  cr_session_set_preference (f.session, "text-size", NULL);
  cr_session_close (f.session);
  cr_session_open (f.session, f.folder, "okafor", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cr_session_get_preference (f.session, "look"), ==, "dark");
  g_assert_null (cr_session_get_preference (f.session, "text-size"));
  fixture_tear_down (&f);
}

static void
test_idle (void)
{
  Fixture f;
  fixture_set_up (&f);
  cr_session_touch (f.session);
  g_assert_cmpuint (cr_session_idle_seconds_left (f.session), >, 295);
  cr_clock_advance (f.clock, 4 * 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (cr_session_idle_seconds_left (f.session), <=, 60);
  cr_session_touch (f.session);
  g_assert_cmpuint (cr_session_idle_seconds_left (f.session), >, 295);
  cr_clock_advance (f.clock, 5 * 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (cr_session_idle_seconds_left (f.session), ==, 0);
  while (cr_session_get_state (f.session) != CR_SESSION_LOCKED)
    g_main_context_iteration (NULL, TRUE);
  fixture_tear_down (&f);
}

static gboolean
has_three_rooms (gpointer session)
{
  return g_list_model_get_n_items (cr_session_get_rooms (session)) == 3;
}

static void
test_lists (void)
{
  Fixture f;
  Heard heard = { 0 };
  GAsyncResult *result = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "admin");
  g_autoptr (CrRow) first = g_list_model_get_item (cr_session_get_people (f.session), 0);
  g_assert_cmpstr (((const CrPerson *)cr_row_peek (first))->login, ==, "okafor"); /* schedulable first */
  g_assert_cmpuint (g_list_model_get_n_items (cr_session_get_visit_types (f.session)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (cr_session_get_rooms (f.session)), ==, 2);
  fixture_spin (); /* notices of what the fixture stored */
  listen (f.session, &heard);
  cr_session_run_async (f.session, CR_RIGHT_ADMIN, add_room_job, NULL, NULL, fixture_done_cb, &result);
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_no_error (error);
  fixture_wait_until (has_three_rooms, f.session);
  g_assert_cmpuint (heard.changes, ==, 1);
  g_assert_cmpstr (heard.last_kind, ==, "room");
  g_autoptr (CrRow) same = g_list_model_get_item (cr_session_get_people (f.session), 0);
  g_assert_true (same == first);
  g_signal_handlers_disconnect_by_data (f.session, &heard);
  g_free (heard.last_kind);
  fixture_tear_down (&f);
}

static void
test_password_is_judged (void)
{
  g_assert_nonnull (cr_session_password_weakness ("short"));
  g_assert_null (cr_session_password_weakness (FIXTURE_PASSWORD));
  g_assert_cmpuint (cr_session_password_strength (FIXTURE_PASSWORD), >,
                    cr_session_password_strength ("short"));
}

static gboolean
count_prints_job (CrTx *tx, gpointer data, GError **error)
{
  CrAuditQuery query = { .actions = { "print" }, .limit = 10 };
  GPtrArray **entries = data;
  *entries = cr_audit_list (tx, &query, error);
  return *entries != NULL;
}

static void
test_audit_paper (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  cr_session_audit_paper (f.session, "print", "day-sheet", CR_ID_NONE, f.garcia, 3);
  cr_session_close (f.session); /* even when nobody waits for it */
  cr_session_open (f.session, f.folder, "admin", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  cr_session_run (f.session, CR_RIGHT_ADMIN, count_prints_job, &entries, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
  const CrAuditEntry *entry = entries->pdata[0];
  g_assert_cmpint (entry->patient_id, ==, f.garcia);
  g_assert_cmpint (entry->person_id, ==, f.frontdesk);
  g_assert_nonnull (strstr (entry->detail, "3 pages"));
  fixture_tear_down (&f);
}

typedef struct {
  gboolean inside, leave;
} Hold;

/* Another program's job: it keeps the writer's lock until it is told to leave. */
static gboolean
hold_job (CrTx *tx, gpointer data, GError **error)
{
  Hold *hold = data;
  g_atomic_int_set (&hold->inside, TRUE);
  while (!g_atomic_int_get (&hold->leave))
    g_usleep (1000);
  return TRUE;
}

static gboolean
is_inside (gpointer hold)
{
  return g_atomic_int_get (&((Hold *)hold)->inside);
}

static gboolean
is_waiting (gpointer session)
{
  gboolean waiting;
  g_object_get (session, "waiting", &waiting, NULL);
  return waiting;
}

static gboolean
is_not_waiting (gpointer session)
{
  return !is_waiting (session);
}

/* Another program writes for a while: that one waits is told, and then what was asked is done. */
static void
test_waits_for_others (void)
{
  Fixture f;
  Hold hold = { FALSE, FALSE };
  CrStoreUser *user = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  CrStore *beside = cr_store_open (f.folder, "admin", FIXTURE_PASSWORD, f.clock, "beside", &user, &error);
  g_assert_no_error (error);
  g_assert_false (is_waiting (f.session));
  cr_store_run_async (beside, user, hold_job, &hold, NULL, NULL, NULL, NULL);
  fixture_wait_until (is_inside, &hold);
  cr_session_run_async (f.session, CR_RIGHT_SCHEDULE_VIEW, nothing_job, NULL, NULL, fixture_done_cb, &result);
  fixture_wait_until (is_waiting, f.session);
  g_assert_null (result);
  g_atomic_int_set (&hold.leave, TRUE);
  g_assert_no_error (fixture_finish (&result));
  fixture_wait_until (is_not_waiting, f.session);
  cr_store_user_unref (user);
  cr_store_close (beside);
  cr_store_unref (beside);
  fixture_tear_down (&f);
}

/* Also from the lock, where somebody else has changed the keys: a sentence, and a new sign-in that works. */
static void
test_keys_changed (void)
{
  char *code = cr_store_new_code (NULL);
  CrRotation rotation = { .reason = "somebody left", .code = code };
  for (gboolean locked = FALSE; locked <= TRUE; locked++) {
    Fixture f;
    g_autoptr (GError) error = NULL;
    g_auto (CrRotated) rotated = { 0 };
    CrStoreUser *user = NULL;
    fixture_set_up (&f);
    fixture_sign_in (&f, "nurse");
    if (locked)
      cr_session_lock (f.session);
    CrStore *beside = cr_store_open (f.folder, "admin", FIXTURE_PASSWORD, f.clock, "beside", &user, &error);
    g_assert_no_error (error);
    g_assert_true (cr_store_rotate (beside, user, &rotation, &rotated, &error));
    g_assert_no_error (error);
    cr_store_user_unref (user);
    cr_store_close (beside);
    cr_store_unref (beside);
    fixture_wait_until (is_closed, f.session);
    g_autofree char *warning = get_text (f.session, "warning");
    g_assert_cmpstr (warning, ==,
                     "The keys of this practice were changed. Sign in with your usual password; "
                     "your drafts are kept.");
    g_assert_false (cr_session_unlock (f.session, "nurse", FIXTURE_PASSWORD, &error)); /* just then */
    g_assert_error (error, CR_ERROR, CR_ERROR_FAILED);
    g_clear_error (&error);
    g_assert_true (cr_session_open (f.session, f.folder, "nurse", FIXTURE_PASSWORD, &error));
    g_assert_no_error (error);
    g_autofree char *after = get_text (f.session, "warning");
    g_assert_null (after);
    fixture_tear_down (&f);
  }
  cr_store_secret_free (code);
}

/* Nobody is sent to themselves. */
static void
test_whom_to_ask (void)
{
  Fixture f;
  g_autoptr (GError) desk = NULL, admin = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  g_assert_false (cr_session_require (f.session, CR_RIGHT_SIGN, &desk));
  g_assert_true (g_str_has_suffix (desk->message, "Ask somebody who may, or an administrator."));
  fixture_sign_in (&f, "admin");
  g_assert_false (cr_session_require (f.session, CR_RIGHT_SIGN, &admin));
  g_assert_error (admin, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_true (g_str_has_suffix (admin->message, "Ask somebody who may."));
  fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/whom-to-ask", test_whom_to_ask);
  g_test_add_func ("/session/create", test_create);
  g_test_add_func ("/session/open-async", test_open_async);
  g_test_add_func ("/session/close-while-opening", test_close_while_opening);
  g_test_add_func ("/session/rights", test_rights);
  g_test_add_func ("/session/lock", test_lock);
  g_test_add_func ("/session/pin", test_pin);
  g_test_add_func ("/session/forget-keys", test_forget_keys);
  g_test_add_func ("/session/waits-for-others", test_waits_for_others);
  g_test_add_func ("/session/lock-withholds", test_lock_withholds);
  g_test_add_func ("/session/second-person", test_second_person);
  g_test_add_func ("/session/preferences-stay", test_preferences_stay);
  g_test_add_func ("/session/idle", test_idle);
  g_test_add_func ("/session/lists", test_lists);
  g_test_add_func ("/session/password-is-judged", test_password_is_judged);
  g_test_add_func ("/session/audit-paper", test_audit_paper);
  g_test_add_func ("/session/keys-changed", test_keys_changed);
  return g_test_run ();
}
