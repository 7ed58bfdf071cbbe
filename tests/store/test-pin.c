/* Coming back by a PIN: on the day, five tries, and never without the open practice. */
#include "fixture.h"
#include <string.h>

#define PIN "4071"
#define ONE_DAY ((gint64)24 * 3600 * G_USEC_PER_SEC)

static void
set_pin (Fixture *f, const char *pin)
{
  g_autoptr (GError) error = NULL;
  cr_store_set_pin (f->store, f->user, pin, &error);
  g_assert_no_error (error);
}

/* The refusal's words; NULL: it went in. */
static void
expect (Fixture *f, const char *typed, const char *words)
{
  g_autoptr (GError) error = NULL;
  gboolean in = cr_store_unlock (f->store, &f->user, typed, &error);
  if (words == NULL) {
    g_assert_no_error (error);
    g_assert_true (in);
    return;
  }
  g_assert_error (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_come_back (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  expect (f, PIN, "You have no PIN");
  set_pin (f, PIN);
  expect (f, PIN, NULL);
  expect (f, "4072", "The PIN is wrong");
  expect (f, FIXTURE_PASSWORD, NULL);
  g_assert_cmpint (fixture_number (f, "SELECT tries FROM pin"), ==, 0);
  g_assert_cmpint (
      fixture_number (f, "SELECT count (*) FROM audit WHERE action = 'unlock' AND detail = 'PIN'"), ==, 1);
  set_pin (f, NULL);
  expect (f, PIN, "You have no PIN");
}

static void
test_five_tries (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  set_pin (f, PIN);
  for (int i = 0; i < 4; i++)
    expect (f, "9182", "Try again");
  expect (f, "9182", "wrong five times");
  expect (f, PIN, "wrong five times"); /* even the right one */
  g_assert_cmpint (fixture_number (f, "SELECT count (*) FROM audit WHERE action = 'unlock-failed'"), ==, 6);
  expect (f, FIXTURE_PASSWORD, NULL);
  expect (f, PIN, NULL);
}

/* A try counts although the program ends before it is answered. */
static void
test_tries_survive (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  set_pin (f, PIN);
  expect (f, "9182", "Try again");
  g_assert_cmpint (fixture_number (f, "SELECT tries FROM pin"), ==, 1);
}

static void
test_next_day (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  set_pin (f, PIN);
  cr_clock_advance (f->clock, ONE_DAY);
  expect (f, PIN, "counts on the day");
  expect (f, FIXTURE_PASSWORD, NULL);
  expect (f, PIN, NULL); /* the password was typed today */
}

static void
test_not_the_door (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  set_pin (f, PIN);
  g_autoptr (CrStoreUser) user =
      cr_store_sign_in (f->store, cr_store_user_person (f->user)->login, PIN, &error);
  g_assert_null (user);
  g_assert_error (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
}

static gboolean
new_password_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, *(CrId *)data, error);
  return person != NULL && cr_person_set_password (tx, person, "third invented test phrase", error);
}

static void
test_goes_with_the_password (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  CrId me = cr_store_user_person (f->user)->id;
  set_pin (f, PIN);
  fixture_run (f, new_password_job, &me);
  expect (f, PIN, "You have no PIN");
}

static void
test_weak (void)
{
  static const char *const WEAK[] = { "123",       "1234", "9876", "0000",    "1212",
                                      "123456789", "12a4", "",     "４０７１" };
  g_autoptr (Fixture) f = fixture_new ();
  for (guint i = 0; i < G_N_ELEMENTS (WEAK); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (cr_store_set_pin (f->store, f->user, WEAK[i], &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  }
  g_assert_cmpint (fixture_number (f, "SELECT count (*) FROM pin"), ==, 0);
}

/* Neither the digits nor their verifier are in the history or the audit. */
static void
test_leaves_no_trace (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  set_pin (f, "40718263");
  g_assert_cmpint (fixture_number (f, "SELECT count (*) FROM pin WHERE verifier LIKE '$argon2id$%'"), ==, 1);
  g_assert_cmpint (
      fixture_number (f, "SELECT count (*) FROM history WHERE after LIKE '%argon2id%' OR after LIKE "
                         "'%40718263%'"),
      ==, 0);
  g_assert_cmpint (fixture_number (f, "SELECT count (*) FROM audit WHERE detail LIKE '%40718263%'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/pin/come-back", test_come_back);
  g_test_add_func ("/store/pin/five-tries", test_five_tries);
  g_test_add_func ("/store/pin/tries-survive", test_tries_survive);
  g_test_add_func ("/store/pin/next-day", test_next_day);
  g_test_add_func ("/store/pin/not-the-door", test_not_the_door);
  g_test_add_func ("/store/pin/goes-with-the-password", test_goes_with_the_password);
  g_test_add_func ("/store/pin/weak", test_weak);
  g_test_add_func ("/store/pin/leaves-no-trace", test_leaves_no_trace);
  return g_test_run ();
}
