/* Safe words: tall-man letters, doses, abbreviations. */
#include "clinical-fixture.h"
#include "chartroom/clinical/names.h"

static const struct {
  const char *text, *tall;
} NAMES[] = {
  { "bupropion", "buPROPion" },
  { "Bupropion 150 MG Oral Tablet", "buPROPion 150 MG Oral Tablet" },
  { "HYDROXYZINE and hydralazine", "hydrOXYzine and hydrALAZINE" },
  { "metformin/glipizide", "metFORMIN/glipiZIDE" },
  { "Lisinopril 10 mg", "Lisinopril 10 mg" },
  { "sertraline", "sertraline" },
  { "prednisonex", "prednisonex" },
  { "Ménière – prednisone", "Ménière – predniSONE" },
  { "", "" },
};

static void
test_tall_man (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *tall = cr_tall_man (k, NAMES[i].text);
    g_assert_cmpstr (tall, ==, NAMES[i].tall);
  }
  g_autofree char *plain = cr_tall_man (NULL, "bupropion");
  g_assert_cmpstr (plain, ==, "bupropion");
  g_assert_null (cr_tall_man (k, NULL));
}

static const struct {
  const char *typed, *safe; /* NULL = refused */
} DOSES[] = {
  { ".5mg", "0.5 mg" },
  { "5.0 mg", "5 mg" },
  { "1000mcg", "1,000 mcg" },
  { "10U", "10 units" },
  { "1 unit", "1 unit" },
  { "10 IU", "10 units" },
  { "50µg", "50 mcg" },
  { "5cc", "5 mL" },
  { "5 ml", "5 mL" },
  { "5 mg.", "5 mg" },
  { "12,500 units", "12,500 units" },
  { "250 mg/5ml", "250 mg per 5 mL" },
  { "250 mg per 5 mL", "250 mg per 5 mL" },
  { "90 mcg/puff", "90 mcg per puff" },
  { "100 units/mL", "100 units per mL" },
  { "0.10%", "0.1%" },
  { "0.50 mg", "0.5 mg" },
  { "2 tablets", "2 tablets" },
  { "1.5 g", "1.5 g" },
  { "20 meq", "20 mEq" },
  { "5", NULL },
  { "mg", NULL },
  { "0 mg", NULL },
  { "five mg", NULL },
  { "5 mgs", NULL },
  { "", NULL },
  { NULL, NULL },
  { "1,5 mg", NULL }, /* one and a half, or fifteen? */
  { "5 mg/", NULL },
  { "-5 mg", NULL },
};

static void
test_doses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (DOSES); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *safe = cr_dose_from_typed (DOSES[i].typed, &error);
    g_assert_cmpstr (safe, ==, DOSES[i].safe);
    if (DOSES[i].safe == NULL)
      g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  }
}

static const struct {
  const char *text;
  CrTextPlace place;
  const char *replaced;
  guint found; /* those with several readings stay as they are */
} TEXTS[] = {
  { "Take 1 tablet QD", CR_TEXT_SIG, "Take 1 tablet once daily", 1 },
  { "take 1 q.d.", CR_TEXT_SIG, "take 1 once daily", 1 },
  { "1 tab QOD x3d", CR_TEXT_SIG, "1 tab every other day for 3 days", 2 },
  { "1 PO BID", CR_TEXT_SIG, "1 by mouth twice daily", 2 },
  { "inject 10U SC", CR_TEXT_SIG, "inject 10 units subcutaneously", 2 },
  { "inject 10 U", CR_TEXT_SIG, "inject 10 units", 1 },
  { "50µg daily", CR_TEXT_SIG, "50 mcg daily", 1 },
  { "5cc at HS", CR_TEXT_SIG, "5 mL at at bedtime", 2 },
  { ".5 mg", CR_TEXT_SIG, "0.5 mg", 1 },
  { "5.0 mg and 2.50 mL", CR_TEXT_SIG, "5 mg and 2.5 mL", 2 },
  { "take when pain > 5 & fever", CR_TEXT_SIG, "take when pain more than 5 and fever", 2 },
  { "drops OU", CR_TEXT_SIG, "drops each eye", 1 },
  { "1 OD", CR_TEXT_SIG, "1 OD", 1 }, /* once daily, or the right eye */
  { "D/C aspirin", CR_TEXT_SIG, "D/C aspirin", 1 },
  { "use UD", CR_TEXT_SIG, "use UD", 1 }, /* only real directions help */
  { "SSRI", CR_TEXT_SIG, "SSRI", 1 },
  { "start SSI", CR_TEXT_SIG, "start SSI", 1 },
  { "MS 15 mg", CR_TEXT_SIG, "MS 15 mg", 1 },
  /* notes: results keep their digits, comparisons stay */
  { "K 4.0 mmol/L, A1c 7.0, BP > 140", CR_TEXT_NOTE, "K 4.0 mmol/L, A1c 7.0, BP > 140", 0 },
  { "creatinine 1.0 mg/dL", CR_TEXT_NOTE, "creatinine 1.0 mg/dL", 0 },
  { "lisinopril 5.0 mg QD", CR_TEXT_NOTE, "lisinopril 5 mg once daily", 2 },
  /* words that only look alike */
  { "Mrs. U. came in as usual", CR_TEXT_NOTE, "Mrs. U. came in as usual", 0 },
  { "the bid was placed", CR_TEXT_NOTE, "the twice daily was placed", 1 },
  { "wood, holds, inside, ms", CR_TEXT_NOTE, "wood, holds, inside, ms", 0 },
  { "12.5 mg in the morning", CR_TEXT_SIG, "12.5 mg in the morning", 0 },
  { "10.5 mg", CR_TEXT_SIG, "10.5 mg", 0 },
  { "100 mg", CR_TEXT_SIG, "100 mg", 0 },
  { "Visit at 2.30.", CR_TEXT_NOTE, "Visit at 2.30.", 0 },
  { "", CR_TEXT_SIG, "", 0 },
};

static void
test_abbreviations (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autoptr (GPtrArray) found = cr_abbreviations_find (k, TEXTS[i].text, TEXTS[i].place);
    g_autofree char *replaced = cr_abbreviations_replace (k, TEXTS[i].text, TEXTS[i].place);
    gsize end = 0;
    g_test_message ("%s", TEXTS[i].text);
    g_assert_cmpstr (replaced, ==, TEXTS[i].replaced);
    g_assert_cmpuint (found->len, ==, TEXTS[i].found);
    for (guint j = 0; j < found->len; j++) {
      const CrAbbreviation *a = g_ptr_array_index (found, j);
      g_autofree char *text = g_strndup (TEXTS[i].text + a->start, a->length);
      g_assert_cmpstr (text, ==, a->found);
      g_assert_cmpuint (a->start, >=, end);
      g_assert_cmpstr (a->why, !=, "");
      end = a->start + a->length;
    }
  }
}

static void
test_choices (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  g_autoptr (GPtrArray) od = cr_abbreviations_find (k, "1 OD", CR_TEXT_SIG);
  const CrAbbreviation *a = g_ptr_array_index (od, 0);
  g_assert_cmpuint (g_strv_length (a->replacements), ==, 2);
  g_autoptr (GPtrArray) ud = cr_abbreviations_find (k, "UD", CR_TEXT_SIG);
  a = g_ptr_array_index (ud, 0);
  g_assert_cmpuint (g_strv_length (a->replacements), ==, 0);
  g_autoptr (GPtrArray) none = cr_abbreviations_find (NULL, "1 QD, .5 mg", CR_TEXT_SIG);
  g_assert_cmpuint (none->len, ==, 1); /* the number rules need no list */
}

/* What is put in is itself free of what is looked for. */
static void
test_replacements_are_safe (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autofree char *once = cr_abbreviations_replace (k, TEXTS[i].text, TEXTS[i].place);
    g_autofree char *twice = cr_abbreviations_replace (k, once, TEXTS[i].place);
    g_assert_cmpstr (once, ==, twice);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/tall-man", test_tall_man);
  g_test_add_func ("/names/doses", test_doses);
  g_test_add_func ("/names/abbreviations", test_abbreviations);
  g_test_add_func ("/names/choices", test_choices);
  g_test_add_func ("/names/replacements-are-safe", test_replacements_are_safe);
  return g_test_run ();
}
