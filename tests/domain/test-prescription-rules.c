/* Hard and soft limits of a prescription (UX 7.3). */
#include "chartroom/domain/medication.h"
#include "expect.h"

/* "Take 1 tablet by mouth once daily", 90 tablets, 3 refills: nothing to object to. */
static CrPrescription *
good_prescription (void)
{
  static const char *const fields[][2] = {
    { "display", "amLODIPine 5 mg tablet" },
    { "form", "tablet" },
    { "sig_action", "Take" },
    { "sig_dose", "1" },
    { "sig_unit", "tablet" },
    { "sig_route", "by mouth" },
    { "sig_frequency", "daily" },
    { "quantity", "90" },
    { "quantity_unit", "tablet" },
    { "refills", "3" },
  };
  CrPrescription *rx = cr_prescription_new ();
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_true (cr_field_set_text (cr_record_field (&CR_PRESCRIPTION, fields[i][0]), rx, fields[i][1]));
  return rx;
}

/* Up to four fields that differ from the good one; value "-" makes a field absent. */
typedef struct {
  const char *changes[4][2];
  const char *sentence; /* part of the only one expected; NULL = none */
} Case;

static CrPrescription *
changed_prescription (const Case *c)
{
  CrPrescription *rx = good_prescription ();
  for (guint i = 0; i < G_N_ELEMENTS (c->changes) && c->changes[i][0] != NULL; i++) {
    const char *value = c->changes[i][1];
    const CrField *field = cr_record_field (&CR_PRESCRIPTION, c->changes[i][0]);
    g_assert_true (cr_field_set_text (field, rx, g_str_equal (value, "-") ? NULL : value));
  }
  return rx;
}

static const Case PROBLEMS[] = {
  { { { NULL } }, NULL },
  { { { "display", "-" } }, "Choose the drug" },
  { { { "sig_action", "-" } }, "what to do" },
  { { { "sig_dose", "-" } }, "Enter the dose" },
  { { { "sig_dose", "0" } }, "Enter the dose" },
  { { { "sig_dose", "-1" } }, "Enter the dose" },
  { { { "sig_dose_high", "2" } }, NULL },
  { { { "sig_dose_high", "1.0" } }, "end higher" },
  { { { "sig_unit", "-" } }, "unit of the dose" },
  { { { "sig_route", "-" } }, "route" },
  { { { "sig_frequency", "-" } }, "how often" },
  { { { "sig_frequency", "QD" } }, "not known" },
  { { { "sig_frequency", "q4h" } }, NULL },
  { { { "sig_days", "0" } }, "at least 1 day" },
  { { { "sig_as_needed", "true" } }, "must have a reason" },
  { { { "sig_as_needed", "true" }, { "sig_as_needed_for", "pain" } }, NULL },
  { { { "sig_as_needed", "true" }, { "sig_as_needed_for", "pain" }, { "sig_frequency", "-" } }, NULL },
  { { { "sig_as_needed", "true" }, { "sig_as_needed_for", "pain" }, { "sig_max_per_day", "4" } }, NULL },
  { { { "sig_dose", "2" }, { "sig_max_per_day", "1" } }, "less than one dose" },
  { { { "sig_max_per_day", "0" } }, "less than one dose" },
  { { { "sig_other", "As directed." } }, "“As directed” is not enough" },
  { { { "sig_other", "Take as directed by your doctor" } }, "“As directed” is not enough" },
  { { { "sig_other", "UT DICT" } }, "“As directed” is not enough" },
  { { { "sig_other", "See attached schedule" } }, NULL },
  { { { "sig_other", "1 drop hourly, then as directed" }, { "sig_dose", "-" } }, NULL },
  { { { "quantity", "-" } }, "Enter the quantity" },
  { { { "quantity", "0.0" } }, "Enter the quantity" },
  { { { "quantity_unit", "-" } }, "unit of the quantity" },
  { { { "refills", "-" } }, "0 for none" },
  { { { "refills", "-1" } }, "less than 0" },
  { { { "refills", "11" } }, NULL },
  { { { "refills", "12" } }, "At most 11" },
  { { { "schedule", "II" } }, "schedule II drug cannot have refills" },
  { { { "schedule", "II" }, { "refills", "0" } }, NULL },
  { { { "schedule", "III" }, { "refills", "5" } }, NULL },
  { { { "schedule", "III" }, { "refills", "6" } }, "schedule III drug can have at most 5" },
  { { { "schedule", "IV" }, { "refills", "6" } }, "schedule IV drug can have at most 5" },
  { { { "schedule", "V" }, { "refills", "6" } }, "schedule V drug can have at most 5" },
  { { { "schedule", "I" } }, "cannot be prescribed" },
  { { { "sig_dose", "100" } }, NULL },
  { { { "sig_dose", "99999" } }, "A single dose can be at most 100 tablets." },
  { { { "sig_dose_high", "101" } }, "A single dose can be at most 100 tablets." },
  { { { "sig_unit", "mL" }, { "sig_dose", "4000" } }, NULL }, /* bowel preparation */
  { { { "sig_unit", "mL" }, { "sig_dose", "5001" } }, "at most 5,000 mL" },
  { { { "sig_unit", "unit" }, { "sig_dose", "2400000" } }, NULL },
  { { { "sig_unit", "unit" }, { "sig_dose", "10000001" } }, "at most 10,000,000 units" },
  { { { "quantity", "10000" } }, NULL },
  { { { "quantity", "999999999999" } }, "The quantity can be at most 10,000." },
  { { { "sig_days", "730" } }, NULL },
  { { { "sig_days", "731" } }, "The duration can be at most 730 days." },
};

static const Case QUESTIONS[] = {
  { { { NULL } }, NULL },
  { { { "sig_days", "90" } }, NULL },
  { { { "sig_days", "82" } }, NULL }, /* 82: 90 is within a tenth */
  { { { "sig_days", "81" } }, "The directions use 81 tablets in 81 days; the quantity is 90 tablets." },
  { { { "sig_days", "100" } }, NULL }, /* 100 × 0.9 = 90 */
  { { { "sig_days", "101" } }, "use 101 tablets in 101 days" },
  { { { "sig_days", "1" }, { "quantity", "2" } }, "use 1 tablet in 1 day; the quantity is 2 tablets." },
  { { { "sig_days", "30" }, { "quantity_unit", "bottle" } }, NULL }, /* cannot be compared */
  { { { "sig_days", "366" }, { "quantity", "366" } }, "more than 365 days" },
  { { { "sig_days", "365" }, { "quantity", "365" } }, NULL },
  { { { "sig_other", "See attached schedule" }, { "sig_days", "7" } }, "free text" },
  { { { "pharmacist_note", "Take 2 at bedtime" } }, "reads like directions" },
  { { { "pharmacist_note", "give 10mg instead" } }, "reads like directions" },
  { { { "pharmacist_note", "Patient prefers a bottle without child lock" } }, NULL },
};

static void
test_problems (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (PROBLEMS); i++) {
    g_autoptr (CrPrescription) rx = changed_prescription (&PROBLEMS[i]);
    expect_one_sentence (cr_prescription_problems (rx), PROBLEMS[i].sentence);
  }
}

/* Each text up to its limit, and not one character more; each past its limit is named by its own part. */
static void
test_texts (void)
{
  static const struct {
    const char *field, *part;
    int most;
  } texts[] = {
    { "display", "drug", 200 },
    { "indication", "indication", 200 },
    { "sig_timing", "timing", 200 },
    { "sig_other", "other", 1000 },
    { "pharmacist_note", "pharmacist-note", 210 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (CrPrescription) rx = good_prescription ();
    const CrField *field = cr_record_field (&CR_PRESCRIPTION, texts[i].field);
    g_autofree char *full = g_strnfill ((gsize)texts[i].most, 'e');
    g_autofree char *over = g_strconcat (full, "é", NULL);
    g_assert_true (cr_field_set_text (field, rx, full));
    expect_one_sentence (cr_prescription_problems (rx), NULL);
    g_assert_null (cr_prescription_limit (rx, texts[i].part));
    g_assert_true (cr_field_set_text (field, rx, over));
    expect_one_sentence (cr_prescription_problems (rx), "Shorten it.");
    g_autofree char *sentence = cr_prescription_limit (rx, texts[i].part);
    g_assert_nonnull (sentence);
    g_assert_null (cr_prescription_limit (rx, "quantity"));
  }
}

static void
test_questions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (QUESTIONS); i++) {
    g_autoptr (CrPrescription) rx = changed_prescription (&QUESTIONS[i]);
    expect_one_sentence (cr_prescription_questions (rx), QUESTIONS[i].sentence);
  }
}

/* A prescription without problems reads back, and an empty one lists everything that is missing. */
static void
test_problems_and_text_agree (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (PROBLEMS); i++) {
    g_autoptr (CrPrescription) rx = changed_prescription (&PROBLEMS[i]);
    g_autofree char *text = cr_sig_text (&rx->sig);
    g_assert_true (PROBLEMS[i].sentence != NULL || text != NULL);
  }
  g_autoptr (CrPrescription) empty = cr_prescription_new ();
  g_autoptr (GPtrArray) problems = cr_prescription_problems (empty);
  g_assert_cmpuint (problems->len, ==, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prescription/problems", test_problems);
  g_test_add_func ("/prescription/texts", test_texts);
  g_test_add_func ("/prescription/questions", test_questions);
  g_test_add_func ("/prescription/problems-and-text-agree", test_problems_and_text_agree);
  return g_test_run ();
}
