/* The shipped knowledge, loaded once per test. */
#pragma once
#include "chartroom/clinical/knowledge.h"

static inline char *
fixture_dir (void)
{
  return g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "data", "knowledge", NULL);
}

static inline CrKnowledge *
fixture_load (void)
{
  g_autofree char *dir = fixture_dir ();
  g_autoptr (GError) error = NULL;
  CrKnowledge *k = cr_knowledge_load (dir, &error);
  g_assert_no_error (error);
  g_assert_nonnull (k);
  return k;
}

static inline CrDecimal
decimal (const char *text)
{
  CrDecimal value = CR_DECIMAL_NONE;
  g_assert_true (text == NULL || cr_decimal_parse (text, &value));
  return value;
}
