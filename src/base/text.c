#include "chartroom/base/text.h"

#include <string.h>

/* ---- folding ---- */

/* Collects the folded text: no blank at the start, at the end, or after another. */
typedef struct {
  char *out;
  gsize length;
} Folded;

static void
append_blank (Folded *self)
{
  if (self->length > 0 && self->out[self->length - 1] != ' ')
    self->out[self->length++] = ' ';
}

static void
append_ascii (Folded *self, char c)
{
  if (g_ascii_isspace (c))
    append_blank (self);
  else if (c != '\'' && c != '-' && c != '`')
    self->out[self->length++] = g_ascii_tolower (c);
}

static char *
finish (Folded *self)
{
  if (self->length > 0 && self->out[self->length - 1] == ' ')
    self->length--;
  self->out[self->length] = '\0';
  return self->out;
}

/* NULL when the text is not ASCII alone.  Nearly every name takes this path. */
static char *
fold_ascii (const char *s)
{
  Folded folded = { g_malloc (strlen (s) + 1), 0 };
  for (; *s != '\0'; s++) {
    if ((guchar)*s >= 0x80) {
      g_free (folded.out);
      return NULL;
    }
    append_ascii (&folded, *s);
  }
  return finish (&folded);
}

/* Accents and vowel points; not the marks that make another letter (nukta, virama, kana voicing). */
static gboolean
is_accent (gunichar c)
{
  int class = g_unichar_combining_class (c);
  return class == 1 || (class >= 10 && class <= 36) || class >= 200;
}

/* Apostrophes, hyphens and dashes of every kind, and characters without a shape. */
static gboolean
is_dropped (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);
  return is_accent (c) || type == G_UNICODE_DASH_PUNCTUATION || type == G_UNICODE_FORMAT || c == 0x2018 ||
         c == 0x2019 || c == 0x02BB || c == 0x02BC || c == 0x00B4;
}

/* Letters that no decomposition takes to their plain form; NULL for every other. */
static const char *
plain_letter (gunichar c)
{
  static const struct {
    gunichar letter;
    const char *plain;
  } letters[] = {
    { 0x00DF, "ss" }, { 0x00E6, "ae" }, { 0x00F0, "d" }, { 0x00F8, "o" }, { 0x00FE, "th" }, { 0x0111, "d" },
    { 0x0127, "h" },  { 0x0131, "i" },  { 0x0142, "l" }, { 0x014B, "n" }, { 0x0153, "oe" }, { 0x0167, "t" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].letter == c)
      return letters[i].plain;
  return NULL;
}

static void
append_unichar (Folded *self, gunichar c)
{
  const char *plain = plain_letter (c);
  if (c < 0x80)
    append_ascii (self, (char)c);
  else if (g_unichar_isspace (c))
    append_blank (self);
  else if (plain != NULL)
    self->length += (gsize)(g_stpcpy (self->out + self->length, plain) - (self->out + self->length));
  else if (!is_dropped (c))
    self->length += (gsize)g_unichar_to_utf8 (c, self->out + self->length);
}

static char *
fold_unicode (const char *s)
{
  g_autofree char *valid = g_utf8_make_valid (s, -1);
  g_autofree char *apart = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *decomposed = g_utf8_casefold (apart, -1);
  Folded folded = { g_malloc (strlen (decomposed) + 1), 0 };
  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p))
    append_unichar (&folded, g_unichar_tolower (g_utf8_get_char (p))); /* GLib folds Cherokee to and fro */
  return finish (&folded);
}

char *
cr_text_fold (const char *s)
{
  if (s == NULL)
    return g_strdup ("");
  char *folded = fold_ascii (s);
  return folded != NULL ? folded : fold_unicode (s);
}

/* ---- sounds and slips ---- */

/* Soundex, with the repairs that names need: beginnings that sound alike share a letter (Catherine and
 * Katherine, Philip and Filip, Weber and Veber, Knight and Night), ph is f, and a w before a vowel is a v in
 * one key and silent in the other: Nowak sounds like Novak, and Stewart like Stuart. */

/* Soundex class of a letter: '0' for vowels, which part equal sounds; '-' for h and w, which do not. */
static char
sound_class (char letter)
{
  static const char classes[] = "01230120022455012623010202";
  return letter == 'h' || letter == 'w' ? '-' : classes[letter - 'a'];
}

static gboolean
is_vowel (char letter)
{
  return letter != '\0' && strchr ("aeiouy", letter) != NULL;
}

/* The letter that stands for a beginning; *used: how many letters it takes. */
static char
sound_beginning (const char *letters, gsize *used)
{
  static const struct {
    const char *beginning;
    char letter;
    gsize used; /* what follows only decided */
  } beginnings[] = {
    { "chr", 'K', 2 }, { "ch", 'C', 2 }, { "cz", 'C', 2 }, { "ce", 'S', 1 }, { "ci", 'S', 1 },
    { "cy", 'S', 1 },  { "kn", 'N', 2 }, { "gn", 'N', 2 }, { "pn", 'N', 2 }, { "wr", 'R', 2 },
    { "ps", 'S', 2 },  { "ts", 'S', 2 }, { "tz", 'S', 2 }, { "pf", 'F', 2 }, { "ph", 'F', 2 },
    { "ge", 'J', 1 },  { "gi", 'J', 1 }, { "gy", 'J', 1 }, { "c", 'K', 1 },  { "q", 'K', 1 },
    { "z", 'S', 1 },   { "x", 'S', 1 },  { "w", 'V', 1 },  { "y", 'I', 1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (letters, beginnings[i].beginning)) {
      *used = beginnings[i].used;
      return beginnings[i].letter;
    }
  *used = 1;
  return g_ascii_toupper (letters[0]);
}

static char
inner_class (const char *letters, gsize at, gboolean w_is_v)
{
  if (letters[at] == 'w' && w_is_v && is_vowel (letters[at + 1]))
    return '1';
  if (letters[at] == 'p' && letters[at + 1] == 'h')
    return '1';
  return sound_class (letters[at]);
}

enum { SOUND_LETTERS = 64 }; /* what comes after them is not heard */

/* Small ASCII letters alone. */
static gsize
take_letters (const char *folded, char letters[SOUND_LETTERS])
{
  gsize n = 0;
  for (const char *p = folded; p != NULL && *p != '\0' && n < SOUND_LETTERS - 1; p++)
    if (g_ascii_isalpha (*p))
      letters[n++] = g_ascii_tolower (*p);
  letters[n] = '\0';
  return n;
}

static char *
make_sound (const char *folded, gboolean w_is_v)
{
  char letters[SOUND_LETTERS], key[5] = "0000";
  gsize used, length = 1, n = take_letters (folded, letters);
  if (n == 0)
    return g_strdup ("");

  key[0] = sound_beginning (letters, &used);
  char previous = sound_class (letters[used - 1]);
  for (gsize i = used; i < n && length < 4; i++) {
    char class = inner_class (letters, i, w_is_v);
    if (class > '0' && class != previous)
      key[length++] = class;
    if (class != '-')
      previous = class;
  }
  return g_strdup (key);
}

char *
cr_text_sound (const char *folded)
{
  return make_sound (folded, TRUE);
}

char *
cr_text_sound_other (const char *folded)
{
  g_autofree char *first = make_sound (folded, TRUE);
  g_autofree char *second = make_sound (folded, FALSE);
  return g_str_equal (first, second) ? g_strdup ("") : g_steal_pointer (&second);
}

gboolean
cr_text_sounds_alike (const char *a, const char *b)
{
  g_autofree char *one = cr_text_sound (a), *one_other = cr_text_sound_other (a);
  g_autofree char *two = cr_text_sound (b), *two_other = cr_text_sound_other (b);
  return (*one != '\0' && (g_str_equal (one, two) || g_str_equal (one, two_other))) ||
         (*one_other != '\0' && (g_str_equal (one_other, two) || g_str_equal (one_other, two_other)));
}

gboolean
cr_text_within_one_edit (const char *a, const char *b)
{
  glong a_length, b_length;
  g_autofree gunichar *x = g_utf8_to_ucs4_fast (a, -1, &a_length);
  g_autofree gunichar *y = g_utf8_to_ucs4_fast (b, -1, &b_length);
  glong shorter = MIN (a_length, b_length), head = 0, tail = 0;
  while (head < shorter && x[head] == y[head])
    head++;
  while (tail < shorter - head && x[a_length - 1 - tail] == y[b_length - 1 - tail])
    tail++;

  glong a_rest = a_length - head - tail, b_rest = b_length - head - tail;
  if (a_rest <= 1 && b_rest <= 1)
    return TRUE;
  return a_rest == 2 && b_rest == 2 && x[head] == y[head + 1] && x[head + 1] == y[head];
}

/* ---- small forms ---- */

char *
cr_text_digits (const char *s)
{
  GString *digits = g_string_new (NULL);
  for (; s != NULL && *s != '\0'; s++)
    if (g_ascii_isdigit (*s))
      g_string_append_c (digits, *s);
  return g_string_free (digits, FALSE);
}

char *
cr_text_upper (const char *s)
{
  return s != NULL ? g_utf8_strup (s, -1) : g_strdup ("");
}

static gboolean
is_turn (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_unclean (gunichar c)
{
  return c != '\n' && c != '\t' && g_unichar_iscntrl (c);
}

gboolean
cr_text_has_turns (const char *s)
{
  for (; s != NULL && *s != '\0'; s = g_utf8_next_char (s))
    if (is_turn (g_utf8_get_char (s)))
      return TRUE;
  return FALSE;
}

char *
cr_text_clean (const char *s)
{
  if (s == NULL)
    return NULL;
  g_autofree char *valid = g_utf8_make_valid (s, -1);
  GString *text = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_unclean (g_utf8_get_char (p)) && !is_turn (g_utf8_get_char (p)))
      g_string_append_unichar (text, g_utf8_get_char (p));
  return g_string_free (text, FALSE);
}

gboolean
cr_text_is_clean (const char *s)
{
  if (s == NULL)
    return TRUE;
  if (!g_utf8_validate (s, -1, NULL))
    return FALSE;
  for (; *s != '\0'; s = g_utf8_next_char (s))
    if (is_unclean (g_utf8_get_char (s)))
      return FALSE;
  return TRUE;
}

char *
cr_text_trim (const char *s)
{
  if (s == NULL)
    return NULL;
  g_autofree char *valid = g_utf8_make_valid (s, -1);
  GString *text = g_string_sized_new (strlen (valid));
  gboolean blank = FALSE;
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_isspace (c)) {
      blank = TRUE;
      continue;
    }
    if (blank && text->len > 0)
      g_string_append_c (text, ' ');
    g_string_append_unichar (text, c);
    blank = FALSE;
  }
  return g_string_free (text, FALSE);
}

gboolean
cr_text_is_blank (const char *s)
{
  g_autofree char *trimmed = cr_text_trim (s);
  return cr_str_empty (trimmed);
}

/* Where the text may be cut so that `max_chars` characters or fewer stay: before a blank, if there is one. */
static const char *
cut_before (const char *s, gsize max_chars)
{
  const char *end = g_utf8_offset_to_pointer (s, (glong)max_chars);
  const char *cut = end;
  while (cut > s && !g_unichar_isspace (g_utf8_get_char (cut)))
    cut = g_utf8_prev_char (cut);
  while (cut > s && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (cut))))
    cut = g_utf8_prev_char (cut);
  return cut > s ? cut : end;
}

char *
cr_text_ellipsis_words (const char *s, gsize max_chars)
{
  if (s == NULL)
    return g_strdup ("");
  g_autofree char *valid = g_utf8_make_valid (s, -1);
  if ((gsize)g_utf8_strlen (valid, -1) <= max_chars)
    return g_steal_pointer (&valid);
  if (max_chars == 0)
    return g_strdup ("");
  const char *cut = cut_before (valid, max_chars - 1);
  return g_strdup_printf ("%.*s…", (int)(cut - valid), valid);
}

/* ---- numbers in words ---- */

/* n: 1–99. */
static void
append_tens (GString *words, guint n)
{
  static const char *const small[] = { "",        "one",     "two",       "three",    "four",
                                       "five",    "six",     "seven",     "eight",    "nine",
                                       "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                       "fifteen", "sixteen", "seventeen", "eighteen", "nineteen" };
  static const char *const tens[] = { "",      "",      "twenty",  "thirty", "forty",
                                      "fifty", "sixty", "seventy", "eighty", "ninety" };
  if (n < 20)
    g_string_append (words, small[n]);
  else if (n % 10 == 0)
    g_string_append (words, tens[n / 10]);
  else
    g_string_append_printf (words, "%s-%s", tens[n / 10], small[n % 10]);
}

/* n: 1–999. */
static void
append_hundreds (GString *words, guint n)
{
  if (n >= 100) {
    append_tens (words, n / 100);
    g_string_append (words, n % 100 != 0 ? " hundred " : " hundred");
  }
  if (n % 100 != 0)
    append_tens (words, n % 100);
}

/* English in every language of the screen: prescriptions are written for the pharmacy. */
char *
cr_number_in_words (guint n)
{
  if (n == 0)
    return g_strdup ("zero");
  if (n > 999999)
    return g_strdup_printf ("%u", n);

  GString *words = g_string_new (NULL);
  if (n >= 1000) {
    append_hundreds (words, n / 1000);
    g_string_append (words, n % 1000 != 0 ? " thousand " : " thousand");
  }
  if (n % 1000 != 0)
    append_hundreds (words, n % 1000);
  return g_string_free (words, FALSE);
}
