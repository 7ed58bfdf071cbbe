/* What a new practice starts with. */
#include "chartroom/domain/practice-setup.h"
#include "chartroom/domain/week-hours.h"

#define OKAFOR ((CrId)7)
#define CHEN ((CrId)8)
#define MONDAY CR_DATE (2026, 11, 23)

static void
test_defaults (void)
{
  g_autoptr (CrPractice) practice = cr_default_practice ();
  g_autoptr (GPtrArray) types = cr_default_visit_types ();
  g_autoptr (GPtrArray) rooms = cr_default_rooms ();
  g_autoptr (GPtrArray) hours = cr_default_hours (OKAFOR);
  const CrHoursRange range = { .from = MONDAY };
  g_autofree char *monday = cr_week_hours_format (hours, OKAFOR, 1, &range);
  g_autofree char *sunday = cr_week_hours_format (hours, OKAFOR, 7, &range);
  g_autofree char *other = cr_week_hours_format (hours, CHEN, 1, &range);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/practice-setup/defaults", test_defaults);
  return g_test_run ();
}
