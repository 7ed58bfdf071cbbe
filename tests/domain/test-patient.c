/* Names, birth, sex, numbers, address, search words (UX 4.1–4.4, 4.11). */
#include "chartroom/domain/patient.h"
#include "expect.h"

static const struct {
  const char *family, *given, *middle, *suffix, *preferred, *mrn;
  const char *display, *list, *brief, *legal, *letter, *hidden;
} NAMES[] = {
  { "Garcia", "Maria", "Elena", NULL, "Malena", "004217", "GARCIA, Maria Elena", "GARCIA, Maria \"Malena\"",
    "GARCIA, M.", "Maria Elena GARCIA (goes by Malena)", "Malena Garcia", "G. M. ··17" },
  { NULL, "Suharto", NULL, NULL, NULL, "000009", "SUHARTO", "SUHARTO", "SUHARTO", "Suharto", "Suharto",
    "S. ··09" },
  { "Smith", NULL, NULL, NULL, NULL, "000010", "SMITH, (no given name)", "SMITH, (no given name)", "SMITH",
    "(no given name) SMITH", "Smith", "S. ··10" },
  { "Lee", "Baby Boy A", NULL, NULL, NULL, NULL, "LEE, Baby Boy A", "LEE, Baby Boy A", "LEE, B.",
    "Baby Boy A LEE", "Baby Boy A Lee", "L. B." },
  { "McKay", "Örn", NULL, "Jr.", "Örn", "7", "MCKAY, Örn Jr.", "MCKAY, Örn", "MCKAY, Ö.", "Örn MCKAY Jr.",
    "Örn McKay", "M. Ö. ··7" },
  { "de la Cruz", "Ana", NULL, NULL, NULL, "123456", "DE LA CRUZ, Ana", "DE LA CRUZ, Ana", "DE LA CRUZ, A.",
    "Ana DE LA CRUZ", "Ana de la Cruz", "D. A. ··56" },
  { "Groß", "Uwe", NULL, NULL, NULL, "123456", "GROSS, Uwe", "GROSS, Uwe", "GROSS, U.", "Uwe GROSS",
    "Uwe Groß", "G. U. ··56" },
  { NULL, NULL, NULL, NULL, NULL, NULL, "(no name)", "(no name)", "(no name)", "(no name)", "(no name)", "" },
};

static CrPatient *
patient_named (guint i)
{
  CrPatient *p = cr_patient_new ();
  p->family = g_strdup (NAMES[i].family);
  p->given = g_strdup (NAMES[i].given);
  p->middle = g_strdup (NAMES[i].middle);
  p->suffix = g_strdup (NAMES[i].suffix);
  p->preferred = g_strdup (NAMES[i].preferred);
  p->mrn = g_strdup (NAMES[i].mrn);
  return p;
}

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autoptr (CrPatient) p = patient_named (i);
    expect_text (cr_patient_name_display (p), NAMES[i].display);
    expect_text (cr_patient_name_list (p), NAMES[i].list);
    expect_text (cr_patient_name_short (p), NAMES[i].brief);
    expect_text (cr_patient_name_legal (p), NAMES[i].legal);
    expect_text (cr_patient_name_letter (p), NAMES[i].letter);
    expect_text (cr_patient_name_private (p), NAMES[i].hidden);
  }
}

static void
test_colleague_and_former (void)
{
  g_autoptr (CrPatient) p = patient_named (0);
  expect_text (cr_patient_name_colleague (p), "Maria Elena Garcia");
  p->birth_date = CR_DATE (1961, 3, 14);
  expect_text (cr_patient_name_colleague (p), "Maria Elena Garcia (Mar 14, 1961)");

  g_autoptr (CrPatientName) former = cr_patient_name_new ();
  former->family = g_strdup ("Lopez");
  expect_text (cr_patient_former_name (former), "formerly LOPEZ");
  former->given = g_strdup ("Maria");
  expect_text (cr_patient_former_name (former), "formerly LOPEZ, Maria");
}

static void
test_born (void)
{
  static const struct {
    CrDate birth, death;
    const char *born, *died;
  } cases[] = {
    { { 1961, 3, 14 }, { 0 }, "Mar 14, 1961 (65 y)", NULL },
    { { 2022, 10, 19 }, { 0 }, "Oct 19, 2022 (4 y 1 mo)", NULL },
    { { 1961, 0, 0 }, { 0 }, "1961 (about 65 y)", NULL },
    { { 0 }, { 0 }, "Not recorded", NULL },
    { { 1940, 1, 2 },
      { 2026, 3, 2 },
      "Jan 02, 1940 · Died Mar 02, 2026 · Age at death 86 y",
      "Died Mar 02, 2026 · Age at death 86 y" },
    { { 0 }, { 2026, 3, 2 }, "Not recorded · Died Mar 02, 2026", "Died Mar 02, 2026" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrPatient) p = cr_patient_new ();
    p->birth_date = cases[i].birth;
    p->death_date = cases[i].death;
    expect_text (cr_patient_born (p, CR_DATE (2026, 11, 23)), cases[i].born);
    expect_text (cr_patient_died (p), cases[i].died);
  }
}

static void
test_sex (void)
{
  static const char *const words[] = { "Unknown", "Female", "Male", "Intersex" };
  static const char *const letters[] = { "U", "F", "M", "X" };
  for (int sex = CR_SEX_UNKNOWN; sex <= CR_SEX_INTERSEX; sex++) {
    g_assert_cmpstr (cr_sex_word (sex), ==, words[sex]);
    g_assert_cmpstr (cr_sex_letter (sex), ==, letters[sex]);
  }
}

static void
test_phones (void)
{
  static const struct {
    const char *typed, *full, *tail;
  } cases[] = {
    { "5035550142", "503-555-0142", "··0142" },
    { "15035550142", "503-555-0142", "··0142" },
    { "+1 (503) 555-0142", "503-555-0142", "··0142" },
    { "5035550142x12", "503-555-0142 ext. 12", "··0142" },
    { "503 555 0142 ext. 7", "503-555-0142 ext. 7", "··0142" },
    { "+44 20 7946 0018", "+44 20 7946 0018", "··0018" },
    { "+49 30 123456", "+49 30 123456", "··3456" },
    { "911", "911", "··911" },
    { "", "Not recorded", "Not recorded" },
    { NULL, "Not recorded", "Not recorded" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    expect_text (cr_phone_format (cases[i].typed), cases[i].full);
    expect_text (cr_phone_tail (cases[i].typed), cases[i].tail);
  }
}

static void
test_address (void)
{
  static const struct {
    const char *address, *city, *state, *zip, *line;
  } cases[] = {
    { "12 Elm St", "Salem", "OR", "97301", "12 Elm St, Salem OR 97301" },
    { "12 Elm St", "Salem", "OR", "973011234", "12 Elm St, Salem OR 97301-1234" },
    { NULL, "Salem", "OR", NULL, "Salem OR" },
    { "12 Elm St", NULL, NULL, NULL, "12 Elm St" },
    { "12 Elm St", "", "", "", "12 Elm St" },
    { NULL, NULL, NULL, NULL, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrPatient) p = cr_patient_new ();
    p->address = g_strdup (cases[i].address);
    p->city = g_strdup (cases[i].city);
    p->state = g_strdup (cases[i].state);
    p->zip = g_strdup (cases[i].zip);
    expect_text (cr_patient_address (p), cases[i].line);
  }
}

static void
test_index (void)
{
  static const struct {
    const char *family, *given, *preferred, *search;
  } cases[] = {
    { "García-López", "María Elena", "Malena", "garcialopez garcia lopez maria elena malena" },
    { "O’Brien", "Ann", "Ann", "obrien ann" },
    { NULL, "Suharto", NULL, "suharto" },
    { NULL, NULL, NULL, "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrPatient) p = cr_patient_new ();
    p->family = g_strdup (cases[i].family);
    p->given = g_strdup (cases[i].given);
    p->preferred = g_strdup (cases[i].preferred);
    cr_patient_index (p);
    cr_patient_index (p); /* again: the same, nothing leaks */
    g_assert_cmpstr (p->search, ==, cases[i].search);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patient/names", test_names);
  g_test_add_func ("/patient/colleague-and-former", test_colleague_and_former);
  g_test_add_func ("/patient/born", test_born);
  g_test_add_func ("/patient/sex", test_sex);
  g_test_add_func ("/patient/phones", test_phones);
  g_test_add_func ("/patient/address", test_address);
  g_test_add_func ("/patient/index", test_index);
  return g_test_run ();
}
