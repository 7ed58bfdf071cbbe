/* What waits for each person, oldest first, and only what the role may see. */
#include "chartroom/session/tasks.h"
#include "chart-fixture.h"

static void
save (CrTx *tx, const CrRecordClass *klass, gpointer record)
{
  g_autoptr (GError) error = NULL;
  cr_tx_save (tx, klass, record, &error);
  g_assert_no_error (error);
}

static void
add_note (CrTx *tx, CrId patient, CrId author, CrDate date)
{
  g_autoptr (CrNote) note = cr_note_new ();
  note->patient_id = patient;
  note->author_id = author;
  note->date = date;
  note->title = g_strdup ("Invented visit");
  save (tx, &CR_NOTE, note);
}

static void
add_result (CrTx *tx, CrId patient, const char *display, CrInstant taken)
{
  g_autoptr (CrObservation) result = cr_observation_new ();
  result->patient_id = patient;
  result->kind = CR_OBS_LAB;
  result->status = CR_OBS_FINAL;
  result->display = g_strdup (display);
  result->value = g_strdup ("5.1");
  result->unit = g_strdup ("mmol/L");
  result->flag = g_strdup ("H");
  result->performer = g_strdup ("Invented Lab");
  result->taken_at = taken;
  save (tx, &CR_OBSERVATION, result);
}

static void
add_prescription (CrTx *tx, CrId patient, CrId author)
{
  g_autoptr (CrPrescription) rx = cr_prescription_new ();
  rx->patient_id = patient;
  rx->author_id = author;
  rx->status = CR_RX_NEEDS_SIGNATURE;
  rx->display = g_strdup ("inventol 5 mg tablet");
  rx->written_on = CR_DATE (2026, 11, 21);
  save (tx, &CR_PRESCRIPTION, rx);
}

static CrId
add_task (CrTx *tx, CrId patient, CrId assignee, const char *title, CrDate due)
{
  g_autoptr (CrTask) task = cr_task_new ();
  task->patient_id = patient;
  task->assignee_id = assignee;
  task->kind = g_strdup ("message");
  task->title = g_strdup (title);
  task->status = g_strdup ("open");
  task->due_on = due;
  save (tx, &CR_TASK, task);
  return task->id;
}

static void
add_referral (CrTx *tx, CrId patient, CrId author, int stage)
{
  g_autoptr (CrReferral) referral = cr_referral_new ();
  referral->patient_id = patient;
  referral->author_id = author;
  referral->specialty = g_strdup ("Cardiology");
  referral->question = g_strdup ("Is the invented murmur harmless?");
  referral->urgency = CR_URGENCY_ROUTINE;
  referral->stage = stage;
  referral->stage_at = cr_tx_now (tx);
  save (tx, &CR_REFERRAL, referral);
}

typedef struct {
  Fixture base;
  CrId call_back, fax;
} Office;

static gboolean
fill_job (CrTx *tx, gpointer data, GError **error)
{
  Office *o = data;
  const Fixture *f = &o->base;
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, f->nowak, error);
  patient->usual_person_id = f->chen;
  save (tx, &CR_PATIENT, patient);
  add_note (tx, f->garcia, f->okafor, CR_DATE (2026, 11, 20));
  add_note (tx, f->nowak, f->chen, CR_DATE (2026, 11, 19));
  add_result (tx, f->garcia, "Potassium", cr_clock_instant_of (f->clock, CR_DATE (2026, 11, 18), 600));
  add_result (tx, f->nowak, "Sodium", cr_clock_instant_of (f->clock, CR_DATE (2026, 11, 17), 600));
  add_prescription (tx, f->garcia, f->nurse);
  add_referral (tx, f->garcia, f->okafor, CR_REF_REPORT_RECEIVED);
  add_referral (tx, f->nowak, f->okafor, CR_REF_ORDERED);
  o->call_back = add_task (tx, f->garcia, f->okafor, "Call back", FIXTURE_TODAY);
  o->fax = add_task (tx, f->garcia, f->frontdesk, "Fax the form", cr_date_add_days (FIXTURE_TODAY, -1));
  return TRUE;
}

static void
set_up (Office *o)
{
  g_autoptr (GError) error = NULL;
  *o = (Office){ 0 };
  fixture_set_up (&o->base);
  cr_session_run (o->base.session, CR_RIGHT_ADMIN, fill_job, o, &error);
  g_assert_no_error (error);
}

static gboolean
nobodys_job (CrTx *tx, gpointer data, GError **error)
{
  Office *o = data;
  o->call_back = add_task (tx, o->base.garcia, CR_ID_NONE, "Possible duplicate", CR_DATE_NONE);
  return TRUE;
}

static char *
describe (GListModel *tasks)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (tasks, i);
    const CrTaskItem *item = cr_row_peek (row);
    g_string_append_printf (text, "%s%s: %s, %s", i > 0 ? "\n" : "", item->kind, item->patient->family,
                            item->title);
  }
  return g_string_free (text, FALSE);
}

typedef struct {
  GListModel *tasks;
  guint n;
} Wanted;

static gboolean
has_n (gpointer data)
{
  const Wanted *wanted = data;
  return g_list_model_get_n_items (wanted->tasks) == wanted->n;
}

static void
await (GListModel *tasks, guint n)
{
  Wanted wanted = { tasks, n };
  fixture_wait_until (has_n, &wanted);
}

static void
test_list (void)
{
  static const struct {
    const char *login, *expected;
    guint n, alerts;
  } cases[] = {
    { "okafor",
      "result: Garcia, Potassium 5.1 mmol/L H ▲\n" /* nobody's patient in particular */
      "note: Garcia, Unsigned note, Nov 20, 2026\n"
      "rx: Garcia, To sign: inventol 5 mg tablet\n"
      "report: Garcia, Consult report to review: Cardiology\n"
      "task: Garcia, Call back",
      5, 1 },
    { "chen",
      "result: Nowak, Sodium 5.1 mmol/L H ▲\n"
      "result: Garcia, Potassium 5.1 mmol/L H ▲\n"
      "note: Nowak, Unsigned note, Nov 19, 2026\n"
      "rx: Garcia, To sign: inventol 5 mg tablet",
      4, 2 },
    { "frontdesk", "task: Garcia, Fax the form", 1, 1 /* it should have gone out yesterday */ },
  };
  Office o;
  set_up (&o);
  GListModel *tasks = cr_task_list_new (o.base.session);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    fixture_sign_in (&o.base, cases[i].login);
    g_assert_cmpuint (g_list_model_get_n_items (tasks), ==, 0); /* nothing of the person before */
    await (tasks, cases[i].n);
    g_autofree char *found = describe (tasks);
    g_assert_cmpstr (found, ==, cases[i].expected);
    g_assert_cmpuint (cr_task_list_alerts (tasks), ==, cases[i].alerts);
  }
  g_autoptr (CrRow) row = g_list_model_get_item (tasks, 0);
  g_assert_cmpint (((const CrTaskItem *)cr_row_peek (row))->id, ==, o.fax);
  g_assert_finalize_object (tasks);
  fixture_tear_down (&o.base);
}

static gboolean
new_note_job (CrTx *tx, gpointer data, GError **error)
{
  const Office *o = data;
  add_note (tx, o->base.mariana, o->base.okafor, FIXTURE_TODAY);
  return TRUE;
}

static void
test_up_to_date (void)
{
  Office o;
  GAsyncResult *result = NULL;
  set_up (&o);
  fixture_sign_in (&o.base, "okafor");
  GListModel *tasks = cr_task_list_new (o.base.session);
  await (tasks, 5);
  g_autoptr (CrRow) first = g_list_model_get_item (tasks, 0);
  cr_session_run_async (o.base.session, CR_RIGHT_NOTE_WRITE, new_note_job, &o, NULL, fixture_done_cb,
                        &result);
  g_assert_no_error (fixture_finish (&result));
  await (tasks, 6);
  g_autoptr (CrRow) same = g_list_model_get_item (tasks, 0);
  g_assert_true (first == same);
  g_assert_finalize_object (tasks);
  fixture_tear_down (&o.base);
}

static void
test_done (void)
{
  Office o;
  GAsyncResult *result = NULL;
  set_up (&o);
  fixture_sign_in (&o.base, "okafor");
  GListModel *tasks = cr_task_list_new (o.base.session);
  await (tasks, 5);
  cr_task_done_async (o.base.session, o.fax, fixture_done_cb, &result);
  g_autoptr (GError) others = fixture_finish (&result);
  g_assert_error (others, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  cr_task_done_async (o.base.session, o.call_back, fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  await (tasks, 4);
  g_assert_finalize_object (tasks);
  fixture_tear_down (&o.base);
}

static gboolean
closed_job (CrTx *tx, gpointer data, GError **error)
{
  const Office *o = data;
  g_autoptr (CrTask) task = cr_tx_load (tx, &CR_TASK, o->call_back, error);
  g_assert_cmpstr (task->status, ==, "done");
  g_assert_cmpint (task->closed_by, ==, o->base.frontdesk);
  return TRUE;
}

static CrTask *
read_task (Fixture *f, CrId id)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  cr_task_load_async (f->session, id, fixture_done_cb, &result);
  fixture_wait (&result);
  CrTask *task = cr_task_load_finish (f->session, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return task;
}

/* A task of no patient may be given one; whose it is then stays. */
static void
test_patient (void)
{
  Office o;
  GAsyncResult *result = NULL;
  set_up (&o);
  fixture_sign_in (&o.base, "frontdesk");
  g_autoptr (CrTask) task = read_task (&o.base, o.fax);
  CrId whose = task->patient_id;
  g_assert_cmpint (whose, !=, o.base.mariana);
  task->patient_id = o.base.mariana;
  task->due_on = cr_date_add_days (FIXTURE_TODAY, -1); /* asked about on the screen, not refused */
  cr_task_save_async (o.base.session, task, fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  g_autoptr (CrTask) after = read_task (&o.base, o.fax);
  g_assert_cmpint (after->patient_id, ==, whose);
  g_autoptr (CrTask) new_one = cr_task_new ();
  new_one->title = g_strdup ("Order paper");
  cr_task_save_async (o.base.session, new_one, fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  GListModel *tasks = cr_task_list_new (o.base.session);
  await (tasks, 2);
  g_autoptr (CrRow) row = g_list_model_get_item (tasks, 1);
  g_autoptr (CrTask) paper = read_task (&o.base, cr_row_get_id (row));
  g_assert_cmpint (paper->patient_id, ==, CR_ID_NONE);
  paper->patient_id = o.base.mariana;
  cr_task_save_async (o.base.session, paper, fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  g_autoptr (CrTask) hers = read_task (&o.base, paper->id);
  g_assert_cmpint (hers->patient_id, ==, o.base.mariana);
  fixture_settle (&o.base); /* the list reads what was saved */
  g_assert_finalize_object (tasks);
  fixture_tear_down (&o.base);
}

/* What nobody was given waits for everybody, until one has done it. */
static void
test_nobodys (void)
{
  Office o;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  set_up (&o);
  cr_session_run (o.base.session, CR_RIGHT_ADMIN, nobodys_job, &o, &error);
  g_assert_no_error (error);
  GListModel *tasks = cr_task_list_new (o.base.session);
  fixture_sign_in (&o.base, "okafor");
  await (tasks, 6);
  fixture_sign_in (&o.base, "frontdesk");
  await (tasks, 2);
  g_autofree char *found = describe (tasks);
  g_assert_cmpstr (found, ==, "task: Garcia, Fax the form\ntask: Garcia, Possible duplicate");
  cr_task_done_async (o.base.session, o.call_back, fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  await (tasks, 1);
  cr_session_run (o.base.session, CR_RIGHT_SCHEDULE_VIEW, closed_job, &o, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (tasks);
  fixture_tear_down (&o.base);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tasks/list", test_list);
  g_test_add_func ("/tasks/up-to-date", test_up_to_date);
  g_test_add_func ("/tasks/done", test_done);
  g_test_add_func ("/tasks/nobodys", test_nobodys);
  g_test_add_func ("/tasks/patient", test_patient);
  return g_test_run ();
}
