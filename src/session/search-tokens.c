/* What was typed into the search, word by word (UX 1.5). */
#include "search-private.h"
#include "chartroom/base/text.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_YEAR = 1900, YEAR_DIGITS = 4, NUMBER_DIGITS = 4, MIN_CHARACTERS = 2 };

static gsize
count_digits (const char *text)
{
  gsize n = 0;
  for (; *text != '\0'; text++)
    n += g_ascii_isdigit (*text) ? 1 : 0;
  return n;
}

static gboolean
consists_of (const char *text, const char *more)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isdigit (*text) && strchr (more, *text) == NULL)
      return FALSE;
  return TRUE;
}

static void
set_text (CrToken *token, const char *text)
{
  g_strlcpy (token->text, text, sizeof token->text);
  token->length = strlen (token->text);
  token->number = token->length <= YEAR_DIGITS ? atoi (token->text) : 0;
}

static gboolean
is_month_and_day (const char *month, const char *day)
{
  return strlen (month) <= 2 && strlen (day) <= 2 && atoi (month) <= 12 && atoi (day) <= 31;
}

/* 3/14, 3/14/61, 3/14/1961, 3/1961, 1961-03-14, each as far as typed.  FALSE: not a date but a number. */
static gboolean
read_date_parts (char **parts, guint n, CrToken *token)
{
  const char *first = parts[0], *second = n > 1 ? parts[1] : "", *third = n > 2 ? parts[2] : "";
  if (n > 3 || *first == '\0')
    return FALSE;
  if (strlen (first) == YEAR_DIGITS && is_month_and_day (second, third)) {
    token->month = atoi (second);
    token->day = atoi (third);
    set_text (token, first);
    return TRUE;
  }
  if (n == 2 && is_month_and_day (first, "") && strlen (second) <= YEAR_DIGITS && atoi (second) > 31) {
    token->month = atoi (first);
    set_text (token, second);
    return TRUE;
  }
  gboolean day_first =
      cr_date_day_first () ? is_month_and_day (second, first) : !is_month_and_day (first, second);
  const char *month = day_first ? second : first, *day = day_first ? first : second;
  token->month = atoi (month);
  token->day = atoi (day);
  set_text (token, third);
  return is_month_and_day (month, day) && strlen (third) <= YEAR_DIGITS;
}

static gboolean
read_date (const char *word, CrToken *token)
{
  if (!consists_of (word, "/-.") || strpbrk (word, "/-.") == NULL)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit_set (word, "/-.", -1);
  token->kind = CR_TOKEN_DATE;
  return read_date_parts (parts, g_strv_length (parts), token);
}

/* A year of birth is typed whole or, beside a name, as its beginning or its last two digits. */
static void
read_digits (const char *word, CrDate today, CrToken *token)
{
  g_autofree char *digits = cr_text_digits (word);
  *token = (CrToken){ .kind = CR_TOKEN_DIGITS };
  set_text (token, digits);
  token->year = token->length < YEAR_DIGITS || (token->number >= FIRST_YEAR && token->number <= today.year);
}

static void
add_word (GArray *tokens, const char *word, CrDate today)
{
  CrToken token = { .kind = CR_TOKEN_WORD };
  if (count_digits (word) > 0 && consists_of (word, "/-.()+")) {
    if (!read_date (word, &token))
      read_digits (word, today, &token);
  } else {
    g_autofree char *folded = cr_text_fold (word);
    token = (CrToken){ .kind = CR_TOKEN_WORD };
    set_text (&token, folded);
    token.sound = cr_sound_key (token.text);
    if (token.length == 0)
      return;
  }
  g_array_append_val (tokens, token);
}

/* (503) 555-0142, 503 555 0142, 555 0142: one number in several pieces. */
static gboolean
is_phone (const char *query)
{
  CrToken date = { .kind = CR_TOKEN_WORD };
  gsize n = count_digits (query);
  return (n == 7 || n == 10 || n == 11) && consists_of (query, "()-.+ ") && !read_date (query, &date);
}

/* The beginning of all four digits, or of the last two. */
static gboolean
fits_year (const CrToken *token, int year)
{
  int number = token->number;
  switch (token->length) {
  case 0:
    return TRUE;
  case 1:
    return year / 1000 == number || year % 100 / 10 == number;
  case 2:
    return year / 100 == number || year % 100 == number;
  case 3:
    return year / 10 == number;
  default:
    return year == number;
  }
}

GArray *
cr_tokens_parse (const char *query, CrDate today)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (CrToken));
  g_autofree char *text = g_utf8_make_valid (query, -1);
  g_strstrip (text);
  if (g_utf8_strlen (text, -1) < MIN_CHARACTERS)
    return tokens;
  if (is_phone (text)) {
    CrToken token;
    read_digits (text, today, &token);
    g_array_append_val (tokens, token);
    return tokens;
  }
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n,;", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      add_word (tokens, words[i], today);
  return tokens;
}

gboolean
cr_token_fits_birth (const CrToken *token, guint32 birth)
{
  if (birth == 0)
    return FALSE;
  int year = (int)(birth / 10000), month = (int)(birth / 100 % 100), day = (int)(birth % 100);
  if (token->kind != CR_TOKEN_DATE)
    return token->year && fits_year (token, year);
  return (token->month == 0 || token->month == month) && (token->day == 0 || token->day == day) &&
         fits_year (token, year);
}
