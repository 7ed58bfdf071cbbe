/* Hours for a stretch of days and for every second week, against a book that knows each day by itself. */
#include "chartroom/domain/week-hours.h"
#include "chartroom/domain/practice-setup.h"
#include "chartroom/base/error.h"

#define OKAFOR ((CrId)7)
#define CHEN ((CrId)8)
#define MONDAY CR_DATE (2026, 11, 23)

enum { DAYS = 140, PRACTICES = 40, CHANGES = 12 };

/* As the store would: a record that is there is replaced, a new one gets an id. */
static void
store (GPtrArray *hours, const GPtrArray *changes)
{
  static CrId ids = 100;
  for (guint i = 0; i < changes->len; i++) {
    CrHours *change = cr_hours_copy (changes->pdata[i]);
    for (guint k = 0; change->id != CR_ID_NONE && k < hours->len; k++)
      if (((const CrHours *)hours->pdata[k])->id == change->id)
        g_ptr_array_remove_index (hours, k--);
    change->id = change->id != CR_ID_NONE ? change->id : ++ids;
    g_ptr_array_add (hours, change);
  }
}

static GPtrArray *
usual_hours (void)
{
  GPtrArray *hours = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  g_autoptr (GPtrArray) okafor = cr_default_hours (OKAFOR), chen = cr_default_hours (CHEN);
  store (hours, okafor);
  store (hours, chen);
  return hours;
}

/* Of one day, whatever weeks there are. */
static char *
day_text (const GPtrArray *hours, CrId person, CrDate day)
{
  CrHoursRange range = { .from = day };
  return cr_week_hours_format (hours, person, cr_date_weekday (day), &range);
}

static void
assert_day (const GPtrArray *hours, CrDate day, const char *wanted)
{
  g_autofree char *text = day_text (hours, OKAFOR, day);
  g_assert_cmpstr (text, ==, wanted);
}

static guint
change (GPtrArray *hours, int weekday, const char *typed, const CrHoursRange *range)
{
  g_autoptr (GArray) spans = cr_day_hours_parse (typed, NULL);
  g_autoptr (GPtrArray) changes = cr_week_hours_change (hours, OKAFOR, weekday, spans, range);
  guint n = changes->len;
  store (hours, changes);
  return n;
}

static void
test_parse (void)
{
  static const struct {
    const char *typed;
    guint n; /* G_MAXUINT: refused */
    CrSpan first;
  } CASES[] = {
    { "", 0, { 0 } },
    { " , ", 0, { 0 } },
    { "9a-12p, 1p-5p", 2, { 540, 720 } },
    { "1p-5p,9a-12p", 2, { 540, 720 } },
    { "9:00 AM–12:00 PM", 1, { 540, 720 } },
    { "8a to 4p", 1, { 480, 960 } },
    { "nine to five", G_MAXUINT, { 0 } },
    { "9a", G_MAXUINT, { 0 } },
    { "5p-1p", G_MAXUINT, { 0 } },
    { "9a-12p, 11a-5p", G_MAXUINT, { 0 } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) spans = cr_day_hours_parse (CASES[i].typed, &error);
    if (CASES[i].n == G_MAXUINT) {
      g_assert_null (spans);
      g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpuint (spans->len, ==, CASES[i].n);
    if (spans->len > 0) {
      g_assert_cmpint (g_array_index (spans, CrSpan, 0).start, ==, CASES[i].first.start);
      g_assert_cmpint (g_array_index (spans, CrSpan, 0).end, ==, CASES[i].first.end);
    }
  }
}

/* From the next day on; the past stays as it was. */
static void
test_change (void)
{
  g_autoptr (GPtrArray) hours = usual_hours ();
  const CrHoursRange range = { .from = cr_date_add_days (MONDAY, 1) };
  CrDate next = cr_date_add_days (MONDAY, 7);
  g_assert_cmpuint (change (hours, 1, "9a-12p, 1p-5p", &range), ==, 0);
  g_assert_cmpuint (change (hours, 1, "9a-12p, 2p-6p", &range), ==, 2);
  assert_day (hours, MONDAY, "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  assert_day (hours, next, "9:00 AM–12:00 PM, 2:00 PM–6:00 PM");
  g_assert_cmpuint (change (hours, 1, "8a-4p", &range), ==, 3); /* the same day again */
  assert_day (hours, next, "8:00 AM–4:00 PM");
  g_assert_cmpuint (change (hours, 1, "", &range), ==, 1);
  assert_day (hours, next, "");
  assert_day (hours, MONDAY, "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
}

/* Who had no hours has them on past days too. */
static void
test_first_week (void)
{
  g_autoptr (GPtrArray) hours = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  const CrHoursRange range = { .from = cr_date_add_days (MONDAY, 1) };
  g_assert_cmpuint (change (hours, 1, "9a-12p", &range), ==, 1);
  assert_day (hours, MONDAY, "9:00 AM–12:00 PM");
}

static void
test_stretch (void)
{
  g_autoptr (GPtrArray) hours = usual_hours ();
  CrHoursRange range = { .from = CR_DATE (2026, 12, 7), .until = CR_DATE (2026, 12, 18) };
  g_assert_cmpuint (change (hours, 1, "10a-2p", &range), >, 0);
  assert_day (hours, CR_DATE (2026, 11, 30), "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  assert_day (hours, CR_DATE (2026, 12, 7), "10:00 AM–2:00 PM");
  assert_day (hours, CR_DATE (2026, 12, 14), "10:00 AM–2:00 PM");
  assert_day (hours, CR_DATE (2026, 12, 21), "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  g_assert_cmpuint (change (hours, 1, "10a-2p", &range), ==, 0);
}

static void
test_turns (void)
{
  g_autoptr (GPtrArray) hours = usual_hours ();
  CrHoursRange range = { .from = MONDAY, .every_weeks = 2, .phase_on = MONDAY };
  change (hours, 5, "", &range); /* every second Friday off */
  assert_day (hours, CR_DATE (2026, 11, 27), "");
  assert_day (hours, CR_DATE (2026, 12, 4), "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  assert_day (hours, CR_DATE (2026, 12, 11), "");
  range.phase_on = cr_date_add_days (MONDAY, 7);
  g_autofree char *other = cr_week_hours_format (hours, OKAFOR, 5, &range);
  g_assert_cmpstr (other, ==, "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
}

static void
test_periods (void)
{
  g_autoptr (GPtrArray) hours = usual_hours ();
  CrHoursRange range = { .from = CR_DATE (2026, 12, 7), .until = CR_DATE (2026, 12, 18) };
  change (hours, 1, "10a-2p", &range);
  g_autoptr (GArray) periods = cr_week_hours_periods (hours, OKAFOR, MONDAY);
  static const char *const words[] = { "Today until Sun Dec 06, 2026",
                                       "Mon Dec 07, 2026 until Fri Dec 18, 2026",
                                       "From Sat Dec 19, 2026 on" };
  g_assert_cmpuint (periods->len, ==, G_N_ELEMENTS (words));
  for (guint i = 0; i < periods->len; i++) {
    g_autofree char *text = cr_hours_range_words (&g_array_index (periods, CrHoursRange, i), MONDAY);
    g_assert_cmpstr (text, ==, words[i]);
  }
  g_autoptr (GArray) others = cr_week_hours_periods (hours, CHEN, MONDAY);
  g_assert_cmpuint (others->len, ==, 1);
  CrHoursRange turn = { .from = MONDAY, .every_weeks = 2, .phase_on = MONDAY };
  change (hours, 5, "", &turn);
  g_autoptr (GArray) turns = cr_week_hours_periods (hours, OKAFOR, MONDAY);
  g_assert_cmpint (g_array_index (turns, CrHoursRange, 0).every_weeks, ==, 2);
}

static void
test_problems (void)
{
  CrHoursRange none = { 0 }, past = { .from = CR_DATE (2026, 11, 20) },
               turned = { .from = MONDAY, .until = CR_DATE (2026, 11, 22) }, fine = { .from = MONDAY };
  g_assert_nonnull (cr_hours_range_problem (&none, MONDAY));
  g_assert_nonnull (cr_hours_range_problem (&past, MONDAY));
  g_assert_nonnull (cr_hours_range_problem (&turned, MONDAY));
  g_assert_null (cr_hours_range_problem (&fine, MONDAY));
}

/* ---- at random ---- */

static CrHoursRange
invent_range (GRand *random)
{
  CrHoursRange range = { .from = cr_date_add_days (MONDAY, g_rand_int_range (random, 0, 60)) };
  if (g_rand_boolean (random))
    range.until = cr_date_add_days (range.from, g_rand_int_range (random, 0, 50));
  if (g_rand_boolean (random)) {
    range.every_weeks = 2;
    range.phase_on = cr_date_add_days (range.from, 7 * g_rand_int_range (random, 0, 2));
  }
  return range;
}

static gboolean
is_meant (CrDate day, int weekday, const CrHoursRange *range)
{
  CrDate phase = cr_date_is_set (range->phase_on) ? range->phase_on : day;
  gint64 first = cr_date_to_days (phase) - cr_date_weekday (phase);
  gint64 own = cr_date_to_days (day) - cr_date_weekday (day);
  return cr_date_weekday (day) == weekday && cr_date_compare (day, range->from) >= 0 &&
         (!cr_date_is_set (range->until) || cr_date_compare (day, range->until) <= 0) &&
         (range->every_weeks != 2 || ABS (own - first) / 7 % 2 == 0);
}

static void
check_practice (guint32 seed)
{
  static const char *const typed[] = { "", "9a-12p, 1p-5p", "10a-2p", "9a-12p", "1p-5p, 6p-8p" };
  static const char *const shown[] = { "", "9:00 AM–12:00 PM, 1:00 PM–5:00 PM", "10:00 AM–2:00 PM",
                                       "9:00 AM–12:00 PM", "1:00 PM–5:00 PM, 6:00 PM–8:00 PM" };
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) hours = usual_hours ();
  char *expected[DAYS];
  for (int i = 0; i < DAYS; i++)
    expected[i] = day_text (hours, OKAFOR, cr_date_add_days (MONDAY, i));
  for (int n = 0; n < CHANGES; n++) {
    CrHoursRange range = invent_range (random);
    int weekday = g_rand_int_range (random, 1, 4),
        choice = g_rand_int_range (random, 0, G_N_ELEMENTS (typed));
    change (hours, weekday, typed[choice], &range);
    for (int i = 0; i < DAYS; i++) {
      CrDate day = cr_date_add_days (MONDAY, i);
      if (is_meant (day, weekday, &range)) {
        g_free (expected[i]);
        expected[i] = g_strdup (shown[choice]);
      }
      g_autofree char *text = day_text (hours, OKAFOR, day);
      if (!g_str_equal (text, expected[i]))
        g_error ("seed %u, change %d, day %d: “%s”, expected “%s”", seed, n, i, text, expected[i]);
    }
    g_assert_cmpuint (change (hours, weekday, typed[choice], &range), ==, 0); /* it is so already */
  }
  for (int i = 0; i < DAYS; i++)
    g_free (expected[i]);
}

static void
test_random (void)
{
  guint32 first = (guint32)g_test_rand_int_range (0, G_MAXINT32 / 2);
  for (guint32 i = 0; i < PRACTICES; i++)
    check_practice (first + i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/week-hours/parse", test_parse);
  g_test_add_func ("/domain/week-hours/change", test_change);
  g_test_add_func ("/domain/week-hours/first-week", test_first_week);
  g_test_add_func ("/domain/week-hours/stretch", test_stretch);
  g_test_add_func ("/domain/week-hours/turns", test_turns);
  g_test_add_func ("/domain/week-hours/periods", test_periods);
  g_test_add_func ("/domain/week-hours/problems", test_problems);
  g_test_add_func ("/domain/week-hours/random", test_random);
  return g_test_run ();
}
