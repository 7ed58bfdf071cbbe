/* What a password is worth. */
#include "chartroom/vault/vault.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define LONG_ENOUGH 14
#define ENOUGH_WORDS 4
#define WORD_LETTERS 3
#define FULL_BITS 90.0 /* of the strength bar */
#define BITS_PER_WORD 11.0

/* Characters, counting only a quarter of those that repeat the one before or follow it in the alphabet. */
static double
effective_length (const char *password)
{
  gunichar before = 0;
  double length = 0;

  for (const char *p = password; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean dull = c == before || c == before + 1 || c + 1 == before;

    length += dull ? 0.25 : 1.0;
    before = c;
  }
  return length;
}

/* Without regard to case. */
static guint
distinct_characters (const char *password)
{
  g_autofree char *folded = g_utf8_casefold (password, -1);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    g_hash_table_add (seen, GUINT_TO_POINTER (g_utf8_get_char (p)));
  return g_hash_table_size (seen);
}

/* Different words of at least three letters. */
static guint
distinct_words (const char *password)
{
  g_autofree char *folded = g_utf8_casefold (password, -1);
  g_auto (GStrv) words = g_strsplit_set (folded, " -_.,;:+/\t", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **word = words; *word != NULL; word++)
    if (g_utf8_strlen (*word, -1) >= WORD_LETTERS && distinct_characters (*word) >= 2)
      g_hash_table_add (seen, *word);
  return g_hash_table_size (seen);
}

/* Size of the set its characters come from. */
static double
character_pool (const char *password)
{
  gboolean lower = FALSE, upper = FALSE, digit = FALSE, other = FALSE;

  for (const char *p = password; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    lower = lower || g_unichar_islower (c);
    upper = upper || g_unichar_isupper (c);
    digit = digit || g_unichar_isdigit (c);
    other = other || !g_unichar_isalnum (c);
  }
  return lower * 26 + upper * 26 + digit * 10 + other * 20 + 1;
}

static double
estimate_bits (const char *password)
{
  double by_character = effective_length (password) * log2 (character_pool (password)) * 0.75;
  double by_word = distinct_words (password) * BITS_PER_WORD;

  return distinct_words (password) >= ENOUGH_WORDS ? MIN (by_character, MAX (by_word, 60.0)) : by_character;
}

const char *
cr_password_weakness (const char *password)
{
  if (!g_utf8_validate (password, -1, NULL))
    return _ ("The password has characters that cannot be typed again.");
  if (distinct_words (password) >= ENOUGH_WORDS)
    return NULL;
  if (g_utf8_strlen (password, -1) < LONG_ENOUGH)
    return _ ("Use at least four unrelated words, or 14 characters.");
  if (distinct_characters (password) < 6 || effective_length (password) < LONG_ENOUGH / 2.0)
    return _ ("This password repeats itself or counts up. Use at least four unrelated words.");
  return NULL;
}

guint
cr_password_strength (const char *password)
{
  double share;

  if (!g_utf8_validate (password, -1, NULL))
    return 0;
  share = CLAMP (estimate_bits (password) / FULL_BITS, 0.0, 1.0) * 100.0;
  return cr_password_weakness (password) == NULL ? (guint)MAX (share, 50.0) : (guint)MIN (share, 49.0);
}
