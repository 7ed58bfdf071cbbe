/* frequencies.tsv, standard-sigs.tsv, abbreviations.tsv */
#include "knowledge-private.h"
#include <glib/gi18n.h>

static void
free_standard (gpointer data)
{
  CrStandardSig *standard = data;
  cr_sig_clear (&standard->sig);
  g_free (standard);
}

static gboolean
load_frequencies (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "key", "words", "typed", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "frequencies.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++) {
    CrFrequencyChoice *choice = g_new0 (CrFrequencyChoice, 1);
    g_ptr_array_add (k->frequencies, choice);
    choice->key = cr_table_text (t, row, 0);
    choice->words = cr_table_text (t, row, 1);
    choice->typed = cr_knowledge_split (k, cr_table_text (t, row, 2), "|");
    if (choice->key == NULL || choice->words == NULL)
      return cr_table_fail (t, row, 0, _ ("key or words are missing"), error);
    if (!cr_table_origin (t, row, &choice->origin, error))
      return FALSE;
  }
  return t != NULL;
}

enum { SIG_KEY, SIG_DOSE, SIG_DOSE_HIGH, SIG_FREQUENCY, SIG_TIMING, SIG_FOR, SIG_MAX, SIG_DAYS };

static gboolean
load_standard (CrKnowledge *k, const CrTable *t, guint row, GError **error)
{
  CrStandardSig *standard = g_new0 (CrStandardSig, 1);
  CrSig *sig = &standard->sig;
  g_ptr_array_add (k->standard_sigs, standard);
  standard->key = cr_table_text (t, row, SIG_KEY);
  if (standard->key == NULL)
    return cr_table_fail (t, row, SIG_KEY, _ ("the key is missing"), error);
  if (!cr_table_decimal (t, row, SIG_DOSE, &sig->dose, error) ||
      !cr_table_decimal (t, row, SIG_DOSE_HIGH, &sig->dose_high, error) ||
      !cr_table_int (t, row, SIG_MAX, &sig->max_per_day, error) ||
      !cr_table_int (t, row, SIG_DAYS, &sig->days, error) ||
      !cr_table_origin (t, row, &standard->origin, error))
    return FALSE;
  sig->action = g_strdup ("Take");
  sig->unit = g_strdup ("tablet");
  sig->route = g_strdup ("by mouth");
  sig->frequency = g_strdup (cr_table_text (t, row, SIG_FREQUENCY));
  sig->timing = g_strdup (cr_table_text (t, row, SIG_TIMING));
  sig->as_needed_for = g_strdup (cr_table_text (t, row, SIG_FOR));
  sig->as_needed = sig->as_needed_for != NULL;
  return TRUE;
}

static gboolean
load_standards (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "key",           "dose",        "dose_high", "frequency", "timing",
                                         "as_needed_for", "max_per_day", "days",      NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "standard-sigs.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++)
    if (!load_standard (k, t, row, error))
      return FALSE;
  return t != NULL;
}

static gboolean
load_abbreviations (CrKnowledge *k, const char *dir, GError **error)
{
  static const char *const columns[] = { "typed", "case", "match", "replacements", "why", NULL };
  static const char *const cases[] = { "any", "exact", NULL };
  static const char *const matches[] = { "word", "number", "text", NULL };
  const CrTable *t = cr_knowledge_table (k, dir, "abbreviations.tsv", columns, error);
  for (guint row = 0; t != NULL && row < t->rows->len; row++) {
    CrAbbreviationRule *rule = g_new0 (CrAbbreviationRule, 1);
    g_ptr_array_add (k->abbreviations, rule);
    rule->typed = cr_table_text (t, row, 0);
    rule->replacements = cr_knowledge_split (k, cr_table_text (t, row, 3), "|");
    rule->why = cr_table_text (t, row, 4);
    if (rule->typed == NULL || rule->why == NULL)
      return cr_table_fail (t, row, 0, _ ("the abbreviation or its danger is missing"), error);
    if (!cr_table_choice (t, row, 1, cases, &rule->exact_case, error) ||
        !cr_table_choice (t, row, 2, matches, &rule->match, error) ||
        !cr_table_origin (t, row, &rule->origin, error))
      return FALSE;
  }
  return t != NULL;
}

gboolean
cr_knowledge_load_entry (CrKnowledge *k, const char *dir, GError **error)
{
  k->frequencies = cr_knowledge_rows_new ();
  k->standard_sigs = g_ptr_array_new_with_free_func (free_standard);
  k->abbreviations = cr_knowledge_rows_new ();
  return load_frequencies (k, dir, error) && load_standards (k, dir, error) &&
         load_abbreviations (k, dir, error);
}
