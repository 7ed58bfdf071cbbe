#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/base/text.h"
#include "chartroom/clinical/vitals.h"
#include "words.h"

static int
compare_allergies (gconstpointer a, gconstpointer b)
{
  const CrAllergy *left = *(const CrAllergy *const *)a, *right = *(const CrAllergy *const *)b;
  gboolean high = g_strcmp0 (left->criticality, "high") == 0;
  gboolean other = g_strcmp0 (right->criticality, "high") == 0;

  return high != other ? other - high : g_strcmp0 (left->substance, right->substance);
}

static char *
known_allergies (const GPtrArray *allergies)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) active = words_active_allergies (allergies);

  for (guint i = 0; i < active->len; i++) {
    const CrAllergy *allergy = active->pdata[i];

    g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "",
                            words_or (allergy->substance, _ ("unnamed")));
    if (!cr_str_empty (allergy->reactions))
      g_string_append_printf (out, " (%s)", allergy->reactions);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

GPtrArray *
words_active_allergies (const GPtrArray *allergies)
{
  GPtrArray *active = g_ptr_array_new ();

  for (guint i = 0; allergies != NULL && i < allergies->len; i++)
    if (((const CrAllergy *)allergies->pdata[i])->state == CR_ALLERGY_ACTIVE)
      g_ptr_array_add (active, allergies->pdata[i]);
  g_ptr_array_sort (active, compare_allergies);
  return active;
}

const char *
words_or (const char *text, const char *otherwise)
{
  return cr_str_empty (text) ? otherwise : text;
}

char *
words_allergies (const CrImprint *imprint, const CrPatient *patient, const GPtrArray *allergies)
{
  g_autofree char *known = allergies == NULL ? NULL : known_allergies (allergies);
  g_autofree char *reviewed = cr_imprint_day (imprint, patient->allergy_reviewed_at);

  if (!cr_str_empty (known))
    return g_steal_pointer (&known);
  switch (patient->allergy_status) {
  case CR_ALLERGY_NONE_KNOWN:
    return patient->allergy_reviewed_at == CR_INSTANT_NONE
               ? g_strdup (_ ("No known allergies"))
               : g_strdup_printf (_ ("No known allergies (reviewed %s)"), reviewed);
  case CR_ALLERGY_KNOWN:
  case CR_ALLERGY_UNAVAILABLE:
    return g_strdup (_ ("Allergies unavailable – ask the practice before prescribing"));
  case CR_ALLERGY_NOT_RECORDED:
  default:
    return g_strdup (_ ("Allergies not recorded – ask the patient"));
  }
}

char *
words_bold (const char *text)
{
  g_autofree char *escaped = cr_paper_escape_units (text);

  return g_strdup_printf ("<b>%s</b>", escaped);
}

char *
words_drug_markup (const char *display, const char *generic)
{
  gsize length = generic == NULL ? 0 : strlen (generic);
  g_autofree char *bold = NULL;
  g_autofree char *rest = NULL;

  if (cr_str_empty (display))
    return words_bold (words_or (generic, _ ("Unnamed medication")));
  if (length == 0 || g_ascii_strncasecmp (display, generic, length) != 0)
    return words_bold (display);
  bold = cr_paper_escape (generic);
  rest = cr_paper_escape_units (display + length);
  return g_strdup_printf ("<b>%s</b>%s", bold, rest);
}

char *
words_weight (const CrImprint *imprint, const CrPatient *patient, const CrObservation *weight)
{
  CrDecimal value = CR_DECIMAL_NONE, kg;
  g_autofree char *on = NULL;
  g_autofree char *text = NULL;

  if (weight == NULL)
    return g_strdup (_ ("not recorded"));
  cr_decimal_parse (weight->value == NULL ? "" : weight->value, &value);
  kg = cr_unit_convert (value, words_or (weight->unit, ""), "kg");
  text = kg.set ? cr_weight_text (kg, patient->birth_date, cr_imprint_today (imprint))
                : cr_observation_value (weight);
  on = cr_imprint_day (imprint, weight->taken_at);
  return g_strdup_printf (_ ("%s on %s"), text, on);
}

gboolean
words_is_current (const CrMedication *medication)
{
  switch (medication->status) {
  case CR_MED_ACTIVE:
  case CR_MED_NOT_STARTED:
  case CR_MED_ON_HOLD:
  case CR_MED_REPORTED:
    return TRUE;
  default:
    return FALSE;
  }
}
