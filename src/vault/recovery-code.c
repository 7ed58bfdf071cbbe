#include "recovery-code.h"
#include "vault-private.h"
#include "chartroom/base/error.h"
#include "chartroom/vault/page-cipher.h"
#include "chartroom/vault/vault.h"
#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#define GROUPS 8
#define DIGITS 4           /* per group, without its check digit */
#define GROUP (DIGITS + 1) /* characters */

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Product in the field of 32 elements (x^5 + x^2 + 1). */
static guint
multiply (guint a, guint b)
{
  guint product = 0;

  for (; b != 0; b >>= 1) {
    if (b & 1)
      product ^= a;
    a <<= 1;
    if (a & 32)
      a ^= 0x25;
  }
  return product;
}

/* Each place has a weight of its own, and each group starts differently. */
static guint
check_digit (const guint8 digits[DIGITS], guint group)
{
  static const guint weights[DIGITS] = { 2, 4, 8, 16 };
  guint sum = multiply (group + 1, 3);

  for (guint i = 0; i < DIGITS; i++)
    sum ^= multiply (digits[i], weights[i]);
  return sum;
}

/* 0–31, or -1. */
static int
digit_value (char c)
{
  const char *at;

  c = g_ascii_toupper (c);
  if (c == 'O')
    c = '0';
  if (c == 'I' || c == 'L')
    c = '1';
  at = c == '\0' ? NULL : strchr (alphabet, c);
  return at == NULL ? -1 : (int)(at - alphabet);
}

static guint
get_digit (const guint8 *key, guint index)
{
  guint value = 0;

  for (guint bit = index * 5; bit < index * 5 + 5; bit++)
    value = value << 1 | (key[bit / 8] >> (7 - bit % 8) & 1);
  return value;
}

static void
put_digit (guint8 *key, guint index, guint value)
{
  for (guint bit = index * 5; bit < index * 5 + 5; bit++)
    if (value >> (4 - (bit - index * 5)) & 1)
      key[bit / 8] |= (guint8)(1u << (7 - bit % 8));
}

char *
recovery_code_format (const guint8 key[RECOVERY_BYTES])
{
  char *code = cr_page_cipher_init () == 0 ? sodium_malloc ((gsize)GROUPS * (GROUP + 1)) : NULL;
  char *at = code;

  if (code == NULL)
    return NULL;
  for (guint group = 0; group < GROUPS; group++) {
    guint8 digits[DIGITS];

    for (guint i = 0; i < DIGITS; i++) {
      digits[i] = (guint8)get_digit (key, group * DIGITS + i);
      *at++ = alphabet[digits[i]];
    }
    *at++ = alphabet[check_digit (digits, group)];
    *at++ = group + 1 < GROUPS ? '-' : '\0';
    sodium_memzero (digits, sizeof digits);
  }
  return code;
}

char *
cr_recovery_code_new (GError **error)
{
  guint8 key[RECOVERY_BYTES];
  char *code;

  randombytes_buf (key, sizeof key);
  code = recovery_code_format (key);
  sodium_memzero (key, sizeof key);
  if (code == NULL)
    vault_set_no_memory (error);
  return code;
}

/* The typed characters without blanks and hyphens; how many, or -1 and the offending one in wrong. */
static int
collect_digits (const char *typed, guint8 out[GROUPS * GROUP], gunichar *wrong)
{
  int count = 0;

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    int value = c < 128 ? digit_value ((char)c) : -1;

    if (g_unichar_isspace (c) || c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2013)
      continue;
    *wrong = c;
    if (value < 0)
      return -1 - count;
    if (count < GROUPS * GROUP)
      out[count] = (guint8)value;
    count++;
  }
  return count;
}

static gboolean
check_count (int count, gunichar wrong, GError **error)
{
  char text[7] = "";

  if (count == GROUPS * GROUP)
    return TRUE;
  if (count < 0) {
    text[g_unichar_to_utf8 (wrong, text)] = '\0';
    g_set_error (
        error, CR_ERROR, CR_ERROR_INVALID,
        _ ("Group %d of the recovery code has “%s”, which no recovery code contains. Compare it with the "
           "sheet."),
        MIN ((-1 - count) / GROUP, GROUPS - 1) + 1, text);
    return FALSE;
  }
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("The recovery code has %d groups of %d characters, %d characters in all; %d were typed. "
                  "Compare group "
                  "%d with the sheet."),
               GROUPS, GROUP, GROUPS * GROUP, count, MIN (count / GROUP, GROUPS - 1) + 1);
  return FALSE;
}

gboolean
recovery_code_parse (const char *typed, guint8 key[RECOVERY_BYTES], GError **error)
{
  guint8 digits[GROUPS * GROUP] = { 0 };
  gunichar wrong = 0;
  gboolean valid = g_utf8_validate (typed, -1, NULL);
  int count = valid ? collect_digits (typed, digits, &wrong) : 0;

  memset (key, 0, RECOVERY_BYTES);
  valid = check_count (count, wrong, error);
  for (guint group = 0; valid && group < GROUPS; group++) {
    const guint8 *at = digits + (gsize)group * GROUP;

    valid = at[DIGITS] == check_digit (at, group);
    if (!valid)
      g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                   _ ("Group %u of the recovery code is mistyped. Compare it with the sheet."), group + 1);
    for (guint i = 0; i < DIGITS; i++)
      put_digit (key, group * DIGITS + i, at[i]);
  }
  sodium_memzero (digits, sizeof digits);
  return valid;
}
