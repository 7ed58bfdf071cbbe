/* Settings of the practice: whoever is signed in knows them, an administrator alone changes them, and nothing
 * that was changed elsewhere is overwritten. */
#include "chartroom/session/practice-settings.h"
#include "session-fixture.h"
#include <string.h>

static const char PNG[] = "\x89PNG\r\n\x1a\n and whatever follows";

typedef struct {
  Fixture base;
  GAsyncResult *result;
} Office;

static void
set_up (Office *o, const char *login)
{
  *o = (Office){ 0 };
  fixture_set_up (&o->base);
  fixture_sign_in (&o->base, login);
  fixture_spin ();
}

static GError *
save (Office *o, const char *key, const char *value)
{
  CrSetting setting = { key, value };
  cr_admin_save_settings_async (o->base.session, &setting, 1, fixture_done_cb, &o->result);
  return fixture_finish (&o->result);
}

static const char *
printer (Office *o)
{
  return cr_session_get_setting (o->base.session, CR_SETTING_PRINTER_CARD);
}

static gboolean
has_printer (gpointer o)
{
  return printer (o) != NULL;
}

static gboolean
elsewhere_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_preference_set (tx, CR_ID_NONE, CR_SETTING_PRINTER_CARD, data, error);
}

static void
test_settings (void)
{
  Office o;
  set_up (&o, "admin");
  g_assert_null (printer (&o));
  g_assert_no_error (save (&o, CR_SETTING_PRINTER_CARD, "Cards"));
  fixture_wait_until (has_printer, &o);
  g_assert_cmpstr (printer (&o), ==, "Cards");
  fixture_sign_in (&o.base, "frontdesk"); /* whoever prints */
  g_assert_cmpstr (printer (&o), ==, "Cards");
  g_autoptr (GError) refused = save (&o, CR_SETTING_PRINTER_CARD, "Other");
  g_assert_error (refused, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  fixture_tear_down (&o.base);
}

static void
test_changed_elsewhere (void)
{
  Office o;
  g_autoptr (GError) error = NULL;
  set_up (&o, "admin");
  cr_session_run (o.base.session, CR_RIGHT_ADMIN, elsewhere_job, (gpointer) "Elsewhere", &error);
  g_assert_no_error (error);
  g_autoptr (GError) refused = save (&o, CR_SETTING_PRINTER_CARD, "Mine"); /* not heard of it yet */
  g_assert_error (refused, CR_ERROR, CR_ERROR_CONFLICT);
  fixture_wait_until (has_printer, &o);
  g_assert_cmpstr (printer (&o), ==, "Elsewhere");
  g_assert_no_error (save (&o, CR_SETTING_PRINTER_CARD, "Mine"));
  fixture_tear_down (&o.base);
}

/* A practice whose set-up was begun knows where it stands, also after it was closed. */
static void
test_set_up_step (void)
{
  Office o;
  g_autoptr (GError) error = NULL;
  g_autofree char *step = NULL;
  set_up (&o, "admin");
  g_autofree char *folder = g_build_filename (o.base.base, "other.practice", NULL);
  g_autoptr (CrPractice) practice = cr_practice_copy (cr_session_get_practice (o.base.session));
  g_autoptr (CrPerson) admin = cr_person_copy (cr_session_get_person (o.base.session));
  g_assert_null (cr_session_get_setting (o.base.session, CR_SETTING_SET_UP));
  practice->id = practice->version = admin->id = admin->version = 0;
  cr_session_close (o.base.session);
  CrSessionSetup setup = { folder, practice, admin, FIXTURE_PASSWORD, TRUE, "people" };
  cr_session_create (o.base.session, &setup, &error);
  g_assert_no_error (error);
  cr_session_close (o.base.session);
  g_assert_null (cr_session_get_setting (o.base.session, CR_SETTING_SET_UP));
  cr_session_open (o.base.session, folder, "admin", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_object_get (o.base.session, "set-up-step", &step, NULL);
  g_assert_cmpstr (step, ==, "people");
  g_assert_no_error (save (&o, CR_SETTING_SET_UP, NULL));
  fixture_tear_down (&o.base);
}

static GError *
save_logo (Office *o, const void *bytes, gsize size)
{
  g_autoptr (GBytes) png = bytes != NULL ? g_bytes_new (bytes, size) : NULL;
  cr_admin_save_logo_async (o->base.session, png, fixture_done_cb, &o->result);
  return fixture_finish (&o->result);
}

static gboolean
has_logo (gpointer o)
{
  return cr_session_get_logo (((Office *)o)->base.session) != NULL;
}

static gboolean
has_none (gpointer o)
{
  return !has_logo (o);
}

static void
test_logo (void)
{
  Office o;
  g_autoptr (GError) error = NULL;
  g_autofree char *big = g_malloc0 (CR_LOGO_MAX_BYTES + 1);
  set_up (&o, "admin");
  g_autoptr (GError) other = save_logo (&o, "GIF89a, which it may not be", 20);
  g_assert_error (other, CR_ERROR, CR_ERROR_INVALID);
  memcpy (big, PNG, 8);
  g_autoptr (GError) large = save_logo (&o, big, CR_LOGO_MAX_BYTES + 1);
  g_assert_error (large, CR_ERROR, CR_ERROR_INVALID);
  g_assert_true (has_none (&o));
  g_assert_no_error (save_logo (&o, PNG, sizeof PNG));
  fixture_wait_until (has_logo, &o);
  cr_session_close (o.base.session);
  g_assert_true (has_none (&o));
  cr_session_open (o.base.session, o.base.folder, "frontdesk", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (cr_session_get_logo (o.base.session)), ==, sizeof PNG);
  g_autoptr (GError) refused = save_logo (&o, NULL, 0);
  g_assert_error (refused, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  fixture_sign_in (&o.base, "admin");
  g_assert_no_error (save_logo (&o, NULL, 0));
  fixture_wait_until (has_none, &o);
  fixture_tear_down (&o.base);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice-settings/settings", test_settings);
  g_test_add_func ("/practice-settings/changed-elsewhere", test_changed_elsewhere);
  g_test_add_func ("/practice-settings/set-up-step", test_set_up_step);
  g_test_add_func ("/practice-settings/logo", test_logo);
  return g_test_run ();
}
