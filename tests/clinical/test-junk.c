/* Whatever is typed, the readers answer with a value or a sentence, and never with anything else. */
#include "clinical-fixture.h"
#include "chartroom/base/text.h"
#include "chartroom/clinical/drug-entry.h"
#include "chartroom/clinical/names.h"
#include "chartroom/clinical/vitals.h"

#define ROUNDS 3000

static char *
junk (void)
{
  static const char *const pieces[] = {
    "1",           "9",           "0",    ".",   ",",  "/",   "-",      " ",  "'",  "\"", "x",   "d",
    "lb",          "kg",          "ft",   "in",  "oz", "mg",  "U",      "µg", "°F", "C",  "prn", "max",
    "for",         "bid",         "half", "q4h", "[",  "(",   ")",      "é",  "日", "\t", "tab", "po",
    "99999999999", "amoxicillin", "QD",   "1/2", "%",  "x3d", "5.0 mg", "> ", "&",  "+"
  };
  GString *text = g_string_new (NULL);
  for (int n = g_test_rand_int_range (0, 9); n > 0; n--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static void
assert_sentence (const GError *error)
{
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_vitals (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  CrVitalContext context = { .today = CR_DATE (2026, 11, 23), .birth_date = CR_DATE (2020, 2, 29) };
  context.last_weight_kg = context.last_height_cm = decimal ("100.5");
  for (int i = 0; i < ROUNDS; i++) {
    g_autofree char *text = junk ();
    CrVital vital = (CrVital)g_test_rand_int_range (0, CR_VITAL_ENTRIES);
    g_autoptr (CrVitalEntry) entry = cr_vital_enter (k, vital, text, &context);
    g_assert_true (entry->reading.n > 0 || entry->error != NULL || *g_strstrip (text) == '\0');
    for (guint j = 0; j < entry->reading.n; j++)
      g_assert_true (entry->reading.values[j].canonical.set);
  }
}

static void
test_directions (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (int i = 0; i < ROUNDS; i++) {
    g_autofree char *text = junk ();
    g_autoptr (GError) error = NULL, dose_error = NULL;
    CrSig sig = { .max_per_day = CR_INT_NONE, .days = CR_INT_NONE };
    if (!cr_sig_from_typed (k, text, NULL, &sig, &error))
      assert_sentence (error);
    g_autofree char *dose = cr_dose_from_typed (text, &dose_error);
    if (dose == NULL)
      assert_sentence (dose_error);
    cr_sig_clear (&sig);
  }
}

static void
test_texts (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (int i = 0; i < ROUNDS; i++) {
    g_autofree char *text = junk ();
    gboolean coded;
    guint total = 0;
    g_autofree char *replaced = cr_abbreviations_replace (k, text, CR_TEXT_SIG);
    g_autofree char *tall = cr_tall_man (k, text);
    g_autoptr (GPtrArray) keys = cr_knowledge_ingredients_of (k, "rxnorm:1", text, &coded);
    g_autoptr (GPtrArray) drugs = cr_drug_search (k, text, 5, &total);
    g_assert_true (g_utf8_validate (replaced, -1, NULL));
    g_assert_cmpint (g_ascii_strcasecmp (tall, text), ==, 0); /* letters change their case alone */
    g_assert_true (!coded || keys->len > 0);
    g_assert_cmpuint (drugs->len, ==, MIN (total, 5));
    cr_knowledge_allergen_named (k, text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/junk/vitals", test_vitals);
  g_test_add_func ("/junk/directions", test_directions);
  g_test_add_func ("/junk/texts", test_texts);
  return g_test_run ();
}
