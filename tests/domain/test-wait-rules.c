/* What a change of a visit sets free, and whom of the wait list it suits.  Today is Monday, Nov 23, 2026,
 * 10:00 AM. */
#include "chartroom/domain/wait-rules.h"

#define TODAY CR_DATE (2026, 11, 23)
#define NOW 600

static void
test_freed (void)
{
  static const struct {
    int start, minutes, stage, day, person; /* after; before: today, 10:20, 40 minutes, clinician 1 */
    int from, to;                           /* freed; 0: nothing */
  } ROWS[] = {
    { 620, 40, CR_STAGE_SCHEDULED, 0, 1, 0, 0 },     { 620, 40, CR_STAGE_CANCELLED, 0, 1, 620, 660 },
    { 620, 40, CR_STAGE_NO_SHOW, 0, 1, 620, 660 },   { 620, 40, CR_STAGE_SCHEDULED, 1, 1, 620, 660 },
    { 620, 40, CR_STAGE_SCHEDULED, 0, 2, 620, 660 }, { 800, 40, CR_STAGE_SCHEDULED, 0, 1, 620, 660 },
    { 630, 40, CR_STAGE_SCHEDULED, 0, 1, 620, 630 }, { 620, 20, CR_STAGE_SCHEDULED, 0, 1, 640, 660 },
    { 600, 40, CR_STAGE_SCHEDULED, 0, 1, 640, 660 }, { 500, 40, CR_STAGE_SCHEDULED, 0, 1, 620, 660 },
    { 620, 60, CR_STAGE_SCHEDULED, 0, 1, 0, 0 },     { 620, 40, CR_STAGE_ARRIVED, 0, 1, 0, 0 },
  };
  CrAppointment before = { .person_id = 1, .date = TODAY, .start_min = 620, .minutes = 40 };
  CrFreed freed;
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    CrAppointment after = { .person_id = ROWS[i].person,
                            .date = cr_date_add_days (TODAY, ROWS[i].day),
                            .start_min = ROWS[i].start,
                            .minutes = ROWS[i].minutes,
                            .stage = ROWS[i].stage };
    g_test_message ("row %u", i);
    g_assert_cmpint (cr_freed_by (&before, &after, &freed), ==, ROWS[i].to > 0);
    if (ROWS[i].to == 0)
      continue;
    g_assert_cmpint (freed.start, ==, ROWS[i].from);
    g_assert_cmpint (freed.end, ==, ROWS[i].to);
    g_assert_cmpint (freed.person_id, ==, 1);
  }
  g_assert_false (cr_freed_by (NULL, &before, &freed));
}

static CrWaitEntry
anything (void)
{
  return (CrWaitEntry){ .earliest_min = CR_INT_NONE, .latest_min = CR_INT_NONE, .notice_hours = CR_INT_NONE };
}

static gboolean
suits (const CrWaitEntry *entry, const CrAppointment *interim)
{
  const CrFreed freed = { CR_DATE (2026, 11, 24), 620, 640, 1 }; /* tomorrow, Tuesday */
  return cr_wait_entry_suits (entry, 20, interim, &freed, TODAY, NOW);
}

static void
test_suits (void)
{
  CrWaitEntry entry = anything ();
  CrAppointment later = { .date = CR_DATE (2026, 12, 1), .start_min = 600 };
  CrAppointment sooner = { .date = CR_DATE (2026, 11, 24), .start_min = 620 };
  const CrFreed short_one = { CR_DATE (2026, 11, 24), 620, 630, 1 };
  g_assert_true (suits (&entry, NULL));
  g_assert_true (suits (&entry, &later));
  g_assert_false (suits (&entry, &sooner));
  g_assert_false (cr_wait_entry_suits (&entry, 20, NULL, &short_one, TODAY, NOW));
  entry.person_id = 2;
  g_assert_false (suits (&entry, NULL));
  entry = anything ();
  entry.weekdays = (char *)"135";
  g_assert_false (suits (&entry, NULL));
  entry.weekdays = (char *)"2";
  g_assert_true (suits (&entry, NULL));
  entry.notice_hours = 25;
  g_assert_false (suits (&entry, NULL));
  entry.notice_hours = 24;
  g_assert_true (suits (&entry, NULL));
  entry.latest_min = 619;
  g_assert_false (suits (&entry, NULL));
  entry = anything ();
  entry.earliest_min = 621;
  g_assert_false (suits (&entry, NULL));
  entry = anything ();
  entry.latest_on = TODAY;
  g_assert_false (suits (&entry, NULL));
  g_assert_false (cr_wait_entry_expired (&entry, TODAY));
  g_assert_true (cr_wait_entry_expired (&entry, cr_date_add_days (TODAY, 1)));
  entry = anything ();
  entry.earliest_on = CR_DATE (2026, 11, 25);
  g_assert_false (suits (&entry, NULL));
  entry = anything ();
  entry.status = CR_WAIT_BOOKED;
  g_assert_false (suits (&entry, NULL));
}

static void
test_words (void)
{
  CrWaitEntry entry = anything ();
  g_autofree char *any = cr_wait_entry_times (&entry);
  g_assert_cmpstr (any, ==, "");
  entry.weekdays = (char *)"135";
  entry.earliest_min = 540;
  entry.latest_min = 720;
  entry.latest_on = CR_DATE (2026, 12, 5);
  entry.notice_hours = 2;
  g_autofree char *all = cr_wait_entry_times (&entry);
  g_assert_cmpstr (all, ==, "Mo We Fr, 9:00 AM–12:00 PM, by Dec 05, 2026, 2 h notice");
}

/* Both are said, each where it stands. */
static void
test_limits (void)
{
  g_autoptr (CrWaitEntry) entry = cr_wait_entry_new ();
  entry->earliest_min = entry->latest_min = CR_INT_NONE;
  g_assert_null (cr_wait_entry_times_problem (entry));
  g_assert_null (cr_wait_entry_days_problem (entry, TODAY));
  entry->earliest_min = 11 * 60;
  entry->latest_min = 9 * 60;
  entry->earliest_on = cr_date_add_days (TODAY, 7);
  entry->latest_on = cr_date_add_days (TODAY, 3);
  g_assert_nonnull (cr_wait_entry_times_problem (entry));
  g_assert_nonnull (cr_wait_entry_days_problem (entry, TODAY));
  entry->latest_min = 11 * 60;
  entry->earliest_on = CR_DATE_NONE;
  g_assert_null (cr_wait_entry_times_problem (entry));
  g_assert_null (cr_wait_entry_days_problem (entry, TODAY));
  entry->latest_on = cr_date_add_days (TODAY, -1);
  g_assert_nonnull (cr_wait_entry_days_problem (entry, TODAY));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wait-rules/freed", test_freed);
  g_test_add_func ("/wait-rules/suits", test_suits);
  g_test_add_func ("/wait-rules/words", test_words);
  g_test_add_func ("/wait-rules/limits", test_limits);
  return g_test_run ();
}
