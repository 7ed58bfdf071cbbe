#include "chartroom/domain/appointment.h"
#include "chartroom/domain/identity-rules.h"

static CrPatient
named (CrId id, const char *family, const char *given)
{
  return (CrPatient){ .id = id, .family = (char *)family, .given = (char *)given };
}

static void
test_similar (void)
{
  static const struct {
    const char *family, *given;
    gboolean similar;
  } CASES[] = {
    { "Garcia", "Mariana", TRUE }, { "García", "Miguel", TRUE }, { "Garcia", "Ana", FALSE },
    { "Gartzia", "Mateo", FALSE }, { "Nowak", "Maria", FALSE },  { "Garsia", "Maria", TRUE },
  };
  CrPatient maria = named (1, "Garcia", "Maria");
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    CrPatient other = named (2, CASES[i].family, CASES[i].given);
    g_test_message ("%s, %s", CASES[i].family, CASES[i].given);
    g_assert_cmpint (cr_patients_similar (&maria, &other), ==, CASES[i].similar);
  }
  g_assert_false (cr_patients_similar (&maria, &maria)); /* nobody is taken for herself */
}

static void
test_risk (void)
{
  static const CrIdentityFacts none = { .expected = TRUE };
  static const struct {
    CrIdentityFacts facts;
    const char *word;
  } CASES[] = {
    { { .expected = TRUE, .similar = TRUE }, "*similar name*" },
    { { .expected = TRUE, .switched = TRUE }, "*another chart*" },
    { { .expected = FALSE }, "*no visit today*" },
    { { .expected = TRUE, .controlled = TRUE }, "*controlled*" },
    { { .similar = TRUE }, "*similar name* no visit today*" },
  };
  g_assert_null (cr_identity_risk (&none));
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *text = cr_identity_risk (&CASES[i].facts);
    g_assert_nonnull (text);
    if (!g_pattern_match_simple (CASES[i].word, text))
      g_error ("«%s» is not said by «%s»", CASES[i].word, text);
  }
}

static void
test_answer (void)
{
  CrPatient known = { .birth_date = CR_DATE (1961, 3, 14), .mrn = (char *)"004217" };
  CrPatient unknown = { .mrn = (char *)"004217" };
  g_assert_true (cr_identity_fits (&known, " 1961 "));
  g_assert_false (cr_identity_fits (&known, "61"));
  g_assert_false (cr_identity_fits (&known, ""));
  g_assert_false (cr_identity_fits (&known, "004217"));
  g_assert_true (cr_identity_fits (&unknown, "004217"));
  g_assert_false (cr_identity_fits (&unknown, "0000"));
  g_assert_cmpstr (cr_identity_question (&known), !=, cr_identity_question (&unknown));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/similar", test_similar);
  g_test_add_func ("/identity/risk", test_risk);
  g_test_add_func ("/identity/answer", test_answer);
  return g_test_run ();
}
