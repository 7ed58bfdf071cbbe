/* MedicationRequest and MedicationStatement: what the patient takes or was told to take. */
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/domain/medication.h"
#include "fhir-values.h"

/* --- directions in words ---------------------------------------------------------------------- */

static void
add_dose (const FhirAt *dosage, char **words)
{
  FhirAt dose, amount;
  g_autofree char *text = NULL;
  if (!fhir_element (dosage, "doseAndRate", 0, &dose))
    return;
  if (fhir_has (&dose, "doseQuantity") && fhir_object (&dose, "doseQuantity", &amount))
    text = fhir_quantity_words (&amount);
  else if (fhir_has (&dose, "doseRange") && fhir_object (&dose, "doseRange", &amount))
    text = fhir_range_words (&amount);
  if (text == NULL)
    return;
  gboolean bare = text[strspn (text, "0123456789.–")] == '\0';
  g_autofree char *full = bare ? g_strdup_printf (_ ("dose %s"), text) : g_steal_pointer (&text);
  fhir_append (words, ", ", full);
}

static char *
period_words (const char *period, const char *unit)
{
  static const struct {
    const char *unit, *one, *many;
  } units[] = { { "s", N_ ("second"), N_ ("seconds") }, { "min", N_ ("minute"), N_ ("minutes") },
                { "h", N_ ("hour"), N_ ("hours") },     { "d", N_ ("day"), N_ ("days") },
                { "wk", N_ ("week"), N_ ("weeks") },    { "mo", N_ ("month"), N_ ("months") },
                { "a", N_ ("year"), N_ ("years") } };
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (unit, units[i].unit) == 0)
      return strcmp (period, "1") == 0 ? g_strdup (_ (units[i].one))
                                       : g_strdup_printf ("%s %s", period, _ (units[i].many));
  return g_strdup_printf ("%s %s", period, unit);
}

/* "2 times a day", "every 6 hours", "3 times every 2 weeks". */
static void
add_repeat (const FhirAt *repeat, char **words)
{
  const char *frequency = fhir_number (repeat, "frequency"), *period = fhir_number (repeat, "period");
  const char *unit = fhir_text (repeat, "periodUnit");
  if (period == NULL || unit == NULL)
    return;
  gboolean once = frequency == NULL || strcmp (frequency, "1") == 0, single = strcmp (period, "1") == 0;
  g_autofree char *span = period_words (period, unit), *text = NULL;
  if (once && single && strcmp (unit, "d") == 0)
    text = g_strdup (_ ("once a day"));
  else if (once)
    text = g_strdup_printf (_ ("every %s"), span);
  else if (single && strcmp (unit, "h") != 0)
    text = g_strdup_printf (_ ("%s times a %s"), frequency, span);
  else
    text = g_strdup_printf (_ ("%s times every %s"), frequency, span);
  fhir_append (words, ", ", text);
}

static void
add_times_of_day (const FhirAt *repeat, char **words)
{
  static const struct {
    const char *code, *words;
  } known[] = { { "MORN", N_ ("in the morning") },  { "NOON", N_ ("at noon") },
                { "AFT", N_ ("in the afternoon") }, { "EVE", N_ ("in the evening") },
                { "NIGHT", N_ ("at night") },       { "HS", N_ ("at bedtime") },
                { "WAKE", N_ ("after waking") },    { "C", N_ ("with meals") },
                { "AC", N_ ("before meals") },      { "PC", N_ ("after meals") } };
  guint n = fhir_count (repeat, "when");
  for (guint i = 0; i < n; i++) {
    const char *when = fhir_text_element (repeat, "when", i);
    for (guint j = 0; when != NULL && j < G_N_ELEMENTS (known); j++)
      if (strcmp (when, known[j].code) == 0) {
        when = _ (known[j].words);
        break;
      }
    fhir_append (words, ", ", when);
  }
}

static void
add_timing (const FhirAt *dosage, char **words)
{
  FhirAt timing, repeat, bounds;
  if (!fhir_object (dosage, "timing", &timing))
    return;
  const char *code = fhir_words (&timing, "code");
  if (!fhir_object (&timing, "repeat", &repeat) || code != NULL) {
    fhir_append (words, ", ", code);
    return;
  }
  add_repeat (&repeat, words);
  add_times_of_day (&repeat, words);
  if (fhir_has (&repeat, "boundsDuration") && fhir_object (&repeat, "boundsDuration", &bounds)) {
    g_autofree char *duration = fhir_quantity_words (&bounds);
    g_autofree char *text = duration != NULL ? g_strdup_printf (_ ("for %s"), duration) : NULL;
    fhir_append (words, ", ", text);
  }
}

static void
add_as_needed (const FhirAt *dosage, char **words)
{
  if (fhir_has (dosage, "asNeededCodeableConcept")) {
    const char *why = fhir_words (dosage, "asNeededCodeableConcept");
    g_autofree char *text =
        why != NULL ? g_strdup_printf (_ ("as needed for %s"), why) : g_strdup (_ ("as needed"));
    fhir_append (words, ", ", text);
  } else if (fhir_true (dosage, "asNeededBoolean"))
    fhir_append (words, ", ", _ ("as needed"));
}

/* The text as written when there is one; else what the parts say. */
static char *
dosage_words (const FhirAt *dosage)
{
  const char *text = fhir_text (dosage, "text");
  if (text != NULL)
    return g_strdup (text);
  char *words = NULL;
  add_dose (dosage, &words);
  fhir_append (&words, ", ", fhir_words (dosage, "route"));
  add_timing (dosage, &words);
  add_as_needed (dosage, &words);
  g_autofree char *extra = fhir_join_words (dosage, "additionalInstruction", "; ");
  fhir_append (&words, ". ", extra);
  fhir_append (&words, ". ", fhir_text (dosage, "patientInstruction"));
  return words;
}

static char *
directions (const FhirAt *at, const char *list)
{
  char *all = NULL;
  guint n = fhir_count (at, list);
  for (guint i = 0; i < n; i++) {
    FhirAt dosage;
    if (!fhir_element (at, list, i, &dosage))
      continue;
    g_autofree char *one = dosage_words (&dosage);
    fhir_append (&all, "; ", one);
  }
  g_autofree char *notes = fhir_notes (at);
  fhir_append (&all, ". ", notes);
  return all;
}

/* --- what, why, since when -------------------------------------------------------------------- */

/* The concept that names the drug is here, or in the Medication this refers to. */
static void
read_drug (const FhirAt *at, CrMedication *medication)
{
  FhirAt reference, target, concept;
  const char *words = NULL;
  gboolean coded =
      fhir_has (at, "medicationCodeableConcept") && fhir_object (at, "medicationCodeableConcept", &concept);
  if (!coded && fhir_object (at, "medicationReference", &reference)) {
    words = fhir_text (&reference, "display");
    coded = fhir_follow (&reference, &target) && fhir_object (&target, "code", &concept);
  }
  if (coded) {
    const char *rxnorm = fhir_coding_in (&concept, FHIR_RXNORM).code;
    medication->drug_code = rxnorm != NULL ? g_strconcat ("rxnorm:", rxnorm, NULL) : NULL;
    words = fhir_concept_words (&concept);
  }
  medication->display = g_strdup (words);
  if (words == NULL)
    fhir_find (at, "medication[x]", -1, _ ("It does not name a drug."));
  else if (coded && fhir_is_absence (&concept))
    fhir_skip (at, _ ("says that there is none or nothing is known"));
}

static CrFhirItem *
read_common (const FhirAt *at, const FhirCodeMap *statuses, const char *dosages)
{
  CrFhirItem *item = fhir_add (at, &CR_MEDICATION, NULL);
  CrMedication *medication = item->record;
  const char *status = fhir_text (at, "status");
  fhir_belongs (at, item, "subject");
  medication->status = MAX (fhir_map_code (at, "status", status, statuses, -1), 0);
  if (status == NULL)
    fhir_find (at, "status", -1, _ ("It does not say whether the drug is being taken."));
  read_drug (at, medication);
  medication->sig.other = directions (at, dosages);
  medication->indication = fhir_reasons (at);
  return item;
}

void
fhir_read_medication_request (const FhirAt *at)
{
  static const FhirCodeMap statuses[] = {
    { "active", CR_MED_ACTIVE },       { "on-hold", CR_MED_ON_HOLD },        { "cancelled", CR_MED_STOPPED },
    { "completed", CR_MED_COMPLETED }, { "stopped", CR_MED_STOPPED },        { "draft", CR_MED_NOT_STARTED },
    { "unknown", CR_MED_REPORTED },    { "entered-in-error", CR_MED_ERROR }, { NULL, 0 }
  };
  CrFhirItem *item = read_common (at, statuses, "dosageInstruction");
  CrMedication *medication = item->record;
  const char *intent = fhir_text (at, "intent");
  FhirWhen authored = fhir_when (at, "authoredOn");
  medication->started = authored.date;
  medication->recorded_at = authored.instant;
  medication->stop_reason = g_strdup (fhir_words (at, "statusReason"));
  item->practitioner = fhir_reference (at, "requester");
  if (g_strcmp0 (intent, "proposal") == 0 || g_strcmp0 (intent, "option") == 0)
    fhir_skip (at, _ ("a proposal, not an order"));
  else if (fhir_true (at, "doNotPerform"))
    fhir_skip (at, _ ("an order not to give a drug"));
}

void
fhir_read_medication_statement (const FhirAt *at)
{
  static const FhirCodeMap statuses[] = {
    { "active", CR_MED_ACTIVE },    { "completed", CR_MED_COMPLETED },    { "intended", CR_MED_NOT_STARTED },
    { "stopped", CR_MED_STOPPED },  { "on-hold", CR_MED_ON_HOLD },        { "not-taken", CR_MED_STOPPED },
    { "unknown", CR_MED_REPORTED }, { "entered-in-error", CR_MED_ERROR }, { NULL, 0 }
  };
  CrFhirItem *item = read_common (at, statuses, "dosage");
  CrMedication *medication = item->record;
  medication->started = fhir_when_choice (at, "effective").date;
  medication->stopped = fhir_period_end (at, "effectivePeriod").date;
  medication->recorded_at = fhir_when (at, "dateAsserted").instant;
  medication->stop_reason = fhir_join_words (at, "statusReason", "; ");
  if (medication->stop_reason == NULL && g_strcmp0 (fhir_text (at, "status"), "not-taken") == 0)
    medication->stop_reason = g_strdup (_ ("not taken"));
}
