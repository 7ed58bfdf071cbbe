#include "chartroom/exchange/json-guard.h"
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/base/error.h"

/* What may come next, after any blanks. */
typedef enum {
  WANT_VALUE,
  WANT_VALUE_OR_END,
  WANT_KEY,
  WANT_KEY_OR_END,
  WANT_COLON,
  WANT_COMMA_OR_END,
  WANT_NOTHING
} Want;

typedef struct {
  const char *name;
  const char *start, *at, *end;
  char *out, *out_at;
  gsize out_size;
  char open[CR_JSON_MAX_DEPTH]; /* '{' or '[' for every level we are inside of */
  guint depth;
  guint values;
  Want want;
} Guard;

#define REPLACEMENT "\\ufffd"

static gboolean
refuse (const Guard *g, const char *what, GError **error)
{
  gulong offset = (gulong)(g->at - g->start);
  if (g->at >= g->end)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("“%s” is cut off: it ends at byte %lu in the middle of its JSON. Ask for a complete copy "
                    "of the file."),
                 g->name, offset);
  else
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("“%s” is not valid JSON: %s at byte %lu. Ask for a new copy of the file."), g->name, what,
                 offset);
  return FALSE;
}

static void
reserve (Guard *g, gsize more)
{
  gsize used = g->out_at - g->out;
  if (used + more <= g->out_size)
    return;
  g->out_size = MAX (used + more, g->out_size * 2);
  g->out = g_realloc (g->out, g->out_size);
  g->out_at = g->out + used;
}

static void
put (Guard *g, const char *text, gsize length)
{
  reserve (g, length);
  memcpy (g->out_at, text, length);
  g->out_at += length;
}

static void
put_char (Guard *g, char c)
{
  put (g, &c, 1);
}

/* Four hexadecimal digits at p, or −1. */
static int
read_hex4 (const char *p, const char *end)
{
  if (end - p < 4)
    return -1;
  int value = 0;
  for (int i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (p[i]);
    if (digit < 0)
      return -1;
    value = value * 16 + digit;
  }
  return value;
}

/* At the 'u' of \uXXXX; copies a character, or a whole surrogate pair. */
static gboolean
take_unicode_escape (Guard *g, GError **error)
{
  int unit = read_hex4 (g->at + 1, g->end);
  if (unit < 0) {
    g->at = g->end - g->at < 5 ? g->end : g->at;
    return refuse (g, _ ("a \\u escape without four hexadecimal digits"), error);
  }
  const char *next = g->at + 5;
  gboolean pair = FALSE;
  if (unit >= 0xD800 && unit <= 0xDBFF && g->end - next >= 6 && next[0] == '\\' && next[1] == 'u') {
    int low = read_hex4 (next + 2, g->end);
    pair = low >= 0xDC00 && low <= 0xDFFF;
  }
  gboolean blank = unit == '\t' || unit == '\n';
  gboolean bad = (unit < 0x20 && !blank) || (unit >= 0xD800 && unit <= 0xDFFF && !pair);
  if (bad)
    put (g, REPLACEMENT, strlen (REPLACEMENT));
  else
    put (g, g->at - 1, pair ? 12 : 6);
  g->at = next + (pair ? 6 : 0);
  return TRUE;
}

/* At the 'r' of \r: a line ends with a line feed, whatever system wrote it. */
static void
take_carriage_return (Guard *g)
{
  if (g->end - g->at < 3 || g->at[1] != '\\' || g->at[2] != 'n')
    put (g, "\\n", 2);
}

/* At the character after a backslash. */
static gboolean
take_escape (Guard *g, GError **error)
{
  if (g->at >= g->end)
    return refuse (g, "", error);
  switch (*g->at) {
  case 'u':
    return take_unicode_escape (g, error);
  case 'b':
  case 'f':
    put (g, REPLACEMENT, strlen (REPLACEMENT));
    break;
  case 'r':
    take_carriage_return (g);
    break;
  case '/':
    put_char (g, '/');
    break;
  case '"':
  case '\\':
  case 'n':
  case 't':
    put (g, g->at - 1, 2);
    break;
  default:
    return refuse (g, _ ("an unknown escape in a text"), error);
  }
  g->at++;
  return TRUE;
}

/* At the opening quote. */
static gboolean
take_string (Guard *g, GError **error)
{
  put_char (g, '"');
  g->at++;
  while (TRUE) {
    const char *run = g->at;
    while (g->at < g->end && (guchar)*g->at >= 0x20 && *g->at != '"' && *g->at != '\\')
      g->at++;
    put (g, run, g->at - run);
    if (g->at >= g->end || (guchar)*g->at < 0x20)
      return refuse (g, _ ("a control character in a text"), error);
    if (*g->at++ == '"')
      break;
    if (!take_escape (g, error))
      return FALSE;
  }
  put_char (g, '"');
  return TRUE;
}

static gboolean
take_digits (Guard *g, GError **error)
{
  if (g->at >= g->end || !g_ascii_isdigit (*g->at))
    return refuse (g, _ ("an incomplete number"), error);
  while (g->at < g->end && g_ascii_isdigit (*g->at))
    g->at++;
  return TRUE;
}

static gboolean
take_number (Guard *g, GError **error)
{
  const char *lexeme = g->at;
  if (*g->at == '-')
    g->at++;
  if (g->at < g->end && *g->at == '0')
    g->at++;
  else if (!take_digits (g, error))
    return FALSE;
  if (g->at < g->end && *g->at == '.') {
    g->at++;
    if (!take_digits (g, error))
      return FALSE;
  }
  if (g->at < g->end && (*g->at == 'e' || *g->at == 'E')) {
    g->at++;
    if (g->at < g->end && (*g->at == '+' || *g->at == '-'))
      g->at++;
    if (!take_digits (g, error))
      return FALSE;
  }
  put (g, "\"\\u0001", 7);
  put (g, lexeme, g->at - lexeme);
  put_char (g, '"');
  return TRUE;
}

static gboolean
take_word (Guard *g, GError **error)
{
  static const char *const words[] = { "true", "false", "null" };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize length = strlen (words[i]), left = g->end - g->at;
    if (strncmp (g->at, words[i], MIN (length, left)) != 0)
      continue;
    g->at += MIN (length, left);
    put (g, words[i], length);
    return length <= left || refuse (g, "", error);
  }
  return refuse (g, _ ("something that is no value"), error);
}

static gboolean
enter (Guard *g, GError **error)
{
  if (g->depth == CR_JSON_MAX_DEPTH) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("“%s” is nested more than %d levels deep at byte %lu, deeper than any FHIR file. It was "
                    "not read."),
                 g->name, CR_JSON_MAX_DEPTH, (gulong)(g->at - g->start));
    return FALSE;
  }
  g->open[g->depth++] = *g->at;
  g->want = *g->at == '{' ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
  put_char (g, *g->at++);
  return TRUE;
}

static gboolean
take_value (Guard *g, GError **error)
{
  if (++g->values > CR_JSON_MAX_VALUES) {
    g_set_error (
        error, CR_ERROR, CR_ERROR_INVALID,
        _ ("“%s” holds more than %u values, too many for one chart. Split the file and import its parts."),
        g->name, CR_JSON_MAX_VALUES);
    return FALSE;
  }
  if (*g->at == '{' || *g->at == '[')
    return enter (g, error);
  g->want = g->depth == 0 ? WANT_NOTHING : WANT_COMMA_OR_END;
  if (*g->at == '"')
    return take_string (g, error);
  if (*g->at == '-' || g_ascii_isdigit (*g->at))
    return take_number (g, error);
  return take_word (g, error);
}

/* At a comma, or a bracket that closes what is open. */
static gboolean
take_comma_or_end (Guard *g, GError **error)
{
  gboolean in_object = g->open[g->depth - 1] == '{';
  if (*g->at == ',' && g->want == WANT_COMMA_OR_END)
    g->want = in_object ? WANT_KEY : WANT_VALUE;
  else if (*g->at == (in_object ? '}' : ']'))
    g->want = --g->depth == 0 ? WANT_NOTHING : WANT_COMMA_OR_END;
  else
    return refuse (g, in_object ? _ ("a missing “,” or “}”") : _ ("a missing “,” or “]”"), error);
  put_char (g, *g->at++);
  return TRUE;
}

static gboolean
take_key (Guard *g, GError **error)
{
  if (*g->at == '}' && g->want == WANT_KEY_OR_END)
    return take_comma_or_end (g, error);
  if (*g->at != '"')
    return refuse (g, _ ("a missing name of a field"), error);
  g->want = WANT_COLON;
  return take_string (g, error);
}

static gboolean
take_token (Guard *g, GError **error)
{
  switch (g->want) {
  case WANT_VALUE_OR_END:
    return *g->at == ']' ? take_comma_or_end (g, error) : take_value (g, error);
  case WANT_VALUE:
    return take_value (g, error);
  case WANT_KEY:
  case WANT_KEY_OR_END:
    return take_key (g, error);
  case WANT_COMMA_OR_END:
    return take_comma_or_end (g, error);
  case WANT_COLON:
    if (*g->at != ':')
      return refuse (g, _ ("a missing “:”"), error);
    put_char (g, *g->at++);
    g->want = WANT_VALUE;
    return TRUE;
  case WANT_NOTHING:
  default:
    return refuse (g, _ ("more text after the end"), error);
  }
}

static void
skip_blanks (Guard *g)
{
  while (g->at < g->end && (*g->at == ' ' || *g->at == '\n' || *g->at == '\r' || *g->at == '\t'))
    g->at++;
}

static gboolean
check_bytes (Guard *g, GError **error)
{
  gsize size = g->end - g->start;
  if (size > CR_JSON_MAX_BYTES) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("“%s” is larger than %u MiB. Split the file and import its parts."), g->name,
                 CR_JSON_MAX_BYTES >> 20);
    return FALSE;
  }
  if (size == 0) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("“%s” is empty. Ask for a new copy of the file."),
                 g->name);
    return FALSE;
  }
  const char *bad;
  if (!g_utf8_validate_len (g->start, size, &bad)) {
    if (*bad != '\0' && g_utf8_get_char_validated (bad, g->end - bad) == (gunichar)-2) {
      g->at = g->end; /* in the middle of a character */
      return refuse (g, "", error);
    }
    g_set_error (
        error, CR_ERROR, CR_ERROR_INVALID,
        _ ("“%s” is not text in UTF-8: byte %lu does not belong there. Ask for the file as JSON in UTF-8."),
        g->name, (gulong)(bad - g->start));
    return FALSE;
  }
  if (size >= 3 && memcmp (g->start, "\xEF\xBB\xBF", 3) == 0)
    g->at += 3; /* a byte order mark */
  return TRUE;
}

char *
cr_json_guard (GBytes *bytes, const char *name, gsize *length, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size), *start = data != NULL ? data : "";
  Guard g = { .name = name, .start = start, .at = start, .end = start + size, .want = WANT_VALUE };
  if (!check_bytes (&g, error))
    return NULL;
  reserve (&g, size / 2 + 64);
  gboolean good = TRUE;
  for (skip_blanks (&g); good && g.at < g.end; skip_blanks (&g))
    good = take_token (&g, error);
  if (good && g.want != WANT_NOTHING)
    good = refuse (&g, "", error);
  if (!good) {
    g_free (g.out);
    return NULL;
  }
  *length = g.out_at - g.out;
  put_char (&g, '\0');
  return g.out;
}
