/* One load of a chart: a table of its sections, read in one job, then shown in the main loop. */
#include "chart-private.h"
#include "chart-news.h"
#include "restricted.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/domain/merge.h"
#include "chartroom/session/reach-load.h"
#include <glib/gi18n.h>

enum {
  NO_LIST = -1,
  MANY = 1000 /* records: freeing them takes longer than a frame has */
};

typedef struct {
  const CrRecordClass *klass;
  gsize offset;                                                /* of the array in CrChartRecords */
  GPtrArray *(*load) (CrTx *tx, CrId patient, GError **error); /* NULL: comes with the section before it */
  GDestroyNotify free;
  gboolean clinical; /* loaded only with the right to read clinical records */
  int list;          /* CrChartList or NO_LIST */
} Section;

static GPtrArray *load_people (CrTx *tx, CrId patient, GError **error);
static GPtrArray *load_contacts (CrTx *tx, CrId patient, GError **error);
static GPtrArray *load_observations (CrTx *tx, CrId patient, GError **error);
static GPtrArray *load_contact_points (CrTx *tx, CrId patient, GError **error);
static GPtrArray *load_related_persons (CrTx *tx, CrId patient, GError **error);
static GPtrArray *load_coverages (CrTx *tx, CrId patient, GError **error);
static GPtrArray *load_former_coverages (CrTx *tx, CrId patient, GError **error);

#define AT(member) G_STRUCT_OFFSET (CrChartRecords, member)
#define OFFICE(klass, member, load, prefix)                                                                  \
  {                                                                                                          \
    &klass, AT (member), load, (GDestroyNotify)prefix##_free, FALSE, NO_LIST                                 \
  }
#define CARE(klass, member, load, prefix, list)                                                              \
  {                                                                                                          \
    &klass, AT (member), load, (GDestroyNotify)prefix##_free, TRUE, list                                     \
  }

static const Section SECTIONS[] = {
  OFFICE (CR_PERSON, people, load_people, cr_person),
  OFFICE (CR_CONTACT, contacts, load_contacts, cr_contact),
  OFFICE (CR_PATIENT_NAME, patient_names, cr_patient_names, cr_patient_name),
  OFFICE (CR_CONTACT_POINT, contact_points, load_contact_points, cr_contact_point),
  OFFICE (CR_RELATED_PERSON, related_persons, load_related_persons, cr_related_person),
  OFFICE (CR_COVERAGE, coverages, load_coverages, cr_coverage),
  OFFICE (CR_COVERAGE, former_coverages, load_former_coverages, cr_coverage),
  OFFICE (CR_CONSENT, consents, cr_consents, cr_consent),
  OFFICE (CR_APPOINTMENT, appointments, cr_appointments_for_patient, cr_appointment),
  CARE (CR_DIRECTIVE, directives, cr_directives, cr_directive, NO_LIST),
  CARE (CR_ENCOUNTER, encounters, cr_encounters, cr_encounter, CR_CHART_ENCOUNTERS),
  CARE (CR_PROBLEM, problems, cr_problems, cr_problem, CR_CHART_PROBLEMS),
  CARE (CR_ALLERGY, allergies, cr_allergies, cr_allergy, CR_CHART_ALLERGIES),
  CARE (CR_MEDICATION, medications, cr_medications, cr_medication, CR_CHART_MEDICATIONS),
  CARE (CR_PRESCRIPTION, prescriptions, cr_prescriptions, cr_prescription, CR_CHART_PRESCRIPTIONS),
  CARE (CR_OBSERVATION, vitals, load_observations, cr_observation, NO_LIST), /* results among them */
  CARE (CR_OBSERVATION, results, NULL, cr_observation, CR_CHART_RESULTS),    /* taken out of the vitals */
  CARE (CR_NOTE, notes, cr_notes, cr_note, CR_CHART_NOTES),
  CARE (CR_ADDENDUM, addenda, cr_addenda, cr_addendum, NO_LIST),
  CARE (CR_IMMUNIZATION, immunizations, cr_immunizations, cr_immunization, CR_CHART_IMMUNIZATIONS),
  CARE (CR_PROCEDURE, procedures, cr_procedures, cr_procedure, NO_LIST),
  CARE (CR_FAMILY_HISTORY, family, cr_family_histories, cr_family_history, NO_LIST),
  CARE (CR_SOCIAL_HISTORY, social, cr_social_histories, cr_social_history, NO_LIST),
  CARE (CR_DOCUMENT, documents, cr_documents, cr_document, CR_CHART_DOCUMENTS),
  CARE (CR_REFERRAL, referrals, cr_referrals, cr_referral, CR_CHART_REFERRALS),
};

enum { N_SECTIONS = G_N_ELEMENTS (SECTIONS) };
#define BIT(section) (1u << (section))
#define PRACTICE_BIT BIT (N_SECTIONS)
#define PATIENT_BIT BIT (N_SECTIONS + 1)
G_STATIC_ASSERT (N_SECTIONS + 2 <= 32);

struct _CrChartLoad {
  CrId patient_id; /* asked for; once loaded, of the chart that is kept */
  GArray *charts;  /* CrId: this one and those that were merged into it */
  char *from, *reason;
  guint sections;
  gboolean clinical;
  CrPractice *practice;
  CrPatient *patient;
  CrReach *reach; /* loaded with the patient and with the relatives */
  gboolean reached;
  gint64 seen;                   /* newest audit entry of the patient that was looked at */
  CrChartNews *news;             /* what somebody else wrote after that; NULL none */
  GPtrArray *loaded[N_SECTIONS]; /* records, or rows where the section has a list; NULL: not loaded */
};

/* ---- on the store thread ---- */

static GPtrArray *
load_people (CrTx *tx, CrId patient, GError **error)
{
  return cr_person_list (tx, error);
}

static GPtrArray *
load_contacts (CrTx *tx, CrId patient, GError **error)
{
  return cr_contact_list (tx, NULL, error);
}

static GPtrArray *
load_observations (CrTx *tx, CrId patient, GError **error)
{
  return cr_observations (tx, patient, -1, CR_INSTANT_NONE, error);
}

/* What has ended is in the history; nobody is called or billed by it. */
static GPtrArray *
drop_ended (GPtrArray *records, gsize valid_to, CrDate today)
{
  for (guint i = records != NULL ? records->len : 0; i > 0; i--)
    if (!cr_still_holds (G_STRUCT_MEMBER (CrDate, records->pdata[i - 1], valid_to), today))
      g_ptr_array_remove_index (records, i - 1);
  return records;
}

static GPtrArray *
load_contact_points (CrTx *tx, CrId patient, GError **error)
{
  return drop_ended (cr_contact_points (tx, patient, error), G_STRUCT_OFFSET (CrContactPoint, valid_to),
                     cr_tx_today (tx));
}

static GPtrArray *
load_related_persons (CrTx *tx, CrId patient, GError **error)
{
  return drop_ended (cr_related_persons (tx, patient, error), G_STRUCT_OFFSET (CrRelatedPerson, valid_to),
                     cr_tx_today (tx));
}

static GPtrArray *
load_coverages (CrTx *tx, CrId patient, GError **error)
{
  return drop_ended (cr_coverages (tx, patient, error), G_STRUCT_OFFSET (CrCoverage, valid_to),
                     cr_tx_today (tx));
}

/* Who paid for a visit of that time. */
static GPtrArray *
load_former_coverages (CrTx *tx, CrId patient, GError **error)
{
  GPtrArray *coverages = cr_coverages (tx, patient, error);
  for (guint i = coverages != NULL ? coverages->len : 0; i > 0; i--)
    if (cr_still_holds (((const CrCoverage *)coverages->pdata[i - 1])->valid_to, cr_tx_today (tx)))
      g_ptr_array_remove_index (coverages, i - 1);
  return coverages;
}

/* One pass through the table serves both; each keeps its order. */
static GPtrArray *
take_results (GPtrArray *observations)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_observation_free);
  guint kept = 0;
  for (guint i = 0; i < observations->len; i++) {
    CrObservation *o = observations->pdata[i];
    if (o->kind == CR_OBS_VITAL)
      observations->pdata[kept++] = o;
    else
      g_ptr_array_add (results, o);
  }
  g_ptr_array_set_free_func (observations, NULL); /* what lies behind `kept` has moved */
  g_ptr_array_set_size (observations, (int)kept);
  g_ptr_array_set_free_func (observations, (GDestroyNotify)cr_observation_free);
  return results;
}

static GPtrArray *
load_records (CrChartLoad *self, guint i, CrTx *tx, GError **error)
{
  const Section *section = &SECTIONS[i];
  if (section->clinical && !self->clinical)
    return g_ptr_array_new_with_free_func (section->free);
  return section->load != NULL ? section->load (tx, self->patient_id, error)
                               : take_results (self->loaded[i - 1]);
}

static gboolean
load_section (CrChartLoad *self, guint i, CrTx *tx, GError **error)
{
  const Section *section = &SECTIONS[i];
  GPtrArray *records = load_records (self, i, tx, error);
  if (records == NULL)
    return FALSE;
  self->loaded[i] = section->list == NO_LIST ? records : cr_rows_take (records, section->free);
  return TRUE;
}

/* Whether the patient has allergies is clinical too. */
static void
hide_allergies (CrPatient *patient)
{
  patient->allergy_status = CR_ALLERGY_UNAVAILABLE;
  patient->allergy_reviewed_at = CR_INSTANT_NONE;
  patient->allergy_reviewed_by = CR_ID_NONE;
}

/* The relatives or the patient may have changed: either asks anew. */
static gboolean
load_reach (CrChartLoad *self, CrTx *tx, GError **error)
{
  gboolean relatives = FALSE;
  for (guint i = 0; i < N_SECTIONS; i++)
    relatives = relatives || (SECTIONS[i].klass == &CR_RELATED_PERSON && (self->sections & BIT (i)) != 0);
  if (!relatives && self->patient == NULL)
    return TRUE;
  g_autoptr (CrPatient) known = self->patient != NULL ? cr_patient_copy (self->patient)
                                                      : cr_tx_load (tx, &CR_PATIENT, self->patient_id, error);
  g_clear_pointer (&self->reach, cr_reach_free);
  self->reached = known != NULL && cr_reach_load (tx, known, &self->reach, error);
  return self->reached;
}

static gboolean
load_identity (CrChartLoad *self, CrTx *tx, GError **error)
{
  if ((self->sections & PATIENT_BIT) != 0) {
    self->patient = cr_tx_load (tx, &CR_PATIENT, self->patient_id, error);
    if (self->patient == NULL)
      return FALSE;
    if (!self->clinical)
      hide_allergies (self->patient);
  }
  if ((self->sections & PRACTICE_BIT) == 0)
    return TRUE;
  self->practice = cr_practice_load (tx, error);
  return self->practice != NULL;
}

/* Opening a restricted chart; what is open already is loaded again without asking. */
static gboolean
check_restriction (CrChartLoad *self, CrTx *tx, GError **error)
{
  return self->from == NULL || !self->clinical || cr_tx_open_chart (tx, self->patient, self->reason, error);
}

/* At the opening everything is seen; later, what came since. */
static gboolean
look_for_news (CrChartLoad *self, CrTx *tx, GError **error)
{
  g_autoptr (GError) failure = NULL;
  if (!self->clinical)
    return TRUE;
  if (self->from != NULL)
    self->seen = cr_chart_newest_entry (tx, self->patient_id, &failure);
  else
    self->news = cr_chart_news_since (tx, self->patient_id, &self->seen, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
cr_chart_load_job (CrTx *tx, gpointer load, GError **error)
{
  CrChartLoad *self = load;
  self->patient_id = cr_patient_kept_id (tx, self->patient_id, error);
  g_clear_pointer (&self->charts, g_array_unref);
  self->charts = self->patient_id == CR_ID_NONE ? NULL : cr_patient_charts (tx, self->patient_id, error);
  if (self->charts == NULL)
    return FALSE;
  if (!load_identity (self, tx, error) || !load_reach (self, tx, error) ||
      !check_restriction (self, tx, error))
    return FALSE;
  for (guint i = 0; i < N_SECTIONS; i++)
    if ((self->sections & BIT (i)) != 0 && !load_section (self, i, tx, error))
      return FALSE;
  if (!look_for_news (self, tx, error))
    return FALSE;
  return self->from == NULL ||
         cr_tx_audit (tx, "view", CR_PATIENT.name, self->patient_id, self->patient_id, self->from, error);
}

/* ---- in the main loop ---- */

static GPtrArray **
array_of (CrChart *chart, guint i)
{
  return (GPtrArray **)((char *)chart->records + SECTIONS[i].offset);
}

/* The section's array borrows the records of these rows. */
static void
borrow_rows (CrChart *chart, guint i, GPtrArray *rows)
{
  GPtrArray *array = *array_of (chart, i);
  g_ptr_array_set_size (array, 0);
  g_ptr_array_set_free_func (array, NULL);
  for (guint k = 0; k < rows->len; k++)
    g_ptr_array_add (array, (gpointer)cr_row_peek (rows->pdata[k]));
}

static gpointer
ref_row (gconstpointer row, gpointer data)
{
  return g_object_ref ((gpointer)row);
}

static void
free_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_ptr_array_set_size (data, 0);
  g_task_return_boolean (task, TRUE);
}

void
cr_chart_free_array (GPtrArray *array)
{
  g_autoptr (GTask) task = NULL;
  if (array->len < MANY) {
    g_ptr_array_unref (array);
    return;
  }
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, array, (GDestroyNotify)g_ptr_array_unref);
  g_task_run_in_thread (task, free_thread_cb);
}

GPtrArray *
cr_chart_list_rows (GListStore *list)
{
  GPtrArray *rows = cr_rows_new ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (list), i));
  return rows;
}

static void
take_identity (CrChartLoad *self, CrChart *chart)
{
  CrChartRecords *records = chart->records;
  chart->patient_id = self->patient_id;
  g_clear_pointer (&chart->charts, g_array_unref);
  chart->charts = g_steal_pointer (&self->charts);
  records->clinical = self->clinical;
  if (self->practice != NULL) {
    cr_practice_free (records->practice);
    records->practice = g_steal_pointer (&self->practice);
  }
  if (self->patient != NULL) {
    cr_patient_free (records->patient);
    records->patient = g_steal_pointer (&self->patient);
  }
  if (self->reached) {
    cr_reach_free (records->reach);
    records->reach = g_steal_pointer (&self->reach);
  }
}

static void
take_array (CrChartLoad *self, CrChart *chart, guint i)
{
  cr_chart_free_array (*array_of (chart, i));
  *array_of (chart, i) = g_steal_pointer (&self->loaded[i]);
}

/* The list shows these very versions in this order. */
static gboolean
shows_already (CrChart *chart, guint i, GPtrArray *rows)
{
  const GPtrArray *shown = *array_of (chart, i);
  gboolean same = shown->len == rows->len;
  for (guint k = 0; same && k < rows->len; k++) {
    const CrRecord *one = shown->pdata[k], *two = cr_row_peek (rows->pdata[k]);
    same = one->id == two->id && one->version == two->version;
  }
  return same;
}

void
cr_chart_load_show (CrChartLoad *self, CrChart *chart)
{
  chart->seen = self->seen;
  if (self->news != NULL) {
    cr_chart_news_free (chart->news);
    chart->news = g_steal_pointer (&self->news);
  }
  GPtrArray *held[N_SECTIONS] = { NULL }; /* the new rows, so that records hold while the lists change */
  take_identity (self, chart);
  for (guint i = 0; i < N_SECTIONS; i++) {
    if (self->loaded[i] == NULL)
      continue;
    if (SECTIONS[i].list == NO_LIST) {
      take_array (self, chart, i);
      continue;
    }
    if (shows_already (chart, i, self->loaded[i])) {
      cr_chart_free_array (g_steal_pointer (&self->loaded[i]));
      continue;
    }
    borrow_rows (chart, i, self->loaded[i]);
    held[i] = g_ptr_array_copy (self->loaded[i], (GCopyFunc)ref_row, NULL);
    g_ptr_array_set_free_func (held[i], g_object_unref);
  }
  for (guint i = 0; i < N_SECTIONS; i++) {
    if (held[i] == NULL)
      continue;
    GListStore *list = chart->lists[SECTIONS[i].list];
    cr_rows_sync (list, self->loaded[i], cr_rows_same_version);
    g_autoptr (GPtrArray) kept = cr_chart_list_rows (list);
    borrow_rows (chart, i, kept);
    cr_chart_free_array (held[i]);
  }
}

guint
cr_chart_sections_of (const char *kind)
{
  guint sections = 0;
  if (g_str_equal (kind, "*") || g_str_equal (kind, CR_PATIENT_MERGE.name))
    return CR_CHART_ALL_SECTIONS;
  if (g_str_equal (kind, CR_PATIENT.name))
    return PATIENT_BIT;
  if (g_str_equal (kind, CR_PRACTICE.name))
    return PRACTICE_BIT;
  for (guint i = 0; i < N_SECTIONS; i++)
    if (g_str_equal (kind, SECTIONS[i].klass->name))
      sections |= BIT (i);
  return sections;
}

CrChartLoad *
cr_chart_load_new (CrId patient_id, const char *from, guint sections, gboolean clinical)
{
  CrChartLoad *self = g_new0 (CrChartLoad, 1);
  self->patient_id = patient_id;
  self->from = g_strdup (from);
  self->sections = sections;
  self->clinical = clinical;
  return self;
}

void
cr_chart_load_set_seen (CrChartLoad *self, gint64 seen)
{
  self->seen = seen;
}

void
cr_chart_load_set_reason (CrChartLoad *self, const char *reason)
{
  g_free (self->reason);
  self->reason = g_strdup (reason);
}

void
cr_chart_load_free (CrChartLoad *self)
{
  for (guint i = 0; i < N_SECTIONS; i++)
    g_clear_pointer (&self->loaded[i], g_ptr_array_unref);
  g_clear_pointer (&self->charts, g_array_unref);
  cr_practice_free (self->practice);
  cr_patient_free (self->patient);
  cr_reach_free (self->reach);
  cr_chart_news_free (self->news);
  g_free (self->from);
  g_free (self->reason);
  g_free (self);
}

guint
cr_chart_load_sections (const CrChartLoad *self)
{
  return self->sections;
}
