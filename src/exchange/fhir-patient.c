/* Patient and what hangs on the person: names, numbers, relatives, coverage. */
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/base/text.h"
#include "chartroom/domain/patient.h"
#include "chartroom/domain/patient-rules.h"
#include "fhir-people.h"

#define EXTENSION "http://hl7.org/fhir/StructureDefinition/"
#define US_CORE "http://hl7.org/fhir/us/core/StructureDefinition/"

/* Best of a list by its "use": the first with the earliest word of `uses`, else the first without one of
 * `never`. */
static int
choose_by_use (const FhirAt *at, const char *list, const char *const *uses, const char *const *never)
{
  int best = -1, best_rank = G_MAXINT;
  guint n = fhir_count (at, list);
  for (guint i = 0; i < n; i++) {
    FhirAt one;
    if (!fhir_element (at, list, i, &one))
      continue;
    const char *use = fhir_text (&one, "use");
    if (use != NULL && g_strv_contains (never, use))
      continue;
    int rank = 0;
    while (uses[rank] != NULL && g_strcmp0 (use, uses[rank]) != 0)
      rank++;
    if (rank < best_rank) {
      best = (int)i;
      best_rank = rank;
    }
  }
  return best;
}

static CrFhirItem *
add_part (const FhirAt *at, const CrRecordClass *klass, const char *list, guint index)
{
  g_autofree char *suffix = g_strdup_printf ("#%s[%u]", list, index);
  CrFhirItem *item = fhir_add (at, klass, suffix);
  item->patient = g_strdup (at->entry->source);
  return item;
}

/* A name stays within what a form takes: what cannot be printed, or is past the limit, is left out and said.
 */
static void
keep_printable (const FhirAt *at, char **part)
{
  enum { MOST = 100 };
  g_autofree char *problem = cr_name_problem (*part), *before = NULL;
  GString *kept;
  glong n = 0;
  if (problem == NULL)
    return;
  fhir_find (at, "name", -1,
             _ ("It has characters that cannot be printed, or more than 100; only the others were taken."));
  before = g_steal_pointer (part);
  kept = g_string_new (NULL);
  for (const char *p = before; *p != '\0' && n < MOST; p = g_utf8_next_char (p)) {
    gunichar c = g_unichar_isspace (g_utf8_get_char (p)) ? ' ' : g_utf8_get_char (p);
    if (cr_name_takes (c)) {
      g_string_append_unichar (kept, c);
      n++;
    }
  }
  *part = g_string_free (kept, n == 0);
}

static void
add_other_name (const FhirAt *at, guint index, const FhirName *parts, const char *use)
{
  CrPatientName *name = add_part (at, &CR_PATIENT_NAME, "name", index)->record;
  name->use = g_strdup (use != NULL ? use : "old");
  name->family = g_strdup (parts->family);
  name->given = g_strdup (parts->given);
  fhir_append (&name->given, " ", parts->middle);
  keep_printable (at, &name->family);
  keep_printable (at, &name->given);
}

static void
read_names (const FhirAt *at, CrPatient *patient)
{
  static const char *const uses[] = { "official", "usual", NULL };
  static const char *const never[] = { "old", "maiden", "nickname", "anonymous", "temp", NULL };
  int main_name = choose_by_use (at, "name", uses, never);
  guint n = fhir_count (at, "name");
  for (guint i = 0; i < n; i++) {
    FhirAt name;
    if (!fhir_element (at, "name", i, &name))
      continue;
    FhirName parts = fhir_name (&name);
    const char *use = fhir_text (&name, "use");
    if ((int)i == main_name) {
      patient->family = g_steal_pointer (&parts.family);
      patient->given = g_steal_pointer (&parts.given);
      patient->middle = g_steal_pointer (&parts.middle);
      patient->suffix = g_steal_pointer (&parts.suffix);
    } else if (parts.family != NULL || parts.given != NULL)
      add_other_name (at, i, &parts, use);
    if (patient->preferred == NULL && g_strcmp0 (use, "nickname") == 0)
      patient->preferred = g_strdup (parts.given);
    fhir_name_clear (&parts);
  }
  keep_printable (at, &patient->family);
  keep_printable (at, &patient->given);
  keep_printable (at, &patient->middle);
  keep_printable (at, &patient->suffix);
  keep_printable (at, &patient->preferred);
  if (patient->family == NULL && patient->given == NULL) {
    fhir_find (at, "name", -1,
               _ ("The patient has no name. Enter the patient by hand, then import the file again."));
    fhir_skip (at, _ ("unreadable: see the findings"));
  }
}

static void
add_point (const FhirAt *at, const char *list, guint index, const char *system, const char *use,
           const char *value)
{
  CrContactPoint *point = add_part (at, &CR_CONTACT_POINT, list, index)->record;
  point->system = g_strdup (system);
  point->use = g_strdup (use);
  point->value = g_strdup (value);
}

static void
read_telecom (const FhirAt *at, CrPatient *patient)
{
  guint n = fhir_count (at, "telecom");
  for (guint i = 0; i < n; i++) {
    FhirAt point;
    if (!fhir_element (at, "telecom", i, &point))
      continue;
    const char *system = fhir_text (&point, "system"), *value = fhir_text (&point, "value");
    const char *use = fhir_text (&point, "use");
    if (value == NULL || g_strcmp0 (use, "old") == 0)
      continue;
    if (system == NULL)
      system = strchr (value, '@') != NULL ? "email" : "phone";
    g_autofree char *digits = strcmp (system, "phone") == 0 ? fhir_phone_digits (value) : NULL;
    if (digits != NULL && patient->phone == NULL) {
      patient->phone = g_steal_pointer (&digits);
      patient->phone_use = g_strdup (use);
    } else if (strcmp (system, "email") == 0 && patient->email == NULL)
      patient->email = g_strdup (value);
    else
      add_point (at, "telecom", i, system, use, digits != NULL ? digits : value);
  }
}

static void
read_addresses (const FhirAt *at, CrPatient *patient)
{
  static const char *const uses[] = { "home", NULL }, *const never[] = { "old", "billing", NULL };
  int main_address = choose_by_use (at, "address", uses, never);
  guint n = fhir_count (at, "address");
  for (guint i = 0; i < n; i++) {
    FhirAt address;
    if (!fhir_element (at, "address", i, &address))
      continue;
    if ((int)i == main_address) {
      FhirAddress parts = fhir_address (&address);
      patient->address = parts.address;
      patient->city = parts.city;
      patient->state = parts.state;
      patient->zip = parts.zip;
      continue;
    }
    g_autofree char *words = fhir_address_words (&address);
    if (words != NULL)
      add_point (at, "address", i, "address", fhir_text (&address, "use"), words);
  }
}

static int
sex_of (const char *code)
{
  if (g_strcmp0 (code, "female") == 0 || g_strcmp0 (code, "F") == 0)
    return CR_SEX_FEMALE;
  if (g_strcmp0 (code, "male") == 0 || g_strcmp0 (code, "M") == 0)
    return CR_SEX_MALE;
  return g_strcmp0 (code, "other") == 0 ? CR_SEX_INTERSEX : CR_SEX_UNKNOWN;
}

/* FHIR has four words for it; letters are what some systems write instead. */
static void
read_gender (const FhirAt *at, CrPatient *patient)
{
  static const char *const words[] = { "female", "male", "other", "unknown", "F", "M", NULL };
  const char *gender = fhir_text (at, "gender");
  patient->sex = sex_of (gender);
  if (gender != NULL && !g_strv_contains (words, gender))
    fhir_find (at, "gender", -1, _ ("This word is not known; the sex was left unknown. Ask the patient."));
}

/* Words of an extension that holds a concept, itself or in a part named "value". */
static const char *
extension_words (const FhirAt *extension)
{
  FhirAt part;
  if (fhir_has (extension, "valueCodeableConcept"))
    return fhir_words (extension, "valueCodeableConcept");
  guint n = fhir_count (extension, "extension");
  for (guint i = 0; i < n; i++)
    if (fhir_element (extension, "extension", i, &part) && g_strcmp0 (fhir_text (&part, "url"), "value") == 0)
      return fhir_words (&part, "valueCodeableConcept");
  return NULL;
}

static void
read_extension (const FhirAt *extension, CrPatient *patient, gboolean *interpreter)
{
  const char *url = fhir_text (extension, "url");
  if (g_strcmp0 (url, US_CORE "us-core-birthsex") == 0) {
    int sex = sex_of (fhir_text (extension, "valueCode"));
    if (sex != CR_SEX_UNKNOWN && sex != patient->sex) {
      patient->sex_documents = patient->sex != CR_SEX_UNKNOWN ? g_strdup (cr_sex_word (patient->sex)) : NULL;
      patient->sex = sex;
    }
  } else if (g_strcmp0 (url, EXTENSION "patient-interpreterRequired") == 0)
    *interpreter = fhir_true (extension, "valueBoolean");
  else if (g_strcmp0 (url, US_CORE "us-core-genderIdentity") == 0 ||
           g_strcmp0 (url, EXTENSION "individual-genderIdentity") == 0 ||
           g_strcmp0 (url, EXTENSION "patient-genderIdentity") == 0) {
    if (patient->gender_identity == NULL)
      patient->gender_identity = g_strdup (extension_words (extension));
  } else if (g_strcmp0 (url, EXTENSION "individual-pronouns") == 0 && patient->pronouns == NULL)
    patient->pronouns = g_strdup (extension_words (extension));
}

static void
read_language (const FhirAt *at, CrPatient *patient)
{
  guint n = fhir_count (at, "communication");
  for (guint i = 0; i < n; i++) {
    FhirAt one, language;
    if (!fhir_element (at, "communication", i, &one) || !fhir_object (&one, "language", &language))
      continue;
    gboolean preferred = fhir_true (&one, "preferred");
    if (patient->language != NULL && !preferred)
      continue;
    FhirCoding coding = fhir_coding_in (&language, NULL);
    g_free (patient->language);
    patient->language = g_strdup (coding.code != NULL ? coding.code : fhir_concept_words (&language));
    if (preferred)
      return;
  }
}

static void
read_extensions (const FhirAt *at, CrPatient *patient)
{
  gboolean interpreter = FALSE;
  guint n = fhir_count (at, "extension");
  for (guint i = 0; i < n; i++) {
    FhirAt extension;
    if (fhir_element (at, "extension", i, &extension))
      read_extension (&extension, patient, &interpreter);
  }
  if (interpreter)
    patient->interpreter = g_strdup (patient->language != NULL ? patient->language : _ ("yes"));
}

static void
read_birth_and_death (const FhirAt *at, CrPatient *patient)
{
  const char *order = fhir_has (at, "multipleBirthInteger") ? fhir_number (at, "multipleBirthInteger") : NULL;
  patient->birth_date = fhir_when (at, "birthDate").date;
  patient->death_date = fhir_when (at, "deceasedDateTime").date;
  if (order != NULL)
    patient->birth_order = CLAMP (g_ascii_strtoll (order, NULL, 10), 1, 20);
  if (fhir_true (at, "deceasedBoolean") && !cr_date_is_set (patient->death_date))
    fhir_find (at, "deceasedBoolean", -1,
               _ ("The patient has died, but the file does not say when. Enter the date of death by hand."));
}

/* "MTH" and the like without words of their own. */
static char *
relationship_words (const FhirAt *at)
{
  static const struct {
    const char *code, *words;
  } known[] = { { "MTH", N_ ("mother") },  { "FTH", N_ ("father") },    { "SPS", N_ ("spouse") },
                { "CHILD", N_ ("child") }, { "SIB", N_ ("sibling") },   { "FRND", N_ ("friend") },
                { "PRN", N_ ("parent") },  { "GUARD", N_ ("guardian") } };
  char *words = fhir_join_words (at, "relationship", ", ");
  for (guint i = 0; words != NULL && i < G_N_ELEMENTS (known); i++)
    if (strcmp (words, known[i].code) == 0) {
      g_free (words);
      return g_strdup (_ (known[i].words));
    }
  return words;
}

/* HL7 table 0131: what a contact is for. */
static void
read_contact_roles (const FhirAt *at, CrRelatedPerson *person)
{
  guint n = fhir_count (at, "relationship");
  for (guint i = 0; i < n; i++) {
    FhirAt concept;
    if (!fhir_element (at, "relationship", i, &concept))
      continue;
    const char *code = fhir_coding_in (&concept, "http://terminology.hl7.org/CodeSystem/v2-0131").code;
    person->next_of_kin |= g_strcmp0 (code, "N") == 0;
    person->emergency |= g_strcmp0 (code, "C") == 0;
  }
}

static void
fill_related (const FhirAt *at, CrRelatedPerson *person, const FhirAt *name, const FhirAt *address)
{
  const char *phone = fhir_telecom (at, "phone");
  person->relationship = relationship_words (at);
  person->name = name != NULL ? fhir_name_words (name) : NULL;
  person->address = address != NULL ? fhir_address_words (address) : NULL;
  person->phone = phone != NULL ? fhir_phone_digits (phone) : NULL;
  if (person->phone == NULL)
    person->phone = g_strdup (phone);
  read_contact_roles (at, person);
}

static void
read_contacts (const FhirAt *at)
{
  guint n = fhir_count (at, "contact");
  for (guint i = 0; i < n; i++) {
    FhirAt contact, name, address, organization;
    if (!fhir_element (at, "contact", i, &contact))
      continue;
    gboolean named = fhir_object (&contact, "name", &name),
             placed = fhir_object (&contact, "address", &address);
    CrRelatedPerson *person = add_part (at, &CR_RELATED_PERSON, "contact", i)->record;
    fill_related (&contact, person, named ? &name : NULL, placed ? &address : NULL);
    if (person->name == NULL && fhir_object (&contact, "organization", &organization))
      person->name = fhir_reference_words (&organization);
  }
}

void
fhir_read_patient (const FhirAt *at)
{
  CrPatient *patient = fhir_add (at, &CR_PATIENT, NULL)->record;
  read_gender (at, patient);
  read_names (at, patient);
  read_birth_and_death (at, patient);
  read_telecom (at, patient);
  read_addresses (at, patient);
  read_language (at, patient);
  read_extensions (at, patient);
  read_contacts (at);
}

void
fhir_read_related_person (const FhirAt *at)
{
  FhirAt name, address;
  CrFhirItem *item = fhir_add (at, &CR_RELATED_PERSON, NULL);
  CrRelatedPerson *person = item->record;
  fhir_belongs (at, item, "patient");
  gboolean named = fhir_element (at, "name", 0, &name), placed = fhir_element (at, "address", 0, &address);
  fill_related (at, person, named ? &name : NULL, placed ? &address : NULL);
  if (person->name == NULL && person->relationship == NULL)
    fhir_skip (at, _ ("has no name"));
}

static void
read_coverage_classes (const FhirAt *at, CrCoverage *coverage)
{
  guint n = fhir_count (at, "class");
  for (guint i = 0; i < n; i++) {
    FhirAt one;
    if (!fhir_element (at, "class", i, &one))
      continue;
    const char *type = fhir_code (&one, "type"), *value = fhir_text (&one, "value"),
               *name = fhir_text (&one, "name");
    if (g_strcmp0 (type, "group") == 0 && coverage->group_id == NULL)
      coverage->group_id = g_strdup (value);
    else if (g_strcmp0 (type, "plan") == 0 && coverage->plan == NULL)
      coverage->plan = g_strdup (name != NULL ? name : value);
  }
}

/* FHIR's end is the last day with it, ours the first day without; a month or a year alone stays as it is. */
static CrDate
day_after (CrDate last)
{
  return cr_date_is_full (last) ? cr_date_add_days (last, 1) : last;
}

void
fhir_read_coverage (const FhirAt *at)
{
  FhirAt payer, subscriber;
  CrFhirItem *item = fhir_add (at, &CR_COVERAGE, NULL);
  CrCoverage *coverage = item->record;
  const char *status = fhir_text (at, "status"), *order = fhir_number (at, "order");
  fhir_belongs (at, item, "beneficiary");
  coverage->rank = order != NULL ? CLAMP (g_ascii_strtoll (order, NULL, 10), 1, 9) : 1;
  if (fhir_element (at, "payor", 0, &payer))
    coverage->payer = fhir_reference_words (&payer);
  if (fhir_object (at, "subscriber", &subscriber))
    coverage->subscriber = fhir_reference_words (&subscriber);
  coverage->member_id = g_strdup (fhir_text (at, "subscriberId"));
  coverage->relationship = g_strdup (fhir_words (at, "relationship"));
  coverage->valid_from = fhir_period_start (at, "period").date;
  coverage->valid_to = day_after (fhir_period_end (at, "period").date);
  read_coverage_classes (at, coverage);
  if (coverage->plan == NULL)
    coverage->plan = g_strdup (fhir_words (at, "type"));
  if (g_strcmp0 (status, "entered-in-error") == 0 || g_strcmp0 (status, "draft") == 0)
    fhir_skip (at, _ ("a draft or entered in error"));
}
