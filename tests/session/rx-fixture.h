/* A prescription composer on a chart of chart-fixture.h, with the program's own drug data. */
#pragma once
#include "chart-fixture.h"
#include "chartroom/clinical/vitals.h"
#include "chartroom/session/rx-draft.h"

typedef struct {
  ChartFixture c;
  CrKnowledge *knowledge;
  CrRxDraft *draft;
} RxFixture;

static inline void
rx_set_up (RxFixture *r, const char *login)
{
  *r = (RxFixture){ .knowledge = fixture_knowledge () };
  fixture_set_up_with (&r->c.f, r->knowledge);
  chart_open_as (&r->c, login);
  r->draft = cr_rx_draft_new (r->c.chart);
}

static inline void
rx_tear_down (RxFixture *r)
{
  fixture_settle (&r->c.f);
  if (r->draft != NULL)
    g_assert_finalize_object (r->draft);
  chart_tear_down (&r->c);
  cr_knowledge_unref (r->knowledge);
}

/* The chart anew for that person, and a composer on it. */
static inline void
rx_open_as (RxFixture *r, const char *login)
{
  fixture_settle (&r->c.f);
  g_clear_object (&r->draft);
  chart_open_as (&r->c, login);
  r->draft = cr_rx_draft_new (r->c.chart);
}

static inline GError *
save (RxFixture *r)
{
  GAsyncResult *result = NULL;
  cr_rx_draft_save_async (r->draft, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static inline CrId
sign (RxFixture *r, GError **error)
{
  GAsyncResult *result = NULL;
  cr_rx_draft_sign_async (r->draft, fixture_done_cb, &result);
  fixture_wait (&result);
  CrId id = cr_rx_draft_sign_finish (r->draft, result, error);
  g_object_unref (result);
  return id;
}

static inline CrId
sign_well (RxFixture *r)
{
  g_autoptr (GError) error = NULL;
  CrId id = sign (r, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, !=, CR_ID_NONE);
  return id;
}

static inline void
add_allergy (RxFixture *r, const char *substance, const char *code, const char *reactions)
{
  GError *error = NULL;
  g_autoptr (CrAllergy) allergy = cr_allergy_new ();
  allergy->substance = g_strdup (substance);
  allergy->code = g_strdup (code);
  allergy->category = g_strdup ("medication");
  allergy->type = g_strdup ("allergy");
  allergy->reactions = g_strdup (reactions);
  chart_change (&r->c, error, cr_chart_save_allergy_async (r->c.chart, allergy, CHART_ANSWER));
  g_assert_no_error (error);
}

static inline void
store_vital (RxFixture *r, const char *code, const char *value, const char *unit, int kind)
{
  g_autoptr (CrObservation) o = cr_observation_new ();
  o->patient_id = r->c.f.garcia;
  o->kind = kind;
  o->status = CR_OBS_FINAL;
  o->code = g_strdup (code);
  o->value = g_strdup (value);
  o->unit = g_strdup (unit);
  o->taken_at = cr_clock_now (r->c.f.clock) - G_TIME_SPAN_DAY;
  fixture_store (&r->c.f, &CR_OBSERVATION, o);
}
