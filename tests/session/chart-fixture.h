/* Charts for tests: the practice of session-fixture.h, opened as one of its people. */
#pragma once
#include "chartroom/session/chart.h"
#include "session-fixture.h"

typedef struct {
  Fixture f;
  CrChart *chart; /* of Maria Garcia, opened by the person signed in */
} ChartFixture;

static inline gboolean
nothing_job (CrTx *tx, gpointer data, GError **error)
{
  return TRUE;
}

/* Lets loads that are under way, and those they lead to, come to their end. */
static inline void
fixture_settle (Fixture *f)
{
  for (guint i = 0; i < 4; i++) {
    fixture_spin ();
    cr_store_run (cr_session_get_store (f->session), cr_session_get_user (f->session), nothing_job, NULL,
                  NULL);
  }
  fixture_spin ();
}

static inline void
chart_open_as (ChartFixture *c, const char *login)
{
  g_autoptr (GError) error = NULL;
  g_clear_object (&c->chart);
  fixture_sign_in (&c->f, login);
  c->chart = cr_chart_open (c->f.session, c->f.garcia, "test", &error);
  g_assert_no_error (error);
}

static inline void
chart_set_up (ChartFixture *c, const char *login)
{
  c->chart = NULL;
  fixture_set_up (&c->f);
  chart_open_as (c, login);
}

static inline void
chart_tear_down (ChartFixture *c)
{
  fixture_settle (&c->f);
  if (c->chart != NULL)
    g_assert_finalize_object (c->chart);
  fixture_tear_down (&c->f);
}

static inline const CrChartRecords *
chart_records (ChartFixture *c)
{
  return cr_chart_get_records (c->chart);
}

/* Runs the main loop until the chart was loaded again. */
static inline void
chart_reloaded_cb (CrChart *chart, gboolean *reloaded)
{
  *reloaded = TRUE;
}

/* start: begins a change that ends in cr_session_finish.  Returns its error; after success the chart shows
 * it. */
#define chart_change(c, error, start)                                                                        \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    GAsyncResult *result_ = NULL;                                                                            \
    gboolean reloaded_ = FALSE;                                                                              \
    fixture_settle (&(c)->f);                                                                                \
    gulong handler_ = g_signal_connect ((c)->chart, "reloaded", G_CALLBACK (chart_reloaded_cb), &reloaded_); \
    start;                                                                                                   \
    (error) = fixture_finish (&result_);                                                                     \
    while ((error) == NULL && !reloaded_)                                                                    \
      g_main_context_iteration (NULL, TRUE);                                                                 \
    g_signal_handler_disconnect ((c)->chart, handler_);                                                      \
  }                                                                                                          \
  G_STMT_END
#define CHART_ANSWER fixture_done_cb, &result_

static inline void
assert_refused (GError *error, int code)
{
  g_assert_error (error, CR_ERROR, code);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_error_free (error);
}

/* Entries of the audit with that action about that patient. */
typedef struct {
  const char *action;
  CrId patient;
  GPtrArray *entries;
} AuditQuestion;

static inline gboolean
audit_question_job (CrTx *tx, gpointer data, GError **error)
{
  AuditQuestion *question = data;
  CrAuditQuery query = { .patient_id = question->patient, .actions = { question->action }, .limit = 100 };
  question->entries = cr_audit_list (tx, &query, error);
  return question->entries != NULL;
}

/* Newest first; CrAuditEntry. */
static inline GPtrArray *
fixture_audit (Fixture *f, const char *action, CrId patient)
{
  g_autoptr (GError) error = NULL;
  AuditQuestion question = { action, patient, NULL };
  cr_store_run (cr_session_get_store (f->session), cr_session_get_user (f->session), audit_question_job,
                &question, &error);
  g_assert_no_error (error);
  return question.entries;
}

typedef struct {
  const CrRecordClass *klass;
  gpointer record;
} SaveOne;

static inline gboolean
save_one_job (CrTx *tx, gpointer data, GError **error)
{
  SaveOne *one = data;
  return cr_tx_save (tx, one->klass, one->record, error);
}

/* Stores a record behind the session's back; it has its id then. */
static inline void
fixture_store (Fixture *f, const CrRecordClass *klass, gpointer record)
{
  g_autoptr (GError) error = NULL;
  SaveOne one = { klass, record };
  cr_store_run (cr_session_get_store (f->session), cr_session_get_user (f->session), save_one_job, &one,
                &error);
  g_assert_no_error (error);
}

typedef struct {
  const CrRecordClass *klass;
  CrId id;
  gpointer record;
} LoadOne;

static inline gboolean
load_one_job (CrTx *tx, gpointer data, GError **error)
{
  LoadOne *one = data;
  one->record = cr_tx_load (tx, one->klass, one->id, error);
  return one->record != NULL;
}

static inline gpointer
fixture_load (Fixture *f, const CrRecordClass *klass, CrId id)
{
  g_autoptr (GError) error = NULL;
  LoadOne one = { klass, id, NULL };
  cr_store_run (cr_session_get_store (f->session), cr_session_get_user (f->session), load_one_job, &one,
                &error);
  g_assert_no_error (error);
  return one.record;
}

/* The knowledge that ships with the program. */
static inline CrKnowledge *
fixture_knowledge (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "data", "knowledge", NULL);
  CrKnowledge *knowledge = cr_knowledge_load (dir, &error);
  g_assert_no_error (error);
  return knowledge;
}
