#include "plain-text.h"
#include <string.h>

/* Is `tag` (behind "<" or "</") one of these names? */
static gboolean
is_tag (const char *tag, const char *const *names)
{
  for (; *names != NULL; names++) {
    gsize length = strlen (*names);
    if (g_ascii_strncasecmp (tag, *names, length) == 0 && !g_ascii_isalnum (tag[length]))
      return TRUE;
  }
  return FALSE;
}

/* Behind the tag at p ("<"), whose attribute values may hold ">". */
static const char *
skip_tag (const char *p)
{
  if (g_str_has_prefix (p, "<!--")) {
    const char *end = strstr (p + 4, "-->");
    return end != NULL ? end + 3 : p + strlen (p);
  }
  char quote = '\0';
  for (p++; *p != '\0'; p++)
    if (quote != '\0')
      quote = *p == quote ? '\0' : quote;
    else if (*p == '"' || *p == '\'')
      quote = *p;
    else if (*p == '>')
      return p + 1;
  return p;
}

/* Behind </script> or </style> when the tag at p opens one, else behind the tag. */
static const char *
skip_unseen (const char *p)
{
  static const char *const script[] = { "script", NULL }, *const style[] = { "style", NULL };
  const char *const *names = is_tag (p + 1, script) ? script : is_tag (p + 1, style) ? style : NULL;
  const char *at = skip_tag (p);
  if (names == NULL || (at - p >= 2 && at[-2] == '/'))
    return at;
  for (; *at != '\0'; at++)
    if (at[0] == '<' && at[1] == '/' && is_tag (at + 2, names))
      return skip_tag (at);
  return at;
}

/* The last character that counts is what parts the words so far; a line break outranks a tab, a tab a blank.
 */
static void
part (GString *out, char with)
{
  gsize end = out->len;
  while (end > 0 && strchr (" \t\n", out->str[end - 1]) != NULL) {
    char had = out->str[--end];
    if (had == '\n' || (had == '\t' && with == ' '))
      with = had;
  }
  g_string_truncate (out, end);
  if (end > 0)
    g_string_append_c (out, with);
}

static void
part_by_tag (GString *out, const char *tag)
{
  static const char *const blocks[] = { "p",   "div",        "br",    "li",    "tr",    "ul",      "ol",
                                        "h1",  "h2",         "h3",    "h4",    "h5",    "h6",      "hr",
                                        "pre", "blockquote", "table", "thead", "tbody", "caption", NULL };
  static const char *const cells[] = { "td", "th", NULL };
  if (is_tag (tag, blocks))
    part (out, '\n');
  else if (is_tag (tag, cells))
    part (out, '\t');
}

static gunichar
number_of_entity (const char *name, gsize length)
{
  gboolean hex = length > 2 && (name[1] == 'x' || name[1] == 'X');
  guint64 value = g_ascii_strtoull (name + (hex ? 2 : 1), NULL, hex ? 16 : 10);
  return value >= 0x20 && value <= 0x10FFFF && value != 0xA0 && g_unichar_validate ((gunichar)value)
             ? (gunichar)value
             : ' ';
}

/* Appends the entity at p ("&") and returns what is behind it; a lone "&" stands for itself. */
static const char *
take_entity (GString *out, const char *p)
{
  static const struct {
    const char *name;
    gunichar c;
  } named[] = { { "amp", '&' },  { "lt", '<' },    { "gt", '>' },
                { "quot", '"' }, { "apos", '\'' }, { "nbsp", ' ' } };
  gsize length = strcspn (p + 1, "; <&\n");
  if (p[1 + length] != ';' || length == 0 || length > 10) {
    g_string_append_c (out, '&');
    return p + 1;
  }
  gunichar c = p[1] == '#' ? number_of_entity (p + 1, length) : 0;
  for (guint i = 0; c == 0 && i < G_N_ELEMENTS (named); i++)
    if (strlen (named[i].name) == length && strncmp (p + 1, named[i].name, length) == 0)
      c = named[i].c;
  if (c == ' ')
    part (out, ' ');
  else if (c != 0)
    g_string_append_unichar (out, c);
  else
    g_string_append_len (out, p, (gssize)length + 2);
  return p + length + 2;
}

char *
plain_text_from_html (const char *html)
{
  GString *out = g_string_new (NULL);
  const char *p = html;
  while (*p != '\0')
    if (*p == '<' && (g_ascii_isalpha (p[1]) || p[1] == '/' || p[1] == '!' || p[1] == '?')) {
      part_by_tag (out, p[1] == '/' ? p + 2 : p + 1);
      p = skip_unseen (p);
    } else if (*p == '&')
      p = take_entity (out, p);
    else if (strchr (" \t\r\n", *p) != NULL) {
      part (out, ' ');
      p++;
    } else
      g_string_append_c (out, *p++);
  return g_strchomp (g_string_free (out, FALSE));
}
