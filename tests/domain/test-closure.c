/* Holidays and blocks: what is said of them, what is refused, and whom they hit. */
#include "chartroom/domain/closure.h"

#define TODAY CR_DATE (2026, 11, 23) /* a Monday */

static CrScheduleException *
closure (CrDate first, CrDate last, const char *weekdays, int kind, gint64 start, gint64 end)
{
  CrScheduleException *made = cr_schedule_exception_new ();
  made->date = first;
  made->until_on = last;
  made->weekdays = g_strdup (weekdays);
  made->kind = kind;
  made->start_min = start;
  made->end_min = end;
  return made;
}

static void
test_words (void)
{
  static const struct {
    CrDate first, last;
    const char *weekdays;
    gint64 start, end;
    const char *words;
  } cases[] = {
    { CR_DATE (2026, 11, 26), { 0 }, NULL, CR_INT_NONE, CR_INT_NONE, "Thu Nov 26, 2026, all day" },
    { CR_DATE (2026, 11, 30), CR_DATE (2026, 12, 18), "13", 12 * 60, 13 * 60,
      "Mon Nov 30, 2026 – Fri Dec 18, 2026 (Mon, Wed), 12:00 PM–1:00 PM" },
    { CR_DATE (2026, 12, 24), CR_DATE (2027, 1, 1), NULL, CR_INT_NONE, CR_INT_NONE,
      "Thu Dec 24, 2026 – Fri Jan 01, 2027, all day" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrScheduleException) made = closure (cases[i].first, cases[i].last, cases[i].weekdays,
                                                    CR_EXCEPTION_CLOSED, cases[i].start, cases[i].end);
    g_autofree char *words = cr_closure_when (made);
    g_assert_cmpstr (words, ==, cases[i].words);
    g_assert_null (cr_closure_problem (made, TODAY));
  }
}

static void
test_problems (void)
{
  static const struct {
    CrDate first, last;
    const char *weekdays;
    int kind;
    gint64 start, end;
    const char *words;
  } cases[] = {
    { { 0 }, { 0 }, NULL, CR_EXCEPTION_CLOSED, CR_INT_NONE, CR_INT_NONE, "on which day" },
    { { 2026, 12, 0 }, { 0 }, NULL, CR_EXCEPTION_CLOSED, CR_INT_NONE, CR_INT_NONE, "on which day" },
    { CR_DATE (2026, 12, 2),
      { 2026, 12, 0 },
      NULL,
      CR_EXCEPTION_CLOSED,
      CR_INT_NONE,
      CR_INT_NONE,
      "last day" },
    { CR_DATE (2026, 12, 2), CR_DATE (2026, 12, 1), NULL, CR_EXCEPTION_CLOSED, CR_INT_NONE, CR_INT_NONE,
      "before the first" },
    { CR_DATE (2026, 11, 20), { 0 }, NULL, CR_EXCEPTION_CLOSED, CR_INT_NONE, CR_INT_NONE, "are over" },
    { CR_DATE (2026, 11, 24), CR_DATE (2026, 11, 25), "5", CR_EXCEPTION_CLOSED, CR_INT_NONE, CR_INT_NONE,
      "None of these weekdays" },
    { CR_DATE (2026, 11, 24),
      { 0 },
      NULL,
      CR_EXCEPTION_BLOCKED,
      CR_INT_NONE,
      CR_INT_NONE,
      "from when to when" },
    { CR_DATE (2026, 11, 24), { 0 }, NULL, CR_EXCEPTION_BLOCKED, 600, CR_INT_NONE, "both times" },
    { CR_DATE (2026, 11, 24), { 0 }, NULL, CR_EXCEPTION_EXTRA, 600, 600, "not after the beginning" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CrScheduleException) made = closure (cases[i].first, cases[i].last, cases[i].weekdays,
                                                    cases[i].kind, cases[i].start, cases[i].end);
    const char *problem = cr_closure_problem (made, TODAY);
    g_assert_nonnull (problem);
    g_assert_nonnull (strstr (problem, cases[i].words));
  }
}

static void
test_hits (void)
{
  g_autoptr (CrScheduleException) lunch =
      closure (CR_DATE (2026, 11, 23), CR_DATE (2026, 12, 31), "135", CR_EXCEPTION_BLOCKED, 12 * 60, 13 * 60);
  lunch->person_id = 7;
  g_assert_true (cr_closure_hits (lunch, 7, CR_DATE (2026, 11, 25), 12 * 60 + 40, 20));
  g_assert_true (cr_closure_hits (lunch, 7, CR_DATE (2026, 11, 25), 11 * 60 + 50, 20));
  g_assert_false (cr_closure_hits (lunch, 7, CR_DATE (2026, 11, 25), 13 * 60, 20));      /* right after it */
  g_assert_false (cr_closure_hits (lunch, 7, CR_DATE (2026, 11, 25), 11 * 60 + 40, 20)); /* right before */
  g_assert_false (cr_closure_hits (lunch, 7, CR_DATE (2026, 11, 24), 12 * 60, 20));      /* a Tuesday */
  g_assert_false (cr_closure_hits (lunch, 8, CR_DATE (2026, 11, 25), 12 * 60, 20));      /* another's */
  g_assert_false (cr_closure_hits (lunch, 7, CR_DATE (2027, 1, 1), 12 * 60, 20));        /* later */
  lunch->person_id = CR_ID_NONE;
  g_assert_true (cr_closure_hits (lunch, 8, CR_DATE (2026, 11, 25), 12 * 60, 20));
  lunch->kind = CR_EXCEPTION_EXTRA;
  g_assert_false (cr_closure_hits (lunch, 8, CR_DATE (2026, 11, 25), 12 * 60, 20));
}

static void
test_withdrawn (void)
{
  g_autoptr (CrScheduleException) made =
      closure (CR_DATE (2026, 11, 26), CR_DATE_NONE, NULL, CR_EXCEPTION_CLOSED, CR_INT_NONE, CR_INT_NONE);
  g_assert_false (cr_closure_is_withdrawn (made));
  g_assert_true (cr_closure_hits (made, 7, CR_DATE (2026, 11, 26), 600, 20));
  cr_closure_withdraw (made);
  g_assert_true (cr_closure_is_withdrawn (made));
  g_assert_false (cr_closure_hits (made, 7, CR_DATE (2026, 11, 26), 600, 20));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/closure/words", test_words);
  g_test_add_func ("/domain/closure/problems", test_problems);
  g_test_add_func ("/domain/closure/hits", test_hits);
  g_test_add_func ("/domain/closure/withdrawn", test_withdrawn);
  return g_test_run ();
}
