/* Directions in words and what they use up (UX 4.5, 4.7). */
#include "chartroom/domain/medication.h"
#include "expect.h"

/* NULL and 0 leave a part out. */
typedef struct {
  const char *action, *dose, *dose_high, *unit, *route, *frequency, *timing;
  gboolean as_needed;
  const char *as_needed_for;
  gint64 max_per_day, days;
  const char *other;
} Parts;

static CrDecimal
decimal (const char *text)
{
  CrDecimal d = CR_DECIMAL_NONE;
  if (text != NULL)
    g_assert_true (cr_decimal_parse (text, &d));
  return d;
}

static void
fill (CrSig *sig, const Parts *parts)
{
  cr_sig_clear (sig);
  sig->action = g_strdup (parts->action);
  sig->dose = decimal (parts->dose);
  sig->dose_high = decimal (parts->dose_high);
  sig->unit = g_strdup (parts->unit);
  sig->route = g_strdup (parts->route);
  sig->frequency = g_strdup (parts->frequency);
  sig->timing = g_strdup (parts->timing);
  sig->as_needed = parts->as_needed;
  sig->as_needed_for = g_strdup (parts->as_needed_for);
  sig->max_per_day = parts->max_per_day == 0 ? CR_INT_NONE : parts->max_per_day;
  sig->days = parts->days == 0 ? CR_INT_NONE : parts->days;
  sig->other = g_strdup (parts->other);
}

#define MOUTH "by mouth"

static const struct {
  Parts parts;
  const char *text;
} TEXTS[] = {
  { { "Take", "1", NULL, "tablet", MOUTH, "daily", "in the morning" },
    "Take 1 tablet by mouth once daily in the morning" },
  { { "Take", "1", NULL, "tablet", MOUTH, "bid", "with meals" },
    "Take 1 tablet by mouth twice daily with meals" },
  { { "Inhale", "2", NULL, "puff", MOUTH, "q4h", NULL, TRUE, "wheezing", 12 },
    "Inhale 2 puffs by mouth every 4 hours as needed for wheezing – maximum 12 puffs in 24 hours" },
  { { "Take", "1", NULL, "tablet", MOUTH, "q8h", NULL, TRUE, "pain", 3 },
    "Take 1 tablet by mouth every 8 hours as needed for pain – maximum 3 tablets in 24 hours" },
  { { "Take", "0.5", NULL, "tablet", MOUTH, "daily" }, "Take half tablet by mouth once daily" },
  { { "Take", "0.50", NULL, "tablet", MOUTH, "daily" }, "Take half tablet by mouth once daily" },
  { { "Take", "0.25", NULL, "tablet", MOUTH, "daily" }, "Take quarter tablet by mouth once daily" },
  { { "Take", "1.5", NULL, "tablet", MOUTH, "tid" }, "Take 1 and a half tablets by mouth 3 times daily" },
  { { "Take", "0.5", "1", "tablet", MOUTH, "qhs" }, "Take half to 1 tablet by mouth at bedtime" },
  { { "Take", "1", "2", "tablet", MOUTH, "q6h", NULL, TRUE, "headache", 8 },
    "Take 1 to 2 tablets by mouth every 6 hours as needed for headache – maximum 8 tablets in 24 hours" },
  { { "Take", "1", "2", "chewable tablet", MOUTH, "daily" },
    "Take 1 to 2 chewable tablets by mouth once daily" },
  { { "Give", "2.50", NULL, "mL", MOUTH, "qid" }, "Give 2.5 mL by mouth 4 times daily" },
  { { "Give", ".5", NULL, "mL", MOUTH, "once" }, "Give 0.5 mL by mouth once" },
  { { "Inject", "10", NULL, "units", "under the skin", "qhs", "at bedtime" },
    "Inject 10 units under the skin at bedtime" },
  { { "Inject", "1000", NULL, "mcg", "into a muscle", "monthly" },
    "Inject 1,000 mcg into a muscle once monthly" },
  { { "Take", "1", NULL, "capsule", MOUTH, "tid", NULL, FALSE, NULL, 0, 7 },
    "Take 1 capsule by mouth 3 times daily for 7 days" },
  { { "Take", "1", NULL, "capsule", MOUTH, "daily", NULL, FALSE, NULL, 0, 1 },
    "Take 1 capsule by mouth once daily for 1 day" },
  { { "Take", "1", NULL, "tablet", MOUTH, "q6h", NULL, TRUE, "pain", 4, 5 },
    "Take 1 tablet by mouth every 6 hours as needed for pain – maximum 4 tablets in 24 hours – for 5 days" },
  { { "Take", "1", NULL, "tablet", MOUTH, "bid", NULL, TRUE, "pain", 0, 5 },
    "Take 1 tablet by mouth twice daily as needed for pain – for 5 days" },
  { { "Take", "1", NULL, "tablet", MOUTH, NULL, NULL, TRUE, "pain" },
    "Take 1 tablet by mouth as needed for pain" },
  { { "Apply", "1", NULL, "patch", "to the skin", "weekly" }, "Apply 1 patch to the skin once weekly" },
  { { "Apply", "2", NULL, "patch", "to the skin", "q72h" }, "Apply 2 patches to the skin every 72 hours" },
  { { "Take", "1", NULL, "tablet", MOUTH, "q1h" }, "Take 1 tablet by mouth every hour" },
  { { .action = "Take", .other = "  see attached\n schedule " }, "see attached schedule" },
  /* a needed part is missing */
  { { NULL, "1", NULL, "tablet", MOUTH, "daily" }, NULL },
  { { "Take", NULL, NULL, "tablet", MOUTH, "daily" }, NULL },
  { { "Take", "0", NULL, "tablet", MOUTH, "daily" }, NULL },
  { { "Take", "1", NULL, NULL, MOUTH, "daily" }, NULL },
  { { "Take", "1", NULL, "tablet", NULL, "daily" }, NULL },
  { { "Take", "1", NULL, "tablet", MOUTH, NULL }, NULL },
  { { "Take", "1", NULL, "tablet", MOUTH, "QD" }, NULL },
  { { "Take", "1", NULL, "tablet", MOUTH, "sometimes", NULL, TRUE, "pain" }, NULL },
  { { "Take", "1", NULL, "tablet", MOUTH, "qh" }, NULL },
  { { "Take", "1", NULL, "tablet", MOUTH, "q0h" }, NULL },
};

static void
test_text (void)
{
  CrSig sig = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    fill (&sig, &TEXTS[i].parts);
    expect_text (cr_sig_text (&sig), TEXTS[i].text);
  }
  cr_sig_clear (&sig);
}

static void
test_says (void)
{
  static const struct {
    Parts parts;
    const char *reason;
    gboolean said;
  } CASES[] = {
    { { "Take", "1", NULL, "tablet", MOUTH, "q8h", NULL, TRUE, "pain", 3 }, "Pain", TRUE },
    { { "Take", "1", NULL, "tablet", MOUTH, "q8h", NULL, TRUE, "severe pain" }, "pain", TRUE },
    { { "Take", "1", NULL, "tablet", MOUTH, "q8h", NULL, TRUE, "pain or fever" }, "fever", TRUE },
    { { "Take", "1", NULL, "tablet", MOUTH, "q8h", NULL, TRUE, "pain" }, "knee pain", FALSE },
    { { "Take", "1", NULL, "tablet", MOUTH, "q8h", NULL, TRUE, "painful knee" }, "pain", FALSE },
    { { "Take", "1", NULL, "tablet", MOUTH, "daily" }, "pain", FALSE },
    { { .other = "Place 1 tablet under the tongue for chest pain." }, "chest pain", TRUE },
    { { "Take", "1", NULL, "tablet", MOUTH, "q8h", NULL, TRUE, "pain" }, NULL, FALSE },
  };
  CrSig sig = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    fill (&sig, &CASES[i].parts);
    g_assert_cmpint (cr_sig_says (&sig, CASES[i].reason), ==, CASES[i].said);
  }
  cr_sig_clear (&sig);
}

static void
test_list_text (void)
{
  CrSig sig = { 0 };
  fill (&sig, &TEXTS[0].parts);
  expect_text (cr_sig_list_text (&sig), "1 tablet by mouth once daily in the morning");
  g_clear_pointer (&sig.action, g_free);
  expect_text (cr_sig_list_text (&sig), "1 tablet by mouth once daily in the morning");
  sig.other = g_strdup ("by the hospital's plan");
  expect_text (cr_sig_list_text (&sig), "by the hospital's plan");
  cr_sig_clear (&sig);
  expect_text (cr_sig_list_text (&sig), NULL);
}

static void
test_unbreakable (void)
{
  expect_text (cr_sig_unbreakable ("Take 1 to 2 tablets every 4 hours"),
               "Take 1\u00a0to 2\u00a0tablets every 4\u00a0hours");
  expect_text (cr_sig_unbreakable (""), "");
}

static void
test_copy_and_clear (void)
{
  CrSig a = { 0 }, b = { 0 };
  fill (&a, &TEXTS[2].parts);
  fill (&b, &TEXTS[0].parts);
  cr_sig_copy (&b, &a);
  g_assert_cmpstr (b.as_needed_for, ==, "wheezing");
  g_assert_true (b.as_needed_for != a.as_needed_for);
  g_assert_null (b.timing);
  cr_sig_copy (&b, &b);
  g_assert_cmpstr (b.unit, ==, "puff");
  cr_sig_clear (&a);
  g_assert_null (a.action);
  g_assert_false (a.dose.set);
  g_assert_true (a.days == CR_INT_NONE && a.max_per_day == CR_INT_NONE);
  g_assert_cmpstr (b.action, ==, "Inhale");
  cr_sig_clear (&b);
}

static void
test_plural (void)
{
  static const struct {
    const char *unit, *n, *text;
  } cases[] = {
    { "tablet", "1", "tablet" },
    { "tablet", "1.0", "tablet" },
    { "tablet", "0.5", "tablet" },
    { "tablet", "2", "tablets" },
    { "tablet", "1.5", "tablets" },
    { "tablet", "0", "tablets" },
    { "tablet", NULL, "tablets" },
    { "patch", "2", "patches" },
    { "suppository", "2", "suppositories" },
    { "spray", "2", "sprays" },
    { "mL", "5", "mL" },
    { "mg", "500", "mg" },
    { "units", "10", "units" },
    { "dose", "3", "doses" },
    { "inch", "2", "inches" },
    { "box", "2", "boxes" },
    { NULL, "2", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_text (cr_unit_plural (cases[i].unit, decimal (cases[i].n)), cases[i].text);
}

#define TABLETS(dose, high, frequency) "Take", dose, high, "tablet", MOUTH, frequency

static const struct {
  Parts parts;
  const char *per_day; /* "" = absent */
  gint64 days;
  const char *quantity;
} AMOUNTS[] = {
  { { TABLETS ("1", NULL, "daily") }, "1", 90, "90" },
  { { TABLETS ("0.5", NULL, "bid") }, "1.0", 30, "30" },
  { { TABLETS ("0.5", NULL, "daily") }, "0.5", 7, "4" },      /* 3.5 is rounded up */
  { { TABLETS ("1", "2", "q6h") }, "8", 5, "40" },            /* upper end of the range */
  { { TABLETS ("1", NULL, "weekly") }, "0.142857", 30, "5" }, /* five doses begin in 30 days */
  { { TABLETS ("2", NULL, "weekly") }, "0.285714", 28, "8" },
  { { TABLETS ("1", NULL, "qod") }, "0.500000", 30, "15" },
  { { TABLETS ("1", NULL, "qod") }, "0.500000", 31, "16" },
  { { TABLETS ("1", NULL, "tiw") }, "0.428571", 14, "6" },
  { { TABLETS ("1", NULL, "monthly") }, "0.033333", 90, "3" },
  { { TABLETS ("2", NULL, "once") }, "2", 10, "2" },
  { { TABLETS ("1", NULL, "q8h") }, "3", 10, "30" },
  { { TABLETS ("1", NULL, "q5h") }, "4.800000", 5, "24" },
  { { TABLETS ("1", NULL, "q48h") }, "0.500000", 10, "5" },
  { { "Give", "2.5", NULL, "mL", MOUTH, "tid" }, "7.5", 7, "53" },
  { { TABLETS ("1", "2", "q4h"), NULL, TRUE, "pain", 6 }, "6", 5, "30" }, /* the maximum holds */
  { { TABLETS ("1", NULL, NULL), NULL, TRUE, "pain", 4 }, "4", 5, "20" },
  { { TABLETS ("1", NULL, NULL), NULL, TRUE, "pain" }, "", 5, "" },
  { { TABLETS ("1", NULL, "QD") }, "", 5, "" },
  { { TABLETS ("1", NULL, NULL) }, "", 5, "" },
  { { TABLETS (NULL, NULL, "daily") }, "", 5, "" },
  { { TABLETS ("0", NULL, "daily") }, "", 5, "" },
  { { TABLETS ("1", NULL, "daily") }, "1", 0, "" },
  { { TABLETS ("1", NULL, "daily") }, "1", -3, "" },
};

static void
test_amounts (void)
{
  CrSig sig = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (AMOUNTS); i++) {
    fill (&sig, &AMOUNTS[i].parts);
    expect_text (cr_decimal_to_text (cr_sig_units_per_day (&sig)), AMOUNTS[i].per_day);
    CrDecimal quantity = cr_decimal_round (cr_sig_quantity_for (&sig, AMOUNTS[i].days), 0);
    expect_text (cr_decimal_to_text (quantity), AMOUNTS[i].quantity);
  }
  cr_sig_clear (&sig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sig/text", test_text);
  g_test_add_func ("/sig/list-text", test_list_text);
  g_test_add_func ("/sig/says", test_says);
  g_test_add_func ("/sig/unbreakable", test_unbreakable);
  g_test_add_func ("/sig/copy-and-clear", test_copy_and_clear);
  g_test_add_func ("/sig/plural", test_plural);
  g_test_add_func ("/sig/amounts", test_amounts);
  return g_test_run ();
}
