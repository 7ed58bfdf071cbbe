/* chart: one patient's records as lists. */
#include "src/ctl/ctl.h"
#include "chartroom/session/chart.h"

typedef struct {
  CtlCall *call;
  CrClock *clock;
  const CrChartRecords *records;
} Chart;

static char *
day_of (const Chart *chart, CrInstant at)
{
  return at == CR_INSTANT_NONE ? NULL : cr_date_to_iso (cr_clock_date_of (chart->clock, at));
}

static void
add_identity (const Chart *chart, CtlTable *table)
{
  const CrPatient *p = chart->records->patient;
  g_autofree char *name = cr_patient_name_display (p);
  g_autofree char *born =
      chart->call->json ? cr_date_to_iso (p->birth_date) : cr_patient_born (p, cr_clock_today (chart->clock));
  g_autofree char *died = cr_date_to_iso (p->death_date);
  g_autofree char *phone = cr_phone_format (p->phone);
  g_autofree char *address = cr_patient_address (p);
  g_autofree char *allergies = chart->records->clinical
                                   ? cr_allergy_phrase (p->allergy_status, chart->records->allergies, TRUE)
                                   : NULL;
  ctl_table_add (table, (const char *const[]){ p->mrn, name, born, died, cr_sex_word (p->sex), phone, address,
                                               allergies });
}

static void
add_allergies (const Chart *chart, CtlTable *table)
{
  for (guint i = 0; i < chart->records->allergies->len; i++) {
    const CrAllergy *a = chart->records->allergies->pdata[i];
    ctl_table_add (table, (const char *const[]){ a->substance, a->reactions, a->severity,
                                                 CR_ALLERGY_STATE_CODES[a->state] });
  }
}

static void
add_problems (const Chart *chart, CtlTable *table)
{
  for (guint i = 0; i < chart->records->problems->len; i++) {
    const CrProblem *p = chart->records->problems->pdata[i];
    g_autofree char *since = cr_date_to_iso (p->onset);
    ctl_table_add (table,
                   (const char *const[]){ p->display, p->code, since, CR_PROBLEM_STATUS_CODES[p->status] });
  }
}

static void
add_medications (const Chart *chart, CtlTable *table)
{
  for (guint i = 0; i < chart->records->medications->len; i++) {
    const CrMedication *m = chart->records->medications->pdata[i];
    g_autofree char *sig = cr_sig_list_text (&m->sig);
    ctl_table_add (table,
                   (const char *const[]){ m->display, sig, m->indication, CR_MED_STATUS_CODES[m->status] });
  }
}

static void
add_observations (const Chart *chart, CtlTable *table, const GPtrArray *observations)
{
  for (guint i = 0; i < observations->len; i++) {
    const CrObservation *o = observations->pdata[i];
    g_autofree char *exact =
        chart->call->json ? cr_observation_exact (o) : NULL; /* programs read it as it came */
    g_autofree char *value = exact != NULL ? g_steal_pointer (&exact) : cr_observation_value (o);
    g_autofree char *taken = day_of (chart, o->taken_at);
    ctl_table_add (
        table, (const char *const[]){ o->display, value, o->flag, taken, CR_OBS_STATUS_CODES[o->status] });
  }
}

static void
add_vitals (const Chart *chart, CtlTable *table)
{
  add_observations (chart, table, chart->records->vitals);
}

static void
add_results (const Chart *chart, CtlTable *table)
{
  add_observations (chart, table, chart->records->results);
}

static void
add_visits (const Chart *chart, CtlTable *table)
{
  for (guint i = 0; i < chart->records->encounters->len; i++) {
    const CrEncounter *e = chart->records->encounters->pdata[i];
    g_autofree char *date = cr_date_to_iso (e->date);
    ctl_table_add (table, (const char *const[]){ date, e->kind, e->reason, e->place, e->status });
  }
}

static void
add_notes (const Chart *chart, CtlTable *table)
{
  for (guint i = 0; i < chart->records->notes->len; i++) {
    const CrNote *n = chart->records->notes->pdata[i];
    g_autofree char *date = cr_date_to_iso (n->date);
    ctl_table_add (table,
                   (const char *const[]){ n->title, date, CR_NOTE_STATUS_CODES[n->status], n->signed_name });
  }
}

static void
add_immunizations (const Chart *chart, CtlTable *table)
{
  for (guint i = 0; i < chart->records->immunizations->len; i++) {
    const CrImmunization *m = chart->records->immunizations->pdata[i];
    g_autofree char *given = cr_date_to_iso (m->given_on);
    ctl_table_add (table, (const char *const[]){ m->display, m->code, given, m->status });
  }
}

static void
add_procedures (const Chart *chart, CtlTable *table)
{
  for (guint i = 0; i < chart->records->procedures->len; i++) {
    const CrProcedure *p = chart->records->procedures->pdata[i];
    g_autofree char *on = cr_date_to_iso (p->performed_on);
    ctl_table_add (table, (const char *const[]){ p->display, p->code, on, p->status });
  }
}

static void
add_referrals (const Chart *chart, CtlTable *table)
{
  for (guint i = 0; i < chart->records->referrals->len; i++) {
    const CrReferral *r = chart->records->referrals->pdata[i];
    g_autofree char *ordered = cr_date_to_iso (r->ordered_on);
    ctl_table_add (table, (const char *const[]){ r->number, r->specialty, CR_URGENCY_CODES[r->urgency],
                                                 CR_REFERRAL_STAGE_CODES[r->stage], ordered });
  }
}

static void
add_documents (const Chart *chart, CtlTable *table)
{
  for (guint i = 0; i < chart->records->documents->len; i++) {
    const CrDocument *d = chart->records->documents->pdata[i];
    g_autofree char *dated = cr_date_to_iso (d->dated);
    ctl_table_add (table, (const char *const[]){ d->title, d->kind, dated });
  }
}

/* The first section is for everybody, the others for those who may open clinical records. */
static const struct {
  const char *name;
  const char *keys[9];
  void (*add) (const Chart *chart, CtlTable *table);
} SECTIONS[] = {
  { "patient", { "mrn", "name", "born", "died", "sex", "phone", "address", "allergies" }, add_identity },
  { "allergies", { "substance", "reactions", "severity", "state" }, add_allergies },
  { "problems", { "problem", "code", "since", "status" }, add_problems },
  { "medications", { "medication", "directions", "for", "status" }, add_medications },
  { "vitals", { "what", "value", "flag", "taken", "status" }, add_vitals },
  { "results", { "what", "value", "flag", "taken", "status" }, add_results },
  { "visits", { "date", "kind", "reason", "place", "status" }, add_visits },
  { "notes", { "note", "date", "status", "signed" }, add_notes },
  { "immunizations", { "immunization", "code", "given", "status" }, add_immunizations },
  { "procedures", { "procedure", "code", "on", "status" }, add_procedures },
  { "referrals", { "number", "specialty", "urgency", "stage", "ordered" }, add_referrals },
  { "documents", { "document", "kind", "dated" }, add_documents },
};

int
ctl_chart (CtlCall *call, GError **error)
{
  const char *names[G_N_ELEMENTS (SECTIONS)];
  CtlTable *tables[G_N_ELEMENTS (SECTIONS)];
  g_autoptr (CrPatient) patient = ctl_patient (call, call->rest[1], error);
  g_autoptr (CrChart) opened = patient != NULL ? cr_chart_open_for_reason (call->session, patient->id,
                                                                           "chartroomctl", call->why, error)
                                               : NULL;
  if (opened == NULL)
    return CTL_REFUSED;
  Chart chart = { call, cr_session_get_clock (call->session), cr_chart_get_records (opened) };
  guint n = chart.records->clinical ? G_N_ELEMENTS (SECTIONS) : 1;
  for (guint i = 0; i < n; i++) {
    names[i] = SECTIONS[i].name;
    tables[i] = ctl_table_new (SECTIONS[i].keys);
    SECTIONS[i].add (&chart, tables[i]);
  }
  ctl_print_tables (names, tables, n, call->json);
  for (guint i = 0; i < n; i++)
    ctl_table_free (tables[i]);
  return CTL_DONE;
}
