/* Directions in words (UX 4.5, 4.7). */
#include "sig.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/medication.h"
#include <glib/gi18n.h>
#include <string.h>

#define MAX_INTERVAL_HOURS 168

typedef struct {
  const char *key;
  const char *words;
  CrFrequency frequency;
} Frequency;

static const Frequency FREQUENCIES[] = {
  { "daily", N_ ("once daily"), { 1, 1 } },   { "bid", N_ ("twice daily"), { 2, 1 } },
  { "tid", N_ ("3 times daily"), { 3, 1 } },  { "qid", N_ ("4 times daily"), { 4, 1 } },
  { "qhs", N_ ("at bedtime"), { 1, 1 } },     { "qod", N_ ("every other day"), { 1, 2 } },
  { "weekly", N_ ("once weekly"), { 1, 7 } }, { "biw", N_ ("2 times weekly"), { 2, 7 } },
  { "tiw", N_ ("3 times weekly"), { 3, 7 } }, { "monthly", N_ ("once monthly"), { 1, 30 } },
  { "once", N_ ("once"), { 1, 0 } },
};

static const Frequency *
find_frequency (const char *key)
{
  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (FREQUENCIES); i++)
    if (g_str_equal (FREQUENCIES[i].key, key))
      return &FREQUENCIES[i];
  return NULL;
}

/* "q4h" → 4; 0 for anything else. */
static gint64
interval_hours (const char *key)
{
  gsize length = key == NULL ? 0 : strlen (key);
  gint64 hours = 0;
  if (length < 3 || key[0] != 'q' || key[length - 1] != 'h')
    return 0;
  g_autofree char *digits = g_strndup (key + 1, length - 2);
  return g_ascii_string_to_signed (digits, 10, 1, MAX_INTERVAL_HOURS, &hours, NULL) ? hours : 0;
}

static char *
frequency_words (const char *key)
{
  const Frequency *known = find_frequency (key);
  gint64 hours = interval_hours (key);
  if (known != NULL)
    return g_strdup (_ (known->words));
  if (hours > 0)
    return g_strdup_printf (ngettext ("every hour", "every %d hours", (gulong)hours), (int)hours);
  return NULL;
}

/* A unit of things that can be broken in two, so that its halves are said in words. */
static gboolean
is_tablet (const char *unit)
{
  return unit != NULL && (g_str_equal (unit, "tablet") || g_str_has_suffix (unit, " tablet"));
}

static gboolean
equals (CrDecimal d, gint64 units, gint8 scale)
{
  return cr_decimal_compare (d, (CrDecimal){ units, scale, TRUE }) == 0;
}

/* "1", "half", "1 and a half", "0.5" (mL), "1,000" */
static char *
amount_words (CrDecimal dose, const char *unit)
{
  if (is_tablet (unit) && equals (dose, 25, 2))
    return g_strdup (_ ("quarter"));
  if (is_tablet (unit) && equals (dose, 5, 1))
    return g_strdup (_ ("half"));
  CrDecimal minus_half = cr_decimal_add (dose, (CrDecimal){ -5, 1, TRUE });
  CrDecimal whole = cr_decimal_round (minus_half, 0);
  if (is_tablet (unit) && cr_decimal_compare (whole, minus_half) == 0) {
    g_autofree char *number = cr_decimal_format_dose (whole);
    return g_strdup_printf (_ ("%s and a half"), number);
  }
  return cr_decimal_format_dose (dose);
}

/* "1 tablet", "1 to 2 tablets", "half tablet" */
static char *
dose_words (const CrSig *sig)
{
  g_autofree char *low = amount_words (sig->dose, sig->unit);
  if (!sig->dose_high.set) {
    g_autofree char *unit = cr_unit_plural (sig->unit, sig->dose);
    return g_strdup_printf ("%s %s", low, unit);
  }
  g_autofree char *high = amount_words (sig->dose_high, sig->unit);
  g_autofree char *unit = cr_unit_plural (sig->unit, sig->dose_high);
  return g_strdup_printf (_ ("%s to %s %s"), low, high, unit);
}

static gboolean
has_dose (const CrSig *sig)
{
  return sig->dose.set && sig->dose.units > 0 && !cr_str_empty (sig->unit);
}

static void
append_word (GString *text, const char *word)
{
  if (cr_str_empty (word))
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, word);
}

static void
append_as_needed (GString *text, const CrSig *sig)
{
  if (!sig->as_needed)
    return;
  append_word (text, _ ("as needed"));
  if (!cr_str_empty (sig->as_needed_for)) {
    g_autofree char *reason = g_strdup_printf (_ ("for %s"), sig->as_needed_for);
    append_word (text, reason);
  }
}

static void
append_maximum (GString *text, const CrSig *sig)
{
  if (sig->max_per_day == CR_INT_NONE)
    return;
  CrDecimal n = cr_decimal_from_int (sig->max_per_day);
  g_autofree char *number = cr_decimal_format_dose (n);
  g_autofree char *unit = cr_unit_plural (sig->unit, n);
  g_string_append_printf (text, _ (" – maximum %s %s in 24 hours"), number, unit);
}

/* After an as-needed reason or a maximum the duration stands apart: not "for pain for 7 days". */
static void
append_duration (GString *text, const CrSig *sig)
{
  if (sig->days == CR_INT_NONE)
    return;
  gboolean apart = sig->as_needed || sig->max_per_day != CR_INT_NONE;
  g_autofree char *duration =
      g_strdup_printf (ngettext ("for %d day", "for %d days", (gulong)MAX (sig->days, 0)), (int)sig->days);
  g_string_append_printf (text, "%s%s", apart ? " – " : " ", duration);
}

/* All but the verb; NULL while a needed part is missing. */
static char *
parts_text (const CrSig *sig)
{
  g_autofree char *frequency = frequency_words (sig->frequency);
  gboolean has_frequency = frequency != NULL || (sig->as_needed && cr_str_empty (sig->frequency));
  if (!has_dose (sig) || cr_str_empty (sig->route) || !has_frequency)
    return NULL;
  g_autofree char *dose = dose_words (sig);
  GString *text = g_string_new (dose);
  append_word (text, sig->route);
  append_word (text, frequency);
  if (g_strcmp0 (sig->timing, frequency) != 0)
    append_word (text, sig->timing);
  append_as_needed (text, sig);
  append_maximum (text, sig);
  append_duration (text, sig);
  return g_string_free (text, FALSE);
}

static char *
plural_of_word (const char *word)
{
  static const char *const invariant[] = { "mL",  "L",    "mg", "mcg",   "g",     "kg",
                                           "mEq", "mmol", "%",  "units", "drops", NULL };
  static const char *const hissing[] = { "s", "x", "z", "ch", "sh" };
  gsize length = strlen (word);
  if (g_strv_contains (invariant, word) || length == 0)
    return g_strdup (word);
  for (guint i = 0; i < G_N_ELEMENTS (hissing); i++)
    if (g_str_has_suffix (word, hissing[i]))
      return g_strconcat (word, "es", NULL);
  if (length > 1 && word[length - 1] == 'y' && strchr ("aeiou", word[length - 2]) == NULL)
    return g_strdup_printf ("%.*sies", (int)length - 1, word);
  return g_strconcat (word, "s", NULL);
}

gboolean
cr_frequency_parse (const char *key, CrFrequency *out)
{
  const Frequency *known = find_frequency (key);
  gint64 hours = interval_hours (key);
  if (known != NULL)
    *out = known->frequency;
  else if (hours > 0 && 24 % hours == 0)
    *out = (CrFrequency){ 24 / hours, 1 };
  else if (hours > 0 && hours % 24 == 0)
    *out = (CrFrequency){ 1, hours / 24 };
  else if (hours > 0)
    *out = (CrFrequency){ 24, hours }; /* in `hours` days there are 24 intervals of that many hours */
  else
    return FALSE;
  return TRUE;
}

char *
cr_sig_text (const CrSig *sig)
{
  if (!cr_str_empty (sig->other))
    return cr_text_trim (sig->other);
  g_autofree char *parts = parts_text (sig);
  if (parts == NULL || cr_str_empty (sig->action))
    return NULL;
  return g_strdup_printf ("%s %s", sig->action, parts);
}

char *
cr_sig_list_text (const CrSig *sig)
{
  if (!cr_str_empty (sig->other))
    return cr_text_trim (sig->other);
  return parts_text (sig);
}

char *
cr_sig_unbreakable (const char *sig_text)
{
  GString *text = g_string_new (NULL);
  for (const char *p = sig_text; *p != '\0'; p++)
    if (*p == ' ' && p > sig_text && g_ascii_isdigit (p[-1]))
      g_string_append (text, "\u00a0");
    else
      g_string_append_c (text, *p);
  return g_string_free (text, FALSE);
}

void
cr_sig_clear (CrSig *sig)
{
  char *texts[] = { sig->action, sig->unit,          sig->route, sig->frequency,
                    sig->timing, sig->as_needed_for, sig->other };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  *sig = (CrSig){ .max_per_day = CR_INT_NONE, .days = CR_INT_NONE };
}

void
cr_sig_copy (CrSig *to, const CrSig *from)
{
  if (to == from)
    return;
  cr_sig_clear (to);
  *to = *from;
  char **texts[] = { &to->action, &to->unit,          &to->route, &to->frequency,
                     &to->timing, &to->as_needed_for, &to->other };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (*texts[i]);
}

char *
cr_unit_plural (const char *unit, CrDecimal n)
{
  if (cr_str_empty (unit))
    return g_strdup ("");
  CrDecimal one = cr_decimal_from_int (1);
  gboolean singular = n.set && n.units > 0 && cr_decimal_compare (n, one) <= 0;
  return singular ? g_strdup (unit) : plural_of_word (unit);
}

gboolean
cr_sig_says (const CrSig *sig, const char *reason)
{
  const char *text = !cr_str_empty (sig->other) ? sig->other : sig->as_needed ? sig->as_needed_for : NULL;
  if (cr_str_empty (text) || cr_str_empty (reason))
    return FALSE;
  g_autofree char *said = cr_text_fold (text), *asked = cr_text_fold (reason);
  g_autofree char *sentence = g_strdup_printf (" %s ", g_strdelimit (said, ".,;:()", ' '));
  g_autofree char *words = g_strdup_printf (" %s ", asked);
  return strstr (sentence, words) != NULL;
}
