#include "json-text.h"
#include <string.h>

/* Behind the closing quote of the string at p. */
static const char *
skip_string (const char *p)
{
  for (p++; *p != '"'; p++)
    if (*p == '\\')
      p++;
  return p + 1;
}

/* Behind the value at p. */
static const char *
skip_value (const char *p)
{
  guint depth = 0;
  do {
    if (*p == '"')
      p = skip_string (p);
    else {
      depth += *p == '{' || *p == '[';
      depth -= *p == '}' || *p == ']';
      p++;
    }
  } while (depth > 0 || (*p != '\0' && *p != ',' && *p != '}' && *p != ']'));
  return p;
}

gboolean
json_text_is (JsonText value, char first)
{
  return value != NULL && *value == first;
}

gsize
json_text_length (JsonText value)
{
  return skip_value (value) - value;
}

JsonText
json_text_member (JsonText object, const char *name)
{
  if (!json_text_is (object, '{'))
    return NULL;
  gsize length = strlen (name);
  const char *p = object + 1;
  while (*p == '"') {
    const char *key = p + 1;
    p = skip_string (p);
    if ((gsize)(p - 1 - key) == length && strncmp (key, name, length) == 0)
      return p + 1; /* behind the colon */
    p = skip_value (p + 1);
    if (*p == ',')
      p++;
  }
  return NULL;
}

JsonText
json_text_next (JsonText array, JsonText previous)
{
  if (!json_text_is (array, '['))
    return NULL;
  const char *p = previous != NULL ? skip_value (previous) : array + 1;
  if (*p == ']')
    return NULL;
  return *p == ',' ? p + 1 : p;
}

char *
json_text_string (JsonText value)
{
  if (!json_text_is (value, '"'))
    return NULL;
  gsize length = json_text_length (value) - 2;
  if (memchr (value + 1, '\\', length) != NULL)
    return NULL;
  return g_strndup (value + 1, length);
}
