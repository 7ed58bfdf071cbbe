/* A PIN's verifier.  It opens nothing: a few digits are no key, and stay inside the sealed store. */
#include "chartroom/vault/vault.h"
#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

enum { PIN_LEAST = 4, PIN_MOST = 8 };

gboolean
cr_pin_is_pin (const char *text)
{
  gsize length = strlen (text);
  return length >= PIN_LEAST && length <= PIN_MOST && strspn (text, "0123456789") == length;
}

/* 0000, 1234, 9876, 1212: what is tried first. */
static gboolean
is_pattern (const char *pin)
{
  int step = pin[1] - pin[0];
  gboolean even = TRUE, repeats = TRUE;
  for (gsize i = 1; pin[i] != '\0'; i++)
    even = even && pin[i] - pin[i - 1] == step;
  for (gsize i = 2; pin[i] != '\0'; i++)
    repeats = repeats && pin[i] == pin[i - 2];
  return (even && step >= -1 && step <= 1) || repeats;
}

const char *
cr_pin_weakness (const char *pin)
{
  if (!cr_pin_is_pin (pin))
    return _ ("A PIN has 4 to 8 digits.");
  return is_pattern (pin) ? _ ("This PIN is one of the first that others would try. Choose another one.")
                          : NULL;
}

char *
cr_pin_verifier (const char *pin, GError **error)
{
  char *verifier = g_new0 (char, crypto_pwhash_STRBYTES);
  if (crypto_pwhash_str (verifier, pin, strlen (pin), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                         crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0)
    return verifier;
  g_free (verifier);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_FAILED,
                       _ ("There is not enough memory to set the PIN. Close other programs and try again."));
  return NULL;
}

gboolean
cr_pin_fits (const char *pin, const char *verifier)
{
  return crypto_pwhash_str_verify (verifier, pin, strlen (pin)) == 0;
}
