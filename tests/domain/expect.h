/* Checks of new strings and sentence lists; what is handed in is freed. */
#pragma once
#include <glib.h>

/* `actual` is owned by the check. */
#define expect_text(actual, expected)                                                                        \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autofree char *expect_actual = (actual);                                                               \
    g_assert_cmpstr (expect_actual, ==, (expected));                                                         \
  }                                                                                                          \
  G_STMT_END

/* A list of sentences (char*), owned by the check: exactly one that contains `part`, or none when part is
 * NULL. */
static inline void
expect_one_sentence (GPtrArray *list, const char *part)
{
  g_autoptr (GPtrArray) sentences = list;
  g_assert_cmpuint (sentences->len, ==, part == NULL ? 0 : 1);
  if (part != NULL)
    g_assert_nonnull (g_strstr_len (sentences->pdata[0], -1, part));
}
