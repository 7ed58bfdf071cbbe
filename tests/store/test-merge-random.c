/* Merges and undoings in any order: the seeds are told, and CHARTROOM_MERGE_SEQUENCES asks for more of them.
 */
#include "merge-fixture.h"

enum { PEOPLE = 5, SEQUENCES = 40, STEPS = 6 };

typedef struct {
  Pair *pair;
  CrId people[PEOPLE];
  GArray *merges; /* CrId: those that hold, oldest first */
} World;

static gboolean
try_job (CrTx *tx, gpointer data, GError **error)
{
  Act *act = data;
  g_autoptr (GError) refused = NULL;
  g_autoptr (CrPatientMerge) made = cr_patients_merge (tx, &act->order, &refused);
  g_assert_true (made != NULL || g_error_matches (refused, CR_ERROR, CR_ERROR_INVALID));
  act->merge = made != NULL ? made->id : CR_ID_NONE;
  return TRUE;
}

static void
merge_any (World *world, GRand *random)
{
  CrId kept = world->people[g_rand_int_range (random, 0, PEOPLE)];
  CrId gone = world->people[g_rand_int_range (random, 0, PEOPLE)];
  Act act = { { kept, gone, "Random", world->pair->second }, CR_ID_NONE };
  fixture_run (world->pair->fixture, try_job, &act);
  if (act.merge != CR_ID_NONE)
    g_array_append_val (world->merges, act.merge);
}

static void
undo_newest (World *world)
{
  if (world->merges->len == 0)
    return;
  unmerge (world->pair, g_array_index (world->merges, CrId, world->merges->len - 1));
  g_array_set_size (world->merges, world->merges->len - 1);
}

/* Nobody points at a chart that went, and all charts of a person have the same list of problems. */
static void
check_world (World *world)
{
  Fixture *fixture = world->pair->fixture;
  g_assert_cmpint (fixture_number (fixture, "SELECT count (*) FROM patient p JOIN patient k ON k.id = "
                                            "p.merged_into WHERE k.merged_into IS NOT NULL"),
                   ==, 0);
  g_assert_cmpint (fixture_number (fixture, "SELECT count (*) FROM appointment a JOIN patient p ON p.id = "
                                            "a.patient_id WHERE p.merged_into IS NOT NULL"),
                   ==, 0);
  g_assert_cmpint (fixture_number (fixture, "SELECT count (*) FROM problem"), ==, PEOPLE);
}

static void
add_small_chart (Fixture *fixture, CrId patient)
{
  g_autoptr (CrAppointment) visit = cr_appointment_new ();
  g_autoptr (CrProblem) problem = cr_problem_new ();
  g_autoptr (CrCoverage) coverage = cr_coverage_new ();
  visit->patient_id = problem->patient_id = coverage->patient_id = patient;
  visit->date = CR_DATE (2026, 12, 1);
  visit->start_min = 540;
  visit->minutes = 20;
  problem->display = g_strdup ("Hypertension");
  coverage->payer = g_strdup ("Sample Health");
  coverage->rank = 1;
  fixture_save (fixture, &CR_APPOINTMENT, visit);
  fixture_save (fixture, &CR_PROBLEM, problem);
  fixture_save (fixture, &CR_COVERAGE, coverage);
}

static void
test_random (void)
{
  g_autoptr (Pair) pair = pair_new ();
  g_autoptr (GArray) merges = g_array_new (FALSE, FALSE, sizeof (CrId));
  World world = { .pair = pair, .merges = merges };
  const char *wish = g_getenv ("CHARTROOM_MERGE_SEQUENCES");
  guint sequences = wish != NULL ? (guint)g_ascii_strtoull (wish, NULL, 10) : SEQUENCES;
  for (guint i = 0; i < PEOPLE; i++) {
    g_autoptr (CrPatient) patient = fixture_patient (pair->fixture, "Many", "One", CR_DATE_NONE);
    world.people[i] = patient->id;
    add_small_chart (pair->fixture, patient->id);
  }
  g_autoptr (GHashTable) before = take_snapshot (pair->fixture);
  guint32 first = (guint32)g_test_rand_int_range (0, G_MAXINT32 / 2);
  g_test_message ("seeds %u to %u", first, first + sequences - 1);
  for (guint n = 0; n < sequences; n++) {
    g_autoptr (GRand) random = g_rand_new_with_seed (first + n);
    for (guint step = 0; step < STEPS; step++) {
      if (g_rand_int_range (random, 0, 3) > 0)
        merge_any (&world, random);
      else
        undo_newest (&world);
    }
    check_world (&world);
    while (merges->len > 0)
      undo_newest (&world);
  }
  g_autoptr (GHashTable) after = take_snapshot (pair->fixture);
  assert_same_store (before, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/merge-random/sequences", test_random);
  return g_test_run ();
}
