#include "search.h"
#include "chartroom/base/text.h"
#include <string.h>

typedef struct {
  gconstpointer row;
  int rank;
  guint order;
} Hit;

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *x = a, *y = b;
  if (x->rank != y->rank)
    return x->rank - y->rank;
  return x->order < y->order ? -1 : x->order > y->order;
}

static char **
split_words (const char *typed)
{
  g_autofree char *folded = cr_text_fold (typed != NULL ? typed : "");
  g_auto (GStrv) parts = g_strsplit_set (folded, " ,;()/", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);
  return g_strv_builder_end (words);
}

void
cr_search_begin (CrSearch *search, const char *typed)
{
  search->words = split_words (typed);
  search->hits = g_array_new (FALSE, FALSE, sizeof (Hit));
}

void
cr_search_add (CrSearch *search, gconstpointer row, int rank)
{
  Hit hit = { row, rank, search->hits->len };
  if (rank >= 0)
    g_array_append_val (search->hits, hit);
}

GPtrArray *
cr_search_end (CrSearch *search, guint limit, guint *total)
{
  GPtrArray *rows = g_ptr_array_new ();
  g_array_sort (search->hits, compare_hits);
  for (guint i = 0; i < search->hits->len && i < limit; i++)
    g_ptr_array_add (rows, (gpointer)g_array_index (search->hits, Hit, i).row);
  if (total != NULL)
    *total = search->hits->len;
  g_clear_pointer (&search->hits, g_array_unref);
  g_clear_pointer (&search->words, g_strfreev);
  return rows;
}

gboolean
cr_search_has_word (const char *text, const char *beginning)
{
  gsize length = strlen (beginning);
  for (const char *p = text; p != NULL && *p != '\0'; p = strpbrk (p, " \n(/")) {
    p += strspn (p, " \n(/");
    if (strncmp (p, beginning, length) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
cr_search_has_words (const char *text, char **beginnings)
{
  for (guint i = 0; beginnings[i] != NULL; i++)
    if (!cr_search_has_word (text, beginnings[i]))
      return FALSE;
  return TRUE;
}
