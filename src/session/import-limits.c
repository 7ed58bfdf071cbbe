#include "import-limits.h"
#include "chartroom/clinical/vital-limits.h"
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/patient.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

enum { EARLIEST_YEAR = 1875, OLDEST = 120 };
#define LARGEST 1e12 /* counts of viruses and cells stay well below */

typedef struct {
  CrFhirBundle *bundle;
  const CrKnowledge *k;
  CrClock *clock;
  CrDate today;
} Limits;

static CrReadFinding *
add_finding (const Limits *self, const CrFhirItem *item, const char *field, const char *reason)
{
  CrReadFinding *finding = g_new0 (CrReadFinding, 1);
  g_autofree char *entry = g_strdup_printf ("entry[%u].", item->entry);
  const char *part = strrchr (item->source, '#'); /* "#component[0]" */
  finding->entry = item->entry;
  finding->path =
      g_strdup_printf ("%sresource (%s)%s%s.%s", g_str_equal (self->bundle->type, "resource") ? "" : entry,
                       item->type, part != NULL ? "." : "", part != NULL ? part + 1 : "", field);
  finding->reason = g_strdup (reason);
  g_ptr_array_add (self->bundle->findings, finding);
  return finding;
}

/* ---- patients ---- */

static const char *
birth_fault (const Limits *self, const CrPatient *patient)
{
  CrDate until = cr_date_is_set (patient->death_date) ? patient->death_date : self->today;
  if (!cr_date_is_set (patient->birth_date))
    return NULL;
  if (cr_date_compare (patient->birth_date, self->today) > 0)
    return _ ("The birth date lies in the future; it was left unknown. Ask the patient.");
  if (patient->birth_date.year < EARLIEST_YEAR)
    return _ ("The birth date lies before 1875; it was left unknown. Ask the patient.");
  if (cr_date_years_between (patient->birth_date, until) > OLDEST)
    return _ (
        "That makes the patient older than 120 years; the birth date was left unknown. Ask the patient.");
  return NULL;
}

static const char *
death_fault (const Limits *self, const CrPatient *patient)
{
  if (!cr_date_is_set (patient->death_date))
    return NULL;
  if (cr_date_compare (patient->death_date, self->today) > 0)
    return _ ("The date of death lies in the future; it was left out. Enter it by hand if the patient died.");
  if (patient->death_date.year < EARLIEST_YEAR ||
      (cr_date_is_set (patient->birth_date) &&
       cr_date_compare (patient->death_date, patient->birth_date) < 0))
    return _ (
        "The date of death lies before the birth; it was left out. Enter it by hand if the patient died.");
  return NULL;
}

static void
limit_patient (const Limits *self, const CrFhirItem *item)
{
  CrPatient *patient = item->record;
  const char *death = death_fault (self, patient);
  if (death != NULL) {
    add_finding (self, item, "deceasedDateTime", death);
    patient->death_date = CR_DATE_NONE;
  }
  const char *birth = birth_fault (self, patient);
  if (birth != NULL) {
    add_finding (self, item, "birthDate", birth);
    patient->birth_date = CR_DATE_NONE;
  }
}

/* ---- observations ---- */

static CrDecimal
decimal_of (const CrObservation *o)
{
  CrDecimal value = CR_DECIMAL_NONE;
  if (cr_decimal_parse (o->value, &value) || !isfinite (o->number) || fabs (o->number) > LARGEST)
    return value;
  g_autofree char *plain = g_strdup_printf ("%.3f", o->number); /* "8.25E1" */
  g_strdelimit (plain, ",", '.');
  return cr_decimal_parse (plain, &value) ? value : CR_DECIMAL_NONE;
}

static gboolean
is_number (const char *text)
{
  char *end = NULL;
  (void)g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

static const char *
value_fault (const Limits *self, const CrObservation *o)
{
  if (o->value == NULL || !is_number (o->value))
    return NULL;
  if (!isfinite (g_ascii_strtod (o->value, NULL)) || fabs (g_ascii_strtod (o->value, NULL)) > LARGEST)
    return _ ("No measurement has a number as large as this.");
  return cr_vital_is_possible (self->k, o->code, decimal_of (o), o->unit)
             ? NULL
             : _ ("No patient can have this value; it is past the limits of what is measured here.");
}

static const char *
time_fault (const Limits *self, const CrObservation *o)
{
  if (o->taken_at == CR_INSTANT_NONE)
    return NULL;
  CrDate day = cr_clock_date_of (self->clock, o->taken_at);
  if (cr_date_compare (day, self->today) > 0)
    return _ ("It was measured on a day that is still to come.");
  return day.year < EARLIEST_YEAR ? _ ("It was measured before 1875.") : NULL;
}

static gboolean
is_of_entry (const Limits *self, guint at, guint entry)
{
  const GPtrArray *items = self->bundle->items;
  return at < items->len && ((const CrFhirItem *)items->pdata[at])->entry == entry;
}

/* A resource none of whose rows is left counts as skipped. */
static void
drop_item (const Limits *self, guint at, CrReadFinding *finding)
{
  const CrFhirItem *item = self->bundle->items->pdata[at];
  CrReadCount *count = cr_read_counts_row (self->bundle->counts, item->type);
  guint entry = item->entry;
  g_ptr_array_remove_index (self->bundle->items, at);
  count->records--;
  if (is_of_entry (self, at, entry) || (at > 0 && is_of_entry (self, at - 1, entry)))
    return;
  finding->skipped = TRUE;
  count->read--;
  cr_read_count_skip (count, _ ("impossible: see the findings"));
}

/* TRUE when it stays. */
static gboolean
limit_observation (const Limits *self, guint at)
{
  const CrFhirItem *item = self->bundle->items->pdata[at];
  const char *value = value_fault (self, item->record), *time = time_fault (self, item->record);
  if (value == NULL && time == NULL)
    return TRUE;
  drop_item (
      self, at,
      add_finding (self, item, value != NULL ? "value[x]" : "effective[x]", value != NULL ? value : time));
  return FALSE;
}

void
cr_import_limit (CrFhirBundle *bundle, const CrKnowledge *k, CrClock *clock)
{
  Limits self = { bundle, k, clock, cr_clock_today (clock) };
  guint at = 0;
  while (at < bundle->items->len) {
    const CrFhirItem *item = bundle->items->pdata[at];
    if (item->klass == &CR_PATIENT)
      limit_patient (&self, item);
    if (item->klass != &CR_OBSERVATION || limit_observation (&self, at))
      at++;
  }
}
