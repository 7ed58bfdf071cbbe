/* Who may open the practice, and what is written down about it. */
#include "fixture.h"
#include <glib/gstdio.h>
#include <string.h>

#define NURSE_PASSWORD "another invented test phrase"

static CrPerson *
new_nurse (void)
{
  CrPerson *nurse = cr_person_new ();
  nurse->login = g_strdup ("nurse");
  nurse->family = g_strdup ("Example");
  nurse->given = g_strdup ("Nora");
  nurse->roles = CR_ROLE_CLINICAL;
  return nurse;
}

static gboolean
add_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_person_add (tx, data, NURSE_PASSWORD, TRUE, error);
}

static gboolean
add_and_fail_job (CrTx *tx, gpointer data, GError **error)
{
  g_assert_true (add_job (tx, data, error));
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, "The test changed its mind.");
  return FALSE;
}

static gboolean
remove_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_person_remove (tx, data, error);
}

static gboolean
set_password_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_person_set_password (tx, data, "third invented test phrase", error);
}

static gboolean
has_slot (Fixture *fixture, const char *login)
{
  g_auto (GStrv) names = cr_store_login_names (fixture->folder, NULL);
  return g_strv_contains ((const char *const *)names, login);
}

static gint64
count_action (Fixture *fixture, const char *action)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM audit WHERE action = '%s'", action);
  return fixture_number (fixture, sql);
}

static CrStoreUser *
sign_in_nurse (Fixture *fixture, const char *password, int code)
{
  g_autoptr (GError) error = NULL;
  CrStoreUser *user = cr_store_sign_in (fixture->store, "nurse", password, &error);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, CR_ERROR, code);
  g_assert_true ((user != NULL) == (code < 0));
  return user;
}

static void
test_add_and_sign_in (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) nurse = new_nurse ();
  fixture_run (fixture, add_job, nurse);
  g_assert_true (has_slot (fixture, "nurse"));
  g_assert_null (sign_in_nurse (fixture, "wrong invented test phrase", CR_ERROR_WRONG_PASSWORD));
  g_assert_cmpint (count_action (fixture, "sign-in-failed"), ==, 1);
  g_autoptr (CrStoreUser) user = sign_in_nurse (fixture, NURSE_PASSWORD, -1);
  g_assert_cmpint (cr_store_user_person (user)->id, ==, nurse->id);
  /* The first sign-in brings the signing key into the row. */
  g_assert_cmpuint (strlen (cr_store_user_person (user)->public_key), ==, 64);
  g_assert_cmpint (fixture_number (fixture, "SELECT count (*) FROM person WHERE public_key IS NOT NULL"), ==,
                   2);
  g_assert_true (cr_store_unlock (fixture->store, &user, NURSE_PASSWORD, NULL));
  g_assert_false (cr_store_unlock (fixture->store, &user, FIXTURE_PASSWORD, NULL));
  cr_store_sign_out (fixture->store, user);
  cr_store_close (fixture->store);
  g_assert_cmpint (count_action (fixture, "sign-in"), ==, 2);
  g_assert_cmpint (count_action (fixture, "unlock"), ==, 1);
  g_assert_cmpint (count_action (fixture, "unlock-failed"), ==, 1);
  g_assert_cmpint (count_action (fixture, "sign-out"), ==, 1);
}

/* What was typed as a name may be a password: only known names are written down. */
static void
test_unknown_name_is_not_kept (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_assert_null (cr_store_sign_in (fixture->store, "my secret phrase", "x", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  g_assert_cmpint (
      fixture_number (fixture,
                      "SELECT count (*) FROM audit WHERE detail = 'unknown name' AND person_id IS NULL"),
      ==, 1);
}

static void
test_failed_addition_takes_slot_back (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) nurse = new_nurse ();
  fixture_run_refused (fixture, add_and_fail_job, nurse, CR_ERROR_INVALID);
  g_assert_false (has_slot (fixture, "nurse"));
  g_assert_cmpint (fixture_number (fixture, "SELECT count (*) FROM person"), ==, 1);
}

/* The name is taken: the other person's slot stays as it is. */
static void
test_name_taken (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) nurse = new_nurse ();
  g_free (nurse->login);
  nurse->login = g_strdup (FIXTURE_LOGIN);
  fixture_run_refused (fixture, add_job, nurse, CR_ERROR_CONFLICT);
  fixture_reopen (fixture);
  g_assert_cmpstr (cr_store_user_person (fixture->user)->family, ==, "Invented");
}

static void
test_remove (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) nurse = new_nurse ();
  fixture_run (fixture, add_job, nurse);
  g_autoptr (CrStoreUser) user = sign_in_nurse (fixture, NURSE_PASSWORD, -1);
  g_autoptr (CrPerson) row = cr_person_copy (cr_store_user_person (user));
  fixture_run (fixture, remove_job, row);
  g_assert_false (has_slot (fixture, "nurse"));
  g_assert_null (sign_in_nurse (fixture, NURSE_PASSWORD, CR_ERROR_WRONG_PASSWORD));
  g_assert_false (cr_store_unlock (fixture->store, &user, NURSE_PASSWORD, NULL));
}

static gboolean
restore_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_person_restore (tx, data, "another four plain invented words", TRUE, error);
}

static char *
key_of (CrStoreUser *user)
{
  return g_strdup (cr_store_user_person (user)->public_key);
}

/* Who was parked while access was taken and given again signs with the new slot's key, not the ended one. */
static void
test_restored_while_away (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) nurse = new_nurse ();
  g_autoptr (GError) error = NULL;
  fixture_run (fixture, add_job, nurse);
  CrStoreUser *user = sign_in_nurse (fixture, NURSE_PASSWORD, -1), *parked = cr_store_user_ref (user);
  g_autofree char *before = key_of (user);
  g_autoptr (CrPerson) row = cr_person_copy (cr_store_user_person (user));
  fixture_run (fixture, remove_job, row);
  fixture_run (fixture, restore_job, row);
  g_assert_false (cr_store_unlock (fixture->store, &user, NURSE_PASSWORD, NULL));
  g_assert_true (user == parked);
  g_assert_true (cr_store_unlock (fixture->store, &user, "another four plain invented words", &error));
  g_assert_no_error (error);
  g_assert_true (user != parked);
  g_autofree char *after = key_of (user);
  g_assert_cmpstr (after, !=, before);
  g_assert_cmpint (fixture_number (fixture, "SELECT count (*) FROM person_key"), ==, 1); /* the ended one */
  cr_store_user_unref (user);
  cr_store_user_unref (parked);
}

static void
test_last_admin_stays (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) admin = cr_person_copy (cr_store_user_person (fixture->user));
  fixture_run_refused (fixture, remove_job, admin, CR_ERROR_NOT_ALLOWED);
  g_assert_true (has_slot (fixture, FIXTURE_LOGIN));
}

/* A slot whose row says no is refused, with the practice open and from outside. */
static void
test_inactive_row (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) nurse = new_nurse ();
  g_autoptr (GError) error = NULL;
  CrStoreUser *user = NULL;
  fixture_run (fixture, add_job, nurse);
  nurse->active = FALSE;
  fixture_save (fixture, &CR_PERSON, nurse);
  g_assert_null (sign_in_nurse (fixture, NURSE_PASSWORD, CR_ERROR_NOT_ALLOWED));
  fixture_close (fixture);
  g_assert_null (
      cr_store_open (fixture->folder, "nurse", NURSE_PASSWORD, fixture->clock, "test", &user, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_null (user);
  g_assert_cmpint (count_action (fixture, "sign-in-failed"), ==, 2);
}

/* Each program has the key file in hand; neither writes an older one over the other's. */
static void
test_two_programs_share_keys (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) nurse = new_nurse ();
  CrStoreUser *other_user = NULL;
  CrStore *other = fixture_open_beside (fixture, &other_user);
  fixture_run (fixture, add_job, nurse);
  cr_store_user_unref (other_user);
  cr_store_close (other); /* seals the audit head in the key file */
  cr_store_unref (other);
  g_assert_true (has_slot (fixture, "nurse"));
  g_autoptr (CrStoreUser) user G_GNUC_UNUSED = sign_in_nurse (fixture, NURSE_PASSWORD, -1);
  fixture_reopen (fixture);
  g_assert_null (cr_store_warning (fixture->store));
}

/* A new password from an administrator; a new signing key keeps the old one for old signatures. */
static void
test_new_password (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) nurse = new_nurse ();
  fixture_run (fixture, add_job, nurse);
  g_autoptr (CrStoreUser) before = sign_in_nurse (fixture, NURSE_PASSWORD, -1);
  fixture_run (fixture, set_password_job, nurse);
  g_assert_null (sign_in_nurse (fixture, NURSE_PASSWORD, CR_ERROR_WRONG_PASSWORD));
  g_autoptr (CrStoreUser) after = sign_in_nurse (fixture, "third invented test phrase", -1);
  const char *old_key = cr_store_user_person (before)->public_key;
  const char *new_key = cr_store_user_person (after)->public_key;
  gboolean same = g_str_equal (old_key, new_key);
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM person_key WHERE public_key = '%s'"
                                          " AND valid_until IS NOT NULL",
                                          old_key);
  g_assert_cmpint (fixture_number (fixture, sql), ==, same ? 0 : 1);
}

static void
test_clock_set_back (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrClock) earlier = cr_clock_new_fixed (CR_DATE (2026, 11, 23), 8 * 60 + 50, NULL);
  g_assert_null (cr_store_warning (fixture->store));
  fixture_close (fixture);
  cr_clock_unref (fixture->clock);
  fixture->clock = cr_clock_ref (earlier);
  fixture_reopen (fixture);
  g_assert_nonnull (strstr (cr_store_warning (fixture->store), "2026-11-23 09:00"));
  g_assert_cmpint (count_action (fixture, "clock-set-back"), ==, 1);
  for (int again = 2; again <= 4; again++) { /* it is still so, though the last entry is of this clock now */
    fixture_close (fixture);
    fixture_reopen (fixture);
    g_assert_nonnull (strstr (cr_store_warning (fixture->store), "2026-11-23 09:00"));
    g_assert_cmpint (count_action (fixture, "clock-set-back"), ==, again);
  }
  fixture_close (fixture);
  cr_clock_unref (fixture->clock);
  fixture->clock = cr_clock_new_fixed (CR_DATE (2026, 11, 24), 9 * 60, NULL);
  fixture_reopen (fixture);
  g_assert_null (cr_store_warning (fixture->store)); /* set right */
}

static void
test_older_keys (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) nurse = new_nurse ();
  g_autoptr (GError) error = NULL;
  g_autofree char *keys = g_build_filename (fixture->folder, "practice.keys", NULL);
  g_autofree char *old = NULL;
  gsize size = 0;
  CrStoreUser *user = NULL;
  g_assert_true (g_file_get_contents (keys, &old, &size, NULL));
  fixture_run (fixture, add_job, nurse);
  fixture_reopen (fixture);
  fixture_close (fixture);
  g_assert_true (g_file_set_contents (keys, old, (gssize)size, NULL));
  g_assert_null (cr_store_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, fixture->clock, "test",
                                &user, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_KEYS_OLDER);
}

/* A creation that cannot be finished leaves nothing behind. */
static void
test_failed_creation (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPerson) admin = new_nurse ();
  g_autoptr (CrPractice) practice = cr_practice_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_strconcat (fixture->folder, ".second", NULL);
  CrStoreSetup setup = { folder, practice, admin, NURSE_PASSWORD, TRUE };
  CrStoreUser *user = NULL;
  char *code = NULL;
  /* A practice without a name is refused by the schema. */
  g_assert_null (cr_store_create (&setup, fixture->clock, "test", &user, &code, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_null (user);
  g_assert_null (code);
  g_assert_cmpint (admin->version, ==, 0);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/people/add", test_add_and_sign_in);
  g_test_add_func ("/store/people/unknown-name", test_unknown_name_is_not_kept);
  g_test_add_func ("/store/people/failed-addition", test_failed_addition_takes_slot_back);
  g_test_add_func ("/store/people/name-taken", test_name_taken);
  g_test_add_func ("/store/people/remove", test_remove);
  g_test_add_func ("/store/people/restored-while-away", test_restored_while_away);
  g_test_add_func ("/store/people/last-admin", test_last_admin_stays);
  g_test_add_func ("/store/people/inactive", test_inactive_row);
  g_test_add_func ("/store/people/two-programs", test_two_programs_share_keys);
  g_test_add_func ("/store/people/new-password", test_new_password);
  g_test_add_func ("/store/people/clock-set-back", test_clock_set_back);
  g_test_add_func ("/store/people/older-keys", test_older_keys);
  g_test_add_func ("/store/people/failed-creation", test_failed_creation);
  return g_test_run ();
}
