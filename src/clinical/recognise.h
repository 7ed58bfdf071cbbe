/* Names of drugs and substances in text that somebody else wrote. */
#pragma once
#include "knowledge-private.h"

/* Keys of ingredients and classes named anywhere in the text; borrowed texts, free with g_ptr_array_unref. */
GPtrArray *cr_recognise (const CrKnowledge *k, const char *text);
/* ICD-10-CM code of a problem: its own, or that of the term with exactly its name; NULL when neither. */
const char *cr_recognise_problem (const CrKnowledge *k, const char *system, const char *code,
                                  const char *display);
