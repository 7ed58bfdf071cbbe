/* The shipped tables are sound, and things are found in them. */
#include "clinical-fixture.h"
#include "chartroom/base/text.h"
#include "chartroom/clinical/drug-entry.h"
#include "chartroom/clinical/referral-wants.h"
#include "chartroom/domain/clinical-records.h"
#include <glib/gstdio.h>
#include <string.h>

/* ---- the files ---- */

typedef struct {
  const char *file;
  guint rows_min;
  int unique; /* columns that together identify a row; 0 = none */
} File;

static const File FILES[] = {
  { "release.tsv", 1, 1 },         { "classes.tsv", 60, 1 },     { "ingredients.tsv", 250, 1 },
  { "drugs.tsv", 150, 1 },         { "lines.tsv", 150, 0 },      { "lookalikes.tsv", 30, 0 },
  { "allergens.tsv", 80, 1 },      { "reactions.tsv", 20, 1 },   { "problems.tsv", 120, 1 },
  { "key-results.tsv", 10, 1 },    { "frequencies.tsv", 10, 1 }, { "standard-sigs.tsv", 25, 1 },
  { "abbreviations.tsv", 30, 0 },  { "doses.tsv", 100, 2 },      { "cautions.tsv", 50, 1 },
  { "interactions.tsv", 50, 1 },   { "vitals.tsv", 20, 0 },      { "vital-bands.tsv", 30, 0 },
  { "referral-wants.tsv", 15, 2 }, { "notices.tsv", 3, 1 },
};

static char **
read_lines (const char *file)
{
  g_autofree char *dir = fixture_dir ();
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_suffix (text, "\n"));
  text[strlen (text) - 1] = '\0';
  return g_strsplit (text, "\n", -1);
}

static void
check_row (const File *file, const char *line, guint columns, GHashTable *seen)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
  CrDate as_of;
  g_assert_cmpuint (g_strv_length (cells), ==, columns);
  g_assert_cmpstr (cells[columns - 2], !=, "");
  g_assert_true (cr_date_from_iso (cells[columns - 1], &as_of));
  g_assert_true (cr_date_is_full (as_of));
  if (file->unique == 0)
    return;
  char *key = file->unique == 1 ? g_strdup (cells[0]) : g_strjoin ("\t", cells[0], cells[1], NULL);
  g_assert_cmpstr (key, !=, "");
  g_assert_true (g_hash_table_add (seen, key));
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_auto (GStrv) lines = read_lines (FILES[i].file);
    g_auto (GStrv) header = g_strsplit (lines[0], "\t", -1);
    guint columns = g_strv_length (header);
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_assert_cmpstr (header[columns - 2], ==, "source");
    g_assert_cmpstr (header[columns - 1], ==, "as_of");
    g_assert_cmpuint (g_strv_length (lines) - 1, >=, FILES[i].rows_min);
    for (guint row = 1; lines[row] != NULL; row++)
      check_row (&FILES[i], lines[row], columns, seen);
  }
}

/* No table without a check above. */
static void
test_no_other_files (void)
{
  g_autofree char *dir = fixture_dir ();
  g_autoptr (GDir) listing = g_dir_open (dir, 0, NULL);
  guint found = 0;
  for (const char *name = g_dir_read_name (listing); name != NULL; name = g_dir_read_name (listing))
    found += g_str_has_suffix (name, ".tsv");
  g_assert_cmpuint (found, ==, G_N_ELEMENTS (FILES));
}

/* ---- what the rows say ---- */

static void
check_line (const CrDrug *drug, const CrDrugLine *line)
{
  g_autoptr (CrPrescription) rx = cr_rx_from_line (line);
  g_autofree char *directions = cr_sig_text (&rx->sig);
  g_autoptr (GPtrArray) problems = cr_prescription_problems (rx);
  g_autoptr (GPtrArray) questions = cr_prescription_questions (rx);
  if (directions == NULL || problems->len > 0)
    g_error ("%s cannot be prescribed: %s", drug->id,
             problems->len > 0 ? (char *)g_ptr_array_index (problems, 0) : "no directions");
  if (questions->len > (line->other != NULL ? 1 : 0))
    g_error ("%s: %s", drug->id, (char *)g_ptr_array_index (questions, questions->len - 1));
  g_assert_cmpstr (rx->drug_code, ==, drug->id);
  g_assert_nonnull (line->indication);
}

static void
test_lines_read_back (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  const GPtrArray *drugs = cr_knowledge_drugs (k);
  for (guint i = 0; i < drugs->len; i++) {
    const CrDrug *drug = g_ptr_array_index (drugs, i);
    g_assert_cmpuint (drug->lines->len, >, 0);
    for (guint j = 0; j < drug->lines->len; j++)
      check_line (drug, g_ptr_array_index (drug->lines, j));
  }
}

static void
test_names_agree (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  const GPtrArray *drugs = cr_knowledge_drugs (k);
  for (guint i = 0; i < drugs->len; i++) {
    const CrDrug *drug = g_ptr_array_index (drugs, i);
    g_assert_nonnull (drug->ingredients[0]);
    for (guint j = 0; drug->ingredients[j] != NULL; j++) {
      const CrIngredient *ingredient = cr_knowledge_ingredient (k, drug->ingredients[j]);
      g_assert_nonnull (strstr (drug->generic, ingredient->display)); /* tall-man letters the same */
    }
    for (guint j = 0; drug->classes[j] != NULL; j++)
      g_assert_nonnull (cr_knowledge_class (k, drug->classes[j]));
  }
}

static void
test_standard_sigs (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  const GPtrArray *sigs = cr_knowledge_standard_sigs (k);
  const CrDrug *inhaler = cr_knowledge_drug (k, "albuterol-90-mcg-per-puff-inhaler");
  g_assert_cmpuint (sigs->len, ==, 25);
  for (guint i = 0; i < sigs->len; i++) {
    const CrStandardSig *standard = g_ptr_array_index (sigs, i);
    g_autofree char *text = cr_sig_text (&standard->sig);
    g_assert_nonnull (text);
    g_assert_true (g_str_has_prefix (text, "Take "));
  }
  CrSig sig = { .max_per_day = CR_INT_NONE, .days = CR_INT_NONE };
  cr_sig_take_standard (&sig, g_ptr_array_index (sigs, 4), inhaler);
  g_autofree char *text = cr_sig_text (&sig);
  g_assert_cmpstr (text, ==, "Inhale 1 puff by mouth twice daily");
  cr_sig_clear (&sig);
}

static void
test_frequencies (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  const GPtrArray *choices = cr_knowledge_frequencies (k);
  for (guint i = 0; i < choices->len; i++) {
    const CrFrequencyChoice *choice = g_ptr_array_index (choices, i);
    CrSig sig = { (char *)"Take",
                  cr_decimal_from_int (1),
                  CR_DECIMAL_NONE,
                  (char *)"tablet",
                  (char *)"by mouth",
                  (char *)choice->key,
                  NULL,
                  FALSE,
                  NULL,
                  CR_INT_NONE,
                  CR_INT_NONE,
                  NULL };
    g_autofree char *text = cr_sig_text (&sig);
    g_assert_nonnull (text);
    g_assert_true (g_str_has_suffix (text, choice->words)); /* the words are those of the directions */
    g_assert_cmpstr (cr_frequency_from_typed (k, choice->words), ==, choice->key);
    g_assert_cmpstr (cr_frequency_words (k, choice->key), ==, choice->words);
  }
  g_assert_cmpstr (cr_frequency_from_typed (k, " BID "), ==, "bid");
  g_assert_null (cr_frequency_from_typed (k, "now and then"));
  g_assert_null (cr_frequency_from_typed (NULL, "bid"));
}

/* ---- finding ---- */

static const struct {
  const char *typed;
  const char *first; /* display of the first row; NULL = nothing */
  guint total;       /* 0 = at least one */
} DRUG_SEARCHES[] = {
  { "amlo", "amLODIPine 2.5 mg tablet", 4 },
  { "AMLO", "amLODIPine 2.5 mg tablet", 4 },
  { "norvasc", "amLODIPine 2.5 mg tablet", 3 },
  { "amlodipine 10", "amLODIPine 10 mg tablet", 1 },
  { "clavulanate", "amoxicillin and clavulanate 600 mg and 42.9 mg per 5 mL oral suspension", 2 },
  { "lisin", "lisinopril 5 mg tablet", 5 },
  { "xyzzy", NULL, 0 },
  { "", NULL, 0 },
  { "tablet", NULL, 0 }, /* the form alone names no drug */
};

static void
test_drug_search (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (DRUG_SEARCHES); i++) {
    guint total = 99;
    g_autoptr (GPtrArray) rows = cr_drug_search (k, DRUG_SEARCHES[i].typed, 3, &total);
    g_autofree char *first = rows->len > 0 ? cr_drug_display (g_ptr_array_index (rows, 0)) : NULL;
    g_assert_cmpstr (first, ==, DRUG_SEARCHES[i].first);
    g_assert_cmpuint (rows->len, ==, MIN (total, 3));
    if (DRUG_SEARCHES[i].first == NULL || DRUG_SEARCHES[i].total > 0)
      g_assert_cmpuint (total, ==, DRUG_SEARCHES[i].total);
  }
  g_autoptr (GPtrArray) none = cr_drug_search (NULL, "amlo", 3, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Generic before brand before the middle of a name: "pro" is propranolol before ProAir. */
static void
test_drug_rank (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  g_autoptr (GPtrArray) rows = cr_drug_search (k, "pro", 50, NULL);
  int last = 0;
  for (guint i = 0; i < rows->len; i++) {
    const CrDrug *drug = g_ptr_array_index (rows, i);
    int rank = g_ascii_strncasecmp (drug->generic, "pro", 3) == 0 ? 0
               : g_ascii_strncasecmp (drug->brand, "pro", 3) == 0 ? 1
                                                                  : 2;
    g_assert_cmpint (rank, >=, last);
    last = rank;
  }
  g_assert_cmpint (last, >=, 1);
}

static void
test_drug_words (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  const CrDrug *drug = cr_knowledge_drug (k, "amlodipine-5-mg-tablet");
  g_autofree char *brand = cr_drug_with_brand (drug);
  g_autofree char *looks = cr_drug_looks_like (k, drug);
  g_autofree char *classes = cr_drug_classes_text (k, drug);
  g_autofree char *line = cr_drug_line_text (g_ptr_array_index (drug->lines, 0));
  g_assert_cmpstr (brand, ==, "amLODIPine (Norvasc) 5 mg tablet");
  g_assert_cmpstr (looks, ==, "looks like aMILoride (diuretic)");
  g_assert_cmpstr (classes, ==, "dihydropyridine calcium channel blocker");
  g_assert_cmpstr (line, ==, "amLODIPine 5 mg tablet – 1 tablet by mouth once daily in the morning");
  const CrDrug *plain = cr_knowledge_drug (k, "lisinopril-20-mg-tablet");
  g_assert_null (cr_drug_looks_like (k, plain));
  g_assert_cmpuint (plain->lines->len, ==, 2);
  g_assert_null (cr_knowledge_drug (k, "rxnorm:314076"));
}

static void
test_term_search (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  guint total;
  g_autoptr (GPtrArray) peni = cr_allergen_search (k, "peni", 6, &total);
  const CrAllergen *class = g_ptr_array_index (peni, 0);
  g_assert_cmpstr (class->code, ==, "penicillins");
  g_assert_true (class->is_class);
  g_assert_cmpuint (total, >=, 3);
  g_autoptr (GPtrArray) sulfa = cr_allergen_search (k, "sulfa", 9, NULL);
  g_assert_cmpuint (sulfa->len, >=, 2);
  g_autoptr (GPtrArray) sugar = cr_problem_search (k, "diab type 2", 9, NULL);
  g_assert_cmpstr (((CrProblemTerm *)g_ptr_array_index (sugar, 0))->code, ==, "E11.9");
  g_autoptr (GPtrArray) code = cr_problem_search (k, "i10", 9, &total);
  g_assert_cmpstr (((CrProblemTerm *)g_ptr_array_index (code, 0))->display, ==, "Essential hypertension");
  g_autoptr (GPtrArray) synonym = cr_problem_search (k, "high blood pressure", 9, NULL);
  g_assert_cmpstr (((CrProblemTerm *)g_ptr_array_index (synonym, 0))->code, ==, "I10");
  g_assert_cmpstr (cr_knowledge_problem (k, "N18.31")->display, ==, "Chronic kidney disease stage 3a");
}

/* ---- names from elsewhere ---- */

static const struct {
  const char *code, *display;
  const char *keys; /* joined by + */
  gboolean coded;
} MEDICINES[] = {
  { "lisinopril-20-mg-tablet", "lisinopril 20 mg tablet", "lisinopril", TRUE },
  { "warfarin", "warfarin", "warfarin", TRUE },
  { "rxnorm:197361", "Amlodipine 5 MG Oral Tablet", "amlodipine", TRUE },
  { "rxnorm:855332", "Warfarin Sodium 5 MG Oral Tablet", "warfarin", TRUE },
  { "rxnorm:860975", "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet", "metformin", TRUE },
  { "rxnorm:562251", "Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet", "amoxicillin+clavulanate", TRUE },
  { "rxnorm:866414", "24 HR metoprolol succinate 100 MG Extended Release Oral Tablet [Toprol]", "metoprolol",
    TRUE },
  { "rxnorm:748962", "Camila 28 Day Pack", "norethindrone", TRUE },
  { "rxnorm:316672", "Simvistatin 10 MG", "", FALSE }, /* misspelled at its origin */
  { "rxnorm:1363309", "Chlorpheniramine Maleate 4 MG Oral Tablet", "", FALSE },
  { "rxnorm:1", "Acetaminophen 21.7 MG/ML / doxylamine succinate 0.417 MG/ML Oral Solution", "acetaminophen",
    FALSE },
  { NULL, "amoxicillin 500", "amoxicillin", FALSE }, /* free text: found by name, never complete */
  { NULL, "Motrin at night", "ibuprofen", FALSE },
  { NULL, "amoxicillin-clavulanate", "amoxicillin+clavulanate", FALSE },
  { NULL, "herbal tea", "", FALSE },
};

static void
test_ingredients_of (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (MEDICINES); i++) {
    gboolean coded;
    g_autoptr (GPtrArray) keys =
        cr_knowledge_ingredients_of (k, MEDICINES[i].code, MEDICINES[i].display, &coded);
    g_ptr_array_add (keys, NULL);
    g_autofree char *joined = g_strjoinv ("+", (char **)keys->pdata);
    g_test_message ("%s", MEDICINES[i].display);
    g_assert_cmpstr (joined, ==, MEDICINES[i].keys);
    g_assert_cmpint (coded, ==, MEDICINES[i].coded);
  }
}

static const struct {
  const char *name, *code;
} SUBSTANCES[] = {
  { "Penicillin V", "penicillin-v" },
  { "Allergy to penicillin", "penicillins" },
  { "Latex allergy", "latex" },
  { "Latex (substance)", "latex" },
  { "Aspirin", "aspirin" },
  { "Eggs (edible) (substance)", "egg" },
  { "Cow's milk (substance)", "milk" },
  { "Shellfish allergy", "shellfish" },
  { "Dander (animal) allergy", "animal-dander" },
  { "House dust mite (organism)", "house-dust-mite" },
  { "Allergy to mould", "mold" },
  { "Allergy to grass pollen", "grass-pollen" },
  { "Allergy to tree pollen", "tree-pollen" },
  { "Allergy to bee venom", "bee-venom" },
  { "Allergy to nut", "tree-nut" },
  { "Allergy to peanuts", "peanut" },
  { "Allergy to wheat", "wheat" },
  { "sulfa", "sulfonamide-antibiotics" },
  { "Keflex", "cephalexin" },
  { "penicillin and something else", NULL },
  { "", NULL },
  { NULL, NULL },
};

static void
test_allergen_named (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  for (guint i = 0; i < G_N_ELEMENTS (SUBSTANCES); i++) {
    const CrAllergen *allergen = cr_knowledge_allergen_named (k, SUBSTANCES[i].name);
    g_assert_cmpstr (allergen != NULL ? allergen->code : NULL, ==, SUBSTANCES[i].code);
  }
}

static void
test_reactions (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  g_assert_true (cr_knowledge_is_severe (k, "Anaphylaxis"));
  g_assert_true (cr_knowledge_is_severe (k, "rash and throat swelling"));
  g_assert_true (cr_knowledge_is_severe (k, "anaphylactic shock"));
  g_assert_false (cr_knowledge_is_severe (k, "rash and nausea"));
  g_assert_false (cr_knowledge_is_severe (k, NULL));
  g_assert_false (cr_knowledge_is_severe (NULL, "anaphylaxis"));
}

static void
test_key_results (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_problem_free);
  CrProblem *diabetes = cr_problem_new ();
  diabetes->code = g_strdup ("E11.22");
  g_ptr_array_add (problems, diabetes);
  const CrKeyResult *a1c = cr_knowledge_key_result (k, "4548-4");
  g_assert_cmpstr (a1c->display, ==, "A1c");
  g_assert_true (cr_key_result_applies (a1c, problems));
  g_assert_false (cr_key_result_applies (a1c, NULL));
  g_assert_true (cr_key_result_applies (cr_knowledge_key_result (k, "33914-3"), NULL)); /* eGFR: everybody */
  diabetes->status = CR_PROBLEM_RESOLVED;
  g_assert_false (cr_key_result_applies (a1c, problems));
  g_assert_null (cr_knowledge_key_result (k, "0-0"));
}

static CrReferralGap *
find_gap (GArray *gaps, const char *display)
{
  for (guint i = 0; i < gaps->len; i++)
    if (g_str_equal (g_array_index (gaps, CrReferralGap, i).want->display, display))
      return &g_array_index (gaps, CrReferralGap, i);
  return NULL;
}

/* What is missing is named, what is old is dated, what is there is not spoken of. */
static void
test_referral_gaps (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  g_autoptr (CrChartRecords) records = cr_chart_records_new ();
  g_autoptr (CrClock) clock = cr_clock_new_system (NULL);
  CrDocument *ecg = cr_document_new (), *echo = cr_document_new ();
  CrDate today = CR_DATE (2026, 11, 23);
  ecg->title = g_strdup ("Resting ECG, 12 leads");
  ecg->dated = CR_DATE (2026, 11, 20);
  echo->title = g_strdup ("Echocardiogram");
  echo->dated = CR_DATE (2020, 5, 4);
  g_ptr_array_add (records->documents, ecg);
  g_ptr_array_add (records->documents, echo);
  g_autoptr (GArray) gaps = cr_referral_gaps (k, "cardiology", records, clock, today);
  g_assert_null (find_gap (gaps, "ECG"));
  g_autofree char *old = cr_referral_gap_text (find_gap (gaps, "Echocardiogram"));
  g_autofree char *none = cr_referral_gap_text (find_gap (gaps, "Lipid results"));
  g_assert_cmpstr (old, ==,
                   "Cardiology usually wants: Echocardiogram within 36 months (last May 04, "
                   "2020)");
  g_assert_cmpstr (none, ==, "Cardiology usually wants: Lipid results within 12 months (none on file)");
  g_autoptr (GArray) unknown = cr_referral_gaps (k, "Astrology", records, clock, today);
  g_autoptr (GArray) missing = cr_referral_gaps (NULL, "cardiology", records, clock, today);
  g_assert_cmpuint (unknown->len + missing->len, ==, 0);
  g_assert_nonnull (cr_knowledge_notice (k, "part2"));
  g_assert_null (cr_knowledge_notice (k, "nothing"));
}

/* ---- age of the data, and damaged data ---- */

static void
test_age (void)
{
  g_autoptr (CrKnowledge) k = fixture_load ();
  CrDate as_of = cr_knowledge_as_of (k);
  CrDate year_on = cr_date_add_months (as_of, 12);
  g_assert_false (cr_knowledge_is_old (k, year_on));
  g_assert_true (cr_knowledge_is_old (k, cr_date_add_days (year_on, 1)));
  g_assert_true (cr_knowledge_is_old (NULL, as_of));
  g_autofree char *fresh = cr_knowledge_status (k, as_of);
  g_autofree char *old = cr_knowledge_status (k, CR_DATE (2030, 1, 1));
  g_autofree char *missing = cr_knowledge_status (NULL, as_of);
  g_assert_cmpstr (fresh, ==, "Drug data Nov 2026, starter content");
  g_assert_cmpstr (old, ==, "Drug data Nov 2026, too old – prescriptions are not checked");
  g_assert_cmpstr (missing, ==, "Drug data missing – prescriptions are not checked");
}

static void
copy_file (const char *from, const char *to, const char *file, const char *find, const char *replace)
{
  g_autofree char *source = g_build_filename (from, file, NULL);
  g_autofree char *target = g_build_filename (to, file, NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
  g_autoptr (GString) changed = g_string_new (text);
  if (find != NULL)
    g_assert_cmpuint (g_string_replace (changed, find, replace, 1), ==, 1);
  g_assert_true (g_file_set_contents (target, changed->str, (gssize)changed->len, NULL));
}

static const struct {
  const char *file, *find, *replace, *says;
} DAMAGE[] = {
  { "drugs.tsv", "\tingredients\t", "\tingredient\t", "drugs.tsv, line 1" },
  { "drugs.tsv", "\tlisinopril\t\tFDA label", "\tlisinopryl\t\tFDA label", "ingredients" },
  { "classes.tsv", "\tFDA label\t", "\t\t", "source" },
  { "classes.tsv", "\t2026-11-23\n", "\t2026-13-23\n", "as_of" },
  { "ingredients.tsv", "\tace-inhibitors+", "\tace-inhibitor+", "classes" },
  { "doses.tsv", "\tby mouth\t", "\tby mouth\t ", "doses.tsv, line 2" },
  { "cautions.tsv", "\tegfr<30\t", "\tegfr<<30\t", "needs" },
  { "interactions.tsv", "\tnitrates\t", "\tnitrate\t", "first" },
  { "lines.tsv", "\n", "\nextra\n", "lines.tsv, line 2" },
  { "vital-bands.tsv", "\t>=120\t", "\t120\t", "test" },
  { "reactions.tsv", "\tyes\t", "\tmaybe\t", "severe" },
};

static void
remove_dir (const char *dir)
{
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *path = g_build_filename (dir, FILES[i].file, NULL);
    g_remove (path);
  }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_damage (void)
{
  g_autofree char *from = fixture_dir ();
  for (guint i = 0; i < G_N_ELEMENTS (DAMAGE); i++) {
    g_autofree char *to = g_dir_make_tmp ("chartroom-knowledge-XXXXXX", NULL);
    g_autoptr (GError) error = NULL;
    for (guint j = 0; j < G_N_ELEMENTS (FILES); j++) {
      gboolean here = g_str_equal (FILES[j].file, DAMAGE[i].file);
      copy_file (from, to, FILES[j].file, here ? DAMAGE[i].find : NULL, DAMAGE[i].replace);
    }
    g_assert_null (cr_knowledge_load (to, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
    g_assert_nonnull (strstr (error->message, DAMAGE[i].file));
    g_assert_nonnull (strstr (error->message, DAMAGE[i].says));
    remove_dir (to);
  }
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (cr_knowledge_load ("/nonexistent", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_assert_cmpstr (cr_knowledge_version (NULL), ==, "");
  g_assert_null (cr_knowledge_drugs (NULL));
  g_assert_null (cr_knowledge_drug (NULL, "x"));
  g_assert_null (cr_knowledge_reactions (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/knowledge/every-row-has-source-and-date", test_rows);
  g_test_add_func ("/knowledge/no-other-files", test_no_other_files);
  g_test_add_func ("/knowledge/every-line-reads-back", test_lines_read_back);
  g_test_add_func ("/knowledge/names-agree", test_names_agree);
  g_test_add_func ("/knowledge/standard-sigs", test_standard_sigs);
  g_test_add_func ("/knowledge/frequencies", test_frequencies);
  g_test_add_func ("/knowledge/drug-search", test_drug_search);
  g_test_add_func ("/knowledge/drug-rank", test_drug_rank);
  g_test_add_func ("/knowledge/drug-words", test_drug_words);
  g_test_add_func ("/knowledge/term-search", test_term_search);
  g_test_add_func ("/knowledge/ingredients-of", test_ingredients_of);
  g_test_add_func ("/knowledge/allergen-named", test_allergen_named);
  g_test_add_func ("/knowledge/reactions", test_reactions);
  g_test_add_func ("/knowledge/key-results", test_key_results);
  g_test_add_func ("/knowledge/referral-gaps", test_referral_gaps);
  g_test_add_func ("/knowledge/age", test_age);
  g_test_add_func ("/knowledge/damage", test_damage);
  g_test_add_func ("/knowledge/missing", test_missing);
  return g_test_run ();
}
