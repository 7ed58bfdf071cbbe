/* What a new practice starts with, and a week that is changed without losing the old one. */
#include "chartroom/domain/practice-setup.h"
#include "chartroom/base/error.h"

#define OKAFOR ((CrId)7)
#define CHEN ((CrId)8)
#define MONDAY CR_DATE (2026, 11, 23)
#define TUESDAY CR_DATE (2026, 11, 24)

static void
test_defaults (void)
{
  g_autoptr (CrPractice) practice = cr_default_practice ();
  g_autoptr (GPtrArray) types = cr_default_visit_types ();
  g_autoptr (GPtrArray) rooms = cr_default_rooms ();
  g_autoptr (GPtrArray) hours = cr_default_hours (OKAFOR);
  g_autofree char *monday = cr_day_hours_format (hours, OKAFOR, 1, MONDAY);
  g_autofree char *sunday = cr_day_hours_format (hours, OKAFOR, 7, MONDAY);
  g_autofree char *other = cr_day_hours_format (hours, CHEN, 1, MONDAY);
  g_assert_cmpint (practice->idle_minutes, ==, 5);
  g_assert_cmpuint (types->len, ==, 7);
  for (guint i = 0; i < types->len; i++) {
    const CrVisitType *type = types->pdata[i];
    g_assert_cmpint (type->minutes, >, 0);
    g_assert_true (type->active);
    g_assert_cmpuint (strlen (type->code), <=, 4);
  }
  g_assert_cmpuint (rooms->len, ==, 3);
  g_assert_true (((const CrRoom *)rooms->pdata[0])->active);
  g_assert_cmpstr (monday, ==, "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  g_assert_cmpstr (sunday, ==, "");
  g_assert_cmpstr (other, ==, "");
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

/* As the store would: a record that is there is replaced, a new one gets an id. */
static void
store (GPtrArray *hours, const GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++) {
    CrHours *change = cr_hours_copy (changes->pdata[i]);
    gboolean known = change->id != CR_ID_NONE;
    change->id = known ? change->id : (CrId)(100 + hours->len);
    for (guint k = 0; known && k < hours->len; k++)
      if (((const CrHours *)hours->pdata[k])->id == change->id)
        g_ptr_array_remove_index (hours, k--);
    g_ptr_array_add (hours, change);
  }
}

static guint
change_monday (GPtrArray *hours, const char *typed, CrDate from)
{
  g_autoptr (GArray) spans = cr_day_hours_parse (typed, NULL);
  g_autoptr (GPtrArray) changes = cr_day_hours_change (hours, OKAFOR, 1, spans, from);
  store (hours, changes);
  return changes->len;
}

static void
assert_monday (const GPtrArray *hours, CrDate on, const char *wanted)
{
  g_autofree char *text = cr_day_hours_format (hours, OKAFOR, 1, on);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_change (void)
{
  g_autoptr (GPtrArray) hours = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  g_autoptr (GPtrArray) usual = cr_default_hours (OKAFOR);
  store (hours, usual);
  g_assert_cmpuint (change_monday (hours, "9a-12p, 1p-5p", TUESDAY), ==, 0);
  g_assert_cmpuint (change_monday (hours, "9a-12p, 2p-6p", TUESDAY), ==, 2);
  assert_monday (hours, MONDAY, "9:00 AM–12:00 PM, 1:00 PM–5:00 PM"); /* the past stays as it was */
  assert_monday (hours, TUESDAY, "9:00 AM–12:00 PM, 2:00 PM–6:00 PM");
  g_assert_cmpuint (change_monday (hours, "8a-4p", TUESDAY), ==, 3); /* the same day again */
  assert_monday (hours, TUESDAY, "8:00 AM–4:00 PM");
  g_assert_cmpuint (change_monday (hours, "", TUESDAY), ==, 1);
  assert_monday (hours, TUESDAY, "");
  assert_monday (hours, MONDAY, "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
}

/* Who had no hours has them on past days too. */
static void
test_first_week (void)
{
  g_autoptr (GPtrArray) hours = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  g_assert_cmpuint (change_monday (hours, "9a-12p", TUESDAY), ==, 1);
  assert_monday (hours, MONDAY, "9:00 AM–12:00 PM");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/practice-setup/defaults", test_defaults);
  g_test_add_func ("/domain/practice-setup/parse", test_parse);
  g_test_add_func ("/domain/practice-setup/change", test_change);
  g_test_add_func ("/domain/practice-setup/first-week", test_first_week);
  return g_test_run ();
}
