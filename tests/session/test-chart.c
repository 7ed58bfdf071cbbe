/* One chart: what each role loads, how it stays up to date, and the rules of what is saved into it. */
#include "chart-fixture.h"
#include "chartroom/clinical/vitals.h"

static guint
rows (GListModel *model)
{
  return g_list_model_get_n_items (model);
}

static gconstpointer
row (GListModel *model, guint i)
{
  g_autoptr (CrRow) one = g_list_model_get_item (model, i);
  return cr_row_peek (one);
}

/* ---- who sees what ---- */

static gboolean
fill_chart_job (CrTx *tx, gpointer data, GError **error)
{
  Fixture *f = data;
  g_autoptr (CrAllergy) allergy = cr_allergy_new ();
  g_autoptr (CrProblem) problem = cr_problem_new ();
  g_autoptr (CrDirective) directive = cr_directive_new ();
  g_autoptr (CrCoverage) coverage = cr_coverage_new ();
  g_autoptr (CrAppointment) visit = cr_appointment_new ();
  allergy->patient_id = problem->patient_id = directive->patient_id = f->garcia;
  coverage->patient_id = visit->patient_id = f->garcia;
  allergy->substance = g_strdup ("penicillin (class)");
  problem->display = g_strdup ("Essential hypertension");
  directive->kind = g_strdup ("dnr");
  coverage->payer = g_strdup ("Invented Plan");
  visit->person_id = f->okafor;
  visit->date = FIXTURE_TODAY;
  visit->start_min = 11 * 60;
  visit->minutes = 20;
  return cr_tx_save (tx, &CR_ALLERGY, allergy, error) && cr_tx_save (tx, &CR_PROBLEM, problem, error) &&
         cr_tx_save (tx, &CR_DIRECTIVE, directive, error) && cr_tx_save (tx, &CR_COVERAGE, coverage, error) &&
         cr_tx_save (tx, &CR_APPOINTMENT, visit, error);
}

static void
test_roles (void)
{
  static const struct {
    const char *login;
    gboolean clinical;
  } cases[] = {
    { "frontdesk", FALSE }, { "admin", FALSE }, { "referrals", TRUE }, { "nurse", TRUE }, { "okafor", TRUE }
  };
  g_autoptr (GError) error = NULL;
  ChartFixture c = { 0 };
  fixture_set_up (&c.f);
  cr_session_run (c.f.session, CR_RIGHT_ADMIN, fill_chart_job, &c.f, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].login);
    chart_open_as (&c, cases[i].login);
    const CrChartRecords *records = chart_records (&c);
    guint n = cases[i].clinical ? 1 : 0;
    g_assert_true (records->clinical == cases[i].clinical);
    g_assert_cmpint (records->patient->allergy_status, ==,
                     cases[i].clinical ? CR_ALLERGY_NOT_RECORDED : CR_ALLERGY_UNAVAILABLE);
    g_assert_cmpuint (records->allergies->len, ==, n);
    g_assert_cmpuint (records->problems->len, ==, n);
    g_assert_cmpuint (records->directives->len, ==, n);
    g_assert_cmpuint (rows (cr_chart_get_problems (c.chart)), ==, n);
    g_assert_cmpuint (records->coverages->len, ==, 1);
    g_assert_cmpuint (records->appointments->len, ==, 1);
    g_assert_cmpuint (records->people->len, ==, 6);
    g_assert_cmpstr (records->practice->name, ==, "Invented Family Medicine");
  }
  g_autoptr (GPtrArray) views = fixture_audit (&c.f, "view", c.f.garcia);
  g_assert_cmpuint (views->len, ==, G_N_ELEMENTS (cases));
  g_assert_cmpstr (((CrAuditEntry *)views->pdata[0])->detail, ==, "test");
  chart_tear_down (&c);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
test_open (void)
{
  g_autoptr (GError) error = NULL;
  ChartFixture c = { 0 };
  GAsyncResult *result = NULL;
  chart_set_up (&c, "okafor");
  g_assert_null (cr_chart_open (c.f.session, 4711, "test", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
  cr_chart_open_async (c.f.session, c.f.nowak, "search", opened_cb, &result);
  fixture_wait (&result);
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, NULL);
  g_object_unref (result);
  g_assert_cmpint (cr_chart_get_patient_id (chart), ==, c.f.nowak);
  g_assert_cmpstr (cr_chart_get_records (chart)->patient->family, ==, "Nowak");
  g_assert_true (cr_chart_get_session (chart) == c.f.session);
  g_clear_object (&chart);
  chart_tear_down (&c);
}

static void
restrict_garcia (ChartFixture *c)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  cr_chart_restrict_async (c->chart, TRUE, " ", opened_cb, &result);
  fixture_wait (&result);
  g_assert_false (cr_session_finish (result, &error)); /* a reason is needed */
  g_clear_object (&result);
  cr_chart_restrict_async (c->chart, TRUE, "She works here", opened_cb, &result);
  fixture_wait (&result);
  g_assert_true (cr_session_finish (result, NULL));
  g_object_unref (result);
  fixture_settle (&c->f);
  g_assert_true (chart_records (c)->patient->restricted); /* an open chart stays open */
  g_clear_object (&c->chart);
}

static CrChart *
open_for (ChartFixture *c, const char *reason, GError **error)
{
  GAsyncResult *result = NULL;
  CrChart *chart;
  cr_chart_open_for_reason_async (c->f.session, c->f.garcia, "search", reason, opened_cb, &result);
  fixture_wait (&result);
  chart = cr_chart_open_finish (result, error);
  g_object_unref (result);
  return chart;
}

/* UX 1.7: who treats gives a reason, the others who read charts are refused; the desk sees no chart anyway.
 */
static void
test_restricted (void)
{
  static const struct {
    const char *login;
    const char *reason;
    int code; /* -1: opens */
  } CASES[] = {
    { "okafor", NULL, CR_ERROR_RESTRICTED },
    { "okafor", "  ", CR_ERROR_RESTRICTED },
    { "okafor", "Visit today", -1 },
    { "nurse", "Rooming", -1 },
    { "referrals", "x", CR_ERROR_NOT_ALLOWED },
    { "frontdesk", NULL, -1 },
  };
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  restrict_garcia (&c);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (CrChart) chart = NULL;
    fixture_sign_in (&c.f, CASES[i].login);
    chart = open_for (&c, CASES[i].reason, &error);
    g_assert_true ((chart != NULL) == (CASES[i].code < 0));
    if (CASES[i].code >= 0)
      g_assert_error (error, CR_ERROR, CASES[i].code);
    else
      g_assert_true (cr_chart_get_records (chart)->clinical == (CASES[i].reason != NULL));
    fixture_settle (&c.f);
  }
  g_autoptr (GPtrArray) glass = fixture_audit (&c.f, "break-glass", c.f.garcia);
  g_assert_cmpuint (glass->len, ==, 2);
  g_autoptr (GPtrArray) restricted = fixture_audit (&c.f, "restrict", c.f.garcia);
  g_assert_cmpuint (restricted->len, ==, 1);
  chart_tear_down (&c);
}

static void
test_refused_without_right (void)
{
  ChartFixture c = { 0 };
  GError *error = NULL;
  chart_set_up (&c, "frontdesk");
  g_autoptr (CrAllergy) allergy = cr_allergy_new ();
  g_autoptr (CrProblem) problem = cr_problem_new ();
  allergy->substance = g_strdup ("penicillin (class)");
  problem->display = g_strdup ("Gout");
  chart_change (&c, error, cr_chart_save_allergy_async (c.chart, allergy, CHART_ANSWER));
  assert_refused (error, CR_ERROR_NOT_ALLOWED);
  chart_change (&c, error, cr_chart_save_problem_async (c.chart, problem, CHART_ANSWER));
  assert_refused (error, CR_ERROR_NOT_ALLOWED);
  chart_change (&c, error, cr_chart_no_known_allergies_async (c.chart, CHART_ANSWER));
  assert_refused (error, CR_ERROR_NOT_ALLOWED);
  chart_open_as (&c, "okafor");
  g_assert_cmpuint (chart_records (&c)->allergies->len, ==, 0);
  g_assert_cmpuint (chart_records (&c)->problems->len, ==, 0);
  chart_tear_down (&c);
}

/* ---- up to date ---- */

static void
save_problem (ChartFixture *c, const char *display, CrId *id)
{
  GError *error = NULL;
  g_autoptr (CrProblem) problem = cr_problem_new ();
  problem->display = g_strdup (display);
  chart_change (c, error, cr_chart_save_problem_async (c->chart, problem, CHART_ANSWER));
  g_assert_no_error (error);
  const GPtrArray *problems = chart_records (c)->problems;
  for (guint i = 0; i < problems->len; i++)
    if (g_str_equal (((CrProblem *)problems->pdata[i])->display, display))
      *id = ((CrProblem *)problems->pdata[i])->id;
}

static void
test_rows_stay (void)
{
  ChartFixture c = { 0 };
  CrId first = 0, second = 0;
  chart_set_up (&c, "okafor");
  GListModel *problems = cr_chart_get_problems (c.chart);
  save_problem (&c, "Gout", &first);
  g_autoptr (CrRow) before = g_list_model_get_item (problems, 0);
  save_problem (&c, "Asthma", &second);
  g_assert_cmpuint (rows (problems), ==, 2);
  g_autoptr (CrRow) after = g_list_model_get_item (problems, 0);
  g_assert_true (before == after);
  g_assert_true (chart_records (&c)->problems->pdata[0] == cr_row_peek (after));
  g_assert_cmpint (((const CrProblem *)row (problems, 1))->id, ==, second);
  g_assert_cmpint (((const CrProblem *)row (problems, 1))->recorded_by, ==, c.f.okafor);
  chart_tear_down (&c);
}

static gboolean
has_phone (gpointer data)
{
  return g_strcmp0 (chart_records (data)->patient->phone, "5035550177") == 0;
}

static void
change_phone (Fixture *f)
{
  g_autoptr (CrPatient) patient = fixture_load (f, &CR_PATIENT, f->garcia);
  g_free (patient->phone);
  patient->phone = g_strdup ("5035550177");
  fixture_store (f, &CR_PATIENT, patient);
}

/* While somebody else sits here, the chart of the one who locked is not loaded in that person's name. */
static void
test_parked (void)
{
  ChartFixture c = { 0 };
  CrId id = 0;
  chart_set_up (&c, "okafor");
  save_problem (&c, "Gout", &id);
  fixture_sign_in (&c.f, "frontdesk");
  change_phone (&c.f);
  fixture_spin ();
  g_assert_false (has_phone (&c));
  g_assert_cmpuint (chart_records (&c)->problems->len, ==, 1);
  fixture_sign_in (&c.f, "okafor");
  fixture_wait_until (has_phone, &c);
  g_assert_true (chart_records (&c)->clinical);
  g_assert_cmpuint (chart_records (&c)->problems->len, ==, 1);
  chart_tear_down (&c);
}

/* ---- problems and medications ---- */

static void
test_problem_rules (void)
{
  static const struct {
    const char *display, *onset, *resolved;
    gboolean saved;
  } cases[] = {
    { "Gout", "2020-05", NULL, TRUE },
    { "Birth injury", "1961", NULL, TRUE }, /* the year of birth: may be after it */
    { "", NULL, NULL, FALSE },
    { "  ", NULL, NULL, FALSE },
    { "Gout", "1961-03-13", NULL, FALSE }, /* before birth */
    { "Gout", "2026-11-24", NULL, FALSE }, /* tomorrow */
    { "Gout", "2020-05-02", "2020-05-01", FALSE },
  };
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GError *error = NULL;
    g_autoptr (CrProblem) problem = cr_problem_new ();
    g_test_message ("%s %s", cases[i].display, cases[i].onset);
    problem->display = g_strdup (cases[i].display);
    g_assert_true (cr_date_from_iso (cases[i].onset, &problem->onset));
    g_assert_true (cr_date_from_iso (cases[i].resolved, &problem->resolved));
    chart_change (&c, error, cr_chart_save_problem_async (c.chart, problem, CHART_ANSWER));
    if (cases[i].saved)
      g_assert_no_error (error);
    else
      assert_refused (error, CR_ERROR_INVALID);
  }
  g_assert_cmpuint (chart_records (&c)->problems->len, ==, 2);
  chart_tear_down (&c);
}

static void
test_conflict (void)
{
  ChartFixture c = { 0 };
  GError *error = NULL;
  CrId id = 0;
  chart_set_up (&c, "okafor");
  save_problem (&c, "Gout", &id);
  g_autoptr (CrProblem) mine = fixture_load (&c.f, &CR_PROBLEM, id);
  g_autoptr (CrProblem) theirs = cr_problem_copy (mine);
  theirs->note = g_strdup ("from elsewhere");
  fixture_store (&c.f, &CR_PROBLEM, theirs);
  mine->note = g_strdup ("mine");
  chart_change (&c, error, cr_chart_save_problem_async (c.chart, mine, CHART_ANSWER));
  assert_refused (error, CR_ERROR_CONFLICT);
  g_autoptr (CrProblem) stored = fixture_load (&c.f, &CR_PROBLEM, id);
  g_assert_cmpstr (stored->note, ==, "from elsewhere");
  chart_tear_down (&c);
}

static void
test_stop_medication (void)
{
  ChartFixture c = { 0 };
  GError *error = NULL;
  chart_set_up (&c, "nurse");
  g_autoptr (CrMedication) medication = cr_medication_new ();
  medication->display = g_strdup ("lisinopril 20 mg tablet");
  medication->status = CR_MED_REPORTED;
  chart_change (&c, error, cr_chart_save_medication_async (c.chart, medication, CHART_ANSWER));
  g_assert_no_error (error);
  CrId id = ((CrMedication *)chart_records (&c)->medications->pdata[0])->id;
  chart_change (&c, error, cr_chart_stop_medication_async (c.chart, id, " ", CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID);
  chart_change (&c, error, cr_chart_stop_medication_async (c.chart, id, "Cough", CHART_ANSWER));
  g_assert_no_error (error);
  const CrMedication *stopped = row (cr_chart_get_medications (c.chart), 0);
  g_assert_cmpint (stopped->status, ==, CR_MED_STOPPED);
  g_assert_cmpstr (stopped->stop_reason, ==, "Cough");
  g_assert_cmpint (cr_date_compare (stopped->stopped, FIXTURE_TODAY), ==, 0);
  chart_change (&c, error, cr_chart_stop_medication_async (c.chart, id, "Again", CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID);
  chart_tear_down (&c);
}

/* ---- allergies and their statement ---- */

static int
statement (ChartFixture *c)
{
  return chart_records (c)->patient->allergy_status;
}

static void
test_allergy_statement (void)
{
  ChartFixture c = { 0 };
  GError *error = NULL;
  chart_set_up (&c, "nurse");
  g_assert_cmpint (statement (&c), ==, CR_ALLERGY_NOT_RECORDED);
  chart_change (&c, error, cr_chart_no_known_allergies_async (c.chart, CHART_ANSWER));
  g_assert_no_error (error);
  g_assert_cmpint (statement (&c), ==, CR_ALLERGY_NONE_KNOWN);
  g_assert_cmpint (chart_records (&c)->patient->allergy_reviewed_by, ==, c.f.nurse);
  g_assert_cmpint (chart_records (&c)->patient->allergy_reviewed_at, ==, cr_clock_now (c.f.clock));

  g_autoptr (CrAllergy) allergy = cr_allergy_new ();
  chart_change (&c, error, cr_chart_save_allergy_async (c.chart, allergy, CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID);
  allergy->substance = g_strdup ("penicillin (class)");
  chart_change (&c, error, cr_chart_save_allergy_async (c.chart, allergy, CHART_ANSWER));
  g_assert_no_error (error);
  g_assert_cmpint (statement (&c), ==, CR_ALLERGY_KNOWN);

  chart_change (&c, error, cr_chart_no_known_allergies_async (c.chart, CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID);
  g_assert_cmpint (statement (&c), ==, CR_ALLERGY_KNOWN);
  chart_tear_down (&c);
}

static void
test_remove_allergy (void)
{
  static const int states[] = { CR_ALLERGY_RESOLVED, CR_ALLERGY_REFUTED, CR_ALLERGY_ERROR };
  ChartFixture c = { 0 };
  GError *error = NULL;
  chart_set_up (&c, "nurse");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autoptr (CrAllergy) allergy = cr_allergy_new ();
    allergy->substance = g_strdup_printf ("invented substance %u", i);
    chart_change (&c, error, cr_chart_save_allergy_async (c.chart, allergy, CHART_ANSWER));
    g_assert_no_error (error);
    g_autoptr (GPtrArray) active = cr_allergies_active (chart_records (&c)->allergies);
    g_assert_cmpuint (active->len, ==, 1);
    g_autoptr (CrAllergy) saved = cr_allergy_copy (active->pdata[0]);
    saved->state = states[i];
    chart_change (&c, error, cr_chart_save_allergy_async (c.chart, saved, CHART_ANSWER));
    assert_refused (error, CR_ERROR_INVALID); /* without a reason */
    chart_change (&c, error, cr_chart_remove_allergy_async (c.chart, saved->id, states[i], "", CHART_ANSWER));
    assert_refused (error, CR_ERROR_INVALID);
    chart_change (
        &c, error,
        cr_chart_remove_allergy_async (c.chart, saved->id, states[i], "tested negative", CHART_ANSWER));
    g_assert_no_error (error);
    g_assert_cmpint (statement (&c), ==, CR_ALLERGY_NOT_RECORDED);
    g_assert_cmpint (chart_records (&c)->patient->allergy_reviewed_by, ==, CR_ID_NONE);
    g_autoptr (GPtrArray) entries = fixture_audit (&c.f, CR_ALLERGY_STATE_CODES[states[i]], c.f.garcia);
    g_assert_cmpuint (entries->len, ==, 1);
    g_assert_cmpstr (((CrAuditEntry *)entries->pdata[0])->detail, ==, "tested negative");
    for (guint r = 0; r <= i; r++) {
      const CrAllergy *removed = chart_records (&c)->allergies->pdata[r];
      g_assert_cmpstr (removed->state_reason, ==, "tested negative");
    }
  }
  g_assert_cmpuint (chart_records (&c)->allergies->len, ==, G_N_ELEMENTS (states)); /* nothing is deleted */
  chart_tear_down (&c);
}

/* ---- vitals and results ---- */

static CrObservation *
new_observation (const char *code, const char *value, CrInstant at)
{
  CrObservation *o = cr_observation_new ();
  o->code = g_strdup (code);
  o->value = g_strdup (value);
  o->taken_at = at;
  o->status = CR_OBS_FINAL;
  return o;
}

static void
test_vitals (void)
{
  ChartFixture c = { 0 };
  GError *error = NULL;
  chart_set_up (&c, "nurse");
  g_autoptr (CrEncounter) encounter = cr_encounter_new ();
  encounter->patient_id = c.f.garcia;
  encounter->date = FIXTURE_TODAY;
  fixture_store (&c.f, &CR_ENCOUNTER, encounter);
  CrInstant now = cr_clock_now (c.f.clock);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_observation_free);
  g_ptr_array_add (values, new_observation (CR_LOINC_SYSTOLIC, "128", 0));
  g_ptr_array_add (values, new_observation (CR_LOINC_DIASTOLIC, "76", 0));
  g_ptr_array_add (values, new_observation (CR_LOINC_WEIGHT, "182", now - G_TIME_SPAN_DAY));
  chart_change (&c, error, cr_chart_save_vitals_async (c.chart, values, CHART_ANSWER));
  g_assert_no_error (error);
  g_assert_cmpuint (chart_records (&c)->vitals->len, ==, 3);
  g_autoptr (GPtrArray) systolic = cr_chart_vital (c.chart, CR_LOINC_SYSTOLIC, 3);
  g_autoptr (GPtrArray) diastolic = cr_chart_vital (c.chart, CR_LOINC_DIASTOLIC, 3);
  const CrObservation *one = systolic->pdata[0], *two = diastolic->pdata[0];
  g_assert_cmpint (one->panel_id, !=, CR_ID_NONE);
  g_assert_cmpint (one->panel_id, ==, two->panel_id);
  g_assert_cmpint (one->encounter_id, ==, encounter->id);
  g_assert_cmpint (one->recorded_by, ==, c.f.nurse);
  g_assert_cmpint (one->taken_at, ==, now);
  g_autoptr (GPtrArray) future = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_observation_free);
  g_ptr_array_add (future, new_observation (CR_LOINC_WEIGHT, "183", now));
  g_ptr_array_add (future, new_observation (CR_LOINC_HEIGHT, "66", now + G_TIME_SPAN_HOUR));
  chart_change (&c, error, cr_chart_save_vitals_async (c.chart, future, CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  chart_change (&c, error, cr_chart_save_vitals_async (c.chart, none, CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID);
  g_assert_cmpuint (chart_records (&c)->vitals->len, ==, 3);
  chart_tear_down (&c);
}

static void
store_value (Fixture *f, CrId patient, int kind, const char *code, const char *value, int days_ago,
             int status)
{
  g_autoptr (CrObservation) o =
      new_observation (code, value, cr_clock_now (f->clock) - days_ago * G_TIME_SPAN_DAY);
  o->patient_id = patient;
  o->kind = kind;
  o->status = status;
  fixture_store (f, &CR_OBSERVATION, o);
}

static void
test_last_values (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  for (int day = 0; day < 5; day++) {
    g_autofree char *value = g_strdup_printf ("%d", 180 + day);
    store_value (&c.f, c.f.garcia, CR_OBS_VITAL, CR_LOINC_WEIGHT, value, day, CR_OBS_FINAL);
  }
  store_value (&c.f, c.f.garcia, CR_OBS_VITAL, CR_LOINC_WEIGHT, "999", 0, CR_OBS_ERROR);
  store_value (&c.f, c.f.nowak, CR_OBS_VITAL, CR_LOINC_WEIGHT, "77", 0, CR_OBS_FINAL);
  chart_open_as (&c, "okafor");
  g_autoptr (GPtrArray) last = cr_chart_vital (c.chart, CR_LOINC_WEIGHT, 3);
  g_assert_cmpuint (last->len, ==, 3);
  for (guint i = 0; i < last->len; i++) {
    g_autofree char *value = g_strdup_printf ("%u", 180 + i);
    g_assert_cmpstr (((CrObservation *)last->pdata[i])->value, ==, value);
  }
  g_autoptr (GPtrArray) pulse = cr_chart_vital (c.chart, "8867-4", 3);
  g_assert_cmpuint (pulse->len, ==, 0);
  chart_tear_down (&c);
}

static void
test_key_results (void)
{
  ChartFixture c = { 0 };
  g_autoptr (CrKnowledge) knowledge = fixture_knowledge ();
  const GPtrArray *keys = cr_knowledge_key_results (knowledge);
  const CrKeyResult *everybody = NULL;
  for (guint i = 0; i < keys->len && everybody == NULL; i++) {
    const CrKeyResult *key = keys->pdata[i];
    if (cr_key_result_applies (key, NULL))
      everybody = key;
  }
  g_assert_nonnull (everybody);
  fixture_set_up_with (&c.f, knowledge);
  for (int day = 0; day < 9; day++)
    store_value (&c.f, c.f.garcia, CR_OBS_LAB, everybody->codes[0], "60", day, CR_OBS_FINAL);
  store_value (&c.f, c.f.garcia, CR_OBS_LAB, "0-0", "1", 0, CR_OBS_FINAL);
  chart_open_as (&c, "okafor");
  g_autoptr (GPtrArray) results = cr_chart_key_results (c.chart);
  g_assert_cmpuint (results->len, ==, 1);
  const GPtrArray *values = results->pdata[0];
  g_assert_cmpuint (values->len, ==, 7);
  g_assert_cmpint (((CrObservation *)values->pdata[0])->taken_at, ==, cr_clock_now (c.f.clock));
  g_assert_cmpuint (rows (cr_chart_get_results (c.chart)), ==, 10);
  chart_tear_down (&c);
}

static void
test_review (void)
{
  ChartFixture c = { 0 };
  GError *error = NULL;
  chart_set_up (&c, "okafor");
  store_value (&c.f, c.f.garcia, CR_OBS_LAB, "2823-3", "5.1", 1, CR_OBS_FINAL);
  store_value (&c.f, c.f.nowak, CR_OBS_LAB, "2823-3", "4.1", 1, CR_OBS_FINAL);
  g_autoptr (CrChart) other = cr_chart_open (c.f.session, c.f.nowak, "test", NULL);
  chart_open_as (&c, "okafor");
  CrId mine = ((CrObservation *)chart_records (&c)->results->pdata[0])->id;
  CrId theirs = ((CrObservation *)cr_chart_get_records (other)->results->pdata[0])->id;
  chart_change (&c, error,
                cr_chart_review_results_async (c.chart, (CrId[]){ mine, theirs }, 2, CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID);
  g_autoptr (CrObservation) untouched = fixture_load (&c.f, &CR_OBSERVATION, mine);
  g_assert_cmpint (untouched->reviewed_at, ==, CR_INSTANT_NONE);
  chart_change (&c, error, cr_chart_review_results_async (c.chart, &mine, 1, CHART_ANSWER));
  g_assert_no_error (error);
  const CrObservation *reviewed = row (cr_chart_get_results (c.chart), 0);
  g_assert_cmpint (reviewed->reviewed_by, ==, c.f.okafor);
  g_assert_cmpint (reviewed->reviewed_at, ==, cr_clock_now (c.f.clock));
  g_clear_object (&other);
  chart_tear_down (&c);
}

/* ---- documents ---- */

typedef struct {
  CrId patient, id;
  GBytes *content;
} Filing;

static gboolean
file_document_job (CrTx *tx, gpointer data, GError **error)
{
  Filing *filing = data;
  g_autoptr (CrDocument) document = cr_document_new ();
  document->patient_id = filing->patient;
  document->title = g_strdup ("Letter");
  document->mime = g_strdup ("application/pdf");
  gboolean added = cr_document_add (tx, document, filing->content, error);
  filing->id = document->id;
  return added;
}

static void
test_document (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = g_bytes_new_static ("an invented letter", 18);
  ChartFixture c = { 0 };
  GAsyncResult *result = NULL;
  chart_set_up (&c, "okafor");
  Filing mine = { c.f.garcia, 0, content }, theirs = { c.f.nowak, 0, content };
  cr_session_run (c.f.session, CR_RIGHT_CLINICAL_RECORD, file_document_job, &mine, &error);
  cr_session_run (c.f.session, CR_RIGHT_CLINICAL_RECORD, file_document_job, &theirs, &error);
  g_assert_no_error (error);
  cr_chart_read_document_async (c.chart, mine.id, opened_cb, &result);
  fixture_wait (&result);
  g_autoptr (GBytes) read = cr_chart_read_document_finish (result, &error);
  g_clear_object (&result);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, content));
  cr_chart_read_document_async (c.chart, theirs.id, opened_cb, &result);
  fixture_wait (&result);
  g_assert_null (cr_chart_read_document_finish (result, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_clear_object (&result);
  chart_tear_down (&c);
}

static void
test_today (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  g_autoptr (CrEncounter) elsewhere = cr_encounter_new ();
  g_autoptr (CrEncounter) here = cr_encounter_new ();
  elsewhere->patient_id = here->patient_id = c.f.garcia;
  elsewhere->date = FIXTURE_TODAY;
  elsewhere->place = g_strdup ("Invented Hospital");
  here->date = cr_date_add_days (FIXTURE_TODAY, -1);
  fixture_store (&c.f, &CR_ENCOUNTER, elsewhere);
  fixture_store (&c.f, &CR_ENCOUNTER, here);
  chart_open_as (&c, "okafor");
  g_assert_cmpint (cr_chart_open_encounter (c.chart), ==, CR_ID_NONE);
  here->date = FIXTURE_TODAY;
  fixture_store (&c.f, &CR_ENCOUNTER, here);
  chart_open_as (&c, "okafor");
  g_assert_cmpint (cr_chart_open_encounter (c.chart), ==, here->id);
  g_assert_false (cr_chart_has_draft (c.chart));
  g_autoptr (CrNote) note = cr_note_new ();
  note->patient_id = c.f.garcia;
  note->author_id = c.f.chen;
  fixture_store (&c.f, &CR_NOTE, note);
  chart_open_as (&c, "okafor");
  g_assert_false (cr_chart_has_draft (c.chart)); /* somebody else's */
  chart_open_as (&c, "chen");
  g_assert_true (cr_chart_has_draft (c.chart));
  chart_tear_down (&c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/roles", test_roles);
  g_test_add_func ("/chart/open", test_open);
  g_test_add_func ("/chart/restricted", test_restricted);
  g_test_add_func ("/chart/refused-without-right", test_refused_without_right);
  g_test_add_func ("/chart/rows-stay", test_rows_stay);
  g_test_add_func ("/chart/parked", test_parked);
  g_test_add_func ("/chart/problem-rules", test_problem_rules);
  g_test_add_func ("/chart/conflict", test_conflict);
  g_test_add_func ("/chart/stop-medication", test_stop_medication);
  g_test_add_func ("/chart/allergy-statement", test_allergy_statement);
  g_test_add_func ("/chart/remove-allergy", test_remove_allergy);
  g_test_add_func ("/chart/vitals", test_vitals);
  g_test_add_func ("/chart/last-values", test_last_values);
  g_test_add_func ("/chart/key-results", test_key_results);
  g_test_add_func ("/chart/review", test_review);
  g_test_add_func ("/chart/document", test_document);
  g_test_add_func ("/chart/today", test_today);
  return g_test_run ();
}
