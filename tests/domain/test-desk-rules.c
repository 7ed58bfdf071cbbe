/* What the desk types: addresses in a line, when to come again; whom one may leave a message or write to. */
#include "chartroom/domain/desk-rules.h"

static void
test_address (void)
{
  static const struct {
    const char *typed, *street, *city, *state, *zip;
  } CASES[] = {
    { "12 Elm St, Salem OR 97301", "12 Elm St", "Salem", "OR", "97301" },
    { "  12 Elm St ,  Salem  or 97301 ", "12 Elm St", "Salem", "OR", "97301" },
    { "12 Elm St, Apt 4, Lake Oswego OR 97034-1234", "12 Elm St, Apt 4", "Lake Oswego", "OR", "97034-1234" },
    { "", NULL, NULL, NULL, NULL },
    { "   ", NULL, NULL, NULL, NULL },
  };
  static const char *const WRONG[] = {
    "12 Elm St",        "12 Elm St, Salem",          "12 Elm St, Salem OR",
    "Salem OR 97301",   "12 Elm St, Salem XX 97301", "12 Elm St, Salem OR 9730",
    ", Salem OR 97301", "12 Elm St, OR 97301",       ","
  };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *street = NULL, *city = NULL, *state = NULL, *zip = NULL, *problem = NULL;
    g_assert_true (cr_address_parse (CASES[i].typed, &street, &city, &state, &zip, &problem));
    g_assert_null (problem);
    g_assert_cmpstr (street, ==, CASES[i].street);
    g_assert_cmpstr (city, ==, CASES[i].city);
    g_assert_cmpstr (state, ==, CASES[i].state);
    g_assert_cmpstr (zip, ==, CASES[i].zip);
  }
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    g_autofree char *street = NULL, *city = NULL, *state = NULL, *zip = NULL, *problem = NULL;
    g_test_message ("%s", WRONG[i]);
    g_assert_false (cr_address_parse (WRONG[i], &street, &city, &state, &zip, &problem));
    g_assert_nonnull (problem);
    g_assert_null (street);
    g_assert_null (zip);
  }
}

static void
test_return (void)
{
  static const struct {
    const char *typed;
    gint64 n;
    const char *unit, *note, *words;
  } CASES[] = {
    { "3m", 3, "months", NULL, "3 months" },
    { "3m BP", 3, "months", "BP", "3 months – BP" },
    { "+3m", 3, "months", NULL, "3 months" },
    { "3 months – BP", 3, "months", "BP", "3 months – BP" },
    { "3 months - BP, labs", 3, "months", "BP, labs", "3 months – BP, labs" },
    { "1 week", 1, "weeks", NULL, "1 week" },
    { "2wk, wound", 2, "weeks", "wound", "2 weeks – wound" },
    { "10D stitches", 10, "days", "stitches", "10 days – stitches" },
    { "1 day", 1, "days", NULL, "1 day" },
    { "6 mo", 6, "months", NULL, "6 months" },
    { "", CR_INT_NONE, NULL, NULL, "" },
  };
  static const char *const WRONG[] = { "soon", "3",   "3x",        "m",
                                       "0m",   "-3m", "3 minutes", "99999999999999999999m",
                                       "1000d" };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_auto (CrReturn) out = { 0 };
    g_autofree char *problem = NULL, *words = NULL;
    g_test_message ("%s", CASES[i].typed);
    g_assert_true (cr_return_parse (CASES[i].typed, &out, &problem));
    g_assert_cmpint (out.n, ==, CASES[i].n);
    g_assert_cmpstr (out.unit, ==, CASES[i].unit);
    g_assert_cmpstr (out.note, ==, CASES[i].note);
    words = cr_return_format (out.n, out.unit, out.note);
    g_assert_cmpstr (words, ==, CASES[i].words);
    /* What is shown can be typed. */
    g_auto (CrReturn) again = { 0 };
    g_autofree char *again_problem = NULL;
    g_assert_true (cr_return_parse (words, &again, &again_problem));
    g_assert_cmpint (again.n, ==, out.n);
    g_assert_cmpstr (again.note, ==, out.note);
  }
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    g_auto (CrReturn) out = { 0 };
    g_autofree char *problem = NULL;
    g_test_message ("%s", WRONG[i]);
    g_assert_false (cr_return_parse (WRONG[i], &out, &problem));
    g_assert_nonnull (problem);
  }
}

static void
assert_date (CrDate got, CrDate wanted)
{
  g_assert_cmpint (cr_date_compare (got, wanted), ==, 0);
}

static void
test_return_date (void)
{
  assert_date (cr_return_date (3, "months", CR_DATE (2026, 11, 23)), CR_DATE (2027, 2, 23));
  assert_date (cr_return_date (3, "months", CR_DATE (2026, 11, 30)), CR_DATE (2027, 2, 28));
  assert_date (cr_return_date (2, "weeks", CR_DATE (2026, 12, 24)), CR_DATE (2027, 1, 7));
  assert_date (cr_return_date (10, "days", CR_DATE (2028, 2, 20)), CR_DATE (2028, 3, 1));
  assert_date (cr_return_date (CR_INT_NONE, NULL, CR_DATE (2026, 11, 23)), CR_DATE_NONE);
}

static void
test_contact (void)
{
  g_autoptr (CrPatient) patient = cr_patient_new ();
  g_assert_null (cr_outcome_problem (CR_OUTCOME_LEFT_MESSAGE, patient, NULL));
  g_assert_nonnull (cr_letter_problem (patient, NULL)); /* no address */
  patient->address = g_strdup ("12 Elm St");
  g_assert_null (cr_letter_problem (patient, NULL));
  patient->no_voice_mail = 1;
  g_assert_nonnull (cr_outcome_problem (CR_OUTCOME_LEFT_MESSAGE, patient, NULL));
  g_assert_null (cr_outcome_problem (CR_OUTCOME_NO_ANSWER, patient, NULL));
  g_assert_null (cr_letter_problem (patient, NULL));
  patient->no_voice_mail = 0;
  patient->contact_preference = g_strdup ("No Voice-Mail please; no mail");
  g_assert_nonnull (cr_outcome_problem (CR_OUTCOME_LEFT_MESSAGE, patient, NULL));
  g_assert_nonnull (cr_letter_problem (patient, NULL));
  g_free (patient->contact_preference);
  patient->contact_preference = g_strdup ("Mornings");
  g_assert_null (cr_outcome_problem (CR_OUTCOME_LEFT_MESSAGE, patient, NULL));
  patient->death_date = CR_DATE (2026, 3, 2);
  g_assert_nonnull (cr_letter_problem (patient, NULL));
}

static void
assert_limits (const CrPatient *patient, const char *expected)
{
  g_autofree char *limits = cr_patient_contact_words (patient);
  g_assert_cmpstr (limits, ==, expected);
}

static void
test_limits (void)
{
  g_autoptr (CrPatient) patient = cr_patient_new ();
  assert_limits (patient, NULL);
  patient->contact_preference = g_strdup ("Mornings; do not leave message");
  assert_limits (patient, "⊘ no voice mail");
  patient->no_mail = patient->no_text = 1;
  assert_limits (patient, "⊘ no voice mail  ⊘ no mail  ⊘ no text messages");
  g_assert_true (cr_note_no_voice_mail ("No voicemail; ask for Ana"));
  g_assert_false (cr_note_no_voice_mail (NULL));
  g_assert_true (cr_still_holds (CR_DATE_NONE, CR_DATE (2026, 11, 23)));
  g_assert_true (cr_still_holds (CR_DATE (2026, 11, 24), CR_DATE (2026, 11, 23)));
  g_assert_false (cr_still_holds (CR_DATE (2026, 11, 23), CR_DATE (2026, 11, 23)));
}

static void
test_words (void)
{
  for (guint i = 0; i < CR_N_OUTCOMES; i++)
    g_assert_cmpstr (cr_outcome_word (CR_OUTCOME_CODES[i]), !=, CR_OUTCOME_CODES[i]);
  g_assert_cmpstr (cr_outcome_word ("spoke to his aunt"), ==, "spoke to his aunt");
}

/* A day that is past, or put off beyond it, is asked about; only a waking in the past makes no sense. */
static void
test_task_days (void)
{
  static const CrDate TODAY = { 2026, 11, 23 }, BEFORE = { 2026, 11, 20 }, SOON = { 2026, 11, 30 },
                      LATER = { 2026, 12, 7 };
  g_autoptr (CrTask) task = cr_task_new ();
  g_assert_null (cr_task_due_question (task, TODAY));
  g_assert_null (cr_task_snooze_question (task));
  g_assert_null (cr_task_snooze_problem (task, TODAY));
  task->due_on = BEFORE;
  g_assert_nonnull (cr_task_due_question (task, TODAY));
  task->due_on = TODAY;
  g_assert_null (cr_task_due_question (task, TODAY));
  task->due_on = task->snoozed_until = SOON;
  g_assert_null (cr_task_snooze_question (task));
  task->snoozed_until = LATER;
  g_assert_nonnull (cr_task_snooze_question (task));
  g_assert_null (cr_task_snooze_problem (task, TODAY));
  task->snoozed_until = BEFORE;
  g_assert_nonnull (cr_task_snooze_problem (task, TODAY));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/address", test_address);
  g_test_add_func ("/desk/return", test_return);
  g_test_add_func ("/desk/return-date", test_return_date);
  g_test_add_func ("/desk/limits", test_limits);
  g_test_add_func ("/desk/contact", test_contact);
  g_test_add_func ("/desk/words", test_words);
  g_test_add_func ("/desk/task-days", test_task_days);
  return g_test_run ();
}
