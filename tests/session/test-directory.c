/* The directory of recipients. */
#include "chart-fixture.h"
#include "chartroom/session/referral-work.h"

static CrContact *
save_contact (ChartFixture *c, const CrContact *contact, GError **error)
{
  GAsyncResult *result = NULL;
  cr_contact_save_async (c->f.session, contact, fixture_done_cb, &result);
  fixture_wait (&result);
  CrContact *stored = cr_contact_save_finish (result, error);
  g_object_unref (result);
  return stored;
}

/* Doctors and referral staff keep the directory; the front desk does not. */
static void
test_directory (void)
{
  static const char *const MAY[] = { "okafor", "referrals", "nurse" };
  ChartFixture c;
  chart_set_up (&c, "okafor");
  for (guint i = 0; i < G_N_ELEMENTS (MAY); i++) {
    g_autoptr (CrContact) contact = cr_contact_new ();
    g_autoptr (GError) error = NULL;
    fixture_settle (&c.f);
    chart_open_as (&c, MAY[i]);
    contact->kind = g_strdup ("specialist");
    g_assert_null (save_contact (&c, contact, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID); /* no name */
    g_clear_error (&error);
    contact->family = g_strdup ("Quill");
    contact->fax = g_strdup ("12");
    g_assert_null (save_contact (&c, contact, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID); /* no number */
    g_clear_error (&error);
    g_free (contact->fax);
    contact->fax = g_strdup ("(503) 555-0177");
    g_autoptr (CrContact) stored = save_contact (&c, contact, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (stored->fax, ==, "5035550177");
    g_free (stored->organization);
    stored->organization = g_strdup ("Quill Hand Clinic");
    g_autoptr (CrContact) changed = save_contact (&c, stored, &error);
    g_assert_no_error (error);
    g_assert_cmpint (changed->id, ==, stored->id);
    g_assert_cmpint (changed->version, >, stored->version);
  }
  g_autoptr (CrContact) refused = cr_contact_new ();
  g_autoptr (GError) error = NULL;
  fixture_settle (&c.f);
  chart_open_as (&c, "frontdesk");
  refused->family = g_strdup ("Quill");
  g_assert_null (save_contact (&c, refused, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  fixture_settle (&c.f);
  chart_tear_down (&c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/save", test_directory);
  return g_test_run ();
}
