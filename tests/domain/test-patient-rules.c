/* Registration fields: hard limits, soft questions, and the form in which they are kept. */
#include "chartroom/domain/patient-rules.h"

#define TODAY CR_DATE (2026, 11, 23)

typedef char *(*Rule) (const char *);

/* A sentence where one is expected, none where not. */
static void
expect (const char *typed, char *sentence, gboolean said)
{
  g_test_message ("%s → %s", typed, sentence);
  g_assert_true ((sentence != NULL) == said);
  g_assert_true (sentence == NULL || g_str_has_suffix (sentence, ".") || g_str_has_suffix (sentence, "?"));
  g_free (sentence);
}

static void
test_names (void)
{
  static const struct {
    const char *name;
    gboolean problem, question;
  } cases[] = {
    { NULL, FALSE, FALSE },
    { "", FALSE, FALSE },
    { "Garcia", FALSE, FALSE },
    { "O'Kon", FALSE, FALSE },
    { "Ng", FALSE, FALSE },
    { "李", FALSE, FALSE },
    { "garcia", FALSE, TRUE },
    { "GARCIA", FALSE, TRUE },
    { "Garcia2", FALSE, TRUE },
    { "X", FALSE, TRUE },
    { "Test", FALSE, TRUE },
    { "Baby Boy", FALSE, TRUE },
    { "Gar\ncia", TRUE, FALSE },
    { "Gar\x01"
      "cia",
      TRUE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    expect (cases[i].name, cr_name_problem (cases[i].name), cases[i].problem);
    if (!cases[i].problem)
      expect (cases[i].name, cr_name_question (cases[i].name), cases[i].question);
  }
  g_autofree char *longest = g_strnfill (100, 'a');
  g_autofree char *longer = g_strnfill (101, 'a');
  expect (longest, cr_name_problem (longest), FALSE);
  expect (longer, cr_name_problem (longer), TRUE);
}

static void
test_proper (void)
{
  static const char *const cases[][2] = {
    { "garcia", "Garcia" },     { "GARCIA-LOPEZ", "Garcia-Lopez" },   { "o'kon", "O'Kon" },
    { "McDonald", "McDonald" }, { "  maria  elena ", "Maria Elena" }, { "", "" },
    { "ÁLVAREZ", "Álvarez" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *proper = cr_name_proper (cases[i][0]);
    g_assert_cmpstr (proper, ==, cases[i][1]);
  }
}

static void
test_birth (void)
{
  static const struct {
    const char *birth;
    gboolean problem, question;
  } cases[] = {
    { "", FALSE, FALSE },          { "1961-03-14", FALSE, FALSE }, { "2026-11-23", FALSE, FALSE },
    { "2026-11-24", TRUE, FALSE }, { "1906-11-24", FALSE, TRUE },  { "1906-11-23", FALSE, TRUE },
    { "1905-11-23", TRUE, FALSE }, { "1905-11-24", FALSE, TRUE },  { "1921-11-22", FALSE, FALSE },
    { "1960-01-01", FALSE, TRUE }, { "1960", FALSE, FALSE },       { "1920-11-23", FALSE, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    CrDate birth;
    g_assert_true (cr_date_from_iso (cases[i].birth, &birth));
    expect (cases[i].birth, cr_birth_problem (birth, TODAY), cases[i].problem);
    if (!cases[i].problem)
      expect (cases[i].birth, cr_birth_question (birth, TODAY), cases[i].question);
  }
}

static void
test_phones (void)
{
  static const struct {
    const char *typed, *normal;
    gboolean question;
  } cases[] = {
    { "503 224 0142", "5032240142", FALSE },
    { "(503) 224-0142", "5032240142", FALSE },
    { "+1 503.224.0142", "5032240142", FALSE },
    { "1-503-224-0142", "5032240142", FALSE },
    { "503-224-0142 ext. 12", "5032240142x12", FALSE },
    { "503-224-0142 x12", "5032240142x12", FALSE },
    { "+49 30 1234567", "+49 30 1234567", FALSE },
    { "503-555-0142", "5035550142", TRUE }, /* 555 */
    { "103-224-0142", "1032240142", TRUE }, /* area code */
    { "503-124-0142", "5031240142", TRUE }, /* exchange */
    { "2222222222", "2222222222", TRUE },
    { "503-224-9999", "5032249999", TRUE }, /* the practice's own */
    { "224-0142", NULL, FALSE },
    { "50322401421", NULL, FALSE },
    { "+49", NULL, FALSE },
    { "call him", NULL, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *normal = cr_phone_normal (cases[i].typed);
    g_assert_cmpstr (normal, ==, cases[i].normal);
    expect (cases[i].typed, cr_phone_problem (cases[i].typed), cases[i].normal == NULL);
    expect (cases[i].typed, cr_phone_question (cases[i].typed, "(503) 224-9999"), cases[i].question);
  }
  expect ("", cr_phone_problem (""), FALSE);
  g_assert_null (cr_phone_normal (""));
}

static void
test_email (void)
{
  static const struct {
    const char *email;
    gboolean problem;
    const char *question;
  } cases[] = {
    { "", FALSE, NULL },
    { "ana@example.org", FALSE, NULL },
    { "ana@gmial.com", FALSE, "Use ana@gmail.com?" },
    { "ana", TRUE, NULL },
    { "@example.org", TRUE, NULL },
    { "ana@example", TRUE, NULL },
    { "ana@.org", TRUE, NULL },
    { "ana@example.", TRUE, NULL },
    { "ana@b@example.org", TRUE, NULL },
    { "ana maria@example.org", TRUE, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    expect (cases[i].email, cr_email_problem (cases[i].email), cases[i].problem);
    g_autofree char *question = cr_email_question (cases[i].email);
    g_assert_cmpstr (question, ==, cases[i].question);
  }
}

static void
test_place (void)
{
  static const struct {
    const char *state, *state_normal, *zip, *zip_normal;
    gboolean question;
  } cases[] = {
    { "or", "OR", "97301", "97301", FALSE },
    { "OR", "OR", "973011234", "97301-1234", FALSE },
    { " Or ", "OR", "97301-1234", "97301-1234", FALSE },
    { "WA", "WA", "97301", "97301", TRUE },
    { "NY", "NY", "06390", "06390", FALSE },
    { "MA", "MA", "02139", "02139", FALSE },
    { "VI", "VI", "00801", "00801", FALSE },
    { "XX", NULL, "9730", NULL, FALSE },
    { "north dakota", "ND", "58102", "58102", FALSE },
    { "Ontario", NULL, "97301-12", NULL, FALSE },
    { "", NULL, "97a01", NULL, FALSE },
    { "", NULL, "", NULL, FALSE },
    { "", NULL, "97301", "97301", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *state = cr_state_normal (cases[i].state);
    g_autofree char *zip = cr_zip_normal (cases[i].zip);
    g_assert_cmpstr (state, ==, cases[i].state_normal);
    g_assert_cmpstr (zip, ==, cases[i].zip_normal);
    expect (cases[i].state, cr_state_problem (cases[i].state), state == NULL && *cases[i].state != '\0');
    expect (cases[i].zip, cr_zip_problem (cases[i].zip), zip == NULL && *cases[i].zip != '\0');
    expect (cases[i].zip, cr_zip_question (cases[i].zip, cases[i].state), cases[i].question);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patient-rules/names", test_names);
  g_test_add_func ("/patient-rules/proper", test_proper);
  g_test_add_func ("/patient-rules/birth", test_birth);
  g_test_add_func ("/patient-rules/phones", test_phones);
  g_test_add_func ("/patient-rules/email", test_email);
  g_test_add_func ("/patient-rules/place", test_place);
  return g_test_run ();
}
