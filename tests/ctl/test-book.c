/* book, move, cancel: a second program at work on the book. */
#include "fixture.h"
#include <string.h>

static const char *demo;

/* A Tuesday some weeks ahead: the program goes by the computer's clock. */
static char *
ahead (int weeks)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = g_date_time_add_days (now, 7 * weeks + 2 - g_date_time_get_day_of_week (now));
  return g_date_time_format (day, "%Y-%m-%d");
}

static CtlRun *
book (const char *mrn, const char *date, const char *time, const char *more)
{
  return ctl_as ("frontdesk", "book", demo, mrn, date, time, "--person", "doctor", "--type", "FU", more,
                 NULL);
}

static void
assert_day (const char *date, const char *mrn, const char *time, gboolean there)
{
  g_autoptr (CtlRun) day = ctl_as ("frontdesk", "day", demo, date, NULL);
  gboolean found = FALSE;
  g_auto (GStrv) lines = NULL;
  g_assert_cmpint (day->status, ==, 0);
  lines = g_strsplit (day->out, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    found = found || (g_str_has_prefix (lines[i], time) && strstr (lines[i], mrn) != NULL &&
                      strstr (lines[i], "cancelled") == NULL);
  g_assert_true (found == there);
}

/* Booked, moved, made longer, cancelled; each seen by the next call. */
static void
test_work (void)
{
  g_autofree char *date = ahead (10), *later = ahead (11);
  g_autoptr (CtlRun) booked = book ("004217", date, "9:20", NULL);
  ctl_assert_done (booked);
  ctl_assert_has (booked->out, "Booked 004217: Tue");
  ctl_assert_has (booked->out, "9:20");
  assert_day (date, "004217", "9:20", TRUE);
  g_autoptr (CtlRun) moved = ctl_as ("frontdesk", "move", demo, "004217", date, "9:20", "--to-date", later,
                                     "--to-time", "10:00", "--minutes", "40", NULL);
  ctl_assert_done (moved);
  assert_day (date, "004217", "9:20", FALSE);
  assert_day (later, "004217", "10:00", TRUE);
  g_autoptr (CtlRun) cancelled =
      ctl_as ("frontdesk", "cancel", demo, "004217", later, "10:00", "--reason", "invented", NULL);
  ctl_assert_done (cancelled);
  assert_day (later, "004217", "10:00", FALSE);
  g_autoptr (CtlRun) gone =
      ctl_as ("frontdesk", "cancel", demo, "004217", later, "10:00", "--reason", "x", NULL);
  ctl_assert_refused (gone, 1, "has no visit on");
}

/* What is no length, no label and no time is refused, and not rounded to one that is. */
static void
test_numbers (void)
{
  g_autofree char *date = ahead (13);
  g_autoptr (CtlRun) none = book ("004217", date, "9:20", "--minutes=0");
  g_autoptr (CtlRun) less = book ("004217", date, "9:20", "--minutes=-5");
  g_autoptr (CtlRun) start =
      ctl_as ("frontdesk", "labels", demo, "004217", "--out", "/nonexistent/x.pdf", "--start=0", NULL);
  ctl_assert_refused (none, 2, "--minutes is a length from 1");
  ctl_assert_refused (less, 2, "--minutes is a length from 1");
  ctl_assert_refused (start, 2, "--start is a label from 1 to 30");
  assert_day (date, "004217", "9:20", FALSE);
}

/* Warned, with the times that are next; booked all the same when asked to; a third one never. */
static void
test_taken (void)
{
  g_autofree char *date = ahead (12);
  g_autoptr (CtlRun) first = book ("004217", date, "9:20", NULL);
  g_autoptr (CtlRun) second = book ("001902", date, "9:20", NULL);
  g_autoptr (CtlRun) anyway = book ("001902", date, "9:20", "--anyway");
  g_autoptr (CtlRun) third = book ("002208", date, "9:20", "--anyway");
  g_autoptr (CtlRun) outside = book ("002208", date, "22:00", NULL);
  ctl_assert_done (first);
  ctl_assert_refused (second, 1, "already has a visit between 9:20");
  ctl_assert_refused (second, 1, "Next free: 9:40");
  ctl_assert_done (anyway);
  ctl_assert_refused (third, 1, "already has 2 visits at this time");
  ctl_assert_refused (third, 1, "Next free: 9:40");
  ctl_assert_refused (outside, 1, "outside the hours");
}

static void
test_wrong (void)
{
  g_autofree char *date = ahead (13);
  g_autoptr (CtlRun) nobody = book ("999999", date, "9:20", NULL);
  g_autoptr (CtlRun) when = book ("004217", "someday", "9:20", NULL);
  g_autoptr (CtlRun) time = book ("004217", date, "late", NULL);
  g_autoptr (CtlRun) type =
      ctl_as ("frontdesk", "book", demo, "004217", date, "9:20", "--person", "doctor", "--type", "QQ", NULL);
  g_autoptr (CtlRun) nurse =
      ctl_as ("frontdesk", "book", demo, "004217", date, "9:20", "--person", "nurse", "--type", "FU", NULL);
  g_autoptr (CtlRun) bare = ctl_as ("frontdesk", "book", demo, "004217", date, "9:20", NULL);
  g_autoptr (CtlRun) still = ctl_as ("frontdesk", "move", demo, "004217", date, "9:20", NULL);
  g_autoptr (CtlRun) why = ctl_as ("frontdesk", "cancel", demo, "004217", date, "9:20", NULL);
  g_autoptr (CtlRun) right =
      ctl_as ("referrals", "book", demo, "004217", date, "9:20", "--person", "doctor", "--type", "FU", NULL);
  g_assert_cmpint (nobody->status, ==, 1);
  g_assert_cmpint (when->status, ==, 1);
  g_assert_cmpint (time->status, ==, 1);
  ctl_assert_refused (type, 1, "no visit type with the code");
  ctl_assert_refused (nurse, 1, "has no column in the book. Choose somebody else.");
  ctl_assert_refused (bare, 2, "needs --person LOGIN and --type CODE");
  ctl_assert_refused (still, 2, "needs at least one of");
  ctl_assert_refused (why, 2, "needs --reason");
  g_assert_cmpint (right->status, ==, 1);
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  demo = ctl_demo_copy ("book");
  g_test_add_func ("/ctl/book/work", test_work);
  g_test_add_func ("/ctl/book/numbers", test_numbers);
  g_test_add_func ("/ctl/book/taken", test_taken);
  g_test_add_func ("/ctl/book/wrong", test_wrong);
  return ctl_end ();
}
