/* What was typed into the search, word by word (UX 1.5). */
#include "search-private.h"
#include "chartroom/base/text.h"
#include <stdlib.h>
#include <string.h>

enum {
  FIRST_YEAR = 1900,
  YEAR_DIGITS = 4,
  NUMBER_DIGITS = 4,
  MIN_CHARACTERS = 2,
  MAX_DATE_WORDS = 3,
  MONTH_LETTERS = 3
};

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

/* 3/14, 3/14/61, 3/14/1961, 3/1961, 1961-03-14, each as far as typed: a date field asks for all of it, the
 * search answers while it is typed.  FALSE: not a date but a number. */
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

/* A date as every date field reads it (UX 7.2); FALSE: it is none. */
static gboolean
read_birth (const char *text, CrDate today, CrToken *token)
{
  CrDateReading reading;
  if (!cr_date_parse (text, today, CR_DATE_BIRTH, CR_DATE_NONE, &reading, NULL) ||
      !cr_date_is_set (reading.date) || cr_date_compare (reading.date, today) > 0)
    return FALSE;
  token->births[0] = reading.date;
  token->births[1] = reading.other;
  return TRUE;
}

/* A year of birth is typed whole or, beside a name, as its beginning or its last two digits. */
static void
read_digits (const char *word, CrDate today, CrToken *token)
{
  g_autofree char *digits = cr_text_digits (word);
  *token = (CrToken){ .kind = CR_TOKEN_DIGITS };
  set_text (token, digits);
  token->year = token->length < YEAR_DIGITS || (token->number >= FIRST_YEAR && token->number <= today.year);
  if (token->length == 6 || token->length == 8) /* 031461, 03141961 */
    read_birth (digits, today, token);
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
    if (token.length == 0)
      return;
    cr_sound_keys (token.text, token.sounds);
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

static GStrv
split_words (const char *query)
{
  g_autofree char *text = g_utf8_make_valid (query, -1);
  g_strstrip (text);
  if (g_utf8_strlen (text, -1) < MIN_CHARACTERS)
    return g_new0 (char *, 1);
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\n,;", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);
  return g_strv_builder_end (words);
}

GArray *
cr_tokens_parse (const char *query, CrDate today)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (CrToken));
  g_auto (GStrv) words = split_words (query);
  g_autofree char *text = g_strjoinv (" ", words);
  if (is_phone (text)) {
    CrToken token;
    read_digits (text, today, &token);
    g_array_append_val (tokens, token);
    return tokens;
  }
  for (guint i = 0; words[i] != NULL; i++)
    add_word (tokens, words[i], today);
  return tokens;
}

static gsize
count_letters (const char *text)
{
  gsize n = 0;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += g_unichar_isalpha (g_utf8_get_char (text)) ? 1 : 0;
  return n;
}

/* 14 mar, mar 14: the day of every year. */
static gboolean
lacks_year (const char *text)
{
  const char *number = text + strcspn (text, "0123456789");
  gsize length = strspn (number, "0123456789");
  return length == count_digits (text) && length <= 2 && atoi (number) <= 31;
}

/* The words from `at` as one date with the month in letters; how many of them, 0 none. */
static guint
read_named_date (char **words, guint at, CrDate today, CrToken *token)
{
  guint left = MIN (g_strv_length (words + at), (guint)MAX_DATE_WORDS);
  for (guint n = left; n > 0; n--) {
    g_autofree char *next = g_strdup (words[at + n]);
    g_clear_pointer (&words[at + n], g_free);
    g_autofree char *text = g_strjoinv (" ", words + at);
    words[at + n] = g_steal_pointer (&next);
    *token = (CrToken){ .kind = CR_TOKEN_DATE };
    if (count_digits (text) == 0 || count_letters (text) < MONTH_LETTERS || !read_birth (text, today, token))
      continue;
    if (lacks_year (text)) {
      token->month = token->births[0].month;
      token->day = token->births[0].day;
      token->births[0] = token->births[1] = CR_DATE_NONE;
    }
    return n;
  }
  return 0;
}

GArray *
cr_tokens_parse_dates (const char *query, CrDate today)
{
  g_auto (GStrv) words = split_words (query);
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (CrToken));
  gboolean found = FALSE;
  for (guint i = 0; words[i] != NULL;) {
    CrToken token;
    guint n = read_named_date (words, i, today, &token);
    found |= n > 0;
    if (n > 0)
      g_array_append_val (tokens, token);
    else
      add_word (tokens, words[i], today);
    i += MAX (n, 1);
  }
  return found ? g_steal_pointer (&tokens) : NULL;
}

static gboolean
is_born (CrDate date, int year, int month, int day)
{
  return date.year == year && (date.month == 0 || date.month == month) && (date.day == 0 || date.day == day);
}

gboolean
cr_token_fits_birth (const CrToken *token, guint32 birth)
{
  if (birth == 0)
    return FALSE;
  int year = (int)(birth / 10000), month = (int)(birth / 100 % 100), day = (int)(birth % 100);
  if (cr_date_is_set (token->births[0]) &&
      (is_born (token->births[0], year, month, day) || is_born (token->births[1], year, month, day)))
    return TRUE;
  if (token->kind != CR_TOKEN_DATE)
    return token->year && fits_year (token, year);
  return !cr_date_is_set (token->births[0]) && (token->month == 0 || token->month == month) &&
         (token->day == 0 || token->day == day) && fits_year (token, year);
}
