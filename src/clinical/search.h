/* Ranked search in a list: rows are added with a rank and come out best first, in the order of the list. */
#pragma once
#include <glib.h>

typedef struct {
  char **words; /* folded words typed */
  GArray *hits;
} CrSearch;

void cr_search_begin (CrSearch *search, const char *typed);
void cr_search_add (CrSearch *search, gconstpointer row, int rank); /* a rank below 0 is no hit */
/* At most limit rows; total: how many there were, may be NULL.  Frees what the search holds. */
GPtrArray *cr_search_end (CrSearch *search, guint limit, guint *total);

/* A word of the folded text begins so. */
gboolean cr_search_has_word (const char *text, const char *beginning);
gboolean cr_search_has_words (const char *text, char **beginnings);
