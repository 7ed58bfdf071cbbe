#include "rx-parts.h"
#include "chartroom/base/text.h"
#include "chartroom/clinical/drug-entry.h"
#include "chartroom/clinical/names.h"
#include <glib/gi18n.h>
#include <string.h>

static void
take_string (char **field, const char *typed)
{
  char *trimmed = cr_text_trim (typed);
  g_free (*field);
  *field = cr_str_empty (trimmed) ? NULL : g_strdup (trimmed);
  g_free (trimmed);
}

static char **
string_of (CrPrescription *rx, CrRxPart part)
{
  switch (part) {
  case CR_RX_PART_DOSE_UNIT:
    return &rx->sig.unit;
  case CR_RX_PART_ROUTE:
    return &rx->sig.route;
  case CR_RX_PART_TIMING:
    return &rx->sig.timing;
  case CR_RX_PART_AS_NEEDED_FOR:
    return &rx->sig.as_needed_for;
  case CR_RX_PART_QUANTITY_UNIT:
    return &rx->quantity_unit;
  case CR_RX_PART_INDICATION:
    return &rx->indication;
  case CR_RX_PART_PHARMACIST_NOTE:
    return &rx->pharmacist_note;
  case CR_RX_PART_ACTION:
    return &rx->sig.action;
  case CR_RX_PART_OTHER:
    return &rx->sig.other;
  default:
    return NULL;
  }
}

/* A drug in own words is not the coded one any more. */
static void
take_drug (CrPrescription *rx, const char *typed)
{
  if (g_strcmp0 (rx->display, typed) == 0)
    return;
  take_string (&rx->display, typed);
  g_clear_pointer (&rx->drug_code, g_free);
  g_clear_pointer (&rx->generic, g_free);
  g_clear_pointer (&rx->form, g_free);
  g_clear_pointer (&rx->schedule, g_free);
}

/* "1", "0.5", "1-2", "1 to 2". */
static char *
take_dose (CrSig *sig, const char *typed)
{
  g_autoptr (GRegex) dash = g_regex_new ("\\s*(?:-|–|to)\\s*", 0, 0, NULL);
  g_auto (GStrv) ends = g_regex_split (dash, typed, 0);
  guint n = g_strv_length (ends);
  CrDecimal low = CR_DECIMAL_NONE, high = CR_DECIMAL_NONE;
  sig->dose = sig->dose_high = CR_DECIMAL_NONE;
  if (*typed == '\0')
    return NULL;
  if (n > 2 || !cr_decimal_parse (ends[0], &low) || (n == 2 && !cr_decimal_parse (ends[1], &high)))
    return g_strdup (_ ("Enter the dose as a number, such as 1, 0.5 or 1-2."));
  sig->dose = low;
  sig->dose_high = high;
  return NULL;
}

static char *
take_frequency (CrSig *sig, const CrKnowledge *k, const char *typed)
{
  const GPtrArray *known = cr_knowledge_frequencies (k);
  const char *key = NULL;
  for (guint i = 0; known != NULL && i < known->len && key == NULL; i++) {
    const CrFrequencyChoice *frequency = known->pdata[i];
    if (g_strcmp0 (frequency->key, typed) == 0 || g_strcmp0 (frequency->words, typed) == 0)
      key = frequency->key;
  }
  if (key == NULL && *typed != '\0')
    key = cr_frequency_from_typed (k, typed);
  g_free (sig->frequency);
  sig->frequency = *typed == '\0' ? NULL : g_strdup (key != NULL ? key : typed);
  return NULL; /* an unknown one is found by the rules of the prescription */
}

static char *
take_count (gint64 *field, const char *typed, const char *sentence)
{
  guint64 n = 0;
  *field = CR_INT_NONE;
  if (*typed == '\0')
    return NULL;
  if (!g_ascii_string_to_unsigned (typed, 10, 0, 9999, &n, NULL))
    return g_strdup (sentence);
  *field = (gint64)n;
  return NULL;
}

/* "30", "30 d", "2w", "3 months" (30 days each); "ongoing". */
static char *
take_days (CrSig *sig, const char *typed)
{
  g_autoptr (GRegex) form =
      g_regex_new ("^(\\d{1,4})\\s*(?:(d|days?)|(w|wk|weeks?)|(m|mo|months?))?$", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  sig->days = CR_INT_NONE;
  if (*typed == '\0' || g_ascii_strcasecmp (typed, "ongoing") == 0 || g_strcmp0 (typed, _ ("ongoing")) == 0)
    return NULL;
  if (!g_regex_match (form, typed, 0, &match))
    return g_strdup (_ ("Enter for how many days, such as 10 or 2w; leave it empty when it goes on."));
  g_autofree char *number = g_match_info_fetch (match, 1);
  g_autofree char *weeks = g_match_info_fetch (match, 3);
  g_autofree char *months = g_match_info_fetch (match, 4);
  int unit = !cr_str_empty (weeks) ? 7 : !cr_str_empty (months) ? 30 : 1;
  sig->days = g_ascii_strtoll (number, NULL, 10) * unit;
  return NULL;
}

static char *
take_quantity (CrPrescription *rx, const char *typed)
{
  rx->quantity = CR_DECIMAL_NONE;
  if (*typed == '\0' || cr_decimal_parse (typed, &rx->quantity))
    return NULL;
  return g_strdup (_ ("Enter the quantity as a number, such as 30."));
}

/* Directions are read by pharmacist and patient: what is easily misread is refused in them. */
static char *
find_abbreviation (const CrKnowledge *k, const char *typed)
{
  g_autoptr (GPtrArray) found = cr_abbreviations_find (k, typed, CR_TEXT_SIG);
  if (found->len == 0)
    return NULL;
  const CrAbbreviation *first = found->pdata[0];
  g_autofree char *instead = g_strjoinv ("”, “", first->replacements);
  if (*instead == '\0')
    return g_strdup_printf (_ ("“%s”: %s. Write it in full."), first->found, first->why);
  return g_strdup_printf (_ ("“%s”: %s. Write “%s”."), first->found, first->why, instead);
}

static gboolean
is_in_directions (CrRxPart part)
{
  return part == CR_RX_PART_OTHER || part == CR_RX_PART_TIMING || part == CR_RX_PART_AS_NEEDED_FOR;
}

char *
cr_rx_part_take (CrPrescription *rx, const CrKnowledge *k, CrRxPart part, const char *untrimmed)
{
  g_autofree char *typed = cr_text_trim (untrimmed);
  switch (part) {
  case CR_RX_PART_DRUG:
    take_drug (rx, typed);
    return NULL;
  case CR_RX_PART_DOSE:
    return take_dose (&rx->sig, typed);
  case CR_RX_PART_FREQUENCY:
    return take_frequency (&rx->sig, k, typed);
  case CR_RX_PART_DAYS:
    return take_days (&rx->sig, typed);
  case CR_RX_PART_QUANTITY:
    return take_quantity (rx, typed);
  case CR_RX_PART_MAX_PER_DAY:
    return take_count (&rx->sig.max_per_day, typed, _ ("Enter the maximum in 24 hours as a number."));
  case CR_RX_PART_REFILLS:
    return take_count (&rx->refills, typed, _ ("Enter the refills as a number; 0 for none."));
  case CR_RX_PART_PHARMACY_ID:
    rx->pharmacy_id = g_ascii_strtoll (typed, NULL, 10);
    return NULL;
  default:
    take_string (string_of (rx, part), typed);
    return is_in_directions (part) ? find_abbreviation (k, typed) : NULL;
  }
}

/* ---- reading back ---- */

static char *
dose_text (const CrSig *sig)
{
  g_autofree char *low = sig->dose.set ? cr_decimal_to_text (sig->dose) : g_strdup ("");
  if (!sig->dose_high.set)
    return g_steal_pointer (&low);
  g_autofree char *high = cr_decimal_to_text (sig->dose_high);
  return g_strdup_printf ("%s-%s", low, high);
}

static char *
count_text (gint64 n)
{
  return n == CR_INT_NONE ? g_strdup ("") : g_strdup_printf ("%" G_GINT64_FORMAT, n);
}

static char *
frequency_text (const CrSig *sig, const CrKnowledge *k)
{
  const char *words = sig->frequency != NULL ? cr_frequency_words (k, sig->frequency) : NULL;
  return g_strdup (words != NULL ? words : sig->frequency != NULL ? sig->frequency : "");
}

char *
cr_rx_part_text (const CrPrescription *rx, const CrKnowledge *k, CrRxPart part)
{
  switch (part) {
  case CR_RX_PART_DRUG:
    return g_strdup (rx->display != NULL ? rx->display : "");
  case CR_RX_PART_DOSE:
    return dose_text (&rx->sig);
  case CR_RX_PART_FREQUENCY:
    return frequency_text (&rx->sig, k);
  case CR_RX_PART_DAYS:
    return count_text (rx->sig.days);
  case CR_RX_PART_QUANTITY:
    return rx->quantity.set ? cr_decimal_to_text (rx->quantity) : g_strdup ("");
  case CR_RX_PART_MAX_PER_DAY:
    return count_text (rx->sig.max_per_day);
  case CR_RX_PART_REFILLS:
    return count_text (rx->refills);
  case CR_RX_PART_PHARMACY_ID:
    return count_text (rx->pharmacy_id != CR_ID_NONE ? rx->pharmacy_id : CR_INT_NONE);
  default: {
    char *const *text = string_of ((CrPrescription *)rx, part);
    return g_strdup (*text != NULL ? *text : "");
  }
  }
}

static void
append_quantity (GString *text, const CrPrescription *rx)
{
  if (rx->quantity.set && rx->quantity_unit != NULL) {
    g_autofree char *number = cr_decimal_format_dose (rx->quantity);
    g_autofree char *unit = cr_unit_plural (rx->quantity_unit, rx->quantity);
    g_string_append_printf (text, _ (". Quantity %s %s"), number, unit);
  }
  if (rx->refills != CR_INT_NONE)
    g_string_append_printf (text, _ (". Refills %d"), (int)rx->refills);
  g_string_append_c (text, '.');
}

char *
cr_rx_preview (const CrPrescription *rx)
{
  if (cr_str_empty (rx->display))
    return g_strdup ("");
  GString *text = g_string_new (rx->display);
  g_autofree char *directions =
      cr_str_empty (rx->sig.other) ? cr_sig_text (&rx->sig) : g_strdup (rx->sig.other);
  if (directions != NULL)
    g_string_append_printf (text, " – %s", directions);
  if (!cr_str_empty (rx->indication) && !cr_sig_says (&rx->sig, rx->indication))
    g_string_append_printf (text, _ (" – for %s"), rx->indication);
  append_quantity (text, rx);
  return g_string_free (text, FALSE);
}
