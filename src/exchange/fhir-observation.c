/* Observation: vital signs, laboratory results, surveys.  One value is one row; the parts of a blood pressure
 * and of other compound results are rows of one panel. */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include "chartroom/domain/clinical-records.h"
#include "fhir-values.h"

#define MAX_NUMBER 64 /* characters of a measured number; longer is no measurement */

typedef struct { /* what all rows of one resource share */
  int kind, status;
  CrInstant taken_at;
  const char *method, *performer; /* of the reading function */
} Shared;

static int
observation_kind (const FhirAt *at)
{
  static const struct {
    const char *code;
    int kind;
  } map[] = { { "vital-signs", CR_OBS_VITAL },
              { "vital-sign", CR_OBS_VITAL },
              { "laboratory", CR_OBS_LAB },
              { "survey", CR_OBS_SURVEY } };
  guint n = fhir_count (at, "category");
  for (guint i = 0; i < n; i++) {
    FhirAt category;
    if (!fhir_element (at, "category", i, &category))
      continue;
    const char *code = fhir_coding_in (&category, NULL).code;
    for (guint j = 0; j < G_N_ELEMENTS (map); j++)
      if (g_strcmp0 (code, map[j].code) == 0)
        return map[j].kind;
  }
  return CR_OBS_OTHER;
}

static int
observation_status (const FhirAt *at)
{
  static const FhirCodeMap map[] = { { "registered", CR_OBS_PRELIMINARY },
                                     { "preliminary", CR_OBS_PRELIMINARY },
                                     { "unknown", CR_OBS_PRELIMINARY },
                                     { "final", CR_OBS_FINAL },
                                     { "amended", CR_OBS_CORRECTED },
                                     { "corrected", CR_OBS_CORRECTED },
                                     { "cancelled", CR_OBS_CANCELLED },
                                     { "entered-in-error", CR_OBS_ERROR },
                                     { NULL, 0 } };
  const char *status = fhir_text (at, "status");
  if (status == NULL)
    fhir_find (at, "status", -1, _ ("It does not say whether the result is final."));
  return MAX (fhir_map_code (at, "status", status, map, 0), 0);
}

/* LOINC codes stand alone; others carry their system, so that they never pass for LOINC. */
static char *
observation_code (const FhirAt *concept)
{
  static const char *const systems[] = { FHIR_LOINC, FHIR_SNOMED, NULL };
  FhirCoding coding = fhir_coding (concept, systems);
  if (coding.code == NULL || g_strcmp0 (coding.system, FHIR_LOINC) == 0)
    return g_strdup (coding.code);
  const char *system = fhir_system_short (coding.system);
  return g_strconcat (system != NULL ? system : "local", ":", coding.code, NULL);
}

/* "sitting; note: after exercise; dated 2015-10": how, and what a row has no field for. */
static char *
method_words (const FhirAt *at, const FhirWhen *when)
{
  char *words = g_strdup (fhir_words (at, "method"));
  fhir_append (&words, ", ", fhir_words (at, "bodySite"));
  g_autofree char *notes = fhir_notes (at);
  fhir_append (&words, "; ", notes);
  if (when->text != NULL && when->instant == CR_INSTANT_NONE &&
      (!cr_date_is_full (when->date) || strchr (when->text, 'T'))) {
    g_autofree char *dated = g_strdup_printf (_ ("dated %s"), when->text);
    fhir_append (&words, "; ", dated);
  }
  return words;
}

/* A result without a time counts as taken at noon UTC of its first day: the same day in nearly every zone. */
static CrInstant
instant_of (const FhirWhen *when)
{
  if (when->instant != CR_INSTANT_NONE || when->text == NULL)
    return when->instant;
  CrDate day = CR_DATE (when->date.year, MAX (when->date.month, 1), MAX (when->date.day, 1));
  return ((gint64)cr_date_to_days (day) * 24 + 12) * 3600 * G_USEC_PER_SEC;
}

/* --- values ----------------------------------------------------------------------------------- */

static void
set_number (const FhirAt *at, const char *name, CrObservation *row, const char *value)
{
  if (value == NULL)
    return;
  if (strlen (value) > MAX_NUMBER) {
    fhir_find (at, name, -1, _ ("This number is too long to be a measurement."));
    return;
  }
  double number = g_ascii_strtod (value, NULL);
  row->value = g_strdup (value);
  row->number = isfinite (number) ? number : NAN;
}

static void
set_quantity (const FhirAt *at, CrObservation *row)
{
  FhirAt quantity;
  if (!fhir_object (at, "valueQuantity", &quantity))
    return;
  set_number (&quantity, "value", row, fhir_number (&quantity, "value"));
  row->comparator = g_strdup (fhir_text (&quantity, "comparator"));
  row->unit = g_strdup (fhir_unit (&quantity));
}

static void
set_range (const FhirAt *at, CrObservation *row)
{
  FhirAt range, end;
  if (!fhir_object (at, "valueRange", &range))
    return;
  row->value = fhir_range_words (&range);
  if (fhir_object (&range, "low", &end) || fhir_object (&range, "high", &end))
    row->unit = g_strdup (fhir_unit (&end));
}

/* A titre "1:128". */
static void
set_ratio (const FhirAt *at, CrObservation *row)
{
  FhirAt ratio, part;
  if (!fhir_object (at, "valueRatio", &ratio))
    return;
  const char *above = fhir_object (&ratio, "numerator", &part) ? fhir_number (&part, "value") : NULL;
  const char *below = fhir_object (&ratio, "denominator", &part) ? fhir_number (&part, "value") : NULL;
  if (above != NULL && below != NULL)
    row->value = g_strdup_printf ("%s:%s", above, below);
}

static void
set_value (const FhirAt *at, CrObservation *row)
{
  static const char *const texts[] = { "valueString", "valueDateTime", "valueTime" };
  if (fhir_has (at, "valueQuantity"))
    set_quantity (at, row);
  else if (fhir_has (at, "valueCodeableConcept"))
    row->value = g_strdup (fhir_words (at, "valueCodeableConcept"));
  else if (fhir_has (at, "valueInteger"))
    set_number (at, "valueInteger", row, fhir_number (at, "valueInteger"));
  else if (fhir_has (at, "valueBoolean"))
    row->value = g_strdup (fhir_true (at, "valueBoolean") ? _ ("yes") : _ ("no"));
  else if (fhir_has (at, "valueRange"))
    set_range (at, row);
  else if (fhir_has (at, "valueRatio"))
    set_ratio (at, row);
  for (guint i = 0; i < G_N_ELEMENTS (texts) && row->value == NULL; i++)
    if (fhir_has (at, texts[i]))
      row->value = g_strdup (fhir_text (at, texts[i]));
}

static char *
reference_range (const FhirAt *at)
{
  FhirAt range;
  if (!fhir_element (at, "referenceRange", 0, &range))
    return NULL;
  const char *text = fhir_text (&range, "text");
  if (text != NULL)
    return g_strdup (text);
  return fhir_range_words (&range);
}

static char *
flag_of (const FhirAt *at)
{
  static const struct {
    const char *code, *flag;
  } map[] = { { "H", "H" },   { "L", "L" },   { "HH", "HH" }, { "LL", "LL" }, { "HU", "HH" },
              { "LU", "LL" }, { "HX", "HH" }, { "LX", "LL" }, { "A", "A" },   { "AA", "A" } };
  FhirAt interpretation;
  if (!fhir_element (at, "interpretation", 0, &interpretation))
    return NULL;
  const char *code = fhir_coding_in (&interpretation, NULL).code;
  for (guint i = 0; i < G_N_ELEMENTS (map); i++)
    if (g_strcmp0 (code, map[i].code) == 0)
      return g_strdup (map[i].flag);
  return NULL;
}

/* Fills one row from the resource or from one of its components; FALSE when it has no value. */
static gboolean
fill_row (const FhirAt *at, CrObservation *row, const Shared *shared)
{
  FhirAt concept;
  const char *words;
  row->kind = shared->kind;
  row->status = shared->status;
  row->taken_at = shared->taken_at;
  row->method = g_strdup (shared->method);
  row->performer = g_strdup (shared->performer);
  set_value (at, row);
  if (row->value == NULL || !fhir_need_concept (at, "code", &concept, &words))
    return FALSE;
  row->code = observation_code (&concept);
  row->display = g_strdup (words);
  row->range = reference_range (at);
  row->flag = flag_of (at);
  return TRUE;
}

static void
drop_last_item (FhirReader *reader)
{
  g_ptr_array_set_size (reader->bundle->items, (int)reader->bundle->items->len - 1);
}

/* --- rows ------------------------------------------------------------------------------------- */

static gboolean
read_main_row (const FhirAt *at, const Shared *shared)
{
  CrFhirItem *item = fhir_add (at, &CR_OBSERVATION, NULL);
  fhir_belongs (at, item, "subject");
  if (fill_row (at, item->record, shared))
    return TRUE;
  drop_last_item (at->reader);
  return FALSE;
}

static guint
read_components (const FhirAt *at, const Shared *shared)
{
  const char *panel = fhir_words (at, "code");
  guint rows = 0, n = fhir_count (at, "component");
  for (guint i = 0; i < n; i++) {
    FhirAt component;
    if (!fhir_element (at, "component", i, &component))
      continue;
    g_autofree char *suffix = g_strdup_printf ("#component[%u]", i);
    CrFhirItem *item = fhir_add (at, &CR_OBSERVATION, suffix);
    CrObservation *row = item->record;
    fhir_belongs (at, item, "subject");
    item->panel = g_strdup (at->entry->source);
    row->panel = g_strdup (panel);
    if (fill_row (&component, row, shared))
      rows++;
    else {
      drop_last_item (at->reader);
      if (!at->reader->broken)
        fhir_note (&component, NULL, -1, _ ("This part of the result has no value."));
    }
  }
  return rows;
}

/* A panel without a value of its own names its results. */
static guint
read_members (const FhirAt *at)
{
  guint n = fhir_count (at, "hasMember");
  const char *name = n > 0 ? fhir_words (at, "code") : NULL;
  for (guint i = 0; i < n && !at->reader->broken; i++) {
    g_autofree char *member = fhir_reference_element (at, "hasMember", i);
    if (member != NULL)
      fhir_set_panel (at->reader, member, at->entry->source, name);
  }
  return n;
}

void
fhir_read_observation (const FhirAt *at)
{
  FhirAt who;
  FhirWhen when = fhir_when_choice (at, "effective");
  if (when.text == NULL && fhir_has (at, "issued"))
    when = fhir_when (at, "issued");
  g_autofree char *performer = fhir_element (at, "performer", 0, &who) ? fhir_reference_words (&who) : NULL;
  g_autofree char *method = method_words (at, &when);
  Shared shared = { observation_kind (at), observation_status (at), instant_of (&when), method, performer };
  guint rows = (read_main_row (at, &shared) ? 1 : 0) + read_components (at, &shared);
  guint members = read_members (at);
  if (rows > 0 && when.text == NULL)
    fhir_find (at, "effective[x]", -1, _ ("It does not say when this was measured."));
  if (rows == 0 && members == 0 && !at->reader->broken)
    fhir_skip (at,
               fhir_has (at, "dataAbsentReason") ? _ ("says that it was not measured") : _ ("has no value"));
}
