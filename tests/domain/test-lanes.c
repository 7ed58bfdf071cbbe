/* Overlapping visits side by side. */
#include "chartroom/domain/schedule-rules.h"

#define VISITS_MAX 6

typedef struct {
  int start, minutes;
  int lane, lanes;
} Visit;

static const struct {
  const char *what;
  Visit visits[VISITS_MAX];
  guint n;
} CASES[] = {
  { "none", { { 0 } }, 0 },
  { "alone", { { 540, 20, 0, 1 } }, 1 },
  { "one after the other", { { 540, 20, 0, 1 }, { 560, 20, 0, 1 } }, 2 },
  { "two at once", { { 540, 20, 0, 2 }, { 540, 20, 1, 2 } }, 2 },
  { "the longer one left, whatever the order", { { 540, 20, 1, 2 }, { 540, 60, 0, 2 } }, 2 },
  { "a lane is used again", { { 540, 60, 0, 2 }, { 540, 20, 1, 2 }, { 560, 20, 1, 2 } }, 3 },
  { "a chain shares its width",
    { { 540, 30, 0, 2 }, { 560, 30, 1, 2 }, { 580, 30, 0, 2 }, { 620, 10, 0, 1 } },
    4 },
  { "three deep, then apart",
    { { 600, 15, 0, 1 }, { 540, 60, 0, 3 }, { 545, 10, 1, 3 }, { 550, 20, 2, 3 } },
    4 },
  { "no length still shows", { { 540, 0, 0, 2 }, { 540, 0, 1, 2 } }, 2 },
};

static void
test_lanes (void)
{
  for (guint c = 0; c < G_N_ELEMENTS (CASES); c++) {
    g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_appointment_free);
    int lane[VISITS_MAX], lanes[VISITS_MAX];
    for (guint i = 0; i < CASES[c].n; i++) {
      CrAppointment *a = cr_appointment_new ();
      a->start_min = CASES[c].visits[i].start;
      a->minutes = CASES[c].visits[i].minutes;
      g_ptr_array_add (visits, a);
    }
    g_test_message ("%s", CASES[c].what);
    cr_lay_lanes (visits, lane, lanes);
    for (guint i = 0; i < CASES[c].n; i++) {
      g_assert_cmpint (lane[i], ==, CASES[c].visits[i].lane);
      g_assert_cmpint (lanes[i], ==, CASES[c].visits[i].lanes);
    }
  }
}

/* No two visits that overlap share a lane, and every lane number is below the number of lanes. */
static void
test_never_covered (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (int round = 0; round < 200; round++) {
    g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_appointment_free);
    int lane[20], lanes[20];
    for (guint i = 0; i < 20; i++) {
      CrAppointment *a = cr_appointment_new ();
      a->start_min = g_rand_int_range (rand, 480, 720);
      a->minutes = g_rand_int_range (rand, 5, 60);
      g_ptr_array_add (visits, a);
    }
    cr_lay_lanes (visits, lane, lanes);
    for (guint i = 0; i < 20; i++)
      for (guint j = 0; j < i; j++) {
        const CrAppointment *a = visits->pdata[i], *b = visits->pdata[j];
        gboolean overlap =
            a->start_min < b->start_min + b->minutes && b->start_min < a->start_min + a->minutes;
        g_assert_true (!overlap || (lane[i] != lane[j] && lanes[i] == lanes[j]));
        g_assert_true (lane[i] >= 0 && lane[i] < lanes[i]);
      }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lanes/cases", test_lanes);
  g_test_add_func ("/lanes/never-covered", test_never_covered);
  return g_test_run ();
}
