#include "chartroom/clinical/names.h"
#include "knowledge-private.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const char *text;
  CrTextPlace place;
  GPtrArray *found;
} Finder;

void
cr_abbreviation_free (CrAbbreviation *abbreviation)
{
  g_free (abbreviation->found);
  g_free (abbreviation->why);
  g_strfreev (abbreviation->replacements);
  g_free (abbreviation);
}

static CrAbbreviation *
add (Finder *f, gsize start, gsize length, const char *why)
{
  CrAbbreviation *a = g_new0 (CrAbbreviation, 1);
  a->start = start;
  a->length = length;
  a->found = g_strndup (f->text + start, length);
  a->why = g_strdup (why);
  g_ptr_array_add (f->found, a);
  return a;
}

static void
set_replacement (CrAbbreviation *a, char *replacement /* taken */)
{
  a->replacements = g_new0 (char *, 2);
  a->replacements[0] = replacement;
}

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || (guchar)c >= 0x80;
}

static gboolean
is_number_byte (char c)
{
  return g_ascii_isdigit (c) || c == '.' || c == ',';
}

/* ---- words of the list ---- */

static gboolean
same_text (const char *text, const CrAbbreviationRule *rule, gsize length)
{
  return rule->exact_case ? strncmp (text, rule->typed, length) == 0
                          : g_ascii_strncasecmp (text, rule->typed, length) == 0;
}

/* The character before the word, blanks passed over, is a digit. */
static gboolean
follows_number (const char *text, gsize at)
{
  while (at > 0 && text[at - 1] == ' ')
    at--;
  return at > 0 && g_ascii_isdigit (text[at - 1]);
}

static gboolean
stands_there (const char *text, gsize at, const CrAbbreviationRule *rule, gsize length)
{
  if (!same_text (text + at, rule, length))
    return FALSE;
  char before = at > 0 ? text[at - 1] : ' ', after = text[at + length];
  if (rule->match == CR_MATCH_TEXT)
    return TRUE;
  if (is_word_byte (after))
    return FALSE;
  if (rule->match == CR_MATCH_NUMBER)
    return follows_number (text, at);
  return !is_word_byte (before) && before != '/' && after != '/';
}

/* Longest rule that stands at this place. */
static const CrAbbreviationRule *
rule_at (const CrKnowledge *k, const char *text, gsize at)
{
  const CrAbbreviationRule *best = NULL;
  for (guint i = 0; i < k->abbreviations->len; i++) {
    const CrAbbreviationRule *rule = g_ptr_array_index (k->abbreviations, i);
    gsize length = strlen (rule->typed);
    if ((best == NULL || length > strlen (best->typed)) && stands_there (text, at, rule, length))
      best = rule;
  }
  return best;
}

/* Returns the length of what was found, 0 for nothing. */
static gsize
find_rule (Finder *f, const CrKnowledge *k, gsize at)
{
  const CrAbbreviationRule *rule = k != NULL ? rule_at (k, f->text, at) : NULL;
  if (rule == NULL)
    return 0;
  gsize length = strlen (rule->typed);
  CrAbbreviation *a = add (f, at, length, rule->why);
  gboolean glued = at > 0 && g_ascii_isdigit (f->text[at - 1]);
  if (glued && g_strv_length ((char **)rule->replacements) == 1)
    set_replacement (a, g_strconcat (" ", rule->replacements[0], NULL));
  else
    a->replacements = g_strdupv ((char **)rule->replacements);
  return length;
}

/* ---- numbers ---- */

/* Units of doses; a trailing zero before any other word may be a result as reported. */
static gboolean
dose_follows (const char *text)
{
  static const char *const units[] = { "mg",   "mcg",   "g",      "mL",      "ml",
                                       "unit", "units", "tablet", "tablets", "mEq" };
  text += strspn (text, " ");
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    gsize length = strlen (units[i]);
    if (strncmp (text, units[i], length) == 0 && !is_word_byte (text[length]) && text[length] != '/')
      return TRUE;
  }
  return FALSE;
}

static char *
without_zeros (const char *number, gsize length)
{
  while (length > 0 && number[length - 1] == '0')
    length--;
  if (length > 0 && number[length - 1] == '.')
    length--;
  return g_strndup (number, length);
}

/* ".5 mg", "5.0 mg" */
static gsize
find_number (Finder *f, gsize at)
{
  const char *p = f->text + at;
  gsize length = strspn (p, "0123456789.,");
  const char *point = memchr (p, '.', length);
  if (at > 0 && (is_number_byte (f->text[at - 1]) || is_word_byte (f->text[at - 1])))
    return 0;
  if (*p == '.' && g_ascii_isdigit (p[1])) {
    CrAbbreviation *a = add (f, at, length, _ ("the point may be overlooked"));
    set_replacement (a, g_strdup_printf ("0%.*s", (int)length, p));
    return length;
  }
  if (point == NULL || point + 1 == p + length || p[length - 1] != '0' || !dose_follows (p + length))
    return 0;
  CrAbbreviation *a = add (f, at, length, _ ("the point may be overlooked: ten times the dose"));
  set_replacement (a, without_zeros (p, length));
  return length;
}

/* "x3d" → "for 3 days" */
static gsize
find_days (Finder *f, gsize at)
{
  const char *p = f->text + at;
  if (g_ascii_tolower (*p) != 'x' || (at > 0 && is_word_byte (p[-1])))
    return 0;
  gsize digits = strspn (p + 1, "0123456789");
  if (digits == 0 || digits > 3 || g_ascii_tolower (p[1 + digits]) != 'd' || is_word_byte (p[2 + digits]))
    return 0;
  CrAbbreviation *a = add (f, at, digits + 2, _ ("may be read as doses instead of days"));
  set_replacement (a, g_strdup_printf (_ ("for %.*s days"), (int)digits, p + 1));
  return digits + 2;
}

/* ---- symbols; in notes ">" and "<" are common and harmless ---- */

static gsize
find_symbol (Finder *f, gsize at)
{
  static const struct {
    const char *symbol, *words;
    gboolean in_notes;
  } symbols[] = {
    { "<", N_ ("less than"), FALSE }, { ">", N_ ("more than"), FALSE }, { "@", N_ ("at"), TRUE },
    { "&", N_ ("and"), FALSE },       { "°", N_ ("degrees"), FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++) {
    gsize length = strlen (symbols[i].symbol);
    if (strncmp (f->text + at, symbols[i].symbol, length) != 0)
      continue;
    if (f->place == CR_TEXT_NOTE && !symbols[i].in_notes)
      return 0;
    gboolean glued = at > 0 && f->text[at - 1] != ' ', tight = f->text[at + length] != ' ';
    CrAbbreviation *a = add (f, at, length, _ ("symbols are misread"));
    set_replacement (a, g_strdup_printf ("%s%s%s", glued ? " " : "", _ (symbols[i].words), tight ? " " : ""));
    return length;
  }
  return 0;
}

static gsize
find_at (Finder *f, const CrKnowledge *k, gsize at)
{
  gsize length = find_number (f, at);
  if (length == 0)
    length = find_days (f, at);
  if (length == 0)
    length = find_rule (f, k, at);
  return length != 0 ? length : find_symbol (f, at);
}

GPtrArray *
cr_abbreviations_find (const CrKnowledge *k, const char *text, CrTextPlace place)
{
  Finder f = { text, place, g_ptr_array_new_with_free_func ((GDestroyNotify)cr_abbreviation_free) };
  for (gsize at = 0; text != NULL && text[at] != '\0';) {
    gsize length = find_at (&f, k, at);
    at += length != 0 ? length : (gsize)(g_utf8_next_char (text + at) - (text + at));
  }
  return f.found;
}

char *
cr_abbreviations_replace (const CrKnowledge *k, const char *text, CrTextPlace place)
{
  g_autoptr (GPtrArray) found = cr_abbreviations_find (k, text, place);
  GString *out = g_string_new (text);
  for (guint i = found->len; i > 0; i--) {
    const CrAbbreviation *a = g_ptr_array_index (found, i - 1);
    if (a->replacements[0] == NULL || a->replacements[1] != NULL)
      continue;
    g_string_erase (out, (gssize)a->start, (gssize)a->length);
    g_string_insert (out, (gssize)a->start, a->replacements[0]);
  }
  return g_string_free (out, FALSE);
}
