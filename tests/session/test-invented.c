/* Invented patients go into an empty practice, which is marked DEMO for it, and never among real ones. */
#include "chartroom/session/invented.h"
#include "chartroom/session/day-schedule.h"
#include "session-fixture.h"

typedef struct {
  gint64 patients, visits, readings, unmarked;
} Counts;

static gboolean
count_job (CrTx *tx, gpointer data, GError **error)
{
  Counts *counts = data;
  CrDate today = cr_tx_today (tx);
  g_autoptr (GPtrArray) visits = cr_visit_list (tx, today, cr_date_add_days (today, 20), error);
  g_assert_no_error (*error);
  counts->patients = cr_patient_count (tx, error);
  counts->readings = cr_table_count (tx, &CR_OBSERVATION, error);
  counts->visits = visits->len;
  counts->unmarked = 0;
  for (guint i = 0; i < visits->len; i++)
    counts->unmarked += !((const CrVisit *)visits->pdata[i])->patient->demo;
  return TRUE;
}

static Counts
count (CrSession *session)
{
  Counts counts = { 0 };
  g_autoptr (GError) error = NULL;
  cr_session_run (session, CR_RIGHT_ADMIN, count_job, &counts, &error);
  g_assert_no_error (error);
  return counts;
}

static void
progress_cb (guint done, guint all, gpointer data)
{
  g_assert_cmpuint (done, <=, all);
}

static GError *
invent (CrSession *session)
{
  GAsyncResult *result = NULL;
  cr_admin_invent_async (session, progress_cb, fixture_done_cb, &result);
  return fixture_finish (&result);
}

/* Empty but for a doctor with hours and a type of visit. */
static gboolean
fill_job (CrTx *tx, gpointer data, GError **error)
{
  fixture_add_person (tx, "okafor", "Okafor", CR_ROLE_DOCTOR, 1);
  fixture_add_person (tx, "frontdesk", "Diaz", CR_ROLE_FRONT_DESK, 0);
  fixture_add_type (tx, "FU", "Follow-up", 20);
  return TRUE;
}

static void
set_up_empty (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  *f = (Fixture){ .base = g_dir_make_tmp ("cr-session-XXXXXX", NULL) };
  f->folder = g_build_filename (f->base, "test.practice", NULL);
  f->clock = cr_clock_new_fixed (FIXTURE_TODAY, 10 * 60 + 34, "America/Los_Angeles");
  f->session = cr_session_new (f->clock, NULL, "test");
  fixture_create (f, "Empty Family Medicine");
  cr_session_run (f->session, CR_RIGHT_ADMIN, fill_job, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
is_demo (gpointer session)
{
  return cr_session_get_practice (session)->demo;
}

static void
test_empty (void)
{
  Fixture f;
  set_up_empty (&f);
  g_assert_no_error (invent (f.session));
  fixture_wait_until (is_demo, f.session);
  Counts counts = count (f.session);
  g_assert_cmpint (counts.patients, ==, CR_INVENTED_PATIENTS);
  g_assert_cmpint (counts.readings, ==, 4 * CR_INVENTED_PATIENTS);
  g_assert_cmpint (counts.visits, >, 100);
  g_assert_cmpint (counts.unmarked, ==, 0);
  g_assert_no_error (invent (f.session)); /* whole already: nothing is added */
  g_assert_cmpint (count (f.session).patients, ==, CR_INVENTED_PATIENTS);
  fixture_tear_down (&f);
}

static gboolean
lose_book_job (CrTx *tx, gpointer data, GError **error)
{
  CrDate today = cr_tx_today (tx);
  g_autoptr (GPtrArray) visits = cr_visit_list (tx, today, cr_date_add_days (today, 30), error);
  for (guint i = 0; visits != NULL && i < visits->len; i++) {
    CrAppointment *visit = ((CrVisit *)visits->pdata[i])->appointment;
    visit->date = cr_date_add_days (today, -60); /* none is ever deleted: as if it had not been booked */
    if (!cr_tx_save (tx, &CR_APPOINTMENT, visit, error))
      return FALSE;
  }
  return visits != NULL;
}

/* Left after the last patient, before the book. */
static void
test_interrupted (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  set_up_empty (&f);
  g_assert_no_error (invent (f.session));
  cr_session_run (f.session, CR_RIGHT_ADMIN, lose_book_job, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (f.session).visits, ==, 0);
  g_assert_no_error (invent (f.session));
  g_assert_cmpint (count (f.session).patients, ==, CR_INVENTED_PATIENTS);
  g_assert_cmpint (count (f.session).visits, >, 100);
  fixture_tear_down (&f);
}

static void
test_refused (void)
{
  Fixture f;
  fixture_set_up (&f);
  g_autoptr (GError) real = invent (f.session);
  g_assert_error (real, CR_ERROR, CR_ERROR_INVALID);
  g_assert_cmpint (count (f.session).patients, ==, 3);
  g_assert_false (is_demo (f.session));
  fixture_sign_in (&f, "frontdesk");
  g_autoptr (GError) refused = invent (f.session);
  g_assert_error (refused, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invented/empty", test_empty);
  g_test_add_func ("/invented/interrupted", test_interrupted);
  g_test_add_func ("/invented/refused", test_refused);
  return g_test_run ();
}
