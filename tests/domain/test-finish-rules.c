/* When the clinician will be done: overruns learned from stamps, and the day that is left. */
#include "chartroom/domain/finish-rules.h"

enum { FU = 1, NEW, PHYS };

static CrInstant
at (int minute)
{
  return ((CrInstant)1795400000 + minute * 60) * G_USEC_PER_SEC;
}

static void
test_overrun (void)
{
  static const struct {
    int with_doctor, ready, out; /* minutes; 0: no stamp */
    gboolean known;
    int overrun; /* of 20 booked minutes */
  } CASES[] = {
    { 60, 80, 90, TRUE, 0 },     { 60, 95, 99, TRUE, 15 }, { 60, 0, 70, TRUE, -10 }, { 0, 80, 90, FALSE, 0 },
    { 60, 0, 0, FALSE, 0 },      { 60, 60, 61, FALSE, 0 }, /* nobody is seen in no time */
    { 60, 301, 302, FALSE, 0 },                            /* forgotten until the evening */
    { 60, 300, 301, TRUE, 220 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (CrAppointment) a = cr_appointment_new ();
    g_autoptr (CrEncounter) e = cr_encounter_new ();
    int overrun = 0;
    a->minutes = 20;
    e->with_doctor_at = CASES[i].with_doctor > 0 ? at (CASES[i].with_doctor) : CR_INSTANT_NONE;
    e->ready_at = CASES[i].ready > 0 ? at (CASES[i].ready) : CR_INSTANT_NONE;
    e->checked_out_at = CASES[i].out > 0 ? at (CASES[i].out) : CR_INSTANT_NONE;
    g_test_message ("case %u", i);
    g_assert_cmpint (cr_visit_overrun (a, e, &overrun), ==, CASES[i].known);
    if (CASES[i].known)
      g_assert_cmpint (overrun, ==, CASES[i].overrun);
  }
}

static GArray *
past_of (CrId type, const int *overruns, guint n)
{
  GArray *past = g_array_new (FALSE, TRUE, sizeof (CrPastVisit));
  for (guint i = 0; i < n; i++) {
    CrPastVisit visit = { type, overruns[i] };
    g_array_append_val (past, visit);
  }
  return past;
}

static void
test_median (void)
{
  static const int ODD[] = { 30, -5, 10, 4, 6 }, EVEN[] = { 4, 10, 0, 8 }, FEW[] = { 10, 12 };
  g_autoptr (GArray) odd = past_of (FU, ODD, 5), even = past_of (FU, EVEN, 4), few = past_of (FU, FEW, 2);
  g_autoptr (GArray) none = past_of (FU, NULL, 0);
  g_assert_cmpint (cr_overrun_median (odd, FU), ==, 6);
  g_assert_cmpint (cr_overrun_median (even, FU), ==, 6);
  g_assert_cmpint (cr_overrun_median (few, FU), ==, 0);
  g_assert_cmpint (cr_overrun_median (none, FU), ==, 0);
  g_assert_cmpint (cr_overrun_median (odd, NEW), ==, 6); /* none of its own: those of all types */
}

/* Old visits do not count: the newest twenty alone. */
static void
test_newest (void)
{
  g_autoptr (GArray) past = g_array_new (FALSE, TRUE, sizeof (CrPastVisit));
  for (guint i = 0; i < 60; i++) {
    CrPastVisit visit = { FU, i < 20 ? 5 : 50 };
    g_array_append_val (past, visit);
  }
  g_assert_cmpint (cr_overrun_median (past, FU), ==, 5);
}

static void
add (GPtrArray *day, CrId type, int start, int minutes, int stage)
{
  CrAppointment *a = cr_appointment_new ();
  a->id = day->len + 1;
  a->visit_type_id = type;
  a->start_min = start;
  a->minutes = minutes;
  a->stage = stage;
  g_ptr_array_add (day, a);
}

static GPtrArray *
new_day (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cr_appointment_free);
}

static void
test_on_time (void)
{
  g_autoptr (GPtrArray) day = new_day ();
  g_autoptr (GArray) past = past_of (FU, NULL, 0);
  add (day, FU, 9 * 60, 20, CR_STAGE_CHECKED_OUT);
  add (day, FU, 16 * 60 + 40, 20, CR_STAGE_SCHEDULED);
  add (day, FU, 15 * 60, 20, CR_STAGE_CONFIRMED);
  CrFinish finish = cr_expected_finish (day, past, 10 * 60, CR_MINUTE_NONE);
  g_assert_cmpint (finish.minute, ==, 17 * 60); /* waits for the last one, and is not behind */
  g_assert_cmpint (finish.behind, ==, 0);
  g_assert_cmpuint (finish.waiting, ==, 2);
}

static void
test_behind (void)
{
  static const int FIVE_LONGER[] = { 5, 5, 5 };
  g_autoptr (GPtrArray) day = new_day ();
  g_autoptr (GArray) past = past_of (FU, FIVE_LONGER, 3);
  add (day, FU, 16 * 60, 20, CR_STAGE_WITH_DOCTOR);  /* in since 4:05, 25 minutes: until 4:30 */
  add (day, FU, 16 * 60 + 20, 20, CR_STAGE_ROOMED);  /* until 4:55 */
  add (day, FU, 16 * 60 + 40, 20, CR_STAGE_ARRIVED); /* until 5:20 */
  CrFinish finish = cr_expected_finish (day, past, 16 * 60 + 10, 16 * 60 + 5);
  g_assert_cmpint (finish.minute, ==, 17 * 60 + 20);
  g_assert_cmpint (finish.behind, ==, 20);
  g_assert_cmpuint (finish.waiting, ==, 2);
}

/* Somebody who should have been gone by now is expected out at once. */
static void
test_overdue_inside (void)
{
  g_autoptr (GPtrArray) day = new_day ();
  g_autoptr (GArray) past = past_of (FU, NULL, 0);
  add (day, FU, 9 * 60, 20, CR_STAGE_WITH_DOCTOR);
  CrFinish finish = cr_expected_finish (day, past, 10 * 60, 9 * 60 + 5);
  g_assert_cmpint (finish.minute, ==, 10 * 60);
  g_assert_cmpint (finish.behind, ==, 40);
  g_assert_cmpuint (finish.waiting, ==, 0);
}

static void
test_who_counts (void)
{
  g_autoptr (GPtrArray) day = new_day ();
  g_autoptr (GArray) past = past_of (FU, NULL, 0);
  add (day, FU, 9 * 60, 20, CR_STAGE_SCHEDULED); /* did not come: its time is over */
  add (day, FU, 11 * 60, 20, CR_STAGE_CANCELLED);
  add (day, FU, 11 * 60, 20, CR_STAGE_NO_SHOW);
  add (day, FU, 9 * 60, 20, CR_STAGE_READY);
  CrFinish nothing = cr_expected_finish (day, past, 10 * 60, CR_MINUTE_NONE);
  g_assert_cmpint (nothing.minute, ==, CR_MINUTE_NONE);
  g_assert_cmpuint (nothing.waiting, ==, 0);
  add (day, FU, 9 * 60 + 50, 20, CR_STAGE_SCHEDULED); /* may still come */
  CrFinish one = cr_expected_finish (day, past, 10 * 60, CR_MINUTE_NONE);
  g_assert_cmpint (one.minute, ==, 10 * 60 + 20);
  g_assert_cmpint (one.behind, ==, 10);
}

/* Faster than booked: early, never in less than a minute. */
static void
test_early (void)
{
  static const int SHORTER[] = { -5, -5, -5 }, ABSURD[] = { -60, -60, -60 };
  g_autoptr (GPtrArray) day = new_day ();
  g_autoptr (GArray) shorter = past_of (FU, SHORTER, 3), absurd = past_of (FU, ABSURD, 3);
  add (day, FU, 9 * 60, 20, CR_STAGE_ARRIVED);
  add (day, FU, 9 * 60 + 20, 20, CR_STAGE_ARRIVED);
  g_assert_cmpint (cr_expected_finish (day, shorter, 9 * 60, CR_MINUTE_NONE).behind, ==, -10);
  g_assert_cmpint (cr_expected_finish (day, absurd, 9 * 60, CR_MINUTE_NONE).minute, ==, 9 * 60 + 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finish/overrun", test_overrun);
  g_test_add_func ("/finish/median", test_median);
  g_test_add_func ("/finish/newest", test_newest);
  g_test_add_func ("/finish/on-time", test_on_time);
  g_test_add_func ("/finish/behind", test_behind);
  g_test_add_func ("/finish/overdue-inside", test_overdue_inside);
  g_test_add_func ("/finish/who-counts", test_who_counts);
  g_test_add_func ("/finish/early", test_early);
  return g_test_run ();
}
