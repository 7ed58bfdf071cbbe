/* One patient's chart: opened once, then kept up to date section by section. */
#include "chart-private.h"
#include "session-private.h"
#include "chartroom/domain/merge.h"

enum { RELOADED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrChart, cr_chart, G_TYPE_OBJECT)

/* A later load; keeps the chart alive while it runs. */
typedef struct {
  CrChart *chart;
  CrChartLoad *load;
} Reload;

static void schedule_reload (CrChart *self);

static CrRight
right_to_open (gboolean clinical)
{
  return clinical ? CR_RIGHT_CLINICAL_VIEW : CR_RIGHT_SCHEDULE_VIEW;
}

static void
free_reload (gpointer data)
{
  Reload *reload = data;
  cr_chart_load_free (reload->load);
  g_object_unref (reload->chart);
  g_free (reload);
}

static gboolean
reload_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_chart_load_job (tx, ((Reload *)data)->load, error);
}

/* What was cancelled is loaded when the person comes back; any other failure is said once. */
static void
keep_failure (Reload *reload, const GError *error)
{
  if (g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    reload->chart->stale |= cr_chart_load_sections (reload->load);
  else
    cr_session_set_warning (reload->chart->session, error->message);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reload *reload = data; /* freed after this call */
  CrChart *self = reload->chart;
  g_autoptr (GError) error = NULL;
  self->loading = FALSE;
  if (cr_session_finish (result, &error)) {
    cr_chart_load_show (reload->load, self);
    g_signal_emit (self, signals[RELOADED], 0);
  } else {
    keep_failure (reload, error);
  }
  if (self->stale != 0)
    schedule_reload (self);
}

static gboolean
is_mine (CrChart *self)
{
  const CrPerson *person = cr_session_get_person (self->session);
  return person != NULL && person->id == self->person_id;
}

static void
start_reload (CrChart *self)
{
  gboolean clinical = !self->office && cr_session_can (self->session, CR_RIGHT_CLINICAL_VIEW);
  guint sections = clinical == self->records->clinical ? self->stale : CR_CHART_ALL_SECTIONS;
  Reload *reload = g_new0 (Reload, 1);
  reload->chart = g_object_ref (self);
  reload->load = cr_chart_load_new (self->patient_id, NULL, sections, clinical);
  cr_chart_load_set_seen (reload->load, self->seen);
  self->stale = 0;
  self->loading = TRUE;
  cr_session_run_async (self->session, right_to_open (clinical), reload_job, reload, free_reload, reloaded_cb,
                        reload);
}

static gboolean
due_cb (gpointer data)
{
  CrChart *self = data;
  self->due = 0;
  if (self->stale != 0 && !self->loading && is_mine (self))
    start_reload (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_reload (CrChart *self)
{
  if (self->due == 0)
    self->due = g_idle_add_full (G_PRIORITY_DEFAULT, due_cb, self, NULL);
}

/* Whether the patient may be reached through that one, whose chart is another. */
static gboolean
is_linked (CrChart *self, CrId patient)
{
  const GPtrArray *people = self->records->related_persons;
  for (guint i = 0; people != NULL && patient != CR_ID_NONE && i < people->len; i++)
    if (((const CrRelatedPerson *)people->pdata[i])->other_patient_id == patient)
      return TRUE;
  return FALSE;
}

static void
changed_cb (CrSession *session, const char *kind, gint64 id, gint64 patient_id, gpointer data)
{
  CrChart *self = data;
  gboolean merge = g_str_equal (kind, CR_PATIENT_MERGE.name);
  gboolean concerned = merge || patient_id == CR_ID_NONE || cr_chart_is_of (self, patient_id);
  guint sections = concerned ? cr_chart_sections_of (kind) : 0;
  if (g_str_equal (kind, CR_PATIENT.name) && is_linked (self, patient_id))
    sections |= cr_chart_sections_of (CR_RELATED_PERSON.name);
  if (sections == 0)
    return;
  self->stale |= sections;
  schedule_reload (self);
}

static void
state_cb (CrSession *session, GParamSpec *pspec, gpointer data)
{
  CrChart *self = data;
  if (self->stale != 0 && cr_session_get_state (session) == CR_SESSION_OPEN)
    schedule_reload (self);
}

static CrChart *
new_chart (CrSession *session, CrChartLoad *load)
{
  CrChart *self = g_object_new (CR_TYPE_CHART, NULL);
  const CrPerson *person = cr_session_get_person (session);
  self->session = g_object_ref (session);
  self->person_id = person != NULL ? person->id : CR_ID_NONE;
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self, 0);
  cr_chart_load_show (load, self);
  return self;
}

typedef struct {
  CrId patient_id;
  CrChartLoad *load;
  gboolean office, for_reason;
} Opening;

static void
free_opening (gpointer data)
{
  Opening *opening = data;
  cr_chart_load_free (opening->load);
  g_free (opening);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  CrSession *session = CR_SESSION (source);
  GError *error = NULL;
  if (!cr_session_finish (result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  CrChart *chart = new_chart (session, opening->load);
  chart->office = opening->office;
  if (opening->for_reason) /* lists of work may show now what they held back */
    g_signal_emit_by_name (session, "changed", CR_PATIENT.name, chart->patient_id, chart->patient_id);
  g_task_return_pointer (task, chart, g_object_unref);
}

static void
open_chart (CrSession *session, Opening *opening, const char *from, const char *reason,
            GAsyncReadyCallback cb, gpointer data)
{
  gboolean clinical = !opening->office && cr_session_can (session, CR_RIGHT_CLINICAL_VIEW);
  GTask *task = g_task_new (session, NULL, cb, data);
  opening->load = cr_chart_load_new (opening->patient_id, from, CR_CHART_ALL_SECTIONS, clinical);
  opening->for_reason = reason != NULL;
  cr_chart_load_set_reason (opening->load, reason);
  g_task_set_task_data (task, opening, free_opening);
  cr_session_run_async (session, right_to_open (clinical), cr_chart_load_job, opening->load, NULL, opened_cb,
                        task);
}

static void
cr_chart_finalize (GObject *object)
{
  CrChart *self = CR_CHART (object);
  g_clear_handle_id (&self->due, g_source_remove);
  cr_chart_free_array (g_steal_pointer (&self->records->vitals));
  self->records->vitals = g_ptr_array_new ();
  cr_chart_records_free (self->records);
  for (guint i = 0; i < CR_CHART_N_LISTS; i++) {
    cr_chart_free_array (cr_chart_list_rows (self->lists[i]));
    g_object_unref (self->lists[i]);
  }
  cr_chart_news_free (self->news);
  g_clear_pointer (&self->charts, g_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cr_chart_parent_class)->finalize (object);
}

static void
cr_chart_class_init (CrChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cr_chart_finalize;
  signals[RELOADED] = g_signal_new ("reloaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
cr_chart_init (CrChart *self)
{
  self->records = cr_chart_records_new ();
  for (guint i = 0; i < CR_CHART_N_LISTS; i++)
    self->lists[i] = g_list_store_new (CR_TYPE_ROW);
}

void
cr_chart_open_async (CrSession *session, CrId patient_id, const char *from, GAsyncReadyCallback cb,
                     gpointer data)
{
  cr_chart_open_for_reason_async (session, patient_id, from, NULL, cb, data);
}

void
cr_chart_open_for_reason_async (CrSession *session, CrId patient_id, const char *from, const char *reason,
                                GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Opening *opening = g_new0 (Opening, 1);
  opening->patient_id = patient_id;
  open_chart (session, opening, from, reason, cb, data);
}

void
cr_chart_open_office_async (CrSession *session, CrId patient_id, const char *from, GAsyncReadyCallback cb,
                            gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Opening *opening = g_new0 (Opening, 1);
  opening->patient_id = patient_id;
  opening->office = TRUE;
  open_chart (session, opening, from, NULL, cb, data);
}

CrChart *
cr_chart_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

CrChart *
cr_chart_open (CrSession *session, CrId patient_id, const char *from, GError **error)
{
  return cr_chart_open_for_reason (session, patient_id, from, NULL, error);
}

CrChart *
cr_chart_open_for_reason (CrSession *session, CrId patient_id, const char *from, const char *reason,
                          GError **error)
{
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  gboolean clinical = cr_session_can (session, CR_RIGHT_CLINICAL_VIEW);
  g_autoptr (CrChartLoad) load = cr_chart_load_new (patient_id, from, CR_CHART_ALL_SECTIONS, clinical);
  cr_chart_load_set_reason (load, reason);
  if (!cr_session_run (session, right_to_open (clinical), cr_chart_load_job, load, error))
    return NULL;
  return new_chart (session, load);
}

CrId
cr_chart_get_patient_id (CrChart *self)
{
  g_return_val_if_fail (CR_IS_CHART (self), CR_ID_NONE);
  return self->patient_id;
}

gboolean
cr_chart_is_of (CrChart *self, CrId patient)
{
  g_return_val_if_fail (CR_IS_CHART (self), FALSE);
  for (guint i = 0; i < self->charts->len; i++)
    if (g_array_index (self->charts, CrId, i) == patient)
      return TRUE;
  return FALSE;
}

CrSession *
cr_chart_get_session (CrChart *self)
{
  g_return_val_if_fail (CR_IS_CHART (self), NULL);
  return self->session;
}

const CrChartRecords *
cr_chart_get_records (CrChart *self)
{
  g_return_val_if_fail (CR_IS_CHART (self), NULL);
  return self->records;
}

char *
cr_chart_news (CrChart *self, const char **kind)
{
  g_return_val_if_fail (CR_IS_CHART (self), NULL);
  if (self->news == NULL)
    return NULL;
  *kind = self->news->kind;
  return cr_chart_news_sentence (self->news, cr_session_get_clock (self->session));
}

void
cr_chart_forget_news (CrChart *self)
{
  g_return_if_fail (CR_IS_CHART (self));
  g_clear_pointer (&self->news, cr_chart_news_free);
}

static GListModel *
get_list (CrChart *self, CrChartList list)
{
  g_return_val_if_fail (CR_IS_CHART (self), NULL);
  return G_LIST_MODEL (self->lists[list]);
}

GListModel *
cr_chart_get_problems (CrChart *self)
{
  return get_list (self, CR_CHART_PROBLEMS);
}

GListModel *
cr_chart_get_allergies (CrChart *self)
{
  return get_list (self, CR_CHART_ALLERGIES);
}

GListModel *
cr_chart_get_medications (CrChart *self)
{
  return get_list (self, CR_CHART_MEDICATIONS);
}

GListModel *
cr_chart_get_prescriptions (CrChart *self)
{
  return get_list (self, CR_CHART_PRESCRIPTIONS);
}

GListModel *
cr_chart_get_results (CrChart *self)
{
  return get_list (self, CR_CHART_RESULTS);
}

GListModel *
cr_chart_get_notes (CrChart *self)
{
  return get_list (self, CR_CHART_NOTES);
}

GListModel *
cr_chart_get_encounters (CrChart *self)
{
  return get_list (self, CR_CHART_ENCOUNTERS);
}

GListModel *
cr_chart_get_documents (CrChart *self)
{
  return get_list (self, CR_CHART_DOCUMENTS);
}

GListModel *
cr_chart_get_referrals (CrChart *self)
{
  return get_list (self, CR_CHART_REFERRALS);
}

GListModel *
cr_chart_get_immunizations (CrChart *self)
{
  return get_list (self, CR_CHART_IMMUNIZATIONS);
}
