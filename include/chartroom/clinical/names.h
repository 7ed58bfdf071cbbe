/* Safe words: tall-man letters, doses, error-prone abbreviations (UX 4.5, 4.6). */
#pragma once
#include "chartroom/clinical/knowledge.h"

/* Known generic names in the text get their tall-man letters: "Bupropion 150 MG" → "buPROPion 150 MG". */
char *cr_tall_man (const CrKnowledge *k, const char *text);

/* A typed dose or strength in safe form: ".5mg" → "0.5 mg", "5.0 mg" → "5 mg", "1000mcg" → "1,000 mcg",
 * "10U" → "10 units", "250 mg/5ml" → "250 mg per 5 mL".  NULL and a sentence when it is not a number and a
 * unit. */
char *cr_dose_from_typed (const char *typed, GError **error);

typedef enum { CR_TEXT_SIG, CR_TEXT_NOTE } CrTextPlace; /* refused in directions, underlined in notes */
typedef struct {
  gsize start, length; /* bytes in the text */
  char *found;         /* "QD" */
  char **replacements; /* one: the replacement; several: ask; none: the words must be chosen by the writer */
  char *why;           /* "may be read as QID" */
} CrAbbreviation;
void cr_abbreviation_free (CrAbbreviation *abbreviation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrAbbreviation, cr_abbreviation_free)
/* All in the text, in order, never overlapping; CrAbbreviation, owned by the array.  Empty without knowledge
 * but for the number rules (naked point, trailing zero). */
GPtrArray *cr_abbreviations_find (const CrKnowledge *k, const char *text, CrTextPlace place);
/* The text with every abbreviation that has exactly one replacement replaced. */
char *cr_abbreviations_replace (const CrKnowledge *k, const char *text, CrTextPlace place);
