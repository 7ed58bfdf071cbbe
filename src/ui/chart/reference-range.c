#include "src/ui/chart/reference-range.h"
#include <math.h>

static gboolean
take_number (const char **at, double *out)
{
  char *end = NULL;
  while (**at == ' ')
    (*at)++;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  *out = g_ascii_strtod (*at, &end);
  *at = end;
  return TRUE;
}

static gboolean
take_sign (const char **at, const char *const *signs)
{
  for (; *signs != NULL; signs++)
    if (g_str_has_prefix (*at, *signs)) {
      *at += strlen (*signs);
      return TRUE;
    }
  return FALSE;
}

void
cr_reference_range_parse (const char *range, double *low, double *high)
{
  static const char *const ABOVE[] = { "≥", ">=", ">", NULL }, *const BELOW[] = { "≤", "<=", "<", NULL };
  static const char *const TO[] = { "–", "-", "—", NULL };
  const char *at = range;
  *low = *high = NAN;
  if (range == NULL)
    return;
  while (*at == ' ')
    at++;
  if (take_sign (&at, ABOVE)) {
    take_number (&at, low);
  } else if (take_sign (&at, BELOW)) {
    take_number (&at, high);
  } else if (take_number (&at, low)) {
    while (*at == ' ')
      at++;
    if (!take_sign (&at, TO) || !take_number (&at, high))
      *low = *high = NAN;
  }
}
