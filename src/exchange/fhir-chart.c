/* The chart's plain rows: Encounter, Condition, AllergyIntolerance, Immunization, Procedure. */
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/encounter.h"
#include "chartroom/domain/patient.h"
#include "fhir-values.h"

static gboolean
is_in_error (const FhirAt *at)
{
  return g_strcmp0 (fhir_code (at, "verificationStatus"), "entered-in-error") == 0;
}

/* Day for a record, and in words what a CrDate cannot hold ("onset at 12 a"). */
static CrDate
day_or_words (const FhirAt *at, const char *stem, const char *label, char **note)
{
  g_autofree char *age = g_strconcat (stem, "Age", NULL), *string = g_strconcat (stem, "String", NULL);
  FhirAt quantity;
  g_autofree char *words = NULL;
  if (fhir_has (at, age) && fhir_object (at, age, &quantity))
    words = fhir_quantity_words (&quantity);
  else if (fhir_has (at, string))
    words = g_strdup (fhir_text (at, string));
  if (words != NULL) {
    g_autofree char *line = g_strdup_printf ("%s: %s", label, words);
    fhir_append (note, "\n", line);
  }
  return fhir_when_choice (at, stem).date;
}

/* --- Encounter -------------------------------------------------------------------------------- */

static const char *
encounter_status (const FhirAt *at)
{
  static const FhirCodeMap map[] = { { "planned", 0 },     { "arrived", 1 },          { "triaged", 1 },
                                     { "in-progress", 1 }, { "onleave", 1 },          { "finished", 2 },
                                     { "unknown", 2 },     { "entered-in-error", 3 }, { "cancelled", 4 },
                                     { NULL, 0 } };
  static const char *const words[] = { "planned", "in-progress", "finished", "entered-in-error" };
  int status = fhir_map_code (at, "status", fhir_text (at, "status"), map, 2);
  if (status == 4)
    fhir_skip (at, _ ("a cancelled visit"));
  return words[CLAMP (status, 0, 3)];
}

static char *
encounter_kind (const FhirAt *at)
{
  static const struct {
    const char *code, *words;
  } classes[] = { { "AMB", N_ ("Office visit") },   { "EMER", N_ ("Emergency") },
                  { "IMP", N_ ("Hospital stay") },  { "ACUTE", N_ ("Hospital stay") },
                  { "OBSENC", N_ ("Observation") }, { "HH", N_ ("Home health") },
                  { "VR", N_ ("Remote visit") },    { "SS", N_ ("Short stay") } };
  FhirAt coding;
  const char *type = fhir_words_element (at, "type", 0), *class = NULL;
  if (fhir_object (at, "class", &coding)) {
    const char *code = fhir_text (&coding, "code"), *display = fhir_text (&coding, "display");
    class = display != NULL ? display : code;
    for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
      if (g_strcmp0 (code, classes[i].code) == 0)
        class = _ (classes[i].words);
    if (g_strcmp0 (code, "AMB") == 0 && type != NULL)
      class = NULL; /* the usual case goes without saying */
  }
  if (type == NULL)
    return g_strdup (class != NULL ? class : _ ("Visit"));
  return class != NULL ? g_strdup_printf ("%s (%s)", type, class) : g_strdup (type);
}

/* "WINCHESTER HOSPITAL, Andre Schneider": an imported visit was elsewhere, with somebody else. */
static void
read_where_and_who (const FhirAt *at, CrFhirItem *item)
{
  CrEncounter *encounter = item->record;
  FhirAt provider, participant, individual;
  if (fhir_object (at, "serviceProvider", &provider))
    encounter->place = fhir_reference_words (&provider);
  if (!fhir_element (at, "participant", 0, &participant) ||
      !fhir_object (&participant, "individual", &individual))
    return;
  g_autofree char *who = fhir_reference_words (&individual);
  fhir_append (&encounter->place, ", ", who);
  item->practitioner = fhir_reference (&participant, "individual");
}

void
fhir_read_encounter (const FhirAt *at)
{
  CrFhirItem *item = fhir_add (at, &CR_ENCOUNTER, NULL);
  CrEncounter *encounter = item->record;
  fhir_belongs (at, item, "subject");
  FhirWhen start = fhir_period_start (at, "period"), end = fhir_period_end (at, "period");
  encounter->status = g_strdup (encounter_status (at));
  encounter->kind = encounter_kind (at);
  encounter->reason = fhir_reasons (at);
  encounter->date = start.text != NULL ? start.date : end.date;
  encounter->arrived_at = start.instant;
  encounter->checked_out_at = end.instant;
  read_where_and_who (at, item);
  if (!cr_date_is_set (encounter->date))
    fhir_find (at, "period", -1, _ ("The visit has no date."));
}

/* --- Condition -------------------------------------------------------------------------------- */

static int
problem_status (const FhirAt *at, CrDate resolved)
{
  static const FhirCodeMap map[] = { { "active", CR_PROBLEM_ACTIVE },
                                     { "recurrence", CR_PROBLEM_ACTIVE },
                                     { "relapse", CR_PROBLEM_ACTIVE },
                                     { "inactive", CR_PROBLEM_RESOLVED },
                                     { "remission", CR_PROBLEM_RESOLVED },
                                     { "resolved", CR_PROBLEM_RESOLVED },
                                     { NULL, 0 } };
  int absent = cr_date_is_set (resolved) ? CR_PROBLEM_RESOLVED : CR_PROBLEM_ACTIVE;
  int status = fhir_map_code (at, "clinicalStatus", fhir_code (at, "clinicalStatus"), map, absent);
  return is_in_error (at) ? CR_PROBLEM_ERROR : MAX (status, 0);
}

void
fhir_read_condition (const FhirAt *at)
{
  static const char *const systems[] = { FHIR_ICD10CM, FHIR_SNOMED, NULL };
  CrFhirItem *item = fhir_add (at, &CR_PROBLEM, NULL);
  CrProblem *problem = item->record;
  FhirAt concept;
  const char *words;
  fhir_belongs (at, item, "subject");
  if (!fhir_need_concept (at, "code", &concept, &words))
    return;
  FhirCoding coding = fhir_coding (&concept, systems);
  problem->code = g_strdup (coding.code);
  problem->system = coding.code != NULL ? g_strdup (fhir_system_short (coding.system)) : NULL;
  problem->display = g_strdup (words);
  problem->note = fhir_notes (at);
  problem->onset = day_or_words (at, "onset", _ ("Onset"), &problem->note);
  problem->resolved = day_or_words (at, "abatement", _ ("Resolved"), &problem->note);
  problem->status = problem_status (at, problem->resolved);
  problem->recorded_at = fhir_when (at, "recordedDate").instant;
  if (g_strcmp0 (fhir_code (at, "verificationStatus"), "refuted") == 0)
    fhir_skip (at, _ ("refuted: the patient does not have it"));
  else if (fhir_is_absence (&concept))
    fhir_skip (at, _ ("says that there is none or nothing is known"));
}

/* --- AllergyIntolerance ----------------------------------------------------------------------- */

/* Manifestations of one event joined with "and", events with commas; the worst severity. */
static void
read_reactions (const FhirAt *at, CrAllergy *allergy)
{
  static const FhirCodeMap map[] = { { "mild", 1 }, { "moderate", 2 }, { "severe", 3 }, { NULL, 0 } };
  static const char *const words[] = { NULL, "mild", "moderate", "severe" };
  int worst = 0;
  guint n = fhir_count (at, "reaction");
  for (guint i = 0; i < n; i++) {
    FhirAt reaction;
    if (!fhir_element (at, "reaction", i, &reaction))
      continue;
    g_autofree char *event = fhir_join_words (&reaction, "manifestation", _ (" and "));
    fhir_append (&allergy->reactions, ", ", event);
    int severity = fhir_map_code (&reaction, "severity", fhir_text (&reaction, "severity"), map, 0);
    worst = MAX (worst, severity);
  }
  allergy->severity = g_strdup (words[worst]);
}

static const char *
allergy_category (const FhirAt *at)
{
  static const FhirCodeMap map[] = {
    { "medication", 0 }, { "biologic", 0 }, { "food", 1 }, { "environment", 2 }, { NULL, 0 }
  };
  static const char *const words[] = { "medication", "food", "environment" };
  const char *code = fhir_text_element (at, "category", 0);
  int category = fhir_map_code (at, "category", code, map, -1);
  return category >= 0 ? words[category] : NULL;
}

static int
allergy_state (const FhirAt *at)
{
  static const FhirCodeMap map[] = { { "active", CR_ALLERGY_ACTIVE },
                                     { "inactive", CR_ALLERGY_RESOLVED },
                                     { "resolved", CR_ALLERGY_RESOLVED },
                                     { NULL, 0 } };
  int state = fhir_map_code (at, "clinicalStatus", fhir_code (at, "clinicalStatus"), map, CR_ALLERGY_ACTIVE);
  if (is_in_error (at))
    return CR_ALLERGY_ERROR;
  if (g_strcmp0 (fhir_code (at, "verificationStatus"), "refuted") == 0)
    return CR_ALLERGY_REFUTED;
  return MAX (state, 0);
}

static void
read_substance (const FhirAt *concept, CrFhirItem *item, const char *words)
{
  static const char *const systems[] = { FHIR_RXNORM, FHIR_SNOMED, NULL };
  FhirCoding coding = fhir_coding (concept, systems);
  ((CrAllergy *)item->record)->substance = g_strdup (words);
  item->code = g_strdup (coding.code);
  item->system = coding.code != NULL ? g_strdup (fhir_system_short (coding.system)) : NULL;
}

void
fhir_read_allergy (const FhirAt *at)
{
  CrFhirItem *item = fhir_add (at, &CR_ALLERGY, NULL);
  CrAllergy *allergy = item->record;
  FhirAt concept;
  const char *words, *verification = fhir_code (at, "verificationStatus"), *type = fhir_text (at, "type");
  fhir_belongs (at, item, "patient");
  if (!fhir_need_concept (at, "code", &concept, &words))
    return;
  read_substance (&concept, item, words);
  read_reactions (at, allergy);
  g_autofree char *notes = fhir_notes (at);
  fhir_append (&allergy->reactions, "; ", notes);
  allergy->category = g_strdup (allergy_category (at));
  allergy->type = g_strdup (type != NULL ? type : "unknown");
  allergy->criticality = g_strdup (fhir_text (at, "criticality"));
  if (g_strcmp0 (allergy->criticality, "unable-to-assess") == 0)
    g_clear_pointer (&allergy->criticality, g_free);
  allergy->certainty = g_strdup (g_strcmp0 (verification, "confirmed") == 0 ? "confirmed" : "unconfirmed");
  allergy->source = g_strdup ("record");
  allergy->state = allergy_state (at);
  allergy->onset = fhir_when_choice (at, "onset").date;
  allergy->recorded_at = fhir_when (at, "recordedDate").instant;
  if (fhir_is_absence (&concept))
    fhir_skip (at, _ ("says that there are none: ask the patient and record it"));
  CrPatient *patient = fhir_record (at->reader, item->patient, &CR_PATIENT);
  if (patient != NULL && allergy->state == CR_ALLERGY_ACTIVE && at->reader->skip == NULL &&
      !at->reader->broken)
    patient->allergy_status = CR_ALLERGY_KNOWN;
}

/* --- Immunization and Procedure --------------------------------------------------------------- */

void
fhir_read_immunization (const FhirAt *at)
{
  static const char *const systems[] = { FHIR_CVX, NULL };
  static const FhirCodeMap map[] = {
    { "completed", 0 }, { "not-done", 1 }, { "entered-in-error", 2 }, { NULL, 0 }
  };
  static const char *const statuses[] = { "completed", "not-done", "entered-in-error" };
  CrFhirItem *item = fhir_add (at, &CR_IMMUNIZATION, NULL);
  CrImmunization *immunization = item->record;
  FhirAt concept;
  const char *words;
  fhir_belongs (at, item, "patient");
  if (!fhir_need_concept (at, "vaccineCode", &concept, &words))
    return;
  /* A code of another system would pass for a CVX code. */
  immunization->code = g_strdup (fhir_coding_in (&concept, systems[0]).code);
  immunization->display = g_strdup (words);
  immunization->status =
      g_strdup (statuses[MAX (fhir_map_code (at, "status", fhir_text (at, "status"), map, 0), 0)]);
  immunization->note = fhir_notes (at);
  immunization->given_on = day_or_words (at, "occurrence", _ ("Given"), &immunization->note);
  immunization->lot = g_strdup (fhir_text (at, "lotNumber"));
  immunization->site = g_strdup (fhir_words (at, "site"));
  if (fhir_is_absence (&concept))
    fhir_skip (at, _ ("says that there is none or nothing is known"));
}

static const char *
procedure_status (const FhirAt *at)
{
  static const FhirCodeMap map[] = { { "preparation", 0 }, { "in-progress", 1 },      { "not-done", 2 },
                                     { "on-hold", 3 },     { "stopped", 4 },          { "completed", 5 },
                                     { "unknown", 6 },     { "entered-in-error", 7 }, { NULL, 0 } };
  int status = fhir_map_code (at, "status", fhir_text (at, "status"), map, 6);
  return map[MAX (status, 0)].code;
}

void
fhir_read_procedure (const FhirAt *at)
{
  static const char *const systems[] = { "http://www.ama-assn.org/go/cpt", FHIR_SNOMED, NULL };
  CrFhirItem *item = fhir_add (at, &CR_PROCEDURE, NULL);
  CrProcedure *procedure = item->record;
  FhirAt concept;
  const char *words;
  fhir_belongs (at, item, "subject");
  if (!fhir_need_concept (at, "code", &concept, &words))
    return;
  FhirCoding coding = fhir_coding (&concept, systems);
  procedure->code = g_strdup (coding.code);
  procedure->system = coding.code != NULL ? g_strdup (fhir_system_short (coding.system)) : NULL;
  procedure->display = g_strdup (words);
  procedure->status = g_strdup (procedure_status (at));
  procedure->note = fhir_notes (at);
  procedure->performed_on = day_or_words (at, "performed", _ ("Performed"), &procedure->note);
  if (fhir_is_absence (&concept))
    fhir_skip (at, _ ("says that there is none or nothing is known"));
}
