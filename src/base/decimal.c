#include "chartroom/base/decimal.h"

#include <math.h>
#include <string.h>

enum { MAX_DIGITS = 15, MAX_SCALE = 9 };

/* Wide enough for the product of any two values, and for a value brought to another scale. */
typedef __int128 Wide;

static Wide
power_of_ten (int exponent)
{
  Wide power = 1;
  while (exponent-- > 0)
    power *= 10;
  return power;
}

/* Half goes away from zero. */
static Wide
divide_rounded (Wide a, Wide b)
{
  Wide quotient = a / b, rest = a % b;
  Wide rest_size = rest < 0 ? -rest : rest, b_size = b < 0 ? -b : b;
  if (rest_size >= b_size - rest_size)
    quotient += (a < 0) == (b < 0) ? 1 : -1;
  return quotient;
}

static Wide
rescale (Wide units, int from, int to)
{
  return to >= from ? units * power_of_ten (to - from) : divide_rounded (units, power_of_ten (from - to));
}

/* Absent when the value has more digits than 64 bits hold. */
static CrDecimal
narrow (Wide units, int scale)
{
  if (units > G_MAXINT64 || units < -G_MAXINT64)
    return CR_DECIMAL_NONE;
  return (CrDecimal){ (gint64)units, (gint8)scale, TRUE };
}

/* Commas stand between groups of three digits or nowhere: "1,5" may be meant as one and a half. */
static gboolean
commas_are_sound (const char *text, gsize length)
{
  const char *comma = memchr (text, ',', length);
  if (comma == NULL)
    return TRUE;
  gsize lead = (gsize)(comma - text);
  if (lead < 1 || lead > 3 || (length - lead) % 4 != 0)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if ((text[i] == ',') != (i >= lead && (i - lead) % 4 == 0))
      return FALSE;
  return TRUE;
}

/* Adds the digits of `text` to `units`, skipping commas. */
static gboolean
read_digits (const char *text, gsize length, int *significant, gint64 *units)
{
  for (gsize i = 0; i < length; i++) {
    if (text[i] == ',')
      continue;
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
    if ((*units != 0 || text[i] != '0') && ++*significant > MAX_DIGITS)
      return FALSE;
    *units = *units * 10 + (text[i] - '0');
  }
  return TRUE;
}

/* "−" (U+2212) is taken as well as the hyphen.  Returns the text after the sign. */
static const char *
skip_sign (const char *text, gboolean *negative)
{
  *negative = *text == '-' || g_str_has_prefix (text, "−");
  if (*negative)
    return g_utf8_next_char (text);
  return *text == '+' ? text + 1 : text;
}

static CrDecimal
without_trailing_zeros (CrDecimal d)
{
  while (d.scale > 0 && d.units % 10 == 0) {
    d.units /= 10;
    d.scale--;
  }
  return d;
}

static char *
to_text (CrDecimal d, gboolean commas)
{
  guint64 size = d.units < 0 ? 0 - (guint64)d.units : (guint64)d.units;
  g_autofree char *digits = g_strdup_printf ("%0*" G_GUINT64_FORMAT, d.scale + 1, size);
  gsize whole = strlen (digits) - (gsize)d.scale;
  GString *text = g_string_new (d.units < 0 ? "-" : "");
  for (gsize i = 0; i < whole; i++) {
    if (commas && i > 0 && (whole - i) % 3 == 0)
      g_string_append_c (text, ',');
    g_string_append_c (text, digits[i]);
  }
  if (d.scale > 0)
    g_string_append_printf (text, ".%s", digits + whole);
  return g_string_free (text, FALSE);
}

gboolean
cr_decimal_parse (const char *typed, CrDecimal *out)
{
  *out = CR_DECIMAL_NONE;
  if (typed == NULL)
    return FALSE;

  g_autofree char *trimmed = g_strstrip (g_strdup (typed));
  gboolean negative;
  const char *text = skip_sign (trimmed, &negative);
  const char *point = strchr (text, '.');
  gsize whole = point != NULL ? (gsize)(point - text) : strlen (text);
  const char *fraction = point != NULL ? point + 1 : "";
  gsize scale = strlen (fraction);
  if ((point != NULL ? scale : whole) == 0 || scale > MAX_SCALE || strchr (fraction, ',') != NULL)
    return FALSE;

  int significant = 0;
  gint64 units = 0;
  if (!commas_are_sound (text, whole) || !read_digits (text, whole, &significant, &units) ||
      !read_digits (fraction, scale, &significant, &units))
    return FALSE;
  *out = (CrDecimal){ negative ? -units : units, (gint8)scale, TRUE };
  return TRUE;
}

CrDecimal
cr_decimal_from_int (gint64 n)
{
  return (CrDecimal){ n, 0, TRUE };
}

char *
cr_decimal_to_text (CrDecimal d)
{
  return d.set ? to_text (d, FALSE) : g_strdup ("");
}

char *
cr_decimal_format_dose (CrDecimal d)
{
  return d.set ? to_text (without_trailing_zeros (d), TRUE) : g_strdup ("");
}

double
cr_decimal_to_double (CrDecimal d)
{
  return d.set ? (double)d.units / (double)power_of_ten (d.scale) : NAN;
}

int
cr_decimal_compare (CrDecimal a, CrDecimal b)
{
  if (!a.set || !b.set)
    return (int)a.set - (int)b.set;
  int scale = MAX (a.scale, b.scale);
  Wide first = rescale (a.units, a.scale, scale), second = rescale (b.units, b.scale, scale);
  return (first > second) - (first < second);
}

CrDecimal
cr_decimal_multiply (CrDecimal a, CrDecimal b)
{
  if (!a.set || !b.set)
    return CR_DECIMAL_NONE;
  int scale = a.scale + b.scale, kept = MIN (scale, MAX_SCALE);
  return narrow (rescale ((Wide)a.units * b.units, scale, kept), kept);
}

CrDecimal
cr_decimal_add (CrDecimal a, CrDecimal b)
{
  if (!a.set || !b.set)
    return CR_DECIMAL_NONE;
  int scale = MAX (a.scale, b.scale);
  return narrow (rescale (a.units, a.scale, scale) + rescale (b.units, b.scale, scale), scale);
}

CrDecimal
cr_decimal_divide (CrDecimal a, CrDecimal b, int scale)
{
  g_return_val_if_fail (scale >= 0 && scale <= MAX_SCALE, CR_DECIMAL_NONE);
  if (!a.set || !b.set || b.units == 0)
    return CR_DECIMAL_NONE;
  /* a / b = (a.units / b.units) × 10^(b.scale − a.scale); the quotient is wanted in units of 10^−scale. */
  int shift = scale + b.scale - a.scale;
  Wide dividend = shift > 0 ? a.units * power_of_ten (shift) : a.units;
  Wide divisor = shift < 0 ? b.units * power_of_ten (-shift) : b.units;
  return narrow (divide_rounded (dividend, divisor), scale);
}

CrDecimal
cr_decimal_round (CrDecimal a, int scale)
{
  g_return_val_if_fail (scale >= 0 && scale <= MAX_SCALE, CR_DECIMAL_NONE);
  return a.set ? narrow (rescale (a.units, a.scale, scale), scale) : CR_DECIMAL_NONE;
}
