#include "fhir-values.h"
#include <glib/gi18n.h>
#include <string.h>

const char FHIR_LOINC[] = "http://loinc.org";
const char FHIR_SNOMED[] = "http://snomed.info/sct";
const char FHIR_RXNORM[] = "http://www.nlm.nih.gov/research/umls/rxnorm";
const char FHIR_CVX[] = "http://hl7.org/fhir/sid/cvx";
const char FHIR_ICD10CM[] = "http://hl7.org/fhir/sid/icd-10-cm";

static const struct {
  const char *uri, *name;
} short_systems[] = {
  { FHIR_LOINC, "loinc" },
  { FHIR_SNOMED, "sct" },
  { FHIR_RXNORM, "rxnorm" },
  { FHIR_CVX, "cvx" },
  { FHIR_ICD10CM, "icd10cm" },
  { "http://hl7.org/fhir/sid/icd-10", "icd10" },
  { "http://hl7.org/fhir/sid/icd-9-cm", "icd9cm" },
  { "http://www.ama-assn.org/go/cpt", "cpt" },
  { "http://hl7.org/fhir/sid/ndc", "ndc" },
  { "http://www.whocc.no/atc", "atc" },
};

/* SNOMED CT: no known allergy, drug, food, environmental allergy; no current problems. */
static const char *const absence_codes[] = { "716186003", "409137002", "429625007",
                                             "428607008", "160245001", NULL };

static FhirCoding
read_coding (const FhirAt *coding)
{
  return (FhirCoding){ fhir_text (coding, "system"), fhir_text (coding, "code"),
                       fhir_text (coding, "display") };
}

static int
two_digits (const char *p)
{
  return g_ascii_isdigit (p[0]) && g_ascii_isdigit (p[1]) ? (p[0] - '0') * 10 + p[1] - '0' : -1;
}

/* ":30.250" → microseconds; *p moves behind.  Seconds may be missing. */
static gboolean
parse_seconds (const char **p, gint64 *out)
{
  *out = 0;
  if (**p != ':')
    return TRUE;
  int seconds = two_digits (*p + 1);
  if (seconds < 0 || seconds > 60)
    return FALSE;
  *p += 3;
  *out = (gint64)seconds * G_USEC_PER_SEC;
  if (**p != '.')
    return TRUE;
  if (!g_ascii_isdigit (*++*p))
    return FALSE;
  for (gint64 unit = G_USEC_PER_SEC / 10; g_ascii_isdigit (**p); (*p)++, unit /= 10)
    *out += (**p - '0') * unit;
  return TRUE;
}

/* "Z", "+05:30" or nothing; seconds east of UTC. */
static gboolean
parse_offset (const char *p, gboolean *known, int *out)
{
  *out = 0;
  *known = *p != '\0';
  if (*p == '\0' || strcmp (p, "Z") == 0)
    return TRUE;
  if ((*p != '+' && *p != '-') || strlen (p) != 6 || p[3] != ':')
    return FALSE;
  int hours = two_digits (p + 1), minutes = two_digits (p + 4);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
    return FALSE;
  *out = (*p == '-' ? -60 : 60) * (hours * 60 + minutes);
  return TRUE;
}

/* "T13:28:17.239+02:00" behind a full date. */
static gboolean
parse_time (const char *p, FhirWhen *out)
{
  int hour = *p == 'T' && strlen (p) >= 6 ? two_digits (p + 1) : -1;
  int minute = hour >= 0 && p[3] == ':' ? two_digits (p + 4) : -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return FALSE;
  p += 6;
  gint64 seconds;
  int offset;
  gboolean known;
  if (!parse_seconds (&p, &seconds) || !parse_offset (p, &known, &offset))
    return FALSE;
  if (!known)
    return TRUE;
  gint64 days = cr_date_to_days (out->date);
  out->instant =
      ((days * 24 + hour) * 60 + minute) * 60 * G_USEC_PER_SEC + seconds - (gint64)offset * G_USEC_PER_SEC;
  if (out->instant == CR_INSTANT_NONE)
    out->instant = 1; /* midnight of 1970 itself means "absent" in a record */
  return TRUE;
}

static void
append_words (GString *to, const char *between, const char *words)
{
  if (to->len > 0)
    g_string_append (to, between);
  g_string_append (to, words);
}

static char *
string_or_null (GString *s)
{
  return g_string_free (s, s->len == 0);
}

const char *
fhir_concept_words (const FhirAt *concept)
{
  const char *text = fhir_text (concept, "text");
  if (text != NULL)
    return text;
  const char *code = NULL;
  guint n = fhir_count (concept, "coding");
  for (guint i = 0; i < n; i++) {
    FhirAt at;
    if (!fhir_element (concept, "coding", i, &at))
      continue;
    FhirCoding coding = read_coding (&at);
    if (coding.display != NULL)
      return coding.display;
    if (code == NULL)
      code = coding.code;
  }
  return code;
}

const char *
fhir_words (const FhirAt *at, const char *name)
{
  FhirAt concept;
  return fhir_object (at, name, &concept) ? fhir_concept_words (&concept) : NULL;
}

const char *
fhir_words_element (const FhirAt *at, const char *name, guint index)
{
  FhirAt concept;
  return fhir_element (at, name, index, &concept) ? fhir_concept_words (&concept) : NULL;
}

char *
fhir_join_words (const FhirAt *at, const char *name, const char *between)
{
  GString *joined = g_string_new (NULL);
  guint n = fhir_count (at, name);
  for (guint i = 0; i < n; i++) {
    const char *words = fhir_words_element (at, name, i);
    if (words != NULL)
      append_words (joined, between, words);
  }
  return string_or_null (joined);
}

const char *
fhir_code (const FhirAt *at, const char *name)
{
  FhirAt concept, coding;
  if (!fhir_object (at, name, &concept) || !fhir_element (&concept, "coding", 0, &coding))
    return NULL;
  return fhir_text (&coding, "code");
}

FhirCoding
fhir_coding_in (const FhirAt *concept, const char *system)
{
  guint n = fhir_count (concept, "coding");
  for (guint i = 0; i < n; i++) {
    FhirAt at;
    if (!fhir_element (concept, "coding", i, &at))
      continue;
    FhirCoding coding = read_coding (&at);
    if (coding.code != NULL && (system == NULL || g_strcmp0 (coding.system, system) == 0))
      return coding;
  }
  return (FhirCoding){ 0 };
}

FhirCoding
fhir_coding (const FhirAt *concept, const char *const *systems)
{
  for (; *systems != NULL; systems++) {
    FhirCoding coding = fhir_coding_in (concept, *systems);
    if (coding.code != NULL)
      return coding;
  }
  return fhir_coding_in (concept, NULL);
}

const char *
fhir_system_short (const char *uri)
{
  for (guint i = 0; i < G_N_ELEMENTS (short_systems); i++)
    if (g_strcmp0 (uri, short_systems[i].uri) == 0)
      return short_systems[i].name;
  return uri;
}

gboolean
fhir_is_absence (const FhirAt *concept)
{
  guint n = fhir_count (concept, "coding");
  for (guint i = 0; i < n; i++) {
    FhirAt at;
    if (!fhir_element (concept, "coding", i, &at))
      continue;
    FhirCoding coding = read_coding (&at);
    if (coding.system != NULL && strstr (coding.system, "absent-unknown") != NULL)
      return TRUE;
    if (g_strcmp0 (coding.system, FHIR_SNOMED) == 0 && coding.code != NULL &&
        g_strv_contains (absence_codes, coding.code))
      return TRUE;
  }
  return FALSE;
}

int
fhir_map_code (const FhirAt *at, const char *name, const char *code, const FhirCodeMap *map, int absent)
{
  if (code == NULL)
    return absent;
  for (; map->code != NULL; map++)
    if (strcmp (map->code, code) == 0)
      return map->value;
  g_autofree char *reason = g_strdup_printf (_ ("“%s” is not a code that FHIR R4 has here."), code);
  fhir_find (at, name, -1, reason);
  return -1;
}

gboolean
fhir_need_concept (const FhirAt *at, const char *name, FhirAt *concept, const char **words)
{
  *words = fhir_object (at, name, concept) ? fhir_concept_words (concept) : NULL;
  if (*words == NULL)
    fhir_find (at, name, -1, _ ("It does not say what it is about."));
  return *words != NULL;
}

gboolean
fhir_when_parse (const char *text, FhirWhen *out)
{
  const char *time = strchr (text, 'T');
  gsize length = time != NULL ? (gsize)(time - text) : strlen (text);
  char date[11];
  *out = (FhirWhen){ .text = text };
  if (length >= sizeof date || (time != NULL && length != 10))
    return FALSE;
  memcpy (date, text, length);
  date[length] = '\0';
  if (!cr_date_from_iso (date, &out->date) || !cr_date_is_set (out->date))
    return FALSE;
  return time == NULL || parse_time (time, out);
}

FhirWhen
fhir_when (const FhirAt *at, const char *name)
{
  FhirWhen when = { 0 };
  const char *text = fhir_text (at, name);
  if (text == NULL || fhir_when_parse (text, &when))
    return when;
  fhir_find (at, name, -1,
             _ ("This is not a date or time as FHIR writes them (2026-11-23 or 2026-11-23T09:30:00-05:00)."));
  return (FhirWhen){ 0 };
}

FhirWhen
fhir_period_start (const FhirAt *at, const char *name)
{
  FhirAt period;
  return fhir_object (at, name, &period) ? fhir_when (&period, "start") : (FhirWhen){ 0 };
}

FhirWhen
fhir_period_end (const FhirAt *at, const char *name)
{
  FhirAt period;
  return fhir_object (at, name, &period) ? fhir_when (&period, "end") : (FhirWhen){ 0 };
}

FhirWhen
fhir_when_choice (const FhirAt *at, const char *stem)
{
  static const char *const plain[] = { "DateTime", "Instant", "Date" };
  char name[64];
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++) {
    g_snprintf (name, sizeof name, "%s%s", stem, plain[i]);
    if (fhir_has (at, name))
      return fhir_when (at, name);
  }
  g_snprintf (name, sizeof name, "%sPeriod", stem);
  return fhir_period_start (at, name);
}

const char *
fhir_unit (const FhirAt *quantity)
{
  const char *unit = fhir_text (quantity, "unit");
  return unit != NULL ? unit : fhir_text (quantity, "code");
}

char *
fhir_quantity_words (const FhirAt *quantity)
{
  const char *value = fhir_number (quantity, "value"), *unit = fhir_unit (quantity);
  const char *comparator = fhir_text (quantity, "comparator");
  if (value == NULL)
    return NULL;
  return g_strconcat (comparator != NULL ? comparator : "", value, unit != NULL ? " " : NULL, unit, NULL);
}

char *
fhir_range_words (const FhirAt *range)
{
  FhirAt low, high;
  const char *from = fhir_object (range, "low", &low) ? fhir_number (&low, "value") : NULL;
  const char *to = fhir_object (range, "high", &high) ? fhir_number (&high, "value") : NULL;
  if (from != NULL && to != NULL)
    return g_strdup_printf ("%s–%s", from, to);
  if (from != NULL)
    return g_strdup_printf ("≥ %s", from);
  return to != NULL ? g_strdup_printf ("≤ %s", to) : NULL;
}

char *
fhir_notes (const FhirAt *at)
{
  GString *joined = g_string_new (NULL);
  guint n = fhir_count (at, "note");
  for (guint i = 0; i < n; i++) {
    FhirAt note;
    const char *text = fhir_element (at, "note", i, &note) ? fhir_text (&note, "text") : NULL;
    if (text != NULL)
      append_words (joined, "\n", text);
  }
  return string_or_null (joined);
}

void
fhir_append (char **text, const char *between, const char *more)
{
  if (more == NULL)
    return;
  char *joined = *text != NULL ? g_strconcat (*text, between, more, NULL) : g_strdup (more);
  g_free (*text);
  *text = joined;
}

char *
fhir_reasons (const FhirAt *at)
{
  char *reasons = fhir_join_words (at, "reasonCode", "; ");
  guint n = reasons == NULL ? fhir_count (at, "reasonReference") : 0;
  for (guint i = 0; i < n; i++) {
    FhirAt reference, target;
    if (!fhir_element (at, "reasonReference", i, &reference))
      continue;
    const char *words = fhir_text (&reference, "display");
    if (words == NULL && fhir_follow (&reference, &target))
      words = fhir_words (&target, "code");
    fhir_append (&reasons, "; ", words);
  }
  return reasons;
}
