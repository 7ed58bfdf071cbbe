/* Roles and rights (UX 1.7), names of staff, registration numbers (UX 7.3). */
#include "chartroom/domain/person.h"
#include "expect.h"

/* One line per role, one letter per right in the order of CrRight. */
static const struct {
  CrRoles role;
  const char *rights;
} RIGHTS[] = {
  { CR_ROLE_FRONT_DESK, "yyy---------" }, { CR_ROLE_CLINICAL, "yyyyyy--yy--" },
  { CR_ROLE_DOCTOR, "yyyyyyyyyy--" },     { CR_ROLE_REFERRAL, "y--y---yy---" },
  { CR_ROLE_ADMIN, "yyy-------yy" },
};

static void
test_rights (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (RIGHTS); i++)
    for (guint right = 0; right < CR_N_RIGHTS; right++)
      g_assert_true (cr_roles_allow (RIGHTS[i].role, right) == (RIGHTS[i].rights[right] == 'y'));
  for (guint right = 0; right < CR_N_RIGHTS; right++) {
    g_assert_false (cr_roles_allow (0, right));
    g_assert_false (cr_roles_allow (CR_INT_NONE, right));
    g_assert_cmpstr (cr_right_description (right), !=, "");
  }
  gint64 both = CR_ROLE_FRONT_DESK | CR_ROLE_REFERRAL;
  g_assert_true (cr_roles_allow (both, CR_RIGHT_SCHEDULE_EDIT));
  g_assert_true (cr_roles_allow (both, CR_RIGHT_CLINICAL_VIEW));
  g_assert_false (cr_roles_allow (both, CR_RIGHT_SIGN));
  g_assert_false (cr_roles_allow (both, CR_N_RIGHTS));
}

static void
test_role_words (void)
{
  static const struct {
    const char *typed;
    gint64 roles;
    const char *described;
  } cases[] = {
    { "doctor", CR_ROLE_DOCTOR, "Doctor" },
    { "doctor,admin", CR_ROLE_DOCTOR | CR_ROLE_ADMIN, "Doctor, Admin" },
    { " Front-Desk , admin", CR_ROLE_FRONT_DESK | CR_ROLE_ADMIN, "Front desk, Admin" },
    { "frontdesk", CR_ROLE_FRONT_DESK, "Front desk" },
    { "nurse", CR_ROLE_CLINICAL, "Clinical staff" },
    { "referrals", CR_ROLE_REFERRAL, "Referral staff" },
    { "front_desk", CR_ROLE_FRONT_DESK, "Front desk" },
    { "doctor,king", 0, "No role" },
    { "doctor,", 0, "No role" },
    { "", 0, "No role" },
    { NULL, 0, "No role" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpint (cr_roles_parse (cases[i].typed), ==, cases[i].roles);
    expect_text (cr_roles_describe (cases[i].roles), cases[i].described);
  }
  expect_text (cr_roles_describe (CR_INT_NONE), "No role");
}

static void
test_names (void)
{
  static const struct {
    const char *family, *given, *credentials;
    gint64 roles;
    const char *brief, *formal;
  } cases[] = {
    { "Okafor", "Adaeze", "MD", CR_ROLE_DOCTOR, "Dr. Okafor", "Adaeze Okafor, MD" },
    { "Ortiz", "Jo", NULL, CR_ROLE_FRONT_DESK, "J. Ortiz", "Jo Ortiz" },
    { "Ødegård", "Åse", "RN", CR_ROLE_CLINICAL, "Å. Ødegård", "Åse Ødegård, RN" },
    { "Ortiz", NULL, NULL, CR_ROLE_ADMIN, "Ortiz", "Ortiz" },
    { NULL, "Suharto", NULL, CR_ROLE_DOCTOR, "Suharto", "Suharto" },
    { NULL, NULL, NULL, CR_INT_NONE, "somebody", "somebody" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrPerson) p = cr_person_new ();
    p->login = g_strdup ("somebody");
    p->family = g_strdup (cases[i].family);
    p->given = g_strdup (cases[i].given);
    p->credentials = g_strdup (cases[i].credentials);
    p->roles = cases[i].roles;
    expect_text (cr_person_short (p), cases[i].brief);
    expect_text (cr_person_formal (p), cases[i].formal);
  }
}

static void
test_npi (void)
{
  static const struct {
    const char *npi;
    gboolean good;
  } cases[] = {
    { "1234567893", TRUE },   { NULL, TRUE },          { "", TRUE },
    { "1234567890", FALSE },  { "1234567839", FALSE }, { "123456789", FALSE },
    { "12345678930", FALSE }, { "12345 6789", FALSE }, { "123456789a", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true ((cr_npi_problem (cases[i].npi) == NULL) == cases[i].good);
}

static void
test_dea (void)
{
  static const struct {
    const char *dea, *family;
    gboolean good;
  } cases[] = {
    { "AO1234563", "Okafor", TRUE }, { "ao1234563", "okafor", TRUE },
    { "AÖ1234563", NULL, FALSE },    { "AO1234563", "Ödberg", TRUE },
    { "AO1234563", "Chen", FALSE },  { "AO1234563", NULL, TRUE },
    { "A91234563", "Chen", TRUE },   { "AO1234564", NULL, FALSE },
    { "AO123456", NULL, FALSE },     { "AO12345633", NULL, FALSE },
    { "1O1234563", NULL, FALSE },    { "AO12345x3", NULL, FALSE },
    { NULL, "Chen", TRUE },          { "", "Chen", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true ((cr_dea_problem (cases[i].dea, cases[i].family) == NULL) == cases[i].good);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/person/rights", test_rights);
  g_test_add_func ("/person/role-words", test_role_words);
  g_test_add_func ("/person/names", test_names);
  g_test_add_func ("/person/npi", test_npi);
  g_test_add_func ("/person/dea", test_dea);
  return g_test_run ();
}
