/* How the book treats a type of visit: saved, taken back, read again; an administrator's alone. */
#include "chartroom/session/visit-type-rules.h"
#include "session-fixture.h"

static CrVisitTypeRules *
load (Fixture *f, CrId type)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  cr_visit_type_rules_load_async (f->session, type, fixture_done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  CrVisitTypeRules *rules = cr_visit_type_rules_load_finish (result, &error);
  g_assert_no_error (error);
  return rules;
}

static void
save (Fixture *f, CrVisitTypeRules *rules)
{
  GAsyncResult *result = NULL;
  cr_visit_type_rules_save_async (f->session, rules, fixture_done_cb, &result);
  g_autoptr (GError) error = fixture_finish (&result);
  g_assert_no_error (error);
}

/* Each pair has one row for ever: ticked, unticked and ticked again. */
static void
test_round_trip (void)
{
  Fixture f = { 0 };
  fixture_set_up (&f);
  fixture_sign_in (&f, "admin");
  fixture_spin ();
  CrId type = f.follow_up;
  CrId room = f.room1, other = f.room2;
  CrId person = f.okafor;
  for (int round = 0; round < 2; round++) {
    CrVisitTypeRules *rules = load (&f, type);
    g_assert_cmpuint (rules->people->len + rules->rooms->len + rules->equipment->len, ==, 0);
    g_array_append_val (rules->people, person);
    g_array_append_val (rules->rooms, room);
    g_array_append_val (rules->equipment, other);
    rules->type->latest_min = 16 * 60;
    save (&f, rules);
    rules = load (&f, type);
    g_assert_true (rules->people->len == 1 && cr_visit_type_rules_have (rules->people, person));
    g_assert_true (rules->rooms->len == 1 && cr_visit_type_rules_have (rules->rooms, room));
    g_assert_true (rules->equipment->len == 1 && cr_visit_type_rules_have (rules->equipment, other));
    g_assert_cmpint (rules->type->latest_min, ==, 16 * 60);
    g_array_set_size (rules->people, 0);
    g_array_set_size (rules->rooms, 0);
    g_array_set_size (rules->equipment, 0);
    save (&f, rules);
  }
  fixture_tear_down (&f);
}

static void
test_refused (void)
{
  Fixture f = { 0 };
  GAsyncResult *result = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "okafor");
  fixture_spin ();
  cr_visit_type_rules_load_async (f.session, f.follow_up, fixture_done_cb, &result);
  g_autoptr (GError) error = NULL;
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (cr_visit_type_rules_load_finish (result, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_object_unref (result);
  fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/visit-type-rules/round-trip", test_round_trip);
  g_test_add_func ("/session/visit-type-rules/refused", test_refused);
  return g_test_run ();
}
