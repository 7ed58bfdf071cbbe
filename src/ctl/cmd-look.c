/* find, chart, day, audit: lists. */
#include "src/ctl/ctl.h"
#include "chartroom/base/text.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/day-schedule.h"
#include "chartroom/session/search-index.h"
#include <glib/gi18n.h>

/* ---- find ---- */

static void
key_cb (const CrPatientKey *key, gpointer data)
{
  CrIndexKey entry = { .id = key->id, .merged_into = key->merged_into, .mrn = key->mrn, .family = key->family,
                       .given = key->given, .preferred = key->preferred, .former = key->names, .search = key->search,
                       .phone = key->phone, .birth = key->birth, .death = key->death, .sex = key->sex };
  cr_search_index_put (data, &entry);
}

static gboolean
index_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_patient_each_key (tx, key_cb, data, error);
}

static void
add_patient (CtlCall *call, CtlTable *table, const CrIndexKey *key)
{
  CrPatient p = { .family = (char *) key->family, .given = (char *) key->given, .preferred = (char *) key->preferred,
                  .birth_date = key->birth, .death_date = key->death };
  g_autofree char *name = cr_patient_name_list (&p);
  g_autofree char *born = call->json ? cr_date_to_iso (key->birth) : cr_patient_born (&p, cr_clock_today (call->clock));
  g_autofree char *phone = call->json ? g_strdup (key->phone) : cr_phone_tail (key->phone);
  ctl_table_add (table, (const char *const[]) { key->mrn, name, born, cr_sex_letter (key->sex), phone });
}

int
ctl_find (CtlCall *call, GError **error)
{
  static const char *const KEYS[] = { "mrn", "name", "born", "sex", "phone", NULL };
  g_autoptr (CrSearchIndex) index = cr_search_index_new (1000);
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  g_autoptr (GArray) matches = NULL;
  CrSearchContext context = { .today = cr_clock_today (call->clock), .limit = call->limit > 0 ? (guint) call->limit : G_MAXUINT };
  CrIndexKey key;
  guint total = 0;
  if (!cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, index_job, index, error))
    return CTL_REFUSED;
  if (call->rest[1][0] == '\0') {
    for (guint i = 0; i < cr_search_index_size (index) && i < context.limit; i++) {
      cr_search_index_key (index, i, &key);
      add_patient (call, table, &key);
    }
  } else {
    matches = cr_search_index_query (index, call->rest[1], &context, &total);
    for (guint i = 0; i < matches->len; i++) {
      cr_search_index_key (index, g_array_index (matches, CrMatch, i).at, &key);
      add_patient (call, table, &key);
    }
  }
  ctl_table_print (table, call->json);
  return CTL_DONE;
}

/* ---- chart ---- */

static CtlTable *
identity_table (CtlCall *call, const CrChartRecords *records)
{
  static const char *const KEYS[] = { "mrn", "name", "born", "sex", "phone", "address", "allergies", NULL };
  const CrPatient *p = records->patient;
  CtlTable *table = ctl_table_new (KEYS);
  g_autofree char *name = cr_patient_name_display (p);
  g_autofree char *born = cr_patient_born (p, cr_clock_today (call->clock));
  g_autofree char *phone = cr_phone_format (p->phone);
  g_autofree char *address = cr_patient_address (p);
  g_autofree char *allergies =
      records->clinical ? cr_allergy_phrase (p->allergy_status, records->allergies, TRUE) : NULL;
  ctl_table_add (table, (const char *const[]) { p->mrn, name, born, cr_sex_word (p->sex), phone, address, allergies });
  return table;
}

static CtlTable *
problem_table (const CrChartRecords *records)
{
  static const char *const KEYS[] = { "problem", "code", "since", "status", NULL };
  CtlTable *table = ctl_table_new (KEYS);
  for (guint i = 0; i < records->problems->len; i++) {
    const CrProblem *p = records->problems->pdata[i];
    g_autofree char *since = cr_date_to_iso (p->onset);
    ctl_table_add (table, (const char *const[]) { p->display, p->code, since, CR_PROBLEM_STATUS_CODES[p->status] });
  }
  return table;
}

static CtlTable *
medication_table (const CrChartRecords *records)
{
  static const char *const KEYS[] = { "medication", "directions", "for", "status", NULL };
  CtlTable *table = ctl_table_new (KEYS);
  for (guint i = 0; i < records->medications->len; i++) {
    const CrMedication *m = records->medications->pdata[i];
    g_autofree char *sig = cr_sig_list_text (&m->sig);
    ctl_table_add (table, (const char *const[]) { m->display, sig, m->indication, CR_MED_STATUS_CODES[m->status] });
  }
  return table;
}

static CtlTable *
observation_table (CtlCall *call, const GPtrArray *observations)
{
  static const char *const KEYS[] = { "what", "value", "flag", "taken", NULL };
  CtlTable *table = ctl_table_new (KEYS);
  for (guint i = 0; i < observations->len; i++) {
    const CrObservation *o = observations->pdata[i];
    g_autofree char *value = cr_observation_value (o);
    g_autofree char *taken = cr_date_to_iso (cr_clock_date_of (call->clock, o->taken_at));
    ctl_table_add (table, (const char *const[]) { o->display, value, o->flag, taken });
  }
  return table;
}

static CtlTable *
note_table (const CrChartRecords *records)
{
  static const char *const KEYS[] = { "note", "date", "status", "signed", NULL };
  CtlTable *table = ctl_table_new (KEYS);
  for (guint i = 0; i < records->notes->len; i++) {
    const CrNote *n = records->notes->pdata[i];
    g_autofree char *date = cr_date_to_iso (n->date);
    ctl_table_add (table, (const char *const[]) { n->title, date, CR_NOTE_STATUS_CODES[n->status], n->signed_name });
  }
  return table;
}

int
ctl_chart (CtlCall *call, GError **error)
{
  static const char *const NAMES[] = { "patient", "problems", "medications", "vitals", "results", "notes" };
  CtlTable *tables[G_N_ELEMENTS (NAMES)];
  g_autoptr (CrPatient) patient = ctl_patient (call, call->rest[1], error);
  g_autoptr (CrChart) chart = patient != NULL ? cr_chart_open (call->session, patient->id, "chartroomctl", error) : NULL;
  const CrChartRecords *records;
  if (chart == NULL)
    return CTL_REFUSED;
  records = cr_chart_get_records (chart);
  tables[0] = identity_table (call, records);
  tables[1] = problem_table (records);
  tables[2] = medication_table (records);
  tables[3] = observation_table (call, records->vitals);
  tables[4] = observation_table (call, records->results);
  tables[5] = note_table (records);
  ctl_print_tables (NAMES, tables, records->clinical ? G_N_ELEMENTS (NAMES) : 1, call->json);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    ctl_table_free (tables[i]);
  return CTL_DONE;
}

/* ---- day ---- */

int
ctl_day (CtlCall *call, GError **error)
{
  static const char *const KEYS[] = { "time", "stage", "patient", "mrn", "type", "room", "clinician", "reason", NULL };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  g_autoptr (CrDaySchedule) day = NULL;
  CrDate date = cr_clock_today (cr_session_get_clock (call->session));
  GListModel *visits;
  if (call->n_rest == 2 && !(cr_date_from_iso (call->rest[1], &date) && cr_date_is_valid (date))) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _("%s is not a day; write it as 2026-11-23."), call->rest[1]);
    return CTL_USAGE;
  }
  day = cr_day_schedule_new (call->session);
  cr_day_schedule_set_date (day, date);
  if (!cr_day_schedule_load (day, error))
    return CTL_REFUSED;
  visits = cr_day_schedule_get_visits (day);
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    const CrVisit *v = cr_row_peek (row);
    g_autofree char *time = cr_minute_format ((int) v->appointment->start_min);
    g_autofree char *name = cr_patient_name_list (v->patient);
    ctl_table_add (table, (const char *const[]) { time, CR_STAGE_CODES[v->appointment->stage], name, v->patient->mrn,
                                                  v->type_code, v->room_name, v->clinician, v->appointment->reason });
  }
  ctl_table_print (table, call->json);
  return CTL_DONE;
}

/* ---- audit ---- */

typedef struct {
  CrAuditQuery query;
  GPtrArray *entries;
  gint64 count;
} Audit;

static gboolean
audit_job (CrTx *tx, gpointer data, GError **error)
{
  Audit *audit = data;
  audit->entries = cr_audit_list (tx, &audit->query, error);
  return audit->entries != NULL;
}

static gboolean
verify_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_audit_verify (tx, &((Audit *) data)->count, error);
}

static void
add_entry (CtlCall *call, CtlTable *table, const CrAuditEntry *e)
{
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, e->seq);
  g_autofree char *at = cr_clock_format (cr_session_get_clock (call->session), e->at);
  g_autofree char *patient = e->patient_id != CR_ID_NONE ? g_strdup_printf ("%" G_GINT64_FORMAT, e->patient_id) : NULL;
  ctl_table_add (table, (const char *const[]) { seq, at, e->person, e->role, e->program, e->action, e->kind, patient,
                                                e->detail });
}

int
ctl_audit (CtlCall *call, GError **error)
{
  static const char *const KEYS[] = { "seq", "at", "person", "role", "program", "action", "kind", "patient", "detail", NULL };
  Audit audit = { .query = { .action = call->action, .limit = call->limit > 0 ? call->limit : 200 } };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  g_autoptr (CrPatient) patient = NULL;
  if (call->verify) {
    if (!cr_session_run (call->session, CR_RIGHT_AUDIT_VIEW, verify_job, &audit, error))
      return CTL_REFUSED;
    g_print (_("The chain holds: %" G_GINT64_FORMAT " entries.\n"), audit.count);
    return CTL_DONE;
  }
  if (call->patient != NULL && (patient = ctl_patient (call, call->patient, error)) == NULL)
    return CTL_REFUSED;
  audit.query.patient_id = patient != NULL ? patient->id : CR_ID_NONE;
  if (!cr_session_run (call->session, CR_RIGHT_AUDIT_VIEW, audit_job, &audit, error))
    return CTL_REFUSED;
  for (guint i = 0; i < audit.entries->len; i++)
    add_entry (call, table, audit.entries->pdata[i]);
  g_ptr_array_unref (audit.entries);
  ctl_table_print (table, call->json);
  return CTL_DONE;
}
