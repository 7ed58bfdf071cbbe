/* Whom to call instead: every list that shows a number follows who answers for the patient. */
#include "chart-fixture.h"
#include "chartroom/domain/book-records.h"
#include "chartroom/session/calls.h"
#include "chartroom/session/day-schedule.h"
#include "chartroom/session/unscheduled.h"
#include "chartroom/session/wait-list.h"

enum { N_LISTS = 4 };

typedef struct {
  Fixture base;
  CrId child, mother; /* a patient; the relative of it, whose chart is Garcia's */
  CrDaySchedule *day;
  GListModel *lists[N_LISTS];
  CrChart *chart;
  const char *expected;
} Family;

static CrAppointment *
new_visit (const Family *f, CrDate date, int start, int stage)
{
  CrAppointment *visit = cr_appointment_new ();
  visit->patient_id = f->child;
  visit->person_id = f->base.okafor;
  visit->visit_type_id = f->base.follow_up;
  visit->date = date;
  visit->start_min = start;
  visit->minutes = 20;
  visit->stage = stage;
  return visit;
}

static gboolean
family_job (CrTx *tx, gpointer data, GError **error)
{
  Family *f = data;
  g_autoptr (CrRelatedPerson) mother = cr_related_person_new ();
  g_autoptr (CrWaitEntry) entry = cr_wait_entry_new ();
  f->child = fixture_add_patient (tx, "Garcia", "Luis", NULL, "2019-04-02", NULL);
  g_autoptr (CrAppointment) visit = new_visit (f, FIXTURE_TODAY, 11 * 60, CR_STAGE_SCHEDULED);
  g_autoptr (CrAppointment) lost =
      new_visit (f, cr_date_add_days (FIXTURE_TODAY, -1), 11 * 60, CR_STAGE_NO_SHOW);
  visit->booked_at = cr_tx_now (tx) - G_USEC_PER_SEC;
  lost->stage_at = cr_tx_now (tx); /* the visit was there by then */
  mother->patient_id = entry->patient_id = f->child;
  mother->name = g_strdup ("Maria Garcia");
  mother->phone = g_strdup ("5035550101");
  mother->guarantor = TRUE;
  entry->visit_type_id = f->base.follow_up;
  entry->minutes = entry->earliest_min = entry->latest_min = entry->notice_hours = entry->priority =
      CR_INT_NONE;
  entry->added_at = cr_tx_now (tx);
  entry->added_by = f->base.frontdesk;
  if (!cr_tx_save (tx, &CR_APPOINTMENT, visit, error) || !cr_tx_save (tx, &CR_APPOINTMENT, lost, error) ||
      !cr_tx_save (tx, &CR_RELATED_PERSON, mother, error) || !cr_tx_save (tx, &CR_WAIT_ENTRY, entry, error))
    return FALSE;
  f->mother = mother->id;
  return TRUE;
}

static const CrReach *
reach_in (const Family *f, guint list)
{
  g_autoptr (CrRow) row = g_list_model_get_item (f->lists[list], 0);
  gconstpointer item = row != NULL ? cr_row_peek (row) : NULL; /* the model keeps it */
  if (item == NULL)
    return NULL;
  return list == 0   ? ((const CrVisit *)item)->reach
         : list == 1 ? ((const CrCallItem *)item)->reach
         : list == 2 ? ((const CrWaitItem *)item)->reach
                     : ((const CrUnscheduledItem *)item)->reach;
}

static gboolean
list_shows (const Family *f, guint list)
{
  const CrReach *reach = reach_in (f, list);
  return g_strcmp0 (reach != NULL ? reach->phone : NULL, f->expected) == 0;
}

static gboolean
all_show (gpointer data)
{
  const Family *f = data;
  const CrReach *reach = cr_chart_get_records (f->chart)->reach;
  gboolean shown = g_strcmp0 (reach != NULL ? reach->phone : NULL, f->expected) == 0;
  for (guint i = 0; i < N_LISTS; i++)
    shown = shown && g_list_model_get_n_items (f->lists[i]) == 1 && list_shows (f, i);
  return shown;
}

static void
expect (Family *f, const char *phone)
{
  f->expected = phone;
  fixture_wait_until (all_show, f);
}

static void
set_up (Family *f)
{
  g_autoptr (GError) error = NULL;
  *f = (Family){ 0 };
  fixture_set_up (&f->base);
  fixture_sign_in (&f->base, "frontdesk");
  cr_session_run (f->base.session, CR_RIGHT_SCHEDULE_EDIT, family_job, f, &error);
  g_assert_no_error (error);
  fixture_spin ();
  f->day = cr_day_schedule_new (f->base.session);
  cr_day_schedule_set_date (f->day, FIXTURE_TODAY);
  f->lists[0] = g_object_ref (cr_day_schedule_get_visits (f->day));
  f->lists[1] = cr_call_list_new (f->base.session, CR_CALLS_CONFIRM, FIXTURE_TODAY);
  f->lists[2] = cr_wait_list_new (f->base.session);
  f->lists[3] = cr_unscheduled_list_new (f->base.session);
  f->chart = cr_chart_open (f->base.session, f->child, "test", &error);
  g_assert_no_error (error);
}

static void
tear_down (Family *f)
{
  fixture_settle (&f->base);
  for (guint i = 0; i < N_LISTS; i++)
    g_clear_object (&f->lists[i]);
  g_assert_finalize_object (f->day);
  g_assert_finalize_object (f->chart);
  fixture_tear_down (&f->base);
}

/* A new number, and one who answers no more. */
static void
test_relative (void)
{
  Family f;
  set_up (&f);
  expect (&f, "5035550101");
  g_autoptr (CrRelatedPerson) mother = fixture_load (&f.base, &CR_RELATED_PERSON, f.mother);
  g_free (mother->phone);
  mother->phone = g_strdup ("5035550102");
  fixture_store (&f.base, &CR_RELATED_PERSON, mother);
  expect (&f, "5035550102");
  g_autoptr (CrRelatedPerson) ended = fixture_load (&f.base, &CR_RELATED_PERSON, f.mother);
  ended->valid_to = FIXTURE_TODAY;
  fixture_store (&f.base, &CR_RELATED_PERSON, ended);
  expect (&f, NULL);
  tear_down (&f);
}

/* Her own chart says where she is called. */
static void
test_linked (void)
{
  Family f;
  set_up (&f);
  g_autoptr (CrRelatedPerson) mother = fixture_load (&f.base, &CR_RELATED_PERSON, f.mother);
  mother->other_patient_id = f.base.garcia;
  fixture_store (&f.base, &CR_RELATED_PERSON, mother);
  expect (&f, "5035550142");
  g_autoptr (CrPatient) garcia = fixture_load (&f.base, &CR_PATIENT, f.base.garcia);
  g_free (garcia->phone);
  garcia->phone = g_strdup ("5035550177");
  fixture_store (&f.base, &CR_PATIENT, garcia);
  expect (&f, "5035550177");
  tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reach-load/relative", test_relative);
  g_test_add_func ("/reach-load/linked", test_linked);
  return g_test_run ();
}
