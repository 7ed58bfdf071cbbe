/* National Provider Identifiers and DEA registration numbers. */
#include "chartroom/base/text.h"
#include "chartroom/domain/person.h"
#include <glib/gi18n.h>
#include <string.h>

static gboolean
all_digits (const char *s)
{
  for (; *s != '\0'; s++)
    if (!g_ascii_isdigit (*s))
      return FALSE;
  return TRUE;
}

/* Sum of the Luhn formula from the right: every second digit doubled, tens and ones added. */
static int
luhn_sum (const char *digits)
{
  int sum = 0;
  gboolean twice = FALSE;
  for (gsize i = strlen (digits); i > 0; i--) {
    int value = g_ascii_digit_value (digits[i - 1]) * (twice ? 2 : 1);
    sum += value / 10 + value % 10;
    twice = !twice;
  }
  return sum;
}

static gboolean
dea_shape_fits (const char *dea)
{
  if (strlen (dea) != 9 || !g_ascii_isalpha (dea[0]) || !all_digits (dea + 2))
    return FALSE;
  /* The second sign is the family name's first letter, or 9 for a registration in a business's name. */
  return g_ascii_isalpha (dea[1]) || dea[1] == '9';
}

/* Seven digits: the sum of 1, 3, 5 and twice that of 2, 4, 6 ends in the seventh. */
static gboolean
dea_digits_fit (const char *digits)
{
  int odd = 0, even = 0;
  for (int i = 0; i < 6; i += 2) {
    odd += g_ascii_digit_value (digits[i]);
    even += g_ascii_digit_value (digits[i + 1]);
  }
  return (odd + 2 * even) % 10 == g_ascii_digit_value (digits[6]);
}

static gboolean
same_initial (const char *dea, const char *family)
{
  g_autofree char *folded = cr_text_fold (family);
  return dea[1] == '9' || g_ascii_tolower (dea[1]) == folded[0];
}

const char *
cr_npi_problem (const char *npi)
{
  if (cr_str_empty (npi))
    return NULL;
  if (strlen (npi) != 10 || !all_digits (npi))
    return _ ("An NPI has exactly 10 digits.");
  g_autofree char *card = g_strconcat ("80840", npi, NULL);
  if (luhn_sum (card) % 10 != 0)
    return _ ("This is not a valid NPI: its check digit does not fit. Compare it with the original.");
  return NULL;
}

const char *
cr_dea_problem (const char *dea, const char *family)
{
  if (cr_str_empty (dea))
    return NULL;
  if (!dea_shape_fits (dea))
    return _ ("A DEA number has two letters and then seven digits.");
  if (!dea_digits_fit (dea + 2))
    return _ ("This is not a valid DEA number: its check digit does not fit. Compare it with the original.");
  if (!cr_str_empty (family) && !same_initial (dea, family))
    return _ ("The second letter of the DEA number is not the first letter of the family name. Is it the "
              "right number?");
  return NULL;
}
