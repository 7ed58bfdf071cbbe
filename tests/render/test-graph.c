/* Charts: where readings come to stand, and that everything stays inside. */
#include <math.h>
#include "chartroom/render/graph.h"

#define WIDTH 504.0
#define HEIGHT 132.0

static const CrGraphPoint PRESSURES[] = {
  { 20000, 600, 142, 88 }, { 20100, 600, 138, 84 }, { 20200, 600, NAN, NAN }, { 20300, 600, 128, 76 }
};
static const CrGraphSeries BARS[] = { { "Blood pressure", PRESSURES, G_N_ELEMENTS (PRESSURES), TRUE } };

static CrGraph
pressure_chart (void)
{
  return (CrGraph){ .title = "Blood pressure",
                    .unit = "mmHg",
                    .latest = "128/76",
                    .before = "138/84",
                    .low = 40,
                    .high = 200,
                    .goal_low = NAN,
                    .goal_high = 130,
                    .series = BARS,
                    .n_series = 1 };
}

static void
test_ranges (void)
{
  double low, high;

  g_assert_true (cr_graph_range ("8480-6", &low, &high));
  g_assert_cmpfloat (low, ==, 40);
  g_assert_cmpfloat (high, ==, 200);
  g_assert_false (cr_graph_range ("29463-7", &low, &high)); /* weights have no range of their own */
  g_assert_false (cr_graph_range (NULL, &low, &high));
}

/* Of a measure without a range of its own: never fitted to its readings. */
static void
test_range_around (void)
{
  static const struct {
    double reference_low, reference_high, latest, low, high;
  } CASES[] = {
    { 70, 100, 78, 40, 130 }, { 10, 40, 500, 0, 70 },     { NAN, 200, 180, 0, 400 },
    { 60, NAN, 52, 0, 120 },  { NAN, NAN, 182, 91, 273 }, { NAN, NAN, -4, -6, -2 },
    { NAN, NAN, 0, -1, 1 },   { NAN, NAN, NAN, -1, 1 },   { -2, 2, 1, -6, 6 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    double low, high;
    cr_graph_range_around (CASES[i].reference_low, CASES[i].reference_high, CASES[i].latest, &low, &high);
    g_assert_cmpfloat (low, ==, CASES[i].low);
    g_assert_cmpfloat (high, ==, CASES[i].high);
  }
}

static void
test_time_is_proportional (void)
{
  CrGraph graph = pressure_chart ();
  double x0, x1, x3, y;

  g_assert_true (cr_graph_locate (&graph, NULL, WIDTH, HEIGHT, 0, 0, &x0, &y));
  g_assert_true (cr_graph_locate (&graph, NULL, WIDTH, HEIGHT, 0, 1, &x1, &y));
  g_assert_true (cr_graph_locate (&graph, NULL, WIDTH, HEIGHT, 0, 3, &x3, &y));
  g_assert_false (cr_graph_locate (&graph, NULL, WIDTH, HEIGHT, 0, 2, &x1, &y)); /* nothing was measured */
  g_assert_false (cr_graph_locate (&graph, NULL, WIDTH, HEIGHT, 0, 9, &x1, &y));
  g_assert_cmpfloat_with_epsilon (x1 - x0, (x3 - x0) / 3, 0.01);
}

static void
test_values_are_proportional (void)
{
  CrGraph graph = pressure_chart ();
  double x, high, low;

  cr_graph_locate (&graph, NULL, WIDTH, HEIGHT, 0, 0, &x, &high);
  cr_graph_locate (&graph, NULL, WIDTH, HEIGHT, 0, 3, &x, &low);
  g_assert_cmpfloat (high, <, low); /* 142 stands above 128 */
  g_assert_cmpfloat (low, <, HEIGHT);
  g_assert_cmpfloat (high, >, 0);
}

static void
test_hit (void)
{
  CrGraph graph = pressure_chart ();

  for (guint i = 0; i < G_N_ELEMENTS (PRESSURES); i++) {
    double x, y;
    guint series = 99, point = 99;

    if (!cr_graph_locate (&graph, NULL, WIDTH, HEIGHT, 0, i, &x, &y))
      continue;
    g_assert_true (cr_graph_hit (&graph, NULL, WIDTH, HEIGHT, x + 3, y - 3, &series, &point));
    g_assert_cmpuint (series, ==, 0);
    g_assert_cmpuint (point, ==, i);
    g_assert_false (cr_graph_hit (&graph, NULL, WIDTH, HEIGHT, x, y + 60, &series, &point));
  }
}

/* Area that painting touches. */
static CrRect
painted (const CrGraph *graph)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  CrRect ink;

  cr_graph_paint (graph, cr, NULL, WIDTH, HEIGHT, &CR_GRAPH_ON_PAPER);
  cairo_recording_surface_ink_extents (surface, &ink.x, &ink.y, &ink.width, &ink.height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return ink;
}

static void
assert_inside (CrRect ink)
{
  g_assert_cmpfloat (ink.x, >=, -1);
  g_assert_cmpfloat (ink.y, >=, -1);
  g_assert_cmpfloat (ink.x + ink.width, <=, WIDTH + 1);
  g_assert_cmpfloat (ink.y + ink.height, <=, HEIGHT + 1);
}

static void
test_paint_stays_inside (void)
{
  static const CrGraphPoint WILD[] = { { 19000, 0, 300, 20 }, { 19000, 1, 5, 1 }, { 25000, 1439, 90, 60 } };
  const CrGraphSeries wild = { "Wild", WILD, G_N_ELEMENTS (WILD), TRUE };
  const CrGraphSeries several[] = { { "Weight", PRESSURES, 4, FALSE },
                                    { "Height", WILD, 3, FALSE },
                                    { "A1c", PRESSURES, 4, FALSE } };
  const CrGraphSeries none = { "None", NULL, 0, FALSE };
  CrGraph graph = pressure_chart ();

  assert_inside (painted (&graph));
  graph.series = &wild; /* the range widens to hold every value */
  assert_inside (painted (&graph));
  graph.series = several;
  graph.n_series = G_N_ELEMENTS (several);
  graph.low = graph.high = NAN;
  assert_inside (painted (&graph));
  graph.series = &none;
  graph.n_series = 1;
  assert_inside (painted (&graph));
}

static void
test_sparkline (void)
{
  const double values[] = { 5.0, 5.1, NAN, 6.2, 4.8 };

  for (guint n = 0; n <= G_N_ELEMENTS (values); n++) {
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 60, 20);
    cairo_t *cr = cairo_create (surface);

    cr_sparkline_paint (values, n, 3.5, 5.0, cr, 60, 20, &CR_GRAPH_ON_PAPER);
    g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/ranges", test_ranges);
  g_test_add_func ("/graph/time-is-proportional", test_time_is_proportional);
  g_test_add_func ("/graph/values-are-proportional", test_values_are_proportional);
  g_test_add_func ("/graph/hit", test_hit);
  g_test_add_func ("/graph/paint-stays-inside", test_paint_stays_inside);
  g_test_add_func ("/graph/sparkline", test_sparkline);
  g_test_add_func ("/graph/range-around", test_range_around);
  return g_test_run ();
}
