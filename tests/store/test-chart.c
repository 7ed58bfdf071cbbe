/* The chart's lists: what comes in which order, and what is left out. */
#include "fixture.h"

/* Every row is known by one letter; a list is compared by its letters. */
typedef struct {
  Fixture *fixture;
  CrId patient;
} Chart;

static char *
letters (GPtrArray *records, gsize offset)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < records->len; i++)
    g_string_append (text, *(char **)((char *)g_ptr_array_index (records, i) + offset));
  return g_string_free (text, FALSE);
}

#define ASSERT_LETTERS(list, Type, member, expected)                                                         \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autoptr (GPtrArray) records_ = (list);                                                                 \
    g_assert_nonnull (records_);                                                                             \
    g_autofree char *letters_ = letters (records_, G_STRUCT_OFFSET (Type, member));                          \
    g_assert_cmpstr (letters_, ==, expected);                                                                \
  }                                                                                                          \
  G_STMT_END

static Chart
open_chart (void)
{
  Chart chart = { .fixture = fixture_new () };
  g_autoptr (CrPatient) patient = fixture_patient (chart.fixture, "Sample", "Ana", CR_DATE_NONE);
  chart.patient = patient->id;
  return chart;
}

static void
add_problem (Chart *chart, const char *letter, int status, CrDate onset)
{
  g_autoptr (CrProblem) problem = cr_problem_new ();
  problem->patient_id = chart->patient;
  problem->display = g_strdup (letter);
  problem->status = status;
  problem->onset = onset;
  fixture_save (chart->fixture, &CR_PROBLEM, problem);
}

static void
add_allergy (Chart *chart, const char *letter, int state, const char *criticality)
{
  g_autoptr (CrAllergy) allergy = cr_allergy_new ();
  allergy->patient_id = chart->patient;
  allergy->substance = g_strdup (letter);
  allergy->state = state;
  allergy->criticality = g_strdup (criticality);
  fixture_save (chart->fixture, &CR_ALLERGY, allergy);
}

static void
add_medication (Chart *chart, const char *letter, int status)
{
  g_autoptr (CrMedication) medication = cr_medication_new ();
  medication->patient_id = chart->patient;
  medication->display = g_strdup (letter);
  medication->status = status;
  fixture_save (chart->fixture, &CR_MEDICATION, medication);
}

static gboolean
lists_job (CrTx *tx, gpointer data, GError **error)
{
  const Chart *chart = data;
  ASSERT_LETTERS (cr_problems (tx, chart->patient, error), CrProblem, display, "bacd");
  ASSERT_LETTERS (cr_allergies (tx, chart->patient, error), CrAllergy, substance, "bcad");
  ASSERT_LETTERS (cr_medications (tx, chart->patient, error), CrMedication, display, "AbcZ");
  ASSERT_LETTERS (cr_problems (tx, 4711, error), CrProblem, display, "");
  return TRUE;
}

static void
test_orders (void)
{
  Chart chart = open_chart ();
  add_problem (&chart, "a", CR_PROBLEM_ACTIVE, CR_DATE (2020, 1, 1));
  add_problem (&chart, "b", CR_PROBLEM_ACTIVE, CR_DATE (2019, 0, 0));
  add_problem (&chart, "c", CR_PROBLEM_RESOLVED, CR_DATE (2001, 1, 1));
  add_problem (&chart, "d", CR_PROBLEM_ERROR, CR_DATE (2000, 1, 1));
  add_allergy (&chart, "a", CR_ALLERGY_RESOLVED, "high");
  add_allergy (&chart, "b", CR_ALLERGY_ACTIVE, "high");
  add_allergy (&chart, "c", CR_ALLERGY_ACTIVE, NULL);
  add_allergy (&chart, "d", CR_ALLERGY_ERROR, "high");
  add_medication (&chart, "b", CR_MED_ON_HOLD);
  add_medication (&chart, "Z", CR_MED_ERROR);
  add_medication (&chart, "c", CR_MED_STOPPED);
  add_medication (&chart, "A", CR_MED_ACTIVE);
  fixture_run (chart.fixture, lists_job, &chart);
  fixture_free (chart.fixture);
}

static void
add_observation (Chart *chart, const char *code, const char *value, CrInstant at, int kind, int status)
{
  g_autoptr (CrObservation) observation = cr_observation_new ();
  observation->patient_id = chart->patient;
  observation->code = g_strdup (code);
  observation->value = g_strdup (value);
  observation->taken_at = at;
  observation->kind = kind;
  observation->status = status;
  fixture_save (chart->fixture, &CR_OBSERVATION, observation);
}

static gboolean
observations_job (CrTx *tx, gpointer data, GError **error)
{
  const CrId patient = ((Chart *)data)->patient;
  static const char *const CODES[] = { "two", "one", "none", NULL };
  ASSERT_LETTERS (cr_observations (tx, patient, -1, 0, error), CrObservation, value, "dcbea");
  ASSERT_LETTERS (cr_observations (tx, patient, CR_OBS_LAB, 0, error), CrObservation, value, "de");
  ASSERT_LETTERS (cr_observations (tx, patient, -1, 3, error), CrObservation, value, "dc");
  ASSERT_LETTERS (cr_observations_last (tx, patient, CODES, 2, error), CrObservation, value, "dba");
  ASSERT_LETTERS (cr_observations_unreviewed (tx, 10, error), CrObservation, value, "de");
  ASSERT_LETTERS (cr_observations_unreviewed (tx, 1, error), CrObservation, value, "d");
  return TRUE;
}

static void
test_observations (void)
{
  Chart chart = open_chart ();
  add_observation (&chart, "one", "a", 1, CR_OBS_VITAL, CR_OBS_FINAL);
  add_observation (&chart, "other", "e", 1, CR_OBS_LAB, CR_OBS_FINAL);
  add_observation (&chart, "one", "b", 2, CR_OBS_VITAL, CR_OBS_FINAL);
  add_observation (&chart, "one", "c", 3, CR_OBS_VITAL, CR_OBS_ERROR);
  add_observation (&chart, "two", "d", 4, CR_OBS_LAB, CR_OBS_FINAL);
  fixture_run (chart.fixture, observations_job, &chart);
  fixture_free (chart.fixture);
}

static void
add_note (Chart *chart, const char *letter, CrDate date, int status, CrId author)
{
  g_autoptr (CrNote) note = cr_note_new ();
  note->patient_id = chart->patient;
  note->title = g_strdup (letter);
  note->date = date;
  note->status = status;
  note->author_id = author;
  note->signature = g_strdup ("x");
  fixture_save (chart->fixture, &CR_NOTE, note);
}

static gboolean
notes_job (CrTx *tx, gpointer data, GError **error)
{
  CrId me = cr_store_user_person (cr_tx_user (tx))->id;
  ASSERT_LETTERS (cr_notes (tx, ((Chart *)data)->patient, error), CrNote, title, "cbda");
  ASSERT_LETTERS (cr_notes_unsigned (tx, CR_ID_NONE, error), CrNote, title, "db");
  ASSERT_LETTERS (cr_notes_unsigned (tx, me, error), CrNote, title, "b");
  return TRUE;
}

static void
test_notes (void)
{
  Chart chart = open_chart ();
  CrId me = cr_store_user_person (chart.fixture->user)->id;
  add_note (&chart, "a", CR_DATE_NONE, CR_NOTE_IMPORTED, CR_ID_NONE);
  add_note (&chart, "b", CR_DATE (2026, 11, 2), CR_NOTE_DRAFT, me);
  add_note (&chart, "c", CR_DATE (2026, 11, 3), CR_NOTE_SIGNED, me);
  add_note (&chart, "d", CR_DATE (2026, 11, 1), CR_NOTE_DRAFT, CR_ID_NONE);
  fixture_run (chart.fixture, notes_job, &chart);
  fixture_free (chart.fixture);
}

static void
add_prescription (Chart *chart, const char *letter, int status, CrDate written)
{
  g_autoptr (CrPrescription) prescription = cr_prescription_new ();
  prescription->patient_id = chart->patient;
  prescription->display = g_strdup (letter);
  prescription->status = status;
  prescription->written_on = written;
  fixture_save (chart->fixture, &CR_PRESCRIPTION, prescription);
}

static void
add_referral (Chart *chart, const char *letter, int stage, int urgency, CrDate ordered)
{
  g_autoptr (CrReferral) referral = cr_referral_new ();
  referral->patient_id = chart->patient;
  referral->specialty = g_strdup (letter);
  referral->stage = stage;
  referral->urgency = urgency;
  referral->ordered_on = ordered;
  fixture_save (chart->fixture, &CR_REFERRAL, referral);
}

static gboolean
orders_job (CrTx *tx, gpointer data, GError **error)
{
  const CrId patient = ((Chart *)data)->patient;
  static const int WAITING[] = { CR_RX_NEEDS_SIGNATURE, CR_RX_DRAFT };
  ASSERT_LETTERS (cr_prescriptions (tx, patient, error), CrPrescription, display, "bca");
  ASSERT_LETTERS (cr_prescriptions_with_status (tx, WAITING, 2, error), CrPrescription, display, "ba");
  ASSERT_LETTERS (cr_referrals (tx, patient, error), CrReferral, specialty, "edcba");
  ASSERT_LETTERS (cr_referrals_open (tx, error), CrReferral, specialty, "dbae");
  return TRUE;
}

static void
test_orders_and_referrals (void)
{
  Chart chart = open_chart ();
  add_prescription (&chart, "a", CR_RX_DRAFT, CR_DATE (2026, 11, 1));
  add_prescription (&chart, "b", CR_RX_NEEDS_SIGNATURE, CR_DATE (2026, 11, 3));
  add_prescription (&chart, "c", CR_RX_VOIDED, CR_DATE (2026, 11, 2));
  add_referral (&chart, "a", CR_REF_ORDERED, CR_URGENCY_ROUTINE, CR_DATE (2026, 11, 1));
  add_referral (&chart, "b", CR_REF_SENT, CR_URGENCY_URGENT, CR_DATE (2026, 11, 2));
  add_referral (&chart, "c", CR_REF_CLOSED, CR_URGENCY_EMERGENCY, CR_DATE (2026, 11, 1));
  add_referral (&chart, "d", CR_REF_DECLINED, CR_URGENCY_URGENT, CR_DATE (2026, 11, 1));
  add_referral (&chart, "e", CR_REF_DRAFT, CR_URGENCY_UNSET, CR_DATE_NONE);
  fixture_run (chart.fixture, orders_job, &chart);
  fixture_free (chart.fixture);
}

static void
add_contact (Chart *chart, const char *letter, const char *kind, gboolean active)
{
  g_autoptr (CrContact) contact = cr_contact_new ();
  contact->family = g_strdup (letter);
  contact->kind = g_strdup (kind);
  contact->active = active;
  fixture_save (chart->fixture, &CR_CONTACT, contact);
}

static void
add_task (Chart *chart, const char *letter, const char *status, CrId assignee, CrDate due)
{
  g_autoptr (CrTask) task = cr_task_new ();
  task->title = g_strdup (letter);
  task->status = g_strdup (status);
  task->assignee_id = assignee;
  task->due_on = due;
  fixture_save (chart->fixture, &CR_TASK, task);
}

static gboolean
work_job (CrTx *tx, gpointer data, GError **error)
{
  CrId me = cr_store_user_person (cr_tx_user (tx))->id;
  ASSERT_LETTERS (cr_contact_list (tx, NULL, error), CrContact, family, "bca");
  ASSERT_LETTERS (cr_contact_list (tx, "specialist", error), CrContact, family, "ca");
  ASSERT_LETTERS (cr_tasks (tx, CR_ID_NONE, error), CrTask, title, "cbea");
  ASSERT_LETTERS (cr_tasks (tx, me, error), CrTask, title, "cba"); /* and what nobody has */
  return TRUE;
}

static void
test_work (void)
{
  Chart chart = open_chart ();
  CrId me = cr_store_user_person (chart.fixture->user)->id;
  g_autoptr (CrPerson) other = cr_person_new ();
  other->login = g_strdup ("other");
  other->roles = CR_ROLE_DOCTOR;
  fixture_save (chart.fixture, &CR_PERSON, other);
  add_contact (&chart, "a", "specialist", FALSE);
  add_contact (&chart, "b", "pharmacy", TRUE);
  add_contact (&chart, "c", "specialist", TRUE);
  add_task (&chart, "a", "open", me, CR_DATE_NONE);
  add_task (&chart, "b", "open", CR_ID_NONE, CR_DATE (2026, 11, 25));
  add_task (&chart, "c", "open", me, CR_DATE (2026, 11, 24));
  add_task (&chart, "e", "open", other->id, CR_DATE (2026, 11, 26));
  add_task (&chart, "d", "done", me, CR_DATE (2026, 11, 23));
  fixture_run (chart.fixture, work_job, &chart);
  fixture_free (chart.fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/chart/orders", test_orders);
  g_test_add_func ("/store/chart/observations", test_observations);
  g_test_add_func ("/store/chart/notes", test_notes);
  g_test_add_func ("/store/chart/prescriptions-and-referrals", test_orders_and_referrals);
  g_test_add_func ("/store/chart/work", test_work);
  return g_test_run ();
}
