#include "knowledge-private.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/clinical-records.h"
#include "search.h"
#include <string.h>

const CrAllergen *
cr_knowledge_allergen (const CrKnowledge *k, const char *code)
{
  return k != NULL && code != NULL ? g_hash_table_lookup (k->allergen_by_code, code) : NULL;
}

const CrProblemTerm *
cr_knowledge_problem (const CrKnowledge *k, const char *code)
{
  return k != NULL && code != NULL ? g_hash_table_lookup (k->problem_by_code, code) : NULL;
}

const GPtrArray *
cr_knowledge_reactions (const CrKnowledge *k)
{
  return k != NULL ? k->reactions : NULL;
}

const GPtrArray *
cr_knowledge_key_results (const CrKnowledge *k)
{
  return k != NULL ? k->key_results : NULL;
}

const GPtrArray *
cr_knowledge_frequencies (const CrKnowledge *k)
{
  return k != NULL ? k->frequencies : NULL;
}

const GPtrArray *
cr_knowledge_standard_sigs (const CrKnowledge *k)
{
  return k != NULL ? k->standard_sigs : NULL;
}

/* 0: the name begins with the first word; 1: the code does, or a word of the name; 2: the words are spread
 * over name, code and synonyms. */
static int
rank_term (const char *code, const char *display, const char *const *synonyms, char **words)
{
  g_autofree char *name = cr_text_fold (display);
  g_autofree char *joined = g_strjoinv ("\n", (char **)synonyms);
  g_autofree char *others = cr_text_fold (joined);
  g_autofree char *folded_code = cr_text_fold (code);
  g_autofree char *all = g_strconcat (name, "\n", folded_code, "\n", others, NULL);
  if (!cr_search_has_words (all, words))
    return -1;
  if (g_str_has_prefix (name, words[0]))
    return 0;
  return cr_search_has_word (name, words[0]) || g_str_has_prefix (folded_code, words[0]) ? 1 : 2;
}

GPtrArray *
cr_allergen_search (const CrKnowledge *k, const char *typed, guint limit, guint *total)
{
  CrSearch search = { 0 };
  cr_search_begin (&search, typed);
  for (guint i = 0; k != NULL && search.words[0] != NULL && i < k->allergens->len; i++) {
    const CrAllergen *allergen = g_ptr_array_index (k->allergens, i);
    cr_search_add (&search, allergen, rank_term ("", allergen->display, allergen->synonyms, search.words));
  }
  return cr_search_end (&search, limit, total);
}

GPtrArray *
cr_problem_search (const CrKnowledge *k, const char *typed, guint limit, guint *total)
{
  CrSearch search = { 0 };
  cr_search_begin (&search, typed);
  for (guint i = 0; k != NULL && search.words[0] != NULL && i < k->problems->len; i++) {
    const CrProblemTerm *term = g_ptr_array_index (k->problems, i);
    cr_search_add (&search, term, rank_term (term->code, term->display, term->synonyms, search.words));
  }
  return cr_search_end (&search, limit, total);
}

gboolean
cr_knowledge_is_severe (const CrKnowledge *k, const char *reactions)
{
  if (k == NULL || cr_str_empty (reactions))
    return FALSE;
  g_autofree char *text = cr_text_fold (reactions);
  for (guint i = 0; i < k->reactions->len; i++) {
    const CrReaction *reaction = g_ptr_array_index (k->reactions, i);
    g_autofree char *name = reaction->severe ? cr_text_fold (reaction->display) : NULL;
    if (name != NULL && strstr (text, name) != NULL)
      return TRUE;
  }
  return strstr (text, "anaphyla") != NULL; /* anaphylactic, anaphylactoid */
}

const CrKeyResult *
cr_knowledge_key_result (const CrKnowledge *k, const char *loinc)
{
  for (guint i = 0; k != NULL && loinc != NULL && i < k->key_results->len; i++) {
    const CrKeyResult *result = g_ptr_array_index (k->key_results, i);
    if (g_strv_contains (result->codes, loinc))
      return result;
  }
  return NULL;
}

static gboolean
has_problem (const GPtrArray *problems, const char *beginning)
{
  for (guint i = 0; problems != NULL && i < problems->len; i++) {
    const CrProblem *problem = g_ptr_array_index (problems, i);
    if (problem->status == CR_PROBLEM_ACTIVE && problem->code != NULL &&
        g_str_has_prefix (problem->code, beginning))
      return TRUE;
  }
  return FALSE;
}

gboolean
cr_key_result_applies (const CrKeyResult *result, const GPtrArray *problems)
{
  if (result->problems[0] == NULL)
    return TRUE;
  for (guint i = 0; result->problems[i] != NULL; i++)
    if (has_problem (problems, result->problems[i]))
      return TRUE;
  return FALSE;
}
