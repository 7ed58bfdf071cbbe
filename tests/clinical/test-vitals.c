/* Vital signs: what is typed, what is refused, what is asked, what is flagged. */
#include "clinical-fixture.h"
#include "chartroom/clinical/vitals.h"
#include <string.h>

static const CrDate TODAY = { 2026, 11, 23 };

static CrVitalContext
adult (void)
{
  return (CrVitalContext){ .today = TODAY, .birth_date = CR_DATE (1961, 3, 14), .sex = CR_SEX_FEMALE };
}

/* ---- reading ---- */

static const struct {
  CrVital vital;
  const char *typed;
  CrUnits units;
  const char *value, *unit, *canonical; /* of the first value; value NULL = refused */
  const char *second;                   /* diastolic */
} READINGS[] = {
  { CR_VITAL_BP, "128/76", CR_UNITS_US, "128", "mm[Hg]", "128", "76" },
  { CR_VITAL_BP, "128 76", CR_UNITS_US, "128", "mm[Hg]", "128", "76" },
  { CR_VITAL_BP, " 128 / 76 mmHg", CR_UNITS_US, "128", "mm[Hg]", "128", "76" },
  { CR_VITAL_BP, "12876", CR_UNITS_US, "128", "mm[Hg]", "128", "76" },
  { CR_VITAL_BP, "180100", CR_UNITS_US, "180", "mm[Hg]", "180", "100" },
  { CR_VITAL_BP, "9860", CR_UNITS_US, "98", "mm[Hg]", "98", "60" },
  { CR_VITAL_BP, "12", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_BP, "128", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_BP, "999999", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_BP, "12812", CR_UNITS_US, NULL, NULL, NULL, NULL }, /* 12 is no diastolic, 12 no systolic */
  { CR_VITAL_BP, "128/76/2", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_BP, "128/x", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_BP, "9999999999999999999/80", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_TEMP, "98.6", CR_UNITS_US, "98.6", "[degF]", "37.00", NULL },
  { CR_VITAL_TEMP, "37.0", CR_UNITS_US, "37.0", "Cel", "37.0", NULL },
  { CR_VITAL_TEMP, "100.4", CR_UNITS_METRIC, "100.4", "[degF]", "38.00", NULL },
  { CR_VITAL_TEMP, "38 C", CR_UNITS_US, "38", "Cel", "38", NULL },
  { CR_VITAL_TEMP, "98.6°F", CR_UNITS_US, "98.6", "[degF]", "37.00", NULL },
  { CR_VITAL_TEMP, "60", CR_UNITS_US, NULL, NULL, NULL, NULL }, /* neither unit */
  { CR_VITAL_TEMP, "116", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_TEMP, "warm", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_WEIGHT, "182", CR_UNITS_US, "182", "[lb_av]", "82.55", NULL },
  { CR_VITAL_WEIGHT, "182", CR_UNITS_METRIC, "182", "kg", "182", NULL },
  { CR_VITAL_WEIGHT, "182 lb", CR_UNITS_METRIC, "182", "[lb_av]", "82.55", NULL },
  { CR_VITAL_WEIGHT, "82.5 kg", CR_UNITS_US, "82.5", "kg", "82.5", NULL },
  { CR_VITAL_WEIGHT, "82.5kg", CR_UNITS_US, "82.5", "kg", "82.5", NULL },
  { CR_VITAL_WEIGHT, "7 lb 8 oz", CR_UNITS_US, "7.50", "[lb_av]", "3.40", NULL },
  { CR_VITAL_WEIGHT, "3400 g", CR_UNITS_US, "3400", "g", "3.40", NULL },
  { CR_VITAL_WEIGHT, "heavy", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_WEIGHT, "7 lb 20 oz", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_WEIGHT, "182 stone", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_HEIGHT, "66", CR_UNITS_US, "66", "[in_i]", "167.64", NULL },
  { CR_VITAL_HEIGHT, "5'6", CR_UNITS_US, "66", "[in_i]", "167.64", NULL },
  { CR_VITAL_HEIGHT, "5' 6\"", CR_UNITS_METRIC, "66", "[in_i]", "167.64", NULL },
  { CR_VITAL_HEIGHT, "5 ft 6 in", CR_UNITS_US, "66", "[in_i]", "167.64", NULL },
  { CR_VITAL_HEIGHT, "168 cm", CR_UNITS_US, "168", "cm", "168", NULL },
  { CR_VITAL_HEIGHT, "1.68 m", CR_UNITS_US, "1.68", "m", "168.00", NULL },
  { CR_VITAL_HEIGHT, "5'13", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_PULSE, "72", CR_UNITS_US, "72", "/min", "72", NULL },
  { CR_VITAL_PULSE, "72 bpm", CR_UNITS_US, "72", "/min", "72", NULL },
  { CR_VITAL_SPO2, "98 %", CR_UNITS_US, "98", "%", "98", NULL },
  { CR_VITAL_SPO2, "98%", CR_UNITS_US, "98", "%", "98", NULL },
  { CR_VITAL_PAIN, "3", CR_UNITS_US, "3", "{score}", "3", NULL },
  { CR_VITAL_PAIN, "3/10", CR_UNITS_US, "3", "{score}", "3", NULL },
  { CR_VITAL_PAIN, "3.5", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_PULSE, "-72", CR_UNITS_US, NULL, NULL, NULL, NULL },
  { CR_VITAL_PULSE, "72222222222222222", CR_UNITS_US, NULL, NULL, NULL, NULL },
};

static void
assert_decimal (CrDecimal value, const char *expected)
{
  g_autofree char *text = cr_decimal_to_text (value);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_readings (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (READINGS); i++) {
    CrVitalReading reading;
    g_autoptr (GError) error = NULL;
    gboolean read =
        cr_vital_parse (k, READINGS[i].vital, READINGS[i].typed, READINGS[i].units, &reading, &error);
    g_test_message ("%s", READINGS[i].typed);
    g_assert_cmpint (read, ==, READINGS[i].value != NULL);
    if (!read) {
      g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
      continue;
    }
    g_assert_cmpuint (reading.n, ==, READINGS[i].second != NULL ? 2 : 1);
    assert_decimal (reading.values[0].value, READINGS[i].value);
    g_assert_cmpstr (reading.values[0].unit, ==, READINGS[i].unit);
    assert_decimal (reading.values[0].canonical, READINGS[i].canonical);
    if (READINGS[i].second != NULL)
      assert_decimal (reading.values[1].value, READINGS[i].second);
  }
}

static void
test_nothing_typed (void)
{
  CrVitalReading reading;
  g_assert_true (cr_vital_parse (NULL, CR_VITAL_PULSE, "  ", CR_UNITS_US, &reading, NULL));
  g_assert_cmpuint (reading.n, ==, 0);
  g_assert_true (cr_vital_parse (NULL, CR_VITAL_PULSE, NULL, CR_UNITS_US, &reading, NULL));
}

/* ---- limits ---- */

static const struct {
  CrVital vital;
  const char *typed;
  const char *error, *question; /* part of the sentence; NULL none */
} LIMITS[] = {
  { CR_VITAL_BP, "128/76", NULL, NULL },
  { CR_VITAL_BP, "360/80", "not possible", NULL },
  { CR_VITAL_BP, "128/9", "not possible", NULL },
  { CR_VITAL_BP, "76/128", "first number must be larger", NULL },
  { CR_VITAL_BP, "255/140", NULL, "unusual" },
  { CR_VITAL_BP, "68/40", NULL, "unusual" },
  { CR_VITAL_BP, "120/112", NULL, "Difference of 8" },
  { CR_VITAL_BP, "210/80", NULL, "Difference of 130" },
  { CR_VITAL_BP, "120/110", NULL, NULL }, /* 10 is still asked about nowhere */
  { CR_VITAL_PULSE, "9", "not possible", NULL },
  { CR_VITAL_PULSE, "10", NULL, "unusual" },
  { CR_VITAL_PULSE, "39", NULL, "unusual" },
  { CR_VITAL_PULSE, "40", NULL, NULL },
  { CR_VITAL_PULSE, "180", NULL, NULL },
  { CR_VITAL_PULSE, "181", NULL, "unusual" },
  { CR_VITAL_PULSE, "351", "not possible", NULL },
  { CR_VITAL_RESP, "1", "not possible", NULL },
  { CR_VITAL_RESP, "41", NULL, "unusual" },
  { CR_VITAL_TEMP, "104.0", NULL, NULL },
  { CR_VITAL_TEMP, "104.1", NULL, "unusual" },
  { CR_VITAL_TEMP, "34.9", NULL, "unusual" },
  { CR_VITAL_TEMP, "40.0", NULL, NULL },
  { CR_VITAL_TEMP, "47", "neither", NULL },
  { CR_VITAL_TEMP, "47 C", "not possible", NULL },
  { CR_VITAL_SPO2, "101", "not possible", NULL },
  { CR_VITAL_SPO2, "87", NULL, "unusual" },
  { CR_VITAL_SPO2, "29", "not possible", NULL },
  { CR_VITAL_WEIGHT, "451 kg", "not possible", NULL },
  { CR_VITAL_WEIGHT, "22 kg", NULL, "unusual" },
  { CR_VITAL_WEIGHT, "341 kg", NULL, "unusual" },
  { CR_VITAL_HEIGHT, "261 cm", "not possible", NULL },
  { CR_VITAL_HEIGHT, "119 cm", NULL, "unusual" },
  { CR_VITAL_PAIN, "11", "not possible", NULL },
  { CR_VITAL_PAIN, "10", NULL, NULL },
  { CR_VITAL_GLUCOSE, "9", "not possible", NULL },
  { CR_VITAL_GLUCOSE, "401", NULL, "unusual" },
  { CR_VITAL_HEAD, "19 cm", "not possible", NULL },
};

static void
assert_part (const char *sentence, const char *part)
{
  if (part == NULL)
    g_assert_null (sentence);
  else {
    g_assert_nonnull (sentence);
    g_assert_nonnull (strstr (sentence, part));
  }
}

static void
test_limits (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  CrVitalContext context = adult ();
  for (guint i = 0; i < G_N_ELEMENTS (LIMITS); i++) {
    g_autoptr (CrVitalEntry) entry = cr_vital_enter (k, LIMITS[i].vital, LIMITS[i].typed, &context);
    g_test_message ("%s", LIMITS[i].typed);
    assert_part (entry->error, LIMITS[i].error);
    assert_part (entry->question, LIMITS[i].question);
  }
}

/* ---- against the last value ---- */

static const struct {
  CrVital vital;
  const char *typed;
  const char *last; /* kg or cm */
  CrDate on;
  const char *question, *suggestion;
} LAST[] = {
  /* weight: 10 % within 90 days, 20 % ever */
  { CR_VITAL_WEIGHT, "182", "83.5", { 2026, 8, 30 }, NULL, NULL },
  { CR_VITAL_WEIGHT, "200", "80.0", { 2026, 8, 30 }, "Last was 176.4 lb (Aug 30, 2026)", NULL },
  { CR_VITAL_WEIGHT, "200", "80.0", { 2026, 8, 24 }, NULL, NULL },
  { CR_VITAL_WEIGHT, "220", "80.0", { 2024, 8, 30 }, "Last was", NULL },
  { CR_VITAL_WEIGHT, "184 kg", "82.6", { 2026, 8, 30 }, "184 kg? Last was 82.6 kg", "184 lb" },
  { CR_VITAL_WEIGHT, "83.5", "82.6", { 2026, 8, 30 }, "83.5 lb? Last was 182.1 lb", "83.5 kg" },
  { CR_VITAL_WEIGHT, "182 lb", "82.6", { 2026, 8, 30 }, NULL, NULL },
  /* height: 3 cm up, 5 cm down */
  { CR_VITAL_HEIGHT, "170 cm", "167.0", { 2020, 1, 1 }, NULL, NULL },
  { CR_VITAL_HEIGHT, "171 cm", "167.0", { 2020, 1, 1 }, "Last was 167.0 cm", NULL },
  { CR_VITAL_HEIGHT, "162 cm", "167.0", { 2020, 1, 1 }, NULL, NULL },
  { CR_VITAL_HEIGHT, "161 cm", "167.0", { 2020, 1, 1 }, "Last was", NULL },
  { CR_VITAL_HEIGHT, "168", "167.0", { 2020, 1, 1 }, NULL, NULL }, /* 168 in: refused below */
};

static void
test_last (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (LAST); i++) {
    CrVitalContext context = adult ();
    context.last_weight_kg = context.last_height_cm = decimal (LAST[i].last);
    context.last_weight_on = context.last_height_on = LAST[i].on;
    g_autoptr (CrVitalEntry) entry = cr_vital_enter (k, LAST[i].vital, LAST[i].typed, &context);
    g_test_message ("%s after %s", LAST[i].typed, LAST[i].last);
    assert_part (entry->question, LAST[i].question);
    if (i + 1 < G_N_ELEMENTS (LAST))
      g_assert_cmpstr (entry->suggestion, ==, LAST[i].suggestion);
  }
}

/* Centimetres typed where inches are meant: impossible, and the likely meaning is offered. */
static void
test_height_in_the_wrong_unit (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  CrVitalContext context = adult ();
  context.last_height_cm = decimal ("167.0");
  context.last_height_on = CR_DATE (2020, 1, 1);
  g_autoptr (CrVitalEntry) entry = cr_vital_enter (k, CR_VITAL_HEIGHT, "168", &context);
  assert_part (entry->error, "not possible");
  g_assert_cmpstr (entry->suggestion, ==, "168 cm");
}

static void
test_growing_child (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  CrVitalContext context = { .today = TODAY, .birth_date = CR_DATE (2020, 11, 1), .sex = CR_SEX_MALE };
  context.last_weight_kg = decimal ("15.0");
  context.last_weight_on = CR_DATE (2024, 11, 1);
  context.last_height_cm = decimal ("100.0");
  context.last_height_on = CR_DATE (2024, 11, 1);
  g_autoptr (CrVitalEntry) weight = cr_vital_enter (k, CR_VITAL_WEIGHT, "20.5 kg", &context);
  g_assert_null (weight->question);
  g_autoptr (CrVitalEntry) height = cr_vital_enter (k, CR_VITAL_HEIGHT, "114 cm", &context);
  g_assert_null (height->question);
  g_autoptr (CrVitalEntry) lost = cr_vital_enter (k, CR_VITAL_WEIGHT, "11.5 kg", &context);
  assert_part (lost->question, "Last was");
  g_autoptr (CrVitalEntry) heavy = cr_vital_enter (k, CR_VITAL_WEIGHT, "95 kg", &context);
  assert_part (heavy->question, "unusual");
}

/* ---- flags ---- */

static const struct {
  CrVital vital;
  const char *typed;
  const char *flag, *words;
} FLAGS[] = {
  { CR_VITAL_BP, "119/79", NULL, NULL },
  { CR_VITAL_BP, "120/79", NULL, "elevated" },
  { CR_VITAL_BP, "129/79", NULL, "elevated" },
  { CR_VITAL_BP, "119/80", NULL, "stage 1" },
  { CR_VITAL_BP, "130/79", NULL, "stage 1" },
  { CR_VITAL_BP, "139/89", NULL, "stage 1" },
  { CR_VITAL_BP, "140/70", "H", "stage 2" },
  { CR_VITAL_BP, "118/90", "H", "stage 2" },
  { CR_VITAL_BP, "180/120", "H", "stage 2" },
  { CR_VITAL_BP, "181/100", "HH", "severe, recheck now" },
  { CR_VITAL_BP, "150/121", "HH", "severe, recheck now" },
  { CR_VITAL_PULSE, "49", "L", "slow" },
  { CR_VITAL_PULSE, "50", NULL, NULL },
  { CR_VITAL_PULSE, "100", NULL, NULL },
  { CR_VITAL_PULSE, "101", "H", "fast" },
  { CR_VITAL_RESP, "11", "L", "slow" },
  { CR_VITAL_RESP, "20", NULL, NULL },
  { CR_VITAL_RESP, "21", "H", "fast" },
  { CR_VITAL_TEMP, "100.3", NULL, NULL },
  { CR_VITAL_TEMP, "100.4", "H", "fever" },
  { CR_VITAL_TEMP, "38.0", "H", "fever" },
  { CR_VITAL_TEMP, "96.8", NULL, NULL },
  { CR_VITAL_TEMP, "96.7", "L", "low" },
  { CR_VITAL_SPO2, "92", NULL, NULL },
  { CR_VITAL_SPO2, "91", "L", "low on room air" },
};

static void
test_flags (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  CrVitalContext context = adult ();
  for (guint i = 0; i < G_N_ELEMENTS (FLAGS); i++) {
    g_autoptr (CrVitalEntry) entry = cr_vital_enter (k, FLAGS[i].vital, FLAGS[i].typed, &context);
    g_test_message ("%s", FLAGS[i].typed);
    g_assert_cmpstr (entry->flag, ==, FLAGS[i].flag);
    g_assert_cmpstr (entry->flag_words, ==, FLAGS[i].words);
    g_assert_null (entry->range);
  }
}

static const struct {
  CrVital vital;
  CrDate birth;
  int sex;
  const char *typed;
  const char *flag, *words, *range;
} CHILDREN[] = {
  { CR_VITAL_BP, { 2018, 11, 1 }, CR_SEX_MALE, "106/66", NULL, NULL, "86–118" },
  { CR_VITAL_BP, { 2018, 11, 1 }, CR_SEX_MALE, "107/66", "H", "needs evaluation", "86–118" },
  { CR_VITAL_BP, { 2018, 11, 1 }, CR_SEX_FEMALE, "106/69", "H", "needs evaluation", "86–118" },
  { CR_VITAL_BP, { 2018, 11, 1 }, CR_SEX_UNKNOWN, "150/99", NULL, NULL, "86–118" }, /* tables go by sex */
  { CR_VITAL_BP, { 2013, 11, 1 }, CR_SEX_MALE, "131/70", NULL, "stage 1", "90–126" },
  { CR_VITAL_BP, { 2012, 11, 1 }, CR_SEX_MALE, "142/70", "H", "stage 2", "92–130" },
  { CR_VITAL_PULSE, { 2020, 11, 1 }, CR_SEX_MALE, "150", NULL, NULL, "75–115" }, /* a range, never an alert */
  { CR_VITAL_RESP, { 2026, 9, 1 }, CR_SEX_MALE, "60", NULL, NULL, "30–50" },
  { CR_VITAL_TEMP, { 2020, 11, 1 }, CR_SEX_MALE, "101", "H", "fever", NULL },
};

static void
test_children (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (CHILDREN); i++) {
    CrVitalContext context = { .today = TODAY, .birth_date = CHILDREN[i].birth, .sex = CHILDREN[i].sex };
    g_autoptr (CrVitalEntry) entry = cr_vital_enter (k, CHILDREN[i].vital, CHILDREN[i].typed, &context);
    g_test_message ("%s", CHILDREN[i].typed);
    g_assert_cmpstr (entry->flag, ==, CHILDREN[i].flag);
    g_assert_cmpstr (entry->flag_words, ==, CHILDREN[i].words);
    g_assert_cmpstr (entry->range, ==, CHILDREN[i].range);
    g_assert_null (entry->notice);
  }
}

static void
test_infant_fever (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  CrVitalContext context = { .today = TODAY, .birth_date = cr_date_add_days (TODAY, -59) };
  g_autoptr (CrVitalEntry) young = cr_vital_enter (k, CR_VITAL_TEMP, "100.4", &context);
  g_assert_cmpstr (young->notice, ==, "Infant under 60 days with fever – tell the doctor now");
  g_autoptr (CrVitalEntry) cool = cr_vital_enter (k, CR_VITAL_TEMP, "100.3", &context);
  g_assert_null (cool->notice);
  context.birth_date = cr_date_add_days (TODAY, -60);
  g_autoptr (CrVitalEntry) older = cr_vital_enter (k, CR_VITAL_TEMP, "100.4", &context);
  g_assert_null (older->notice);
}

static void
test_stored_flags (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  const char *words = NULL;
  CrDate birth = CR_DATE (1961, 3, 14);
  g_assert_cmpstr (cr_vital_flag (k, "8480-6", decimal ("150"), birth, CR_SEX_FEMALE, TODAY, &words), ==,
                   "H");
  g_assert_cmpstr (words, ==, "stage 2");
  g_assert_cmpstr (cr_vital_flag (k, "39156-5", decimal ("31.2"), birth, CR_SEX_FEMALE, TODAY, &words), ==,
                   "H");
  g_assert_cmpstr (cr_vital_flag (k, "8331-1", decimal ("38.5"), birth, CR_SEX_FEMALE, TODAY, NULL), ==, "H");
  g_assert_null (cr_vital_flag (k, "4548-4", decimal ("9"), birth, CR_SEX_FEMALE, TODAY, &words));
  g_assert_null (words);
  g_assert_null (cr_vital_flag (k, "8480-6", decimal ("150"), CR_DATE_NONE, CR_SEX_FEMALE, TODAY, NULL));
  g_assert_null (cr_vital_flag (NULL, "8480-6", decimal ("150"), birth, CR_SEX_FEMALE, TODAY, NULL));
}

/* ---- words ---- */

static const struct {
  CrVital vital;
  const char *typed;
  int born; /* year */
  const char *echo;
} ECHOES[] = {
  { CR_VITAL_BP, "12876", 1961, "128/76 mmHg" },
  { CR_VITAL_TEMP, "98.6", 1961, "98.6 °F (37.0 °C)" },
  { CR_VITAL_TEMP, "37.0", 1961, "37.0 °C (98.6 °F)" },
  { CR_VITAL_WEIGHT, "182", 1961, "182 lb (82.6 kg)" },
  { CR_VITAL_WEIGHT, "82.5 kg", 1961, "181.9 lb (82.5 kg)" },
  { CR_VITAL_WEIGHT, "21.4 kg", 2019, "21.4 kg (47 lb 3 oz)" },
  { CR_VITAL_WEIGHT, "7 lb 8 oz", 2026, "3.40 kg (7 lb 8 oz)" },
  { CR_VITAL_HEIGHT, "5'6", 1961, "5 ft 6 in (168 cm)" },
  { CR_VITAL_HEIGHT, "102 cm", 2021, "102 cm (40.2 in)" },
  { CR_VITAL_SPO2, "98", 1961, "98 %" },
  { CR_VITAL_PAIN, "3", 1961, "3" },
  { CR_VITAL_PULSE, "", 1961, NULL },
};

static void
test_echo (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (ECHOES); i++) {
    CrVitalContext context = { .today = TODAY, .birth_date = CR_DATE ((gint16)ECHOES[i].born, 11, 1) };
    g_autoptr (CrVitalEntry) entry = cr_vital_enter (k, ECHOES[i].vital, ECHOES[i].typed, &context);
    g_assert_cmpstr (entry->echo, ==, ECHOES[i].echo);
    g_assert_null (entry->error);
  }
}

static void
test_bmi (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  assert_decimal (cr_bmi (decimal ("82.55"), decimal ("162.56")), "31.2");
  g_assert_false (cr_bmi (decimal ("82.55"), CR_DECIMAL_NONE).set);
  g_assert_false (cr_bmi (decimal ("82.55"), decimal ("0")).set);
  g_autofree char *fine = cr_bmi_question (k, decimal ("31.2"));
  g_autofree char *low = cr_bmi_question (k, decimal ("12.0"));
  g_autofree char *high = cr_bmi_question (k, decimal ("70.0"));
  g_assert_null (fine);
  g_assert_nonnull (low);
  g_assert_nonnull (high);
}

/* Converted and back is the same at the precision shown. */
static void
test_conversions (void)
{
  for (int pounds = 1; pounds < 700; pounds++) {
    CrDecimal typed = cr_decimal_from_int (pounds);
    CrDecimal back = cr_unit_convert (cr_unit_convert (typed, "[lb_av]", "kg"), "kg", "[lb_av]");
    g_assert_cmpint (cr_decimal_compare (cr_decimal_round (back, 1), typed), ==, 0);
  }
  for (int tenths = 750; tenths <= 1150; tenths++) {
    CrDecimal typed = { tenths, 1, TRUE };
    CrDecimal back = cr_unit_convert (cr_unit_convert (typed, "[degF]", "Cel"), "Cel", "[degF]");
    g_assert_cmpint (cr_decimal_compare (cr_decimal_round (back, 1), typed), ==, 0);
  }
  g_assert_false (cr_unit_convert (decimal ("1"), "kg", "cm").set);
  g_assert_false (cr_unit_convert (CR_DECIMAL_NONE, "kg", "kg").set);
}

static const struct {
  int born_days_ago, weighed_days_ago;
  gboolean old;
} WEIGHTS[] = {
  { 60, 7, FALSE },    { 60, 8, TRUE },    { 400, 30, FALSE },    { 400, 31, TRUE },
  { 2000, 90, FALSE }, { 2000, 91, TRUE }, { 20000, 365, FALSE }, { 20000, 367, TRUE },
};

static void
test_weight_age (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (WEIGHTS); i++) {
    CrDate birth = cr_date_add_days (TODAY, -WEIGHTS[i].born_days_ago);
    CrDate weighed = cr_date_add_days (TODAY, -WEIGHTS[i].weighed_days_ago);
    g_assert_cmpint (cr_weight_is_old (weighed, birth, TODAY), ==, WEIGHTS[i].old);
  }
  g_assert_true (cr_weight_is_old (CR_DATE_NONE, CR_DATE (1961, 3, 14), TODAY));
}

/* ---- names and codes ---- */

static void
test_codes (void)
{
  CrVital vital;
  for (int v = 0; v < CR_VITAL_ENTRIES; v++) {
    g_assert_true (cr_vital_of_code (cr_vital_code (v), &vital));
    g_assert_cmpint (vital, ==, v);
    g_assert_cmpstr (cr_vital_label (v), !=, "");
    g_assert_cmpstr (cr_vital_unit (v, CR_UNITS_US), !=, "");
  }
  g_assert_true (cr_vital_of_code (CR_LOINC_DIASTOLIC, &vital));
  g_assert_cmpint (vital, ==, CR_VITAL_BP);
  g_assert_true (cr_vital_of_code ("8331-1", &vital)); /* oral temperature */
  g_assert_cmpint (vital, ==, CR_VITAL_TEMP);
  g_assert_false (cr_vital_of_code ("4548-4", &vital));
  g_assert_false (cr_vital_of_code (NULL, &vital));
  g_assert_cmpstr (cr_vital_unit (CR_VITAL_WEIGHT, CR_UNITS_US), ==, "lb");
  g_assert_cmpstr (cr_ucum_display ("[lb_av]"), ==, "lb");
  g_assert_cmpstr (cr_ucum_display ("mmol/L"), ==, "mmol/L");
  g_assert_null (cr_ucum_display (NULL));
}

/* Without knowledge the values are still read, and nothing is claimed about them. */
static void
test_without_knowledge (void)
{
  CrVitalContext context = adult ();
  g_autoptr (CrVitalEntry) entry = cr_vital_enter (NULL, CR_VITAL_BP, "250/160", &context);
  g_assert_cmpstr (entry->echo, ==, "250/160 mmHg");
  g_assert_null (entry->error);
  g_assert_null (entry->question);
  g_assert_null (entry->flag);
  g_autoptr (CrVitalEntry) swapped = cr_vital_enter (NULL, CR_VITAL_BP, "80/120", &context);
  g_assert_nonnull (swapped->error);
}

/* The practice's units; children are weighed in kilograms in any. */
static void
test_units (void)
{
  const CrDate on = { 2026, 11, 23 }, adult = { 1961, 3, 14 }, child = { 2022, 10, 1 };
  CrDecimal kg, cm;
  g_assert_true (cr_decimal_parse ("82.6", &kg) && cr_decimal_parse ("168", &cm));
  g_assert_cmpint (cr_units_for (adult, on), ==, CR_UNITS_US);
  g_assert_cmpint (cr_units_for (child, on), ==, CR_UNITS_METRIC);
  g_assert_cmpint (cr_units_for (CR_DATE_NONE, on), ==, CR_UNITS_US);
  g_autofree char *pounds = cr_weight_text (kg, adult, on), *feet = cr_height_text (cm, adult, on);
  g_assert_cmpstr (pounds, ==, "182.1 lb (82.6 kg)");
  g_assert_cmpstr (feet, ==, "5 ft 6 in (168 cm)");
  cr_units_set (CR_UNITS_METRIC);
  g_autofree char *kilograms = cr_weight_text (kg, adult, on), *metres = cr_height_text (cm, adult, on);
  g_assert_cmpint (cr_units_for (adult, on), ==, CR_UNITS_METRIC);
  g_assert_cmpstr (kilograms, ==, "82.6 kg (182.1 lb)");
  g_assert_cmpstr (metres, ==, "168 cm (5 ft 6 in)");
  cr_units_set (CR_UNITS_US);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vitals/readings", test_readings);
  g_test_add_func ("/vitals/nothing-typed", test_nothing_typed);
  g_test_add_func ("/vitals/limits", test_limits);
  g_test_add_func ("/vitals/last", test_last);
  g_test_add_func ("/vitals/height-in-the-wrong-unit", test_height_in_the_wrong_unit);
  g_test_add_func ("/vitals/growing-child", test_growing_child);
  g_test_add_func ("/vitals/flags", test_flags);
  g_test_add_func ("/vitals/children", test_children);
  g_test_add_func ("/vitals/infant-fever", test_infant_fever);
  g_test_add_func ("/vitals/stored-flags", test_stored_flags);
  g_test_add_func ("/vitals/echo", test_echo);
  g_test_add_func ("/vitals/bmi", test_bmi);
  g_test_add_func ("/vitals/conversions", test_conversions);
  g_test_add_func ("/vitals/weight-age", test_weight_age);
  g_test_add_func ("/vitals/codes", test_codes);
  g_test_add_func ("/vitals/without-knowledge", test_without_knowledge);
  g_test_add_func ("/vitals/units", test_units);
  return g_test_run ();
}
