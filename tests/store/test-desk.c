/* What the front desk reads: ranges of the book, the wait list, calls, duplicates and merges, steps. */
#include "fixture.h"
#include "chartroom/store/desk-stores.h"

#define DAY(n) CR_DATE (2026, 11, n)

typedef struct {
  CrPatient *ana, *bo;
  CrVisitType *type;
  CrRoom *room;
  CrSeries *series;
  CrAppointment *held, *missed; /* Nov 23 and 24 */
} Desk;

static CrAppointment *
book (Fixture *f, const Desk *self, CrDate date, int stage)
{
  CrAppointment *a = cr_appointment_new ();
  a->patient_id = self->ana->id;
  a->date = date;
  a->start_min = 540;
  a->minutes = 20;
  a->stage = stage;
  a->series_id = self->series->id;
  a->chain_id = 77;
  fixture_save (f, &CR_APPOINTMENT, a);
  return a;
}

static void
set_up (Fixture *f, Desk *self)
{
  self->ana = fixture_patient (f, "Sample", "Ana", CR_DATE_NONE);
  self->bo = fixture_patient (f, "Sample", "Bo", CR_DATE_NONE);
  self->type = cr_visit_type_new ();
  self->type->code = g_strdup ("FU");
  self->type->name = g_strdup ("Follow-up");
  fixture_save (f, &CR_VISIT_TYPE, self->type);
  self->room = cr_room_new ();
  self->room->name = g_strdup ("ECG");
  self->room->kind = g_strdup ("equipment");
  fixture_save (f, &CR_ROOM, self->room);
  self->series = cr_series_new ();
  self->series->patient_id = self->ana->id;
  self->series->start_min = 540;
  self->series->minutes = 20;
  self->series->every = 1;
  self->series->start_on = DAY (23);
  fixture_save (f, &CR_SERIES, self->series);
  self->held = book (f, self, DAY (23), CR_STAGE_SCHEDULED);
  self->missed = book (f, self, DAY (24), CR_STAGE_NO_SHOW);
}

static void
clear (Desk *self)
{
  cr_patient_free (self->ana);
  cr_patient_free (self->bo);
  cr_visit_type_free (self->type);
  cr_room_free (self->room);
  cr_series_free (self->series);
  cr_appointment_free (self->held);
  cr_appointment_free (self->missed);
}

/* How many, and the only one's id. */
static void
expect_ids (GPtrArray *found, guint n, CrId first)
{
  g_autoptr (GPtrArray) records = found;
  g_assert_nonnull (records);
  g_assert_cmpuint (records->len, ==, n);
  if (n > 0)
    g_assert_cmpint (((CrRecord *)records->pdata[0])->id, ==, first);
}

static gboolean
book_job (CrTx *tx, gpointer data, GError **error)
{
  const Desk *self = data;
  expect_ids (cr_appointments_between (tx, DAY (22), DAY (30), error), 2, self->held->id);
  expect_ids (cr_appointments_between (tx, DAY (24), DAY (24), error), 1, self->missed->id);
  expect_ids (cr_patients_of_days (tx, DAY (22), DAY (30), error), 1, self->ana->id);
  expect_ids (cr_appointments_of_series (tx, self->series->id, error), 2, self->held->id);
  expect_ids (cr_appointments_of_chain (tx, 77, error), 2, self->held->id);
  expect_ids (cr_appointments_unhandled (tx, DAY (1), DAY (30), error), 1, self->missed->id);
  expect_ids (cr_appointments_unhandled (tx, DAY (25), DAY (30), error), 0, 0);
  expect_ids (cr_series_list (tx, self->ana->id, error), 1, self->series->id);
  self->missed->handled_at = cr_tx_now (tx);
  g_assert_true (cr_tx_save (tx, &CR_APPOINTMENT, self->missed, error));
  expect_ids (cr_appointments_unhandled (tx, DAY (1), DAY (30), error), 0, 0);
  return TRUE;
}

static void
test_book (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Desk self = { 0 };
  set_up (f, &self);
  fixture_run (f, book_job, &self);
  clear (&self);
}

static gboolean
needs_job (CrTx *tx, gpointer data, GError **error)
{
  const Desk *self = data;
  g_autoptr (CrVisitTypePerson) who = cr_visit_type_person_new ();
  g_autoptr (CrVisitTypeNeed) need = cr_visit_type_need_new ();
  g_autoptr (CrAppointmentResource) taken = cr_appointment_resource_new ();
  who->visit_type_id = need->visit_type_id = self->type->id;
  who->person_id = cr_store_user_person (cr_tx_user (tx))->id;
  need->room_id = taken->room_id = self->room->id;
  taken->appointment_id = self->held->id;
  who->active = need->active = taken->active = TRUE;
  g_assert_true (cr_tx_save (tx, &CR_VISIT_TYPE_PERSON, who, error));
  g_assert_true (cr_tx_save (tx, &CR_VISIT_TYPE_NEED, need, error));
  g_assert_true (cr_tx_save (tx, &CR_APPOINTMENT_RESOURCE, taken, error));
  expect_ids (cr_visit_type_persons (tx, error), 1, who->id);
  expect_ids (cr_visit_type_needs (tx, error), 1, need->id);
  expect_ids (cr_appointment_resources_between (tx, DAY (23), DAY (23), error), 1, taken->id);
  expect_ids (cr_appointment_resources_between (tx, DAY (24), DAY (24), error), 0, 0);
  expect_ids (cr_appointment_resources (tx, self->held->id, error), 1, taken->id);
  who->active = need->active = taken->active = FALSE;
  g_assert_true (cr_tx_save (tx, &CR_VISIT_TYPE_PERSON, who, error));
  g_assert_true (cr_tx_save (tx, &CR_VISIT_TYPE_NEED, need, error));
  g_assert_true (cr_tx_save (tx, &CR_APPOINTMENT_RESOURCE, taken, error));
  expect_ids (cr_visit_type_persons (tx, error), 0, 0);
  expect_ids (cr_visit_type_needs (tx, error), 0, 0);
  expect_ids (cr_appointment_resources (tx, self->held->id, error), 0, 0);
  return TRUE;
}

static void
test_needs (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Desk self = { 0 };
  set_up (f, &self);
  fixture_run (f, needs_job, &self);
  clear (&self);
}

static gboolean
wait_job (CrTx *tx, gpointer data, GError **error)
{
  const Desk *self = data;
  g_autoptr (CrWaitEntry) first = cr_wait_entry_new (), urgent = cr_wait_entry_new ();
  first->patient_id = self->ana->id;
  urgent->patient_id = self->bo->id;
  urgent->priority = 1;
  first->added_at = 1;
  urgent->added_at = 2;
  g_assert_true (cr_tx_save (tx, &CR_WAIT_ENTRY, first, error));
  g_assert_true (cr_tx_save (tx, &CR_WAIT_ENTRY, urgent, error));
  expect_ids (cr_wait_entries_open (tx, error), 2, urgent->id);
  urgent->status = CR_WAIT_CANCELLED;
  g_assert_true (cr_tx_save (tx, &CR_WAIT_ENTRY, urgent, error));
  expect_ids (cr_wait_entries_open (tx, error), 1, first->id);
  expect_ids (cr_wait_entries (tx, self->bo->id, error), 1, urgent->id);
  return TRUE;
}

static gboolean
return_job (CrTx *tx, gpointer data, GError **error)
{
  const Desk *self = data;
  g_autoptr (CrEncounter) seen = cr_encounter_new ();
  seen->patient_id = self->ana->id;
  seen->date = DAY (23);
  seen->return_in = 6;
  seen->return_unit = g_strdup ("weeks");
  g_assert_true (cr_tx_save (tx, &CR_ENCOUNTER, seen, error));
  expect_ids (cr_encounters_to_return (tx, DAY (1), DAY (30), error), 1, seen->id);
  seen->return_handled_at = cr_tx_now (tx);
  g_assert_true (cr_tx_save (tx, &CR_ENCOUNTER, seen, error));
  expect_ids (cr_encounters_to_return (tx, DAY (1), DAY (30), error), 0, 0);
  return TRUE;
}

static void
test_waiting (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Desk self = { 0 };
  set_up (f, &self);
  fixture_run (f, wait_job, &self);
  fixture_run (f, return_job, &self);
  clear (&self);
}

static gboolean
calls_job (CrTx *tx, gpointer data, GError **error)
{
  const Desk *self = data;
  g_autoptr (CrContactAttempt) made = cr_contact_attempt_new (), due = cr_contact_attempt_new ();
  made->patient_id = due->patient_id = self->ana->id;
  made->appointment_id = self->held->id;
  made->at = 1000;
  due->purpose = CR_PURPOSE_RECALL;
  due->due_on = DAY (25);
  g_assert_true (cr_tx_save (tx, &CR_CONTACT_ATTEMPT, made, error));
  g_assert_true (cr_tx_save (tx, &CR_CONTACT_ATTEMPT, due, error));
  expect_ids (cr_contact_attempts (tx, self->ana->id, error), 2, due->id);
  expect_ids (cr_contact_attempts (tx, self->bo->id, error), 0, 0);
  expect_ids (cr_contact_attempts_for_days (tx, DAY (23), DAY (23), error), 1, made->id);
  expect_ids (cr_contact_attempts_made (tx, 1000, 1001, error), 1, made->id);
  expect_ids (cr_contact_attempts_made (tx, 1001, 2000, error), 0, 0);
  expect_ids (cr_contact_attempts_due (tx, DAY (24), error), 0, 0);
  expect_ids (cr_contact_attempts_due (tx, DAY (25), error), 1, due->id);
  return TRUE;
}

static void
test_calls (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Desk self = { 0 };
  set_up (f, &self);
  fixture_run (f, calls_job, &self);
  clear (&self);
}

static gboolean
merge_job (CrTx *tx, gpointer data, GError **error)
{
  const Desk *self = data;
  g_autoptr (CrDuplicateAnswer) answer = cr_duplicate_answer_new ();
  g_autoptr (CrPatientMerge) merge = cr_patient_merge_new ();
  g_autoptr (CrMergeItem) item = cr_merge_item_new ();
  cr_duplicate_answer_pair (answer, MAX (self->ana->id, self->bo->id), MIN (self->ana->id, self->bo->id));
  g_assert_true (cr_tx_save (tx, &CR_DUPLICATE_ANSWER, answer, error));
  g_autoptr (CrDuplicateAnswer) one = cr_duplicate_answer_of (tx, self->ana->id, self->bo->id, error);
  g_autoptr (CrDuplicateAnswer) other = cr_duplicate_answer_of (tx, self->bo->id, self->ana->id, error);
  g_assert_cmpint (one->id, ==, answer->id);
  g_assert_cmpint (other->id, ==, answer->id);
  g_assert_null (cr_duplicate_answer_of (tx, self->ana->id, self->ana->id, error));
  expect_ids (cr_duplicate_answers (tx, error), 1, answer->id);
  merge->kept_id = self->ana->id;
  merge->gone_id = self->bo->id;
  merge->merged_at = 5000;
  g_assert_true (cr_tx_save (tx, &CR_PATIENT_MERGE, merge, error));
  item->merge_id = merge->id;
  item->kind = g_strdup (CR_APPOINTMENT.name);
  item->record_id = self->held->id;
  item->field = g_strdup ("patient_id");
  g_assert_true (cr_tx_save (tx, &CR_MERGE_ITEM, item, error));
  expect_ids (cr_patient_merges (tx, 5000, error), 1, merge->id);
  expect_ids (cr_patient_merges (tx, 5001, error), 0, 0);
  expect_ids (cr_merge_items (tx, merge->id, error), 1, item->id);
  g_autoptr (CrPatientMerge) holds = cr_patient_merge_of (tx, self->bo->id, error);
  g_assert_cmpint (holds->id, ==, merge->id);
  merge->undone_at = 6000;
  g_assert_true (cr_tx_save (tx, &CR_PATIENT_MERGE, merge, error));
  g_assert_null (cr_patient_merge_of (tx, self->bo->id, error));
  return TRUE;
}

static void
test_merges (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Desk self = { 0 };
  set_up (f, &self);
  fixture_run (f, merge_job, &self);
  clear (&self);
}

/* A pair is judged once. */
static void
test_pair_is_one (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (CrDuplicateAnswer) first = cr_duplicate_answer_new (), again = cr_duplicate_answer_new ();
  g_autoptr (GError) error = NULL;
  Desk self = { 0 };
  set_up (f, &self);
  cr_duplicate_answer_pair (first, self.ana->id, self.bo->id);
  cr_duplicate_answer_pair (again, self.bo->id, self.ana->id);
  fixture_save (f, &CR_DUPLICATE_ANSWER, first);
  g_assert_false (fixture_try_save (f, &CR_DUPLICATE_ANSWER, again, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  clear (&self);
}

/* A step names the entries of what it did, and the history tells it again. */
static gboolean
step_job (CrTx *tx, gpointer data, GError **error)
{
  const Desk *self = data;
  g_autoptr (CrBookStep) step = cr_book_step_new ();
  g_autoptr (CrAppointment) copy = cr_appointment_copy (self->held), fresh = cr_appointment_copy (self->held);
  cr_tx_entries (tx, &step->first_entry, &step->last_entry);
  g_assert_cmpint (step->first_entry, ==, 0);
  g_assert_cmpint (step->last_entry, ==, 0);
  copy->start_min = 600;
  fresh->id = fresh->version = 0;
  g_assert_true (cr_tx_save (tx, &CR_APPOINTMENT, copy, error));
  g_assert_true (cr_tx_audit (tx, "alert", NULL, CR_ID_NONE, CR_ID_NONE, NULL, error)); /* no write */
  g_assert_true (cr_tx_save (tx, &CR_APPOINTMENT, fresh, error));
  cr_tx_entries (tx, &step->first_entry, &step->last_entry);
  g_assert_cmpint (step->last_entry - step->first_entry, ==, 2);
  step->person_id = cr_store_user_person (cr_tx_user (tx))->id;
  step->date = cr_tx_today (tx);
  step->made_at = cr_tx_now (tx);
  step->label = g_strdup ("Move");
  g_assert_true (cr_tx_save (tx, &CR_BOOK_STEP, step, error));
  expect_ids (cr_book_steps (tx, step->date, error), 1, step->id);
  expect_ids (cr_book_steps (tx, DAY (1), error), 0, 0);
  g_autoptr (GPtrArray) entries = cr_history_between (tx, step->first_entry, step->last_entry, error);
  g_assert_cmpuint (entries->len, ==, 2);
  const CrHistoryEntry *moved = entries->pdata[0], *made = entries->pdata[1];
  g_assert_true (moved->klass == &CR_APPOINTMENT);
  g_assert_true (cr_record_equal (&CR_APPOINTMENT, moved->before, self->held));
  g_assert_true (cr_record_equal (&CR_APPOINTMENT, moved->after, copy));
  g_assert_null (made->before);
  g_assert_true (cr_record_equal (&CR_APPOINTMENT, made->after, fresh));
  g_assert_cmpint (made->seq, ==, step->last_entry);
  return TRUE;
}

static void
test_steps (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Desk self = { 0 };
  set_up (f, &self);
  fixture_run (f, step_job, &self);
  clear (&self);
}

/* A stretch of days is found from any of its days; a withdrawn one from none. */
static gboolean
exceptions_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrScheduleException) leave = cr_schedule_exception_new ();
  leave->date = DAY (20);
  leave->until_on = DAY (24);
  g_assert_true (cr_tx_save (tx, &CR_SCHEDULE_EXCEPTION, leave, error));
  expect_ids (cr_schedule_exception_list (tx, DAY (19), DAY (19), error), 0, 0);
  expect_ids (cr_schedule_exception_list (tx, DAY (20), DAY (20), error), 1, leave->id);
  expect_ids (cr_schedule_exception_list (tx, DAY (24), DAY (30), error), 1, leave->id);
  expect_ids (cr_schedule_exception_list (tx, DAY (25), DAY (30), error), 0, 0);
  leave->until_on = DAY (19);
  g_assert_true (cr_tx_save (tx, &CR_SCHEDULE_EXCEPTION, leave, error));
  expect_ids (cr_schedule_exception_list (tx, DAY (1), DAY (30), error), 0, 0);
  return TRUE;
}

static void
test_exceptions (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  fixture_run (f, exceptions_job, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/desk/book", test_book);
  g_test_add_func ("/store/desk/needs", test_needs);
  g_test_add_func ("/store/desk/waiting", test_waiting);
  g_test_add_func ("/store/desk/calls", test_calls);
  g_test_add_func ("/store/desk/merges", test_merges);
  g_test_add_func ("/store/desk/pair-is-one", test_pair_is_one);
  g_test_add_func ("/store/desk/steps", test_steps);
  g_test_add_func ("/store/desk/exceptions", test_exceptions);
  return g_test_run ();
}
