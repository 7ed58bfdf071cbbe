/* Calls: whom to ask, how it ended, what it changes; the log; the next working day. */
#include "chartroom/session/calls.h"
#include "chartroom/session/day-schedule.h"
#include "chartroom/store/desk-stores.h"
#include "session-fixture.h"

typedef struct {
  Fixture base;
  CrId visit, other;
  GAsyncResult *result;
} Calls;

static CrId
add_visit (CrTx *tx, Calls *c, CrId patient, CrDate date, int start, int stage)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrAppointment) a = cr_appointment_new ();
  a->patient_id = patient;
  a->person_id = c->base.okafor;
  a->visit_type_id = c->base.follow_up;
  a->date = date;
  a->start_min = start;
  a->minutes = 20;
  a->stage = stage;
  cr_tx_save (tx, &CR_APPOINTMENT, a, &error);
  g_assert_no_error (error);
  return a->id;
}

static gboolean
prepare_job (CrTx *tx, gpointer data, GError **error)
{
  Calls *c = data;
  g_autoptr (CrPatient) nowak = cr_tx_load (tx, &CR_PATIENT, c->base.nowak, error);
  nowak->no_voice_mail = 1;
  c->visit = add_visit (tx, c, c->base.garcia, CR_DATE (2026, 11, 24), 600, CR_STAGE_SCHEDULED);
  c->other = add_visit (tx, c, c->base.nowak, CR_DATE (2026, 11, 24), 540, CR_STAGE_SCHEDULED);
  add_visit (tx, c, c->base.mariana, CR_DATE (2026, 11, 24), 660, CR_STAGE_CANCELLED);
  return cr_tx_save (tx, &CR_PATIENT, nowak, error);
}

static void
run (Calls *c, CrJob job, gpointer data)
{
  g_autoptr (GError) error = NULL;
  cr_store_run (cr_session_get_store (c->base.session), cr_session_get_user (c->base.session), job, data,
                &error);
  g_assert_no_error (error);
}

static void
set_up (Calls *c)
{
  *c = (Calls){ 0 };
  fixture_set_up (&c->base);
  fixture_sign_in (&c->base, "frontdesk");
  fixture_spin ();
  run (c, prepare_job, c);
}

static gboolean
is_loaded (gpointer list)
{
  gboolean loading;
  g_object_get (list, "loading", &loading, NULL);
  return !loading;
}

static GListModel *
list (Calls *c, CrCallsView view)
{
  GListModel *model = cr_call_list_new (c->base.session, view, CR_DATE (2026, 11, 24));
  fixture_wait_until (is_loaded, model);
  return model;
}

static const CrCallItem *
item_at (GListModel *model, guint at)
{
  g_autoptr (CrRow) row = g_list_model_get_item (model, at);
  g_assert_nonnull (row);
  return cr_row_peek (row); /* the model keeps it */
}

static GError *
record (Calls *c, CrId patient, CrId visit, int kind, int purpose, const char *outcome)
{
  g_autoptr (CrContactAttempt) attempt = cr_contact_attempt_new ();
  attempt->patient_id = patient;
  attempt->appointment_id = visit;
  attempt->kind = kind;
  attempt->purpose = purpose;
  attempt->outcome = g_strdup (outcome);
  cr_call_record_async (c->base.session, attempt, fixture_done_cb, &c->result);
  return fixture_finish (&c->result);
}

static void
test_confirm (void)
{
  Calls c;
  set_up (&c);
  g_autoptr (GListModel) day = list (&c, CR_CALLS_CONFIRM);
  g_assert_cmpuint (g_list_model_get_n_items (day), ==, 2); /* by time; the cancelled one is not asked */
  g_assert_cmpint (item_at (day, 1)->patient->id, ==, c.base.garcia);
  g_assert_cmpuint (item_at (day, 1)->attempts, ==, 0);
  g_assert_no_error (record (&c, c.base.garcia, c.visit, CR_CONTACT_CALL, CR_PURPOSE_CONFIRM, "no-answer"));
  g_assert_no_error (record (&c, c.base.garcia, c.visit, CR_CONTACT_CALL, CR_PURPOSE_CONFIRM, "confirmed"));
  g_clear_object (&day);
  day = list (&c, CR_CALLS_CONFIRM);
  const CrCallItem *item = item_at (day, 1);
  g_assert_cmpint (item->stage, ==, CR_STAGE_CONFIRMED);
  g_assert_cmpuint (item->attempts, ==, 2);
  g_assert_true (item->settled);
  g_assert_true (g_str_has_prefix (item->last, "Confirmed, "));
  g_assert_false (item_at (day, 0)->settled);
  cr_session_undo_async (c.base.session, fixture_done_cb, &c.result); /* the stage, not the call */
  g_assert_no_error (fixture_finish (&c.result));
  g_clear_object (&day);
  day = list (&c, CR_CALLS_CONFIRM);
  g_assert_cmpint (item_at (day, 1)->stage, ==, CR_STAGE_SCHEDULED);
  g_assert_cmpuint (item_at (day, 1)->attempts, ==, 2);
  g_clear_object (&day);
  fixture_tear_down (&c.base);
}

static gboolean
chain_job (CrTx *tx, gpointer data, GError **error)
{
  Calls *c = data;
  CrId other = add_visit (tx, c, c->base.garcia, CR_DATE (2026, 11, 24), 620, CR_STAGE_SCHEDULED);
  const CrId parts[] = { c->visit, other };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autoptr (CrAppointment) a = cr_tx_load (tx, &CR_APPOINTMENT, parts[i], error);
    a->chain_id = c->visit;
    a->person_id = i == 0 ? c->base.okafor : c->base.chen;
    if (!cr_tx_save (tx, &CR_APPOINTMENT, a, error))
      return FALSE;
  }
  c->other = other;
  return TRUE;
}

static gboolean
both_job (CrTx *tx, gpointer data, GError **error)
{
  Calls *c = data;
  const CrId parts[] = { c->visit, c->other };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autoptr (CrAppointment) a = cr_tx_load (tx, &CR_APPOINTMENT, parts[i], error);
    g_assert_cmpint (a->stage, ==, CR_STAGE_CONFIRMED);
  }
  return TRUE;
}

/* Two parts of one visit are one call, and its answer is for both. */
static void
test_combined (void)
{
  Calls c;
  set_up (&c);
  run (&c, chain_job, &c);
  g_autoptr (GListModel) day = list (&c, CR_CALLS_CONFIRM);
  g_assert_cmpuint (g_list_model_get_n_items (day), ==, 2);
  const CrCallItem *item = item_at (day, 1);
  g_assert_cmpint (item->appointment, ==, c.visit);
  g_assert_cmpstr (item->what, ==, "Follow-up, Dr. Okafor + Follow-up, Dr. Chen");
  g_assert_false (item->settled);
  g_assert_no_error (record (&c, c.base.garcia, c.visit, CR_CONTACT_CALL, CR_PURPOSE_CONFIRM, "confirmed"));
  run (&c, both_job, &c);
  g_clear_object (&day);
  day = list (&c, CR_CALLS_CONFIRM);
  g_assert_true (item_at (day, 1)->settled);
  g_clear_object (&day);
  fixture_tear_down (&c.base);
}

static gboolean
cancel_job (CrTx *tx, gpointer data, GError **error)
{
  const Calls *c = data;
  g_autoptr (CrAppointment) a = cr_tx_load (tx, &CR_APPOINTMENT, c->visit, error);
  a->stage = CR_STAGE_CANCELLED;
  return cr_tx_save (tx, &CR_APPOINTMENT, a, error);
}

/* What was tried about either part counts, also once that part is cancelled. */
static void
test_combined_tries (void)
{
  Calls c;
  set_up (&c);
  run (&c, chain_job, &c);
  g_assert_no_error (record (&c, c.base.garcia, c.visit, CR_CONTACT_CALL, CR_PURPOSE_CONFIRM, "no-answer"));
  g_assert_no_error (record (&c, c.base.garcia, c.other, CR_CONTACT_CALL, CR_PURPOSE_CONFIRM, "call-back"));
  g_autoptr (GListModel) day = list (&c, CR_CALLS_CONFIRM);
  g_assert_cmpuint (item_at (day, 1)->attempts, ==, 2);
  g_assert_true (g_str_has_prefix (item_at (day, 1)->last, "Will call back, "));
  run (&c, cancel_job, &c);
  g_clear_object (&day);
  day = list (&c, CR_CALLS_CONFIRM);
  g_assert_cmpint (item_at (day, 1)->appointment, ==, c.other);
  g_assert_cmpuint (item_at (day, 1)->attempts, ==, 2);
  g_assert_cmpuint (item_at (day, 0)->attempts, ==, 0); /* somebody else's visit */
  g_clear_object (&day);
  fixture_tear_down (&c.base);
}

static void
test_refused (void)
{
  Calls c;
  set_up (&c);
  g_autoptr (GError) message =
      record (&c, c.base.nowak, c.other, CR_CONTACT_CALL, CR_PURPOSE_CONFIRM, "left-message");
  g_assert_error (message, CR_ERROR, CR_ERROR_INVALID);
  g_assert_no_error (record (&c, c.base.nowak, c.other, CR_CONTACT_CALL, CR_PURPOSE_CONFIRM, "no-answer"));
  g_autoptr (GError) letter =
      record (&c, c.base.nowak, c.other, CR_CONTACT_LETTER, CR_PURPOSE_REMINDER, NULL);
  g_assert_error (letter, CR_ERROR, CR_ERROR_INVALID); /* no address */
  g_autoptr (GListModel) day = list (&c, CR_CALLS_CONFIRM);
  g_assert_cmpuint (item_at (day, 0)->attempts, ==, 1);
  g_clear_object (&day);
  fixture_tear_down (&c.base);
}

static gboolean
return_job (CrTx *tx, gpointer data, GError **error)
{
  Calls *c = data;
  g_autoptr (CrEncounter) e = cr_encounter_new ();
  e->patient_id = c->base.mariana;
  e->date = CR_DATE (2026, 11, 20);
  e->status = g_strdup ("finished");
  e->return_in = 3;
  e->return_unit = g_strdup ("months");
  e->return_note = g_strdup ("BP");
  return cr_tx_save (tx, &CR_ENCOUNTER, e, error);
}

static void
test_recall (void)
{
  Calls c;
  set_up (&c);
  run (&c, return_job, &c);
  g_autoptr (GListModel) model = list (&c, CR_CALLS_RECALL);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  g_assert_cmpstr (item_at (model, 0)->what, ==, "to return in 3 months – BP");
  g_assert_cmpstr (item_at (model, 1)->what, ==, "visit cancelled");
  g_assert_no_error (record (&c, c.base.mariana, CR_ID_NONE, CR_CONTACT_CALL, CR_PURPOSE_RECALL, "declined"));
  g_clear_object (&model);
  model = list (&c, CR_CALLS_RECALL);
  g_assert_cmpuint (item_at (model, 0)->attempts, ==, 1);
  g_assert_true (item_at (model, 0)->settled);
  g_clear_object (&model);
  fixture_tear_down (&c.base);
}

static gboolean
count_tasks_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) tasks = cr_tasks (tx, CR_ID_NONE, error);
  *(guint *)data = tasks->len;
  return TRUE;
}

static void
test_log (void)
{
  Calls c;
  guint before = 0, after = 0;
  set_up (&c);
  run (&c, count_tasks_job, &before);
  g_autoptr (CrContactAttempt) call = cr_contact_attempt_new ();
  call->kind = CR_CONTACT_CALL;
  call->purpose = CR_PURPOSE_PHONE_NOTE;
  call->caller = g_strdup ("a pharmacist");
  cr_call_log_async (c.base.session, call, NULL, CR_ID_NONE, fixture_done_cb, &c.result);
  g_autoptr (GError) empty = fixture_finish (&c.result);
  g_assert_error (empty, CR_ERROR, CR_ERROR_INVALID);
  call->note = g_strdup ("asks about opening hours");
  cr_call_log_async (c.base.session, call, "Call back", c.base.nurse, fixture_done_cb, &c.result);
  g_assert_no_error (fixture_finish (&c.result));
  g_autoptr (GListModel) log = list (&c, CR_CALLS_LOG);
  g_assert_cmpuint (g_list_model_get_n_items (log), ==, 1);
  g_assert_null (item_at (log, 0)->patient);
  g_assert_cmpstr (item_at (log, 0)->what, ==, "Phone note from a pharmacist: asks about opening hours");
  run (&c, count_tasks_job, &after);
  g_assert_cmpuint (after, ==, before + 1);
  g_clear_object (&log);
  fixture_tear_down (&c.base);
}

static gboolean
holiday_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrScheduleException) holiday = cr_schedule_exception_new ();
  holiday->date = CR_DATE (2026, 11, 24);
  holiday->kind = CR_EXCEPTION_CLOSED;
  return cr_tx_save (tx, &CR_SCHEDULE_EXCEPTION, holiday, error);
}

static CrDate
next_day (Calls *c)
{
  g_autoptr (GError) error = NULL;
  cr_next_working_day_async (c->base.session, fixture_done_cb, &c->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&c->result);
  c->result = NULL;
  CrDate day = cr_next_working_day_finish (c->base.session, result, &error);
  g_assert_no_error (error);
  return day;
}

static void
test_next_day (void)
{
  Calls c;
  set_up (&c);
  g_assert_cmpint (cr_date_compare (next_day (&c), CR_DATE (2026, 11, 24)), ==, 0);
  run (&c, holiday_job, NULL);
  g_assert_cmpint (cr_date_compare (next_day (&c), CR_DATE (2026, 11, 25)), ==, 0);
  cr_clock_advance (c.base.clock, (gint64)4 * 24 * 3600 * G_USEC_PER_SEC); /* Friday */
  g_assert_cmpint (cr_date_compare (next_day (&c), CR_DATE (2026, 11, 30)), ==, 0);
  fixture_tear_down (&c.base);
}

/* Nowak is reached through Garcia, who answers for him. */
static gboolean
parent_job (CrTx *tx, gpointer data, GError **error)
{
  Calls *c = data;
  g_autoptr (CrPatient) nowak = cr_tx_load (tx, &CR_PATIENT, c->base.nowak, error);
  g_autoptr (CrPatient) garcia = cr_tx_load (tx, &CR_PATIENT, c->base.garcia, error);
  g_autoptr (CrRelatedPerson) mother = cr_related_person_new ();
  g_clear_pointer (&nowak->phone, g_free);
  nowak->birth_date = CR_DATE (2019, 4, 2);
  garcia->address = g_strdup ("12 Elm St");
  mother->patient_id = nowak->id;
  mother->other_patient_id = garcia->id;
  mother->relationship = g_strdup ("mother");
  mother->guarantor = TRUE;
  return cr_tx_save (tx, &CR_PATIENT, nowak, error) && cr_tx_save (tx, &CR_PATIENT, garcia, error) &&
         cr_tx_save (tx, &CR_RELATED_PERSON, mother, error);
}

/* He may be left a message, she may not: she is called. */
static gboolean
quiet_job (CrTx *tx, gpointer data, GError **error)
{
  Calls *c = data;
  g_autoptr (CrPatient) nowak = cr_tx_load (tx, &CR_PATIENT, c->base.nowak, error);
  g_autoptr (CrPatient) garcia = cr_tx_load (tx, &CR_PATIENT, c->base.garcia, error);
  nowak->no_voice_mail = 0;
  garcia->no_voice_mail = 1;
  return cr_tx_save (tx, &CR_PATIENT, nowak, error) && cr_tx_save (tx, &CR_PATIENT, garcia, error);
}

static void
test_quiet_parent (void)
{
  Calls c;
  set_up (&c);
  run (&c, parent_job, &c);
  run (&c, quiet_job, &c);
  g_autoptr (GError) error =
      record (&c, c.base.nowak, c.other, CR_CONTACT_CALL, CR_PURPOSE_CONFIRM, "left-message");
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_no_error (record (&c, c.base.nowak, c.other, CR_CONTACT_CALL, CR_PURPOSE_CONFIRM, "no-answer"));
  fixture_tear_down (&c.base);
}

static void
test_parent (void)
{
  Calls c;
  set_up (&c);
  run (&c, parent_job, &c);
  g_autoptr (GListModel) confirm = list (&c, CR_CALLS_CONFIRM);
  const CrCallItem *nowak = item_at (confirm, 0);
  g_assert_cmpint (nowak->patient->id, ==, c.base.nowak);
  g_autofree char *words = cr_reach_phone_words (nowak->patient, nowak->reach);
  g_assert_cmpstr (words, ==, "Maria Garcia (mother) 503-555-0142");
  g_assert_null (cr_letter_problem (nowak->patient, nowak->reach));
  g_assert_no_error (record (&c, c.base.nowak, c.other, CR_CONTACT_LETTER, CR_PURPOSE_REMINDER, NULL));
  g_clear_object (&confirm);
  fixture_tear_down (&c.base);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calls/confirm", test_confirm);
  g_test_add_func ("/calls/combined", test_combined);
  g_test_add_func ("/calls/combined-tries", test_combined_tries);
  g_test_add_func ("/calls/refused", test_refused);
  g_test_add_func ("/calls/recall", test_recall);
  g_test_add_func ("/calls/parent", test_parent);
  g_test_add_func ("/calls/quiet-parent", test_quiet_parent);
  g_test_add_func ("/calls/log", test_log);
  g_test_add_func ("/calls/next-day", test_next_day);
  return g_test_run ();
}
