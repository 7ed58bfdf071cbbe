#include "knowledge-private.h"
#include "chartroom/base/text.h"

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static void
take_drug (CrPrescription *rx, const CrDrug *drug)
{
  g_autofree char *display = cr_drug_display (drug);
  set_text (&rx->drug_code, drug->id);
  set_text (&rx->display, display);
  set_text (&rx->generic, drug->generic);
  set_text (&rx->form, drug->form);
  set_text (&rx->schedule, drug->schedule);
  set_text (&rx->quantity_unit, drug->quantity_unit);
}

static void
start_sig (CrSig *sig, const CrDrug *drug)
{
  cr_sig_clear (sig);
  sig->action = g_strdup (drug->action);
  sig->unit = g_strdup (drug->unit);
  sig->route = g_strdup (drug->route);
}

static void
line_to_sig (CrSig *sig, const CrDrugLine *line)
{
  start_sig (sig, line->drug);
  sig->dose = line->dose;
  sig->dose_high = line->dose_high;
  sig->frequency = g_strdup (line->frequency);
  sig->timing = g_strdup (line->timing);
  sig->as_needed_for = g_strdup (line->as_needed_for);
  sig->as_needed = line->as_needed_for != NULL;
  sig->max_per_day = line->max_per_day;
  sig->days = line->days;
  sig->other = g_strdup (line->other);
}

void
cr_rx_take_drug (CrPrescription *rx, const CrDrug *drug)
{
  take_drug (rx, drug);
  start_sig (&rx->sig, drug);
  rx->quantity = CR_DECIMAL_NONE;
  rx->refills = CR_INT_NONE;
  set_text (&rx->indication, NULL);
}

void
cr_rx_take_line (CrPrescription *rx, const CrDrugLine *line)
{
  take_drug (rx, line->drug);
  line_to_sig (&rx->sig, line);
  rx->quantity = line->quantity;
  rx->refills = line->refills;
  set_text (&rx->indication, line->indication);
}

CrPrescription *
cr_rx_from_line (const CrDrugLine *line)
{
  CrPrescription *rx = cr_prescription_new ();
  cr_rx_take_line (rx, line);
  return rx;
}

char *
cr_drug_line_text (const CrDrugLine *line)
{
  CrSig sig = { .max_per_day = CR_INT_NONE, .days = CR_INT_NONE };
  line_to_sig (&sig, line);
  g_autofree char *drug = cr_drug_display (line->drug);
  g_autofree char *directions = cr_sig_list_text (&sig);
  cr_sig_clear (&sig);
  return g_strdup_printf ("%s – %s", drug, directions != NULL ? directions : "");
}

void
cr_sig_take_standard (CrSig *sig, const CrStandardSig *standard, const CrDrug *drug)
{
  cr_sig_copy (sig, &standard->sig);
  if (drug == NULL)
    return;
  set_text (&sig->action, drug->action);
  set_text (&sig->unit, drug->unit);
  set_text (&sig->route, drug->route);
}

const char *
cr_frequency_from_typed (const CrKnowledge *k, const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed);
  for (guint i = 0; k != NULL && trimmed != NULL && i < k->frequencies->len; i++) {
    const CrFrequencyChoice *choice = g_ptr_array_index (k->frequencies, i);
    if (g_ascii_strcasecmp (choice->key, trimmed) == 0 || g_ascii_strcasecmp (choice->words, trimmed) == 0)
      return choice->key;
    for (guint j = 0; choice->typed[j] != NULL; j++)
      if (g_ascii_strcasecmp (choice->typed[j], trimmed) == 0)
        return choice->key;
  }
  return NULL;
}

const char *
cr_frequency_words (const CrKnowledge *k, const char *key)
{
  for (guint i = 0; k != NULL && key != NULL && i < k->frequencies->len; i++) {
    const CrFrequencyChoice *choice = g_ptr_array_index (k->frequencies, i);
    if (g_str_equal (choice->key, key))
      return choice->words;
  }
  return NULL;
}
